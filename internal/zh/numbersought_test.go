package zh_test

import (
	"testing"

	"mingjing/internal/zh"
)

func TestANumberIsReadAsPeopleTypeIt(t *testing.T) {
	for text, want := range map[string]string{
		"〔2026〕6号": "〔2026〕6号", "[2026]6号": "〔2026〕6号", "（2026）第6号": "〔2026〕6号", "(2026) 6": "〔2026〕6号", "【２０２６】０6 号": "〔2026〕6号",
		"四民罚决字〔２０２６〕６号": "四民罚决字〔2026〕6号", "四民罚决字 [2026] 第006号": "四民罚决字〔2026〕6号", "(郑)环罚决字﹝2015﹞021号": "（郑）环罚决字〔2015〕21号",
		"(2021)粤1302行初91号": "（2021）粤1302行初91号", "YFDR-2017-01002": "YFDR-2017-01002", "云杉": "", "2026": "", "": "",
	} {
		n, ok := zh.NumberSought(text)
		if n.String() != want || ok != (want != "") {
			t.Errorf("%q is %q, %v", text, n, ok)
		}
	}
	for text, want := range map[string][3]string{
		"云杉 (2026) 6号 罚款":    {"云杉 ", "〔2026〕6号", " 罚款"},
		"云杉 四民罚决字 [2026]6 号": {"云杉 ", "四民罚决字〔2026〕6号", ""},
		"（沪[2016]  7号）":      {"（", "沪〔2016〕7号", "）"},
		"罚款 2026":            {},
	} {
		n, start, end, ok := zh.NumberTyped(text)
		if ok != (want[1] != "") || ok && (text[:start] != want[0] || n.String() != want[1] || text[end:] != want[2]) {
			t.Errorf("%q holds %q at %d to %d, %v", text, n, start, end, ok)
		}
	}
}
