package redact

import (
	"slices"
	"testing"
	"unicode/utf8"
)

func TestHiddenWritingsOfANumberAreFound(t *testing.T) {
	for _, c := range []struct {
		name, text, want string
		kind             Kind
	}{
		{"blanks between the parts", "证号 2203 0319 4001 2281 5X。", "2203 0319 4001 2281 5X", IDNumber},
		{"line break inside", "身份证 650102195\n710155018，男", "650102195\n710155018", IDNumber},
		{"full-width figures", "６５０１０２１９５７１０１５５０１８", "６５０１０２１９５７１０１５５０１８", IDNumber},
		{"zero-width characters", "6501021957\u200b10155018", "6501021957\u200b10155018", IDNumber},
		{"scanner's letters for figures", "65O1O2l9571Ol55Ol8", "65O1O2l9571Ol55Ol8", IDNumber},
		{"inside a query", "https://example.cn/?id=650102195710155018&p=1", "650102195710155018", IDNumber},
		{"split over two table cells", "| 65010219 | 5710155018 |", "65010219 | 5710155018", IDNumber},
		{"lower-case x", "44030519710226742x", "44030519710226742x", IDNumber},
		{"partly starred", "身份证号650102********5018", "650102********5018", IDNumber},
		{"old number with its cue", "身份证号：650102571015501", "650102571015501", IDNumber},
		{"汉字 figures", "电话一三八零零一三八零零零。", "一三八零零一三八零零零", Phone},
		{"country code", "致电+86 138-0013-8000", "+86 138-0013-8000", Phone},
		{"figures one by one", "1 3 8 0 0 1 3 8 0 0 0", "1 3 8 0 0 1 3 8 0 0 0", Phone},
		{"after a Latin word", "No13800138000", "13800138000", Phone},
		{"local number after a cue", "联系电话：3224567", "3224567", Phone},
		{"card in fours", "卡号 6222 0219 2520 6360 700", "6222 0219 2520 6360 700", BankAccount},
		{"an organisation's account", "开户行账号：0805210104000123", "0805210104000123", BankAccount},
		{"plate with full-width letters", "驾驶吉Ｃ１２３４５号车", "吉Ｃ１２３４５", Plate},
		{"e-mail", "邮箱 li.si_01@example.com.cn。", "li.si_01@example.com.cn", Email},
		{"full-width e-mail", "ｌｉｓｉ＠ｅｘａｍｐｌｅ．ｃｎ", "ｌｉｓｉ＠ｅｘａｍｐｌｅ．ｃｎ", Email},
		{"network account", "微信号：zhang_1988abc", "zhang_1988abc", NetAccount},
		{"health", "当事人患有慢性肾炎，", "慢性肾炎", Health},
		{"age of a child", "其子15岁，", "15岁", Minor},
		{"birth", "1990年5月出生", "1990年5月", Birth},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := only(Find(c.text, nil), c.kind)
			if len(got) != 1 || got[0].Text != c.want {
				t.Errorf("found %q", texts(Find(c.text, nil)))
			}
		})
	}
}

// hardNegatives look like personal data and are not; all belong into the public text.
var hardNegatives = []string{
	"四民罚决字〔2026〕第220302号", "(四)民罚决字〔2026〕第220302号", "四平市民政局行政处罚决定书〔2026〕13800138000号",
	"罚款13800138000元", "合计人民币￥13800138000.00", "成交金额16,702.12万元，亏损13800138000.55元",
	"依据《中华人民共和国行政处罚法》第一百三十八条第二款", "《殡葬管理条例》第二十条", "根据《社会团体登记管理条例》第三十条第一款第（五）项",
	"海关编号220302198001011237", "订单号：123456789012345678", "流水号13912345678", "发票号码 13912345678",
	"2026年11月24日10时30分", "2026-02-13至2026-03-02", "二〇二六年三月二日", "执法证号：07030012345", "执法证件号码07030012345678901",
	"在张家口查处", "经王府井大街", "前往李家村核实", "阿里巴巴平台", "王致和食品厂生产", "张小泉剪刀店", "向我局申请行政复议",
	"当事人应当自收到本决定书之日起十五日内", "当事人未提出陈述、申辩意见", "当事人申请听证", "证人证言", "现场检查笔录", "拒不履行的，每日按罚款数额的百分之三加处罚款",
	"向四平市人民政府申请行政复议，或者向铁西区人民法院提起行政诉讼", "高度重视安全管理工作", "有关单位负责人应当", "法定代表人或者主要负责人签字",
	"申请人民法院强制执行", "四平市民政局", "吉林省民政厅", "第1号公告", "共计12栋", "型号：A1234567", "批号G12345678", "许可证号：吉CP12345",
	"已满十四周岁不满十八周岁的未成年人", "会议室3楼", "每股13.80元", "证券代码600519", "邮编136000", "12345政务服务热线",
}

