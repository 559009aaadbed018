package casefile

import (
	"strings"

	"mingjing/internal/access"
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

func momentOf(tx *db.Tx, actor access.Actor, act Act, step flow.Step) (moment, error) {
	m := moment{step: step, actor: actor.Account, head: actor.Has(access.RoleApprover), today: workday.DayOf(tx.Now()), occurred: act.Occurred,
		lateReason: strings.TrimSpace(act.LateReason), sealed: act.Sealed}
	if err := readable(act); err != nil {
		return moment{}, err
	}
	if m.occurred.IsZero() {
		m.occurred = m.today
	}
	if m.occurred.After(m.today) {
		return moment{}, refusal.Field("occurred", "办理日期"+m.occurred.String()+"晚于今天，请填写实际发生的日期。")
	}
	return m, nil
}
