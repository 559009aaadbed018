package content_test

import (
	"encoding/json"
	"strings"
	"testing"

	"mingjing/internal/disclosure/content"
	"mingjing/internal/form/paper"
	"mingjing/internal/redact"
)

func TestBlocksComeBackFromTheRedactedTextInTheirShape(t *testing.T) {
	blocks := content.Blocks([]paper.Block{
		{Style: paper.StyleHead, Text: "示例市民政局"},
		{Style: paper.StyleTitle, Text: "行政处罚决定书"},
		{Style: paper.StyleTable, Table: &paper.Table{Head: []string{"姓名", "电话"}, Rows: [][]paper.Cell{{{Text: "欧阳清泉"}, {Text: "13800138000\n（手机）"}}}}},
		{Style: paper.StylePara, Text: "第一段。\n第二段：欧阳清\n泉签字。"},
	})
	shape, err := json.Marshal(blocks)
	if err != nil {
		t.Fatal(err)
	}
	src := content.Source("对欧阳清泉的处罚决定", "欧阳清泉", "罚款", "", content.Lines(blocks))
	var decisions []redact.Decision
	for _, s := range redact.Find(src, []redact.Known{{Kind: redact.Name, Text: "欧阳清泉"}}) {
		decisions = append(decisions, redact.Decision{Span: s, Accept: true})
	}
	c, err := content.Render(src, string(shape), decisions)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Blocks) != 3 || c.Blocks[1].Rows[0][1].Text == "" || strings.Count(c.Blocks[2].Text, "\n") != 2 {
		t.Errorf("the shape became %+v", c.Blocks)
	}
	for _, secret := range []string{"清泉", "欧阳清", "13800138000"} {
		if strings.Contains(c.Seen(), secret) {
			t.Errorf("%s is still to be read in %s", secret, c.Seen())
		}
	}
	if c.Title != "对欧阳某的处罚决定" || c.Result != "罚款" {
		t.Errorf("title %q, result %q", c.Title, c.Result)
	}
}

func TestADecisionThatDoesNotFitTheTextIsRefused(t *testing.T) {
	src := content.Source("标题", "", "", "", "正文")
	if _, err := content.Render(src, "", []redact.Decision{{Accept: true, Span: redact.Span{Start: 0, End: 3, Text: "别"}}}); err == nil {
		t.Error("it was rendered all the same")
	}
}

func TestTextsLoseWhatNoStoreKeeps(t *testing.T) {
	for in, want := range map[string]string{"a\x00b": "ab", "a\r\nb\rc": "a\nb\nc", "a\xffb": "a�b", "a\tb": "a\tb"} {
		if got := content.PlainText(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
	if got := content.OneLine(" a\n b\u2028c\x07 "); got != "a  b c" {
		t.Errorf("got %q", got)
	}
}
