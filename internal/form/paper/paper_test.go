package paper

import (
	"strings"
	"testing"
)

func TestBlocksAreSetAndReadAlike(t *testing.T) {
	blocks := []Block{
		{Style: StyleTitle, Text: "决定书"},
		{Style: StylePara, Text: "甲<b>"},
		{Style: StyleTable, Table: &Table{Head: []string{"序号", "名称"}, Rows: [][]Cell{{{Text: "1", Span: 1}, {Text: "乙\n丙", Span: 1}}, {{Text: "合计", Label: true, Span: 2}}}}},
		{Style: StylePageSign, Text: "第　页"},
	}
	page := string(HTML(blocks))
	for _, part := range []string{`<h1 class="paper-title">决定书</h1>`, "甲&lt;b&gt;", `<th scope="col">名称</th>`, "<p>乙</p><p>丙</p>",
		`<th scope="row" colspan="2">合计</th>`, `<footer class="paper-pagesign">`} {
		if !strings.Contains(page, part) {
			t.Errorf("%s is missing in\n%s", part, page)
		}
	}
	if got := Text(blocks); got != "决定书\n甲<b>\n序号　名称\n1　乙\n丙\n合计\n第　页\n" {
		t.Errorf("the text is %q", got)
	}
}

func TestASheetCarriesItsMarks(t *testing.T) {
	sheet := string(Sheet{Kind: "决定书", Version: "2026-01", Void: true, Demo: true}.HTML())
	if !strings.Contains(sheet, `class="paper paper-void paper-demo"`) || !strings.Contains(sheet, `data-version="2026-01"`) {
		t.Errorf("the sheet is %s", sheet)
	}
}
