package book

import (
	"slices"
	"strings"

	"mingjing/internal/flow"
)

// WrittenFor is the step that a draft is written for: one of the case's procedure, or of the review that its name tells.
func WrittenFor(procedure, name string) (flow.Step, bool) {
	machine := MachineOf(procedure)
	if i := strings.LastIndex(name, "/"); i >= 0 {
		machine, name = flow.Review(), name[i+1:]
	}
	return machine.Find(flow.Code(name))
}

// Procedures of a case, as its row stores them: 普通程序 (行政处罚法第五章第三节) and 简易程序 (第二节).
const (
	Ordinary = "ordinary"
	Simple   = "simple"
)

// MachineOf is the flow table of a procedure; whatever is not the simple one is the ordinary one.
func MachineOf(procedure string) flow.Machine {
	if procedure == Simple {
		return flow.OnTheSpot()
	}
	return flow.Ordinary()
}

// StepForms names, for the steps that have no statutory document, the record they are written on, and the records that
// a step needs beside its documents.
func StepForms(s flow.Step) []string {
	kinds := make([]string, 0, len(s.Forms)+2)
	for _, f := range s.Forms {
		kinds = append(kinds, kindOf(f))
	}
	extra := map[flow.Code][]string{
		"open_case": {"案件要素登记"}, "report_investigation": {"裁量核对表"}, "apply_recusal": {"回避申请登记"}, "add_evidence": {"证据登记"},
		"approve_hold": {"先行登记保存审批"}, "split_party": {"另案处理登记"}, "resume_investigation": {"补充调查登记"},
		"request_hearing": {"听证申请登记"}, "end_hearing": {"听证终止登记"}, "pay": {"缴款登记"}, "confirm_performance": {"履行确认登记"},
		"end_enforcement": {"终结执行登记"}, "record_remedy": {"复议诉讼登记"}, "annul_decision": {"决定变动登记"}, "redo": {"重新办理登记"},
		"settle_annulled": {"撤销后办结登记"}, "report_crime": {"涉嫌犯罪报告"}, "approve_transfer": {"移送审批"}, "refuse_transfer": {"不予移送登记"},
		"receive_transfer_result": {"移送结果登记"}, "record_transfer_filing": {"移送立案登记"}, "record_government_review": {"司法行政审核登记"}, "reopen": {"重新启动登记"}, "convert": {"转普通程序登记"}, "collect_cash": {"当场收缴登记"},
		"hand_in_cash": {"现金交款登记"}, "bank_cash": {"现金缴行登记"}, "serve_notice": {"送达回证"}, "schedule_hearing": {"送达回证"}, "demand": {"送达回证"},
		"decide_on_spot": {"裁量核对表"}, "correct_paper": {CorrectionKind},
		"recall_review": {"撤回送审登记"}, "accept_review": {"受理审核登记"}, "return_materials": {"材料退回登记"}, "consult_counsel": {"顾问意见登记"},
		"extend_review": {"延长审核登记"}, "end_review": {"终结审核登记"},
	}
	if slices.Contains(s.From, flow.Started) && s.Code == "investigate" {
		kinds = append([]string{"案件要素登记"}, kinds...) // on the spot the inspection opens the case
	}
	for _, kind := range extra[s.Code] {
		if kind == "案件要素登记" {
			kinds = append([]string{kind}, kinds...)
			continue
		}
		kinds = append(kinds, kind)
	}
	return kinds
}

// MayForms are the documents that a step makes only where the case needs them; what it must make anyway is not among them.
func MayForms(s flow.Step) []string {
	must := StepForms(s)
	kinds := make([]string, 0, len(s.MayForms))
	for _, f := range s.MayForms {
		if kind := kindOf(f); !slices.Contains(must, kind) {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

func kindOf(f flow.Form) string { return string(f) }
