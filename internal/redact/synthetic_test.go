package redact

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"mingjing/internal/redact/view"
)

// Class says in which of the measured groups a planted piece of personal data belongs.
type class int

const (
	classKnown class = iota
	classStructured
	className
	classAddress
	classCount
)

func (c class) String() string {
	return [...]string{"known", "structured", "unseen name", "unseen address"}[c]
}

// planted is a piece of personal data at its place in a made-up document.
type planted struct {
	start, end int
	class      class
}

// writer makes up decisions. Everything in them is invented; the seed fixes it for ever.
type writer struct {
	r     *rand.Rand
	b     strings.Builder
	known []Known
	truth []planted
}

func (w *writer) pick(list ...string) string { return list[w.r.IntN(len(list))] }

func (w *writer) text(s string) { w.b.WriteString(s) }

// plant writes a piece of personal data and remembers where.
func (w *writer) plant(s string, c class) {
	start := w.b.Len()
	w.b.WriteString(s)
	w.truth = append(w.truth, planted{start, w.b.Len(), c})
}

func (w *writer) digits(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte('0' + w.r.IntN(10))
	}
	return string(b)
}

func (w *writer) name() string {
	family := []rune("王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金贾夏付方邹熊白孟秦邱侯江尹薛闫段雷黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常")
	given := []rune("伟芳娜敏静秀丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华建国文玉红梅春生海燕志林云珍荣金龙凤琴晓东永德福祥宇浩然子轩梓涵欣怡诗雨泽博俊熙")
	n := string(family[w.r.IntN(len(family))]) + string(given[w.r.IntN(len(given))])
	if w.r.IntN(4) > 0 {
		n += string(given[w.r.IntN(len(given))])
	}
	return n
}

func (w *writer) id() string {
	body := w.pick("220302", "220303", "110105", "310115", "440305") + fmt.Sprintf("%04d%02d%02d", 1940+w.r.IntN(70), 1+w.r.IntN(12), 1+w.r.IntN(28)) + w.digits(3)
	sum := 0
	for i, f := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += f * int(body[i]-'0')
	}
	return body + string("10X98765432"[sum%11])
}

func (w *writer) card() string {
	body := w.pick("622202", "622848", "621700") + w.digits(12)
	for d := byte('0'); d <= '9'; d++ {
		if view.Luhn(body + string(d)) {
			return body + string(d)
		}
	}
	return ""
}

func (w *writer) structuredValue() string {
	switch w.r.IntN(8) {
	case 0, 1:
		return w.id()
	case 2, 3:
		return w.pick("13", "15", "17", "18", "19") + w.digits(9)
	case 4:
		return w.pick("0434", "0431") + "-" + w.pick("2", "3", "5", "6") + w.digits(6)
	case 5:
		return w.card()
	case 6:
		return w.pick("吉C", "吉A", "辽B", "京N") + w.digits(5)
	}
	return "u" + w.digits(5) + "@" + w.pick("example.cn", "mail.example.com")
}

// disguise writes a number as people and programs do: full width, in groups, broken by a line or an invisible character.
func (w *writer) disguise(s string) string {
	r := []rune(s)
	k := 1 + w.r.IntN(len(r)-1)
	switch w.r.IntN(10) {
	case 0:
		for i, c := range r {
			if c > ' ' && c < 0x7F {
				r[i] = c + 0xFEE0
			}
		}
		return string(r)
	case 1:
		return string(r[:k]) + "\u200b" + string(r[k:])
	case 2:
		if !strings.ContainsAny(s, "@-吉辽京") {
			return string(r[:k]) + "\n" + string(r[k:])
		}
	}
	return s
}

func (w *writer) address() string {
	return w.pick("吉林省四平市", "四平市", "吉林省长春市", "") + w.pick("铁西区", "铁东区", "梨树县") + w.pick("仁兴", "海丰", "紫气", "平安", "新华") + w.pick("大街", "路", "大路") +
		fmt.Sprintf("%d号", 1+w.r.IntN(900)) + w.pick("", fmt.Sprintf("%d栋%d单元%d室", 1+w.r.IntN(20), 1+w.r.IntN(5), 101+w.r.IntN(900)))
}

// spellings writes a known name the way texts write it.
func (w *writer) spelled(n string) string {
	r := []rune(n)
	switch w.r.IntN(12) {
	case 0:
		return strings.Join(strings.Split(n, ""), " ")
	case 1:
		return string(r[0]) + "\n" + string(r[1:])
	case 2:
		return string(r[0]) + "\u200b" + string(r[1:])
	case 3:
		return string(r[0]) + w.pick("先生", "女士")
	}
	return n
}

