package demo

import (
	"mingjing/internal/casefile"
	"mingjing/internal/casefile/book"
	"mingjing/internal/disclosure"
	"mingjing/internal/form"
)

// story plans the year: what goes well, what is returned, refused, heard, late, withdrawn, and what is still open.
func (y *Year) story() {
	parties, people := societies(), citizens()
	small, big := minor(), major()
	// The everyday: small penalties all the year round, the last of them still under way.
	for i := range 18 {
		l := y.begin(y.Begin.AddDays(5+i*18), y.matter(small[i%len(small)], parties[i%len(parties)]), []string{"监督检查", "投诉举报", "其他机关移送"}[i%3])
		l.investigated()
		l.told()
		l.drafted(8)
		l.decided()
		switch i {
		case 4, 9:
			l.performed(4)
			l.published(7) // late, and shown as late
		default:
			l.published(1 + i%4)
			l.performed(4)
		}
		l.filed()
	}
	y.reviewedCases(parties, big)
	y.exceptions(parties, small, big)
	y.onTheSpot(people)
	y.batch()
	y.organise()
}

// reviewedCases are the major ones: passed, returned and passed, refused and disputed, heard.
func (y *Year) reviewedCases(parties []map[string]any, big []kindOfMatter) {
	for i, k := range big {
		l := y.begin(y.Begin.AddDays(12+i*55), y.matter(k, parties[6+i*3]), "投诉举报")
		l.investigated()
		l.told("直接关系当事人或者第三人重大权益")
		l.drafted(8)
		l.submitted(1)
		if i == 1 {
			l.reviewed("shen", "退回补正", consulted)
			l.then(2, "redraft", func() error {
				text := l.decisionText(l.m)
				text["discretion"] = "综合考虑违法行为的事实、性质、情节和社会危害程度，当事人主动退还费用，适用裁量基准“一般”档次。"
				return l.draft(l.m.Handler, l.id, text)
			})
			l.submitted(1)
		}
		if k.complex {
			l.reviewed([]string{"shen", "han"}[i%2], "同意", consulted)
			l.panel() // the heads decide on what legal review has passed (第五十七条第二款、第五十八条第一款)
		} else {
			l.reviewed([]string{"shen", "han"}[i%2], "同意")
		}
		l.decided()
		l.published(2)
		l.performed(5)
		l.filed()
	}
	y.heard(parties[20], big[0])
	y.refused(parties[21], big[1])
}

// panel plans the collective discussion of a complex case.
func (l *life) panel() {
	l.step(1, "lu", "hold_panel", func() map[string]form.Values {
		member := func(login, opinion string) map[string]any {
			return map[string]any{"name": nameOf(login), "post": "负责人", "opinion": opinion, "vote": "同意"}
		}
		return map[string]form.Values{"集体讨论记录": {"begun_at": l.at2(9, 0), "ended_at": l.at2(10, 0), "place": "三楼会议室", "reason": "情节复杂", "chair": nameOf("lu"), "recorder": nameOf("tang"),
			"members": []any{member("lu", "事实清楚，同意承办机构意见。"), member("yu", "证据充分，裁量适当，同意。"), member("tang", "程序合法，同意。")},
			"report":  "承办人汇报了案件事实、证据、依据和拟处罚意见。", "review": "法制机构已审核，意见为同意。", "questions": "与会人员询问了违法事实的认定依据和裁量的理由，承办人作了说明。",
			"conclusion": "给予行政处罚", "decision": "同意" + l.m.sentence(), "minority": "无"}}
	})
}

func (l *life) at2(hour, minute int) string { return l.Year.at(hour, minute) }

