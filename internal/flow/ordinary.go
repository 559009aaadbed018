package flow

import (
	"slices"

	"mingjing/internal/law"
)

// The states of a case under the ordinary procedure (rulebook §9.1).
const (
	Started       State = "started"
	Lead          State = "lead"
	Opened        State = "opened"
	Investigating State = "investigating"
	Reported      State = "reported"
	Handling      State = "handling"
	Settled       State = "settled"
	Transferred   State = "transferred"
	Terminated    State = "terminated"
	Rejected      State = "rejected"
	Closed        State = "closed"
	Archived      State = "archived"
)

// The states of one party's track.
const (
	Pending          State = "pending"
	Noticed          State = "noticed"
	HearingRequested State = "hearing_requested"
	HearingScheduled State = "hearing_scheduled"
	Heard            State = "heard"
	Approved         State = "approved"
	Decided          State = "decided"
	Served           State = "served"
	Demanded         State = "demanded"
	InCourt          State = "in_court"
	Unpunished       State = "unpunished"
	Annulled         State = "annulled"
	Split            State = "split"
	Done             State = "done"
)

// Ordinary is 行政处罚普通程序 (行政处罚法第五章第三节、第四节和第六章).
func Ordinary() Machine {
	return Machine{
		Code: "ordinary", Title: "行政处罚普通程序", Start: Started, TrackStart: Pending,
		States: ordinaryStates(),
		Steps: everywhere(slices.Concat(leadSteps(), investigationSteps(), holdSteps(), sideExits(), reportSteps(),
			noticeSteps(), hearingSteps(), decisionSteps(), serviceSteps(),
			performanceSteps(), remedySteps(), closingSteps())...),
		Follows: []Follow{
			{From: Reported, To: Handling, Any: []State{Noticed, HearingRequested, HearingScheduled, Heard, Approved, Decided, Served, Demanded, InCourt, Unpunished, Annulled, Done}},
			{From: Handling, To: Settled, All: []State{Done, Split}},
			{From: Settled, To: Handling, Any: []State{Noticed, HearingRequested, HearingScheduled, Heard, Approved, Decided, Served, Demanded, InCourt, Unpunished, Annulled}},
		},
	}
}

func ordinaryStates() []StateInfo {
	return []StateInfo{
		{Code: Started, Title: "未登记"},
		{Code: Lead, Title: "案源待处理"},
		{Code: Opened, Title: "已立案"},
		{Code: Investigating, Title: "调查取证"},
		{Code: Reported, Title: "调查终结"},
		{Code: Handling, Title: "告知、决定与执行"},
		{Code: Settled, Title: "各当事人均已办结"},
		{Code: Transferred, Title: "已移送司法机关"},
		{Code: Terminated, Title: "终止调查"},
		{Code: Rejected, Title: "不予立案", Final: true},
		{Code: Closed, Title: "已结案"},
		{Code: Archived, Title: "已归档", Final: true},

		{Code: Pending, Title: "待告知", Track: true},
		{Code: Noticed, Title: "已告知", Track: true},
		{Code: HearingRequested, Title: "已要求听证", Track: true},
		{Code: HearingScheduled, Title: "已通知听证", Track: true},
		{Code: Heard, Title: "听证结束", Track: true},
		{Code: Approved, Title: "已批准", Track: true},
		{Code: Decided, Title: "已决定", Track: true},
		{Code: Served, Title: "已送达", Track: true},
		{Code: Demanded, Title: "已催告", Track: true},
		{Code: InCourt, Title: "已申请法院执行", Track: true},
		{Code: Unpunished, Title: "不予处罚", Track: true},
		{Code: Annulled, Title: "决定已被撤销或者变更", Track: true},
		{Code: Split, Title: "另案处理", Track: true, Final: true},
		{Code: Done, Title: "办结", Track: true, Final: true},
	}
}

