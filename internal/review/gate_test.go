package review_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/casefile/book"
	"mingjing/internal/db"
	"mingjing/internal/document"
	"mingjing/internal/flow"
	"mingjing/internal/form"
	"mingjing/internal/refusal"
	"mingjing/internal/review"
	"mingjing/internal/testkit/world"
)

// bench is a case whose decision is drafted, with the room that reviews it.
type bench struct {
	*world.Case
	room *review.Room
}

// drafted lives a matter until its decision is drafted and every window has passed.
func drafted(w *world.World, m world.Matter) bench {
	c := w.Lead(m).Open().Investigate().Report().Notice().PastWindows()
	c.Draft(nil, "")
	return bench{Case: c, room: review.New(w.D, w.Cases)}
}

// submit sends the drafted decision to review.
func (b bench) submit(parties ...string) string {
	b.T.Helper()
	act := b.Act(b.Handler, "submit_review", map[string]form.Values{"法制审核送审表": {"triggers": []any{"法律、法规规定应当进行法制审核的其他情形"},
		"materials": []any{"案件调查终结报告", "拟作出决定的文书草稿", "证据材料"}}}, parties...)
	id, err := b.room.Submit(context.Background(), b.Handler, act)
	if err != nil {
		b.T.Fatalf("submit: %s", world.Why(err))
	}
	return id
}

// take takes a step of a review with its papers whole.
func (b bench) take(actor access.Actor, id string, step flow.Code, own map[string]form.Values) error {
	b.T.Helper()
	machine := flow.Review()
	s, ok := machine.Find(step)
	if !ok {
		b.T.Fatalf("no step %s", step)
	}
	papers := map[string]form.Values{}
	for _, kind := range book.StepForms(s) {
		b.Read(func(tx *db.Tx) error {
			d, err := b.room.Draft(tx, actor, id, step, kind)
			if errors.As(err, new(refusal.Refused)) { // who may not write the paper hands it in all the same
				err = nil
			}
			values := form.Values{}
			maps.Copy(values, d.Values)
			maps.Copy(values, own[kind])
			papers[kind] = b.Complete(kind, values)
			return err
		})
	}
	return b.room.Take(context.Background(), actor, review.Act{Review: id, Step: step, Papers: papers})
}

// opinion answers the nine points well, with a verdict.
func opinion(verdict string) map[string]form.Values {
	return map[string]form.Values{"法制审核意见书": {"subject": "是", "personnel": "是", "procedure": "是", "facts_clear": "是", "law_right": "是", "discretion_fit": "是",
		"within_power": "未超越", "documents": "是", "crime": "不涉嫌犯罪", "verdict": verdict, "independent": true, "qualification": "已取得国家统一法律职业资格"}}
}

// pass lets the reviewer accept and agree.
func (b bench) pass(id string) {
	b.T.Helper()
	b.Must(b.take(b.Reviewer, id, "accept_review", nil))
	b.Must(b.take(b.Reviewer, id, "pass_review", opinion("同意")))
}

func (b bench) approve(actor access.Actor) error {
	_, err := b.Try(actor, "approve", map[string]form.Values{"行政处罚决定审批表": {"outcome": "给予行政处罚", "proposal": "同意。", "head_opinion": "同意。"}})
	return err
}

func wantRule(t *testing.T, err error, rules ...string) {
	t.Helper()
	got := world.Refusals(err)
	for _, rule := range rules {
		if !slices.Contains(got, rule) {
			t.Errorf("got %s, want it refused by %s", world.Why(err), rule)
		}
	}
}

func TestNoMajorDecisionIsApprovedWithoutAReview(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Major())
		wantRule(t, b.approve(w.Approver), "CF-36", "CF-36b")
	})
}

func TestAReviewedDecisionIsMadeAndItsTextIsTheReviewedOne(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Major())
		b.pass(b.submit())
		b.Approve().Decide().Serve()
		p := b.View(w.Handler).Parties[0]
		if p.Decision.ID == "" || p.Decision.Review != p.Review.ID || !p.Decision.Major || p.Review.Verdict != "同意" {
			t.Errorf("the decision is %+v, its review %+v", p.Decision, p.Review)
		}
	})
}

func TestAChangeOfTheTextVoidsTheReview(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Major())
		b.pass(b.submit())
		b.Draft(form.Values{"discretion": "另一种说理。"}, "")
		v := b.View(w.Handler)
		if v.Parties[0].Review.State != "voided" || v.Events[len(v.Events)-1].Kind != "review.voided" {
			t.Errorf("the review is %s, the last event %s", v.Parties[0].Review.State, v.Events[len(v.Events)-1].Kind)
		}
		wantRule(t, b.approve(w.Approver), "CF-36", "CF-36b")
		id := b.submit()
		wantRule(t, b.approve(w.Approver), "CF-36")
		b.pass(id)
		b.Must(b.approve(w.Approver))
	})
}