// heard is a case whose party asks for a hearing.
func (y *Year) heard(party map[string]any, k kindOfMatter) {
	l := y.begin(y.Begin.AddDays(70), y.matter(k, party), "投诉举报")
	l.investigated()
	l.told("直接关系当事人或者第三人重大权益")
	l.step(2, l.m.Handler, "request_hearing", func() map[string]form.Values {
		return map[string]form.Values{"听证申请登记": {"requested_on": l.today().String(), "requester": l.m.representative(), "manner": "书面"}}
	})
	var hearing string
	l.step(1, l.m.Handler, "schedule_hearing", func() map[string]form.Values {
		hearing = l.after(l.today(), 9).String()
		return map[string]form.Values{"听证通知书": {"at": hearing + "T09:30", "place": "本机关听证室", "mode": "公开举行", "host": nameOf("shen"), "host_post": "法规科科长", "host_independent": true, "recorder": nameOf("tang")},
			"送达回证": l.receipt(l.m, "听证通知书", 11)}
	}, sealed)
	l.step(9, l.m.Handler, "hold_hearing", func() map[string]form.Values {
		return map[string]form.Values{
			"听证笔录": {"begun_at": l.at2(9, 30), "ended_at": l.at2(10, 20), "place": "本机关听证室", "mode": "公开举行", "host": nameOf("shen"), "recorder": nameOf("tang"), "officers": l.m.officers(),
				"attendee": person(l.m.representative()), "discipline": true, "accusation": "调查人员提出当事人违法的事实、证据和拟处罚意见。", "plea": "当事人承认收费事实，请求从轻。", "examination": "对收费票据逐一质证，当事人无异议。",
				"debate": "双方就裁量幅度发表意见。", "outcome": "听证结束", "recusal": "不申请回避。", "confirm": "笔录无误。", "signed": "已签字或者盖章"},
			"听证报告": {"held_at": l.at2(9, 30), "place": "本机关听证室", "host": nameOf("shen"), "attendance": "当事人及调查人员到场。", "accusation": "拟处警告并处罚款。", "plea": "请求从轻。", "issues": "裁量幅度。",
				"facts_found": "违法收费事实成立。", "finding": "听证认为事实清楚、证据充分、裁量适当，当事人请求从轻的理由已在裁量中考虑。", "conclusion": "维持拟作出的行政处罚", "advice": "建议维持。", "reported_on": l.today().String()}}
	})
	l.then(0, "recording of the hearing", func() error { return l.recorded("听证全程录音.wav") })
	l.drafted(2)
	l.submitted(1)
	l.reviewed("han", "同意")
	l.decided()
	l.published(1)
	l.performed(5)
	l.filed()
}

// refused is a case that legal review does not let pass; the unit objects, the head upholds, and it is ended.
func (y *Year) refused(party map[string]any, k kindOfMatter) {
	k.complex = false
	l := y.begin(y.Begin.AddDays(150), y.matter(k, party), "监督检查")
	l.investigated()
	l.told("直接关系当事人或者第三人重大权益")
	l.drafted(8)
	l.submitted(1)
	l.reviewed("shen", "不同意")
	l.then(2, "dispute", func() error {
		return l.onReview(l.m.Head, "raise_dispute", map[string]form.Values{"审核意见异议书": {"received_on": l.today().AddDays(-2).String(), "unit": "民间组织管理局", "objected_on": l.today().String(), "request": "请求复核审核意见。",
			"points": []any{map[string]any{"point": "关键事实仅有当事人陈述", "ground": "另有票据佐证，已附卷", "objection": "请求复核"}}}})
	})
	l.then(4, "uphold", func() error {
		return l.onReview("yu", "uphold_review", map[string]form.Values{"异议处理决定书": {"unit": "民间组织管理局", "objected_on": l.today().String(), "consultation": "组织承办机构与法制机构会商。", "route": "机关负责人决定",
			"result": "维持审核意见", "finding": "票据不能证明收费去向，审核意见成立。", "decided_by": nameOf("yu"), "decided_on": l.today().String()}})
	})
	l.step(3, "lu", "terminate", func() map[string]form.Values {
		return map[string]form.Values{"终止调查决定书": {"ground": "其他应当终止调查的情形", "facts": "现有票据不能证明收费去向。", "reason": "现有证据不足以认定违法事实，终止调查。"}}
	})
}

