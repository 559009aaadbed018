package ledger

import (
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"mingjing/internal/db"
)

// pageSize is how many events are read, hashed or written at once.
const pageSize = 1000

// tree folds leaf hashes into an RFC 6962 tree and keeps only the roots of its full subtrees, one for each bit of its
// size. It shares no code with the stored hashes that it is compared with.
type tree struct {
	size  int64
	peaks [64]tlog.Hash
	fresh []tlog.Hash
}

// add appends a leaf and tells the hashes that it completes, the leaf's own first. They are good until the next add.
func (t *tree) add(h tlog.Hash) []tlog.Hash {
	t.fresh = append(t.fresh[:0], h)
	level := 0
	for ; t.size>>level&1 == 1; level++ {
		h = tlog.NodeHash(t.peaks[level], h)
		t.fresh = append(t.fresh, h)
	}
	t.peaks[level] = h
	t.size++
	return t.fresh
}

// root is the tree's root; the empty tree has the hash of nothing.
func (t *tree) root() tlog.Hash {
	var h tlog.Hash
	found := false
	for level := range t.peaks {
		switch {
		case t.size>>level&1 == 0:
		case !found:
			h, found = t.peaks[level], true
		default:
			h = tlog.NodeHash(t.peaks[level], h)
		}
	}
	if !found {
		h, _ = tlog.TreeHash(0, nil) // never fails: nothing is read
	}
	return h
}

// loadTree takes the full subtrees of a tree of that size from the stored hashes.
func loadTree(tx *db.Tx, agency string, size int64) (*tree, error) {
	t := &tree{size: size}
	for level := range t.peaks {
		if size>>level&1 == 0 {
			continue
		}
		hashes, err := storedHashes(tx, agency).ReadHashes([]int64{tlog.StoredHashIndex(level, size>>level-1)})
		if err != nil {
			return nil, err
		}
		t.peaks[level] = hashes[0]
	}
	return t, nil
}

// errBroken is wrapped by every refusal to build on a record that does not fit together.
var errBroken = errors.New("the record does not fit together; run verify")

// storedHashes reads hashes of the tree by their index.
func storedHashes(tx *db.Tx, agency string) tlog.HashReaderFunc {
	return func(indexes []int64) ([]tlog.Hash, error) {
		list := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			var raw []byte
			if err := tx.Row(`SELECT hash FROM tree_hash WHERE agency = $1 AND idx = $2`, agency, index).Scan(&raw); err != nil {
				return nil, fmt.Errorf("tree hash %d of %s: %w", index, agency, err)
			}
			if len(raw) != tlog.HashSize {
				return nil, fmt.Errorf("tree hash %d of %s: %w", index, agency, errBroken)
			}
			list[i] = tlog.Hash(raw)
		}
		return list, nil
	}
}

// treeRows counts the stored hashes, taking them for gap-free.
func treeRows(tx *db.Tx, agency string) (int64, error) {
	var rows int64
	err := tx.Row(`SELECT COALESCE(max(idx) + 1, 0) FROM tree_hash WHERE agency = $1`, agency).Scan(&rows)
	return rows, err
}

// treeSize tells how many leaves the stored hashes make; rows that make no whole tree are reported by whole.
func treeSize(rows int64) (size int64, whole bool) {
	if rows <= 0 {
		return 0, rows == 0
	}
	level, n := tlog.SplitStoredHashIndex(rows - 1)
	size = (n + 1) << level
	if tlog.StoredHashCount(size) == rows {
		return size, true
	}
	// The last leaf has not brought all the hashes that it completes.
	return size - 1, false
}

// storedSize is treeSize of what is stored, and refuses a half tree.
func storedSize(tx *db.Tx, agency string) (int64, error) {
	rows, err := treeRows(tx, agency)
	if err != nil {
		return 0, err
	}
	size, whole := treeSize(rows)
	if !whole {
		return 0, fmt.Errorf("%d tree hashes of %s: %w", rows, agency, errBroken)
	}
	return size, nil
}

// storeHashes writes hashes that follow one another from an index on.
func storeHashes(tx *db.Tx, agency string, from int64, hashes []tlog.Hash) error {
	for count := 128; count > 0; count /= 2 {
		for len(hashes) >= count {
			args := make([]any, 1, 1+2*count)
			args[0] = agency
			for i := range count {
				args = append(args, from+int64(i), hashes[i][:])
			}
			if _, err := tx.Exec(insertHashes(count), args...); err != nil {
				return err
			}
			from, hashes = from+int64(count), hashes[count:]
		}
	}
	return nil
}

func insertHashes(count int) string {
	var b strings.Builder
	b.WriteString(`INSERT INTO tree_hash (agency, idx, hash) VALUES `)
	for i := range count {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("($1, $" + strconv.Itoa(2+2*i) + ", $" + strconv.Itoa(3+2*i) + ")")
	}
	return b.String()
}

// leaves reads the leaf texts of a page in order, and refuses a gap and a leaf that does not have its hash.
func leaves(tx *db.Tx, agency string, from int64, limit int) (hashes []tlog.Hash, recorded string, err error) {
	next := from
	err = tx.Each(`SELECT seq, leaf, leaf_hash, recorded FROM event WHERE agency = $1 AND seq >= $2 ORDER BY seq LIMIT $3`,
		[]any{agency, from, limit}, func(rows *sql.Rows) error {
			var seq int64
			var text, kept []byte
			if err := rows.Scan(&seq, &text, &kept, &recorded); err != nil {
				return err
			}
			h := tlog.RecordHash(text)
			if seq != next || string(kept) != string(h[:]) {
				return fmt.Errorf("event %d of %s: %w", next, agency, errBroken)
			}
			hashes, next = append(hashes, h), next+1
			return nil
		})
	return hashes, recorded, err
}
