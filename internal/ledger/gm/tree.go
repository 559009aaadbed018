package gm

import (
	"encoding/base64"
	"errors"
	"math/bits"
	"strings"

	"github.com/emmansun/gmsm/sm3"
)

// Hash is an SM3 digest (GB/T 32905).
type Hash [sm3.Size]byte

// String is the hash as it stands in a checkpoint.
func (h Hash) String() string { return base64.StdEncoding.EncodeToString(h[:]) }

// LeafHash and NodeHash are those of RFC 6962 §2.1 with SM3 in the place of SHA-256.
func LeafHash(leaf []byte) Hash { return sum([]byte{0}, leaf) }

// NodeHash joins two subtrees.
func NodeHash(left, right Hash) Hash { return sum([]byte{1}, left[:], right[:]) }

func sum(parts ...[]byte) Hash {
	d := sm3.New()
	for _, p := range parts {
		d.Write(p)
	}
	return Hash(d.Sum(nil))
}

// Tree folds leaves and keeps only the roots of its full subtrees, the largest first.
type Tree struct {
	Size  int64
	peaks []Hash
}

// Add appends a leaf.
func (t *Tree) Add(leaf []byte) {
	h := LeafHash(leaf)
	for n := t.Size; n&1 == 1; n >>= 1 {
		h = NodeHash(t.peaks[len(t.peaks)-1], h)
		t.peaks = t.peaks[:len(t.peaks)-1]
	}
	t.peaks = append(t.peaks, h)
	t.Size++
}

// Root is the tree's root; the empty tree has the hash of nothing.
func (t *Tree) Root() Hash {
	if len(t.peaks) == 0 {
		return sum()
	}
	h := t.peaks[len(t.peaks)-1]
	for i := len(t.peaks) - 2; i >= 0; i-- {
		h = NodeHash(t.peaks[i], h)
	}
	return h
}

// text writes the peaks as they are stored, so that the next seal need not begin at the first leaf.
func (t *Tree) text() string {
	list := make([]string, len(t.peaks))
	for i, p := range t.peaks {
		list[i] = p.String()
	}
	return strings.Join(list, " ")
}

var errPeaks = errors.New("gm: the stored peaks are not those of a tree of that size")

func loadTree(size int64, text string) (*Tree, error) {
	t := &Tree{Size: size}
	for _, field := range strings.Fields(text) {
		raw, err := base64.StdEncoding.Strict().DecodeString(field)
		if err != nil || len(raw) != sm3.Size {
			return nil, errPeaks
		}
		t.peaks = append(t.peaks, Hash(raw))
	}
	if size < 0 || len(t.peaks) != bits.OnesCount64(uint64(size)) {
		return nil, errPeaks
	}
	return t, nil
}
