package review_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/flow"
	"mingjing/internal/form"
	"mingjing/internal/refusal"
	"mingjing/internal/testkit/world"
)

func flowCode(step string) flow.Code { return flow.Code(step) }

// replaced gives the case to Third and Handler; Second, who investigated it, leaves.
func (b bench) replaced() {
	b.T.Helper()
	b.Take("change_officers", map[string]form.Values{"指派办案人员审批表": {"officers": []any{b.Officers[0], b.Officers[2]}, "lead_officer": b.Handler.Name,
		"change_reason": "原办案人员调离。"}})
}

func TestWhoOnceInvestigatedACaseNeitherReviewsNorApprovesItLater(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Major())
		b.Days(1)
		b.replaced()
		b.Days(1)
		former := w.Second
		former.Roles = []string{access.RoleReviewer, access.RoleApprover}
		id := b.submit()
		wantRule(t, b.take(former, id, "accept_review", nil), "access:hand-not-reviewer")
		b.pass(id)
		err := b.approve(former)
		wantRule(t, err, "access:hand-not-approver")
		var refused refusal.Refused
		if errors.As(err, &refused) && !strings.Contains(refused.Findings[0].Message, "不得批准") {
			t.Errorf("the refusal says %q", refused.Findings[0].Message)
		}
		b.Must(b.approve(w.Approver))
	})
}

func TestWhoReviewedOrApprovedACaseIsNotPutOnIt(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Major())
		b.pass(b.submit())
		b.Must(b.approve(w.Approver))
		for _, actor := range []access.Actor{w.Reviewer, w.Approver} {
			err := w.Cases.HandOver(context.Background(), w.UnitHead, b.ID, actor.Account, "", "承办人调离。")
			var invalid refusal.Invalid
			if !errors.As(err, &invalid) || invalid.Fields["to"] == "" {
				t.Errorf("the case went to %s: %v", actor.Name, err)
			}
			insert := "INSERT INTO case_officer (case_id, certificate, name, account, from_on, until_on) VALUES ('" + b.ID + "', 'x', 'x', '" + actor.Account + "', '2026-03-02', '')"
			if got := attempt(t, w, insert); got != "officer-separation" {
				t.Errorf("%s was put on the case by SQL: stopped by %q", actor.Name, got)
			}
		}
	})
}

func TestOfficersAreWhoTheirCertificatesSayAndACaseIsLedByOneOfThem(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Major())
		b.Days(1)
		change := func(lead string, officers ...any) error {
			act := b.Act(w.UnitHead, "change_officers", map[string]form.Values{"指派办案人员审批表": {"officers": officers, "lead_officer": lead, "change_reason": "原办案人员调离。"}})
			_, err := w.Cases.Take(context.Background(), w.UnitHead, act)
			return err
		}
		wrong := func(err error, field string) {
			t.Helper()
			var invalid refusal.Invalid
			if !errors.As(err, &invalid) || invalid.Fields["指派办案人员审批表/"+field] == "" {
				t.Errorf("got %v %v, want a message at %s", err, invalid.Fields, field)
			}
		}
		other := map[string]any{"name": "冒名人", "certificate": world.ThirdCertificate}
		wrong(change(b.Handler.Name, b.Officers[0], other), "officers.1.name")
		wrong(change("案外人", b.Officers[0], b.Officers[2]), "lead_officer")
		head := map[string]any{"name": w.UnitHead.Name, "certificate": "220300010004"}
		wrong(change(w.UnitHead.Name, head, b.Officers[2]), "lead_officer")
		w.Must(w.Write(func(tx *db.Tx) error {
			return access.Disable(tx, access.Founding(w.Agency.Code), w.Third.Account, "离职")
		}))
		wrong(change(w.Third.Name, b.Officers[0], b.Officers[2]), "lead_officer")
		w.Must(change(b.Handler.Name, b.Officers[0], b.Officers[1]))
	})
}

