package catalog_test

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"mingjing/internal/access"
	"mingjing/internal/catalog"
	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/pack"
	"mingjing/internal/refusal"
	"mingjing/internal/roster"
	"mingjing/internal/testkit"
	"mingjing/internal/workday"
	"mingjing/packs"
)

const bureau = "siping-mzj"

func layers() []string { return []string{"national", "jilin", "siping-civil-affairs"} }

// shipped is the pack that comes with the program.
func shipped(t *testing.T) *pack.Pack {
	t.Helper()
	p, err := pack.Load(packs.FS, layers()...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// edited is the shipped pack with words of one file replaced.
func edited(t *testing.T, file, old, new string) *pack.Pack {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(packs.FS, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := fs.ReadFile(packs.FS, path)
		if path == file {
			if !strings.Contains(string(text), old) {
				t.Fatalf("%s has no %s", file, old)
			}
			text = []byte(strings.Replace(string(text), old, new, 1))
		}
		files[path] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	p, err := pack.Load(files, layers()...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func stores(t *testing.T, body func(t *testing.T, d *db.DB, clock *testkit.Clock)) {
	clock := testkit.NewClock(t, "2026-03-02T09:00:00+08:00")
	testkit.StoresAt(t, clock.Now, func(t *testing.T, d *db.DB) {
		clock.Set(testkit.NewClock(t, "2026-03-02T09:00:00+08:00").Now())
		body(t, d, clock)
	})
}

func activate(t *testing.T, d *db.DB, p *pack.Pack) catalog.Result {
	t.Helper()
	r, err := catalog.Activate(context.Background(), d, access.Founding(bureau), p)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func read(t *testing.T, d *db.DB, run func(tx *db.Tx) error) {
	t.Helper()
	if err := d.Read(context.Background(), run); err != nil {
		t.Fatal(err)
	}
}

func day(t *testing.T, text string) workday.Day {
	t.Helper()
	d, err := workday.ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestAnActivatedPackIsReadBackWhole(t *testing.T) {
	p := shipped(t)
	stores(t, func(t *testing.T, d *db.DB, _ *testkit.Clock) {
		r := activate(t, d, p)
		on := day(t, "2026-03-02")
		if r.Number != 1 || r.Hash != p.Hash() || r.Added == 0 || r.Changed+r.Removed != 0 || r.From != on {
			t.Errorf("result %+v", r)
		}
		read(t, d, func(tx *db.Tx) error {
			tasks, err := catalog.Tasks(tx, bureau, on)
			if len(tasks) != 32 || tasks[4].Measure != p.Tasks()[4].Measure {
				t.Errorf("%d tasks", len(tasks))
			}
			triggers, err2 := catalog.Triggers(tx, bureau, on)
			if len(triggers) != len(p.Triggers(on)) || triggers[0].Condition() != p.Triggers(on)[0].Condition() {
				t.Errorf("%d triggers", len(triggers))
			}
			numbering, err3 := catalog.Numberings(tx, bureau, on)
			texts, err4 := catalog.Texts(tx, bureau, on)
			recordings, err5 := catalog.Recordings(tx, bureau, on)
			if len(numbering) != len(p.Numberings()) || len(texts) != len(p.Texts()) || len(recordings) != len(p.Recordings(on)) {
				t.Errorf("%d numberings, %d texts, %d recordings", len(numbering), len(texts), len(recordings))
			}
			units, err6 := roster.Units(tx, bureau)
			if len(units) != len(p.Units()) {
				t.Errorf("%d units, want %d", len(units), len(p.Units()))
			}
			events, err7 := ledger.Stream(tx, "pack", p.Hash())
			if len(events) != 1 || events[0].Kind != "pack.activated" || events[0].Ref["hash"] != p.Hash() {
				t.Errorf("events %+v", events)
			}
			return errors.Join(err, err2, err3, err4, err5, err6, err7)
		})
	})
}

func TestItemsAreListedByPageAndByFilter(t *testing.T) {
	p := shipped(t)
	stores(t, func(t *testing.T, d *db.DB, _ *testkit.Clock) {
		activate(t, d, p)
		on := day(t, "2026-03-02")
		want := 0
		penalties := 0
		for _, i := range p.Items() {
			if i.In(on) {
				want++
				if i.Class == "行政处罚" {
					penalties++
				}
			}
		}
		read(t, d, func(tx *db.Tx) error {
			var codes []string
			for after := ""; ; {
				page, err := catalog.Items(tx, bureau, on, catalog.Filter{}, after, 7)
				if err != nil {
					return err
				}
				if len(page) == 0 {
					break
				}
				for _, e := range page {
					codes = append(codes, e.Code)
				}
				after = page[len(page)-1].Code
			}
			if len(codes) != want || !slices.IsSorted(codes) {
				t.Errorf("%d items by page, want %d in order", len(codes), want)
			}
			found, err := catalog.Items(tx, bureau, on, catalog.Filter{Class: "行政处罚"}, "", 200)
			if len(found) != penalties || penalties == 0 {
				t.Errorf("%d penalties, want %d", len(found), penalties)
			}
			one, err2 := catalog.Item(tx, bureau, codes[0], on)
			if one.Name == "" || len(one.Basis) == 0 || one.Hash != p.Hash() {
				t.Errorf("item %+v", one)
			}
			_, missing := catalog.Item(tx, bureau, "no-such", on)
			if !errors.As(missing, new(refusal.NotFound)) {
				t.Errorf("unknown item: %v", missing)
			}
			early, err3 := catalog.Items(tx, bureau, day(t, "2026-03-01"), catalog.Filter{}, "", 10)
			if len(early) != 0 {
				t.Errorf("%d items before the first activation", len(early))
			}
			m, err4 := catalog.MeasureItems(tx, bureau, on)
			if m.Items != want || m.Complete > m.Items || m.Complete == 0 {
				t.Errorf("measure %+v", m)
			}
			return errors.Join(err, err2, err3, err4)
		})
	})
}

func TestTheSamePackTwiceChangesNothing(t *testing.T) {
	p := shipped(t)
	stores(t, func(t *testing.T, d *db.DB, clock *testkit.Clock) {
		activate(t, d, p)
		clock.Advance(24 * time.Hour)
		if r := activate(t, d, p); !r.Same || r.Number != 1 {
			t.Errorf("again: %+v", r)
		}
		read(t, d, func(tx *db.Tx) error {
			list, err := catalog.Activations(tx, bureau, 0, 10)
			if len(list) != 1 {
				t.Errorf("%d activations", len(list))
			}
			return err
		})
	})
}

func TestAChangedPackKeepsWhatWasAndSaysWhatChanged(t *testing.T) {
	p := shipped(t)
	name := p.Units()[0].Name
	next := edited(t, "siping-civil-affairs/units.json", name, name+"（改）")
	code := p.Tasks()[4].Code
	if owner := p.Tasks()[4].Owner; owner == "" {
		t.Fatal("the fifth duty has no owner")
	}
	tasked := edited(t, "siping-civil-affairs/tasks.json", p.Tasks()[4].Requirement, p.Tasks()[4].Requirement+"补充一句。")
	stores(t, func(t *testing.T, d *db.DB, clock *testkit.Clock) {
		activate(t, d, p)
		clock.Advance(24 * time.Hour)
		r := activate(t, d, tasked)
		if r.Number != 2 || r.Changed != 1 || r.Added+r.Removed != 0 {
			t.Errorf("second: %+v", r)
		}
		clock.Advance(24 * time.Hour)
		if r := activate(t, d, next); r.Number != 3 || r.Changed != 1 {
			t.Errorf("third: %+v", r)
		}
		read(t, d, func(tx *db.Tx) error {
			changes, err := catalog.Changes(tx, bureau, 2, "", "", 10)
			if len(changes) != 1 || changes[0].Section != catalog.SectionTask || changes[0].Key != code || changes[0].Kind != catalog.Changed ||
				!strings.Contains(string(changes[0].After), "补充一句") || strings.Contains(string(changes[0].Before), "补充一句") {
				t.Errorf("changes %+v", changes)
			}
			for on, want := range map[string]bool{"2026-03-02": false, "2026-03-03": true, "2026-03-04": false} {
				tasks, err := catalog.Tasks(tx, bureau, day(t, on))
				if err != nil {
					return err
				}
				if got := strings.Contains(tasks[4].Requirement, "补充一句"); got != want {
					t.Errorf("%s: changed %t, want %t", on, got, want)
				}
			}
			units, err2 := roster.Units(tx, bureau)
			if !slices.ContainsFunc(units, func(u roster.Unit) bool { return u.Name == name+"（改）" }) {
				t.Errorf("units %+v", units)
			}
			return errors.Join(err, err2)
		})
	})
}

func TestOnlyTheAgencysOwnPackIsActivatedAndOnlyByAnAdministrator(t *testing.T) {
	p := shipped(t)
	stores(t, func(t *testing.T, d *db.DB, _ *testkit.Clock) {
		_, err := catalog.Activate(context.Background(), d, access.Founding("other"), p)
		var i refusal.Invalid
		if !errors.As(err, &i) {
			t.Errorf("another's pack: %v", err)
		}
		head := access.Actor{Account: "h", Agency: bureau, Roles: []string{access.RoleApprover}, StepUp: true}
		var r refusal.Refused
		if _, err := catalog.Activate(context.Background(), d, head, p); !errors.As(err, &r) {
			t.Errorf("a head: %v", err)
		}
	})
}

func TestWhatWasInForceCannotBeRewritten(t *testing.T) {
	p := shipped(t)
	stores(t, func(t *testing.T, d *db.DB, _ *testkit.Clock) {
		activate(t, d, p)
		for _, q := range []string{`UPDATE item SET name = 'x'`, `DELETE FROM item`, `UPDATE activation SET hash = 'x'`, `DELETE FROM pack_row`} {
			err := d.Write(context.Background(), bureau, func(tx *db.Tx) error { _, err := tx.Exec(q); return err })
			if code, ok := db.Gate(err); !ok || code != "activation-immutable" {
				t.Errorf("%s: %v", q, err)
			}
		}
	})
}
