package testkit

import (
	"context"
	"database/sql"
	"fmt"
	"testing"

	"mingjing/internal/db"
)

// Unlogged makes a store one from before the public log: it takes the triggers off and every entry of the log away. The
// guards stay off.
func Unlogged(t *testing.T, d *db.DB, log string) {
	t.Helper()
	query := `SELECT 'DROP TRIGGER ' || name FROM sqlite_master WHERE type = 'trigger'`
	if d.Engine() == db.Postgres {
		query = `SELECT DISTINCT 'DROP TRIGGER ' || tgname || ' ON ' || tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal`
	}
	var list []string
	err := d.Read(context.Background(), func(tx *db.Tx) error {
		return tx.Each(query, nil, func(rows *sql.Rows) error {
			var drop string
			err := rows.Scan(&drop)
			list = append(list, drop)
			return err
		})
	})
	if err == nil {
		for _, table := range []string{"tree_hash", "checkpoint", "ledger_head", "event"} {
			if table == "event" {
				list = append(list, fmt.Sprintf(`DELETE FROM payload WHERE event IN (SELECT id FROM event WHERE agency = '%s')`, log))
			}
			list = append(list, fmt.Sprintf(`DELETE FROM %s WHERE agency = '%s'`, table, log))
		}
		list = append(list, `UPDATE pub_publication SET log = '', seq = 0`)
		err = d.Write(context.Background(), "test", func(tx *db.Tx) error {
			for _, statement := range list {
				if _, err := tx.Exec(statement); err != nil {
					return fmt.Errorf("%s: %w", statement, err)
				}
			}
			return nil
		})
	}
	if err != nil {
		t.Fatal(err)
	}
}
