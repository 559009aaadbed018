package casefile_test

import (
	"slices"
	"testing"

	"mingjing/internal/form"
	"mingjing/internal/testkit/world"
)

func TestADecisionInTheNameOfTheGovernmentIsReviewedByItsOrganOfJudicialAdministrationToo(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		m := world.Major()
		m.Government = true
		c := w.Lead(m).Open().Investigate().Report().Notice().PastWindows()
		c.Draft(nil, "")
		if _, err := c.Try(w.Approver, "approve", nil); !slices.Contains(world.Refusals(err), "SX-25b") {
			t.Fatalf("approved without the second review: %s", world.Why(err))
		}
		c.Take("record_government_review", map[string]form.Values{"司法行政审核登记": {"opinion": "不同意"}})
		if _, err := c.Try(w.Approver, "approve", nil); !slices.Contains(world.Refusals(err), "SX-25b") {
			t.Fatalf("approved over its objection: %s", world.Why(err))
		}
		c.Take("record_government_review", nil)
		if _, err := c.Try(w.Approver, "approve", nil); slices.Contains(world.Refusals(err), "SX-25b") {
			t.Fatalf("its consent was not seen: %s", world.Why(err))
		}
		c.Draft(form.Values{"discretion": "参照本机关裁量基准，情节较轻，按一般档次处罚。"}, "")
		if _, err := c.Try(w.Approver, "approve", nil); !slices.Contains(world.Refusals(err), "SX-25b") {
			t.Fatalf("the consent to one text stood for another: %s", world.Why(err))
		}
	})
}
