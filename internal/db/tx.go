package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/fnv"
	"runtime/debug"
	"time"

	"github.com/ncruces/go-sqlite3"
)

// Tx is one command's view of the store. All rows that a command writes share one instant.
type Tx struct {
	ctx    context.Context
	db     *DB
	runner runner
	conn   *sql.Conn // of a reading transaction
	now    time.Time
	after  []func()
	write  bool
	scope  string
}

type runner interface {
	ExecContext(context.Context, string, ...any) (sql.Result, error)
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
	QueryRowContext(context.Context, string, ...any) *sql.Row
}

type command struct {
	ctx   context.Context
	scope string
	run   func(*Tx) error
	reply chan error
	tx    *Tx
	err   error
}

// batchLimit and batchTime bound how long an early command of a group waits for the late ones.
const (
	batchLimit = 256
	batchTime  = 8 * time.Millisecond
)

// Now is the instant of the command in UTC, cut to the millisecond.
func (t *Tx) Now() time.Time { return t.now }

// Scope is what the command runs under, usually the id of its agency; empty for a reading transaction.
func (t *Tx) Scope() string { return t.scope }

// Context is the caller's context.
func (t *Tx) Context() context.Context { return t.ctx }

// Engine tells which store stands behind the transaction, for the rare query that must differ.
func (t *Tx) Engine() Engine { return t.db.engine }

// After registers what is to happen once the transaction is durable, such as waking a worker.
func (t *Tx) After(f func()) { t.after = append(t.after, f) }

// Exec runs one statement and tells how many rows it touched.
func (t *Tx) Exec(query string, args ...any) (int64, error) {
	result, err := t.runner.ExecContext(t.ctx, t.db.dialect(query), args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// Query runs one query; the caller closes the rows.
func (t *Tx) Query(query string, args ...any) (*sql.Rows, error) {
	return t.runner.QueryContext(t.ctx, t.db.dialect(query), args...)
}

// Row runs a query of which the first row is wanted. ErrNoRows comes out of Scan.
func (t *Tx) Row(query string, args ...any) *sql.Row {
	return t.runner.QueryRowContext(t.ctx, t.db.dialect(query), args...)
}

// Each runs a query and calls scan for each row.
func (t *Tx) Each(query string, args []any, scan func(*sql.Rows) error) error {
	var rows *sql.Rows
	var err error
	if w, own := t.runner.(*groupWriter); own {
		var back func()
		if rows, back, err = w.lend(t.ctx, t.db.dialect(query), args); err == nil {
			defer back()
		}
	} else {
		rows, err = t.Query(query, args...)
	}
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Write runs one command. When it returns nil the command is durable; on any error nothing of it is.
// Commands of one scope (an agency's id) never run at the same time.
func (d *DB) Write(ctx context.Context, scope string, run func(*Tx) error) error {
	if d.readOnly {
		return ErrReadOnly
	}
	if d.short != nil {
		return d.short
	}
	if err := d.halted(); err != nil {
		return err
	}
	if d.engine == Postgres {
		return d.met(d.writePostgres(ctx, scope, run))
	}
	c := &command{ctx: ctx, scope: scope, run: run, reply: make(chan error, 1)}
	if err := d.enqueue(c); err != nil {
		return err
	}
	return <-c.reply
}

func (d *DB) enqueue(c *command) (err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("db: the store is closed")
		}
	}()
	d.queue <- c
	return nil
}

// Read runs queries on one consistent snapshot.
func (d *DB) Read(ctx context.Context, run func(*Tx) error) error {
	conn, err := d.read.Conn(ctx)
	if err != nil {
		return fmt.Errorf("db: read: %w", err)
	}
	return d.readOn(ctx, conn, run)
}

// besideWait is how long somebody who reads already waits for a further connection.
const besideWait = time.Second

// ReadBeside runs queries on a snapshot of its own for somebody who holds one already and would have a second reader beside it.
// It waits for no other reader longer than a moment, since they might wait for one another for ever; free is false where no
// connection came free and nothing was run.
func (d *DB) ReadBeside(ctx context.Context, run func(*Tx) error) (free bool, err error) {
	asking, stop := context.WithTimeout(ctx, besideWait)
	conn, err := d.read.Conn(asking)
	stop()
	if err != nil {
		return false, ctx.Err()
	}
	return true, d.readOn(ctx, conn, run)
}

func (d *DB) readOn(ctx context.Context, conn *sql.Conn, run func(*Tx) error) error {
	defer conn.Close()
	tx, err := conn.BeginTx(ctx, &sql.TxOptions{ReadOnly: true, Isolation: readIsolation(d.engine)})
	if err != nil {
		return fmt.Errorf("db: read: %w", err)
	}
	defer tx.Rollback()
	return run(&Tx{ctx: ctx, db: d, runner: tx, conn: conn, now: d.Now()})
}

func readIsolation(e Engine) sql.IsolationLevel {
	if e == Postgres {
		return sql.LevelRepeatableRead
	}
	return sql.LevelDefault
}

func (d *DB) writePostgres(ctx context.Context, scope string, run func(*Tx) error) error {
	sqlTx, err := d.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("db: begin: %w", err)
	}
	defer sqlTx.Rollback()
	if _, err := sqlTx.ExecContext(ctx, `SELECT pg_advisory_xact_lock($1)`, scopeKey(scope)); err != nil {
		return fmt.Errorf("db: lock %s: %w", scope, err)
	}
	tx := &Tx{ctx: ctx, db: d, runner: sqlTx, now: d.Now(), write: true, scope: scope}
	if err := guard(tx, d.surrounded(run)); err != nil {
		return err
	}
	if err := sqlTx.Commit(); err != nil {
		return fmt.Errorf("db: commit: %w", err)
	}
	tx.finish()
	return nil
}

