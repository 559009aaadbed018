package entry

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"mingjing/internal/zh"
)

// Typed dates come from a date input, from habit (2026.3.2, 2026/3/2) or from
// the document itself (2026年3月2日); an input method may have left its figures wide (２０２６年).
var (
	dayTyped  = regexp.MustCompile(`^(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?$`)
	timeTyped = regexp.MustCompile(`^(.+?)[T 日]\s*(\d{1,2})(?::|：|时)(\d{1,2})(?::\d{2}|分)?$`)
)

// dateField is a legal day, stored YYYY-MM-DD.
func dateField() Type {
	return Type{
		Control: "input",
		Check:   "date",
		Parse: func(f Field, typed string) (any, string) {
			text := zh.Fold(typed)
			if text == "" {
				return "", ""
			}
			day, ok := readDay(text)
			if !ok {
				return nil, f.Label + "不是有效的日期，请写成2026-03-02"
			}
			return day, ""
		},
		Show: Plain,
		Say:  func(_ Field, value any, _ string) string { return SayDay(Plain(Field{}, value)) },
	}
}

// datetimeField is a moment to the minute in Asia/Shanghai, YYYY-MM-DDTHH:MM.
func datetimeField() Type {
	return Type{
		Control: "input",
		Check:   "datetime",
		Filters: []string{"day"},
		Parse: func(f Field, typed string) (any, string) {
			text := zh.Fold(typed)
			if text == "" {
				return "", ""
			}
			moment, ok := readMoment(text)
			if !ok {
				return nil, f.Label + "不是有效的时间，请写成2026-03-02 09:30"
			}
			return moment, ""
		},
		Show: Plain,
		Say: func(_ Field, value any, filter string) string {
			day, clock, found := strings.Cut(Plain(Field{}, value), "T")
			hour, minute, timed := strings.Cut(clock, ":")
			if !found || !timed || filter == "day" {
				return SayDay(day)
			}
			return SayDay(day) + strings.TrimPrefix(hour, "0") + "时" + minute + "分"
		},
	}
}

func readDay(text string) (string, bool) {
	m := dayTyped.FindStringSubmatch(text)
	if m == nil {
		return "", false
	}
	day, err := time.Parse("2006-1-2", m[1]+"-"+m[2]+"-"+m[3])
	if err != nil || day.Year() < 1900 || day.Year() > 2100 {
		return "", false
	}
	return day.Format("2006-01-02"), true
}

func readMoment(text string) (string, bool) {
	m := timeTyped.FindStringSubmatch(text)
	if m == nil {
		return "", false
	}
	day, ok := readDay(strings.TrimSpace(m[1]))
	if !ok {
		return "", false
	}
	clock, err := time.Parse("15:4", m[2]+":"+m[3])
	if err != nil {
		return "", false
	}
	return day + "T" + clock.Format("15:04"), true
}

// sayDay writes a day as a document does, without leading zeros (GB/T 9704 7.3.5.4).
func SayDay(day string) string {
	t, err := time.Parse("2006-01-02", day)
	if err != nil {
		return day
	}
	return fmt.Sprintf("%d年%d月%d日", t.Year(), int(t.Month()), t.Day())
}
