package law

// standingRules judge the decision again, from the rows of its case, before the public reads it (第四十八、五十七、五十八、
// 六十一条): the gates of the decision may have been passed by. That it is judged again here is the house's own gate.
func standingRules() []Rule {
	const advice = "决定的记录与法定程序不符，请停止公示并报告机关负责人和系统管理员核查。"
	return since(penaltyFrom,
		Rule{Code: "PUB-01", Title: "公示的应当是在案的决定，文本、日期与决定一致", Cite: penaltyLaw("第四十八条"), Status: Adopted, Severity: Block, Tasks: []int{10},
			Applies: func(f *Facts) bool { return f.ReadAgain },
			Broken: func(f *Facts, _ Values) string {
				return when(!f.OnFile, "所公示的决定不在案，或者文本、日期与决定不符，或者决定已经变动。")
			},
			Advice: advice},
		Rule{Code: "PUB-02", Title: "公示的决定应当有送达登记，与公示信息所记一致", Cite: penaltyLaw("第六十一条"), Status: Adopted, Severity: Block, Tasks: []int{10},
			Applies: onFile,
			Broken: func(f *Facts, _ Values) string {
				return when(!f.DeliveryOnFile, "没有送达这一决定的送达登记，或者与公示信息所记的送达不符。")
			},
			Advice: advice},
		Rule{Code: "PUB-03", Title: "公示的决定应当经负责人批准，批准的就是这一文本", Cite: penaltyLaw("第五十七条"), Status: Adopted, Severity: Block, Tasks: []int{10},
			Applies: onFile,
			Broken: func(f *Facts, _ Values) string {
				return when(!f.ApprovalOnFile, "没有负责人对这一文本的批准。")
			},
			Advice: advice},
		Rule{Code: "PUB-04", Title: "公示的决定的承办、审核、批准应当由不同的人办理", Cite: penaltyLaw("第五十七条、第五十八条"), Status: Adopted, Severity: Block, Tasks: []int{10, 19},
			Applies: onFile,
			Broken: func(f *Facts, _ Values) string {
				return when(!f.HandsApart, "承办、审核、批准由同一人办理。")
			},
			Advice: advice},
		Rule{Code: "PUB-05", Title: "公示的重大执法决定，作出之前最后一次法制审核应当通过", Cite: penaltyLaw("第五十八条"), Status: Adopted, Severity: Block, Tasks: []int{10, 19},
			Applies: majorOnFile,
			Broken: func(f *Facts, _ Values) string {
				return when(!f.ReviewOnFile, "本决定属于重大执法决定，作出之前没有通过法制审核，或者最后一次审核没有通过。")
			},
			Advice: advice},
		Rule{Code: "PUB-06", Title: "公示的重大执法决定，审核的应当是这一文本并且先于决定", Cite: penaltyLaw("第五十八条"), Status: Adopted, Severity: Block, Tasks: []int{10, 19},
			Applies: majorOnFile,
			Broken: func(f *Facts, _ Values) string {
				return when(f.ReviewOnFile && !f.ReviewOfThisText, "法制审核的不是这一文本，或者审核晚于决定。")
			},
			Advice: advice},
		Rule{Code: "PUB-07", Title: "公示的重大执法决定，审核人员应当具备资格", Cite: penaltyLaw("第五十八条第二款"), Status: Adopted, Severity: Block, Tasks: []int{10, 19},
			Applies: majorOnFile,
			Broken: func(f *Facts, _ Values) string {
				return when(f.ReviewOnFile && !f.ReviewByQualified, "审核人员没有法律职业资格。")
			},
			Advice: advice},
	)
}

// onFile: the decision was read again and is there as the publication says; what else is wrong is then worth saying.
func onFile(f *Facts) bool { return f.ReadAgain && f.OnFile }

func majorOnFile(f *Facts) bool { return onFile(f) && f.Major }
