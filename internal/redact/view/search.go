package view

import "unicode/utf8"

// WordSet is a fixed list of words, looked up by first character.
type WordSet struct {
	heads *RuneSet
	by    map[rune][][]rune
}

// NewWordSet compiles the list; empty words are not allowed in it.
func NewWordSet(list []string) *WordSet {
	w := &WordSet{by: map[rune][][]rune{}}
	heads := ""
	for _, s := range list {
		r := []rune(s)
		w.by[r[0]] = append(w.by[r[0]], r)
		heads += string(r[:1])
	}
	w.heads = SetOf(heads)
	return w
}

// Longest returns the length of the longest word of the set that stands at i, or 0.
func (v *Text) Longest(i int, w *WordSet) int {
	if i < 0 || i >= len(v.Runes) || !w.heads.Has(v.Runes[i]) {
		return 0
	}
	best := 0
	for _, word := range w.by[v.Runes[i]] {
		if len(word) <= best || i+len(word) > len(v.Runes) {
			continue
		}
		n := 1
		for n < len(word) && v.Runes[i+n] == word[n] {
			n++
		}
		if n == len(word) {
			best = n
		}
	}
	return best
}

// FindAll returns every position at which the pattern stands in the view.
func (v *Text) FindAll(pattern []rune) []int {
	var out []int
	if len(pattern) == 0 {
		return nil
	}
	for i := 0; i+len(pattern) <= len(v.Runes); i++ {
		if v.Runes[i] != pattern[0] {
			continue
		}
		n := 1
		for n < len(pattern) && v.Runes[i+n] == pattern[n] {
			n++
		}
		if n == len(pattern) {
			out = append(out, i)
		}
	}
	return out
}

// RunsOn reports whether no blank stands in front of rune j, which belongs to a token that began at start.
func (v *Text) RunsOn(start, j int) bool { return j == start || v.Gap[j] == GapNone }

// ByteStarts maps byte offsets of the view's text to rune positions; entries inside a rune are unused.
func (v *Text) ByteStarts() []int {
	out := make([]int, 0, 3*len(v.Runes)+1)
	for i, r := range v.Runes {
		for n := max(1, utf8.RuneLen(r)); n > 0; n-- {
			out = append(out, i)
		}
	}
	return append(out, len(v.Runes))
}
