package db_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"mingjing/internal/db"
	"mingjing/internal/testkit"
	"mingjing/internal/testkit/fault"
)

// onDisk opens a migrated store on a disk that can be made to fail.
func onDisk(t *testing.T) (*db.DB, *fault.Disk) {
	t.Helper()
	disk := fault.NewDisk(fault.Plan{})
	t.Cleanup(disk.Close)
	d, err := db.Open(context.Background(), "sqlite:"+filepath.Join(t.TempDir(), "test.db"), db.Options{Disk: disk.Name()})
	if err == nil {
		err = d.Migrate(context.Background())
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d, disk
}

func head(d *db.DB, agency string) error {
	return d.Write(context.Background(), agency, func(tx *db.Tx) error {
		_, err := tx.Exec(`INSERT INTO ledger_head (agency, size, origin) VALUES ($1, 0, '')`, agency)
		return err
	})
}

func heads(t *testing.T, d *db.DB) (n int) {
	t.Helper()
	if err := d.Read(context.Background(), func(tx *db.Tx) error { return tx.Row(`SELECT count(*) FROM ledger_head`).Scan(&n) }); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAStoreWhoseDiskFailsTakesNoCommandUntilTheDiskIsGoodAgain(t *testing.T) {
	for name, failure := range map[string]fault.Failure{
		"no room":      {Op: fault.Write, At: 1, Times: -1, Full: true},
		"failed write": {Op: fault.Write, At: 1, Times: -1},
		"failed sync":  {Op: fault.Sync, At: 1, Times: -1},
	} {
		t.Run(name, func(t *testing.T) {
			d, disk := onDisk(t)
			if err := head(d, "before"); err != nil {
				t.Fatal(err)
			}
			disk.Load(fault.Plan{Failures: []fault.Failure{failure}})
			var wait sync.WaitGroup
			for i := range 20 {
				wait.Go(func() {
					var halted *db.HaltError
					if err := head(d, fmt.Sprint("during-", i)); !errors.As(err, &halted) || halted.Full != failure.Full {
						t.Errorf("the command was told %v", err)
					}
				})
			}
			wait.Wait()
			if h, halted := d.Halted(); !halted || h.Full != failure.Full || h.Cause == nil {
				t.Fatalf("the store says %+v, %v", h, halted)
			}
			if n := heads(t, d); n != 1 {
				t.Errorf("%d rows are read, want the one that was acknowledged", n)
			}
			time.Sleep(1500 * time.Millisecond)
			if _, halted := d.Halted(); !halted {
				t.Error("the store takes commands though the disk still fails")
			}
			disk.Mend()
			for end := time.Now().Add(10 * time.Second); ; time.Sleep(50 * time.Millisecond) {
				if _, halted := d.Halted(); !halted {
					break
				}
				if time.Now().After(end) {
					t.Fatal("the store does not recover by itself")
				}
			}
			if err := head(d, "after"); err != nil {
				t.Fatal(err)
			}
			if n := heads(t, d); n != 2 {
				t.Errorf("%d rows are read, want the two that were acknowledged", n)
			}
		})
	}
}

func TestARefusedCommandAndADuplicateDoNotHaltTheStore(t *testing.T) {
	d, _ := onDisk(t)
	for range 2 {
		_ = head(d, "twice")
	}
	if err := d.Write(context.Background(), "a", func(*db.Tx) error { return errors.New("not so") }); err == nil {
		t.Fatal("the command went through")
	}
	if h, halted := d.Halted(); halted {
		t.Fatalf("the store is halted: %v", h.Cause)
	}
}

func TestTheDiskErrorsOfPostgreSQLAreKnown(t *testing.T) {
	for code, bad := range map[string]bool{"53100": true, "58030": true, "25006": true, "23505": false, "40001": false} {
		if got := db.BadDisk(fmt.Errorf("write: %w", &pgconn.PgError{Code: code})); got != bad {
			t.Errorf("%s: %v", code, got)
		}
	}
}

func TestAServerThatIsReadOnlyHaltsTheStoreUntilItWritesAgain(t *testing.T) {
	testkit.Stores(t, func(t *testing.T, d *db.DB) {
		if d.Engine() != db.Postgres {
			t.Skip("the disk of SQLite is tried above")
		}
		err := d.Write(context.Background(), "a", func(tx *db.Tx) error {
			if _, err := tx.Exec(`SET TRANSACTION READ ONLY`); err != nil {
				return err
			}
			_, err := tx.Exec(`INSERT INTO ledger_head (agency, size, origin) VALUES ('a', 0, '')`)
			return err
		})
		var halted *db.HaltError
		if !errors.As(err, &halted) {
			t.Fatalf("the command was told %v", err)
		}
		if err := head(d, "b"); !errors.As(err, &halted) {
			t.Errorf("the next command was told %v", err)
		}
		for end := time.Now().Add(10 * time.Second); head(d, "c") != nil; time.Sleep(50 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatal("the store does not recover by itself")
			}
		}
	})
}
