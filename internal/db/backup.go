package db

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"
)

// ErrNoBackup is returned for an engine whose own tools make the copy.
var ErrNoBackup = errors.New("db: PostgreSQL is backed up with pg_basebackup and WAL archiving, see docs/OPERATIONS.md")

// Backup writes a consistent copy of a SQLite store that is in use to a new file, with its page checksums. The file must
// not exist. Pages keep their places, so that the copy of tomorrow differs from that of today only where something was
// written; VACUUM INTO would move them all. A page that does not match its checksum stops the copy.
func (d *DB) Backup(ctx context.Context, path string) error {
	if d.engine != SQLite {
		return ErrNoBackup
	}
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("db: backup: %s exists already", path)
	}
	pool, err := openWriter(d.file)
	if err != nil {
		return fmt.Errorf("db: backup: %w", err)
	}
	defer pool.Close()
	if err := copyPages(ctx, pool, path); err != nil {
		_ = os.Remove(path)
		return fmt.Errorf("db: backup to %s: %w", path, err)
	}
	return nil
}

func copyPages(ctx context.Context, pool *sql.DB, path string) error {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	err = conn.Raw(func(raw any) error {
		c, ok := raw.(driver.Conn)
		if !ok {
			return fmt.Errorf("the driver's connection is a %T", raw)
		}
		target := "file:" + (&url.URL{Path: path}).EscapedPath() + "?_pragma=synchronous(full)"
		if err := summed(target); err != nil {
			return err
		}
		return c.Raw().Backup("main", target)
	})
	if err != nil {
		return err
	}
	return syncFile(path)
}

// summed makes an empty file with page checksums. Into one without, pages would be copied as they lie, and those that come
// out of the log carry the checksum of an earlier content: the copy could not be read.
func summed(target string) error {
	c, err := sqlite3.Open(target)
	if err != nil {
		return err
	}
	return errors.Join(c.EnableChecksums("main"), c.Close())
}

// syncFile brings a file and its name to the disk.
func syncFile(path string) error {
	for _, name := range []string{path, filepath.Dir(path)} {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		if err := errors.Join(f.Sync(), f.Close()); err != nil {
			return err
		}
	}
	return os.Chmod(path, 0o600)
}

// Check reads every page of a SQLite store, which compares its checksum, and lets the engine compare tables with their
// indexes. The error says what does not fit; IsCorrupt tells a page that lost a bit. PostgreSQL has tools of its own.
func (d *DB) Check(ctx context.Context) error {
	if d.engine != SQLite {
		return nil
	}
	var said bytes.Buffer
	err := d.Read(ctx, func(tx *Tx) error {
		return tx.Each(`PRAGMA integrity_check(5)`, nil, func(rows *sql.Rows) error {
			var line string
			err := rows.Scan(&line)
			if line != "ok" {
				said.WriteString(line + "; ")
			}
			return err
		})
	})
	if err != nil {
		return fmt.Errorf("db: check: %w", err)
	}
	if said.Len() > 0 {
		return fmt.Errorf("db: check: %s%w", said.String(), sqlite3.CORRUPT)
	}
	return nil
}
