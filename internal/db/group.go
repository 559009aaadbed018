package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/ncruces/go-sqlite3"
)

// groupWriter runs commands on the one writing connection and keeps its prepared statements.
type groupWriter struct {
	db         *DB
	conn       *sql.Conn
	statements map[string]*kept
	inserts    map[string]*sqlite3.Stmt // of Tx.Insert, two for each table
	broken     bool                     // the outer transaction of the group is gone: the engine rolled it back by itself
	fault      error                    // what the disk did to the group
}

// kept is a prepared statement. While its rows are being read it is lent and cannot run a second time.
type kept struct {
	*sql.Stmt
	lent bool
}

// statementLimit bounds the kept statements; past it they are all dropped and prepared again when needed.
const statementLimit = 512

func (w *groupWriter) close() {
	w.drop()
	w.conn.Close()
}

// drop closes the kept statements, but for those whose rows are being read.
func (w *groupWriter) drop() {
	for query, s := range w.inserts {
		s.Close()
		delete(w.inserts, query)
	}
	for query, s := range w.statements {
		if !s.lent {
			s.Close()
			delete(w.statements, query)
		}
	}
}

// group runs the first command and those that wait behind it in one outer transaction, then acknowledges all.
func (w *groupWriter) group(first *command) {
	ran := make([]*command, 0, 64)
	deadline := time.Now().Add(batchTime)
	w.broken, w.fault = false, nil
	for next := first; next != nil; next = w.waiting(len(ran), deadline) {
		if len(ran) > 0 {
			w.follower(next)
			ran = append(ran, next)
		} else if w.leader(next) {
			ran = append(ran, next)
		} else {
			next.reply <- w.said(next.err)
		}
		if w.broken {
			break
		}
	}
	if len(ran) == 0 {
		return
	}
	n, err := w.number()
	if err == nil {
		err = w.plain("COMMIT")
	}
	if err == nil {
		_ = w.db.acked.note(n)
	} else {
		// The connection may still be inside the transaction (a full disk, for one): leave it clean.
		_ = w.plain("ROLLBACK")
		// When the disk fails under one command of a group the others fail with it, and are told why.
		err = fmt.Errorf("db: commit: %w", errors.Join(err, w.fault))
	}
	for _, c := range ran {
		if c.err == nil {
			c.err = err
		}
		if c.err == nil {
			c.tx.finish()
		}
		c.reply <- w.said(c.err)
	}
}

// number gives the group its number, which is part of what it commits.
func (w *groupWriter) number() (uint32, error) {
	var last int32
	if err := w.QueryRowContext(context.Background(), "PRAGMA user_version").Scan(&last); err != nil {
		return 0, err
	}
	n := uint32(last) + 1
	_, err := w.conn.ExecContext(context.Background(), fmt.Sprintf("PRAGMA user_version = %d", int32(n)))
	return n, err
}

// said is what a command is told: when it met a bad disk, the refusal that the store gives from then on.
func (w *groupWriter) said(err error) error {
	if err != nil && badDisk(err) {
		return w.db.stopFor(err)
	}
	return err
}

// leader opens the outer transaction and runs the first command in it. It needs no savepoint: when it is refused there
// is nothing beside it, and the whole transaction goes. That also keeps a long import out of a savepoint, whose journal
// SQLite walks from its beginning after every guarded statement.
func (w *groupWriter) leader(c *command) (stays bool) {
	if c.err = c.ctx.Err(); c.err != nil {
		return false
	}
	if err := w.plain("BEGIN IMMEDIATE"); err != nil {
		c.err = fmt.Errorf("db: begin: %w", err)
		return false
	}
	if c.err = w.run(c); c.err == nil {
		return true
	}
	if err := w.plain("ROLLBACK"); err != nil && !noTransaction(err) {
		c.err = errors.Join(c.err, err)
	}
	return false
}

