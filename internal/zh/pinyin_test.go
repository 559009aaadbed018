package zh

import (
	"bufio"
	"os"
	"slices"
	"strings"
	"testing"
)

func TestTextsSortByPinyin(t *testing.T) {
	want := []string{"第2号", "第10号", "Abc社", "安徽", "北京", "长春", "重庆", "李四", "李五", "里程", "林业", "四平", "张三", "章程", "\U0003134A字"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, Compare)
	// Digits come first only inside the same prefix; 第 itself is dì.
	want = []string{"Abc社", "安徽", "北京", "长春", "重庆", "第2号", "第10号", "李四", "李五", "里程", "林业", "四平", "张三", "章程", "\U0003134A字"}
	if !slices.Equal(got, want) {
		t.Errorf("sorted %q, want %q", got, want)
	}
	if !Less("安徽", "北京") || Less("北京", "安徽") || Less("北京", "北京") {
		t.Error("Less is not an order")
	}
}

func TestSurnamesAreReadAsSurnames(t *testing.T) {
	names := []string{"曾某", "单某", "解某", "翟某", "仇某", "尉迟某", "王某"}
	slices.SortFunc(names, func(a, b string) int { return strings.Compare(NameKey(a), NameKey(b)) })
	if want := []string{"仇某", "单某", "王某", "解某", "尉迟某", "曾某", "翟某"}; !slices.Equal(names, want) {
		t.Errorf("sorted %q, want %q", names, want)
	}
	if NameKey("") != "" {
		t.Error("no name has a key")
	}
}

func TestInitialsAndSpelling(t *testing.T) {
	for text, want := range map[string][2]string{
		"四平市民政局":      {"spsmzj", "sipingshiminzhengju"},
		"重庆银行A股":      {"cqyhag", "chongqingyinhangagu"},
		"长春市（2026）":   {"ccs2026", "changchunshi2026"},
		"吕某":          {"lm", "lvmou"},
		"\U0003134A氏": {"\U0003134As", "\U0003134Ashi"},
		"":            {"", ""},
	} {
		if got := [2]string{Initials(text), Spelling(text)}; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestAChoiceIsFoundByWhatAPersonTypes(t *testing.T) {
	for _, typed := range []string{"", "民政", "spsmzj", "sp", "siping", "smz", "minzheng", "sps民政", "siPing Shi", "mzj", "sipi", "ｓｐ"} {
		if !MatchPinyin("四平市民政局", typed) {
			t.Errorf("%q does not find 四平市民政局", typed)
		}
	}
	for _, typed := range []string{"spx", "pingsi", "法院", "zz", "sipingmin"} {
		if MatchPinyin("四平市民政局", typed) {
			t.Errorf("%q finds 四平市民政局", typed)
		}
	}
	// Every recorded reading counts: 单 is dān, chán and shàn.
	if !MatchPinyin("单某", "shan") || !MatchPinyin("单某", "dan") {
		t.Error("a second reading is not found")
	}
	if MatchPinyin(strings.Repeat("一", 5000), strings.Repeat("yi", 5000)) {
		t.Error("an endless typing is searched by its characters only")
	}
}

func TestRealNamesAllHaveAKeyAndAnInitial(t *testing.T) {
	f, err := os.Open(sharedFile(t, "real/reference/cn_person_names_historic_dev.txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, unread, total := bufio.NewScanner(f), 0, 0
	for lines.Scan() {
		name := strings.TrimSpace(lines.Text())
		if name == "" {
			continue
		}
		total++
		if NameKey(name) == "" || Initials(name) == "" {
			t.Fatalf("%q has no key", name)
		}
		for _, r := range Initials(name) {
			if r > 'z' {
				unread++
				break
			}
		}
	}
	if unread*1000 > total {
		t.Errorf("%d of %d names hold a character without reading", unread, total)
	}
}

func TestEveryWordOfTheTablesHasOneReadingPerCharacter(t *testing.T) {
	for word, readings := range words {
		if len([]rune(word)) != len(strings.Fields(readings)) {
			t.Errorf("%s has the readings %s", word, readings)
		}
	}
	for _, s := range surnames {
		if len([]rune(s.text)) != len(strings.Fields(s.readings)) {
			t.Errorf("%s has the readings %s", s.text, s.readings)
		}
	}
}

func FuzzPinyin(f *testing.F) {
	f.Add("四平市", "sp")
	f.Add("\xff", "\xff")
	f.Fuzz(func(t *testing.T, text, typed string) {
		if Compare(text, text) != 0 {
			t.Errorf("%q differs from itself", text)
		}
		if len(text) < 200 && text == Fold(text) && strings.ToLower(text) == text && !strings.Contains(text, " ") && !MatchPinyin(text, text) {
			t.Errorf("%q does not find itself", text)
		}
		_ = MatchPinyin(text, typed)
		_ = Initials(text)
	})
}
