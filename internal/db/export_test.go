package db

import (
	"context"

	"github.com/ncruces/go-sqlite3"
	"github.com/pressly/goose/v3"
)

// MigrateTo brings a store to an older version, as an older program made it.
func (d *DB) MigrateTo(ctx context.Context, version int64) error {
	return d.migrating(func(p *goose.Provider) error {
		_, err := p.UpTo(ctx, version)
		return err
	})
}

// Watch calls before for every statement that a writer opened from now on prepares and that changes something: what opens and
// ends transactions, and what writes rows or the schema (a change of the schema counts more than once).
func Watch(before func()) {
	watch = func(c *sqlite3.Conn) {
		_ = c.SetAuthorizer(func(action sqlite3.AuthorizerActionCode, _, _, _, _ string) sqlite3.AuthorizerReturnCode {
			switch action {
			case sqlite3.AUTH_READ, sqlite3.AUTH_SELECT, sqlite3.AUTH_FUNCTION, sqlite3.AUTH_PRAGMA, sqlite3.AUTH_RECURSIVE:
			default:
				before()
			}
			return sqlite3.AUTH_OK
		})
	}
}

// BadDisk is badDisk, for tests.
var BadDisk = badDisk
