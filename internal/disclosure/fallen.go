package disclosure

import (
	"context"
	"encoding/json"
	"fmt"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/disclosure/content"
	"mingjing/internal/law"
	"mingjing/internal/ledger"
	"mingjing/internal/refusal"
)

// fell holds a withdrawal against what the case records: the decision was changed, revoked or found unlawful or void there, on
// this ground by this document, and whoever recorded it is another person than the one who takes the text down. Without that
// one publisher alone could tell the public that a valid decision was annulled.
func (a *act) fell(in Withdrawal) error {
	p := a.p
	if p.FallenOn == "" {
		return refusal.Refused{Findings: []law.Finding{{Rule: "PUB-FALLEN", Title: "撤下以案件中登记的决定变动为依据", Severity: law.Block,
			Message: "案件里没有登记这一决定被变更、撤销、确认违法、确认无效或者要求重新作出，决定仍然有效，不得撤下。",
			Cite:    law.Cite{Statute: "《国务院办公厅关于全面推行行政执法公示制度执法全过程记录制度重大执法决定法制审核制度的指导意见》", Article: "（六）（国办发〔2018〕118号）", Version: "国办发〔2018〕118号"},
			Advice:  "请先由机关负责人在案件中登记“决定被撤销、变更或者确认违法”，写明机关和文书；公示的文字有错的，请用“更正”。"}}}
	}
	if in.Ground != p.Ground {
		return refusal.Field("ground", "案件登记的依据是“"+p.Ground+"”，撤下的依据应当与它一致。")
	}
	if recorded := content.OneLine(p.GroundDocument); in.Document != recorded && a.leaks(map[string]string{"document": recorded}) == nil {
		return refusal.Field("document", "案件登记的文书是“"+recorded+"”，应当与它一致。")
	}
	by, err := a.fellBy()
	if err != nil {
		return err
	}
	if by.Account == "" || overlap(a.actor.Identities(), nonEmpty(by.Account, by.OnBehalf)) {
		return a.alone("决定的变动是您自己登记的，不能再由您撤下公示。", "请由另一名公示发布员撤下。")
	}
	a.p.WithdrawChecker = by.Account
	return nil
}

// fellBy is who recorded in the case that the decision has fallen.
func (a *act) fellBy() (ledger.Actor, error) {
	all, err := ledger.Stream(a.tx, "case", a.p.Case)
	if err != nil {
		return ledger.Actor{}, fmt.Errorf("disclosure: fall of %s: %w", a.p.ID, err)
	}
	for _, e := range all {
		if e.Kind == "disclosure.withdrawal_due" && e.Ref["publication"] == a.p.ID {
			return e.Actor, nil
		}
	}
	return ledger.Actor{}, nil
}

// alone refuses what needs a second person.
func (a *act) alone(message, advice string) error {
	return refusal.Refused{Findings: []law.Finding{{Rule: "XG-05b", Title: "公示的撤下应当由两人办理", Severity: law.Block, Message: message, Advice: advice,
		Cite: law.Cite{Statute: "《政府信息公开条例》", Article: "第十七条", Version: "2019年修订"}}}}
}

// ProposedWithdrawal is the withdrawal of an imported decision that waits for its second person.
type ProposedWithdrawal struct {
	Withdrawal
	Maker    string `json:"maker"`
	MakerFor string `json:"maker_for"`
}

// propose keeps the withdrawal until a second person has seen the document.
func (a *act) propose(in Withdrawal) error {
	text, err := json.Marshal(ProposedWithdrawal{Withdrawal: in, Maker: a.actor.Account, MakerFor: a.actor.OnBehalf})
	if err != nil {
		return err
	}
	if _, err := a.tx.Exec(`UPDATE publication_text SET withdrawal = $2 WHERE publication = $1`, a.p.ID, string(text)); err != nil {
		return fmt.Errorf("disclosure: propose the withdrawal of %s: %w", a.p.ID, err)
	}
	a.step.Event = "publication.withdrawal_proposed"
	return a.record(map[string]string{"ground": in.Ground, "document": in.Document}, map[string]string{"reason": in.Reason})
}

// ToWithdraw shows the withdrawal that waits for its second person, or NotFound.
func (r *Room) ToWithdraw(ctx context.Context, actor access.Actor, id string) (ProposedWithdrawal, error) {
	var w ProposedWithdrawal
	err := r.d.Read(ctx, func(tx *db.Tx) error {
		if _, err := See(tx, actor, id); err != nil {
			return err
		}
		var err error
		w, err = loadWithdrawal(tx, id)
		return err
	})
	return w, err
}

func loadWithdrawal(tx *db.Tx, id string) (ProposedWithdrawal, error) {
	var w ProposedWithdrawal
	var text string
	if err := tx.Row(`SELECT withdrawal FROM publication_text WHERE publication = $1`, id).Scan(&text); err != nil {
		return w, fmt.Errorf("disclosure: withdrawal of %s: %w", id, err)
	}
	if text == "" {
		return w, refusal.NotFound{What: "待复核的撤下"}
	}
	if err := json.Unmarshal([]byte(text), &w); err != nil {
		return w, fmt.Errorf("disclosure: withdrawal of %s: %w", id, err)
	}
	return w, nil
}

// ConfirmWithdrawal is the second person's yes: he has the document before him, and copies its number from there.
func (r *Room) ConfirmWithdrawal(ctx context.Context, actor access.Actor, id, document string) error {
	asPublisher := actor
	asPublisher.Roles = append([]string{access.RolePublisher}, actor.Roles...)
	return r.command(ctx, asPublisher, id, "withdraw", func(a *act) error {
		if err := access.Require(actor, access.PublicationCheck, a.p.thing()); err != nil {
			return err
		}
		w, err := loadWithdrawal(a.tx, id)
		if err != nil {
			return err
		}
		if overlap(actor.Identities(), nonEmpty(w.Maker, w.MakerFor)) {
			return a.alone("撤下是您自己提出的，不能由您复核。", "请由另一名公示复核员看过文书后复核。")
		}
		if content.OneLine(document) != w.Document {
			return refusal.Field("document", "与提出撤下的人填写的文号不符。请对照文书原件填写；原来写错的，请重新提出撤下。")
		}
		a.p.Ground, a.p.GroundDocument, a.p.Reason, a.p.ReplacedBy = w.Ground, w.Document, w.Reason, w.ReplacedBy
		a.p.WithdrawMaker, a.p.WithdrawChecker = w.Maker, actor.Account
		return a.leaks(map[string]string{"document": w.Document, "reason": w.Reason})
	}, func(a *act) error {
		a.actor = actor
		a.step.Role = "checker"
		if _, err := a.tx.Exec(`UPDATE publication_text SET withdrawal = '' WHERE publication = $1`, id); err != nil {
			return fmt.Errorf("disclosure: withdraw %s: %w", id, err)
		}
		return a.takeDown()
	})
}