// exceptions are the side exits: no case, no penalty, a defence, an annulment, an overdue fine, a suspected crime.
func (y *Year) exceptions(parties []map[string]any, small, big []kindOfMatter) {
	for i := range 3 {
		l := y.begin(y.Begin.AddDays(20+i*90), y.matter(small[i], parties[12+i]), "投诉举报")
		l.step(3, "lu", "reject_case", func() map[string]form.Values {
			return map[string]form.Values{"不予立案审批表": {"case_title": l.m.title(), "cause": l.m.Cause, "refusal": "没有违法事实", "reason": "经核查，举报反映的情况不属实。", "reply": "已告知", "handler_opinion": "建议不予立案。", "unit_opinion": "同意。", "head_opinion": "同意不予立案。"}}
		})
	}
	for i := range 3 {
		l := y.begin(y.Begin.AddDays(35+i*80), y.matter(small[0], parties[15+i]), "监督检查")
		l.investigated()
		l.step(2, "lu", "no_penalty", func() map[string]form.Values {
			return map[string]form.Values{"不予行政处罚决定书": {"evidence": evidence(), "defence": "未提出陈述、申辩", "ground": "初次违法且危害后果轻微并及时改正", "basis": l.m.cite("行政处罚法第三十三条第一款"),
				"reason": "当事人系初次违法，危害后果轻微，并已补办变更登记。", "education": "已对当事人进行法治教育，当事人表示今后依法办理。"}}
		}, sealed)
		l.step(1, l.m.Handler, "serve_no_penalty", func() map[string]form.Values {
			return map[string]form.Values{"送达回证": l.receipt(l.m, "不予行政处罚决定书", 10)}
		}, sealed)
		l.published(3)
		l.step(5, "lu", "close", func() map[string]form.Values {
			return l.closePapers(l.m, "不予行政处罚", "不予行政处罚。", "当事人已改正。")
		})
		l.archived(8)
	}
	y.annulled(parties[18], small[3])
	y.overdue(parties[22], small[4])
	y.instalments(parties[23], small[4])
	y.corrected(parties[11], small[2])
	y.crime(parties[19], big[2])
}

// annulled is a decision that a review organ revokes: what was public comes down with its reason.
func (y *Year) annulled(party map[string]any, k kindOfMatter) {
	l := y.begin(y.Begin.AddDays(60), y.matter(k, party), "监督检查")
	l.investigated()
	l.told()
	l.drafted(8)
	l.decided()
	l.published(1)
	l.performed(3)
	l.step(30, l.m.Handler, "record_remedy", func() map[string]form.Values {
		return map[string]form.Values{"复议诉讼登记": {"kind": "行政复议", "organ": "四平市人民政府", "filed_on": l.today().AddDays(-25).String(), "outcome": "撤销", "outcome_on": l.today().String(), "document": "四政复决字〔2026〕9号"}}
	})
	l.step(1, "lu", "annul_decision", func() map[string]form.Values {
		return map[string]form.Values{"决定变动登记": {"ground": "撤销", "organ": "四平市人民政府", "document": "四政复决字〔2026〕9号", "received_on": l.today().String(), "reason": "行政复议决定撤销原处罚决定。"}}
	})
	l.then(1, "withdraw", func() error {
		ids, err := l.publications()
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := l.House.Disclosure.Withdraw(l.ctx, l.Actors["su"], id, disclosure.Withdrawal{Ground: "撤销", Document: "四政复决字〔2026〕9号", Reason: "行政复议决定撤销原处罚决定。"}); err != nil {
				return err
			}
		}
		return nil
	})
	l.refunded("四政复决字〔2026〕9号")
	l.step(2, "lu", "settle_annulled", func() map[string]form.Values {
		return map[string]form.Values{"撤销后办结登记": {"reason": "处罚决定已被撤销，公示信息已撤下，罚款已退还，不再重新作出决定。"}}
	})
	l.step(2, "lu", "close", func() map[string]form.Values {
		papers := l.closePapers(l.m, "行政处罚决定被依法撤销", "处罚决定被撤销。", "原决定不再执行，已缴罚款已退还。")
		papers["结案报告"]["remedy"], papers["结案报告"]["publication"] = "撤销", "公示信息已撤下并说明理由。"
		return papers
	})
	l.archived(8)
}

