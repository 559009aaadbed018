package law

import "strings"

// evidenceRules: what a case may rest on (第四十一、四十六、五十六条).
func evidenceRules() []Rule {
	return since(penaltyFrom,
		Rule{Code: "CF-25", Title: "电子技术监控设备记录应当经审核并告知当事人后方可作为证据", Cite: penaltyLaw("第四十一条"), Severity: Block, Tasks: []int{13},
			Applies: func(f *Facts) bool { return f.MonitoringUsed },
			Broken: func(f *Facts, _ Values) string {
				return when(!f.MonitoringReviewed || !f.MonitoringNotified, "监控记录未经法制和技术审核，或者没有告知当事人。")
			},
			Advice: "请完成设备和记录内容的审核，并及时告知当事人违法事实，为其查询、陈述和申辩提供便利。"},
		Rule{Code: "CF-30", Title: "处罚应当有证据", Cite: penaltyLaw("第四十六条第一款"), Severity: Block, Tasks: []int{13},
			Broken: func(f *Facts, _ Values) string {
				n := 0
				for _, kind := range EvidenceKinds() {
					n += f.Evidence[kind]
				}
				return when(n <= 0, "本案没有登记任何法定种类的证据。")
			},
			Advice: "请登记书证、物证、视听资料、电子数据、证人证言、当事人的陈述、鉴定意见、勘验笔录或者现场笔录。"},
		Rule{Code: "CF-30b", Title: "以非法手段取得的证据不得作为认定案件事实的根据", Cite: penaltyLaw("第四十六条第三款"), Severity: Block, Tasks: []int{13, 24},
			Broken: func(f *Facts, _ Values) string {
				return when(f.EvidenceIllegal > 0, "认定事实所用的证据中有以非法手段取得的证据。")
			},
			Advice: "请排除该证据，重新认定事实。"},
		Rule{Code: "CF-30c", Title: "证据经查证属实方可作为认定案件事实的根据", Cite: penaltyLaw("第四十六条第二款"), Severity: Block, Tasks: []int{13, 24},
			Broken: func(f *Facts, _ Values) string {
				return when(f.EvidenceUnverified > 0, "认定事实所用的证据中有尚未查证属实的证据。")
			},
			Advice: "请完成查证，或者不以该证据认定事实。"},
		Rule{Code: "CF-35", Title: "先行登记保存应当在证据可能灭失或者以后难以取得时，经负责人批准实施", Cite: penaltyLaw("第五十六条"), Severity: Block, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string {
				return when(!f.HoldApproved || strings.TrimSpace(f.HoldGround) == "", "先行登记保存没有负责人批准或者没有写明情形。")
			},
			Advice: "请写明证据可能灭失或者以后难以取得的情形，报负责人批准。"},
		Rule{Code: "CF-35b", Title: "先行登记保存的证据超过七个工作日未处理的，不得作出决定或者结案", Cite: penaltyLaw("第五十六条"), Severity: Block, Tasks: []int{8},
			Applies: func(f *Facts) bool { return f.HoldOpen },
			Broken: func(f *Facts, _ Values) string {
				return when(f.HoldDue.Day.IsZero() || f.HoldDue.missed(f.Occurred), "先行登记保存的证据到期未作处理决定。")
			},
			Due:    func(f *Facts) Due { return f.HoldDue },
			Advice: "请先作出先行登记保存证据处理决定并送达当事人。"},
		Rule{Code: "CF-35c", Title: "先行登记保存的证据应当在七个工作日内作出处理决定", Cite: penaltyLaw("第五十六条"), Severity: Warn, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string {
				return when(f.HoldOpen && f.HoldDue.missed(f.Occurred), "处理期限"+f.HoldDue.String()+"已过。")
			},
			Advice: "请立即作出处理决定并说明超期原因。"},
		Rule{Code: "SX-11", Title: "执法时应当告知当事人执法事由、依据和陈述、申辩、听证、救济的权利", Cite: penaltyLaw("第四十四条"), Severity: Block, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string { return when(!f.RightsTold, "没有告知当事人权利的记录。") },
			Advice: "请告知执法事由、依据和各项权利，并在文书中载明。"},
		Rule{Code: "SX-20", Title: "按照音像记录清单应当录音录像的环节应当有记录或者说明", Cite: threeSystems("（八）"), From: on(threeSystemsFrom), Status: Memory, Severity: Warn, Tasks: []int{16},
			Broken: func(f *Facts, _ Values) string {
				return when(len(f.RecordingMissing) > 0, "缺少音像记录且未说明理由的环节："+strings.Join(f.RecordingMissing, "、")+"。")
			},
			Advice: "请上传音像记录，或者写明未记录的理由。"},
	)
}

