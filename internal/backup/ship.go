package backup

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"mingjing/internal/blob"
	"mingjing/internal/db"
	"mingjing/internal/ledger"
)

// Pace says how often a store is carried to the second place.
type Pace struct {
	Ship time.Duration // new events, their checkpoints and new evidence; 5 s when zero
	Copy time.Duration // the changes of the database; 15 min when zero
	Keys bool          // see MakeOptions.Keys
}

// Shipper carries a store to a second place while it is in use. One process ships a store; several nodes on one
// PostgreSQL must agree which.
type Shipper struct {
	set   *Set
	src   Source
	pace  Pace
	log   *slog.Logger
	anew  atomic.Bool
	mu    sync.Mutex // one round of shipping at a time
	begun bool
	last  int64                  // the number of the last segment
	ends  map[string]ledger.Head // how far each log is shipped
	blobs map[blob.Digest]bool   // waiting to be shipped
	said  map[string]string      // what stands in backup_state
}

// NewShipper makes the shipper of a store.
func NewShipper(set *Set, src Source, pace Pace, log *slog.Logger) *Shipper {
	if pace.Ship <= 0 {
		pace.Ship = 5 * time.Second
	}
	if pace.Copy <= 0 {
		pace.Copy = 15 * time.Minute
	}
	return &Shipper{set: set, src: src, pace: pace, log: log, blobs: map[blob.Digest]bool{}, said: map[string]string{}}
}

// Set is the place to which it ships.
func (s *Shipper) Set() *Set { return s.set }

// Anew has the next copy write every piece again, because a drill found one that cannot be used.
func (s *Shipper) Anew() { s.anew.Store(true) }

// Run ships and copies until the context ends. What fails is logged, stands in backup_state and is tried again; the work
// of the agency never waits for the second place.
func (s *Shipper) Run(ctx context.Context) error {
	if err := s.state(ctx, stateConfigured, s.set.String(), nil); err != nil {
		return err
	}
	// An empty place gets a copy first: the record before it need not be carried in segments.
	if newest, err := s.set.Newest(ctx, s.src.Key.Public()); err == nil && newest == nil {
		if err := s.copy(ctx); err != nil && ctx.Err() == nil {
			s.log.Error("backup: the first copy failed", "error", err)
		}
	}
	var wait sync.WaitGroup
	wait.Go(func() {
		s.every(ctx, s.pace.Ship, stateShip, func() error { _, err := s.Ship(ctx); return err })
	})
	wait.Go(func() { s.every(ctx, s.pace.Copy, stateCopy, func() error { return s.copy(ctx) }) })
	wait.Wait()
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	_, err := s.Ship(last) // what was done since the last round
	return err
}

