package law

import "strings"

// noticeRules: the party is told and heard before the decision (第四十四、四十五、六十二条).
func noticeRules() []Rule {
	return since(penaltyFrom,
		Rule{Code: "CF-28", Title: "作出处罚决定前应当告知拟处罚内容及事实、理由、依据和权利", Cite: penaltyLaw("第四十四条"), Severity: Block, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string {
				return when(len(f.NoticeMissing) > 0, "告知书缺少："+strings.Join(f.NoticeMissing, "、")+"。")
			},
			Advice: "请补全告知书的内容、事实、理由、依据和陈述、申辩、听证等权利。"},
		Rule{Code: "CF-28b", Title: "未告知当事人的，不得作出处罚决定", Cite: penaltyLaw("第六十二条"), Severity: Block, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string {
				return when(f.NoticeServed.IsZero() || f.NoticeServed.After(f.Occurred), "事先告知书尚未送达当事人。")
			},
			Advice: "请先送达事先告知书。"},
		Rule{Code: "CF-28c", Title: "决定的处罚不得重于最后一次告知的处罚", Cite: penaltyLaw("第四十四条、第六十二条"), Severity: Block, Tasks: []int{8},
			Applies: func(f *Facts) bool { return f.NoticesServed > 0 },
			Broken: func(f *Facts, v Values) string {
				if n := f.Notified; n.Has(Fine) && f.Final.Fine > n.Fine { // a kind that falls away does not pay for a larger fine
					return "拟作出的罚款" + f.Final.Fine.String() + "高于已告知的罚款" + n.Fine.String() + "。"
				}
				return when(Harsher(v.Order(), f.Final, f.Notified), "拟作出的处罚重于已告知的处罚。")
			},
			Advice: "请重新告知当事人并听取意见，或者按已告知的内容作出决定。"},
		Rule{Code: "CF-29", Title: "当事人的陈述、申辩应当复核", Cite: penaltyLaw("第四十五条第一款"), Severity: Block, Tasks: []int{8},
			Applies: func(f *Facts) bool { return f.DefenceReceived },
			Broken: func(f *Facts, _ Values) string {
				return when(!f.DefenceReviewed, "当事人提出的事实、理由和证据尚未复核。")
			},
			Advice: "请完成陈述申辩复核意见书；事实、理由或者证据成立的应当采纳。"},
		Rule{Code: "CF-29a", Title: "陈述、申辩期限未满不得作出决定", Cite: penaltyLaw("第六十二条"), Severity: Block, Tasks: []int{8},
			Applies: func(f *Facts) bool { return !f.DefenceReceived && !f.DefenceWaived },
			Broken: func(f *Facts, _ Values) string {
				return when(f.DefenceDue.open(f.Occurred), "陈述、申辩的期限"+f.DefenceDue.String()+"尚未届满。")
			},
			Due:    func(f *Facts) Due { return f.DefenceDue },
			Advice: "请等待期限届满，或者取得当事人明确放弃陈述、申辩的书面声明。"},
		Rule{Code: "CF-29b", Title: "放弃陈述、申辩或者听证应当明确并有记录", Cite: penaltyLaw("第六十二条"), Severity: Block, Tasks: []int{8},
			Applies: func(f *Facts) bool { return f.DefenceWaived || f.HearingWaived },
			Broken: func(f *Facts, _ Values) string {
				return when(!f.WaiverRecorded, "没有当事人明确放弃权利的记录。")
			},
			Advice: "请取得当事人签署的放弃声明，或者在笔录中载明。"},
		Rule{Code: "CF-29c", Title: "不得因当事人陈述、申辩而给予更重的处罚", Cite: penaltyLaw("第四十五条第二款"), Severity: Block, Tasks: []int{8, 24},
			Applies: func(f *Facts) bool { return f.NoticesServed > 0 && !f.NewFacts },
			Broken: func(f *Facts, v Values) string {
				return when(Harsher(v.Order(), f.Final, f.Proposed), "没有新的事实，处罚却重于最初告知的处罚。")
			},
			Advice: "请恢复原拟处罚；确有新事实的，应当登记新证据并重新告知。"},
	)
}

