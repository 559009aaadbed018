package workday

import (
	"cmp"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"time"

	"mingjing/internal/zh"
)

// Day is a civil day in Asia/Shanghai from 0001-01-01 to 9999-12-31. It is comparable and
// may be a map key. The zero value is no day; it prints, stores and marshals as an empty
// string.
type Day struct{ n int32 } // Days since 0000-12-31, so that 0001-01-01 is 1.

// Shanghai returns the zone in which legal days begin: UTC+8 without summer time, which
// has been the law since 1992 and needs no zone database.
func Shanghai() *time.Location { return time.FixedZone("Asia/Shanghai", 8*3600) }

// DayOf returns the Asia/Shanghai day on which an instant falls; the zero time gives the
// zero Day.
func DayOf(at time.Time) Day {
	if at.IsZero() {
		return Day{}
	}
	y, m, d := at.In(Shanghai()).Date()
	return fromCivil(y, int(m), d)
}

// FromDate turns a day read from a text into a Day; the zero Date gives the zero Day.
func FromDate(d zh.Date) (Day, error) {
	if d.IsZero() {
		return Day{}, nil
	}
	if _, err := zh.NewDate(d.Y, d.M, d.D); err != nil {
		return Day{}, err
	}
	return fromCivil(d.Y, d.M, d.D), nil
}

// ParseDay reads the stored form YYYY-MM-DD; the empty string gives the zero Day. What a
// person typed is read by zh.ParseDay.
func ParseDay(text string) (Day, error) {
	if text == "" {
		return Day{}, nil
	}
	if len(text) != 10 || text[4] != '-' || text[7] != '-' {
		return Day{}, &zh.Fault{Message: fmt.Sprintf("日期“%.20s”应写成YYYY-MM-DD，例如2026-11-24", text)}
	}
	y, ok1 := figures(text[:4])
	m, ok2 := figures(text[5:7])
	d, ok3 := figures(text[8:])
	if !ok1 || !ok2 || !ok3 {
		return Day{}, &zh.Fault{Message: fmt.Sprintf("日期“%.20s”应写成YYYY-MM-DD，例如2026-11-24", text)}
	}
	date, err := zh.NewDate(y, m, d)
	if err != nil {
		return Day{}, err
	}
	return fromCivil(date.Y, date.M, date.D), nil
}

// figures reads decimal digits only, unlike strconv, which also takes signs.
func figures(text string) (int, bool) {
	n := 0
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return 0, false
		}
		n = n*10 + int(text[i]-'0')
	}
	return n, true
}

// IsZero reports whether d is no day.
func (d Day) IsZero() bool { return d.n == 0 }

// Before reports whether d lies before e.
func (d Day) Before(e Day) bool { return d.n < e.n }

// After reports whether d lies after e.
func (d Day) After(e Day) bool { return d.n > e.n }

// Compare orders days for slices.SortFunc.
func (d Day) Compare(e Day) int { return cmp.Compare(d.n, e.n) }

// Sub returns the number of calendar days from e to d.
func (d Day) Sub(e Day) int { return int(d.n - e.n) }

// AddDays returns the day n calendar days later (earlier for negative n). The zero Day
// stays zero, and a day outside 0001 to 9999 is the zero Day.
func (d Day) AddDays(n int) Day {
	if d.IsZero() {
		return d
	}
	sum := int64(d.n) + int64(n)
	if sum < 1 || sum > int64(lastDay) {
		return Day{}
	}
	return Day{int32(sum)}
}

// AddMonths returns the corresponding day n months later, or the last day of that month
// where there is none (民法典第二百零二条): 2026-01-31 and one month is 2026-02-28.
func (d Day) AddMonths(n int) Day {
	if d.IsZero() {
		return d
	}
	y, m, day := d.civil()
	total := int64(y)*12 + int64(m-1) + int64(n)
	if total < 12 || total >= 10_000*12 {
		return Day{}
	}
	y, m = int(total/12), int(total%12)+1
	next := fromCivil(y, m, 1)
	length := monthLength(y, m)
	return Day{next.n + int32(min(day, length)) - 1}
}

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday { return time.Weekday(d.n % 7) }

// Year, Month and Day of the month; all zero for the zero Day.
func (d Day) civil() (y, m, day int) {
	if d.IsZero() {
		return 0, 0, 0
	}
	return civilOf(d.n)
}

// Year returns the calendar year, 0 for the zero Day.
func (d Day) Year() int { y, _, _ := d.civil(); return y }

// Date returns the day as zh writes it.
func (d Day) Date() zh.Date {
	y, m, day := d.civil()
	return zh.Date{Y: y, M: m, D: day}
}

// Start returns the instant at which the day begins in Asia/Shanghai, in UTC.
func (d Day) Start() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	y, m, day := d.civil()
	return time.Date(y, time.Month(m), day, 0, 0, 0, 0, Shanghai()).UTC()
}

// End returns the instant at which the day is over, the start of the next one.
func (d Day) End() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return d.Start().Add(24 * time.Hour)
}

// String prints YYYY-MM-DD, nothing for the zero Day.
func (d Day) String() string {
	if d.IsZero() {
		return ""
	}
	y, m, day := d.civil()
	b := [10]byte{
		'0' + byte(y/1000), '0' + byte(y/100%10), '0' + byte(y/10%10), '0' + byte(y%10), '-',
		'0' + byte(m/10), '0' + byte(m%10), '-', '0' + byte(day/10), '0' + byte(day%10),
	}
	return string(b[:])
}

// MarshalJSON writes the day as a string.
func (d Day) MarshalJSON() ([]byte, error) { return []byte(`"` + d.String() + `"`), nil }

// UnmarshalJSON reads a string or null.
func (d *Day) UnmarshalJSON(data []byte) error {
	var text *string
	if err := json.Unmarshal(data, &text); err != nil {
		return fmt.Errorf("workday: read day: %w", err)
	}
	if text == nil {
		*d = Day{}
		return nil
	}
	day, err := ParseDay(*text)
	if err != nil {
		return fmt.Errorf("workday: read day: %w", err)
	}
	*d = day
	return nil
}

// MarshalText writes YYYY-MM-DD, so that a Day can be a JSON object key.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads YYYY-MM-DD or nothing.
func (d *Day) UnmarshalText(text []byte) error {
	day, err := ParseDay(string(text))
	if err != nil {
		return fmt.Errorf("workday: read day: %w", err)
	}
	*d = day
	return nil
}

// Value stores the day as TEXT, the zero Day as an empty string.
func (d Day) Value() (driver.Value, error) { return d.String(), nil }

// Scan reads what Value stored; NULL gives the zero Day.
func (d *Day) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*d = Day{}
		return nil
	case string:
		return d.UnmarshalText([]byte(v))
	case []byte:
		return d.UnmarshalText(v)
	}
	return fmt.Errorf("workday: read day: column holds %T, want text", src)
}
