package exchange_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/disclosure/index"
	"mingjing/internal/disclosure/public"
	"mingjing/internal/exchange"
	"mingjing/internal/refusal"
	"mingjing/internal/testkit"
)

type world struct {
	testing.TB
	ctx     context.Context
	d       *db.DB
	room    *exchange.Room
	reader  *public.Reader
	actor   access.Actor
	checker access.Actor
}

func worlds(t *testing.T, body func(t *testing.T, w *world)) {
	t.Helper()
	clock := testkit.NewClock(t, "2026-03-02T09:00:00+08:00")
	testkit.StoresAt(t, clock.Now, func(t *testing.T, d *db.DB) { body(t, newWorld(t, d)) })
}

func newWorld(t testing.TB, d *db.DB) *world {
	room, err := exchange.New(d)
	if err != nil {
		t.Fatal(err)
	}
	return &world{TB: t, ctx: context.Background(), d: d, room: room, reader: public.Open(d),
		actor:   access.Actor{Account: "publisher-1", Agency: "a1", Roles: []string{access.RolePublisher}, StepUp: true},
		checker: access.Actor{Account: "checker-1", Agency: "a1", Roles: []string{access.RoleChecker}, StepUp: true}}
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *world) file(name, text string) exchange.Source {
	w.Helper()
	path := filepath.Join(w.TempDir(), name)
	w.must(os.WriteFile(path, []byte(text), 0o600))
	return exchange.Source{Path: path}
}

func (w *world) mapped(text string) exchange.Map {
	w.Helper()
	m, err := exchange.ParseMap(text)
	w.must(err)
	return m
}

func (w *world) imported(s exchange.Source, m string, o exchange.Options) exchange.Report {
	w.Helper()
	if o.AgencyName == "" {
		o.AgencyName = "示例市民政局"
	}
	report, err := w.room.Import(w.ctx, w.actor, s, w.mapped(m), o)
	w.must(err)
	return report
}

// out imports and publishes at once, and lets the index catch up.
func (w *world) out(s exchange.Source, m string) exchange.Report {
	w.Helper()
	report := w.imported(s, m, exchange.Options{Publish: true, CheckedBy: w.checker})
	_, err := index.New(w.d).CatchUp(w.ctx)
	w.must(err)
	return report
}

func (w *world) found(query string) int {
	w.Helper()
	f, err := w.reader.Search(w.ctx, query, public.Filter{}, "", 200)
	w.must(err)
	return f.Count
}

func (w *world) invalid(err error, word string) {
	w.Helper()
	var i refusal.Invalid
	if !errors.As(err, &i) {
		w.Errorf("got %v, want a message with %s", err, word)
		return
	}
	for _, message := range i.Fields {
		if !strings.Contains(message, word) {
			w.Errorf("the message is %s, want one with %s", message, word)
		}
	}
}

func (w *world) count(query string, args ...any) int {
	w.Helper()
	n := 0
	w.must(w.d.Read(w.ctx, func(tx *db.Tx) error { return tx.Row(query, args...).Scan(&n) }))
	return n
}
