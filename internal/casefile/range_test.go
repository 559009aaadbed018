package casefile_test

import (
	"slices"
	"strings"
	"testing"

	"mingjing/internal/db"
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/testkit/world"
)

// mzCF016 is a matter whose basis knows no detention and no fine beyond five times the illegal gain.
func mzCF016(kinds []string, fine int64) world.Matter {
	m := world.Minor()
	m.Item, m.Cause, m.Penalties, m.Fine, m.Hearing = "MZ-CF-016", "不按照规定办理变更登记", kinds, fine, true
	return m
}

// weighed is a case that is reported with what a test says of its discretion.
func weighed(w *world.World, m world.Matter, own form.Values) *world.Case {
	c := w.Lead(m).Open().Investigate()
	c.Days(1)
	check := form.Values{"tier": "一般", "tier_code": m.Item}
	for name, value := range own {
		check[name] = value
	}
	c.Take("report_investigation", map[string]form.Values{"调查终结报告": {"outcome": "给予行政处罚", "crime": "不涉嫌犯罪", "major": "不属于"},
		"案件要素登记": {"item": m.Item, "act_ended_on": c.Today().AddDays(-30).String()}, "裁量核对表": check})
	c.Take("check_catalogue", map[string]form.Values{"重大执法决定目录核对表": {"major": "不属于重大执法决定", "proposal": "拟给予行政处罚。", "triggers": []any{}}})
	return c
}

func TestNeitherDetentionNorNinetyMillionIsTold(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := weighed(w, mzCF016([]string{"行政拘留", "罚款"}, 9000000000), nil)
		_, err := c.Try(w.Handler, "serve_notice", c.NoticePapers())
		for _, rule := range []string{"CF-01b", "CF-04c", "CF-04e"} {
			if !slices.Contains(world.Refusals(err), rule) {
				t.Errorf("the notice is not refused by %s: %s", rule, world.Why(err))
			}
		}
		c = weighed(w, mzCF016([]string{"罚款"}, 9000000000), form.Values{"illegal_gain": int64(1000000)})
		if _, err := c.Try(w.Handler, "serve_notice", c.NoticePapers()); !slices.Contains(world.Refusals(err), "CF-04b") {
			t.Errorf("ninety million on a gain of ten thousand: %s", world.Why(err))
		}
	})
}

func TestAFineBelowItsFloorNeedsAGroundForLighteningIt(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		m := world.Minor()
		m.Item, m.Penalties, m.Fine = "MZ-CF-078", []string{"罚款"}, 100000 // from two thousand yuan
		c := weighed(w, m, nil)
		if _, err := c.Try(w.Handler, "serve_notice", c.NoticePapers()); !slices.Contains(world.Refusals(err), "CF-04d") {
			t.Fatalf("a thousand yuan where the law begins at two: %s", world.Why(err))
		}
		lighter := form.Values{"tier": "减轻", "mitigation": []any{"主动消除或者减轻违法行为危害后果"}, "mitigation_applied": true}
		c = weighed(w, m, lighter)
		if _, err := c.Try(w.Handler, "serve_notice", c.NoticePapers()); err != nil {
			t.Fatalf("a fine that is lightened on a ground: %s", world.Why(err))
		}
	})
}

func TestTheDecisionIsHeldToTheRangeAndNotOnlyTheNotice(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		m := world.Minor()
		m.Item, m.Penalties, m.Fine = "MZ-CF-078", []string{"罚款"}, 500000
		c := weighed(w, m, nil)
		c.Notice().PastWindows()
		c.Draft(form.Values{"fine": int64(100000)}, "")
		if _, err := c.Try(w.Approver, "approve", nil); !slices.Contains(world.Refusals(err), "CF-04d") {
			t.Fatalf("a thousand yuan were approved where the law begins at two: %s", world.Why(err))
		}
		c.Draft(nil, "")
		c.Approve()
		c.Draft(form.Values{"fine": int64(100000)}, "")
		if _, err := c.Try(w.Handler, "decide", nil); !slices.Contains(world.Refusals(err), "CF-04d") {
			t.Fatalf("a thousand yuan were decided where the law begins at two: %s", world.Why(err))
		}
	})
}

