package house

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"mingjing/internal/db"
	"mingjing/internal/job"
	"mingjing/internal/ledger"
	"mingjing/internal/recheck"
)

// WorkRecheck is the nightly re-check; it may be asked for by day too. It begins at two, when nobody is at work.
const (
	WorkRecheck  = "recheck.nightly"
	recheckAfter = 2 * time.Hour
)

// tellEvery is how often a re-check notes how far it has come.
const tellEvery = 2 * time.Second

// nightly makes the re-check a round of the house.
func (h *House) nightly() error {
	h.Jobs.Handle(WorkRecheck, func(ctx context.Context, _ job.Job) error {
		if _, err := h.Recheck(ctx); err != nil {
			return err
		}
		return h.showIntegrity(ctx)
	})
	if err := h.Jobs.Every(WorkRecheck, 24*time.Hour, recheckAfter); err != nil {
		return fmt.Errorf("house: %w", err)
	}
	return nil
}

// KeptCheckpoints are the last checkpoints as they lie apart from the database, by the name of their log. Who compares a store
// with them reads them first: the log goes on.
func KeptCheckpoints(folder string) (map[string]string, error) {
	prefix := ledger.LastCheckpointPath(folder, "")
	files, err := filepath.Glob(prefix + "*")
	if err != nil {
		return nil, fmt.Errorf("house: kept checkpoints: %w", err)
	}
	kept := map[string]string{}
	for _, file := range files {
		log, err := url.PathUnescape(strings.TrimPrefix(file, prefix))
		if err != nil {
			return nil, fmt.Errorf("house: kept checkpoint %s: %w", file, err)
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("house: kept checkpoints: %w", err)
		}
		kept[log] = string(text)
	}
	return kept, nil
}

// Recheck recomputes the whole store, keeps what it found and records it in the ledger, so that an alarm cannot be taken
// away without a trace.
func (h *House) Recheck(ctx context.Context) (recheck.Report, error) {
	var id string
	agency := h.Agency.Code
	if err := h.DB.Write(ctx, agency, func(tx *db.Tx) (err error) {
		id, err = recheck.Begin(tx)
		return err
	}); err != nil {
		return recheck.Report{}, fmt.Errorf("house: %w", err)
	}
	told := h.DB.Now()
	kept, err := KeptCheckpoints(h.Folder)
	var report recheck.Report
	if err == nil {
		report, err = recheck.Run(ctx, h.DB, recheck.Options{Verifier: h.Ledger.Verifier, Known: func(log string) string { return kept[log] },
			Progress: func(what string, done int64) {
				if h.DB.Now().Sub(told) < tellEvery {
					return
				}
				told = h.DB.Now()
				_ = h.DB.Write(ctx, "recheck", func(tx *db.Tx) error { // a note that fails is made again
					return recheck.Advance(tx, id, what+" "+strconv.FormatInt(done, 10))
				})
			}})
	}
	ended := h.DB.Write(context.WithoutCancel(ctx), agency, func(tx *db.Tx) error {
		text, saved := recheck.End(tx, id, report, err != nil)
		if saved != nil {
			return saved
		}
		sum := sha256.Sum256(text)
		ref := map[string]string{"problems": strconv.FormatInt(report.Total, 10), "events": strconv.FormatInt(report.Events, 10), "rows": strconv.FormatInt(report.Rows, 10),
			"report_sha256": hex.EncodeToString(sum[:])}
		kind := "recheck.finished"
		if err != nil {
			kind, ref = "recheck.failed", nil
		}
		_, err := ledger.Append(tx, ledger.Event{Agency: agency, Kind: kind, SubjectKind: "recheck", Subject: id, Actor: h.caretaker().Ledger("job"), Ref: ref})
		return err
	})
	if report.Total > 0 {
		h.Log.Error("house: the re-check found what does not fit", "problems", report.Total)
	}
	if err == nil {
		err = ended
	}
	if err != nil {
		return report, fmt.Errorf("house: %w", err)
	}
	return report, nil
}
