package disclosure_test

import (
	"testing"

	"mingjing/internal/db"
	"mingjing/internal/deadline"
	"mingjing/internal/disclosure"
	"mingjing/internal/law"
	"mingjing/internal/workday"
)

// clock starts the clock of a publication for a party of the first case, as the decision does.
func (w *world) startClock(param, label, party string, done ...string) {
	w.Helper()
	calendar, err := workday.National()
	w.must(err)
	trigger, err := workday.ParseDay("2026-03-02")
	w.must(err)
	w.must(w.write(func(tx *db.Tx) error {
		_, err := deadline.Start(tx, calendar, deadline.Clock{Agency: "a1", Case: "c1", Party: party, Param: param, Label: label, Done: done,
			Trigger: trigger, Length: 7, Unit: law.WorkDays})
		return err
	}))
}

// clocks are the states of the clocks of the first case, by parameter and party.
func (w *world) clocks() map[string]string {
	w.Helper()
	states := map[string]string{}
	w.must(w.d.Read(w.ctx, func(tx *db.Tx) error {
		list, err := deadline.Of(tx, "c1")
		for _, c := range list {
			states[c.Param+" "+c.Party] = c.State
		}
		return err
	}))
	return states
}

func (w *world) clockIs(name, want string) {
	w.Helper()
	if got := w.clocks()[name]; got != want {
		w.Errorf("the clock %s is %s, want %s", name, got, want)
	}
}

func (w *world) dueOf(party string) disclosure.Due {
	due := w.due()
	due.Case, due.Party = "c1", party
	return due
}

func TestAPublicationStopsTheClockOfItsOwnPartyOnly(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		for _, party := range []string{"p1", "p2"} {
			w.startClock(law.PublishDays, "公示期限", party, "publish", "withhold")
		}
		w.public(w.dueOf("p1"))
		w.clockIs("publish_days p1", deadline.Met)
		w.clockIs("publish_days p2", deadline.Open)
	})
}

func TestALatePublicationIsKeptAsLate(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.startClock(law.PublishDays, "公示期限", "p1", "publish", "withhold")
		due := w.dueOf("p1")
		id := w.owe(due)
		w.served(due.Decision, "2026-03-02")
		w.clock.Set(w.clock.Now().AddDate(0, 0, 30))
		hash := w.prepare(id)
		w.must(w.room.Check(w.ctx, w.second, id, hash))
		w.must(w.room.Publish(w.ctx, w.maker, id, hash))
		w.clockIs("publish_days p1", deadline.Missed)
	})
}

func TestAWithdrawalStopsItsClock(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		id := w.public(w.dueOf("p1"))
		w.startClock(law.WithdrawDays, "撤回公示期限", "p1", "withdraw", "withhold")
		w.falls(id, repealed)
		w.must(w.room.Withdraw(w.ctx, w.maker, id, disclosure.Withdrawal{Ground: disclosure.GroundRevoked, Document: repealed, Reason: "行政复议决定撤销。"}))
		w.clockIs("withdraw_days p1", deadline.Met)
	})
}

func TestARestoredDecisionIsDueAgainByItsOldDay(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.startClock(law.PublishDays, "公示期限", "p1", "publish", "withhold")
		id := w.owe(w.dueOf("p1"))
		w.must(w.room.Withhold(w.ctx, w.maker, id, disclosure.Withholding{Ground: "商业秘密", Reason: "配方", Approver: w.head}))
		w.clockIs("publish_days p1", deadline.Met)
		w.must(w.room.Restore(w.ctx, w.maker, id, disclosure.Restoration{Document: "示民密〔2026〕1号", Reason: "秘密已公开", Approver: w.head}))
		w.clockIs("publish_days p1", deadline.Open)
	})
}
