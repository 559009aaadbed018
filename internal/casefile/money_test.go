package casefile_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"mingjing/internal/db"
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/refusal"
	"mingjing/internal/testkit/world"
	"mingjing/internal/workday"
)

// field is what an error says of a field, "" where it says nothing of it.
func field(err error, name string) string {
	var invalid refusal.Invalid
	if !errors.As(err, &invalid) {
		return ""
	}
	return invalid.Fields[name]
}

func paid(kind string, amount int64, on workday.Day) map[string]form.Values {
	return map[string]form.Values{"缴款登记": {"kind": kind, "amount": amount, "paid_on": on.String()}}
}

func TestNothingIsPaidOnADecisionThatTakesNoMoney(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := w.Lead(world.Minor()).Open().Investigate().Report().Notice().PastWindows()
		c.Draft(nil, "")
		c.Approve().Decide().Serve()
		if _, err := c.Try(w.Handler, "pay", paid("罚款", 10000, w.Today())); !slices.Contains(world.Refusals(err), "CF-67") {
			t.Fatalf("a hundred yuan were paid on a warning: %s", world.Why(err))
		}
		for _, s := range c.View(w.Handler).Steps {
			if s.Step.Code == "pay" && s.Allowed() {
				t.Fatal("the page of a warning offers to record a payment")
			}
		}
		c.Take("confirm_performance", nil)
	})
}

func TestNoMoreIsPaidThanIsOwedAndNothingBeforeTheDecision(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := fined(w)
		for _, wrong := range []struct {
			what, field string
			papers      map[string]form.Values
		}{
			{"more than the fine", "缴款登记/amount", paid("罚款", 200001, w.Today())},
			{"a confiscation that was not ordered", "缴款登记/kind", paid("没收违法所得", 100, w.Today())},
			{"a late fee on the first day", "缴款登记/kind", paid("加处罚款", 100, w.Today())},
			{"before the decision", "缴款登记/paid_on", paid("罚款", 200000, w.Today().AddDays(-200))},
			{"tomorrow", "缴款登记/paid_on", paid("罚款", 200000, w.Today().AddDays(1))},
		} {
			if _, err := c.Try(w.Handler, "pay", wrong.papers); field(err, wrong.field) == "" {
				t.Errorf("%s was taken: %s", wrong.what, world.Why(err))
			}
		}
		c.Take("pay", paid("罚款", 150000, w.Today()))
		if _, err := c.Try(w.Handler, "pay", paid("罚款", 50001, w.Today())); field(err, "缴款登记/amount") == "" {
			t.Fatalf("two payments went past the fine: %s", world.Why(err))
		}
		c.Take("pay", paid("罚款", 50000, w.Today()))
		if _, err := c.Try(w.Handler, "pay", paid("罚款", 1, w.Today())); !slices.Contains(world.Refusals(err), "CF-67") {
			t.Fatalf("a fine that was paid in full was paid again: %s", world.Why(err))
		}
	})
}

func TestNoMoreIsGivenBackThanWasPaid(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := fined(w)
		c.Take("pay", paid("罚款", 200000, w.Today()))
		c.Take("confirm_performance", nil)
		refund := func(amount, had int64) map[string]form.Values {
			return map[string]form.Values{"退款审批表": {"ground": "误缴、多缴", "refund": amount, "paid": had}}
		}
		if _, err := c.Try(w.Approver, "refund", refund(9999900, 200000)); !strings.Contains(field(err, "退款审批表/refund"), "2,000.00") {
			t.Fatalf("99,999 yuan were given back of two thousand: %s", world.Why(err))
		}
		if _, err := c.Try(w.Approver, "refund", refund(1000, 9999900)); field(err, "退款审批表/paid") == "" {
			t.Fatalf("the form says that another sum was paid: %s", world.Why(err))
		}
		c.Take("refund", refund(150000, 200000))
		if _, err := c.Try(w.Approver, "refund", refund(50001, 50000)); field(err, "退款审批表/refund") == "" {
			t.Fatalf("two refunds went past what was paid: %s", world.Why(err))
		}
		c.Take("refund", refund(50000, 50000))
		values := c.Paper(w.Approver, c.ID, "refund", "退款审批表", c.Party().ID, nil)
		if values.Fen("paid") < 0 {
			t.Fatalf("the next form says that %d was paid", values.Fen("paid"))
		}
	})
}

func TestCashOnTheSpotIsNoMoreThanTheFine(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		m := world.Minor()
		m.Fine = 10000
		c := w.Spot(m).DecideOnSpot()
		if _, err := c.Try(w.Handler, "collect_cash", map[string]form.Values{"当场收缴登记": {"amount": int64(500000)}}); field(err, "当场收缴登记/amount") == "" {
			t.Fatalf("five thousand yuan were collected of a fine of a hundred: %s", world.Why(err))
		}
		c.Take("collect_cash", map[string]form.Values{"当场收缴登记": {"amount": int64(10000)}})
		if _, err := c.Try(w.Handler, "pay", paid("罚款", 10000, w.Today())); !slices.Contains(world.Refusals(err), "CF-67") {
			t.Fatalf("the fine was paid twice: %s", world.Why(err))
		}
	})
}

func TestCashAboveAHundredYuanIsRefusedInTheCheckAndAtTheDecision(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		m := world.Minor()
		m.Fine = 15000
		c := w.Spot(m)
		for collection, want := range map[string]bool{"当场收缴（一百元以下罚款）": true, "当场收缴（不当场收缴事后难以执行）": false, "自收到本决定书之日起十五日内到指定银行或者通过电子支付系统缴纳": false} {
			act := c.SpotAct()
			act.Papers["当场行政处罚决定书"]["collection"] = collection
			var findings []law.Finding
			w.Read(func(tx *db.Tx) (err error) {
				findings, err = w.Cases.Try(tx, w.Handler, act)
				return err
			})
			if got := slices.ContainsFunc(findings, func(f law.Finding) bool { return f.Rule == "CF-54" && f.Severity == law.Block }); got != want {
				t.Errorf("%s in the check before the decision: CF-54 is %t", collection, got)
			}
		}
		act := c.SpotAct()
		act.Papers["当场行政处罚决定书"]["collection"] = "当场收缴（一百元以下罚款）"
		if _, err := w.Cases.Take(t.Context(), w.Handler, act); !slices.Contains(world.Refusals(err), "CF-54") {
			t.Fatalf("a hundred and fifty yuan are collected as a fine of up to a hundred: %s", world.Why(err))
		}
	})
}
