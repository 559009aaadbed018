package redact

import (
	"strings"
	"testing"
)

func acceptAll(spans []Span) []Decision {
	var out []Decision
	for _, s := range spans {
		out = append(out, Decision{Span: s, Accept: true, By: "u1"})
	}
	return out
}

func containsText(out, text string) bool { return strings.Contains(out, text) }

func TestLabelsAreStableInsideACase(t *testing.T) {
	known := []Known{{Kind: Name, Text: "张三丰", Role: Party}, {Kind: Name, Text: "张翠山"}, {Kind: Name, Text: "李四"}}
	a, _ := Apply("张翠山和张三丰、李四到场。", acceptAll(Find("张翠山和张三丰、李四到场。", known)))
	if want := "张某乙和张某甲、李某到场。"; a != want {
		t.Errorf("first document reads %q, want %q", a, want)
	}
	b, _ := Apply("张三丰离开，张翠山留下。", acceptAll(Find("张三丰离开，张翠山留下。", known)))
	if want := "张某甲离开，张某乙留下。"; b != want {
		t.Errorf("second document reads %q, want %q", b, want)
	}
	pinned := append(DefaultPolicy().Labelled(known), Known{Kind: Name, Text: "李小龙"})
	c, _ := Apply("李四、李小龙。", acceptAll(Find("李四、李小龙。", pinned)))
	if !strings.HasPrefix(c, "李某、") || strings.Contains(c, "小龙") {
		t.Errorf("a later person changed the first one's label: %q", c)
	}
}

func TestPhoneAndAddressGetTheirLabels(t *testing.T) {
	text := "电话13800138000，住址：吉林省四平市铁西区仁兴街12号。"
	out, m := Apply(text, acceptAll(Find(text, nil)))
	if want := "电话13*********，住址：住址略。"; out != want {
		t.Errorf("reads %q, want %q", out, want)
	}
	if m.Counts[Phone].Accepted != 1 || m.Counts[Address].Accepted != 1 {
		t.Errorf("counts are %v", m.Counts)
	}
}

func TestARejectedSpanStaysAndIsCounted(t *testing.T) {
	text := "电话0434-3224567，手机13800138000。"
	ds := acceptAll(Find(text, nil))
	ds[0].Accept = false
	out, m := Apply(text, ds)
	if !strings.Contains(out, "0434-3224567") || strings.Contains(out, "13800138000") {
		t.Errorf("reads %q", out)
	}
	if c := m.Counts[Phone]; c.Accepted != 1 || c.Rejected != 1 || m.Spans[0].Label != "" {
		t.Errorf("manifest is %+v", m)
	}
}

func TestAnAcceptedTextIsReplacedWhereverItStands(t *testing.T) {
	text := "张三丰甲乙丙张三丰。附：张三丰"
	out, m := Apply(text, []Decision{{Span: Span{Start: 0, End: 9, Kind: Name, Text: "张三丰", Label: "张某"}, Accept: true}})
	if out != "张某甲乙丙张某。附：张某" || m.Swept != 2 {
		t.Errorf("reads %q, swept %d", out, m.Swept)
	}
}

func TestADecisionThatDoesNotFitTheTextIsReported(t *testing.T) {
	for _, s := range []Span{{Start: -1, End: 3, Text: "x"}, {Start: 0, End: 99, Text: "x"}, {Start: 1, End: 3, Text: "三"}, {Start: 3, End: 3}, {Start: 0, End: 3, Text: "李"}} {
		if _, m := Apply("张三丰", []Decision{{Span: s, Accept: true}}); m.Misfits != 1 {
			t.Errorf("%+v gives %d misfits", s, m.Misfits)
		}
	}
}

