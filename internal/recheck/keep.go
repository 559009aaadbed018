package recheck

import (
	"encoding/json"
	"fmt"
	"time"

	"mingjing/internal/db"
)

// The states of a re-check that is kept.
const (
	Running = "running"
	Done    = "done"
	Failed  = "failed" // the store could not be read to the end
)

// Kept is a re-check as it is kept.
type Kept struct {
	ID, State    string
	Begun, Ended time.Time
	Progress     string // what is being read, in Chinese
	Report       Report // empty until it is done
}

// Begin notes that a re-check begins.
func Begin(tx *db.Tx) (string, error) {
	id := tx.NewID()
	if _, err := tx.Exec(`INSERT INTO recheck_run (id, state, begun, ended, progress, events, rows, problems, report) VALUES ($1, $2, $3, '', '', 0, 0, 0, '')`,
		id, Running, db.Text(tx.Now())); err != nil {
		return "", fmt.Errorf("recheck: begin: %w", err)
	}
	return id, nil
}

// Advance notes how far a re-check has come.
func Advance(tx *db.Tx, id, progress string) error {
	if _, err := tx.Exec(`UPDATE recheck_run SET progress = $2 WHERE id = $1 AND state = $3`, id, progress, Running); err != nil {
		return fmt.Errorf("recheck: advance: %w", err)
	}
	return nil
}

// End keeps what a re-check found, or that it could not be made to its end, and gives the text of the report as kept.
func End(tx *db.Tx, id string, report Report, failed bool) ([]byte, error) {
	state := Done
	if failed {
		state = Failed
	}
	text, err := json.Marshal(report)
	if err != nil {
		return nil, fmt.Errorf("recheck: end: %w", err)
	}
	if _, err := tx.Exec(`UPDATE recheck_run SET state = $2, ended = $3, progress = '', events = $4, rows = $5, problems = $6, report = $7 WHERE id = $1`,
		id, state, db.Text(tx.Now()), report.Events, report.Rows, report.Total, string(text)); err != nil {
		return nil, fmt.Errorf("recheck: end: %w", err)
	}
	return text, nil
}

// Last is the newest re-check in one of the states; false where there is none.
func Last(tx *db.Tx, states ...string) (k Kept, found bool, err error) {
	for _, state := range states {
		var one Kept
		var begun, ended, report string
		err := tx.Row(`SELECT id, state, begun, ended, progress, report FROM recheck_run WHERE state = $1 ORDER BY id DESC LIMIT 1`, state).
			Scan(&one.ID, &one.State, &begun, &ended, &one.Progress, &report)
		if db.IsMissing(err) || err == nil && found && one.ID < k.ID {
			continue
		}
		if err == nil {
			one.Begun, err = db.Time(begun)
		}
		if err == nil {
			one.Ended, err = db.Time(ended)
		}
		if err == nil && report != "" {
			err = json.Unmarshal([]byte(report), &one.Report)
		}
		if err != nil {
			return Kept{}, false, fmt.Errorf("recheck: last: %w", err)
		}
		k, found = one, true
	}
	return k, found, nil
}