func TestHardNegativesAreNotMarked(t *testing.T) {
	for _, text := range hardNegatives {
		if got := Find(text+"。", nil); len(got) != 0 {
			t.Errorf("%q: found %q", text, texts(got))
		}
	}
}

func TestAKnownPersonIsFoundHoweverWritten(t *testing.T) {
	known := []Known{{Kind: Name, Text: "张三丰", Role: Party}}
	for _, text := range []string{"张三丰", "张 三 丰", "张三\n丰", "张\u200b三丰", "张　三丰", "张\ufeff三\u2060丰", "张先生", "张女士", "张某丰", "老张", "张*丰"} {
		got := Find("经查，"+text+"到场。", known)
		if len(got) == 0 || got[0].Text != text || got[0].Source != FromKnown || got[0].Label != "张某" {
			t.Errorf("%q: found %+v", text, got)
		}
	}
}

func TestKnownNumbersAndAddressesAreFoundAcrossSeparators(t *testing.T) {
	known := []Known{{Kind: Phone, Text: "0434-3224567"}, {Kind: BankAccount, Text: "0805210104000123"},
		{Kind: Address, Text: "吉林省四平市铁西区仁兴街12号3单元501室"}, {Kind: Plate, Text: "吉C12345"}, {Kind: Phone, Text: "13800138000"}}
	for _, text := range []string{"04343224567", "0434 322 4567", "０４３４－３２２４５６７", "0805 2101 0400 0123", "铁西区仁兴街12号3单元501室", "仁兴街12号\n3单元501室",
		"吉C 12345", "吉c12345", "一三八零零一三八零零零", "138\n00138000", "l38OO138OOO"} {
		got := Find("经查，"+text+"，属实。", known)
		if len(got) != 1 || got[0].Text != text || got[0].Source != FromKnown {
			t.Errorf("%q: found %+v", text, got)
		}
	}
}

func TestAKnownEntityOfOneCharacterOrNoneMarksNothing(t *testing.T) {
	for _, text := range []string{"", "局", " ", "张某"} {
		if got := Find("本局对张某进行了检查。", []Known{{Kind: Name, Text: text}}); len(got) != 0 {
			t.Errorf("%q: found %q", text, texts(got))
		}
	}
}

func TestPublicFactsStayInTheText(t *testing.T) {
	known := []Known{{Kind: Name, Text: "王小明", Role: Officer}, {Kind: Name, Text: "李大伟", Role: LegalRepresentative},
		{Kind: Organisation, Text: "四平市赵秀英养老服务中心"}, {Kind: Phone, Text: "0434-3224567", Public: true}}
	text := "执法人员王小明（执法证号：07030012345）到四平市赵秀英养老服务中心检查，法定代表人李大伟在场，电话0434-3224567。"
	if got := Find(text, known); len(got) != 0 {
		t.Errorf("found %q", texts(got))
	}
	text = "法定代表人（负责人）：周建国。执法人员：吴志强、郑海燕。"
	if got := Find(text, nil); len(got) != 0 {
		t.Errorf("found %q", texts(got))
	}
}

func TestThePolicyDecidesWhichNamesArePublic(t *testing.T) {
	p := DefaultPolicy()
	p.PartyNameInFull, p.OfficerPublic, p.LegalRepresentativePublic = true, false, false
	known := []Known{{Kind: Name, Text: "张三丰", Role: Party}, {Kind: Name, Text: "王小明", Role: Officer},
		{Kind: Name, Text: "李大伟", Role: LegalRepresentative}, {Kind: Name, Text: "孙小妹", Role: MinorPerson, Public: true}}
	got := texts(p.Find("张三丰、王小明、李大伟、孙小妹到场。", known))
	if want := []string{"姓名=王小明", "姓名=李大伟", "未成年人=孙小妹"}; !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
}

