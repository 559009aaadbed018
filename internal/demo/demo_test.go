package demo_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"mingjing/internal/demo"
	"mingjing/internal/house"
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
}
