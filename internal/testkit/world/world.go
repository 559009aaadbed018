package world

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"mingjing/internal/access"
	"mingjing/internal/casefile"
	"mingjing/internal/casefile/book"
	"mingjing/internal/db"
	"mingjing/internal/pack"
	"mingjing/internal/refusal"
	"mingjing/internal/testkit"
	"mingjing/internal/workday"
	"mingjing/packs"
)

// Begins is the instant at which every world begins: a Monday morning with no holiday near.
const Begins = "2026-03-02T10:00:00+08:00"

// World is a bureau on one store.
type World struct {
	T      testing.TB
	D      *db.DB
	Clock  *testkit.Clock
	Books  book.Books
	Cases  *casefile.Room
	Agency pack.Agency

	Handler, Second, Third, UnitHead   access.Actor // of the unit 民间组织管理局
	Reviewer, OtherReviewer, Unlearned access.Actor // of 法规科; Unlearned holds no 法律职业资格
	Approver, OtherApprover            access.Actor
	Publisher, Checker, Archivist      access.Actor
	Supervisor, Administrator          access.Actor

	// Officers are the rows of Handler, Second and Third for a field of officers, in this order.
	Officers []map[string]any
}

// Run runs the body in a fresh world on each engine at hand.
func Run(t *testing.T, body func(t *testing.T, w *World)) {
	t.Helper()
	clock := testkit.NewClock(t, Begins)
	testkit.StoresAt(t, clock.Now, func(t *testing.T, d *db.DB) {
		start, err := time.Parse(time.RFC3339, Begins)
		if err != nil {
			t.Fatal(err)
		}
		clock.Set(start)
		body(t, New(t, d, clock))
	})
}

// sharedBooks are read once for a test binary: they never change.
var sharedBooks = sync.OnceValues(func() (book.Books, error) {
	rules, err := pack.Load(packs.FS, "national", "jilin", "siping-civil-affairs")
	if err != nil {
		return book.Books{}, err
	}
	calendar, err := workday.National()
	if err != nil {
		return book.Books{}, err
	}
	return book.New(rules, calendar)
})

// New founds the bureau on an empty migrated store.
func New(t testing.TB, d *db.DB, clock *testkit.Clock) *World {
	t.Helper()
	w := stand(t, d, clock)
	if err := d.Write(context.Background(), w.Agency.Code, w.found); err != nil {
		t.Fatalf("world: found: %v", Why(err))
	}
	return w
}

// Join is the bureau that New founded on the store before.
func Join(t testing.TB, d *db.DB, clock *testkit.Clock) (*World, error) {
	t.Helper()
	w := stand(t, d, clock)
	return w, d.Read(context.Background(), w.recall)
}

func stand(t testing.TB, d *db.DB, clock *testkit.Clock) *World {
	t.Helper()
	books, err := sharedBooks()
	if err != nil {
		t.Fatalf("world: %v", err)
	}
	w := &World{T: t, D: d, Clock: clock, Books: books, Cases: casefile.New(d, books)}
	var ok bool
	if w.Agency, ok = books.Pack.Agency(); !ok {
		t.Fatal("world: the pack names no agency")
	}
	return w
}

// Today is the legal day at which the clock stands.
func (w *World) Today() workday.Day { return workday.DayOf(w.Clock.Now()) }

// Days moves the clock forward by calendar days.
func (w *World) Days(n int) { w.Clock.Advance(time.Duration(n) * 24 * time.Hour) }

// Until moves the clock to ten o'clock of a day, where that is ahead.
func (w *World) Until(day workday.Day) {
	at := day.Start().Add(10 * time.Hour)
	if at.After(w.Clock.Now()) {
		w.Clock.Set(at)
	}
}

// Past moves the clock to the first working day after a day.
func (w *World) Past(day workday.Day) {
	next, err := w.Books.Calendar.AddWorkdays(day, 1)
	if err != nil {
		w.T.Fatalf("world: %v", err)
	}
	w.Until(next)
}

// Read runs a query.
func (w *World) Read(f func(tx *db.Tx) error) {
	w.T.Helper()
	if err := w.D.Read(context.Background(), f); err != nil {
		w.T.Fatalf("world: read: %v", Why(err))
	}
}

// Write runs a command of the bureau and hands its error back.
func (w *World) Write(f func(tx *db.Tx) error) error {
	return w.D.Write(context.Background(), w.Agency.Code, f)
}

// Must fails the test when a command was refused, and says by what.
func (w *World) Must(err error) {
	w.T.Helper()
	if err != nil {
		w.T.Fatalf("world: %v", Why(err))
	}
}

// Why writes out what an error keeps for the screen: findings and fields.
func Why(err error) string {
	var said []string
	var refused refusal.Refused
	if errors.As(err, &refused) {
		for _, f := range refused.Findings {
			said = append(said, f.Rule+"："+f.Message)
		}
	}
	var invalid refusal.Invalid
	if errors.As(err, &invalid) {
		for name, message := range invalid.Fields {
			said = append(said, name+"："+message)
		}
	}
	return fmt.Sprintf("%v %s", err, strings.Join(said, " "))
}

// Refusals lists the codes of the rules by which something was refused; empty when it was not.
func Refusals(err error) []string {
	var refused refusal.Refused
	if !errors.As(err, &refused) {
		return nil
	}
	codes := make([]string, len(refused.Findings))
	for i, f := range refused.Findings {
		codes[i] = f.Rule
	}
	return codes
}
