package db

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"

	"github.com/pressly/goose/v3"
)

// copyBefore keeps a copy of a SQLite store as it was before its schema changes, beside it and named by its version. It stays
// there until somebody takes it away. A start that was killed in the middle finds the copy that it made; what was done
// since with an older program is kept in a further one. PostgreSQL's own tools keep the copy (docs/OPERATIONS.md).
func (d *DB) copyBefore(ctx context.Context, p *goose.Provider) error {
	have, _, err := p.GetVersions(ctx)
	if err != nil || have == 0 || d.engine != SQLite {
		return err // an empty store needs no copy
	}
	if pending, err := p.HasPending(ctx); err != nil || !pending {
		return err
	}
	fresh := d.path + ".copying"
	if err := os.Remove(fresh); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("db: copy before migrating: %w", err)
	}
	if err := d.Backup(ctx, fresh); err != nil {
		return fmt.Errorf("db: copy before migrating: %w", err)
	}
	for n := 1; ; n++ {
		kept := fmt.Sprintf("%s.v%05d", d.path, have)
		if n > 1 {
			kept += "." + strconv.Itoa(n)
		}
		done, err := settleCopy(fresh, kept)
		if err != nil {
			return fmt.Errorf("db: copy before migrating: %w", err)
		}
		if done {
			return nil
		}
	}
}

// settleCopy gives a fresh copy its name, or takes it away where the same is kept under that name already.
func settleCopy(fresh, kept string) (done bool, err error) {
	same, err := sameContent(fresh, kept)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return true, errors.Join(os.Rename(fresh, kept), syncFile(kept))
	case err != nil:
		return false, err
	case same:
		return true, os.Remove(fresh)
	}
	return false, nil
}

// sameContent compares two files; the error wraps fs.ErrNotExist where the second is not there.
func sameContent(a, b string) (bool, error) {
	var sums [2][sha256.Size]byte
	for i, name := range []string{a, b} {
		f, err := os.Open(name)
		if err != nil {
			return false, err
		}
		h := sha256.New()
		_, err = io.Copy(h, f)
		if err := errors.Join(err, f.Close()); err != nil {
			return false, err
		}
		sums[i] = [sha256.Size]byte(h.Sum(nil))
	}
	return sums[0] == sums[1], nil
}