func TestAnOlderReviewedTextDoesNotStandInForANewerRefusedOne(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Major())
		b.pass(b.submit())
		b.Draft(form.Values{"discretion": "加重的说理。"}, "")
		id := b.submit()
		b.Must(b.take(b.Reviewer, id, "accept_review", nil))
		b.Must(b.take(b.Reviewer, id, "refuse_review", opinion("不同意")))
		b.Draft(nil, "") // back to the words that were once passed
		wantRule(t, b.approve(w.Approver), "CF-36")
	})
}

func TestNobodyReviewsOrApprovesTheirOwnWork(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Major())
		id := b.submit()
		handler := w.Handler
		handler.Roles = []string{access.RoleHandler, access.RoleReviewer, access.RoleApprover}
		if err := b.take(handler, id, "accept_review", nil); err == nil {
			t.Error("the handler accepted the own submission for review")
		}
		b.pass(id)
		reviewer := w.Reviewer
		reviewer.Roles = []string{access.RoleReviewer, access.RoleApprover}
		if err := b.approve(reviewer); err == nil {
			t.Error("the reviewer approved the own review")
		}
		if err := b.approve(handler); err == nil {
			t.Error("the handler approved the own case")
		}
		b.Must(b.approve(w.Approver))
	})
}

func TestAReviewerWithoutQualificationDoesNotBegin(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Major())
		wantRule(t, b.take(w.Unlearned, b.submit(), "accept_review", nil), "CF-39")
	})
}

func TestAnIncompleteChecklistGivesNoVerdict(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Major())
		id := b.submit()
		b.Must(b.take(b.Reviewer, id, "accept_review", nil))
		own := opinion("同意")
		if err := b.room.Take(context.Background(), w.Reviewer, review.Act{Review: id, Step: "pass_review", Papers: own}); err == nil {
			t.Error("an opinion with half its fields passed")
		}
		if err := b.take(b.Reviewer, id, "pass_review", opinion("不同意")); err == nil {
			t.Error("an opinion that says 不同意 was entered as 同意")
		}
	})
}

func TestASecondNoticeTakesNoHearingAway(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := w.Lead(world.Major()).Open().Investigate().Report().Notice()
		_, err := c.Try(w.Handler, "serve_notice", c.NoticePapers())
		wantRule(t, err, "CF-61c")
		c.Days(1)
		c.Take("request_hearing", map[string]form.Values{"听证申请登记": {"requested_on": c.Today().String()}})
		if _, err := c.Try(w.Handler, "serve_notice", c.NoticePapers()); err == nil {
			t.Error("a second notice was served while a hearing was asked for")
		}
		c.Draft(nil, "")
		if err := (bench{Case: c, room: review.New(w.D, w.Cases)}).approve(w.Approver); err == nil {
			t.Error("the decision was approved before the hearing that the party asked for")
		}
	})
}

func TestNoDecisionBeforeTheWindowsHavePassed(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := w.Lead(world.Minor()).Open().Investigate().Report().Notice()
		c.Draft(nil, "")
		wantRule(t, bench{Case: c}.approve(w.Approver), "CF-29a")
	})
}

func TestADefenceMakesNothingHarsher(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		m := world.Major()
		c := w.Lead(m).Open().Investigate().Report().Notice()
		c.Days(1)
		c.Take("record_defence", nil)
		papers := c.NoticePapers()
		papers["行政处罚事先告知书"]["fine"] = m.Fine * 2
		_, err := c.Try(w.Handler, "serve_notice", papers)
		wantRule(t, err, "CF-29c")
		c.PastWindows()
		c.Draft(form.Values{"fine": m.Fine * 2}, "")
		wantRule(t, bench{Case: c}.approve(w.Approver), "CF-28c", "CF-29c")
	})
}

func TestAnEmptyPanelRecordIsNoPanel(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		m := world.Major()
		m.Complex = true
		c := w.Lead(m).Open().Investigate().Report().Notice().PastWindows()
		c.Draft(nil, "")
		wantRule(t, bench{Case: c}.approve(w.Approver), "CF-38")
		member := func(name string) map[string]any {
			return map[string]any{"name": name, "post": "成员", "opinion": "略", "vote": "同意"}
		}
		_, err := c.Try(w.Approver, "hold_panel", map[string]form.Values{"集体讨论记录": {"members": []any{member("甲")}, "report": "略", "questions": "略", "decision": "略"}})
		if err == nil {
			t.Error("a panel of one with an empty record was held")
		}
	})
}

func TestDraftsOfTwoWritersAreNeverOverwritten(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Minor())
		err := b.Write(func(tx *db.Tx) error {
			d, err := w.Cases.Draft(tx, w.Second, b.ID, "decide", "行政处罚决定书", "")
			if err != nil {
				return err
			}
			d.Values["discretion"] = "后来的人写的说理。"
			_, err = w.Cases.SaveDraft(tx, w.Second, d, "")
			return err
		})
		conflict, ok := err.(document.Conflict)
		if !ok || !slices.Contains(conflict.Fields, "discretion") {
			t.Fatalf("got %v, want the other's text with the field that differs", err)
		}
	})
}
