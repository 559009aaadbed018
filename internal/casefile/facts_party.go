package casefile

import (
	"strings"

	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/pack"
	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

// noticeKinds are the papers by which a party is told beforehand (行政处罚法第四十四条、第六十三条).
const (
	noticeKind   = "行政处罚事先告知书"
	hearingKind  = "听证告知书"
	decisionKind = "行政处罚决定书"
	pardonKind   = "不予行政处罚决定书"
	spotKind     = "当场行政处罚决定书"
	receiptKind  = "送达回证"

	announcementKind = "送达公告"
)

func (s *sheet) partyFacts(f *law.Facts, b Books, m moment) {
	p := s.party
	f.PartyKind = p.LawKind()
	discretion := s.paper("裁量核对表")
	f.PartyAge = p.AgeOn(f.ActEnded)
	if age, ok := discretion.At("age").(int64); ok && f.PartyAge == 0 {
		f.PartyAge = int(age)
	}
	f.PartyMinor = f.PartyKind == law.Citizen && f.PartyAge > 0 && f.PartyAge < 18
	f.PartyIncapacity = yes(discretion, "incapacity")
	f.PriorPenalties, f.FinedForSameAct = s.prior[p.ID].count, s.prior[p.ID].sameAct
	f.CorrectionOrdered = yes(discretion, "correction_ordered") || s.count("责令改正通知书") > 0
	f.IllegalGain = zh.Fen(discretion.Fen("illegal_gain"))
	grounds, _ := discretion.At("mitigation").([]any)
	f.MitigationGrounds, f.MitigationApplied = len(grounds), yes(discretion, "mitigation_applied")
	if tier := discretion.Text("tier"); tier != "" && tier != "无裁量基准" {
		f.DiscretionRow = strings.TrimSpace(tier + " " + discretion.Text("tier_code"))
	}
	f.DiscretionDeviates, f.DeviationReason = yes(discretion, "deviates"), discretion.Text("deviation_reason")
	pardon := s.paper(pardonKind)
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

// textNow is the text that the act judges: the notice being served, else the decision as it stands.
func (s *sheet) textNow(m moment) (string, form.Values) {
	if m.step.Code == "serve_notice" {
		return noticeKind, s.act[noticeKind]
	}
	for _, kind := range []string{spotKind, decisionKind} {
		if v, ok := s.act[kind]; ok {
			return kind, v
		}
	}
	if s.text != nil {
		return decisionKind, s.text
	}
	if v := s.finished(decisionKind); v != nil {
		return decisionKind, v
	}
	if v := s.finished(spotKind); v != nil {
		return spotKind, v
	}
	return noticeKind, s.finished(noticeKind)
}

func (s *sheet) noticeFacts(f *law.Facts, b Books, m moment) {
	f.NoticeServed = s.party.NoticeOn
	f.NoticesServed = len(s.papers(noticeKind))
	kind, ok := b.Forms.Kind(noticeKind)
	fresh, serving := s.act[noticeKind]
	if serving { // the notice that is being served is not one that was
		f.NoticesServed--
	}
	if serving && ok {
		for _, element := range form.Missing(kind, fresh) {
			f.NoticeMissing = append(f.NoticeMissing, element.Title)
		}
		if last, has := s.lastDoc(noticeKind); has {
			f.NoticeChanged = form.Hash(kind, fresh) != last.BodyHash
		}
	}
	kinds := b.Pack.Kinds(m.occurred)
	if first, has := s.firstDoc(noticeKind); has {
		f.Proposed = penaltyOf(first.Values, kinds)
	} else {
		f.Proposed = penaltyOf(fresh, kinds)
	}
	if last := s.finished(noticeKind); last != nil {
		f.Notified = penaltyOf(last, kinds)
	}
	_, text := s.textNow(m)
	f.Final = penaltyOf(text, kinds)
	f.NewFacts = s.newFacts()
	f.DefenceDue = s.clock(law.DefenceDays)
	for _, d := range s.docs {
		switch {
		case !s.counts(d):
		case d.Kind == "陈述申辩笔录" && d.Step == "record_defence":
			f.DefenceReceived, f.DefenceReviewed = true, false // what is said after a review wants a review of its own
		case d.Kind == "陈述申辩复核意见书":
			f.DefenceReviewed = true
		}
	}
	f.DefenceReviewed = f.DefenceReviewed || s.act["陈述申辩复核意见书"] != nil
	f.DefenceWaived = m.step.Code == "waive_defence" || s.done("waive_defence") || s.waived("陈述、申辩的权利")
	f.WaiverRecorded = !f.DefenceWaived || s.count("陈述申辩笔录") > 0 || s.waived("陈述、申辩的权利")
}

// newFacts tells whether evidence came up after the first notice, or the review of a defence asked for a new notice.
func (s *sheet) newFacts() bool {
	for _, v := range s.papers("证据登记") {
		if yes(v, "new_fact") {
			return true
		}
	}
	for _, v := range s.papers("陈述申辩复核意见书") {
		if v.Text("conclusion") == "补充调查后重新告知" {
			return true
		}
	}
	return false
}

// done tells whether a step was taken that concerns the sheet.
func (s *sheet) done(step string) bool {
	for _, d := range s.docs {
		if d.Step == step && s.counts(d) {
			return true
		}
	}
	return false
}

// waived tells whether the party gave up a right in a signed statement.
func (s *sheet) waived(right string) bool {
	for _, v := range s.papers("放弃听证声明书") {
		list, _ := v.At("scope").([]any)
		for _, r := range list {
			if r == right && yes(v, "voluntary") {
				return true
			}
		}
	}
	return false
}

func (s *sheet) hearingFacts(f *law.Facts, b Books, m moment) {
	f.HearingRequestDue = s.clock(law.HearingRequestDays)
	f.HearingRight = s.hearingRight(b, m)
	told := s.paper(noticeKind)
	f.HearingTold = yes(told, "hearing_right") || s.paper(hearingKind) != nil
	f.HearingRequested = s.count("听证申请登记") > 0
	f.HearingWaived = s.waived("要求听证的权利")
	if f.HearingWaived {
		f.WaiverRecorded = true
	}
	call := s.paper("听证通知书")
	f.HearingDay = dayOf(call, "at")
	if !f.HearingDay.IsZero() {
		due, err := b.Calendar.Due(workday.Deadline{Trigger: f.HearingDay, N: -b.Law.Values(m.occurred).Int(law.HearingNoticeDays), Unit: workday.WorkDay})
		if err == nil {
			f.HearingNotifyBy = law.Due{Day: due.Due, Provisional: due.Provisional}
		}
	}
	for _, d := range s.deliveries() {
		if d.Purpose == "hearing" {
			f.HearingNotified = d.Effective
		}
	}
	if _, calling := s.act["听证通知书"]; calling {
		f.HearingNotified = effectiveDay(s.act[receiptKind], workday.Day{})
	}
	record := s.paper("听证笔录")
	f.HearingHeld = dayOf(record, "ended_at")
	f.HearingTerminated = s.count("听证终止登记") > 0 || record.Text("outcome") == "当事人放弃听证，终止听证"
	f.HearingHost = call.Text("host")
	if host := record.Text("host"); host != "" {
		f.HearingHost = host
	}
	for _, o := range s.officers {
		if o.Name == f.HearingHost && o.Account != "" {
			f.HearingHost = o.Account
		}
	}
	for _, name := range s.withdrawn() {
		f.HearingHostRecused = f.HearingHostRecused || name == f.HearingHost
	}
	f.HearingPublic = call.Text("mode") != "不公开举行"
	f.HearingClosedGround = call.Text("closed_reason")
	f.HearingAgents = len(record.Rows("agents"))
	f.HearingRecordSigned = strings.TrimSpace(record.Text("confirm")) != ""
}

// hearingRight asks the pack whether the penalty that is proposed gives the right to a hearing (第六十三条).
func (s *sheet) hearingRight(b Books, m moment) bool {
	v := s.paper(noticeKind)
	if v == nil {
		_, v = s.textNow(m)
	}
	return len(b.Pack.HearingGrounds(s.reviewEnv(b, v, m), m.occurred)) > 0
}

// reviewEnv is the decision that is proposed, as the expressions of the catalogue ask about it.
func (s *sheet) reviewEnv(b Books, v form.Values, m moment) pack.ReviewEnv {
	env := PenaltyEnv(v, b.Pack.Kinds(m.occurred))
	env.Item, env.PartyKind, env.Parties, env.Summary, env.Complex = s.file.Item, law.Organisation, len(s.parties), s.file.Procedure == Simple, s.file.Complex
	if s.party != nil {
		env.PartyKind = s.party.LawKind()
	}
	env.Heard = !dayOf(s.paper("听证笔录"), "ended_at").IsZero()
	env.HearingDue = s.count("听证申请登记") > 0
	env.CrimeSuspected = s.paper("涉嫌犯罪报告") != nil
	env.Deviates = yes(s.paper("裁量核对表"), "deviates") || s.deviation(b, m) != ""
	env.TierLevel = s.paper("裁量核对表").Text("tier")
	marked, _ := s.paper("重大执法决定目录核对表").At("triggers").([]any)
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
	if s.party != nil {
		age := s.party.AgeOn(m.occurred)
		env.Minor = age > 0 && age < 18
	}
	return env
}

// PenaltyEnv is what a paper states of a penalty, in the words of the review catalogue; known are the kinds by the names
// that their statutes give them.
func PenaltyEnv(v form.Values, known []pack.PenaltyKind) pack.ReviewEnv {
	penalty := penaltyOf(v, known)
	env := pack.ReviewEnv{ItemClass: "行政处罚", Outcome: "处罚", Fine: penalty.Fine, Forfeit: penalty.Confiscated + penalty.Things}
	for _, k := range penalty.Kinds {
		env.Kinds = append(env.Kinds, string(k))
	}
	for _, o := range penalty.Own {
		env.Kinds = append(env.Kinds, o.Name, string(o.Kind))
	}
	return env
}
