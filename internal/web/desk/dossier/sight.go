package dossier

import (
	"slices"

	"mingjing/internal/access"
	"mingjing/internal/casefile"
	"mingjing/internal/form"
	"mingjing/internal/redact"
	"mingjing/internal/web/desk/seat"
)

// Mask is what the papers of a case pass through for this person: nil for who sees personal data in clear. The names and
// seats of organisations are public and stay.
func Mask(v *seat.Visitor, view casefile.View) func(string) string {
	if v.Sees(view.Thing) {
		return nil
	}
	var public []redact.Known
	for _, p := range view.Parties {
		if p.Party.Kind != form.PartyOrganisation {
			continue
		}
		public = append(public, redact.Known{Kind: redact.Organisation, Text: p.Party.Name, Public: true})
		if seat, _ := p.Party.Details["address"].(string); seat != "" {
			public = append(public, redact.Known{Kind: redact.Address, Text: seat, Public: true})
		}
	}
	return func(text string) string { return redact.Conceal(text, public...) }
}

// Looked records the look at papers of which one holds personal data, for who is shown them in clear.
func Looked(v *seat.Visitor, view casefile.View, purpose string, guarded bool) error {
	if !guarded || !v.Sees(view.Thing) {
		return nil
	}
	return v.Looked(view.Thing, purpose)
}

// LookedAtDraft is Looked for papers that are being written. Who handles the case opens them many times a day; that is recorded
// once a day for each paper (个人信息保护法第五十一条、第五十四条).
func LookedAtDraft(v *seat.Visitor, view casefile.View, purpose string, guarded bool) error {
	if guarded && v.Sees(view.Thing) && slices.Contains(view.Thing.Relations, access.RelHandler) {
		return v.LookedToday(view.Thing, purpose)
	}
	return Looked(v, view, purpose, guarded)
}
