package access

import "mingjing/internal/law"

// Action is something a person may be allowed to do. The list is closed: the policy matrix test fails for an action
// that it does not know.
type Action string

// The actions.
const (
	CaseList     Action = "case.list"
	CaseView     Action = "case.view"
	CaseLead     Action = "case.lead"     // record a lead or begin a case on the spot
	CaseHandOver Action = "case.handover" // give the open cases of a leaver to another handler
	CaseExport   Action = "case.export"   // the whole case as print, ZIP or PDF

	// A step of a procedure, by the role that its flow table names.
	StepHandler   Action = "case.step.handler"
	StepUnitHead  Action = "case.step.unit_head"
	StepReviewer  Action = "case.step.reviewer"
	StepApprover  Action = "case.step.approver"
	StepPublisher Action = "case.step.publisher"
	StepChecker   Action = "case.step.checker"
	StepArchivist Action = "case.step.archivist"

	DocumentEdit   Action = "document.edit"
	DocumentFinish Action = "document.finish"
	AttachmentAdd  Action = "attachment.add"
	SealUse        Action = "seal.use"  // 用印登记
	ScanAdd        Action = "scan.add"  // a file beside a certificate, publication, review or use of a seal
	ScanView       Action = "scan.view" // open one: like every picture it may show anything

	ReviewSubmit   Action = "review.submit"
	ReviewConclude Action = "review.conclude"
	CaseApprove    Action = "case.approve"

	PublicationList     Action = "publication.list"
	PublicationPrepare  Action = "publication.prepare"
	PublicationCheck    Action = "publication.check"
	PublicationPublish  Action = "publication.publish"
	PublicationCorrect  Action = "publication.correct"
	PublicationWithdraw Action = "publication.withdraw"
	PublicationWithhold Action = "publication.withhold"
	PublicationExtend   Action = "publication.extend"
	PublicationRestore  Action = "publication.restore"

	ImportRun      Action = "import.run"
	ExportList     Action = "export.list"
	PartyPersonal  Action = "party.view_personal" // identity and contact data in clear
	ArchiveManage  Action = "archive.manage"
	BoardView      Action = "board.view" // the board of duties
	RulebookManage Action = "rulebook.manage"

	UndertakingKeep Action = "undertaking.keep" // write down a meeting, a notice, a training … of the duties, and settle it
	ReturnSend      Action = "return.send"      // the annual return to 司法行政部门

	AccountAdmin   Action = "account.admin"
	AccountConfirm Action = "account.confirm" // second signature on the reset of a lost factor
	ActingGrant    Action = "acting.grant"    // let another act for a person
	RosterView     Action = "roster.view"
	RosterAdmin    Action = "roster.admin"
	CatalogActive  Action = "catalog.activate"
	CatalogConfirm Action = "catalog.confirm" // second signature on a value that the agency sets itself
	LedgerView     Action = "ledger.view"
	LookView       Action = "look.view" // who looked at personal data
	ClockMove      Action = "clock.move"
)

// actionInfo is a row of the closed list: the Chinese title, and whether presence must be proved again.
type actionInfo struct {
	action Action
	title  string
	stepUp bool
}

func actionTable() []actionInfo {
	return []actionInfo{
		{CaseList, "查看案件列表", false}, {CaseView, "查看案件", false}, {CaseLead, "登记案源", false},
		{CaseHandOver, "移交案件", false}, {CaseExport, "导出整案", false},
		{StepHandler, "办理承办环节", false}, {StepUnitHead, "办理科室负责人环节", false}, {StepReviewer, "办理法制审核环节", false},
		{StepApprover, "办理负责人审批环节", true}, {StepPublisher, "办理公示环节", false}, {StepChecker, "办理公示复核环节", false},
		{StepArchivist, "办理归档环节", false},
		{DocumentEdit, "编辑文书", false}, {DocumentFinish, "定稿文书", false}, {AttachmentAdd, "添加附件", false}, {SealUse, "登记用印", false},
		{ScanAdd, "添加扫描件", false}, {ScanView, "打开扫描件", false},
		{ReviewSubmit, "提交法制审核", false}, {ReviewConclude, "出具法制审核意见", false}, {CaseApprove, "审批决定", true},
		{PublicationList, "查看公示清单", false}, {PublicationPrepare, "拟制公示", false}, {PublicationCheck, "复核公示", false},
		{PublicationPublish, "发布公示", true}, {PublicationCorrect, "更正公示", false}, {PublicationWithdraw, "撤下公示", true},
		{PublicationWithhold, "决定不予公示", false}, {PublicationExtend, "推迟公示", false}, {PublicationRestore, "恢复公示", false},
		{ImportRun, "导入历史决定", false}, {ExportList, "导出列表", false}, {PartyPersonal, "查看个人信息明文", false},
		{ArchiveManage, "管理案卷", false}, {BoardView, "查看任务看板", false}, {RulebookManage, "维护制度文本", false},
		{UndertakingKeep, "登记落实事项", false}, {ReturnSend, "登记统计年报上报", false},
		{AccountAdmin, "管理账号", true}, {AccountConfirm, "确认重置第二因素", true}, {ActingGrant, "设置代理（AB角）", false},
		{RosterView, "查看机构和人员", false}, {RosterAdmin, "维护机构和人员", false}, {CatalogActive, "启用专案包、提出本机关数值", true}, {CatalogConfirm, "确认本机关数值", true},
		{LedgerView, "查看台账", false}, {LookView, "查看个人信息查阅记录", false}, {ClockMove, "调整演示时钟", false},
	}
}

// Actions lists the closed list.
func Actions() []Action {
	table := actionTable()
	list := make([]Action, len(table))
	for i, row := range table {
		list[i] = row.action
	}
	return list
}

// ActionTitle is the Chinese name of an action; "" for what is none.
func ActionTitle(a Action) string {
	for _, row := range actionTable() {
		if row.action == a {
			return row.title
		}
	}
	return ""
}

// StepAction is the action of a flow step that the role takes.
func StepAction(role law.Role) Action { return Action("case.step." + string(role)) }
