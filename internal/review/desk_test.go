package review_test

import (
	"context"
	"errors"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/casefile"
	"mingjing/internal/db"
	"mingjing/internal/form"
	"mingjing/internal/ledger"
	"mingjing/internal/refusal"
	"mingjing/internal/review"
	"mingjing/internal/testkit/world"
)

func TestTheStoryOfTheCaseTellsEachStepOfItsReview(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Major())
		id := b.submit()
		b.pass(id)
		var told []ledger.Record
		for _, e := range b.View(w.Handler).Events {
			if e.Kind == "review.submitted" || e.Ref["review"] == id {
				told = append(told, e)
			}
		}
		if len(told) != 3 || told[1].Kind != "review.accepted" || told[2].Kind != "review.passed" {
			t.Fatalf("%d events: %+v", len(told), told)
		}
		last, party := told[2], b.Party().ID
		if last.Ref["text."+party] != b.View(w.Handler).Drafts[0].BodyHash || last.Actor.Account != w.Reviewer.Account || last.Ref["verdict"] != "同意" {
			t.Errorf("the verdict is recorded as %+v", last)
		}
	})
}

func TestTheFirstReviewOfAReviewerIsNoted(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		first := func() (day string) {
			w.Read(func(tx *db.Tx) error {
				return tx.Row(`SELECT first_review_on FROM reviewer WHERE account = $1`, w.Reviewer.Account).Scan(&day)
			})
			return day
		}
		b := drafted(w, world.Major())
		b.pass(b.submit())
		on := first()
		if on != b.Today().String() {
			t.Fatalf("the first review was on %q", on)
		}
		b = drafted(w, world.Major())
		b.pass(b.submit())
		if got := first(); got != on {
			t.Errorf("the first review moved to %s", got)
		}
	})
}

func TestReviewsAreCountedWithTheirDaysAndDisagreements(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		from := w.Today()
		b := drafted(w, world.Major())
		b.pass(b.submit())
		b = drafted(w, world.Major())
		id := b.submit()
		b.Days(3)
		b.judged(id, "不同意")
		b.Must(b.take(w.UnitHead, id, "raise_dispute", nil))
		stats := func() (s review.Stats) {
			w.Read(func(tx *db.Tx) (err error) {
				s, err = review.Statistics(tx, w.Agency.Code, from, w.Today())
				return err
			})
			return s
		}
		s := stats()
		if s.Reviews != 2 || s.Passed != 1 || s.Refused != 1 || s.Disputes != 1 || s.Resolved != 0 || s.AverageDays != 1.5 {
			t.Errorf("%+v", s)
		}
		b.Must(b.take(w.Approver, id, "uphold_review", resolution("维持审核意见")))
		if s = stats(); s.Resolved != 1 {
			t.Errorf("%+v", s)
		}
	})
}

func TestTheDeskShowsWhatWaitsAndTheTextAsItIsNow(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Major())
		id := b.submit()
		desk := func(state string) (list []review.Row) {
			w.Read(func(tx *db.Tx) (err error) {
				list, err = review.Desk(tx, w.Agency.Code, state, "", 10)
				return err
			})
			return list
		}
		if list := desk("open"); len(list) != 1 || list[0].ID != id || list[0].DueOn.IsZero() || list[0].CaseTitle == "" {
			t.Fatalf("%+v", list)
		}
		v, err := b.room.Get(context.Background(), w.Reviewer, id)
		w.Must(err)
		if len(v.Checklist) != 9 || len(v.Texts) != 1 || !v.Texts[0].Same || v.Texts[0].Values.Text("facts") == "" {
			t.Errorf("%d points, texts %+v", len(v.Checklist), v.Texts)
		}
		if mine := mineOf(v); len(mine) != 2 || mine[0] != "accept_review" || mine[1] != "return_materials" {
			t.Errorf("the reviewer may take %v", mine)
		}
		b.Draft(form.Values{"discretion": "另一种说理。"}, "")
		if v, err = b.room.Get(context.Background(), w.Reviewer, id); err != nil || v.Texts[0].Same || v.Row.State != "voided" {
			t.Errorf("the changed text: %v %+v", err, v.Row)
		}
		if list := desk("open"); len(list) != 0 {
			t.Errorf("a voided review waits: %+v", list)
		}
		stranger := w.Reviewer
		stranger.Agency = "another-agency"
		if _, err := b.room.Get(context.Background(), stranger, id); !errors.As(err, new(refusal.NotFound)) {
			t.Errorf("another agency read the review: %v", err)
		}
	})
}

func mineOf(v review.View) []string {
	var codes []string
	for _, s := range v.Steps {
		if s.Mine {
			codes = append(codes, string(s.Step.Code))
		}
	}
	return codes
}

func TestWhoReviewsDoesNotWriteTheTextOfTheDecision(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Major())
		for _, actor := range []access.Actor{w.Reviewer, w.Approver} {
			if _, err := b.TryDraft(actor, form.Values{"discretion": "审核人改写的说理。"}, ""); len(world.Refusals(err)) == 0 {
				t.Errorf("%s rewrote the decision: %v", actor.Name, err)
			}
		}
		if _, err := b.TryDraft(w.UnitHead, form.Values{"discretion": "科长改写的说理。"}, ""); err != nil {
			t.Errorf("the head of the unit may not write it: %s", world.Why(err))
		}
	})
}

func TestAnIncompleteTextIsNotSentToReview(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := w.Lead(world.Major()).Open().Investigate().Report().Notice().PastWindows()
		b := bench{Case: c, room: review.New(w.D, w.Cases)}
		wantRule(t, b.trySubmit(w.Handler), "SX-30")
		err := b.Write(func(tx *db.Tx) error {
			d, err := w.Cases.Draft(tx, w.Handler, c.ID, "decide", "行政处罚决定书", "")
			if err != nil {
				return err
			}
			delete(d.Values, "court")
			_, err = w.Cases.SaveDraft(tx, w.Handler, d, d.Base())
			return err
		})
		w.Must(err)
		wantRule(t, b.trySubmit(w.Handler), "SX-30")
		b.Draft(nil, "")
		act := b.Act(w.Handler, "submit_review", map[string]form.Values{"法制审核送审表": {"materials": []any{"证据材料"}}})
		_, err = b.room.Submit(context.Background(), w.Handler, act)
		wantRule(t, err, "SX-30")
		_, err = b.room.Submit(context.Background(), w.Approver, casefile.Act{Case: c.ID, Papers: act.Papers})
		wantRule(t, err, "access:default-deny")
	})
}
