package casefile_test

import (
	"context"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/casefile/submission"
	"mingjing/internal/db"
	"mingjing/internal/form"
	"mingjing/internal/testkit/world"
)

func TestThePaperRepeatsWhatWasSaidInItsSigningAndTheDayOfTheAct(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c, ctx := w.Lead(world.Minor()), context.Background()
		act := without(c.Act(w.Handler, "open_case", openingOf(c)), "立案审批表", "unit_opinion", "head_opinion", "approved_on")
		if _, err := handIn(c, w.Approver, act); err == nil {
			t.Fatal("opened without the word of the head")
		}
		sent, err := submission.Send(ctx, c.D, w.Handler, c.ID, "open_case", nil, access.RoleUnitHead)
		w.Must(err)
		w.Must(submission.Sign(ctx, c.D, w.UnitHead, sent.ID, "情况属实，同意立案。", access.RoleApprover))

		var shown form.Values
		w.Read(func(tx *db.Tx) error {
			d, err := w.Cases.Draft(tx, w.Approver, c.ID, "open_case", "立案审批表", "")
			shown = d.Values
			return err
		})
		if shown.Text("unit_opinion") != "情况属实，同意立案。" || shown.Text("approved_on") != c.Today().String() || shown.Text("head_opinion") != "" {
			t.Errorf("the head reads %q of the unit, day %q, and of himself %q", shown.Text("unit_opinion"), shown.Text("approved_on"), shown.Text("head_opinion"))
		}
		act.Papers["立案审批表"]["head_opinion"] = "同意立案。"
		done, err := handIn(c, w.Approver, act)
		w.Must(err)
		for _, d := range done.Documents {
			if d.Kind == "立案审批表" && (d.Values.Text("approved_on") != c.Today().String() || d.Values.Text("unit_opinion") != "情况属实，同意立案。") {
				t.Errorf("finished with %v", d.Values)
			}
		}
	})
}
