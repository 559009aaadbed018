package law

import "strings"

// rangeRules hold a penalty to the kinds and the range of its basis (第四、十八、三十二、三十四条). What a pack says of an item
// blocks only where its text was read in the source.
func rangeRules() []Rule {
	read := func(f *Facts) bool { return !f.ItemUnverified }
	return since(penaltyFrom,
		Rule{Code: "CF-01b", Title: "处罚种类应当是处罚依据规定的种类", Cite: penaltyLaw("第四条、第三十八条第一款"), Severity: Block, Tasks: []int{3, 24},
			Applies: read, Broken: func(f *Facts, _ Values) string { return foreign(f) },
			Advice: "请从该事项依据规定的处罚种类中选择；依据有误的，核对案件的执法事项。"},
		Rule{Code: "CF-04b", Title: "罚款不得超过依据规定的最高数额", Cite: penaltyLaw("第四条"), Severity: Block, Tasks: []int{24},
			Applies: read, Broken: func(f *Facts, _ Values) string { return aboveRange(f) },
			Advice: "请把罚款数额调整到法定幅度以内。"},
		Rule{Code: "CF-04c", Title: "限制人身自由的行政处罚权只能由公安机关和法律规定的其他机关行使", Cite: penaltyLaw("第十八条第三款"), Severity: Block, Tasks: []int{3},
			Broken: func(f *Facts, _ Values) string {
				return when(f.Final.Has(Detention) && !f.DetentionAllowed, "本机关不能给予行政拘留。")
			},
			Advice: "请删去行政拘留；应当给予行政拘留的，移送公安机关处理。"},
		Rule{Code: "CF-04d", Title: "罚款不得低于依据规定的最低数额，依法减轻处罚的除外", Cite: penaltyLaw("第四条、第三十二条"), Severity: Block, Tasks: []int{24},
			Applies: read, Broken: func(f *Facts, _ Values) string { return belowRange(f) },
			Advice: "请把罚款数额调整到法定幅度以内；有第三十条、第三十二条规定的减轻情形的，在裁量核对表中登记情形并据以减轻。"},
		Rule{Code: "CF-04e", Title: "按倍数计算的罚款应当有计算的基数", Cite: penaltyLaw("第四条、第五条第二款"), Severity: Block, Tasks: []int{24},
			Applies: read,
			Broken: func(f *Facts, _ Values) string {
				return when(f.FineBaseMissing != "", "该事项的罚款按"+f.FineBaseMissing+"的倍数计算，裁量核对表没有登记基数。")
			},
			Advice: "请在裁量核对表中登记违法所得或者计算罚款的基数；没有基数的，依据不支持罚款。"},
		Rule{Code: "CF-04g", Title: "罚款应当对依据规定的责任人员作出，不得改为对单位作出", Cite: penaltyLaw("第四条"), Severity: Block, Tasks: []int{3, 24},
			Applies: read, Broken: func(f *Facts, _ Values) string { return finedOther(f) },
			Advice: "请删去对该当事人的罚款；应当对责任人员罚款的，把责任人员列为本案当事人，另行告知和决定。"},
		Rule{Code: "CF-04f", Title: "处罚的种类和幅度应当与依据核对（专案包中该事项的依据尚未核对原文）", Cite: penaltyLaw("第四条"), Status: Draft, Severity: Warn, Tasks: []int{24},
			Applies: func(f *Facts) bool { return f.ItemUnverified },
			Broken:  func(f *Facts, _ Values) string { return foreign(f) + aboveRange(f) + belowRange(f) + finedOther(f) },
			Advice:  "请对照依据的公布文本核对处罚种类和罚款幅度。"},
		Rule{Code: "CF-19f", Title: "偏离裁量基准的处罚应当集体讨论", Cite: penaltyLaw("第三十四条"), Status: Draft, Severity: Warn, Tasks: []int{24},
			Broken: func(f *Facts, _ Values) string {
				return when(f.DiscretionDeviates && (f.PanelHeld.IsZero() || f.PanelHeld.After(f.Occurred)), deviates(f)+"，尚未集体讨论。")
			},
			Advice: "请改用相应的裁量档次，或者说明偏离的理由并提交集体讨论。"},
	)
}

func foreign(f *Facts) string {
	return when(len(f.ForeignKinds) > 0, "“"+strings.Join(f.ForeignKinds, "、")+"”不是该事项依据规定的处罚种类。")
}

// finedOther says that a fine falls on somebody on whom its basis does not lay it (第四条: 处罚法定).
func finedOther(f *Facts) string {
	return when(f.Final.Has(Fine) && f.FineOnOthers != "", "该事项的罚款依据规定由“"+f.FineOnOthers+"”承担，不能对本当事人罚款。")
}

func aboveRange(f *Facts) string {
	return when(f.BasisFineMax > 0 && f.Final.Fine > f.BasisFineMax, "罚款"+f.Final.Fine.String()+"超过依据规定的上限"+f.BasisFineMax.String()+"。")
}

// belowRange lets a fine stand below its floor where the law lets it be lightened: 第三十条 for a minor, 第三十二条 on a ground.
func belowRange(f *Facts) string {
	lightened := f.MitigationApplied && (f.MitigationGrounds > 0 || f.PartyMinor)
	return when(f.Final.Fine < f.BasisFineMin && !lightened, "罚款"+f.Final.Fine.String()+"低于依据规定的下限"+f.BasisFineMin.String()+"，没有减轻处罚的情形。")
}

// deviates says how a penalty leaves its tier.
func deviates(f *Facts) string {
	if f.Deviation == "" {
		return "处罚偏离裁量基准"
	}
	return f.Deviation
}
