package desk_test

import (
	"net/url"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/testkit/world"
)

// A handler leaves: the administrator is warned before the account is disabled, the head of the unit finds the cases by a message
// and hands them over on one page, one of them to somebody else.
func TestTheCasesOfALeaverGoToOthersOnOnePage(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		first, second := b.Lead(world.Minor()).Open(), b.Lead(world.Minor()).Open()
		admin, head := b.seat(t, b.Administrator), b.seat(t, b.UnitHead)
		at := "/desk/accounts/" + b.Handler.Account
		admin.get(at).ok().says("还承办着2件在办案件", "/desk/handover/"+b.Handler.Account)
		head.get("/desk/messages").ok()
		admin.post(at+"/disable", url.Values{"reason": {"调离"}}).ok()
		head.get("/desk/messages").ok().says("顾文舟的账号已停用", "还有2件在办案件没有移交", "/desk/handover/"+b.Handler.Account)
		head.get("/desk/handover").ok().says("顾文舟", "已停用，案件待移交")
		page := "/desk/handover/" + b.Handler.Account
		head.get(page).ok().says(first.View(b.UnitHead).File.Title, "按上面的选择")
		typed := url.Values{"case": {first.ID, second.ID}, "to": {b.Second.Account}}
		head.post(page, typed).refused().says("请写明移交的原因")
		typed.Set("reason", "调离岗位")
		typed.Set("to."+second.ID, "stays")
		head.post(page, typed).ok().says("已移交1件案件", second.View(b.UnitHead).File.Title)
		if first.View(b.Approver).File.Handler != b.Second.Account || second.View(b.Approver).File.Handler != b.Handler.Account {
			t.Fatal("the case that was to stay went, or the other did not")
		}
		far := b.hire("xinbu", "乔远岫", "mgj", access.RoleHandler) // holds no certificate
		typed.Set("to."+second.ID, far.Account)
		typed["case"] = []string{second.ID}
		head.post(page, typed).refused().says("1件没有移交", "第四十二条第一款", "乔远岫")
		typed.Set("to."+second.ID, b.Third.Account)
		head.post(page, typed).ok().says("已移交1件案件", "没有可以移交的在办案件")
		head.get("/desk/messages").ok()
		if a := b.seat(t, b.Second).get(page); a.status != 422 {
			t.Errorf("a handler opens the cases of a colleague: %d", a.status)
		}
	})
}
