package db_test

import (
	"context"
	"path/filepath"
	"testing"

	"mingjing/internal/db"
	"mingjing/internal/testkit"
)

func TestABackupHoldsWhatWasAcknowledgedAndOpensLikeTheStore(t *testing.T) {
	ctx := context.Background()
	d := testkit.SQLite(t, nil)
	for _, agency := range []string{"a", "b", "c"} {
		if err := d.Write(ctx, agency, func(tx *db.Tx) error {
			_, err := tx.Exec(`INSERT INTO ledger_head (agency, size, origin) VALUES ($1, 0, '')`, agency)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "copy.db")
	if err := d.Backup(ctx, path); err != nil {
		t.Fatal(err)
	}
	if err := d.Backup(ctx, path); err == nil {
		t.Error("a second backup overwrote the first")
	}
	again, err := db.Open(ctx, "sqlite:"+path, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	var n int
	if err := again.Read(ctx, func(tx *db.Tx) error { return tx.Row(`SELECT count(*) FROM ledger_head`).Scan(&n) }); err != nil || n != 3 {
		t.Fatalf("the copy holds %d rows, %v", n, err)
	}
}
