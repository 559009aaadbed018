package zh

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"
)

func TestEveryVariantOfADocumentNumberIsRead(t *testing.T) {
	want := map[string]string{
		"〔2024〕2号":             "〔2024〕2号",
		"[2018]12号":            "〔2018〕12号",
		"[2018] 12号":           "〔2018〕12号",
		"（沪〔2015〕3号）":          "沪〔2015〕3号",
		"(沪[2016] 5号)":         "沪〔2016〕5号",
		"（沪[2016]  7号）":        "沪〔2016〕7号",
		"济环罚字〔2020〕TQ第Q-4008号": "济环罚字〔2020〕TQ第Q-4008号",
		"德环罚字【2019】0013号":      "德环罚字〔2019〕13号",
		"穗番环罚〔2019〕156号":       "穗番环罚〔2019〕156号",
		"惠环罚决字〔2019〕第045号":     "惠环罚决字〔2019〕45号",
		"济环责改〔2019〕47号":        "济环责改〔2019〕47号",
		"三环罚〔2017〕131号":        "三环罚〔2017〕131号",
		"(郑)环罚决字〔2015〕021号":    "（郑）环罚决字〔2015〕21号",
		"惠市环(龙门)罚[2021]5号":     "惠市环（龙门）罚〔2021〕5号",
		"郑环罚先告字〔2015〕22号":      "郑环罚先告字〔2015〕22号",
		"锦政办发〔2019〕23号":        "锦政办发〔2019〕23号",
		"津滨政办发〔2021〕3号":        "津滨政办发〔2021〕3号",
		"献政字〔201722":           "献政字〔2017〕22…",
		"YFDR-2017-01002":      "YFDR-2017-01002",
		"国市监法发〔2021〕42 号":      "国市监法发〔2021〕42号",
		"泰民发〔2023〕13号":         "泰民发〔2023〕13号",
		"(2021)粤1302行初91号":     "（2021）粤1302行初91号",
	}
	f, err := os.Open(sharedFile(t, "real/reference/doc_number_variants.txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, seen := bufio.NewScanner(f), 0
	for lines.Scan() {
		text := lines.Text()
		if text == "" {
			continue
		}
		seen++
		n, err := ParseNumber(text)
		if err != nil || n.String() != want[text] {
			t.Errorf("%q is %q (%v), want %q", text, n, err, want[text])
			continue
		}
		if again, err := ParseNumber(n.String()); !n.Truncated && (err != nil || again.String() != n.String() || again.Irregular) {
			t.Errorf("%q: its canonical form %q is read as %+v (%v)", text, n, again, err)
		}
	}
	if seen != len(want) {
		t.Errorf("%d variants in the file, %d in this test", seen, len(want))
	}
}

func TestANumberTellsWhatIsWrongWithIt(t *testing.T) {
	for text, says := range map[string]string{
		"献政字〔201722":       "不完整",
		"沪〔2024〕29":        "不完整",
		"沪〔2024〕":          "不完整",
		"沪〔2024":           "不完整",
		"〔2024〕2号":         "缺少机关代字",
		"YFDR-2017-01002":  "规范性文件登记号",
		"(2021)粤1302行初91号": "法院案号",
		"惠环罚决字〔2019〕第045号": "惠环罚决字〔2019〕45号",
		"四民罚决字[2026]1号":    "四民罚决字〔2026〕1号",
		"四民罚决字 〔2026〕1号":   "四民罚决字〔2026〕1号",
	} {
		n, err := ParseNumber(text)
		if err != nil || !strings.Contains(strings.Join(n.Findings(), "；"), says) {
			t.Errorf("%q: findings %q (%v), want %s", text, n.Findings(), err, says)
		}
	}
	n, err := ParseNumber("四民罚决字〔2026〕1号")
	if err != nil || len(n.Findings()) != 0 || n.Irregular || n.Truncated {
		t.Errorf("an orderly number has findings %q (%v)", n.Findings(), err)
	}
	if v, ok := n.SerialNumber(); !ok || v != 1 || n.Prefix != "四民罚决字" || n.Year != 2026 || n.Scheme != SchemeDocument {
		t.Errorf("taken apart as %+v", n)
	}
	if (Number{}).String() != "" || len((Number{}).Findings()) != 0 {
		t.Error("the zero number says something")
	}
}

func TestATextThatIsNoNumberIsRefused(t *testing.T) {
	for _, text := range []string{"", "无", "决定书", "2024年2号", "四民罚决字〔1026〕1号", "四民罚决字〔2026〕号", "四民罚决字〔2026〕<b>号", "四民罚决字〔26〕1号", "〔〕号", "四民，罚〔2026〕1号", strings.Repeat("四", 31) + "〔2026〕1号"} {
		if n, err := ParseNumber(text); err == nil {
			t.Errorf("%q was read as %+v", text, n)
		} else {
			isFault(t, err, text)
		}
	}
}

func TestANewNumberIsMadeCanonically(t *testing.T) {
	n, err := NewNumber(" 四民罚决字 ", 2026, 12)
	if err != nil || n.String() != "四民罚决字〔2026〕12号" {
		t.Errorf("made %q (%v)", n, err)
	}
	again, err := ParseNumber(n.String())
	if err != nil || again != n {
		t.Errorf("read back %+v (%v), want %+v", again, err, n)
	}
	for _, bad := range []struct {
		prefix       string
		year, serial int
	}{{"", 2026, 1}, {"四民罚决字〔", 2026, 1}, {"四民", 26, 1}, {"四民", 2026, 0}, {"四民", 2026, 1_000_000}} {
		if n, err := NewNumber(bad.prefix, bad.year, bad.serial); err == nil {
			t.Errorf("%+v became %q", bad, n)
		}
	}
}

func TestNumbersAreFoundInTitlesAndText(t *testing.T) {
	for text, want := range map[string]string{
		"中国证券监督管理委员会重庆监管局行政处罚决定书〔2024〕2号":               "〔2024〕2号",
		"中国证券监督管理委员会上海监管局行政处罚决定书 沪〔2024〕29号":            "沪〔2024〕29号",
		"中国证券监督管理委员会上海监管局行政处罚决定书沪〔2023〕55号":             "沪〔2023〕55号",
		"中国证券监督管理委员会上海监管局行政处罚决定书（沪[2016]2号）":            "沪〔2016〕2号",
		"根据《办法》（证监会公告〔2020〕58号）和四民罚决字〔2026〕1号决定":        "证监会公告〔2020〕58号|四民罚决字〔2026〕1号",
		"当事人收到四民罚告字〔2026〕第003号后不服，(2021)粤1302行初91号判决驳回": "四民罚告字〔2026〕3号|（2021）粤1302行初91号",
		"惠市环(龙门)罚[2021]5号、(郑)环罚决字〔2015〕021号":            "惠市环（龙门）罚〔2021〕5号|（郑）环罚决字〔2015〕21号",
		"济环罚字〔2020〕TQ第Q-4008号":                          "济环罚字〔2020〕TQ第Q-4008号",
		"处罚决定编号：四民罚决字 〔 2026 〕 1 号":                     "四民罚决字〔2026〕1号",
		"本法（2021年修订）第5号令，住址某路12号":                       "",
		"没有文号": "",
	} {
		var got []string
		for _, f := range FindNumbers(text) {
			got = append(got, f.Number.String())
			if !strings.HasSuffix(text[f.Start:f.End], "号") {
				t.Errorf("%q: found at %q", text, text[f.Start:f.End])
			}
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%q: found %q, want %q", text, s, want)
		}
	}
}

func TestTheRealTitlesGiveTheirNumbers(t *testing.T) {
	marked, found, agree, withNumber := 0, 0, 0, 0
	for _, row := range sharedTable(t, "real/cn_enforcement/csrc_penalty_decisions.csv") {
		list := FindNumbers(row["title"])
		if strings.ContainsAny(row["title"], "〔[") {
			marked++
			if len(list) == 1 {
				found++
			} else {
				t.Logf("%d numbers in %q", len(list), row["title"])
			}
		}
		if row["doc_no"] == "" {
			continue
		}
		withNumber++
		given, err := ParseNumber(row["doc_no"])
		if err != nil {
			t.Errorf("%q: %v", row["doc_no"], err)
		}
		if len(list) > 0 && list[0].Number.String() == given.String() {
			agree++
		} else {
			t.Logf("the record says %s, the title %q", given, row["title"])
		}
	}
	t.Logf("titles that carry a number: %d, recognised: %d (%d%%); of %d with a number of their own %d agree", marked, found, found*100/max(marked, 1), withNumber, agree)
	if marked != 202 || found < 201 || agree < withNumber-1 {
		t.Errorf("recognised %d of %d titles, %d of %d agree with their record", found, marked, agree, withNumber)
	}
}

func TestEveryNumberColumnOfTheRealRecordsIsRead(t *testing.T) {
	for file, least := range map[string]int{"csrc_regulatory_measures.csv": 706, "env_penalties.csv": 5} {
		read := 0
		for _, row := range sharedTable(t, "real/cn_enforcement/"+file) {
			if row["doc_no"] == "" {
				continue
			}
			n, err := ParseNumber(row["doc_no"])
			if err != nil || n.Truncated {
				t.Errorf("%q: %+v, %v", row["doc_no"], n, err)
				continue
			}
			read++
		}
		if read < least {
			t.Errorf("%s: %d numbers, want %d", file, read, least)
		}
	}
}

func TestANumberIsStoredAsItsParts(t *testing.T) {
	n, err := ParseNumber("献政字〔201722")
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(n)
	if err != nil {
		t.Fatal(err)
	}
	var back Number
	if err := json.Unmarshal(data, &back); err != nil || back != n {
		t.Errorf("came back as %+v (%v), want %+v", back, err, n)
	}
}

func TestALongTextIsSearchedInOnePass(t *testing.T) {
	text := strings.Repeat("根据四民罚决字〔2026〕1号和", 20_000)
	if got := len(FindNumbers(text)); got != 20_000 {
		t.Errorf("found %d numbers, want 20000", got)
	}
}

func FuzzNumber(f *testing.F) {
	for _, seed := range []string{"四民罚决字〔2026〕1号", "献政字〔201722", "(2021)粤1302行初91号", "（沪[2016]  7号）", "济环罚字〔2020〕TQ第Q-4008号", ")〔2020〕1号", "", "\xff〔2020〕1号"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if n, err := ParseNumber(text); err == nil && !n.Truncated {
			again, err := ParseNumber(n.String())
			if err != nil || again.String() != n.String() {
				t.Errorf("%q is %q, which is read as %q (%v)", text, n, again, err)
			}
		}
		end := 0
		for _, found := range FindNumbers(text) {
			if found.Start < end || found.End <= found.Start || found.Number == (Number{}) {
				t.Errorf("%q: found %+v after %d", text, found, end)
			}
			end = found.End
		}
	})
}
