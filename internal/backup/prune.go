package backup

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"mingjing/internal/backup/envelope"
	"mingjing/internal/db"
)

// Keep says which backups are kept: the newest few, and the newest of each of the last days, weeks and months that have one.
type Keep struct {
	Last, Daily, Weekly, Monthly int
	// Verified is the backup that a drill brought back last. It is never removed.
	Verified string
}

// Pruned tells what was removed, or would be.
type Pruned struct {
	Kept, Removed    []string // manifests
	Segments, Pieces int
	Bytes            int64
}

// PruneOptions are what one pruning is told.
type PruneOptions struct {
	Keep     Keep
	Verifier string // the public key of the deployment
	Now      time.Time
	Dry      bool // tell only
}

// ErrUnverified says that no drill has brought a backup back yet: what is removed then might have been the only sound one.
var ErrUnverified = errors.New("还没有一次演练成功的备份，不清理：请先完成一次演练")

// Prune removes the backups that are not kept, and the segments and pieces that none of the kept needs. Manifests go first and
// pieces last: one that is cut off leaves what nobody needs and never a backup that lacks something, and the next one goes on.
func (s *Set) Prune(ctx context.Context, o PruneOptions) (Pruned, error) {
	done, err := s.prune(ctx, o)
	if err != nil {
		err = fmt.Errorf("backup: prune: %w", err)
	}
	return done, err
}

func (s *Set) prune(ctx context.Context, o PruneOptions) (done Pruned, err error) {
	if o.Keep.Verified == "" {
		return done, ErrUnverified
	}
	if !o.Dry {
		free, err := s.hold(ctx, locks+"prune", locks+"make-", o.Now)
		if err != nil {
			return done, err
		}
		defer func() { err = errors.Join(err, free()) }()
	}
	list, err := s.Manifests(ctx)
	if err != nil {
		return done, err
	}
	if !slices.Contains(list, o.Keep.Verified) {
		return done, fmt.Errorf("%w（演练成功的 %s 不在这里）", ErrUnverified, o.Keep.Verified)
	}
	done.Kept = o.Keep.of(list)
	for _, name := range list {
		if !slices.Contains(done.Kept, name) {
			done.Removed = append(done.Removed, name)
		}
	}
	needed, first, err := s.needs(ctx, done.Kept, o.Verifier)
	if err != nil {
		return done, err
	}
	doomed, err := s.doomed(ctx, &done, needed, first)
	if err != nil || o.Dry {
		return done, err
	}
	// Whoever believes to know which pieces lie here must ask again, before the first is gone.
	if err := s.dest.Put(ctx, generation, []byte(db.Text(o.Now))); err != nil {
		return done, err
	}
	for _, name := range doomed {
		if err := s.dest.Remove(ctx, name); err != nil {
			return done, err
		}
	}
	return done, nil
}

// doomed lists what goes, in the order in which it goes, and counts it.
func (s *Set) doomed(ctx context.Context, done *Pruned, needed map[string]bool, first int64) ([]string, error) {
	list := slices.Clone(done.Removed)
	shipped, err := s.names(ctx, segments)
	if err != nil {
		return nil, err
	}
	for i, name := range shipped {
		if segmentNumber(name) < first && i < len(shipped)-1 { // the last one says how far the place is
			list = append(list, name)
			done.Segments++
		}
	}
	err = s.dest.List(ctx, pieces, func(name string, size int64) error {
		if !needed[name] {
			list = append(list, name)
			done.Pieces++
			done.Bytes += size
		}
		return nil
	})
	return list, err
}

// of chooses from all backups, the oldest first.
func (k Keep) of(list []string) []string {
	chosen := map[string]bool{k.Verified: true}
	newest := slices.Clone(list)
	slices.Reverse(newest)
	for i, name := range newest {
		if i < max(1, k.Last) {
			chosen[name] = true
		}
	}
	for _, span := range []struct {
		n    int
		name func(time.Time) string
	}{{k.Daily, func(t time.Time) string { return t.Format("2006-01-02") }},
		{k.Weekly, func(t time.Time) string { y, w := t.ISOWeek(); return fmt.Sprintf("%d-%02d", y, w) }},
		{k.Monthly, func(t time.Time) string { return t.Format("2006-01") }}} {
		seen := map[string]bool{}
		for _, name := range newest {
			at, err := time.Parse("20060102T150405.000Z", strings.TrimPrefix(name, manifests))
			if err != nil {
				chosen[name] = true // not one of ours to judge
				continue
			}
			if of := span.name(at.In(shanghai)); !seen[of] && len(seen) < span.n {
				seen[of], chosen[name] = true, true
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(list), func(name string) bool { return !chosen[name] })
}

// shanghai is where the days of backups are counted; the country has one time and no summer time.
var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// needs lists the pieces of the kept backups and of what was shipped since the oldest of them, and the number of the first
// segment that one of them needs. What cannot be read stops the pruning: what it needs is not known.
func (s *Set) needs(ctx context.Context, kept []string, vkey string) (needed map[string]bool, first int64, err error) {
	needed = map[string]bool{}
	need := func(list ...Piece) error {
		for _, p := range list {
			if !p.fits() {
				return &Damaged{Name: pieces + "?", Cause: envelope.ErrForm}
			}
			needed[p.path()] = true
		}
		return nil
	}
	first = -1
	for _, name := range kept {
		m, err := s.Manifest(ctx, name, vkey)
		if err != nil {
			return nil, 0, err
		}
		files, err := s.entries(ctx, m)
		if err != nil {
			return nil, 0, err
		}
		err = errors.Join(need(m.Database...), need(m.Blobs...))
		for _, f := range files {
			err = errors.Join(err, need(f.Pieces...))
		}
		for _, k := range m.Keys {
			err = errors.Join(err, need(k.Piece))
		}
		if err != nil {
			return nil, 0, err
		}
		if n := segmentNumber(m.Segment) + 1; first < 0 || n < first {
			first = n
		}
	}
	shipped, err := s.names(ctx, segments)
	if err != nil {
		return nil, 0, err
	}
	for i, name := range shipped {
		if segmentNumber(name) < first && i < len(shipped)-1 {
			continue
		}
		var g Segment
		if err := s.signed(ctx, name, vkey, &g); err != nil {
			return nil, 0, err
		}
		for _, f := range g.Blobs {
			if err := need(f.Pieces...); err != nil {
				return nil, 0, err
			}
		}
	}
	return needed, first, nil
}

// LastSound is the newest backup that a drill brought back without a fault; empty where none was.
func LastSound(tx *db.Tx) (string, error) {
	var name string
	err := tx.Row(`SELECT backup FROM backup_drill WHERE sound = 1 AND backup <> '' AND scope <> $1 ORDER BY at DESC, id DESC LIMIT 1`, ScopeCluster).Scan(&name)
	if db.IsMissing(err) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("backup: last sound drill: %w", err)
	}
	return name, nil
}
