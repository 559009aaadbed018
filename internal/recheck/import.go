package recheck

import (
	"slices"
	"strconv"
)

// lot is a batch of imported publications that came out together.
type lot struct {
	first, last, seq              int64
	maker, checker, recorded, day string
	checkerFor, manifest, run     string
	rows                          int64
}

func (r *run) lotFact(h *head, l leaf) {
	number := func(name string) int64 {
		n, _ := strconv.ParseInt(l.ref.of(name), 10, 64) // what is no number is held against none
		return n
	}
	r.lots[h.agency] = append(r.lots[h.agency], lot{first: number("first"), last: number("last"), rows: number("rows"), seq: l.seq, maker: l.ref.of("maker"), checker: l.account,
		checkerFor: l.onBehalf, recorded: l.recorded, day: shanghai(l.recorded), manifest: l.ref.of("manifest_sha256"), run: l.subject})
}

// batchOf finds the batch with which an imported publication came out.
func (r *run) batchOf(agency string, ordinal int64) *lot {
	list := r.lots[agency]
	i, found := slices.BinarySearchFunc(list, ordinal, func(b lot, n int64) int {
		switch {
		case b.last < n:
			return -1
		case b.first > n:
			return 1
		}
		return 0
	})
	if !found {
		return nil
	}
	return &list[i]
}
