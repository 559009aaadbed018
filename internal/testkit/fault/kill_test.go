package fault_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"mingjing/internal/testkit/fault"
)

// writers is how many people act at once.
const writers = 8

// folderEnv tells the child where the bureau lies; roundEnv makes its texts differ from those of the rounds before.
const (
	folderEnv = "MINGJING_CRASH_FOLDER"
	roundEnv  = "MINGJING_CRASH_ROUND"
)

// TestWritersUntilTheyAreKilled is the child: it does nothing but act until it is shot.
func TestWritersUntilTheyAreKilled(t *testing.T) {
	dir := os.Getenv(folderEnv)
	if dir == "" {
		t.Skip("only as a child of TestNoAcknowledgedActIsLostWhenTheProcessIsKilled")
	}
	told := os.NewFile(3, "told")
	s, err := fault.Open(t, dir, fault.Options{})
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = s.Log.Run(context.Background(), 15*time.Millisecond) }()
	fmt.Fprintln(told, "ready")
	var wait sync.WaitGroup
	for w := range writers {
		wait.Go(func() { act(t, s, told, fmt.Sprintf("%s-%d", os.Getenv(roundEnv), w), uint64(w)) })
	}
	wait.Wait()
}

// act does deeds without end and says each that was acknowledged. One write call says one deed, so no line is half there.
func act(t *testing.T, s *fault.Scene, told *os.File, mark string, seed uint64) {
	chance := rand.New(rand.NewPCG(seed, 1))
	lead := ""
	for n := range 1000 {
		kind := fault.Kinds()[chance.IntN(len(fault.Kinds()))]
		if kind == fault.Evidence && lead == "" {
			kind = fault.Lead
		}
		deed, err := s.Do(context.Background(), kind, fmt.Sprintf("kill-%s-%d", mark, n), lead)
		if err != nil {
			t.Errorf("%s: %v", deed, err)
			fmt.Fprintln(told, "error", err)
			return
		}
		if kind == fault.Lead {
			lead = deed.ID
		}
		fmt.Fprintln(told, deed)
	}
}

// boundEvents is where a store is founded anew, so that a thousand rounds do not audit an ever longer ledger.
const boundEvents = 4000

// TestNoAcknowledgedActIsLostWhenTheProcessIsKilled kills a program under eight writers at a random instant, again and again
// on the same store, and audits it after each.
func TestNoAcknowledgedActIsLostWhenTheProcessIsKilled(t *testing.T) {
	rounds, seed := fault.Rounds(t, "MINGJING_CRASH_KILLS", 5, 100), fault.Seed(1)
	template := fault.Found(t)
	chance := rand.New(rand.NewPCG(seed, 2))
	var acknowledged []fault.Deed
	var events, all, stores int64
	dir := ""
	begun := time.Now()
	for round := range rounds {
		if dir == "" || events > boundEvents {
			acknowledged, events, stores = nil, 0, stores+1
			dir = filepath.Join(t.TempDir(), "bureau")
			if err := fault.Copy(template, dir); err != nil {
				t.Fatal(err)
			}
		}
		deeds, err := kill(dir, round, chance)
		acknowledged, all = append(acknowledged, deeds...), all+int64(len(deeds))
		if err == nil {
			events, err = reopen(t, dir, acknowledged)
		}
		if err != nil {
			t.Fatalf("round %d of seed %d (replay with %s=%d): %v", round, seed, fault.SeedEnv, seed, err)
		}
		if (round+1)%100 == 0 {
			t.Logf("%d of %d rounds, %d acknowledged so far", round+1, rounds, all)
		}
	}
	t.Logf("kill -9: %d rounds on %d stores, seed %d, %d acknowledged, 0 lost, 0 half, %s a round", rounds, stores, seed, all, (time.Since(begun) / time.Duration(rounds)).Round(time.Millisecond))
}

// kill lets a child act and kills it; one in ten is killed while it still opens the store.
func kill(dir string, round int, chance *rand.Rand) ([]fault.Deed, error) {
	read, write, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer read.Close()
	child := exec.Command(os.Args[0], "-test.run=^TestWritersUntilTheyAreKilled$", "-test.count=1")
	child.Env = append(os.Environ(), folderEnv+"="+dir, fmt.Sprintf("%s=%d", roundEnv, round))
	child.ExtraFiles = []*os.File{write}
	var said strings.Builder
	child.Stdout, child.Stderr = &said, &said
	if err := child.Start(); err != nil {
		return nil, err
	}
	write.Close()
	early := chance.IntN(10) == 0
	wait := time.Duration(chance.Int64N(int64(150 * time.Millisecond)))
	if early {
		go func() { time.Sleep(wait); _ = child.Process.Signal(syscall.SIGKILL) }()
	}
	var deeds []fault.Deed
	lines := bufio.NewScanner(read)
	for lines.Scan() {
		if lines.Text() == "ready" {
			if !early {
				go func() { time.Sleep(wait); _ = child.Process.Signal(syscall.SIGKILL) }()
			}
			continue
		}
		word := strings.SplitN(lines.Text(), " ", 3)
		if len(word) != 3 || word[0] == "error" {
			_ = child.Process.Kill()
			return deeds, fmt.Errorf("the child says %q", lines.Text())
		}
		deeds = append(deeds, fault.Deed{Kind: word[0], ID: word[1], Text: word[2]})
	}
	_ = child.Wait()
	if !child.ProcessState.Exited() {
		return deeds, nil // by the signal
	}
	return deeds, fmt.Errorf("the child ended by itself: %s", said.String())
}

// reopen audits what the dead left, and acts once more to see that the store is as good as before.
func reopen(t *testing.T, dir string, acknowledged []fault.Deed) (int64, error) {
	s, err := fault.Open(t, dir, fault.Options{})
	if err != nil {
		return 0, err
	}
	defer s.Close()
	events, err := s.Audit(context.Background(), acknowledged)
	if err != nil {
		return 0, err
	}
	if _, err := s.Do(context.Background(), fault.Officer, "经办甲", ""); err != nil {
		return 0, fmt.Errorf("the store takes nothing more: %w", err)
	}
	_, err = s.Log.Checkpoint(context.Background(), s.World.Agency.Code)
	return events, err
}
