package db_test

import (
	"context"
	"database/sql"
	"testing"

	"mingjing/internal/db"
	"mingjing/internal/testkit"
)

// TestAKeptQueryIsRunInsideItselfAndSeesWhatWasWrittenSince: a reading connection keeps its queries prepared, which must show in
// nothing but the time it takes.
func TestAKeptQueryIsRunInsideItselfAndSeesWhatWasWrittenSince(t *testing.T) {
	d := testkit.SQLite(t, nil)
	ctx := context.Background()
	write := func(text string) {
		t.Helper()
		if err := d.Write(ctx, "a", func(tx *db.Tx) error { _, err := tx.Exec(text); return err }); err != nil {
			t.Fatal(err)
		}
	}
	write(`CREATE TABLE leaf (id INTEGER PRIMARY KEY, word TEXT NOT NULL)`)
	const question = `SELECT word FROM leaf WHERE id >= $1 ORDER BY id`
	ask := func() (said string) {
		t.Helper()
		if err := d.Read(ctx, func(tx *db.Tx) error {
			return tx.Each(question, []any{1}, func(rows *sql.Rows) error {
				var outer string
				if err := rows.Scan(&outer); err != nil {
					return err
				}
				said += outer
				return tx.Each(question, []any{2}, func(rows *sql.Rows) error { // while the same query is being read
					var inner string
					err := rows.Scan(&inner)
					said += inner
					return err
				})
			})
		}); err != nil {
			t.Fatal(err)
		}
		return said
	}
	write(`INSERT INTO leaf (id, word) VALUES (1, 'a'), (2, 'b')`)
	for range 20 { // more often than there are connections
		if said := ask(); said != "abbb" {
			t.Fatalf("the query said %q", said)
		}
	}
	write(`UPDATE leaf SET word = 'c' WHERE id = 2`)
	if said := ask(); said != "accc" {
		t.Errorf("after a change the query said %q", said)
	}
	write(`ALTER TABLE leaf RENAME TO other`)
	write(`CREATE TABLE leaf (id INTEGER PRIMARY KEY, more TEXT, word TEXT NOT NULL)`)
	write(`INSERT INTO leaf (id, word) VALUES (1, 'd')`)
	if said := ask(); said != "d" {
		t.Errorf("on another table of the name the query said %q", said)
	}
	if err := d.Read(ctx, func(tx *db.Tx) error { _, err := tx.Exec(`DELETE FROM leaf`); return err }); err == nil {
		t.Error("a reader wrote")
	}
}