// leadSteps run from a lead to an opened case (第五十四条, 第三十六条).
func leadSteps() []Step {
	subject := []string{"CF-02", "CF-02b", "CF-04", "CF-05", "CF-06", "CF-07", "CF-08", "CF-10", "CF-21", "CF-22", "CF-24", "CF-34"}
	return []Step{
		{Code: "record_lead", Title: "登记案源", From: []State{Started}, To: Lead, Role: law.RoleHandler, Forms: []Form{"案源登记表"}, Public: true, Event: "case.lead_recorded",
			Deadlines: []Deadline{{Param: law.FilingDays, Trigger: OnLead, Label: "立案期限", Done: []Code{"open_case", "reject_case"}}}},
		{Code: "open_case", Title: "立案", From: []State{Lead}, To: Opened, Role: law.RoleApprover, Forms: []Form{"立案审批表"}, Rules: subject, Public: true, Event: "case.opened",
			Deadlines: []Deadline{{Param: law.DecisionDays, Trigger: OnOccurred, Label: "办案期限", Done: []Code{"decide", "no_penalty", "terminate", "transfer_crime"}}}},
		{Code: "reject_case", Title: "不予立案", From: []State{Lead}, To: Rejected, Role: law.RoleApprover, Forms: []Form{"不予立案审批表"}, Optional: true, Public: true, Event: "case.rejected"},
	}
}

// underWay are the states of a case in which people and evidence may still change.
func underWay() []State { return []State{Opened, Investigating, Reported, Handling} }

// investigationSteps gather people and evidence (第四十二、四十三、四十六、五十五条).
func investigationSteps() []Step {
	officers := []string{"CF-20", "CF-20c", "SX-07", "SX-10"}
	scene := slices.Concat(officers, []string{"CF-20b"})
	gathering := []State{Investigating}
	return []Step{
		{Code: "assign_officers", Title: "指派办案人员", From: []State{Opened}, To: Investigating, Role: law.RoleUnitHead, Forms: []Form{"指派办案人员审批表"}, Rules: officers, Public: true, Event: "case.officers_assigned"},
		{Code: "change_officers", Title: "变更办案人员", From: []State{Investigating, Reported, Handling, Settled}, To: Stay, Role: law.RoleUnitHead, Forms: []Form{"指派办案人员审批表"}, Rules: officers, Optional: true, Repeatable: true, Event: "case.officers_changed"},
		{Code: "apply_recusal", Title: "申请回避", From: underWay(), To: Stay, Role: law.RoleHandler, Optional: true, Repeatable: true, Event: "case.recusal_applied"},
		{Code: "decide_recusal", Title: "决定回避", From: underWay(), To: Stay, Role: law.RoleApprover, Forms: []Form{"回避决定书"}, Rules: []string{"CF-27b"}, Optional: true, Repeatable: true, Event: "case.recusal_decided"},
		{Code: "investigate", Title: "现场检查", From: gathering, To: Stay, Role: law.RoleHandler, Forms: []Form{"现场检查笔录"}, Rules: slices.Concat(scene, []string{"SX-11"}), Repeatable: true, Public: true, Event: "case.inspected"},
		{Code: "summon", Title: "通知询问", From: gathering, To: Stay, Role: law.RoleHandler, Forms: []Form{"询问通知书"}, Optional: true, Repeatable: true, Event: "case.summoned"},
		{Code: "question", Title: "询问", From: gathering, To: Stay, Role: law.RoleHandler, Forms: []Form{"询问笔录"}, Rules: slices.Concat(scene, []string{"SX-11"}), Repeatable: true, Public: true, Event: "case.questioned"},
		{Code: "sample", Title: "抽样取证", From: gathering, To: Stay, Role: law.RoleHandler, Forms: []Form{"抽样取证凭证"}, Rules: scene, Optional: true, Repeatable: true, Event: "case.sampled"},
		{Code: "add_evidence", Title: "登记证据", From: []State{Investigating, Reported, Handling}, To: Stay, Role: law.RoleHandler, Optional: true, Repeatable: true, Event: "evidence.added"},
		{Code: "order_correction", Title: "责令改正", From: []State{Investigating, Reported, Handling}, To: Stay, Role: law.RoleHandler, Forms: []Form{"责令改正通知书"}, Optional: true, Repeatable: true, Event: "case.correction_ordered"},
	}
}