func TestActingForSomebodyOpensNoWayRoundTheSeparation(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Major())
		id := b.submit()
		deputy := w.OtherReviewer
		deputy.OnBehalf, deputy.OnBehalfName = w.Handler.Account, w.Handler.Name
		wantRule(t, b.take(deputy, id, "accept_review", nil), "access:handler-not-reviewer")
	})
}

func TestEveryHandOfACaseIsKeptApartBySQLToo(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Major())
		id := b.submit()
		b.Must(b.take(w.Reviewer, id, "accept_review", nil))
		hash := b.View(w.Handler).Drafts[0].BodyHash
		written, _ := w.Books.Forms.Kind("法制审核意见书")
		opinion := "INSERT INTO document (id, agency, case_id, party_id, step, kind, version, title, number, made_on, made_at, made_by, body, body_hash, corrects) VALUES ('forged-opinion', '" +
			w.Agency.Code + "', '" + b.ID + "', '', 'pass_review', '法制审核意见书', '" + written.Version + "', '', '', '', '', '', '{}', '" + form.Hash(written, form.Values{}) + "', '')"
		verdict := func(reviewer, state, words, paper string) string {
			return "UPDATE review SET state = '" + state + "', verdict = '" + words + "', reviewer = '" + reviewer + "', concluded_on = '2026-03-20', opinion = '" + paper + "' WHERE id = '" + id + "'"
		}
		good := verdict(w.Reviewer.Account, "passed", "同意", "forged-opinion")
		for _, c := range []struct {
			what, want string
			statements []string
		}{
			{"a verdict with its paper", "", []string{opinion, good}},
			{"a verdict by nobody", "review-separation", []string{opinion, verdict("", "passed", "同意", "forged-opinion")}},
			{"a verdict by the submitter", "review-separation", []string{opinion, verdict(w.Handler.Account, "passed", "同意", "forged-opinion")}},
			{"a verdict by an officer of the case", "review-separation", []string{opinion, verdict(w.Second.Account, "passed", "同意", "forged-opinion")}},
			{"a verdict by who approved", "review-separation", []string{opinion, forgedApproval(b, hash, w.Approver.Account), verdict(w.Approver.Account, "passed", "同意", "forged-opinion")}},
			{"a verdict without a written opinion", "review-opinion", []string{verdict(w.Reviewer.Account, "passed", "同意", "")}},
			{"a pass with a refusal", "review-verdict", []string{opinion, verdict(w.Reviewer.Account, "passed", "不同意", "forged-opinion")}},
			{"an agreement in words of one's own", "review-verdict", []string{opinion, verdict(w.Reviewer.Account, "returned", "原则同意", "forged-opinion")}},
			{"a pass without a verdict", "review-verdict", []string{"UPDATE review SET state = 'passed' WHERE id = '" + id + "'"}},
			{"a second verdict", "review-immutable", []string{opinion, good, verdict(w.OtherReviewer.Account, "passed", "同意", "forged-opinion")}},
			{"another paper for a verdict", "review-immutable", []string{opinion, good, "UPDATE review SET opinion = 'y' WHERE id = '" + id + "'"}},
			{"a pass taken back to review", "review-immutable", []string{opinion, good, "UPDATE review SET state = 'under_review' WHERE id = '" + id + "'"}},
			{"a voided review revived", "review-immutable", []string{"UPDATE review SET state = 'voided' WHERE id = '" + id + "'", "UPDATE review SET state = 'under_review' WHERE id = '" + id + "'"}},
			{"an approval by the handler", "approval-separation", []string{forgedApproval(b, hash, w.Handler.Account)}},
			{"an approval by an officer", "approval-separation", []string{forgedApproval(b, hash, w.Second.Account)}},
			{"an approval by the reviewer", "approval-separation", []string{opinion, good, forgedApproval(b, hash, w.Reviewer.Account)}},
			{"a receipt dated anew", "delivery-immutable", []string{"UPDATE delivery SET effective_on = '2026-01-01'"}},
			{"a receipt taken away", "delivery-immutable", []string{"DELETE FROM delivery"}},
		} {
			if got := attempt(t, w, c.statements...); got != c.want {
				t.Errorf("%s was stopped by %q, want %q", c.what, got, c.want)
			}
		}
	})
}

