package zh

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// The spellings of a day that ParseDay knows, after folding.
var (
	dayFigures = regexp.MustCompile(`^(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})(?:日|号)?(?:\s*T?\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$`)
	dayWords   = regexp.MustCompile(`^([零〇○◯Oo一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})(?:日|号)?$`)
	dayPacked  = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	daySerial  = regexp.MustCompile(`^(\d{5})(?:\.\d+)?$`)
	dayInText  = regexp.MustCompile(`[0-9０-９]{4}\s*年\s*[0-9０-９]{1,2}\s*月\s*[0-9０-９]{1,2}\s*[日号]|[零〇○◯一二三四五六七八九]{4}\s*年\s*[一二三四五六七八九十]{1,3}\s*月\s*[一二三四五六七八九十]{1,3}\s*[日号]|\b[0-9]{4}([-/.])[0-9]{1,2}([-/.])[0-9]{1,2}\b`)
)

// ParseDay reads a day in any of the spellings found in documents and spreadsheets:
// 2026-11-24, 2016/4/21, 2024.5.28, 2016年4月21日, 二〇二四年五月二十八日, 20240528,
// any of the figure forms with a time of day behind it, an RFC 3339 instant (its day
// in Asia/Shanghai), and a spreadsheet serial number of five digits (42481). It
// refuses two-digit years and day-first forms, because they can be read in two ways.
func ParseDay(text string) (Date, error) {
	t := Fold(text)
	if t == "" {
		return Date{}, fault("请填写日期，例如2026-11-24或2026年11月24日")
	}
	if at, err := time.Parse(time.RFC3339Nano, t); err == nil {
		y, m, d := at.In(time.FixedZone("Asia/Shanghai", 8*3600)).Date()
		return NewDate(y, int(m), d)
	}
	if m := dayFigures.FindStringSubmatch(t); m != nil {
		return dateOf(m[1], m[2], m[3])
	}
	t = strings.ReplaceAll(t, " ", "")
	for _, form := range []*regexp.Regexp{dayFigures, dayPacked} {
		if m := form.FindStringSubmatch(t); m != nil {
			return dateOf(m[1], m[2], m[3])
		}
	}
	if m := dayWords.FindStringSubmatch(t); m != nil {
		return dateOfWords(m[1], m[2], m[3])
	}
	if m := daySerial.FindStringSubmatch(t); m != nil {
		return dateOfSerial(m[1])
	}
	return Date{}, fault("看不懂日期“%s”，应写成2026-11-24、2026/11/24或2026年11月24日", clip(t, 20))
}

// FoundDay is a day found in running text, with the byte range it occupies.
type FoundDay struct {
	Date       Date
	Start, End int
}

// FindDays returns every day written out in text, in order. Days that do not exist
// are passed over. The last one in a decision's body is as a rule the day of the
// decision; see LastDay.
func FindDays(text string) []FoundDay {
	var found []FoundDay
	for _, at := range dayInText.FindAllStringSubmatchIndex(text, -1) {
		if at[2] >= 0 && text[at[2]] != text[at[4]] {
			continue // 2016-04/21 is no spelling of a day.
		}
		d, err := ParseDay(text[at[0]:at[1]])
		if err == nil {
			found = append(found, FoundDay{d, at[0], at[1]})
		}
	}
	return found
}

// LastDay returns the last day written in a body: documents close with their day
// (GB/T 9704-2012, 7.3.5.4). A later 印发 line of the imprint is not the document's
// day and is passed over when another day stands before it.
func LastDay(body string) (Date, bool) {
	found := FindDays(body)
	if len(found) == 0 {
		return Date{}, false
	}
	last := len(found) - 1
	for last > 0 && strings.HasPrefix(strings.TrimSpace(body[found[last].End:]), "印发") {
		last--
	}
	return found[last].Date, true
}

func dateOf(y, m, d string) (Date, error) {
	yy, _ := strconv.Atoi(y)
	mm, _ := strconv.Atoi(m)
	dd, _ := strconv.Atoi(d)
	return NewDate(yy, mm, dd)
}

func dateOfWords(y, m, d string) (Date, error) {
	year := 0
	for _, r := range y {
		v, _ := digitOf(r)
		year = year*10 + v
	}
	month, ok := parseGroup(m)
	if !ok {
		return Date{}, fault("看不懂月份“%s”", m)
	}
	day, ok := parseGroup(d)
	if !ok {
		return Date{}, fault("看不懂日“%s”", d)
	}
	return NewDate(year, int(month), int(day))
}

// dateOfSerial reads the day number of the 1900 date system that spreadsheets store
// (25569 is 1970-01-01). Only 1954 to 2119 are accepted, so that a postcode or a plain
// amount is seldom taken for a day.
func dateOfSerial(text string) (Date, error) {
	n, _ := strconv.Atoi(text)
	if n < 20_000 || n > 80_000 {
		return Date{}, fault("看不懂日期“%s”，应写成2026-11-24或2026年11月24日", text)
	}
	y, m, d := time.Unix(int64(n-25_569)*86_400, 0).UTC().Date()
	return NewDate(y, int(m), d)
}

// clip shortens what a message repeats, so that a message stays a message.
func clip(text string, most int) string {
	r := []rune(text)
	if len(r) <= most {
		return text
	}
	return string(r[:most]) + "…"
}
