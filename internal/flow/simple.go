package flow

import "mingjing/internal/law"

// The states that only the simple procedure has.
const (
	OnScene   State = "on_scene"
	Converted State = "converted"
	Filed     State = "filed"
)

// OnTheSpot is 行政处罚简易程序 (第五十一条至第五十三条, 第六十八条至第七十一条): one
// party, decided where the violation was found.
func OnTheSpot() Machine {
	return Machine{
		Code: "simple", Title: "行政处罚简易程序", Start: Started,
		States: []StateInfo{
			{Code: Started, Title: "未登记"},
			{Code: OnScene, Title: "现场查明"},
			{Code: Decided, Title: "已当场决定并交付"},
			{Code: Filed, Title: "已备案"},
			{Code: Demanded, Title: "已催告"},
			{Code: InCourt, Title: "已申请法院执行"},
			{Code: Annulled, Title: "决定已被撤销或者变更"},
			{Code: Done, Title: "已履行"},
			{Code: Converted, Title: "转为普通程序", Final: true},
			{Code: Closed, Title: "已结案"},
			{Code: Archived, Title: "已归档", Final: true},
		},
		Steps: everywhere(append(simpleSteps(), simpleEnd()...)...),
	}
}

// simpleSteps run from the scene to the filing of the decision.
func simpleSteps() []Step {
	return []Step{
		{Code: "investigate", Title: "亮证并现场查明", From: []State{Started}, To: OnScene, Role: law.RoleHandler, Forms: []Form{"现场检查笔录"},
			Rules: []string{"CF-20", "CF-20b", "CF-20c", "SX-07", "SX-10", "SX-11", "CF-04", "CF-08"}, Public: true, Event: "case.inspected"},
		{Code: "convert", Title: "转为普通程序", From: []State{OnScene}, To: Converted, Role: law.RoleHandler, Optional: true, Public: true, Event: "case.converted"},
		{Code: "decide_on_spot", Title: "当场作出处罚决定并交付", From: []State{OnScene}, To: Decided, Role: law.RoleHandler, Forms: []Form{"当场行政处罚决定书"},
			Rules: concat([]string{"CF-20", "CF-20b", "CF-20c", "SX-07", "SX-10", "SX-11", "CF-50", "CF-51", "CF-52", "CF-54", "QZ-25", "CF-02", "CF-02b", "CF-04", "CF-08", "CF-12", "CF-13", "CF-21", "CF-30"}, penaltyRules()), Public: true, Event: "decision.made",
			Deadlines: []Deadline{
				{Param: law.SimpleFileDays, Trigger: OnOccurred, Label: "当场处罚备案期限", Done: []Code{"file_decision"}},
				{Param: law.PublishDays, Trigger: OnOccurred, Label: "公示期限", Done: []Code{"publish", "withhold"}},
				{Param: law.PayDays, Trigger: OnOccurred, Label: "缴纳罚款期限", Done: []Code{"confirm_performance"}, ForParty: true},
				{Param: law.RemedyReviewDays, Trigger: OnOccurred, Label: "申请行政复议期限", Done: []Code{"record_remedy"}, ForParty: true},
				{Param: law.CourtMonths, Trigger: OnRemedyEnd, Label: "申请法院强制执行期限", Done: []Code{"apply_court", "confirm_performance"}}}},
		{Code: "collect_cash", Title: "当场收缴罚款", From: []State{Decided, Filed}, To: Stay, Role: law.RoleHandler, Rules: []string{"CF-67", "CF-54", "CF-55b"}, Optional: true, Public: true, Event: "case.cash_collected",
			Deadlines: []Deadline{{Param: law.CashHandInDays, Trigger: OnOccurred, Label: "执法人员交款期限", Done: []Code{"hand_in_cash"}}}},
		{Code: "hand_in_cash", Title: "交款至行政机关", From: []State{Decided, Filed, Done}, To: Stay, Role: law.RoleHandler, Rules: []string{"CF-55"}, Optional: true, Event: "case.cash_handed_in",
			Deadlines: []Deadline{{Param: law.CashBankDays, Trigger: OnOccurred, Label: "缴付银行期限", Done: []Code{"bank_cash"}}}},
		{Code: "bank_cash", Title: "缴付指定银行", From: []State{Decided, Filed, Done}, To: Stay, Role: law.RoleHandler, Rules: []string{"CF-55"}, Optional: true, Event: "case.cash_banked"},
		{Code: "file_decision", Title: "报所属机关备案", From: []State{Decided}, To: Filed, Role: law.RoleHandler, Forms: []Form{"当场处罚备案表"}, Rules: []string{"CF-53"}, Public: true, Event: "case.decision_filed"},
	}
}

