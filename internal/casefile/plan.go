package casefile

import (
	"fmt"
	"slices"

	"mingjing/internal/deadline"
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

// deferralKind is the paper that lets a fine be paid later or in instalments (行政处罚法第六十六条第二款).
const deferralKind = "延期分期缴纳罚款批准书"

// part is a share of the fine with the last day on which it is paid in time.
type part struct {
	amount zh.Fen
	due    workday.Day
}

// plan is how the fine is to be paid from a day on: at first all of it within the fifteen days, later as was granted. before
// is what of the fine had been paid when it was made.
type plan struct {
	from   workday.Day
	before zh.Fen
	parts  []part
}

// end is the last day of a plan.
func (p plan) end() workday.Day {
	var last workday.Day
	for _, x := range p.parts {
		if x.due.After(last) {
			last = x.due
		}
	}
	return last
}

// plans lists how the fine of a decision is to be paid, each plan in the place of the one before it.
func (s *sheet) plans(d Decision) []plan {
	list := []plan{{parts: []part{{d.Fine, s.payLimit(d)}}}}
	for _, i := range s.of(deferralKind) {
		doc := s.docs[i]
		parts := granted(doc.Values, d.Fine)
		if !s.counts(doc) || len(parts) == 0 {
			continue
		}
		p := plan{from: dayOf(doc.Values, "applied_on"), before: d.Fine, parts: parts}
		if p.from.IsZero() || p.from.After(doc.MadeOn) {
			p.from = doc.MadeOn
		}
		for _, x := range parts {
			p.before -= x.amount
		}
		list = append(list, p)
	}
	return list
}

// granted reads what a paper grants; nothing where it refuses the application.
func granted(v form.Values, fine zh.Fen) []part {
	switch v.Text("result") {
	case "同意延期缴纳":
		if until := dayOf(v, "until"); !until.IsZero() {
			return []part{{min(fine, zh.Fen(v.Fen("unpaid"))), until}}
		}
	case "同意分期缴纳":
		var parts []part
		for _, row := range v.Rows("instalments") {
			r := form.Values(row)
			parts = append(parts, part{zh.Fen(r.Fen("amount")), dayOf(r, "due")})
		}
		return parts
	}
	return nil
}

// payLimit is the last of the fifteen days: of the clock that the service of the decision started, whatever became of it.
func (s *sheet) payLimit(d Decision) workday.Day {
	for _, c := range slices.Backward(s.clocks) {
		if c.Param == law.PayDays && c.ForParty && s.concerns(c.Party) && c.Trigger == d.EffectiveOn {
			return c.Due
		}
	}
	return s.clock(law.PayDays).Day
}

// covered is the first day on which so much of the fine had been paid; zero while it has not.
func (s *sheet) covered(sum zh.Fen) workday.Day {
	fines := slices.DeleteFunc(slices.Clone(s.paid[s.party.ID]), func(y payment) bool { return y.Kind != finePaid })
	slices.SortStableFunc(fines, func(a, b payment) int { return a.On.Sub(b.On) })
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
func (s *sheet) lateFee(d Decision, day workday.Day) zh.Fen {
	plans, remedies := s.plans(d), s.remedies()
	var fee zh.Fen
	for i, p := range plans {
		end, sum := day, p.before
		if i+1 < len(plans) && plans[i+1].from.Before(end) {
			end = plans[i+1].from
		}
		for _, x := range p.parts {
			sum += x.amount
			if x.due.IsZero() {
				continue
			}
			last := end
			if on := s.covered(sum); !on.IsZero() && on.Before(last) {
				last = on
			}
			fee += law.Surcharge(x.amount, last.Sub(x.due)-stillDays(remedies, x.due.AddDays(1), last))
		}
	}
	return min(fee, d.Fine)
}

// payDue is the last day of the earliest share that is not paid yet, of the last share where all are.
func (s *sheet) payDue(d Decision) workday.Day {
	p := slices.Clone(s.plans(d))
	last := p[len(p)-1]
	sum := last.before
	for _, x := range last.parts {
		if sum += x.amount; s.covered(sum).IsZero() {
			return x.due
		}
	}
	return last.end()
}

// unpaidFine is what is left of the fine.
func (s *sheet) unpaidFine(d Decision) zh.Fen {
	return max(0, d.Fine-max(0, s.paidOf(finePaid)-s.paidOf(refundPaid)))
}

// deferring tells what is wrong with a plan that somebody enters: it covers what is left of the fine, and its days lie ahead.
func (s *sheet) deferring(fields map[string]string, v form.Values, m moment) {
	rest := s.unpaidFine(s.decided[s.party.ID])
	if stated := zh.Fen(v.Fen("unpaid")); stated != rest {
		fields[deferralKind+"/unpaid"] = "尚未缴纳的罚款是" + rest.String() + "，批准书写为" + stated.String() + "。"
	}
	if v.Text("result") == "不同意" {
		return
	}
	var sum zh.Fen
	after := m.occurred.AddDays(-1)
	for i, x := range granted(v, rest) {
		sum += x.amount
		name := deferralKind + "/until"
		if v.Text("result") == "同意分期缴纳" {
			name = fmt.Sprintf("%s/instalments.%d.due", deferralKind, i)
		}
		if !x.due.After(after) {
			fields[name] = "缴纳期限" + x.due.String() + "应当晚于" + after.String() + "，各期依次递后。"
		}
		after = x.due
	}
	if sum != rest && v.Text("result") == "同意分期缴纳" {
		fields[deferralKind+"/instalments"] = "各期合计" + sum.String() + "，尚未缴纳的罚款是" + rest.String() + "，应当相等。"
	}
}

// granted starts a clock for each share of a plan in the place of those that ran, and puts the way to the court off to its
// end (行政处罚法第六十六条第二款、第七十二条第二款).
func (w *work) granted(s *sheet) error {
	v := s.act[deferralKind]
	parts := granted(v, s.decided[s.party.ID].Fine)
	if len(parts) == 0 {
		return nil
	}
	if err := deadline.Drop(w.tx, w.pic.file.ID, s.party.ID, law.PayDays); err != nil {
		return err
	}
	for i, x := range parts {
		label := "延期缴纳罚款期限"
		if v.Text("result") == "同意分期缴纳" {
			label = fmt.Sprintf("分期缴纳期限（第%d期%s）", i+1, x.amount)
		}
		c, err := deadline.Start(w.tx, w.books.Calendar, deadline.Clock{Agency: w.pic.file.Agency, Case: w.pic.file.ID, Party: s.party.ID, Param: law.PayDays, Label: label,
			Done: []string{"confirm_performance"}, Trigger: w.moment.occurred, Length: x.due.Sub(w.moment.occurred), Unit: law.CalendarDays})
		if err != nil {
			return err
		}
		w.pic.clocks = append(w.pic.clocks, c)
	}
	return w.remedied(s)
}

// paidShares ends the clocks of the shares that are paid, on the day on which they were.
func (w *work) paidShares(s *sheet) error {
	d, made := s.decided[s.party.ID]
	if !made {
		return nil
	}
	plans := s.plans(d)
	p := plans[len(plans)-1]
	sum := p.before
	for _, x := range p.parts {
		sum += x.amount
		on := s.covered(sum)
		if on.IsZero() {
			continue
		}
		for _, c := range w.pic.clocks {
			if c.Param != law.PayDays || c.State != deadline.Open || c.Due != x.due || !s.concerns(c.Party) {
				continue
			}
			if err := deadline.End(w.tx, c, on); err != nil {
				return err
			}
		}
	}
	return nil
}
