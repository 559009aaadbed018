package law

// correctionRules hold the further document that puts a finished one right: the first stays in the dossier (第四十七条), a record is
// confirmed anew by whom it was taken from (第五十五条第二款), and a decision is put right by a decision's own paper (第七十五条第二款).
func correctionRules() []Rule {
	return since(penaltyFrom,
		Rule{Code: "CF-75", Title: "补正应当指明本案中补正的文书", Cite: penaltyLaw("第四十七条"), Severity: Block, Tasks: []int{8, 13},
			Broken: func(f *Facts, _ Values) string {
				return when(f.CorrectsKind == "", "本案没有所写名称、文号、日期的文书。")
			},
			Advice: "请从该文书的页面办理补正，原文书的名称、文号和日期由系统填写。"},
		Rule{Code: "CF-75b", Title: "决定书的错误应当以更正通知书更正", Cite: penaltyLaw("第七十五条第二款"), Severity: Block, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string {
				return when(f.CorrectsDecision, "所写的原文书是处罚决定文书，不能用补正说明更正。")
			},
			Advice: "请由机关负责人办理“更正决定书”，制作《更正通知书》并送达当事人。"},
		Rule{Code: "CF-75c", Title: "笔录的补正应当由被询问人、当事人核对确认", Cite: penaltyLaw("第五十五条第二款"), Severity: Block, Tasks: []int{13},
			Broken: func(f *Facts, _ Values) string {
				return when(f.CorrectsRecord && !f.CorrectionConfirmed, "补正笔录，没有写明核对确认的情况。")
			},
			Advice: "请写明由谁在何日核对、签名或者盖章；拒绝或者不能签名的，写明原因。"},
		Rule{Code: "CF-75d", Title: "已经送达的文书补正后应当告知当事人", Cite: penaltyLaw("第四十四条"), Status: Draft, Severity: Warn, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string {
				return when(f.CorrectsServed && !f.CorrectionTold, "原文书已经送达，没有写明怎样告知当事人补正的内容。")
			},
			Advice: "请写明以何种方式在何日告知当事人；改变告知内容的，应当重新告知。"},
	)
}
