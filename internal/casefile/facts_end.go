package casefile

import (
	"slices"
	"strings"

	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

func (s *sheet) performanceFacts(f *law.Facts, b Books, m moment) {
	f.PayDue = s.clock(law.PayDays)
	decision, ok := s.decided[s.party.ID]
	if ok && decision.State == "made" {
		f.PayDue.Day = s.payDue(decision)
		f.Final.Fine = decision.Fine
		if f.DecisionDay.IsZero() {
			f.DecisionDay = decision.DecidedOn
		}
	}
	due := s.due(decision, ok, m.occurred)
	remedies := s.remedies()
	f.Surcharge = due.Surcharge
	f.Paid, f.Payable, f.Owing = due.Paid, due.Fine+due.Confiscated > 0, due.Rest()
	if v, paying := s.act[paymentKind]; paying && v.Text("kind") != "" {
		f.Paid += zh.Fen(v.Fen("amount"))
	}
	f.PaidInFull = !ok || f.Paid >= due.Fine+due.Confiscated+due.Surcharge
	f.InstalmentApplied = !dayOf(s.paper(deferralKind), "applied_on").IsZero()
	f.InstalmentApproved = m.step.Code == "grant_instalment" || s.finished(deferralKind) != nil
	if plans := s.plans(decision); len(plans) > 1 && ok {
		f.InstalmentRuns = s.unpaidFine(decision) > 0
		f.PlanEnd = law.Due{Day: plans[len(plans)-1].end()}
	}
	if kind, known := b.Forms.Kind(decision.Kind); ok && known { // the wording of the decision tells the rate of 第七十二条
		f.SurchargeRateTold = kind.Says("百分之" + zh.Numeral(b.Law.Values(m.occurred).Int(law.SurchargePercent)))
	}
	s.demandFacts(f, b, m, remedies)
	refund := s.paper(refundKind)
	f.RefundGround, f.RefundAmount = refund.Text("ground"), zh.Fen(refund.Fen("refund"))
	f.RemedyPending = slices.ContainsFunc(remedies, remedy.pending)
}

func (s *sheet) demandFacts(f *law.Facts, b Books, m moment, remedies []remedy) {
	if v, ok := s.act["履行催告书"]; ok {
		if k, known := b.Forms.Kind("履行催告书"); known {
			for _, element := range form.Missing(k, v) {
				f.DemandMissing = append(f.DemandMissing, element.Title)
			}
		}
	}
	for _, d := range s.deliveries() {
		if d.Purpose == "demand" {
			f.DemandServed = d.Effective
		}
	}
	f.DemandWaitDue = s.clock(law.DemandWaitDays)
	f.CourtDue = s.clock(law.CourtMonths)
	if end := s.remedyEnd(b, m, remedies); !end.Day.IsZero() {
		f.CourtFrom = law.Due{Day: later(end.Day, f.PlanEnd.Day).AddDays(1), Provisional: end.Provisional}
	}
	if v, ok := s.act["强制执行申请书"]; ok {
		if k, known := b.Forms.Kind("强制执行申请书"); known {
			for _, element := range form.Missing(k, v) {
				f.CourtMissing = append(f.CourtMissing, element.Title)
			}
		}
	}
}

// Owed is what a party has to pay and has paid by a day, in 分.
type Owed struct {
	Fine, Confiscated, Surcharge, Paid zh.Fen
}

// Rest is what is still to be paid.
func (o Owed) Rest() zh.Fen { return max(0, o.Fine+o.Confiscated+o.Surcharge-o.Paid) }

// due is what a party owes of a decision that stands, and has paid, on a day; after the case is closed as on its last day.
func (s *sheet) due(d Decision, made bool, day workday.Day) Owed {
	var o Owed
	for _, y := range s.paid[s.party.ID] {
		if y.Kind == refundPaid {
			o.Paid -= y.Amount
			continue
		}
		o.Paid += y.Amount
	}
	if !made || d.State != "made" {
		return o
	}
	o.Fine, o.Confiscated = d.Fine, d.Confiscated
	if closed := s.file.ClosedOn; !closed.IsZero() && closed.Before(day) {
		day = closed
	}
	o.Surcharge = s.lateFee(d, day)
	return o
}

func (s *sheet) closingFacts(f *law.Facts, m moment, people people) {
	f.CloseGround = s.paper("结案报告").Text("manner")
	f.ArchiveDue = s.clock(law.ArchiveDays)
	if m.step.Role == law.RoleArchivist {
		f.Custodian = m.actor
	}
	if m.step.Code != "close" {
		return
	}
	f.PaidInFull, f.ServiceReceipt, f.EducationRecord = true, true, true
	for i := range s.parties {
		one := &sheet{picture: s.picture, party: &s.parties[i]}
		d, ok := s.decided[one.party.ID]
		if ok && d.State == "made" && one.due(d, ok, m.occurred).Rest() > 0 {
			f.PaidInFull = false
		}
		one.servedFacts(f, d, ok)
		var sub law.Facts
		one.serviceFacts(&sub, m)
		if ok && !sub.PublishDue.Day.IsZero() && (f.PublishDue.Day.IsZero() || sub.PublishDue.Day.Before(f.PublishDue.Day)) {
			f.PublishDue = sub.PublishDue
		}
		f.Annulled = f.Annulled || d.State == "annulled"
		if !sub.WithdrawDue.Day.IsZero() {
			f.WithdrawDue = sub.WithdrawDue
		}
	}
	f.PhasesMissing = s.phasesMissing()
}

// servedFacts adds one party's service and education to those of the case that is being closed: one receipt or talk that is
// missing is missing for the case.
func (s *sheet) servedFacts(f *law.Facts, d Decision, made bool) {
	if !made {
		return
	}
	if d.ServiceMode != "" && d.Kind != spotKind {
		f.ServiceMode = law.ServiceMode(d.ServiceMode)
		receipt := func(y delivery) bool { return y.Purpose == "decision" && y.Receipt != "" }
		f.ServiceReceipt = f.ServiceReceipt && slices.ContainsFunc(s.deliveries(), receipt)
	}
	if pardon := s.finished(pardonKind); pardon != nil && d.Kind == pardonKind {
		if strings.TrimSpace(pardon.Text("education")) == "" {
			f.EducationRecord, f.NoPenaltyGround = false, noPenaltyGround(pardon.Text("ground"))
		} else if f.EducationRecord {
			f.NoPenaltyGround = noPenaltyGround(pardon.Text("ground"))
		}
	}
}

// phasesMissing names the phases of 行政处罚法第四十七条 of which a decided case has no record. A case that ended without
// a decision needs none beyond its beginning.
func (s *sheet) phasesMissing() []string {
	var missing []string
	need := func(has bool, phase string) {
		if !has {
			missing = append(missing, phase)
		}
	}
	if s.file.Procedure == Ordinary {
		need(!s.file.OpenedOn.IsZero(), "启动")
	}
	if len(s.decided) == 0 {
		return missing
	}
	need(s.count("现场检查笔录")+s.count("询问笔录")+s.count("证据登记") > 0, "调查取证")
	if s.file.Procedure == Ordinary {
		need(s.count("重大执法决定目录核对表") > 0 || s.count(decisionKind) == 0, "审核")
	}
	need(s.count(decisionKind)+s.count(pardonKind)+s.count(spotKind) > 0, "决定")
	served := s.count(receiptKind) > 0 || s.file.Procedure == Simple
	need(served, "送达")
	need(s.count("履行确认登记")+s.count("终结执行登记")+s.count("撤销后办结登记") > 0 || s.count(decisionKind)+s.count(spotKind) == 0, "执行")
	return missing
}
