package picture

import (
	"slices"
)

// docIndex finds the documents of a kind without walking through those of every party: a batch of hundreds of parties has
// thousands, and each of its parties is judged by some fifty kinds for each of fifty steps.
type docIndex struct {
	upTo   int // how many documents it has taken in; documents are only ever added
	kinds  map[string][]int
	owners map[ownKind][]int
}

type ownKind struct{ kind, party string }

// indexed takes in the documents that were added since.
func (p *Picture) indexed() *docIndex {
	x := &p.index
	if x.kinds == nil {
		x.kinds, x.owners = map[string][]int{}, map[ownKind][]int{}
	}
	for ; x.upTo < len(p.Docs); x.upTo++ {
		d := p.Docs[x.upTo]
		x.kinds[d.Kind] = append(x.kinds[d.Kind], x.upTo)
		own := ownKind{d.Kind, d.Party}
		x.owners[own] = append(x.owners[own], x.upTo)
	}
	return x
}

// Of lists the places of the finished papers of a kind that concern the sheet, in their order.
func (s *Sheet) Of(kind string) []int {
	x := s.indexed()
	if s.Party == nil {
		return x.kinds[kind]
	}
	shared, own := x.owners[ownKind{kind, ""}], x.owners[ownKind{kind, s.Party.ID}]
	switch {
	case len(own) == 0:
		return shared
	case len(shared) == 0:
		return own
	}
	all := slices.Concat(shared, own)
	slices.Sort(all)
	return all
}
