package workday

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

// dayLoop is the naive oracle: it steps day by day and asks a map built from the rows.
func dayLoop(listed map[Day]bool, from Day, n int) Day {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for d := from; ; {
		if n == 0 {
			return d
		}
		d = d.AddDays(step)
		off, ok := listed[d]
		if !ok {
			w := d.Weekday()
			off = w == time.Saturday || w == time.Sunday
		}
		if !off {
			n--
		}
	}
}

func listedDays(c *Calendar) map[Day]bool {
	listed := map[Day]bool{}
	for _, r := range c.Rows() {
		listed[r.Day] = r.Off
	}
	return listed
}

func TestEveryWorkdayVectorGivesItsDueDay(t *testing.T) {
	c := nationalFor(t)
	rows := sharedRows(t, "standards/data/workday-vectors.csv")
	if len(rows) < 118 {
		t.Fatalf("%d vectors, want at least 118", len(rows))
	}
	for _, row := range rows {
		n, err := strconv.Atoi(row[1])
		if err != nil {
			t.Fatal(err)
		}
		start := day(t, row[0])
		r, err := c.Work(Deadline{Trigger: start, N: n, Unit: WorkDay})
		if err != nil {
			t.Fatal(err)
		}
		if r.Due.String() != row[2] {
			t.Errorf("%s +%dwd is %s, want %s", row[0], n, r.Due, row[2])
		}
		if got := r.Due.Sub(start); strconv.Itoa(got) != row[3] {
			t.Errorf("%s +%dwd spans %d calendar days, want %s", row[0], n, got, row[3])
		}
		weekdayHolidays, makeups := 0, 0
		for _, s := range r.Working {
			weekend := s.Day.Weekday() == time.Saturday || s.Day.Weekday() == time.Sunday
			if s.Kind == SkipFeast && !weekend {
				weekdayHolidays++
			}
			if s.Kind == MadeUp && weekend {
				makeups++
			}
		}
		if strconv.Itoa(weekdayHolidays) != row[4] || strconv.Itoa(makeups) != row[5] {
			t.Errorf("%s +%dwd shows %d weekday holidays and %d make-up days, want %s and %s", row[0], n, weekdayHolidays, makeups, row[4], row[5])
		}
	}
}

func TestTheArraysAgreeWithADayLoopOnEveryDateFrom2007To2026(t *testing.T) {
	c := nationalFor(t)
	listed := listedDays(c)
	for d := day(t, "2007-01-01"); !d.After(day(t, "2026-12-31")); d = d.AddDays(1) {
		for _, n := range []int{1, 2, 3, 5, 7, 10, 20, 30, 60, -1, -3, -7, -20} {
			got, err := c.AddWorkdays(d, n)
			if err != nil {
				t.Fatal(err)
			}
			if want := dayLoop(listed, d, n); got != want {
				t.Fatalf("%s %+dwd is %s, the day loop says %s", d, n, got, want)
			}
		}
	}
}

