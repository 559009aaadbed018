package db

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/ncruces/go-sqlite3"
)

// Halt is why a store takes no commands for now: the disk under it has no room or does not write. Reading goes on, and a
// probe finds out when commands are taken again.
type Halt struct {
	Since time.Time
	Full  bool  // no room; otherwise the disk fails
	Cause error // of the command that met it first
}

// HaltError is given for a command that met the bad disk, and for each one until the disk is good again. Nothing of the
// command is in the store.
type HaltError struct{ Halt }

// Error is for the log.
func (e *HaltError) Error() string { return "db: no command is taken: " + e.Cause.Error() }

// Message is for the person at the screen.
func (e *HaltError) Message() string {
	if e.Full {
		return "服务器的磁盘已满，系统暂时只能查看，不能办理。"
	}
	return "服务器的磁盘无法写入，系统暂时只能查看，不能办理。"
}

// Unwrap gives the cause.
func (e *HaltError) Unwrap() error { return e.Cause }

// probeEvery is how often a halted store tries whether it may write again.
const probeEvery = time.Second

// room is what must be free before commands are taken again, so that a full disk does not end and begin with each byte.
const room = 1 << 20

// Halted tells whether commands are refused because of the disk, and why.
func (d *DB) Halted() (Halt, bool) {
	h := d.halt.Load()
	if h == nil {
		return Halt{}, false
	}
	return *h, true
}

// Awake is the last instant at which the store took commands: now, or when it was halted. What people did since then is not
// noted, and nobody has been idle because of it.
func (t *Tx) Awake() time.Time {
	if h, halted := t.db.Halted(); halted && h.Since.Before(t.now) {
		return h.Since
	}
	return t.now
}

// halted is the refusal of a command while the store is halted; nil while it is not.
func (d *DB) halted() error {
	if h := d.halt.Load(); h != nil {
		return &HaltError{*h}
	}
	return nil
}

// stopFor halts the store for a cause and gives the refusal.
func (d *DB) stopFor(cause error) error {
	if h := d.halt.Load(); h != nil {
		return &HaltError{*h}
	}
	h := &Halt{Since: d.Now(), Full: IsFull(cause) || d.crowded(), Cause: cause}
	if !d.halt.CompareAndSwap(nil, h) {
		h = d.halt.Load()
	}
	if h == nil {
		h = &Halt{Since: d.Now(), Full: IsFull(cause), Cause: cause}
	}
	return &HaltError{*h}
}

// badDisk tells that writing failed below the engine. A page that fails its checksum is not meant: it concerns what is on
// that page, and the rest is written as before.
func badDisk(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch pg.Code {
		case "53100", "58030", "25006": // disk_full, io_error, read_only_sql_transaction (a standby after a failover)
			return true
		}
		return false
	}
	for _, code := range []sqlite3.ExtendedErrorCode{sqlite3.IOERR_WRITE, sqlite3.IOERR_FSYNC, sqlite3.IOERR_DIR_FSYNC, sqlite3.IOERR_TRUNCATE,
		sqlite3.IOERR_SHMSIZE, sqlite3.IOERR_SHMOPEN, sqlite3.IOERR_SHMMAP} {
		if errors.Is(err, code) {
			return true
		}
	}
	return errors.Is(err, sqlite3.FULL) || errors.Is(err, sqlite3.READONLY) || errors.Is(err, sqlite3.CANTOPEN)
}

// probe tries to commit on SQLite, and opens the store for commands again when that goes well. Copying the log first lets
// the next commits overwrite it instead of lengthening it.
func (w *groupWriter) probe() {
	w.drop()
	w.settle()
	if err := w.db.spare(); err != nil {
		return
	}
	if w.plain("BEGIN IMMEDIATE") != nil {
		return
	}
	n, err := w.number()
	if err == nil {
		err = w.plain("COMMIT")
	}
	if err != nil {
		_ = w.plain("ROLLBACK")
		return
	}
	_ = w.db.acked.note(n)
	w.db.halt.Store(nil)
}

// crowded asks the file system itself whether it is full. The driver (ncruces v0.37.0) looks for a bare error number, which a
// file of the operating system wraps, and so reports a full file system as a failed write.
func (d *DB) crowded() bool {
	if d.engine != SQLite {
		return false
	}
	err := d.spare()
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}

// spare finds out whether there is room beside the file, by writing and taking it away again.
func (d *DB) spare() error {
	f, err := os.Create(d.acked.path + "-room")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(make([]byte, room))
	return errors.Join(err, f.Sync(), f.Close())
}

// probePostgres tries until the server writes again: a commit that carries so many bytes through its log.
func (d *DB) probePostgres() {
	for {
		select {
		case <-d.closing:
			return
		case <-time.After(probeEvery):
		}
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		_, err := d.write.ExecContext(ctx, `SELECT pg_logical_emit_message(true, 'mingjing', repeat('x', $1))`, room)
		cancel()
		if err == nil {
			d.halt.Store(nil)
			return
		}
	}
}

// met turns what a bad disk did to a command on PostgreSQL into a refusal, and has the server tried until it writes.
func (d *DB) met(err error) error {
	if !badDisk(err) {
		return err
	}
	_, before := d.Halted()
	err = d.stopFor(err)
	if !before {
		go d.probePostgres()
	}
	return fmt.Errorf("db: write: %w", err)
}
