package backup

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"mingjing/internal/backup/envelope"
	"mingjing/internal/backup/place"
)

// year makes a backup a day for some days, with new records and evidence in each, and gives the names.
func (o *office) days(s *Set, n int) (names []string) {
	o.t.Helper()
	for range n {
		o.act(3)
		o.file(40 << 10)
		names = append(names, o.make(s, MakeOptions{Keys: true}).Name)
		o.clock.Advance(24*time.Hour - time.Minute)
	}
	return names
}

func (o *office) prune(s *Set, keep Keep) (Pruned, error) {
	return again(s).Prune(context.Background(), PruneOptions{Keep: keep, Verifier: o.key.Public(), Now: o.clock.Now()})
}

// whole tells that each backup that lies there can be brought back.
func whole(t *testing.T, s *Set) {
	t.Helper()
	list, err := again(s).Manifests(context.Background())
	must(t, err)
	for _, name := range list {
		if _, _, err := restore(t, s, RestoreOptions{Manifest: name}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPruningLeavesTheKeptBackupsWholeAndRemovesWhatNoneOfThemNeeds(t *testing.T) {
	for _, p := range places(t) {
		t.Run(p.name, func(t *testing.T) {
			s, o := p.open(t), newOffice(t, "")
			names := o.days(s, 9)
			before := objects(t, s)
			dry, err := again(s).Prune(t.Context(), PruneOptions{Keep: Keep{Daily: 2, Verified: names[3]}, Verifier: o.key.Public(), Now: o.clock.Now(), Dry: true})
			must(t, err)
			if !slices.Equal(objects(t, s), before) {
				t.Error("a dry run removed something")
			}
			done, err := o.prune(s, Keep{Daily: 2, Verified: names[3]})
			must(t, err)
			if fmt.Sprint(done) != fmt.Sprint(dry) || !slices.Equal(done.Kept, []string{names[3], names[7], names[8]}) || len(done.Removed) != 6 || done.Pieces == 0 || done.Bytes == 0 {
				t.Errorf("dry %+v\ndone %+v", dry, done)
			}
			if got := len(objects(t, s)); got != len(before)-len(done.Removed)-done.Segments-done.Pieces {
				t.Errorf("%d objects of %d are left", got, len(before))
			}
			whole(t, s)
			if more, err := o.prune(s, Keep{Daily: 2, Verified: names[3]}); err != nil || len(more.Removed)+more.Pieces+more.Segments != 0 {
				t.Errorf("a second pruning finds %+v, %v", more, err)
			}
			o.act(2)
			o.make(s, MakeOptions{Keys: true}) // this set remembers the pieces of before
			whole(t, s)
		})
	}
}

func TestDaysWeeksAndMonthsAreKeptByTheirNewest(t *testing.T) {
	var list []string
	for day := time.Date(2026, 1, 1, 4, 0, 0, 0, time.UTC); day.Year() == 2026; day = day.Add(12 * time.Hour) {
		list = append(list, manifests+day.Format("20060102T150405.000Z"))
	}
	kept := Keep{Last: 1, Daily: 3, Weekly: 2, Monthly: 3, Verified: list[0]}.of(list)
	// The last is of 1 January 2027 in Shanghai, of which week 53 and a month of its own begin.
	want := []string{"20260101T040000", "20261130T04", "20261227T04", "20261230T04", "20261231T04", "20261231T16"}
	if len(kept) != len(want) {
		t.Fatalf("%q", kept)
	}
	for i, name := range kept {
		if !strings.HasPrefix(name, manifests+want[i]) {
			t.Errorf("%s, want %s", name, want[i])
		}
	}
	if got := (Keep{Verified: list[0]}).of(list); len(got) != 2 || got[1] != list[len(list)-1] {
		t.Errorf("the newest goes: %q", got)
	}
}

func TestNothingIsPrunedBeforeABackupWasVerifiedOrWhileAKeptOneCannotBeRead(t *testing.T) {
	s, o := sealedSet(t, mustOpen(t), envelope.Plain), newOffice(t, "")
	names := o.days(s, 4)
	before := objects(t, s)
	for _, keep := range []Keep{{Daily: 1}, {Daily: 1, Verified: manifests + "20200101T000000.000Z"}} {
		if _, err := o.prune(s, keep); !errors.Is(err, ErrUnverified) {
			t.Errorf("%+v: %v", keep, err)
		}
	}
	text, err := s.dest.Get(t.Context(), names[3])
	must(t, err)
	must(t, s.dest.Put(t.Context(), names[3], append([]byte("x"), text...)))
	if _, err := o.prune(s, Keep{Daily: 1, Verified: names[0]}); !named(err, names[3]) {
		t.Errorf("a damaged manifest: %v", err)
	}
	if !slices.Equal(objects(t, s), before) {
		t.Error("a refused pruning removed something")
	}
}

// killed is a place at which the process dies after some removals.
type killed struct {
	place.Place
	left int
}

var errKilled = errors.New("killed")

func (k *killed) Remove(ctx context.Context, name string) error {
	if k.left--; k.left < 0 {
		return errKilled
	}
	return k.Place.Remove(ctx, name)
}

func TestAPruningThatIsKilledBetweenAnyTwoRemovalsLeavesEveryBackupWholeAndIsFinishedByTheNext(t *testing.T) {
	s, o := sealedSet(t, mustOpen(t), envelope.SM4), newOffice(t, "")
	names := o.days(s, 5)
	keep := Keep{Daily: 1, Verified: names[1]}
	for n := 0; ; n++ {
		cut := &Set{dest: &killed{s.dest, 1}, seal: s.seal} // one removal each time, then the process is gone
		_, err := cut.Prune(t.Context(), PruneOptions{Keep: keep, Verifier: o.key.Public(), Now: o.clock.Now()})
		if err == nil {
			t.Fatal("it was not killed")
		}
		whole(t, s)
		o.clock.Advance(staleAfter) // its note is stale then
		list, err := again(s).Manifests(t.Context())
		must(t, err)
		if len(list) == 2 && n > 5 {
			break
		}
		if n > 50 {
			t.Fatal("it never comes to the pieces")
		}
	}
	done, err := o.prune(s, keep)
	must(t, err)
	if len(done.Removed) != 0 || done.Pieces == 0 {
		t.Errorf("%+v", done)
	}
	whole(t, s)
}

func TestABackupAndAPruningGiveWayToEachOther(t *testing.T) {
	s, o := sealedSet(t, mustOpen(t), envelope.Plain), newOffice(t, "")
	names := o.days(s, 2)
	free, err := s.hold(t.Context(), locks+"prune", locks+"make-", o.clock.Now())
	must(t, err)
	if _, err := s.Make(t.Context(), o.source(), MakeOptions{}); !errors.Is(err, ErrBusy) {
		t.Errorf("a backup beside a pruning: %v", err)
	}
	must(t, free())
	free, err = s.hold(t.Context(), locks+"make-", locks+"prune", o.clock.Now())
	must(t, err)
	if _, err := o.prune(s, Keep{Verified: names[0]}); !errors.Is(err, ErrBusy) {
		t.Errorf("a pruning beside a backup: %v", err)
	}
	must(t, free())
	if _, err := o.prune(s, Keep{Verified: names[0]}); err != nil {
		t.Error(err)
	}
}

func mustOpen(t *testing.T) place.Place {
	t.Helper()
	dest, err := place.Open(t.TempDir())
	must(t, err)
	return dest
}
