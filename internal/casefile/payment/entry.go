package payment

import (
	"fmt"

	"mingjing/internal/casefile/picture"
	"mingjing/internal/form"
	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

// CheckPayment tells what is wrong with a payment that somebody enters.
func CheckPayment(s *picture.Sheet, fields map[string]string, paper, kind string, amount zh.Fen, on workday.Day, m picture.Moment) {
	d, made := s.Decided[s.Party.ID]
	if on.After(m.Today) {
		fields[paper+"/paid_on"] = "缴纳日期晚于今天。"
	}
	if made && on.Before(d.DecidedOn) {
		fields[paper+"/paid_on"] = "缴纳日期" + on.String() + "早于作出决定的日期" + d.DecidedOn.String() + "。"
	}
	owed := Due(s, d, made, m.Occurred)
	rest := min(owed.of(kind)+paidOf(s, RefundPaid)-paidOf(s, kind), owed.Rest())
	switch {
	case rest <= 0 && paper == EntryKind:
		fields[paper+"/kind"] = "当事人没有未缴的" + kind + "。"
	case amount > rest:
		fields[paper+"/amount"] = "金额" + amount.String() + "超过尚未缴纳的" + kind + max(0, rest).String() + "。各款项分别登记；多收的款项应当退还缴款人，不作为缴款登记。"
	}
}

// CheckRefund tells what is wrong with a refund that somebody enters.
func CheckRefund(s *picture.Sheet, fields map[string]string, v form.Values) {
	had := paidOf(s, FinePaid) + paidOf(s, GainPaid) + paidOf(s, LatePaid) - paidOf(s, RefundPaid)
	if stated := zh.Fen(v.Fen("paid")); stated != had {
		fields[RefundKind+"/paid"] = "当事人已缴且尚未退还的是" + had.String() + "，表中写为" + stated.String() + "。"
	}
	if refund := zh.Fen(v.Fen("refund")); refund > had {
		fields[RefundKind+"/refund"] = "应退数额" + refund.String() + "超过当事人已缴且尚未退还的" + had.String() + "。"
	}
}

// CheckPlan tells what is wrong with a plan that somebody enters: it covers what is left of the fine, and its days lie ahead.
func CheckPlan(s *picture.Sheet, fields map[string]string, v form.Values, m picture.Moment) {
	rest := UnpaidFine(s, s.Decided[s.Party.ID])
	if stated := zh.Fen(v.Fen("unpaid")); stated != rest {
		fields[DeferralKind+"/unpaid"] = "尚未缴纳的罚款是" + rest.String() + "，批准书写为" + stated.String() + "。"
	}
	if v.Text("result") == "不同意" {
		return
	}
	var sum zh.Fen
	after := m.Occurred.AddDays(-1)
	for i, x := range Granted(v, rest) {
		sum += x.Amount
		name := DeferralKind + "/until"
		if v.Text("result") == "同意分期缴纳" {
			name = fmt.Sprintf("%s/instalments.%d.due", DeferralKind, i)
		}
		if !x.Due.After(after) {
			fields[name] = "缴纳期限" + x.Due.String() + "应当晚于" + after.String() + "，各期依次递后。"
		}
		after = x.Due
	}
	if sum != rest && v.Text("result") == "同意分期缴纳" {
		fields[DeferralKind+"/instalments"] = "各期合计" + sum.String() + "，尚未缴纳的罚款是" + rest.String() + "，应当相等。"
	}
}

// DemandKind is the paper by which what is due is demanded before a court is asked (行政强制法第三十五条、第五十四条).
const DemandKind = "履行催告书"

// CheckDemand tells what is wrong with a demand while a plan runs: it asks for what has fallen due and for nothing that was put
// off (行政处罚法第六十六条第二款).
func CheckDemand(s *picture.Sheet, fields map[string]string, v form.Values, m picture.Moment) {
	d, made := s.Decided[s.Party.ID]
	if !made {
		return
	}
	_, fine, planned := FallenDue(s, d, m.Occurred)
	if !planned {
		return
	}
	total := DueTotal(s, d, m.Occurred)
	cite := "（《行政处罚法》第六十六条第二款）"
	switch stated := zh.Fen(v.Fen("fine")); {
	case total == 0:
		fields[DemandKind+"/fine"] = "已经批准延期、分期缴纳，按计划现在没有到期未缴的款项，不能催告" + cite + "。最近一期的期限是" + PayDue(s, d).String() + "。"
	case stated > fine:
		fields[DemandKind+"/fine"] = "已经批准延期、分期缴纳，现在到期未缴的罚款是" + fine.String() + "，催告书写为" + stated.String() + cite + "。"
	}
	if stated := zh.Fen(v.Fen("total")); total > 0 && stated > total {
		fields[DemandKind+"/total"] = "已经批准延期、分期缴纳，现在应缴的是" + total.String() + "，催告书写为" + stated.String() + cite + "。"
	}
}
