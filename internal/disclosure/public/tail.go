package public

import (
	"database/sql"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"mingjing/internal/db"
)

// FTS5 walks the lists of all tokens of a phrase side by side, and merges the lists of all words that begin with a
// character where a phrase ends in one: a 文号, of which every token but one stands in all publications, took longer than
// any other search, and it is what people type most. The two ways here ask the index of SQLite for less and look through
// the few texts that it gives.

// rareLimit and tailLimit are how many texts are looked through; where they do not settle the page, the index is asked
// for everything.
const (
	rareLimit = 150
	tailLimit = 2 * (countLimit + 1)
)

// settle finds the newest publications with the words, up to most, without the whole query. ok is false where it cannot.
func settle(tx *db.Tx, words []word, f Filter, at int64, most int) (list []int64, ok bool, err error) {
	if tx.Engine() != db.SQLite {
		return nil, false, nil
	}
	if token := rare(words); token != "" {
		s := source{from: "pub_search s", where: " WHERE s.pub_search MATCH $1", key: "s.rowid", args: []any{`"` + token + `"`}}
		if list, ok, err = looked(tx, s.before(at), rareLimit, words, f, most); ok || err != nil {
			return list, ok, err
		}
	}
	tails, rest := tailed(words)
	if len(tails) == 0 {
		return nil, false, nil
	}
	return looked(tx, sourceOf(db.SQLite, rest, f).before(at), tailLimit, tails, Filter{}, most)
}

// rare is the longest number among the tokens, of three figures or more and no year: it is likely to stand in few texts.
func rare(words []word) string {
	longest := ""
	for _, w := range words {
		for _, token := range w.tokens {
			if w.typed != nil && !slices.Contains(w.typed.tokens, token) {
				continue
			}
			year := len(token) == 4 && (strings.HasPrefix(token, "19") || strings.HasPrefix(token, "20"))
			if !year && len(token) >= 3 && len(token) > len(longest) && strings.ContainsFunc(token, unicode.IsDigit) {
				longest = token
			}
		}
	}
	return longest
}

// tailed are the words that end in the beginning of a token, and all words without such ends.
func tailed(words []word) (tails, rest []word) {
	for _, w := range words {
		if w.prefix && len(w.tokens) > 1 && w.typed == nil {
			tails = append(tails, w)
			w.prefix, w.tokens = false, w.tokens[:len(w.tokens)-1]
		}
		rest = append(rest, w)
	}
	return tails, rest
}

// looked looks through the texts that a source gives, newest first. ok tells that all of them were seen, or as many found
// as are wanted.
func looked(tx *db.Tx, s source, limit int, words []word, f Filter, most int) (list []int64, ok bool, err error) {
	var ordinals []int64
	err = tx.Each(`SELECT `+s.key+` FROM `+s.from+s.where+` ORDER BY `+s.key+` DESC LIMIT `+strconv.Itoa(limit), s.args, func(rows *sql.Rows) error {
		var n int64
		err := rows.Scan(&n)
		ordinals = append(ordinals, n)
		return err
	})
	if err != nil || limit == rareLimit && len(ordinals) == limit {
		return nil, false, err
	}
	var c conditions
	c.filter(f)
	c.where = append(c.where, "p.ordinal IN ("+joined(ordinals)+")")
	err = tx.Each(`SELECT p.ordinal, p.title, p.number, p.party_name, p.agency_name, p.item_name, p.result, p.basis, b.body
		FROM pub_publication p JOIN pub_body b ON b.ordinal = p.ordinal`+c.sql()+` ORDER BY p.ordinal DESC LIMIT `+strconv.Itoa(limit), c.args, func(rows *sql.Rows) error {
		if len(list) >= most {
			return nil
		}
		var ordinal int64
		var fields [8]string
		if err := rows.Scan(&ordinal, &fields[0], &fields[1], &fields[2], &fields[3], &fields[4], &fields[5], &fields[6], &fields[7]); err != nil {
			return err
		}
		if stand(words, fields[:]) {
			list = append(list, ordinal)
		}
		return nil
	})
	return list, len(list) >= most || len(ordinals) < limit, err
}

// stand tells whether each word stands in one of the fields, as the index would find it.
func stand(words []word, fields []string) bool {
	found := 0
	for _, field := range fields {
		field = fold(field)
		var grams []string
		for i := range words {
			last := words[i].tokens[len(words[i].tokens)-1]
			if found&(1<<i) != 0 || words[i].typed == nil && !strings.Contains(field, last) {
				continue
			}
			if grams == nil {
				grams = db.Grams(field, false)
			}
			if words[i].in(grams) {
				found |= 1 << i
			}
		}
	}
	return found == 1<<len(words)-1
}

// in tells whether the tokens of the word follow one another among those of a text.
func (w word) in(grams []string) bool {
	last := len(w.tokens) - 1
	for i := 0; i+last < len(grams); i++ {
		if grams[i+last] != w.tokens[last] && !(w.prefix && strings.HasPrefix(grams[i+last], w.tokens[last])) {
			continue
		}
		same := true
		for j := range last {
			same = same && grams[i+j] == w.tokens[j]
		}
		if same {
			return true
		}
	}
	return w.typed != nil && w.typed.in(grams)
}

// only is a source of publications that were found already.
func only(ordinals []int64) source {
	return source{from: "pub_publication s", where: " WHERE s.ordinal IN (" + joined(ordinals) + ")", key: "s.ordinal"}
}

func joined(ordinals []int64) string {
	if len(ordinals) == 0 {
		return "NULL" // nothing is in it; PostgreSQL takes no empty list
	}
	list := make([]string, len(ordinals))
	for i, n := range ordinals {
		list[i] = strconv.FormatInt(n, 10)
	}
	return strings.Join(list, ", ")
}
