package law

import (
	"slices"
	"strings"
	"testing"

	"mingjing/internal/zh"
)

func TestTheSummaryLimitsAreThoseOfTheActDay(t *testing.T) {
	set := national(t)
	for _, c := range []struct {
		day          string
		citizen, org zh.Fen
	}{{"2021-07-14", 50_00, 1000_00}, {"2021-07-15", 200_00, 3000_00}, {"2026-11-24", 200_00, 3000_00}} {
		v := set.Values(day(t, c.day))
		if v.Fen(SimpleFineCitizen) != c.citizen || v.Fen(SimpleFineOrg) != c.org {
			t.Errorf("%s: %s and %s", c.day, v.Fen(SimpleFineCitizen), v.Fen(SimpleFineOrg))
		}
	}
}

func TestAPackMayTightenAndMayLoosenOnlyWhereTheRowSaysSo(t *testing.T) {
	from := day(t, "2026-01-01")
	for name, c := range map[string]struct {
		overrides []ParamOverride
		fault     string
	}{
		"a shorter publication period is taken":       {[]ParamOverride{{Code: PublishDays, Value: 5, From: from, Source: "甲省"}}, ""},
		"a longer publication period is refused":      {[]ParamOverride{{Code: PublishDays, Value: 8, From: from, Source: "甲省"}}, "只能从严"},
		"a longer hearing window is taken":            {[]ParamOverride{{Code: HearingRequestDays, Value: 7, From: from, Source: "甲省"}}, ""},
		"a shorter hearing window is refused":         {[]ParamOverride{{Code: HearingRequestDays, Value: 3, From: from, Source: "甲省"}}, "只能从严"},
		"a longer review period may be set":           {[]ParamOverride{{Code: ReviewDays, Value: 10, From: from, Source: "乙市"}}, ""},
		"the surcharge rate is fixed":                 {[]ParamOverride{{Code: SurchargePercent, Value: 2, From: from, Source: "乙市"}}, "固定"},
		"an unknown code is named":                    {[]ParamOverride{{Code: "lunch_days", Value: 2, Source: "乙市"}}, "lunch_days"},
		"a negative value is refused":                 {[]ParamOverride{{Code: PublishDays, Value: -1, From: from, Source: "乙市"}}, "不能为负"},
		"an end before the start is refused":          {[]ParamOverride{{Code: PublishDays, Value: 5, From: from, Until: day(t, "2025-12-31"), Source: "乙市"}}, "起止日期"},
		"a city may tighten what a province set":      {[]ParamOverride{{Code: PublishDays, Value: 5, From: from, Source: "甲省"}, {Code: PublishDays, Value: 3, From: from, Source: "乙市"}}, ""},
		"a city may not loosen what a province set":   {[]ParamOverride{{Code: PublishDays, Value: 5, From: from, Source: "甲省"}, {Code: PublishDays, Value: 6, From: from, Source: "乙市"}}, "甲省为5"},
		"two values of one pack for a day contradict": {[]ParamOverride{{Code: PublishDays, Value: 5, From: from, Source: "甲省"}, {Code: PublishDays, Value: 4, From: from, Source: "甲省"}}, "两个数值"},
		"an order must hold every kind once":          {[]ParamOverride{{Code: SeverityOrder, List: []string{"警告"}, From: from, Source: "甲省"}}, "各列一次"},
	} {
		t.Run(name, func(t *testing.T) {
			set, err := NewSet(c.overrides, nil)
			switch {
			case c.fault == "" && err != nil:
				t.Fatalf("refused: %v", err)
			case c.fault == "" && set.Values(day(t, "2026-06-01")).Int(c.overrides[0].Code) == 0:
				t.Fatal("no value")
			case c.fault != "" && (err == nil || !strings.Contains(err.Error(), c.fault) || !strings.Contains(err.Error(), c.overrides[0].Source)):
				t.Fatalf("error %v does not name %q and its source", err, c.fault)
			}
		})
	}
}

