package flow

import "mingjing/internal/law"

// penaltyRules are the rows on the penalty itself; a notice must keep them as a decision must.
func penaltyRules() []string {
	return []string{"CF-01", "CF-01b", "CF-03", "CF-04b", "CF-04c", "CF-04d", "CF-04e", "CF-04f", "CF-04g", "CF-15", "CF-16", "CF-16b", "CF-16c", "CF-17", "CF-18", "CF-19b", "CF-19c", "CF-19f", "CF-22"}
}

// modeRules are the rows on how a document is served.
func modeRules() []string { return []string{"CF-42b", "CF-43", "CF-43b", "CF-43c"} }

// noticeSteps tell and hear a party (第四十四、四十五、六十二条).
func noticeSteps() []Step {
	hear := []State{Noticed, HearingRequested, HearingScheduled, Heard}
	handling := []State{Handling}
	return []Step{
		{Code: "serve_notice", Title: "事先告知", PerParty: true, During: []State{Reported, Handling}, From: []State{Pending, Noticed, Heard, Approved}, To: Noticed, Role: law.RoleHandler,
			Forms: []Form{"行政处罚事先告知书"}, MayForms: []Form{"听证告知书", "送达回证", "送达公告"},
			Rules: concat([]string{"CF-37", "CF-28", "CF-29c", "CF-60", "CF-61c", "CF-12"}, penaltyRules(), modeRules()), Repeatable: true, Public: true, Event: "case.notice_served",
			Deadlines: []Deadline{
				{Param: law.DefenceDays, Trigger: OnEffective, Label: "陈述、申辩期限", Done: []Code{"record_defence", "waive_defence", "decide", "no_penalty"}, ForParty: true},
				{Param: law.HearingRequestDays, Trigger: OnEffective, Label: "要求听证期限", Done: []Code{"request_hearing", "waive_hearing", "decide", "no_penalty"}, ForParty: true}}},
		{Code: "record_defence", Title: "听取陈述、申辩", PerParty: true, During: handling, From: hear, To: Stay, Role: law.RoleHandler, Forms: []Form{"陈述申辩笔录"}, Optional: true, Repeatable: true, Public: true, Event: "case.defence_recorded"},
		{Code: "waive_defence", Title: "放弃陈述、申辩", PerParty: true, During: handling, From: []State{Noticed}, To: Stay, Role: law.RoleHandler, Forms: []Form{"陈述申辩笔录"}, Rules: []string{"CF-29b"}, Optional: true, Event: "case.defence_waived"},
		{Code: "review_defence", Title: "复核陈述、申辩", PerParty: true, During: handling, From: hear, To: Stay, Role: law.RoleHandler, Forms: []Form{"陈述申辩复核意见书"}, Optional: true, Repeatable: true, Event: "case.defence_reviewed"},
	}
}

// hearingSteps are 听证程序 (第六十三条至第六十五条).
func hearingSteps() []Step {
	handling := []State{Handling}
	return []Step{
		{Code: "request_hearing", Title: "要求听证", PerParty: true, During: handling, From: []State{Noticed}, To: HearingRequested, Role: law.RoleHandler, Optional: true, Public: true, Event: "case.hearing_requested"},
		{Code: "waive_hearing", Title: "放弃听证", PerParty: true, During: handling, From: []State{Noticed}, To: Stay, Role: law.RoleHandler, Forms: []Form{"放弃听证声明书"}, Rules: []string{"CF-29b"}, Optional: true, Event: "case.hearing_waived"},
		{Code: "schedule_hearing", Title: "通知听证", PerParty: true, Shared: true, During: handling, From: []State{HearingRequested, HearingScheduled}, To: HearingScheduled, Role: law.RoleHandler, Forms: []Form{"听证通知书"}, MayForms: []Form{"送达回证"},
			Rules: concat([]string{"CF-62", "CF-63", "CF-63b"}, modeRules()), Optional: true, Repeatable: true, Event: "case.hearing_scheduled",
			Deadlines: []Deadline{{Param: law.HearingNoticeDays, Trigger: OnHearing, Label: "最迟通知听证日", Done: []Code{"hold_hearing", "end_hearing"}}}},
		{Code: "hold_hearing", Title: "举行听证", PerParty: true, Shared: true, During: handling, From: []State{HearingScheduled}, To: Heard, Role: law.RoleHandler, Forms: []Form{"听证笔录", "听证报告"},
			Rules: []string{"CF-62", "CF-63", "CF-63b", "CF-64"}, Optional: true, Public: true, Event: "case.hearing_held"},
		{Code: "end_hearing", Title: "终止听证", PerParty: true, During: handling, From: []State{HearingRequested, HearingScheduled}, To: Heard, Role: law.RoleHandler, Optional: true, Event: "case.hearing_ended"},
	}
}

