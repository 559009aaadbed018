package law

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestEveryRuleHasAUniqueCodeACitationDatesAndAdvice(t *testing.T) {
	article := regexp.MustCompile(`^(第[零一二三四五六七八九十百]+条|（[一二三四五六七八九十]+）)`)
	codes := map[string]bool{}
	for _, r := range Rules() {
		switch {
		case codes[r.Code]:
			t.Errorf("%s: the code is used twice", r.Code)
		case !strings.HasPrefix(r.Cite.Statute, "《") || !article.MatchString(r.Cite.Article) || r.Cite.Version == "":
			t.Errorf("%s: citation without article or version: %+v", r.Code, r.Cite)
		case r.From.IsZero() || (!r.Until.IsZero() && r.Until.Before(r.From)):
			t.Errorf("%s: in force from %q until %q", r.Code, r.From, r.Until)
		case r.Title == "" || r.Advice == "" || !strings.HasSuffix(r.Advice, "。"):
			t.Errorf("%s: title or advice missing", r.Code)
		case len(r.Tasks) == 0 || slices.Min(r.Tasks) < 1 || slices.Max(r.Tasks) > 32:
			t.Errorf("%s: duties %v", r.Code, r.Tasks)
		case r.Broken == nil:
			t.Errorf("%s: nothing can break it", r.Code)
		}
		codes[r.Code] = true
	}
}

func TestEveryBlockingRuleIsVerifiedOrAdopted(t *testing.T) {
	for _, r := range Rules() {
		if r.Severity == Block && r.Effective() != Block {
			t.Errorf("%s is meant to block but its status is %s", r.Code, r.Status)
		}
	}
}

func TestNobodyOverridesReviewOfficersNoticeSameTextOrService(t *testing.T) {
	for _, r := range Rules() {
		if r.Override == nil {
			continue
		}
		if r.Override.Role != RoleApprover || r.Override.Ground == "" {
			t.Errorf("%s: an override needs the head and a ground", r.Code)
		}
		for _, never := range []string{"CF-36", "CF-20", "CF-28", "CF-29", "CF-37", "CF-42", "CF-43", "SH-", "SX-"} {
			if strings.HasPrefix(r.Code, never) {
				t.Errorf("%s must not be overridden by anybody", r.Code)
			}
		}
	}
}

func TestARuleHoldsFromItsFirstDayAndNotTheDayBefore(t *testing.T) {
	set := national(t)
	for _, c := range ruleCases() {
		r, _ := set.Rule(c.code)
		f := with(c.given, c.breaks[0])
		for _, at := range []struct {
			ahead int
			want  bool
		}{{-1, false}, {0, true}} {
			view := set.At(r.From.AddDays(at.ahead))
			listed := slices.ContainsFunc(view.Rules, func(x Rule) bool { return x.Code == c.code })
			if listed != at.want {
				t.Errorf("%s listed %v on %s", c.code, listed, view.Day)
			}
			if !at.want && len(Judge(set, view.Day, []string{c.code}, &f)) > 0 {
				t.Errorf("%s judges on %s, before it is in force", c.code, view.Day)
			}
		}
	}
}

func TestARuleEndsAfterItsLastDay(t *testing.T) {
	r := Rule{From: on("2018-01-01"), Until: on("2021-07-14")}
	for text, want := range map[string]bool{"2017-12-31": false, "2018-01-01": true, "2021-07-14": true, "2021-07-15": false} {
		if r.InForce(on(text)) != want {
			t.Errorf("in force on %s = %v", text, !want)
		}
	}
}

func TestEveryParameterIsDatedCitedAndWithoutGapOrOverlap(t *testing.T) {
	rows := map[string][]Param{}
	for _, p := range Params() {
		if p.Title == "" || p.Cite.Statute == "" || p.Cite.Article == "" || p.From.IsZero() || p.Status == "" || p.Tighter == "" || p.Unit == "" {
			t.Errorf("%s: a column is empty: %+v", p.Code, p)
		}
		if p.Unit != List && p.Value <= 0 {
			t.Errorf("%s: value %d", p.Code, p.Value)
		}
		rows[p.Code] = append(rows[p.Code], p)
	}
	for code, list := range rows {
		for i := 1; i < len(list); i++ {
			if list[i].From != list[i-1].Until.AddDays(1) {
				t.Errorf("%s: %s follows %s", code, list[i].From, list[i-1].Until)
			}
		}
		if !list[len(list)-1].Until.IsZero() {
			t.Errorf("%s ends and nothing follows", code)
		}
	}
}

func TestPenaltyKindsOfArticleNineAreThirteenAndOthers(t *testing.T) {
	kinds := PenaltyKinds()
	if len(kinds) != 14 {
		t.Fatalf("%d kinds", len(kinds))
	}
	seen := map[string]bool{}
	for _, k := range kinds {
		if seen[k.Code] || !k.Kind.Known() || k.Item < 1 || k.Item > 6 || k.Code[0] != byte('0'+k.Item) {
			t.Errorf("row %+v", k)
		}
		seen[k.Code] = true
	}
	if PenaltyKind("罚站").Known() {
		t.Error("an invented kind is known")
	}
}
