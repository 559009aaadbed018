package job

import (
	"fmt"
	"time"

	"mingjing/internal/db"
	"mingjing/internal/workday"
)

// round is work that comes round: at offset past midnight in Shanghai, and every period from there.
type round struct {
	kind           string
	period, offset time.Duration
}

// Every has the kind queued in each period, counted from midnight in Shanghai plus offset: Every("publish.remind",
// 24*time.Hour, 7*time.Hour) is at seven each morning. The store's clock decides; a round that was missed is made up
// once, not as often as it was missed.
func (w *Worker) Every(kind string, period, offset time.Duration) error {
	if period < time.Minute || period > 24*time.Hour || (24*time.Hour)%period != 0 || offset < 0 || offset >= period {
		return fmt.Errorf("job: every %s: the period must divide a day and the offset lie within it", kind)
	}
	w.rounds = append(w.rounds, round{kind, period, offset})
	return nil
}

// after is the first time of the round after an instant.
func (r round) after(now time.Time) time.Time {
	next := workday.DayOf(now).Start().Add(r.offset)
	for !next.After(now) {
		next = next.Add(r.period)
	}
	return next
}

// roundsIdle tells whether no round is due. A round never seen is due: its row has to be made.
func (w *Worker) roundsIdle(tx *db.Tx) (bool, error) {
	for _, r := range w.rounds {
		next, err := nextRun(tx, r.kind)
		if err != nil {
			return false, err
		}
		if next == "" || next <= db.Text(tx.Now()) {
			return false, nil
		}
	}
	return true, nil
}

func nextRun(tx *db.Tx, kind string) (string, error) {
	var next string
	err := tx.Row(`SELECT next_run FROM job_schedule WHERE kind = $1`, kind).Scan(&next)
	if db.IsMissing(err) {
		return "", nil
	}
	return next, err
}

// startRounds queues every round that is due and notes when it is due next. The first time a round only notes.
func (w *Worker) startRounds(tx *db.Tx) error {
	for _, r := range w.rounds {
		next, err := nextRun(tx, r.kind)
		if err != nil {
			return err
		}
		if next > db.Text(tx.Now()) {
			continue
		}
		if next != "" {
			if _, err := Enqueue(tx, New{Kind: r.kind, Key: "round/" + r.kind}); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(`INSERT INTO job_schedule (kind, next_run) VALUES ($1, $2)
			ON CONFLICT (kind) DO UPDATE SET next_run = excluded.next_run`, r.kind, db.Text(r.after(tx.Now()))); err != nil {
			return err
		}
	}
	return nil
}
