package public

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"mingjing/internal/db"
	"mingjing/internal/zh"
)

// countLimit is where counting the results of a search stops; a screen then says so many and more. Nobody leafs through
// more, and counting is what a search for a common word costs.
const countLimit = 200

// Search finds publications by words, newest first. Two characters are a word; several words must all occur; what
// stands in quotation marks, or is written together, must stand together; case, width and punctuation do not count. A
// 文号 is found in every spelling. A query without a single letter finds what Latest lists. A tombstone is found by its 文号
// alone, and nothing of what it took down.
func (r *Reader) Search(ctx context.Context, query string, f Filter, cursor string, limit int) (Found, error) {
	words := parse(query)
	var found Found
	for _, w := range words {
		found.Words = append(found.Words, w.text)
	}
	if len(words) == 0 {
		page, err := r.Latest(ctx, f, cursor, limit)
		for _, row := range page.Rows {
			found.Hits = append(found.Hits, Hit{Row: row, TitlePieces: []Piece{{Text: row.Title}}})
		}
		found.Next, found.Count, found.Capped = page.Next, page.Count, page.Capped
		return found, err
	}
	at, known := readCursor(cursor)
	err := r.d.Read(ctx, func(tx *db.Tx) error {
		if err := tx.Row(`SELECT queued - indexed FROM pub_clock WHERE name = 'public'`).Scan(&found.Behind); err != nil {
			return err
		}
		most := limited(limit) + 1
		if known == 0 {
			most = max(most, countLimit+1)
		}
		list, settled, err := settle(tx, words, f, at, most)
		if err == nil && len(words) == 1 && words[0].number != (zh.Number{}) {
			list, err = withTombstones(tx, words, f, at, most, list, settled)
			settled = true
		}
		if err != nil {
			return err
		}
		if settled {
			return found.read(tx, only(list), words, limited(limit), most, known)
		}
		return found.read(tx, sourceOf(tx.Engine(), words, f).before(at), words, limited(limit), most, known)
	})
	if err != nil {
		return found, fmt.Errorf("public: search: %w", err)
	}
	return found, nil
}

// readCursor reads where a page begins and how many results the page before it counted, so that they are counted once.
func readCursor(cursor string) (at int64, count int) {
	place, counted, ok := strings.Cut(cursor, "~")
	at, isPlace := before(place)
	if !isPlace || !ok {
		return at, 0
	}
	count, err := strconv.Atoi(counted)
	if err != nil || count < 0 || count > countLimit+1 {
		return at, 0
	}
	return at, count
}

// source is the part of the query that both engines write differently, and the column that holds the ordinal.
type source struct {
	from, where, key string
	args             []any
}

func sourceOf(e db.Engine, words []word, f Filter) source {
	if e == db.SQLite {
		return source{from: "pub_search s", where: " WHERE s.pub_search MATCH $1", key: "s.rowid", args: []any{match(words, f)}}
	}
	query, phrases := tsquery(words, f)
	s := source{from: "pub_search s", where: " WHERE s.terms @@ CAST($1 AS tsquery)", key: "s.ordinal", args: []any{query}}
	for _, either := range phrases {
		var likes []string
		for _, pattern := range either {
			s.args = append(s.args, pattern)
			likes = append(likes, "s.grams LIKE $"+strconv.Itoa(len(s.args)))
		}
		s.where += " AND (" + strings.Join(likes, " OR ") + ")"
	}
	return s
}

// before leaves what the pages up to here have shown.
func (s source) before(at int64) source {
	if at > 0 {
		s.args = append(s.args, at)
		s.where += " AND " + s.key + " < $" + strconv.Itoa(len(s.args))
	}
	return s
}

// read fetches one page and marks in titles and bodies what was found. The index is asked once: what it finds, up to the
// bound of counting, is counted and the first of it is shown.
func (found *Found) read(tx *db.Tx, s source, words []word, limit, most, known int) error {
	query := `WITH m AS MATERIALIZED (SELECT ` + s.key + ` AS ordinal FROM ` + s.from + s.where + ` ORDER BY ` + s.key + ` DESC LIMIT ` + strconv.Itoa(most) + `)
		SELECT ` + rowColumns + `, COALESCE(b.body, ''), (SELECT count(*) FROM m) FROM (SELECT ordinal FROM m ORDER BY ordinal DESC LIMIT ` + strconv.Itoa(limit+1) + `) q
		JOIN pub_publication p ON p.ordinal = q.ordinal LEFT JOIN pub_body b ON b.ordinal = q.ordinal ORDER BY q.ordinal DESC`
	m := marker(words)
	err := tx.Each(query, s.args, func(rows *sql.Rows) error {
		var h Hit
		var body string
		if err := rows.Scan(append(h.Row.fields(), &body, &found.Count)...); err != nil {
			return err
		}
		if len(found.Hits) == limit {
			found.Next = strconv.FormatInt(found.Hits[limit-1].Ordinal, 10)
			return nil
		}
		h.TitlePieces, h.Snippet = m.whole(h.Title), m.snippet(body)
		found.Hits = append(found.Hits, h)
		return nil
	})
	if known > 0 {
		found.Count = known
	}
	if found.Next != "" {
		found.Next += "~" + strconv.Itoa(found.Count)
	}
	if found.Capped = found.Count > countLimit; found.Capped {
		found.Count = countLimit
	}
	return err
}

