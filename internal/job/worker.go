package job

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"runtime/debug"
	"slices"
	"time"

	"mingjing/internal/db"
)

// scope serialises the claims of all workers of a store.
const scope = "job"

// The patience of a worker.
const (
	tries     = 12               // then a person must look
	firstWait = 10 * time.Second // doubled for each try
	longWait  = time.Hour
	handling  = 10 * time.Minute // what one handler may take
	lease     = 15 * time.Minute // after which a row of a dead process is taken over
	pollEvery = time.Second
)

// Handler does the work of one kind. It runs outside any transaction.
type Handler func(ctx context.Context, j Job) error

// Worker does the work that is due. Handle and Every are called before Run or Drain.
type Worker struct {
	db       *db.DB
	name     string
	handlers map[string]Handler
	rounds   []round
	wake     chan struct{}
	log      *slog.Logger
}

// NewWorker makes a worker. name tells the processes of one store apart; it may be empty where there is one.
func NewWorker(d *db.DB, name string, log *slog.Logger) *Worker {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Worker{db: d, name: name, handlers: map[string]Handler{}, wake: make(chan struct{}, 1), log: log}
}

// Handle names the handler of a kind. Rows of other kinds are left for other workers.
func (w *Worker) Handle(kind string, h Handler) { w.handlers[kind] = h }

// Enqueue queues work and wakes this worker once it is durable.
func (w *Worker) Enqueue(tx *db.Tx, n New) (bool, error) {
	added, err := Enqueue(tx, n)
	if added {
		tx.After(w.Wake)
	}
	return added, err
}

