package casefile

import (
	"mingjing/internal/casefile/payment"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/refusal"
	"mingjing/internal/zh"
)

// sums refuses what cannot be true of money, by field: a payment of what nobody owes or from before the decision, a refund
// of more than was paid, a plan for another sum than what is unpaid, a demand of
// what a plan puts off (行政处罚法第六十六条、第六十七条、第七十四条).
func (w *work) sums() error {
	fields := map[string]string{}
	for _, s := range w.sheets {
		if s.Party == nil {
			continue
		}
		switch w.Step.Code {
		case "pay":
			v := s.Act[payment.EntryKind]
			payment.CheckPayment(s, fields, payment.EntryKind, v.Text("kind"), zh.Fen(v.Fen("amount")), picture.DayOf(v, "paid_on"), w.Moment)
		case "collect_cash":
			payment.CheckPayment(s, fields, payment.CashKind, payment.FinePaid, zh.Fen(s.Act[payment.CashKind].Fen("amount")), w.Moment.Occurred, w.Moment)
		case "refund":
			payment.CheckRefund(s, fields, s.Act[payment.RefundKind])
		case "demand":
			payment.CheckDemand(s, fields, s.Act[payment.DemandKind], w.Moment)
		case "grant_instalment":
			payment.CheckPlan(s, fields, s.Act[payment.DeferralKind], w.Moment)
		}
	}
	if len(fields) > 0 {
		return refusal.Invalid{Message: "登记的款项与处罚决定、缴款记录不符。", Fields: fields}
	}
	return nil
}
