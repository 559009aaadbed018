package pack_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mingjing/internal/law"
	"mingjing/internal/pack"
	"mingjing/internal/testkit"
	"mingjing/internal/zh"
)

// fine is the plainest proposed penalty: nothing about it is major.
func fine(party law.PartyKind, amount zh.Fen) pack.ReviewEnv {
	return pack.ReviewEnv{ItemClass: "行政处罚", PartyKind: party, Fine: amount, Kinds: []string{"罚款"}, Outcome: "处罚", Parties: 1}
}

func TestTheCatalogueCatchesWhatDuty23Names(t *testing.T) {
	catalogue := siping(t).Catalogue(day(t, "2026-11-02"))
	with := func(change func(e *pack.ReviewEnv)) pack.ReviewEnv {
		e := fine(law.Organisation, 500_00)
		change(&e)
		return e
	}
	for _, c := range []struct {
		name   string
		env    pack.ReviewEnv
		want   []string
		blocks bool
	}{
		{"a small fine is not major", fine(law.Organisation, 9999_99), nil, false},
		{"ten thousand for an organisation, the figure included", fine(law.Organisation, 10000_00), []string{"SP-SC-01"}, true},
		{"one fen short for a citizen", fine(law.Citizen, 999_99), nil, false},
		{"one thousand for a citizen", fine(law.Citizen, 1000_00), []string{"SP-SC-01"}, true},
		{"public interest", with(func(e *pack.ReviewEnv) { e.PublicInterest = true }), []string{"GJ-SC-01"}, true},
		{"social impact", with(func(e *pack.ReviewEnv) { e.SocialImpact = true }), []string{"GJ-SC-02"}, true},
		{"social risk", with(func(e *pack.ReviewEnv) { e.SocialRisk = true }), []string{"GJ-SC-02"}, true},
		{"major rights", with(func(e *pack.ReviewEnv) { e.MajorRights = true }), []string{"GJ-SC-03"}, true},
		{"heard", with(func(e *pack.ReviewEnv) { e.Heard = true }), []string{"GJ-SC-04"}, true},
		{"complex", with(func(e *pack.ReviewEnv) { e.Complex = true }), []string{"GJ-SC-05"}, true},
		{"several legal relations", with(func(e *pack.ReviewEnv) { e.ManyRelations = true }), []string{"GJ-SC-05"}, true},
		{"deregistration", with(func(e *pack.ReviewEnv) { e.Kinds = []string{"撤销登记"} }), []string{"SP-SC-03"}, true},
		{"confiscation of five thousand", with(func(e *pack.ReviewEnv) { e.Forfeit = 5000_00 }), []string{"SP-SC-02"}, true},
		{"a draft trigger only advises", with(func(e *pack.ReviewEnv) { e.Foreign = true }), []string{"SP-SC-10"}, false},
		{"an illegal organisation banned", pack.ReviewEnv{ItemClass: "其他", PartyKind: law.Organisation, Outcome: "取缔"}, []string{"GJ-SC-06"}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			hits, err := catalogue.Evaluate(c.env)
			if err != nil {
				t.Fatal(err)
			}
			var codes []string
			blocks := false
			for _, h := range hits {
				codes, blocks = append(codes, h.Code), blocks || h.Blocks
				if h.Condition == "" || h.Title == "" {
					t.Errorf("hit %+v does not explain itself", h)
				}
			}
			if !slices.Equal(codes, c.want) || blocks != c.blocks {
				t.Errorf("caught by %v, blocking %v; want %v, %v", codes, blocks, c.want, c.blocks)
			}
		})
	}
}

