package casefile

import (
	"maps"
	"slices"
	"strings"

	"mingjing/internal/document"
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

// context is what the case can put into a new document for a party: the paths that form.Paths admits.
func (p *picture) context(b Books, partyID, actorName string) map[string]any {
	s := &sheet{picture: p}
	for i := range p.parties {
		if p.parties[i].ID == partyID || partyID == "" && len(p.parties) == 1 {
			s.party = &p.parties[i]
		}
	}
	ctx := map[string]any{
		"actor": map[string]any{"name": actorName}, "agency": agencyContext(b), "unit": map[string]any{"name": unitName(b, p.file.Unit)},
		"parameter": map[string]any{"defence_days": int64(5)}, "case": s.caseContext(b), "lead": s.leadContext(),
		"hold": s.holdContext(), "draft": s.draftContext(), "catalogue": map[string]any{"title": catalogueTitle(b), "triggers": s.finished("重大执法决定目录核对表").At("triggers")},
		"dossier": s.filingContext(b), "announcement": map[string]any{"recipients": p.recipients()},
	}
	switch {
	case s.party != nil:
		s.partyContext(ctx)
	case len(p.parties) > 0:
		// A paper for all parties of a batch starts from the first one; what differs is put in for each when it is finished.
		(&sheet{picture: p, party: &p.parties[0]}).partyContext(ctx)
	}
	return ctx
}

func catalogueTitle(b Books) string {
	agency, _ := b.Pack.Agency()
	return agency.Name + "重大执法决定法制审核目录"
}

func agencyContext(b Books) map[string]any {
	agency, _ := b.Pack.Agency()
	text := func(code string) string { return b.Pack.Text(code) }
	return map[string]any{"name": agency.Name, "court": agency.Court, "review_organ": agency.Government, "address": text("agency.address"),
		"phone": text("agency.phone"), "contact": text("agency.contact"), "head": text("agency.head"), "head_post": text("agency.head_post"),
		"bank": text("agency.bank"), "account_name": text("agency.account_name"), "account": text("agency.account"), "review_url": text("agency.review_url")}
}

func unitName(b Books, code string) string {
	if u, ok := b.Pack.Unit(code); ok {
		return u.Name
	}
	return code
}

// caseContext repeats what earlier papers of the case say, the newest first.
func (s *sheet) caseContext(b Books) map[string]any {
	c := map[string]any{"number": s.file.Number, "title": s.file.Title, "cause": s.file.Cause, "opened_on": s.file.OpenedOn.String(),
		"closed_on": s.file.ClosedOn.String(), "officers": s.officerRows()}
	if s.party != nil {
		c["party"] = s.party.Details
	} else if len(s.parties) > 0 {
		c["party"] = s.parties[0].Details
	}
	for _, o := range s.officers {
		if o.Until.IsZero() {
			c["lead_officer"] = o.Name
			break
		}
	}
	first := func(name string, kinds ...string) {
		for _, kind := range kinds {
			v := s.finished(kind)
			if d, ok := s.draftOf(kind); ok && (kind == decisionKind || kind == noticeKind) {
				v = d.Values
			}
			if v.At(name) != nil {
				c[name] = v.At(name)
				return
			}
		}
	}
	told := []string{decisionKind, noticeKind, "调查终结报告", "立案审批表", "案源登记表"}
	for _, name := range []string{"facts", "violated", "basis", "discretion", "penalties", "fine", "illegal_income", "goods", "goods_value", "other_penalty", "correction", "evidence",
		"evidence_text", "hearing_right"} {
		first(name, told...)
	}
	for _, name := range []string{"outcome", "proposal"} {
		first(name, "行政处罚决定审批表", "调查终结报告")
	}
	first("major", "调查终结报告")
	if c["proposal"] == nil {
		c["proposal"] = proposalText(s.finished(noticeKind))
	}
	if c["evidence_text"] == nil {
		c["evidence_text"] = evidenceText(s.finished("调查终结报告"))
	}
	c["origin"], c["attachments"] = originText(s), s.attachments()
	return c
}

func originText(s *sheet) string {
	lead := s.finished("案源登记表")
	if lead == nil {
		return ""
	}
	return "本机关" + zh.FormatDay(s.file.FoundOn.Date()) + "经" + lead.Text("source") + "发现当事人涉嫌违法的线索。"
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
	return "上述事实有" + strings.Join(names, "、") + "等证据证明。"
}

// proposalText writes the penalty of a notice as one sentence.
func proposalText(v form.Values) string {
	p := penaltyOf(v, nil)
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

func (s *sheet) officerRows() []any {
	var rows []any
	for _, o := range s.officers {
		if o.Until.IsZero() {
			rows = append(rows, map[string]any{"name": o.Name, "certificate": o.Certificate})
		}
	}
	if len(rows) == 0 { // on the spot nobody is assigned: those who inspected go on (行政处罚法第五十二条)
		rows, _ = s.finished("现场检查笔录").At("officers").([]any)
	}
	return rows
}

func (s *sheet) leadContext() map[string]any {
	v := s.finished("案源登记表")
	return map[string]any{"source": v.At("source"), "received_at": v.At("received_at"), "discovered_on": s.file.FoundOn.String(), "from_organ": v.At("from_organ"),
		"materials": v.At("materials")}
}

func (s *sheet) holdContext() map[string]any {
	d, ok := s.lastDoc("证据先行登记保存通知书")
	if !ok {
		return map[string]any{}
	}
	return map[string]any{"number": d.Number, "at": d.Values.At("held_at"), "due": s.clock(law.HoldDays).Day.String(), "items": d.Values.At("items")}
}

func (s *sheet) draftContext() map[string]any {
	for _, kind := range []string{decisionKind, pardonKind, noticeKind} {
		if d, ok := s.draftOf(kind); ok {
			return map[string]any{"kind": kind, "hash": d.BodyHash}
		}
	}
	return map[string]any{}
}

// partyContext adds what was said to and decided about one party.
func (s *sheet) partyContext(ctx map[string]any) {
	if d, ok := s.lastDoc(noticeKind); ok {
		ctx["notice"] = map[string]any{"number": d.Number, "served_on": s.party.NoticeOn.String()}
		ctx["hearing_notice"] = map[string]any{"number": d.Number, "served_on": s.party.NoticeOn.String()}
	}
	defence := map[string]any{"outcome": "未提出陈述、申辩"}
	if d, ok := s.lastDoc("陈述申辩笔录"); ok {
		defence["outcome"], defence["on"], defence["text"] = "提出陈述、申辩", d.MadeOn.String(), d.Values.At("statement")
	}
	if s.waived("陈述、申辩的权利") {
		defence["outcome"] = "书面放弃陈述、申辩"
	}
	if v := s.finished("陈述申辩复核意见书"); v != nil {
		defence["review"] = v.At("opinion")
	}
	ctx["defence"] = defence
	ctx["hearing"] = s.hearingContext()
	s.decisionContext(ctx)
}

func (s *sheet) hearingContext() map[string]any {
	h := map[string]any{"outcome": "不属于听证范围"}
	if yes(s.finished(noticeKind), "hearing_right") || s.finished(hearingKind) != nil {
		h["outcome"] = "未在法定期限内要求听证"
	}
	if s.waived("要求听证的权利") {
		h["outcome"] = "书面放弃听证"
	}
	if v := s.finished("听证申请登记"); v != nil {
		h["requested_on"] = v.At("requested_on")
	}
	if v := s.finished("听证通知书"); v != nil {
		h["host"], h["place"], h["at"] = v.At("host"), v.At("place"), v.At("at")
	}
	if v := s.finished("听证报告"); v != nil {
		h["outcome"], h["result"] = "已举行听证", v.At("finding")
	}
	return h
}

func (s *sheet) decisionContext(ctx map[string]any) {
	review := map[string]any{}
	if r, ok := s.review(); ok {
		review["submitted_on"] = r.Submitted.String()
		if d, ok := s.lastDoc("法制审核意见书"); ok {
			review["number"], review["reasons"] = d.Number, d.Values.At("reasons")
			review["summary"] = r.Concluded.String() + "法制审核意见：" + r.Verdict
			review["received_on"] = r.Concluded.String()
		}
	}
	if review["summary"] == nil {
		review["summary"] = "未列入重大执法决定法制审核目录，未提交法制审核。"
	}
	ctx["review"] = review
	if d, ok := s.lastDoc("审核意见异议书"); ok {
		ctx["objection"] = map[string]any{"number": d.Number, "unit": d.Values.At("unit"), "on": d.Values.At("objected_on")}
	}
	if d, ok := s.lastDoc("履行催告书"); ok {
		demand := map[string]any{"number": d.Number}
		for _, v := range s.deliveries() {
			if v.Purpose == "demand" {
				demand["served_on"] = v.Effective.String()
			}
		}
		ctx["demand"] = demand
	}
	if v := s.finished("集体讨论记录"); v != nil {
		ctx["panel"] = map[string]any{"summary": v.Text("conclusion") + "：" + v.Text("decision")}
	}
	d, ok := s.decided[s.party.ID]
	if !ok {
		return
	}
	owed := s.due(d, true, s.today)
	doc, _ := s.documentByID(d.Document)
	ctx["decision"] = map[string]any{"number": d.Number, "on": d.DecidedOn.String(), "served_on": d.EffectiveOn.String(), "fine": int64(d.Fine),
		"illegal_income": int64(d.Confiscated), "total": int64(d.Fine + d.Confiscated), "unpaid": int64(max(0, d.Fine+d.Confiscated-owed.Paid)), "unpaid_fine": int64(s.unpaidFine(d)),
		"surcharge": int64(owed.Surcharge), "total_due": int64(owed.Rest()), "paid": int64(max(0, owed.Paid)), "pay_due": s.payDue(d).String(),
		"text": proposalText(doc.Values), "unperformed": "缴纳" + owed.Rest().String(), "penalty": doc.Values.At("penalty"), "at": doc.Values.At("decided_at")}
	ctx["delivery"] = map[string]any{"papers": []any{map[string]any{"title": d.Kind, "no": d.Number, "copies": int64(1)}}}
}

func (p *picture) documentByID(id string) (document.Document, bool) {
	for _, d := range p.docs {
		if d.ID == id {
			return d, true
		}
	}
	return document.Document{}, false
}

// blank is a new document of a kind for a step, filled with what the case knows.
func (p *picture) blank(b Books, step, kind, partyID, actorName string, today workday.Day) (form.Values, bool) {
	k, ok := b.Forms.Kind(kind)
	if !ok {
		return nil, false
	}
	return form.Prefill(k, p.context(b, partyID, actorName)), true
}

// computed is a paper with the values that the program works out as they are now.
func (p *picture) computed(b Books, k *form.Kind, partyID string, v form.Values) form.Values {
	if !slices.ContainsFunc(k.Fields, form.Field.Computed) {
		return v
	}
	now, fresh := form.Prefill(k, p.context(b, partyID, "")), maps.Clone(v)
	for _, f := range k.Fields {
		if f.Computed() {
			fresh[f.Name] = now[f.Name]
		}
	}
	return fresh
}

// Stale are the computed fields of a paper that no longer say what the program works out: the text that it speaks of has
// changed since, or somebody wrote into it. A paper about an earlier text must not stand for a later one (行政处罚法第五十八条).
func Stale(k *form.Kind, v form.Values, now ...form.Values) map[string]string {
	fields := map[string]string{}
	for _, f := range k.Fields {
		says := func(n form.Values) bool { return n.Text(f.Name) == v.Text(f.Name) }
		if f.Computed() && !slices.ContainsFunc(now, says) {
			fields[f.Name] = f.Label + "由系统计算，与现在的决定文本不一致。请重新打开本页，核对文本后再办理。"
		}
	}
	return fields
}
