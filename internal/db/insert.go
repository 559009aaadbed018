package db

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ncruces/go-sqlite3/driver"
)

// chunk is how many rows one statement writes.
const chunk = 50

// Insert writes rows of one table. into is the statement up to its values, such as "INSERT INTO place (id, name)"; a row has
// a text, a whole number or a truth value for every column named there. A statement takes many rows, and the rest is
// written row by row, so that only two have to be prepared.
func (t *Tx) Insert(into string, rows [][]any) error {
	for len(rows) > 0 {
		n := chunk
		if len(rows) < n {
			n = 1
		}
		whole := len(rows) / n * n
		if n == 1 {
			whole = len(rows)
		}
		if err := t.insert(into+" VALUES "+places(n, len(rows[0])), n, rows[:whole]); err != nil {
			return err
		}
		rows = rows[whole:]
	}
	return nil
}

// insert runs one statement for every n of the rows.
func (t *Tx) insert(query string, n int, rows [][]any) error {
	if w, own := t.runner.(*groupWriter); own {
		return w.insert(t.db.dialect(query), n, rows)
	}
	for some := range slices.Chunk(rows, n) {
		if _, err := t.Exec(query, slices.Concat(some...)...); err != nil {
			return err
		}
	}
	return nil
}

// places writes the placeholders of n rows of so many columns: ($1, $2), ($3, $4).
func places(n, columns int) string {
	var b strings.Builder
	for i := range n * columns {
		switch {
		case i%columns != 0:
			b.WriteString(", ")
		case i > 0:
			b.WriteString("), (")
		default:
			b.WriteByte('(')
		}
		b.WriteString("$" + strconv.Itoa(i+1))
	}
	b.WriteByte(')')
	return b.String()
}

// insert binds a statement of n rows again and again, where a value differs from the one bound before: the rows of a file
// have much in common, and binding costs as much as storing. The statement is kept, because one of fifty rows takes as long to
// prepare as a dozen of them to store.
func (w *groupWriter) insert(query string, n int, rows [][]any) error {
	return w.conn.Raw(func(under any) error {
		s := w.inserts[query]
		if s == nil {
			var err error
			if s, _, err = under.(driver.Conn).Raw().Prepare(query); err != nil {
				return err
			}
			w.inserts[query] = s
		}
		defer func() { // a refused row must not leave its statement running, nor its text in memory
			_ = s.Reset()
			_ = s.ClearBindings()
		}()
		width := len(rows[0])
		var last [][]any
		for some := range slices.Chunk(rows, n) {
			for i, row := range some {
				for j, value := range row {
					if last != nil && last[i][j] == value {
						continue
					}
					if err := bind(s, i*width+j+1, value); err != nil {
						return err
					}
				}
			}
			if err := s.Exec(); err != nil {
				return err
			}
			last = some
		}
		return nil
	})
}
