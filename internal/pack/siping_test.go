package pack_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"mingjing/internal/law"
	"mingjing/internal/pack"
	"mingjing/internal/testkit"
	"mingjing/internal/workday"
	"mingjing/internal/zh"
	"mingjing/packs"
)

func day(t testing.TB, text string) workday.Day {
	t.Helper()
	d, err := workday.ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func siping(t testing.TB) *pack.Pack {
	t.Helper()
	p, err := pack.Load(packs.FS, "national", "jilin", "siping-civil-affairs")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// seedRows reads the founding table: a cell begins with a tab and may go on over further lines.
func seedRows(t *testing.T) [][5]string {
	raw, err := os.ReadFile(testkit.Shared(t, "seed/三项制度工作责任分工表.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var cells []string
	for line := range strings.SplitSeq(string(raw), "\n") {
		switch {
		case strings.HasPrefix(line, "\t"):
			cells = append(cells, line[1:])
		case strings.HasPrefix(line, " ("): // the page numbers after the table
			return rowsOf(t, cells)
		case len(cells) > 0 && line != "":
			cells[len(cells)-1] += "\n" + line
		}
	}
	return rowsOf(t, cells)
}

func rowsOf(t *testing.T, cells []string) [][5]string {
	if len(cells) != 33*5 {
		t.Fatalf("the founding table has %d cells, want 33 rows of 5", len(cells))
	}
	var rows [][5]string
	for row := range slices.Chunk(cells[5:], 5) {
		rows = append(rows, [5]string(row))
	}
	return rows
}

func TestTheThirtyTwoDutiesAreTheFoundingTableWordForWord(t *testing.T) {
	tasks := siping(t).Tasks()
	if len(tasks) != 32 {
		t.Fatalf("the pack has %d duties, want 32", len(tasks))
	}
	category, subject := "", ""
	for i, row := range seedRows(t) {
		if row[0] != "" {
			category = row[0]
		}
		if row[1] != "" {
			subject = row[1]
		}
		got := [5]string{tasks[i].Category, tasks[i].Subject, tasks[i].Measure, tasks[i].Requirement, tasks[i].Owner}
		if want := [5]string{category, subject, row[2], row[3], row[4]}; got != want {
			t.Errorf("duty %d\n got %q\nwant %q", i+1, got, want)
		}
	}
}

func TestEveryDutyHasItsUnitsAndItsCheck(t *testing.T) {
	for _, task := range siping(t).Tasks() {
		want := fmt.Sprintf("duty-%02d", task.No)
		if task.Check != want || !task.Measured() {
			t.Errorf("duty %d has check %q, want %q", task.No, task.Check, want)
		}
		if task.No < 32 && len(task.Units) == 0 {
			t.Errorf("duty %d names no unit", task.No)
		}
	}
}

func TestTheDemoAgencyHasAValidInventedCreditCodeAndSaysThatItIsDemo(t *testing.T) {
	p := siping(t)
	a, ok := p.Agency()
	if !ok || a.Name != "四平市民政局" || !a.Demo || !p.Demo() {
		t.Fatalf("agency %+v, demo %v", a, p.Demo())
	}
	if _, err := zh.ParseCreditCode(a.CreditCode); err != nil {
		t.Errorf("credit code %s: %v", a.CreditCode, err)
	}
	if !strings.Contains(a.CreditCode, "MJDEM") {
		t.Errorf("credit code %s does not look invented", a.CreditCode)
	}
}

func TestTheAgencyListsItsItemsWithBasisAndOwner(t *testing.T) {
	p := siping(t)
	items, penalties := p.Items(), 0
	if len(items) < 80 {
		t.Errorf("%d items, want at least 80", len(items))
	}
	for _, i := range items {
		if i.Owner == "" || i.Level == "" || i.Basis[0].Article == "" {
			t.Errorf("%s %s lacks owner, level or article", i.Code, i.Name)
		}
		if i.Class == "行政处罚" {
			penalties++
			if i.Effect == nil && !i.NoUse {
				t.Errorf("%s %s orders nothing", i.Code, i.Name)
			}
			if missing := i.Guide.Missing(); !i.NoUse && len(missing) > 0 {
				t.Errorf("%s %s: guide lacks %v", i.Code, i.Name, missing)
			}
		}
		if i.Group == "基金会" {
			t.Errorf("%s: foundations are registered by the province", i.Code)
		}
	}
	if penalties < 60 {
		t.Errorf("%d penalty items, want at least 60", penalties)
	}
}

func TestFuneralItemsAreDraftWithoutEnforcementUse(t *testing.T) {
	n := 0
	for _, i := range siping(t).Items() {
		if i.Group != "殡葬" {
			continue
		}
		n++
		if !i.NoUse || i.Status != law.Draft || i.Effect != nil {
			t.Errorf("%s %s may be used for enforcement", i.Code, i.Name)
		}
	}
	if n != 9 {
		t.Errorf("%d funeral items, want 9", n)
	}
}

func TestAnItemIsFoundOnlyWhileItsStatuteIsInForce(t *testing.T) {
	p := siping(t)
	code := ""
	for _, i := range p.Items() {
		if i.Name == "不具有公开募捐资格的组织或者个人擅自开展公开募捐的处罚" {
			code = i.Code
		}
	}
	for text, want := range map[string]bool{"2024-09-04": false, "2024-09-05": true, "2026-11-02": true} {
		if _, ok := p.Item(code, day(t, text)); ok != want {
			t.Errorf("on %s found = %v, want %v (慈善法 as amended is in force from 2024-09-05)", text, ok, want)
		}
	}
}

func TestAtLeastTenItemsHaveDiscretionTiersInOrder(t *testing.T) {
	p := siping(t)
	d, with := day(t, "2026-11-02"), 0
	for _, i := range p.Items() {
		tiers := p.Discretion(i.Code, d)
		if len(tiers) == 0 {
			continue
		}
		with++
		for n, tier := range tiers {
			if tier.Level != pack.TierLevels()[n] {
				t.Errorf("%s: tier %d is %s", i.Code, n, tier.Level)
			}
			if tier.Status != law.Draft {
				t.Errorf("%s: a tier without provincial source is %s", tier.Code, tier.Status)
			}
		}
	}
	if with < 10 {
		t.Errorf("%d items with tiers, want at least 10", with)
	}
	for _, f := range p.FirstOffences("", d) {
		if f.Status.MayBlock() || len(f.Conditions) != 4 {
			t.Errorf("%s: %+v", f.Code, f)
		}
	}
}

func TestOfSeveralPenaltiesTheLongestDisplayCounts(t *testing.T) {
	p := siping(t)
	d := day(t, "2026-11-02")
	for _, c := range []struct {
		kinds   []string
		summary bool
		months  int
		found   bool
	}{
		{[]string{"警告"}, false, 3, true},
		{[]string{"警告", "罚款"}, false, 12, true},
		{[]string{"罚款", "吊销许可证件"}, false, 36, true},
		{[]string{"罚款"}, true, 3, true},
		{nil, false, 0, false},
	} {
		if got, ok := p.Display(c.kinds, c.summary, d); ok != c.found || got.MaxMonths != c.months {
			t.Errorf("%v, summary %t: %d months, %t", c.kinds, c.summary, got.MaxMonths, ok)
		}
	}
	if _, ok := p.Display([]string{"罚款"}, false, day(t, "2026-03-31")); ok {
		t.Error("the period counts before the order is in force")
	}
}

func TestNumberTemplatesCarryTheAgencyWord(t *testing.T) {
	p := siping(t)
	d := day(t, "2026-11-02")
	for kind, want := range map[string]string{
		"行政处罚决定书": "四民罚决字", "行政处罚事先告知书": "四民罚告字", "听证告知书": "四民听告字", "立案审批表": "四民立字", "法制审核意见书": "四民法审字",
	} {
		if n, ok := p.Numbering(kind, d); !ok || n.Template != want || n.Series != want {
			t.Errorf("%s is numbered %q, want %q", kind, n.Template, want)
		}
	}
	if _, ok := p.Numbering("证据", d); ok {
		t.Error("a kind without template got a number")
	}
}

func TestTheAmountsOfPackAndLawAgree(t *testing.T) {
	p := siping(t)
	set, err := law.NewSet(p.Overrides(), p.Adoptions())
	if err != nil {
		t.Fatal(err)
	}
	d := day(t, "2026-11-02")
	v := set.Values(d)
	h := p.Hearing(d)
	i := slices.IndexFunc(h, func(h pack.HearingThreshold) bool { return h.Code == "SP-TZ-01" })
	if h[i].Threshold.Person.Fen() != v.Fen(law.HearingFineCitizen) || h[i].Threshold.Org.Fen() != v.Fen(law.HearingFineOrg) {
		t.Errorf("hearing amounts differ: pack %+v", h[i].Threshold)
	}
	i = slices.IndexFunc(p.Triggers(d), func(x pack.Trigger) bool { return x.Code == "SP-SC-01" })
	th := p.Triggers(d)[i].Threshold
	if th.Person.Fen() != v.Fen(law.ReviewFineCitizen) || th.Org.Fen() != v.Fen(law.ReviewFineOrg) {
		t.Errorf("review amounts differ: pack %+v", th)
	}
	if _, source, _ := set.Param(law.HearingFineOrg, d); !strings.Contains(source, "siping-civil-affairs/parameters.json") {
		t.Errorf("the source of the amount is %q", source)
	}
}

func TestTheHashIsStableAndFollowsTheLayers(t *testing.T) {
	a, b := siping(t), siping(t)
	n, err := pack.Load(packs.FS, "national")
	if err != nil {
		t.Fatal(err)
	}
	if a.Hash() != b.Hash() || len(a.Hash()) != 64 || a.Hash() == n.Hash() {
		t.Errorf("hashes %s %s %s", a.Hash(), b.Hash(), n.Hash())
	}
}
