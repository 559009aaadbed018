package job

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"mingjing/internal/db"
)

// The states of a row. What is done is deleted: the act's own event tells of it.
const (
	Ready   = "ready"
	Running = "running"
	Failed  = "failed" // tried too often, or for ever wrong; a person looks at it
)

// New is work to be queued.
type New struct {
	Kind string
	// Key names the work: while work with this key waits, queueing it again does nothing. "" means always new.
	Key string
	// RunAt is the earliest instant; zero means now.
	RunAt time.Time
	Args  any // JSON
}

// Job is a row as its handler sees it.
type Job struct {
	ID, Kind, Key string
	Args          json.RawMessage
	RunAt         time.Time
	Attempts      int64 // counts the present one
	State         string
	LastError     string
	Created       time.Time
}

// Decode reads the arguments.
func (j Job) Decode(into any) error {
	if err := json.Unmarshal(j.Args, into); err != nil {
		return Permanent(fmt.Errorf("job: %s: arguments: %w", j.Kind, err))
	}
	return nil
}

// permanent marks an error that no repetition mends.
type permanent struct{ error }

func (p permanent) Unwrap() error { return p.error }

// Permanent says that trying again is useless; the row goes to a person at once.
func Permanent(err error) error {
	if err == nil {
		return nil
	}
	return permanent{err}
}

func isPermanent(err error) bool {
	var p permanent
	return errors.As(err, &p)
}

// Enqueue queues work in the transaction of its cause; it tells whether it was new. A worker finds it within a second;
// Worker.Enqueue wakes the one of this process as soon as the transaction is durable.
func Enqueue(tx *db.Tx, n New) (bool, error) {
	if n.Kind == "" {
		return false, errors.New("job: enqueue: the kind is empty")
	}
	args, err := json.Marshal(n.Args)
	if err != nil {
		return false, fmt.Errorf("job: enqueue %s: %w", n.Kind, err)
	}
	id := tx.NewID()
	if n.Key == "" {
		n.Key = id
	}
	if n.RunAt.IsZero() {
		n.RunAt = tx.Now()
	}
	added, err := tx.Exec(`INSERT INTO job (id, kind, key, args, run_at, attempts, state, last_error, created, claimed, claimed_by)
		VALUES ($1, $2, $3, $4, $5, 0, $6, '', $7, '', '') ON CONFLICT (key) DO NOTHING`,
		id, n.Kind, n.Key, string(args), db.Text(n.RunAt), Ready, db.Text(tx.Now()))
	if err != nil {
		return false, fmt.Errorf("job: enqueue %s: %w", n.Kind, err)
	}
	return added > 0, nil
}

// Under tells whether work of a kind with these arguments waits or is being done. Whoever asks in the transaction in which he
// would queue it can join what is under way instead: a row that runs has given its key up (Enqueue).
func Under(tx *db.Tx, n New) (bool, error) {
	args, err := json.Marshal(n.Args)
	if err != nil {
		return false, fmt.Errorf("job: under way %s: %w", n.Kind, err)
	}
	var rows int
	err = tx.Row(`SELECT count(*) FROM job WHERE kind = $1 AND args = $2 AND (state = $3 OR (state = $4 AND run_at <= $5))`,
		n.Kind, string(args), Running, Ready, db.Text(tx.Now())).Scan(&rows)
	if err != nil {
		return false, fmt.Errorf("job: under way %s: %w", n.Kind, err)
	}
	return rows > 0, nil
}

// Complete takes a row off the queue in the handler's own transaction, so that work and receipt stand or fall together.
func Complete(tx *db.Tx, j Job) error {
	if _, err := tx.Exec(`DELETE FROM job WHERE id = $1`, j.ID); err != nil {
		return fmt.Errorf("job: complete %s: %w", j.Kind, err)
	}
	return nil
}

const jobColumns = `id, kind, key, args, run_at, attempts, state, last_error, created`

func scanJob(row interface{ Scan(...any) error }) (Job, error) {
	var j Job
	var args, runAt, created string
	err := row.Scan(&j.ID, &j.Kind, &j.Key, &args, &runAt, &j.Attempts, &j.State, &j.LastError, &created)
	if err != nil {
		return j, err
	}
	j.Args = json.RawMessage(args)
	if j.RunAt, err = db.Time(runAt); err != nil {
		return j, err
	}
	j.Created, err = db.Time(created)
	return j, err
}

// listLimit bounds one page.
const listLimit = 200

// List lists the rows of a state ("" for all) in the order of their ids; after is the id of the last one seen.
func List(tx *db.Tx, state, after string, limit int) ([]Job, error) {
	if limit <= 0 || limit > listLimit {
		limit = listLimit
	}
	var list []Job
	err := tx.Each(`SELECT `+jobColumns+` FROM job WHERE ($1 = '' OR state = $1) AND id > $2 ORDER BY id LIMIT $3`,
		[]any{state, after, limit}, func(rows *sql.Rows) error {
			j, err := scanJob(rows)
			list = append(list, j)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("job: list: %w", err)
	}
	return list, nil
}

// Health counts what waits, what is late and what failed, for the page that shows how the program fares. Late is how
// far the oldest due row lies behind now.
type Health struct {
	Ready, Running, Failed int64
	Late                   time.Duration
}

// Inspect reads the Health of the queue.
func Inspect(tx *db.Tx) (Health, error) {
	var h Health
	err := tx.Each(`SELECT state, count(*) FROM job GROUP BY state ORDER BY state LIMIT 10`, nil, func(rows *sql.Rows) error {
		var state string
		var n int64
		err := rows.Scan(&state, &n)
		switch state {
		case Ready:
			h.Ready = n
		case Running:
			h.Running = n
		case Failed:
			h.Failed = n
		}
		return err
	})
	if err != nil {
		return h, fmt.Errorf("job: inspect: %w", err)
	}
	var oldest string
	if err := tx.Row(`SELECT COALESCE(min(run_at), '') FROM job WHERE state = $1 AND run_at <= $2`, Ready, db.Text(tx.Now())).Scan(&oldest); err != nil {
		return h, fmt.Errorf("job: inspect: %w", err)
	}
	due, err := db.Time(oldest)
	if err == nil && !due.IsZero() {
		h.Late = tx.Now().Sub(due)
	}
	return h, err
}

// Retry gives a failed row another chance from now on.
func Retry(tx *db.Tx, id string) (bool, error) {
	n, err := tx.Exec(`UPDATE job SET state = $1, attempts = 0, run_at = $2 WHERE id = $3 AND state = $4`, Ready, db.Text(tx.Now()), id, Failed)
	if err != nil {
		return false, fmt.Errorf("job: retry: %w", err)
	}
	return n > 0, nil
}
