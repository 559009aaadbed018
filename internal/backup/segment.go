package backup

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"mingjing/internal/db"
	"mingjing/internal/ledger"

	"mingjing/internal/backup/envelope"
	"mingjing/internal/backup/place"
)

// Segment is what was shipped at once: the events of each log since the last one, their checkpoints, and new blobs.
type Segment struct {
	Format   int           `json:"format"`
	Name     string        `json:"name"`
	Time     string        `json:"time"`
	Verifier string        `json:"verifier"`
	Logs     []Stretch     `json:"logs"`
	Blobs    []entry       `json:"blobs,omitempty"`
	Ends     []ledger.Head `json:"ends"` // how far every log is shipped with this segment
}

func (s *Segment) about() (string, string) { return s.Name, s.Verifier }

// Stretch is a run of events of one log.
type Stretch struct {
	Agency string        `json:"agency"`
	First  int64         `json:"first"`
	Events []ledger.Kept `json:"events"`
	Notes  []string      `json:"notes,omitempty"`
}

func segmentName(n int64) string { return fmt.Sprintf("%s%012d", segments, n) }

// segmentNumber reads the number out of a name; 0 when there is none.
func segmentNumber(name string) int64 {
	n, err := strconv.ParseInt(strings.TrimPrefix(name, segments), 10, 64)
	if err != nil || n < 0 || segmentName(n) != name {
		return 0
	}
	return n
}

// replay enters what was shipped after the copy of the database was made.
func (w *restorer) replay(ctx context.Context, d *db.DB) error {
	list, err := w.set.names(ctx, segments)
	if err != nil {
		return err
	}
	next := segmentNumber(w.m.Segment) + 1
	begun := map[string]int64{}
	for _, name := range list {
		if segmentNumber(name) < next {
			continue
		}
		err := w.segment(ctx, d, name, next, begun)
		var damaged *Damaged
		if errors.As(err, &damaged) && w.o.Partial {
			w.r.Stopped = err
			break
		}
		if err != nil {
			return err
		}
		next++
		w.r.Segments++
		w.o.Progress("补回分段", w.r.Segments, int64(len(list)))
	}
	return w.behind(ctx, d, begun)
}

func (w *restorer) segment(ctx context.Context, d *db.DB, name string, want int64, begun map[string]int64) error {
	if segmentNumber(name) != want {
		return &Damaged{Name: segmentName(want), Cause: place.ErrMissing}
	}
	var s Segment
	if err := w.set.signed(ctx, name, w.vkey, &s); err != nil {
		return err
	}
	if s.Format != format {
		return &Damaged{Name: name, Cause: envelope.ErrForm}
	}
	for _, l := range s.Logs {
		vkey, err := ledger.Renamed(w.vkey, ledger.Origin(l.Agency))
		if err != nil {
			return err
		}
		err = d.Write(ctx, l.Agency, func(tx *db.Tx) error {
			if _, seen := begun[l.Agency]; !seen {
				size, err := events(tx, l.Agency)
				if err != nil {
					return err
				}
				begun[l.Agency] = size
			}
			return ledger.Replay(tx, l.Agency, vkey, l.First, l.Events, l.Notes)
		})
		if err != nil {
			return &Damaged{Name: name, Cause: err}
		}
		if n := len(l.Notes); n > 0 {
			w.ends[l.Agency] = l.Notes[n-1]
		}
	}
	return w.bring(ctx, s.Blobs)
}

func events(tx *db.Tx, agency string) (int64, error) {
	heads, err := ledger.Heads(tx)
	for _, h := range heads {
		if h.Agency == agency {
			return h.Events, err
		}
	}
	return 0, err
}

// behind notes which events are in the ledger now and not yet in the tables.
func (w *restorer) behind(ctx context.Context, d *db.DB, begun map[string]int64) error {
	return d.Read(ctx, func(tx *db.Tx) error {
		heads, err := ledger.Heads(tx)
		for _, h := range heads {
			if first, replayed := begun[h.Agency]; replayed && h.Events > first {
				w.r.Replayed += h.Events - first
				w.r.State.Gaps = append(w.r.State.Gaps, Gap{Agency: h.Agency, Sort: Behind, First: first, Last: h.Events - 1})
			}
		}
		return err
	})
}
