package casefile

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/db"
	"mingjing/internal/flow"
	"mingjing/internal/law"
	"mingjing/internal/ledger"
	"mingjing/internal/refusal"
	"mingjing/internal/roster"
	"mingjing/internal/workday"
)

// HandOver gives an open case to another handler of the agency, with the reason; both identities stand in the record.
func (r *Room) HandOver(ctx context.Context, actor access.Actor, caseID, to, unit, reason string) error {
	return r.DB.Write(ctx, actor.Agency, func(tx *db.Tx) error {
		pic, err := picture.Load(tx, caseID)
		if err != nil {
			return err
		}
		if pic.File.Agency != actor.Agency {
			return refusal.NotFound{What: "案件"}
		}
		if err := access.Require(actor, access.CaseHandOver, picture.Thing(pic, actor)); err != nil {
			return err
		}
		if err := mayChangeHands(pic); err != nil {
			return err
		}
		if strings.TrimSpace(reason) == "" {
			return refusal.Field("reason", "请写明移交的原因。")
		}
		if err := mayReceive(pic, tx, to); err != nil {
			return err
		}
		from := pic.File.Handler
		pic.File.Handler = to
		if unit != "" {
			pic.File.Unit = unit
		}
		if err := saveFile(tx, pic.File); err != nil {
			return err
		}
		_, err = ledger.Append(tx, ledger.Event{Agency: pic.File.Agency, Kind: "case.handed_over", SubjectKind: "case", Subject: caseID,
			Actor: actor.Ledger(access.RoleUnitHead), Ref: map[string]string{"from": from, "to": to}, Payload: map[string]any{"title": "移交案件", "reason": reason, "actor": actor.Title()}})
		return err
	})
}

// mayChangeHands refuses to move a case in which nothing is left to be handled: its record would name a handler who never
// handled it. Whoever reopens it may hand it over then.
func mayChangeHands(p *picture.Picture) error {
	if !p.File.Over() && p.File.State != flow.Closed {
		return nil
	}
	return refusal.Refused{Findings: []law.Finding{{Rule: "CASE-HANDOVER", Title: "办结的案件不再移交", Severity: law.Block, Tasks: []int{8},
		Message: "本案目前处于“" + p.File.StateTitle() + "”，没有需要接手办理的事项，不能移交承办人。", Advice: "需要继续办理的，请先由负责人重新启动办理，再移交。"}}}
}

// mayReceive tells whether an account may handle the case from today on: an active handler of the agency, an officer whose
// certificate is valid today (行政处罚法第四十二条第一款), and nobody who reviewed or approved a text of the case.
func mayReceive(p *picture.Picture, tx *db.Tx, to string) error {
	if to == "" || to == p.File.Handler {
		return refusal.Field("to", "请选择接手的承办人。")
	}
	account, err := access.Get(tx, to)
	var missing refusal.NotFound
	switch {
	case errors.As(err, &missing):
		return refusal.Field("to", "本机关没有这名承办人，请从名单中选择。")
	case err != nil:
		return fmt.Errorf("casefile: hand over to %s: %w", to, err)
	case account.Agency != p.File.Agency || !slices.Contains(account.Roles, access.RoleHandler):
		return refusal.Field("to", "本机关没有这名承办人，请从名单中选择。")
	case !account.Active():
		return refusal.Field("to", account.Name+"的账号已停用，不能接手案件。")
	case slices.Contains(p.Reviewers, to) || slices.Contains(p.Approvers, to):
		return refusal.Refused{Findings: []law.Finding{{Rule: "CASE-HANDOVER", Title: "审核、批准与承办分离", Severity: law.Block, Tasks: []int{19},
			Message: account.Name + "审核或者批准过本案，不能承办本案。", Cite: law.Cite{Statute: "《行政处罚法》", Article: "第五十七条、第五十八条", Version: "2021年修订"},
			Advice: "请选择没有审核、批准过本案的承办人。"}}}
	}
	officer, err := roster.OfficerOf(tx, to, workday.DayOf(tx.Now()))
	if err != nil && !errors.As(err, &missing) {
		return fmt.Errorf("casefile: hand over to %s: %w", to, err)
	}
	if !officer.Valid {
		return refusal.Field("to", account.Name+"今天没有有效的执法证件，不能承办案件（《行政处罚法》第四十二条第一款）。")
	}
	return nil
}