func TestADecisionWhoseReviewIsDisputedIsStoppedBySQLToo(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Minor())
		b.Approve()
		hash := b.View(w.Handler).Drafts[0].BodyHash
		round := "INSERT INTO review (id, agency, case_id, round, state, verdict, submitted_by, submitted_on, complete_on, reviewer, concluded_on, body, counsel, opinion, draft_kind, due_on) VALUES ('r', '" +
			w.Agency.Code + "', '" + b.ID + "', 1, 'submitted', '', 'x', '2026-03-03', '', '', '', '{}', '', '', '', '')"
		text := "INSERT INTO review_text (review_id, case_id, party_id, body_hash) VALUES ('r', '" + b.ID + "', '" + b.Party().ID + "', '" + hash + "')"
		got := attempt(t, w, forgedPaper(b, hash), round, text, "UPDATE review SET state = 'disputed' WHERE id = 'r'", forged(b, hash, nil))
		if got != "decision-dispute" {
			t.Errorf("stopped by %q", got)
		}
	})
}

func TestTheCommandRefusesWhatTheTriggersRefuseBeforeTheyDo(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Major())
		_, err := b.Try(w.Handler, "decide", nil)
		if code, gated := db.Gate(err); gated {
			t.Errorf("only the trigger %s stood in the way", code)
		}
		wantRule(t, err, "FLOW")
	})
}

func TestWhoTookAHandlersStepForAColleagueNeitherReviewsNorApprovesTheCase(t *testing.T) {
	for name, deputy := range map[string]func(w *world.World) access.Actor{
		"the reviewer": func(w *world.World) access.Actor { return w.OtherReviewer },
		"the head":     func(w *world.World) access.Actor { return w.Approver },
	} {
		world.Run(t, func(t *testing.T, w *world.World) {
			b := drafted(w, world.Major())
			own := deputy(w)
			acting := own
			acting.OnBehalf, acting.OnBehalfName, acting.Roles, acting.Unit = w.Handler.Account, w.Handler.Name, w.Handler.Roles, w.Handler.Unit
			_, err := b.Try(acting, "order_correction", nil)
			b.Must(err)
			id := b.submit()
			own.Roles = []string{access.RoleReviewer, access.RoleApprover}
			wantRule(t, b.take(own, id, "accept_review", nil), "access:hand-not-reviewer")
			b.pass(id)
			wantRule(t, b.approve(own), "access:hand-not-approver")
			hash := b.View(w.Handler).Drafts[0].BodyHash
			if got := attempt(t, w, forgedApproval(b, hash, own.Account)); got != "approval-separation" {
				t.Errorf("%s approved by SQL what he handled for another: stopped by %q", name, got)
			}
		})
	}
}

func TestAHandlerWhoGaveTheCaseAwayNeitherReviewsNorApprovesIt(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Major())
		b.Must(w.Cases.HandOver(context.Background(), w.UnitHead, b.ID, w.Third.Account, "", "岗位调整。"))
		b.Must(w.Cases.HandOver(context.Background(), w.UnitHead, b.ID, w.Handler.Account, "", "岗位调整。"))
		id := b.submit()
		former := w.Third
		former.Roles = []string{access.RoleReviewer, access.RoleApprover}
		wantRule(t, b.take(former, id, "accept_review", nil), "access:hand-not-reviewer")
		b.pass(id)
		wantRule(t, b.approve(former), "access:hand-not-approver")
		if got := attempt(t, w, forgedApproval(b, b.View(w.Handler).Drafts[0].BodyHash, former.Account)); got != "approval-separation" {
			t.Errorf("a former handler approved by SQL: stopped by %q", got)
		}
	})
}
