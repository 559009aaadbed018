package casefile

import (
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/db"
	"mingjing/internal/flow"
	"mingjing/internal/form/entry"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

// readable refuses what the ledger and the print of the act could not show.
func readable(act Act) error {
	if entry.Unprintable(act.LateReason) {
		return refusal.Field("late", entry.UnprintableMessage("补记原因")+"。")
	}
	for rule, reason := range act.Override {
		if entry.Unprintable(reason) {
			return refusal.Field("override."+rule, entry.UnprintableMessage("例外准许的理由")+"。")
		}
	}
	return nil
}

func momentOf(tx *db.Tx, actor access.Actor, act Act, step flow.Step) (picture.Moment, error) {
	m := picture.Moment{Step: step, Actor: actor.Account, Head: actor.Has(access.RoleApprover), Today: workday.DayOf(tx.Now()), Occurred: act.Occurred,
		LateReason: strings.TrimSpace(act.LateReason), Sealed: act.Sealed}
	if err := readable(act); err != nil {
		return picture.Moment{}, err
	}
	if m.Occurred.IsZero() {
		m.Occurred = m.Today
	}
	if m.Occurred.After(m.Today) {
		return picture.Moment{}, refusal.Field("occurred", "办理日期"+m.Occurred.String()+"晚于今天，请填写实际发生的日期。")
	}
	return m, nil
}
