package demo

import (
	"strings"

	"mingjing/internal/casefile/picture"
	"mingjing/internal/disclosure"
	"mingjing/internal/form"
	"mingjing/internal/redact"
)

// paid plans a payment.
func (l *life) paid(days int, kind string, amount int64) {
	l.step(days, l.m.Handler, "pay", func() map[string]form.Values {
		return map[string]form.Values{"缴款登记": {"kind": kind, "amount": amount, "paid_on": l.today().String(), "receipt": "DEMO-" + kind + "-" + l.today().String(), "payer": l.m.Party["name"]}}
	})
}

// instalments is a party that cannot pay at once: its account books are held as evidence, and its fine is paid in two shares
// within the time that the head granted.
func (y *Year) instalments(party map[string]any, k kindOfMatter) {
	l := y.begin(y.Begin.AddDays(120), y.matter(k, party), "投诉举报")
	l.gathered()
	l.held()
	l.step(2, l.m.Handler, "report_investigation", func() map[string]form.Values { return l.reportPapers(l.m) })
	l.told()
	l.drafted(8)
	l.decided()
	l.published(2)
	first, second := k.fine*2/5, k.fine-k.fine*2/5
	l.step(3, "lu", "grant_instalment", func() map[string]form.Values {
		due := func(days int) string { return l.after(l.today(), days).String() }
		return map[string]form.Values{"延期分期缴纳罚款批准书": {"applied_on": l.today().String(), "reason": "当事人近期经营困难，一次缴清确有经济困难。", "result": "同意分期缴纳",
			"instalments": []any{map[string]any{"due": due(20), "amount": first}, map[string]any{"due": due(40), "amount": second}}, "finding": "当事人提交的财务报表能够证明其确有经济困难。"}}
	})
	l.paid(18, "罚款", first)
	l.paid(19, "罚款", second)
	l.step(1, l.m.Handler, "confirm_performance", func() map[string]form.Values {
		return map[string]form.Values{"履行确认登记": {"manner": "罚款已按批准的期限分两期缴清。", "others_done": true, "performed_on": l.today().String()}}
	})
	l.filed()
}

// held plans that evidence is registered and held, and given back after copies were made (行政处罚法第五十六条).
func (l *life) held() {
	l.step(1, "lu", "approve_hold", func() map[string]form.Values {
		return map[string]form.Values{"先行登记保存审批": {"ground": "证据可能灭失", "items": "销售台账一册。", "head_opinion": "同意先行登记保存。"}}
	})
	l.step(0, l.m.Handler, "hold_evidence", func() map[string]form.Values {
		return map[string]form.Values{"证据先行登记保存通知书": {"reason": "证据可能灭失", "approver": nameOf("lu"), "approved_at": l.at2(9, 30), "held_at": l.at2(10, 10), "until": l.after(l.today(), 7).String(),
			"manner": "异地由本机关保管", "place": "本机关证据室", "keeper": nameOf(l.m.Second), "items": []any{map[string]any{"name": "销售台账", "count": "一册"}}, "officers": l.m.officers(),
			"present": person(l.m.representative()), "cert_shown": true}}
	}, sealed)
	l.then(0, "recording of the hold", func() error { return l.recorded("登记保存全程录像.wav") })
	l.step(3, l.m.Handler, "dispose_hold", func() map[string]form.Values {
		return map[string]form.Values{"先行登记保存证据处理通知书": {"disposals": []any{map[string]any{"name": "销售台账", "count": "一册", "disposal": "采取记录、复制、拍照、录像等证据保全措施后返还"}},
			"decided_at": l.at2(10, 0), "reason": "台账已复印并由当事人确认，不需要继续保存。"}}
	}, sealed)
}

// refunded plans that what was paid on a decision that fell is given back.
func (l *life) refunded(document string) {
	l.step(2, "lu", "refund", func() map[string]form.Values {
		return map[string]form.Values{"退款审批表": {"ground": "行政处罚决定被撤销或者变更", "ground_document": document, "refund": l.m.Fine,
			"reason": "处罚决定已被撤销，已缴罚款全额退还。", "payee": l.m.Party["name"], "payee_bank": "云山银行文化街支行", "payee_account": "6200000000000000001", "handler_opinion": "建议全额退还。",
			"unit_opinion": "同意。", "finance_opinion": "已核对缴款票据。", "head_opinion": "同意退还。"}}
	})
}

// corrected is a decision with a slip of the pen: it is set right by a notice of correction, and the public text with it.
func (y *Year) corrected(party map[string]any, k kindOfMatter) {
	const slip, right = "三十日日", "三十日"
	k.facts = strings.Replace(k.facts, right, slip, 1)
	l := y.begin(y.Begin.AddDays(85), y.matter(k, party), "监督检查")
	l.investigated()
	l.told()
	l.drafted(8)
	l.decided()
	l.published(2)
	l.step(4, "lu", "correct_decision", func() map[string]form.Values {
		d := l.decision()
		return map[string]form.Values{"更正通知书": {"original_kind": d.Kind, "original_number": d.Number, "original_on": d.DecidedOn.String(), "nature": "文字、计算错误的更正", "reason": "制作时笔误。", "unchanged": true,
			"errors": []any{map[string]any{"where": "违法事实", "was": slip, "is": right}}}, "送达回证": l.receipt(l.m, "更正通知书", 11)}
	}, sealed)
	l.then(1, "correct the publication", func() error { return l.republish("su", "tang", slip, right) })
	l.performed(4)
	l.filed()
}

// decision is the decision against the only party; empty where there is none.
func (l *life) decision() picture.Decision {
	view, err := l.House.Cases.Look(l.ctx, l.Actors["lu"], l.id)
	if err != nil || len(view.Parties) == 0 {
		return picture.Decision{}
	}
	return view.Parties[0].Decision
}

// republish corrects the public text of the case by one person and confirms it by another.
func (l *life) republish(maker, checker, was, is string) error {
	ids, err := l.publications()
	if err != nil {
		return err
	}
	room := l.House.Disclosure
	for _, id := range ids {
		p, _, err := room.Get(l.ctx, l.Actors[maker], id)
		if err != nil {
			return err
		}
		in := disclosure.Correction{Title: p.Title, PartyName: p.PartyName, Result: p.Result, Basis: p.Basis, Body: strings.ReplaceAll(p.BodyText, was, is), Reason: "决定书违法事实部分有笔误，已作更正。"}
		draft, err := room.CorrectionDraft(l.ctx, l.Actors[maker], id, in)
		if err != nil {
			return err
		}
		for _, s := range draft.Open { // as in the first publication: what is doubtful is no person's
			in.Decisions = append(in.Decisions, redact.Decision{Span: s, Accept: s.Sure, By: l.Actors[maker].Account})
		}
		hash, err := room.Correct(l.ctx, l.Actors[maker], id, in)
		if err != nil {
			return err
		}
		if err := room.ConfirmCorrection(l.ctx, l.Actors[checker], id, hash); err != nil {
			return err
		}
	}
	return nil
}
