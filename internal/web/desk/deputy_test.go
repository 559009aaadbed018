package desk_test

import (
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"mingjing/internal/access"
	"mingjing/internal/db"
)

// deputy signs somebody in who from then on acts for a colleague (AB角) for six days.
func (b *bureau) deputy(t *testing.T, who, principal access.Actor) *browser {
	t.Helper()
	b.lend(t, who, principal)
	br := b.seat(t, who)
	br.get("/desk/messages").ok().says(principal.Name + "请您代理")
	b.agree(br)
	b.actFor(br)
	return br
}

// lend grants the deputy the principal's power.
func (b *bureau) lend(t *testing.T, who, principal access.Actor) access.Acting {
	t.Helper()
	var a access.Acting
	err := b.Write(func(tx *db.Tx) (err error) {
		a, err = access.GrantActing(tx, principal, access.NewActing{Principal: principal.Account, Deputy: who.Account, From: b.Today(), Until: b.Today().AddDays(5), Reason: "出差"})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// agree gives the deputy's word on the account page.
func (b *bureau) agree(br *browser) {
	br.t.Helper()
	page := br.get("/desk/account").ok()
	grant := find(page.root, func(n *html.Node) bool {
		return n.Data == "input" && attr(n, "name") == "grant" && attr(n, "value") != ""
	})
	if grant == nil {
		br.t.Fatalf("no grant waits for the deputy:\n%s", squeeze(page.main()))
	}
	br.post("/desk/account/acting/answer", url.Values{"grant": {attr(grant, "value")}, "answer": {"accept"}}).ok().says("已同意代理")
}

// actFor takes the grant that the account page offers.
func (b *bureau) actFor(br *browser) {
	br.t.Helper()
	page := br.get("/desk/account").ok()
	grant := find(page.root, func(n *html.Node) bool {
		return n.Data == "input" && attr(n, "name") == "grant" && attr(n, "value") != ""
	})
	if grant == nil {
		br.t.Fatalf("no grant is offered:\n%s", squeeze(page.main()))
	}
	br.post("/desk/account/acting", url.Values{"grant": {attr(grant, "value")}}).ok().says("代")
}

func TestAPersonEndsAllOtherSignInsAtOnce(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		elsewhere := b.seat(t, b.Handler)
		here := b.stranger(t)
		here.login = elsewhere.login
		here.signIn()
		here.post("/desk/account/sessions/end", nil).ok().says("其他登录已全部退出")
		if got := elsewhere.get("/desk/account"); strings.Contains(got.body, b.Handler.Name) {
			t.Errorf("the other sign-in still shows the account at %s", got.url)
		}
		here.get("/desk/account").ok().says(b.Handler.Name)
	})
}

func TestADeputyDoesNotLengthenThePowerThatWasLent(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		deputy := b.deputy(t, b.UnitHead, b.Approver)
		const rule = "代理期间不得设置或者终止代理"
		longer := url.Values{"principal": {b.Approver.Account}, "deputy": {b.UnitHead.Account}, "from": {b.Today().String()}, "until": {b.Today().AddDays(300).String()}, "reason": {"延长"}}
		deputy.get("/desk/acting/new").refused().says(rule)
		deputy.post("/desk/acting/new/grant", longer).refused().says(rule)
		deputy.post("/desk/acting/new/end", url.Values{"grant": {"any"}}).refused().says(rule)
		deputy.post("/desk/account/acting", url.Values{"grant": {""}}).ok()
		deputy.post("/desk/acting/new/grant", longer).refused().says("“被代理人”选的内容不在可选范围内")
	})
}

func TestADeputyImportsInTheNameOfBothAndNotAfterTheGrantHasEnded(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		deputy := b.deputy(t, b.Second, b.Publisher)
		file := deputy.upload("/desk/imports/new", "旧案.csv", oldCases(3)).ok().url
		columns := url.Values{"column.title": {"标题"}, "column.number": {"文号"}, "column.decided": {"决定日期"}, "column.body": {"全文"}, "column.party": {"当事人"}, "fixed.class": {"处罚"}, "do": {"try"}}
		deputy.post(file, columns).ok()
		b.drain()
		columns.Set("do", "import")
		deputy.post(file, columns).ok()
		b.drain()
		both := b.Second.Name + "（代" + b.Publisher.Name + "）"
		done := deputy.get(file).ok().says("待第二人核对", "3件", both)
		deputy.get("/desk/imports").ok().says(both)
		b.seat(t, b.Approver).get("/desk/ledger?room=import.").ok().says(both)

		checks := b.deputy(t, b.Third, b.Checker)
		checks.post(done.url+"/check", url.Values{"doubt": {"hide"}, "sure": {"是"}}).ok().says("核对已开始")
		b.drain()
		checks.get(done.url).ok().says("已全部核对公示")
		b.seat(t, b.Approver).get("/desk/ledger?room=publication.").ok().says(b.Third.Name + "（代" + b.Checker.Name + "）")

		late := deputy.upload("/desk/imports/new", "又一批.csv", oldCases(5)).ok().url
		columns.Set("do", "try")
		deputy.post(late, columns).ok()
		var grants []access.Acting
		b.Read(func(tx *db.Tx) (err error) { grants, err = access.ActingFor(tx, b.Second.Account); return err })
		b.Must(b.Write(func(tx *db.Tx) error { return access.EndActing(tx, b.Publisher, grants[0].ID) }))
		b.drain()
		b.seat(t, b.Publisher).get(late).ok().says("代理已经结束")
	})
}
