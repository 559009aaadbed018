package facts

import (
	"strings"

	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/pack"
	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

func partyFacts(s *picture.Sheet, f *law.Facts, b book.Books, m picture.Moment) {
	p := s.Party
	f.PartyKind = p.LawKind()
	discretion := s.Paper("裁量核对表")
	f.PartyAge = p.AgeOn(f.ActEnded)
	if age, ok := discretion.At("age").(int64); ok && f.PartyAge == 0 {
		f.PartyAge = int(age)
	}
	f.PartyMinor = f.PartyKind == law.Citizen && f.PartyAge > 0 && f.PartyAge < 18
	f.PartyIncapacity = picture.Yes(discretion, "incapacity")
	f.PriorPenalties, f.FinedForSameAct = s.Prior[p.ID].Count, s.Prior[p.ID].SameAct
	f.CorrectionOrdered = picture.Yes(discretion, "correction_ordered") || s.Count("责令改正通知书") > 0
	f.IllegalGain = zh.Fen(discretion.Fen("illegal_gain"))
	grounds, _ := discretion.At("mitigation").([]any)
	f.MitigationGrounds, f.MitigationApplied = len(grounds), picture.Yes(discretion, "mitigation_applied")
	if tier := discretion.Text("tier"); tier != "" && tier != "无裁量基准" {
		f.DiscretionRow = strings.TrimSpace(tier + " " + discretion.Text("tier_code"))
	}
	f.DiscretionDeviates, f.DeviationReason = picture.Yes(discretion, "deviates"), discretion.Text("deviation_reason")
	pardon := s.Paper(book.PardonKind)
	f.NoPenaltyGround = noPenaltyGround(pardon.Text("ground"))
	f.EducationRecord = strings.TrimSpace(pardon.Text("education")) != ""
}

// noPenaltyGround maps the words of the document to the ground of the law.
func noPenaltyGround(text string) law.NoPenaltyGround {
	for _, g := range law.NoPenaltyGrounds() {
		if text == string(g) || strings.Contains(text, strings.TrimPrefix(string(g), "违法行为")) && text != "" {
			return g
		}
	}
	switch {
	case strings.Contains(text, "不满十四周岁"):
		return law.GroundUnder14
	case strings.Contains(text, "不能辨认"):
		return law.GroundIncapacity
	}
	return ""
}

// TextNow is the text that the act judges: the notice being served, else the decision as it stands.
func TextNow(s *picture.Sheet, m picture.Moment) (string, form.Values) {
	if m.Step.Code == "serve_notice" {
		return book.NoticeKind, s.Act[book.NoticeKind]
	}
	for _, kind := range []string{book.SpotKind, book.DecisionKind} {
		if v, ok := s.Act[kind]; ok {
			return kind, v
		}
	}
	if s.Text != nil {
		return book.DecisionKind, s.Text
	}
	if v := s.Finished(book.DecisionKind); v != nil {
		return book.DecisionKind, v
	}
	if v := s.Finished(book.SpotKind); v != nil {
		return book.SpotKind, v
	}
	return book.NoticeKind, s.Finished(book.NoticeKind)
}

func noticeFacts(s *picture.Sheet, f *law.Facts, b book.Books, m picture.Moment) {
	f.NoticeServed = s.Party.NoticeOn
	f.NoticesServed = len(s.Papers(book.NoticeKind))
	kind, ok := b.Forms.Kind(book.NoticeKind)
	fresh, serving := s.Act[book.NoticeKind]
	if serving { // the notice that is being served is not one that was
		f.NoticesServed--
	}
	if serving && ok {
		for _, element := range form.Missing(kind, fresh) {
			f.NoticeMissing = append(f.NoticeMissing, element.Title)
		}
		if last, has := s.LastDoc(book.NoticeKind); has {
			f.NoticeChanged = form.Hash(kind, fresh) != last.BodyHash
		}
	}
	kinds := b.Pack.Kinds(m.Occurred)
	if first, has := s.FirstDoc(book.NoticeKind); has {
		f.Proposed = PenaltyOf(first.Values, kinds)
	} else {
		f.Proposed = PenaltyOf(fresh, kinds)
	}
	if last := s.Finished(book.NoticeKind); last != nil {
		f.Notified = PenaltyOf(last, kinds)
	}
	_, text := TextNow(s, m)
	f.Final = PenaltyOf(text, kinds)
	f.NewFacts = newFacts(s)
	f.DefenceDue = s.Clock(law.DefenceDays)
	for _, d := range s.Docs {
		switch {
		case !s.Counts(d):
		case d.Kind == "陈述申辩笔录" && d.Step == "record_defence":
			f.DefenceReceived, f.DefenceReviewed = true, false // what is said after a review wants a review of its own
		case d.Kind == "陈述申辩复核意见书":
			f.DefenceReviewed = true
		}
	}
	f.DefenceReviewed = f.DefenceReviewed || s.Act["陈述申辩复核意见书"] != nil
	f.DefenceWaived = m.Step.Code == "waive_defence" || s.Done("waive_defence") || s.Waived("陈述、申辩的权利")
	f.WaiverRecorded = !f.DefenceWaived || s.Count("陈述申辩笔录") > 0 || s.Waived("陈述、申辩的权利")
}

// newFacts tells whether evidence came up after the first notice, or the review of a defence asked for a new notice.
func newFacts(s *picture.Sheet) bool {
	for _, v := range s.Papers("证据登记") {
		if picture.Yes(v, "new_fact") {
			return true
		}
	}
	for _, v := range s.Papers("陈述申辩复核意见书") {
		if v.Text("conclusion") == "补充调查后重新告知" {
			return true
		}
	}
	return false
}

func hearingFacts(s *picture.Sheet, f *law.Facts, b book.Books, m picture.Moment) {
	f.HearingRequestDue = s.Clock(law.HearingRequestDays)
	f.HearingRight = hearingRight(s, b, m)
	told := s.Paper(book.NoticeKind)
	f.HearingTold = picture.Yes(told, "hearing_right") || s.Paper(book.HearingKind) != nil
	f.HearingRequested = s.Count("听证申请登记") > 0
	f.HearingWaived = s.Waived("要求听证的权利")
	if f.HearingWaived {
		f.WaiverRecorded = true
	}
	call := s.Paper("听证通知书")
	f.HearingDay = picture.DayOf(call, "at")
	if !f.HearingDay.IsZero() {
		due, err := b.Calendar.Due(workday.Deadline{Trigger: f.HearingDay, N: -b.Law.Values(m.Occurred).Int(law.HearingNoticeDays), Unit: workday.WorkDay})
		if err == nil {
			f.HearingNotifyBy = law.Due{Day: due.Due, Provisional: due.Provisional}
		}
	}
	for _, d := range s.Deliveries() {
		if d.Purpose == "hearing" {
			f.HearingNotified = d.Effective
		}
	}
	if _, calling := s.Act["听证通知书"]; calling {
		f.HearingNotified = EffectiveDay(s.Act[book.ReceiptKind], workday.Day{})
	}
	record := s.Paper("听证笔录")
	f.HearingHeld = picture.DayOf(record, "ended_at")
	f.HearingTerminated = s.Count("听证终止登记") > 0 || record.Text("outcome") == "当事人放弃听证，终止听证"
	f.HearingHost = call.Text("host")
	if host := record.Text("host"); host != "" {
		f.HearingHost = host
	}
	for _, o := range s.Officers {
		if o.Name == f.HearingHost && o.Account != "" {
			f.HearingHost = o.Account
		}
	}
	for _, name := range s.Withdrawn() {
		f.HearingHostRecused = f.HearingHostRecused || name == f.HearingHost
	}
	f.HearingPublic = call.Text("mode") != "不公开举行"
	f.HearingClosedGround = call.Text("closed_reason")
	f.HearingAgents = len(record.Rows("agents"))
	f.HearingRecordSigned = signed(record)
}

// signed tells that the record of a hearing carries the signature of the party, or the note of the host that it was refused
// (行政处罚法第六十四条第八项). Records of before the form asked for it have the words of the party alone.
func signed(record form.Values) bool {
	switch said := record.Text("signed"); {
	case said == "":
		return strings.TrimSpace(record.Text("confirm")) != ""
	case strings.HasPrefix(said, "拒绝"):
		return strings.TrimSpace(record.Text("refused")) != ""
	}
	return true
}

// hearingRight asks the pack whether the penalty that is proposed gives the right to a hearing (第六十三条).
func hearingRight(s *picture.Sheet, b book.Books, m picture.Moment) bool {
	grounds := func(v form.Values) bool { return len(b.Pack.HearingGrounds(reviewEnv(s, b, v, m), m.Occurred)) > 0 }
	if told := s.Paper(book.NoticeKind); told != nil && grounds(told) {
		return true
	}
	_, text := TextNow(s, m) // a fine that the notice did not state may reach the amount on its own
	return grounds(text)
}

// reviewEnv is the decision that is proposed, as the expressions of the catalogue ask about it.
func reviewEnv(s *picture.Sheet, b book.Books, v form.Values, m picture.Moment) pack.ReviewEnv {
	env := PenaltyEnv(v, b.Pack.Kinds(m.Occurred))
	env.Item, env.PartyKind, env.Parties, env.Summary, env.Complex = s.File.Item, law.Organisation, len(s.Parties), s.File.Procedure == book.Simple, s.File.Complex
	if s.Party != nil {
		env.PartyKind = s.Party.LawKind()
	}
	env.Heard = !picture.DayOf(s.Paper("听证笔录"), "ended_at").IsZero()
	env.HearingDue = s.Count("听证申请登记") > 0
	env.CrimeSuspected = s.Paper("涉嫌犯罪报告") != nil
	env.Deviates = picture.Yes(s.Paper("裁量核对表"), "deviates") || deviation(s, b, m) != ""
	env.TierLevel = s.Paper("裁量核对表").Text("tier")
	marked, _ := s.Paper("重大执法决定目录核对表").At("triggers").([]any)
	for _, t := range marked {
		switch t {
		case "涉及重大公共利益":
			env.PublicInterest = true
		case "可能造成重大社会影响或者引发社会风险":
			env.SocialImpact = true
		case "直接关系当事人或者第三人重大权益":
			env.MajorRights = true
		case "案件情况疑难复杂、涉及多个法律关系":
			env.Complex, env.ManyRelations = true, true
		}
	}
	if s.Party != nil {
		age := s.Party.AgeOn(m.Occurred)
		env.Minor = age > 0 && age < 18
	}
	return env
}
