package casefile

import (
	"mingjing/internal/form"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

// The papers by which money comes in and goes back, and the kinds of it.
const (
	paymentKind = "缴款登记"
	cashKind    = "当场收缴登记"
	refundKind  = "退款审批表"

	finePaid   = "罚款"
	gainPaid   = "没收违法所得"
	latePaid   = "加处罚款"
	refundPaid = "退款"
)

// sums refuses what cannot be true of money, by field: a payment of what nobody owes or from before the decision, a refund
// of more than was paid, a plan for another sum than what is unpaid (行政处罚法第六十六条、第六十七条、第七十四条).
func (w *work) sums() error {
	fields := map[string]string{}
	for _, s := range w.sheets {
		if s.party == nil {
			continue
		}
		switch w.step.Code {
		case "pay":
			v := s.act[paymentKind]
			s.paying(fields, paymentKind, v.Text("kind"), zh.Fen(v.Fen("amount")), dayOf(v, "paid_on"), w.moment)
		case "collect_cash":
			s.paying(fields, cashKind, finePaid, zh.Fen(s.act[cashKind].Fen("amount")), w.moment.occurred, w.moment)
		case "refund":
			s.refunding(fields, s.act[refundKind])
		case "grant_instalment":
			s.deferring(fields, s.act[deferralKind], w.moment)
		}
	}
	if len(fields) > 0 {
		return refusal.Invalid{Message: "登记的款项与处罚决定、缴款记录不符。", Fields: fields}
	}
	return nil
}

// paying tells what is wrong with a payment that somebody enters.
func (s *sheet) paying(fields map[string]string, paper, kind string, amount zh.Fen, on workday.Day, m moment) {
	d, made := s.decided[s.party.ID]
	if on.After(m.today) {
		fields[paper+"/paid_on"] = "缴纳日期晚于今天。"
	}
	if made && on.Before(d.DecidedOn) {
		fields[paper+"/paid_on"] = "缴纳日期" + on.String() + "早于作出决定的日期" + d.DecidedOn.String() + "。"
	}
	owed := s.due(d, made, m.occurred)
	rest := min(owed.of(kind)+s.paidOf(refundPaid)-s.paidOf(kind), owed.Rest())
	switch {
	case rest <= 0 && paper == paymentKind:
		fields[paper+"/kind"] = "当事人没有未缴的" + kind + "。"
	case amount > rest:
		fields[paper+"/amount"] = "金额" + amount.String() + "超过尚未缴纳的" + kind + max(0, rest).String() + "。各款项分别登记；多收的款项应当退还缴款人，不作为缴款登记。"
	}
}

// refunding tells what is wrong with a refund that somebody enters.
func (s *sheet) refunding(fields map[string]string, v form.Values) {
	had := s.paidOf(finePaid) + s.paidOf(gainPaid) + s.paidOf(latePaid) - s.paidOf(refundPaid)
	if stated := zh.Fen(v.Fen("paid")); stated != had {
		fields[refundKind+"/paid"] = "当事人已缴且尚未退还的是" + had.String() + "，表中写为" + stated.String() + "。"
	}
	if refund := zh.Fen(v.Fen("refund")); refund > had {
		fields[refundKind+"/refund"] = "应退数额" + refund.String() + "超过当事人已缴且尚未退还的" + had.String() + "。"
	}
}

// paidOf sums what was entered of a kind of money for the party.
func (s *sheet) paidOf(kind string) zh.Fen {
	var sum zh.Fen
	for _, y := range s.paid[s.party.ID] {
		if y.Kind == kind {
			sum += y.Amount
		}
	}
	return sum
}

// of is what a decision asks for of a kind of money.
func (o Owed) of(kind string) zh.Fen {
	switch kind {
	case finePaid:
		return o.Fine
	case gainPaid:
		return o.Confiscated
	case latePaid:
		return o.Surcharge
	}
	return 0
}