// overdue is a party that pays late: a demand with the late fee, then payment.
func (y *Year) overdue(party map[string]any, k kindOfMatter) {
	l := y.begin(y.Begin.AddDays(95), y.matter(k, party), "投诉举报")
	l.investigated()
	l.told()
	l.drafted(8)
	l.decided()
	l.published(2)
	l.step(20, l.m.Handler, "demand", func() map[string]form.Values {
		return map[string]form.Values{"履行催告书": {}, "送达回证": l.receipt(l.m, "履行催告书", 10)}
	}, sealed)
	for _, kind := range []string{"罚款", "加处罚款"} {
		l.step(1, l.m.Handler, "pay", func() map[string]form.Values {
			amount := l.m.Fine
			if kind == "加处罚款" {
				amount = l.rest()
			}
			return map[string]form.Values{"缴款登记": {"kind": kind, "amount": amount, "paid_on": l.today().String(), "receipt": "DEMO-" + kind, "payer": "当事人"}}
		})
	}
	l.step(1, l.m.Handler, "confirm_performance", func() map[string]form.Values {
		return map[string]form.Values{"履行确认登记": {"manner": "罚款和加处罚款已全部缴清。", "others_done": true, "performed_on": l.today().String()}}
	})
	l.filed()
}

// rest is what the only party still owes, in 分.
func (l *life) rest() int64 {
	view, err := l.House.Cases.Open(l.ctx, l.Actors["lu"], l.id)
	if err != nil || len(view.Parties) == 0 {
		return 0
	}
	return int64(view.Parties[0].Owed.Rest())
}

// crime is a case that goes to the police.
func (y *Year) crime(party map[string]any, k kindOfMatter) {
	l := y.begin(y.Begin.AddDays(200), y.matter(k, party), "其他机关移送")
	l.investigated()
	l.step(2, l.m.Handler, "report_crime", func() map[string]form.Values {
		return map[string]form.Values{"涉嫌犯罪报告": {"crime": "挪用资金罪", "facts": "当事人的负责人利用职务便利，将单位专项资金二十万元转入其控制的企业使用，数额较大。", "verifiers": l.m.officers()}}
	})
	l.step(1, "lu", "approve_transfer", func() map[string]form.Values {
		return map[string]form.Values{"移送审批": {"head_opinion": "批准移送。"}}
	})
	l.step(0, l.m.Handler, "transfer_crime", func() map[string]form.Values {
		return map[string]form.Values{"涉嫌犯罪案件移送书": {"to_organ": "云山市公安局", "copy_to": "云山市人民检察院", "crime": "挪用资金罪", "criminal_basis": l.m.cite("刑法第二百七十二条第一款"), "reason": "当事人的负责人光逐云利用职务便利挪用本单位资金归个人控制的企业使用，数额较大，涉嫌犯罪。", "verified_by": l.m.officers(),
			"approver": nameOf("lu"), "approved_at": l.at2(9, 30), "report": true, "attachments": []any{map[string]any{"name": "调查报告", "pages": int64(12)}}}}
	}, sealed)
}

// onTheSpot are small penalties decided where they were found.
func (y *Year) onTheSpot(people []map[string]any) {
	for i := range 5 {
		m := y.matter(spot(), people[i%len(people)])
		l := &life{Year: y, m: m, at: y.after(y.Begin.AddDays(25+i*60), 0), hour: 9}
		l.plan(l.at, 10, 0, "on the spot", func() error {
			over := y.inspectPapers(m)
			over["现场检查笔录"]["cause"], over["现场检查笔录"]["party"] = m.Cause, m.Party
			over["案件要素登记"] = form.Values{"item": m.Item, "act_ended_on": y.today().String(), "power": true, "jurisdiction": true}
			done, err := y.House.Cases.Begin(y.ctx, y.Actors[m.Handler], book.Simple, casefile.Act{Papers: over})
			l.id = done.Case
			return err
		})
		l.hour = 10
		l.step(0, m.Handler, "decide_on_spot", func() map[string]form.Values { return y.spotPapers(m) }, sealed)
		l.step(1, m.Handler, "file_decision", func() map[string]form.Values {
			return map[string]form.Values{"当场处罚备案表": {"penalty": "罚款", "fine": m.Fine, "collection": "由当事人到指定银行或者电子支付缴纳", "filed_on": l.today().String(), "officers": m.officers(), "facts": m.Facts, "basis": m.cite(m.Basis)}}
		})
		l.published(2)
		l.performed(3)
		l.step(2, m.Head, "close", func() map[string]form.Values {
			return l.closePapers(m, "行政处罚决定执行完毕", "当场罚款一百元。", "已缴纳。")
		})
		if i != 2 { // this one lies in a drawer, and the board says so
			l.archived(5)
		}
	}
}

