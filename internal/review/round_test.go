package review_test

import (
	"context"
	"errors"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/form"
	"mingjing/internal/refusal"
	"mingjing/internal/review"
	"mingjing/internal/testkit/world"
	"mingjing/internal/workday"
)

// row reads a review as it stands.
func (b bench) row(id string) review.Row {
	b.T.Helper()
	v, err := b.room.Get(context.Background(), b.Reviewer, id)
	b.Must(err)
	return v.Row
}

func (b bench) wantState(id, state string) {
	b.T.Helper()
	if got := b.row(id).State; got != state {
		b.T.Errorf("the review is %s, want %s", got, state)
	}
}

// judged brings a review to a verdict.
func (b bench) judged(id, verdict string) {
	b.T.Helper()
	b.Must(b.take(b.Reviewer, id, "accept_review", nil))
	step := map[string]string{"同意": "pass_review", "同意但需修改": "amend_review", "退回补正": "return_review", "不同意": "refuse_review"}[verdict]
	b.Must(b.take(b.Reviewer, id, flowCode(step), opinion(verdict)))
}

// trySubmit asks for review and hands back what comes of it.
func (b bench) trySubmit(actor access.Actor) error {
	b.T.Helper()
	act := b.Act(actor, "submit_review", map[string]form.Values{"法制审核送审表": {"materials": []any{"案件调查终结报告", "拟作出决定的文书草稿", "证据材料"}}})
	_, err := b.room.Submit(context.Background(), actor, act)
	return err
}

func resolution(result string) map[string]form.Values {
	return map[string]form.Values{"异议处理决定书": {"result": result, "route": "机关负责人决定", "finding": "经会商，认定如上。"}}
}

func TestATextIsUnderReviewOnce(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Major())
		id := b.submit()
		again := func(when string) {
			var invalid refusal.Invalid
			if err := b.trySubmit(w.Handler); !errors.As(err, &invalid) || invalid.Fields["submit_review"] == "" {
				t.Errorf("%s the same text was submitted again: %s", when, world.Why(err))
			}
		}
		again("before acceptance")
		b.pass(id)
		again("after it passed")
		if docs := len(b.View(w.Handler).Documents); docs != countOf(b, "法制审核送审表", 1) {
			t.Errorf("a refused submission left a document")
		}
	})
}

// countOf fails unless there are n documents of a kind, and counts all documents.
func countOf(b bench, kind string, n int) int {
	b.T.Helper()
	all, found := b.View(b.Handler).Documents, 0
	for _, d := range all {
		if d.Kind == kind {
			found++
		}
	}
	if found != n {
		b.T.Errorf("%d of %s, want %d", found, kind, n)
	}
	return len(all)
}

func TestASubmissionIsRecalledOnlyBeforeItIsAccepted(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Major())
		id := b.submit()
		b.Must(b.take(w.Handler, id, "recall_review", nil))
		b.wantState(id, "recalled")
		second := b.submit()
		b.Must(b.take(w.Reviewer, second, "accept_review", nil))
		wantRule(t, b.take(w.Handler, second, "recall_review", nil), "FLOW")
		wantRule(t, b.take(w.Reviewer, id, "accept_review", nil), "FLOW")
	})
}

func TestReturnedMaterialsAreNoOpinionToObjectTo(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Major())
		id := b.submit()
		b.Must(b.take(w.Reviewer, id, "return_materials", nil))
		b.wantState(id, "returned")
		wantRule(t, b.take(w.UnitHead, id, "raise_dispute", nil), "FLOW")
		for _, c := range b.View(w.Handler).Clocks {
			if c.Param == "review_days" && c.State == "open" {
				t.Error("the limit for the opinion runs although the materials went back")
			}
		}
		b.pass(b.submit())
		b.Must(b.approve(w.Approver))
	})
}

func TestOnlyAnAgreementOpensTheGate(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		for _, verdict := range []string{"同意但需修改", "退回补正", "不同意"} {
			b := drafted(w, world.Major())
			id := b.submit()
			b.judged(id, verdict)
			if got := b.row(id); got.Verdict != verdict || got.ConcludedOn != b.Today() || got.Reviewer != w.Reviewer.Account || got.Opinion == "" {
				t.Errorf("%s: %+v", verdict, got)
			}
			wantRule(t, b.approve(w.Approver), "CF-36")
		}
	})
}

func TestWhileADisagreementIsOpenNothingIsSubmittedOrDecided(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Major())
		id := b.submit()
		b.judged(id, "不同意")
		wantRule(t, b.take(w.Handler, id, "raise_dispute", nil), "access:default-deny")
		b.Must(b.take(w.UnitHead, id, "raise_dispute", nil))
		b.wantState(id, "disputed")
		wantRule(t, b.trySubmit(w.Handler), "SH-06")
		wantRule(t, b.approve(w.Approver), "SH-06")
		wantRule(t, b.take(w.Reviewer, id, "uphold_review", resolution("维持审核意见")), "access:reviewer-not-approver")
		b.Must(b.take(w.Approver, id, "uphold_review", resolution("维持审核意见")))
		b.wantState(id, "returned")
		if got := b.row(id).Verdict; got != "不同意" {
			t.Errorf("the opinion became %s", got)
		}
		wantRule(t, b.approve(w.Approver), "CF-36")
		b.Must(b.take(w.UnitHead, id, "end_review", nil))
		b.wantState(id, "ended")
	})
}

