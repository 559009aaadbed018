package desk_test

import (
	"net/url"
	"testing"

	"mingjing/internal/casefile/book"
	"mingjing/internal/form"
	"mingjing/internal/testkit/world"
)

// A slip in a finished record is put right from its page: the further paper names it, and both point at each other.
func TestAFinishedRecordIsPutRightFromItsPage(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		c := b.Lead(world.Minor()).Open().Investigate()
		handler := b.seat(t, b.Handler)
		at := "/desk/cases/" + c.ID
		var record string
		for _, d := range c.View(b.Handler).Documents {
			if d.Kind == "询问笔录" {
				record = at + "/documents/" + d.ID
			}
		}
		handler.get(record).ok().says("补正这份文书")
		page := handler.post(record+"/correct", url.Values{}).ok().says("请填写补正的内容")
		if page.value("original_kind") != "询问笔录" || page.value("original_on") == "" {
			t.Fatalf("the further paper begins with %q of %q", page.value("original_kind"), page.value("original_on"))
		}
		k, _ := b.house.Cases.Books().Forms.Kind(book.CorrectionKind)
		sent := typed(k, form.Values{"original_kind": "询问笔录", "original_on": page.value("original_on"), "original_hash": page.value("original_hash"),
			"errors": []any{map[string]any{"where": "第二问", "was": "十二月", "is": "十一月"}}, "reason": "笔误。", "confirmed": "被询问人核对并签名。", "unchanged": true, "made_by": b.Handler.Name})
		sent.Set("act.kind", book.CorrectionKind)
		sent.Set("version", page.value("version"))
		sent.Set("act.do", "next")
		handler.post(at+"/steps/correct_paper/papers", sent).ok()
		handler.post(at+"/steps/correct_paper", url.Values{}).ok().says("“补正文书”已办理")
		handler.get(record).ok().says("已补正", book.CorrectionKind)
		handler.get(at).ok().says("补正文书", "已更正")
		if a := b.seat(t, b.Third).post(record+"/correct", url.Values{}); a.status != 422 {
			t.Errorf("a colleague begins to put a record right: %d", a.status)
		}
	})
}
