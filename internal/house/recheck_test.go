package house

import (
	"context"
	"strings"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/message"
	"mingjing/internal/recheck"
	"mingjing/internal/testkit/world"
)

// told are the alarms that somebody sees.
func told(w *world.World, actor access.Actor) (list []message.Message) {
	w.T.Helper()
	w.Read(func(tx *db.Tx) (err error) {
		list, err = message.Rechecked(tx, actor)
		return err
	})
	return list
}

func TestARowChangedByNightIsAnAlarmInTheMorning(t *testing.T) {
	h, w := lodge(t)
	ctx := context.Background()
	auditor := w.Administrator
	auditor.Roles = []string{access.RoleAuditor}
	w.Cases = h.Cases
	w.Lead(world.Minor())
	for range 2 { // the first look only notes when the round is due
		if _, err := h.Jobs.Drain(ctx); err != nil {
			t.Fatal(err)
		}
		w.Days(1)
	}
	if _, err := h.Jobs.Drain(ctx); err != nil {
		t.Fatal(err)
	}
	w.Read(func(tx *db.Tx) error {
		k, made, err := recheck.Last(tx, recheck.Done)
		if err == nil && (!made || !k.Report.Sound() || k.Report.Rows == 0) {
			t.Errorf("after a night: made %t, %+v", made, k.Report.Problems)
		}
		return err
	})
	if list := told(w, auditor); len(list) != 0 {
		t.Errorf("a sound store raises %v", list)
	}
	h.DB.Surround(db.Around{}) // past the program: nothing binds what is written
	w.Must(w.Write(func(tx *db.Tx) error {
		_, err := tx.Exec(`UPDATE case_file SET title = '别的案件'`)
		return err
	}))
	if _, err := h.Recheck(ctx); err != nil {
		t.Fatal(err)
	}
	for _, actor := range []access.Actor{auditor, w.Supervisor, w.Administrator} {
		list := told(w, actor)
		if len(list) != 1 || list[0].Sort != message.Unsound || !strings.Contains(list[0].Text, "case_file") || !strings.Contains(list[0].Text, "2026-03-04") {
			t.Errorf("%v is told %v", actor.Roles, list)
		}
	}
	if list := told(w, w.Handler); len(list) != 0 {
		t.Errorf("who handles cases is told %v", list)
	}
	w.Read(func(tx *db.Tx) error {
		list, err := ledger.Recent(tx, h.Agency.Code, ledger.Pick{Kind: "recheck."}, -1, 5)
		if err == nil && (len(list) != 3 || list[0].Ref["problems"] == "0" || list[1].Ref["problems"] != "0") {
			t.Errorf("the ledger has %v", list)
		}
		return err
	})
}

func TestAReCheckThatIsNoLongerMadeIsToldOf(t *testing.T) {
	h, w := lodge(t)
	if _, err := h.Recheck(context.Background()); err != nil {
		t.Fatal(err)
	}
	w.Days(3)
	if list := told(w, w.Administrator); len(list) != 0 {
		t.Errorf("after three days: %v", list)
	}
	w.Days(1)
	if list := told(w, w.Administrator); len(list) != 1 || !strings.Contains(list[0].Title, "停止") {
		t.Errorf("after four days: %v", list)
	}
}
