package demo

import (
	"context"
	"fmt"
	"time"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/house"
	"mingjing/internal/workday"
)

// Built tells whether the year has been lived already.
func Built(ctx context.Context, h *house.House) (bool, error) { return h.Founded(ctx) }

// Live founds the bureau and lives through a year that ends now.
func Live(ctx context.Context, h *house.House, clock *house.Clock, progress func(done, all int)) error {
	end := clock.Now()
	begin := workday.DayOf(end).AddDays(-330)
	clock.Stop(begin.Start().Add(8 * time.Hour))
	defer clock.Go()
	if err := h.Found(ctx); err != nil {
		return err
	}
	actors, err := engage(ctx, h, begin)
	if err != nil {
		return err
	}
	y := &Year{ctx: ctx, House: h, clock: clock, Actors: actors, Begin: begin, End: end}
	if err := h.PublishLists(ctx, y.Actors["su"]); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	y.story()
	if err := y.live(progress); err != nil {
		return err
	}
	clock.Stop(end)
	if _, err := h.Ledger.Checkpoint(ctx, h.Agency.Code); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	if err := h.PublishDuties(ctx, y.Actors["su"]); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	if _, err := h.Index.CatchUp(ctx); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	return h.DB.Write(ctx, h.Agency.Code, func(tx *db.Tx) error { return access.ShiftSessions(tx, 0) })
}