func TestAnOverrideCountsOnlyInItsTermAndOnlyWhenAdopted(t *testing.T) {
	set, err := NewSet([]ParamOverride{
		{Code: PublishDays, Value: 5, From: day(t, "2026-01-01"), Until: day(t, "2026-06-30"), Source: "甲省"},
		{Code: WithdrawDays, Value: 1, From: day(t, "2026-01-01"), Status: Draft, Source: "甲省"},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]int{"2025-12-31": 7, "2026-01-01": 5, "2026-06-30": 5, "2026-07-01": 7} {
		if got := set.Values(day(t, text)).Int(PublishDays); got != want {
			t.Errorf("%s: %d, want %d", text, got, want)
		}
	}
	if got := set.Values(day(t, "2026-02-01")).Int(WithdrawDays); got != 3 {
		t.Errorf("a draft override changed the value to %d", got)
	}
	if p, source, ok := set.Param(PublishDays, day(t, "2026-02-01")); !ok || p.Value != 5 || source != "甲省" {
		t.Errorf("param %+v from %q", p, source)
	}
	if _, _, ok := set.Param("lunch_days", day(t, "2026-02-01")); ok {
		t.Error("an unknown parameter is found")
	}
}

func TestTheVersionChangesWithEveryOverrideAndAdoption(t *testing.T) {
	plain, again := national(t), national(t)
	if plain.Version != again.Version || len(plain.Version) != 64 {
		t.Fatalf("versions %q and %q", plain.Version, again.Version)
	}
	tighter, err := NewSet([]ParamOverride{{Code: PublishDays, Value: 5, Source: "甲省"}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	adopted, err := NewSet(nil, []Adoption{{Rule: "SH-05", Document: "甲民发〔2026〕3号", Source: "甲市"}})
	if err != nil {
		t.Fatal(err)
	}
	if tighter.Version == plain.Version || adopted.Version == plain.Version || adopted.Version == tighter.Version {
		t.Error("two different sets share a version")
	}
	r, _ := adopted.Rule("SH-05")
	if r.Cite.Version != "甲民发〔2026〕3号" || slices.Contains(adopted.Unadopted(), "SH-05") || !slices.Contains(plain.Unadopted(), "SH-05") {
		t.Error("the adopting document is not shown")
	}
}

func TestAnAdoptionNeedsAnAdoptedRuleAndADocumentNumber(t *testing.T) {
	for name, a := range map[string]Adoption{
		"unknown rule":                    {Rule: "XX-1", Document: "甲〔2026〕1号", Source: "甲市"},
		"rule that is not for adoption":   {Rule: "CF-36", Document: "甲〔2026〕1号", Source: "甲市"},
		"no document number":              {Rule: "SH-05", Document: " ", Source: "甲市"},
		"draft rules are not for adopton": {Rule: "SH-04", Document: "甲〔2026〕1号", Source: "甲市"},
	} {
		if _, err := NewSet(nil, []Adoption{a}); err == nil || !strings.Contains(err.Error(), "甲市") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := NewSet(nil, []Adoption{{"SH-05", "甲〔2026〕1号", "甲市"}, {"SH-05", "甲〔2026〕2号", "甲市"}}); err == nil {
		t.Error("two documents of one pack for one rule are taken")
	}
}

func TestAnUnknownCodeAndMissingFactsKeepTheGateShut(t *testing.T) {
	set := national(t)
	if found := Judge(set, day(t, actDay), []string{"CF-99"}, &Facts{}); len(Blocking(found)) != 1 {
		t.Errorf("unknown code: %+v", found)
	}
	if found := Judge(set, day(t, actDay), []string{"CF-20", "CF-36a", "CF-28b"}, nil); len(Blocking(found)) != 3 {
		t.Errorf("no facts: %+v", found)
	}
}

func TestNothingIsRefusedBecauseOfAProvisionalDay(t *testing.T) {
	set := national(t)
	provisional := map[string]func(*Facts){
		"CF-29a": func(f *Facts) { f.DefenceDue = Due{on(later), true} },
		"CF-61":  func(f *Facts) { f.HearingRight, f.HearingRequestDue = true, Due{on(later), true} },
		"CF-35b": func(f *Facts) { f.HoldOpen, f.HoldDue = true, Due{on("2026-10-30"), true} },
		"CF-62":  func(f *Facts) { f.HearingNotifyBy = Due{on("2026-10-01"), true} },
		"QZ-20":  func(f *Facts) { f.CourtFrom = Due{on(later), true} },
		"QZ-21":  func(f *Facts) { f.DemandWaitDue = Due{on(later), true} },
	}
	for code, given := range provisional {
		f := with(given)
		found := Judge(set, on(actDay), []string{code}, &f)
		if len(found) != 1 || found[0].Severity != Warn || !strings.Contains(found[0].Message, "尚未公布的日历") {
			t.Errorf("%s: %+v", code, found)
		}
	}
	for _, r := range Rules() {
		if _, shown := provisional[r.Code]; r.Due != nil && !shown {
			t.Errorf("%s hangs on a day and is not shown here", r.Code)
		}
	}
}

func TestOnlyARuleWithAnOverrideIsDroppedWithAReason(t *testing.T) {
	set := national(t)
	f := with(func(f *Facts) { f.ActEnded, f.CatalogueChecked = on("2020-01-02"), false })
	found := Judge(set, on(actDay), []string{"CF-21", "CF-36a"}, &f)
	if len(Blocking(found)) != 2 {
		t.Fatalf("found %+v", found)
	}
	if rest := WithoutOverridden(found, map[string]string{"CF-21": " "}); len(rest) != 2 {
		t.Error("a blank reason overrides")
	}
	rest := WithoutOverridden(found, map[string]string{"CF-21": "行为持续至今", "CF-36a": "赶时间"})
	if len(rest) != 1 || rest[0].Rule != "CF-36a" {
		t.Errorf("rest %+v", rest)
	}
}
