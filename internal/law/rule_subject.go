package law

// subjectRules: who may punish, on what basis, in which time (行政处罚法第一章至第四章).
func subjectRules() []Rule {
	return since(penaltyFrom,
		Rule{Code: "CF-02", Title: "行政处罚的依据应当是法律、法规或者规章", Cite: penaltyLaw("第十六条"), Severity: Block, Tasks: []int{3, 8},
			Broken: func(f *Facts, _ Values) string {
				ok := f.BasisKind == BasisLaw || f.BasisKind == BasisRegulation || f.BasisKind == BasisRule
				return when(!ok, "处罚依据不是法律、法规或者规章。")
			},
			Advice: "请在执法事项清单中选择以法律、法规、规章为依据的事项；其他规范性文件不得设定行政处罚。"},
		Rule{Code: "CF-02b", Title: "未经公布的规定不得作为处罚依据", Cite: penaltyLaw("第五条第三款"), Severity: Block, Tasks: []int{3},
			Broken: func(f *Facts, _ Values) string { return when(!f.BasisPublished, "处罚依据没有公布记录。") },
			Advice: "请核对依据的公布情况，登记公布载体和日期后再办理。"},
		Rule{Code: "CF-03", Title: "没有上位法时，规章只能设定警告、通报批评和限额内的罚款", Cite: penaltyLaw("第十三条、第十四条"), Severity: Block, Tasks: []int{3},
			Applies: func(f *Facts) bool { return f.BasisKind == BasisRule && f.BasisSetsPenalty },
			Broken: func(f *Facts, _ Values) string {
				for _, k := range f.Final.Kinds {
					if k != Warning && k != Criticism && k != Fine {
						return "规章自行设定的处罚包含“" + string(k) + "”。"
					}
				}
				return ""
			},
			Advice: "请改用有上位法依据的处罚种类，或者只给予警告、通报批评、限额内的罚款。"},
		Rule{Code: "CF-04", Title: "实施处罚的机关应当在法定职权范围内有处罚权", Cite: penaltyLaw("第十七条"), Severity: Block, Tasks: []int{3},
			Broken: func(f *Facts, _ Values) string {
				return when(!f.AgencyHasPower, "本机关没有该事项的行政处罚权。")
			},
			Advice: "请核对执法事项清单和“三定”职责；无权管辖的应当移送有权机关。"},
		Rule{Code: "CF-08", Title: "案件应当由有管辖权的机关办理", Cite: penaltyLaw("第二十二条、第二十三条"), Severity: Block, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string {
				return when(!f.Jurisdiction, "尚未确认本机关对本案有管辖权。")
			},
			Advice: "请核对违法行为发生地和级别管辖；社会组织案件由其登记管理机关管辖。无管辖权的应当移送。"},
		Rule{Code: "CF-10", Title: "管辖争议应当先行协商或者报请指定", Cite: penaltyLaw("第二十五条"), Severity: Warn, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string {
				return when(f.JurisdictionDisputed, "本案管辖存在争议，尚未解决。")
			},
			Advice: "请与有关机关协商；协商不成的，报请共同的上一级行政机关指定管辖。"},
		Rule{Code: "CF-24", Title: "处罚的实施机关、立案依据、实施程序和救济渠道应当公示", Cite: penaltyLaw("第三十九条"), Severity: Warn, Tasks: []int{3, 6},
			Broken: func(f *Facts, _ Values) string {
				return when(!f.ItemPublished, "该执法事项尚未完成事前公示。")
			},
			Advice: "请公示该事项的实施机关、立案依据、实施程序和救济渠道。"},
	)
}

// entrustmentRules: an entrusted organisation acts in the agency's name (第二十、二十一条).
func entrustmentRules() []Rule {
	entrusted := func(f *Facts) bool { return f.Entrusted }
	return since(penaltyFrom,
		Rule{Code: "CF-05", Title: "委托处罚应当有书面委托书，并在委托的事项、权限和期限内实施", Cite: penaltyLaw("第二十条第一款、第二款"), Severity: Block, Tasks: []int{3, 20},
			Applies: entrusted,
			Broken: func(f *Facts, _ Values) string {
				return when(!f.EntrustmentWritten || !f.EntrustmentValid, "没有在有效期和权限内的书面委托书。")
			},
			Advice: "请补充载明委托事项、权限、期限的委托书，或者由委托机关自行办理。"},
		Rule{Code: "CF-06", Title: "受委托组织应当依法成立、有管理公共事务职能并有取得执法资格的人员", Cite: penaltyLaw("第二十一条"), Severity: Block, Tasks: []int{3, 5},
			Applies: entrusted,
			Broken: func(f *Facts, _ Values) string {
				return when(!f.EntrusteeQualified, "受委托组织不具备法定条件。")
			},
			Advice: "请核对受委托组织的成立、职能、人员资格和技术条件。"},
		Rule{Code: "CF-07", Title: "委托书应当向社会公布", Cite: penaltyLaw("第二十条第二款"), Severity: Warn, Tasks: []int{3},
			Applies: entrusted,
			Broken: func(f *Facts, _ Values) string {
				return when(!f.EntrustmentPublished, "委托书没有公布记录。")
			},
			Advice: "请由委托机关和受委托组织公布委托书。"},
	)
}

