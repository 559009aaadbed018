package prefill

import (
	"strings"

	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/facts"
	"mingjing/internal/casefile/payment"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/zh"
)

// Context is what the case can put into a new document for a party: the paths that form.Paths admits.
func Context(p *picture.Picture, b book.Books, partyID, actorName string) map[string]any {
	s := &picture.Sheet{Picture: p}
	for i := range p.Parties {
		if p.Parties[i].ID == partyID || partyID == "" && len(p.Parties) == 1 {
			s.Party = &p.Parties[i]
		}
	}
	ctx := map[string]any{
		"actor": map[string]any{"name": actorName}, "agency": agencyContext(b), "unit": map[string]any{"name": unitName(b, p.File.Unit)},
		"parameter": map[string]any{"defence_days": int64(5)}, "case": caseContext(s, b), "lead": leadContext(s),
		"hold": holdContext(s), "draft": draftContext(s), "catalogue": map[string]any{"title": catalogueTitle(b), "triggers": s.Finished("重大执法决定目录核对表").At("triggers")},
		"dossier": filingContext(s, b),
	}
	switch {
	case s.Party != nil:
		partyContext(s, ctx)
	case len(p.Parties) > 0:
		// A paper for all parties of a batch starts from the first one; what differs is put in for each when it is finished.
		partyContext((&picture.Sheet{Picture: p, Party: &p.Parties[0]}), ctx)
	}
	return ctx
}

func catalogueTitle(b book.Books) string {
	agency, _ := b.Pack.Agency()
	return agency.Name + "重大执法决定法制审核目录"
}

func agencyContext(b book.Books) map[string]any {
	agency, _ := b.Pack.Agency()
	text := func(code string) string { return b.Pack.Text(code) }
	return map[string]any{"name": agency.Name, "court": agency.Court, "review_organ": agency.Government, "address": text("agency.address"),
		"phone": text("agency.phone"), "contact": text("agency.contact"), "head": text("agency.head"), "head_post": text("agency.head_post"),
		"bank": text("agency.bank"), "account_name": text("agency.account_name"), "account": text("agency.account"), "review_url": text("agency.review_url")}
}

func unitName(b book.Books, code string) string {
	if u, ok := b.Pack.Unit(code); ok {
		return u.Name
	}
	return code
}

// caseContext repeats what earlier papers of the case say, the newest first.
func caseContext(s *picture.Sheet, b book.Books) map[string]any {
	c := map[string]any{"number": s.File.Number, "title": s.File.Title, "cause": s.File.Cause, "opened_on": s.File.OpenedOn.String(),
		"closed_on": s.File.ClosedOn.String(), "officers": officerRows(s)}
	if s.Party != nil {
		c["party"] = s.Party.Details
	} else if len(s.Parties) > 0 {
		c["party"] = s.Parties[0].Details
	}
	for _, o := range s.Officers {
		if o.Until.IsZero() {
			c["lead_officer"] = o.Name
			break
		}
	}
	first := func(name string, kinds ...string) {
		for _, kind := range kinds {
			v := s.Finished(kind)
			if d, ok := s.DraftOf(kind); ok && (kind == book.DecisionKind || kind == book.NoticeKind) {
				v = d.Values
			}
			if v.At(name) != nil {
				c[name] = v.At(name)
				return
			}
		}
	}
	told := []string{book.DecisionKind, book.NoticeKind, "调查终结报告", "立案审批表", "案源登记表"}
	for _, name := range []string{"facts", "violated", "basis", "discretion", "penalties", "fine", "illegal_income", "goods", "goods_value", "other_penalty", "correction", "evidence",
		"evidence_text", "hearing_right"} {
		first(name, told...)
	}
	for _, name := range []string{"outcome", "proposal"} {
		first(name, "行政处罚决定审批表", "调查终结报告")
	}
	first("major", "调查终结报告")
	if c["proposal"] == nil {
		c["proposal"] = proposalText(s.Finished(book.NoticeKind))
	}
	if c["evidence_text"] == nil {
		c["evidence_text"] = evidenceText(s.Finished("调查终结报告"))
	}
	c["origin"], c["attachments"] = originText(s), attachments(s)
	return c
}

