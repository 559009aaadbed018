package casefile

import (
	"slices"
	"strings"

	"mingjing/internal/flow"
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/pack"
	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

// moment is what the person says of the act itself.
type moment struct {
	step       flow.Step
	actor      string // account
	head       bool   // the actor is a head of the agency
	today      workday.Day
	occurred   workday.Day
	lateReason string
	sealed     bool
}

// facts folds a sheet into what the rules are judged on. people answers for certificates; it was read beforehand.
func (s *sheet) facts(b Books, m moment, people people) *law.Facts {
	f := &law.Facts{Entrusted: people.entrusted, Act: string(m.step.Code), Today: m.today, Occurred: m.occurred, Predecessor: s.file.Last, LateReason: m.lateReason}
	s.caseFacts(f, b, m)
	s.peopleFacts(f, m, people)
	s.evidenceFacts(f)
	s.crimeFacts(f)
	if s.party != nil {
		s.partyFacts(f, b, m)
		s.noticeFacts(f, b, m)
		s.hearingFacts(f, b, m)
		s.reviewFacts(f, b, m, people)
		s.decisionFacts(f, b, m)
		s.rangeFacts(f, b, m)
		s.serviceFacts(f, m)
		s.performanceFacts(f, b, m)
	}
	s.closingFacts(f, m, people)
	return f
}

func (s *sheet) caseFacts(f *law.Facts, b Books, m moment) {
	f.Procedure = law.Ordinary
	if s.file.Procedure == Simple {
		f.Procedure = law.Simple
	}
	elements := s.paper("案件要素登记")
	f.LeadFound, f.Opened = s.file.FoundOn, s.file.OpenedOn
	f.ActEnded = dayOf(elements, "act_ended_on")
	f.FiveYear = yes(elements, "five_year")
	f.OpenDue = s.clock(law.FilingDays)
	f.AgencyHasPower, f.Jurisdiction = yes(elements, "power"), yes(elements, "jurisdiction")
	f.JurisdictionDisputed = yes(elements, "jurisdiction_disputed")
	f.LighterIgnored = elements.Text("law_change") == "有变化，新规定较轻，仍适用行为时的规定"
	s.entrustmentFacts(f, m, elements)
	f.Complex = s.file.Complex || yes(elements, "complex")
	f.DecisionDue = s.clock(law.DecisionDays)
	s.itemFacts(f, b, m, elements.Text("item"))
}

// entrustmentFacts describe the letter by which an organisation acts in the agency's name, as the case records it
// (第二十条、第二十一条).
func (s *sheet) entrustmentFacts(f *law.Facts, m moment, elements form.Values) {
	from, until := dayOf(elements, "entrusted_from"), dayOf(elements, "entrusted_until")
	f.EntrustmentWritten = elements.Text("entrustment") != ""
	f.Entrusted = f.Entrusted || f.EntrustmentWritten
	f.EntrustmentValid = f.EntrustmentWritten && !from.IsZero() && !m.occurred.Before(from) && (until.IsZero() || !m.occurred.After(until))
	f.EntrustmentPublished, f.EntrusteeQualified = yes(elements, "entrustment_published"), yes(elements, "entrustee_qualified")
}

// itemFacts looks the item up in the pack: is it on the agency's list, with a basis in force at the act.
func (s *sheet) itemFacts(f *law.Facts, b Books, m moment, code string) {
	if code == "" {
		code = s.file.Item
	}
	at := f.ActEnded
	if at.IsZero() {
		at = m.occurred
	}
	item, ok := b.Pack.Item(code, m.occurred)
	if !ok || item.NoUse {
		return
	}
	f.ItemPublished = item.Owner != "" && len(item.Basis) > 0
	for _, basis := range item.Basis {
		f.BasisKind = higher(f.BasisKind, rankOf(basis))
		f.BasisPublished = true
		if (basis.From.IsZero() || !at.Before(basis.From)) && (basis.Until.IsZero() || !at.After(basis.Until)) {
			f.BasisInForce = true
		}
	}
	f.BasisSetsPenalty = f.BasisKind == law.BasisRule
}

// rankOf reads the rank of a basis: what the pack says, else its title. 法 is a law, 条例 a regulation, 办法 and 规定 a rule
// (《行政法规制定程序条例》第五条, 《规章制定程序条例》第七条). The number of the order of promulgation is not part of the name.
func rankOf(basis pack.Basis) law.BasisKind {
	if basis.Rank != "" {
		return law.BasisKind(basis.Rank)
	}
	title, _, _ := strings.Cut(strings.Trim(basis.Law, "《》"), "（")
	switch {
	case strings.HasSuffix(title, "条例"):
		return law.BasisRegulation
	case strings.HasSuffix(title, "办法"), strings.HasSuffix(title, "规定"), strings.HasSuffix(title, "规则"):
		return law.BasisRule
	case strings.HasSuffix(title, "法"), strings.HasSuffix(title, "法典"):
		return law.BasisLaw
	}
	return law.BasisOther
}

// higher is the one of two ranks that stands above: a penalty that a law or regulation provides is not set by the rule
// that repeats it (行政处罚法第十三条第一款).
func higher(a, b law.BasisKind) law.BasisKind {
	for _, rank := range []law.BasisKind{law.BasisLaw, law.BasisRegulation, law.BasisRule} {
		if a == rank || b == rank {
			return rank
		}
	}
	return law.BasisOther
}

func (s *sheet) peopleFacts(f *law.Facts, m moment, people people) {
	f.Handler = s.file.Handler
	if s.file.Handler == "" {
		f.Handler = m.actor
	}
	withdrawn := s.withdrawn()
	for _, o := range s.actingOfficers(m) {
		standing := people.standing[o.Certificate]
		id := standing.Account
		if id == "" {
			id = o.Certificate
		}
		f.Officers = append(f.Officers, law.Officer{ID: id, Registered: standing.Registered, Qualified: standing.Qualified, StateIssued: standing.StateIssued,
			Filed: standing.Filed, Recused: slices.Contains(withdrawn, o.Name)})
	}
	if s.party != nil {
		if a, ok := s.approval(); ok {
			f.Approver = a.Approver
		}
	}
	if m.step.Role == law.RoleApprover {
		f.Approver = m.actor
	}
	f.ApproverIsHead = f.Approver != "" && (m.head || m.step.Role != law.RoleApprover)
	f.RecusalOpen = s.count("回避申请登记") > s.count("回避决定书")
	if m.step.Code == "decide_recusal" {
		f.RecusalDecidedBy, f.RecusalByHead = m.actor, m.head
	}
}

// actingOfficers are those named on the act's own papers, else those assigned to the case that day.
func (s *sheet) actingOfficers(m moment) []assigned {
	var list []assigned
	seen := map[string]bool{}
	add := func(a assigned) {
		if a.Certificate != "" && !seen[a.Certificate] {
			seen[a.Certificate] = true
			list = append(list, a)
		}
	}
	for _, v := range s.act {
		for _, row := range v.Rows("officers") {
			name, _ := row["name"].(string)
			certificate, _ := row["certificate"].(string)
			add(assigned{Name: name, Certificate: certificate})
		}
	}
	if len(list) > 0 {
		return list
	}
	for _, o := range s.officers {
		if !o.From.After(m.occurred) && (o.Until.IsZero() || !o.Until.Before(m.occurred)) {
			add(o)
		}
	}
	return list
}

// withdrawn names those whom a decision on recusal took off the case.
func (s *sheet) withdrawn() []string {
	var names []string
	for _, v := range s.papers("回避决定书") {
		if v.Text("result") == "准予回避" {
			names = append(names, v.Text("subject"))
		}
	}
	return names
}

func (s *sheet) evidenceFacts(f *law.Facts) {
	shown := func(kind string) bool {
		v, ok := s.act[kind]
		return ok && yes(v, "cert_shown")
	}
	for _, kind := range []string{"现场检查笔录", "询问笔录", "抽样取证凭证", "证据先行登记保存通知书", "当场行政处罚决定书"} {
		f.CertificateShown = f.CertificateShown || shown(kind)
		f.RightsTold = f.RightsTold || yes(s.act[kind], "told")
	}
	inspected, questioned := s.count("现场检查笔录"), s.count("询问笔录")
	f.TranscriptMade = inspected+questioned > 0
	f.Evidence = map[law.EvidenceKind]int{}
	f.Evidence[law.Inquest] += inspected
	for _, v := range s.papers("询问笔录") {
		if strings.HasPrefix(v.Text("asked_role"), "当事人") {
			f.Evidence[law.Statement]++
		} else {
			f.Evidence[law.Testimony]++
		}
	}
	for _, v := range s.papers("证据登记") {
		f.Evidence[law.EvidenceKind(v.Text("kind"))]++
		if !yes(v, "verified") {
			f.EvidenceUnverified++
		}
		if yes(v, "illegal") {
			f.EvidenceIllegal++
		}
		if yes(v, "monitoring") {
			first := !f.MonitoringUsed
			f.MonitoringUsed = true
			f.MonitoringReviewed = (first || f.MonitoringReviewed) && yes(v, "monitoring_reviewed")
			f.MonitoringNotified = (first || f.MonitoringNotified) && yes(v, "monitoring_notified")
		}
	}
	hold := s.paper("证据先行登记保存通知书")
	held := s.count("证据先行登记保存通知书") // each hold rests on an approval of its own
	f.HoldApproved = held > 0 && s.count("先行登记保存审批") >= held
	f.HoldGround = hold.Text("reason")
	f.HoldOpen = held > s.count("先行登记保存证据处理通知书")
	f.HoldDue = s.clock(law.HoldDays)
	report := s.paper("调查终结报告")
	f.Reported = report != nil
	f.HeadOutcome = law.HeadOutcome(report.Text("outcome"))
	for _, kind := range []string{"现场检查笔录", "询问笔录"} {
		for _, v := range s.papers(kind) {
			if v.Text("recording") == "未录音录像" && v.Text("recording_note") == "" && !slices.Contains(f.RecordingMissing, kind) {
				f.RecordingMissing = append(f.RecordingMissing, kind)
			}
		}
	}
}

func (s *sheet) crimeFacts(f *law.Facts) {
	report := s.paper("涉嫌犯罪报告")
	f.CrimeSuspected = report != nil || strings.HasPrefix(s.paper("调查终结报告").Text("crime"), "涉嫌犯罪")
	f.CrimeResolved = s.crimeResolved()
	f.CrimeReported = report != nil && !f.CrimeResolved
	f.TransferVerifiers = len(report.Rows("verifiers"))
	f.TransferApproved = s.count("移送审批") > 0
	f.TransferDecisionDue, f.TransferDue = s.clock(law.TransferDecideDays), s.clock(law.TransferHours)
	f.TransferMissing = s.packetMissing(s.paper("涉嫌犯罪案件移送书"))
	f.TransferReceipt = s.paper("移送结果登记").Text("receipt")+s.paper("移送立案登记").Text("receipt") != ""
}

// packetMissing names what 国务院令第310号第六条 wants with the letter and the case has: the report always, the list of
// things where things were held or collected, the expert's report where there is one.
func (s *sheet) packetMissing(letter form.Values) []string {
	if letter == nil {
		return nil
	}
	kinds := map[string]bool{}
	for _, v := range s.papers("证据登记") {
		kinds[v.Text("kind")] = true
	}
	files := func(name string) bool {
		list, _ := letter.At(name).([]any)
		return len(list) > 0
	}
	var missing []string
	need := func(wanted, has bool, title string) {
		if wanted && !has {
			missing = append(missing, title)
		}
	}
	need(true, yes(letter, "report"), "涉嫌犯罪案件情况的调查报告")
	need(kinds["物证"] || s.count("证据先行登记保存通知书") > 0, len(letter.Rows("goods")) > 0, "涉案物品清单")
	need(kinds["鉴定意见"], files("expert"), "有关检验报告或者鉴定意见")
	return missing
}

// crimeResolved tells whether the latest suspicion of a crime has come to its end: the head did not transfer the case, or
// the judicial organs sent it back. A case that the police opened stays with them (行政处罚法第二十七条第一款).
func (s *sheet) crimeResolved() bool {
	resolved := false
	for _, d := range s.docs {
		switch d.Kind {
		case "涉嫌犯罪报告":
			resolved = false
		case "不予移送登记":
			resolved = true
		case "移送结果登记":
			resolved = d.Values.Text("result") != policeOpened
		}
	}
	return resolved && s.act["涉嫌犯罪报告"] == nil
}

// policeOpened is the answer of the police that keeps a case with them.
const policeOpened = "决定立案"

// penaltyOf reads the penalty that a notice or decision states. 其他处罚 are written out in the words of their statute
// (撤销登记, 停业整顿), which are found by the kinds that the pack knows.
func penaltyOf(v form.Values, known []pack.PenaltyKind) law.Penalty {
	var p law.Penalty
	list, _ := v.At("penalties").([]any)
	for _, k := range list {
		if text, ok := k.(string); ok {
			p.Kinds = append(p.Kinds, law.PenaltyKind(text))
		}
	}
	switch v.Text("penalty") { // the decision on the spot states one choice
	case "警告":
		p.Kinds = append(p.Kinds, law.Warning)
	case "罚款":
		p.Kinds = append(p.Kinds, law.Fine)
	case "警告并处罚款":
		p.Kinds = append(p.Kinds, law.Warning, law.Fine)
	}
	if p.Has(law.Fine) {
		p.Fine = zh.Fen(v.Fen("fine"))
	}
	if p.Has(law.ConfiscateGain) {
		p.Confiscated = zh.Fen(v.Fen("illegal_income"))
	}
	if p.Has(law.ConfiscateThings) {
		p.Things = zh.Fen(v.Fen("goods_value"))
	}
	written := v.Text("other_penalty")
	for _, k := range known {
		if k.Penalty && !law.PenaltyKind(k.Name).Known() && strings.Contains(written, k.Name) {
			p.Own = append(p.Own, law.OwnPenalty{Name: k.Name, Kind: k.StatKind})
		}
	}
	return p
}
