package law

import (
	"strconv"
	"strings"
)

// gateRules: no major decision without a passed review of exactly this text (第五十八条). Nobody overrides them.
func gateRules() []Rule {
	major := func(f *Facts) bool { return f.Major || len(f.TriggersHit) > 0 }
	return since(penaltyFrom,
		Rule{Code: "CF-36", Title: "重大处罚决定未经法制审核或者审核未通过的，不得作出", Cite: penaltyLaw("第五十八条第一款"), Severity: Block, Tasks: []int{19, 23},
			Applies: major,
			Broken: func(f *Facts, _ Values) string {
				switch f.ReviewVerdict {
				case VerdictPass:
					return ""
				case VerdictNone:
					return "本决定属于重大执法决定，尚未经过法制审核。"
				}
				return "最近一次法制审核意见为“" + string(f.ReviewVerdict) + "”，审核未通过。"
			},
			Advice: "请提交法制审核；被退回的修改后重新提交，未取得“同意”意见前不得作出决定。"},
		Rule{Code: "CF-36a", Title: "作出决定前应当对照重大执法决定法制审核目录", Cite: penaltyLaw("第五十八条第一款"), Severity: Block, Tasks: []int{23},
			Broken: func(f *Facts, _ Values) string {
				return when(!f.CatalogueChecked, "尚未核对重大执法决定法制审核目录。")
			},
			Advice: "请完成重大执法决定目录核对表。"},
		Rule{Code: "CF-36b", Title: "通过审核的文本应当与拟作出的决定完全一致", Cite: penaltyLaw("第五十八条第一款"), Severity: Block, Tasks: []int{19},
			Applies: major,
			Broken: func(f *Facts, _ Values) string {
				if f.ReviewTextHash == "" {
					return "这一份决定文本尚未经过法制审核。"
				}
				return when(f.TextHash == "" || f.TextHash != f.ReviewTextHash, "决定文本在审核之后有改动，或者审核的是另一份文本。")
			},
			Advice: "请将现在的文本提交法制审核。文本一经改动，原来的审核即失效；改回原来的文字，也须重新提交。"},
		Rule{Code: "CF-36c", Title: "触发审核目录的决定应当作为重大执法决定办理", Cite: penaltyLaw("第五十八条第一款"), Severity: Block, Tasks: []int{23},
			Broken: func(f *Facts, _ Values) string {
				return when(len(f.TriggersHit) > 0 && !f.Major, "本案触发目录："+strings.Join(f.TriggersHit, "、")+"，但没有列为重大执法决定。")
			},
			Advice: "请按重大执法决定提交法制审核。"},
		Rule{Code: "CF-36d", Title: "经过听证程序的处罚决定应当经法制审核", Cite: penaltyLaw("第五十八条第一款第二项"), Severity: Block, Tasks: []int{23},
			Broken: func(f *Facts, _ Values) string {
				return when(!f.HearingHeld.IsZero() && !f.Major, "本案经过听证，但没有列为重大执法决定。")
			},
			Advice: "请按重大执法决定提交法制审核。"},
		Rule{Code: "SH-04", Title: "审核之后有新的陈述、听证或者证据的，应当再次审核", Cite: threeSystems("（十三）"), From: on(threeSystemsFrom), Status: Memory, Severity: Warn, Tasks: []int{24, 25},
			Applies: major,
			Broken: func(f *Facts, _ Values) string {
				return when(f.ReviewStale, "最近一次审核之后又有陈述申辩、听证或者新证据。")
			},
			Advice: "请把新的材料补充送审。"},
		Rule{Code: "SH-06", Title: "对审核意见有异议的，协调处理完毕前不得作出决定", Cite: threeSystems("（十四）"), From: on(threeSystemsFrom), Severity: Block, Tasks: []int{25},
			Broken: func(f *Facts, _ Values) string { return when(f.DisputeOpen, "对审核意见的异议尚未处理。") },
			Advice: "请完成会商，由负责人或者集体讨论作出书面处理决定。"},
	)
}

