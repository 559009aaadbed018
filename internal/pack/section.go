package pack

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// section is one kind of file in a pack: how its rows are told apart, which of their figures have a direction,
// and where they end up.
type section struct {
	name    string
	key     []string // JSON names of the fields that identify a row
	single  bool     // the file holds one object instead of a list
	stacked bool     // rows of several packs stand one after the other; package law judges them
	tighter map[string]direction
	check   func(raw []byte) (any, error)   // strict decode into rows: an unknown field is an error
	put     func(p *Pack, rows any, i int)  // one of the rows that check made into the pack
	take    func(p *Pack, raw []byte) error // a merged row into the pack
}

// keyOf joins the identifying fields; it is what messages call the row.
func (s section) keyOf(fields map[string]any) string {
	parts := make([]string, len(s.key))
	for i, k := range s.key {
		parts[i] = fmt.Sprint(fields[k])
	}
	return strings.Join(parts, "/")
}

// direction is how the field at the path becomes tighter. A row becomes firmer when its status rises: an agency
// may adopt what was a draft above it.
func (s section) direction(path string) (direction, bool) {
	if path == "status" {
		return direction{byRank, []string{"draft", "memory", "adopted", "verified"}}, true
	}
	d, ok := s.tighter[path]
	return d, ok
}

func list[T any](name, key string, tighter map[string]direction, field func(*Pack) *[]T) section {
	return section{
		name: name, key: strings.Split(key, ","), tighter: tighter,
		check: func(raw []byte) (any, error) {
			var rows []T
			err := strict(raw, &rows)
			return rows, err
		},
		put: func(p *Pack, rows any, i int) {
			own, _ := rows.([]T) // check made them
			*field(p) = append(*field(p), own[i])
		},
		take: func(p *Pack, raw []byte) error {
			var one T
			err := strict(raw, &one)
			*field(p) = append(*field(p), one)
			return err
		},
	}
}

func single[T any](name, key string, field func(*Pack) *[]T) section {
	s := list(name, key, nil, field)
	s.single = true
	return s
}

func stacked[T any](name, key string, field func(*Pack) *[]T) section {
	s := list(name, key, nil, field)
	s.stacked = true
	return s
}

// strict decodes one JSON value and refuses unknown fields and anything after it, so that a misspelt column
// is an error and never a silently lost rule.
func strict(raw []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("there is more after the end of the list")
	}
	return nil
}

// sections is the whole format; a file that belongs to none of them stops the load.
func sections() []section {
	fine := map[string]direction{
		"fine_yuan.min": {kind: higher}, "fine_yuan.max": {kind: lower}, "kinds": {kind: fewer},
	}
	threshold := map[string]direction{
		"threshold.person_yuan": {kind: lower}, "threshold.org_yuan": {kind: lower}, "threshold.inclusive": {kind: onlyTrue},
		"materials": {kind: more}, "points": {kind: more},
	}
	effect := map[string]direction{
		"effect.fine_yuan.min": {kind: higher}, "effect.fine_yuan.max": {kind: lower}, "effect.kinds": {kind: fewer},
		"limit.n": {kind: lower}, "remedies": {kind: more}, "no_use": {kind: onlyTrue},
	}
	return []section{
		single("agency", "code", func(p *Pack) *[]Agency { return &p.agencies }),
		single("table", "title", func(p *Pack) *[]Table { return &p.tables }),
		list("units", "code", map[string]direction{"review": {kind: onlyTrue}}, func(p *Pack) *[]Unit { return &p.units }),
		list("tasks", "code", nil, func(p *Pack) *[]Task { return &p.tasks }),
		list("deliverables", "code", map[string]direction{"fields": {kind: more}}, func(p *Pack) *[]Deliverable { return &p.deliverables }),
		list("undertakings", "code", map[string]direction{"days": {kind: lower}, "share": {kind: higher}, "fields": {kind: more}}, func(p *Pack) *[]Undertaking { return &p.undertakings }),
		list("items", "code", effect, func(p *Pack) *[]Item { return &p.items }),
		list("kinds", "code", map[string]direction{"hearing": {kind: onlyTrue}}, func(p *Pack) *[]PenaltyKind { return &p.kinds }),
		list("triggers", "code", threshold, func(p *Pack) *[]Trigger { return &p.triggers }),
		list("checklist", "code", nil, func(p *Pack) *[]CheckPoint { return &p.checklist }),
		list("materials", "code", map[string]direction{"required": {kind: onlyTrue}}, func(p *Pack) *[]Material { return &p.materials }),
		list("hearing", "code", threshold, func(p *Pack) *[]HearingThreshold { return &p.hearing }),
		list("discretion", "code", fine, func(p *Pack) *[]Tier { return &p.tiers }),
		list("first-offence", "code", map[string]direction{"conditions": {kind: more}}, func(p *Pack) *[]FirstOffence { return &p.firstOffences }),
		list("numbering", "kind", nil, func(p *Pack) *[]Numbering { return &p.numberings }),
		list("retention", "code", map[string]direction{"period": {byRank, []string{"10年", "30年", "永久"}}}, func(p *Pack) *[]Retention { return &p.retentions }),
		list("display", "code", nil, func(p *Pack) *[]DisplayPeriod { return &p.displays }),
		list("recording", "code", map[string]direction{"duty": {byRank, []string{"可以", "应当"}}}, func(p *Pack) *[]Recording { return &p.recordings }),
		list("texts", "code", map[string]direction{"required": {kind: onlyTrue}}, func(p *Pack) *[]Text { return &p.texts }),
		stacked("parameters", "code", func(p *Pack) *[]Parameter { return &p.parameters }),
		stacked("adoptions", "rule", func(p *Pack) *[]Adoption { return &p.adoptions }),
	}
}
