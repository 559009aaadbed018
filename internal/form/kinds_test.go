package form

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"mingjing/internal/form/entry"
)

func TestEveryDocumentOfTheProcedureHasAKind(t *testing.T) {
	registry := national(t)
	for _, code := range strings.Fields(`案源登记表 立案审批表 不予立案审批表 指派办案人员审批表 回避决定书 现场检查笔录
		询问通知书 询问笔录 抽样取证凭证 证据先行登记保存通知书 先行登记保存证据处理通知书 责令改正通知书 调查终结报告
		重大执法决定目录核对表 法制审核送审表 法制审核意见书 审核意见异议书 异议处理决定书 行政处罚事先告知书 听证告知书
		陈述申辩笔录 陈述申辩复核意见书 放弃听证声明书 听证通知书 听证笔录 听证报告 集体讨论记录 行政处罚决定审批表
		行政处罚决定书 不予行政处罚决定书 当场行政处罚决定书 当场处罚备案表 送达回证 送达公告 更正通知书 缴款通知书
		延期分期缴纳罚款批准书 履行催告书 强制执行申请书 涉嫌犯罪案件移送书 终止调查决定书 退款审批表 结案报告 案卷目录 卷内备考表`) {
		if _, ok := registry.Kind(code); !ok {
			t.Errorf("%s has no kind", code)
		}
	}
}

func TestAHearingThatIsPutOffIsNoHearingThatWasHeld(t *testing.T) {
	k, _ := national(t).Kind("听证笔录")
	for _, outcome := range []string{"听证延期", "听证中止"} {
		v := filled(k, 1)
		v["outcome"] = outcome
		if _, wrong := Check(k, v).Fields["outcome"]; !wrong {
			t.Errorf("a record says %s, and counts as the hearing that the party asked for", outcome)
		}
	}
}

func TestARecordOfAHearingSaysWhoSignedItOrWhyNot(t *testing.T) {
	k, _ := national(t).Kind("听证笔录")
	v := filled(k, 1)
	delete(v, "signed")
	if _, wrong := Check(k, v).Fields["signed"]; !wrong {
		t.Error("a record that says nothing of a signature is finished (行政处罚法第六十四条第八项)")
	}
	v["signed"] = "拒绝签字或者盖章"
	delete(v, "refused")
	if _, wrong := Check(k, v).Fields["refused"]; !wrong {
		t.Error("a signature is refused, and the host notes nothing")
	}
}

func TestNumberedHeadingsLeaveNoGapWhateverIsFilledIn(t *testing.T) {
	eachKind(t, func(t *testing.T, k *Kind) {
		for _, b := range k.Print {
			if numbered := strings.Contains(b.Text, "、") && strings.ContainsAny(b.Text[:3], "一二三四五六七八九"); b.Type == "sub" && numbered && len(b.When) > 0 {
				t.Errorf("%s prints “%s” only sometimes, so that the numbers have a gap", k.Code, b.Text)
			}
		}
	})
}

func TestEveryKindPagesAndPrintsWithEmptyAndFullValues(t *testing.T) {
	eachKind(t, func(t *testing.T, k *Kind) {
		for turn := range turns(k) + 1 {
			values := Values{}
			if turn > 0 {
				values = filled(k, turn)
			}
			page := string(Page(k, values, Check(k, values), PageOptions{}))
			wellFormed(t, page)
			for _, field := range k.Fields {
				holds(t, page, `id="f-`+field.Name, field.Label)
			}
			for _, meta := range []PrintMeta{{}, wholePaper()} {
				wellFormed(t, string(Print(k, values, meta)))
				if blocks := Render(k, values, meta); len(blocks) < 2 {
					t.Errorf("turn %d: only %d blocks are printed", turn, len(blocks))
				}
			}
		}
	})
}

// wellFormed refuses broken HTML, inline style and script, and repeated ids.
func wellFormed(t *testing.T, text string) {
	t.Helper()
	for _, forbidden := range []string{"<script", " style=", "ZgotmplZ", "<nil>", "{{", "[[", "-error\"><p", "paper-error"} {
		if strings.Contains(text, forbidden) {
			t.Errorf("the page contains %q", forbidden)
		}
	}
	ids, open := map[string]bool{}, 0
	tokens := html.NewTokenizer(strings.NewReader(text))
	for {
		kind := tokens.Next()
		if kind == html.ErrorToken {
			break
		}
		token := tokens.Token()
		void := token.Data == "input"
		if kind == html.StartTagToken && !void {
			open++
		}
		if kind == html.EndTagToken {
			open--
		}
		for _, attribute := range token.Attr {
			if attribute.Key == "id" && ids[attribute.Val] {
				t.Errorf("id %s stands twice", attribute.Val)
			}
			if attribute.Key == "id" {
				ids[attribute.Val] = true
			}
		}
	}
	if open != 0 {
		t.Errorf("%d elements are not closed", open)
	}
}

