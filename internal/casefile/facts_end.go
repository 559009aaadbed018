package casefile

import (
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

func (s *sheet) performanceFacts(f *law.Facts, b Books, m moment) {
	f.PayDue = s.clock(law.PayDays)
	decision, ok := s.decided[s.party.ID]
	if ok && decision.State == "made" {
		f.Final.Fine = decision.Fine
		if f.DecisionDay.IsZero() {
			f.DecisionDay = decision.DecidedOn
		}
	}
	due := s.due(decision, ok, m.occurred)
	f.Surcharge = due.Surcharge
	f.Paid = due.Paid
	if v, paying := s.act["缴款登记"]; paying && v.Text("kind") != "" {
		f.Paid += zh.Fen(v.Fen("amount"))
	}
	f.PaidInFull = !ok || f.Paid >= due.Fine+due.Confiscated+due.Surcharge
	grant := s.paper("延期分期缴纳罚款批准书")
	f.InstalmentApplied = !dayOf(grant, "applied_on").IsZero()
	f.InstalmentApproved = m.step.Code == "grant_instalment" || s.finished("延期分期缴纳罚款批准书") != nil
	f.SurchargeRateTold = ok // the wording of the decision tells the rate of 第七十二条
	s.demandFacts(f, b)
	refund := s.paper("退款审批表")
	f.RefundGround, f.RefundAmount = refund.Text("ground"), zh.Fen(refund.Fen("refund"))
	outcome := s.finished("复议诉讼登记").Text("outcome")
	f.RemedyPending = outcome == "审理中"
}

func (s *sheet) demandFacts(f *law.Facts, b Books) {
	if v, ok := s.act["履行催告书"]; ok {
		if k, known := b.Forms.Kind("履行催告书"); known {
			for _, element := range form.Missing(k, v) {
				f.DemandMissing = append(f.DemandMissing, element.Title)
			}
		}
	}
	for _, d := range s.served[s.party.ID] {
		if d.Purpose == "demand" {
			f.DemandServed = d.Effective
		}
	}
	f.DemandWaitDue = s.clock(law.DemandWaitDays)
	f.CourtDue = s.clock(law.CourtMonths)
	suit := s.clock(law.RemedySuitMonths)
	if !suit.Day.IsZero() {
		f.CourtFrom = law.Due{Day: suit.Day.AddDays(1), Provisional: suit.Provisional}
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

// due computes the late fee from the first day after the limit of fifteen days, or of an approved deferral; it stands
// still while 复议 or 诉讼 runs (行政处罚法第七十二条、第七十三条第三款).
func (s *sheet) due(d Decision, made bool, day workday.Day) Owed {
	var o Owed
	for _, y := range s.paid[s.party.ID] {
		if y.Kind == "退款" {
			o.Paid -= y.Amount
			continue
		}
		o.Paid += y.Amount
	}
	if !made || d.State != "made" {
		return o
	}
	o.Fine, o.Confiscated = d.Fine, d.Confiscated
	last := s.clock(law.PayDays).Day
	if grant := s.finished("延期分期缴纳罚款批准书"); grant != nil {
		if until := dayOf(grant, "until"); !until.IsZero() {
			last = until
		}
		for _, row := range grant.Rows("instalments") {
			if text, _ := row["until"].(string); text > last.String() {
				if until, err := workday.ParseDay(text); err == nil {
					last = until
				}
			}
		}
	}
	if last.IsZero() || s.finished("复议诉讼登记").Text("outcome") == "审理中" {
		return o
	}
	end := day
	var fines zh.Fen
	for _, y := range s.paid[s.party.ID] {
		if y.Kind != "罚款" {
			continue
		}
		fines += y.Amount
		if fines >= d.Fine && y.On.Before(end) {
			end = y.On
		}
	}
	o.Surcharge = law.Surcharge(d.Fine, end.Sub(last))
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
	f.PaidInFull = true
	for i := range s.parties {
		one := &sheet{picture: s.picture, party: &s.parties[i]}
		d, ok := s.decided[one.party.ID]
		if ok && d.State == "made" && one.due(d, ok, m.occurred).Rest() > 0 {
			f.PaidInFull = false
		}
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
	f.ServiceReceipt = s.count(receiptKind) > 0 || len(s.decided) == 0
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
