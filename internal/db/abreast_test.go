package db_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"mingjing/internal/db"
	"mingjing/internal/testkit"
)

// squares reads so many pieces abreast and gives them in the order in which they were folded.
func squares(d *db.DB, pieces, until int64, fail int64) (got []int64, err error) {
	err = d.Read(context.Background(), func(tx *db.Tx) error {
		return db.Abreast(context.Background(), tx, pieces, func(tx *db.Tx, n int64) (int64, error) {
			if n == fail {
				return 0, errors.New("unreadable")
			}
			var square int64
			err := tx.Row(`SELECT CAST($1 AS BIGINT) * CAST($1 AS BIGINT)`, n).Scan(&square)
			return square, err
		}, func(square int64) bool {
			got = append(got, square)
			return int64(len(got)) < until
		})
	})
	return got, err
}

func TestPiecesReadAbreastComeInTheirOrder(t *testing.T) {
	testkit.Stores(t, func(t *testing.T, d *db.DB) {
		got, err := squares(d, 50, 100, -1)
		if err != nil || len(got) != 50 || got[49] != 49*49 || !slices.IsSorted(got) {
			t.Errorf("got %v, %v", got, err)
		}
		if got, err := squares(d, 50, 7, -1); err != nil || len(got) != 7 {
			t.Errorf("asked for seven, got %v, %v", got, err)
		}
		for _, fail := range []int64{0, 1, 7, 49} {
			if got, err := squares(d, 50, 100, fail); err == nil || int64(len(got)) != fail {
				t.Errorf("piece %d cannot be read; got %v, %v", fail, got, err)
			}
		}
	})
}

// TestReadersAbreastDoNotWaitForOneAnotherForEver: each holds a connection and would have a second one.
func TestReadersAbreastDoNotWaitForOneAnotherForEver(t *testing.T) {
	testkit.Stores(t, func(t *testing.T, d *db.DB) {
		done := make(chan error)
		var wait sync.WaitGroup
		for range 24 {
			wait.Go(func() {
				got, err := squares(d, 20, 100, -1)
				if err == nil && len(got) != 20 {
					err = errors.New("pieces are missing")
				}
				done <- err
			})
		}
		late := time.After(time.Minute)
		for range 24 {
			select {
			case err := <-done:
				if err != nil {
					t.Error(err)
				}
			case <-late:
				t.Fatal("they wait for one another")
			}
		}
		wait.Wait()
	})
}
