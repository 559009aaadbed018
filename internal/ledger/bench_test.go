package ledger_test

import (
	"context"
	"database/sql"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/ledger/leaf"
	"mingjing/internal/testkit"
)

// BenchmarkAppendBy64Writers measures durable commands of one event each, and beside them in the same run the bare
// fdatasync of the same disk, so that the quotient says something on any machine.
func BenchmarkAppendBy64Writers(b *testing.B) {
	d := testkit.SQLite(b, nil)
	var left atomic.Int64
	left.Store(int64(b.N))
	b.ReportAllocs()
	b.ResetTimer()
	var wait sync.WaitGroup
	for w := range 64 {
		wait.Go(func() {
			for left.Add(-1) >= 0 {
				if err := d.Write(context.Background(), "bureau", func(tx *db.Tx) error {
					_, err := ledger.Append(tx, event("bureau", strconv.Itoa(w)))
					return err
				}); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wait.Wait()
	b.StopTimer()
	commands := float64(b.N) / b.Elapsed().Seconds()
	b.ReportMetric(commands, "commands/s")
	syncs := syncRate(b)
	b.ReportMetric(syncs, "fdatasync/s")
	b.ReportMetric(commands/syncs, "commands/fdatasync")
}

// syncRate is how often in a second the disk of the tests makes a 4 KiB block durable.
func syncRate(b *testing.B) float64 {
	b.Helper()
	f, err := os.Create(filepath.Join(b.TempDir(), "sync"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	if _, err := f.Write(make([]byte, 1<<20)); err != nil {
		b.Fatal(err)
	}
	block := make([]byte, 4096)
	const rounds = 3000
	start := time.Now()
	for i := range rounds {
		if _, err := f.WriteAt(block, int64(i%256)*4096); err != nil {
			b.Fatal(err)
		}
		if err := syscall.Fdatasync(int(f.Fd())); err != nil {
			b.Fatal(err)
		}
	}
	return rounds / time.Since(start).Seconds()
}

func event(agency, subject string) ledger.Event {
	return ledger.Event{Agency: agency, Kind: "case.lead_recorded", SubjectKind: "case", Subject: subject,
		Actor: ledger.Actor{Account: "account-1", Role: "handler"}, Ref: map[string]string{"number": "四民罚立字〔2026〕1号"},
		Payload: map[string]string{"party": "张三", "address": "某市某区某街1号"}}
}

// BenchmarkVerify measures how long it takes to recompute a ledger in full, and beside it in the same run the bare hashing of
// the same bytes: each leaf, the commitment to its payload, and the node above it. The quotient is the median of five pairs.
// MINGJING_VERIFY says over how many events; a million takes some minutes to make.
func BenchmarkVerify(b *testing.B) {
	d := testkit.SQLite(b, nil)
	dir := b.TempDir()
	key, err := ledger.CreateKey(dir)
	if err != nil {
		b.Fatal(err)
	}
	events := 50000
	if many, err := strconv.Atoi(os.Getenv("MINGJING_VERIFY")); err == nil {
		events = many
	}
	for range events / 1000 {
		if err := d.Write(context.Background(), "bureau", func(tx *db.Tx) error {
			for i := range 1000 {
				if _, err := ledger.Append(tx, event("bureau", strconv.Itoa(i))); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			b.Fatal(err)
		}
	}
	start := time.Now()
	if _, err := ledger.NewLog(d, key, dir, slog.New(slog.DiscardHandler)).Checkpoint(context.Background(), "bureau"); err != nil {
		b.Fatal(err)
	}
	b.Logf("sequenced, read back and signed at %.0f events/s", float64(events)/time.Since(start).Seconds())
	bare := newReference(b, d)
	var took, quotients []float64
	b.ReportAllocs()
	for b.Loop() {
		for range 5 {
			start := time.Now()
			r, err := ledger.Verify(context.Background(), d, "bureau", key.Verifier("bureau"), ledger.VerifyOptions{})
			verified := time.Since(start).Seconds()
			if err != nil || !r.Sound() {
				b.Fatalf("%+v, %v", r, err)
			}
			took, quotients = append(took, verified), append(quotients, verified/bare.hash(events))
		}
	}
	b.ReportMetric(float64(events)/median(took), "events/s")
	b.ReportMetric(median(quotients), "verify/bare")
}

func median(list []float64) float64 {
	slices.Sort(list)
	return list[len(list)/2]
}

// reference is what is hashed, in memory.
type reference struct{ leaves, bodies [][]byte }

func newReference(b *testing.B, d *db.DB) (r reference) {
	b.Helper()
	if err := d.Read(context.Background(), func(tx *db.Tx) error {
		return tx.Each(`SELECT e.leaf, p.body FROM event e JOIN payload p ON p.event = e.id LIMIT 50000`, nil, func(rows *sql.Rows) error {
			var leaf, body []byte
			err := rows.Scan(&leaf, &body)
			r.leaves, r.bodies = append(r.leaves, leaf), append(r.bodies, body)
			return err
		})
	}); err != nil {
		b.Fatal(err)
	}
	return r
}

// hash hashes so many events on one processor and tells how many seconds that took.
func (r reference) hash(events int) float64 {
	start := time.Now()
	salt := make([]byte, 32)
	var node tlog.Hash
	for i := range events {
		i %= len(r.leaves)
		_ = leaf.Commitment(salt, r.bodies[i])
		node = tlog.NodeHash(node, tlog.RecordHash(r.leaves[i]))
	}
	return time.Since(start).Seconds()
}
