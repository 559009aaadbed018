package casefile_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/casefile"
	"mingjing/internal/db"
	"mingjing/internal/document"
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/refusal"
	"mingjing/internal/testkit/world"
)

// handIn saves the papers of a step as drafts by the handler and takes the step with them as its actor.
func handIn(c *world.Case, actor access.Actor, act casefile.Act) (casefile.Done, error) {
	c.T.Helper()
	for kind, values := range act.Papers {
		c.Must(c.Write(func(tx *db.Tx) error {
			have, err := c.Cases.Draft(tx, c.Handler, c.ID, string(act.Step), kind, "")
			if err != nil {
				return err
			}
			_, err = c.Cases.SaveDraft(tx, c.Handler, document.Draft{Case: c.ID, Step: string(act.Step), Kind: kind, Values: values}, have.Base())
			return err
		}))
	}
	return c.Cases.Take(context.Background(), actor, casefile.Act{Case: c.ID, Step: act.Step, Sealed: act.Sealed})
}

// without takes fields out of a paper of an act.
func without(act casefile.Act, kind string, fields ...string) casefile.Act {
	for _, name := range fields {
		delete(act.Papers[kind], name)
	}
	return act
}

func openingOf(c *world.Case) map[string]form.Values {
	return map[string]form.Values{
		"案件要素登记": {"item": c.Matter.Item, "act_ended_on": c.Today().AddDays(-30).String()},
		"立案审批表": {"violated": []any{map[string]any{"law": "社会团体登记管理条例", "article": "第三十条第一款第八项"}},
			"conditions": []any{"有违反法律、法规、规章的事实", "依法应当或者可能给予行政处罚", "属于本机关管辖", "未超过行政处罚时效"}}}
}

func TestAPaperIsNotFinishedWithoutWhatTheLawAsksOfItAndNothingTypedIsLost(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := w.Lead(world.Minor())
		act := without(c.Act(w.Approver, "open_case", openingOf(c)), "立案审批表", "head_opinion", "approved_on")
		_, err := handIn(c, w.Approver, act)
		var refused refusal.Refused
		if !errors.As(err, &refused) || len(refused.Findings) != 1 {
			t.Fatalf("opened without the word of the head: %s", world.Why(err))
		}
		f := refused.Findings[0]
		if !strings.Contains(f.Message, "负责人审批意见") || f.Cite.String() != "《中华人民共和国行政处罚法》第五十四条第二款" || f.Advice == "" {
			t.Errorf("the refusal says %q (%s), advice %q", f.Message, f.Cite, f.Advice)
		}
		if v := blank(w, c.ID, "open_case", "立案审批表"); v.Text("facts") != act.Papers["立案审批表"].Text("facts") || v.Text("facts") == "" {
			t.Errorf("what was typed is gone: %v", v)
		}
		if len(c.View(w.Handler).Documents) != 1 {
			t.Error("a paper was finished though the act was refused")
		}
	})
}

func TestWhatTheLawIsOnlyRememberedToAskOfAPaperWarns(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := w.Lead(world.Minor())
		c.Take("open_case", openingOf(c))
		done, err := handIn(c, w.UnitHead, without(c.Act(w.UnitHead, "assign_officers", map[string]form.Values{"指派办案人员审批表": {"lead_officer": w.Handler.Name}}), "指派办案人员审批表", "head_opinion"))
		if err != nil {
			t.Fatalf("what is not certain forbids: %s", world.Why(err))
		}
		var said string
		for _, f := range done.Warnings {
			if f.Severity != law.Block {
				said += f.Message
			}
		}
		if !strings.Contains(said, "负责人审批意见") {
			t.Errorf("nothing is said of the missing approval: %q", said)
		}
	})
}

func TestAReceiptNamesWhoSignedForThePaper(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := w.Lead(world.Minor()).Open().Investigate().Report()
		_, err := c.Cases.Take(context.Background(), w.Handler, without(c.Act(w.Handler, "serve_notice", c.NoticePapers()), "送达回证", "receiver", "received_at"))
		why := world.Why(err)
		if !strings.Contains(why, "签收人") || !strings.Contains(why, "签收时间") {
			t.Errorf("served without a signature: %s", why)
		}
	})
}

func TestThePanelOfAStepNamesWhatItsDraftLacks(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := w.Lead(world.Minor())
		_, err := handIn(c, w.Approver, without(c.Act(w.Approver, "open_case", openingOf(c)), "立案审批表", "head_opinion"))
		if err == nil {
			t.Fatal("opened without the word of the head")
		}
		for _, s := range c.View(w.Approver).Steps {
			if s.Step.Code == "open_case" && (s.Allowed() || !strings.Contains(s.Findings[0].Message, "负责人审批意见")) {
				t.Errorf("the step offers itself: %+v", s.Findings)
			}
		}
	})
}
