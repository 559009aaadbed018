package workday

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// The test vectors of rulebook §0.1 that are arithmetic on days.
func TestTheRulebookVectorsHold(t *testing.T) {
	c := nationalFor(t)
	for _, v := range []struct {
		name, trigger string
		n             int
		unit          Unit
		profile       ProfileCode
		party         bool
		due, earliest string
	}{
		{"publish a penalty or licence", "2026-11-02", 7, StatuteDay, Disclosure, false, "2026-11-11", "2026-11-12"},
		{"publish another decision", "2026-11-02", 20, StatuteDay, Disclosure, false, "2026-11-30", "2026-12-01"},
		{"withdraw an annulled decision", "2026-11-02", 3, StatuteDay, Penalty, false, "2026-11-05", "2026-11-06"},
		{"ask for a hearing", "2026-11-02", 5, StatuteDay, Penalty, true, "2026-11-09", "2026-11-10"},
		{"give notice of a hearing", "2026-11-20", -7, StatuteDay, Penalty, false, "2026-11-11", "2026-11-12"},
		{"hold evidence", "2026-11-02", 7, StatuteDay, Penalty, false, "2026-11-11", "2026-11-12"},
		{"decide within ninety days", "2026-11-02", 90, StatuteDay, Penalty, false, "2027-01-31", "2027-02-01"},
		{"seizure", "2026-11-02", 30, StatuteDay, Compulsion, false, "2026-12-02", "2026-12-03"},
		{"seizure prolonged", "2026-12-02", 30, StatuteDay, Compulsion, false, "2027-01-01", "2027-01-02"},
		{"licence", "2026-11-02", 20, StatuteDay, Licence, false, "2026-11-30", "2026-12-01"},
		{"licence prolonged", "2026-11-30", 10, StatuteDay, Licence, false, "2026-12-14", "2026-12-15"},
		{"ask for missing papers", "2026-11-02", 5, StatuteDay, Licence, false, "2026-11-09", "2026-11-10"},
		{"pay a fine", "2026-11-05", 15, StatuteDay, Penalty, true, "2026-11-20", "2026-11-21"},
		{"demand before court enforcement", "2026-11-02", 10, StatuteDay, Compulsion, true, "2026-11-16", "2026-11-17"},
	} {
		t.Run(v.name, func(t *testing.T) {
			r, err := c.Due(Deadline{Trigger: day(t, v.trigger), N: v.n, Unit: v.unit, Profile: v.profile, ForParty: v.party})
			if err != nil {
				t.Fatal(err)
			}
			if r.Due.String() != v.due || r.Earliest().String() != v.earliest || r.Provisional {
				t.Errorf("due %s, then %s, provisional %t; want %s, then %s, not provisional", r.Due, r.Earliest(), r.Provisional, v.due, v.earliest)
			}
		})
	}
}

