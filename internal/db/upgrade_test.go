package db_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"mingjing/internal/db"
	"mingjing/internal/ledger"
)

// oldVersion is the schema that the old store of these tests has: that of the ledger, before anything stood on it.
const oldVersion = 12

// killAt names the variable that makes this test binary a program that migrates a store and is killed before a statement.
const killAt = "MINGJING_KILL_AT"

func TestMain(m *testing.M) {
	at, err := strconv.Atoi(os.Getenv(killAt))
	if err != nil {
		os.Exit(m.Run())
	}
	n := 0
	db.Watch(func() {
		if n++; n == at {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
	})
	if err := migrate(os.Getenv("MINGJING_KILL_STORE")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func migrate(path string) error {
	d, err := db.Open(context.Background(), "sqlite:"+path, db.Options{})
	if err != nil {
		return err
	}
	return errors.Join(d.Migrate(context.Background()), d.Close())
}

// oldStore makes a store of the old version with a signed record of 40 events in it.
func oldStore(t *testing.T) (path string, key *ledger.Key) {
	t.Helper()
	ctx := context.Background()
	dir := t.TempDir()
	path = filepath.Join(dir, "old.db")
	d, err := db.Open(ctx, "sqlite:"+path, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.MigrateTo(ctx, oldVersion); err != nil {
		t.Fatal(err)
	}
	if key, err = ledger.CreateKey(dir); err != nil {
		t.Fatal(err)
	}
	if err := d.Write(ctx, "a", func(tx *db.Tx) error {
		for i := range 40 {
			if _, err := ledger.Append(tx, ledger.Event{Agency: "a", Kind: "case.noted", SubjectKind: "case", Subject: fmt.Sprint(i), Actor: ledger.Actor{Account: "h"}}); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := ledger.NewLog(d, key, dir, slog.New(slog.DiscardHandler)).Checkpoint(ctx, "a"); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return path, key
}

// looked is what is compared: the root of the record and the schema.
type looked struct{ root, schema string }

func look(t *testing.T, path string, key *ledger.Key) looked {
	t.Helper()
	ctx := context.Background()
	d, err := db.Open(ctx, "sqlite:"+path, db.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.Check(ctx); err != nil {
		t.Error(err)
	}
	r, err := ledger.Verify(ctx, d, "a", key.Verifier("a"), ledger.VerifyOptions{})
	if err != nil || !r.Sound() || r.Events != 40 || r.Signed != 40 {
		t.Errorf("the record: %+v, %v", r, err)
	}
	var schema strings.Builder
	if err := d.Read(ctx, func(tx *db.Tx) error {
		return tx.Each(`SELECT COALESCE(sql, '') FROM sqlite_schema ORDER BY type, name`, nil, func(rows *sql.Rows) error {
			var text string
			err := rows.Scan(&text)
			schema.WriteString(text + ";\n")
			return err
		})
	}); err != nil {
		t.Fatal(err)
	}
	return looked{r.Root.String(), schema.String()}
}

func TestAMigrationKilledBeforeAnyStatementLosesNothingAndIsCompletedByTheNextStart(t *testing.T) {
	old, key := oldStore(t)
	before := look(t, old, key)
	whole := filepath.Join(t.TempDir(), "whole.db")
	copyFile(t, old, whole)
	if err := migrate(whole); err != nil {
		t.Fatal(err)
	}
	after := look(t, whole, key)
	if after.root != before.root || after.schema == before.schema {
		t.Fatalf("the root went from %s to %s", before.root, after.root)
	}
	step := 181
	if os.Getenv("MINGJING_FULL") != "" {
		step = 31
	}
	if n, err := strconv.Atoi(os.Getenv("MINGJING_KILL_STEP")); err == nil {
		step = n
	}
	// The statements are shared out among workers; the first that is past the last one ends it.
	var next, kills, end atomic.Int64
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for end.Load() == 0 && !t.Failed() {
				at := 1 + int(next.Add(1)-1)*step
				if !survives(t, old, at, key, before, after) {
					end.Store(int64(at))
					return
				}
				if n := kills.Add(1); n%200 == 0 {
					t.Logf("%d kills so far, every %d statements", n, step)
				}
			}
		})
	}
	wait.Wait()
	if kills.Load() < 5 {
		t.Errorf("only %d kills", kills.Load())
	}
	t.Logf("%d kills, before every %d of some %d statements; root %s before and after each", kills.Load(), step, end.Load(), before.root)
}

// survives kills a migration before a statement and completes it by another start; false where there were not so many.
func survives(t *testing.T, old string, at int, key *ledger.Key, before, after looked) bool {
	dir, err := os.MkdirTemp(t.TempDir(), "")
	if err != nil {
		t.Error(err)
		return true
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "store.db")
	copyFile(t, old, path)
	if !killed(t, path, at) {
		return false
	}
	if err := migrate(path); err != nil {
		t.Errorf("killed before statement %d: the next start: %v", at, err)
		return true
	}
	if got := look(t, path, key); got != after {
		t.Errorf("killed before statement %d: another store came of it: root %s, want %s", at, got.root, after.root)
	}
	if kept := look(t, path+".v00012", key); kept.root != before.root {
		t.Errorf("killed before statement %d: the copy from before has the root %s", at, kept.root)
	}
	return true
}

// killed runs a migration of a store and kills it before a statement; it tells whether there were so many.
func killed(t *testing.T, path string, at int) bool {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), killAt+"="+strconv.Itoa(at), "MINGJING_KILL_STORE="+path)
	said, err := child.CombinedOutput()
	if err == nil {
		return false
	}
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != -1 {
		t.Errorf("killed before statement %d: %v %s", at, err, said)
	}
	return true
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	raw, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, raw, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestACopyStandsBesideTheStoreFromBeforeEachChangeOfItsSchema(t *testing.T) {
	path, key := oldStore(t)
	for range 2 {
		if err := migrate(path); err != nil {
			t.Fatal(err)
		}
	}
	list, err := filepath.Glob(path + ".*")
	if err != nil || len(list) != 1 || list[0] != path+".v00012" {
		t.Fatalf("beside the store: %v, %v", list, err)
	}
	look(t, path+".v00012", key)
	// The old copy is put back, worked on, and brought up again: both states are kept.
	copyFile(t, path+".v00012", path)
	d, err := db.Open(context.Background(), "sqlite:"+path, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Write(context.Background(), "b", func(tx *db.Tx) error {
		_, err := tx.Exec(`INSERT INTO ledger_head (agency, size, origin) VALUES ('b', 0, 'mingjing/b')`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(d.Migrate(context.Background()), d.Close()); err != nil {
		t.Fatal(err)
	}
	if list, err := filepath.Glob(path + ".v*"); err != nil || len(list) != 2 {
		t.Errorf("beside the store: %v, %v", list, err)
	}
}

// TestThisProgramRunsOnAStoreThatALaterOneHasExtended: what a later program adds is not in this one's way (expand first,
// contract when no older program runs any more).
func TestThisProgramRunsOnAStoreThatALaterOneHasExtended(t *testing.T) {
	path, key := oldStore(t)
	if err := migrate(path); err != nil {
		t.Fatal(err)
	}
	d, err := db.Open(context.Background(), "sqlite:"+path, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Write(context.Background(), "a", func(tx *db.Tx) error {
		for _, statement := range []string{`CREATE TABLE later (id TEXT PRIMARY KEY)`, `ALTER TABLE payload ADD COLUMN later TEXT NOT NULL DEFAULT ''`,
			`INSERT INTO goose_db_version (version_id, is_applied, tstamp) VALUES (99999, 1, '2030-01-01')`} {
			if _, err := tx.Exec(statement); err != nil {
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
	if err := migrate(path); err != nil {
		t.Errorf("a start: %v", err)
	}
	look(t, path, key)
	if list, err := filepath.Glob(path + ".v*"); err != nil || len(list) != 1 {
		t.Errorf("copies beside the store: %v, %v", list, err)
	}
}
