package flow

import "mingjing/internal/law"

// The states of one legal review.
const (
	Drafting    State = "drafting"
	Submitted   State = "submitted"
	UnderReview State = "under_review"
	Passed      State = "passed"
	Returned    State = "returned"
	Refused     State = "refused"
	Disputed    State = "disputed"
	Recalled    State = "recalled"
	Voided      State = "voided"
	Ended       State = "ended"
)

// Review is 重大执法决定法制审核程序 (第五十八条, 国办发〔2018〕118号（十一）至（十四）,
// duties 19–25). A verdict covers exactly one text; a changed text voids it.
func Review() Machine {
	return Machine{
		Code: "review", Title: "重大执法决定法制审核程序", Start: Drafting,
		States: []StateInfo{
			{Code: Drafting, Title: "准备送审材料"},
			{Code: Submitted, Title: "已送审，核对材料"},
			{Code: UnderReview, Title: "审核中"},
			{Code: Passed, Title: "审核通过", Final: true},
			{Code: Returned, Title: "退回"},
			{Code: Refused, Title: "不同意"},
			{Code: Disputed, Title: "异议处理中"},
			{Code: Recalled, Title: "已撤回送审", Final: true},
			{Code: Voided, Title: "文本已改动，审核失效", Final: true},
			{Code: Ended, Title: "审核终结，不得作出决定", Final: true},
		},
		Steps: everywhere(append(reviewSteps(), disputeSteps()...)...),
	}
}

// reviewSteps run from submission to the verdict.
func reviewSteps() []Step {
	verdict := []string{"SH-05", "CF-39", "SX-25", "SX-29", "SX-29b", "SX-27", "SH-01"}
	clock := []Deadline{{Param: law.ReviewDays, Trigger: OnOccurred, Label: "法制审核期限", Done: []Code{"pass_review", "amend_review", "return_review", "refuse_review"}}}
	return []Step{
		{Code: "submit_review", Title: "提交法制审核", From: []State{Drafting, Returned, Refused}, To: Submitted, Role: law.RoleHandler, Forms: []Form{"法制审核送审表"},
			Rules: []string{"CF-37", "SX-25", "SX-26", "SX-30"}, Repeatable: true, Public: true, Event: "review.submitted"},
		{Code: "recall_review", Title: "撤回送审", From: []State{Submitted}, To: Recalled, Role: law.RoleHandler, Optional: true, Event: "review.recalled"},
		{Code: "accept_review", Title: "材料齐全，受理审核", From: []State{Submitted}, To: UnderReview, Role: law.RoleReviewer, Rules: []string{"SH-05", "CF-39", "SX-25", "SX-30"}, Public: true, Event: "review.accepted", Deadlines: clock},
		{Code: "return_materials", Title: "材料不全，退回补充", From: []State{Submitted}, To: Returned, Role: law.RoleReviewer, Optional: true, Public: true, Event: "review.materials_returned"},
		{Code: "consult_counsel", Title: "征求法律顾问、公职律师意见", From: []State{UnderReview}, To: Stay, Role: law.RoleReviewer, Optional: true, Repeatable: true, Event: "review.counsel_consulted"},
		{Code: "extend_review", Title: "延长审核期限", From: []State{UnderReview}, To: Stay, Role: law.RoleApprover, Optional: true, Event: "review.extended",
			Deadlines: []Deadline{{Param: law.ReviewExtraDays, Trigger: OnOccurred, Label: "延长的审核期限", Done: clock[0].Done}}},
		{Code: "pass_review", Title: "同意", From: []State{UnderReview}, To: Passed, Role: law.RoleReviewer, Forms: []Form{"法制审核意见书"}, Rules: verdict, Public: true, Event: "review.passed"},
		{Code: "amend_review", Title: "同意但需修改", From: []State{UnderReview}, To: Returned, Role: law.RoleReviewer, Forms: []Form{"法制审核意见书"}, Rules: verdict, Optional: true, Public: true, Event: "review.amended"},
		{Code: "return_review", Title: "退回补正", From: []State{UnderReview}, To: Returned, Role: law.RoleReviewer, Forms: []Form{"法制审核意见书"}, Rules: verdict, Optional: true, Public: true, Event: "review.returned"},
		{Code: "refuse_review", Title: "不同意", From: []State{UnderReview}, To: Refused, Role: law.RoleReviewer, Forms: []Form{"法制审核意见书"}, Rules: verdict, Optional: true, Public: true, Event: "review.refused"},
		{Code: "void_review", Title: "文本改动，审核失效", From: []State{Passed, Submitted, UnderReview}, To: Voided, Role: law.RoleHandler, Optional: true, Event: "review.voided"},
	}
}

// disputeSteps: the handler disagrees; the head or a panel decides in writing (（十四）).
func disputeSteps() []Step {
	return []Step{
		{Code: "raise_dispute", Title: "提出异议", From: []State{Returned, Refused}, To: Disputed, Role: law.RoleUnitHead, Forms: []Form{"审核意见异议书"}, Optional: true, Public: true, Event: "review.disputed",
			Deadlines: []Deadline{{Param: law.DisputeDays, Trigger: OnOccurred, Label: "异议处理期限", Done: []Code{"uphold_review", "remand_review"}}}},
		{Code: "remand_review", Title: "异议成立，重新审核", From: []State{Disputed}, To: Submitted, Role: law.RoleApprover, Forms: []Form{"异议处理决定书"}, Rules: []string{"SH-06b", "SH-05b"}, Optional: true, Public: true, Event: "review.remanded"},
		{Code: "uphold_review", Title: "异议不成立，维持审核意见", From: []State{Disputed}, To: Returned, Role: law.RoleApprover, Forms: []Form{"异议处理决定书"}, Rules: []string{"SH-06b", "SH-05b"}, Optional: true, Public: true, Event: "review.upheld"},
		{Code: "end_review", Title: "终结审核", From: []State{Returned, Refused}, To: Ended, Role: law.RoleUnitHead, Optional: true, Event: "review.ended"},
	}
}
