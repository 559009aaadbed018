package casefile_test

import (
	"slices"
	"testing"

	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/testkit/world"
	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

// fined is a case in which a fine of two thousand yuan was decided and served.
func fined(w *world.World) *world.Case {
	m := world.Minor()
	m.Penalties, m.Fine = []string{"罚款"}, 200000
	c := w.Lead(m).Open().Investigate().Report().Notice().PastWindows()
	c.Draft(nil, "")
	return c.Approve().Decide().Serve()
}

// due is the last day of a limit of the case, zero where none of it is running.
func due(c *world.Case, param string) workday.Day {
	for _, k := range c.View(c.Handler).Clocks {
		if k.Param == param && k.State == "open" {
			return k.Due
		}
	}
	return workday.Day{}
}

// surcharge is the late fee that a demand written today states.
func surcharge(c *world.Case) zh.Fen {
	c.T.Helper()
	return zh.Fen(c.Paper(c.Handler, c.ID, "demand", "履行催告书", c.Party().ID, nil).Fen("surcharge"))
}

func remedyEntry(kind, outcome string, filed, ended workday.Day) map[string]form.Values {
	v := form.Values{"kind": kind, "organ": "云山市人民政府", "filed_on": filed.String(), "outcome": outcome}
	if !ended.IsZero() {
		v["outcome_on"] = ended.String()
		if kind == "行政复议" {
			v["delivered_on"] = ended.String()
		}
	}
	return map[string]form.Values{"复议诉讼登记": v}
}

func TestTheLateFeeStandsStillWhileARemedyRunsAndGoesOnAfterIt(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := fined(w)
		pay := due(c, law.PayDays)
		w.Until(pay.AddDays(4))
		if got := surcharge(c); got != 200000*3*4/100 {
			t.Fatalf("four days late cost %s", got)
		}
		filed := w.Today()
		c.Take("record_remedy", remedyEntry("行政复议", "审理中", filed, workday.Day{}))
		w.Days(20)
		if got := surcharge(c); got != 200000*3*3/100 {
			t.Fatalf("while 复议 runs from the fourth day the fee of three days is %s", got)
		}
		c.Take("record_remedy", remedyEntry("行政复议", "维持", filed, w.Today()))
		w.Days(2)
		if got := surcharge(c); got != 200000*3*5/100 {
			t.Fatalf("three days before and two after the 复议 cost %s", got)
		}
	})
}

func TestTheWayToTheCourtOpensFifteenDaysAfterTheReviewLeftTheDecisionStanding(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := fined(w)
		if got := due(c, law.CourtMonths); got.IsZero() {
			t.Fatal("no limit for the court runs")
		}
		w.Days(20)
		c.Take("demand", c.ServicePapers())
		filed := w.Today()
		c.Take("record_remedy", remedyEntry("行政复议", "审理中", filed, workday.Day{}))
		if got := due(c, law.CourtMonths); !got.IsZero() {
			t.Fatalf("the limit for the court runs to %s while 复议 is pending", got)
		}
		w.Days(40)
		if _, err := c.Try(w.Approver, "apply_court", nil); !slices.Contains(world.Refusals(err), "QZ-20c") {
			t.Fatalf("the court was asked while 复议 is pending: %s", world.Why(err))
		}
		ended := w.Today()
		c.Take("record_remedy", remedyEntry("行政复议", "维持", filed, ended))
		if _, err := c.Try(w.Approver, "apply_court", nil); !slices.Contains(world.Refusals(err), "QZ-20") {
			t.Fatalf("the court was asked while the party may still sue: %s", world.Why(err))
		}
		if got := due(c, law.CourtMonths); got.Before(ended.AddDays(15+85)) || got.After(ended.AddDays(15+100)) {
			t.Fatalf("three months after the fifteen days end on %s, the 复议 ended on %s", got, ended)
		}
		w.Until(ended.AddDays(20))
		c.Take("apply_court", nil)
		c.Take("end_enforcement", map[string]form.Values{"终结执行登记": {"ground": "人民法院裁定终结执行"}})
	})
}

func TestWithoutARemedyTheCourtIsOpenAfterSixMonths(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := fined(w)
		w.Days(20)
		c.Take("demand", c.ServicePapers())
		suit := due(c, law.RemedySuitMonths)
		w.Until(suit)
		if _, err := c.Try(w.Approver, "apply_court", nil); !slices.Contains(world.Refusals(err), "QZ-20") {
			t.Fatalf("the court was asked on the last day for suing: %s", world.Why(err))
		}
		w.Days(1)
		c.Take("apply_court", nil)
	})
}

func TestADecisionOnTheSpotCanBeTakenToTheCourt(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		m := world.Minor()
		m.Fine = 10000
		c := w.Spot(m).DecideOnSpot()
		c.Take("file_decision", nil)
		w.Days(20)
		c.Take("demand", c.ServicePapers())
		w.Days(30)
		if _, err := c.Try(w.Approver, "apply_court", nil); !slices.Contains(world.Refusals(err), "QZ-20") {
			t.Fatalf("the court was asked within the sixty days for 复议: %s", world.Why(err))
		}
		w.Days(20)
		c.Take("apply_court", nil)
	})
}

func TestCashTakenOnTheSpotGoesToTheAgencyAndToTheBank(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		m := world.Minor()
		m.Fine = 10000
		c := w.Spot(m).DecideOnSpot()
		c.Take("collect_cash", map[string]form.Values{"当场收缴登记": {"amount": int64(10000)}})
		if due(c, law.CashHandInDays).IsZero() {
			t.Fatal("no limit for handing the cash in runs")
		}
		c.Take("hand_in_cash", map[string]form.Values{"现金交款登记": {"amount": int64(10000)}})
		bank := due(c, law.CashBankDays)
		w.Past(bank)
		done := c.Take("bank_cash", map[string]form.Values{"现金缴行登记": {"amount": int64(10000)}})
		if !slices.ContainsFunc(done.Warnings, func(f law.Finding) bool { return f.Rule == "CF-55" }) {
			t.Fatal("the cash came to the bank after its two days and nothing said so")
		}
	})
}