func TestARemandOpensAFurtherRoundOnTheSameText(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Major())
		id := b.submit()
		b.judged(id, "退回补正")
		b.Must(b.take(w.UnitHead, id, "raise_dispute", nil))
		b.Must(b.take(w.Approver, id, "remand_review", resolution("退回重新审核")))
		v, err := b.room.Get(context.Background(), w.Reviewer, id)
		w.Must(err)
		if len(v.Rounds) != 2 || v.Row.State != "ended" || v.Row.Verdict != "退回补正" {
			t.Fatalf("%d rounds, the first %s with %s", len(v.Rounds), v.Row.State, v.Row.Verdict)
		}
		next := v.Rounds[1]
		if next.Round != 2 || next.State != "submitted" || next.Verdict != "" || next.SubmittedBy != w.Handler.Account {
			t.Errorf("the second round is %+v", next)
		}
		wantRule(t, b.take(w.UnitHead, id, "raise_dispute", nil), "FLOW")
		b.Must(b.take(w.OtherReviewer, next.ID, "accept_review", nil))
		b.Must(b.take(w.OtherReviewer, next.ID, "pass_review", opinion("同意")))
		// Who reviewed an earlier round does not approve either.
		first := w.Reviewer
		first.Roles = []string{access.RoleApprover}
		wantRule(t, b.approve(first), "access:reviewer-not-approver")
		b.Must(b.approve(w.Approver))
		b.Decide()
	})
}

func TestAnOldRoundIsNotDisputedBesideANewerOne(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Major())
		id := b.submit()
		b.judged(id, "退回补正")
		b.Draft(form.Values{"discretion": "按意见补充的说理。"}, "")
		b.submit()
		wantRule(t, b.take(w.UnitHead, id, "raise_dispute", nil), "FLOW")
		wantRule(t, b.take(w.UnitHead, id, "end_review", nil), "FLOW")
	})
}

func TestTheLimitRunsFromWholeMaterialsAndIsExtendedOnce(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Major())
		id := b.submit()
		b.Past(b.Today())
		accepted := b.Today()
		b.Must(b.take(w.Reviewer, id, "accept_review", nil))
		wantDue := func(from workday.Day, days int) workday.Day {
			due, err := w.Books.Calendar.AddWorkdays(from, days)
			w.Must(err)
			if got := b.row(id); got.DueOn != due || got.CompleteOn != accepted {
				t.Errorf("whole on %s, due on %s, want %s and %s", got.CompleteOn, got.DueOn, accepted, due)
			}
			return due
		}
		due := wantDue(accepted, 5)
		wantRule(t, b.take(w.Reviewer, id, "extend_review", nil), "access:reviewer-not-approver")
		b.Must(b.take(w.Approver, id, "extend_review", nil))
		wantDue(due, 5)
		wantRule(t, b.take(w.Approver, id, "extend_review", nil), "FLOW")
		running := 0
		for _, c := range b.View(w.Handler).Clocks {
			if (c.Param == "review_days" || c.Param == "review_extra_days") && c.State == "open" {
				running++
			}
		}
		if running != 1 {
			t.Errorf("%d clocks of the review run", running)
		}
		b.Must(b.take(w.Reviewer, id, "consult_counsel", map[string]form.Values{"顾问意见登记": {"counsel": "穆清扬律师", "opinion": "同意拟处罚意见。"}}))
		b.Must(b.take(w.Reviewer, id, "pass_review", opinion("同意")))
		if got := b.row(id).Counsel; got != "穆清扬律师" {
			t.Errorf("the counsel is %q", got)
		}
	})
}

func TestAStepOfAReviewIsNotDatedBeforeTheOneBefore(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Major())
		id := b.submit()
		b.Past(b.Today())
		b.Must(b.take(w.Reviewer, id, "accept_review", nil))
		early := b.Today().AddDays(-1)
		papers := opinion("同意")
		b.Read(func(tx *db.Tx) error {
			d, err := b.room.Draft(tx, w.Reviewer, id, "pass_review", "法制审核意见书")
			for name, value := range d.Values {
				if papers["法制审核意见书"][name] == nil {
					papers["法制审核意见书"][name] = value
				}
			}
			return err
		})
		papers["法制审核意见书"] = b.Complete("法制审核意见书", papers["法制审核意见书"])
		err := b.room.Take(context.Background(), w.Reviewer, review.Act{Review: id, Step: "pass_review", Occurred: early, Papers: papers})
		wantRule(t, err, "SX-17b")
		for range 5 {
			b.Past(b.Today())
		}
		late := review.Act{Review: id, Step: "pass_review", Occurred: early.AddDays(1), Papers: papers}
		wantRule(t, b.room.Take(context.Background(), w.Reviewer, late), "SX-17c")
		late.LateReason = "当日系统停机，意见书已于当日签署。"
		b.Must(b.room.Take(context.Background(), w.Reviewer, late))
		if got := b.row(id); got.ConcludedOn != early.AddDays(1) {
			t.Errorf("concluded on %s", got.ConcludedOn)
		}
	})
}
