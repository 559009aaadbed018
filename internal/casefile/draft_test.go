package casefile_test

import (
	"context"
	"errors"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/casefile/submission"
	"mingjing/internal/db"
	"mingjing/internal/document"
	"mingjing/internal/flow"
	"mingjing/internal/form"
	"mingjing/internal/refusal"
	"mingjing/internal/testkit/world"
)

// tryDraft saves a paper of a step that nobody has drafted yet, and takes it away again.
func tryDraft(c *world.Case, actor access.Actor, step, kind string) error {
	undo := errors.New("undone")
	err := c.Write(func(tx *db.Tx) error {
		if _, err := c.Cases.SaveDraft(tx, actor, document.Draft{Case: c.ID, Step: step, Kind: kind, Values: form.Values{}}, ""); err != nil {
			return err
		}
		return undo
	})
	if errors.Is(err, undo) {
		return nil
	}
	return err
}

func TestAPaperIsWrittenByWhoTakesItsStepOrLaysItBeforeTheHead(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := w.Lead(world.Major()).Open()
		people := map[string]access.Actor{"the handler": w.Handler, "the head of the unit": w.UnitHead, "a reviewer": w.Reviewer, "the head": w.Approver, "the archivist": w.Archivist,
			"the publisher": w.Publisher, "the supervisor": w.Supervisor, "a colleague": w.Third}
		handlers := []string{"the handler", "the head of the unit"}
		for _, paper := range []struct {
			step, kind string
			by         []string
		}{
			{"question", "询问笔录", handlers},
			{"decide", "行政处罚决定书", handlers},
			{"assign_officers", "指派办案人员审批表", handlers},
			{"open_case", "立案审批表", append([]string{"the head"}, handlers...)},
			{"approve", "行政处罚决定审批表", append([]string{"the head"}, handlers...)},
			{"archive", "卷内备考表", []string{"the archivist"}},
			{"review/x/pass_review", "法制审核意见书", []string{"a reviewer"}},
			{"review/x/raise_dispute", "审核意见异议书", handlers},
		} {
			may := map[string]bool{}
			for _, name := range paper.by {
				may[name] = true
			}
			for name, who := range people {
				err := tryDraft(c, who, paper.step, paper.kind)
				if refused := len(world.Refusals(err)) > 0; refused == may[name] || err != nil && !refused {
					t.Errorf("《%s》 of %s by %s: %v", paper.kind, paper.step, name, world.Why(err))
				}
			}
		}
	})
}

func TestAPaperIsWrittenOnlyForAStepThatHasIt(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := w.Lead(world.Minor()).Open()
		for _, paper := range [][2]string{{"question", "行政处罚决定书"}, {"invented", "询问笔录"}, {"question", "没有的文书"}, {"review/x/invented", "法制审核意见书"}, {"pass_review", "法制审核意见书"}} {
			var missing refusal.NotFound
			if err := tryDraft(c, w.Handler, paper[0], paper[1]); !errors.As(err, &missing) {
				t.Errorf("《%s》 for %s: %v", paper[1], paper[0], world.Why(err))
			}
		}
	})
}

func TestOnlyWhoWritesThePapersOfAStepHandsThemIn(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := w.Lead(world.Minor()).Open().Investigate().Report().Notice().PastWindows()
		c.Draft(nil, "")
		for _, actor := range []access.Actor{w.Reviewer, w.Approver, w.Archivist} {
			if _, err := submission.Send(context.Background(), c.D, actor, c.ID, flow.Code("decide"), nil, access.RoleUnitHead); len(world.Refusals(err)) == 0 {
				t.Errorf("%s handed in the handler's draft: %v", actor.Name, world.Why(err))
			}
		}
		if _, err := submission.Send(context.Background(), c.D, w.Handler, c.ID, flow.Code("decide"), nil, access.RoleUnitHead); err != nil {
			t.Errorf("the handler may not: %s", world.Why(err))
		}
	})
}
