package ledger_test

import (
	"context"
	"database/sql"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"mingjing/internal/db"
	"mingjing/internal/ledger"
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

// BenchmarkVerify measures how many events in a second are recomputed in full, and beside it in the same run the bare
// hashing of the same bytes: each leaf, the commitment to its payload, and the node above it.
func BenchmarkVerify(b *testing.B) {
	d := testkit.SQLite(b, nil)
	dir := b.TempDir()
	key, err := ledger.CreateKey(dir)
	if err != nil {
		b.Fatal(err)
	}
	const events = 50000
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
	b.Logf("sequenced, read back and signed at %.0f events/s", events/time.Since(start).Seconds())
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		r, err := ledger.Verify(context.Background(), d, "bureau", key.Verifier("bureau"), ledger.VerifyOptions{})
		if err != nil || !r.Sound() {
			b.Fatalf("%+v, %v", r, err)
		}
	}
	b.StopTimer()
	verified := float64(b.N) * events / b.Elapsed().Seconds()
	b.ReportMetric(verified, "events/s")
	bare := hashRate(b, d)
	b.ReportMetric(bare, "bare-hashes/s")
	b.ReportMetric(bare/verified, "verify/bare")
}

// hashRate is how many events in a second are hashed on one processor, everything in memory.
func hashRate(b *testing.B, d *db.DB) float64 {
	b.Helper()
	var leaves, bodies [][]byte
	if err := d.Read(context.Background(), func(tx *db.Tx) error {
		return tx.Each(`SELECT e.leaf, p.body FROM event e JOIN payload p ON p.event = e.id LIMIT 50000`, nil, func(rows *sql.Rows) error {
			var leaf, body []byte
			err := rows.Scan(&leaf, &body)
			leaves, bodies = append(leaves, leaf), append(bodies, body)
			return err
		})
	}); err != nil {
		b.Fatal(err)
	}
	start := time.Now()
	rounds := 0
	for salt := make([]byte, 32); time.Since(start) < 300*time.Millisecond; rounds++ {
		var node tlog.Hash
		for i := range leaves {
			_ = ledger.Commitment(salt, bodies[i])
			node = tlog.NodeHash(node, tlog.RecordHash(leaves[i]))
		}
	}
	return float64(rounds*len(leaves)) / time.Since(start).Seconds()
}
