package law

import (
	"strconv"
	"strings"
)

// decisionRules: panel, approval, text and time of the decision (第五十七、五十九、六十条).
func decisionRules() []Rule {
	return since(penaltyFrom,
		Rule{Code: "CF-37", Title: "调查终结后由负责人审查并决定处理方式", Cite: penaltyLaw("第五十七条第一款"), Severity: Block, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string { return when(!f.Reported, "调查终结报告尚未完成。") },
			Advice: "请先完成调查终结报告并报负责人审查。"},
		Rule{Code: "CF-37b", Title: "处罚决定应当经行政机关负责人批准", Cite: penaltyLaw("第五十七条第一款"), Severity: Block, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string {
				return when(f.Approver == "" || !f.ApproverIsHead, "没有行政机关负责人的批准。")
			},
			Advice: "请提交行政机关负责人审批。"},
		Rule{Code: "CF-37c", Title: "负责人批准的文本应当与拟作出的决定完全一致", Cite: penaltyLaw("第五十七条第一款"), Severity: Block, Tasks: []int{8, 15},
			Broken: func(f *Facts, _ Values) string {
				return when(f.TextHash == "" || f.ApprovalTextHash != f.TextHash, "决定文本在批准之后有改动，或者批准的是另一份文本。")
			},
			Advice: "请将现在的文本重新报批。"},
		Rule{Code: "CF-37d", Title: "负责人决定给予处罚的，方可作出处罚决定", Cite: penaltyLaw("第五十七条第一款第一项"), Severity: Block, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string {
				return when(f.HeadOutcome != OutcomePenalty, "负责人没有作出给予行政处罚的决定。")
			},
			Advice: "请核对负责人的审批意见。"},
		Rule{Code: "CF-41", Title: "应当自立案之日起九十日内作出处罚决定", Cite: penaltyLaw("第六十条"), Severity: Warn, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string {
				return when(f.DecisionDue.missed(f.Occurred), "办案期限"+f.DecisionDue.String()+"已过。")
			},
			Advice: "请尽快作出决定；法律、法规、规章另有规定的，登记依据和延长期限。"},
		Rule{Code: "CF-40", Title: "处罚决定书应当载明法定事项", Cite: penaltyLaw("第五十九条第一款"), Severity: Block, Tasks: []int{15},
			Broken: func(f *Facts, _ Values) string {
				return when(len(f.DecisionMissing) > 0, "决定书缺少："+strings.Join(f.DecisionMissing, "、")+"。")
			},
			Advice: "请补全决定书。"},
		Rule{Code: "CF-40b", Title: "处罚决定书应当盖有行政机关印章", Cite: penaltyLaw("第五十九条第二款"), Severity: Block, Tasks: []int{15},
			Broken: func(f *Facts, _ Values) string { return when(!f.DecisionSealed, "没有用印记录。") },
			Advice: "请在“核对办理”页勾选已加盖印章，系统随即写入用印登记。"},
		Rule{Code: "QZ-24", Title: "决定书应当正确告知复议和诉讼的途径和期限", Cite: penaltyLaw("第五十九条第一款第五项"), Severity: Block, Tasks: []int{8, 15},
			Broken: func(f *Facts, v Values) string {
				days, months := v.Int(RemedyReviewDays), v.Int(RemedySuitMonths)
				return when(f.RemedyReviewDays != days || f.RemedySuitMonths != months,
					"应当告知"+strconv.Itoa(days)+"日内申请行政复议、"+strconv.Itoa(months)+"个月内提起行政诉讼。")
			},
			Advice: "请改正救济途径和期限。"},
	)
}

// panelRules: a collective discussion that took place (第五十七条第二款).
func panelRules() []Rule {
	needed := func(f *Facts) bool { return f.Complex }
	return since(penaltyFrom,
		Rule{Code: "CF-38", Title: "情节复杂或者重大违法行为的处罚应当集体讨论决定", Cite: penaltyLaw("第五十七条第二款"), Severity: Block, Tasks: []int{8},
			Applies: needed,
			Broken: func(f *Facts, _ Values) string {
				return when(f.PanelHeld.IsZero() || f.PanelHeld.After(f.Occurred), "本案应当集体讨论，尚未讨论。")
			},
			Advice: "请行政机关负责人集体讨论并形成记录。"},
		Rule{Code: "CF-38b", Title: "集体讨论记录应当载明出席人员、意见和表决，空白记录无效", Cite: penaltyLaw("第五十七条第二款、第四十七条"), Severity: Block, Tasks: []int{8, 13},
			Applies: func(f *Facts) bool { return needed(f) || !f.PanelHeld.IsZero() },
			Broken: func(f *Facts, v Values) string {
				empty := f.PanelMinutes < v.Int(PanelMinutesMin) || f.PanelAttendees < 2 || f.PanelFor+f.PanelAgainst <= 0
				return when(empty, "集体讨论记录没有实质内容：应有两名以上出席人员、讨论意见和表决结果。")
			},
			Advice: "请补全出席人员、每人意见和表决结果。"},
		Rule{Code: "CF-38c", Title: "出席集体讨论的人员应当超过成员半数", Cite: penaltyLaw("第五十七条第二款"), Status: Memory, Severity: Warn, Tasks: []int{8},
			Applies: func(f *Facts) bool { return !f.PanelHeld.IsZero() },
			Broken: func(f *Facts, _ Values) string {
				return when(f.PanelAttendees*2 <= f.PanelMembers || f.PanelFor+f.PanelAgainst > f.PanelAttendees, "出席人数未过半数，或者表决票数多于出席人数。")
			},
			Advice: "请核对出席和表决情况。"},
		Rule{Code: "CF-38d", Title: "处罚应当与集体讨论的决定一致", Cite: penaltyLaw("第五十七条第二款"), Severity: Block, Tasks: []int{8},
			Applies: func(f *Facts) bool { return needed(f) || !f.PanelHeld.IsZero() },
			Broken: func(f *Facts, _ Values) string {
				return when(f.PanelFor <= f.PanelAgainst, "集体讨论没有多数同意该处罚。")
			},
			Advice: "请按集体讨论的决定办理，或者修改后再次讨论。"},
	)
}

