package fault_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/testkit"
	"mingjing/internal/testkit/fault"
)

// bureau names the ledger of the small store.
const bureau = "siping-mzj"

// small makes a store with the ledger and one room, so that each of its bytes can be flipped: the whole schema is a
// megabyte. It leaves the store open, with more acknowledged commits in the log where the file is asked for with its log.
func small(t *testing.T, dir string) (*db.DB, *ledger.Log) {
	t.Helper()
	ctx := context.Background()
	key, err := ledger.CreateKey(dir)
	if err != nil {
		t.Fatal(err)
	}
	d, err := db.Open(ctx, "sqlite:"+filepath.Join(dir, "mingjing.db"), db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	err = d.Write(ctx, bureau, func(tx *db.Tx) error {
		for _, name := range []string{"00010_ledger.sql", "00011_ledger_guard.sqlite.sql", "00012_ledger_tree.sqlite.sql"} {
			text, err := os.ReadFile(filepath.Join(testkit.Root(t), "internal/db/migrations", name))
			if err != nil {
				return err
			}
			for _, statement := range statements(string(text)) {
				if _, err := tx.Exec(statement); err != nil {
					return fmt.Errorf("%s: %w", name, err)
				}
			}
		}
		_, err := tx.Exec(`CREATE TABLE officer (id TEXT PRIMARY KEY, name TEXT NOT NULL)`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return d, ledger.NewLog(d, key, dir, discard())
}

// statements takes a migration apart as its runner does: a trigger is one statement whatever semicolons it holds.
func statements(text string) (list []string) {
	for i, part := range strings.Split(text, "-- +goose StatementBegin") {
		whole, rest, _ := strings.Cut(part, "-- +goose StatementEnd")
		if i == 0 {
			whole, rest = "", part
		}
		for _, s := range append([]string{whole}, strings.Split(rest, ";\n")...) {
			lines := slices.DeleteFunc(strings.Split(s, "\n"), func(l string) bool { return strings.HasPrefix(strings.TrimSpace(l), "--") })
			if s := strings.TrimSpace(strings.Join(lines, "\n")); s != "" {
				list = append(list, s)
			}
		}
	}
	return list
}

// enter acknowledges n acts of a row and an event each.
func enter(t *testing.T, d *db.DB, n int) {
	t.Helper()
	for range n {
		if err := d.Write(context.Background(), bureau, func(tx *db.Tx) error {
			r, err := ledger.Append(tx, ledger.Event{Agency: bureau, Kind: "officer.added", SubjectKind: "officer", Subject: tx.NewID(), Actor: ledger.Actor{Account: "init"},
				Payload: map[string]string{"name": "秦望山"}})
			if err == nil {
				_, err = tx.Exec(`INSERT INTO officer (id, name) VALUES ($1, $2)`, r.Subject, strings.Repeat("秦望山", 1+int(r.Seq)))
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
}

// reading is everything that a store says: a digest over every cell of every table, and whether its ledger is sound.
func reading(path, dir string) (string, error) {
	ctx := context.Background()
	d, err := db.Open(ctx, "sqlite:"+path, db.Options{ReadOnly: true, Readers: 1})
	if err != nil {
		return "", err
	}
	defer d.Close()
	key, err := ledger.LoadKey(dir)
	if err != nil {
		return "", err
	}
	if err := errors.Join(d.Short(), ledger.NewLog(d, key, dir, discard()).CheckHistory(ctx)); err != nil {
		return "", err
	}
	known, err := os.ReadFile(ledger.LastCheckpointPath(dir, bureau))
	if err != nil {
		return "", err
	}
	report, err := ledger.Verify(ctx, d, bureau, key.Verifier(bureau), ledger.VerifyOptions{Known: string(known)})
	if err == nil && !report.Sound() {
		err = fmt.Errorf("not sound: %s", report.Problems[0].What)
	}
	if err != nil {
		return "", err
	}
	h := sha256.New()
	if err := d.Read(ctx, func(tx *db.Tx) error { return everything(tx, h) }); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func everything(tx *db.Tx, h hash.Hash) error {
	var names []string
	if err := tx.Each(`SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY name`, nil, func(rows *sql.Rows) error {
		var kind, name, table, text string
		err := rows.Scan(&kind, &name, &table, &text)
		fmt.Fprintln(h, kind, name, table, text)
		if kind == "table" && !strings.HasPrefix(name, "sqlite_") && !strings.Contains(text, "VIRTUAL") {
			names = append(names, name)
		}
		return err
	}); err != nil {
		return err
	}
	for _, name := range names {
		if err := table(tx, name, h); err != nil {
			return err
		}
	}
	return nil
}

// table reads every row in the order of the table and counts them once more over each index.
func table(tx *db.Tx, name string, h hash.Hash) error {
	rows, err := tx.Query(`SELECT * FROM "` + name + `"`)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	cells, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range cells {
		into[i] = &cells[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		fmt.Fprintf(h, "%s %v\n", name, cells)
	}
	return rows.Err()
}

// flips counts what came of flipping bits.
type flips struct{ detected, meaningless, silent atomic.Int64 }

func (f *flips) String() string {
	return fmt.Sprintf("%d flips, %d detected, %d without meaning, %d silent", f.detected.Load()+f.meaningless.Load()+f.silent.Load(), f.detected.Load(), f.meaningless.Load(), f.silent.Load())
}

// trim takes the frames of earlier rounds off the end of a log: SQLite begins a log anew in the same file, and what lies
// behind the frames of this round has other salts and is nobody's.
func trim(path string) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	const head, frame = 32, 24 + 4096
	for at := head; at+frame <= len(raw); at += frame {
		if string(raw[at+8:at+16]) != string(raw[16:24]) {
			return os.Truncate(path, int64(at))
		}
	}
	return nil
}

// stride is how far the bytes lie apart that are flipped: each one at full length.
func stride(t *testing.T, few int) int {
	if os.Getenv("MINGJING_CRASH_STRIDE") == "" {
		return few
	}
	return fault.Rounds(t, "MINGJING_CRASH_STRIDE", few, few)
}

// bit is the one that is flipped in a byte; at the beginning of a file every bit is.
func bits(at, head int) []byte {
	if at < head {
		return []byte{1, 2, 4, 8, 16, 32, 64, 128}
	}
	return []byte{1 << (at % 8)}
}

// each flips bits of a file of a folder, a copy for each worker, and asks what the folder says afterwards.
func each(t *testing.T, dir, name string, step, head int, ask func(dir string) (string, error)) *flips {
	t.Helper()
	want, err := inCopy(dir, "", nil, ask)
	if err != nil {
		t.Fatalf("the sound folder: %v", err)
	}
	raw, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	count, next := &flips{}, atomic.Int64{}
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for {
				at := int(next.Add(1) - 1)
				if at >= head {
					at = head + (at-head)*step
				}
				if at >= len(raw) || count.silent.Load() > 20 {
					return
				}
				if at >= max(head, 1) && at%(20000*step) < step {
					t.Logf("%s: at byte %d of %d, %s", name, at, len(raw), count)
				}
				for _, bit := range bits(at, head) {
					bad := slices.Clone(raw)
					bad[at] ^= bit
					got, err := inCopy(dir, name, bad, ask)
					switch {
					case err != nil:
						count.detected.Add(1)
					case got == want:
						count.meaningless.Add(1)
					default:
						count.silent.Add(1)
						t.Errorf("%s: bit %08b of byte %d changes what is read, and nothing says so", name, bit, at)
					}
				}
			}
		})
	}
	wait.Wait()
	return count
}

// inCopy asks a copy of a folder in which one file is another.
func inCopy(dir, name string, content []byte, ask func(dir string) (string, error)) (string, error) {
	_, work, done, err := folders()
	if err != nil {
		return "", err
	}
	defer done()
	if err := fault.Copy(dir, work); err != nil {
		return "", err
	}
	if name != "" {
		if err := os.WriteFile(filepath.Join(work, name), content, 0o600); err != nil {
			return "", err
		}
	}
	return ask(work)
}

func store(dir string) (string, error) { return reading(filepath.Join(dir, "mingjing.db"), dir) }

func TestNoFlippedBitOfADatabaseIsSilent(t *testing.T) {
	dir := t.TempDir()
	d, log := small(t, dir)
	enter(t, d, 40)
	if _, err := log.Checkpoint(context.Background(), bureau); err != nil {
		t.Fatal(err)
	}
	copied := t.TempDir()
	if err := errors.Join(d.Backup(context.Background(), filepath.Join(copied, "mingjing.db")), d.Close(), fault.Copy(filepath.Join(dir, "keys"), filepath.Join(copied, "keys"))); err != nil {
		t.Fatal(err)
	}
	for name, dir := range map[string]string{"the database": dir, "the database in a backup": copied} {
		begun := time.Now()
		info, err := os.Stat(filepath.Join(dir, "mingjing.db"))
		if err != nil {
			t.Fatal(err)
		}
		count := each(t, dir, "mingjing.db", stride(t, 487), 100, store)
		t.Logf("%s, %d bytes, every %d: %s, %s", name, info.Size(), stride(t, 487), count, time.Since(begun).Round(time.Second))
	}
}

func TestNoFlippedBitOfALogForgetsAnAcknowledgedAct(t *testing.T) {
	dir := t.TempDir()
	d, log := small(t, dir)
	defer d.Close()
	// The schema goes into the file first, so that the log holds acts only.
	time.Sleep(800 * time.Millisecond)
	free, held := make(chan struct{}), make(chan error, 1)
	defer close(free)
	// A reader that stays where the store stands now keeps everything newer in the log, however slow the machine is.
	go d.Read(context.Background(), func(tx *db.Tx) error {
		var n int
		held <- tx.Row(`SELECT count(*) FROM officer`).Scan(&n)
		<-free
		return nil
	})
	if err := <-held; err != nil {
		t.Fatal(err)
	}
	enter(t, d, 3)
	if _, err := log.Checkpoint(context.Background(), bureau); err != nil {
		t.Fatal(err)
	}
	enter(t, d, 3) // no checkpoint covers these
	// What lies there at this instant is what a killed process leaves.
	left := t.TempDir()
	if err := fault.Copy(dir, left); err != nil {
		t.Fatal(err)
	}
	if err := trim(filepath.Join(left, "mingjing.db-wal")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(left, "mingjing.db-wal"))
	if err != nil || info.Size() == 0 {
		t.Fatalf("there is no log to flip: %v", err)
	}
	begun := time.Now()
	count := each(t, left, "mingjing.db-wal", stride(t, 487), 32+24, store)
	t.Logf("the log, %d bytes, every %d: %s, %s", info.Size(), stride(t, 487), count, time.Since(begun).Round(time.Second))
	begun = time.Now()
	count = each(t, left, "mingjing.db-acked", 1, 1<<20, store)
	t.Logf("the note of acknowledged commits, every bit: %s, %s", count, time.Since(begun).Round(time.Second))
}

func discard() *slog.Logger { return slog.New(slog.DiscardHandler) }
