package house

import (
	"encoding/json"
	"fmt"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/casefile"
	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/facts"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/redact"
	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

// join lets casefile tell disclosure of a decision, its service and its end within the transaction of the act.
func (h *House) join() {
	h.Cases.Decided = h.owe
	h.Cases.Served = func(tx *db.Tx, d picture.Decision, actor access.Actor) error {
		return disclosure.Served(tx, actor.Ledger(access.RoleHandler), d.ID, law.ServiceMode(d.ServiceMode), d.EffectiveOn.String())
	}
	h.Cases.Annulled = func(tx *db.Tx, d picture.Decision, a casefile.Annulment, actor access.Actor) error {
		return h.withdrawalDue(tx, d, a, actor)
	}
}

// owe makes the publication of a decision due.
func (h *House) owe(tx *db.Tx, m casefile.Made) error {
	agency := h.Agency.Name
	meta := form.PrintMeta{Agency: agency, Number: m.Document.Number, Date: m.Decision.DecidedOn.String(), SealName: agency, Demo: h.Demo}
	copied, err := form.Public(m.Kind, m.Document.Values, meta)
	if err != nil {
		return fmt.Errorf("house: public copy: %w", err)
	}
	item, _ := h.Pack.Item(m.File.Item, m.Decision.DecidedOn)
	kinds := kindsOf(m)
	due := disclosure.Due{Agency: m.Decision.Agency, AgencyName: agency, Decision: m.Decision.ID, DecisionHash: m.Decision.BodyHash, Case: m.File.ID, Party: m.Decision.Party, Class: "处罚",
		Kind: m.Decision.Kind, Item: m.File.Item, ItemName: item.Name, Number: m.Document.Number, Title: titleOf(agency, m), PartyPublicName: m.PartyPublic,
		PartyKind: partyKind(m.PartyKind), Basis: basisOf(m.Document.Values), Result: resultOf(m, kinds), PeriodUntil: h.displayUntil(m, kinds), DecidedOn: m.Decision.DecidedOn.String(), DueOn: m.Due.String(),
		ServedOn: m.Decision.EffectiveOn.String(), ServiceMode: m.Decision.ServiceMode, HasSocialImpact: true, Minor: m.Minor, Major: m.Decision.Major,
		Review: m.Decision.Review, Blocks: copied.Blocks, Known: known(m)}
	if m.Decision.Kind == "不予行政处罚决定书" {
		due.Class, due.Major, due.Review = "其他", false, ""
	}
	if _, err := disclosure.Owe(tx, m.Actor.Ledger(access.RoleHandler), due); err != nil {
		return fmt.Errorf("house: %w", err)
	}
	return nil
}

func titleOf(agency string, m casefile.Made) string {
	return agency + "关于" + m.PartyPublic + strings.TrimPrefix(m.File.Cause, "涉嫌") + "的" + strings.TrimSuffix(m.Decision.Kind, "书")
}

func partyKind(kind string) string {
	if kind == "法人或者其他组织" {
		return string(law.Organisation)
	}
	return string(law.Citizen)
}

func basisOf(v form.Values) string {
	var list []string
	for _, row := range v.Rows("basis") {
		name, _ := row["law"].(string)
		article, _ := row["article"].(string)
		list = append(list, "《"+strings.Trim(name, "《》")+"》"+article)
	}
	return strings.Join(list, "、")
}

// kindsOf are the penalties of a decision; a text that casefile did not write has none.
func kindsOf(m casefile.Made) []law.PenaltyKind {
	var kinds []law.PenaltyKind
	if err := json.Unmarshal([]byte(m.Decision.Penalties), &kinds); err != nil {
		return nil
	}
	return kinds
}

// displayUntil is the last day on which the pack lets a penalty be shown, counted from the day of the decision
// (国家发展改革委令第36号); empty where the pack sets no end. Who prepares the publication may set another day.
func (h *House) displayUntil(m casefile.Made, kinds []law.PenaltyKind) string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = string(k)
	}
	for _, own := range facts.PenaltyOf(m.Document.Values, h.Pack.Kinds(m.Decision.DecidedOn)).Own { // 撤销登记 is shown as long as 吊销许可证件
		names = append(names, string(own.Kind))
	}
	period, ok := h.Pack.Display(names, m.Decision.Procedure == book.Simple, m.Decision.DecidedOn)
	if !ok || len(kinds) == 0 || period.MaxMonths == 0 {
		return ""
	}
	return m.Decision.DecidedOn.AddMonths(period.MaxMonths).String()
}

// resultOf is the outcome as the law wants it shown: what was decided, with the amount.
func resultOf(m casefile.Made, kinds []law.PenaltyKind) string {
	if m.Decision.Kind == "不予行政处罚决定书" {
		return "不予行政处罚"
	}
	parts := make([]string, 0, len(kinds))
	for _, k := range kinds {
		switch k {
		case law.Fine:
			parts = append(parts, "罚款"+m.Decision.Fine.String())
		case law.ConfiscateGain:
			parts = append(parts, "没收违法所得"+zh.Fen(m.Document.Values.Fen("illegal_income")).String())
		case law.OtherPenalty:
			parts = append(parts, m.Document.Values.Text("other_penalty"))
		default:
			parts = append(parts, string(k))
		}
	}
	return strings.Join(parts, "；")
}

// known is the personal data that the case knows, for the redaction to look for first.
func known(m casefile.Made) []redact.Known {
	text := func(name string) string { s, _ := m.Details[name].(string); return s }
	var list []redact.Known
	add := func(kind redact.Kind, value string, role redact.Role) {
		if value != "" {
			list = append(list, redact.Known{Kind: kind, Text: value, Role: role})
		}
	}
	if m.PartyKind == "法人或者其他组织" {
		// An organisation's name and seat are public (行政处罚法第五十九条第一款第一项); a place name inside it is no address.
		list = append(list, redact.Known{Kind: redact.Organisation, Text: text("name"), Public: true}, redact.Known{Kind: redact.Address, Text: text("address"), Public: true})
		add(redact.Name, text("legal_rep"), redact.LegalRepresentative)
	} else {
		add(redact.Name, text("name"), redact.Party)
		add(redact.Address, text("address"), redact.OtherPerson)
	}
	add(redact.IDNumber, text("id"), redact.OtherPerson)
	add(redact.Phone, text("phone"), redact.OtherPerson)
	for _, row := range m.Document.Values.Rows("officers") {
		if name, _ := row["name"].(string); name != "" {
			list = append(list, redact.Known{Kind: redact.Name, Text: name, Role: redact.Officer, Public: true})
		}
	}
	return list
}

// withdrawalDue makes what is public of a fallen decision due to come down within three working days
// (行政处罚法第四十八条第二款).
func (h *House) withdrawalDue(tx *db.Tx, d picture.Decision, a casefile.Annulment, actor access.Actor) error {
	p, _, ok := h.Cases.Books().Law.Param(law.WithdrawDays, a.On)
	if !ok {
		return fmt.Errorf("house: no parameter %s on %s", law.WithdrawDays, a.On)
	}
	due, err := h.Calendar.Due(workday.Deadline{Trigger: a.On, N: int(p.Value), Unit: workday.Unit(p.Unit)})
	if err != nil {
		return fmt.Errorf("house: %w", err)
	}
	return disclosure.OweWithdrawal(tx, actor.Ledger(access.RoleApprover), disclosure.Fallen{Decision: d.ID, Ground: a.Ground, Document: a.Document,
		On: a.On.String(), DueOn: due.Due.String()})
}
