package db_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"mingjing/internal/db"
)

// The byte at 20 says how much of each page is kept for its checksum. One flipped bit makes it zero: checksums would be off
// for the whole file, its pages would be laid out otherwise, and the next start would write it anew in that state.
func TestAHeaderThatSwitchesTheChecksumsOffByOneBitIsRefusedAndLeftAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	open := func() (*db.DB, error) { return db.Open(context.Background(), "sqlite:"+path, db.Options{}) }
	d, err := open()
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Write(context.Background(), "a", func(tx *db.Tx) error {
		if _, err := tx.Exec(`CREATE TABLE paper (body TEXT)`); err != nil {
			return err
		}
		for range 50 {
			if _, err := tx.Exec(`INSERT INTO paper VALUES ($1)`, "决定"); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	raw[20] ^= 8
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	if d, err := open(); err == nil || !db.IsCorrupt(err) {
		if err == nil {
			d.Close()
		}
		t.Errorf("the file opens: %v", err)
	}
	after, err := os.ReadFile(path)
	if err != nil || string(after) != string(raw) {
		t.Errorf("the file was rewritten: %v", err)
	}
}