// finder marks words in texts.
type finder struct{ needles [][]rune }

func marker(words []word) finder {
	var f finder
	for _, w := range words {
		if needle := significant(w.text).runes; len(needle) > 0 {
			f.needles = append(f.needles, needle)
		}
		if w.typed != nil {
			f.needles = append(f.needles, significant(w.typed.text).runes)
		}
	}
	return f
}

// letters are the letters and digits of a text, folded, with the place of each.
type letters struct {
	runes []rune
	from  []int
	to    []int
}

func significant(text string) letters {
	n := len(text)/3 + 8
	l := letters{runes: make([]rune, 0, n), from: make([]int, 0, n), to: make([]int, 0, n)}
	for i, r := range text {
		size := max(1, utf8.RuneLen(r))
		if r < 0x3000 && r >= 0x80 || r >= 0xF900 {
			for _, q := range fold(string(r)) {
				l.add(q, i, i+size)
			}
			continue
		}
		l.add(r, i, i+size)
	}
	return l
}

func (l *letters) add(r rune, from, to int) {
	if kindOf(r) == none {
		return
	}
	if r >= 'A' && r <= 'Z' {
		r += 'a' - 'A'
	}
	l.runes, l.from, l.to = append(l.runes, r), append(l.from, from), append(l.to, to)
}

// spans are the places of the needles in a text, sorted and not overlapping. A needle that runs over punctuation is one
// place; two needles with punctuation between them are two.
func (f finder) spans(text string) [][2]int {
	l := significant(text)
	hit, inside := make([]bool, len(l.runes)), make([]bool, len(l.runes)) // inside: the same needle has the letter before
	for _, needle := range f.needles {
		for i := 0; i+len(needle) <= len(l.runes); i++ {
			if equalRunes(l.runes[i:i+len(needle)], needle) {
				for j := range needle {
					hit[i+j] = true
					inside[i+j] = inside[i+j] || j > 0
				}
			}
		}
	}
	var list [][2]int
	for i, h := range hit {
		switch {
		case !h:
		case i > 0 && hit[i-1] && (inside[i] || l.to[i-1] >= l.from[i]):
			list[len(list)-1][1] = l.to[i]
		default:
			list = append(list, [2]int{l.from[i], l.to[i]})
		}
	}
	return list
}

func equalRunes(a, b []rune) bool {
	for i := range b {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func (f finder) whole(text string) []Piece { return pieces(text, f.spans(text)) }

func pieces(text string, spans [][2]int) []Piece {
	var list []Piece
	at := 0
	for _, s := range spans {
		if s[0] > at {
			list = append(list, Piece{Text: text[at:s[0]]})
		}
		list = append(list, Piece{Text: text[s[0]:s[1]], Hit: true})
		at = s[1]
	}
	if at < len(text) {
		list = append(list, Piece{Text: text[at:]})
	}
	return list
}

// snippetLead and snippetLength shape a snippet, in runes. snippetReach bounds how far into a body it is looked for.
const (
	snippetLead   = 20
	snippetLength = 110
	snippetReach  = 200_000 // bytes
)

// snippet is the part of a body around the first place that was found, on one line.
func (f finder) snippet(body string) []Piece {
	start := back(body, f.first(body), snippetLead)
	end := forward(body, start, snippetLength)
	list := pieces(body[start:end], f.spans(body[start:end]))
	for i := range list {
		list[i].Text = strings.ReplaceAll(list[i].Text, "\n", " ")
	}
	if start > 0 {
		list = append([]Piece{{Text: "…"}}, list...)
	}
	if end < len(body) {
		list = append(list, Piece{Text: "…"})
	}
	return list
}

// first is the first place in a body where a word stands; the words are tried in their order. Most stand there as they
// were typed; only where none does the body is folded letter by letter.
func (f finder) first(body string) int {
	for _, needle := range f.needles {
		if i := strings.Index(body, string(needle)); i >= 0 {
			return i
		}
	}
	if len(body) > snippetReach {
		body = strings.ToValidUTF8(body[:snippetReach], "")
	}
	if spans := f.spans(body); len(spans) > 0 {
		return spans[0][0]
	}
	return 0
}

func back(text string, at, runes int) int {
	for ; runes > 0 && at > 0; runes-- {
		for at--; at > 0 && text[at]&0xC0 == 0x80; at-- {
		}
	}
	return at
}

func forward(text string, at, runes int) int {
	for ; runes > 0 && at < len(text); runes-- {
		for at++; at < len(text) && text[at]&0xC0 == 0x80; at++ {
		}
	}
	return at
}
