package zh

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// foldSlowly is Fold without its short ways.
func foldSlowly(text string) string {
	text = norm.NFKC.String(strings.ToValidUTF8(text, "\uFFFD"))
	var b strings.Builder
	space := false
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			space = true
		case invisible(r):
		default:
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(r)
		}
	}
	return norm.NFKC.String(b.String())
}

func FuzzTheShortWaysOfFoldChangeNothing(f *testing.F) {
	for _, text := range []string{"", "ＡＢＣ公司", " 沪〔2016〕 5号\u00ad", "e\u200d\u0301", "\u0301 a", "a \u0301b\n\u0338=", "가\u200b\u11a8", "\u1100 \u1161", "\x00a\u0300", "ｶ\u3099", "\xff中", "=\u200b\u0338", "a\u2028\u0323\u0301"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if got, want := Fold(text), foldSlowly(text); got != want {
			t.Fatalf("%q folds to %q, want %q", text, got, want)
		}
	})
}
