package casefile

import (
	"fmt"
	"slices"

	"mingjing/internal/deadline"
	"mingjing/internal/flow"
	"mingjing/internal/law"
	"mingjing/internal/workday"
)

// remedy is one 复议 or 诉讼 against a decision, folded from the entries about it.
type remedy struct {
	Kind, Outcome           string
	Filed, Ended, Delivered workday.Day // Ended and Delivered are zero while it is pending
}

func (r remedy) pending() bool { return r.Ended.IsZero() }

// remedies folds the entries: the first says that it was filed, a later one of the same day of filing how it ended.
func (s *sheet) remedies() []remedy {
	var list []remedy
	for _, v := range s.papers("复议诉讼登记") {
		r := remedy{Kind: v.Text("kind"), Outcome: v.Text("outcome"), Filed: dayOf(v, "filed_on")}
		if r.Outcome != "审理中" {
			r.Ended, r.Delivered = dayOf(v, "outcome_on"), dayOf(v, "delivered_on")
			if r.Delivered.IsZero() {
				r.Delivered = r.Ended
			}
		}
		i := slices.IndexFunc(list, func(had remedy) bool { return had.Kind == r.Kind && had.Filed == r.Filed })
		if i < 0 {
			list = append(list, r)
			continue
		}
		list[i] = r
	}
	return list
}

// stillDays counts the days from first to last on which a 复议 or 诉讼 ran: the late fee stands still on them
// (行政处罚法第七十三条第三款).
func stillDays(remedies []remedy, first, last workday.Day) int {
	n := 0
	for day := first; !day.After(last); day = day.AddDays(1) {
		running := func(r remedy) bool {
			return !r.Filed.IsZero() && !day.Before(r.Filed) && (r.pending() || !day.After(r.Ended))
		}
		if slices.ContainsFunc(remedies, running) {
			n++
		}
	}
	return n
}

// remedyEnd is the last day on which the party may still sue: that of the clocks if neither 复议 nor 诉讼 was used; after a
// 复议 that left the decision standing fifteen days from its receipt (行政诉讼法第四十五条); after a suit the day on which the
// judgment took effect. It is zero while one is pending and before the decision is served.
func (s *sheet) remedyEnd(b Books, m moment, remedies []remedy) law.Due {
	end := s.clock(law.RemedySuitMonths)
	if end.Day.IsZero() { // a decision on the spot goes to 复议 first (行政复议法第二十三条)
		end = s.clock(law.RemedyReviewDays)
	}
	for _, r := range remedies {
		switch {
		case r.pending():
			return law.Due{}
		case r.Outcome == "申请人撤回": // as if it had not been used
		case r.Kind == "行政诉讼":
			end = law.Due{Day: r.Delivered}
		default:
			due, err := b.Calendar.Due(workday.Deadline{Trigger: r.Delivered, N: b.Law.Values(m.occurred).Int(law.SuitAfterReviewDays), Unit: workday.CalendarDay, ForParty: true})
			if err == nil {
				end = law.Due{Day: due.Due, Provisional: due.Provisional}
			}
		}
	}
	return end
}

// later is the later of two days.
func later(a, b workday.Day) workday.Day {
	if b.After(a) {
		return b
	}
	return a
}

// remedied moves the limit for going to court: it does not run while a 复议 or 诉讼 is pending and starts anew when that is
// over (行政强制法第五十三条), and not before the end of the time that was granted for paying (行政处罚法第七十二条第二款).
func (w *work) remedied(s *sheet) error {
	started := false
	for _, c := range s.clocks {
		if c.Param != law.CourtMonths || !s.concerns(c.Party) {
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
	end := s.remedyEnd(w.books, w.moment, s.remedies())
	if plans := s.plans(s.decided[s.party.ID]); len(plans) > 1 && !end.Day.IsZero() {
		end.Day = later(end.Day, plans[len(plans)-1].end())
	}
	owner := ""
	if w.step.PerParty {
		owner = s.party.ID
	}
	d, ok := w.machine.Limit(law.CourtMonths)
	p, _, known := w.books.Law.Param(law.CourtMonths, w.moment.occurred)
	if !ok || !known {
		return nil
	}
	if err := deadline.Drop(w.tx, w.pic.file.ID, owner, law.CourtMonths); err != nil || end.Day.IsZero() {
		return err
	}
	c, err := deadline.Start(w.tx, w.books.Calendar, deadline.Clock{Agency: w.pic.file.Agency, Case: w.pic.file.ID, Party: owner, Param: d.Param, Label: d.Label,
		Done: codes(d.Done), Trigger: end.Day, Length: int(p.Value), Unit: p.Unit, ForParty: d.ForParty})
	if err != nil {
		return fmt.Errorf("casefile: remedy: %w", err)
	}
	w.pic.clocks = append(w.pic.clocks, c)
	return nil
}

func codes(steps []flow.Code) []string {
	list := make([]string, len(steps))
	for i, code := range steps {
		list[i] = string(code)
	}
	return list
}
