package redact

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzFindAndApply holds what must be true for any bytes: offsets match, spans do not overlap, accepted text is gone, and
// nothing panics.
func FuzzFindAndApply(f *testing.F) {
	for _, s := range hardNegatives {
		f.Add(s, "张三丰")
	}
	f.Add("当事人：张 三\n丰，身份证65010219571015501 8，住址：四平市铁西区仁兴街12号，电话１３８００１３８０００", "13800138000")
	f.Add("\xff\xfe张三\xe4㎏①ﬁ吉C12345a@b.cn微信号:abc123", "吉C12345")
	f.Add("（0434）3224567转801", "（0434）3224567")
	f.Fuzz(func(t *testing.T, text, secret string) {
		known := []Known{{Kind: Name, Text: secret}, {Kind: Phone, Text: secret, Label: "略"}}
		spans := Find(text, known)
		last := 0
		for _, s := range spans {
			if s.Start < last || s.End <= s.Start || text[s.Start:s.End] != s.Text || s.Label == "" {
				t.Fatalf("bad span %+v", s)
			}
			if utf8.ValidString(text) && (!utf8.ValidString(s.Text) || !boundary(text, s.Start) || !boundary(text, s.End)) {
				t.Fatalf("span %+v splits a rune", s)
			}
			last = s.End
		}
		out, m := Apply(text, acceptAll(spans))
		if m.Misfits != 0 && utf8.ValidString(text) {
			t.Fatalf("%d misfits", m.Misfits)
		}
		for _, s := range spans {
			if utf8.ValidString(text) && strings.Contains(out, s.Text) {
				t.Fatalf("%q is left in %q", s.Text, out)
			}
		}
		if _, err := m.Hash(); err != nil {
			t.Fatal(err)
		}
		Scan(out, known...)
		Unconfirmed(spans, nil)
	})
}
