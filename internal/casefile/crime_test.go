package casefile_test

import (
	"slices"
	"testing"

	"mingjing/internal/flow"
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/testkit/world"
)

func TestACaseThatThePoliceOpenedStaysWithThem(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := w.Lead(world.Minor()).Open().Investigate().Report()
		c.Take("report_crime", nil)
		c.Take("approve_transfer", nil)
		c.Take("transfer_crime", nil)
		c.Take("record_transfer_filing", nil)
		v := c.View(w.Handler)
		if v.File.State != "transferred" || !v.File.CrimeOpen {
			t.Fatalf("state %s, crime open %t; the police have the case", v.File.State, v.File.CrimeOpen)
		}
		_, err := c.Try(w.Handler, "receive_transfer_result", map[string]form.Values{"移送结果登记": {"result": "决定立案"}})
		if err == nil {
			t.Fatal("a case that the police opened came back as if they had refused it")
		}
		if _, err := c.Try(w.Approver, "no_penalty", nil); err == nil {
			t.Fatal("a transferred case was ended without penalty")
		}
		c.Take("receive_transfer_result", map[string]form.Values{"移送结果登记": {"result": "不追究刑事责任或者免予刑事处罚，移送行政处理"}})
		if v := c.View(w.Handler); v.File.State != "investigating" || v.File.CrimeOpen {
			t.Fatalf("state %s, crime open %t; the judicial organs sent it back", v.File.State, v.File.CrimeOpen)
		}
	})
}

func TestNoTransferIsDecidedWithoutAReportOfACrime(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := w.Lead(world.Minor()).Open().Investigate().Report()
		for _, step := range []flow.Code{"approve_transfer", "refuse_transfer"} {
			if _, err := c.Try(w.Approver, step, nil); !slices.Contains(world.Refusals(err), "YS-01a") {
				t.Errorf("%s without a report: %s", step, world.Why(err))
			}
		}
		if got := due(c, law.TransferHours); !got.IsZero() {
			t.Fatalf("the twenty-four hours run to %s and nobody reported a crime", got)
		}
		c.Take("report_crime", nil)
		c.Take("refuse_transfer", nil)
		if _, err := c.Try(w.Approver, "approve_transfer", nil); !slices.Contains(world.Refusals(err), "YS-01a") {
			t.Fatalf("a transfer was approved after it was refused, on no new report: %s", world.Why(err))
		}
	})
}

func TestTheWindowsOfTheNoticeEndWithTheDecision(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		m := world.Minor()
		m.Hearing = true
		c := w.Lead(m).Open().Investigate().Report().Notice().PastWindows()
		c.Draft(nil, "")
		c.Approve().Decide()
		for _, k := range c.View(w.Handler).Clocks {
			if (k.Param == law.DefenceDays || k.Param == law.HearingRequestDays) && k.State == "open" {
				t.Errorf("after the decision %s still runs to %s", k.Label, k.Due)
			}
		}
	})
}

func TestAStatementThatGivesUpBothRightsEndsBothWindows(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		m := world.Minor()
		m.Hearing = true
		c := w.Lead(m).Open().Investigate().Report().Notice()
		c.Take("waive_hearing", map[string]form.Values{"放弃听证声明书": {"scope": []any{"陈述、申辩的权利", "要求听证的权利"}, "voluntary": true}})
		if got := due(c, law.DefenceDays); !got.IsZero() {
			t.Fatalf("the window that the party gave up still runs to %s", got)
		}
	})
}

func TestASecondSuspicionOfACrimeOpensTheGateAgain(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := w.Lead(world.Minor()).Open().Investigate().Report()
		c.Take("report_crime", nil)
		c.Take("refuse_transfer", nil)
		c.Take("report_crime", nil)
		c.Take("check_catalogue", nil)
		if _, err := c.Try(w.Approver, "no_penalty", nil); !slices.Contains(world.Refusals(err), "CF-12") {
			t.Fatalf("the first refusal to transfer answered the second report too: %s", world.Why(err))
		}
	})
}
