package draft

import (
	"maps"
	"slices"

	"mingjing/internal/casefile/picture"
	"mingjing/internal/casefile/prefill"
	"mingjing/internal/form"
	"mingjing/internal/party"
)

// place names a field of a paper; where each party of a batch has its own paper, with the party that it lacks.
func (w *Papers) place(s *picture.Sheet, kind, field string) string {
	if s.Party == nil || w.Step.Shared || len(w.Picture.Parties) < 2 {
		return kind + "/" + field
	}
	return kind + "/" + field + PlaceParty + s.Party.ID
}

// PlaceParty parts the field of a paper from the party whose paper it is, in the names of what is wrong.
const PlaceParty = "@"

// own is the paper that was written for one party of a batch alone.
func (w *Papers) own(kind, partyID string, v form.Values) form.Values {
	k, ok := w.Books.Forms.Kind(kind)
	i := slices.IndexFunc(w.Picture.Parties, func(p party.Party) bool { return p.ID == partyID })
	if !ok || i < 0 || len(w.Picture.Parties) < 2 {
		return v
	}
	return ownParty(k, v, w.Picture.Parties[i].Details)
}

// refreshed is a paper with what the program works out as it is now.
func (w *Papers) refreshed(kind, partyID string, v form.Values) form.Values {
	k, ok := w.Books.Forms.Kind(kind)
	if !ok || len(w.Picture.Parties) < 2 {
		return v
	}
	return prefill.Computed(w.Picture, w.Books, k, partyID, v)
}

// ownParty is a party's own paper: who the party is comes from the register, what the paper says of address, representative and
// telephone is as it was written there, since it is written for this party alone.
func ownParty(k *form.Kind, v form.Values, registered map[string]any) form.Values {
	own := maps.Clone(v)
	for _, f := range k.Fields {
		named, written := v[f.Name].(map[string]any)
		if f.Type != "party" || !written {
			continue
		}
		merged := maps.Clone(registered)
		for name, value := range named {
			if text, _ := value.(string); text != "" && !slices.Contains([]string{"kind", "name", "code", "id"}, name) {
				merged[name] = value
			}
		}
		own[f.Name] = merged
	}
	return own
}
