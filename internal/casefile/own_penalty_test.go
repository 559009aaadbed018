package casefile_test

import (
	"slices"
	"strings"
	"testing"

	"mingjing/internal/form"
	"mingjing/internal/testkit/world"
)

// other is a matter whose penalty a statute names in words of its own.
func other(words string, hearing bool) world.Matter {
	m := world.Minor()
	m.Penalties, m.Other, m.Hearing = []string{"法律、行政法规规定的其他行政处罚"}, words, hearing
	for name, item := range map[string]string{"吊销公开募捐资格证书": "MZ-CF-041", "停业整顿": "MZ-CF-061", "禁止从业": "MZ-CF-047"} {
		if strings.Contains(words, name) {
			m.Item = item
		}
	}
	return m
}

func TestAPenaltyThatAStatuteNamesGivesTheRightToAHearing(t *testing.T) {
	things := world.Minor()
	things.Penalties, things.Things = []string{"没收非法财物"}, 600000
	for _, m := range []world.Matter{other("吊销公开募捐资格证书。", false), other("责令停业整顿三个月。", false), other("五年内禁止从业。", false), things} {
		t.Run(m.Penalties[0]+m.Other, func(t *testing.T) {
			world.Run(t, func(t *testing.T, w *world.World) {
				c := w.Lead(m).Open().Investigate().Report()
				c.Days(1)
				if _, err := c.Try(w.Handler, "serve_notice", c.NoticePapers()); !slices.Contains(world.Refusals(err), "CF-60") {
					t.Fatalf("a notice that is silent on the hearing was not refused: %s", world.Why(err))
				}
			})
		})
	}
}

func TestAPenaltyThatAStatuteNamesIsMajor(t *testing.T) {
	for _, words := range []string{"吊销公开募捐资格证书。", "责令停业整顿三个月。"} {
		t.Run(words, func(t *testing.T) {
			world.Run(t, func(t *testing.T, w *world.World) {
				c := w.Lead(other(words, true)).Open().Investigate().Report().Notice().PastWindows()
				c.Draft(nil, "")
				if _, err := c.Try(w.Approver, "approve", nil); !slices.Contains(world.Refusals(err), "CF-36c") {
					t.Fatalf("a decision that the catalogue catches went on without review: %s", world.Why(err))
				}
			})
		})
	}
}

func TestADecisionMayNotNameAHarsherPenaltyThanTheNotice(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := w.Lead(other("限期停止活动三个月。", true)).Open().Investigate().Report().Notice().PastWindows()
		c.Draft(form.Values{"other_penalty": "撤销登记。"}, "")
		if _, err := c.Try(w.Approver, "approve", nil); !slices.Contains(world.Refusals(err), "CF-28c") {
			t.Fatalf("the notice told of a suspension, the decision strikes off: %s", world.Why(err))
		}
	})
}

func TestAFineThatTheNoticeDidNotStateGivesTheRightToAHearingToo(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		m := world.Minor()
		m.Penalties = []string{"没收违法所得"} // heavier in kind than a fine, and without a hearing when it is small
		c := w.Lead(m).Open().Investigate().Report()
		papers := c.NoticePapers()
		papers["行政处罚事先告知书"]["illegal_income"] = int64(100000)
		c.Days(1)
		c.Take("serve_notice", papers)
		c.PastWindows()
		c.Draft(form.Values{"penalties": []any{"罚款"}, "fine": int64(6000000)}, "")
		if _, err := c.Try(w.Approver, "approve", nil); !slices.Contains(world.Refusals(err), "CF-60") {
			t.Fatalf("the notice was silent on the hearing, the decision fines 60,000: %s", world.Why(err))
		}
	})
}
