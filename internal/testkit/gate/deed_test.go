package gate_test

import (
	"context"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/flow"
	"mingjing/internal/form"
)

// deed is one act that anybody may try.
type deed struct {
	name string
	take func(x *scene, who access.Actor) error
}

// everything is every role of the house: that one of the four may not take an act then rests on the law and not on a role.
var everything = []string{access.RoleHandler, access.RoleUnitHead, access.RoleReviewer, access.RoleApprover, access.RolePublisher, access.RoleChecker}

func (x *scene) people() map[string]access.Actor {
	four := map[string]access.Actor{"handler": x.Handler, "reviewer": x.Reviewer, "approver": x.Approver, "publisher": x.Publisher}
	for name, who := range four {
		who.Roles, who.StepUp = everything, true
		four[name] = who
	}
	return four
}

func (x *scene) one(query string) (text string) {
	x.Read(func(tx *db.Tx) error { return tx.Row(`SELECT COALESCE((` + query + `), '')`).Scan(&text) })
	return text
}

func (x *scene) round() string       { return x.one(`SELECT max(id) FROM review`) }
func (x *scene) publication() string { return x.one(`SELECT max(id) FROM publication`) }
func (x *scene) content() string     { return x.one(`SELECT max(content_hash) FROM publication`) }

func onReview(step flow.Code, own map[string]form.Values) func(*scene, access.Actor) error {
	return func(x *scene, who access.Actor) error {
		return tryReview(x.review, x.World, x.Reviewer, who, x.round(), step, own)
	}
}

func onCase(step flow.Code, own func(x *scene) map[string]form.Values, daysBack int) func(*scene, access.Actor) error {
	return func(x *scene, who access.Actor) error {
		var papers map[string]form.Values
		if own != nil {
			papers = own(x)
		}
		act := x.c.Act(who, step, papers)
		if daysBack > 0 {
			act.Occurred, act.LateReason = x.Today().AddDays(-daysBack), "停电补记。"
		}
		_, err := x.Cases.Take(context.Background(), who, act)
		return err
	}
}

func writes(own form.Values) func(*scene, access.Actor) error {
	return func(x *scene, who access.Actor) error {
		_, err := x.c.TryDraft(who, own, "")
		return err
	}
}

func approval(*scene) map[string]form.Values {
	return map[string]form.Values{"行政处罚决定审批表": {"outcome": "给予行政处罚", "proposal": "同意给予行政处罚。", "head_opinion": "同意。"}}
}

// deeds are the acts; each of the four tries each of them in each state.
func deeds() []deed {
	ctx := context.Background()
	return []deed{
		{"draft", writes(nil)},
		{"edit", writes(form.Values{"discretion": "另一种说理。"})},
		{"submit", func(x *scene, who access.Actor) error { _, err := trySubmit(x.review, x.c, who); return err }},
		{"accept", onReview("accept_review", nil)},
		{"pass", onReview("pass_review", opinion("同意"))},
		{"return", onReview("return_review", opinion("退回补正"))},
		{"recall", onReview("recall_review", nil)},
		{"approve", onCase("approve", approval, 0)},
		{"decide", onCase("decide", nil, 0)},
		{"decide dated back", onCase("decide", nil, 2)},
		{"serve", onCase("serve_decision", func(x *scene) map[string]form.Values { return x.c.ServicePapers() }, 0)},
		{"prepare", func(x *scene, who access.Actor) error {
			draft, err := x.public.Draft(ctx, who, x.publication())
			if err != nil {
				return err
			}
			return x.public.Prepare(ctx, who, x.publication(), disclosure.Prepared{Decisions: disclosure.AcceptAll(draft.Spans, "")})
		}},
		{"check", func(x *scene, who access.Actor) error { return x.public.Check(ctx, who, x.publication(), x.content()) }},
		{"publish", func(x *scene, who access.Actor) error {
			return x.public.Publish(ctx, who, x.publication(), x.content())
		}},
		{"correct", func(x *scene, who access.Actor) error {
			in := disclosure.Correction{Title: "更正后的行政处罚决定", PartyName: "某协会", Result: "罚款", Basis: "《社会团体登记管理条例》", Body: "更正后的正文。", Reason: "正文有笔误"}
			draft, err := x.public.CorrectionDraft(ctx, who, x.publication(), in)
			if err != nil {
				return err
			}
			in.Decisions = disclosure.AcceptAll(draft.Spans, "")
			_, err = x.public.Correct(ctx, who, x.publication(), in)
			return err
		}},
		{"confirm", func(x *scene, who access.Actor) error {
			proposed, err := x.public.ProposedCorrection(ctx, who, x.publication())
			if err != nil {
				return err
			}
			return x.public.ConfirmCorrection(ctx, who, x.publication(), proposed.Hash)
		}},
		{"annul", onCase("annul_decision", func(x *scene) map[string]form.Values {
			return map[string]form.Values{"决定变动登记": {"ground": "撤销", "document": "四政复决字〔2026〕9号", "received_on": x.Today().String()}}
		}, 0)},
		{"withdraw", func(x *scene, who access.Actor) error {
			return x.public.Withdraw(ctx, who, x.publication(), disclosure.Withdrawal{Ground: disclosure.GroundRevoked, Document: "四政复决字〔2026〕9号", Reason: "行政复议决定撤销。"})
		}},
		{"withdraw in silence", func(x *scene, who access.Actor) error {
			return x.public.Withdraw(ctx, who, x.publication(), disclosure.Withdrawal{Ground: disclosure.GroundRevoked})
		}},
	}
}
