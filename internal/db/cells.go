package db

import (
	"database/sql"
	"fmt"
	"strconv"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"
)

// Cells are the cells of one row where the engine keeps them. What they give is good until the next row.
type Cells struct {
	stmt *sqlite3.Stmt
	raw  []sql.RawBytes
}

// Bytes is a text or a blob; a number comes as its decimal text, NULL as nothing. SQLite gives the bytes of a text as they
// lie; asked for the text, it would put a zero behind it first.
func (c Cells) Bytes(i int) []byte {
	if c.stmt == nil {
		return c.raw[i]
	}
	return c.stmt.ColumnRawBlob(i)
}

// Int is a whole number; what is none comes as zero.
func (c Cells) Int(i int) int64 {
	if c.stmt != nil {
		return c.stmt.ColumnInt64(i)
	}
	n, err := strconv.ParseInt(string(c.raw[i]), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// Cells runs a query and shows each row without making a value of its cells, for those who read a whole table: in Each
// the values cost more than the reading. see must not use the transaction.
func (t *Tx) Cells(query string, args []any, see func(Cells) error) error {
	if t.conn == nil || t.db.engine != SQLite {
		return t.rawCells(query, args, see)
	}
	return t.conn.Raw(func(inner any) error {
		own, ok := inner.(driver.Conn)
		if !ok {
			return fmt.Errorf("db: cells: the connection is a %T", inner)
		}
		c := own.Raw()
		defer c.SetInterrupt(c.SetInterrupt(t.ctx))
		stmt, _, err := c.Prepare(t.db.dialect(query))
		if err != nil {
			return err
		}
		defer stmt.Close()
		for i, arg := range args {
			if err := bind(stmt, i+1, arg); err != nil {
				return err
			}
		}
		for stmt.Step() {
			if err := see(Cells{stmt: stmt}); err != nil {
				return err
			}
		}
		return stmt.Err()
	})
}

func bind(stmt *sqlite3.Stmt, at int, arg any) error {
	switch v := arg.(type) {
	case string:
		return stmt.BindText(at, v)
	case int:
		return stmt.BindInt(at, v)
	case int64:
		return stmt.BindInt64(at, v)
	case bool:
		return stmt.BindBool(at, v)
	}
	return fmt.Errorf("db: a parameter is a %T", arg)
}

func (t *Tx) rawCells(query string, args []any, see func(Cells) error) error {
	rows, err := t.Query(query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return err
	}
	c := Cells{raw: make([]sql.RawBytes, len(names))}
	into := make([]any, len(names))
	for i := range c.raw {
		into[i] = &c.raw[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		if err := see(c); err != nil {
			return err
		}
	}
	return rows.Err()
}
