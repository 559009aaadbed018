package db_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
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

// TestACopyMadeOutOfTheLogHasItsChecksums: pages that lie in the log carry the checksum of what they were before, and were
// once copied with it.
func TestACopyMadeOutOfTheLogHasItsChecksums(t *testing.T) {
	ctx := context.Background()
	d := testkit.SQLite(t, nil)
	for range 3 {
		if err := d.Write(ctx, "a", func(tx *db.Tx) error {
			for range 3000 {
				if _, err := tx.Exec(`INSERT INTO payload (event, salt, body) VALUES ($1, '', $2)`, tx.NewID(), strings.Repeat("x", 900)); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "copy.db")
		if err := d.Backup(ctx, path); err != nil {
			t.Fatal(err)
		}
		copied, err := db.Open(ctx, "sqlite:"+path, db.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := copied.Check(ctx); err != nil {
			t.Error(err)
		}
		copied.Close()
		flip(t, path)
		copied, err = db.Open(ctx, "sqlite:"+path, db.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := copied.Check(ctx); !db.IsCorrupt(err) {
			t.Errorf("a flipped bit in the copy: %v", err)
		}
		copied.Close()
	}
}

// flip turns one bit in the middle of a file.
func flip(t *testing.T, path string) {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	raw[len(raw)/2] ^= 1
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
}
