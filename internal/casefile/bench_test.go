package casefile_test

import (
	"testing"

	"mingjing/internal/testkit"
	"mingjing/internal/testkit/world"
)

// BenchmarkBatchPage opens a case of 120 parties with a drafted decision, with all its steps and without them.
func BenchmarkBatchPage(b *testing.B) {
	clock := testkit.NewClock(b, "2026-03-02T10:00:00+08:00")
	d := testkit.SQLite(b, clock.Now)
	w := world.New(b, d, clock)
	c := w.Lead(world.Batch(120)).Open().Investigate().Report().Notice().PastWindows()
	c.Draft(nil, "")
	b.Run("Open", func(b *testing.B) {
		for b.Loop() {
			if _, err := w.Cases.Open(b.Context(), w.Handler, c.ID); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Look", func(b *testing.B) {
		for b.Loop() {
			if _, err := w.Cases.Look(b.Context(), w.Handler, c.ID); err != nil {
				b.Fatal(err)
			}
		}
	})
}
