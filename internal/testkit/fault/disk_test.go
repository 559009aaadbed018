package fault_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"mingjing/internal/testkit/fault"
)

// draw makes the plan of a seed: which fault, and when.
func draw(seed uint64) (string, fault.Plan) {
	chance := rand.New(rand.NewPCG(seed, 3))
	at := 1 + chance.IntN(150)
	// Few calls are syncs, and hardly any a truncation; a store that is warm reads little.
	few := 1 + chance.IntN(30)
	switch chance.IntN(10) {
	case 0, 1, 2, 3, 4:
		return "power cut", fault.Plan{CutAt: at}
	case 5:
		return "write error", fault.Plan{Failures: []fault.Failure{{Op: fault.Write, At: at, Times: 1 + chance.IntN(3)}}}
	case 6:
		return "sync error", fault.Plan{Failures: []fault.Failure{{Op: fault.Sync, At: few, Times: 1 + chance.IntN(2)}}}
	case 7:
		return "disk full", fault.Plan{Failures: []fault.Failure{{Op: fault.Write, At: at, Times: 1 + chance.IntN(20), Full: true}}}
	case 8:
		return "read error", fault.Plan{Failures: []fault.Failure{{Op: fault.Read, At: few * 3, Times: 1 + chance.IntN(3)}}}
	}
	return "short read", fault.Plan{Failures: []fault.Failure{{Op: fault.Read, At: few * 3, Times: 1 + chance.IntN(3), Short: true}}}
}

// TestNoSeedOfABadDiskLosesAnAcknowledgedAct lets four writers act on a disk that fails as a seed says, lets the power go at
// the end or before, and audits on a sound disk what is left.
func TestNoSeedOfABadDiskLosesAnAcknowledgedAct(t *testing.T) {
	rounds, first := fault.Rounds(t, "MINGJING_CRASH_SEEDS", 30, 500), fault.Seed(1)
	template := fault.Found(t)
	var tally sync.Map
	var next, all, struck atomic.Int64
	var wait sync.WaitGroup
	begun := time.Now()
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for n := next.Add(1) - 1; n < int64(rounds) && !t.Failed(); n = next.Add(1) - 1 {
				seed := first + uint64(n)
				if n > 0 && n%1000 == 0 {
					t.Logf("%d of %d seeds, %d acknowledged so far", n, rounds, all.Load())
				}
				kind, plan := draw(seed)
				r := run{t: t, seed: seed, plan: plan}
				if err := r.live(template); err != nil {
					t.Errorf("seed %d, %s %+v (replay with %s=%d): %v", seed, kind, plan, fault.SeedEnv, seed, err)
				}
				all.Add(int64(len(r.deeds)))
				count, _ := tally.LoadOrStore(kind, new(atomic.Int64))
				count.(*atomic.Int64).Add(1)
				if r.struck {
					struck.Add(1)
				}
			}
		})
	}
	wait.Wait()
	var kinds []string
	tally.Range(func(kind, n any) bool {
		kinds = append(kinds, fmt.Sprintf("%s %d", kind, n.(*atomic.Int64).Load()))
		return true
	})
	t.Logf("bad disk: seeds %d to %d, the fault came in %d of them, %d acknowledged, 0 lost, 0 half, %s a seed (%s)", first, first+uint64(rounds)-1,
		struck.Load(), all.Load(), (time.Since(begun) / time.Duration(rounds)).Round(time.Millisecond), strings.Join(kinds, ", "))
}

// run is one seed.
type run struct {
	t      *testing.T
	seed   uint64
	plan   fault.Plan
	mu     sync.Mutex
	deeds  []fault.Deed
	struck bool
}

func (r *run) live(template string) error {
	dir, after, done, err := folders()
	if err != nil {
		return err
	}
	defer done()
	if err := fault.Copy(template, dir); err != nil {
		return err
	}
	disk := fault.NewDisk(r.plan)
	defer disk.Close()
	s, err := fault.Open(r.t, dir, fault.Options{Disk: disk.Name()})
	if err == nil {
		r.act(s)
		r.struck = disk.Dark() || disk.Struck() > 0
		disk.Cut()
		s.Close()
	}
	// A store that a bad disk does not let open has said so; what it holds must be whole all the same.
	if err := fault.Copy(filepath.Join(dir, "keys"), filepath.Join(after, "keys")); err != nil {
		return err
	}
	if err := fault.Copy(filepath.Join(dir, "evidence"), filepath.Join(after, "evidence")); err != nil && s != nil {
		return err
	}
	if err := disk.Survive(after, fault.ByChance, r.seed); err != nil {
		return err
	}
	again, err := fault.Open(r.t, after, fault.Options{})
	if err != nil {
		return fmt.Errorf("the store does not open after the fault: %w", err)
	}
	defer again.Close()
	if _, err := again.Audit(context.Background(), r.deeds); err != nil {
		return err
	}
	if _, err := again.Do(context.Background(), fault.Officer, "经办甲", ""); err != nil {
		return fmt.Errorf("the store takes nothing more: %w", err)
	}
	_, err = again.Log.Checkpoint(context.Background(), again.World.Agency.Code)
	return err
}

// folders are two that are gone afterwards, in memory where the machine has room there: thousands of seeds sync no disk.
func folders() (before, after string, done func(), err error) {
	place := "/dev/shm"
	if info, err := os.Stat(place); err != nil || !info.IsDir() {
		place = ""
	}
	root, err := os.MkdirTemp(place, "mingjing-fault-")
	if err != nil {
		return "", "", nil, err
	}
	before, after = filepath.Join(root, "before"), filepath.Join(root, "after")
	err = errors.Join(os.Mkdir(before, 0o700), os.Mkdir(after, 0o700))
	return before, after, func() { _ = os.RemoveAll(root) }, err
}

// act lets four writers act and a fifth sign, for a few deeds each; what fails must say so, and is tried no more than that.
func (r *run) act(s *fault.Scene) {
	var wait sync.WaitGroup
	for w := range 4 {
		wait.Go(func() {
			chance := rand.New(rand.NewPCG(r.seed, uint64(10+w)))
			lead := ""
			for n := range 5 {
				kind := fault.Kinds()[chance.IntN(len(fault.Kinds()))]
				if kind == fault.Evidence && lead == "" {
					kind = fault.Lead
				}
				deed, err := s.Do(context.Background(), kind, fmt.Sprintf("disk-%d-%d", w, n), lead)
				if err != nil {
					continue
				}
				if kind == fault.Lead {
					lead = deed.ID
				}
				r.mu.Lock()
				r.deeds = append(r.deeds, deed)
				r.mu.Unlock()
			}
		})
	}
	wait.Go(func() {
		for range 2 {
			_, _ = s.Log.Checkpoint(context.Background(), s.World.Agency.Code)
			time.Sleep(3 * time.Millisecond)
		}
	})
	wait.Wait()
}
