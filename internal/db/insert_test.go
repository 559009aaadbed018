package db_test

import (
	"context"
	"fmt"
	"testing"

	"mingjing/internal/db"
	"mingjing/internal/testkit"
)

func TestInsertWritesEveryRowWhateverTheRowBeforeHeld(t *testing.T) {
	testkit.Stores(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		if err := d.Write(ctx, "", func(tx *db.Tx) error {
			_, err := tx.Exec(`CREATE TABLE place (id BIGINT PRIMARY KEY, name TEXT NOT NULL, city TEXT NOT NULL, seat BOOLEAN NOT NULL)`)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		total := 0
		for _, n := range []int{0, 1, 49, 50, 51, 137} {
			var rows [][]any
			for i := range n {
				rows = append(rows, []any{total + i, fmt.Sprint("名", i%3), "四平", i%2 == 0})
			}
			if err := d.Write(ctx, "", func(tx *db.Tx) error { return tx.Insert(`INSERT INTO place (id, name, city, seat)`, rows) }); err != nil {
				t.Fatalf("%d rows: %v", n, err)
			}
			var there, right int
			if err := d.Read(ctx, func(tx *db.Tx) error {
				return tx.Row(`SELECT count(*), count(CASE WHEN name = '名' || ((id - $1) % 3) AND city = '四平' AND seat = ((id - $1) % 2 = 0) THEN 1 END) FROM place WHERE id >= $1`, total).Scan(&there, &right)
			}); err != nil || there != n || right != n {
				t.Errorf("%d rows: %d are there, %d of them right, %v", n, there, right, err)
			}
			total += n
		}
		twin := [][]any{{total, "甲", "四平", true}, {total, "乙", "四平", true}}
		if err := d.Write(ctx, "", func(tx *db.Tx) error { return tx.Insert(`INSERT INTO place (id, name, city, seat)`, twin) }); !db.IsDuplicate(err) {
			t.Errorf("a row that is there already: %v", err)
		}
		after := [][]any{{total, "甲", "四平", true}, {total + 1, "乙", "四平", true}}
		if err := d.Write(ctx, "", func(tx *db.Tx) error { return tx.Insert(`INSERT INTO place (id, name, city, seat)`, after) }); err != nil {
			t.Errorf("rows after a refused one: %v", err)
		}
	})
}
