package workday

import (
	"fmt"
	"strings"
	"time"

	"mingjing/internal/zh"
)

// Explain tells in Chinese, one fact a line, how the last day came about: the rule and
// statute, the trigger, every span passed over and every make-up day counted, stops, the
// roll for a party, the last day and the first day after it, the calendar, and what is
// provisional. The Result must come from Work; one from Due lacks the skipped days.
func (r Result) Explain() string {
	var b strings.Builder
	line := func(head, format string, args ...any) {
		fmt.Fprintf(&b, head+"："+format+"\n", args...)
	}
	d := r.Deadline
	if d.Rule != "" || d.Basis != "" {
		line("规则", "%s", strings.TrimSpace(d.Rule+" "+d.Basis))
	}
	if p, ok := ProfileOf(d.Profile); ok {
		note := ""
		if p.Status == Memory {
			note = "（此计算方法尚待核实）"
		}
		line("计算方法", "%s：%s%s", p.Citation, p.Text, note)
	}
	if r.Unit == Hour {
		line("起算", "%s", instant(d.At))
		line("期限", "%s", r.Unit.Length(d.N))
		line("届满", "%s", instant(r.At))
		return b.String()
	}
	line("起算", "%s为起算事由发生之日，当日不计入", named(d.Trigger))
	length := r.Unit.Length(d.N)
	if d.N < 0 {
		length = "向前推算" + length
	}
	line("期限", "%s", length)
	for _, s := range spansOf(r.Working) {
		line(s.head(), "%s", s.text())
	}
	r.explainEnd(line)
	return b.String()
}

// explainEnd writes the lines from the last day on.
func (r Result) explainEnd(line func(head, format string, args ...any)) {
	unit := r.Unit
	if unit == Month || unit == Year {
		unit = CalendarDay
	}
	switch {
	case r.Standing:
		line("届满", "期限中止中，恢复后尚余%s", unit.Length(r.Left))
	case r.Deadline.N < 0:
		line("最迟", "%s", named(r.Due))
	default:
		if r.Due != r.Unrolled {
			line("顺延", "期限最后一日%s不是工作日，顺延至其后第一个工作日（民事诉讼法第八十五条）", named(r.Unrolled))
		}
		line("届满", "%s；期满后最早可于%s作出后续行为", named(r.Due), named(r.Earliest()))
	}
	line("日历", "国务院办公厅放假安排 %s", r.CalendarVersion)
	if r.Provisional {
		line("提示", "本期限为暂定：所涉年份的放假安排尚未载入，仅按周末推算，载入后将重新计算")
	} else if r.Unsettled {
		line("提示", "次年的放假安排有时调整十二月末三日，载入后将重新计算")
	}
}

// span is a run of days in the working that one sentence can tell.
type span struct {
	first, last Day
	kind        StepKind
	name        string
	days        int
}

// spansOf joins the steps that need telling: what was passed over and what was made up.
// Weekends inside a holiday are told with it by their own span.
func spansOf(steps []Step) []span {
	var list []span
	var before Day
	for _, s := range steps {
		if s.Kind == Counted {
			continue
		}
		i := len(list) - 1
		if i >= 0 && list[i].kind == s.Kind && list[i].name == s.Name && (s.Day.Sub(before) == 1 || s.Day.Sub(before) == -1) {
			list[i].last = s.Day
			list[i].days++
		} else {
			list = append(list, span{s.Day, s.Day, s.Kind, s.Name, 1})
		}
		before = s.Day
	}
	return list
}

func (s span) head() string {
	switch s.kind {
	case MadeUp:
		return "计入"
	case SkipStop:
		return "中止"
	}
	return "不计"
}

func (s span) text() string {
	from, to := s.first, s.last
	if to.Before(from) {
		from, to = to, from
	}
	when := named(from)
	if from != to {
		when = fmt.Sprintf("%s至%s共%d日", named(from), named(to), s.days)
	}
	switch s.kind {
	case MadeUp:
		return when + "，" + s.name + "调休上班"
	case SkipFeast:
		return when + "，" + s.name + "放假"
	case SkipStop:
		if s.name == "" {
			return when + "，期限中止"
		}
		return when + "，" + s.name + "，不计入期限"
	case RolledOver:
		if s.name == "" {
			return when + "，期限届满日逢休息日"
		}
		return when + "，期限届满日逢" + s.name + "放假"
	}
	return when + "，休息日"
}

// named prints a day with its weekday: 2026年3月2日（星期一）.
func named(d Day) string {
	return zh.FormatDay(d.Date()) + "（" + weekdayName(d.Weekday()) + "）"
}

func weekdayName(w time.Weekday) string {
	return "星期" + string([]rune("日一二三四五六")[w])
}

func instant(at time.Time) string {
	at = at.In(Shanghai())
	return zh.FormatDay(DayOf(at).Date()) + at.Format("15时04分")
}
