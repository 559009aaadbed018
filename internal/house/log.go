package house

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strconv"

	"mingjing/internal/db"
	"mingjing/internal/disclosure/journal"
	"mingjing/internal/ledger"
	"mingjing/internal/workday"
)

// stateRoots writes into the public log what binds the agency's two logs to each other: the keys by which they are signed,
// whenever these are others than the log said last, and once a day the signed heads of both. From then on neither can be
// written anew without the other, and whoever follows the public log holds the inner record to what it was on each day.
func (h *House) stateRoots(ctx context.Context) error {
	for _, log := range []string{h.Agency.Code, journal.Log(h.Agency.Code)} {
		if _, err := h.Ledger.Checkpoint(ctx, log); err != nil && !errors.Is(err, ledger.ErrNothingToSign) {
			return fmt.Errorf("house: roots: %w", err)
		}
	}
	return h.DB.Write(ctx, h.Agency.Code, func(tx *db.Tx) error {
		agency, log := h.Agency.Code, journal.Log(h.Agency.Code)
		keys := map[string]string{"record": h.Ledger.Verifier(agency), "log": h.Ledger.Verifier(log)}
		if err := h.state(tx, journal.Key, keys, func(said map[string]string) bool { return maps.Equal(said, keys) }); err != nil {
			return err
		}
		heads := map[string]string{"day": workday.DayOf(tx.Now()).String()}
		for name, log := range map[string]string{"record": agency, "log": log} {
			signed, err := ledger.Checkpoints(tx, log, 0, 1)
			if err != nil {
				return fmt.Errorf("house: roots: %w", err)
			}
			if len(signed) == 0 {
				return nil // an agency that has done nothing yet; the next day finds something
			}
			heads[name+"_size"], heads[name+"_root"] = strconv.FormatInt(signed[0].Size, 10), signed[0].Root
		}
		return h.state(tx, journal.Roots, heads, func(said map[string]string) bool { return said["day"] == heads["day"] })
	})
}

// state writes an entry about the log itself unless the last one of its kind will do.
func (h *House) state(tx *db.Tx, kind journal.Kind, says map[string]string, will func(map[string]string) bool) error {
	last, err := ledger.Recent(tx, journal.Log(h.Agency.Code), ledger.Pick{Kind: string(kind)}, -1, 1)
	if err != nil {
		return fmt.Errorf("house: roots: %w", err)
	}
	if len(last) > 0 && will(last[0].Ref) {
		return nil
	}
	_, err = journal.Write(tx, journal.Entry{Agency: h.Agency.Code, Kind: kind, SubjectKind: journal.SubjectLog, Subject: h.Agency.Code, Says: says})
	return err
}
