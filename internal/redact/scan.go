package redact

import (
	"sort"

	"mingjing/internal/redact/view"
)

// Scan looks for leaks in a finished artefact: the text of the rendered page, of the PDF, of metadata and file names. It
// runs the passes again on what will really be seen and returns every known entity, every number with a shape and every
// sure address that is still there. Guessed names are left out: a person has decided them, and organisations and officers
// stay in the text. Pass what the case knows, and Rejected(decisions) for what a person found public.
func Scan(final string, known ...Known) []Span {
	return DefaultPolicy().Scan(final, known...)
}

// Scan is Scan under this policy.
func (p Policy) Scan(final string, known ...Known) []Span {
	p.MarkBirth = false
	var out []Span
	for _, s := range p.Find(final, known) {
		switch s.Source {
		case FromKnown:
			out = append(out, s)
		case FromStructure:
			if s.Kind != Health && s.Kind != Minor {
				out = append(out, s)
			}
		case FromAddress, FromName:
			if s.Sure && !masked(view.New(s.Text).Runes) && s.Text != plainLabel(Address, "") {
				out = append(out, s)
			}
		}
	}
	return out
}

// Rejected turns the spans that a person judged public into known public entities, so that a second look accepts them.
func Rejected(decisions []Decision) []Known {
	var out []Known
	for _, d := range decisions {
		if !d.Accept {
			out = append(out, Known{Kind: d.Span.Kind, Text: d.Span.Text, Public: true})
		}
	}
	return out
}

// Unconfirmed returns the spans that no person has decided yet. A decision counts for exactly its span; an accepted
// decision also counts for every span that lies inside it, because a person may widen a finding by hand.
func Unconfirmed(spans []Span, decisions []Decision) []Span {
	type key struct {
		start, end int
		text       string
	}
	decided := map[key]bool{}
	var wide [][2]int
	for _, d := range decisions {
		decided[key{d.Span.Start, d.Span.End, d.Span.Text}] = true
		if d.Accept {
			wide = append(wide, [2]int{d.Span.Start, d.Span.End})
		}
	}
	sort.Slice(wide, func(i, j int) bool { return wide[i][0] < wide[j][0] })
	for i := 1; i < len(wide); i++ {
		wide[i][1] = max(wide[i][1], wide[i-1][1]) // An earlier range that reaches further covers as well.
	}
	var out []Span
	for _, s := range spans {
		if decided[key{s.Start, s.End, s.Text}] || covered(s, wide) {
			continue
		}
		out = append(out, s)
	}
	return out
}

// covered reports whether an accepted range holds the span. The ranges are sorted by
// start, each with the furthest end so far.
func covered(s Span, wide [][2]int) bool {
	i := sort.Search(len(wide), func(i int) bool { return wide[i][0] > s.Start })
	return i > 0 && wide[i-1][1] >= s.End
}

// Conceal is a text of the file for a reader who may know whom it is about and nothing else of them: whatever Find takes
// for personal data is replaced, but names. What stands in known as public is left.
func Conceal(text string, known ...Known) string {
	var hidden []Decision
	for _, s := range Find(text, known) {
		if s.Kind != Name {
			hidden = append(hidden, Decision{Span: s, Accept: true})
		}
	}
	if len(hidden) == 0 {
		return text
	}
	out, _ := Apply(text, hidden)
	return out
}
