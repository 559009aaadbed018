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

func TestAWithheldDecisionComesBackOnlyWithADocumentAndAHeadsApproval(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		id := w.owe(w.due())
		w.must(w.room.Withhold(w.ctx, w.maker, id, disclosure.Withholding{Ground: "商业秘密", Reason: "配方", Approver: w.head}))
		good := disclosure.Restoration{Document: "供应商同意公开的意见", Reason: "已同意", Approver: w.head}
		for field, change := range map[string]func(*disclosure.Restoration){"document": func(r *disclosure.Restoration) { r.Document = "" },
			"reason": func(r *disclosure.Restoration) { r.Reason = "" }, "approver": func(r *disclosure.Restoration) { r.Approver = "" }} {
			in := good
			change(&in)
			w.field(w.room.Restore(w.ctx, w.maker, id, in), field)
		}
		own := good
		own.Approver = w.maker.Account
		w.field(w.room.Restore(w.ctx, w.maker, id, own), "approver")
		if _, err := w.room.Draft(w.ctx, w.maker, id); err != nil {
			t.Fatal(err)
		}
		w.refused(w.room.Prepare(w.ctx, w.maker, id, disclosure.Prepared{}), "PUB-STATE") // to prepare it is no way round
		w.must(w.room.Restore(w.ctx, w.maker, id, good))
		if p := w.get(id); p.State != disclosure.StateDue || p.Ground != "" {
			t.Errorf("%s %s", p.State, p.Ground)
		}
		if e := w.logged("RESTORE"); len(e) != 1 || e[0].Ref["document"] != good.Document {
			t.Errorf("%+v", e)
		}
	})
}

func TestAnAnnulledDecisionDoesNotComeBackByAnyDocument(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		id := w.owe(w.due())
		w.falls(id, repealed)
		w.must(w.room.Withhold(w.ctx, w.maker, id, disclosure.Withholding{Ground: "撤销", Approver: w.head}))
		w.refused(w.room.Restore(w.ctx, w.maker, id, disclosure.Restoration{Document: "示政复决字〔2026〕4号", Reason: "恢复", Approver: w.head}), "CF-26e")
	})
}