func TestAFullDocumentSaysEveryFieldItAsksFor(t *testing.T) {
	eachKind(t, func(t *testing.T, k *Kind) {
		said := map[string]bool{}
		for _, block := range k.Print {
			for _, condition := range block.When {
				path, _, _ := condition.Split()
				said[path] = true // a choice that selects the wording is said by it
			}
		}
		for turn := range turns(k) {
			values := active(k, filled(k, turn))
			text := Text(k, values, wholePaper())
			for _, field := range k.Fields {
				walk(field, values[field.Name], false, func(leaf Field, value any, _, _ bool) {
					word := entry.Of(leaf).Say(leaf, value, "")
					if leaf.Type == "bool" || strings.Contains(text, word) {
						said[field.Name] = true
					}
				})
			}
		}
		for _, field := range k.Fields {
			if !said[field.Name] && !unprinted(k.Code, field.Name) {
				t.Errorf("%s (%s) is asked for but never printed", field.Name, field.Label)
			}
		}
	})
}

// unprinted are the fields that are kept for the file but not put on the paper.
func unprinted(code, field string) bool {
	return code == "送达公告" && field == "attempts"
}

func TestAFieldMeansTheSameInEveryDocument(t *testing.T) {
	registry := national(t)
	types, secrets := map[string]string{}, map[string]bool{}
	for _, code := range registry.Codes() {
		kind, _ := registry.Kind(code)
		for _, field := range kind.Fields {
			if field.Prefill == "" {
				continue
			}
			if held, ok := types[field.Prefill]; ok && compatible(held) != compatible(field.Type) {
				t.Errorf("%s: %s is a %s here and a %s elsewhere", code, field.Prefill, field.Type, held)
			}
			types[field.Prefill] = field.Type
			if field.Personal == "account" || field.Prefill == "decision.pay_code" {
				secrets[field.Prefill] = true
				if !field.Secret {
					t.Errorf("%s: %s holds an account and is not secret", code, field.Name)
				}
			}
		}
	}
	if len(secrets) < 2 {
		t.Errorf("only %d secret paths were met, so the test saw too little", len(secrets))
	}
}

// compatible groups the types that one value of the context fits.
func compatible(kind string) string {
	if kind == "line" || kind == "choice" {
		return "text"
	}
	return kind
}

func TestHostileTextIsEscapedOnPageAndPaper(t *testing.T) {
	hostile := `<script>alert("甲")</script>' onfocus=x {{fine}} [[x]] </textarea>`
	eachKind(t, func(t *testing.T, k *Kind) {
		values := Values{}
		for _, field := range k.Fields {
			values[field.Name] = poison(field, hostile)
		}
		for _, text := range []string{
			string(Page(k, values, Invalid{Fields: map[string]string{k.Fields[0].Name: hostile}}, PageOptions{Offer: map[string][]string{k.Fields[0].Name: {hostile}}})),
			string(Print(k, values, PrintMeta{Agency: hostile, Number: hostile, Date: hostile, Void: hostile, Corrected: hostile})),
		} {
			if strings.Contains(text, "<script") || strings.Contains(text, "' onfocus=x {{fine}} [[x]] </textarea>") {
				t.Fatalf("hostile text came through:\n%s", text)
			}
			holds(t, text, "&lt;script&gt;")
		}
	})
}

func poison(f Field, hostile string) any {
	t := entry.Of(f)
	switch t.Shape {
	case entry.Many:
		return []any{hostile}
	case entry.Record, entry.List:
		row := map[string]any{}
		for _, part := range t.Parts(f) {
			row[part.Name] = poison(part, hostile)
		}
		if t.Shape == entry.List {
			return []any{row}
		}
		return row
	}
	return hostile
}

func TestEveryFullDocumentMissesNothingTheLawAsksFor(t *testing.T) {
	eachKind(t, func(t *testing.T, k *Kind) {
		for turn := range turns(k) {
			if missing := MissingOnPaper(k, filled(k, turn), wholePaper()); len(missing) > 0 {
				t.Errorf("turn %d: missing %v", turn, missing)
			}
		}
		if missing := Missing(k, Values{}); len(k.Requires) == 0 || len(missing) == 0 {
			t.Errorf("an empty document misses nothing")
		}
	})
}

func TestEveryFullDocumentPassesItsOwnChecksAfterTyping(t *testing.T) {
	eachKind(t, func(t *testing.T, k *Kind) {
		for turn := range turns(k) {
			values := filled(k, turn)
			_, invalid := Decode(k, typed(k, values), false)
			for name, message := range invalid.Fields {
				if !strings.Contains(message, "不得早于") { // the filler's days follow no order
					t.Errorf("turn %d: %s: %s", turn, name, message)
				}
			}
		}
	})
}
