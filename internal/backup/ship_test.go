package backup

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"mingjing/internal/blob"
	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/testkit"

	"mingjing/internal/backup/envelope"
	"mingjing/internal/backup/place"
)

func (o *office) shipper(s *Set) *Shipper {
	return NewShipper(again(s), o.source(), Pace{}, slog.New(slog.DiscardHandler))
}

func (o *office) ship(s *Shipper) Shipped {
	o.t.Helper()
	done, err := s.Ship(context.Background())
	must(o.t, err)
	return done
}

func TestWhatWasShippedAfterTheCopyComesBack(t *testing.T) {
	for _, p := range places(t) {
		t.Run(p.name, func(t *testing.T) {
			o := newOffice(t, "")
			o.act(20)
			set := p.open(t)
			o.make(set, MakeOptions{Keys: true})
			ship := o.shipper(set)
			if done := o.ship(ship); done.Segments != 0 {
				t.Errorf("after the copy nothing is new, and there went %+v", done)
			}
			o.act(5)
			digest := o.file(5000)
			o.clock.Advance(3 * time.Second)
			if done := o.ship(ship); done.Segments != 1 || done.Events != 10 || done.Blobs != 1 || done.Lag != 3*time.Second {
				t.Errorf("shipped %+v", done)
			}
			o.record(2) // not signed when it goes
			o.ship(o.shipper(set))
			o.signed()
			o.ship(o.shipper(set)) // another start of the program
			r, dir, err := restore(t, set, RestoreOptions{Verifier: o.key.Public(), Known: []string{root(t, o.d, "a"), root(t, o.d, "a/public")}})
			must(t, err)
			want := "机关 a 的第 20 至 26 号记录已由分段补回，但数据库的业务数据只到第 19 号：这些动作须对照记录补录；" +
				"机关 a/public 的第 20 至 26 号记录已由分段补回，但数据库的业务数据只到第 19 号：这些动作须对照记录补录"
			if r.State.Message() != want || r.Replayed != 14 || r.Segments != 3 {
				t.Errorf("%d events of %d segments; %s", r.Replayed, r.Segments, r.State.Message())
			}
			store, err := blob.New(filepath.Join(dir, "evidence"))
			must(t, err)
			if err := store.Verify(digest); err != nil {
				t.Error(err)
			}
			d, err := db.Open(t.Context(), "sqlite:"+filepath.Join(dir, "mingjing.db"), db.Options{})
			must(t, err)
			defer d.Close()
			for _, log := range []string{"a", "a/public"} {
				if root(t, d, log) != root(t, o.d, log) {
					t.Errorf("the heads of %s differ", log)
				}
			}
		})
	}
}

func TestADestroyedPayloadStaysDestroyedAfterARestore(t *testing.T) {
	o := newOffice(t, "")
	o.act(3)
	set := sealedSet(t, folderAt(t), envelope.SM4)
	o.make(set, MakeOptions{})
	ship := o.shipper(set)
	o.act(1)
	o.ship(ship)
	var gone []string
	must(t, o.d.Write(t.Context(), "a", func(tx *db.Tx) error {
		for _, seq := range []int64{1, 3} { // one is in the copy, one in a segment
			r, err := ledger.At(tx, "a", seq)
			if err != nil {
				return err
			}
			if _, err := ledger.Shred(tx, "a", r.ID, ledger.Actor{Account: "dpo"}, "处理目的已实现"); err != nil {
				return err
			}
			gone = append(gone, r.ID)
		}
		return nil
	}))
	o.signed()
	o.ship(ship)
	_, dir, err := restore(t, set, RestoreOptions{})
	must(t, err)
	d, err := db.Open(t.Context(), "sqlite:"+filepath.Join(dir, "mingjing.db"), db.Options{})
	must(t, err)
	defer d.Close()
	must(t, d.Read(t.Context(), func(tx *db.Tx) error {
		for _, id := range gone {
			var body, shred string
			if err := tx.Row(`SELECT body, shred FROM payload WHERE event = $1`, id).Scan(&body, &shred); err != nil || body != "" || shred == "" {
				t.Errorf("%s came back as %q, %q, %v", id, body, shred, err)
			}
		}
		return nil
	}))
}

func TestADamagedOrMissingSegmentIsRefusedAndNamed(t *testing.T) {
	for _, c := range []envelope.Cipher{envelope.Plain, envelope.AES} {
		o := newOffice(t, "")
		o.act(4)
		dest := folderAt(t)
		set := sealedSet(t, dest, c)
		o.make(set, MakeOptions{Keys: true})
		ship := o.shipper(set)
		for range 3 {
			o.act(2)
			o.ship(ship)
		}
		list, err := set.names(t.Context(), segments)
		must(t, err)
		if len(list) != 3 {
			t.Fatalf("segments %v", list)
		}
		for i, name := range list {
			whole, err := dest.Get(t.Context(), name)
			must(t, err)
			for at := 0; at < len(whole); at += 1 + len(whole)/7 {
				bad := bytes.Clone(whole)
				bad[at] ^= 1
				must(t, dest.Put(t.Context(), name, bad))
				if _, _, err := restore(t, set, RestoreOptions{}); !named(err, name) {
					t.Errorf("%s, byte %d: %v", name, at, err)
				}
			}
			r, _, err := restore(t, set, RestoreOptions{Partial: true, Known: []string{root(t, o.d, "a")}})
			must(t, err)
			if r.Segments != int64(i) || r.Stopped == nil || !strings.Contains(r.State.Message(), "缺第 "+[]string{"4", "6", "8"}[i]+" 至 9 号记录") {
				t.Errorf("%s, partial: %d segments, %s", name, r.Segments, r.State.Message())
			}
			must(t, dest.Remove(t.Context(), name))
			_, _, err = restore(t, set, RestoreOptions{Known: []string{root(t, o.d, "a")}})
			if i < 2 && !named(err, name) {
				t.Errorf("%s gone: %v", name, err)
			}
			must(t, dest.Put(t.Context(), name, whole))
		}
	}
}