// Wake makes Run look at once.
func (w *Worker) Wake() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// Run works until the context ends. Failures are logged and kept in the row.
func (w *Worker) Run(ctx context.Context) error {
	if err := w.takeBack(ctx); err != nil {
		return err
	}
	poll := time.NewTicker(pollEvery)
	defer poll.Stop()
	for {
		if _, halted := w.db.Halted(); halted {
			// Work would be done and could not be noted as done: it waits.
		} else if _, err := w.Drain(ctx); err != nil && ctx.Err() == nil {
			w.log.Error("job: work failed", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-w.wake:
		case <-poll.C:
		}
	}
}

// takeBack gives back what a process held that is gone. SQLite has one process, so at its start nothing can be running.
func (w *Worker) takeBack(ctx context.Context) error {
	return w.db.Write(ctx, scope, func(tx *db.Tx) error {
		before := db.Text(tx.Now().Add(-lease))
		if tx.Engine() == db.SQLite {
			before = "9999"
		}
		_, err := tx.Exec(`UPDATE job SET state = $1 WHERE state = $2 AND claimed < $3`, Ready, Running, before)
		if err != nil {
			return fmt.Errorf("job: take back: %w", err)
		}
		return nil
	})
}

// Drain does all that is due now, and what that work queues for now, and tells how many rows succeeded. The error joins
// the failures; their rows wait for the next try.
func (w *Worker) Drain(ctx context.Context) (done int, err error) {
	var failures []error
	for ctx.Err() == nil {
		idle, err := w.idle(ctx)
		if err != nil {
			return done, errors.Join(append(failures, err)...)
		}
		if idle {
			break
		}
		j, found, err := w.claim(ctx)
		if err != nil {
			return done, errors.Join(append(failures, err)...)
		}
		if !found {
			break
		}
		if err := w.do(ctx, j); err != nil {
			failures = append(failures, err)
			continue
		}
		done++
	}
	return done, errors.Join(append(failures, ctx.Err())...)
}

// idle looks without writing, so that a worker with nothing to do costs no commit.
func (w *Worker) idle(ctx context.Context) (bool, error) {
	idle := true
	err := w.db.Read(ctx, func(tx *db.Tx) error {
		kinds, args := w.kinds(Ready, db.Text(tx.Now()), Running, db.Text(tx.Now().Add(-lease)))
		var n int64
		err := tx.Row(`SELECT (SELECT count(*) FROM (SELECT 1 FROM job WHERE state = $1 AND run_at <= $2 AND kind IN (`+kinds+`) LIMIT 1) AS due)
			+ (SELECT count(*) FROM (SELECT 1 FROM job WHERE state = $3 AND claimed < $4 AND kind IN (`+kinds+`) LIMIT 1) AS dead)`, args...).Scan(&n)
		idle = n == 0
		if err != nil || !idle {
			return err
		}
		idle, err = w.roundsIdle(tx)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("job: look: %w", err)
	}
	return idle, nil
}

// claim takes the row that has been due longest. Only kinds with a handler here are taken.
func (w *Worker) claim(ctx context.Context) (j Job, found bool, err error) {
	err = w.db.Write(ctx, scope, func(tx *db.Tx) error {
		if err := w.startRounds(tx); err != nil {
			return err
		}
		now := db.Text(tx.Now())
		if _, err := tx.Exec(`UPDATE job SET state = $1 WHERE state = $2 AND claimed < $3`, Ready, Running, db.Text(tx.Now().Add(-lease))); err != nil {
			return err
		}
		kinds, args := w.kinds(Running, Ready, now, w.name)
		j, err = scanJob(tx.Row(`UPDATE job SET state = $1, attempts = attempts + 1, claimed = $3, claimed_by = $4, key = id
			WHERE id = (SELECT id FROM job WHERE state = $2 AND run_at <= $3 AND kind IN (`+kinds+`) ORDER BY run_at, id LIMIT 1) AND state = $2
			RETURNING `+jobColumns, args...))
		if db.IsMissing(err) {
			return nil
		}
		found = err == nil
		return err
	})
	if err != nil {
		return j, false, fmt.Errorf("job: claim: %w", err)
	}
	return j, found, nil
}

// kinds writes the handled kinds as placeholders behind the arguments that come first; a list of none holds the empty
// kind, which no row has.
func (w *Worker) kinds(first ...any) (string, []any) {
	list, args := "''", first
	for _, kind := range slices.Sorted(maps.Keys(w.handlers)) {
		args = append(args, kind)
		list += fmt.Sprintf(", $%d", len(args))
	}
	return list, args
}

// do runs the handler and settles the row.
func (w *Worker) do(ctx context.Context, j Job) error {
	failure := w.handle(ctx, j)
	if failure != nil && ctx.Err() != nil {
		failure = ctx.Err() // stopping is nobody's fault: the row waits as it was
	}
	settle := context.WithoutCancel(ctx)
	err := w.db.Write(settle, scope, func(tx *db.Tx) error {
		switch {
		case failure == nil:
			return Complete(tx, j)
		case ctx.Err() != nil:
			return w.giveBack(tx, j)
		}
		return w.failed(tx, j, failure)
	})
	if failure != nil {
		failure = fmt.Errorf("job: %s (try %d): %w", j.Kind, j.Attempts, failure)
	}
	return errors.Join(failure, err)
}

func (w *Worker) handle(ctx context.Context, j Job) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("handler panicked: %v\n%s", p, debug.Stack())
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, handling)
	defer cancel()
	return w.handlers[j.Kind](ctx, j)
}

func (w *Worker) giveBack(tx *db.Tx, j Job) error {
	_, err := tx.Exec(`UPDATE job SET state = $1, attempts = attempts - 1 WHERE id = $2`, Ready, j.ID)
	return err
}

func (w *Worker) failed(tx *db.Tx, j Job, failure error) error {
	state := Ready
	if j.Attempts >= tries || isPermanent(failure) {
		state = Failed
	}
	_, err := tx.Exec(`UPDATE job SET state = $1, run_at = $2, last_error = $3 WHERE id = $4`,
		state, db.Text(tx.Now().Add(waitAfter(j.Attempts))), clip(failure.Error()), j.ID)
	return err
}

// waitAfter is the pause after so many failed tries.
func waitAfter(attempts int64) time.Duration {
	wait := firstWait
	for i := int64(1); i < attempts; i++ {
		if wait *= 2; wait >= longWait {
			return longWait
		}
	}
	return wait
}

// errorLimit bounds the kept text of an error, in bytes.
const errorLimit = 2000

func clip(text string) string {
	if len(text) <= errorLimit {
		return text
	}
	cut := errorLimit
	for cut > 0 && text[cut]&0xC0 == 0x80 {
		cut--
	}
	return text[:cut]
}
