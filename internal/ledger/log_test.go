package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"testing"

	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/testkit"
)

const bureau = "四平市民政局"

// world is a store with a key and a log beside it.
type world struct {
	t   *testing.T
	d   *db.DB
	dir string
	key *ledger.Key
	log *ledger.Log
}

func newWorld(t *testing.T, d *db.DB) *world {
	t.Helper()
	w := &world{t: t, d: d, dir: t.TempDir()}
	key, err := ledger.CreateKey(w.dir)
	if err != nil {
		t.Fatal(err)
	}
	w.key, w.log = key, ledger.NewLog(d, key, w.dir, slog.New(slog.DiscardHandler))
	return w
}

// append records count events, several in one command, and gives the last.
func (w *world) append(count int) (last ledger.Record) {
	w.t.Helper()
	for count > 0 {
		err := w.d.Write(context.Background(), bureau, func(tx *db.Tx) error {
			for range min(count, 500) {
				var err error
				if last, err = ledger.Append(tx, event(bureau, fmt.Sprint("case-", count%7))); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			w.t.Fatal(err)
		}
		count -= min(count, 500)
	}
	return last
}

func (w *world) checkpoint() ledger.Checkpoint {
	w.t.Helper()
	c, err := w.log.Checkpoint(context.Background(), bureau)
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

func (w *world) verify() ledger.Report {
	w.t.Helper()
	r, err := ledger.Verify(context.Background(), w.d, bureau, w.key.Verifier(bureau), ledger.VerifyOptions{})
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

// sql runs statements in one command, as somebody with the database password would.
func (w *world) sql(statements ...string) {
	w.t.Helper()
	err := w.d.Write(context.Background(), bureau, func(tx *db.Tx) error {
		for _, s := range statements {
			if _, err := tx.Exec(s); err != nil {
				return fmt.Errorf("%s: %w", s, err)
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func TestACheckpointCoversEveryEventAndTheNextOneExtendsIt(t *testing.T) {
	testkit.Stores(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		if _, err := w.log.Checkpoint(context.Background(), bureau); !errors.Is(err, ledger.ErrNothingToSign) {
			t.Fatalf("an empty ledger gave %v", err)
		}
		total := int64(0)
		for _, count := range []int{1, 1, 2, 3, 57, 999, 1, 1100} {
			w.append(count)
			total += int64(count)
			c := w.checkpoint()
			if c.Size != total || c.Origin != "mingjing/"+bureau {
				t.Fatalf("the checkpoint says %s %d, want %d events", c.Origin, c.Size, total)
			}
			if again := w.checkpoint(); again != c {
				t.Fatalf("without new events the checkpoint changed from %v to %v", c, again)
			}
		}
		w.append(5)
		r := w.verify()
		if !r.Sound() || r.Events != total+5 || r.Size != total || r.Signed != total || r.Checkpoints != 8 {
			t.Fatalf("verify found %+v", r)
		}
		if c := w.checkpoint(); c.Root == r.Root || w.verify().Root != c.Root {
			t.Fatal("the recomputed root is not the signed one")
		}
	})
}

func TestTheLogSignsNothingThatTheStoreNoLongerHolds(t *testing.T) {
	tampers := map[string]string{
		"a leaf of an earlier page": `UPDATE event SET leaf = replace(leaf, 'handler', 'auditor') WHERE seq = 12`,
		"a hash of a leaf":          `UPDATE event SET leaf_hash = (SELECT leaf_hash FROM event e WHERE e.seq = 1) WHERE seq = 12`,
		"a deleted event":           `DELETE FROM event WHERE seq = 12`,
		"a deleted tree hash":       `DELETE FROM tree_hash WHERE idx = 17`,
		"a peak of the signed tree": `UPDATE tree_hash SET hash = (SELECT hash FROM tree_hash h WHERE h.idx = 0) WHERE idx = 14`,
	}
	testkit.Stores(t, func(t *testing.T, d *db.DB) {
		(&world{t: t, d: d}).dropTriggers()
		for name, tamper := range tampers {
			t.Run(name, func(t *testing.T) {
				w := newWorld(t, d)
				w.empty()
				w.append(10)
				w.checkpoint()
				w.append(10)
				w.sql(tamper)
				if c, err := w.log.Checkpoint(context.Background(), bureau); err == nil {
					t.Fatalf("signed %d events", c.Size)
				}
			})
		}
	})
}

func TestTheLogRunsForAllAgenciesUntilItIsStopped(t *testing.T) {
	testkit.Stores(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		ctx, stop := context.WithCancel(context.Background())
		for _, agency := range []string{"a", "b"} {
			if err := d.Write(ctx, agency, func(tx *db.Tx) error {
				_, err := ledger.Append(tx, event(agency, "s"))
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
		done := make(chan error)
		go func() { done <- w.log.Run(ctx, 1) }()
		for signed := 0; signed < 2; {
			if err := d.Read(context.Background(), func(tx *db.Tx) error {
				return tx.Row(`SELECT count(*) FROM checkpoint`).Scan(&signed)
			}); err != nil {
				t.Fatal(err)
			}
		}
		stop()
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	})
}

func TestAStartRefusesADatabaseThatLacksWhatWasSigned(t *testing.T) {
	cases := []struct {
		name, want string
		tamper     []string
	}{
		{"nothing changed", "", nil},
		{"the tail is cut everywhere", "缺第 15 至 19 号", []string{
			`DELETE FROM event WHERE seq >= 15`, `DELETE FROM tree_hash WHERE idx >= 26`, `DELETE FROM checkpoint WHERE size > 10`, `UPDATE ledger_head SET size = 15`}},
		{"the last event is gone", "缺第 19 至 19 号", []string{`DELETE FROM event WHERE seq >= 19`}},
		{"the tree is gone", "缺第 0 至 19 号", []string{`DELETE FROM tree_hash`}},
		{"an event near the end is edited", "另一段历史", []string{`UPDATE event SET leaf = replace(leaf, 'handler', 'auditor') WHERE seq = 19`}},
		{"a node of the tree is edited", "另一段历史", []string{`UPDATE tree_hash SET hash = (SELECT hash FROM tree_hash h WHERE h.idx = 0) WHERE idx = 30`}},
		{"everything is gone", "缺第 0 至 19 号", []string{`DELETE FROM event`, `DELETE FROM tree_hash`, `DELETE FROM checkpoint`, `DELETE FROM ledger_head`}},
	}
	testkit.Stores(t, func(t *testing.T, d *db.DB) {
		(&world{t: t, d: d}).dropTriggers()
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				w := newWorld(t, d)
				w.empty()
				w.append(10)
				w.checkpoint()
				w.append(10)
				w.checkpoint()
				w.append(3)
				w.sql(c.tamper...)
				err := w.log.CheckHistory(context.Background())
				if c.want == "" {
					if err != nil {
						t.Fatalf("refused a whole history: %v", err)
					}
					return
				}
				var history *ledger.HistoryError
				if !errors.As(err, &history) || !strings.Contains(history.Message(), c.want) {
					t.Fatalf("answered %v, want %q", err, c.want)
				}
			})
		}
	})
}

func TestACheckpointKeptApartThatIsDamagedIsRefused(t *testing.T) {
	w := newWorld(t, testkit.SQLite(t, nil))
	w.append(3)
	c := w.checkpoint()
	path := ledger.LastCheckpointPath(w.dir, bureau)
	for i := range len(c.Note) {
		flipped := []byte(c.Note)
		flipped[i] ^= 1
		if err := os.WriteFile(path, flipped, 0o600); err != nil {
			t.Fatal(err)
		}
		var history *ledger.HistoryError
		if err := w.log.CheckHistory(context.Background()); !errors.As(err, &history) {
			t.Fatalf("byte %d flipped: %v", i, err)
		}
	}
	if again := w.checkpoint(); again != c {
		t.Fatal("the checkpoint changed")
	}
	if err := w.log.CheckHistory(context.Background()); err != nil {
		t.Fatalf("the next checkpoint did not mend the file: %v", err)
	}
}

func TestAKeyFileIsPrivateAndEveryFlippedBitIsSeen(t *testing.T) {
	dir := t.TempDir()
	if _, err := ledger.LoadKey(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("a missing key gave %v", err)
	}
	key, err := ledger.CreateKey(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ledger.CreateKey(dir); !errors.Is(err, fs.ErrExist) {
		t.Fatalf("a second key over the first gave %v", err)
	}
	path := ledger.KeyPath(dir)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if loaded, err := ledger.LoadKey(dir); err != nil || loaded.Verifier("a") != key.Verifier("a") {
		t.Fatalf("loaded another key: %v", err)
	}
	for bit := range len(text) * 8 {
		flipped := []byte(string(text))
		flipped[bit/8] ^= 1 << (bit % 8)
		if err := os.WriteFile(path, flipped, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := ledger.LoadKey(dir); err == nil {
			t.Fatalf("bit %d flipped unseen", bit)
		}
	}
	if err := errors.Join(os.WriteFile(path, text, 0o600), os.Chmod(path, 0o644)); err != nil {
		t.Fatal(err)
	}
	if _, err := ledger.LoadKey(dir); !errors.Is(err, ledger.ErrExposedKey) {
		t.Fatalf("a key that others may read gave %v", err)
	}
}

func TestAnAgencyWhoseIdCannotNameALogIsRefused(t *testing.T) {
	d := testkit.SQLite(t, nil)
	for _, agency := range []string{"", "a b", "a+b", "a\nb", "\xff"} {
		err := d.Write(context.Background(), "x", func(tx *db.Tx) error {
			_, err := ledger.Append(tx, event(agency, "s"))
			return err
		})
		if err == nil {
			t.Errorf("agency %q has a ledger", agency)
		}
	}
}
