package redact

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"
)

// sweepRunes is the shortest accepted text, in runes, that is also replaced where no span marked it. A single character
// such as 男 is replaced only in its place.
const sweepRunes = 2

// Mark makes the span of a place that a person marked by hand. The offsets are bytes of text and must enclose whole
// runes; the error is a Chinese message for the screen.
func Mark(text string, start, end int, kind Kind) (Span, error) {
	if start < 0 || end > len(text) || start >= end || !boundary(text, start) || !boundary(text, end) {
		return Span{}, fmt.Errorf("redact: mark %d-%d: %w", start, end, errRange)
	}
	s := Span{Start: start, End: end, Kind: kind, Text: text[start:end], Source: FromManual, Sure: true}
	s.Label = plainLabel(kind, s.Text)
	if f := familyName(s.Text); kind == Name && f != "" {
		s.Label = f + "某"
	}
	return s, nil
}

type rangeError string

func (e rangeError) Error() string { return string(e) }

const errRange rangeError = "标记的位置不在文本之内或截断了字符，请重新选取"

func boundary(text string, i int) bool {
	return i == 0 || i == len(text) || i > 0 && i < len(text) && utf8.RuneStart(text[i])
}

// cut is a stretch of the source that will be replaced.
type cut struct {
	start, end int
	label      string
	by         int // index of the decision, -1 for a swept occurrence
}

// Apply replaces the accepted spans by their labels and returns the public text with its manifest. What was accepted in
// one place is also replaced wherever else it stands, unless a person rejected that very place: 行政处罚法第五十条 protects
// the person, not the position. Decisions that do not fit the text are listed in the manifest as Misfits and replace
// nothing by position; a caller must not publish a text with misfits.
func Apply(text string, decisions []Decision) (string, Manifest) {
	m := Manifest{Version: manifestVersion, Counts: map[Kind]Count{}, Spans: []Entry{}}
	ordered := make([]Decision, len(decisions))
	copy(ordered, decisions)
	sort.SliceStable(ordered, func(i, j int) bool { return decisionBefore(ordered[i], ordered[j]) })
	var cuts []cut
	var kept [][2]int
	for i, d := range ordered {
		fits := fitting(text, d.Span)
		if !fits {
			m.Misfits++
		}
		m.note(d)
		switch {
		case !fits:
		case d.Accept:
			cuts = append(cuts, cut{d.Span.Start, d.Span.End, labelOf(d.Span), i})
		default:
			kept = append(kept, [2]int{d.Span.Start, d.Span.End})
		}
	}
	cuts = merge(cuts)
	all := newMatcher(ordered)
	swept := all.sweep(text, cuts, kept)
	m.Swept = len(swept)
	cuts = append(cuts, swept...)
	sort.Slice(cuts, func(i, j int) bool { return cuts[i].start < cuts[j].start })
	out := paste(text, cuts)
	out, again := all.scrub(out, ordered)
	m.Swept += again
	sum := sha256.Sum256([]byte(out))
	m.Output = hex.EncodeToString(sum[:])
	return out, m
}

func decisionBefore(a, b Decision) bool {
	x, y := a.Span, b.Span
	switch {
	case x.Start != y.Start:
		return x.Start < y.Start
	case x.End != y.End:
		return x.End > y.End
	case a.Accept != b.Accept:
		return a.Accept
	}
	return x.Kind < y.Kind
}

func fitting(text string, s Span) bool {
	return s.Start >= 0 && s.Start < s.End && s.End <= len(text) && boundary(text, s.Start) && boundary(text, s.End) &&
		text[s.Start:s.End] == s.Text
}

// labelOf returns the span's label, or the plain one where it has none or would repeat what it replaces.
func labelOf(s Span) string {
	l := s.Label
	if l == "" {
		l = plainLabel(s.Kind, s.Text)
	}
	if strings.Contains(l, s.Text) {
		return blank(s.Text)
	}
	return l
}

