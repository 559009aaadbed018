package db_test

import (
	"context"
	"testing"
	"time"

	"mingjing/internal/db"
	"mingjing/internal/testkit"
)

func TestIdsAscendWhileTheClockStandsStillAndWhenItIsSetBack(t *testing.T) {
	clock := testkit.NewClock(t, "2026-03-02T09:00:00+08:00")
	testkit.StoresAt(t, clock.Now, func(t *testing.T, d *db.DB) {
		last := ""
		for round := range 200 {
			if round == 100 {
				clock.Advance(-time.Hour)
			}
			err := d.Write(context.Background(), "a", func(tx *db.Tx) error {
				for range 20 {
					id := tx.NewID()
					if len(id) != 26 || id <= last {
						t.Fatalf("%s follows %s", id, last)
					}
					last = id
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}
