package desk_test

import (
	"net/url"
	"strings"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/testkit/world"
	"mingjing/internal/zh"
)

// A citizen brings a paper on which the number stands as some other office writes it.
func TestTheDeskFindsACaseByTheNumberOfAPaperInEverySpelling(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		_, c := b.decidedCase()
		d := c.View(b.Handler).Parties[0].Decision
		n, err := zh.ParseNumber(d.Number)
		b.Must(err)
		tail := strings.TrimSuffix(strings.TrimPrefix(n.String(), n.Prefix+"〔2026〕"), "号")
		handler, publisher := b.seat(t, b.Handler), b.seat(t, b.Publisher)
		for _, q := range []string{d.Number, n.Prefix + "[2026]" + tail + "号", n.Prefix + "（2026）第" + tail + "号", n.Prefix + " (2026) " + tail, "〔２０２６〕" + tail + "号", "(2026) " + tail, "【2026】第00" + tail + "号"} {
			at := url.QueryEscape(q)
			if a := handler.get("/desk/search?q=" + at).ok(); !strings.Contains(a.body, "/desk/cases/"+c.ID) {
				t.Errorf("the search does not find %s by %s", d.Number, q)
			}
			if a := handler.get("/desk/cases?q=" + at).ok(); !strings.Contains(a.body, "/desk/cases/"+c.ID) {
				t.Errorf("the list of cases does not find %s by %s", d.Number, q)
			}
			if a := publisher.get("/desk/search?q=" + at).ok(); !strings.Contains(a.body, "/desk/publications/") {
				t.Errorf("the search does not find the publication of %s by %s", d.Number, q)
			}
			if a := publisher.get("/desk/publications/all?q=" + at).ok(); !strings.Contains(a.body, d.Number) {
				t.Errorf("the list of publications does not find %s by %s", d.Number, q)
			}
		}
		if a := handler.get("/desk/search?q=" + url.QueryEscape("〔2025〕"+tail+"号")).ok(); strings.Contains(a.body, "/desk/cases/"+c.ID) {
			t.Error("the number of another year finds it")
		}
	})
}

// The beginnings of the code of an organisation and of that of a trader, who is a person.
const (
	groupCode  = "51220300MJ0000T0"
	traderCode = "92220300MA00TR0D"
)

func TestTheDeskFindsAPartyByItsCodeAndThatOfATraderIsALook(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		m := world.Minor()
		m.Parties = []map[string]any{world.Organisation("松涛社会服务中心")}
		m.Parties[0]["code"] = code(t, groupCode)
		group := b.Lead(m)
		m.Parties = []map[string]any{world.Organisation("柳记杂货铺")}
		m.Parties[0]["kind"], m.Parties[0]["code"] = "个体工商户", code(t, traderCode)
		trader := b.Lead(m)
		stranger := b.hire("waike", "别科人", "bgs", access.RoleHandler)
		handler, other := b.seat(t, b.Handler), b.seat(t, stranger)
		org := code(t, groupCode)[8:17]
		for _, q := range []string{code(t, groupCode), strings.ToLower(code(t, groupCode)), org, org[:8] + "-" + org[8:], " " + code(t, groupCode)[:8] + " " + code(t, groupCode)[8:]} {
			before := len(b.looks(b.Handler))
			if a := handler.get("/desk/search?q=" + url.QueryEscape(q)).ok(); !strings.Contains(a.body, "/desk/cases/"+group.ID) || strings.Contains(a.body, "/desk/cases/"+trader.ID) {
				t.Errorf("%s does not find the one case of the organisation", q)
			}
			if n := len(b.looks(b.Handler)); n != before {
				t.Errorf("%s of an organisation is a look", q)
			}
		}
		before := len(b.looks(b.Handler))
		if a := handler.get("/desk/search?q=" + code(t, traderCode)).ok(); !strings.Contains(a.body, "/desk/cases/"+trader.ID) {
			t.Error("the code of a trader finds nothing")
		}
		if looks := b.looks(b.Handler); len(looks) != before+1 || looks[0].Thing != trader.ID || !strings.Contains(looks[0].Purpose, "统一社会信用代码") {
			t.Errorf("the look is not on record: %d, then %+v", before, looks)
		}
		if a := other.get("/desk/search?q=" + code(t, traderCode)).ok(); strings.Contains(a.body, trader.ID) {
			t.Error("who may not read the case finds it by the code of its party")
		}
		if looks := b.looks(stranger); len(looks) != 0 {
			t.Errorf("looks of who was shown nothing: %+v", looks)
		}
	})
}

// code puts the checks right.
func code(t *testing.T, text string) string {
	t.Helper()
	const set = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	for _, org := range "0123456789ABCDEFGHJKLMNPQRTUWXY" {
		for _, last := range set {
			c := text + string(org) + string(last)
			if _, err := zh.ParseCreditCode(c); err == nil {
				return c
			}
		}
	}
	t.Fatalf("no code begins with %s", text)
	return ""
}
