package disclosure_test

import (
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/disclosure"
)

func TestOnlyAHeadInOfficeWhoDidNotPrepareItApprovesThatADecisionIsNotPublished(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		clerk, gone := w.account("clerk", access.RoleHandler), w.account("gone", access.RoleApprover)
		both := w.account("both", access.RolePublisher, access.RoleApprover)
		w.must(w.write(func(tx *db.Tx) error {
			return access.Disable(tx, access.Founding("a1"), gone, "调离")
		}))
		w.maker.Account = both
		id := w.owe(w.due())
		w.served("d1", "2026-03-02")
		w.prepare(id)
		other := access.Actor{Account: "publisher-2", Agency: "a1", Roles: []string{access.RolePublisher}, StepUp: true}
		for _, approver := range []string{"nobody", clerk, gone, both} {
			w.field(w.room.Withhold(w.ctx, other, id, disclosure.Withholding{Ground: "商业秘密", Reason: "配方", Approver: approver}), "approver")
		}
		w.field(w.room.Withhold(w.ctx, w.maker, id, disclosure.Withholding{Ground: "商业秘密", Reason: "配方", Approver: both}), "approver")
		stranger := access.Actor{Account: "publisher-9", Agency: "a2", Roles: []string{access.RolePublisher}, StepUp: true}
		if err := w.room.Withhold(w.ctx, stranger, id, disclosure.Withholding{Ground: "商业秘密", Approver: w.head}); err == nil {
			t.Error("another agency withholds it")
		}
		w.must(w.room.Withhold(w.ctx, other, id, disclosure.Withholding{Ground: "商业秘密", Reason: "配方", Approver: w.head}))
		if p := w.get(id); p.State != disclosure.StateWithheld || p.Approver != w.head {
			t.Errorf("got %+v", p)
		}
	})
}
