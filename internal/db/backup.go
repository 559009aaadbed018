package db

import (
	"context"
	"errors"
	"fmt"
	"os"
)

// ErrNoBackup is returned for an engine whose own tools make the copy.
var ErrNoBackup = errors.New("db: PostgreSQL is backed up with pg_basebackup and WAL archiving, see docs/OPERATIONS.md")

// Backup writes a consistent copy of a SQLite store that is in use to a new file, with its page checksums. The file must
// not exist.
func (d *DB) Backup(ctx context.Context, path string) error {
	if d.engine != SQLite {
		return ErrNoBackup
	}
	if _, err := os.Stat(path); err == nil {
		return fmt.Errorf("db: backup: %s exists already", path)
	}
	conn, err := openWriter(d.file)
	if err != nil {
		return fmt.Errorf("db: backup: %w", err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, `VACUUM INTO ?1`, path); err != nil {
		return fmt.Errorf("db: backup to %s: %w", path, err)
	}
	return nil
}
