package house

import (
	"context"
	"strconv"
	"testing"

	"mingjing/internal/db"
	"mingjing/internal/disclosure/journal"
	"mingjing/internal/ledger"
	"mingjing/internal/ledger/gm"
)

// said are the entries of one kind in the agency's public log, the newest first.
func said(t *testing.T, h *House, kind journal.Kind) []ledger.Record {
	t.Helper()
	var list []ledger.Record
	if err := h.DB.Read(context.Background(), func(tx *db.Tx) (err error) {
		list, err = ledger.Recent(tx, journal.Log(h.Agency.Code), ledger.Pick{Kind: string(kind)}, -1, 50)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return list
}

func TestThePublicLogStatesTheHeadsOfBothLogsOncePerDay(t *testing.T) {
	h, w := lodge(t)
	ctx := context.Background()
	var last looked
	refresh := func() {
		t.Helper()
		if err := h.refreshLists(ctx, &last); err != nil {
			t.Fatal(err)
		}
	}
	refresh()
	last = looked{} // the program starts again on the same day
	refresh()
	keys, roots := said(t, h, journal.Key), said(t, h, journal.Roots)
	if len(keys) != 1 || keys[0].Ref["log"] != h.Ledger.Verifier(journal.Log(h.Agency.Code)) || keys[0].Ref["record"] != h.Ledger.Verifier(h.Agency.Code) {
		t.Errorf("the keys: %+v", keys)
	}
	if len(roots) != 1 {
		t.Fatalf("%d statements of the heads on one day", len(roots))
	}
	size, err := strconv.ParseInt(roots[0].Ref["record_size"], 10, 64)
	if err != nil || size < 1 {
		t.Errorf("the heads: %v", roots[0].Ref)
	}
	for name, log := range h.logs() {
		if err := h.DB.Read(ctx, func(tx *db.Tx) error {
			s, err := gm.Last(tx, log)
			if s.Root.String() != roots[0].Ref[name+"_sm3_root"] || strconv.FormatInt(s.Size, 10) != roots[0].Ref[name+"_size"] {
				t.Errorf("%s is sealed as %+v, the log says %v", log, s, roots[0].Ref)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.DB.Read(ctx, func(tx *db.Tx) error {
		signed, err := ledger.Checkpoints(tx, h.Agency.Code, size+1, 1)
		if len(signed) != 1 || signed[0].Root != roots[0].Ref["record_root"] {
			t.Errorf("the record has the head %+v, the log says %v", signed, roots[0].Ref)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	w.Until(day("2026-06-03"))
	refresh()
	if roots := said(t, h, journal.Roots); len(roots) != 2 {
		t.Errorf("%d statements of the heads after the next day", len(roots))
	}
}
