package house

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"mingjing/internal/backup"
	"mingjing/internal/backup/envelope"
	"mingjing/internal/db"
	"mingjing/internal/disclosure/journal"
	"mingjing/internal/ledger"
	"mingjing/internal/testkit"
	"mingjing/internal/testkit/world"
	"mingjing/packs"
)

func TestADrillComesRoundEachWeekByItselfAndEverybodyLearnsItsResult(t *testing.T) {
	testkit.Addresses(t, func(t *testing.T, address string) {
		ctx := context.Background()
		clock := testkit.NewClock(t, world.Begins)
		folder, place := t.TempDir(), t.TempDir()
		key := filepath.Join(t.TempDir(), "backup.key")
		if err := envelope.WriteKey(key); err != nil {
			t.Fatal(err)
		}
		set, err := backup.Open(backup.Options{Address: place, KeyFile: key})
		if err != nil {
			t.Fatal(err)
		}
		h, err := Open(ctx, Options{Store: address, Folder: folder, Packs: []string{"national", "jilin", "siping-civil-affairs"}, Files: packs.FS,
			Clock: clock.Now, Demo: true, Shipping: &Shipping{Set: set}})
		if err != nil {
			t.Fatal(err)
		}
		defer h.Close()
		if err := h.Found(ctx); err != nil {
			t.Fatal(err)
		}
		night := func() {
			t.Helper()
			clock.Advance(24 * time.Hour)
			if _, err := set.Make(ctx, h.source(""), backup.MakeOptions{}); err != nil {
				t.Fatal(err)
			}
			drain(t, h)
		}
		drain(t, h) // the rounds are noted
		for range 9 {
			night()
		}
		list := drills(t, h)
		if len(list) != 2 || !list[0].Sound() || list[0].Backup == "" {
			t.Fatalf("in nine nights: %+v", list)
		}
		told := slices.DeleteFunc(said(t, h, journal.Stats), func(e ledger.Record) bool { return e.Subject != "backup-drill" })
		if len(told) != 2 || told[0].Ref["sound"] != "true" {
			t.Errorf("the public log says %+v", told)
		}
		spoil(t, place)
		clock.Advance(7 * 24 * time.Hour)
		drain(t, h)
		list = drills(t, h)
		if len(list) != 3 || list[0].Sound() || !strings.Contains(list[0].Fault, "备份件") {
			t.Fatalf("with a damaged piece: %+v", list)
		}
		if err := h.DB.Read(ctx, func(tx *db.Tx) error {
			events, err := ledger.Recent(tx, h.Agency.Code, ledger.Pick{Kind: KindDrilled}, -1, 9)
			if len(events) != 3 || events[0].Ref["sound"] != "false" {
				t.Errorf("the ledger says %+v", events)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if left, err := filepath.Glob(filepath.Join(folder, ".*")); err != nil || len(left) > 0 {
			t.Errorf("left behind: %v, %v", left, err)
		}
	})
}

func drills(t *testing.T, h *House) (list []backup.Drill) {
	t.Helper()
	if err := h.DB.Read(context.Background(), func(tx *db.Tx) (err error) {
		list, err = backup.Drills(tx, 10)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return list
}

// spoil flips a bit in every piece that lies in a place.
func spoil(t *testing.T, place string) {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(place, "piece", "*", "*"))
	if err != nil || len(list) == 0 {
		t.Fatalf("pieces: %v, %v", list, err)
	}
	for _, path := range list {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		raw[len(raw)/2] ^= 1
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestAHouseWithoutASecondPlaceSaysSoOnce: work in the background that ends is begun again, and this once wrote every few
// seconds that there is nothing to do.
func TestAHouseWithoutASecondPlaceSaysSoOnce(t *testing.T) {
	h, _ := lodge(t)
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- h.ship(ctx) }()
	select {
	case err := <-done:
		t.Errorf("it ended by itself: %v", err)
	case <-time.After(300 * time.Millisecond):
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
