package db_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"mingjing/internal/db"
)

func TestAStoreThatLacksAnAcknowledgedCommitTakesNothingMoreAndKeepsItsLog(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "test.db")
	d, err := db.Open(context.Background(), "sqlite:"+path, db.Options{})
	if err == nil {
		err = d.Migrate(context.Background())
	}
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	release := hold(t, d)
	defer release()
	for _, agency := range []string{"a", "b", "c"} {
		if err := head(d, agency); err != nil {
			t.Fatal(err)
		}
	}
	left := filepath.Join(t.TempDir(), "left.db")
	for _, end := range []string{"", "-wal", "-acked"} {
		raw, err := os.ReadFile(path + end)
		if err != nil {
			t.Fatal(err)
		}
		if end == "-wal" {
			raw[len(raw)-100] ^= 1
		}
		if err := os.WriteFile(left+end, raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	short, err := db.Open(context.Background(), "sqlite:"+left, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var lost *db.ShortError
	if err := head(short, "d"); !errors.As(err, &lost) || lost.Acked != lost.Have+1 || !strings.Contains(lost.Message(), "缺 1 次") {
		t.Errorf("the command was told %v", err)
	}
	if n := heads(t, short); n != 2 {
		t.Errorf("%d rows are read, want what is left", n)
	}
	if err := short.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(left + "-wal-kept"); err != nil {
		t.Errorf("the log is gone with what lies behind the flipped bit: %v", err)
	}
}

// hold keeps a reader where the store stands now, so that nothing newer is copied out of the log until it is released.
func hold(t *testing.T, d *db.DB) (release func()) {
	t.Helper()
	held, free, gone := make(chan error, 1), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		_ = d.Read(context.Background(), func(tx *db.Tx) error {
			var n int
			held <- tx.Row(`SELECT count(*) FROM ledger_head`).Scan(&n)
			<-free
			return nil
		})
	}()
	if err := <-held; err != nil {
		t.Fatal(err)
	}
	return sync.OnceFunc(func() { close(free); <-gone })
}