// routeRules: which body reviews (118号（十一）, duty 20).
func routeRules() []Rule {
	return since(threeSystemsFrom,
		Rule{Code: "SX-25", Title: "法制审核应当由规定的机构进行", Cite: threeSystems("（十一）"), Severity: Block, Tasks: []int{20},
			Broken: func(f *Facts, _ Values) string {
				return when(!f.ReviewRoute, "送审的机构不符合审核机构的规定。")
			},
			Advice: "部门的决定送本部门法制机构；以政府名义的决定先送部门法制机构再送司法行政部门；委托执法的送委托机关法制机构。"},
		Rule{Code: "SX-25b", Title: "以本级人民政府名义作出的重大执法决定，应当再经本级政府司法行政部门审核", Cite: threeSystems("（十一）"), Severity: Block, Tasks: []int{20},
			Applies: func(f *Facts) bool { return f.InGovernmentName && f.Major },
			Broken: func(f *Facts, _ Values) string {
				return when(f.GovernmentReviewHash == "" || f.GovernmentReviewHash != f.TextHash, "没有本级政府司法行政部门对这一份文本的同意意见。")
			},
			Advice: "请在本机关法制机构审核通过后，将文本送本级政府司法行政部门审核，并登记其意见。"},
		Rule{Code: "SX-25c", Title: "送本级政府司法行政部门审核前，应当先经承办部门的法制机构审核", Cite: threeSystems("（十一）"), Severity: Block, Tasks: []int{20},
			Broken: func(f *Facts, _ Values) string {
				if !f.InGovernmentName {
					return "本案没有登记为以本级人民政府名义作出决定。"
				}
				return when(f.ReviewVerdict != VerdictPass || f.TextHash == "" || f.ReviewTextHash != f.TextHash, "本机关法制机构尚未审核通过这一份文本。")
			},
			Advice: "以本级人民政府名义作出决定的，在案件要素登记中写明；本机关法制机构审核通过后，再将同一文本送审并登记意见。"},
	)
}

// reviewerRules: who reviews, with what (第五十八条第二款, 118号（十一）至（十四）).
func reviewerRules() []Rule {
	rows := since(penaltyFrom,
		Rule{Code: "CF-39", Title: "初次从事处罚决定法制审核的人员应当取得法律职业资格", Cite: penaltyLaw("第五十八条第二款"), Severity: Block, Tasks: []int{21},
			Broken: func(f *Facts, _ Values) string {
				first := f.ReviewerFirst.IsZero() || !f.ReviewerFirst.Before(on(penaltyFrom))
				return when(!f.ReviewerQualified && first, "审核人员没有法律职业资格。")
			},
			Advice: "请改由取得法律职业资格的人员审核。"},
	)
	return append(rows, since(threeSystemsFrom,
		Rule{Code: "SX-26", Title: "法制审核人员不少于本单位执法人员的百分之五", Cite: threeSystems("（十一）"), Severity: Warn, Tasks: []int{21},
			Broken: func(f *Facts, v Values) string {
				need := ReviewersRequired(f.OfficersTotal, v.Int(ReviewersPercent))
				return when(f.ReviewersTotal < need, "应配备"+strconv.Itoa(need)+"名，现有"+strconv.Itoa(f.ReviewersTotal)+"名。")
			},
			Advice: "请增配法制审核人员。"},
		Rule{Code: "SX-27", Title: "疑难复杂案件的审核应当有法律顾问或者公职律师参与", Cite: threeSystems("（十一）"), Severity: Quality, Tasks: []int{22},
			Broken: func(f *Facts, _ Values) string {
				return when(f.Complex && !f.CounselConsulted, "没有法律顾问或者公职律师的意见。")
			},
			Advice: "请从法律顾问、公职律师库中选派人员参与审核。"},
		Rule{Code: "SX-29", Title: "法制审核应当逐项审查九个方面", Cite: threeSystems("（十三）"), Severity: Block, Tasks: []int{24},
			Broken: func(f *Facts, v Values) string {
				n := v.Int(ChecklistPoints)
				return when(f.ChecklistAnswered < n, "审核内容应逐项审查"+strconv.Itoa(n)+"项，已审查"+strconv.Itoa(f.ChecklistAnswered)+"项。")
			},
			Advice: "请逐项填写主体、人员、程序、事实证据、法律适用、裁量、权限、文书、是否涉嫌犯罪的审查结论。"},
		Rule{Code: "SX-29b", Title: "审查中有否定项的，不宜给出“同意”意见", Cite: threeSystems("（十三）"), Status: Memory, Severity: Warn, Tasks: []int{24},
			Broken: func(f *Facts, _ Values) string {
				return when(f.ChecklistNo > 0 && f.ReviewVerdict == VerdictPass, "有"+strconv.Itoa(f.ChecklistNo)+"项审查结论为否，意见却为“同意”。")
			},
			Advice: "请复核结论，或者退回补正。"},
		Rule{Code: "SX-30", Title: "送审材料应当齐全", Cite: threeSystems("（十四）"), Severity: Block, Tasks: []int{25},
			Broken: func(f *Facts, _ Values) string {
				return when(len(f.ReviewMissing) > 0, "送审材料缺少："+strings.Join(f.ReviewMissing, "、")+"。")
			},
			Advice: "请补齐材料后提交。"},
		Rule{Code: "SH-01", Title: "审核机构应当在规定期限内提出审核意见", Cite: threeSystems("（十四）"), Status: Memory, Severity: Warn, Tasks: []int{25},
			Broken: func(f *Facts, _ Values) string {
				return when(f.ReviewDue.missed(f.Occurred), "审核期限"+f.ReviewDue.String()+"已过。")
			},
			Advice: "请尽快提出审核意见；复杂案件经批准可以延长。"},
		Rule{Code: "SH-06b", Title: "审核异议的处理应当有书面决定", Cite: threeSystems("（十四）"), Severity: Block, Tasks: []int{25},
			Broken: func(f *Facts, _ Values) string {
				return when(!f.ResolutionWritten, "没有书面的异议处理决定。")
			},
			Advice: "请完成异议处理决定书。"},
	)...)
}

