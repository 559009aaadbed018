package workday

import (
	"cmp"
	"slices"
	"time"
)

// Deadline is a period before it is computed: everything that a person may ask about it
// later, and nothing that depends on a calendar.
type Deadline struct {
	Rule    string // the code of the law row that sets it, such as CF-47
	Basis   string // its citation, such as 行政处罚法第六十四条第一项
	Trigger Day    // the day of the event; it is never counted (民法典第二百零一条)
	N       int    // the length; negative counts backwards from the trigger
	Unit    Unit
	Profile ProfileCode // how the statute counts 日; needed when Unit is StatuteDay
	Stops   []Stop      // when the clock stands still; any order, may overlap
	// ForParty says that the period is a right of a party: a last day that is not worked
	// rolls to the next working day (民事诉讼法第八十五条第三款). An agency's own duty is
	// not rolled, so that the alarm is the earlier day.
	ForParty bool
	// At is the instant of the event for a period of hours; Trigger is then its day.
	At time.Time
}

// Stop is a span in which the clock stands still, both days included: hearing, testing,
// announcement, expert review, asking a third party (行政许可法第四十五条, 行政强制法
// 第二十五条第三款). The zero To says that the clock still stands.
type Stop struct {
	From, To Day
	Reason   string // in Chinese, such as 检验
}

// Result is a computed deadline.
type Result struct {
	Deadline Deadline
	Unit     Unit // the unit that was counted: StatuteDay is resolved here
	// Due is the last day on which the act is in time. It is the zero Day while the clock
	// stands (Standing).
	Due Day
	// Unrolled is the last day before it was rolled for a party; otherwise equal to Due.
	Unrolled Day
	// At is the instant at which a period of hours ends.
	At time.Time
	// Provisional says that days of a year whose holidays are not announced were counted
	// by weekends only. Nothing may be refused because of a provisional day.
	Provisional bool
	// Unsettled says that working days were counted among the last three days of a year
	// whose successor is not announced: the notices for 2008, 2012, 2019 and 2023 moved
	// some of those days. The result is announced law and not provisional, but may move.
	Unsettled bool
	// Standing says that an open stop holds the clock; Left is what remains then, in Unit
	// (for months and years in calendar days).
	Standing bool
	Left     int
	// CalendarVersion names the calendar that gave the result.
	CalendarVersion string
	// Working is the day by day account; only Work fills it.
	Working []Step
}

// Earliest is the first day on which what has to wait for the period may be done: the day
// after the last day. The zero Day while the clock stands.
func (r Result) Earliest() Day { return r.Due.AddDays(1) }

// InTime reports whether an act on day was in time. While the clock stands every day is.
func (r Result) InTime(day Day) bool {
	return r.Standing || !day.After(r.Due)
}

// Due computes a deadline. It refuses a missing trigger, an unknown unit or profile, a
// length out of bounds and a stop that ends before it begins, in Chinese.
func (c *Calendar) Due(d Deadline) (Result, error) {
	r := Result{Deadline: d, Unit: d.Unit, CalendarVersion: c.version}
	if err := r.resolve(); err != nil {
		return Result{}, err
	}
	stops := d.Stops
	if len(stops) > 0 {
		merged, err := mergeStops(stops)
		if err != nil {
			return Result{}, err
		}
		stops = merged
	}
	var err error
	switch {
	case r.Unit == Hour:
		r.At = d.At.Add(time.Duration(d.N) * time.Hour)
		r.Unrolled = DayOf(r.At)
	case r.Unit == Month || r.Unit == Year:
		err = r.byMonths(stops)
	case d.N < 0:
		r.Unrolled, err = c.backward(d.Trigger, -d.N, r.Unit, stops)
	default:
		err = c.forward(&r, stops)
	}
	if err != nil {
		return Result{}, err
	}
	if r.Standing {
		return r, nil
	}
	if err := inRange(r.Unrolled); err != nil {
		return Result{}, err
	}
	r.Due = r.Unrolled
	if d.ForParty && d.N > 0 && r.Unit != Hour {
		r.Due = c.Roll(r.Unrolled)
	}
	r.Provisional = c.provisional(r)
	r.Unsettled = r.Unit == WorkDay && !r.Due.Before(fromCivil(c.last, 12, 29))
	return r, nil
}

// resolve checks the deadline and settles its unit.
func (r *Result) resolve() error {
	d := &r.Deadline
	if d.Unit == Hour {
		switch {
		case d.At.IsZero():
			return flaw("以小时计的期限需要起算时刻，例如2026-02-13 09:30 +24h")
		case len(d.Stops) > 0:
			return flaw("以小时计的期限不适用中止")
		}
		d.Trigger = DayOf(d.At)
	}
	if d.Trigger.IsZero() {
		return flaw("期限缺少起算日")
	}
	if err := inRange(d.Trigger); err != nil {
		return err
	}
	if !d.Unit.Valid() {
		return flaw("期限单位“%.8s”不存在，应为wd（工作日）、cd（自然日）、mo（月）、y（年）或h（小时）", d.Unit)
	}
	if d.N > d.Unit.most() || d.N < -d.Unit.most() {
		return flaw("期限过长，%s最多%d", d.Unit.Length(d.N), d.Unit.most())
	}
	if d.Unit == StatuteDay {
		p, ok := ProfileOf(d.Profile)
		if !ok {
			return flaw("期限的计算方法“%.10s”不存在，应为DC-CF等", d.Profile)
		}
		r.Unit = p.Unit(d.N)
	}
	return nil
}

