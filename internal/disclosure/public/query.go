package public

import (
	"fmt"
	"strings"
	"unicode"

	"mingjing/internal/db"
	"mingjing/internal/zh"
)

// mark begins the tokens that only the index itself makes: they keep fields apart and carry the filters. It is a letter
// that no decision is written with, and queries are rid of it.
const mark = "ꙮ"

// SearchDocument is the text that the index holds of a publication: what can be searched, the fields kept apart, and
// one word for each filter.
func SearchDocument(r Row, body string) string {
	fields := []string{r.Title, r.Number, r.PartyName, r.AgencyName, r.ItemName, r.Result, r.Basis, body}
	var b strings.Builder
	b.Grow(len(body) + 512)
	for _, word := range filterWords(Filter{Agency: r.Agency, Class: r.Class, Item: r.Item, Year: r.Year, State: r.State}) {
		b.WriteString(word + " ")
	}
	for _, field := range fields {
		if field != "" {
			b.WriteString(mark + " ")
			b.WriteString(fold(field))
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// fold brings a text to the form in which it is searched. The filter's own mark cannot enter from outside.
func fold(text string) string {
	return strings.ToLower(strings.ReplaceAll(zh.Fold(text), mark, " "))
}

// filterWords are the tokens of a filter. The value is written in hexadecimal figures, so that the tokenizer keeps it
// whole.
func filterWords(f Filter) []string {
	var words []string
	for _, field := range []struct{ key, value string }{{"a", f.Agency}, {"c", f.Class}, {"i", f.Item}, {"s", f.State}} {
		if field.value != "" {
			words = append(words, fmt.Sprintf("%s%s%x", mark, field.key, field.value))
		}
	}
	if f.Year != 0 {
		words = append(words, fmt.Sprintf("%sy%d", mark, f.Year))
	}
	return words
}

// word is one thing searched for: the tokens that must follow one another, the last of them a prefix where a single
// character stands for any word that begins with it.
type word struct {
	text   string
	tokens []string
	prefix bool
	// A 文号 is found in its canonical spelling, and where a text has it as it was typed: typed is nil where that is the same.
	number zh.Number
	typed  *word
}

// wordLimit and queryLimit bound what one search may ask.
const (
	queryLimit = 200 // runes
	wordLimit  = 10
)

// parse takes a query apart: blanks separate words, quotation marks of any kind hold a phrase together, all of them
// must be found.
func parse(query string) []word {
	query = fold(query)
	if r := []rune(query); len(r) > queryLimit {
		query = string(r[:queryLimit])
	}
	var words []word
	if n, start, end, ok := sought(query); ok {
		words = append(words, numbered(n, query[start:end]))
		query = query[:start] + " " + query[end:]
	}
	seen := map[string]bool{}
	for i, part := range strings.FieldsFunc(unquote(query), func(r rune) bool { return r == quote }) {
		pieces := []string{part}
		if i%2 == 0 {
			pieces = strings.Fields(part)
		}
		for _, piece := range pieces {
			w := tokens(piece)
			if len(w.tokens) > 0 && !seen[w.text] && len(words) < wordLimit {
				seen[w.text] = true
				words = append(words, w)
			}
		}
	}
	return words
}

const quote = '\x00'

// unquote turns every quotation mark into one, with a blank beside it, so that what stands between two of them is always
// an odd part. A mark that is not closed is a blank.
func unquote(query string) string {
	query = strings.NewReplacer(`“`, `"`, `”`, `"`, `「`, `"`, `」`, `"`, "\x00", " ").Replace(query)
	if strings.Count(query, `"`)%2 == 1 {
		i := strings.LastIndexByte(query, '"')
		query = query[:i] + " " + query[i+1:]
	}
	return " " + strings.ReplaceAll(query, `"`, " \x00 ")
}

// tokens makes the tokens of one word as a text that holds it would have them. A Chinese run inside the word ends where
// the word says so, and the text's own run ends there too; the last run may go on in the text.
func tokens(piece string) word {
	w := word{text: strings.TrimSpace(piece)}
	runs := runsOf(piece)
	if len(runs) == 0 {
		return w
	}
	for i, run := range runs {
		w.tokens = append(w.tokens, db.Grams(run, i == len(runs)-1)...)
	}
	tail := []rune(runs[len(runs)-1])
	w.prefix = len(tail) == 1 && isHan(tail[0])
	return w
}

// runsOf cuts a text into what the tokenizer sees as one: Chinese runs, and words of letters and digits.
func runsOf(text string) []string {
	var runs []string
	start, kind := 0, none
	for i, r := range text {
		if k := kindOf(r); k != kind {
			if kind != none {
				runs = append(runs, text[start:i])
			}
			start, kind = i, k
		}
	}
	if kind != none {
		runs = append(runs, text[start:])
	}
	return runs
}

type runeKind int

const (
	none runeKind = iota
	han
	alnum
)

func kindOf(r rune) runeKind {
	switch {
	case isHan(r):
		return han
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		return alnum
	}
	return none
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) || r == '〇' }

// match writes the words and the filter as a query of FTS5.
func match(words []word, f Filter) string {
	var parts []string
	for _, w := range filterWords(f) {
		parts = append(parts, `"`+w+`"`)
	}
	for _, w := range words {
		parts = append(parts, w.phrase())
	}
	return strings.Join(parts, " AND ")
}

func (w word) phrase() string {
	phrase := `"` + strings.Join(w.tokens, `" + "`) + `"`
	if w.prefix {
		phrase += " *"
	}
	if w.typed != nil {
		return "(" + phrase + " OR " + w.typed.phrase() + ")"
	}
	return phrase
}

// tsquery writes the same for PostgreSQL, as the words that must occur; the ordered tokens must besides fit one pattern of
// each of the phrases.
func tsquery(words []word, f Filter) (query string, phrases [][]string) {
	var parts []string
	for _, w := range filterWords(f) {
		parts = append(parts, "'"+w+"'")
	}
	for _, w := range words {
		query, either := w.lexemes(), w.patterns()
		if w.typed != nil {
			query = "((" + query + ") | (" + w.typed.lexemes() + "))"
			either = append(either, w.typed.patterns()...)
		}
		parts = append(parts, query)
		if len(w.tokens) > 1 {
			phrases = append(phrases, either)
		}
	}
	return strings.Join(parts, " & "), phrases
}

// lexemes are the tokens of a word as they must occur; patterns holds how they must follow one another.
func (w word) lexemes() string {
	var parts []string
	for i, t := range w.tokens {
		lexeme := "'" + t + "'"
		if w.prefix && i == len(w.tokens)-1 {
			lexeme += ":*"
		}
		parts = append(parts, lexeme)
	}
	return strings.Join(parts, " & ")
}

func (w word) patterns() []string {
	pattern := "% " + strings.Join(w.tokens, " ")
	if !w.prefix {
		pattern += " "
	}
	return []string{pattern + "%"}
}