func TestAStatutesDaysAreCountedAsItSays(t *testing.T) {
	for code, work := range map[ProfileCode][]int{
		Penalty: {2, 3, 5, 7}, Compulsion: {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, Reconsider: {3, 5, 7, 10},
		Litigation: nil, Transfer: nil, Registry: nil, Charity: nil, Adoption: nil,
	} {
		p, ok := ProfileOf(code)
		if !ok {
			t.Fatalf("no profile %s", code)
		}
		for n := 1; n <= 90; n++ {
			want := CalendarDay
			if slices.Contains(work, n) {
				want = WorkDay
			}
			if p.Unit(n) != want || p.Unit(-n) != want {
				t.Errorf("%s counts %d days in %s, want %s", code, n, p.Unit(n), want)
			}
		}
	}
	if len(Profiles()) != 11 {
		t.Errorf("%d profiles, the rulebook has 11", len(Profiles()))
	}
	for _, p := range Profiles() {
		if p.Statute == "" || p.Citation == "" || p.Text == "" || p.Status != Verified && p.Status != Memory {
			t.Errorf("profile %s lacks a statute, citation, text or status", p.Code)
		}
	}
}

func TestALastDayRollsForAPartyAndNeverForTheAgency(t *testing.T) {
	c := nationalFor(t)
	// 60 days from 2026-08-03 end on Friday 2026-10-02, inside the National Day holiday.
	d := Deadline{Trigger: day(t, "2026-08-03"), N: 60, Unit: CalendarDay}
	agency, err := c.Due(d)
	if err != nil {
		t.Fatal(err)
	}
	d.ForParty = true
	party, err := c.Work(d)
	if err != nil {
		t.Fatal(err)
	}
	if agency.Due.String() != "2026-10-02" || party.Due.String() != "2026-10-08" || party.Unrolled != agency.Due {
		t.Errorf("agency %s, party %s; want 2026-10-02 and 2026-10-08", agency.Due, party.Due)
	}
	if !party.InTime(day(t, "2026-10-08")) || party.InTime(day(t, "2026-10-09")) {
		t.Error("the last day is in time and the next is not")
	}
	if text := party.Explain(); !strings.Contains(text, "顺延") || !strings.Contains(text, "国庆节") {
		t.Errorf("the roll is not explained:\n%s", text)
	}
}

func TestMonthsAndYearsEndOnTheCorrespondingDay(t *testing.T) {
	c := nationalFor(t)
	for _, v := range []struct {
		from string
		n    int
		unit Unit
		due  string
	}{
		{"2026-01-31", 1, Month, "2026-02-28"}, {"2024-01-31", 1, Month, "2024-02-29"},
		{"2026-05-15", 6, Month, "2026-11-15"}, {"2026-08-31", 6, Month, "2027-02-28"},
		{"2024-02-29", 1, Year, "2025-02-28"}, {"2024-02-29", 4, Year, "2028-02-29"},
		{"2026-03-31", -1, Month, "2026-02-28"}, {"2026-11-24", -2, Year, "2024-11-24"},
		{"2026-12-31", 2, Month, "2027-02-28"},
	} {
		r, err := c.Due(Deadline{Trigger: day(t, v.from), N: v.n, Unit: v.unit})
		if err != nil || r.Due.String() != v.due {
			t.Errorf("%s %+d%s is %s (%v), want %s", v.from, v.n, v.unit, r.Due, err, v.due)
		}
	}
}

func TestHoursRunFromTheInstantThroughNightsAndHolidays(t *testing.T) {
	c := nationalFor(t)
	at := time.Date(2026, 2, 16, 14, 30, 0, 0, Shanghai())
	r, err := c.Due(Deadline{At: at, N: 24, Unit: Hour, Profile: Transfer})
	if err != nil {
		t.Fatal(err)
	}
	if !r.At.Equal(at.Add(24*time.Hour)) || r.Due.String() != "2026-02-17" || r.Deadline.Trigger.String() != "2026-02-16" {
		t.Errorf("24 hours end at %s on %s", r.At, r.Due)
	}
	if text := r.Explain(); !strings.Contains(text, "2026年2月17日14时30分") {
		t.Errorf("the end is not told:\n%s", text)
	}
	if _, err := c.Due(Deadline{Trigger: day(t, "2026-02-16"), N: 24, Unit: Hour}); err == nil {
		t.Error("hours without an instant were computed")
	}
}

// stoppedLoop is the naive oracle for stops: it steps day by day and passes over stops.
func stoppedLoop(c *Calendar, d Deadline) (due Day, left int) {
	n, step := d.N, 1
	if n < 0 {
		n, step = -n, -1
	}
	at := d.Trigger
	for n > 0 {
		at = at.AddDays(step)
		stopped := false
		for _, s := range d.Stops {
			if !at.Before(s.From) && s.To.IsZero() {
				return Day{}, n
			}
			if !at.Before(s.From) && !at.After(s.To) {
				stopped = true
			}
		}
		if stopped || d.Unit == WorkDay && !c.IsWorkday(at) {
			continue
		}
		n--
	}
	return at, 0
}

func TestStopsGiveTheSameDayAsADayLoop(t *testing.T) {
	c := nationalFor(t)
	rnd := rand.New(rand.NewPCG(1, 2))
	base := day(t, "2019-06-01")
	for range 20_000 {
		d := Deadline{Trigger: base.AddDays(rnd.IntN(2000)), N: 1 + rnd.IntN(60), Unit: WorkDay}
		if rnd.IntN(2) == 0 {
			d.Unit = CalendarDay
		}
		if rnd.IntN(4) == 0 {
			d.N = -d.N
		}
		for range rnd.IntN(4) {
			from := d.Trigger.AddDays(rnd.IntN(120) - 60)
			s := Stop{From: from, To: from.AddDays(rnd.IntN(30))}
			if d.N > 0 && rnd.IntN(10) == 0 {
				s.To = Day{}
			}
			d.Stops = append(d.Stops, s)
		}
		r, err := c.Work(d)
		if err != nil {
			t.Fatal(err)
		}
		due, left := stoppedLoop(c, d)
		if r.Due != due || r.Left != left || r.Standing != (left > 0) {
			t.Fatalf("%+v: due %s left %d, the day loop says %s left %d", d, r.Due, r.Left, due, left)
		}
		counted := 0
		for _, s := range r.Working {
			if s.Kind == Counted || s.Kind == MadeUp {
				counted++
			}
		}
		if want := max(d.N, -d.N) - left; counted != want {
			t.Fatalf("%+v: the working counts %d days, want %d", d, counted, want)
		}
	}
}

func TestAMonthPeriodIsProlongedByTheStoppedDays(t *testing.T) {
	c := nationalFor(t)
	d := Deadline{Trigger: day(t, "2026-03-10"), N: 1, Unit: Month, Stops: []Stop{
		{From: day(t, "2026-04-01"), To: day(t, "2026-04-05"), Reason: "检验"},
		{From: day(t, "2026-04-04"), To: day(t, "2026-04-06"), Reason: "听证"},
		{From: day(t, "2026-05-01"), To: day(t, "2026-05-02"), Reason: "公告"},
	}}
	r, err := c.Work(d)
	if err != nil || r.Due.String() != "2026-04-16" {
		t.Errorf("due %s (%v), want 2026-04-16: six stopped days", r.Due, err)
	}
	d.Stops[0].To = Day{}
	r, err = c.Due(d)
	if err != nil || !r.Standing || r.Left != 10 || !r.Due.IsZero() || !r.InTime(day(t, "2030-01-01")) {
		t.Errorf("with an open stop: %+v (%v), want ten days left and no due day", r, err)
	}
}

func TestAYearThatIsNotAnnouncedMakesADeadlineProvisionalOnlyWhereItMatters(t *testing.T) {
	c := nationalFor(t)
	for _, v := range []struct {
		d           Deadline
		provisional bool
	}{
		{Deadline{Trigger: day(t, "2026-12-25"), N: 7, Unit: WorkDay}, true},
		{Deadline{Trigger: day(t, "2026-12-21"), N: 7, Unit: WorkDay}, false},
		{Deadline{Trigger: day(t, "2026-12-25"), N: 30, Unit: CalendarDay}, false},
		{Deadline{Trigger: day(t, "2026-12-25"), N: 30, Unit: CalendarDay, ForParty: true}, true},
		{Deadline{Trigger: day(t, "2026-08-25"), N: 6, Unit: Month, ForParty: true}, true},
		{Deadline{Trigger: day(t, "2027-01-04"), N: -3, Unit: WorkDay}, true},
		{Deadline{Trigger: day(t, "2027-01-01"), N: -3, Unit: WorkDay}, false},
	} {
		r, err := c.Work(v.d)
		if err != nil || r.Provisional != v.provisional {
			t.Errorf("%+v: provisional %t (%v), want %t", v.d, r.Provisional, err, v.provisional)
		}
		if strings.Contains(r.Explain(), "暂定") != v.provisional {
			t.Errorf("%+v: the explanation and the mark differ:\n%s", v.d, r.Explain())
		}
	}
}

func TestTheExplanationNamesWhatWasSkippedAndMadeUp(t *testing.T) {
	c := nationalFor(t)
	r, err := c.Work(Deadline{Rule: "SX-13", Basis: "国办发〔2018〕118号", Trigger: day(t, "2026-02-13"), N: 7, Unit: StatuteDay, Profile: Disclosure,
		Stops: []Stop{{From: day(t, "2026-02-25"), To: day(t, "2026-02-26"), Reason: "检验"}}})
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Join([]string{
		"规则：SX-13 国办发〔2018〕118号",
		"计算方法：国办发〔2018〕118号；三项制度工作责任分工表第10项：自决定作出之日起以工作日计算",
		"起算：2026年2月13日（星期五）为起算事由发生之日，当日不计入",
		"期限：7个工作日",
		"计入：2026年2月14日（星期六），春节调休上班",
		"不计：2026年2月15日（星期日）至2026年2月23日（星期一）共9日，春节放假",
		"中止：2026年2月25日（星期三）至2026年2月26日（星期四）共2日，检验，不计入期限",
		"计入：2026年2月28日（星期六），春节调休上班",
		"不计：2026年3月1日（星期日），休息日",
		"届满：2026年3月4日（星期三）；期满后最早可于2026年3月5日（星期四）作出后续行为",
		"日历：国务院办公厅放假安排 " + c.Version(),
	}, "\n") + "\n"
	if got := r.Explain(); got != want {
		t.Errorf("explained as\n%swant\n%s", got, want)
	}
}

func TestABadDeadlineIsRefusedInChinese(t *testing.T) {
	c := nationalFor(t)
	ok := day(t, "2026-02-13")
	for says, d := range map[string]Deadline{
		"缺少起算日": {N: 7, Unit: WorkDay},
		"单位":    {Trigger: ok, N: 7, Unit: "week"},
		"计算方法":  {Trigger: ok, N: 7, Unit: StatuteDay, Profile: "DC-??"},
		"过长":    {Trigger: ok, N: 40_000, Unit: WorkDay},
		"早于":    {Trigger: ok, N: 7, Unit: WorkDay, Stops: []Stop{{From: ok, To: ok.AddDays(-1)}}},
		"开始日期":  {Trigger: ok, N: 7, Unit: WorkDay, Stops: []Stop{{To: ok}}},
		"范围":    {Trigger: day(t, "1800-01-01"), N: 7, Unit: WorkDay},
		"向前推算":  {Trigger: ok, N: -7, Unit: Month, Stops: []Stop{{From: ok, To: ok}}},
	} {
		if _, err := c.Due(d); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%+v: %v, want a message with %s", d, err, says)
		}
	}
	if _, err := c.Due(Deadline{Trigger: day(t, "2190-01-01"), N: 36_000, Unit: WorkDay}); err == nil {
		t.Error("a day beyond the arrays was computed")
	}
}

