package db_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"sync"
	"testing"

	"mingjing/internal/db"
	"mingjing/internal/testkit"
)

func TestARefusedCommandLeavesNothingAndItsNeighboursEverything(t *testing.T) {
	testkit.Stores(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		refused := errors.New("refused")
		var wait sync.WaitGroup
		for i := range 40 {
			wait.Go(func() {
				err := d.Write(ctx, "a", func(tx *db.Tx) error {
					if _, err := tx.Exec(`INSERT INTO ledger_head (agency, size, origin) VALUES ($1, $2, '')`, fmt.Sprint(i), i); err != nil {
						return err
					}
					switch {
					case i%4 == 1:
						return refused
					case i%4 == 2:
						panic("a command that panics")
					}
					return nil
				})
				if (i%4 == 1) != errors.Is(err, refused) {
					t.Errorf("command %d answered %v", i, err)
				}
				if i%4 == 2 && err == nil {
					t.Errorf("command %d panicked and was acknowledged", i)
				}
			})
		}
		wait.Wait()
		var rows, odd int
		err := d.Read(ctx, func(tx *db.Tx) error {
			return tx.Row(`SELECT count(*), count(*) FILTER (WHERE size % 4 IN (1, 2)) FROM ledger_head`).Scan(&rows, &odd)
		})
		if err != nil || rows != 20 || odd != 0 {
			t.Fatalf("kept %d rows of which %d of refused commands, err %v; want 20 and 0", rows, odd, err)
		}
	})
}

func TestPlaceholdersBindByNumberOnBothEngines(t *testing.T) {
	testkit.Stores(t, func(t *testing.T, d *db.DB) {
		var got string
		err := d.Read(context.Background(), func(tx *db.Tx) error {
			return tx.Row(`SELECT CAST($2 AS TEXT) || CAST($1 AS TEXT) || '$1'`, "first", "second").Scan(&got)
		})
		if err != nil || got != "secondfirst$1" {
			t.Fatalf("got %q, %v", got, err)
		}
	})
}

func TestEventsCannotBeChangedBySQL(t *testing.T) {
	testkit.Stores(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		row := `INSERT INTO event (agency, seq, id, kind, subject_kind, subject, occurred, recorded, actor, leaf, leaf_hash) VALUES ('a', 1, 'e1', 'k', 's', 's', '', '', '', '{}', '')`
		if err := d.Write(ctx, "a", func(tx *db.Tx) error { _, err := tx.Exec(row); return err }); err != nil {
			t.Fatal(err)
		}
		attempts := []string{
			`UPDATE event SET leaf = 'x'`,
			`DELETE FROM event`,
			`INSERT INTO event SELECT * FROM event`,
		}
		if d.Engine() == db.SQLite {
			attempts = append(attempts, `INSERT OR REPLACE INTO event SELECT * FROM event`)
		} else {
			attempts = append(attempts, `TRUNCATE event`)
		}
		for _, attempt := range attempts {
			err := d.Write(ctx, "a", func(tx *db.Tx) error { _, err := tx.Exec(attempt); return err })
			if err == nil {
				t.Errorf("%s went through", attempt)
			}
		}
	})
}

// TestBothEnginesHashATextInSQL: the gates that make the hash of a text anew call the same function by the same name.
func TestBothEnginesHashATextInSQL(t *testing.T) {
	testkit.Stores(t, func(t *testing.T, d *db.DB) {
		text := "行政处罚决定书\n“引号”\\"
		sum := sha256.Sum256([]byte(text))
		query := `SELECT lower(hex(sha256($1)))`
		if d.Engine() == db.Postgres {
			query = `SELECT encode(sha256(convert_to($1, 'UTF8')), 'hex')`
		}
		ask := func(by string, run func(context.Context, func(*db.Tx) error) error) {
			var got string
			if err := run(context.Background(), func(tx *db.Tx) error { return tx.Row(query, text).Scan(&got) }); err != nil || got != hex.EncodeToString(sum[:]) {
				t.Errorf("by %s: %s, %v", by, got, err)
			}
		}
		ask("a reader", d.Read)
		ask("the writer", func(ctx context.Context, do func(*db.Tx) error) error { return d.Write(ctx, "a", do) })
	})
}