// sentence writes one sentence, with or without personal data.
func (w *writer) sentence() {
	switch w.r.IntN(12) {
	case 0, 1, 2:
		k := w.known[w.r.IntN(len(w.known))]
		w.text(w.pick("经查，", "后，", "证据表明", "当日，"))
		if k.Kind == Name {
			w.plant(w.spelled(k.Text), classKnown)
			w.text(w.pick("在现场", "未到场", "予以认可", "提出异议"))
		} else {
			w.plant(w.disguise(k.Text), classKnown)
			w.text("属实")
		}
	case 3, 4, 5:
		w.text(w.pick("登记为", "所留号码", "核对结果：", "经查询，", "身份证号或电话：", "号码 "))
		w.plant(w.disguise(w.structuredValue()), classStructured)
		w.text(w.pick("，有记录在卷", "，属实", "（见附件）"))
	case 6, 7:
		w.text(w.pick("证人：", "证人", "委托代理人：", "其妻", "举报人", "被询问人：", "监护人", "见证人"))
		w.plant(w.name(), className)
		w.text(w.pick("，男", "，在场", "表示认可", "陈述了经过", "签字确认", "。", "；"))
	case 8:
		w.text(w.pick("住址：", "现住", "户籍地："))
		w.plant(w.address(), classAddress)
	default:
		w.text(w.harmless())
	}
	w.text("。")
}

// harmless is text that must not be marked.
func (w *writer) harmless() string {
	switch w.r.IntN(10) {
	case 0:
		return fmt.Sprintf("四民罚决字〔2026〕第%s号", w.digits(6))
	case 1:
		return fmt.Sprintf("罚款人民币%s元", w.digits(11))
	case 2:
		return fmt.Sprintf("依据《社会团体登记管理条例》第%d条第%d款", 1+w.r.IntN(60), 1+w.r.IntN(3))
	case 3:
		return fmt.Sprintf("2026年%d月%d日%d时", 1+w.r.IntN(12), 1+w.r.IntN(28), w.r.IntN(24))
	case 4:
		return "订单号：" + w.digits(18)
	case 5:
		return fmt.Sprintf("合计%s,%s.%s万元", w.digits(3), w.digits(3), w.digits(2))
	case 6:
		return "执法证号：" + "0703" + w.digits(7)
	case 7:
		return "当事人应当自收到本决定书之日起十五日内缴纳罚款"
	case 8:
		return "本局对该社会团体的登记材料进行了书面审查"
	}
	return "可以依法向人民法院提起行政诉讼"
}

func document(seed uint64) *writer {
	w := &writer{r: rand.New(rand.NewPCG(seed, 20261124))}
	for range 3 {
		w.known = append(w.known, Known{Kind: Name, Text: w.name()})
	}
	w.known = append(w.known, Known{Kind: IDNumber, Text: w.id()}, Known{Kind: Phone, Text: "139" + w.digits(8)},
		Known{Kind: Address, Text: w.address()}, Known{Kind: BankAccount, Text: w.digits(16)})
	for len(w.truth) < 20 {
		w.sentence()
	}
	return w
}

// score counts a planted piece as found when spans cover all of it, and a span as right when it touches a planted piece.
type score struct {
	found, planted [classCount]int
	right, marked  [classCount]int
}

func (s *score) add(w *writer, spans []Span) {
	for _, p := range w.truth {
		s.planted[p.class]++
		at := p.start
		for _, sp := range spans {
			if sp.Start <= at && sp.End > at {
				at = sp.End
			}
		}
		if at >= p.end {
			s.found[p.class]++
		}
	}
	for _, sp := range spans {
		c := map[Source]class{FromKnown: classKnown, FromStructure: classStructured, FromName: className, FromAddress: classAddress}[sp.Source]
		s.marked[c]++
		for _, p := range w.truth {
			if sp.Start < p.end && p.start < sp.End {
				s.right[c]++
				break
			}
		}
	}
}

func TestRecallAndPrecisionOnAThousandDocumentsMeetTheTargets(t *testing.T) {
	var s score
	leaks := 0
	for seed := range uint64(1000) {
		w := document(seed)
		text := w.b.String()
		spans := Find(text, w.known)
		s.add(w, spans)
		out, m := Apply(text, acceptAll(spans))
		if m.Misfits != 0 {
			t.Fatalf("document %d: %d misfits", seed, m.Misfits)
		}
		for _, sp := range spans {
			if strings.Contains(out, sp.Text) {
				t.Fatalf("document %d: accepted %q is left", seed, sp.Text)
			}
		}
		for _, l := range Scan(out, w.known...) {
			leaks++
			t.Logf("document %d: scan finds %s %q", seed, l.Kind, l.Text)
		}
	}
	for _, c := range []struct {
		class             class
		recall, precision float64
	}{{classKnown, 0.999, 0.99}, {classStructured, 0.995, 0.99}, {className, 0.95, 0.70}, {classAddress, 0.95, 0.90}} {
		recall := float64(s.found[c.class]) / float64(s.planted[c.class])
		precision := float64(s.right[c.class]) / float64(s.marked[c.class])
		t.Logf("%-14s planted %5d  recall %.4f (target %.3f)  precision %.4f (target %.2f)", c.class, s.planted[c.class], recall, c.recall, precision, c.precision)
		if recall < c.recall || precision < c.precision {
			t.Errorf("%s misses its target", c.class)
		}
	}
	if leaks > 0 {
		t.Errorf("the scan of the redacted texts finds %d leaks", leaks)
	}
}