func TestTheManifestHoldsNoOriginalTextAndHashesTheSameTwice(t *testing.T) {
	text := "当事人：张三丰，电话13800138000，身份证号650102195710155018。"
	_, m := Apply(text, acceptAll(Find(text, nil)))
	b, err := m.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	for _, hidden := range []string{"张三丰", "三丰", "13800138000", "650102"} {
		if strings.Contains(string(b), hidden) {
			t.Errorf("manifest holds %q: %s", hidden, b)
		}
	}
	_, n := Apply(text, acceptAll(Find(text, nil)))
	h1, _ := m.Hash()
	h2, _ := n.Hash()
	if h1 != h2 || len(h1) != 64 {
		t.Errorf("hashes are %q and %q", h1, h2)
	}
	m.Spans[0].Accepted = false
	if h3, _ := m.Hash(); h3 == h1 {
		t.Error("a changed manifest has the same hash")
	}
}

func TestTheCanonicalManifestIsSpelledOneWay(t *testing.T) {
	_, m := Apply("张三<丰>", []Decision{{Span: Span{Start: 0, End: 6, Kind: Name, Text: "张三", Label: "<张某>", Source: FromKnown, Sure: true}, Accept: true, By: "u1"}})
	b, err := m.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	want := `{"counts":{"姓名":{"accepted":1,"rejected":0}},"misfits":0,"output":"` + m.Output +
		`","spans":[{"accepted":true,"by":"u1","end":6,"kind":"姓名","label":"<张某>","source":"known","start":0,"sure":true}],"swept":0,"version":1}`
	if string(b) != want {
		t.Errorf("reads %s\nwant  %s", b, want)
	}
}

func TestUnconfirmedNamesEverySpanThatNobodyDecided(t *testing.T) {
	text := "证人：李四、王五，电话13800138000。"
	spans := Find(text, nil)
	if got := Unconfirmed(spans, nil); len(got) != len(spans) || len(spans) != 3 {
		t.Fatalf("%d spans, %d unconfirmed", len(spans), len(got))
	}
	ds := acceptAll(spans[:2])
	ds[1].Accept = false
	if got := Unconfirmed(spans, ds); len(got) != 1 || got[0] != spans[2] {
		t.Errorf("unconfirmed are %v", got)
	}
	wide, err := Mark(text, spans[2].Start-len("电话"), spans[2].End, Phone)
	if err != nil {
		t.Fatal(err)
	}
	if got := Unconfirmed(spans, append(ds, Decision{Span: wide, Accept: true})); len(got) != 0 {
		t.Errorf("a widened span is still unconfirmed: %v", got)
	}
	if got := Unconfirmed(spans, append(ds, Decision{Span: wide})); len(got) != 1 {
		t.Error("a rejected wider span confirms what it holds")
	}
}

func TestMarkRefusesHalfACharacter(t *testing.T) {
	if _, err := Mark("张三", 1, 3, Name); err == nil {
		t.Error("half a character was marked")
	}
	s, err := Mark("张三到场", 0, 6, Name)
	if err != nil || s.Label != "张某" || s.Source != FromManual {
		t.Errorf("mark gives %+v, %v", s, err)
	}
}

func TestScanFindsALeakAndNothingInACleanText(t *testing.T) {
	known := []Known{{Kind: Name, Text: "张三丰", Role: Party}, {Kind: Name, Text: "王小明", Role: Officer}}
	text := "当事人：张三丰，男，身份证号650102195710155018，住址：吉林省四平市铁西区仁兴街12号，电话13800138000，车牌吉C12345，邮箱a.b@example.cn，卡号6222021925206360700。执法人员王小明。"
	clean, _ := Apply(text, acceptAll(Find(text, known)))
	if got := Scan(clean, known...); len(got) != 0 {
		t.Errorf("%q: scan found %q", clean, texts(got))
	}
	for _, leak := range []string{"张三丰", "张 三 丰", "13800138000", "650102195710155018"} {
		if got := Scan(clean+leak, known...); len(got) != 1 {
			t.Errorf("leak %q: scan found %q", leak, texts(got))
		}
	}
	agency := Decision{Span: Span{Kind: Phone, Text: "0434-3224567"}}
	if got := Scan("听证联系电话：0434-3224567", Rejected([]Decision{agency})...); len(got) != 0 {
		t.Errorf("what a person found public is a leak: %q", texts(got))
	}
}
