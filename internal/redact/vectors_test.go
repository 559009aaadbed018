package redact

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

type vectorFile struct {
	ID18     struct{ Valid, Invalid []string } `json:"id18"`
	USCC     struct{ Valid, Invalid []string } `json:"uscc"`
	Bankcard struct{ Valid, Invalid []string } `json:"bankcard"`
	Mobile   struct{ Valid, Invalid []string } `json:"mobile"`
	Landline []string                          `json:"landline"`
	Plate    struct{ Valid, Invalid []string } `json:"plate"`
	Passport []string                          `json:"passport"`
}

func vectors(t *testing.T) vectorFile {
	t.Helper()
	b, err := os.ReadFile(sharedFile(t, "vectors/pii_zh.json"))
	if err != nil {
		t.Fatal(err)
	}
	var v vectorFile
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// settings are sentences around a number; every valid vector is found in each of them.
var settings = []string{"%", "经查，%，情况属实。", "号码：%\n", "https://example.cn/q?x=%&y=1"}

func TestEveryValidVectorIsFoundAsItsKind(t *testing.T) {
	v := vectors(t)
	for _, c := range []struct {
		kind Kind
		list []string
	}{{IDNumber, append(v.ID18.Valid, "11010519491231002X")}, {BankAccount, v.Bankcard.Valid}, {Phone, v.Mobile.Valid},
		{Phone, v.Landline}, {Plate, v.Plate.Valid}, {Passport, v.Passport}} {
		for _, text := range c.list {
			for _, s := range settings {
				got := only(Find(strings.Replace(s, "%", text, 1), nil), c.kind)
				if len(got) != 1 || got[0].Text != text {
					t.Errorf("%s %q in %q: found %q", c.kind, text, s, texts(got))
				}
			}
		}
	}
}

func TestNoInvalidVectorIsFoundWithoutACue(t *testing.T) {
	v := vectors(t)
	for _, c := range []struct {
		kind Kind
		list []string
	}{{IDNumber, v.ID18.Invalid}, {BankAccount, v.Bankcard.Invalid}, {Phone, v.Mobile.Invalid}, {Plate, v.Plate.Invalid}} {
		for _, text := range c.list {
			if got := Find("经查，"+text+"，情况属实。", nil); len(got) != 0 {
				t.Errorf("%s %q: found %q", c.kind, text, texts(got))
			}
		}
	}
}

func TestAnIdentityNumberWithAWrongCheckIsAnUnsureFindingWhereTheTextNamesIt(t *testing.T) {
	for _, text := range vectors(t).ID18.Invalid {
		got := only(Find("身份证号："+text+"，住址不详", nil), IDNumber)
		if len(got) != 1 || got[0].Sure {
			t.Errorf("%q: found %v", text, got)
		}
	}
}

func TestCreditCodesStayPublic(t *testing.T) {
	v := vectors(t)
	for _, text := range append(v.USCC.Valid, v.USCC.Invalid...) {
		for _, s := range []string{"统一社会信用代码：%。", "统一社会信用代码%", "（%）"} {
			if got := Find(strings.Replace(s, "%", text, 1), nil); len(got) != 0 {
				t.Errorf("%q in %q: found %q", text, s, texts(got))
			}
		}
	}
}
