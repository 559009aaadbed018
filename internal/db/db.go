package db

import (
	"context"
	_ "crypto/sha256" // the driver registers the digests that the program holds
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver registers itself under "pgx"
	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"
	"github.com/ncruces/go-sqlite3/ext/hash"
)

// Engine names the store that stands behind a DB.
type Engine string

const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// Options are the few things an opener may choose. The zero value is right for a laptop.
type Options struct {
	// Clock is read once for each command; nil means the machine's clock. The demo hands in a clock that can be moved.
	Clock func() time.Time
	// Readers is the number of connections that only read; zero means one for each processor and two more.
	Readers int
	// ReadOnly refuses every command. A restored copy that lacks part of its history is opened this way.
	ReadOnly bool
	// Disk names a virtual file system of the SQLite driver through which the file is reached; empty is the machine's own.
	// Tests hand in a disk that fails.
	Disk string
}

// DB is an open store. It is safe for concurrent use.
type DB struct {
	engine   Engine
	file     string // SQLite only: the address with which the writing connection is opened
	path     string // SQLite only: the file
	write    *sql.DB
	read     *sql.DB
	clock    func() time.Time
	readOnly bool
	queue    chan *command
	done     chan struct{}
	stop     sync.Once
	queries  sync.Map
	ids      idSource
	around   Around
	migrated bool
	acked    acked
	short    error // what the store was found to lack when it was opened
	halt     atomic.Pointer[Halt]
	closing  chan struct{}
}

// Around is what surrounds every command in its own transaction: Begin before it, End after it has done its work. An error
// of either refuses the command.
type Around struct {
	Begin, End func(*Tx) error
}

// Surround sets what surrounds the commands from now on. It is called while nobody else uses the store.
func (d *DB) Surround(a Around) { d.around = a }

// Migrated tells whether Migrate found something to do since the store was opened.
func (d *DB) Migrated() bool { return d.migrated }

// ErrReadOnly is returned for every command on a store that was opened read-only.
var ErrReadOnly = errors.New("db: the store is open read-only")

// Open opens the store that url names: "sqlite:PATH" or "postgres://…". It does not migrate.
func Open(ctx context.Context, url string, options Options) (*DB, error) {
	d := &DB{clock: options.Clock, readOnly: options.ReadOnly, queue: make(chan *command, 1024), done: make(chan struct{}), closing: make(chan struct{})}
	if d.clock == nil {
		d.clock = time.Now
	}
	readers := options.Readers
	if readers == 0 {
		readers = runtime.GOMAXPROCS(0) + 2
	}
	var err error
	switch {
	case strings.HasPrefix(url, "sqlite:"):
		d.engine = SQLite
		err = d.openSQLite(strings.TrimPrefix(url, "sqlite:"), readers, options.Disk)
	case strings.HasPrefix(url, "postgres://"), strings.HasPrefix(url, "postgresql://"):
		d.engine = Postgres
		err = d.openPostgres(ctx, url, readers)
	default:
		return nil, fmt.Errorf("db: open %q: want sqlite:PATH or postgres://…", Redacted(url))
	}
	if err != nil {
		return nil, err
	}
	if d.engine == SQLite {
		go d.writer()
	} else {
		close(d.done)
	}
	return d, nil
}