// crimeRules: a suspected crime goes to the police, not into a fine (第八、二十七、五十七条, 国务院令第310号).
func crimeRules() []Rule {
	rows := since(penaltyFrom,
		Rule{Code: "CF-12", Title: "涉嫌犯罪的案件移送处理前不得作出行政处罚决定", Cite: penaltyLaw("第二十七条第一款、第八条第二款"), Severity: Block, Tasks: []int{8, 24},
			Applies: func(f *Facts) bool { return f.CrimeSuspected },
			Broken: func(f *Facts, _ Values) string {
				return when(!f.CrimeResolved, "本案涉嫌犯罪，尚无移送处理结果。")
			},
			Advice: "请及时移送司法机关；收到不予立案或者不追究刑事责任的通知后再作行政处理。"},
	)
	return append(rows, since(transferFrom,
		Rule{Code: "YS-01a", Title: "决定是否移送，应当先有核实情况后提出的移送涉嫌犯罪案件的书面报告", Cite: transferRules("第五条第一款"), Severity: Block, Tasks: []int{8},
			Broken: func(f *Facts, v Values) string {
				if !f.CrimeReported {
					return "本案没有待批准的涉嫌犯罪报告。"
				}
				return when(f.TransferVerifiers < v.Int(OfficersMin), "涉嫌犯罪报告的核实人员不足两名。")
			},
			Advice: "请由两名以上执法人员组成专案组核实情况，先办理“报告涉嫌犯罪”。"},
		Rule{Code: "YS-01", Title: "移送涉嫌犯罪案件应当由两名以上执法人员核实并经负责人批准", Cite: transferRules("第五条"), Severity: Block, Tasks: []int{8},
			Broken: func(f *Facts, v Values) string {
				return when(f.TransferVerifiers < v.Int(OfficersMin) || !f.TransferApproved, "核实人员不足两名，或者负责人没有批准移送。")
			},
			Advice: "请指定两名以上执法人员组成专案组核实，写出移送报告，报负责人批准。"},
		Rule{Code: "YS-01b", Title: "负责人应当在三日内决定是否移送，批准后二十四小时内移送", Cite: transferRules("第五条"), Severity: Warn, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string {
				return when(f.TransferDecisionDue.missed(f.Occurred) || f.TransferDue.missed(f.Occurred), "移送的决定或者办理已超过规定时限。")
			},
			Advice: "请立即办理移送并记录超期原因。"},
		Rule{Code: "YS-02", Title: "移送案件应当附齐法定材料", Cite: transferRules("第六条"), Severity: Block, Tasks: []int{8, 15},
			Broken: func(f *Facts, _ Values) string {
				return when(len(f.TransferMissing) > 0, "移送材料缺少："+strings.Join(f.TransferMissing, "、")+"。")
			},
			Advice: "请附移送书、调查报告、涉案物品清单、检验报告或者鉴定结论及其他材料。"},
		Rule{Code: "YS-03", Title: "公安机关应当在移送回执上签字", Cite: transferRules("第七条"), Severity: Warn, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string {
				return when(!f.TransferReceipt, "没有公安机关签收的回执。")
			},
			Advice: "请取得并上传签字的移送回执。"},
	)...)
}