// simpleEnd: performance, remedy, closing.
func simpleEnd() []Step {
	owing := []State{Filed, Demanded, InCourt}
	return []Step{
		{Code: "pay", Title: "缴纳罚款", From: []State{Decided, Filed, Demanded, InCourt}, To: Stay, Role: law.RoleHandler, Rules: []string{"CF-67", "CF-70"}, Repeatable: true, Public: true, Event: "case.paid"},
		{Code: "demand", Title: "催告履行", From: []State{Filed, Demanded}, To: Demanded, Role: law.RoleHandler, Forms: []Form{"履行催告书"}, MayForms: []Form{"送达回证", "送达公告"},
			Rules: concat([]string{"QZ-12", "CF-71", "CF-71b"}, modeRules()), Optional: true, Repeatable: true, Event: "case.demanded",
			Deadlines: []Deadline{{Param: law.DemandWaitDays, Trigger: OnEffective, Label: "催告等待期限", Done: []Code{"apply_court", "confirm_performance"}, ForParty: true}}},
		{Code: "apply_court", Title: "申请法院强制执行", From: []State{Demanded}, To: InCourt, Role: law.RoleApprover, Forms: []Form{"强制执行申请书"},
			Rules: []string{"QZ-20", "QZ-20b", "QZ-20c", "QZ-21", "QZ-22"}, Optional: true, Event: "case.court_applied"},
		{Code: "confirm_performance", Title: "确认履行完毕", From: owing, To: Done, Role: law.RoleHandler, Rules: []string{"CF-66"}, Public: true, Event: "case.performed"},
		{Code: "record_remedy", Title: "登记复议、诉讼情况", From: []State{Decided, Filed, Demanded, InCourt, Done, Annulled, Closed, Archived}, To: Stay, Role: law.RoleHandler, Optional: true, Repeatable: true, Event: "case.remedy_recorded"},
		{Code: "annul_decision", Title: "决定被撤销、变更或者确认违法", From: []State{Decided, Filed, Demanded, InCourt, Done}, To: Annulled, Role: law.RoleApprover, Optional: true, Event: "decision.annulled",
			Deadlines: []Deadline{{Param: law.WithdrawDays, Trigger: OnOccurred, Label: "撤回公示期限", Done: []Code{"withdraw", "withhold"}}}},
		{Code: "refund", Title: "退还罚款", From: []State{Filed, Annulled, Done}, To: Stay, Role: law.RoleApprover, Forms: []Form{"退款审批表"}, Rules: []string{"CF-74"}, Optional: true, Repeatable: true, Event: "case.refunded"},
		{Code: "close", Title: "结案", From: []State{Done, Annulled}, To: Closed, Role: law.RoleUnitHead, Forms: []Form{"结案报告"}, Rules: []string{"CF-31", "CF-31b", "CF-26", "SX-13"}, Public: true, Event: "case.closed",
			Deadlines: []Deadline{{Param: law.ArchiveDays, Trigger: OnOccurred, Label: "归档期限", Done: []Code{"archive"}}}},
		{Code: "archive", Title: "归档", From: []State{Closed}, To: Archived, Role: law.RoleArchivist, Forms: []Form{"案卷目录", "卷内备考表"}, Rules: []string{"SX-23", "AR-06"}, Public: true, Event: "case.archived"},
		correctPaper(Decided, Filed, Demanded, InCourt, Done, Annulled, Closed),
		{Code: "reopen", Title: "重新启动办理", From: []State{Closed, Archived}, To: Decided, Role: law.RoleApprover, Optional: true, Repeatable: true, Event: "case.reopened"},
	}
}
