package flow

import (
	"slices"

	"mingjing/internal/law"
)

// concat joins rule lists and keeps the first of each code.
func concat(lists ...[]string) []string {
	var codes []string
	for _, c := range slices.Concat(lists...) {
		if !slices.Contains(codes, c) {
			codes = append(codes, c)
		}
	}
	return codes
}

// serviceSteps bring a decision to the party (第六十一条, 民事诉讼法第八十七条至第九十五条).
func serviceSteps() []Step {
	during := []State{Handling}
	return []Step{
		{Code: "serve_decision", Title: "送达决定书", PerParty: true, During: during, From: []State{Decided}, To: Served, Role: law.RoleHandler,
			Forms: []Form{"送达回证"}, MayForms: []Form{"送达公告", "缴款通知书"}, Rules: concat([]string{"CF-42", "CF-42c", "QZ-26"}, modeRules()), Public: true, Event: "delivery.made",
			Deadlines: []Deadline{
				{Param: law.PayDays, Trigger: OnEffective, Label: "缴纳罚款期限", Done: []Code{"confirm_performance"}, ForParty: true},
				{Param: law.RemedyReviewDays, Trigger: OnEffective, Label: "申请行政复议期限", Done: []Code{"record_remedy"}, ForParty: true},
				{Param: law.RemedySuitMonths, Trigger: OnEffective, Label: "提起行政诉讼期限", Done: []Code{"record_remedy"}, ForParty: true},
				{Param: law.CourtMonths, Trigger: OnRemedyEnd, Label: "申请法院强制执行期限", Done: []Code{"apply_court", "confirm_performance", "end_enforcement"}}}},
		{Code: "serve_no_penalty", Title: "送达不予处罚决定书", PerParty: true, During: during, From: []State{Unpunished}, To: Done, Role: law.RoleHandler,
			Forms: []Form{"送达回证"}, MayForms: []Form{"送达公告"}, Rules: concat([]string{"CF-42", "QZ-26"}, modeRules()), Optional: true, Event: "delivery.made"},
		{Code: "correct_decision", Title: "更正决定书", PerParty: true, During: []State{Handling, Settled}, From: []State{Decided, Served, Demanded, InCourt, Unpunished, Done}, To: Stay, Role: law.RoleApprover,
			Forms: []Form{"更正通知书"}, MayForms: []Form{"送达回证"}, Optional: true, Repeatable: true, Event: "decision.corrected"},
	}
}

// performanceSteps: paying, deferring, demanding, the court (第六十六条至第七十二条, 行政强制法第五十三、五十四条).
func performanceSteps() []Step {
	during, owing := []State{Handling}, []State{Served, Demanded, InCourt}
	return []Step{
		{Code: "pay", Title: "缴纳罚款", PerParty: true, During: during, From: owing, To: Stay, Role: law.RoleHandler, Rules: []string{"CF-67", "CF-70"}, Repeatable: true, Public: true, Event: "case.paid"},
		{Code: "grant_instalment", Title: "批准延期或者分期缴纳", PerParty: true, During: during, From: []State{Served, Demanded}, To: Stay, Role: law.RoleApprover, Forms: []Form{"延期分期缴纳罚款批准书"}, Rules: []string{"CF-73", "CF-73b"}, Optional: true, Repeatable: true, Event: "case.instalment_granted"},
		{Code: "demand", Title: "催告履行", PerParty: true, During: during, From: []State{Served, Demanded}, To: Demanded, Role: law.RoleHandler, Forms: []Form{"履行催告书"}, MayForms: []Form{"送达回证", "送达公告"},
			Rules: concat([]string{"QZ-12", "CF-71", "CF-71b"}, modeRules()), Optional: true, Repeatable: true, Public: true, Event: "case.demanded",
			Deadlines: []Deadline{{Param: law.DemandWaitDays, Trigger: OnEffective, Label: "催告等待期限", Done: []Code{"apply_court", "confirm_performance", "end_enforcement"}, ForParty: true}}},
		{Code: "apply_court", Title: "申请法院强制执行", PerParty: true, During: during, From: []State{Demanded}, To: InCourt, Role: law.RoleApprover, Forms: []Form{"强制执行申请书"},
			Rules: []string{"QZ-20", "QZ-20b", "QZ-20c", "QZ-21", "QZ-22"}, Optional: true, Public: true, Event: "case.court_applied"},
		{Code: "confirm_performance", Title: "确认履行完毕", PerParty: true, During: during, From: owing, To: Done, Role: law.RoleHandler, Rules: []string{"CF-66"}, Public: true, Event: "case.performed"},
		{Code: "end_enforcement", Title: "终结执行", PerParty: true, During: during, From: owing, To: Done, Role: law.RoleApprover, Rules: []string{"CF-31b"}, Optional: true, Event: "case.enforcement_ended"},
	}
}