// gateRules keep a major decision from being approved or made without review; they are
// judged at both steps, so that neither hand can pass them alone.
func gateRules() []string {
	return []string{"CF-36", "CF-36a", "CF-36b", "CF-36c", "CF-36d", "SH-04", "SH-05", "SH-05b", "SH-05c", "SH-06", "SX-25b"}
}

// heardRules: the party was told and heard.
func heardRules() []string {
	return []string{"CF-28b", "CF-28c", "CF-29", "CF-29a", "CF-29b", "CF-29c", "CF-60", "CF-61", "CF-61b", "CF-65"}
}

// decisionSteps discuss, approve and decide (第五十七条至第六十条).
func decisionSteps() []Step {
	during := []State{Handling}
	before := []string{"CF-34b", "CF-12", "CF-13", "CF-14", "CF-27", "CF-30", "CF-30b", "CF-30c", "CF-35b", "CF-37", "CF-38", "CF-38b", "CF-38c", "CF-38d", "CF-02", "CF-04", "CF-08", "CF-41"}
	rules := concat(before, penaltyRules(), heardRules(), gateRules())
	return []Step{
		{Code: "hold_panel", Title: "集体讨论", PerParty: true, Shared: true, During: []State{Reported, Handling}, From: []State{Pending, Noticed, HearingRequested, HearingScheduled, Heard, Approved}, To: Stay, Role: law.RoleApprover,
			Forms: []Form{"集体讨论记录"}, Rules: []string{"CF-38b", "CF-38c"}, Optional: true, Repeatable: true, Public: true, Event: "case.panel_held"},
		{Code: "approve", Title: "负责人审批", PerParty: true, Shared: true, During: during, From: []State{Noticed, Heard, Approved}, To: Approved, Role: law.RoleApprover, Forms: []Form{"行政处罚决定审批表"},
			Rules: concat(rules, []string{"CF-37b"}), Repeatable: true, Public: true, Event: "case.approved"},
		{Code: "decide", Title: "作出处罚决定", PerParty: true, During: during, From: []State{Approved}, To: Decided, Role: law.RoleHandler, Forms: []Form{"行政处罚决定书"},
			Rules: concat(rules, []string{"CF-37b", "CF-37c", "CF-37d", "CF-40", "CF-40b", "QZ-24"}), Public: true, Event: "decision.made",
			Deadlines: []Deadline{
				{Param: law.ServiceDays, Trigger: OnOccurred, Label: "送达期限", Done: []Code{"serve_decision"}},
				{Param: law.PublishDays, Trigger: OnOccurred, Label: "公示期限", Done: []Code{"publish", "withhold"}}}},
		{Code: "no_penalty", Title: "不予行政处罚", PerParty: true, During: []State{Reported, Handling}, From: []State{Pending, Noticed, Heard}, To: Unpunished, Role: law.RoleApprover, Forms: []Form{"不予行政处罚决定书"},
			Rules: []string{"CF-34b", "CF-12", "CF-35b", "CF-37", "CF-19", "CF-19d", "CF-19e", "CF-27", "CF-41", "SH-05c", "SH-06"}, Optional: true, Public: true, Event: "case.not_punished",
			Deadlines: []Deadline{
				{Param: law.ServiceDays, Trigger: OnOccurred, Label: "送达期限", Done: []Code{"serve_no_penalty"}},
				{Param: law.PublishOtherDays, Trigger: OnOccurred, Label: "公示期限", Done: []Code{"publish", "withhold"}}}},
	}
}