func (y *Year) spotPapers(m Matter) map[string]form.Values {
	return map[string]form.Values{
		"裁量核对表": m.discretion(),
		"当场行政处罚决定书": {"occurred_at": y.at(9, 30), "place": m.Party["address"], "facts": m.Facts, "violated": m.cite(m.Violated), "basis": m.cite(m.Basis), "penalty": "罚款", "fine": m.Fine,
			"defence": "未提出陈述、申辩", "collection": "自收到本决定书之日起十五日内到指定银行或者通过电子支付系统缴纳", "decided_at": y.at(10, 50), "decided_place": m.Party["address"], "officers": m.officers(),
			"cert_shown": true, "told": true},
	}
}

// batch is one case against many associations that nobody answers for any more: told and served by announcement.
func (y *Year) batch() {
	k := kindOfMatter{item: "MZ-CF-005", cause: "连续三年不接受年度检查且失去联系", facts: "当事人连续三个年度未参加年度检查，登记住所无人办公，经多方联系无法取得联系。", violated: "社会团体登记管理条例第二十八条",
		basis: "社会团体登记管理条例第三十条第一款第三项", kinds: []any{"法律、行政法规规定的其他行政处罚"}, other: "撤销登记", tier: "从重", hearing: true}
	branch := func(i int, name string) map[string]any {
		o := organisation("云山市旧友联谊会"+name+"分会", "云山市旧街"+digits(i)+"号", "旧友"+name)
		o["code"] = creditCode(1000 + i)
		return o
	}
	m := y.matter(k, branch(1, "一"))
	l := y.begin(y.Begin.AddDays(110), m, "监督检查")
	l.then(0, "parties", func() error {
		var list []map[string]any
		for i := 2; i <= 26; i++ {
			list = append(list, branch(i, digits(i)))
		}
		return y.House.Cases.AddParties(y.ctx, y.Actors[m.Handler], l.id, list)
	})
	l.investigated()
	l.step(1, m.Handler, "check_catalogue", func() map[string]form.Values {
		return l.cataloguePapers(m, "可能造成重大社会影响或者引发社会风险")
	})
	announced := func(title, abstract, rights string) map[string]form.Values {
		v := l.receipt(m, title, 9)
		v["mode"], v["announcement"], v["receiver_role"] = "公告送达", "在门户网站和公告栏公告", "无签收人"
		delete(v, "received_at")
		return map[string]form.Values{"送达回证": v, "送达公告": {"reason": "受送达人下落不明", "attempts": "直接送达、邮寄送达均无法送达。", "abstract": abstract,
			"days": int64(30), "rights": rights, "channels": []any{"机关门户网站", "机关公告栏"}}}
	}
	l.step(1, m.Handler, "serve_notice", func() map[string]form.Values {
		papers := announced("行政处罚事先告知书", "拟"+m.sentence(), "可以自本公告期满之日起五个工作日内提出陈述、申辩，并有权在五个工作日内要求听证；逾期视为放弃。")
		papers["行政处罚事先告知书"] = m.proposal()
		return papers
	}, sealed)
	l.drafted(32)
	l.submitted(1)
	l.reviewed("shen", "同意")
	l.step(1, "lu", "approve", func() map[string]form.Values { return l.approvePapers(m) })
	l.step(1, m.Handler, "decide", func() map[string]form.Values { return nil }, sealed)
	l.step(1, m.Handler, "serve_decision", func() map[string]form.Values {
		return announced("行政处罚决定书", m.sentence(),
			"如不服本决定，可以自本公告期满之日起六十日内向四平市人民政府申请行政复议，也可以自本公告期满之日起六个月内直接向四平市铁西区人民法院提起行政诉讼。")
	}, sealed)
	l.published(1)
	l.step(27, m.Handler, "confirm_performance", func() map[string]form.Values {
		return map[string]form.Values{"履行确认登记": {"manner": "登记证书、印章逾期未交回，已公告作废。", "others_done": true, "performed_on": l.today().String()}}
	})
	l.filed()
}