func TestAPrivateNameInsideAPublicOneIsLeftToAPerson(t *testing.T) {
	known := []Known{{Kind: Name, Text: "赵秀英", Role: Party}, {Kind: Organisation, Text: "四平市赵秀英养老服务中心"}}
	got := Find("四平市赵秀英养老服务中心经营者赵秀英。", known)
	if len(got) != 2 || got[0].Sure || !got[1].Sure {
		t.Errorf("found %+v", got)
	}
}

func TestUnknownPeopleAreFoundByTheirRole(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"证人：李四、王五，均在场。", []string{"李四", "王五"}},
		{"当事人张建国，男，汉族，1980年1月1日出生", []string{"张建国"}},
		{"委托代理人欧阳明华到场", []string{"欧阳明华"}},
		{"姓 名：赵 六", []string{"赵 六"}},
		{"当事人：阿卜杜拉·买买提，男", []string{"阿卜杜拉·买买提"}},
		{"其妻陈丽华表示认可", []string{"陈丽华"}},
	} {
		var got []string
		for _, s := range only(Find(c.text, nil), Name) {
			got = append(got, s.Text)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: found %q", c.text, got)
		}
	}
}

func TestAddressesOfPeopleAreFoundWhole(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"住址：重庆市潼南区。", "重庆市潼南区"},
		{"住吉林省四平市铁西区仁兴街12号3单元501室，联系", "吉林省四平市铁西区仁兴街12号3单元501室"},
		{"户籍地：吉林省梨树县郭家店镇东风村3组", "吉林省梨树县郭家店镇东风村3组"},
		{"当事人在吉林省四平市铁东区紫气大路88号阳光花园5栋2单元101室经营", "吉林省四平市铁东区紫气大路88号阳光花园5栋2单元101室"},
		{"现住铁西区海丰大街199号6-3-501。", "铁西区海丰大街199号6-3-501"},
		{"家庭住址：平安里老粮库家属院东头\n电话", "平安里老粮库家属院东头"},
	} {
		got := only(Find(c.text, nil), Address)
		if len(got) != 1 || got[0].Text != c.want {
			t.Errorf("%q: found %q", c.text, texts(got))
		}
	}
}

func TestOverlapsAreSettledOnceAndForAll(t *testing.T) {
	known := []Known{{Kind: Name, Text: "张三"}, {Kind: Name, Text: "张三丰"}, {Kind: Address, Text: "铁西区张三路12号"}}
	text := "住址：吉林省四平市铁西区张三路12号，张三丰，张三，电话13800138000"
	first := Find(text, known)
	for range 20 {
		if got := Find(text, known); !slices.Equal(got, first) {
			t.Fatalf("two runs differ: %v and %v", got, first)
		}
	}
	for i, s := range first {
		if i > 0 && s.Start < first[i-1].End {
			t.Errorf("spans overlap: %v %v", first[i-1], s)
		}
	}
	for _, hidden := range []string{"铁西区", "张三", "13800138000"} {
		out, _ := Apply(text, acceptAll(first))
		if containsText(out, hidden) {
			t.Errorf("%q is left in %q", hidden, out)
		}
	}
}

func TestOffsetsStandOnRuneBoundariesAndMatchTheText(t *testing.T) {
	text := "\xff当事人：张\u200b三丰㎏①ﬁ，電話１３８００１３８０００，住址：四平市铁西区①号\xe4\xb8"
	for _, s := range Find(text, []Known{{Kind: Name, Text: "张三丰"}}) {
		if text[s.Start:s.End] != s.Text {
			t.Errorf("%v is not at its offsets", s)
		}
		if !utf8.RuneStart(text[s.Start]) || s.End < len(text) && !utf8.RuneStart(text[s.End]) && text[s.End] < 0x80 {
			t.Errorf("%v is not on rune boundaries", s)
		}
	}
}
