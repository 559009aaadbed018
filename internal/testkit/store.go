package testkit

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"mingjing/internal/access/password"
	"mingjing/internal/db"
)

// PostgresEnv names the variable that holds the address of a PostgreSQL server on which tests may create databases.
const PostgresEnv = "MINGJING_PG"

// Stores runs the body on a fresh migrated SQLite store and, where a PostgreSQL server is at hand, on a fresh migrated
// PostgreSQL database too.
func Stores(t *testing.T, body func(t *testing.T, d *db.DB)) {
	StoresAt(t, nil, body)
}

// StoresAt is Stores with a clock of the test's own.
func StoresAt(t *testing.T, clock func() time.Time, body func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		body(t, open(t, fresh(t), clock))
	})
	server := os.Getenv(PostgresEnv)
	if server == "" {
		return
	}
	t.Run("postgres", func(t *testing.T) {
		body(t, open(t, freshDatabase(t, server), clock))
	})
}

// Addresses runs the body with the address of a fresh store of each engine at hand in which nobody has written, for tests that
// put a whole house on it.
func Addresses(t *testing.T, body func(t *testing.T, address string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { body(t, fresh(t)) })
	if server := os.Getenv(PostgresEnv); server != "" {
		t.Run("postgres", func(t *testing.T) { body(t, freshDatabase(t, server)) })
	}
}

// SQLite opens a fresh migrated SQLite store.
func SQLite(t testing.TB, clock func() time.Time) *db.DB {
	t.Helper()
	return open(t, fresh(t), clock)
}

// template is a migrated SQLite store as a file. Each test binary makes it once: sixty migrations take longer than most tests.
var template = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "mingjing-template-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "test.db")
	d, err := db.Open(context.Background(), "sqlite:"+path, db.Options{})
	if err != nil {
		return nil, err
	}
	if err := errors.Join(d.Migrate(context.Background()), d.Close()); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// fresh is the address of a copy of the template.
func fresh(t testing.TB) string {
	t.Helper()
	return SQLiteAt(t, filepath.Join(t.TempDir(), "test.db"))
}

// SQLiteAt puts a fresh migrated SQLite store at a path and gives its address, for tests that open it themselves.
func SQLiteAt(t testing.TB, path string) string {
	t.Helper()
	file, err := template()
	if err == nil {
		err = os.WriteFile(path, file, 0o600)
	}
	if err != nil {
		t.Fatalf("make a store: %v", err)
	}
	return "sqlite:" + path
}

// Full tells that every variant is asked for, as make test does. The inner loop looks at each thing once and not in all its breadth.
func Full() bool { return os.Getenv("MINGJING_FULL") != "" }

// Passwords is what a password costs in tests.
func Passwords() password.Cost { return password.Cost{Memory: 64, Time: 1} }

func open(t testing.TB, address string, clock func() time.Time) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), address, db.Options{Clock: clock})
	if err != nil {
		t.Fatalf("open the store: %v", err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Migrate(context.Background()); err != nil {
		t.Fatalf("migrate the store: %v", err)
	}
	return d
}

// Postgres is the address of the PostgreSQL server on which tests may create databases; empty where none is at hand.
func Postgres() string { return os.Getenv(PostgresEnv) }

// Database creates an empty database that the test drops at its end, and gives its address.
func Database(t testing.TB, server string) string { return freshDatabase(t, server) }

func freshDatabase(t testing.TB, server string) string {
	t.Helper()
	admin, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatalf("reach PostgreSQL: %v", err)
	}
	var random [6]byte
	_, _ = rand.Read(random[:])
	name := "mingjing_test_" + hex.EncodeToString(random[:])
	if _, err := admin.Exec(`CREATE DATABASE ` + name + ` TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'`); err != nil {
		t.Fatalf("create a database for the test: %v", err)
	}
	t.Cleanup(func() {
		if _, err := admin.Exec(`DROP DATABASE ` + name + ` WITH (FORCE)`); err != nil {
			t.Errorf("drop the test's database: %v", err)
		}
		admin.Close()
	})
	u, err := url.Parse(server)
	if err != nil {
		t.Fatalf("read %s: %v", PostgresEnv, err)
	}
	u.Path = "/" + name
	return u.String()
}