// remedySteps follow 复议, 诉讼 and self-correction (第四十八条第二款, 第七十三条).
func remedySteps() []Step {
	after := []State{Decided, Served, Demanded, InCourt, Unpunished, Done}
	during := []State{Handling, Settled}
	return []Step{
		{Code: "record_remedy", Title: "登记复议、诉讼情况", PerParty: true, During: []State{Handling, Settled, Closed, Archived}, From: append([]State{Annulled}, after...), To: Stay, Role: law.RoleHandler, Optional: true, Repeatable: true, Event: "case.remedy_recorded"},
		{Code: "annul_decision", Title: "决定被撤销、变更或者确认违法", PerParty: true, During: during, From: after, To: Annulled, Role: law.RoleApprover, Optional: true, Event: "decision.annulled",
			Deadlines: []Deadline{{Param: law.WithdrawDays, Trigger: OnOccurred, Label: "撤回公示期限", Done: []Code{"withdraw", "withhold"}}}},
		{Code: "redo", Title: "重新办理", PerParty: true, During: during, From: []State{Annulled}, To: Pending, Role: law.RoleApprover, Optional: true, Event: "case.redone"},
		{Code: "settle_annulled", Title: "撤销后办结", PerParty: true, During: during, From: []State{Annulled}, To: Done, Role: law.RoleApprover, Optional: true, Event: "case.annulled_settled"},
		{Code: "refund", Title: "退还罚款", PerParty: true, During: during, From: []State{Served, Demanded, InCourt, Annulled, Done}, To: Stay, Role: law.RoleApprover, Forms: []Form{"退款审批表"}, Rules: []string{"CF-74"}, Optional: true, Repeatable: true, Event: "case.refunded"},
	}
}

// sideExits leave the procedure: suspected crime and termination (第二十七、五十七条, 国务院令第310号).
func sideExits() []Step {
	live := []State{Investigating, Reported, Handling}
	return []Step{
		{Code: "report_crime", Title: "报告涉嫌犯罪", From: live, To: Stay, Role: law.RoleHandler, Optional: true, Event: "case.crime_reported",
			Deadlines: []Deadline{{Param: law.TransferDecideDays, Trigger: OnOccurred, Label: "决定移送期限", Done: []Code{"approve_transfer", "refuse_transfer"}}}},
		{Code: "approve_transfer", Title: "批准移送", From: live, To: Stay, Role: law.RoleApprover, Rules: []string{"YS-01a"}, Optional: true, Event: "case.transfer_approved",
			Deadlines: []Deadline{{Param: law.TransferHours, Trigger: OnOccurred, Label: "移送时限", Done: []Code{"transfer_crime"}}}},
		{Code: "refuse_transfer", Title: "不批准移送", From: live, To: Stay, Role: law.RoleApprover, Rules: []string{"YS-01a"}, Optional: true, Event: "case.transfer_refused"},
		{Code: "transfer_crime", Title: "移送司法机关", From: live, To: Transferred, Role: law.RoleHandler, Forms: []Form{"涉嫌犯罪案件移送书"}, Rules: []string{"YS-01", "YS-01b", "YS-02"}, Optional: true, Public: true, Event: "case.crime_transferred",
			Deadlines: []Deadline{{Param: law.TransferPoliceDays, Trigger: OnOccurred, Label: "公安机关答复期限", Done: []Code{"record_transfer_filing", "receive_transfer_result"}}}},
		{Code: "record_transfer_filing", Title: "登记公安机关立案", From: []State{Transferred}, To: Stay, Role: law.RoleHandler, Rules: []string{"YS-03"}, Optional: true, Event: "case.transfer_filed"},
		{Code: "receive_transfer_result", Title: "收到移送结果，恢复办理", From: []State{Transferred}, To: Investigating, Role: law.RoleHandler, Rules: []string{"YS-03"}, Optional: true, Event: "case.transfer_returned"},
		{Code: "terminate", Title: "终止调查", From: append([]State{Opened}, live...), To: Terminated, Role: law.RoleApprover, Forms: []Form{"终止调查决定书"}, Optional: true, Public: true, Event: "case.terminated"},
		{Code: "revive", Title: "恢复办理", From: []State{Terminated}, To: Opened, Role: law.RoleApprover, Optional: true, Repeatable: true, Event: "case.revived"},
	}
}

// closingSteps close and file the case (第四十七条).
func closingSteps() []Step {
	return []Step{
		{Code: "close", Title: "结案", From: []State{Settled, Terminated, Transferred}, To: Closed, Role: law.RoleApprover, Forms: []Form{"结案报告"},
			Rules: []string{"CF-31", "CF-31b", "CF-19", "CF-35b", "CF-43d", "CF-26", "SX-13"}, Public: true, Event: "case.closed",
			Deadlines: []Deadline{{Param: law.ArchiveDays, Trigger: OnOccurred, Label: "归档期限", Done: []Code{"archive"}}}},
		{Code: "archive", Title: "归档", From: []State{Closed}, To: Archived, Role: law.RoleArchivist, Forms: []Form{"案卷目录", "卷内备考表"}, Rules: []string{"SX-23", "AR-06"}, Public: true, Event: "case.archived"},
		correctPaper(Opened, Investigating, Reported, Handling, Settled, Transferred, Terminated, Closed),
		{Code: "reopen", Title: "重新启动办理", From: []State{Closed, Archived}, To: Settled, Role: law.RoleApprover, Optional: true, Repeatable: true, Event: "case.reopened"},
	}
}

// correctPaper puts a finished paper right by a further one, until the dossier is filed; decisions have a step of their own (第四十七
// 条、第五十五条第二款、第七十五条第二款).
func correctPaper(from ...State) Step {
	return Step{Code: "correct_paper", Title: "补正文书", From: from, To: Stay, Role: law.RoleHandler,
		Rules: []string{"CF-75", "CF-75b", "CF-75c", "CF-75d"}, Optional: true, Repeatable: true, Event: "case.paper_corrected"}
}
