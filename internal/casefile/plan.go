package casefile

import (
	"fmt"

	"mingjing/internal/casefile/payment"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/deadline"
	"mingjing/internal/law"
)

// granted starts a clock for each share of a plan in the place of those that ran, and puts the way to the court off to its
// end (行政处罚法第六十六条第二款、第七十二条第二款).
func (w *work) granted(s *picture.Sheet) error {
	v := s.Act[payment.DeferralKind]
	parts := payment.Granted(v, s.Decided[s.Party.ID].Fine)
	if len(parts) == 0 {
		return nil
	}
	if err := deadline.Drop(w.tx, w.Picture.File.ID, s.Party.ID, law.PayDays); err != nil {
		return err
	}
	for i, x := range parts {
		label := "延期缴纳罚款期限"
		if v.Text("result") == "同意分期缴纳" {
			label = fmt.Sprintf("分期缴纳期限（第%d期%s）", i+1, x.Amount)
		}
		c, err := deadline.Start(w.tx, w.Books.Calendar, deadline.Clock{Agency: w.Picture.File.Agency, Case: w.Picture.File.ID, Party: s.Party.ID, Param: law.PayDays, Label: label,
			Done: []string{"confirm_performance"}, Trigger: w.Moment.Occurred, Length: x.Due.Sub(w.Moment.Occurred), Unit: law.CalendarDays})
		if err != nil {
			return err
		}
		w.Picture.Clocks = append(w.Picture.Clocks, c)
	}
	return w.remedied(s)
}

// paidShares ends the clocks of the shares that are paid, on the day on which they were.
func (w *work) paidShares(s *picture.Sheet) error {
	d, made := s.Decided[s.Party.ID]
	if !made {
		return nil
	}
	plans := payment.Plans(s, d)
	p := plans[len(plans)-1]
	sum := p.Before
	for _, x := range p.Parts {
		sum += x.Amount
		on := payment.Covered(s, sum)
		if on.IsZero() {
			continue
		}
		for _, c := range w.Picture.Clocks {
			if c.Param != law.PayDays || c.State != deadline.Open || c.Due != x.Due || !s.Concerns(c.Party) {
				continue
			}
			if err := deadline.End(w.tx, c, on); err != nil {
				return err
			}
		}
	}
	return nil
}
