package job_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"mingjing/internal/db"
	"mingjing/internal/job"
	"mingjing/internal/testkit"
)

type bench struct {
	*testing.T
	d     *db.DB
	w     *job.Worker
	clock *testkit.Clock
	mu    sync.Mutex
	seen  []string
}

func benches(t *testing.T, body func(b *bench)) {
	clock := testkit.NewClock(t, "2026-03-02T06:00:00+08:00")
	testkit.StoresAt(t, clock.Now, func(t *testing.T, d *db.DB) {
		clock.Set(testkit.NewClock(t, "2026-03-02T06:00:00+08:00").Now())
		body(&bench{T: t, d: d, w: job.NewWorker(d, "test", nil), clock: clock})
	})
}

func (b *bench) note(what string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.seen = append(b.seen, what)
}

// listen handles a kind by noting its argument.
func (b *bench) listen(kind string) {
	b.w.Handle(kind, func(_ context.Context, j job.Job) error {
		var what string
		if err := j.Decode(&what); err != nil {
			return err
		}
		b.note(what)
		return nil
	})
}

func (b *bench) enqueue(n job.New) (added bool) {
	b.Helper()
	if err := b.d.Write(context.Background(), "a", func(tx *db.Tx) (err error) { added, err = job.Enqueue(tx, n); return err }); err != nil {
		b.Fatal(err)
	}
	return added
}

func (b *bench) drain(want int) {
	b.Helper()
	if n, err := b.w.Drain(context.Background()); err != nil || n != want {
		b.Fatalf("drained %d, %v; want %d", n, err, want)
	}
}

func (b *bench) list(state string) (list []job.Job) {
	b.Helper()
	if err := b.d.Read(context.Background(), func(tx *db.Tx) (err error) { list, err = job.List(tx, state, "", 100); return err }); err != nil {
		b.Fatal(err)
	}
	return list
}

func TestWorkIsDoneOnceItIsDueAndInOrder(t *testing.T) {
	benches(t, func(b *bench) {
		b.listen("say")
		b.enqueue(job.New{Kind: "say", Args: "third", RunAt: b.clock.Now().Add(time.Hour)})
		b.enqueue(job.New{Kind: "say", Args: "second"})
		b.enqueue(job.New{Kind: "say", Args: "first", RunAt: b.clock.Now().Add(-time.Hour)})
		b.enqueue(job.New{Kind: "nobody's", Args: "left"})
		b.drain(2)
		b.clock.Advance(time.Hour)
		b.drain(1)
		if !slices.Equal(b.seen, []string{"first", "second", "third"}) {
			b.Errorf("seen %v", b.seen)
		}
		if left := b.list(""); len(left) != 1 || left[0].Kind != "nobody's" || left[0].State != job.Ready {
			b.Errorf("left %+v", left)
		}
	})
}

func TestWorkStandsOrFallsWithTheTransactionOfItsCause(t *testing.T) {
	benches(t, func(b *bench) {
		b.listen("say")
		refused := errors.New("refused")
		err := b.d.Write(context.Background(), "a", func(tx *db.Tx) error {
			if _, err := job.Enqueue(tx, job.New{Kind: "say", Args: "never"}); err != nil {
				return err
			}
			return refused
		})
		if !errors.Is(err, refused) {
			b.Fatal(err)
		}
		b.drain(0)
	})
}

func TestTheSameWorkWaitsOnceAndMayBeAskedForAgainWhileItRuns(t *testing.T) {
	benches(t, func(b *bench) {
		runs := 0
		b.w.Handle("index", func(context.Context, job.Job) error {
			if runs++; runs == 1 && !b.enqueue(job.New{Kind: "index", Key: "index"}) {
				b.Error("work asked for while it runs is lost")
			}
			return nil
		})
		if !b.enqueue(job.New{Kind: "index", Key: "index"}) || b.enqueue(job.New{Kind: "index", Key: "index"}) {
			b.Error("the same work was queued twice")
		}
		b.drain(2)
	})
}

func TestFailedWorkIsTriedAgainLaterAndLaterAndThenShown(t *testing.T) {
	benches(t, func(b *bench) {
		b.w.Handle("fail", func(context.Context, job.Job) error { return errors.New("the printer is on fire") })
		b.enqueue(job.New{Kind: "fail"})
		tries := 0
		for range 200 {
			if _, err := b.w.Drain(context.Background()); err != nil {
				tries++
			}
			b.clock.Advance(10 * time.Minute)
		}
		failed := b.list(job.Failed)
		if tries != 12 || len(failed) != 1 || failed[0].Attempts != 12 || failed[0].LastError != "the printer is on fire" {
			b.Errorf("%d tries, %+v", tries, failed)
		}
		b.listen("fail")
		if err := b.d.Write(context.Background(), "a", func(tx *db.Tx) error {
			ok, err := job.Retry(tx, failed[0].ID)
			if !ok {
				b.Error("not retried")
			}
			return err
		}); err != nil {
			b.Fatal(err)
		}
		b.drain(1)
	})
}

