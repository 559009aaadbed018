package form

import (
	"strings"
	"testing"
)

func TestAFullDecisionSaysEveryElementOfArticle59(t *testing.T) {
	kind := kindNamed(t, "行政处罚决定书")
	values := stored(t, "decision")
	if invalid := Check(kind, values); invalid.Fields["court"] != "" || invalid.Fields["facts"] != "" {
		t.Fatalf("the example is wrong: %v", invalid)
	}
	text := Text(kind, values, wholePaper())
	holds(t, text,
		"云山市晨光养老服务中心", "云山市东河区柳荫路8号", // one: name and address
		"连续两年未按照规定报送", "民办非企业单位登记证书复印件", "《民办非企业单位登记管理暂行条例》第二十三条", // two: facts and evidence
		"警告、罚款", "第二十五条第一款第三项", "3000.50元（大写：人民币叁仟元零伍角整）", // three: kind and basis
		"十五日内", "云山银行东河支行", "百分之三", // four: mode and limit
		"六十日内向云山市人民政府申请行政复议", "六个月内直接向云山市东河区人民法院提起行政诉讼", // five: remedies
		"云山市民政局", "2026年3月2日", "云民罚决字〔2026〕1号") // six: organ and date
	if strings.Contains(text, "＿") || strings.Contains(text, "。。") || strings.Contains(text, "；。") {
		t.Errorf("the decision has gaps or doubled marks:\n%s", text)
	}
	if missing := MissingOnPaper(kind, values, wholePaper()); len(missing) != 0 {
		t.Errorf("missing %v", missing)
	}
}

func TestEachMissingElementOfADecisionIsNamedWithItsArticle(t *testing.T) {
	kind := kindNamed(t, "行政处罚决定书")
	cases := []struct{ drop, cite string }{
		{"party", "第五十九条第一款第一项"}, {"facts", "第五十九条第一款第二项"}, {"evidence", "第五十九条第一款第二项"},
		{"basis", "第五十九条第一款第三项"}, {"penalties", "第五十九条第一款第三项"}, {"bank", "第五十九条第一款第四项"},
		{"court", "第五十九条第一款第五项"}, {"review_organ", "第五十九条第一款第五项"}, {"defence_review", "第四十五条第一款"},
	}
	for _, c := range cases {
		values := stored(t, "decision")
		delete(values, c.drop)
		missing := Missing(kind, values)
		if len(missing) == 0 || !strings.HasSuffix(missing[0].Cite, c.cite) {
			t.Errorf("without %s: %v", c.drop, missing)
		}
	}
	values := stored(t, "decision")
	for _, meta := range []PrintMeta{{Agency: "甲", Date: "2026-03-02"}, {Agency: "甲", SealName: "甲"}, {Date: "2026-03-02", SealName: "甲"}} {
		if len(MissingOnPaper(kind, values, meta)) == 0 {
			t.Errorf("a paper without name, date or seal misses nothing: %+v", meta)
		}
	}
	values["e_service"] = true
	if missing := Missing(kind, values); len(missing) != 1 || missing[0].Cite != "《中华人民共和国行政复议法》第二十二条第二款" {
		t.Errorf("electronic service without an internet channel misses %v", missing)
	}
}

func TestASummaryDecisionSendsToReconsiderationFirst(t *testing.T) {
	text := Text(kindNamed(t, "当场行政处罚决定书"), filled(kindNamed(t, "当场行政处罚决定书"), 1), wholePaper())
	holds(t, text, "第二十三条第一款第一项", "应当自收到本决定书之日起六十日内先向", "对行政复议决定不服的")
	if strings.Contains(text, "六个月") {
		t.Errorf("a summary decision offers to sue at once:\n%s", text)
	}
}

func TestWhatNoLongerCountsIsNotPrinted(t *testing.T) {
	kind := kindNamed(t, "行政处罚决定书")
	values := stored(t, "decision")
	values["penalties"] = []any{"警告"}
	text := Text(kind, values, wholePaper())
	for _, gone := range []string{"3000.50", "百分之三", "云山银行"} {
		if strings.Contains(text, gone) {
			t.Errorf("a warning still says %s", gone)
		}
	}
	if invalid := Check(kind, values); !invalid.OK() && invalid.Fields["fine"]+invalid.Fields["bank"] != "" {
		t.Errorf("a warning is asked for its fine: %v", invalid)
	}
}

func TestAnEmptyPaperLeavesRoomToWrite(t *testing.T) {
	text := Text(kindNamed(t, "行政处罚决定书"), Values{}, PrintMeta{Agency: "云山市民政局"})
	holds(t, text, "＿＿＿", "（印章）", "年　月　日")
	approval := Text(kindNamed(t, "立案审批表"), Values{}, PrintMeta{})
	holds(t, approval, "负责人审批意见", "签名：")
	if strings.Count(approval, "＿＿＿＿＿＿") != 1 { // the line for the number
		t.Errorf("the cells of an approval table have lines in them:\n%s", approval)
	}
}

func TestMarksStandOnEveryPrint(t *testing.T) {
	meta := PrintMeta{Void: "文号重复", Corrected: "云民更正字〔2026〕1号", Demo: true}
	eachKind(t, func(t *testing.T, k *Kind) {
		holds(t, string(Print(k, Values{}, meta)), "演示数据，不具有法律效力", "本文书已作废：文号重复", "本文书已由云民更正字〔2026〕1号更正", "paper-void", "paper-demo")
	})
}
