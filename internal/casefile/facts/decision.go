package facts

import (
	"strings"
	"unicode/utf8"

	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

func reviewFacts(s *picture.Sheet, f *law.Facts, b book.Books, m picture.Moment, people picture.People) {
	f.CatalogueChecked = s.Party.Catalogue || s.Act["重大执法决定目录核对表"] != nil
	f.Major = s.Party.Major || strings.HasPrefix(s.Paper("重大执法决定目录核对表").Text("major"), "属于")
	kind, text := TextNow(s, m)
	hits, err := b.Pack.Catalogue(m.Occurred).Evaluate(reviewEnv(s, b, text, m))
	if err != nil { // a catalogue that cannot be asked catches everything: the gate stays shut
		f.TriggersHit = append(f.TriggersHit, "目录无法核对（"+err.Error()+"）")
	}
	for _, h := range hits {
		if h.Blocks {
			f.TriggersHit = append(f.TriggersHit, h.Title)
		}
	}
	if k, ok := b.Forms.Kind(kind); ok && text != nil {
		f.TextHash = form.Hash(k, text)
	}
	if r, ok := s.Review(); ok {
		f.ReviewTextHash = r.Hash
		f.Reviewer = r.Reviewer
		f.DisputeOpen = r.State == "disputed"
		f.ReviewDue = law.Due{Day: r.Due}
		f.CounselConsulted = r.Counsel != ""
		switch r.State {
		case "passed", "returned", "refused":
			f.ReviewVerdict = law.ReviewVerdict(r.Verdict)
		case "disputed":
			f.ReviewVerdict = law.VerdictRefuse
		}
		standing := people.Reviewers[r.Reviewer]
		f.ReviewerQualified, f.ReviewerFirst = standing.Qualified, standing.First
		for _, d := range s.Docs {
			later := d.MadeOn.After(r.Concluded)
			if later && !r.Concluded.IsZero() && (d.Kind == "陈述申辩笔录" || d.Kind == "听证笔录" || d.Kind == "证据登记") && s.Concerns(d.Party) {
				f.ReviewStale = true
			}
		}
	}
	f.InGovernmentName = picture.Yes(s.Paper("案件要素登记"), "government")
	if v := s.Paper("司法行政审核登记"); v.Text("opinion") == "同意" {
		f.GovernmentReviewHash = v.Text("draft_hash")
		if d, ok := s.DraftOf(book.DecisionKind); ok && d.BodyHash == f.GovernmentReviewHash { // the text for all parties, of which this is one
			f.GovernmentReviewHash = f.TextHash
		}
	}
	f.ReviewRoute = people.HasReviewUnit
	f.OfficersTotal, f.ReviewersTotal = people.Officers, people.ReviewersTotal
	if m.Step.Code == "submit_review" {
		materialFacts(s, f, b, m, text)
	}
}

// materialFacts lists the 送审材料 that the pack asks for and the submission does not name.
func materialFacts(s *picture.Sheet, f *law.Facts, b book.Books, m picture.Moment, text form.Values) {
	named, _ := s.Act["法制审核送审表"].At("materials").([]any)
	has := map[string]bool{}
	for _, n := range named {
		if t, ok := n.(string); ok {
			has[t] = true
		}
	}
	for _, t := range []string{"案件调查终结报告", "拟作出决定的文书草稿", "证据材料"} {
		if !has[t] {
			f.ReviewMissing = append(f.ReviewMissing, t)
		}
	}
	if (s.Count("听证笔录") > 0 || s.Count("陈述申辩笔录") > 0) && !has["听证笔录或者陈述申辩材料"] {
		f.ReviewMissing = append(f.ReviewMissing, "听证笔录或者陈述申辩材料")
	}
	if s.Count("集体讨论记录") > 0 && !has["集体讨论意见"] {
		f.ReviewMissing = append(f.ReviewMissing, "集体讨论意见")
	}
	if f.TextHash == "" || text == nil {
		f.ReviewMissing = append(f.ReviewMissing, "拟作出决定的文书草稿（尚未起草）")
		return
	}
	// A text that lacks what 第五十九条 demands could not be decided as it was reviewed, so it is not sent.
	if k, ok := b.Forms.Kind(book.DecisionKind); ok {
		for _, element := range form.Missing(k, text) {
			f.ReviewMissing = append(f.ReviewMissing, "文书草稿中的"+element.Title)
		}
	}
}

func decisionFacts(s *picture.Sheet, f *law.Facts, b book.Books, m picture.Moment) {
	panelFacts(s, f)
	if a, ok := s.Approval(); ok {
		f.ApprovalTextHash = a.Hash
		if v := approvalPaper(s); v != nil {
			f.HeadOutcome = law.HeadOutcome(v.Text("outcome"))
		}
	}
	if v, ok := s.Act["行政处罚决定审批表"]; ok {
		f.HeadOutcome = law.HeadOutcome(v.Text("outcome"))
	}
	if d, ok := s.Decided[s.Party.ID]; ok {
		f.DecisionDay = d.DecidedOn
		f.Annulled = d.State == "annulled"
	}
	f.DecisionSealed = m.Sealed
	kind, text := TextNow(s, m)
	k, ok := b.Forms.Kind(kind)
	if !ok || text == nil || (kind != book.DecisionKind && kind != book.SpotKind) {
		return
	}
	for _, element := range form.Missing(k, text) {
		f.DecisionMissing = append(f.DecisionMissing, element.Title)
	}
	// The limits stand in the wording of the kind, which a province may replace; they are told when both organs are named.
	v := b.Law.Values(m.Occurred)
	if days := v.Int(law.RemedyReviewDays); text.Text("review_organ") != "" && k.Says(zh.Numeral(days)+"日") {
		f.RemedyReviewDays = days
	}
	if months := v.Int(law.RemedySuitMonths); text.Text("court") != "" && k.Says(zh.Numeral(months)+"个月") {
		f.RemedySuitMonths = months
	}
	if kind == book.SpotKind {
		spotFacts(s, f, k, text, m)
	}
}

func approvalPaper(s *picture.Sheet) form.Values { return s.Finished("行政处罚决定审批表") }

func spotFacts(s *picture.Sheet, f *law.Facts, k *form.Kind, text form.Values, m picture.Moment) {
	f.FactsCertain = strings.TrimSpace(text.Text("facts")) != "" && f.TranscriptMade
	f.SimpleNumbered = k.Number != ""
	f.SimpleDelivered = m.Sealed || m.Step.Code != "decide_on_spot"
	f.SimpleSigned = len(text.Rows("officers")) > 0
	f.ReviewFirstTold = text.Text("review_organ") != ""
	f.SimpleFiledDue = s.Clock(law.SimpleFileDays)
	cash := s.Paper("当场收缴登记")
	f.CashCollected = zh.Fen(cash.Fen("amount"))
	said := text.Text("collection") // what the decision says of it stands until the money is taken
	f.CashIntended = strings.HasPrefix(said, "当场收缴") && text.Text("penalty") != "警告"
	if g := cash.Text("ground"); g != "" {
		said = g
	}
	if !strings.Contains(said, "一百元") && (cash != nil || f.CashIntended) {
		f.CashGround = said
	}
	f.ReceiptIssued = cash.Text("receipt") != ""
	f.CashHandInDue = s.Clock(law.CashHandInDays)
	if m.Step.Code == "bank_cash" { // the agency has two days of its own for the bank
		f.CashHandInDue = s.Clock(law.CashBankDays)
	}
}

func panelFacts(s *picture.Sheet, f *law.Facts) {
	v := s.Paper("集体讨论记录")
	if v == nil {
		return
	}
	f.PanelHeld = picture.DayOf(v, "ended_at")
	members := v.Rows("members")
	f.PanelMembers, f.PanelAttendees = len(members), 0
	spoken := 0
	for _, row := range members {
		opinion, _ := row["opinion"].(string)
		spoken += utf8.RuneCountInString(strings.TrimSpace(opinion))
		if vote, _ := row["vote"].(string); vote != "" {
			f.PanelAttendees++
			switch vote {
			case "同意":
				f.PanelFor++
			case "不同意":
				f.PanelAgainst++
			}
		}
	}
	f.PanelMinutes = spoken
	for _, part := range []string{"report", "questions", "decision"} {
		f.PanelMinutes += utf8.RuneCountInString(strings.TrimSpace(v.Text(part)))
	}
}

func serviceFacts(s *picture.Sheet, f *law.Facts, m picture.Moment) {
	receipt, serving := s.Act[book.ReceiptKind]
	f.ServiceDue = s.Clock(law.ServiceDays)
	if serving {
		f.ServiceMode = law.ServiceMode(receipt.Text("mode"))
		f.ServiceReceipt = true
		f.ElectronicConsent = picture.Yes(receipt, "e_consent")
		f.ElectronicRemedyChannel = remedyChannel(s)
		f.LeftWitnessed = receipt.Text("recording") != "" || receipt.At("witness") != nil
		f.OtherModesFailed = strings.TrimSpace(s.Paper("送达公告").Text("attempts")) != ""
	} else if d, ok := s.Decided[s.Party.ID]; ok {
		f.ServiceMode, f.ServiceEffective = law.ServiceMode(d.ServiceMode), d.EffectiveOn
		f.ServiceReceipt = d.ServiceMode != ""
	}
	f.PublishDue, f.WithdrawDue = s.Clock(law.PublishDays), s.Clock(law.WithdrawDays)
	if f.PublishDue.Day.IsZero() {
		f.PublishDue = s.Clock(law.PublishOtherDays)
	}
	for _, e := range s.Events {
		if e.Ref["decision"] != s.Decided[s.Party.ID].ID {
			continue
		}
		switch e.Kind {
		case "publication.published":
			f.Published = workday.DayOf(e.Occurred)
			f.PublishDue = law.Due{}
		case "publication.withdrawn":
			f.Withdrawn = workday.DayOf(e.Occurred)
			f.WithdrawDue = law.Due{}
		case "publication.withheld":
			f.PublishDue, f.WithdrawDue = law.Due{}, law.Due{}
		}
	}
}

func remedyChannel(s *picture.Sheet) bool {
	for _, kind := range []string{book.DecisionKind, book.PardonKind} {
		if v := s.Paper(kind); v != nil {
			return v.Text("review_url") != ""
		}
	}
	return true // a notice or demand opens no remedy yet
}

// EffectiveDay is the day on which a service took effect: the day of receipt, or for 公告送达 the day after the period
// of the announcement (民事诉讼法第九十五条), which the caller has computed.
func EffectiveDay(receipt form.Values, announced workday.Day) workday.Day {
	if receipt.Text("mode") == string(law.ServedPublic) {
		return announced
	}
	if d := picture.DayOf(receipt, "received_at"); !d.IsZero() {
		return d
	}
	return picture.DayOf(receipt, "at")
}
