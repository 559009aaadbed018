package zh

import (
	"strings"
	"testing"
)

func TestEverySpellingOfADayIsRead(t *testing.T) {
	for text, want := range map[string]string{
		"2016/4/21": "2016-04-21", "2016-04-21": "2016-04-21", "2016年4月21日": "2016-04-21",
		"2016年04月21号": "2016-04-21", "2024.5.28": "2024-05-28", "20240528": "2024-05-28",
		"二〇二四年五月二十八日": "2024-05-28", "二零二四年十月三十一日": "2024-10-31", "二○二四年十二月十日": "2024-12-10",
		"42481": "2016-04-21", "42481.5": "2016-04-21", "45440": "2024-05-28",
		"２０２４年５月２８日": "2024-05-28", " 2024 年 5 月 28 日 ": "2024-05-28",
		"2024-05-28 16:30:00": "2024-05-28", "2024/5/28 0:00": "2024-05-28", "2024-05-28T08:00:00": "2024-05-28",
		"2024-05-27T16:00:00Z": "2024-05-28", "2024-05-28T00:00:00+08:00": "2024-05-28",
	} {
		got, err := ParseDay(text)
		if err != nil || got.String() != want {
			t.Errorf("%q is %s (%v), want %s", text, got, err, want)
		}
	}
}

func TestATextThatIsNoDayIsRefused(t *testing.T) {
	for _, text := range []string{"", "无", "2024年5月", "24-5-28", "28/5/2024", "2024-02-30", "2023-02-29", "2024-13-01", "2024-00-10", "12345", "99999", "20241301", "二〇二四年十三月一日", "二〇二四年五月十十日", "0000-01-01", "2024-5-28x", "10000-01-01"} {
		if got, err := ParseDay(text); err == nil {
			t.Errorf("%q was read as %s", text, got)
		} else {
			isFault(t, err, text)
		}
	}
}

func TestADayIsWrittenInFiguresAndInWords(t *testing.T) {
	for d, want := range map[Date][2]string{
		{2026, 11, 24}: {"2026年11月24日", "二〇二六年十一月二十四日"},
		{2024, 5, 8}:   {"2024年5月8日", "二〇二四年五月八日"},
		{2000, 10, 10}: {"2000年10月10日", "二〇〇〇年十月十日"},
		{2019, 12, 30}: {"2019年12月30日", "二〇一九年十二月三十日"},
		{}:             {"", ""},
	} {
		if got := [2]string{FormatDay(d), FormatDayInWords(d)}; got != want {
			t.Errorf("%s is written %q, want %q", d, got, want)
		}
	}
	for y := 1990; y < 2030; y++ {
		for m := 1; m <= 12; m++ {
			for day := 1; day <= daysIn(y, m); day++ {
				d := Date{y, m, day}
				for _, text := range []string{d.String(), FormatDay(d), FormatDayInWords(d)} {
					if got, err := ParseDay(text); err != nil || got != d {
						t.Fatalf("%q is read as %s (%v)", text, got, err)
					}
				}
			}
		}
	}
}

func TestDaysAreFoundInText(t *testing.T) {
	text := "当事人于2023年12月 1日至2024-01-15，又于二〇二四年二月三日，编号2024-99-01、12024.1.2.3，2024年2月30日不存在。"
	var got []string
	for _, f := range FindDays(text) {
		got = append(got, f.Date.String())
	}
	if s := strings.Join(got, " "); s != "2023-12-01 2024-01-15 2024-02-03" {
		t.Errorf("found %s", s)
	}
	body := "立案于2024年1月2日。四平市民政局2024年5月22日分送：局领导。办公室2024年5月23日印发"
	if d, ok := LastDay(body); !ok || d.String() != "2024-05-22" {
		t.Errorf("the decision is of %s, want 2024-05-22", d)
	}
	if _, ok := LastDay("没有日期"); ok {
		t.Error("a day was found in a text without one")
	}
}

func TestEveryDayInTheRealRecordsIsRead(t *testing.T) {
	for file, columns := range map[string][]string{
		"banking_penalties_finlaw.csv": {"disclosed", "penalised"},
		"env_penalties.csv":            {"penalised", "published"},
		"csrc_penalty_decisions.csv":   {"decision_published", "crawled_at"},
		"csrc_regulatory_measures.csv": {"decision_published", "crawled_at"},
	} {
		for i, row := range sharedTable(t, "real/cn_enforcement/"+file) {
			for _, c := range columns {
				if row[c] == "" {
					continue
				}
				if _, err := ParseDay(row[c]); err != nil {
					t.Errorf("%s row %d, %s: %v", file, i+1, c, err)
				}
			}
		}
	}
}

func TestTheLastDayOfARealBodyIsSoonBeforeItsPublication(t *testing.T) {
	found, total, plausible := 0, 0, 0
	for _, file := range []string{"csrc_penalty_decisions.csv", "csrc_regulatory_measures.csv"} {
		for _, row := range sharedTable(t, "real/cn_enforcement/"+file) {
			total++
			d, ok := LastDay(row["body"])
			if !ok {
				continue
			}
			found++
			published, err := ParseDay(row["decision_published"])
			if err != nil {
				t.Fatal(err)
			}
			if !published.Before(d) && published.Y-d.Y <= 1 {
				plausible++
			}
		}
	}
	t.Logf("a closing day in %d of %d bodies, %d of them within a year before publication", found, total, plausible)
	if found*100 < total*95 || plausible*100 < found*90 {
		t.Errorf("only %d of %d bodies have a closing day, %d plausible", found, total, plausible)
	}
}

func FuzzDay(f *testing.F) {
	for _, seed := range []string{"2016/4/21", "二〇二四年五月二十八日", "42481", "2024-05-27T16:00:00Z", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := ParseDay(text)
		if err == nil {
			if _, err := NewDate(d.Y, d.M, d.D); err != nil {
				t.Errorf("%q became %+v", text, d)
			}
		}
		for _, found := range FindDays(text) {
			if found.Start >= found.End || found.End > len(text) {
				t.Errorf("%q: found at %d to %d", text, found.Start, found.End)
			}
		}
	})
}
