package disclosure_test

import (
	"slices"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/disclosure/past"
	"mingjing/internal/refusal"

	"errors"
)

func TestADecisionThatStandsIsNotTakenDownByThePublisherAlone(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		id := w.public(w.due())
		err := w.room.Withdraw(w.ctx, w.maker, id, withdrawal())
		w.refused(err, "PUB-FALLEN")
		var r refusal.Refused
		if !errors.As(err, &r) || r.Findings[0].Cite.Version != "国办发〔2018〕118号" || r.Findings[0].Advice == "" {
			t.Errorf("the refusal does not name the article or what to do: %+v", r)
		}
		if p := w.get(id); p.State != disclosure.StatePublished || p.FallenOn != "" || p.Ground != "" {
			t.Errorf("the refused withdrawal left %s, fallen %q on %q", p.State, p.FallenOn, p.Ground)
		}
		w.falls(id, repealed)
		other := withdrawal()
		other.Ground = disclosure.GroundVoid
		w.field(w.room.Withdraw(w.ctx, w.maker, id, other), "ground")
		other = withdrawal()
		other.Document = "四民撤字〔2026〕1号"
		w.field(w.room.Withdraw(w.ctx, w.maker, id, other), "document")
		head := w.maker
		head.Account, head.Roles = w.head, append(slices.Clone(head.Roles), access.RoleApprover)
		w.refused(w.room.Withdraw(w.ctx, head, id, withdrawal()), "XG-05b")
		acting := w.maker
		acting.OnBehalf = w.head
		w.refused(w.room.Withdraw(w.ctx, acting, id, withdrawal()), "XG-05b")
		w.must(w.room.Withdraw(w.ctx, w.maker, id, withdrawal()))
		if p := w.get(id); p.State != disclosure.StateWithdrawn || p.WithdrawMaker != w.maker.Account || p.WithdrawChecker != w.head {
			t.Errorf("got %s by %s and %s", p.State, p.WithdrawMaker, p.WithdrawChecker)
		}
	})
}

func TestAnImportedDecisionComesDownWhenASecondPersonHasSeenTheDocument(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		id := w.past()
		w.must(w.room.Withdraw(w.ctx, w.maker, id, withdrawal()))
		if p := w.get(id); p.State != disclosure.StatePublished {
			t.Fatalf("one person took it down: %s", p.State)
		}
		proposed, err := w.room.ToWithdraw(w.ctx, w.second, id)
		w.must(err)
		if proposed.Document != repealed || proposed.Maker != w.maker.Account {
			t.Errorf("the second person sees %+v", proposed)
		}
		both := w.maker
		both.Roles = append(slices.Clone(both.Roles), access.RoleChecker)
		w.refused(w.room.ConfirmWithdrawal(w.ctx, both, id, repealed), "XG-05b")
		w.field(w.room.ConfirmWithdrawal(w.ctx, w.second, id, "示政复决字〔2026〕4号"), "document")
		w.must(w.room.ConfirmWithdrawal(w.ctx, w.second, id, repealed))
		p := w.get(id)
		if p.State != disclosure.StateWithdrawn || p.WithdrawMaker != w.maker.Account || p.WithdrawChecker != w.second.Account || p.Reason == "" {
			t.Errorf("got %+v", p)
		}
		var missing refusal.NotFound
		if _, err := w.room.ToWithdraw(w.ctx, w.second, id); !errors.As(err, &missing) {
			t.Errorf("it waits still: %v", err)
		}
	})
}

// past brings one decision of before the system out.
func (w *world) past() string {
	w.Helper()
	id := ""
	w.must(w.write(func(tx *db.Tx) error {
		taken, err := past.TakeIn(tx, handler(), "r1", []past.Row{{Agency: "a1", AgencyName: "示例市民政局", Class: "处罚", Number: "示民罚决字〔2020〕1号", Title: "对云杉中心的处罚决定",
			PartyName: "云杉中心", Body: "决定警告。", DecidedOn: "2020-05-06", Dup: "k1", Line: 2}})
		if err != nil {
			return err
		}
		id = taken[0].ID
		list, sources, err := disclosure.Waiting(tx, "r1", "", 10)
		if err != nil {
			return err
		}
		b := disclosure.Bulk{Run: "r1", Maker: "importer-1", Checker: w.second, Doubt: disclosure.HideDoubtful}
		_, err = disclosure.PublishBatch(tx, b, []disclosure.Ready{disclosure.WorkOut(list[0], sources[0], b)})
		return err
	}))
	return id
}
