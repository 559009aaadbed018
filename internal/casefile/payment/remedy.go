package payment

import (
	"slices"

	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/law"
	"mingjing/internal/workday"
)

// Remedy is one 复议 or 诉讼 against a decision, folded from the entries about it.
type Remedy struct {
	Kind, Outcome           string
	Filed, Ended, Delivered workday.Day // Ended and Delivered are zero while it is pending
}

// Pending tells whether it has not ended.
func (r Remedy) Pending() bool { return r.Ended.IsZero() }

// Remedies folds the entries: the first says that it was filed, a later one of the same day of filing how it ended.
func Remedies(s *picture.Sheet) []Remedy {
	var list []Remedy
	for _, v := range s.Papers("复议诉讼登记") {
		r := Remedy{Kind: v.Text("kind"), Outcome: v.Text("outcome"), Filed: picture.DayOf(v, "filed_on")}
		if r.Outcome != "审理中" {
			r.Ended, r.Delivered = picture.DayOf(v, "outcome_on"), picture.DayOf(v, "delivered_on")
			if r.Delivered.IsZero() {
				r.Delivered = r.Ended
			}
		}
		i := slices.IndexFunc(list, func(had Remedy) bool { return had.Kind == r.Kind && had.Filed == r.Filed })
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
func stillDays(remedies []Remedy, first, last workday.Day) int {
	n := 0
	for day := first; !day.After(last); day = day.AddDays(1) {
		running := func(r Remedy) bool {
			return !r.Filed.IsZero() && !day.Before(r.Filed) && (r.Pending() || !day.After(r.Ended))
		}
		if slices.ContainsFunc(remedies, running) {
			n++
		}
	}
	return n
}

// RemedyEnd is the last day on which the party may still sue: that of the clocks if neither 复议 nor 诉讼 was used; after a
// 复议 that left the decision standing fifteen days from its receipt (行政诉讼法第四十五条); after a suit the day on which the
// judgment took effect. It is zero while one is pending and before the decision is served.
func RemedyEnd(s *picture.Sheet, b book.Books, m picture.Moment, remedies []Remedy) law.Due {
	end := s.Clock(law.RemedySuitMonths)
	if end.Day.IsZero() { // a decision on the spot goes to 复议 first (行政复议法第二十三条)
		end = s.Clock(law.RemedyReviewDays)
	}
	for _, r := range remedies {
		switch {
		case r.Pending():
			return law.Due{}
		case r.Outcome == "申请人撤回": // as if it had not been used
		case r.Kind == "行政诉讼":
			end = law.Due{Day: r.Delivered}
		default:
			due, err := b.Calendar.Due(workday.Deadline{Trigger: r.Delivered, N: b.Law.Values(m.Occurred).Int(law.SuitAfterReviewDays), Unit: workday.CalendarDay, ForParty: true})
			if err == nil {
				end = law.Due{Day: due.Due, Provisional: due.Provisional}
			}
		}
	}
	return end
}

// Later is the later of two days.
func Later(a, b workday.Day) workday.Day {
	if b.After(a) {
		return b
	}
	return a
}
