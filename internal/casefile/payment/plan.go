package payment

import (
	"fmt"
	"slices"
	"strings"

	"mingjing/internal/casefile/picture"
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

// DeferralKind is the paper that lets a fine be paid later or in instalments (行政处罚法第六十六条第二款).
const DeferralKind = "延期分期缴纳罚款批准书"

// Part is a share of the fine with the last day on which it is paid in time.
type Part struct {
	Amount zh.Fen // in 分
	Due    workday.Day
}

// Plan is how the fine is to be paid from a day on: at first all of it within the fifteen days, later as was granted. Before
// is what of the fine had been paid when it was made.
type Plan struct {
	From   workday.Day
	Before zh.Fen
	Parts  []Part
}

// End is the last day of a plan.
func (p Plan) End() workday.Day {
	var last workday.Day
	for _, x := range p.Parts {
		if x.Due.After(last) {
			last = x.Due
		}
	}
	return last
}

// Plans lists how the fine of a decision is to be paid, each plan in the place of the one before it.
func Plans(s *picture.Sheet, d picture.Decision) []Plan {
	list := []Plan{{Parts: []Part{{d.Fine, payLimit(s, d)}}}}
	for _, i := range s.Of(DeferralKind) {
		doc := s.Docs[i]
		parts := Granted(doc.Values, d.Fine)
		if !s.Counts(doc) || len(parts) == 0 {
			continue
		}
		p := Plan{From: picture.DayOf(doc.Values, "applied_on"), Before: d.Fine, Parts: parts}
		if p.From.IsZero() || p.From.After(doc.MadeOn) {
			p.From = doc.MadeOn
		}
		for _, x := range parts {
			p.Before -= x.Amount
		}
		list = append(list, p)
	}
	return list
}

// Granted reads what a paper grants; nothing where it refuses the application.
func Granted(v form.Values, fine zh.Fen) []Part {
	switch v.Text("result") {
	case "同意延期缴纳":
		if until := picture.DayOf(v, "until"); !until.IsZero() {
			return []Part{{min(fine, zh.Fen(v.Fen("unpaid"))), until}}
		}
	case "同意分期缴纳":
		var parts []Part
		for _, row := range v.Rows("instalments") {
			r := form.Values(row)
			parts = append(parts, Part{zh.Fen(r.Fen("amount")), picture.DayOf(r, "due")})
		}
		return parts
	}
	return nil
}

// payLimit is the last of the fifteen days: of the clock that the service of the decision started, whatever became of it.
func payLimit(s *picture.Sheet, d picture.Decision) workday.Day {
	for _, c := range slices.Backward(s.Clocks) {
		if c.Param == law.PayDays && c.ForParty && s.Concerns(c.Party) && c.Trigger == d.EffectiveOn {
			return c.Due
		}
	}
	return s.Clock(law.PayDays).Day
}

// Covered is the first day on which so much of the fine had been paid; zero while it has not.
func Covered(s *picture.Sheet, sum zh.Fen) workday.Day {
	fines := slices.DeleteFunc(slices.Clone(s.Paid[s.Party.ID]), func(y picture.Payment) bool { return y.Kind != FinePaid })
	slices.SortStableFunc(fines, func(a, b picture.Payment) int { return a.On.Sub(b.On) })
	for _, y := range fines {
		if sum -= y.Amount; sum <= 0 {
			return y.On
		}
	}
	return workday.Day{}
}

// lateFee is the late fee on a fine up to a day: three per cent a day of each share from its own last day until it is paid,
// never more than the fine. It stands still while 复议 or 诉讼 runs; a plan that takes the place of another forgives nothing
// of what ran before the party asked for it (行政处罚法第六十六条第二款、第七十二条第一款第一项、第七十三条第三款).
func lateFee(s *picture.Sheet, d picture.Decision, day workday.Day) zh.Fen {
	plans, remedies := Plans(s, d), Remedies(s)
	var fee zh.Fen
	for i, p := range plans {
		end, sum := day, p.Before
		if i+1 < len(plans) && plans[i+1].From.Before(end) {
			end = plans[i+1].From
		}
		for _, x := range p.Parts {
			sum += x.Amount
			if x.Due.IsZero() {
				continue
			}
			last := end
			if on := Covered(s, sum); !on.IsZero() && on.Before(last) {
				last = on
			}
			fee += law.Surcharge(x.Amount, last.Sub(x.Due)-stillDays(remedies, x.Due.AddDays(1), last))
		}
	}
	return min(fee, d.Fine)
}

// PayDue is the last day of the earliest share that is not paid yet, of the last share where all are.
func PayDue(s *picture.Sheet, d picture.Decision) workday.Day {
	p := slices.Clone(Plans(s, d))
	last := p[len(p)-1]
	sum := last.Before
	for _, x := range last.Parts {
		if sum += x.Amount; Covered(s, sum).IsZero() {
			return x.Due
		}
	}
	return last.End()
}

// Share is an instalment that has fallen due, with what of it is unpaid; Number is its place in the plan, from 1.
type Share struct {
	Number int
	Amount zh.Fen
	Due    workday.Day
}

// FallenDue lists what of the fine has fallen due by a day under the plan that runs and is not paid; planned is false where all
// was due at once. A plan that was granted is not yet broken by what is still to come (行政处罚法第六十六条第二款).
func FallenDue(s *picture.Sheet, d picture.Decision, day workday.Day) (shares []Share, sum zh.Fen, planned bool) {
	plans := Plans(s, d)
	if len(plans) == 1 {
		return nil, UnpaidFine(s, d), false
	}
	last := plans[len(plans)-1]
	paid, until := max(0, paidOf(s, FinePaid)-paidOf(s, RefundPaid)), last.Before
	for i, x := range last.Parts {
		until += x.Amount
		if open := min(x.Amount, until-paid); open > 0 && x.Due.Before(day) {
			shares = append(shares, Share{i + 1, open, x.Due})
			sum += open
		}
	}
	return shares, sum, true
}

// DueTotal is what may be demanded on a day: the fine that has fallen due, the gain, and the late fee, as far as they are unpaid.
func DueTotal(s *picture.Sheet, d picture.Decision, day workday.Day) zh.Fen {
	o := Due(s, d, true, day)
	_, fine, planned := FallenDue(s, d, day)
	if !planned {
		return o.Rest()
	}
	return min(o.Rest(), fine+max(0, o.Confiscated-paidOf(s, GainPaid))+max(0, o.Surcharge-paidOf(s, LatePaid)))
}

// DueText says in words what may be demanded on a day.
func DueText(s *picture.Sheet, d picture.Decision, day workday.Day) string {
	shares, _, planned := FallenDue(s, d, day)
	total := DueTotal(s, d, day)
	if !planned {
		return "缴纳" + total.String()
	}
	var parts []string
	rest := total
	for _, x := range shares {
		parts = append(parts, fmt.Sprintf("第%d期罚款%s（缴款期限%s）", x.Number, x.Amount, x.Due))
		rest -= x.Amount
	}
	if rest > 0 {
		parts = append(parts, "没收款项、加处罚款"+rest.String())
	}
	if len(parts) == 0 {
		return ""
	}
	return "缴纳已经到期的" + strings.Join(parts, "，")
}

// UnpaidFine is what is left of the fine.
func UnpaidFine(s *picture.Sheet, d picture.Decision) zh.Fen {
	return max(0, d.Fine-max(0, paidOf(s, FinePaid)-paidOf(s, RefundPaid)))
}
