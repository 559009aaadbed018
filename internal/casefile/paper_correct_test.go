package casefile_test

import (
	"slices"
	"testing"

	"mingjing/internal/casefile/book"
	"mingjing/internal/document"
	"mingjing/internal/form"
	"mingjing/internal/testkit/world"
)

// mended are the papers that put a finished one right.
func mended(d document.Document, own form.Values) map[string]form.Values {
	v := form.Values{"original_kind": d.Kind, "original_number": d.Number, "original_on": d.MadeOn.String(), "original_hash": d.BodyHash,
		"errors": []any{map[string]any{"where": "第一页第三行", "was": "二〇二六年", "is": "二〇二五年"}}, "reason": "记录时笔误。", "confirmed": "", "served": "", "unchanged": true}
	for name, value := range own {
		v[name] = value
	}
	return map[string]form.Values{book.CorrectionKind: v}
}

func latest(t *testing.T, c *world.Case, kind string) document.Document {
	t.Helper()
	list := c.View(c.Handler).Documents
	for i := range list {
		if d := list[len(list)-1-i]; d.Kind == kind {
			return d
		}
	}
	t.Fatalf("the case has no %s", kind)
	return document.Document{}
}

// A finished paper is put right by a further one that names it; the first stays as it is and points at it. A record is confirmed
// anew, a decision has a paper of its own, and a paper that the case does not have is put right by nobody.
func TestAFinishedPaperIsPutRightByAFurtherOneThatNamesIt(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := w.Lead(world.Minor()).Open().Investigate().Report().Notice()
		record := latest(t, c, "询问笔录")
		if _, err := c.Try(w.Handler, "correct_paper", mended(record, nil)); !slices.Contains(world.Refusals(err), "CF-75c") {
			t.Fatalf("a record is put right without whom it was taken from: %s", world.Why(err))
		}
		done := c.Take("correct_paper", mended(record, form.Values{"confirmed": "被询问人于当日核对并签名。"}))
		if len(done.Documents) != 1 || done.Documents[0].Corrects != record.ID || done.Documents[0].Party != record.Party {
			t.Fatalf("the further paper corrects %q of %q, want %q of %q", done.Documents[0].Corrects, done.Documents[0].Party, record.ID, record.Party)
		}
		after := latest(t, c, "询问笔录")
		if after.CorrectedBy != done.Documents[0].ID || after.BodyHash != record.BodyHash {
			t.Errorf("the first paper points at %q and has changed: %v", after.CorrectedBy, after.BodyHash != record.BodyHash)
		}
		v := c.View(w.Handler)
		if last := v.Events[len(v.Events)-1]; last.Kind != "case.paper_corrected" || last.Ref["doc."+done.Documents[0].ID] == "" {
			t.Errorf("the record of the case ends with %s %v", last.Kind, last.Ref)
		}

		gone := record
		gone.Number = "云民〔1999〕9号"
		if _, err := c.Try(w.Handler, "correct_paper", mended(gone, form.Values{"confirmed": "核对无误。"})); !slices.Contains(world.Refusals(err), "CF-75") {
			t.Errorf("a paper that the case does not have is put right: %s", world.Why(err))
		}
		act := c.Act(w.Handler, "correct_paper", mended(record, form.Values{"confirmed": "核对无误。"}))
		act.Papers[book.CorrectionKind]["unchanged"] = false
		if _, err := w.Cases.Take(t.Context(), w.Handler, act); field(err, book.CorrectionKind+"/unchanged") == "" {
			t.Errorf("a correction changes what was found: %s", world.Why(err))
		}
		c.PastWindows()
		c.Draft(nil, "")
		c.Approve().Decide().Serve()
		if _, err := c.Try(w.Handler, "correct_paper", mended(latest(t, c, "行政处罚决定书"), nil)); !slices.Contains(world.Refusals(err), "CF-75b") {
			t.Errorf("a decision is put right by the handler: %s", world.Why(err))
		}
		c.Take("correct_paper", mended(latest(t, c, "行政处罚事先告知书"), form.Values{"served": "同日电话告知。"}))
	})
}
