package workday

// StepKind says what the working did with a day.
type StepKind string

// What a day in the working is.
const (
	Counted    StepKind = "counted" // counted, an ordinary day
	MadeUp     StepKind = "makeup"  // counted, a weekend day that is worked (调休)
	SkipRest   StepKind = "weekend" // passed over, Saturday or Sunday
	SkipFeast  StepKind = "holiday" // passed over, a statutory holiday
	SkipStop   StepKind = "stopped" // passed over, the clock stands
	RolledOver StepKind = "rolled"  // after the last day, passed over for the party
)

// Step is one day of the working. N is the running count of a counted day, zero otherwise.
// Name is the holiday's name, or the reason of a stop.
type Step struct {
	Day  Day
	Kind StepKind
	Name string
	N    int
}

// Work computes a deadline and fills Working: every day between trigger and last day, in
// the order of counting, for working and calendar days; for months and years the stopped
// and rolled days only, because such a period is not counted by days.
func (c *Calendar) Work(d Deadline) (Result, error) {
	r, err := c.Due(d)
	if err != nil {
		return Result{}, err
	}
	if r.Unit == Hour {
		return r, nil
	}
	trigger, end, step := r.Deadline.Trigger, r.Unrolled, 1
	if d.N < 0 {
		step = -1
	}
	if r.Standing {
		if end = openFrom(d.Stops); end.Before(trigger) {
			end = trigger
		}
	}
	byDay := r.Unit == WorkDay || r.Unit == CalendarDay
	n := 0
	for day := trigger; day != end && !day.IsZero() && d.N != 0; {
		day = day.AddDays(step)
		s := c.stepOf(day, r.Unit, d)
		if s.Kind == Counted || s.Kind == MadeUp {
			n++
			s.N = n
		}
		if byDay || s.Kind == SkipStop {
			r.Working = append(r.Working, s)
		}
	}
	for day := r.Unrolled; !r.Standing && day != r.Due; {
		_, name := c.KindOf(day)
		r.Working = append(r.Working, Step{Day: day, Kind: RolledOver, Name: name})
		day = day.AddDays(1)
	}
	return r, nil
}

// stepOf says what counting did with a day.
func (c *Calendar) stepOf(day Day, unit Unit, d Deadline) Step {
	for _, s := range d.Stops {
		open := s.To.IsZero() && (d.N > 0 || day.Before(d.Trigger))
		if !day.Before(s.From) && (open || !day.After(s.To)) {
			return Step{Day: day, Kind: SkipStop, Name: s.Reason}
		}
	}
	kind, name := c.KindOf(day)
	s := Step{Day: day, Kind: Counted, Name: name}
	if unit == WorkDay {
		switch kind {
		case Weekend:
			s.Kind = SkipRest
		case Holiday:
			s.Kind = SkipFeast
		case Makeup:
			s.Kind = MadeUp
		}
	}
	return s
}

// openFrom returns the first day of the earliest stop that is still open.
func openFrom(stops []Stop) Day {
	var first Day
	for _, s := range stops {
		if s.To.IsZero() && (first.IsZero() || s.From.Before(first)) {
			first = s.From
		}
	}
	return first
}
