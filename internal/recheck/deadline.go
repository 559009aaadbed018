package recheck

import (
	"fmt"

	"mingjing/internal/recheck/calendar"
)

// deadlines works every last day again.
func (r *run) deadlines() error {
	return r.stream("期限", `SELECT id, agency, label, trigger_on, length, unit, due_on, for_party, stops, calendar, state, met_on FROM deadline`, nil, 12, func(w row) error {
		agency, where := w.text(1), "deadline "+w.text(0)
		due := w.text(6)
		if w.text(9) == r.days.Version { // another calendar gave another day; which it was, the ledger says
			want, err := r.days.Due(calendar.Period{Trigger: w.text(3), Length: int(w.number(4)), Unit: w.text(5), ForParty: w.truth(7), Stops: w.text(8)})
			if err != nil {
				r.must(false, "DL-1", agency, where, err.Error())
			} else if r.fails(want == due, "DL-1") {
				r.wrong("DL-1", agency, where, fmt.Sprintf("“%s”自%s起%d%s，应于%s届满，记为%s", w.text(2), w.text(3), w.number(4), w.text(5), want, due))
			}
		}
		met, ok := w.text(11), false
		switch w.text(10) {
		case "open", "dropped":
			ok = met == ""
		case "over": // a window of the party that ran out unused
			ok = met == "" && w.truth(7)
		case "met":
			ok = met != "" && (due == "" || met <= due)
		case "missed":
			ok = met > due
		}
		if r.fails(ok, "DL-2") {
			r.wrong("DL-2", agency, where, "“"+w.text(2)+"”的状态"+w.text(10)+"与办结日"+met+"不符")
		}
		return nil
	})
}
