package monitor

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// entry is one line of the public log as it is hashed.
type entry struct {
	Seq         int64             `json:"seq"`
	Agency      string            `json:"agency"`
	Kind        string            `json:"kind"`
	Subject     string            `json:"subject"`
	SubjectKind string            `json:"subject_kind"`
	Recorded    time.Time         `json:"recorded"`
	Actor       map[string]string `json:"actor"`
	Ref         map[string]string `json:"ref"`
	hash        tlog.Hash
}

// errBundle is returned for a bundle of entries that is none.
var errBundle = errors.New("the bundle of entries is damaged")

// unpack takes a bundle apart: each entry behind its length in two bytes, big end first (C2SP tlog-tiles).
func unpack(bundle []byte) ([][]byte, error) {
	var list [][]byte
	for len(bundle) > 0 {
		if len(bundle) < 2 {
			return nil, errBundle
		}
		n := 2 + int(binary.BigEndian.Uint16(bundle))
		if len(bundle) < n {
			return nil, errBundle
		}
		list, bundle = append(list, bundle[2:n]), bundle[n:]
	}
	return list, nil
}

func readEntry(raw []byte) (entry, error) {
	var e entry
	if err := json.Unmarshal(raw, &e); err != nil {
		return e, fmt.Errorf("entry: %w", err)
	}
	e.hash = tlog.RecordHash(raw)
	return e, nil
}

// tree grows by leaves and keeps the roots of its full subtrees only, one for each bit of its size (RFC 6962).
type tree struct {
	size  int64
	peaks []tlog.Hash // the largest subtree first
}

func (t *tree) add(h tlog.Hash) {
	n := len(t.peaks)
	for size := t.size; size&1 == 1; size >>= 1 {
		h = tlog.NodeHash(t.peaks[n-1], h)
		n--
	}
	t.peaks = append(t.peaks[:n:n], h)
	t.size++
}

func (t *tree) root() tlog.Hash {
	if t.size == 0 {
		h, _ := tlog.TreeHash(0, nil) // never fails: nothing is read
		return h
	}
	h := t.peaks[len(t.peaks)-1]
	for i := len(t.peaks) - 2; i >= 0; i-- {
		h = tlog.NodeHash(t.peaks[i], h)
	}
	return h
}

func (t *tree) clone() *tree { return &tree{t.size, append([]tlog.Hash{}, t.peaks...)} }
