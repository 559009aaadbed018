package page_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"mingjing/internal/web/page"
	"mingjing/internal/workday"
)

func TestAnEngineRefusesWhatAVisitorWouldFind(t *testing.T) {
	for name, c := range map[string]struct {
		files fstest.MapFS
		table page.Table
	}{
		"a missing fragment":  {fstest.MapFS{}, page.Table{"x": {"layout_portal", "x"}}},
		"a broken fragment":   {fstest.MapFS{"x.tmpl": {Data: []byte("{{if}}")}}, page.Table{"x": {"layout_portal", "x"}}},
		"an unused fragment":  {fstest.MapFS{"y.tmpl": {Data: []byte("y")}}, page.Table{"problem": {"layout_portal", "problem"}}},
		"a page without form": {fstest.MapFS{"x.tmpl": {Data: []byte("x")}}, page.Table{"x": {"x"}}},
	} {
		engine, err := page.New(c.files, c.table)
		if err == nil {
			err = engine.Check()
		}
		if err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}

func TestAPageThatFailsHalfWayGivesNothing(t *testing.T) {
	engine, err := page.New(fstest.MapFS{"x.tmpl": {Data: []byte(`{{define "layout"}}begun {{.Nothing}}{{end}}`)}}, page.Table{"x": {"x"}})
	if err != nil {
		t.Fatal(err)
	}
	if body, err := engine.Execute("x", page.Frame{}); err == nil || len(body) > 0 {
		t.Errorf("it gives %q, %v", body, err)
	}
}

func TestADeadlineSaysHowManyDaysAreLeftAndShowsItsWorking(t *testing.T) {
	calendar, err := workday.National()
	if err != nil {
		t.Fatal(err)
	}
	at := func(text string) workday.Day {
		day, err := workday.ParseDay(text)
		if err != nil {
			t.Fatal(err)
		}
		return day
	}
	result, err := calendar.Work(workday.Deadline{Trigger: at("2026-02-13"), N: 7, Unit: workday.WorkDay})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ today, done, tone, text string }{
		{"2026-02-14", "", "open", "还剩16日"}, {"2026-02-28", "", "soon", "还剩2日"}, {"2026-03-02", "", "soon", "今日届满"}, {"2026-03-05", "", "late", "已超期3日"},
		{"2026-03-05", "2026-03-02", "met", "按期，3月2日完成"}, {"2026-03-05", "2026-03-04", "late", "超期2日，3月4日完成"},
	} {
		d := page.DeadlineOf("期限", result, at(c.today), at(c.done))
		if d.Tone != c.tone || d.Text != c.text || d.Due != "2026-03-02" {
			t.Errorf("on %s (done %s): %s %s %s", c.today, c.done, d.Due, d.Tone, d.Text)
		}
	}
	d := page.DeadlineOf("期限", result, at("2026-02-14"), workday.Day{})
	kinds := map[string]bool{}
	for _, day := range d.Strip {
		kinds[day.Kind] = true
	}
	if len(d.Strip) != 18 || !kinds["trigger"] || !kinds["counted"] || !kinds["holiday"] || !kinds["makeup"] || !strings.Contains(strings.Join(d.Working, ""), "春节") {
		t.Errorf("the strip has %d days of %v; the working is %q", len(d.Strip), kinds, d.Working)
	}
}

func TestNumbersArePartedAtTheThousands(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1000: "-1,000"} {
		if got := page.Count(n); got != want {
			t.Errorf("%d is written %s", n, got)
		}
	}
}
