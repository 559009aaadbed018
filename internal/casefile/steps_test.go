package casefile_test

import (
	"slices"
	"testing"

	"mingjing/internal/form"
	"mingjing/internal/testkit/world"
)

func TestEachHoldOfEvidenceNeedsAnApprovalOfItsOwnAndADisposalInTime(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := w.Lead(world.Minor()).Open()
		if _, err := c.Try(w.Handler, "hold_evidence", nil); !slices.Contains(world.Refusals(err), "CF-35") {
			t.Fatalf("evidence was held without approval: %s", world.Why(err))
		}
		c.Take("approve_hold", nil)
		c.Take("hold_evidence", nil)
		if _, err := c.Try(w.Handler, "hold_evidence", nil); !slices.Contains(world.Refusals(err), "CF-35") {
			t.Fatalf("a second hold went on the first approval: %s", world.Why(err))
		}
		c.Investigate()
		w.Days(14)
		report := map[string]form.Values{"调查终结报告": {"outcome": "给予行政处罚", "crime": "不涉嫌犯罪", "major": "不属于"},
			"案件要素登记": {"item": c.Matter.Item, "act_ended_on": c.Today().AddDays(-30).String()}, "裁量核对表": {"tier": "一般", "tier_code": c.Matter.Item}}
		if _, err := c.Try(w.Handler, "report_investigation", report); !slices.Contains(world.Refusals(err), "CF-35b") {
			t.Fatalf("the investigation ended over evidence held past its seven working days: %s", world.Why(err))
		}
		c.Take("dispose_hold", nil)
		c.Take("report_investigation", report)
	})
}

func TestNothingIsDecidedWhileAnApplicationToRecuseIsOpen(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := w.Lead(world.Minor()).Open().Investigate().Report()
		c.Take("apply_recusal", map[string]form.Values{"回避申请登记": {"subject": w.Second.Name}})
		c.Notice().PastWindows()
		c.Draft(nil, "")
		if _, err := c.Try(w.Approver, "approve", nil); !slices.Contains(world.Refusals(err), "CF-27") {
			t.Fatalf("approved over an open application: %s", world.Why(err))
		}
		c.Take("decide_recusal", map[string]form.Values{"回避决定书": {"result": "驳回回避申请", "subject": w.Second.Name}})
		c.Approve()
	})
}

func TestWhatIsSaidAfterTheReviewOfADefenceIsReviewedToo(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := w.Lead(world.Minor()).Open().Investigate().Report().Notice()
		c.Take("record_defence", nil)
		c.Take("review_defence", map[string]form.Values{"陈述申辩复核意见书": {"conclusion": "维持拟作出的行政处罚"}})
		c.Take("record_defence", nil)
		c.PastWindows()
		c.Draft(nil, "")
		if _, err := c.Try(w.Approver, "approve", nil); !slices.Contains(world.Refusals(err), "CF-29") {
			t.Fatalf("the second defence was answered by the review of the first: %s", world.Why(err))
		}
	})
}

func TestPayingInInstalmentsPutsTheLateFeeOffAndWhatWasPaidCanBeGivenBack(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := fined(w)
		until := w.Today().AddDays(60)
		c.Take("grant_instalment", map[string]form.Values{"延期分期缴纳罚款批准书": {"result": "同意分期缴纳",
			"instalments": []any{map[string]any{"amount": int64(200000), "due": until.String()}}}})
		w.Until(until)
		if got := surcharge(c); got != 0 {
			t.Fatalf("a late fee of %s runs within the granted time", got)
		}
		c.Take("pay", map[string]form.Values{"缴款登记": {"kind": "罚款", "amount": int64(200000), "paid_on": w.Today().String()}})
		c.Take("confirm_performance", nil)
		c.Take("refund", map[string]form.Values{"退款审批表": {"refund": int64(200000), "paid": int64(200000)}})
	})
}

func TestADecisionThatIsRevokedIsMadeAnewFromItsNotice(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := fined(w)
		c.Take("annul_decision", map[string]form.Values{"决定变动登记": {"ground": "撤销", "received_on": w.Today().String()}})
		c.Take("redo", nil)
		c.Draft(nil, "")
		if _, err := c.Try(w.Approver, "approve", nil); err == nil {
			t.Fatal("the second decision went on the first notice")
		}
		c.Notice().PastWindows()
		c.Draft(nil, "")
		c.Approve().Decide().Serve()
	})
}

func TestACaseOnTheSpotThatIsNotSimpleIsConverted(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		m := world.Minor()
		m.Fine = 400000
		c := w.Spot(m)
		if _, err := w.Cases.Take(t.Context(), w.Handler, c.SpotAct()); !slices.Contains(world.Refusals(err), "CF-50") {
			t.Fatalf("a fine of four thousand yuan was decided on the spot: %s", world.Why(err))
		}
		c.Take("convert", nil)
		if v := c.View(w.Handler); v.File.State != "converted" {
			t.Fatalf("the case is %s", v.File.State)
		}
	})
}
