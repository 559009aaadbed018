package disclosure

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/disclosure/content"
	"mingjing/internal/disclosure/journal"
	"mingjing/internal/ledger"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

// Withdrawal is why a publication comes down. All of it but ReplacedBy is needed, and all of it is public: to take a
// decision down in silence is unlawful itself (行政处罚法第四十八条第二款).
type Withdrawal struct {
	Ground     string // one of WithdrawGrounds
	Document   string // number of the document that the ground rests on, without personal data
	Reason     string // in words for the public, without personal data
	ReplacedBy string // id of the publication that stands in its place; may be empty
}

func (w Withdrawal) check() error {
	fields := map[string]string{}
	if !slices.Contains(WithdrawGrounds(), w.Ground) {
		fields["ground"] = "请选择撤下的法定依据：变更、撤销、确认违法、确认无效或者重新作出。"
	}
	if w.Document == "" {
		fields["document"] = "请填写依据的文书及文号，例如四民复决字〔2026〕3号。"
	}
	if w.Reason == "" {
		fields["reason"] = "请填写向社会公开的理由。"
	}
	if len(fields) > 0 {
		return refusal.Invalid{Message: "撤下公示应当写明依据和理由（行政处罚法第四十八条第二款）。", Fields: fields}
	}
	return nil
}

// Withdraw takes a publication down. What stays is a tombstone: number, agency, days, ground, document and reason. The
// body leaves every public table and the search index in the same transaction; the versions stay on file. A decision of a case
// must have fallen in its case, by the word of another person. For one of before the system nothing here knows of its fall:
// the withdrawal waits until a second person has seen the document (ConfirmWithdrawal).
func (r *Room) Withdraw(ctx context.Context, actor access.Actor, id string, in Withdrawal) error {
	if err := in.check(); err != nil {
		return err
	}
	in.Document = content.OneLine(in.Document)
	return r.command(ctx, actor, id, "withdraw", func(a *act) error {
		a.p.WithdrawMaker = actor.Account
		if a.p.Source != SourceImport {
			if err := a.fell(in); err != nil {
				return err
			}
		}
		a.p.Ground, a.p.GroundDocument, a.p.Reason, a.p.ReplacedBy = in.Ground, in.Document, in.Reason, in.ReplacedBy
		return a.leaks(map[string]string{"document": in.Document, "reason": in.Reason})
	}, func(a *act) error {
		if a.p.Source == SourceImport {
			return a.propose(in)
		}
		return a.takeDown()
	})
}

// takeDown writes what Withdraw and ConfirmWithdrawal have judged.
func (a *act) takeDown() error {
	before, due := a.p.State, a.p.WithdrawDue
	p := a.p
	p.State, p.WithdrawnOn = StateWithdrawn, a.today.String()
	if p.FallenOn == "" {
		p.FallenOn = p.WithdrawnOn
	}
	if err := save(a.tx, p); err != nil {
		return err
	}
	if err := clear(a.tx, p); err != nil {
		return err
	}
	if err := moveCount(a.tx, p, before, p.State); err != nil {
		return err
	}
	if err := outcome(a.tx, p, p.State, p.WithdrawnOn, p.Ground, p.ID); err != nil {
		return err
	}
	if err := a.record(map[string]string{"ground": p.Ground, "document": p.GroundDocument, "replaced_by": p.ReplacedBy, "late": late(a.today, due),
		"maker": p.WithdrawMaker, "checker": p.WithdrawChecker}, map[string]string{"reason": p.Reason}); err != nil {
		return err
	}
	_, err := tell(a.tx, p, journal.Withdraw, map[string]string{"ground": p.Ground, "document": p.GroundDocument, "reason": p.Reason,
		"fallen_on": p.FallenOn, "withdrawn_on": p.WithdrawnOn, "replaced_by": p.ReplacedBy, "late": late(a.today, due)})
	return err
}

// Withholding is why a decision is not published.
type Withholding struct {
	Ground   string // one of WithholdGrounds
	Reason   string // for the file
	Approver string // account of the head who approved it; another person than the actor and the maker
}

