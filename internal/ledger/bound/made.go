package bound

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"crypto/sha256"

	"mingjing/internal/db"
	"mingjing/internal/ledger"
)

// Form says how a command that makes many rows of one table fills them, so that it can speak of them without reading them back:
// an import brings thousands in one transaction. What is not filled is empty in the store, or is the same in all of them.
type Form struct {
	table       Table
	fixed, free []filling
	key         []int
	buffer      []byte
}

// filling is one column: the place of its value in a row, or the one value that all rows have.
type filling struct {
	name, same string
	at         int
}

// NewForm takes the columns that are filled row by row, in their order, and those that are the same in all rows, whether the
// command says so or the store by its default. It panics on a table that is not bound: that is a mistake of the program.
func NewForm(table string, columns []string, same map[string]string) *Form {
	i := slices.IndexFunc(tables, func(t Table) bool { return t.Name == table })
	if i < 0 {
		panic("bound: the table " + table + " is not bound")
	}
	f := &Form{table: tables[i]}
	var all []filling
	for at, name := range columns {
		all = append(all, filling{name: name, at: at})
	}
	for name, value := range same {
		all = append(all, filling{name: name, same: value, at: -1})
	}
	slices.SortFunc(all, func(a, b filling) int { return strings.Compare(a.name, b.name) })
	for _, c := range all {
		if slices.Contains(f.table.Free, c.name) {
			f.free = append(f.free, c)
		} else {
			f.fixed = append(f.fixed, c)
		}
	}
	for _, name := range f.table.Key {
		f.key = append(f.key, slices.Index(columns, name))
	}
	return f
}

// Row is the word about one row, whose values are texts, whole numbers and truth values.
func (f *Form) Row(values []any) (Row, error) {
	row := Row{f.table.Name}
	for i, at := range f.key {
		part, err := plain(values[at])
		if err != nil {
			return row, err
		}
		if i > 0 {
			row[1] += keyGap
		}
		row[1] += part
	}
	var err error
	if row[2], err = f.digest(f.fixed, values); err == nil && len(f.table.Free) > 0 {
		row[3], err = f.digest(f.free, values)
	}
	return row, err
}

func (f *Form) digest(columns []filling, values []any) (string, error) {
	b := appendPart(f.buffer[:0], f.table.Name)
	for _, c := range columns {
		value := c.same
		if c.at >= 0 {
			var err error
			if value, err = plain(values[c.at]); err != nil {
				return "", fmt.Errorf("bound: %s.%s: %w", f.table.Name, c.name, err)
			}
		}
		if value != "" {
			b = appendPart(appendPart(b, c.name), value)
		}
	}
	f.buffer = b
	sum := sha256.Sum256(b)
	return base64.RawStdEncoding.EncodeToString(sum[:digestSize]), nil
}

// plain is a value as it is hashed: what is empty, zero or false is the empty text.
func plain(value any) (string, error) {
	switch v := value.(type) {
	case string:
		return v, nil
	case int:
		return whole(int64(v)), nil
	case int64:
		return whole(v), nil
	case bool:
		if v {
			return "1", nil
		}
		return "", nil
	}
	return "", fmt.Errorf("a cell is a %T", value)
}

func whole(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// Append binds rows of one agency by events of the command that made them.
func Append(tx *db.Tx, agency string, rows []Row) error {
	for some := range slices.Chunk(rows, atOnce) {
		if _, err := ledger.Append(tx, ledger.Event{Agency: agency, Kind: ledger.KindBound, SubjectKind: "rows", Subject: agency, Actor: ledger.Actor{Account: "system", Role: "binder"},
			Ref: map[string]string{"rows": strconv.Itoa(len(some))}, Payload: map[string]any{"rows": some}}); err != nil {
			return err
		}
	}
	return nil
}
