package backup

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"

	"mingjing/internal/db"

	"mingjing/internal/backup/place"
)

// What keeps a backup that is being made and a pruning apart. Each first leaves a note of itself and then looks for one of the
// other, so that at least one of two that begin together sees the other and gives way. The note of one that was killed is
// stale after a while. generation changes with each pruning: who remembers which pieces lie there asks again.
const (
	locks      = "lock/"
	generation = "generation"
	staleAfter = 6 * time.Hour
)

// ErrBusy says that the other is under way.
var ErrBusy = errors.New("备份与清理不能同时进行，另一项正在进行，请稍后再试")

// hold leaves a note under a name and refuses where a fresh one lies under names that begin with other. free takes it away.
func (s *Set) hold(ctx context.Context, name, other string, now time.Time) (free func() error, err error) {
	if strings.HasSuffix(name, "-") {
		name += rand.Text()
	}
	if err := s.dest.Put(ctx, name, []byte(db.Text(now))); err != nil {
		return nil, err
	}
	free = func() error { return s.dest.Remove(context.WithoutCancel(ctx), name) }
	var found []string
	err = s.dest.List(ctx, locks, func(n string, _ int64) error {
		if n != name && strings.HasPrefix(n, other) {
			found = append(found, n)
		}
		return nil
	})
	for _, n := range found {
		text, missing := s.dest.Get(ctx, n)
		if errors.Is(missing, place.ErrMissing) {
			continue
		}
		at, bad := db.Time(string(text))
		if missing != nil || bad == nil && now.Sub(at) < staleAfter {
			err = errors.Join(err, fmt.Errorf("%w（%s）", ErrBusy, n))
		}
	}
	if err != nil {
		return nil, errors.Join(err, free())
	}
	return free, nil
}

// current has the set ask again which pieces lie there when a pruning went by since it asked.
func (s *Set) current(ctx context.Context) error {
	text, err := s.dest.Get(ctx, generation)
	if err != nil && !errors.Is(err, place.ErrMissing) {
		return err
	}
	s.mu.Lock()
	if s.pruned != string(text) {
		s.have, s.pruned = nil, string(text)
	}
	s.mu.Unlock()
	return s.load(ctx)
}
