package zh

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold brings text to one width and spacing: compatibility forms (full-width
// letters, digits and punctuation, Kangxi radicals, presentation brackets) become
// their plain characters (NFKC), invisible characters are dropped, every run of
// white space becomes one space, and the ends are trimmed. Invalid UTF-8 becomes
// U+FFFD. Fold is idempotent; it is the form in which text is searched.
func Fold(text string) string {
	text = norm.NFKC.String(strings.ToValidUTF8(text, "\uFFFD"))
	var b strings.Builder
	b.Grow(len(text))
	space, dropped := false, false
	for _, r := range text {
		switch {
		case r > ' ' && r < 0x7f, r >= 0x4e00 && r <= 0x9fff: // nearly every character; the questions below cost more
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(r)
		case unicode.IsSpace(r):
			space = true
		case invisible(r):
			dropped = true
		default:
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(r)
		}
	}
	if !dropped {
		return b.String()
	}
	// Dropping an invisible character can bring a base and its mark together.
	return norm.NFKC.String(b.String())
}

// Key is the text by which duplicates are recognised: folded, lower case, without
// any white space, and with every kind of bracket around a year written 〔〕, so
// that 沪[2016] 5号 and 沪〔2016〕5号 meet.
func Key(text string) string {
	// NFKC again: a lower-case letter may compose with a mark that its capital did not.
	return norm.NFKC.String(strings.Map(func(r rune) rune {
		switch r {
		case '[', '【':
			return '〔'
		case ']', '】':
			return '〕'
		}
		return unicode.ToLower(r)
	}, compact(text)))
}

// invisible reports characters that nobody sees and that therefore must not make
// two texts different: controls, zero-width and direction marks, soft hyphen, BOM.
func invisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.IsControl(r) || unicode.Is(unicode.Variation_Selector, r)
}

// compact folds text and removes the spaces that remain, for values in which a
// space never carries meaning.
func compact(text string) string {
	return norm.NFKC.String(strings.ReplaceAll(Fold(text), " ", ""))
}