func (d *DB) openSQLite(path string, readers int, disk string) error {
	if path == "" {
		return errors.New("db: open sqlite: the path is empty")
	}
	if dir := filepath.Dir(path); dir != "." {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return fmt.Errorf("db: open %s: %w", path, err)
		}
	}
	if err := checkHeader(path); err != nil {
		return err
	}
	// FULL, because NORMAL loses acknowledged commits when the power goes; recursive triggers, because
	// without them INSERT OR REPLACE passes a trigger that forbids deletion.
	pragmas := "_pragma=busy_timeout(10000)&_pragma=journal_mode(wal)&_pragma=synchronous(full)" +
		"&_pragma=foreign_keys(on)&_pragma=recursive_triggers(on)&_pragma=trusted_schema(off)&_pragma=temp_store(memory)"
	name := "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + pragmas + "&vfs=" + url.QueryEscape(through(disk))
	// The log is copied into the file when nothing is written for a moment (settle), and under steady load at 32 MiB: pages
	// that change often are copied once.
	// What is deleted is overwritten: a payload destroyed by law must not lie on in a free page.
	d.path = path
	d.file = name + "&_pragma=wal_autocheckpoint(8192)&_pragma=cache_size(-8192)&_pragma=secure_delete(on)"
	write, err := openWriter(d.file)
	if err != nil {
		return fmt.Errorf("db: open %s: %w", path, err)
	}
	if err := write.Ping(); err != nil {
		write.Close()
		return fmt.Errorf("db: open %s: %w", path, err)
	}
	read, err := openReader(name+"&_pragma=query_only(on)&_pragma=cache_size(-1024)", equip)
	if err != nil {
		write.Close()
		return fmt.Errorf("db: open %s: %w", path, err)
	}
	read.SetMaxOpenConns(readers)
	read.SetMaxIdleConns(readers)
	d.write, d.read = write, read
	d.acked.path = path + ackedSuffix
	if err := d.acked.compare(write); err != nil {
		var short *ShortError
		if !errors.As(err, &short) {
			return errors.Join(fmt.Errorf("db: open %s: %w", path, err), read.Close(), write.Close())
		}
		d.short = errors.Join(err, keepLog(path))
	}
	return nil
}

// watch lets a test see every statement of a writer, to kill the program before one.
var watch func(*sqlite3.Conn)

// openWriter opens a pool of the one connection that may write a SQLite file, with page checksums and search.
func openWriter(name string) (*sql.DB, error) {
	pool, err := driver.Open(name, func(c *sqlite3.Conn) error {
		if err := c.EnableChecksums("main"); err != nil {
			return err
		}
		if watch != nil {
			watch(c)
		}
		return equip(c)
	})
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(1)
	return pool, nil
}

// equip gives every connection of a SQLite file what its schema calls: the tokenizer of the search, and the digests with
// which a gate makes the hash of a text anew. A client without them cannot write such a row at all, which is as it should be.
func equip(c *sqlite3.Conn) error {
	return errors.Join(registerSearch(c), hash.Register(c))
}

func (d *DB) openPostgres(ctx context.Context, url string, readers int) error {
	pool, err := sql.Open("pgx", url)
	if err != nil {
		return fmt.Errorf("db: open %s: %w", Redacted(url), err)
	}
	pool.SetMaxOpenConns(readers + 8)
	pool.SetMaxIdleConns(readers + 8)
	var encoding, ctype string
	err = pool.QueryRowContext(ctx, `SELECT pg_encoding_to_char(encoding), datctype FROM pg_database WHERE datname = current_database()`).Scan(&encoding, &ctype)
	if err != nil {
		pool.Close()
		return fmt.Errorf("db: open %s: %w", Redacted(url), err)
	}
	if encoding != "UTF8" {
		pool.Close()
		return fmt.Errorf("db: open %s: the database is encoded in %s; create it with ENCODING 'UTF8'", Redacted(url), encoding)
	}
	d.write, d.read = pool, pool
	return nil
}

// Engine tells which store stands behind the DB.
func (d *DB) Engine() Engine { return d.engine }

// Now reads the store's clock in UTC. Commands do not call it: they use the instant that their Tx carries.
func (d *DB) Now() time.Time { return d.clock().UTC().Truncate(time.Millisecond) }

// ReadOnly tells whether commands are refused.
func (d *DB) ReadOnly() bool { return d.readOnly }

// Close waits for the commands under way and closes the store.
func (d *DB) Close() error {
	var err error
	d.stop.Do(func() {
		close(d.closing)
		if d.engine == SQLite {
			close(d.queue)
			<-d.done
		}
		// The last connection to close copies the log into the file; a reader may not write, so readers go first.
		if d.read != d.write {
			err = d.read.Close()
		}
		err = errors.Join(err, d.write.Close(), d.acked.close())
	})
	return err
}

// Redacted is an address of a store as it may be shown: without a password.
func Redacted(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return "(unreadable address)"
	}
	return u.Redacted()
}
