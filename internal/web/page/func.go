package page

import (
	"fmt"
	"html/template"
	"reflect"
	"strconv"
	"strings"
	"time"

	"mingjing/internal/web/static"
	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

// funcs are the words that templates may use beside those of html/template.
func funcs() template.FuncMap {
	return template.FuncMap{
		"asset":    static.URL,
		"day":      day,
		"dayWords": dayWords,
		"moment":   moment,
		"money":    money,
		"count":    Count,
		"lines":    Lines,
		"tone":     tone,
		"short":    short,
		"add":      func(a, b int) int { return a + b },
		"dict":     dict,
		"filled":   filled,
	}
}

// day prints 2026年3月2日 of a workday.Day or of its stored form; what is no day is printed as it stands.
func day(value any) string {
	switch v := value.(type) {
	case workday.Day:
		return zh.FormatDay(v.Date())
	case string:
		d, err := workday.ParseDay(v)
		if err != nil {
			return v
		}
		return zh.FormatDay(d.Date())
	}
	return fmt.Sprint(value)
}

// dayWords prints 二〇二六年三月二日.
func dayWords(value any) string {
	switch v := value.(type) {
	case workday.Day:
		return zh.FormatDayInWords(v.Date())
	case string:
		d, err := workday.ParseDay(v)
		if err != nil {
			return v
		}
		return zh.FormatDayInWords(d.Date())
	}
	return fmt.Sprint(value)
}

// moment prints 2026-03-02 09:30 in Asia/Shanghai of an instant or of its stored form.
func moment(value any) string {
	switch v := value.(type) {
	case time.Time:
		if v.IsZero() {
			return ""
		}
		return v.In(workday.Shanghai()).Format("2006-01-02 15:04")
	case string:
		at, err := time.Parse(time.RFC3339Nano, v)
		if err != nil {
			return v
		}
		return at.In(workday.Shanghai()).Format("2006-01-02 15:04")
	}
	return fmt.Sprint(value)
}

// money prints 1,234.00元 of 分.
func money(value any) string {
	switch v := value.(type) {
	case zh.Fen:
		return v.String()
	case int64:
		return zh.Fen(v).String()
	case int:
		return zh.Fen(v).String()
	}
	return fmt.Sprint(value)
}

// Count prints a number with its thousands parted.
func Count(n int) string {
	text := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, text = "-", text[1:]
	}
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return sign + text
}

// tone is the colour of a publication's state.
func tone(state string) string {
	switch state {
	case "已公示", "published":
		return "met"
	case "已更正", "corrected":
		return "soon"
	case "已撤下", "withdrawn":
		return "late"
	}
	return "none"
}

// short cuts a text after so many characters.
func short(most int, text string) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most]) + "…"
}

// dict hands several values to a fragment.
func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("page: dict wants pairs")
	}
	m := make(map[string]any, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		key, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("page: dict wants names, got %T", pairs[i])
		}
		m[key] = pairs[i+1]
	}
	return m, nil
}

// filled tells whether a piece has anything to show: it is a struct, and a template's "if" takes every struct for true.
func filled(value any) bool {
	if value == nil {
		return false
	}
	if text, ok := value.(string); ok {
		return strings.TrimSpace(text) != ""
	}
	return !reflect.ValueOf(value).IsZero()
}

// Size says how long a file is: 64MB.
func Size(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%dMB", n>>20)
	case n >= 1<<10:
		return fmt.Sprintf("%dKB", n>>10)
	}
	return fmt.Sprintf("%d字节", n)
}