// The reference is what one writes first: time.Time and a map by text, day by day.
func BenchmarkTwentyWorkdaysByTimeAndMap(b *testing.B) {
	off := map[string]bool{}
	for d, rest := range listedDays(nationalFor(b)) {
		off[d.String()] = rest
	}
	base := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	i := 0
	for b.Loop() {
		at := base.AddDate(0, 0, i%2000)
		for n := 20; n > 0; {
			at = at.AddDate(0, 0, 1)
			rest, listed := off[at.Format("2006-01-02")]
			if listed && !rest || !listed && at.Weekday() != time.Saturday && at.Weekday() != time.Sunday {
				n--
			}
		}
		i++
	}
}

func BenchmarkTwentyWorkdaysByArrays(b *testing.B) {
	c := nationalFor(b)
	base := fromCivil(2020, 1, 1)
	i := 0
	for b.Loop() {
		if _, err := c.AddWorkdays(base.AddDays(i%2000), 20); err != nil {
			b.Fatal(err)
		}
		i++
	}
}

func BenchmarkTwentyWorkdaysAsADeadline(b *testing.B) {
	c := nationalFor(b)
	base := fromCivil(2020, 1, 1)
	i := 0
	for b.Loop() {
		if _, err := c.Due(Deadline{Trigger: base.AddDays(i % 2000), N: 20, Unit: WorkDay}); err != nil {
			b.Fatal(err)
		}
		i++
	}
}
