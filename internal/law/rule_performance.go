package law

import "strings"

// paymentRules: paying, deferring, late fee, refund (第六十六、六十七、七十二、七十四条).
func paymentRules() []Rule {
	rows := since(penaltyFrom,
		Rule{Code: "CF-66", Title: "处罚决定应当全部履行，方可确认履行完毕", Cite: penaltyLaw("第六十六条第一款"), Severity: Block, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string {
				return when(!f.PaidInFull, "罚款、没收款或者加处罚款尚未全部缴清。")
			},
			Advice: "请核对缴款记录；确实无法执行的办理终结执行。"},
		Rule{Code: "CF-67", Title: "没有应缴款项的，不得登记缴款", Cite: penaltyLaw("第六十七条第一款、第三款"), Severity: Block, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string {
				if !f.Payable {
					return "处罚决定没有罚款和没收款，当事人没有应缴的款项。"
				}
				return when(f.Owing <= 0, "处罚决定的款项已经全部缴清。")
			},
			Advice: "请核对处罚决定；履行完毕的直接办理确认履行完毕，多收的款项退还缴款人。"},
		Rule{Code: "CF-70", Title: "当事人应当自收到决定书之日起十五日内缴纳罚款", Cite: penaltyLaw("第六十七条第三款"), Severity: Warn, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string {
				return when(f.PayDue.missed(f.Occurred) && !f.PaidInFull, "缴款期限"+f.PayDue.String()+"已过。")
			},
			Advice: "可以自次日起按日加处百分之三的罚款，并进行催告。"},
		Rule{Code: "CF-73", Title: "延期或者分期缴纳罚款应当由当事人申请并经行政机关批准", Cite: penaltyLaw("第六十六条第二款"), Severity: Block, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string {
				return when(!f.InstalmentApplied || !f.InstalmentApproved, "没有当事人的申请，或者没有行政机关的批准。")
			},
			Advice: "请取得当事人申请并报批。"},
		Rule{Code: "CF-73b", Title: "已经批准的延期、分期安排尚在履行的，再次批准取代此前的安排", Cite: penaltyLaw("第六十六条第二款"), Status: Memory, Severity: Warn, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string {
				return when(f.InstalmentRuns, "此前批准的安排（最后一期"+f.PlanEnd.String()+"）尚未缴清，本次批准将取代它；此前已经产生的加处罚款不因此免除。")
			},
			Advice: "请核对当事人是否确有新的经济困难；不需要变更的，按原安排履行。"},
		Rule{Code: "CF-74", Title: "退还罚款应当有法定事由，且不超过已缴数额", Cite: penaltyLaw("第七十四条"), Status: Memory, Severity: Warn, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string {
				return when(strings.TrimSpace(f.RefundGround) == "" || f.RefundAmount <= 0 || f.RefundAmount > f.Paid, "没有退款事由，或者退款数额超过已缴数额。")
			},
			Advice: "请写明决定被撤销、变更或者多缴的情况，通过财政部门办理退付。"},
	)
	return append(rows, since(compulsionFrom,
		Rule{Code: "CF-71", Title: "加处罚款的标准应当告知当事人", Cite: compulsionLaw("第四十五条第一款"), Severity: Block, Tasks: []int{8},
			Applies: func(f *Facts) bool { return f.Surcharge > 0 },
			Broken: func(f *Facts, _ Values) string {
				return when(!f.SurchargeRateTold, "没有告知当事人加处罚款的标准。")
			},
			Advice: "请在决定书或者催告书中告知每日百分之三的标准。"},
		Rule{Code: "CF-71b", Title: "加处罚款不得超出罚款数额", Cite: compulsionLaw("第四十五条第二款"), Severity: Block, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string {
				return when(f.Surcharge > f.Final.Fine, "加处罚款"+f.Surcharge.String()+"超出罚款数额"+f.Final.Fine.String()+"。")
			},
			Advice: "请按罚款数额封顶。"},
	)...)
}

