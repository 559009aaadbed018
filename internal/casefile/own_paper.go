package casefile

import (
	"slices"

	"mingjing/internal/casefile/picture"
	"mingjing/internal/casefile/prefill"
	"mingjing/internal/form"
	"mingjing/internal/party"
)

// place names a field of a paper; where each party of a batch has its own paper, with the party that it lacks.
func (w *work) place(s *picture.Sheet, kind, field string) string {
	if s.Party == nil || w.step.Shared || len(w.pic.Parties) < 2 {
		return kind + "/" + field
	}
	return kind + "/" + field + PlaceParty + s.Party.ID
}

// PlaceParty parts the field of a paper from the party whose paper it is, in the names of what is wrong.
const PlaceParty = "@"

// own is the paper that was written for one party of a batch alone.
func (w *work) own(kind, partyID string, v form.Values) form.Values {
	k, ok := w.books.Forms.Kind(kind)
	i := slices.IndexFunc(w.pic.Parties, func(p party.Party) bool { return p.ID == partyID })
	if !ok || i < 0 || len(w.pic.Parties) < 2 {
		return v
	}
	return ownParty(k, v, w.pic.Parties[i].Details)
}

// refreshed is a paper with what the program works out as it is now.
func (w *work) refreshed(kind, partyID string, v form.Values) form.Values {
	k, ok := w.books.Forms.Kind(kind)
	if !ok || len(w.pic.Parties) < 2 {
		return v
	}
	return prefill.Computed(w.pic, w.books, k, partyID, v)
}
