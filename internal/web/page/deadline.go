package page

import (
	"fmt"
	"strings"

	"mingjing/internal/workday"
)

// Deadline is the chip of one deadline with its working.
type Deadline struct {
	Label   string
	Due     string // YYYY-MM-DD
	Text    string // 还剩3个工作日
	Tone    string // met, late, soon, open, none
	Cite    string
	Working []string // the account in sentences
	Strip   []StripDay
}

// StripDay is one day of the calendar strip.
type StripDay struct {
	Day, Month, Number string // Number is the day of the month
	Kind               string // counted, makeup, weekend, holiday, stopped, rolled, trigger
	Text               string // 第3日, 春节, 调休上班
}

// stripLimit bounds the strip; a longer working is told in sentences only.
const stripLimit = 62

// soonDays is how many calendar days before its last day a deadline turns 赭.
const soonDays = 3

// DeadlineOf makes a chip of a computed deadline. done is the day on which it was kept, zero while it runs; the result
// should come from Calendar.Work, or the strip stays empty.
func DeadlineOf(label string, r workday.Result, today, done workday.Day) Deadline {
	d := Deadline{Label: label, Due: r.Due.String(), Cite: r.Deadline.Basis}
	left := r.Due.Sub(today)
	switch {
	case !done.IsZero() && r.InTime(done):
		d.Tone, d.Text = "met", "按期，"+shortDay(done)+"完成"
	case !done.IsZero():
		d.Tone, d.Text = "late", fmt.Sprintf("超期%d日，%s完成", done.Sub(r.Due), shortDay(done))
	case r.Standing:
		d.Tone, d.Text = "none", "期限中止"
	case left < 0:
		d.Tone, d.Text = "late", fmt.Sprintf("已超期%d日", -left)
	case left == 0:
		d.Tone, d.Text = "soon", "今日届满"
	case left <= soonDays:
		d.Tone, d.Text = "soon", fmt.Sprintf("还剩%d日", left)
	default:
		d.Tone, d.Text = "open", fmt.Sprintf("还剩%d日", left)
	}
	if r.Provisional {
		d.Text += "（暂定）"
	}
	d.Working = Lines(r.Explain())
	d.Strip = stripOf(r)
	return d
}

// Over says that a period of the party is over, which is nobody's delay.
func (d *Deadline) Over(due workday.Day) { d.Tone, d.Text = "none", shortDay(due)+"期满" }

func shortDay(d workday.Day) string {
	date := d.Date()
	return fmt.Sprintf("%d月%d日", date.M, date.D)
}

func stripOf(r workday.Result) []StripDay {
	if len(r.Working) == 0 || len(r.Working) > stripLimit {
		return nil
	}
	days := []StripDay{stripDay(r.Deadline.Trigger, "trigger", "起算，不计入")}
	for _, s := range r.Working {
		text := s.Name
		switch s.Kind {
		case workday.Counted:
			text = fmt.Sprintf("第%d日", s.N)
		case workday.MadeUp:
			text = fmt.Sprintf("第%d日，调休上班", s.N)
		case workday.SkipRest:
			text = "周末"
		case workday.SkipStop:
			text = "中止：" + s.Name
		case workday.RolledOver:
			text = "顺延"
		}
		days = append(days, stripDay(s.Day, string(s.Kind), text))
	}
	return days
}

func stripDay(d workday.Day, kind, text string) StripDay {
	date := d.Date()
	return StripDay{Day: d.String(), Month: fmt.Sprintf("%d月", date.M), Number: fmt.Sprint(date.D), Kind: kind, Text: strings.TrimSpace(text)}
}
