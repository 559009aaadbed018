//go:build unix

package world_test

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"mingjing/internal/casefile"
	"mingjing/internal/casefile/book"
	"mingjing/internal/db"
	"mingjing/internal/form"
	"mingjing/internal/ledger"
	"mingjing/internal/ledger/bound"
	"mingjing/internal/testkit"
	"mingjing/internal/testkit/world"
)

// BenchmarkWhatTheLedgerCosts measures which part of the throughput of real commands the ledger takes: 64 writers each record
// leads, of which every one is a document with its number, a case, a party and the events of both and the words about their
// rows. The ledger cannot be left out, since the rooms read their events back; so the same commands run once as they are and
// once with every event appended a second time, to a log that nobody reads, and the difference is what the events cost. Both
// arms look up what was appended. The words about the rows, which are read back for them, can be left out, and are in a
// third arm. All arms run in turn on stores of their own; the figures are medians of five rounds.
func BenchmarkWhatTheLedgerCosts(b *testing.B) {
	var plain, events, words, eventsWork, wordsWork []float64
	for b.Loop() {
		for range 5 {
			once := ledgered(b, arm{bind: true, look: true})
			twice := ledgered(b, arm{bind: true, look: true, again: true})
			bare := ledgered(b, arm{bind: true})
			unbound := ledgered(b, arm{})
			plain = append(plain, leads/bare.clock)
			events = append(events, 100*(twice.clock-once.clock)/bare.clock)
			words = append(words, 100*(bare.clock-unbound.clock)/bare.clock)
			eventsWork = append(eventsWork, 100*(twice.work-once.work)/bare.work)
			wordsWork = append(wordsWork, 100*(bare.work-unbound.work)/bare.work)
		}
	}
	b.ReportMetric(median(plain), "commands/s")
	b.ReportMetric(median(events), "%-for-events")
	b.ReportMetric(median(eventsWork), "%-for-events-by-cpu")
	b.ReportMetric(median(words), "%-for-words-about-rows")
	b.ReportMetric(median(wordsWork), "%-for-words-about-rows-by-cpu")
}

func median[T cmp.Ordered](list []T) T {
	slices.Sort(list)
	return list[len(list)/2]
}

// leads is how many commands a run makes, writers how many make them at once.
const (
	leads   = 640
	writers = 64
)

// effort is how long something took, on the clock and of the processors, in seconds. A machine that others share tells little by
// the clock.
type effort struct{ clock, work float64 }

func worked(b *testing.B) float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()).Seconds()
}

// arm is what runs around each command.
type arm struct{ bind, look, again bool }

// ledgered makes the commands on a store of its own and tells what they take.
func ledgered(b *testing.B, a arm) effort {
	b.Helper()
	clock := testkit.NewClock(b, world.Begins)
	d := testkit.SQLite(b, clock.Now)
	w := world.New(b, d, clock)
	papers := make([]form.Values, writers)
	for i := range papers {
		m := world.Minor()
		papers[i] = w.Complete("案源登记表", form.Values{"source": "监督检查", "discovered_on": w.Today().String(), "cause": m.Cause, "party": m.Parties[0],
			"facts": "经查，当事人" + m.Cause + "，情况属实。", "registered_by": w.Handler.Name})
	}
	d.Surround(a.around(w.Agency.Code))
	var wait sync.WaitGroup
	runtime.GC()
	start, before := time.Now(), worked(b)
	for i := range writers {
		wait.Go(func() {
			for range leads / writers {
				if _, err := w.Cases.Begin(context.Background(), w.Handler, book.Ordinary, casefile.Act{Papers: map[string]form.Values{"案源登记表": papers[i]}}); err != nil {
					b.Error(world.Why(err))
					return
				}
			}
		})
	}
	wait.Wait()
	return effort{time.Since(start).Seconds(), worked(b) - before}
}

// around binds the rows as the house does, and looks up and appends again what a command appended.
func (a arm) around(agency string) db.Around {
	binder, last := &bound.Binder{}, int64(-1)
	inner := binder.Around()
	return db.Around{Begin: func(tx *db.Tx) error {
		if !a.bind {
			_, err := tx.Exec(`DELETE FROM touched`)
			return err
		}
		return inner.Begin(tx)
	}, End: func(tx *db.Tx) error {
		if a.bind {
			if err := inner.End(tx); err != nil {
				return err
			}
		}
		if !a.look {
			return nil
		}
		if last < 0 {
			if err := tx.Row(`SELECT max(seq) - 8 FROM event WHERE agency = $1`, agency).Scan(&last); err != nil {
				return err
			}
		}
		list, err := ledger.After(tx, agency, last, 1000)
		for _, r := range list {
			last = r.Seq
			if !a.again || err != nil {
				continue
			}
			_, err = ledger.Append(tx, ledger.Event{Agency: agency + "/again", Kind: r.Kind, SubjectKind: r.SubjectKind, Subject: r.Subject, Occurred: r.Occurred, Actor: r.Actor, Ref: r.Ref, Payload: r.Payload})
		}
		return err
	}}
}
