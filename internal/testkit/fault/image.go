package fault

import (
	"hash/fnv"
	"math/rand/v2"
)

// sector is what a disk writes whole or not at all.
const sector = 512

// image is a file as the disk has it: what is there for good, and what may or may not be after the power is gone.
type image struct {
	there   bool // its entry in the folder is there for good
	durable []byte
	pending []change
}

// change is one call that changed a file and was not synced.
type change struct {
	at   int64
	data []byte
	size int64
	cut  bool // a truncation to size
	gone bool // a deletion whose folder was not synced
}

// sync makes everything pending durable. SQLite's own file system syncs the folder with the first sync of a new log.
func (m *image) sync() {
	m.durable, m.there = m.apply(m.pending), true
	m.pending = nil
}

// apply gives the content after some changes.
func (m *image) apply(changes []change) []byte {
	content := append([]byte(nil), m.durable...)
	for _, c := range changes {
		content = c.on(content)
	}
	return content
}

func (c change) on(content []byte) []byte {
	switch {
	case c.gone:
		return nil
	case c.cut && int64(len(content)) >= c.size:
		return content[:c.size]
	case c.cut:
		return append(content, make([]byte, c.size-int64(len(content)))...)
	}
	if end := c.at + int64(len(c.data)); int64(len(content)) < end {
		content = append(content, make([]byte, end-int64(len(content)))...)
	}
	copy(content[c.at:], c.data)
	return content
}

// luck is the chance of one file after one power cut.
func luck(seed uint64, path string) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(path[max(0, len(path)-8):])) // the folder differs from run to run, the kind of file does not
	return rand.New(rand.NewPCG(seed, h.Sum64()))
}

// Fate is what becomes of what was written and not synced when the power goes.
type Fate int

// The fates: nothing of it is on the disk, the beginning of it with the last call torn, some calls and not those before them, some
// sectors of each call, all of it. By chance each file has one of its own.
const (
	Dropped Fate = iota
	Torn
	Reordered
	Sectors
	Whole
	ByChance
)

// String is for the line that names a cut.
func (f Fate) String() string {
	return [...]string{"dropped", "torn", "reordered", "sectors", "whole", "by chance"}[f]
}

// survive gives what is found after the power is gone.
func (m *image) survive(fate Fate, chance *rand.Rand) (content []byte, there bool) {
	var kept []change
	if fate == ByChance {
		fate = Fate(chance.IntN(int(ByChance)))
	}
	switch fate {
	case Dropped:
	case Whole:
		kept = m.pending
	case Torn:
		n := chance.IntN(len(m.pending) + 1)
		kept = append(kept, m.pending[:n]...)
		if n < len(m.pending) {
			torn := m.pending[n]
			torn.data = torn.data[:chance.IntN(len(torn.data)/sector+1)*sector]
			if !torn.cut && !torn.gone {
				kept = append(kept, torn)
			}
		}
	case Reordered:
		for _, c := range m.pending {
			if chance.IntN(2) == 0 {
				kept = append(kept, c)
			}
		}
	case Sectors:
		for _, c := range m.pending {
			kept = append(kept, c.shards(chance)...)
		}
	}
	for _, c := range kept {
		if c.gone {
			return nil, false
		}
	}
	return m.apply(kept), m.there || fate == Whole || len(kept) > 0 && chance.IntN(2) == 0
}

// shards are the sectors of a change that reached the disk. Its first byte may lie inside a sector.
func (c change) shards(chance *rand.Rand) []change {
	if c.cut || c.gone {
		if chance.IntN(2) == 0 {
			return []change{c}
		}
		return nil
	}
	var kept []change
	for at := int64(0); at < int64(len(c.data)); {
		end := min(int64(len(c.data)), at+sector-(c.at+at)%sector)
		if chance.IntN(2) == 0 {
			kept = append(kept, change{at: c.at + at, data: c.data[at:end]})
		}
		at = end
	}
	return kept
}
