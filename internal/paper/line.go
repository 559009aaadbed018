package paper

import (
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
)

// look is how a text is set; sizes and pitches are in points.
type look struct {
	fonts   chain
	size    float64
	pitch   float64 // from line to line
	spacing float64 // added to each character's advance
	indent  float64 // of the first line
	justify bool    // full lines reach the right margin
	colour  colour
}

// char is one character in its font.
type char struct {
	r       rune
	face    *face
	number  uint    // of the glyph
	advance float64 // with the look's spacing
	odd     bool    // whether the advance is not the glyph's own
}

// line is one set line.
type line struct {
	chars  []char
	indent float64
	extra  float64 // added to each advance to reach the right margin
}

func width(chars []char) float64 {
	sum := 0.0
	for _, c := range chars {
		sum += c.advance
	}
	return sum
}

// trimmed leaves out the white space at the end, which may hang over the margin.
func trimmed(chars []char) []char {
	for len(chars) > 0 && unicode.IsSpace(chars[len(chars)-1].r) {
		chars = chars[:len(chars)-1]
	}
	return chars
}

// spell finds the glyph of each character, or fails with MissingGlyph. White
// space that a font does not have is set as its plain space.
func spell(text string, l look) ([]char, error) {
	runes := []rune(text)
	out := make([]char, 0, len(runes))
	for i, r := range runes {
		face, glyph := l.fonts.find(r)
		if face == nil && unicode.IsSpace(r) {
			r = ' '
			face, glyph = l.fonts.find(r)
		}
		if face == nil {
			near := string(runes[max(0, i-8):min(len(runes), i+9)])
			return nil, MissingGlyph{Char: r, Near: near, Fonts: l.fonts.paths()}
		}
		out = append(out, char{r: r, face: face, number: glyph.number, advance: float64(glyph.advance)*l.size/1000 + l.spacing})
	}
	return out, nil
}

// fill sets a text in lines no wider than the measure. Lines part where UAX #14
// lets them, so no closing mark begins a line and no opening mark ends one
// (GB/T 15834-2011 第5.1条); a word wider than the measure parts anywhere else.
func fill(text string, l look, measure float64) ([]line, error) {
	chars, err := spell(text, l)
	if err != nil {
		return nil, err
	}
	var out []line
	current := line{indent: l.indent}
	room := func() float64 { return measure - current.indent + slack }
	flush := func() {
		out = append(out, current)
		current = line{}
	}
	for _, n := range segments(text) {
		word := chars[:n]
		chars = chars[n:]
		if len(current.chars) > 0 && width(current.chars)+width(trimmed(word)) > room() {
			flush()
		}
		for width(trimmed(word)) > room() {
			n := forced(word, room())
			current.chars = append(current.chars, word[:n]...)
			word = word[n:]
			flush()
		}
		current.chars = append(current.chars, word...)
	}
	out = append(out, current)
	if l.justify {
		justify(out, l, measure)
	}
	return out, nil
}

// balance sets a text in as few lines as fill does, but of like length.
func balance(text string, l look, measure float64) ([]line, error) {
	lines, err := fill(text, l, measure)
	for err == nil && measure > 2*l.size {
		measure -= l.size / 2
		var narrower []line
		if narrower, err = fill(text, l, measure); len(narrower) > len(lines) {
			break
		}
		lines = narrower
	}
	return lines, err
}

// label sets the label of a cell in as few lines as fill does. Chinese words
// mostly have two characters, so that a last line of an even number of them
// seldom begins within a word.
func label(text string, l look, measure float64) ([]line, error) {
	lines, err := fill(text, l, measure)
	best := lines
	for err == nil && len(lines) > 1 && measure > 2*l.size {
		measure -= l.size
		var narrower []line
		if narrower, err = fill(text, l, measure); len(narrower) > len(lines) {
			break
		}
		if len(narrower[len(narrower)-1].chars)%2 == 0 {
			best = narrower
		}
	}
	return best, err
}

// slack absorbs the rounding of advances, and the spacing after the last character.
const slack = 0.75

// segments are the lengths, in characters, of the parts that stay together.
func segments(text string) []int {
	shadow := shade([]rune(text))
	var out []int
	state := -1
	for shadow != "" {
		var part string
		part, shadow, _, state = uniseg.FirstLineSegmentInString(shadow, state)
		out = append(out, len([]rune(part)))
	}
	return out
}

// shade stands in for the characters that UAX #14 leaves to the language, one by
// one: Chinese quotation marks open and close, the interpunct and the wave dash
// stay with what goes before (《中文排版需求》clreq 3.1.3), a box to tick with its words.
func shade(runes []rune) string {
	var out strings.Builder
	for i, r := range runes {
		switch r {
		case '“', '‘':
			r = '「'
		case '☐', '☑', '□', '■', '☒':
			r = '（' // a box stands before its words
		case '”':
			r = '」'
		case '’':
			r = '」'
			if i+1 < len(runes) && runes[i+1] < unicode.MaxASCII && unicode.IsLetter(runes[i+1]) {
				r = 'a' // an apostrophe
			}
		case '·', '～', '/', '－':
			r = '」'
		case '\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029':
			r = ' '
		}
		out.WriteRune(r)
	}
	return out.String()
}

// forced is how many characters of a word go on a line when the word is wider
// than the whole line; whole grapheme clusters, at least one, and no closing
// mark is pushed to the next line's start.
func forced(word []char, room float64) int {
	var ends []int
	used, sum := 0, 0.0
	state := -1
	rest := text(word)
	for rest != "" {
		var cluster string
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		n := len([]rune(cluster))
		sum += width(word[used : used+n])
		if sum > room && len(ends) > 0 {
			break
		}
		used += n
		ends = append(ends, used)
	}
	for i := len(ends) - 1; i > 0; i-- {
		if ends[i] < len(word) && !strings.ContainsRune(closing, word[ends[i]].r) {
			return ends[i]
		}
	}
	return ends[len(ends)-1]
}

const closing = "，。、；：？！）》〉」』】〕”’…—·,.;:?!)]}%％"

func text(chars []char) string {
	var out strings.Builder
	for _, c := range chars {
		out.WriteRune(c.r)
	}
	return out.String()
}

// justify spreads each line but the last over the measure. A line that lacks
// much, because a long number went to the next line, stays ragged: holes between
// the characters read worse.
func justify(lines []line, l look, measure float64) {
	for i := range lines[:len(lines)-1] {
		set := trimmed(lines[i].chars)
		if len(set) < 2 {
			continue
		}
		extra := (measure - lines[i].indent - width(set)) / float64(len(set)-1)
		if extra > 0 && extra < l.size/5 {
			lines[i].extra = extra
		}
	}
}
