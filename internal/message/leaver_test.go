package message_test

import (
	"context"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/message"
	"mingjing/internal/testkit/world"
)

// Cases whose handler's account is disabled wait for the head of the unit, until they are with somebody who works.
func TestTheHeadOfTheUnitIsToldOfCasesWithoutAHandler(t *testing.T) {
	benches(t, func(t *testing.T, w bench) {
		c := w.Lead(world.Minor()).Open()
		told := func(who access.Actor) (n int) {
			t.Helper()
			list, err := w.room.Waiting(context.Background(), who)
			w.Must(err)
			for _, m := range list {
				if m.Sort == message.Leaving && m.Thing == w.Handler.Account {
					n++
				}
			}
			return n
		}
		if n := told(w.UnitHead); n != 0 {
			t.Fatalf("%d messages while the handler works", n)
		}
		w.Must(w.Write(func(tx *db.Tx) error {
			return access.Disable(tx, access.Founding(w.Agency.Code), w.Handler.Account, "调离")
		}))
		if told(w.UnitHead) != 1 || told(w.Approver) != 1 || told(w.Second) != 0 {
			t.Errorf("told of the leaver: the head of the unit %d, of the agency %d, a colleague %d", told(w.UnitHead), told(w.Approver), told(w.Second))
		}
		w.Must(w.Cases.HandOver(context.Background(), w.UnitHead, c.ID, w.Second.Account, "", "调离"))
		if n := told(w.UnitHead); n != 0 {
			t.Errorf("%d messages after the cases went", n)
		}
	})
}
