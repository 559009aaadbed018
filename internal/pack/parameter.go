package pack

import (
	"fmt"

	"mingjing/internal/law"
	"mingjing/internal/workday"
)

// Parameter overrides one dated parameter of package law. Exactly one of Value, Yuan and List is given.
type Parameter struct {
	Code  string   `json:"code"`
	Value *int64   `json:"value,omitempty"` // in the parameter's own unit: days, percent, people
	Yuan  *Money   `json:"yuan,omitempty"`  // for amounts
	List  []string `json:"list,omitempty"`  // for orders, e.g. the severity of penalty kinds
	Provenance
	// Origin is set by the loader: the file the row came from, so that a conflict names it.
	Origin string `json:"origin,omitempty"`
}

// Adoption names the agency's own document behind an adopted rule of package law.
type Adoption struct {
	Rule     string `json:"rule"`
	Document string `json:"document"`
	Provenance
	Origin string `json:"origin,omitempty"`
}

// Overrides lists the parameters that the packs set, from national down, for law.NewSet. Draft and memory rows
// are left out: a figure without confirmed source must not move a deadline that blocks.
func (p *Pack) Overrides() []law.ParamOverride {
	var out []law.ParamOverride
	for _, q := range p.parameters {
		if !q.Status.MayBlock() {
			continue
		}
		o := law.ParamOverride{Code: q.Code, List: q.List, From: q.From, Until: q.Until, Source: describe(q.Origin, q.Source)}
		switch {
		case q.Value != nil:
			o.Value = *q.Value
		case q.Yuan != nil:
			o.Value = int64(*q.Yuan)
		}
		out = append(out, o)
	}
	return out
}

// Adoptions lists the documents behind adopted rules, for law.NewSet.
func (p *Pack) Adoptions() []law.Adoption {
	out := make([]law.Adoption, 0, len(p.adoptions))
	for _, a := range p.adoptions {
		out = append(out, law.Adoption{Rule: a.Rule, Document: a.Document, Source: describe(a.Origin, a.Source)})
	}
	return out
}

// describe writes where a figure comes from, for people.
func describe(origin, source string) string {
	if source == "" {
		return origin
	}
	return fmt.Sprintf("%s（%s）", origin, source)
}

// Parameters lists the override rows in force on the day, drafts included.
func (p *Pack) Parameters(day workday.Day) []Parameter {
	return inForce(p.parameters, day, func(q Parameter) Provenance { return q.Provenance })
}
