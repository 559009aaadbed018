package facts

import (
	"slices"
	"strings"

	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/payment"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/zh"
)

func performanceFacts(s *picture.Sheet, f *law.Facts, b book.Books, m picture.Moment) {
	f.PayDue = s.Clock(law.PayDays)
	decision, ok := s.Decided[s.Party.ID]
	if ok && decision.State == "made" {
		f.PayDue.Day = payment.PayDue(s, decision)
		f.Final.Fine = decision.Fine
		if f.DecisionDay.IsZero() {
			f.DecisionDay = decision.DecidedOn
		}
	}
	due := payment.Due(s, decision, ok, m.Occurred)
	remedies := payment.Remedies(s)
	f.Surcharge = due.Surcharge
	f.Paid, f.Payable, f.Owing = due.Paid, due.Fine+due.Confiscated > 0, due.Rest()
	if v, paying := s.Act[payment.EntryKind]; paying && v.Text("kind") != "" {
		f.Paid += zh.Fen(v.Fen("amount"))
	}
	f.PaidInFull = !ok || f.Paid >= due.Fine+due.Confiscated+due.Surcharge
	f.InstalmentApplied = !picture.DayOf(s.Paper(payment.DeferralKind), "applied_on").IsZero()
	f.InstalmentApproved = m.Step.Code == "grant_instalment" || s.Finished(payment.DeferralKind) != nil
	if plans := payment.Plans(s, decision); len(plans) > 1 && ok {
		f.InstalmentRuns = payment.UnpaidFine(s, decision) > 0
		f.PlanEnd = law.Due{Day: plans[len(plans)-1].End()}
	}
	if kind, known := b.Forms.Kind(decision.Kind); ok && known { // the wording of the decision tells the rate of 第七十二条
		f.SurchargeRateTold = kind.Says("百分之" + zh.Numeral(b.Law.Values(m.Occurred).Int(law.SurchargePercent)))
	}
	demandFacts(s, f, b, m, remedies)
	refund := s.Paper(payment.RefundKind)
	f.RefundGround, f.RefundAmount = refund.Text("ground"), zh.Fen(refund.Fen("refund"))
	f.RemedyPending = slices.ContainsFunc(remedies, payment.Remedy.Pending)
}

func demandFacts(s *picture.Sheet, f *law.Facts, b book.Books, m picture.Moment, remedies []payment.Remedy) {
	if v, ok := s.Act["履行催告书"]; ok {
		if k, known := b.Forms.Kind("履行催告书"); known {
			for _, element := range form.Missing(k, v) {
				f.DemandMissing = append(f.DemandMissing, element.Title)
			}
		}
	}
	for _, d := range s.Deliveries() {
		if d.Purpose == "demand" {
			f.DemandServed = d.Effective
		}
	}
	f.DemandWaitDue = s.Clock(law.DemandWaitDays)
	f.CourtDue = s.Clock(law.CourtMonths)
	if end := payment.RemedyEnd(s, b, m, remedies); !end.Day.IsZero() {
		f.CourtFrom = law.Due{Day: payment.Later(end.Day, f.PlanEnd.Day).AddDays(1), Provisional: end.Provisional}
	}
	if v, ok := s.Act["强制执行申请书"]; ok {
		if k, known := b.Forms.Kind("强制执行申请书"); known {
			for _, element := range form.Missing(k, v) {
				f.CourtMissing = append(f.CourtMissing, element.Title)
			}
		}
	}
}

func closingFacts(s *picture.Sheet, f *law.Facts, m picture.Moment, people picture.People) {
	f.CloseGround = s.Paper("结案报告").Text("manner")
	f.ArchiveDue = s.Clock(law.ArchiveDays)
	if m.Step.Role == law.RoleArchivist {
		f.Custodian = m.Actor
	}
	if m.Step.Code != "close" {
		return
	}
	f.PaidInFull, f.ServiceReceipt, f.EducationRecord = true, true, true
	for i := range s.Parties {
		one := &picture.Sheet{Picture: s.Picture, Party: &s.Parties[i]}
		d, ok := s.Decided[one.Party.ID]
		if ok && d.State == "made" && payment.Due(one, d, ok, m.Occurred).Rest() > 0 {
			f.PaidInFull = false
		}
		servedFacts(one, f, d, ok)
		var sub law.Facts
		serviceFacts(one, &sub, m)
		if ok && !sub.PublishDue.Day.IsZero() && (f.PublishDue.Day.IsZero() || sub.PublishDue.Day.Before(f.PublishDue.Day)) {
			f.PublishDue = sub.PublishDue
		}
		f.Annulled = f.Annulled || d.State == "annulled"
		if !sub.WithdrawDue.Day.IsZero() {
			f.WithdrawDue = sub.WithdrawDue
		}
	}
	f.PhasesMissing = phasesMissing(s)
}

// servedFacts adds one party's service and education to those of the case that is being closed: one receipt or talk that is
// missing is missing for the case.
func servedFacts(s *picture.Sheet, f *law.Facts, d picture.Decision, made bool) {
	if !made {
		return
	}
	if d.ServiceMode != "" && d.Kind != book.SpotKind {
		f.ServiceMode = law.ServiceMode(d.ServiceMode)
		receipt := func(y picture.Delivery) bool { return y.Purpose == "decision" && y.Receipt != "" }
		f.ServiceReceipt = f.ServiceReceipt && slices.ContainsFunc(s.Deliveries(), receipt)
	}
	if pardon := s.Finished(book.PardonKind); pardon != nil && d.Kind == book.PardonKind {
		if strings.TrimSpace(pardon.Text("education")) == "" {
			f.EducationRecord, f.NoPenaltyGround = false, noPenaltyGround(pardon.Text("ground"))
		} else if f.EducationRecord {
			f.NoPenaltyGround = noPenaltyGround(pardon.Text("ground"))
		}
	}
}

// phasesMissing names the phases of 行政处罚法第四十七条 of which a decided case has no record. A case that ended without
// a decision needs none beyond its beginning.
func phasesMissing(s *picture.Sheet) []string {
	var missing []string
	need := func(has bool, phase string) {
		if !has {
			missing = append(missing, phase)
		}
	}
	if s.File.Procedure == book.Ordinary {
		need(!s.File.OpenedOn.IsZero(), "启动")
	}
	if len(s.Decided) == 0 {
		return missing
	}
	need(s.Count("现场检查笔录")+s.Count("询问笔录")+s.Count("证据登记") > 0, "调查取证")
	if s.File.Procedure == book.Ordinary {
		need(s.Count("重大执法决定目录核对表") > 0 || s.Count(book.DecisionKind) == 0, "审核")
	}
	need(s.Count(book.DecisionKind)+s.Count(book.PardonKind)+s.Count(book.SpotKind) > 0, "决定")
	served := s.Count(book.ReceiptKind) > 0 || s.File.Procedure == book.Simple
	need(served, "送达")
	need(s.Count("履行确认登记")+s.Count("终结执行登记")+s.Count("撤销后办结登记") > 0 || s.Count(book.DecisionKind)+s.Count(book.SpotKind) == 0, "执行")
	return missing
}