func (s *Shipper) every(ctx context.Context, pace time.Duration, name string, round func() error) {
	tick := time.NewTicker(pace)
	defer tick.Stop()
	for {
		err := round()
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			s.log.Error("backup: the second place was not reached", "what", name, "error", err)
		}
		if err := s.state(ctx, name, "", err); err != nil && ctx.Err() == nil {
			s.log.Error("backup: keep the state", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// copy takes a backup when a log has grown since the last one.
func (s *Shipper) copy(ctx context.Context) error {
	newest, err := s.set.Newest(ctx, s.src.Key.Public())
	if err != nil && !s.anew.Load() {
		return err
	}
	var heads []ledger.Head
	if err := s.src.DB.Read(ctx, func(tx *db.Tx) (err error) {
		heads, err = ledger.Heads(tx)
		return err
	}); err != nil {
		return err
	}
	if newest != nil && slices.Equal(newest.Ledgers, heads) && !s.anew.Load() {
		return nil
	}
	made, err := s.set.Make(ctx, s.src, MakeOptions{Keys: s.pace.Keys, Anew: s.anew.Load()})
	if err != nil {
		return err
	}
	s.anew.Store(false)
	s.log.Info("backup: copied", "backup", made.Name, "pieces", made.Pieces, "files", made.Files, "bytes", made.Stored)
	return nil
}

// Shipped tells of one round.
type Shipped struct {
	Segments int
	Events   int64
	Blobs    int
	Lag      time.Duration // how old the oldest event was when it had arrived
}

// carryLimit bounds the events of a segment: with leaves of at most 8 KB it stays within some megabytes.
const carryLimit = 1000

// Ship carries what is new. Several segments follow one another when much is.
func (s *Shipper) Ship(ctx context.Context) (done Shipped, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.begin(ctx); err != nil {
		return done, fmt.Errorf("backup: ship: %w", err)
	}
	for {
		segment, oldest, more, err := s.gather(ctx)
		if err == nil && segment != nil {
			err = s.send(ctx, segment)
		}
		if err != nil {
			return done, fmt.Errorf("backup: ship: %w", err)
		}
		if segment == nil {
			return done, nil
		}
		done.Segments++
		done.Blobs += len(segment.Blobs)
		for _, l := range segment.Logs {
			done.Events += int64(len(l.Events))
		}
		if !oldest.IsZero() {
			done.Lag = max(done.Lag, s.src.DB.Now().Sub(oldest))
		}
		if !more {
			return done, nil
		}
	}
}

// begin finds out, once, how far the second place is: the last segment says it, and where there is none the newest copy.
func (s *Shipper) begin(ctx context.Context) error {
	if s.begun {
		return nil
	}
	if err := s.set.load(ctx); err != nil {
		return err
	}
	list, err := s.set.names(ctx, segments)
	if err != nil {
		return err
	}
	s.ends = map[string]ledger.Head{}
	var ends []ledger.Head
	if len(list) > 0 {
		var last Segment
		if err := s.set.signed(ctx, list[len(list)-1], s.src.Key.Public(), &last); err != nil {
			return err
		}
		s.last, ends = segmentNumber(last.Name), last.Ends
	} else if newest, err := s.set.Newest(ctx, s.src.Key.Public()); err != nil {
		return err
	} else if newest != nil {
		ends = newest.Ledgers
	}
	for _, h := range ends {
		s.ends[h.Agency] = h
	}
	s.begun = true
	return nil
}

// gather reads on one snapshot what one segment takes; nil when there is nothing new.
func (s *Shipper) gather(ctx context.Context) (segment *Segment, oldest time.Time, more bool, err error) {
	segment = &Segment{Format: format, Name: segmentName(s.last + 1), Verifier: s.src.Key.Public(), Time: db.Text(s.src.DB.Now())}
	ends := maps.Clone(s.ends)
	err = s.src.DB.Read(ctx, func(tx *db.Tx) error {
		heads, err := ledger.Heads(tx)
		if err != nil {
			return err
		}
		left := carryLimit
		for _, h := range heads {
			from := ends[h.Agency]
			if h.Events < from.Events {
				return fmt.Errorf("the second place has %d events of %s, the store %d: it belongs to another store, or this one lost some", from.Events, h.Agency, h.Events)
			}
			if h.Events == from.Events && h.Signed == from.Signed {
				continue
			}
			if left <= 0 {
				more = true
				break
			}
			l := Stretch{Agency: h.Agency, First: from.Events}
			if l.Events, l.Notes, err = ledger.Carry(tx, h.Agency, from.Events, from.Signed, left); err != nil {
				return err
			}
			at, err := recorded(tx, h.Agency, from.Events)
			if err != nil {
				return err
			}
			if !at.IsZero() && (oldest.IsZero() || at.Before(oldest)) {
				oldest = at
			}
			left -= len(l.Events)
			reached, err := reach(h, l, from)
			if err != nil {
				return err
			}
			more = more || reached.Events < h.Events
			ends[h.Agency] = reached
			segment.Logs = append(segment.Logs, l)
		}
		return nil
	})
	if err != nil {
		return nil, oldest, false, err
	}
	for _, d := range s.src.Blobs.Fresh() {
		s.blobs[d] = true
	}
	if len(segment.Logs) == 0 && len(s.blobs) == 0 {
		return nil, oldest, false, nil
	}
	for _, agency := range slices.Sorted(maps.Keys(ends)) {
		segment.Ends = append(segment.Ends, ends[agency])
	}
	return segment, oldest, more, nil
}

// reach is how far a log is shipped with a stretch.
func reach(h ledger.Head, l Stretch, from ledger.Head) (ledger.Head, error) {
	end := ledger.Head{Agency: h.Agency, Events: l.First + int64(len(l.Events)), Signed: from.Signed, Note: from.Note}
	if n := len(l.Notes); n > 0 {
		// The second line of a checkpoint is its size (C2SP tlog-checkpoint); whoever restores checks its signature.
		lines := strings.SplitN(l.Notes[n-1], "\n", 3)
		size, err := strconv.ParseInt(lines[min(1, len(lines)-1)], 10, 64)
		if err != nil {
			return end, err
		}
		end.Signed, end.Note = size, l.Notes[n-1]
	}
	return end, nil
}

// recorded is when the first event of a stretch was recorded; the zero time when there is none.
func recorded(tx *db.Tx, agency string, seq int64) (time.Time, error) {
	r, err := ledger.At(tx, agency, seq)
	if errors.Is(err, ledger.ErrNoEvent) {
		return time.Time{}, nil
	}
	return r.Recorded, err
}

// send stores the new blobs and then the segment that names them.
func (s *Shipper) send(ctx context.Context, segment *Segment) (err error) {
	if len(s.blobs) > 0 {
		free, err := s.set.hold(ctx, locks+"make-", locks+"prune", s.src.DB.Now())
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, free()) }()
		if err := s.set.current(ctx); err != nil {
			return err
		}
	}
	k := &maker{set: s.set, src: s.src}
	for _, d := range slices.Sorted(maps.Keys(s.blobs)) {
		e, err := k.blob(ctx, d)
		if err != nil {
			return err
		}
		segment.Blobs = append(segment.Blobs, e)
	}
	if _, err := s.set.sign(ctx, s.src.Key, segment.Name, segment); err != nil {
		return err
	}
	s.last++
	clear(s.blobs)
	for _, h := range segment.Ends {
		s.ends[h.Agency] = h
	}
	return nil
}