// timeRules: limitation and the law of the time (第三十六、三十七条), duplicates (第二十九条).
func timeRules() []Rule {
	return since(penaltyFrom,
		Rule{Code: "CF-15", Title: "同一违法行为不得给予两次以上罚款", Cite: penaltyLaw("第二十九条"), Severity: Block, Tasks: []int{8},
			Applies: func(f *Facts) bool { return f.Final.Has(Fine) },
			Broken: func(f *Facts, _ Values) string {
				return when(f.FinedForSameAct, "当事人的同一违法行为已经被罚款。")
			},
			Advice: "请撤回罚款，只保留其他种类的处罚；同一行为违反多个规范的，按罚款数额高的规定处罚一次。"},
		Rule{Code: "CF-21", Title: "违法行为超过二年（涉及生命健康安全、金融安全且有危害后果的五年）未被发现的，不再处罚", Cite: penaltyLaw("第三十六条"), Severity: Block, Tasks: []int{8},
			Override: &Override{Role: RoleApprover, Ground: "法律另有规定，或者违法行为有连续或者继续状态"},
			Broken: func(f *Facts, v Values) string {
				years := v.Int(LimitationYears)
				if f.FiveYear {
					years = v.Int(LimitationYearsLong)
				}
				if f.ActEnded.IsZero() || f.LeadFound.IsZero() {
					return "没有登记违法行为终了日期或者发现日期，无法计算处罚时效。"
				}
				last := f.ActEnded.AddMonths(12 * years)
				return when(f.LeadFound.After(last), "违法行为终了于"+f.ActEnded.String()+"，处罚时效至"+last.String()+"届满，发现日期为"+f.LeadFound.String()+"。")
			},
			Advice: "请核对违法行为终了日期、发现日期；确有连续、继续状态或者法律另有规定的，由负责人写明理由批准，否则不予立案。"},
		Rule{Code: "CF-22", Title: "适用违法行为发生时的规定，新规定较轻的适用新规定", Cite: penaltyLaw("第三十七条"), Severity: Block, Tasks: []int{3, 24},
			Broken: func(f *Facts, _ Values) string {
				if !f.BasisInForce {
					return "所引用的依据版本在违法行为发生时不在有效期内。"
				}
				return when(f.LighterIgnored, "作出决定时的新规定处罚较轻或者不认为违法，但没有适用。")
			},
			Advice: "请按从旧兼从轻原则选择依据版本。"},
		Rule{Code: "CF-34", Title: "符合立案标准的应当及时立案", Cite: penaltyLaw("第五十四条第二款"), Severity: Warn, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string {
				return when(f.OpenDue.missed(f.Occurred), "立案期限"+f.OpenDue.String()+"已过。")
			},
			Advice: "请尽快决定是否立案，并说明延迟的原因。"},
		Rule{Code: "CF-34b", Title: "普通程序案件应当先立案", Cite: penaltyLaw("第五十四条第二款"), Severity: Block, Tasks: []int{8},
			Applies: func(f *Facts) bool { return f.Procedure == Ordinary },
			Broken:  func(f *Facts, _ Values) string { return when(f.Opened.IsZero(), "本案没有立案记录。") },
			Advice:  "请先办理立案审批。"},
	)
}

// recordRules hold for every act: the record is true and made in time (第四十七条, DECISIONS §5).
func recordRules() []Rule {
	return since(penaltyFrom,
		Rule{Code: "SX-17a", Title: "行为日期不得晚于记录日期", Cite: penaltyLaw("第四十七条"), Severity: Block, Tasks: []int{13},
			Broken: func(f *Facts, _ Values) string {
				return when(f.Occurred.After(f.Today), "行为日期"+f.Occurred.String()+"晚于今天"+f.Today.String()+"。")
			},
			Advice: "请填写行为实际发生的日期。"},
		Rule{Code: "SX-17b", Title: "行为日期不得早于前一步骤", Cite: penaltyLaw("第四十七条"), Severity: Block, Tasks: []int{13},
			Broken: func(f *Facts, _ Values) string {
				return when(f.Occurred.Before(f.Predecessor), "行为日期"+f.Occurred.String()+"早于前一步骤的日期"+f.Predecessor.String()+"。")
			},
			Advice: "请核对日期；程序步骤不得倒置。"},
		Rule{Code: "SX-17c", Title: "迟于三日补录的行为应当说明理由", Cite: penaltyLaw("第四十七条"), Status: Adopted, Severity: Block, Tasks: []int{13},
			Broken: func(f *Facts, v Values) string {
				return when(f.Today.Sub(f.Occurred) > v.Int(LateEntryDays) && f.LateReason == "", "补录已超过规定日数，没有填写理由。")
			},
			Advice: "请填写补录理由。"},
	)
}
