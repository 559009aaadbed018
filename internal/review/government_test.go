package review_test

import (
	"testing"

	"mingjing/internal/form"
	"mingjing/internal/testkit/world"
)

func TestADecisionInTheNameOfTheGovernmentIsReviewedByItsOrganOfJudicialAdministrationToo(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		m := world.Major()
		m.Government = true
		b := drafted(w, m)
		second := func(opinion string) error {
			_, err := b.Try(w.Handler, "record_government_review", map[string]form.Values{"司法行政审核登记": {"opinion": opinion}})
			return err
		}
		wantRule(t, second("同意"), "SX-25c")
		id := b.submit()
		wantRule(t, second("同意"), "SX-25c")
		b.pass(id)
		wantRule(t, b.approve(w.Approver), "SX-25b")
		b.Must(second("不同意"))
		wantRule(t, b.approve(w.Approver), "SX-25b")
		b.Must(second("同意"))
		b.Must(b.approve(w.Approver))
		b.Draft(form.Values{"discretion": "参照本机关裁量基准，情节较轻，按一般档次处罚。"}, "")
		b.pass(b.submit())
		wantRule(t, b.approve(w.Approver), "SX-25b")
	})
}

func TestADecisionInTheNameOfTheAgencyGoesToNoSecondReview(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		b := drafted(w, world.Major())
		b.pass(b.submit())
		_, err := b.Try(w.Handler, "record_government_review", nil)
		wantRule(t, err, "SX-25c")
		b.Must(b.approve(w.Approver))
	})
}
