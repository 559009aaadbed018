package payment

import (
	"mingjing/internal/casefile/picture"
	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

// Owed is what a party has to pay and has paid by a day, in 分. Paid is what was paid and not paid back; Received is all that
// came in, Refunded what was paid back.
type Owed struct {
	Fine, Confiscated, Surcharge, Paid zh.Fen
	Received, Refunded                 zh.Fen
}

// Rest is what is still to be paid.
func (o Owed) Rest() zh.Fen { return max(0, o.Fine+o.Confiscated+o.Surcharge-o.Paid) }

// Due is what a party owes of a decision that stands, and has paid, on a day; after the case is closed as on its last day.
func Due(s *picture.Sheet, d picture.Decision, made bool, day workday.Day) Owed {
	var o Owed
	for _, y := range s.Paid[s.Party.ID] {
		if y.Kind == RefundPaid {
			o.Paid -= y.Amount
			o.Refunded += y.Amount
			continue
		}
		o.Paid += y.Amount
		o.Received += y.Amount
	}
	if !made || d.State != "made" {
		return o
	}
	o.Fine, o.Confiscated = d.Fine, d.Confiscated
	if closed := s.File.ClosedOn; !closed.IsZero() && closed.Before(day) {
		day = closed
	}
	o.Surcharge = lateFee(s, d, day)
	return o
}

// The papers by which money comes in and goes back, and the kinds of it as table payment stores them.
const (
	EntryKind  = "缴款登记"
	CashKind   = "当场收缴登记"
	RefundKind = "退款审批表"

	FinePaid   = "罚款"
	GainPaid   = "没收违法所得"
	LatePaid   = "加处罚款"
	RefundPaid = "退款"
)

// paidOf sums what was entered of a kind of money for the party.
func paidOf(s *picture.Sheet, kind string) zh.Fen {
	var sum zh.Fen
	for _, y := range s.Paid[s.Party.ID] {
		if y.Kind == kind {
			sum += y.Amount
		}
	}
	return sum
}

// of is what a decision asks for of a kind of money.
func (o Owed) of(kind string) zh.Fen {
	switch kind {
	case FinePaid:
		return o.Fine
	case GainPaid:
		return o.Confiscated
	case LatePaid:
		return o.Surcharge
	}
	return 0
}
