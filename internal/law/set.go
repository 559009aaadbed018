package law

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"mingjing/internal/workday"
)

// Adoption says that an agency's published document stands behind an adopted rule
// (DECISIONS §1). It comes from a pack.
type Adoption struct {
	// Rule is a rule code; Document the number of the published document, such as 四民发〔2026〕3号.
	Rule, Document string
	// Source names the pack.
	Source string
}

// Set is the rules and parameters that one agency is judged by. It is built once by
// NewSet and never changed; a new pack makes a new Set.
type Set struct {
	// Version is the SHA-256 of all rows in hex; a case keeps the version it was judged by.
	Version string

	rules     []Rule
	byCode    map[string]int
	params    []Param
	overrides []ParamOverride
	adoptions map[string]Adoption
}

// NewSet layers the overrides of packs, in the order national, province, city, agency,
// over the national rows. An unknown code, a value looser than the one below it where
// the row does not say MayLoosen, and two sources that contradict each other are errors
// that name the code and the source.
func NewSet(overrides []ParamOverride, adoptions []Adoption) (*Set, error) {
	s := &Set{rules: Rules(), params: Params(), byCode: map[string]int{}, adoptions: map[string]Adoption{}}
	for i := range s.rules {
		s.byCode[s.rules[i].Code] = i
	}
	var faults []error
	for _, o := range overrides {
		if err := s.accept(o); err != nil {
			faults = append(faults, err)
			continue
		}
		s.overrides = append(s.overrides, o)
	}
	for _, a := range adoptions {
		if err := s.adopt(a); err != nil {
			faults = append(faults, err)
		}
	}
	if len(faults) > 0 {
		return nil, fmt.Errorf("law: build set: %w", errors.Join(faults...))
	}
	s.Version = s.hash()
	return s, nil
}

// adopt records the document behind an adopted rule.
func (s *Set) adopt(a Adoption) error {
	i, known := s.byCode[a.Rule]
	switch {
	case !known:
		return fmt.Errorf("专案包%s采用了不存在的规则%q", a.Source, a.Rule)
	case s.rules[i].Status != Adopted:
		return fmt.Errorf("专案包%s：规则%s不是由机关文件采用的规则", a.Source, a.Rule)
	case strings.TrimSpace(a.Document) == "":
		return fmt.Errorf("专案包%s采用规则%s时未写明文号", a.Source, a.Rule)
	}
	if had, twice := s.adoptions[a.Rule]; twice && had.Document != a.Document && had.Source == a.Source {
		return fmt.Errorf("专案包%s对规则%s写了两个文号：%s、%s", a.Source, a.Rule, had.Document, a.Document)
	}
	s.adoptions[a.Rule] = a
	return nil
}

// Rule returns the row with the code.
func (s *Set) Rule(code string) (Rule, bool) {
	i, ok := s.byCode[code]
	if !ok {
		return Rule{}, false
	}
	r := s.rules[i]
	if a, ok := s.adoptions[code]; ok {
		r.Cite.Version = a.Document
	}
	return r, true
}

// Unadopted lists the adopted rules for which no pack has named a document yet. They
// hold all the same; the board shows that the document is missing.
func (s *Set) Unadopted() []string {
	var codes []string
	for _, r := range s.rules {
		if _, ok := s.adoptions[r.Code]; r.Status == Adopted && !ok {
			codes = append(codes, r.Code)
		}
	}
	return codes
}

// View is a Set on one day.
type View struct {
	Day    workday.Day
	Rules  []Rule
	Values Values
}

// At returns the rules in force and the values on a day.
func (s *Set) At(day workday.Day) View {
	v := View{Day: day, Values: s.Values(day)}
	for i := range s.rules {
		if s.rules[i].InForce(day) {
			r, _ := s.Rule(s.rules[i].Code)
			v.Rules = append(v.Rules, r)
		}
	}
	return v
}

// hash covers every column of every row that a person can read.
func (s *Set) hash() string {
	h := sha256.New()
	for i := range s.rules {
		r, _ := s.Rule(s.rules[i].Code)
		fmt.Fprintf(h, "rule\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%v\t%s\n", r.Code, r.Title, r.Cite, r.Cite.Version,
			r.From, r.Until, r.Status, r.Severity, r.Override, r.Advice)
	}
	for _, p := range s.params {
		fmt.Fprintf(h, "param\t%+v\n", p)
	}
	for _, o := range s.overrides {
		fmt.Fprintf(h, "override\t%+v\n", o)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Judge applies the rules with these codes, as in force on the day, to the facts and
// returns what they break, in the order of the codes. An unknown code is a blocking
// finding, so that a slip in a table never opens a gate. Facts are not changed.
func Judge(set *Set, day workday.Day, codes []string, facts *Facts) []Finding {
	judged := Facts{}
	if facts != nil {
		judged = *facts
	}
	if judged.Occurred.IsZero() {
		judged.Occurred = day
	}
	values := set.Values(day)
	var found []Finding
	for _, code := range codes {
		r, known := set.Rule(code)
		if !known {
			found = append(found, Finding{Rule: code, Title: "流程引用的规则必须存在", Severity: Block,
				Message: "规则" + code + "不存在，无法判断。", Advice: "请系统管理员核对流程表与规则表。"})
			continue
		}
		if !r.InForce(day) || (r.Applies != nil && !r.Applies(&judged)) {
			continue
		}
		if message := r.Broken(&judged, values); message != "" {
			found = append(found, r.finding(&judged, message))
		}
	}
	return found
}

// finding dresses a broken rule; a provisional day takes away the power to block.
func (r *Rule) finding(f *Facts, message string) Finding {
	severity := r.Effective()
	if severity == Block && r.Due != nil && r.Due(f).Provisional {
		severity = Warn
		message += "（该日期按尚未公布的日历推算，仅作提示。）"
	}
	return Finding{Rule: r.Code, Title: r.Title, Message: message, Severity: severity,
		Cite: r.Cite, Advice: r.Advice, Override: r.Override, Tasks: slices.Clone(r.Tasks)}
}

// Blocking keeps the findings that forbid the act.
func Blocking(findings []Finding) []Finding {
	var blocking []Finding
	for _, f := range findings {
		if f.Severity == Block {
			blocking = append(blocking, f)
		}
	}
	return blocking
}

// WithoutOverridden drops the blocking findings that the head has overridden with a
// reason; a finding whose rule allows no override is never dropped.
func WithoutOverridden(findings []Finding, overridden map[string]string) []Finding {
	var rest []Finding
	for _, f := range findings {
		if f.Override != nil && strings.TrimSpace(overridden[f.Rule]) != "" {
			continue
		}
		rest = append(rest, f)
	}
	return rest
}