// simpleRules: a decision on the spot (第五十一、五十二条, 行政复议法第二十三条).
func simpleRules() []Rule {
	rows := since(penaltyFrom,
		Rule{Code: "CF-50", Title: "当场处罚限于事实确凿、有法定依据的警告和限额内罚款", Cite: penaltyLaw("第五十一条"), Severity: Block, Tasks: []int{8},
			Broken: func(f *Facts, v Values) string { return simpleExceeded(f, v) },
			Advice: "请改用普通程序办理。"},
		Rule{Code: "CF-51", Title: "当场处罚应当填写有编号的决定书并当场交付当事人", Cite: penaltyLaw("第五十二条第一款"), Severity: Block, Tasks: []int{8, 15},
			Broken: func(f *Facts, _ Values) string {
				return when(!f.SimpleNumbered || !f.SimpleDelivered, "决定书没有编号，或者没有当场交付（拒收的应当注明）。")
			},
			Advice: "请使用预定格式、编有号码的决定书并当场交付；拒绝签收的在决定书上注明。"},
		Rule{Code: "CF-52", Title: "当场处罚决定书应当载明法定事项并由执法人员签名或者盖章", Cite: penaltyLaw("第五十二条第二款"), Severity: Block, Tasks: []int{15},
			Broken: func(f *Facts, _ Values) string {
				if len(f.DecisionMissing) > 0 {
					return "决定书缺少：" + strings.Join(f.DecisionMissing, "、") + "。"
				}
				return when(!f.SimpleSigned, "执法人员没有签名或者盖章。")
			},
			Advice: "请补全决定书并由执法人员签名。"},
		Rule{Code: "CF-53", Title: "当场处罚决定应当报所属行政机关备案", Cite: penaltyLaw("第五十二条第三款"), Severity: Warn, Tasks: []int{18},
			Broken: func(f *Facts, _ Values) string {
				return when(f.SimpleFiledDue.missed(f.Occurred), "备案期限"+f.SimpleFiledDue.String()+"已过。")
			},
			Advice: "请尽快办理当场处罚备案。"},
		Rule{Code: "CF-54", Title: "当场收缴罚款限于一百元以下或者法定情形", Cite: penaltyLaw("第六十八条、第六十九条"), Severity: Block, Tasks: []int{8},
			Applies: func(f *Facts) bool { return f.CashCollected > 0 || f.CashIntended },
			Broken: func(f *Facts, v Values) string {
				limit := v.Fen(OnsiteCash)
				return when(f.Final.Fine > limit && strings.TrimSpace(f.CashGround) == "", "罚款"+f.Final.Fine.String()+"超过当场收缴限额"+limit.String()+"，又没有法定情形。")
			},
			Advice: "请由当事人到指定银行或者通过电子支付系统缴纳；不当场收缴事后难以执行的，选择该情形。"},
		Rule{Code: "CF-55", Title: "当场收缴的罚款应当在二日内交至行政机关并缴付银行", Cite: penaltyLaw("第七十一条"), Severity: Warn, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string {
				return when(f.CashHandInDue.missed(f.Occurred), "交款期限"+f.CashHandInDue.String()+"已过。")
			},
			Advice: "请立即交款并说明原因。"},
		Rule{Code: "CF-55b", Title: "当场收缴罚款应当出具专用票据", Cite: penaltyLaw("第七十条"), Severity: Block, Tasks: []int{8},
			Applies: func(f *Facts) bool { return f.CashCollected > 0 },
			Broken: func(f *Facts, _ Values) string {
				return when(!f.ReceiptIssued, "没有出具财政部门统一制发的专用票据。")
			},
			Advice: "请出具专用票据；不出具的，当事人有权拒绝缴纳。"},
	)
	return append(rows, since(reconsiderationFrom,
		Rule{Code: "QZ-25", Title: "当场处罚决定应当告知先申请行政复议", Cite: reconsiderationLaw("第二十三条"), Severity: Block, Tasks: []int{8, 15},
			Broken: func(f *Facts, _ Values) string {
				return when(!f.ReviewFirstTold, "没有告知对当场处罚不服应当先申请行政复议。")
			},
			Advice: "请在决定书中写明先申请行政复议，对复议决定不服再提起诉讼。"},
	)...)
}

// simpleExceeded says why the simple procedure is not open.
func simpleExceeded(f *Facts, v Values) string {
	if !f.FactsCertain {
		return "违法事实不确凿。"
	}
	for _, k := range f.Final.Kinds {
		if k != Warning && k != Fine {
			return "“" + string(k) + "”不能当场作出。"
		}
	}
	limit := v.Fen(SimpleFineOrg)
	if f.PartyKind != Organisation {
		limit = v.Fen(SimpleFineCitizen)
	}
	return when(f.Final.Fine > limit, "罚款"+f.Final.Fine.String()+"超过当场处罚限额"+limit.String()+"。")
}
