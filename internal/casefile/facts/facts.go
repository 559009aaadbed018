package facts

import (
	"slices"
	"strings"

	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/pack"
)

// Of folds a sheet into what the rules are judged on. people answers for certificates; it was read beforehand.
func Of(s *picture.Sheet, b book.Books, m picture.Moment, people picture.People) *law.Facts {
	f := &law.Facts{Entrusted: people.Entrusted, Act: string(m.Step.Code), Today: m.Today, Occurred: m.Occurred, Predecessor: s.File.Last, LateReason: m.LateReason}
	caseFacts(s, f, b, m)
	peopleFacts(s, f, m, people)
	evidenceFacts(s, f)
	crimeFacts(s, f)
	correctionFacts(s, f, b)
	if s.Party != nil {
		partyFacts(s, f, b, m)
		noticeFacts(s, f, b, m)
		hearingFacts(s, f, b, m)
		reviewFacts(s, f, b, m, people)
		decisionFacts(s, f, b, m)
		rangeFacts(s, f, b, m)
		serviceFacts(s, f, m)
		performanceFacts(s, f, b, m)
	}
	closingFacts(s, f, m, people)
	return f
}

func caseFacts(s *picture.Sheet, f *law.Facts, b book.Books, m picture.Moment) {
	f.Procedure = law.Ordinary
	if s.File.Procedure == book.Simple {
		f.Procedure = law.Simple
	}
	elements := s.Paper("案件要素登记")
	f.LeadFound, f.Opened = s.File.FoundOn, s.File.OpenedOn
	f.ActEnded = picture.DayOf(elements, "act_ended_on")
	f.FiveYear = picture.Yes(elements, "five_year")
	f.OpenDue = s.Clock(law.FilingDays)
	f.AgencyHasPower, f.Jurisdiction = picture.Yes(elements, "power"), picture.Yes(elements, "jurisdiction")
	f.JurisdictionDisputed = picture.Yes(elements, "jurisdiction_disputed")
	f.LighterIgnored = elements.Text("law_change") == "有变化，新规定较轻，仍适用行为时的规定"
	entrustmentFacts(s, f, m, elements)
	f.Complex = s.File.Complex || picture.Yes(elements, "complex")
	f.DecisionDue = s.Clock(law.DecisionDays)
	itemFacts(s, f, b, m, elements.Text("item"))
}

// entrustmentFacts describe the letter by which an organisation acts in the agency's name, as the case records it
// (第二十条、第二十一条).
func entrustmentFacts(s *picture.Sheet, f *law.Facts, m picture.Moment, elements form.Values) {
	from, until := picture.DayOf(elements, "entrusted_from"), picture.DayOf(elements, "entrusted_until")
	f.EntrustmentWritten = elements.Text("entrustment") != ""
	f.Entrusted = f.Entrusted || f.EntrustmentWritten
	f.EntrustmentValid = f.EntrustmentWritten && !from.IsZero() && !m.Occurred.Before(from) && (until.IsZero() || !m.Occurred.After(until))
	f.EntrustmentPublished, f.EntrusteeQualified = picture.Yes(elements, "entrustment_published"), picture.Yes(elements, "entrustee_qualified")
}

