package deadline_test

import (
	"context"
	"fmt"
	"testing"

	"mingjing/internal/db"
	"mingjing/internal/deadline"
	"mingjing/internal/law"
	"mingjing/internal/testkit/world"
)

// coming reads pages of the given length until the last.
func coming(w *world.World, length int) [][]deadline.Clock {
	w.T.Helper()
	var pages [][]deadline.Clock
	day, id := "", ""
	for {
		var page []deadline.Clock
		w.Must(w.D.Read(context.Background(), func(tx *db.Tx) error {
			var err error
			page, err = deadline.Coming(tx, w.Agency.Code, w.Handler.Account, day, id, length)
			return err
		}))
		if len(page) == 0 {
			return pages
		}
		pages = append(pages, page)
		day, id = page[len(page)-1].Due.String(), page[len(page)-1].ID
	}
}

func TestTheClocksOfABatchAreOneRowAndEveryRowComesOnce(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := w.Lead(world.Minor())
		first := c.View(w.Handler).Clocks[0]
		w.Must(w.D.Write(context.Background(), w.Agency.Code, func(tx *db.Tx) error {
			for n := range 53 {
				if _, err := deadline.Start(tx, w.Books.Calendar, deadline.Clock{Agency: w.Agency.Code, Case: first.Case, Party: fmt.Sprintf("p%d", n),
					Param: law.PublishDays, Label: "公示期限", Done: []string{"publish"}, Trigger: first.Trigger, Length: 7 + n%2, Unit: law.WorkDays}); err != nil {
					return err
				}
			}
			return nil
		}))
		var rows []deadline.Clock
		for _, page := range coming(w, 1) {
			rows = append(rows, page...)
		}
		parties, seen := 0, map[string]bool{}
		for i, c := range rows {
			if seen[c.ID] {
				t.Errorf("%s %s comes twice", c.Label, c.Due)
			}
			seen[c.ID] = true
			if i > 0 && c.Due.Before(rows[i-1].Due) {
				t.Errorf("%s comes after %s", c.Due, rows[i-1].Due)
			}
			if c.Label == "公示期限" {
				parties += c.Parties
			}
		}
		if len(rows) != 3 || parties != 53 {
			t.Errorf("%d rows for %d parties, want the lead's and two for 53", len(rows), parties)
		}
	})
}

func TestAWindowOfThePartyThatRanOutIsOverAndNobodyIsLate(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := w.Lead(world.Minor()).Open().Investigate().Report().Notice().PastWindows()
		window := func() deadline.Clock {
			for _, k := range c.View(w.Handler).Clocks {
				if k.Param == law.DefenceDays {
					return k
				}
			}
			t.Fatal("no window runs")
			return deadline.Clock{}
		}
		if k := window(); !k.Lapsed(c.Today()) || k.Lapsed(k.Due) {
			t.Errorf("the window to %s is still open on %s", k.Due, c.Today())
		}
		c.Take("record_defence", nil)
		if k := window(); k.State != deadline.Over || !k.Lapsed(c.Today()) || !k.MetOn.IsZero() {
			t.Errorf("words heard after the window count as late: %s, %s", k.State, k.MetOn)
		}
	})
}

func TestALimitThatThePartyHasToKeepIsStillKeptLate(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := w.Lead(world.Minor())
		first := c.View(w.Handler).Clocks[0]
		w.Must(w.D.Write(context.Background(), w.Agency.Code, func(tx *db.Tx) error {
			pay, err := deadline.Start(tx, w.Books.Calendar, deadline.Clock{Agency: w.Agency.Code, Case: first.Case, Param: law.PayDays, Label: "缴纳罚款期限",
				Done: []string{"confirm_performance"}, Trigger: first.Trigger, Length: 15, Unit: law.CalendarDays, ForParty: true})
			if err != nil {
				return err
			}
			return deadline.Meet(tx, first.Case, nil, "confirm_performance", pay.Due.AddDays(3))
		}))
		for _, k := range c.View(w.Handler).Clocks {
			if k.Param == law.PayDays && (k.State != deadline.Missed || k.Lapsed(k.Due.AddDays(3))) {
				t.Errorf("a fine paid late stands as %s", k.State)
			}
		}
	})
}
