package db

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"testing/fstest"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate brings the schema to the newest version. A file NNNNN_name.sql serves both engines; a twin
// NNNNN_name.sqlite.sql / .postgres.sql serves one (triggers and search only).
func (d *DB) Migrate(ctx context.Context) error {
	if d.current(ctx) {
		return nil
	}
	return d.migrating(func(p *goose.Provider) error {
		if err := d.copyBefore(ctx, p); err != nil {
			return err
		}
		// What was written past the program is not to be taken for the migration's.
		if have, _, err := p.GetVersions(ctx); err == nil && have >= notedSince {
			if err := d.forgetTouched(ctx); err != nil {
				return err
			}
		}
		d.migrated = true
		if _, err := p.Up(ctx); err != nil {
			return fmt.Errorf("db: migrate: %w", err)
		}
		return d.lookAtHome(ctx)
	})
}

// lookAtHome makes each trigger function of PostgreSQL look in its own schema first and among temporary tables last, as migration
// 00186 did for those of its day: otherwise a writer's temporary table named review is what the gate of review reads. It is done
// after every migration, so that none has to think of it.
func (d *DB) lookAtHome(ctx context.Context) error {
	if d.engine != Postgres {
		return nil
	}
	if _, err := d.write.ExecContext(ctx, `DO $$
		DECLARE f regprocedure;
		BEGIN
			FOR f IN SELECT p.oid FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace AND p.prorettype = 'trigger'::regtype
				AND NOT COALESCE(p.proconfig::text LIKE '%search_path=pg_catalog%pg_temp%', FALSE) LOOP
				EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, %I, pg_temp', f, current_schema());
			END LOOP;
		END $$`); err != nil {
		return fmt.Errorf("db: migrate: the functions of the triggers: %w", err)
	}
	return nil
}

// notedSince is the version from which on written rows are noted in the table touched.
const notedSince = 110

func (d *DB) forgetTouched(ctx context.Context) error {
	if err := d.Write(ctx, "", func(tx *Tx) error {
		_, err := tx.Exec(`DELETE FROM touched`)
		return err
	}); err != nil {
		return fmt.Errorf("db: migrate: %w", err)
	}
	return nil
}

// current tells that the store has every migration of this program, and no other, by one query: a start that finds its
// schema in order does not wait for the runner. Whatever else the store says is the runner's to judge.
func (d *DB) current(ctx context.Context) bool {
	files, err := migrationsFor(d.engine)
	if err != nil {
		return false
	}
	entries, err := fs.ReadDir(files, ".")
	if err != nil || len(entries) == 0 {
		return false
	}
	newest, _, _ := strings.Cut(entries[len(entries)-1].Name(), "_")
	want, err := strconv.ParseInt(newest, 10, 64)
	if err != nil {
		return false
	}
	var have int64
	var count int
	err = d.Read(ctx, func(tx *Tx) error {
		return tx.Row(`SELECT max(version_id), count(DISTINCT version_id) FROM goose_db_version WHERE is_applied AND version_id > 0`).Scan(&have, &count)
	})
	return err == nil && have == want && count == len(entries)
}

// Blank tells that the store has never been migrated: nothing of this program lies in it.
func (d *DB) Blank(ctx context.Context) (bool, error) {
	query := `SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'goose_db_version'`
	if d.engine == Postgres {
		query = `SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'goose_db_version'`
	}
	n := 0
	if err := d.Read(ctx, func(tx *Tx) error { return tx.Row(query).Scan(&n) }); err != nil {
		return false, fmt.Errorf("db: blank: %w", err)
	}
	return n == 0, nil
}

// Versions tells which version the schema has and which one this program wants.
func (d *DB) Versions(ctx context.Context) (have, want int64, err error) {
	err = d.migrating(func(p *goose.Provider) error {
		have, want, err = p.GetVersions(ctx)
		if err != nil {
			return fmt.Errorf("db: versions: %w", err)
		}
		return nil
	})
	return have, want, err
}

// migrating hands the runner a connection of its own: on SQLite the one of the pool belongs to the writer.
func (d *DB) migrating(run func(*goose.Provider) error) error {
	files, err := migrationsFor(d.engine)
	if err != nil {
		return err
	}
	dialect, pool := goose.DialectPostgres, d.write
	if d.engine == SQLite {
		dialect = goose.DialectSQLite3
		if pool, err = openWriter(d.file); err != nil {
			return fmt.Errorf("db: migrations: %w", err)
		}
		defer pool.Close()
	}
	// Rooms number their migrations in ranges of their own, so a store may have a later one before an earlier one; none of them
	// rests on a table of another range.
	provider, err := goose.NewProvider(dialect, pool, files, goose.WithDisableGlobalRegistry(true), goose.WithAllowOutofOrder(true))
	if err != nil {
		return fmt.Errorf("db: migrations: %w", err)
	}
	return run(provider)
}

// migrationsFor picks the files of one engine. The head that the runner wants is added here, so that a migration is
// plain SQL.
func migrationsFor(e Engine) (fs.FS, error) {
	entries, err := migrations.ReadDir("migrations")
	if err != nil {
		return nil, fmt.Errorf("db: migrations: %w", err)
	}
	picked := fstest.MapFS{}
	for _, entry := range entries {
		name := entry.Name()
		stem := strings.TrimSuffix(name, ".sql")
		if i := strings.LastIndexByte(stem, '.'); i >= 0 {
			if stem[i+1:] != string(e) {
				continue
			}
			stem = stem[:i]
		}
		text, err := migrations.ReadFile("migrations/" + name)
		if err != nil {
			return nil, fmt.Errorf("db: migrations: %w", err)
		}
		if !bytes.HasPrefix(text, []byte("-- +goose Up")) {
			text = append([]byte("-- +goose Up\n"), text...)
		}
		picked[stem+".sql"] = &fstest.MapFile{Data: text, Mode: 0o444}
	}
	return picked, nil
}
