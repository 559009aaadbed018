package public

import (
	"database/sql"
	"slices"
	"strconv"
	"strings"

	"mingjing/internal/db"
	"mingjing/internal/zh"
)

// sought finds the 文号 in a query: the whole of it, or a part among other words. What stands in quotation marks is left as it
// is.
func sought(query string) (n zh.Number, start, end int, ok bool) {
	if strings.ContainsAny(query, "\"“”「」") {
		return zh.Number{}, 0, 0, false
	}
	if n, start, end, ok = zh.NumberTyped(query); ok && strings.Contains(query, " ") {
		return n, start, end, true // a blank may end a word that is no 代字
	}
	if n, ok = zh.NumberSought(query); ok {
		return n, 0, len(query), true
	}
	return zh.NumberTyped(query)
}

// numbered is the word of a 文号: its canonical spelling up to the serial, because a number that was cut off has no 号.
func numbered(n zh.Number, typed string) word {
	w := tokens(fold(strings.TrimSuffix(n.String(), "号")))
	w.text, w.number, w.prefix = fold(n.String()), n, false
	as := tokens(strings.TrimSpace(typed))
	if as.prefix && as.tokens[len(as.tokens)-1] == "号" {
		as.tokens, as.prefix = as.tokens[:len(as.tokens)-1], false
	}
	if len(as.tokens) > 0 && !slices.Equal(as.tokens, w.tokens) {
		w.typed = &as
	}
	return w
}

// withTombstones adds to what a 文号 finds the withdrawn publications of that number. Their bodies are in no index; of a
// tombstone its number is public for good (行政处罚法第四十八条第二款: the withdrawal is made public with its reason).
func withTombstones(tx *db.Tx, words []word, f Filter, at int64, most int, list []int64, settled bool) ([]int64, error) {
	add := func(s source) error {
		return tx.Each(`SELECT `+s.key+` FROM `+s.from+s.where+` ORDER BY `+s.key+` DESC LIMIT `+strconv.Itoa(most), s.args, func(rows *sql.Rows) error {
			var n int64
			err := rows.Scan(&n)
			list = append(list, n)
			return err
		})
	}
	if !settled {
		list = nil
		if err := add(sourceOf(tx.Engine(), words, f).before(at)); err != nil {
			return nil, err
		}
	}
	n := words[0].number
	c := conditions{where: []string{"p.state = 'withdrawn'", "p.state <> 'published'"}} // as the index has it
	c.filter(f)
	if n.Prefix == "" {
		c.add("p.number LIKE ?", "%"+n.String())
	} else {
		c.add("p.number = ?", n.String())
	}
	if err := add(source{from: "pub_publication p", where: c.sql(), key: "p.ordinal", args: c.args}.before(at)); err != nil {
		return nil, err
	}
	slices.SortFunc(list, func(a, b int64) int { return int(b - a) })
	list = slices.Compact(list)
	return list[:min(most, len(list))], nil
}
