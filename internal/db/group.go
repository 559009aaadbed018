package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// groupWriter runs commands on the one writing connection and keeps its prepared statements.
type groupWriter struct {
	db         *DB
	conn       *sql.Conn
	statements map[string]*sql.Stmt
}

// statementLimit bounds the kept statements; past it they are all dropped and prepared again when needed.
const statementLimit = 512

func (w *groupWriter) close() {
	w.drop()
	w.conn.Close()
}

func (w *groupWriter) drop() {
	for _, s := range w.statements {
		s.Close()
	}
	clear(w.statements)
}

// group runs the first command and those that wait behind it in one outer transaction, then acknowledges all.
func (w *groupWriter) group(first *command) {
	if err := w.plain("BEGIN IMMEDIATE"); err != nil {
		first.reply <- fmt.Errorf("db: begin: %w", err)
		return
	}
	ran := make([]*command, 0, 64)
	deadline := time.Now().Add(batchTime)
	next := first
	for next != nil {
		w.one(next)
		ran = append(ran, next)
		next = w.waiting(len(ran), deadline)
	}
	err := w.plain("COMMIT")
	if err != nil {
		// The connection may still be inside the transaction (a full disk, for one): leave it clean.
		_ = w.plain("ROLLBACK")
		err = fmt.Errorf("db: commit: %w", err)
	}
	for _, c := range ran {
		if c.err == nil {
			c.err = err
		}
		if c.err == nil {
			c.tx.finish()
		}
		c.reply <- c.err
	}
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

// one runs a command in a savepoint, so that its refusal takes nothing of its neighbours with it.
func (w *groupWriter) one(c *command) {
	if err := c.ctx.Err(); err != nil {
		c.err = err
		return
	}
	if c.err = w.plain("SAVEPOINT command"); c.err != nil {
		return
	}
	// A caller that goes away must not interrupt the shared transaction, so statements run without its cancellation.
	ctx := context.WithoutCancel(c.ctx)
	c.tx = &Tx{ctx: ctx, db: w.db, runner: w, now: w.db.Now(), write: true}
	c.err = guard(c.tx, c.run)
	if c.err == nil {
		c.err = w.plain("RELEASE command")
		return
	}
	if err := w.plain("ROLLBACK TO command"); err != nil {
		c.err = errors.Join(c.err, err)
		return
	}
	if err := w.plain("RELEASE command"); err != nil {
		c.err = errors.Join(c.err, err)
	}
}

func (w *groupWriter) plain(query string) error {
	_, err := w.ExecContext(context.Background(), query)
	return err
}

func (w *groupWriter) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	if s, ok := w.statements[query]; ok {
		return s, nil
	}
	if len(w.statements) >= statementLimit {
		w.drop()
	}
	s, err := w.conn.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	w.statements[query] = s
	return s, nil
}

// ExecContext runs a statement that is prepared once and kept.
func (w *groupWriter) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	s, err := w.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(ctx, args...)
}

// QueryContext runs a query afresh: a kept statement cannot be open twice at once.
func (w *groupWriter) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return w.conn.QueryContext(ctx, query, args...)
}

// QueryRowContext runs a query that is prepared once; Scan reads its only row and frees it.
func (w *groupWriter) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	s, err := w.prepared(ctx, query)
	if err != nil {
		return w.conn.QueryRowContext(ctx, query, args...)
	}
	return s.QueryRowContext(ctx, args...)
}