// separationRules: the hands that handle, review, approve and publish differ (SH-05, DECISIONS §15).
func separationRules() []Rule {
	same := func(a, b string) bool { return a != "" && a == b }
	return since(penaltyFrom,
		Rule{Code: "SH-05", Title: "法制审核人员不得是本案承办人员", Cite: penaltyLaw("第五十八条"), Status: Adopted, Severity: Block, Tasks: []int{19, 20},
			Applies: func(f *Facts) bool { return f.Reviewer != "" || f.ReviewVerdict != VerdictNone },
			Broken: func(f *Facts, _ Values) string {
				return when(f.Reviewer == "" || isOfficer(f, f.Reviewer), "没有审核人员，或者审核人员是本案承办人员。")
			},
			Advice: "请由未参与本案办理的审核人员审核。"},
		Rule{Code: "SH-05b", Title: "批准人不得批准自己审核的决定", Cite: penaltyLaw("第五十七条、第五十八条"), Status: Adopted, Severity: Block, Tasks: []int{19},
			Broken: func(f *Facts, _ Values) string {
				return when(same(f.Approver, f.Reviewer), "批准人与本案法制审核人员为同一人。")
			},
			Advice: "请由其他负责人批准。"},
		Rule{Code: "SH-05c", Title: "批准人不得是本案承办人员", Cite: penaltyLaw("第五十七条"), Status: Adopted, Severity: Block, Tasks: []int{19},
			Broken: func(f *Facts, _ Values) string {
				return when(isOfficer(f, f.Approver), "批准人是本案承办人员。")
			},
			Advice: "请由其他负责人批准。"},
		Rule{Code: "XG-05b", Title: "公示信息的制作人与复核人不得为同一人", Cite: disclosureRules("第十七条"), Status: Adopted, Severity: Block, Tasks: []int{10},
			Broken: func(f *Facts, _ Values) string {
				return when(same(f.Checker, f.Publisher), "公示信息的制作人与复核人为同一人。")
			},
			Advice: "请由另一名人员复核后公示。"},
	)
}