// hearingRules: 第六十三条至第六十五条.
func hearingRules() []Rule {
	hearingDue := func(f *Facts) Due { return f.HearingRequestDue }
	return since(penaltyFrom,
		Rule{Code: "CF-60", Title: "拟作出重大处罚的，应当告知当事人有要求听证的权利", Cite: penaltyLaw("第六十三条第一款"), Severity: Block, Tasks: []int{8},
			Applies: func(f *Facts) bool { return f.HearingRight },
			Broken: func(f *Facts, _ Values) string {
				return when(!f.HearingTold, "没有告知当事人要求听证的权利。")
			},
			Advice: "请送达听证告知书，或者在事先告知书中载明听证权利。"},
		Rule{Code: "CF-61", Title: "听证申请期限（告知后五个工作日）未满不得作出决定", Cite: penaltyLaw("第六十四条第一项"), Severity: Block, Tasks: []int{8},
			Applies: func(f *Facts) bool { return f.HearingRight && !f.HearingRequested && !f.HearingWaived },
			Broken: func(f *Facts, _ Values) string {
				return when(f.HearingRequestDue.open(f.Occurred), "听证申请期限"+f.HearingRequestDue.String()+"尚未届满。")
			},
			Due:    hearingDue,
			Advice: "请等待期限届满，或者取得当事人放弃听证的书面声明。"},
		Rule{Code: "CF-61b", Title: "当事人要求听证的，应当组织听证", Cite: penaltyLaw("第六十三条第一款"), Severity: Block, Tasks: []int{8},
			Applies: func(f *Facts) bool { return f.HearingRequested },
			Broken: func(f *Facts, _ Values) string {
				return when(f.HearingHeld.IsZero() && !f.HearingTerminated, "当事人已要求听证，听证尚未举行。")
			},
			Advice: "请确定听证日期并举行听证；当事人撤回申请或者无正当理由不出席的，记录终止听证。"},
		Rule{Code: "CF-61c", Title: "不得以重复告知重新起算或者取消听证", Cite: penaltyLaw("第六十三条、第六十四条第一项"), Severity: Block, Tasks: []int{8},
			Applies: func(f *Facts) bool { return f.NoticesServed > 0 },
			Broken: func(f *Facts, _ Values) string {
				return when(!f.NoticeChanged || (f.HearingRequested && f.HearingHeld.IsZero() && !f.HearingTerminated && !f.NewFacts),
					"已经送达过事先告知书，本次告知没有新的事实或者内容变化，或者当事人要求的听证尚未举行。")
			},
			Advice: "请按已送达的告知书继续；确有新事实的，先登记新事实再重新告知，已提出的听证申请继续有效。"},
	)
}

// hearingConductRules: how a hearing is announced and held (第六十四条、第六十五条).
func hearingConductRules() []Rule {
	return since(penaltyFrom,
		Rule{Code: "CF-62", Title: "应当在举行听证的七个工作日前通知当事人时间、地点", Cite: penaltyLaw("第六十四条第二项"), Severity: Block, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string {
				if f.HearingDay.IsZero() || f.HearingNotified.IsZero() {
					return "没有听证日期或者没有通知当事人的记录。"
				}
				return when(f.HearingNotifyBy.Day.IsZero() || f.HearingNotifyBy.missed(f.HearingNotified),
					"通知日期"+f.HearingNotified.String()+"晚于最迟通知日"+f.HearingNotifyBy.String()+"。")
			},
			Due:    func(f *Facts) Due { return f.HearingNotifyBy },
			Advice: "请改期，保证通知与听证之间不少于七个工作日。"},
		Rule{Code: "CF-63", Title: "听证由非本案调查人员主持，主持人应当回避的须更换", Cite: penaltyLaw("第六十四条第四项"), Severity: Block, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string {
				return when(f.HearingHost == "" || isOfficer(f, f.HearingHost) || f.HearingHostRecused, "没有指定主持人，或者主持人是本案调查人员、应当回避。")
			},
			Advice: "请指定非本案调查人员主持听证。"},
		Rule{Code: "CF-63b", Title: "听证应当公开举行，依法保密的除外", Cite: penaltyLaw("第六十四条第三项"), Severity: Block, Tasks: []int{8},
			Broken: func(f *Facts, _ Values) string {
				return when(!f.HearingPublic && strings.TrimSpace(f.HearingClosedGround) == "", "听证不公开但没有写明理由。")
			},
			Advice: "请公开举行，或者写明涉及国家秘密、商业秘密、个人隐私。"},
		Rule{Code: "CF-64", Title: "当事人可以委托一至二人代理听证", Cite: penaltyLaw("第六十四条第五项"), Severity: Warn, Tasks: []int{8},
			Broken: func(f *Facts, v Values) string {
				return when(f.HearingAgents > v.Int(HearingAgentsMax), "听证代理人超过二人。")
			},
			Advice: "请当事人确定不超过二名代理人。"},
		Rule{Code: "CF-65", Title: "听证笔录应当由当事人核对签字，并作为决定的根据", Cite: penaltyLaw("第六十四条第八项、第六十五条"), Severity: Block, Tasks: []int{8, 13},
			Applies: func(f *Facts) bool { return !f.HearingHeld.IsZero() },
			Broken: func(f *Facts, _ Values) string {
				return when(!f.HearingRecordSigned, "听证笔录没有签字，也没有主持人注明拒签的记录。")
			},
			Advice: "请当事人或者代理人核对签字；拒绝签字的由主持人注明。"},
	)
}