func TestAFineOnTheSpotIsHeldToTheFloorOfItsBasis(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		m := world.Minor()
		m.Item, m.Fine, m.Parties = "MZ-CF-071", 10000, []map[string]any{world.Person("柳清禾")} // from a thousand yuan
		c := w.Spot(m)
		if _, err := w.Cases.Take(t.Context(), w.Handler, c.SpotAct()); !slices.Contains(world.Refusals(err), "CF-04d") {
			t.Fatalf("a hundred yuan on the spot where the law begins at a thousand: %s", world.Why(err))
		}
	})
}

func TestThatAPenaltyLeavesItsTierIsWorkedOutAndNotTicked(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		m := world.Minor()
		m.Item, m.Penalties, m.Fine = "MZ-CF-078", []string{"罚款"}, 900000 // lawful, and above the four to seven thousand of 一般
		c := weighed(w, m, nil)
		act := c.Act(w.Handler, "serve_notice", c.NoticePapers())
		var findings []law.Finding
		w.Read(func(tx *db.Tx) (err error) {
			findings, err = w.Cases.Try(tx, w.Handler, act)
			return err
		})
		for _, rule := range []string{"CF-19c", "CF-19f"} {
			if !slices.ContainsFunc(findings, func(f law.Finding) bool {
				return f.Rule == rule && f.Severity == law.Warn && strings.Contains(f.Message, "一般")
			}) {
				t.Errorf("%s is silent on nine thousand in a tier of up to seven: %v", rule, findings)
			}
		}
	})
}

func TestAnItemWhoseTextWasNotReadOnlyWarns(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		m := world.Minor()
		m.Item, m.Penalties, m.Fine = "MZ-CF-062", []string{"罚款"}, 4000000 // up to thirty thousand, from memory
		c := weighed(w, m, form.Values{"tier": "无裁量基准"})
		act := c.Act(w.Handler, "serve_notice", c.NoticePapers())
		w.Read(func(tx *db.Tx) error {
			findings, err := w.Cases.Try(tx, w.Handler, act)
			warned := slices.ContainsFunc(findings, func(f law.Finding) bool { return f.Rule == "CF-04f" && f.Severity == law.Warn })
			if blocked := slices.ContainsFunc(findings, func(f law.Finding) bool { return f.Rule == "CF-04b" }); !warned || blocked {
				t.Errorf("warned %t, blocked %t: %v", warned, blocked, findings)
			}
			return err
		})
	})
}

// A basis that lays its fine on the persons who answer for a unit supports none against the unit, told or decided; against such a
// person it does (行政处罚法第四条).
func TestAFineThatTheLawLaysOnPersonsIsNotLaidOnTheUnit(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		m := world.Minor()
		m.Item, m.Cause, m.Penalties, m.Fine, m.Hearing = "MZ-CF-052", "慈善信托财产及其收益用于非慈善目的", []string{"罚款"}, 3000000, true
		c := weighed(w, m, nil)
		_, err := c.Try(w.Handler, "serve_notice", c.NoticePapers())
		if !slices.Contains(world.Refusals(err), "CF-04g") || !strings.Contains(world.Why(err), "直接负责的主管人员和其他直接责任人员") {
			t.Fatalf("a unit is told that it pays the fine of its persons: %s", world.Why(err))
		}
		m.Parties = []map[string]any{world.Person("柳清禾")}
		c = weighed(w, m, nil)
		if _, err := c.Try(w.Handler, "serve_notice", c.NoticePapers()); slices.Contains(world.Refusals(err), "CF-04g") {
			t.Fatalf("a person who answers is not fined: %s", world.Why(err))
		}
	})
}
