package db

import (
	"strings"
	"unicode"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/ext/fts5"
)

// registerSearch gives a SQLite connection FTS5 with the "bigram" tokenizer, which finds two-character words.
func registerSearch(c *sqlite3.Conn) error {
	return fts5.RegisterCustom(c, func(api *fts5.API) error {
		return api.CreateTokenizer("bigram", func([]string) (fts5.Tokenizer, error) { return bigram{}, nil })
	})
}

type bigram struct{}

// Tokenize emits every pair of neighbouring characters of a Chinese run (and the last one alone), and every Latin
// word or number whole, folded to lower case. A query leaves out the last one alone: inside a text the character
// after it has joined it to a pair.
func (bigram) Tokenize(flags fts5.TokenizeFlag, text, _ string, emit fts5.TokenCallback) error {
	var fail error
	eachGram(text, flags&fts5.TOKENIZE_QUERY != 0, func(token string, start, end int) bool {
		fail = emit(0, token, start, end)
		return fail == nil
	})
	return fail
}

// Grams lists the search tokens of a text, or of a query for it, in order. PostgreSQL indexes and asks for the same
// tokens as SQLite.
func Grams(text string, query bool) []string {
	var grams []string
	eachGram(text, query, func(token string, _, _ int) bool {
		grams = append(grams, token)
		return true
	})
	return grams
}

func eachGram(text string, query bool, emit func(token string, start, end int) bool) {
	type mark struct{ at, width int }
	var run []mark
	flush := func() bool {
		for i := range run {
			if query && i > 0 && i == len(run)-1 {
				break
			}
			end := run[i].at + run[i].width
			if i+1 < len(run) {
				end = run[i+1].at + run[i+1].width
			}
			if !emit(text[run[i].at:end], run[i].at, end) {
				return false
			}
		}
		run = run[:0]
		return true
	}
	word := -1
	closeWord := func(end int) bool {
		if word < 0 {
			return true
		}
		start := word
		word = -1
		return emit(strings.ToLower(text[start:end]), start, end)
	}
	for i, r := range text {
		switch {
		case unicode.Is(unicode.Han, r) || r == '〇':
			if !closeWord(i) {
				return
			}
			run = append(run, mark{i, len(string(r))})
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if !flush() {
				return
			}
			if word < 0 {
				word = i
			}
		default:
			if !flush() || !closeWord(i) {
				return
			}
		}
	}
	if flush() {
		closeWord(len(text))
	}
}