func TestAnEnvironmentWithoutPartyOrClassIsAnError(t *testing.T) {
	catalogue := siping(t).Catalogue(day(t, "2026-11-02"))
	for name, env := range map[string]pack.ReviewEnv{
		"no party":      {ItemClass: "行政处罚"},
		"no class":      {PartyKind: law.Citizen},
		"negative fine": fine(law.Citizen, -1),
	} {
		if _, err := catalogue.Evaluate(env); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestEveryMandatoryClassOfDuty23HasAVerifiedTrigger(t *testing.T) {
	for _, class := range []string{"重大公共利益", "重大社会影响或社会风险", "重大权益", "经听证", "疑难复杂"} {
		if !slices.ContainsFunc(siping(t).Triggers(day(t, "2026-11-02")), func(x pack.Trigger) bool {
			return x.Class == class && x.Status == law.Verified
		}) {
			t.Errorf("no verified trigger for %s", class)
		}
	}
}

func TestThresholdsReadAsExpressionsAndAgreeWithThem(t *testing.T) {
	for _, inclusive := range []bool{true, false} {
		h := pack.Threshold{Of: "金额", Person: 2000_00, Org: 10000_50, Inclusive: inclusive}
		c, err := pack.Compile([]pack.Trigger{{Code: "T", Threshold: &h}})
		if err != nil {
			t.Fatal(err)
		}
		for _, party := range []law.PartyKind{law.Citizen, law.Organisation} {
			for _, sum := range []zh.Fen{1999_99, 2000_00, 2000_01, 10000_49, 10000_50, 10000_51} {
				env := fine(party, sum-1)
				env.Forfeit = 1
				hits, err := c.Evaluate(env)
				if err != nil || (len(hits) == 1) != h.Reached(env) {
					t.Errorf("%s %d inclusive %v: hits %d, reached %v, %v", party, sum, inclusive, len(hits), h.Reached(env), err)
				}
			}
		}
	}
	if text := (pack.Threshold{Of: "罚款", Person: 1000_00, Org: 10000_00, Inclusive: true}).Expression(); text != `当事人类型 == "个人" and 罚款 >= 1000 or 当事人类型 == "单位" and 罚款 >= 10000` {
		t.Errorf("the threshold reads %s", text)
	}
}

func TestAHearingIsOfferedByKindOrByAmount(t *testing.T) {
	p, d := siping(t), day(t, "2026-11-02")
	closed := fine(law.Organisation, 0)
	closed.Kinds = []string{"撤销登记"}
	for name, c := range map[string]struct {
		env  pack.ReviewEnv
		want string
	}{
		"deregistration":                {closed, "MZ-01"},
		"ten thousand, an organisation": {fine(law.Organisation, 10000_00), "SP-TZ-01"},
		"five thousand, a citizen":      {fine(law.Citizen, 5000_00), "SP-TZ-01"},
		"one fen short":                 {fine(law.Citizen, 4999_99), ""},
	} {
		got := ""
		for _, h := range p.HearingGrounds(c.env, d) {
			got += h.Code
		}
		if got != c.want {
			t.Errorf("%s: grounds %q, want %q", name, got, c.want)
		}
	}
}

func TestMaterialsFollowTheDecision(t *testing.T) {
	p := siping(t)
	titles := func(env pack.ReviewEnv) string {
		list, err := p.Materials(env, day(t, "2026-11-02"))
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, m := range list {
			out = append(out, m.Title)
		}
		return strings.Join(out, "|")
	}
	plain, heard := fine(law.Organisation, 20000_00), fine(law.Organisation, 20000_00)
	heard.Heard = true
	if strings.Contains(titles(plain), "听证笔录") || !strings.Contains(titles(heard), "听证笔录") {
		t.Errorf("without hearing: %s\nwith: %s", titles(plain), titles(heard))
	}
}

func TestTheNinePointsOfReviewCarryTheirCitation(t *testing.T) {
	points := siping(t).Checklist(day(t, "2026-11-02"))
	if len(points) != 9 {
		t.Fatalf("%d points, want 9", len(points))
	}
	for i, p := range points {
		if p.No != i+1 || p.Cite == "" || p.Field == "" {
			t.Errorf("point %d: %+v", i+1, p)
		}
	}
}

func TestEveryNumberedDocumentKindHasItsTemplate(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(testkit.Root(t), "internal/form/kinds/*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no document kinds: %v", err)
	}
	p := siping(t)
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var kind struct{ Code, Number string }
		if err := json.Unmarshal(raw, &kind); err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		n, ok := p.Numbering(kind.Code, day(t, "2026-11-02"))
		if kind.Number != "" && (!ok || n.Template != "四民"+kind.Number+"字") {
			t.Errorf("%s is numbered %q, the form says %s; add it to packs/national/numbering.json", kind.Code, n.Template, kind.Number)
		}
	}
}