func originText(s *picture.Sheet) string {
	lead := s.Finished("案源登记表")
	if lead == nil {
		return ""
	}
	return "本机关" + zh.FormatDay(s.File.FoundOn.Date()) + "经" + lead.Text("source") + "发现当事人涉嫌违法的线索。"
}

func evidenceText(report form.Values) string {
	var names []string
	for _, row := range report.Rows("evidence") {
		if name, _ := row["name"].(string); name != "" {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return strings.Join(names, "、") + "。"
}

// proposalText writes the penalty of a notice as one sentence.
func proposalText(v form.Values) string {
	p := facts.PenaltyOf(v, nil)
	var parts []string
	for _, k := range p.Kinds {
		switch k {
		case law.Fine:
			parts = append(parts, "罚款人民币"+p.Fine.Upper()+"（¥"+p.Fine.Plain()+"）")
		case law.ConfiscateGain:
			parts = append(parts, "没收违法所得人民币"+zh.Fen(v.Fen("illegal_income")).Upper())
		case law.OtherPenalty:
			parts = append(parts, v.Text("other_penalty"))
		default:
			parts = append(parts, string(k))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "给予当事人" + strings.Join(parts, "、") + "的行政处罚。"
}

func officerRows(s *picture.Sheet) []any {
	var rows []any
	for _, o := range s.Officers {
		if o.Until.IsZero() {
			rows = append(rows, map[string]any{"name": o.Name, "certificate": o.Certificate})
		}
	}
	if len(rows) == 0 { // on the spot nobody is assigned: those who inspected go on (行政处罚法第五十二条)
		rows, _ = s.Finished("现场检查笔录").At("officers").([]any)
	}
	return rows
}

func leadContext(s *picture.Sheet) map[string]any {
	v := s.Finished("案源登记表")
	return map[string]any{"source": v.At("source"), "received_at": v.At("received_at"), "discovered_on": s.File.FoundOn.String(), "from_organ": v.At("from_organ"),
		"materials": v.At("materials")}
}

func holdContext(s *picture.Sheet) map[string]any {
	d, ok := s.LastDoc("证据先行登记保存通知书")
	if !ok {
		return map[string]any{}
	}
	return map[string]any{"number": d.Number, "at": d.Values.At("held_at"), "due": s.Clock(law.HoldDays).Day.String(), "items": d.Values.At("items")}
}

func draftContext(s *picture.Sheet) map[string]any {
	for _, kind := range []string{book.DecisionKind, book.PardonKind, book.NoticeKind} {
		if d, ok := s.DraftOf(kind); ok {
			return map[string]any{"kind": kind, "hash": d.BodyHash}
		}
	}
	return map[string]any{}
}

// partyContext adds what was said to and decided about one party.
func partyContext(s *picture.Sheet, ctx map[string]any) {
	if d, ok := s.LastDoc(book.NoticeKind); ok {
		ctx["notice"] = map[string]any{"number": d.Number, "served_on": s.Party.NoticeOn.String()}
		ctx["hearing_notice"] = map[string]any{"number": d.Number, "served_on": s.Party.NoticeOn.String()}
	}
	defence := map[string]any{"outcome": "未提出陈述、申辩"}
	if d, ok := s.LastDoc("陈述申辩笔录"); ok {
		defence["outcome"], defence["on"], defence["text"] = "提出陈述、申辩", d.MadeOn.String(), d.Values.At("statement")
	}
	if s.Waived("陈述、申辩的权利") {
		defence["outcome"] = "书面放弃陈述、申辩"
	}
	if v := s.Finished("陈述申辩复核意见书"); v != nil {
		defence["review"] = v.At("opinion")
	}
	ctx["defence"] = defence
	ctx["hearing"] = hearingContext(s)
	decisionContext(s, ctx)
}

func hearingContext(s *picture.Sheet) map[string]any {
	h := map[string]any{"outcome": "不属于听证范围"}
	if picture.Yes(s.Finished(book.NoticeKind), "hearing_right") || s.Finished(book.HearingKind) != nil {
		h["outcome"] = "未在法定期限内要求听证"
	}
	if s.Waived("要求听证的权利") {
		h["outcome"] = "书面放弃听证"
	}
	if v := s.Finished("听证申请登记"); v != nil {
		h["requested_on"] = v.At("requested_on")
	}
	if v := s.Finished("听证通知书"); v != nil {
		h["host"], h["place"], h["at"] = v.At("host"), v.At("place"), v.At("at")
	}
	if v := s.Finished("听证报告"); v != nil {
		h["outcome"], h["result"] = "已举行听证", v.At("finding")
	}
	return h
}

func decisionContext(s *picture.Sheet, ctx map[string]any) {
	review := map[string]any{}
	if r, ok := s.Review(); ok {
		review["submitted_on"] = r.Submitted.String()
		if d, ok := s.LastDoc("法制审核意见书"); ok {
			review["number"], review["reasons"] = d.Number, d.Values.At("reasons")
			review["summary"] = r.Concluded.String() + "法制审核意见：" + r.Verdict
			review["received_on"] = r.Concluded.String()
		}
	}
	if review["summary"] == nil {
		review["summary"] = "未列入重大执法决定法制审核目录，未提交法制审核。"
	}
	ctx["review"] = review
	if d, ok := s.LastDoc("审核意见异议书"); ok {
		ctx["objection"] = map[string]any{"number": d.Number, "unit": d.Values.At("unit"), "on": d.Values.At("objected_on")}
	}
	if d, ok := s.LastDoc("履行催告书"); ok {
		demand := map[string]any{"number": d.Number}
		for _, v := range s.Deliveries() {
			if v.Purpose == "demand" {
				demand["served_on"] = v.Effective.String()
			}
		}
		ctx["demand"] = demand
	}
	if v := s.Finished("集体讨论记录"); v != nil {
		ctx["panel"] = map[string]any{"summary": v.Text("conclusion") + "：" + v.Text("decision")}
	}
	d, ok := s.Decided[s.Party.ID]
	if !ok {
		return
	}
	owed := payment.Due(s, d, true, s.Today)
	doc, _ := s.DocumentByID(d.Document)
	_, dueFine, planned := payment.FallenDue(s, d, s.Today)
	if !planned {
		dueFine = max(0, d.Fine+d.Confiscated-owed.Paid)
	}
	ctx["decision"] = map[string]any{"due_fine": int64(dueFine), "due_total": int64(payment.DueTotal(s, d, s.Today)), "due_text": payment.DueText(s, d, s.Today),
		"number": d.Number, "on": d.DecidedOn.String(), "served_on": d.EffectiveOn.String(), "fine": int64(d.Fine),
		"illegal_income": int64(d.Confiscated), "total": int64(d.Fine + d.Confiscated), "unpaid": int64(max(0, d.Fine+d.Confiscated-owed.Paid)), "unpaid_fine": int64(payment.UnpaidFine(s, d)),
		"surcharge": int64(owed.Surcharge), "total_due": int64(owed.Rest()), "paid": int64(max(0, owed.Paid)), "pay_due": payment.PayDue(s, d).String(),
		"text": proposalText(doc.Values), "unperformed": "缴纳" + owed.Rest().String(), "penalty": doc.Values.At("penalty"), "at": doc.Values.At("decided_at")}
	paid, _ := ctx["decision"].(map[string]any)
	for _, y := range s.Paid[s.Party.ID] { // a refund names the last payment that came in
		if y.Kind != payment.RefundPaid {
			paid["paid_on"], paid["receipt"] = y.On.String(), y.Receipt
		}
	}
	ctx["delivery"] = map[string]any{"papers": []any{map[string]any{"title": d.Kind, "no": d.Number, "copies": int64(1)}}}
}
