package fault

import (
	"os"
	"strconv"
	"testing"
)

// SeedEnv replays the run of one seed.
const SeedEnv = "MINGJING_CRASH_SEED"

// FullEnv asks for the effort of `make test`: more rounds than somebody waits for who has just changed a line.
const FullEnv = "MINGJING_FULL"

// Rounds is how often a test tries: what its own variable says (make test-crash), or more where FullEnv is set, or few.
func Rounds(t testing.TB, name string, few, more int) int {
	t.Helper()
	if text := os.Getenv(name); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			t.Fatalf("%s=%q is no number of rounds", name, text)
		}
		return n
	}
	if os.Getenv(FullEnv) != "" {
		return more
	}
	return few
}

// Seed is the one that SeedEnv names, or another.
func Seed(other uint64) uint64 {
	if n, err := strconv.ParseUint(os.Getenv(SeedEnv), 10, 64); err == nil {
		return n
	}
	return other
}