// itemFacts looks the item up in the pack: is it on the agency's list, with a basis in force at the act.
func itemFacts(s *picture.Sheet, f *law.Facts, b book.Books, m picture.Moment, code string) {
	if code == "" {
		code = s.File.Item
	}
	at := f.ActEnded
	if at.IsZero() {
		at = m.Occurred
	}
	item, ok := b.Pack.Item(code, m.Occurred)
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

func peopleFacts(s *picture.Sheet, f *law.Facts, m picture.Moment, people picture.People) {
	f.Handler = s.File.Handler
	if s.File.Handler == "" {
		f.Handler = m.Actor
	}
	withdrawn := s.Withdrawn()
	for _, o := range s.ActingOfficers(m) {
		standing := people.Standing[o.Certificate]
		id := standing.Account
		if id == "" {
			id = o.Certificate
		}
		f.Officers = append(f.Officers, law.Officer{ID: id, Registered: standing.Registered, Qualified: standing.Qualified, StateIssued: standing.StateIssued,
			Filed: standing.Filed, Recused: slices.Contains(withdrawn, o.Name)})
	}
	if s.Party != nil {
		if a, ok := s.Approval(); ok {
			f.Approver = a.Approver
		}
	}
	if m.Step.Role == law.RoleApprover {
		f.Approver = m.Actor
	}
	f.ApproverIsHead = f.Approver != "" && (m.Head || m.Step.Role != law.RoleApprover)
	f.RecusalOpen = s.Count("回避申请登记") > s.Count("回避决定书")
	if m.Step.Code == "decide_recusal" {
		f.RecusalDecidedBy, f.RecusalByHead = m.Actor, m.Head
	}
}

func evidenceFacts(s *picture.Sheet, f *law.Facts) {
	shown := func(kind string) bool {
		v, ok := s.Act[kind]
		return ok && picture.Yes(v, "cert_shown")
	}
	for _, kind := range []string{"现场检查笔录", "询问笔录", "抽样取证凭证", "证据先行登记保存通知书", "当场行政处罚决定书"} {
		f.CertificateShown = f.CertificateShown || shown(kind)
		f.RightsTold = f.RightsTold || picture.Yes(s.Act[kind], "told")
	}
	inspected, questioned := s.Count("现场检查笔录"), s.Count("询问笔录")
	f.TranscriptMade = inspected+questioned > 0
	f.Evidence = map[law.EvidenceKind]int{}
	f.Evidence[law.Inquest] += inspected
	for _, v := range s.Papers("询问笔录") {
		if strings.HasPrefix(v.Text("asked_role"), "当事人") {
			f.Evidence[law.Statement]++
		} else {
			f.Evidence[law.Testimony]++
		}
	}
	for _, v := range s.Papers("证据登记") {
		f.Evidence[law.EvidenceKind(v.Text("kind"))]++
		if !picture.Yes(v, "verified") {
			f.EvidenceUnverified++
		}
		if picture.Yes(v, "illegal") {
			f.EvidenceIllegal++
		}
		if picture.Yes(v, "monitoring") {
			first := !f.MonitoringUsed
			f.MonitoringUsed = true
			f.MonitoringReviewed = (first || f.MonitoringReviewed) && picture.Yes(v, "monitoring_reviewed")
			f.MonitoringNotified = (first || f.MonitoringNotified) && picture.Yes(v, "monitoring_notified")
		}
	}
	hold := s.Paper("证据先行登记保存通知书")
	held := s.Count("证据先行登记保存通知书") // each hold rests on an approval of its own
	f.HoldApproved = held > 0 && s.Count("先行登记保存审批") >= held
	f.HoldGround = hold.Text("reason")
	f.HoldOpen = held > s.Count("先行登记保存证据处理通知书")
	f.HoldDue = s.Clock(law.HoldDays)
	report := s.Paper("调查终结报告")
	f.Reported = report != nil
	f.HeadOutcome = law.HeadOutcome(report.Text("outcome"))
	for _, kind := range []string{"现场检查笔录", "询问笔录"} {
		for _, v := range s.Papers(kind) {
			if v.Text("recording") == "未录音录像" && v.Text("recording_note") == "" && !slices.Contains(f.RecordingMissing, kind) {
				f.RecordingMissing = append(f.RecordingMissing, kind)
			}
		}
	}
}

func crimeFacts(s *picture.Sheet, f *law.Facts) {
	report := s.Paper("涉嫌犯罪报告")
	f.CrimeSuspected = report != nil || strings.HasPrefix(s.Paper("调查终结报告").Text("crime"), "涉嫌犯罪")
	f.CrimeResolved = crimeResolved(s)
	f.CrimeReported = report != nil && !f.CrimeResolved
	f.TransferVerifiers = len(report.Rows("verifiers"))
	f.TransferApproved = s.Count("移送审批") > 0
	f.TransferDecisionDue, f.TransferDue = s.Clock(law.TransferDecideDays), s.Clock(law.TransferHours)
	f.TransferMissing = packetMissing(s, s.Paper("涉嫌犯罪案件移送书"))
	f.TransferReceipt = s.Paper("移送结果登记").Text("receipt")+s.Paper("移送立案登记").Text("receipt") != ""
}

// packetMissing names what 国务院令第310号第六条 wants with the letter and the case has: the report always, the list of
// things where things were held or collected, the expert's report where there is one.
func packetMissing(s *picture.Sheet, letter form.Values) []string {
	if letter == nil {
		return nil
	}
	kinds := map[string]bool{}
	for _, v := range s.Papers("证据登记") {
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
	need(true, picture.Yes(letter, "report"), "涉嫌犯罪案件情况的调查报告")
	need(kinds["物证"] || s.Count("证据先行登记保存通知书") > 0, len(letter.Rows("goods")) > 0, "涉案物品清单")
	need(kinds["鉴定意见"], files("expert"), "有关检验报告或者鉴定意见")
	return missing
}

// crimeResolved tells whether the latest suspicion of a crime has come to its end: the head did not transfer the case, or
// the judicial organs sent it back. A case that the police opened stays with them (行政处罚法第二十七条第一款).
func crimeResolved(s *picture.Sheet) bool {
	resolved := false
	for _, d := range s.Docs {
		switch d.Kind {
		case "涉嫌犯罪报告":
			resolved = false
		case "不予移送登记":
			resolved = true
		case "移送结果登记":
			resolved = d.Values.Text("result") != PoliceOpened
		}
	}
	return resolved && s.Act["涉嫌犯罪报告"] == nil
}

// PoliceOpened is the answer of the police that keeps a case with them.
const PoliceOpened = "决定立案"
