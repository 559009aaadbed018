package pack

import (
	"slices"

	"mingjing/internal/workday"
)

// HearingThreshold says from which amount a party must be told of the right to a hearing (行政处罚法第六十三条).
type HearingThreshold struct {
	Code      string    `json:"code"`
	Title     string    `json:"title"`
	Threshold Threshold `json:"threshold"`
	Provenance
}

// Hearing lists the amounts from which a hearing must be offered.
func (p *Pack) Hearing(day workday.Day) []HearingThreshold {
	return inForce(p.hearing, day, func(h HearingThreshold) Provenance { return h.Provenance })
}

// HearingGrounds lists why the party must be told of the right to a hearing: a kind of penalty that gives the
// right by itself, or an amount that reaches a threshold. A ground that does not block is still a reason to tell
// the party: telling too often harms nobody, 行政处罚法第六十三条第一款第六项 leaves the list open.
func (p *Pack) HearingGrounds(env ReviewEnv, day workday.Day) []Hit {
	var hits []Hit
	for _, k := range p.Kinds(day) {
		if k.Hearing && slices.Contains(env.Kinds, k.Name) {
			hits = append(hits, Hit{k.Code, k.Name, "处罚种类", k.Name, k.Source, k.Status, k.Status.MayBlock()})
		}
	}
	for _, h := range p.Hearing(day) {
		if h.Threshold.Reached(env) {
			hits = append(hits, Hit{h.Code, h.Title, "数额", h.Threshold.Expression(), h.Source, h.Status, h.Status.MayBlock()})
		}
	}
	return hits
}
