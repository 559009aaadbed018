package db

import (
	"database/sql"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/ncruces/go-sqlite3"
)

// dialect rewrites $n to ?n on SQLite, where a bare $n would bind by first appearance and not by number.
func (d *DB) dialect(query string) string {
	if d.engine != SQLite || !strings.Contains(query, "$") {
		return query
	}
	if q, ok := d.queries.Load(query); ok {
		return q.(string)
	}
	q := numbered(query)
	d.queries.Store(query, q)
	return q
}

// numbered turns every $n outside a quoted string into ?n.
func numbered(query string) string {
	var b strings.Builder
	b.Grow(len(query))
	quoted := false
	for i := 0; i < len(query); i++ {
		c := query[i]
		switch {
		case c == '\'':
			quoted = !quoted
			b.WriteByte(c)
		case c == '$' && !quoted && i+1 < len(query) && query[i+1] >= '1' && query[i+1] <= '9':
			b.WriteByte('?')
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// IsMissing tells that a single row was asked for and there is none.
func IsMissing(err error) bool { return errors.Is(err, sql.ErrNoRows) }

// IsDuplicate tells that a unique key stands in the way.
func IsDuplicate(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "23505"
	}
	return errors.Is(err, sqlite3.CONSTRAINT_UNIQUE) || errors.Is(err, sqlite3.CONSTRAINT_PRIMARYKEY) || errors.Is(err, sqlite3.CONSTRAINT_ROWID)
}

// IsCorrupt tells that a page of the file no longer matches its checksum.
func IsCorrupt(err error) bool {
	return errors.Is(err, sqlite3.IOERR_DATA) || errors.Is(err, sqlite3.CORRUPT)
}

// IsFull tells that the disk has no room left.
func IsFull(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "53100"
	}
	return errors.Is(err, sqlite3.FULL)
}

// gateMark begins the message of every trigger that refuses; what follows it is the trigger's code.
const gateMark = "gate:"

// Gate tells whether a trigger refused the statement, and which: triggers raise "gate:CODE".
func Gate(err error) (code string, refused bool) {
	if err == nil {
		return "", false
	}
	text := err.Error()
	i := strings.Index(text, gateMark)
	if i < 0 {
		return "", false
	}
	rest := text[i+len(gateMark):]
	end := strings.IndexFunc(rest, func(r rune) bool { return r != '-' && r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') })
	if end >= 0 {
		rest = rest[:end]
	}
	return rest, true
}