// courtRules: demand and application to the court (行政强制法第三十五、五十三至五十五条).
func courtRules() []Rule {
	return since(compulsionFrom,
		Rule{Code: "QZ-12", Title: "催告应当采用书面形式并载明法定事项", Cite: compulsionLaw("第三十五条、第五十四条"), Severity: Block, Tasks: []int{8, 15},
			Broken: func(f *Facts, _ Values) string {
				return when(len(f.DemandMissing) > 0, "催告书缺少："+strings.Join(f.DemandMissing, "、")+"。")
			},
			Advice: "请补全履行期限、履行方式、金额和给付方式、陈述和申辩的权利。"},
		Rule{Code: "QZ-20", Title: "复议和诉讼期限届满前不得申请法院强制执行", Cite: compulsionLaw("第五十三条"), Severity: Block, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string {
				return when(f.CourtFrom.Day.IsZero() || f.Occurred.Before(f.CourtFrom.Day), "可以申请的最早日期为"+f.CourtFrom.String()+"。")
			},
			Due:    func(f *Facts) Due { return f.CourtFrom },
			Advice: "请等待复议和诉讼期限届满。"},
		Rule{Code: "QZ-20b", Title: "申请法院强制执行应当自期限届满之日起三个月内提出", Cite: compulsionLaw("第五十三条"), Severity: Warn, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string {
				return when(f.CourtDue.missed(f.Occurred), "申请期限"+f.CourtDue.String()+"已过，法院可能不予受理。")
			},
			Advice: "请说明逾期的正当理由。"},
		Rule{Code: "QZ-20c", Title: "当事人已经申请复议或者提起诉讼的，不得申请非诉强制执行", Cite: compulsionLaw("第五十三条"), Severity: Block, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string { return when(f.RemedyPending, "复议或者诉讼正在进行。") },
			Advice: "请等待复议或者诉讼的结果。"},
		Rule{Code: "QZ-21", Title: "催告书送达十个工作日后仍未履行的，方可申请强制执行", Cite: compulsionLaw("第五十四条"), Severity: Block, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string {
				return when(f.DemandServed.IsZero() || f.DemandWaitDue.open(f.Occurred), "催告书没有送达，或者送达后未满十个工作日。")
			},
			Due:    func(f *Facts) Due { return f.DemandWaitDue },
			Advice: "请送达催告书并等待期满。"},
		Rule{Code: "QZ-22", Title: "申请强制执行应当附齐法定材料", Cite: compulsionLaw("第五十五条"), Severity: Block, Tasks: []int{8, 15},
			Broken: func(f *Facts, _ Values) string {
				return when(len(f.CourtMissing) > 0, "申请材料缺少："+strings.Join(f.CourtMissing, "、")+"。")
			},
			Advice: "请附强制执行申请书、决定书及事实理由依据、当事人意见及催告情况、执行标的情况等材料。"},
	)
}

// closingRules: what must be there before a case is closed and filed (第四十七条).
func closingRules() []Rule {
	rows := since(penaltyFrom,
		Rule{Code: "CF-31", Title: "启动、调查取证、审核、决定、送达、执行应当有全过程记录", Cite: penaltyLaw("第四十七条"), Severity: Block, Tasks: []int{13, 18},
			Broken: func(f *Facts, _ Values) string {
				return when(len(f.PhasesMissing) > 0, "没有记录的环节："+strings.Join(f.PhasesMissing, "、")+"。")
			},
			Advice: "请补全各环节的文字或者音像记录。"},
		Rule{Code: "CF-31b", Title: "结案应当有法定或者规定的事由", Cite: penaltyLaw("第四十七条"), Status: Memory, Severity: Warn, Tasks: []int{18},
			Broken: func(f *Facts, _ Values) string {
				return when(!f.PaidInFull && strings.TrimSpace(f.CloseGround) == "", "处罚没有履行完毕，也没有写明结案事由。")
			},
			Advice: "请写明履行完毕、法院终结执行、不予处罚、移送或者终止等事由。"},
	)
	return append(rows, since(threeSystemsFrom,
		Rule{Code: "SX-23", Title: "案卷应当明确保管人", Cite: threeSystems("（九）"), Severity: Quality, Tasks: []int{18},
			Broken: func(f *Facts, _ Values) string { return when(f.Custodian == "", "案卷没有保管人。") },
			Advice: "请指定案卷保管人。"},
		Rule{Code: "AR-06", Title: "结案后应当及时归档", Cite: threeSystems("（九）"), Status: Memory, Severity: Warn, Tasks: []int{18},
			Broken: func(f *Facts, _ Values) string {
				return when(f.ArchiveDue.missed(f.Occurred), "归档期限"+f.ArchiveDue.String()+"已过。")
			},
			Advice: "请尽快归档。"},
	)...)
}