func TestWorkThatCanNeverSucceedIsShownAtOnceAndAPanicIsAFailure(t *testing.T) {
	benches(t, func(b *bench) {
		b.listen("say")
		b.w.Handle("panic", func(context.Context, job.Job) error { panic("no") })
		b.enqueue(job.New{Kind: "say", Args: 7})
		b.enqueue(job.New{Kind: "panic"})
		if n, err := b.w.Drain(context.Background()); n != 0 || err == nil {
			b.Errorf("drained %d, %v", n, err)
		}
		if len(b.list(job.Failed)) != 1 || len(b.list(job.Ready)) != 1 {
			b.Errorf("rows %+v", b.list(""))
		}
	})
}

func TestARoundComesAtItsHourAndIsMadeUpOnce(t *testing.T) {
	benches(t, func(b *bench) {
		b.w.Handle("remind", func(context.Context, job.Job) error {
			b.note(b.clock.Now().UTC().Add(8 * time.Hour).Format("01-02 15:04"))
			return nil
		})
		if err := b.w.Every("remind", 24*time.Hour, 7*time.Hour); err != nil {
			b.Fatal(err)
		}
		b.drain(0)
		b.clock.Advance(59 * time.Minute)
		b.drain(0)
		b.clock.Advance(time.Minute)
		b.drain(1)
		b.drain(0)
		b.clock.Advance(10 * 24 * time.Hour)
		b.drain(1)
		b.clock.Advance(24*time.Hour - time.Minute)
		b.drain(0)
		b.clock.Advance(time.Minute)
		b.drain(1)
		if want := []string{"03-02 07:00", "03-12 07:00", "03-13 07:00"}; !slices.Equal(b.seen, want) {
			b.Errorf("rounds %v, want %v", b.seen, want)
		}
		for _, bad := range []time.Duration{0, time.Second, 7 * time.Hour, 48 * time.Hour} {
			if b.w.Every("x", bad, 0) == nil {
				b.Errorf("a period of %s was taken", bad)
			}
		}
	})
}

func TestTheWorkOfADeadProcessIsTakenOver(t *testing.T) {
	benches(t, func(b *bench) {
		b.listen("say")
		b.enqueue(job.New{Kind: "say", Args: "again"})
		if err := b.d.Write(context.Background(), "job", func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE job SET state = 'running', attempts = 1, claimed = $1`, db.Text(tx.Now()))
			return err
		}); err != nil {
			b.Fatal(err)
		}
		b.drain(0)
		b.clock.Advance(16 * time.Minute)
		b.drain(1)
	})
}

func TestAReceiptInTheHandlersTransactionLeavesNothingBehind(t *testing.T) {
	benches(t, func(b *bench) {
		b.w.Handle("once", func(ctx context.Context, j job.Job) error {
			return b.d.Write(ctx, "a", func(tx *db.Tx) error { return job.Complete(tx, j) })
		})
		b.enqueue(job.New{Kind: "once"})
		b.drain(1)
		if left := b.list(""); len(left) != 0 {
			b.Errorf("left %+v", left)
		}
	})
}

func TestARunningWorkerIsWokenByTheCommitAndStopsWithItsContext(t *testing.T) {
	benches(t, func(b *bench) {
		done := make(chan string, 2)
		b.w.Handle("say", func(_ context.Context, j job.Job) error { done <- string(j.Args); return nil })
		ctx, cancel := context.WithCancel(context.Background())
		stopped := make(chan error, 1)
		go func() { stopped <- b.w.Run(ctx) }()
		for i := range 2 {
			if err := b.d.Write(context.Background(), "a", func(tx *db.Tx) error {
				_, err := b.w.Enqueue(tx, job.New{Kind: "say", Args: i})
				return err
			}); err != nil {
				b.Fatal(err)
			}
			if got := <-done; got != fmt.Sprint(i) {
				b.Errorf("got %s, want %d", got, i)
			}
		}
		cancel()
		if err := <-stopped; err != nil {
			b.Error(err)
		}
	})
}

func TestTheHealthOfTheQueueTellsHowLateItIs(t *testing.T) {
	benches(t, func(b *bench) {
		b.enqueue(job.New{Kind: "say", RunAt: b.clock.Now().Add(-3 * time.Hour)})
		b.enqueue(job.New{Kind: "say", RunAt: b.clock.Now().Add(time.Hour)})
		if err := b.d.Read(context.Background(), func(tx *db.Tx) error {
			h, err := job.Inspect(tx)
			if h.Ready != 2 || h.Failed != 0 || h.Late != 3*time.Hour {
				b.Errorf("health %+v", h)
			}
			return err
		}); err != nil {
			b.Fatal(err)
		}
	})
}
