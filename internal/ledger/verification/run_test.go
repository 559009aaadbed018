package verification_test

import (
	"context"
	"log/slog"
	"testing"

	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/ledger/gm"
	"mingjing/internal/ledger/verification"
	"mingjing/internal/testkit"
)

func TestTheNewestVerificationIsKeptWithWhatItFound(t *testing.T) {
	testkit.Stores(t, func(t *testing.T, d *db.DB) {
		ctx, folder := context.Background(), t.TempDir()
		key, err := ledger.CreateKey(folder)
		must(t, err)
		sm2, err := gm.OpenKey(folder)
		must(t, err)
		write := func(run func(tx *db.Tx) error) { t.Helper(); must(t, d.Write(ctx, "a1", run)) }
		write(func(tx *db.Tx) error {
			for range 5 {
				if _, err := ledger.Append(tx, ledger.Event{Agency: "a1", Kind: "case.opened", SubjectKind: "case", Subject: "c", Actor: ledger.Actor{Account: "a"}}); err != nil {
					return err
				}
			}
			return nil
		})
		c, err := ledger.NewLog(d, key, folder, slog.New(slog.DiscardHandler)).Checkpoint(ctx, "a1")
		must(t, err)
		_, err = gm.Make(ctx, d, sm2, "a1", c.Size)
		must(t, err)
		last := func() (r verification.Result, ever bool) {
			t.Helper()
			must(t, d.Read(ctx, func(tx *db.Tx) (err error) { r, ever, err = verification.Last(tx, "a1"); return err }))
			return r, ever
		}
		if _, ever := last(); ever {
			t.Error("a log that was never verified has a result")
		}
		keys := verification.Keys{Log: key.Verifier("a1"), SM2: sm2.Verifier(gm.Origin("a1"))}
		made, err := verification.Run(ctx, d, "a1", keys, nil)
		must(t, err)
		if r, _ := last(); !r.Sound() || r.Events != 5 || r.Seals != 1 || r.Root != made.Root || !r.At.Equal(made.At) {
			t.Errorf("kept is %+v of %+v", r, made)
		}
		off := map[db.Engine]string{db.SQLite: `DROP TRIGGER event_no_update`, db.Postgres: `ALTER TABLE event DISABLE TRIGGER event_no_change`}[d.Engine()]
		write(func(tx *db.Tx) error { _, err := tx.Exec(off); return err })
		write(func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE event SET leaf = replace(leaf, 'opened', 'closed') WHERE seq = 2`)
			return err
		})
		_, err = verification.Run(ctx, d, "a1", keys, nil)
		must(t, err)
		r, _ := last()
		if r.Sound() || len(r.Named) < 2 || r.Named[0].Seq != 2 || r.Named[len(r.Named)-1].Seq != -1 {
			t.Errorf("after an edit kept is %+v", r)
		}
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
