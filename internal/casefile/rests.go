package casefile

import (
	"strconv"

	"mingjing/internal/casefile/picture"
	"mingjing/internal/ledger"
	"mingjing/internal/ledger/order"
)

// rests puts into the event of an act what the ledger needs to judge the order of a case by itself: whether the decision is
// a major one, which text was approved and decided, and by their numbers the events of the verdict and the approval that
// the decision rests on (行政处罚法第五十七条、第五十八条). None of it is personal.
func (w *work) rests(s *picture.Sheet, ref map[string]string) {
	switch w.Step.Code {
	case "check_catalogue", "request_hearing":
		ref[order.RefMajor] = strconv.FormatBool(s.Party.Major)
	case "approve":
		if a, ok := w.Picture.Approved[s.Party.ID]; ok {
			ref[order.RefText] = a.Hash
		}
	case "decide", "decide_on_spot", "no_penalty", "serve_decision", "serve_no_penalty", "annul_decision":
		d, ok := w.Picture.Decided[s.Party.ID]
		if !ok {
			return
		}
		ref[order.RefDecision] = d.ID
		if w.Step.Event == "decision.made" {
			w.restsOn(s, d, ref)
		}
	}
}

// restsOn names the events that a decision just made rests on.
func (w *work) restsOn(s *picture.Sheet, d picture.Decision, ref map[string]string) {
	ref[order.RefText], ref[order.RefMajor] = d.BodyHash, strconv.FormatBool(d.Major)
	if r, ok := w.Picture.Reviews[s.Party.ID]; ok && r.State == "passed" {
		ref["review"] = r.ID
		if e, found := order.Latest(w.Picture.Events, "review.passed", func(e ledger.Record) bool { return e.Ref["review"] == r.ID }); found {
			ref[order.RefReviewed] = strconv.FormatInt(e.Seq, 10)
		}
	}
	if e, found := order.Latest(w.Picture.Events, "case.approved", func(e ledger.Record) bool { return e.Ref["party"] == s.Party.ID }); found {
		ref[order.RefApproved] = strconv.FormatInt(e.Seq, 10)
	}
}
