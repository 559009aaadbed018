package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"strings"

	"github.com/ncruces/go-sqlite3"
	sqlite "github.com/ncruces/go-sqlite3/driver"
)

// queryLimit bounds the queries that a reading connection keeps prepared.
const queryLimit = 256

// openReader opens a pool of connections of which each keeps its queries prepared: to prepare one takes as long as to run it,
// and a page asks the same few hundred again and again. The writer keeps its statements in groupWriter.
func openReader(name string, equip func(*sqlite3.Conn) error) (*sql.DB, error) {
	inner, err := (&sqlite.SQLite{}).OpenConnector(name)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(readers{inner, equip}), nil
}

type readers struct {
	driver.Connector
	equip func(*sqlite3.Conn) error
}

// Connect opens one connection.
func (r readers) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := r.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	inner, ok := c.(sqlite.Conn)
	if !ok {
		return nil, errors.Join(errors.New("db: the driver gave a connection of another kind"), c.Close())
	}
	if err := r.equip(inner.Raw()); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return &reader{Conn: inner, queries: map[string]*query{}}, nil
}

// reader is a connection that keeps its queries. database/sql lets only one goroutine use it at a time.
type reader struct {
	sqlite.Conn
	queries map[string]*query
}

// PrepareContext gives a query that was prepared before, unless its rows are being read just now. What is no query is prepared
// afresh: some pragmas act when they are prepared.
func (r *reader) PrepareContext(ctx context.Context, text string) (driver.Stmt, error) {
	q, known := r.queries[text]
	if known && !q.lent {
		q.lent = true
		return q, nil
	}
	s, err := r.Conn.PrepareContext(ctx, text)
	if err != nil || known || len(r.queries) >= queryLimit || !strings.HasPrefix(text, "SELECT") && !strings.HasPrefix(text, "WITH") {
		return s, err
	}
	full, ok := s.(statement)
	if !ok {
		return s, nil
	}
	q = &query{statement: full, lent: true}
	r.queries[text] = q
	return q, nil
}

// ExecContext runs a statement without arguments at once, as the driver does.
func (r *reader) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	if e, ok := r.Conn.(driver.ExecerContext); ok {
		return e.ExecContext(ctx, text, args)
	}
	return nil, driver.ErrSkip
}

// CheckNamedValue leaves the check of arguments to the statement, as the driver does.
func (r *reader) CheckNamedValue(v *driver.NamedValue) error {
	if c, ok := r.Conn.(driver.NamedValueChecker); ok {
		return c.CheckNamedValue(v)
	}
	return driver.ErrSkip
}

// Close frees what is kept and closes the connection.
func (r *reader) Close() error {
	var err error
	for _, q := range r.queries {
		err = errors.Join(err, q.statement.Close())
	}
	clear(r.queries)
	return errors.Join(err, r.Conn.Close())
}

// statement is what a statement of the driver can do.
type statement interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
	driver.NamedValueChecker
}

// query is a statement that is kept; who closes it gives it back. Its rows are closed before, which resets it.
type query struct {
	statement
	lent bool
}

// Close gives the query back.
func (q *query) Close() error {
	q.lent = false
	return nil
}