// shaky is a second place that can be cut off.
type shaky struct {
	place.Place
	off atomic.Bool
}

func (s *shaky) Put(ctx context.Context, name string, content []byte) error {
	if s.off.Load() {
		return errors.New("no route to host")
	}
	return s.Place.Put(ctx, name, content)
}

func TestAPlaceThatCannotBeReachedIsToldOfAndCaughtUpWith(t *testing.T) {
	o := newOffice(t, "")
	o.act(3)
	dest := &shaky{Place: folderAt(t)}
	set := sealedSet(t, dest, envelope.SM4)
	ship := NewShipper(set, o.source(), Pace{Ship: 20 * time.Millisecond, Copy: 30 * time.Millisecond}, slog.New(slog.DiscardHandler))
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- ship.Run(ctx) }()
	condition := func(want func(Condition) bool, what string) {
		t.Helper()
		for range 500 {
			var c Condition
			must(t, o.d.Read(t.Context(), func(tx *db.Tx) (err error) { c, err = Inspect(tx); return err }))
			if want(c) {
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
		t.Fatal(what)
	}
	condition(func(c Condition) bool {
		list, err := set.Manifests(t.Context())
		return c.Place == dest.String() && len(c.Faults) == 0 && err == nil && len(list) > 0
	}, "it does not say where, or makes no copy")
	dest.off.Store(true)
	o.clock.Advance(time.Minute)
	o.act(2)
	condition(func(c Condition) bool { return len(c.Faults) > 0 && strings.Contains(c.Faults[0].What, "no route") }, "it does not say that the place is gone")
	dest.off.Store(false)
	condition(func(c Condition) bool { return len(c.Faults) == 0 }, "it does not say that the place is back")
	stop()
	must(t, <-done)
	r, _, err := restore(t, set, RestoreOptions{Known: []string{root(t, o.d, "a")}})
	must(t, err)
	for _, g := range r.State.Gaps {
		if g.Sort == Lost {
			t.Error(g.Message())
		}
	}
}

func TestADrillComparesTheBackupWithTheRecordThatGoesOn(t *testing.T) {
	o := newOffice(t, "")
	o.act(20)
	dest := folderAt(t)
	set := sealedSet(t, dest, envelope.SM4)
	drill := func() Drill {
		t.Helper()
		d, err := set.Drill(t.Context(), o.source())
		must(t, err)
		return d
	}
	if d := drill(); d.Sound() || !strings.Contains(d.Fault, "没有备份") {
		t.Errorf("without a backup: %+v", d)
	}
	o.make(set, MakeOptions{})
	ship := o.shipper(set)
	o.record(3)
	o.ship(ship)
	if d := drill(); !d.Sound() || d.Logs != 2 || d.Events != 46 {
		t.Errorf("a sound one: %+v", d)
	}
	all := objects(t, set)
	whole, err := dest.Get(t.Context(), all[3])
	must(t, err)
	bad := bytes.Clone(whole)
	bad[len(bad)/2] ^= 1
	must(t, dest.Put(t.Context(), all[3], bad))
	d := drill()
	if d.Sound() || !strings.Contains(d.Fault, all[3]) {
		t.Errorf("a damaged one: %+v", d)
	}
	ship.Anew()
	o.clock.Advance(time.Hour)
	must(t, ship.copy(t.Context()))
	if d := drill(); !d.Sound() {
		t.Errorf("after everything was written anew: %+v", d)
	}
	o.clock.Advance(3 * 24 * time.Hour)
	if d := drill(); d.Sound() || !strings.Contains(d.Fault, "小时以前") {
		t.Errorf("an old one: %+v", d)
	}
	must(t, o.d.Write(t.Context(), "x", func(tx *db.Tx) error { return d.Keep(tx) }))
	must(t, o.d.Read(t.Context(), func(tx *db.Tx) error {
		c, err := Inspect(tx)
		if c.Drill == nil || c.Drill.Sound() || c.Drill.Fault != d.Fault || c.Drill.ID == "" {
			t.Errorf("kept %+v", c.Drill)
		}
		return err
	}))
}

func TestOnPostgresTheLedgerAndTheEvidenceAreCarriedAndTheDatabaseIsNot(t *testing.T) {
	testkit.Addresses(t, func(t *testing.T, address string) {
		if strings.HasPrefix(address, "sqlite:") {
			t.Skip("the other tests are SQLite's")
		}
		o := newOffice(t, address)
		o.act(5)
		o.file(1000)
		set := sealedSet(t, folderAt(t), envelope.SM4)
		o.make(set, MakeOptions{})
		o.act(2)
		o.ship(o.shipper(set))
		r, _, err := restore(t, set, RestoreOptions{})
		must(t, err)
		if !r.Elsewhere {
			t.Errorf("restored %+v", r)
		}
		d, err := set.Drill(t.Context(), o.source())
		must(t, err)
		if !d.Sound() || d.Scope != ScopeFiles {
			t.Errorf("drilled %+v", d)
		}
	})
}
