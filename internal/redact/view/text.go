package view

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Gap says what blank the source had in front of a rune of the view.
type Gap byte

// The blanks in front of a rune.
const (
	GapNone Gap = iota
	GapSpace
	GapLine
)

// Text is the text as the passes see it: compatibility-normalised rune by rune, upper-cased where ASCII, without blanks
// and invisible runes. from and to map every rune back to the bytes it came from, so that a span found here always falls
// on rune boundaries of the source.
type Text struct {
	src   string
	Runes []rune
	from  []int32
	to    []int32
	Gap   []Gap
}

// New makes the view of src. Bytes that are not UTF-8 count as one rune each and match nothing.
func New(src string) *Text {
	n := utf8.RuneCountInString(src)
	v := &Text{src: src, Runes: make([]rune, 0, n+8), from: make([]int32, 0, n+8), to: make([]int32, 0, n+8),
		Gap: make([]Gap, 0, n+8)}
	pending := GapNone
	for i := 0; i < len(src); {
		r, size := utf8.DecodeRuneInString(src[i:])
		switch {
		case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029':
			pending = GapLine
		case unicode.IsSpace(r) || r == '\u3000':
			pending = max(pending, GapSpace)
		case invisible(r):
		default:
			v.add(r, i, i+size, &pending)
		}
		i += size
	}
	return v
}

// add appends the normal form of r, which may be several runes that all point to the same source bytes.
func (v *Text) add(r rune, from, to int, pending *Gap) {
	if r = plain(r); r != utf8.RuneError {
		v.put(r, from, to, pending)
		return
	}
	var buf [utf8.UTFMax]byte
	in := buf[:utf8.EncodeRune(buf[:], rawRune(v.src[from:to]))]
	for _, q := range string(norm.NFKC.Bytes(in)) {
		if unicode.IsSpace(q) || invisible(q) {
			continue
		}
		v.put(fold(q), from, to, pending)
	}
}

func (v *Text) put(r rune, from, to int, pending *Gap) {
	v.Runes = append(v.Runes, r)
	v.from = append(v.from, int32(from))
	v.to = append(v.to, int32(to))
	v.Gap = append(v.Gap, *pending)
	*pending = GapNone
}

func rawRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// plain returns the normal form of the runes that make up nearly all text, and utf8.RuneError for those that need the
// Unicode tables.
func plain(r rune) rune {
	switch {
	case r < 0x80:
		return fold(r)
	case r >= 0x4E00 && r <= 0x9FFF:
		return r
	case r >= 0xFF01 && r <= 0xFF5E:
		return fold(r - 0xFEE0)
	case r >= 0x3001 && r <= 0x301F:
		return r
	}
	if q := fold(r); q != r {
		return q
	}
	return utf8.RuneError
}

// fold upper-cases ASCII and brings the many dashes and middle dots that people type to one of each.
func fold(r rune) rune {
	switch {
	case r >= 'a' && r <= 'z':
		return r - 'a' + 'A'
	case r >= 0x2010 && r <= 0x2015, r == 0x2212, r == 0xFE63, r == 0xFE58:
		return '-'
	case r == '·' || r == '•' || r == '‧' || r == '・' || r == '･' || r == '●' || r == '∙':
		return '·'
	}
	return r
}

// invisible reports runes that print nothing and are used, by accident or intent, to break up a number.
func invisible(r rune) bool {
	switch {
	case r < 0x80:
		return r < 0x20 || r == 0x7F
	case r == 0xAD, r == 0x34F, r == 0x61C, r == 0x180E, r == 0xFEFF:
		return true
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x206F:
		return true
	case r >= 0xFE00 && r <= 0xFE0F:
		return true
	}
	return false
}

// At returns the rune at i, or 0 outside the view, so that looking around needs no bounds check at the caller.
func (v *Text) At(i int) rune {
	if i < 0 || i >= len(v.Runes) {
		return 0
	}
	return v.Runes[i]
}

// Broken reports whether a blank stood in front of rune i, or the text ends there.
func (v *Text) Broken(i int) bool {
	return i <= 0 || i >= len(v.Runes) || v.Gap[i] != GapNone
}

// Has reports whether the word stands at i.
func (v *Text) Has(i int, word string) bool {
	if i < 0 {
		return false
	}
	for _, w := range word {
		if i >= len(v.Runes) || v.Runes[i] != w {
			return false
		}
		i++
	}
	return true
}

// Before reports whether one of words ends within reach runes before i, on the same clause.
func (v *Text) Before(i, reach int, words *WordSet) bool {
	low := max(0, i-reach)
	for j := i - 1; j >= low; j-- {
		if StopsClause(v.Runes[j]) {
			low = j + 1
			break
		}
	}
	for j := low; j < i; j++ {
		if n := v.Longest(j, words); n > 0 && j+n <= i {
			return true
		}
	}
	return false
}

// StopsClause reports whether r ends a clause.
func StopsClause(r rune) bool {
	return r == '。' || r == ';' || r == '!' || r == '?' || r == ','
}

// Bytes returns the byte offsets in the source of the runes [i, j).
func (v *Text) Bytes(i, j int) (start, end int) {
	return int(v.from[i]), int(v.to[j-1])
}

// IsHan reports whether r is a 汉字.
func IsHan(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF || r >= 0x20000 && r <= 0x323AF || r == '〇'
}

// IsDigit reports whether r is an ASCII digit, as all digits of a view are.
func IsDigit(r rune) bool { return r >= '0' && r <= '9' }

// IsAlpha reports whether r is a Latin capital, as all plain letters of a view are.
func IsAlpha(r rune) bool { return r >= 'A' && r <= 'Z' }

// IsAlnum reports whether r is a digit or a Latin capital.
func IsAlnum(r rune) bool { return IsDigit(r) || IsAlpha(r) }

// RuneSet is a fixed set of runes of the basic plane with constant-time lookup.
type RuneSet [1024]uint64

// SetOf makes the set of the runes of s.
func SetOf(s string) *RuneSet {
	var set RuneSet
	for _, r := range s {
		if r < 0x10000 {
			set[r>>6] |= 1 << (r & 63)
		}
	}
	return &set
}

// Has reports whether r is in the set.
func (s *RuneSet) Has(r rune) bool {
	return r >= 0 && r < 0x10000 && s[r>>6]&(1<<(r&63)) != 0
}
