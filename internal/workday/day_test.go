package workday

import (
	"encoding/json"
	"testing"
	"time"

	"mingjing/internal/zh"
)

func TestEveryDayAgreesWithTheStandardLibrary(t *testing.T) {
	at := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	for n := int32(1); n <= lastDay; n++ {
		d := Day{n}
		y, m, dd := at.Date()
		gy, gm, gd := d.civil()
		if gy != y || gm != int(m) || gd != dd || fromCivil(y, int(m), dd) != d || d.Weekday() != at.Weekday() {
			t.Fatalf("day %d is %04d-%02d-%02d, want %s", n, gy, gm, gd, at)
		}
		at = at.AddDate(0, 0, 1)
	}
}

func TestADaySurvivesTextJSONAndTheDatabase(t *testing.T) {
	type row struct{ A, B Day }
	in := row{A: day(t, "2026-11-24")}
	data, err := json.Marshal(in)
	if err != nil || string(data) != `{"A":"2026-11-24","B":""}` {
		t.Fatalf("marshalled %s (%v)", data, err)
	}
	var out row
	if err := json.Unmarshal(data, &out); err != nil || out != in {
		t.Errorf("read back %+v (%v)", out, err)
	}
	if err := json.Unmarshal([]byte(`{"A":null,"B":"2026-02-30"}`), &out); err == nil {
		t.Error("30 February was read")
	}
	for _, d := range []Day{{}, in.A} {
		v, err := d.Value()
		if err != nil {
			t.Fatal(err)
		}
		var back, bytes Day
		if back.Scan(v) != nil || back != d || bytes.Scan([]byte(v.(string))) != nil || bytes != d {
			t.Errorf("%q came back as %q", d, back)
		}
	}
	back := in.A
	if back.Scan(nil) != nil || !back.IsZero() || back.Scan(int64(5)) == nil {
		t.Error("NULL is the zero day and a number is refused")
	}
	keyed, err := json.Marshal(map[Day]int{in.A: 1})
	if err != nil || string(keyed) != `{"2026-11-24":1}` {
		t.Errorf("as a key: %s (%v)", keyed, err)
	}
}

func TestOnlyTheStoredFormIsParsed(t *testing.T) {
	for _, bad := range []string{"2026-1-02", "2026/01/02", "2026-02-29", "0000-01-01", "2026-01-02 ", "+026-01-02", "２０２６-01-02", "2026-0１-2"} {
		if d, err := ParseDay(bad); err == nil {
			t.Errorf("%q was read as %s", bad, d)
		}
	}
	if d, err := ParseDay(""); err != nil || !d.IsZero() {
		t.Error("the empty string is the zero day")
	}
}

func TestALegalDayIsTheDayInShanghai(t *testing.T) {
	late := time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC)
	if got := DayOf(late); got.String() != "2026-11-24" {
		t.Errorf("16:00 UTC falls on %s, want 2026-11-24", got)
	}
	if got := DayOf(late.Add(-time.Nanosecond)); got.String() != "2026-11-23" {
		t.Errorf("just before it is %s, want 2026-11-23", got)
	}
	d := day(t, "2026-11-24")
	if !d.Start().Equal(late) || !d.End().Equal(late.Add(24*time.Hour)) || DayOf(d.Start()) != d {
		t.Errorf("the day runs %s to %s", d.Start(), d.End())
	}
	if !DayOf(time.Time{}).IsZero() || !(Day{}).Start().IsZero() || (Day{}).String() != "" {
		t.Error("the zero time and the zero day belong together")
	}
}

func TestDaysAndDatesOfTextsAreTheSame(t *testing.T) {
	d, err := FromDate(zh.Date{Y: 2024, M: 2, D: 29})
	if err != nil || d.Date() != (zh.Date{Y: 2024, M: 2, D: 29}) || d.Year() != 2024 {
		t.Errorf("got %s (%v)", d, err)
	}
	if _, err := FromDate(zh.Date{Y: 2023, M: 2, D: 29}); err == nil {
		t.Error("29 February 2023 became a day")
	}
	if !d.Before(d.AddDays(1)) || !d.AddDays(1).After(d) || d.Compare(d) != 0 || d.AddDays(366).Sub(d) != 366 {
		t.Error("the order of days is wrong")
	}
	if !day(t, "9999-12-31").AddDays(1).IsZero() || !day(t, "0001-01-01").AddDays(-1).IsZero() || !(Day{}).AddDays(5).IsZero() || !day(t, "9999-12-01").AddMonths(1).IsZero() {
		t.Error("a day outside the calendar must be the zero day")
	}
}
