package law

import "strings"

// discretionRules: how heavy, and when not at all (第九、二十八、三十至三十四条).
func discretionRules() []Rule {
	return since(penaltyFrom,
		Rule{Code: "CF-01", Title: "处罚种类应当是法定种类", Cite: penaltyLaw("第九条"), Severity: Block, Tasks: []int{12, 15},
			Broken: func(f *Facts, _ Values) string {
				if len(f.Final.Kinds) == 0 {
					return "没有写明处罚种类。"
				}
				for _, k := range f.Final.Kinds {
					if !k.Known() {
						return "“" + string(k) + "”不是第九条规定的处罚种类。"
					}
				}
				return when(f.Final.Has(Fine) != (f.Final.Fine > 0), "罚款种类与罚款数额不一致。")
			},
			Advice: "请从法定种类中选择，罚款应当同时写明数额。"},
		Rule{Code: "CF-13", Title: "实施处罚时应当责令当事人改正或者限期改正", Cite: penaltyLaw("第二十八条第一款"), Severity: Quality, Tasks: []int{15},
			Broken: func(f *Facts, _ Values) string { return when(!f.CorrectionOrdered, "没有责令改正的内容。") },
			Advice: "请在决定书中写明责令改正，或者另发责令改正通知书。"},
		Rule{Code: "CF-14", Title: "有违法所得的，除依法应当退赔的外，应当予以没收", Cite: penaltyLaw("第二十八条第二款"), Severity: Quality, Tasks: []int{24},
			Broken: func(f *Facts, _ Values) string {
				return when(f.IllegalGain > 0 && f.Final.Confiscated == 0, "查明有违法所得"+f.IllegalGain.String()+"，但没有没收。")
			},
			Advice: "请没收违法所得，或者写明依法退赔的情况。"},
		Rule{Code: "CF-16", Title: "不满十四周岁的未成年人不予行政处罚", Cite: penaltyLaw("第三十条"), Severity: Block, Tasks: []int{24},
			Applies: func(f *Facts) bool { return f.PartyKind == Citizen },
			Broken: func(f *Facts, _ Values) string {
				return when(f.PartyAge > 0 && f.PartyAge < 14, "当事人违法时不满十四周岁。")
			},
			Advice: "请作出不予行政处罚决定，责令监护人加以管教。"},
		Rule{Code: "CF-16b", Title: "已满十四周岁不满十八周岁的，应当从轻或者减轻处罚", Cite: penaltyLaw("第三十条"), Severity: Block, Tasks: []int{24},
			Applies: func(f *Facts) bool { return f.PartyKind == Citizen && f.PartyAge >= 14 && f.PartyAge < 18 },
			Broken: func(f *Facts, _ Values) string {
				return when(!f.MitigationApplied, "当事人是未成年人，没有从轻或者减轻处罚。")
			},
			Advice: "请从轻或者减轻处罚，并在文书中说明。"},
		Rule{Code: "CF-16c", Title: "处罚公民应当查明其年龄", Cite: penaltyLaw("第三十条"), Severity: Warn, Tasks: []int{24},
			Broken: func(f *Facts, _ Values) string {
				return when(f.PartyKind == Citizen && f.PartyAge <= 0, "没有查明当事人违法时的年龄。")
			},
			Advice: "请核实当事人身份证件。"},
		Rule{Code: "CF-17", Title: "不能辨认或者不能控制自己行为时有违法行为的，不予行政处罚", Cite: penaltyLaw("第三十一条"), Severity: Block, Tasks: []int{24},
			Broken: func(f *Facts, _ Values) string {
				return when(f.PartyIncapacity, "当事人违法时不能辨认或者不能控制自己的行为。")
			},
			Advice: "请作出不予行政处罚决定，责令监护人严加看管和治疗。"},
		Rule{Code: "CF-18", Title: "有法定从轻、减轻情形的，应当从轻或者减轻处罚", Cite: penaltyLaw("第三十二条"), Severity: Quality, Tasks: []int{24},
			Broken: func(f *Facts, _ Values) string {
				return when(f.MitigationGrounds > 0 && !f.MitigationApplied, "已确认法定从轻、减轻情形，但没有从轻或者减轻。")
			},
			Advice: "请从轻或者减轻处罚，或者复核该情形是否成立。"},
		Rule{Code: "CF-19b", Title: "行使裁量权应当引用公布的裁量基准", Cite: penaltyLaw("第三十四条"), Severity: Warn, Tasks: []int{24},
			Broken: func(f *Facts, _ Values) string { return when(f.DiscretionRow == "", "没有引用裁量基准。") },
			Advice: "请选择适用的裁量档次；没有基准的写明裁量理由。"},
		Rule{Code: "CF-19c", Title: "偏离裁量基准应当说明理由", Cite: penaltyLaw("第三十四条"), Status: Memory, Severity: Warn, Tasks: []int{24},
			Broken: func(f *Facts, _ Values) string {
				return when(f.DiscretionDeviates && strings.TrimSpace(f.DeviationReason) == "", deviates(f)+"，没有说明理由。")
			},
			Advice: "请说明理由并提交集体讨论。"},
	)
}

// leniencyRules: no penalty needs its ground and education (第三十三条).
func leniencyRules() []Rule {
	return since(penaltyFrom,
		Rule{Code: "CF-19", Title: "不予行政处罚的，应当对当事人进行教育", Cite: penaltyLaw("第三十三条第三款"), Severity: Block, Tasks: []int{8},
			Applies: func(f *Facts) bool {
				return f.NoPenaltyGround != "" && f.NoPenaltyGround != GroundNotProven && f.NoPenaltyGround != GroundLimitation
			},
			Broken: func(f *Facts, _ Values) string { return when(!f.EducationRecord, "没有教育当事人的记录。") },
			Advice: "请对当事人进行教育并留下记录。"},
		Rule{Code: "CF-19d", Title: "不予行政处罚应当有法定理由", Cite: penaltyLaw("第三十三条、第五十七条第一款"), Severity: Block, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string {
				for _, g := range NoPenaltyGrounds() {
					if f.NoPenaltyGround == g {
						return ""
					}
				}
				return "没有选择不予行政处罚的法定理由。"
			},
			Advice: "请选择法定理由；没有法定理由的应当依法处罚。"},
		Rule{Code: "CF-19e", Title: "首违不罚只适用于初次违法", Cite: penaltyLaw("第三十三条第一款"), Severity: Block, Tasks: []int{8, 24},
			Applies: func(f *Facts) bool { return f.NoPenaltyGround == GroundFirst },
			Broken: func(f *Facts, _ Values) string {
				return when(f.PriorPenalties > 0, "当事人此前有同类处罚记录，不是初次违法。")
			},
			Advice: "请改用其他法定理由，或者依法处罚。"},
	)
}