// holdSteps are 先行登记保存 (第五十六条).
func holdSteps() []Step {
	return []Step{
		{Code: "approve_hold", Title: "批准先行登记保存", From: []State{Investigating}, To: Stay, Role: law.RoleApprover, Optional: true, Repeatable: true, Event: "case.hold_approved"},
		{Code: "hold_evidence", Title: "先行登记保存证据", From: []State{Investigating}, To: Stay, Role: law.RoleHandler, Forms: []Form{"证据先行登记保存通知书"},
			Rules: []string{"CF-20", "CF-20b", "CF-20c", "SX-07", "SX-10", "CF-35"}, Optional: true, Repeatable: true, Public: true, Event: "case.evidence_held",
			Deadlines: []Deadline{{Param: law.HoldDays, Trigger: OnOccurred, Label: "先行登记保存处理期限", Done: []Code{"dispose_hold"}}}},
		{Code: "dispose_hold", Title: "处理先行登记保存的证据", From: []State{Investigating, Reported, Handling, Settled, Transferred, Terminated}, To: Stay, Role: law.RoleHandler, Forms: []Form{"先行登记保存证据处理通知书"},
			Rules: []string{"CF-35c"}, Optional: true, Repeatable: true, Event: "case.hold_disposed"},
	}
}

// reportSteps end the investigation and ask for legal review (第五十七、五十八条).
func reportSteps() []Step {
	before := []State{Pending, Noticed, HearingRequested, HearingScheduled, Heard, Approved}
	during := []State{Reported, Handling}
	return []Step{
		{Code: "report_investigation", Title: "调查终结", From: []State{Investigating}, To: Reported, Role: law.RoleHandler, Forms: []Form{"调查终结报告"},
			Rules: []string{"CF-20", "CF-20d", "CF-25", "CF-30", "CF-30b", "CF-30c", "CF-35b", "SX-20"}, Public: true, Event: "case.investigation_reported"},
		{Code: "split_party", Title: "当事人另案处理", PerParty: true, Shared: true, During: []State{Investigating, Reported, Handling}, From: before, To: Split, Role: law.RoleUnitHead, Optional: true, Event: "case.party_split"},
		{Code: "resume_investigation", Title: "补充调查", From: []State{Reported, Handling}, To: Investigating, Role: law.RoleUnitHead, Optional: true, Repeatable: true, Event: "case.investigation_resumed"},
		{Code: "check_catalogue", Title: "核对重大执法决定目录", PerParty: true, Shared: true, During: during, From: before, To: Stay, Role: law.RoleHandler, Forms: []Form{"重大执法决定目录核对表"},
			Rules: []string{"CF-36c"}, Repeatable: true, Public: true, Event: "case.catalogue_checked"},
		{Code: "submit_review", Title: "提交法制审核", PerParty: true, Shared: true, During: during, From: before, To: Stay, Role: law.RoleHandler, Forms: []Form{"法制审核送审表"},
			Rules: []string{"CF-37", "SX-25", "SX-30", "SX-26"}, Optional: true, Repeatable: true, Public: true, Event: "review.submitted",
			Deadlines: []Deadline{{Param: law.ReviewDays, Trigger: OnOccurred, Label: "法制审核期限", Done: []Code{"pass_review", "amend_review", "return_review", "refuse_review", "recall_review"}}}},
		{Code: "record_government_review", Title: "登记本级司法行政部门审核意见", PerParty: true, Shared: true, During: during, From: before, To: Stay, Role: law.RoleHandler,
			Rules: []string{"SX-25c"}, Optional: true, Repeatable: true, Event: "review.government_recorded"},
	}
}
