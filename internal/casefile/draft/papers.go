package draft

import (
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/casefile/prefill"
	"mingjing/internal/flow"
	"mingjing/internal/form"
)

// Papers are what is being written for a step of a case, each party put in. For Decision alone the books and the picture are enough.
type Papers struct {
	Books   book.Books
	Picture *picture.Picture
	Actor   access.Actor // who writes or acts
	Step    flow.Step
	Moment  picture.Moment
}

// Decision is the decision against a party as it is drafted now; nil where nothing is.
func (w *Papers) Decision(partyID string) form.Values {
	if w.Picture.Texts == nil {
		return w.draftedText(partyID)
	}
	text, known := w.Picture.Texts[partyID]
	if !known {
		text = w.draftedText(partyID)
		w.Picture.Texts[partyID] = text
	}
	return text
}

func (w *Papers) draftedText(partyID string) form.Values {
	d, ok := w.Picture.Draft("decide", partyID, book.DecisionKind)
	if !ok {
		return nil
	}
	if d.Party == partyID {
		return w.own(book.DecisionKind, partyID, d.Values)
	}
	return w.put(book.DecisionKind, partyID, d.Values)
}

// For gathers the documents of the act for a party: what was handed in, for all parties (shared) or for one (own, by party and kind),
// else the step's draft. A kind of which nothing was written is missing.
func (w *Papers) For(partyID string, shared map[string]form.Values, own map[string]map[string]form.Values) map[string]form.Values {
	papers := map[string]form.Values{}
	take := func(kind string, must bool) {
		if v, ok := own[partyID][kind]; ok {
			papers[kind] = w.endorse(kind, partyID, v)
			return
		}
		if v, ok := shared[kind]; ok {
			papers[kind] = w.endorse(kind, partyID, w.fit(kind, partyID, v))
			return
		}
		if d, ok := w.Picture.Draft(string(w.Step.Code), partyID, kind); ok && d.Party == partyID && partyID != "" {
			papers[kind] = w.endorse(kind, partyID, w.refreshed(kind, partyID, w.own(kind, partyID, d.Values)))
		} else if ok {
			papers[kind] = w.endorse(kind, partyID, w.fit(kind, partyID, d.Values))
		} else if must {
			return
		}
	}
	for _, kind := range book.StepForms(w.Step) {
		take(kind, true)
	}
	for _, kind := range book.MayForms(w.Step) {
		take(kind, false)
	}
	return papers
}

// fit puts the party of a batch into a paper that was written once for all: its 当事人 is each party in turn.
func (w *Papers) fit(kind, partyID string, v form.Values) form.Values {
	if partyID == "" || w.Step.Shared {
		return v
	}
	return w.put(kind, partyID, v)
}

// put writes one party of a batch into a paper.
func (w *Papers) put(kind, partyID string, v form.Values) form.Values {
	if len(w.Picture.Parties) < 2 {
		return v
	}
	k, ok := w.Books.Forms.Kind(kind)
	if !ok {
		return v
	}
	fitted := form.Values{}
	for name, value := range v {
		fitted[name] = value
	}
	prefilled := form.Prefill(k, prefill.Context(w.Picture, w.Books, partyID, w.Actor.Name))
	for _, f := range k.Fields {
		own := f.Type == "party" || strings.HasPrefix(f.Prefill, "notice.") || strings.HasPrefix(f.Prefill, "decision.") || strings.HasPrefix(f.Prefill, "hearing") ||
			strings.HasPrefix(f.Prefill, "defence.") || f.Computed()
		if own && prefilled[f.Name] != nil {
			fitted[f.Name] = prefilled[f.Name]
		}
	}
	return fitted
}