// forward counts N working or calendar days after the trigger, passing over stops.
func (c *Calendar) forward(r *Result, stops []Stop) error {
	at, left := r.Deadline.Trigger, r.Deadline.N
	for _, s := range stops {
		if !s.To.IsZero() && !s.To.After(at) {
			continue
		}
		before := max(c.count(r.Unit, at, s.From.AddDays(-1)), 0)
		if before >= left {
			break
		}
		left -= before
		if s.To.IsZero() {
			r.Standing, r.Left = true, left
			return nil
		}
		at = s.To
	}
	due, err := c.add(r.Unit, at, left)
	r.Unrolled = due
	return err
}

// backward counts n days before the trigger, passing over stops. A stop that is still
// open reaches to the trigger.
func (c *Calendar) backward(trigger Day, n int, unit Unit, stops []Stop) (Day, error) {
	at, left := trigger, n
	for _, s := range slices.Backward(stops) {
		to := s.To
		if to.IsZero() {
			to = trigger.AddDays(-1)
		}
		if !s.From.Before(at) {
			continue
		}
		between := max(c.count(unit, to, at.AddDays(-1)), 0)
		if between >= left {
			break
		}
		left -= between
		at = s.From
	}
	return c.add(unit, at, -left)
}

// byMonths moves by the corresponding day and then by the calendar days of the stops.
func (r *Result) byMonths(stops []Stop) error {
	months := r.Deadline.N
	if r.Unit == Year {
		months *= 12
	}
	due := r.Deadline.Trigger.AddMonths(months)
	if months < 0 && len(stops) > 0 {
		return flaw("向前推算月或年的期限不适用中止")
	}
	for _, s := range stops {
		from := s.From
		if !from.After(r.Deadline.Trigger) {
			from = r.Deadline.Trigger.AddDays(1)
		}
		if from.After(due) {
			break
		}
		if s.To.IsZero() {
			r.Standing, r.Left = true, due.Sub(from)+1
			return nil
		}
		if days := s.To.Sub(from) + 1; days > 0 {
			due = due.AddDays(days)
		}
	}
	r.Unrolled = due
	return nil
}

// count counts units after from up to and including to; negative or zero when to is not
// after from.
func (c *Calendar) count(unit Unit, from, to Day) int {
	if unit == WorkDay {
		return c.WorkdaysBetween(from, to)
	}
	return to.Sub(from)
}

func (c *Calendar) add(unit Unit, d Day, n int) (Day, error) {
	if unit == WorkDay {
		return c.AddWorkdays(d, n)
	}
	sum := d.AddDays(n)
	return sum, inRange(sum)
}

// provisional reports whether the result rests on a year that is not announced.
func (c *Calendar) provisional(r Result) bool {
	from, to := r.Unrolled, r.Due // For calendar units only a roll asks the calendar.
	switch {
	case r.Unit == WorkDay && r.Deadline.N > 0:
		from, to = r.Deadline.Trigger.AddDays(1), r.Due
	case r.Unit == WorkDay && r.Deadline.N < 0:
		from, to = r.Due, r.Deadline.Trigger.AddDays(-1)
	case !r.Deadline.ForParty || r.Unit == Hour || r.Deadline.N <= 0:
		return false
	}
	for y := from.Year(); y <= to.Year(); y++ {
		if !c.known[y] {
			return true
		}
	}
	return false
}

// mergeStops orders stops and joins those that touch, so that no day is passed over twice.
func mergeStops(stops []Stop) ([]Stop, error) {
	sorted := slices.Clone(stops)
	for _, s := range sorted {
		if s.From.IsZero() {
			return nil, flaw("中止缺少开始日期（%.20s）", s.Reason)
		}
		if !s.To.IsZero() && s.To.Before(s.From) {
			return nil, flaw("中止的结束日期%s早于开始日期%s", s.To, s.From)
		}
	}
	slices.SortFunc(sorted, func(a, b Stop) int {
		return cmp.Or(a.From.Compare(b.From), a.To.Compare(b.To))
	})
	merged := sorted[:0:0]
	for _, s := range sorted {
		last := len(merged) - 1
		if last < 0 || !merged[last].To.IsZero() && s.From.After(merged[last].To.AddDays(1)) {
			merged = append(merged, s)
			continue
		}
		if !merged[last].To.IsZero() && (s.To.IsZero() || s.To.After(merged[last].To)) {
			merged[last].To = s.To
		}
	}
	return merged, nil
}
