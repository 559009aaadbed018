package law

// serviceRules: how a decision reaches the party (第六十一条, 民事诉讼法第八十七条至第九十五条, 行政复议法第二十二条).
func serviceRules() []Rule {
	rows := since(penaltyFrom,
		Rule{Code: "CF-42", Title: "决定书当场交付；当事人不在场的，应当在七个工作日内送达", Cite: penaltyLaw("第六十一条第一款"), Severity: Warn, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string {
				return when(f.ServiceDue.missed(f.Occurred), "送达期限"+f.ServiceDue.String()+"已过。")
			},
			Advice: "请立即送达并说明超期原因。"},
		Rule{Code: "CF-42c", Title: "作出决定之后方可送达、公示", Cite: penaltyLaw("第六十一条第一款"), Severity: Block, Tasks: []int{8, 10},
			Broken: func(f *Facts, _ Values) string {
				return when(f.DecisionDay.IsZero() || f.DecisionDay.After(f.Occurred), "尚未作出决定。")
			},
			Advice: "请先作出决定。"},
		Rule{Code: "CF-42b", Title: "电子送达应当经当事人同意并签订确认书", Cite: penaltyLaw("第六十一条第二款"), Severity: Block, Tasks: []int{8},
			Applies: func(f *Facts) bool { return f.ServiceMode == ServedElectric },
			Broken: func(f *Facts, _ Values) string {
				return when(!f.ElectronicConsent, "没有当事人签订的电子送达确认书。")
			},
			Advice: "请取得确认书，或者改用其他送达方式。"},
	)
	rows = append(rows, since(civilFrom,
		Rule{Code: "CF-43", Title: "送达方式应当是法定方式", Cite: civilProcedure("第八十八条至第九十五条"), Severity: Block, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string {
				for _, m := range ServiceModes() {
					if f.ServiceMode == m {
						return ""
					}
				}
				return "没有选择法定的送达方式。"
			},
			Advice: "请选择直接、留置、电子、邮寄、委托、转交或者公告送达。"},
		Rule{Code: "CF-43b", Title: "留置送达应当有见证人签名或者拍照、录像记录", Cite: civilProcedure("第八十九条"), Severity: Block, Tasks: []int{8, 16},
			Applies: func(f *Facts) bool { return f.ServiceMode == ServedLeft },
			Broken: func(f *Facts, _ Values) string {
				return when(!f.LeftWitnessed, "留置送达没有见证人，也没有拍照、录像记录。")
			},
			Advice: "请邀请基层组织或者所在单位代表见证，或者拍照、录像记录送达过程。"},
		Rule{Code: "CF-43c", Title: "公告送达限于下落不明或者其他方式无法送达", Cite: civilProcedure("第九十五条"), Severity: Block, Tasks: []int{8},
			Applies: func(f *Facts) bool { return f.ServiceMode == ServedPublic },
			Broken: func(f *Facts, _ Values) string {
				return when(!f.OtherModesFailed, "没有受送达人下落不明或者其他方式无法送达的记录。")
			},
			Advice: "请先采用其他方式送达，并在案卷中记明原因和经过。"},
		Rule{Code: "CF-43d", Title: "送达应当有送达回证", Cite: civilProcedure("第八十七条"), Severity: Block, Tasks: []int{8, 18},
			Applies: func(f *Facts) bool { return f.ServiceMode != "" },
			Broken:  func(f *Facts, _ Values) string { return when(!f.ServiceReceipt, "没有送达回证。") },
			Advice:  "请补全送达回证、邮寄回执、电子送达记录或者公告材料。"},
	)...)
	return append(rows, since(reconsiderationFrom,
		Rule{Code: "QZ-26", Title: "通过互联网送达决定的，应当同时提供提交复议申请的互联网渠道", Cite: reconsiderationLaw("第二十二条"), Severity: Block, Tasks: []int{8},
			Applies: func(f *Facts) bool { return f.ServiceMode == ServedElectric },
			Broken: func(f *Facts, _ Values) string {
				return when(!f.ElectronicRemedyChannel, "没有提供提交行政复议申请的互联网渠道。")
			},
			Advice: "请在电子送达时载明互联网复议渠道。"},
	)...)
}