// noTransaction tells that the engine rolled back by itself, as it does when the disk is full.
func noTransaction(err error) bool {
	return strings.Contains(err.Error(), "no transaction is active")
}

// settle copies the log into the file as far as readers allow. The file's pages have checksums of their own; in the log a
// flipped bit makes SQLite forget that commit and all behind it without a word, so acknowledged commits do not lie there
// longer than work goes on. A copy that fails is tried again after the next rest, and by SQLite itself when the log is long.
func (w *groupWriter) settle() {
	_ = w.plain("PRAGMA wal_checkpoint(PASSIVE)")
}

func (w *groupWriter) waiting(ran int, deadline time.Time) *command {
	if ran >= batchLimit || time.Now().After(deadline) {
		return nil
	}
	select {
	case c, open := <-w.db.queue:
		if !open {
			return nil
		}
		return c
	default:
		return nil
	}
}

// follower runs a command in a savepoint, so that its refusal takes nothing of its neighbours with it.
func (w *groupWriter) follower(c *command) {
	if c.err = c.ctx.Err(); c.err != nil {
		return
	}
	if c.err = w.plain("SAVEPOINT command"); c.err != nil {
		return
	}
	c.err = w.run(c)
	if c.err != nil {
		if err := w.plain("ROLLBACK TO command"); err != nil {
			c.err, w.broken = errors.Join(c.err, err), true
			return
		}
	}
	if err := w.plain("RELEASE command"); err != nil {
		// Without its savepoint the command stands outside any transaction: the commit will fail for the whole group.
		c.err, w.broken = errors.Join(c.err, err), true
	}
}

func (w *groupWriter) run(c *command) error {
	// A caller that goes away must not interrupt the shared transaction, so statements run without its cancellation.
	ctx := context.WithoutCancel(c.ctx)
	c.tx = &Tx{ctx: ctx, db: w.db, runner: w, now: w.db.Now(), write: true, scope: c.scope}
	err := guard(c.tx, w.db.surrounded(c.run))
	if err != nil && badDisk(err) {
		w.fault = err
	}
	return err
}

func (w *groupWriter) plain(query string) error {
	_, err := w.ExecContext(context.Background(), query)
	return err
}

// prepared gives a statement that is prepared once and kept, or nil when its rows are being read just now.
func (w *groupWriter) prepared(ctx context.Context, query string) (*kept, error) {
	if s, ok := w.statements[query]; ok {
		if s.lent {
			return nil, nil
		}
		return s, nil
	}
	if len(w.statements) >= statementLimit {
		w.drop()
	}
	s, err := w.conn.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	w.statements[query] = &kept{Stmt: s}
	return w.statements[query], nil
}

// ExecContext runs a statement that is prepared once and kept.
func (w *groupWriter) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	s, err := w.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return w.conn.ExecContext(ctx, query, args...)
	}
	return s.ExecContext(ctx, args...)
}

// QueryContext runs a query afresh: nobody says when its rows are closed, and a kept statement cannot run twice at once.
func (w *groupWriter) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return w.conn.QueryContext(ctx, query, args...)
}

// lend runs a query on a kept statement until the rows are given back, or afresh when it is lent already.
func (w *groupWriter) lend(ctx context.Context, query string, args []any) (rows *sql.Rows, back func(), err error) {
	s, err := w.prepared(ctx, query)
	if err != nil {
		return nil, nil, err
	}
	if s == nil {
		rows, err = w.conn.QueryContext(ctx, query, args...)
		return rows, func() {}, err
	}
	rows, err = s.QueryContext(ctx, args...)
	if err != nil {
		return nil, nil, err
	}
	s.lent = true
	return rows, func() { s.lent = false }, nil
}

// QueryRowContext runs a query that is prepared once; Scan reads its only row and frees it.
func (w *groupWriter) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	s, err := w.prepared(ctx, query)
	if err != nil || s == nil {
		return w.conn.QueryRowContext(ctx, query, args...)
	}
	return s.QueryRowContext(ctx, args...)
}
