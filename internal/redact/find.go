package redact

import (
	"sort"

	"mingjing/internal/redact/person"
	"mingjing/internal/redact/view"
)

// Find marks the personal data in text under DefaultPolicy. The spans are sorted by position, do not overlap
// and carry their labels.
func Find(text string, known []Known) []Span {
	return DefaultPolicy().Find(text, known)
}

// Find marks the personal data in text: first what the case knows, then what has a shape, then guessed addresses and
// names. No two spans overlap. The result depends on its arguments only.
func (p Policy) Find(text string, known []Known) []Span {
	known = p.Labelled(known)
	v := view.New(text)
	f := &finder{src: text, v: v, policy: p, cues: cueWords(), shield: make([]bool, len(v.Runes))}
	f.shields(known)
	f.knownPass(known)
	f.structured()
	f.sensitive()
	f.addresses()
	for _, h := range person.Find(v, f.shield, person.Public{Legal: p.LegalRepresentativePublic, Officer: p.OfficerPublic}) {
		f.add(h.At, h.End, Name, FromName, h.Sure)
	}
	spans := settle(text, f.found)
	return p.label(spans, known)
}

// strength orders the passes by how much evidence stands behind a finding.
func strength(s Source) int {
	switch s {
	case FromManual:
		return 5
	case FromKnown:
		return 4
	case FromStructure:
		return 3
	case FromAddress:
		return 2
	}
	return 1
}

// stronger says which of two findings keeps a place that both claim: the sure one, then the longer, then the one with
// more evidence; the rest only makes the order total.
func stronger(a, b Span) bool {
	switch {
	case a.Sure != b.Sure:
		return a.Sure
	case a.End-a.Start != b.End-b.Start:
		return a.End-a.Start > b.End-b.Start
	case strength(a.Source) != strength(b.Source):
		return strength(a.Source) > strength(b.Source)
	case a.Start != b.Start:
		return a.Start < b.Start
	case a.Kind != b.Kind:
		return a.Kind < b.Kind
	}
	return a.Label < b.Label
}

// settle resolves overlaps. A weaker finding is cut to what the stronger ones leave of it, so that the union of all
// findings stays covered and nothing leaks at a border; only the rest of a guessed name is dropped.
func settle(text string, found []Span) []Span {
	sort.SliceStable(found, func(i, j int) bool { return stronger(found[i], found[j]) })
	taken := make([]bool, len(text))
	var kept []Span
	for _, s := range found {
		for _, piece := range leftOf(s, taken) {
			if whole := piece.Start == s.Start && piece.End == s.End; !whole {
				if s.Source == FromName {
					continue // What is left of a guessed name beside a better finding is no name.
				}
				piece = trim(text, piece)
				if piece.End-piece.Start < 4 { // less than two 汉字 or four figures identify nobody
					continue
				}
				piece.Sure = false
			}
			piece.Text = text[piece.Start:piece.End]
			for i := piece.Start; i < piece.End; i++ {
				taken[i] = true
			}
			kept = append(kept, piece)
		}
	}
	sort.Slice(kept, func(i, j int) bool { return kept[i].Start < kept[j].Start })
	return kept
}

// leftOf returns the parts of s that are not taken.
func leftOf(s Span, taken []bool) []Span {
	var out []Span
	for i := s.Start; i < s.End; {
		if taken[i] {
			i++
			continue
		}
		piece := s
		piece.Start = i
		for i < s.End && !taken[i] {
			i++
		}
		piece.End = i
		out = append(out, piece)
	}
	return out
}

// trim cuts blanks and punctuation from both ends of a piece.
func trim(text string, s Span) Span {
	v := view.New(text[s.Start:s.End])
	i, j := 0, len(v.Runes)
	for i < j && !view.IsHan(v.Runes[i]) && !view.IsAlnum(v.Runes[i]) {
		i++
	}
	for j > i && !view.IsHan(v.Runes[j-1]) && !view.IsAlnum(v.Runes[j-1]) {
		j--
	}
	if i == j {
		s.End = s.Start
		return s
	}
	start, end := v.Bytes(i, j)
	s.Start, s.End = s.Start+start, s.Start+end
	return s
}
