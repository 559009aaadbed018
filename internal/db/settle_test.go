package db_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"mingjing/internal/db"
)

// TestAStoreAtRestCopiesItsLogThoughItHasNotSeenTheNewestCommit: the writer's own connection has read nothing since another
// connection committed (a migration does), and the driver fails there when it is made to copy the log at once.
func TestAStoreAtRestCopiesItsLogThoughItHasNotSeenTheNewestCommit(t *testing.T) {
	ctx := context.Background()
	address := "sqlite:" + filepath.Join(t.TempDir(), "rest.db")
	d, err := db.Open(ctx, address, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Second) // the store settles half a second after the last command
	done := make(chan error, 1)
	go func() {
		done <- d.Write(ctx, "", func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE pub_clock SET version = version + 1`)
			return err
		})
	}()
	select {
	case err := <-done:
		if err != nil {
			t.Fatal(err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("the writer no longer answers")
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
}