// blank is a replacement that cannot contain the text.
func blank(text string) string {
	for _, l := range []string{"■■", "＊＊", "（略）"} {
		if !strings.Contains(l, text) {
			return l
		}
	}
	return ""
}

// merge joins accepted spans that overlap into one cut with the label of the first.
func merge(cuts []cut) []cut {
	var out []cut
	for _, c := range cuts {
		if n := len(out); n > 0 && c.start < out[n-1].end {
			out[n-1].end = max(out[n-1].end, c.end)
			continue
		}
		out = append(out, c)
	}
	return out
}

// matcher finds many texts in one walk: at every place it looks up one piece per distinct length.
type matcher struct {
	labels map[string]string
	sizes  []int // distinct lengths in bytes, longest first
	heads  [256]bool
}

// newMatcher takes the accepted texts, each with its label.
func newMatcher(decisions []Decision) *matcher {
	m := &matcher{labels: map[string]string{}}
	sizes := map[int]bool{}
	for _, d := range decisions {
		t := d.Span.Text
		if !d.Accept || utf8.RuneCountInString(t) < sweepRunes || m.labels[t] != "" {
			continue
		}
		m.labels[t] = labelOf(d.Span)
		m.heads[t[0]] = true
		if !sizes[len(t)] {
			sizes[len(t)] = true
			m.sizes = append(m.sizes, len(t))
		}
	}
	sort.Sort(sort.Reverse(sort.IntSlice(m.sizes)))
	return m
}

// walk calls use with the bounds of every occurrence, longest first at each place. Where use returns true the walk goes on
// behind the occurrence.
func (m *matcher) walk(text string, use func(a, b int) bool) {
	for i := 0; i < len(text); i++ {
		if !m.heads[text[i]] {
			continue
		}
		for _, size := range m.sizes {
			if i+size > len(text) {
				continue
			}
			if _, ok := m.labels[text[i:i+size]]; ok && use(i, i+size) {
				i += size - 1
				break
			}
		}
	}
}

// sweep finds further occurrences of accepted texts outside the cuts and outside what was rejected.
func (m *matcher) sweep(text string, cuts []cut, kept [][2]int) []cut {
	taken := make([]bool, len(text))
	take := func(a, b int) {
		for ; a < b; a++ {
			taken[a] = true
		}
	}
	for _, c := range cuts {
		take(c.start, c.end)
	}
	for _, k := range kept {
		take(k[0], k[1])
	}
	var out []cut
	m.walk(text, func(a, b int) bool {
		for i := a; i < b; i++ {
			if taken[i] {
				return false
			}
		}
		out = append(out, cut{a, b, m.labels[text[a:b]], -1})
		return true
	})
	return out
}

func paste(text string, cuts []cut) string {
	var b strings.Builder
	at := 0
	for _, c := range cuts {
		b.WriteString(text[at:c.start])
		b.WriteString(c.label)
		at = c.end
	}
	b.WriteString(text[at:])
	return b.String()
}

// scrub removes accepted texts that the output still holds: one that arose where a label met its neighbour, or one that
// overlapped another cut. A text that somebody rejected elsewhere is left, because that place was decided by a person.
func (m *matcher) scrub(out string, decisions []Decision) (string, int) {
	var spared []string
	for _, d := range decisions {
		if !d.Accept {
			spared = append(spared, d.Span.Text)
		}
	}
	n := 0
	for range scrubRounds {
		var cuts []cut
		m.walk(out, func(a, b int) bool {
			if within(out[a:b], spared) {
				return false
			}
			cuts = append(cuts, cut{a, b, blank(out[a:b]), -1})
			return true
		})
		if len(cuts) == 0 {
			break
		}
		n += len(cuts)
		out = paste(out, cuts)
	}
	return out, n
}

// scrubRounds bounds the repetition; one round is enough unless accepted texts are made of the signs ■, ＊ and 略.
const scrubRounds = 8

func within(t string, spared []string) bool {
	for _, s := range spared {
		if strings.Contains(s, t) {
			return true
		}
	}
	return false
}
