package seat

import (
	"strconv"
	"strings"
	"sync"

	"mingjing/internal/flow"
	"mingjing/internal/ledger"
	"mingjing/internal/web/page"
	"mingjing/internal/workday"
)

// titles are the Chinese names of events: those of the flow tables, and those that belong to no step.
var titles = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	for _, m := range flow.Machines() {
		for _, s := range m.Steps {
			if names[s.Event] == "" {
				names[s.Event] = s.Title
			}
		}
	}
	for _, p := range otherEvents() {
		names[p[0]] = p[1]
	}
	return names
})

// otherEvents are the events that no flow table names.
func otherEvents() [][2]string {
	return [][2]string{
		{"account.created", "建立账号"}, {"account.described", "修改账号资料"}, {"account.disabled", "停用账号"}, {"account.enabled", "启用账号"},
		{"account.role_granted", "授予角色"}, {"account.role_revoked", "收回角色"}, {"account.setup_issued", "发放设置码"}, {"account.password_set", "设置密码"},
		{"account.password_changed", "修改密码"}, {"account.logged_in", "登录"}, {"account.locked", "登录失败过多，暂时锁定"},
		{"account.factor_enrolled", "启用第二因素"}, {"account.factor_reset_requested", "申请重置第二因素"}, {"account.factor_reset_confirmed", "确认重置第二因素"},
		{"account.factor_reset_rejected", "不同意重置第二因素"}, {"account.acting_granted", "设置代理（AB角）"}, {"account.acting_ended", "终止代理"},
		{"account.acting_accepted", "同意代理"}, {"account.acting_declined", "不同意代理"},
		{"account.acting_taken", "开始代理"}, {"account.acting_left", "结束代理"},
		{"agency.created", "登记机关"}, {"agency.changed", "修改机关信息"}, {"agency.unit_put", "登记科室"},
		{"officer.added", "登记执法人员"}, {"officer.changed", "修改执法人员信息"}, {"certificate.added", "登记执法证件"}, {"certificate.renewed", "执法证件年审、换证"},
		{"certificate.revoked", "注销执法证件"}, {"certificate.filed", "执法证件备案"}, {"reviewer.appointed", "确定法制审核人员"}, {"reviewer.ended", "终止法制审核人员"},
		{"counsel.engaged", "聘请法律顾问、公职律师"}, {"counsel.ended", "终止法律顾问、公职律师"}, {"pack.activated", "启用专案包"},
		{"disclosure.committed", "决定计入公示台账"}, {"disclosure.withdrawal_due", "决定被改变，应当撤下公示"}, {"disclosure.list_published", "发布事前公示清单"},
		{"publication.effective", "公示的决定生效"}, {"publication.correction_proposed", "提出更正公示"}, {"publication.withdrawal_proposed", "提出撤下公示"}, {"publication.restored", "恢复为待公示"},
		{"publication.batch_published", "批量核对公示"}, {"import.started", "开始导入"}, {"import.batch", "导入一批"}, {"import.finished", "导入完成"},
		{"document.attached", "添加附件"}, {"publication.attached", "添加公示的扫描件"}, {"certificate.attached", "添加执法证件的扫描件"},
		{"document.sealed", "登记用印"}, {"ledger.shredded", "依法销毁个人信息载荷"}, {"ledger.bound", "记入所写的各行"},
		{"recheck.finished", "复算完成"}, {"recheck.failed", "复算没有完成"}, {"case.handed_over", "移交案件"}, {"case.party_added", "增加当事人"}, {"case.party_corrected", "更正当事人信息"},
		{"number.voided", "作废文号"}, {"number.started", "设定文号起点"}, {"oversight.board_published", "发布职责看板"},
		{"rule.adopted", "登记制度文本"}, {"undertaking.entered", "登记落实事项"}, {"undertaking.settled", "办结落实事项"}, {"return.sent", "上报统计年报"},
	}
}

// EventTitle is the Chinese name of a kind of event.
func EventTitle(kind string) string {
	if title := titles()[kind]; title != "" {
		return title
	}
	room, _, _ := strings.Cut(kind, ".")
	switch room {
	case "case", "evidence", "document", "decision", "delivery":
		return "案件事项"
	case "review":
		return "法制审核事项"
	}
	return "其他事项"
}

// EventKinds lists the kinds with a title of their own, for the filter of the ledger.
func EventKinds() map[string]string { return titles() }

// Story makes events of the ledger readable; say gives an event its sentence.
func Story(v *Visitor, records []ledger.Record, say func(ledger.Record) (title, text, tone string)) ([]page.Event, error) {
	var ids []string
	for _, e := range records {
		ids = append(ids, e.Actor.Account, e.Actor.OnBehalf)
	}
	names, err := v.Names(ids...)
	if err != nil {
		return nil, err
	}
	story := make([]page.Event, 0, len(records))
	for _, e := range records {
		title, text, tone := say(e)
		shown := page.Event{Day: workday.DayOf(e.Occurred).String(), Title: title, Text: text, Tone: tone, By: By(names, e.Actor),
			Proof: page.Link{Text: "存证 " + strconv.FormatInt(e.Seq, 10), Href: "/desk/ledger/" + strconv.FormatInt(e.Seq, 10)}}
		if workday.DayOf(e.Recorded) != workday.DayOf(e.Occurred) {
			shown.Late = workday.DayOf(e.Recorded).String()
		} else {
			shown.Time = e.Recorded.In(workday.Shanghai()).Format("15:04")
		}
		story = append(story, shown)
	}
	return story, nil
}

// By names who acted, and for whom.
func By(names map[string]string, a ledger.Actor) string {
	who := names[a.Account]
	if a.OnBehalf != "" {
		who += "（代" + names[a.OnBehalf] + "）"
	}
	return who
}
