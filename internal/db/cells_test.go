package db_test

import (
	"context"
	"fmt"
	"testing"

	"mingjing/internal/db"
	"mingjing/internal/testkit"
)

func TestCellsAreWhatEachReads(t *testing.T) {
	testkit.Stores(t, func(t *testing.T, d *db.DB) {
		got := ""
		err := d.Read(context.Background(), func(tx *db.Tx) error {
			return tx.Cells(`SELECT CAST($1 AS TEXT), CAST($2 AS BIGINT), '', CAST(NULL AS TEXT), 12 UNION ALL SELECT '二', -7, 'x', '', -3 ORDER BY 2 DESC`, []any{"一", int64(5)}, func(c db.Cells) error {
				got += fmt.Sprintf("%s %d %q %q %s;", c.Bytes(0), c.Int(1), c.Bytes(2), c.Bytes(3), c.Bytes(4))
				return nil
			})
		})
		if want := `一 5 "" "" 12;二 -7 "x" "" -3;`; err != nil || got != want {
			t.Errorf("got %s, %v", got, err)
		}
	})
}

func TestASchemaThatLacksAMigrationIsNotTakenForCurrent(t *testing.T) {
	testkit.Stores(t, func(t *testing.T, d *db.DB) {
		if err := d.Migrate(context.Background()); err != nil {
			t.Fatalf("a second start: %v", err)
		}
		before := recorded(t, d)
		for _, change := range []string{`DELETE FROM goose_db_version WHERE version_id = (SELECT max(version_id) FROM goose_db_version)`,
			`DELETE FROM goose_db_version WHERE version_id = 10`} {
			if err := d.Write(context.Background(), "", func(tx *db.Tx) error { _, err := tx.Exec(change); return err }); err != nil {
				t.Fatal(err)
			}
			// The runner is asked: it makes good what is lacking, or stops at a table that is there although its migration is not.
			if err := d.Migrate(context.Background()); err == nil && recorded(t, d) != before {
				t.Errorf("%s: the store passed for current", change)
			}
		}
	})
}

// recorded is how many migrations a store says it has had.
func recorded(t *testing.T, d *db.DB) (n int) {
	t.Helper()
	if err := d.Read(context.Background(), func(tx *db.Tx) error { return tx.Row(`SELECT count(*) FROM goose_db_version`).Scan(&n) }); err != nil {
		t.Fatal(err)
	}
	return n
}