func scopeKey(scope string) int64 {
	h := fnv.New64a()
	h.Write([]byte(scope))
	return int64(h.Sum64())
}

func (t *Tx) finish() {
	for _, f := range t.after {
		f()
	}
}

// surrounded is a command with what surrounds it.
func (d *DB) surrounded(run func(*Tx) error) func(*Tx) error {
	if d.around.Begin == nil {
		return run
	}
	return func(tx *Tx) error {
		if err := d.around.Begin(tx); err != nil {
			return err
		}
		if err := run(tx); err != nil {
			return err
		}
		return d.around.End(tx)
	}
}

// guard turns a panic inside a command into an error, so that one bad command cannot stop the writer.
func guard(tx *Tx, run func(*Tx) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("db: command panicked: %v\n%s", p, debug.Stack())
		}
	}()
	return run(tx)
}

// settleAfter is how long nothing is written before the log is copied into the file.
const settleAfter = 500 * time.Millisecond

// writer is the only goroutine that writes to SQLite.
func (d *DB) writer() {
	defer close(d.done)
	conn, err := d.write.Conn(context.Background())
	if err != nil {
		for c := range d.queue {
			c.reply <- fmt.Errorf("db: writer: %w", err)
		}
		return
	}
	w := &groupWriter{db: d, conn: conn, statements: map[string]*kept{}, inserts: map[string]*sqlite3.Stmt{}}
	sound := false
	defer func() { // after a panic the connection is still in use, and closing it would wait for ever instead of ending the program
		if sound {
			w.close()
		}
	}()
	rest := time.NewTimer(settleAfter)
	defer rest.Stop()
	probe := time.NewTicker(probeEvery)
	defer probe.Stop()
	for {
		select {
		case c, open := <-d.queue:
			if !open {
				sound = true
				return
			}
			w.group(c)
			rest.Reset(settleAfter)
		case <-rest.C:
			w.settle()
		case <-probe.C:
			if _, halted := d.Halted(); halted {
				w.probe()
			}
		}
	}
}
