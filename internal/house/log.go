package house

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strconv"

	"mingjing/internal/db"
	"mingjing/internal/disclosure/journal"
	"mingjing/internal/law"
	"mingjing/internal/ledger"
	"mingjing/internal/ledger/gm"
	"mingjing/internal/workday"
)

// stateRoots writes into the public log what binds the agency's two logs to each other: the keys by which they are signed,
// whenever these are others than the log said last, and once a day the signed heads of both, in SHA-256 and in SM3. From then on neither can be
// written anew without the other, and whoever follows the public log holds the inner record to what it was on each day.
func (h *House) stateRoots(ctx context.Context) error {
	key, err := gm.OpenKey(h.Folder)
	if err != nil {
		return fmt.Errorf("house: roots: %w", err)
	}
	today := workday.DayOf(h.DB.Now()).String()
	var roots map[string]string
	if err := h.DB.Read(ctx, func(tx *db.Tx) (err error) {
		roots, err = h.stated(tx, journal.Roots)
		return err
	}); err != nil {
		return err
	}
	heads := map[string]string{"day": today}
	if roots["day"] == today {
		heads = nil
	} else if err := h.seal(ctx, key, heads); errors.Is(err, ledger.ErrNothingToSign) {
		heads = nil // an agency that has done nothing yet; the next day finds something
	} else if err != nil {
		return fmt.Errorf("house: roots: %w", err)
	}
	keys := map[string]string{}
	for name, log := range h.logs() {
		keys[name], keys[name+"_sm2"] = h.Ledger.Verifier(log), key.Verifier(gm.Origin(log))
	}
	return h.DB.Write(ctx, h.Agency.Code, func(tx *db.Tx) error {
		if said, err := h.stated(tx, journal.Key); err != nil {
			return err
		} else if !maps.Equal(said, keys) {
			if err := h.state(tx, journal.Key, keys); err != nil {
				return err
			}
		}
		if err := h.stateLimits(tx); err != nil {
			return err
		}
		if heads == nil {
			return nil
		}
		return h.state(tx, journal.Roots, heads)
	})
}

// stateLimits says in the public log within how many days the agency publishes and withdraws, whenever that is other than it
// said last: a pack may be stricter than the law, and outsiders count by what the agency promises.
func (h *House) stateLimits(tx *db.Tx) error {
	values := h.Cases.Books().Law.Values(workday.DayOf(tx.Now()))
	says := map[string]string{}
	for _, code := range []string{law.PublishDays, law.PublishOtherDays, law.WithdrawDays} {
		says[code] = strconv.Itoa(values.Int(code))
	}
	last, err := ledger.Recent(tx, journal.Log(h.Agency.Code), ledger.Pick{Kind: string(journal.Stats), Subject: "limits"}, -1, 1)
	if err != nil || len(last) > 0 && maps.Equal(last[0].Ref, says) {
		return err
	}
	_, err = journal.Write(tx, journal.Entry{Agency: h.Agency.Code, Kind: journal.Stats, SubjectKind: journal.SubjectLog, Subject: "limits", Says: says})
	return err
}

// seal signs both logs as they stand and seals them in SM3, and notes the heads.
func (h *House) seal(ctx context.Context, key *gm.Key, heads map[string]string) error {
	for name, log := range h.logs() {
		c, err := h.Ledger.Checkpoint(ctx, log)
		if err != nil {
			return err
		}
		s, err := gm.Make(ctx, h.DB, key, log, c.Size)
		if err != nil {
			return err
		}
		heads[name+"_size"], heads[name+"_root"] = strconv.FormatInt(c.Size, 10), c.Root.String()
		heads[name+"_sm3_size"], heads[name+"_sm3_root"] = strconv.FormatInt(s.Size, 10), s.Root.String()
	}
	return nil
}

// logs are the agency's two logs by the names under which the public log states their heads.
func (h *House) logs() map[string]string {
	return map[string]string{"record": h.Agency.Code, "log": journal.Log(h.Agency.Code)}
}

// stated is what the public log says last of itself in entries of a kind.
func (h *House) stated(tx *db.Tx, kind journal.Kind) (map[string]string, error) {
	last, err := ledger.Recent(tx, journal.Log(h.Agency.Code), ledger.Pick{Kind: string(kind)}, -1, 1)
	if err != nil {
		return nil, fmt.Errorf("house: roots: %w", err)
	}
	if len(last) == 0 {
		return nil, nil
	}
	return last[0].Ref, nil
}

func (h *House) state(tx *db.Tx, kind journal.Kind, says map[string]string) error {
	_, err := journal.Write(tx, journal.Entry{Agency: h.Agency.Code, Kind: kind, SubjectKind: journal.SubjectLog, Subject: h.Agency.Code, Says: says})
	return err
}