func TestTheEmbeddedCalendarEqualsTheStandardsFileFor2018To2026(t *testing.T) {
	c := nationalFor(t)
	f, err := os.Open(sharedFile(t, "standards/data/holidays-cn.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	want, err := ParseRows(f)
	if err != nil {
		t.Fatal(err)
	}
	if len(want) != 315 {
		t.Fatalf("%d rows, want 315", len(want))
	}
	have := map[Day]Row{}
	for _, r := range c.Rows() {
		if r.Notice >= 2018 {
			have[r.Day] = r
		}
	}
	for _, r := range want {
		if have[r.Day].Off != r.Off || have[r.Day].Notice != r.Notice {
			t.Errorf("%s is %+v, the standards file says %+v", r.Day, have[r.Day], r)
		}
		delete(have, r.Day)
	}
	for d := range have {
		t.Errorf("%s is listed in the embedded calendar only", d)
	}
}

func TestWorkingDaysOfAYearAreAsTheStandardsStudyCountsThem(t *testing.T) {
	c := nationalFor(t)
	for year, want := range map[int]int{2018: 250, 2019: 250, 2020: 249, 2021: 250, 2022: 249, 2023: 249, 2024: 251, 2025: 248, 2026: 248} {
		if got := c.WorkdaysBetween(fromCivil(year-1, 12, 31), fromCivil(year, 12, 31)); got != want {
			t.Errorf("%d has %d working days, want %d", year, got, want)
		}
	}
	if c.LastKnownYear() != 2026 || c.Known(day(t, "2027-01-04")) || !c.Known(day(t, "2007-01-04")) {
		t.Errorf("the calendar must know 2007 to 2026, last known is %d", c.LastKnownYear())
	}
}

func TestANewYearReplacesNothingAndAnAmendedOneReplacesItsNotice(t *testing.T) {
	c := nationalFor(t)
	next, err := ParseRows(strings.NewReader("date,name,is_off_day,year_file\n2027-01-01,元旦,1,2027\n2026-12-31,元旦,1,2027\n2027-01-03,元旦,0,2027\n"))
	if err != nil {
		t.Fatal(err)
	}
	with, err := c.With(next)
	if err != nil {
		t.Fatal(err)
	}
	if with.LastKnownYear() != 2027 || len(with.Rows()) != len(c.Rows())+3 || with.Version() == c.Version() {
		t.Errorf("adding 2027 gave year %d, %d rows, version %s", with.LastKnownYear(), len(with.Rows()), with.Version())
	}
	if c.LastKnownYear() != 2026 || !c.IsWorkday(day(t, "2026-12-31")) {
		t.Error("With changed the calendar it was asked of")
	}
	again, err := with.With(next[:1])
	if err != nil {
		t.Fatal(err)
	}
	if !again.IsWorkday(day(t, "2026-12-31")) {
		t.Error("the amended notice must replace the whole first notice of its year")
	}
	moves, err := Moved(c, with, []Deadline{
		{Trigger: day(t, "2026-12-28"), N: 7, Unit: WorkDay},
		{Trigger: day(t, "2026-06-01"), N: 7, Unit: WorkDay},
		{Trigger: day(t, "2026-12-28"), N: 7, Unit: CalendarDay},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(moves) != 1 || moves[0].Index != 0 || !moves[0].Old.Provisional || moves[0].New.Provisional {
		t.Fatalf("moved %+v, want the first deadline only", moves)
	}
	// 12-29, 12-30, then 01-03 (made up), 01-04 to 01-07.
	if got := moves[0].New.Due.String(); got != "2027-01-07" {
		t.Errorf("the deadline moves to %s, want 2027-01-07", got)
	}
}

func TestABrokenCalendarTableIsRefusedInChinese(t *testing.T) {
	for name, c := range map[string]struct{ table, says string }{
		"nothing":        {"", "空的"},
		"missing column": {"date,name,is_off_day\n", "year_file"},
		"bad day":        {"date,name,is_off_day,year_file\n2027-02-30,春节,1,2027\n", "第2行"},
		"bad flag":       {"date,name,is_off_day,year_file\n2027-02-03,春节,休,2027\n", "is_off_day"},
		"bad year":       {"date,name,is_off_day,year_file\n2027-02-03,春节,1,两千\n", "通知年份"},
		"bad quoting":    {"date,name,is_off_day,year_file\n2027-02-03,\"春,1,2027\n", "CSV"},
		"short line":     {"date,name,is_off_day,year_file\n2027-02-03\n", "第2行"},
	} {
		if _, err := ParseRows(strings.NewReader(c.table)); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want a message with %s", name, err, c.says)
		}
	}
	for name, rows := range map[string][]Row{
		"listed twice":  {{day(t, "2027-01-01"), "元旦", true, 2027}, {day(t, "2027-01-01"), "元旦", true, 2027}},
		"foreign year":  {{day(t, "2027-01-01"), "元旦", true, 2030}},
		"out of bounds": {{day(t, "1900-01-01"), "元旦", true, 1900}},
	} {
		if _, err := NewCalendar(rows); err == nil {
			t.Errorf("%s: a calendar was made", name)
		}
	}
}

func TestAYearlyFileAsPublishedIsRead(t *testing.T) {
	rows, err := ParseNotice([]byte(`{"year":2027,"papers":[],"days":[{"name":"元旦","date":"2027-01-01","isOffDay":true},{"name":"元旦","date":"2027-01-03","isOffDay":false}]}`))
	if err != nil || len(rows) != 2 || !rows[0].Off || rows[1].Off || rows[1].Notice != 2027 {
		t.Errorf("read %+v, %v", rows, err)
	}
	for _, bad := range []string{``, `[]`, `{"year":2027}`, `{"year":2027,"days":[{"date":"2027-13-01","isOffDay":true}]}`, `{"year":2027,"days":[{"date":"2027-01-01"}]}`} {
		if _, err := ParseNotice([]byte(bad)); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}
