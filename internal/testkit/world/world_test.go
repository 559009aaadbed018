package world_test

import (
	"testing"

	"mingjing/internal/testkit/world"
)

func TestAMinorCaseIsDecidedAndServedWithoutReview(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := w.Lead(world.Minor()).Open().Investigate().Report().Notice().PastWindows()
		c.Draft(nil, "")
		c.Approve().Decide().Serve()
		v := c.View(w.Handler)
		if d := v.Parties[0].Decision; d.ID == "" || d.ServedOn.IsZero() || d.Number == "" {
			t.Fatalf("the decision is %+v", d)
		}
	})
}
