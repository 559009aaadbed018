package public

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"

	"mingjing/internal/db"
)

// countLimit is where counting the results of a search stops; a screen then says 1,000 and more.
const countLimit = 1000

// Search finds publications by words, newest first. Two characters are a word; several words must all occur; what
// stands in quotation marks, or is written together, must stand together; case, width and punctuation do not count. A
// query without a single letter finds what Latest lists. Tombstones are never found.
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
	limit = limited(limit)
	err := r.d.Read(ctx, func(tx *db.Tx) error {
		if err := tx.Row(`SELECT queued - indexed FROM pub_clock WHERE name = 'public'`).Scan(&found.Behind); err != nil {
			return err
		}
		from, where, args := source(tx.Engine(), words, f)
		var err error
		if found.Count, err = countFound(tx, from+where, args); err != nil {
			return err
		}
		if found.Capped = found.Count > countLimit; found.Capped {
			found.Count = countLimit
		}
		if n, ok := before(cursor); ok {
			args = append(args, n)
			where += " AND " + ordinalColumn(tx.Engine()) + " < $" + strconv.Itoa(len(args))
		}
		found.Hits, found.Next, err = hits(tx, from, where, args, words, limit)
		return err
	})
	if err != nil {
		return found, fmt.Errorf("public: search: %w", err)
	}
	return found, nil
}

// source is the part of the query that both engines write differently.
func source(e db.Engine, words []word, f Filter) (from, where string, args []any) {
	if e == db.SQLite {
		return "pub_search s", " WHERE s.pub_search MATCH $1", []any{match(words, f)}
	}
	query, phrases := tsquery(words, f)
	where, args = " WHERE s.terms @@ CAST($1 AS tsquery)", []any{query}
	for _, pattern := range phrases {
		args = append(args, pattern)
		where += " AND s.grams LIKE $" + strconv.Itoa(len(args))
	}
	return "pub_search s", where, args
}

func ordinalColumn(e db.Engine) string {
	if e == db.SQLite {
		return "s.rowid"
	}
	return "s.ordinal"
}

func countFound(tx *db.Tx, fromWhere string, args []any) (int, error) {
	n := 0
	err := tx.Row(`SELECT count(*) FROM (SELECT 1 FROM `+fromWhere+` LIMIT `+strconv.Itoa(countLimit+1)+`) q`, args...).Scan(&n)
	return n, err
}

// hits reads one page and marks in titles and bodies what was found.
func hits(tx *db.Tx, from, where string, args []any, words []word, limit int) ([]Hit, string, error) {
	key := ordinalColumn(tx.Engine())
	query := `SELECT ` + rowColumns + `, b.body FROM (SELECT ` + key + ` AS ordinal FROM ` + from + where + ` ORDER BY ` + key + ` DESC LIMIT ` +
		strconv.Itoa(limit+1) + `) q JOIN pub_publication p ON p.ordinal = q.ordinal JOIN pub_body b ON b.ordinal = q.ordinal ORDER BY p.ordinal DESC`
	var list []Hit
	next := ""
	err := tx.Each(query, args, func(rows *sql.Rows) error {
		var h Hit
		var body string
		if err := rows.Scan(append(h.Row.fields(), &body)...); err != nil {
			return err
		}
		if len(list) == limit {
			next = strconv.FormatInt(list[limit-1].Ordinal, 10)
			return nil
		}
		m := marker(words)
		h.TitlePieces, h.Snippet = m.whole(h.Title), m.snippet(body)
		list = append(list, h)
		return nil
	})
	return list, next, err
}

// finder marks words in texts.
type finder struct{ needles [][]rune }

func marker(words []word) finder {
	var f finder
	for _, w := range words {
		if needle := significant(w.text).runes; len(needle) > 0 {
			f.needles = append(f.needles, needle)
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
	var l letters
	for i, r := range text {
		size := len(string(r))
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

// spans are the places of the needles in a text, sorted and not overlapping.
func (f finder) spans(text string) [][2]int {
	l := significant(text)
	hit := make([]bool, len(l.runes))
	for _, needle := range f.needles {
		for i := 0; i+len(needle) <= len(l.runes); i++ {
			if equalRunes(l.runes[i:i+len(needle)], needle) {
				for j := range needle {
					hit[i+j] = true
				}
			}
		}
	}
	var list [][2]int
	for i, h := range hit {
		switch {
		case !h:
		case i > 0 && hit[i-1]:
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
	if len(body) > snippetReach {
		body = strings.ToValidUTF8(body[:snippetReach], "")
	}
	spans := f.spans(body)
	start := 0
	if len(spans) > 0 {
		start = back(body, spans[0][0], snippetLead)
	}
	end := forward(body, start, snippetLength)
	var inside [][2]int
	for _, s := range spans {
		if s[0] >= start && s[1] <= end {
			inside = append(inside, [2]int{s[0] - start, s[1] - start})
		}
	}
	list := pieces(body[start:end], inside)
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
