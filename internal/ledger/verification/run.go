package verification

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/ledger/gm"
	"mingjing/internal/ledger/order"
)

// Result is what a verification of one log found.
type Result struct {
	Log         string
	At          time.Time // when it was over
	Took        time.Duration
	Events      int64 // read
	Signed      int64 // of them under a signed checkpoint
	Checkpoints int64
	Shredded    int64 // payloads destroyed by law, which is no problem
	Seals       int64 // heads of the SM3 tree
	Problems    int64 // how many things do not fit
	Root        string
	Fault       string // why it could not be finished, for the person who reads it; empty where it was
	Named       []ledger.Problem
}

// Sound tells that the verification was finished and everything fitted.
func (r Result) Sound() bool { return r.Fault == "" && r.Problems == 0 }

// Keys are the public texts of the keys with which the checkpoints and the seals of a log are checked; no SM2 key leaves the
// second tree out.
type Keys struct{ Log, SM2 string }

// Run verifies a log, keeps the result and gives it. The error is of the store; what does not fit is in the result.
func Run(ctx context.Context, d *db.DB, log string, keys Keys, progress func(done, total int64)) (Result, error) {
	begun := d.Now()
	r := Result{Log: log}
	report, err := ledger.Verify(ctx, d, log, keys.Log, ledger.VerifyOptions{Progress: progress, Orders: order.Judge})
	if err != nil {
		r.Fault = "记录读不出来，核验没有完成。"
	}
	r.Events, r.Signed, r.Checkpoints, r.Shredded, r.Problems = report.Events, report.Signed, report.Checkpoints, report.Shredded, report.Count
	r.Root, r.Named = report.Root.String(), report.Problems
	if err == nil && keys.SM2 != "" {
		seals, broken := gm.Verify(ctx, d, log, keys.SM2)
		r.Seals = int64(seals)
		if broken != nil {
			r.Problems++
			r.Named = append(r.Named, ledger.Problem{Seq: -1, What: "国密存证根（SM3）与记录不符"})
		}
	}
	r.At = d.Now()
	r.Took = r.At.Sub(begun)
	return r, joined(err, keep(ctx, d, &r))
}

func joined(failure, kept error) error {
	if failure != nil {
		return fmt.Errorf("verification: %w", failure)
	}
	return kept
}

func keep(ctx context.Context, d *db.DB, r *Result) error {
	report, err := json.Marshal(r.Named)
	if err != nil {
		return fmt.Errorf("verification: %w", err)
	}
	return d.Write(ctx, "ledger/"+r.Log, func(tx *db.Tx) error {
		_, err := tx.Exec(`INSERT INTO verify_run (id, agency, at, millis, events, signed, checkpoints, shredded, seals, problems, root, fault, report)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`, tx.NewID(), r.Log, db.Text(r.At), r.Took.Milliseconds(), r.Events, r.Signed,
			r.Checkpoints, r.Shredded, r.Seals, r.Problems, r.Root, r.Fault, string(report))
		if err != nil {
			return fmt.Errorf("verification: keep: %w", err)
		}
		return nil
	})
}

// Last is the newest result of a log; false where it was never verified.
func Last(tx *db.Tx, log string) (Result, bool, error) {
	r := Result{Log: log}
	var at, report string
	var millis int64
	err := tx.Row(`SELECT at, millis, events, signed, checkpoints, shredded, seals, problems, root, fault, report FROM verify_run WHERE agency = $1
		ORDER BY id DESC LIMIT 1`, log).Scan(&at, &millis, &r.Events, &r.Signed, &r.Checkpoints, &r.Shredded, &r.Seals, &r.Problems, &r.Root, &r.Fault, &report)
	if db.IsMissing(err) {
		return r, false, nil
	}
	if err == nil {
		r.Took = time.Duration(millis) * time.Millisecond
		r.At, err = db.Time(at)
	}
	if err == nil {
		err = json.Unmarshal([]byte(report), &r.Named)
	}
	if err != nil {
		return r, false, fmt.Errorf("verification: last of %s: %w", log, err)
	}
	return r, true, nil
}
