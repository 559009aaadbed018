package casefile

import (
	"fmt"

	"mingjing/internal/casefile/payment"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/deadline"
	"mingjing/internal/flow"
	"mingjing/internal/law"
)

// remedied moves the limit for going to court: it does not run while a 复议 or 诉讼 is pending and starts anew when that is
// over (行政强制法第五十三条), and not before the end of the time that was granted for paying (行政处罚法第七十二条第二款).
func (w *work) remedied(s *picture.Sheet) error {
	started := false
	for _, c := range s.Clocks {
		if c.Param != law.CourtMonths || !s.Concerns(c.Party) {
			continue
		}
		if c.State == deadline.Met || c.State == deadline.Missed {
			return nil // the court was asked, or nothing is left to enforce
		}
		started = true
	}
	if !started {
		return nil // nothing to enforce was served
	}
	end := payment.RemedyEnd(s, w.Books, w.Moment, payment.Remedies(s))
	if plans := payment.Plans(s, s.Decided[s.Party.ID]); len(plans) > 1 && !end.Day.IsZero() {
		end.Day = payment.Later(end.Day, plans[len(plans)-1].End())
	}
	owner := ""
	if w.Step.PerParty {
		owner = s.Party.ID
	}
	d, ok := w.machine.Limit(law.CourtMonths)
	p, _, known := w.Books.Law.Param(law.CourtMonths, w.Moment.Occurred)
	if !ok || !known {
		return nil
	}
	if err := deadline.Drop(w.tx, w.Picture.File.ID, owner, law.CourtMonths); err != nil || end.Day.IsZero() {
		return err
	}
	c, err := deadline.Start(w.tx, w.Books.Calendar, deadline.Clock{Agency: w.Picture.File.Agency, Case: w.Picture.File.ID, Party: owner, Param: d.Param, Label: d.Label,
		Done: codes(d.Done), Trigger: end.Day, Length: int(p.Value), Unit: p.Unit, ForParty: d.ForParty})
	if err != nil {
		return fmt.Errorf("casefile: remedy: %w", err)
	}
	w.Picture.Clocks = append(w.Picture.Clocks, c)
	return nil
}

func codes(steps []flow.Code) []string {
	list := make([]string, len(steps))
	for i, code := range steps {
		list[i] = string(code)
	}
	return list
}
