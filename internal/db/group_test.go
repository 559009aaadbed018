package db_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"mingjing/internal/db"
	"mingjing/internal/testkit"
)

// TestAStatementMayRunAgainWhileItsRowsAreRead holds the kept statements of the SQLite writer to what a caller expects:
// PostgreSQL allows no second statement while rows are open, so rooms do not rely on it, but a mistake must not mix rows.
func TestAStatementMayRunAgainWhileItsRowsAreRead(t *testing.T) {
	d := testkit.SQLite(t, nil)
	query := `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4) SELECT i FROM n LIMIT $1`
	var seen []int
	err := d.Write(context.Background(), "a", func(tx *db.Tx) error {
		return tx.Each(query, []any{4}, func(outer *sql.Rows) error {
			var i, first int
			if err := outer.Scan(&i); err != nil {
				return err
			}
			if err := tx.Row(query, 1).Scan(&first); err != nil {
				return err
			}
			return tx.Each(query, []any{2}, func(inner *sql.Rows) error {
				var j int
				err := inner.Scan(&j)
				seen = append(seen, 100*i+10*first+j)
				return err
			})
		})
	})
	if err != nil || fmt.Sprint(seen) != "[111 112 211 212 311 312 411 412]" {
		t.Fatalf("read %v, %v", seen, err)
	}
}

func TestAnAbandonedReadingLeavesTheStatementUsable(t *testing.T) {
	testkit.Stores(t, func(t *testing.T, d *db.DB) {
		enough := errors.New("enough")
		for range 3 {
			err := d.Write(context.Background(), "a", func(tx *db.Tx) error {
				return tx.Each(`SELECT agency FROM ledger_head UNION ALL SELECT 'x' UNION ALL SELECT 'y'`, nil, func(*sql.Rows) error { return enough })
			})
			if !errors.Is(err, enough) {
				t.Fatal(err)
			}
		}
	})
}

func TestARefusedCommandThatComesAloneLeavesNothing(t *testing.T) {
	testkit.Stores(t, func(t *testing.T, d *db.DB) {
		refused := errors.New("refused")
		insert := func(tx *db.Tx) error {
			_, err := tx.Exec(`INSERT INTO ledger_head (agency, size, origin) VALUES ('a', 0, '')`)
			return err
		}
		if err := d.Write(context.Background(), "a", func(tx *db.Tx) error { return errors.Join(insert(tx), refused) }); !errors.Is(err, refused) {
			t.Fatal(err)
		}
		if err := d.Write(context.Background(), "a", insert); err != nil {
			t.Fatalf("the refused row is still there: %v", err)
		}
	})
}

// TestCommitsDoNotRestInTheLog flips a bit in the log of a store that has come to rest: had the commits still been there
// alone, SQLite would have forgotten them in silence.
func TestCommitsDoNotRestInTheLog(t *testing.T) {
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "rest.db")
	d, err := db.Open(ctx, "sqlite:"+path, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for i := range 50 {
		if err := d.Write(ctx, "", func(tx *db.Tx) error {
			if i == 0 {
				_, err := tx.Exec(`CREATE TABLE act (id BIGINT PRIMARY KEY)`)
				return err
			}
			_, err := tx.Exec(`INSERT INTO act (id) VALUES ($1)`, i)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	kept := func() int {
		// What would be there after a power cut that took the log with it.
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		copied := filepath.Join(t.TempDir(), "copy.db")
		if err := os.WriteFile(copied, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := db.Open(ctx, "sqlite:"+copied, db.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		n := 0
		_ = c.Read(ctx, func(tx *db.Tx) error { return tx.Row(`SELECT count(*) FROM act`).Scan(&n) })
		return n
	}
	for end := time.Now().Add(10 * time.Second); kept() != 49; time.Sleep(100 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d of 49 commits are in the file", kept())
		}
	}
}