// approvedBy refuses anybody but a head of the agency who is in office and has worked on the publication in no other part:
// that something stays hidden is never one person's word (政府信息公开条例第十七条).
func (a *act) approvedBy(account string) error {
	head, err := access.Get(a.tx, account)
	var missing refusal.NotFound
	switch {
	case errors.As(err, &missing), err == nil && head.Agency != a.p.Agency:
		return refusal.Field("approver", "没有这个账号，请从本机关负责人中选择批准人。")
	case err != nil:
		return fmt.Errorf("disclosure: approver of %s: %w", a.p.ID, err)
	case slices.Contains(a.actor.Identities(), account), slices.Contains(a.p.makers(), account):
		return refusal.Field("approver", "不予公示应当由办理人、制作人以外的负责人批准。")
	case !head.Active():
		return refusal.Field("approver", head.Name+"的账号已经停用，不能批准，请选择在任的机关负责人。")
	case !slices.Contains(head.Roles, access.RoleApprover):
		return refusal.Field("approver", head.Name+"没有"+access.RoleTitle(access.RoleApprover)+"岗位，不能批准不予公示。")
	}
	return nil
}

// Withhold records that a decision is not published, with its ground (政府信息公开条例第十四条至第十六条). The blinded entry of
// the decision then says so, so that nobody counts it as overdue.
func (r *Room) Withhold(ctx context.Context, actor access.Actor, id string, in Withholding) error {
	fields := map[string]string{}
	if !slices.Contains(WithholdGrounds(), in.Ground) && !slices.Contains(WithdrawGrounds(), in.Ground) {
		fields["ground"] = "请选择不予公示的理由。"
	}
	if in.Approver == "" {
		fields["approver"] = "不予公示应当由办理人以外的机关负责人批准，请选择批准人。"
	}
	if len(fields) > 0 {
		return refusal.Invalid{Message: "不予公示登记不完整。", Fields: fields}
	}
	return r.command(ctx, actor, id, "withhold", func(a *act) error {
		a.p.Ground, a.p.Reason, a.p.Approver = in.Ground, in.Reason, in.Approver
		return a.approvedBy(in.Approver)
	}, func(a *act) error {
		a.p.State = StateWithheld
		if in.Ground == "未成年人" {
			a.p.Minor = true
		}
		if err := save(a.tx, a.p); err != nil {
			return err
		}
		if err := outcome(a.tx, a.p, StateWithheld, a.today.String(), in.Ground, ""); err != nil {
			return err
		}
		if _, err := journal.Tick(a.tx, 0, 0); err != nil {
			return err
		}
		if err := a.record(map[string]string{"ground": in.Ground, "approver": in.Approver, "commit": a.p.commitName()}, map[string]string{"reason": in.Reason}); err != nil {
			return err
		}
		_, err := tell(a.tx, a.p, journal.Withhold, map[string]string{"ground": in.Ground, "withheld_on": a.today.String()})
		return err
	})
}

// expireBatch bounds the publications that one transaction ends.
const expireBatch = 200

// ExpireDue ends the display of every publication whose period is over; a job calls it each day. It returns how many.
func (r *Room) ExpireDue(ctx context.Context) (int, error) {
	done := 0
	for {
		var list []Publication
		today := workday.DayOf(r.d.Now()).String()
		err := r.d.Read(ctx, func(tx *db.Tx) error {
			var err error
			list, err = collect(tx, `SELECT `+columns+` FROM publication WHERE period_until <> '' AND period_until < $1
				AND state IN ('published', 'corrected') ORDER BY period_until, id LIMIT $2`, today, expireBatch)
			return err
		})
		if err != nil || len(list) == 0 {
			return done, err
		}
		for _, p := range list {
			if err := r.d.Write(ctx, p.Agency, func(tx *db.Tx) error { return expire(tx, p.ID) }); err != nil {
				return done, err
			}
			done++
		}
	}
}

func expire(tx *db.Tx, id string) error {
	p, err := load(tx, id)
	if err != nil {
		return err
	}
	before := p.State
	if before != StatePublished && before != StateCorrected || p.PeriodUntil >= workday.DayOf(tx.Now()).String() {
		return nil
	}
	p.State = StateExpired
	if err := save(tx, p); err != nil {
		return err
	}
	if err := clear(tx, p); err != nil {
		return err
	}
	if err := moveCount(tx, p, before, p.State); err != nil {
		return err
	}
	if err := outcome(tx, p, p.State, workday.DayOf(tx.Now()).String(), "", p.ID); err != nil {
		return err
	}
	if _, err = ledger.Append(tx, event(p, "publication.expired", ledger.Actor{Account: "system", Role: "job"}, map[string]string{"period_until": p.PeriodUntil}, nil)); err != nil {
		return err
	}
	_, err = tell(tx, p, journal.Expire, map[string]string{"period_until": p.PeriodUntil})
	return err
}
