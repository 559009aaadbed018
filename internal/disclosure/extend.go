package disclosure

import (
	"context"
	"fmt"
	"maps"
	"strconv"

	"mingjing/internal/access"
	"mingjing/internal/disclosure/content"
	"mingjing/internal/disclosure/extension"
	"mingjing/internal/disclosure/journal"
)

// Extend moves the last day for publishing. A text that was prepared goes back to be prepared anew: what the third party
// says may change it. The entry in the public log says ground, document and both days, so that nobody counts the decision
// as overdue before the new day, and everybody sees that it was put off and why.
func (r *Room) Extend(ctx context.Context, actor access.Actor, id string, in extension.Request) error {
	if err := in.Check(); err != nil {
		return err
	}
	return r.command(ctx, actor, id, "extend", func(a *act) error {
		if a.p.Source != SourceCase {
			return refuse("PUB-STATE", "公示环节应当按照程序进行", "历史导入的决定没有本系统的公示期限，不能推迟。", "请直接核对并公示，或者登记不予公示。")
		}
		in.Document, in.Reason = content.OneLine(in.Document), content.OneLine(in.Reason)
		if err := a.leaks(map[string]string{"document": in.Document}); err != nil {
			return err
		}
		if err := a.approvedBy(in.Approver); err != nil {
			return err
		}
		var err error
		a.extension, err = extension.Work(a.tx, r.calendar, extension.Of{ID: a.p.ID, Agency: a.p.Agency, Case: a.p.Case, Party: a.p.Party}, in)
		return err
	}, r.extend)
}

func (r *Room) extend(a *act) error {
	e, before := a.extension, a.p.LastDay()
	p := a.p
	p.State, p.Maker, p.makerFor, p.Checker, p.checkerFor, p.CheckedHash = StateDue, "", "", "", "", ""
	p.ContentHash, p.RedactionHash, p.ExtendedTo = "", "", e.To.String()
	if err := save(a.tx, p); err != nil {
		return err
	}
	if err := e.Keep(a.tx, r.calendar, before, a.actor.Account); err != nil {
		return fmt.Errorf("disclosure: extend %s: %w", p.ID, gated(err))
	}
	if _, err := a.tx.Exec(`UPDATE pub_commit SET extended_to = $4, extend_ground = $5 WHERE agency = $1 AND year = $2 AND seq = $3`, p.Agency, p.commitYear,
		p.commitSeq, p.ExtendedTo, e.Ground); err != nil {
		return fmt.Errorf("disclosure: extend %s: %w", p.ID, gated(err))
	}
	if _, err := journal.Tick(a.tx, 0, 0); err != nil {
		return err
	}
	a.p = p
	said := map[string]string{"ground": e.Ground, "document": e.Document, "asked_on": e.AskedOn, "until_on": e.Until.String(), "due_before": before, "due_on": p.ExtendedTo}
	inner := map[string]string{"commit": p.commitName(), "approver": e.Approver, "days": strconv.Itoa(e.Days)}
	maps.Copy(inner, said)
	if err := a.record(inner, map[string]string{"reason": e.Reason}); err != nil {
		return err
	}
	_, err := tell(a.tx, p, journal.Extend, said)
	return err
}

// LastDay is the last day for publishing as it stands: that of the decision, or the one to which it was extended.
func (p Publication) LastDay() string { return max(p.DueOn, p.ExtendedTo) }
