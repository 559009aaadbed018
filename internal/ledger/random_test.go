package ledger

import (
	"encoding/binary"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
)

// TestRandomTreesAreThoseOfTheChecksumDatabase folds random leaves in our own way and in that of golang.org/x/mod/sumdb/tlog:
// both must complete the same hashes and come to the same root. make test-crash compares a million trees, others some
// thousands; MINGJING_TREES says how many.
func TestRandomTreesAreThoseOfTheChecksumDatabase(t *testing.T) {
	count := 5_000
	if text := os.Getenv("MINGJING_TREES"); text != "" {
		var err error
		if count, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	const seed = 20261130
	random := rand.New(rand.NewPCG(seed, seed))
	var store []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		list := make([]tlog.Hash, len(indexes))
		for i, at := range indexes {
			list[i] = store[at]
		}
		return list, nil
	})
	leaf := make([]byte, 16)
	for n := range count {
		size := int64(random.IntN(48))
		if n%2000 == 0 {
			size = int64(random.IntN(4097))
		}
		ours := &tree{}
		store = store[:0]
		for i := range size {
			binary.BigEndian.PutUint64(leaf, random.Uint64())
			binary.BigEndian.PutUint64(leaf[8:], uint64(n))
			theirs, err := tlog.StoredHashes(i, leaf, reader)
			if err != nil {
				t.Fatal(err)
			}
			for j, h := range ours.add(tlog.RecordHash(leaf)) {
				if h != theirs[j] {
					t.Fatalf("tree %d of seed %d: leaf %d completes other hashes", n, seed, i)
				}
			}
			store = append(store, theirs...)
		}
		root, err := tlog.TreeHash(size, reader)
		if err != nil {
			t.Fatal(err)
		}
		if ours.root() != root {
			t.Fatalf("tree %d of seed %d, of %d leaves, has another root", n, seed, size)
		}
		if got, whole := treeSize(int64(len(store))); got != size || !whole {
			t.Fatalf("%d stored hashes are taken for %d leaves, not %d", len(store), got, size)
		}
	}
	t.Logf("%d random trees, seed %d", count, seed)
}