// withdrawalRules: how a publication comes down again (第四十八条第二款).
func withdrawalRules() []Rule {
	return since(penaltyFrom,
		Rule{Code: "CF-26", Title: "决定被变更、撤销、确认违法或者无效的，应当在三日内撤回公示信息", Cite: penaltyLaw("第四十八条第二款"), Severity: Warn, Tasks: []int{11},
			Applies: func(f *Facts) bool { return f.Annulled },
			Broken: func(f *Facts, _ Values) string {
				return when(f.WithdrawDue.missed(f.Occurred), "撤回期限"+f.WithdrawDue.String()+"已过。")
			},
			Advice: "请立即撤回公示信息。"},
		Rule{Code: "CF-26b", Title: "撤回公示信息应当有依据并公开说明理由", Cite: penaltyLaw("第四十八条第二款"), Severity: Block, Tasks: []int{11},
			Broken: func(f *Facts, _ Values) string {
				return when(f.WithdrawGround == "" || f.WithdrawReason == "", "没有填写撤回依据或者对外说明的理由。")
			},
			Advice: "请写明撤回的依据和向社会公开的理由。"},
		Rule{Code: "CF-26f", Title: "没有公示的信息不能更正或者撤回", Cite: penaltyLaw("第四十八条第二款"), Status: Adopted, Severity: Block, Tasks: []int{11},
			Broken: func(f *Facts, _ Values) string {
				return when(f.Published.IsZero() || !f.Withdrawn.IsZero(), "该信息尚未公示或者已经撤回。")
			},
			Advice: "请核对公示状态。"},
	)
}

// disclosureGates: what may go public, and when (第四十八、五十条).
func disclosureGates() []Rule {
	rows := since(penaltyFrom,
		Rule{Code: "CF-26c", Title: "决定送达前不得公示，公告送达的除外", Cite: penaltyLaw("第四十八条、第六十一条"), Status: Adopted, Severity: Block, Tasks: []int{10},
			Broken: func(f *Facts, _ Values) string {
				served := !f.ServiceEffective.IsZero() && !f.ServiceEffective.After(f.Occurred)
				return when(!served && f.ServiceMode != ServedPublic, "决定尚未送达当事人。")
			},
			Advice: "请先送达决定书。"},
		Rule{Code: "CF-26d", Title: "已经公示的决定不得重新公示改变公示日期，只能更正或者撤回", Cite: penaltyLaw("第四十七条、第四十八条"), Status: Adopted, Severity: Block, Tasks: []int{10, 11},
			Broken: func(f *Facts, _ Values) string {
				return when(!f.Published.IsZero(), "该决定已于"+f.Published.String()+"公示。")
			},
			Advice: "请使用更正或者撤回。"},
		Rule{Code: "CF-26e", Title: "已被撤销、变更、确认违法或者无效的决定不得公示", Cite: penaltyLaw("第四十八条第二款"), Severity: Block, Tasks: []int{10, 11},
			Broken: func(f *Facts, _ Values) string {
				return when(f.Annulled, "该决定已被变更、撤销、确认违法或者确认无效。")
			},
			Advice: "请不予公示；已公示的撤回并说明理由。"},
		Rule{Code: "CF-32", Title: "公示前应当处理国家秘密、商业秘密和个人隐私", Cite: penaltyLaw("第五十条"), Severity: Block, Tasks: []int{10},
			Broken: func(f *Facts, _ Values) string { return when(!f.RedactionConfirmed, "脱敏处理尚未确认。") },
			Advice: "请逐处确认脱敏结果。"},
	)
	rows = append(rows, since("2021-06-01",
		Rule{Code: "WB-103", Title: "不得公开未成年人案件中能够识别其身份的信息", Cite: Cite{"《未成年人保护法》", "第一百零三条", "2020年修订"}, Severity: Block, Tasks: []int{10},
			Broken: func(f *Facts, _ Values) string { return when(f.PartyMinor, "当事人是未成年人。") },
			Advice: "请登记不予公示及理由。"},
	)...)
	return append(rows, since(disclosureFrom,
		Rule{Code: "XG-03", Title: "依法不予公开的信息不得公示", Cite: disclosureRules("第十四条至第十六条"), Severity: Block, Tasks: []int{10},
			Broken: func(f *Facts, _ Values) string {
				return when(f.NotPublicGround != "", "已登记不予公开的理由："+f.NotPublicGround+"。")
			},
			Advice: "请登记不予公示；理由消除的先撤销登记。"},
		Rule{Code: "XG-05w", Title: "不予公示应当有法定理由", Cite: disclosureRules("第十四条至第十六条"), Severity: Block, Tasks: []int{10},
			Broken: func(f *Facts, _ Values) string {
				return when(f.NotPublicGround == "" && !f.PartyMinor && !f.Annulled, "没有登记不予公示的理由。")
			},
			Advice: "请写明国家秘密、商业秘密、个人隐私、未成年人等理由。"},
		Rule{Code: "XG-05", Title: "公开前应当进行审查", Cite: disclosureRules("第十七条"), Severity: Block, Tasks: []int{10},
			Broken: func(f *Facts, _ Values) string {
				return when(f.Checker == "", "公示信息没有经过公开前审查。")
			},
			Advice: "请提交复核人员审查。"},
		Rule{Code: "SX-13", Title: "行政处罚决定应当自作出之日起七个工作日内公示", Cite: threeSystems("（六）"), Severity: Warn, Tasks: []int{10},
			Broken: func(f *Facts, _ Values) string {
				return when(f.PublishDue.missed(f.Occurred), "公示期限"+f.PublishDue.String()+"已过。")
			},
			Advice: "请立即公示并说明超期原因。"},
	)...)
}
