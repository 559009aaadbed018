package form

import (
	"net/url"
	"strings"
	"testing"

	"mingjing/internal/form/entry"
)

func TestDecodeLosesNothingThatWasTyped(t *testing.T) {
	kind := kindNamed(t, "行政处罚决定书")
	input := url.Values{
		"party.kind": {entry.PartyOrganisation}, "party.name": {" 云山市晨光养老服务中心 "}, "party.code": {"123"},
		"opened_on": {"二月三十日"}, "penalties": {"罚款"}, "fine": {"三千来块"}, "facts": {"第一段\r\n  第二段"},
		"evidence.7.name": {"登记证书"}, "evidence.7.kind": {"不存在的种类"}, "defence": {"什么也没说"},
	}
	for _, partial := range []bool{false, true} {
		values, invalid := Decode(kind, input, partial)
		page := string(Page(kind, values, invalid, PageOptions{}))
		saved, err := ParseValues(values.JSON())
		if err != nil {
			t.Fatal(err)
		}
		later := string(Page(kind, saved, Check(kind, saved), PageOptions{}))
		for _, text := range []string{"云山市晨光养老服务中心", `value="123"`, "二月三十日", "三千来块", "第二段", "登记证书", "不存在的种类", "什么也没说"} {
			holds(t, page, text)
			holds(t, later, text)
		}
		for name, part := range map[string]string{"party.code": "统一社会信用代码", "opened_on": "立案日期", "fine": "罚款数额",
			"evidence.0.kind": "证据种类", "defence": "陈述、申辩情况"} {
			if !strings.Contains(invalid.Fields[name], part) {
				t.Errorf("partial %v: the message of %s is %q", partial, name, invalid.Fields[name])
			}
		}
		if _, asked := invalid.Fields["court"]; asked == partial {
			t.Errorf("partial %v: an empty required field is asked for: %v", partial, asked)
		}
	}
}

func TestSignsThatNoPaperCanShowAreRefusedByTheirField(t *testing.T) {
	kind := kindNamed(t, "行政处罚决定书")
	for _, bad := range []string{"写到\x00一半", "写到\x1b一半", "写到\xff一半", "写到\u0085一半"} {
		_, invalid := Decode(kind, url.Values{"facts": {bad}, "party.name": {bad}, "evidence.0.name": {bad}}, true)
		for _, name := range []string{"facts", "party.name", "evidence.0.name"} {
			if !strings.Contains(invalid.Fields[name], "不能使用的字符") {
				t.Errorf("%q in %s: %q", bad, name, invalid.Fields[name])
			}
		}
	}
	values, invalid := Decode(kind, url.Values{"facts": {"\ufeff第一段\v第二\u200b段\t附表"}, "party.name": {"云山\u202e市\t养老院"}}, true)
	if !invalid.OK() || values.Text("facts") != "第一段\n第二段\t附表" || values.Text("party.name") != "云山市 养老院" {
		t.Errorf("what is harmless became %q, %q: %v", values.Text("facts"), values.Text("party.name"), invalid.Fields)
	}
}

func TestTypedFormsOfAValueAreUnderstood(t *testing.T) {
	kind := kindNamed(t, "行政处罚决定书")
	cases := []struct {
		field, typed string
		want         any
	}{
		{"opened_on", "2026-3-2", "2026-03-02"},
		{"opened_on", "2026年3月2日", "2026-03-02"},
		{"opened_on", "2026.03.02", "2026-03-02"},
		{"opened_on", "2026-02-30", nil},
		{"fine", "12,000.50", int64(1200050)},
		{"fine", "3万元", int64(3000000)},
		{"fine", "0", nil},
		{"fine", "1.005", nil},
		{"e_service", "是", true},
		{"cause", "一行\n两行", nil},
	}
	for _, c := range cases {
		t.Run(c.field+" "+c.typed, func(t *testing.T) {
			values, invalid := Decode(kind, url.Values{c.field: {c.typed}, "penalties": {"罚款"}}, true)
			if c.want == nil {
				if invalid.Fields[c.field] == "" {
					t.Errorf("no message, value %v", values[c.field])
				}
				return
			}
			if values[c.field] != c.want || invalid.Fields[c.field] != "" {
				t.Errorf("value %v, message %q", values[c.field], invalid.Fields[c.field])
			}
		})
	}
}

func TestChecksBetweenFieldsNameBoth(t *testing.T) {
	kind := kindNamed(t, "询问笔录")
	values := filled(kind, 0)
	values["begun_at"], values["ended_at"] = "2026-03-02T10:00", "2026-03-02T09:59"
	if got := Check(kind, values).Fields["ended_at"]; got != "询问结束时间不得早于询问开始时间" {
		t.Errorf("message %q", got)
	}
	values["officers"] = []any{map[string]any{"name": "苏景", "certificate": "1"}}
	if got := Check(kind, values).Fields["officers"]; got != "询问人员至少2项，现有1项" {
		t.Errorf("message %q", got)
	}
	values["cert_shown"] = false
	if got := Check(kind, values).Fields["cert_shown"]; got != "请确认已出示执法证件" {
		t.Errorf("message %q", got)
	}
}

func TestThePageLeadsFromSummaryToField(t *testing.T) {
	kind := kindNamed(t, "行政处罚决定书")
	values, invalid := Decode(kind, url.Values{"party.kind": {entry.PartyPerson}, "party.id": {"1"}}, false)
	page := string(Page(kind, values, invalid, PageOptions{}))
	holds(t, page, `<a href="#f-party-id">`, `id="f-party-id"`, `id="error-f-party-id"`, `aria-describedby="error-f-party-id"`,
		`data-check="citizen-id"`, `data-check="credit-code"`, `data-check="money"`, `data-check="date"`, `data-when="penalties=罚款"`,
		`data-when="party.kind!=自然人"`, `data-rows="evidence"`)
	if strings.Contains(string(Page(kind, values, invalid, PageOptions{NoSummary: true})), "error-summary") {
		t.Errorf("the summary is shown although it is not wanted")
	}
}

func TestPrefillTakesFromTheCaseWhatItHas(t *testing.T) {
	kind := kindNamed(t, "行政处罚决定书")
	values := Prefill(kind, map[string]any{
		"case": map[string]any{
			"party": map[string]any{"kind": entry.PartyOrganisation, "name": "云山市晨光养老服务中心", "secret_note": "不属于表单"},
			"cause": "未按照规定接受年度检查", "penalties": []string{"罚款"}, "fine": 5000, "opened_on": "2026-01-08",
			"basis": []map[string]any{{"law": "社会团体登记管理条例", "article": "第三十条"}},
		},
		"agency":  map[string]any{"court": "云山市东河区人民法院"},
		"hearing": map[string]any{"outcome": "并非选项"},
	})
	if values.Text("party.name") != "云山市晨光养老服务中心" || values.Fen("fine") != 5000 || values.Text("basis.0.article") != "第三十条" ||
		values.Text("court") != "云山市东河区人民法院" || values.Text("opened_on") != "2026-01-08" {
		t.Errorf("prefilled %v", values)
	}
	if values["hearing"] != nil || values.At("party.secret_note") != nil {
		t.Errorf("a value that does not fit was taken: %v", values)
	}
	if got := Prefill(kindNamed(t, "履行催告书"), nil).Text("until"); got != "自收到本催告书之日起十日内" {
		t.Errorf("standard wording is %q", got)
	}
}
