package workday

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"mingjing/internal/zh"
)

//go:embed data/holidays.csv
var holidays string

// Row is one line of a yearly notice of the State Council: a weekday that is off, or a
// day of the weekend that is worked.
type Row struct {
	Day    Day
	Name   string // the holiday, such as 春节
	Off    bool   // true: rest day; false: make-up working day (调休上班)
	Notice int    // the year whose notice lists the day
}

// Kind says what a day is in the calendar.
type Kind uint8

// The kinds of days.
const (
	Workday Kind = iota // Monday to Friday, not listed
	Weekend             // Saturday or Sunday, not listed
	Holiday             // listed as a rest day
	Makeup              // listed as a working day
)

// The days for which a calendar computes. Outside them Due refuses.
var (
	firstComputed = fromCivil(1949, 10, 1)
	lastComputed  = fromCivil(2199, 12, 31)
)

// Calendar knows which days are worked. It never changes after it is made and may be used
// by many goroutines.
type Calendar struct {
	version string
	rows    []Row // by day
	known   map[int]bool
	last    int // the last year whose notice is loaded

	kind []Kind // by day since firstComputed
	rank []int32
	nth  []int32 // the day (since firstComputed) of the n-th working day; nth[0] is unused
	name map[Day]string
}

// national is built once, on first use, and never changes.
var national = sync.OnceValues(func() (*Calendar, error) {
	rows, err := ParseRows(strings.NewReader(holidays))
	if err != nil {
		return nil, fmt.Errorf("workday: embedded calendar: %w", err)
	}
	return NewCalendar(rows)
})

// National returns the calendar that ships with the program: 2007 to 2026.
func National() (*Calendar, error) { return national() }

// NewCalendar makes a calendar from the rows of whole yearly notices. It refuses a day
// listed twice and a row that lies outside the year before to the year after its notice.
func NewCalendar(rows []Row) (*Calendar, error) {
	c := &Calendar{rows: slices.Clone(rows), known: map[int]bool{}, name: map[Day]string{}}
	slices.SortFunc(c.rows, func(a, b Row) int { return a.Day.Compare(b.Day) })
	for i, r := range c.rows {
		switch {
		case r.Day.Before(firstComputed) || r.Day.After(lastComputed):
			return nil, flaw("放假安排中的日期%s超出范围", r.Day)
		case i > 0 && c.rows[i-1].Day == r.Day:
			return nil, flaw("放假安排中%s列了两次", r.Day)
		case r.Day.Year() < r.Notice-1 || r.Day.Year() > r.Notice+1:
			return nil, flaw("放假安排中的%s不属于%d年的通知", r.Day, r.Notice)
		}
		c.known[r.Notice] = true
		c.last = max(c.last, r.Notice)
		c.name[r.Day] = r.Name
	}
	c.index()
	c.version = versionOf(c.rows, c.last)
	return c, nil
}

// index builds the arrays that make counting working days a look-up.
func (c *Calendar) index() {
	n := lastComputed.Sub(firstComputed) + 1
	c.kind, c.rank, c.nth = make([]Kind, n), make([]int32, n), make([]int32, 1, n)
	for i := range n {
		if w := firstComputed.AddDays(i).Weekday(); w == time.Saturday || w == time.Sunday {
			c.kind[i] = Weekend
		}
	}
	for _, r := range c.rows {
		c.kind[r.Day.Sub(firstComputed)] = Makeup
		if r.Off {
			c.kind[r.Day.Sub(firstComputed)] = Holiday
		}
	}
	for i, k := range c.kind {
		if k == Workday || k == Makeup {
			c.nth = append(c.nth, int32(i))
		}
		c.rank[i] = int32(len(c.nth) - 1)
	}
}

// With returns a calendar in which the notices of the years in rows replace those of the
// same years: a newer year is added, an amended notice supersedes the first.
func (c *Calendar) With(rows []Row) (*Calendar, error) {
	years := map[int]bool{}
	for _, r := range rows {
		years[r.Notice] = true
	}
	merged := slices.Clone(rows)
	for _, r := range c.rows {
		if !years[r.Notice] {
			merged = append(merged, r)
		}
	}
	return NewCalendar(merged)
}

// Version names the calendar by its years and content; two calendars with the same
// version give the same days.
func (c *Calendar) Version() string { return c.version }

// LastKnownYear is the last year whose holidays are announced. Days after it are
// provisional: weekends only.
func (c *Calendar) LastKnownYear() int { return c.last }

// Known reports whether the holidays of the day's year are announced.
func (c *Calendar) Known(d Day) bool { return c.known[d.Year()] }

// Rows returns the listed days in order.
func (c *Calendar) Rows() []Row { return slices.Clone(c.rows) }

// KindOf says what a day is, and the holiday's name where it is listed.
func (c *Calendar) KindOf(d Day) (Kind, string) {
	if d.Before(firstComputed) || d.After(lastComputed) {
		if w := d.Weekday(); w == time.Saturday || w == time.Sunday {
			return Weekend, ""
		}
		return Workday, ""
	}
	return c.kind[d.Sub(firstComputed)], c.name[d]
}

// IsWorkday reports whether a day is worked.
func (c *Calendar) IsWorkday(d Day) bool {
	k, _ := c.KindOf(d)
	return k == Workday || k == Makeup
}

// AddWorkdays returns the n-th working day after d, d itself not counted; for negative n
// the n-th working day before d; for zero d.
func (c *Calendar) AddWorkdays(d Day, n int) (Day, error) {
	if err := inRange(d); err != nil {
		return Day{}, err
	}
	i := d.Sub(firstComputed)
	at := int64(c.rank[i]) + int64(n)
	switch {
	case n == 0:
		return d, nil
	case n < 0 && (c.kind[i] == Workday || c.kind[i] == Makeup):
		// rank counts d itself, which is not counted backwards.
	case n < 0:
		at++
	}
	if at < 1 || at >= int64(len(c.nth)) {
		return Day{}, outOfRange()
	}
	return firstComputed.AddDays(int(c.nth[at])), nil
}

// WorkdaysBetween counts the working days after from up to and including to; zero when to
// is not after from or a day is out of range.
func (c *Calendar) WorkdaysBetween(from, to Day) int {
	if inRange(from) != nil || inRange(to) != nil || !to.After(from) {
		return 0
	}
	return int(c.rank[to.Sub(firstComputed)] - c.rank[from.Sub(firstComputed)])
}

// Roll returns d if it is worked and otherwise the next working day
// (民事诉讼法第八十五条第三款, 民法典第二百零三条).
func (c *Calendar) Roll(d Day) Day {
	for !d.IsZero() && !c.IsWorkday(d) {
		d = d.AddDays(1)
	}
	return d
}

// inRange refuses days for which no arrays exist.
func inRange(d Day) error {
	if d.IsZero() || d.Before(firstComputed) || d.After(lastComputed) {
		return outOfRange()
	}
	return nil
}

func outOfRange() error {
	return flaw("日期超出可计算的范围（%s至%s）", firstComputed, lastComputed)
}

func versionOf(rows []Row, last int) string {
	h := sha256.New()
	first := last
	for _, r := range rows {
		first = min(first, r.Notice)
		fmt.Fprintf(h, "%s %s %t %d\n", r.Day, r.Name, r.Off, r.Notice)
	}
	return fmt.Sprintf("%d-%d-%s", first, last, hex.EncodeToString(h.Sum(nil))[:8])
}

// flaw makes an error whose Chinese message may be shown to a person.
func flaw(format string, args ...any) error {
	return &zh.Fault{Message: fmt.Sprintf(format, args...)}
}
