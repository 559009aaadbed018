package paper

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"mingjing/internal/form"
	block "mingjing/internal/form/paper"
	"mingjing/internal/testkit"
)

// hostile are the public collections of texts that somebody means ill with, as far as they are texts at all.
func hostile(t *testing.T) (list []string) {
	t.Helper()
	raw, err := os.ReadFile(testkit.Shared(t, "real/security/payloads.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(raw)) {
		var row struct{ Payload string }
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		if utf8.ValidString(row.Payload) {
			list = append(list, row.Payload)
		}
	}
	return list
}

// backward tells that a text is written from right to left somewhere; a reader of PDF puts such parts in an order of his own and
// marks them.
func backward(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		return unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana)
	})
}

// jumbled are the characters of a text in no order, without the marks of direction.
func jumbled(text string) string {
	list := slices.DeleteFunc([]rune(text), func(r rune) bool { return unicode.Is(unicode.Cf, r) })
	slices.Sort(list)
	return string(list)
}

// TestAHostileTextStandsInThePaperAsItWasWrittenOrItsCharacterIsNamed: the text layer says every text character for character, but for
// line breaks; a paper with a character that no font can show is not made, and the refusal names the character.
func TestAHostileTextStandsInThePaperAsItWasWrittenOrItsCharacterIsNamed(t *testing.T) {
	texts, set := hostile(t), fonts(t)
	same, turned, refused := 0, 0, map[rune]bool{}
	for batch := range slices.Chunk(texts, 60) {
		pdf, kept := shownBy(t, set, batch, refused)
		said := ""
		pages := read(t, pdf)
		for i, page := range pages {
			said += foot(t, page, "", i+1, len(pages))
		}
		for i, text := range kept {
			begin, end := fmt.Sprintf("始%04d", i), fmt.Sprintf("终%04d", i)
			_, rest, _ := strings.Cut(said, begin)
			got, _, there := strings.Cut(rest, end)
			switch want := solid(text); {
			case there && got == want:
				same++
			case there && backward(want) && jumbled(got) == jumbled(want):
				turned++
			default:
				t.Errorf("the paper says %.200q instead of %.200q", got, want)
			}
		}
	}
	if same < len(texts)*9/10 {
		t.Errorf("only %d of %d texts are in a paper", same, len(texts))
	}
	t.Logf("%d texts: %d as written, %d with parts from right to left in the reader's order, %d refused for %d characters without a glyph", len(texts), same, turned, len(texts)-same-turned, len(refused))
}

// shownBy makes a paper of the texts that the fonts can show.
func shownBy(t *testing.T, set *FontSet, texts []string, refused map[rune]bool) (pdf []byte, kept []string) {
	t.Helper()
	for {
		sheet := Sheet{Title: "文本"}
		for i, text := range texts {
			sheet.Blocks = append(sheet.Blocks, form.Block{Style: block.StylePara, Text: fmt.Sprintf("始%04d", i) + text + fmt.Sprintf("终%04d", i)})
		}
		var out bytes.Buffer
		err := PDF(&out, set, sheet)
		var missing MissingGlyph
		if !errors.As(err, &missing) {
			if err != nil {
				t.Fatal(err)
			}
			return out.Bytes(), texts
		}
		if !strings.Contains(missing.Said(), fmt.Sprintf("U+%04X", missing.Char)) {
			t.Errorf("the refusal does not name U+%04X: %s", missing.Char, missing.Said())
		}
		refused[missing.Char] = true
		fewer := slices.DeleteFunc(slices.Clone(texts), func(text string) bool { return strings.ContainsRune(text, missing.Char) })
		if len(fewer) == len(texts) {
			t.Fatalf("%v names a character that no text has", err)
		}
		texts = fewer
	}
}
