package recheck

import (
	"fmt"
	"strconv"

	"mingjing/internal/recheck/calendar"
)

// fall is what the events say of a decision that no longer stands and of the taking down of its publication.
type fall struct {
	on, due, ground, told string // of the event by which the withdrawal was due; told is its own legal day
	downOn, late, why     string // of the event of the withdrawal: its legal day, the days by which it was late, its ground
	public                string // what the public log says of the withdrawal; empty where it says nothing
}

// withdrawLength is how many working days there are to take down what has fallen (行政处罚法第四十八条第二款).
const withdrawLength = 3

// withdrawals works the last day for taking down again, and holds the days of the fall, of the withdrawal and what was late
// against the events of both logs.
func (r *run) withdrawals() error {
	return r.stream("撤下期限", `SELECT p.id, p.agency, p.number, p.fallen_on, p.withdraw_due, p.withdrawn_on, p.ground, p.state, COALESCE(d.annulled_on, ''),
			COALESCE((SELECT c.length FROM deadline c WHERE c.case_id = p.case_id AND c.party_id = p.party AND c.trigger_on = p.fallen_on
				AND c.param = 'withdraw_days' ORDER BY c.id DESC LIMIT 1), 0), p.published_on
		FROM publication p LEFT JOIN decision d ON d.id = p.decision AND p.source = 'case'
		WHERE p.fallen_on <> '' OR p.withdraw_due <> '' OR p.withdrawn_on <> '' OR d.annulled_on <> ''`, nil, 11, func(w row) error {
		f := fall{}
		if l := r.lives[w.text(0)]; l != nil && l.fell != nil {
			f = *l.fell
		}
		what := r.fellRight(w, f)
		if what == "" {
			what = wentDownRight(w, f)
		}
		r.must(what == "", "PB-11", w.text(1), "publication "+w.text(0), w.text(2)+what)
		return nil
	})
}

// fellRight says what is wrong about the day of the fall and the last day for taking down; "" where nothing is.
func (r *run) fellRight(w row, f fall) string {
	fallen, due, annulled := w.text(3), w.text(4), w.text(8)
	if f.on == "" { // taken down without a decision about it in the system, as what was taken over from before it
		switch {
		case due != "", fallen != w.text(5):
			return "记有决定变动的日期或者撤下期限，却没有台账事件"
		case annulled != "" && fallen == "" && w.text(10) != "":
			return "的决定已于" + annulled + "变动，公示信息却没有应当撤下的记载"
		}
		return ""
	}
	length := int64(withdrawLength)
	if own := w.number(9); own > 0 && own < length {
		length = own // a pack may only be stricter
	}
	want, err := r.days.Due(calendar.Period{Trigger: f.on, Length: int(length), Unit: "wd", Stops: "null"})
	switch {
	case fallen != f.on, annulled != f.on:
		return fmt.Sprintf("的决定变动日台账事件记为%s，公示信息记为%s，决定记为%s", f.on, fallen, annulled)
	case f.on > f.told:
		return "的决定变动日" + f.on + "晚于登记变动的台账事件"
	case f.ground != w.text(6) && w.text(5) == "" && w.text(7) != "withheld":
		return "的变动依据与台账事件不符"
	case err != nil || want != due || want != f.due:
		return fmt.Sprintf("的撤下期限应为%s，公示信息记为%s，台账事件记为%s", want, due, f.due)
	}
	return ""
}

// wentDownRight says what is wrong about the withdrawal itself; "" where nothing is. Late and true is right: that is for the
// board of duties.
func wentDownRight(w row, f fall) string {
	down := w.text(5)
	if down == "" {
		if f.downOn != "" {
			return "有撤下的台账事件，却没有撤下日"
		}
		return ""
	}
	late := ""
	if due, ok := calendar.Day(w.text(4)); ok {
		if on, ok := calendar.Day(down); ok && on > due {
			late = strconv.FormatInt(on-due, 10)
		}
	}
	switch {
	case down != f.downOn:
		return "的撤下日" + down + "不是台账事件的日期" + f.downOn
	case late != f.late:
		return fmt.Sprintf("撤下逾期应为%q日，台账事件记为%q日", late, f.late)
	case f.why != w.text(6):
		return "撤下的依据与台账事件不符"
	case f.public != "" && f.public != toldDown(w.text(3), down, late, w.text(6)):
		return "撤下的日期、依据或者逾期与公示公开日志不符"
	}
	return ""
}

// toldDown is what the public log says of a withdrawal, in one text.
func toldDown(fallen, down, late, ground string) string {
	return fallen + "/" + down + "/" + late + "/" + ground
}
