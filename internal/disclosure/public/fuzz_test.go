package public

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzQuery: whatever is typed into the search box becomes words that can be searched for.
func FuzzQuery(f *testing.F) {
	for _, q := range []string{"警示函", `"四平 民政" 处罚`, "四民罚决字〔2026〕3号", "%_'\\*", "\u202e\u200b", "𠮷野家", strings.Repeat("字", 500), "a b c", "NEAR(a b)"} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, query string) {
		for _, w := range parse(query) {
			if w.text == "" || !utf8.ValidString(w.text) {
				t.Fatalf("%q gives the word %q", query, w.text)
			}
		}
	})
}

// FuzzCursor: a cursor that was tampered with begins somewhere, and nowhere below nothing.
func FuzzCursor(f *testing.F) {
	for _, c := range []string{"", "9", "9~200", "-1", "99999999999999999999", "x~y", "9~-5"} {
		f.Add(c)
	}
	f.Fuzz(func(t *testing.T, cursor string) {
		if at, count := readCursor(cursor); at < 0 || count < 0 {
			t.Fatalf("%q is read as %d after %d", cursor, at, count)
		}
	})
}
