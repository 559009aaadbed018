package demo_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"mingjing/internal/db"
	"mingjing/internal/demo"
	"mingjing/internal/house"
	"mingjing/internal/ledger"
	"mingjing/internal/oversight"
	"mingjing/packs"
)

func TestAYearIsLivedThroughTheRealCommands(t *testing.T) {
	folder := t.TempDir()
	at := time.Date(2026, 11, 24, 6, 0, 0, 0, time.UTC)
	clock, err := house.NewClock(folder, func() time.Time { return at })
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	h, err := house.Open(ctx, house.Options{Store: "sqlite:" + filepath.Join(folder, "demo.db"), Folder: folder, Packs: []string{"national", "jilin", "siping-civil-affairs"},
		Files: packs.FS, Clock: clock.Now, Demo: true})
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	begun := time.Now()
	if err := demo.Live(ctx, h, clock, nil); err != nil {
		t.Fatal(err)
	}
	t.Logf("lived in %s", time.Since(begun).Round(time.Millisecond))
	lights := map[int]oversight.Light{}
	if err := h.DB.Read(ctx, func(tx *db.Tx) error {
		board, err := oversight.Board(tx, h.Board())
		for _, l := range board {
			lights[l.Duty] = l
			t.Logf("duty %d %s: %s", l.Duty, l.State, l.Value)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if l := lights[19]; l.State != oversight.Met || l.Of == 0 {
		t.Errorf("major decisions reviewed: %s, want all of some", l.Value)
	}
	if l := lights[10]; l.Met >= l.Of || len(l.Missed) == 0 {
		t.Errorf("published in time: %s, want the late ones of the story to show with their sample", l.Value)
	}
	if l := lights[11]; l.Of == 0 {
		t.Errorf("withdrawn in time: %s, want the annulled decision of the story", l.Value)
	}
	report, err := ledger.Verify(ctx, h.DB, h.Agency.Code, h.Key.Verifier(h.Agency.Code), ledger.VerifyOptions{})
	if err != nil || !report.Sound() || report.Events < 500 {
		t.Errorf("the ledger of the year: %d events, %d problems, %v", report.Events, report.Count, err)
	}
}
