package pack

import (
	"encoding/json"
	"math/big"
	"reflect"
	"slices"
)

// direction says which way a field becomes tighter, that is: binds the agency more and protects the party
// more. A field without a declared direction cannot be tightened, only filled.
type direction struct {
	kind directionKind
	rank []string // for byRank: from loose to tight
}

type directionKind int

const (
	lower    directionKind = iota // a smaller figure is tighter: thresholds, upper ends, time limits
	higher                        // a larger figure is tighter: lower ends, months of keeping
	fewer                         // a part of the list is tighter: the kinds of penalty allowed
	more                          // a longer list that contains the upper one is tighter: papers to hand in
	onlyTrue                      // true is tighter: a paper required, the figure itself included
	byRank                        // later in the rank is tighter: 10年, 30年, 永久
)

// tighter reports whether lowerValue is strictly tighter than upperValue. Values of unexpected type are not.
func (d direction) tighter(upperValue, lowerValue any) bool {
	switch d.kind {
	case lower, higher:
		u, okU := number(upperValue)
		l, okL := number(lowerValue)
		return okU && okL && (d.kind == lower && l.Cmp(u) < 0 || d.kind == higher && l.Cmp(u) > 0)
	case fewer:
		return contains(upperValue, lowerValue)
	case more:
		return contains(lowerValue, upperValue)
	case onlyTrue:
		return lowerValue == true
	case byRank:
		u, _ := upperValue.(string)
		l, _ := lowerValue.(string)
		iu := slices.Index(d.rank, u)
		return iu >= 0 && slices.Index(d.rank, l) > iu
	}
	return false
}

// number reads a figure exactly; amounts may carry decimals.
func number(v any) (*big.Rat, bool) {
	s, ok := v.(string)
	if n, isNumber := v.(json.Number); isNumber {
		s, ok = n.String(), true
	}
	if !ok {
		return nil, false
	}
	return new(big.Rat).SetString(s)
}

// contains reports whether every value of small is in big.
func contains(big, small any) bool {
	b, okB := big.([]any)
	s, okS := small.([]any)
	if !okB || !okS {
		return false
	}
	for _, v := range s {
		if !slices.ContainsFunc(b, func(w any) bool { return reflect.DeepEqual(v, w) }) {
			return false
		}
	}
	return true
}
