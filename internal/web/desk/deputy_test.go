package desk_test

import (
	"net/url"
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

func TestADeputyDoesNotLengthenThePowerThatWasLent(t *testing.T) {
	b := open(t)
	deputy := b.deputy(t, b.UnitHead, b.Approver)
	const rule = "代理期间不得设置或者终止代理"
	longer := url.Values{"principal": {b.Approver.Account}, "deputy": {b.UnitHead.Account}, "from": {b.Today().String()}, "until": {b.Today().AddDays(300).String()}, "reason": {"延长"}}
	deputy.get("/desk/acting/new").refused().says(rule)
	deputy.post("/desk/acting/new/grant", longer).refused().says(rule)
	deputy.post("/desk/acting/new/end", url.Values{"grant": {"any"}}).refused().says(rule)
	deputy.post("/desk/account/acting", url.Values{"grant": {""}}).ok()
	deputy.post("/desk/acting/new/grant", longer).refused().says("没有授权")
}
