package fault

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/blob"
	"mingjing/internal/casefile"
	"mingjing/internal/casefile/book"
	"mingjing/internal/db"
	"mingjing/internal/document"
	"mingjing/internal/form"
	"mingjing/internal/ledger"
	"mingjing/internal/roster"
	"mingjing/internal/testkit"
	"mingjing/internal/testkit/world"
	"mingjing/internal/workday"
)

// storeFile is the name of the database in a scene's folder.
const storeFile = "mingjing.db"

// Scene is a founded bureau in a folder, as `mingjing init` leaves it, with everything that an act touches.
type Scene struct {
	Dir   string
	D     *db.DB
	World *world.World
	Blobs *blob.Store
	Log   *ledger.Log
	Key   *ledger.Key
	lead  form.Values
}

// Found makes the folder of a bureau without any case; scenes are copies of it.
func Found(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	if _, err := ledger.CreateKey(dir); err != nil {
		t.Fatal(err)
	}
	d, err := db.Open(context.Background(), "sqlite:"+filepath.Join(dir, storeFile), db.Options{})
	if err == nil {
		err = d.Migrate(context.Background())
	}
	if err != nil {
		t.Fatal(err)
	}
	world.New(t, d, testkit.NewClock(t, world.Begins))
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// Copy copies a folder file by file, the shared index of the log left out: no machine finds it after a start.
func Copy(from, to string) error {
	return filepath.WalkDir(from, func(path string, entry os.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) == ".db-shm" {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return os.MkdirAll(filepath.Join(to, rel), 0o700)
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, rel), raw, 0o600)
	})
}

// Options are how a scene is opened.
type Options struct {
	Disk     string // of the database; empty is the machine's own
	ReadOnly bool
}

// Open opens the bureau in a folder. An error is the store's; the bureau itself must be there.
func Open(t testing.TB, dir string, o Options) (*Scene, error) {
	t.Helper()
	clock := testkit.NewClock(t, world.Begins)
	d, err := db.Open(context.Background(), "sqlite:"+filepath.Join(dir, storeFile), db.Options{Disk: o.Disk, ReadOnly: o.ReadOnly, Clock: clock.Now, Readers: 2})
	if err != nil {
		return nil, err
	}
	s := &Scene{Dir: dir, D: d}
	if s.Blobs, err = blob.New(filepath.Join(dir, "evidence")); err == nil {
		s.Key, err = ledger.LoadKey(dir)
	}
	if err != nil {
		return nil, err
	}
	s.Log = ledger.NewLog(d, s.Key, dir, slog.New(slog.DiscardHandler))
	s.World, err = world.Join(t, d, clock)
	if err != nil {
		d.Close()
		return nil, err
	}
	matter := world.Minor()
	s.lead = s.World.Complete("案源登记表", form.Values{"source": "监督检查", "discovered_on": s.World.Today().String(), "cause": matter.Cause, "party": matter.Parties[0],
		"facts": "经查，情况属实。", "registered_by": s.World.Handler.Name})
	return s, nil
}

// Close releases the files. What it says is of no matter after a power cut.
func (s *Scene) Close() { _, _ = s.Blobs.Close(), s.D.Close() }

// Deed is an act that was acknowledged: its kind, the id that the program gave, and the text that was handed in.
type Deed struct{ Kind, ID, Text string }

// The kinds of deeds.
const (
	Officer  = "officer"  // a person enters the officer database: row and event
	Account  = "account"  // a person gets an account with a role: two rows, two events
	Lead     = "lead"     // a lead is recorded: case, party, document, clock, event
	Evidence = "evidence" // bytes are stored, an attachment and its event name their digest
)

// Kinds lists them.
func Kinds() []string { return []string{Officer, Account, Lead, Evidence} }

// Do does one deed. Evidence hangs on the lead before it.
func (s *Scene) Do(ctx context.Context, kind, text, lead string) (Deed, error) {
	founder, agency := access.Founding(s.World.Agency.Code), s.World.Agency.Code
	deed := Deed{Kind: kind, Text: text}
	switch kind {
	case Officer:
		return deed, s.D.Write(ctx, agency, func(tx *db.Tx) error {
			o, err := roster.AddOfficer(tx, founder, roster.Officer{Agency: agency, Unit: "mgj", Name: text, Staff: roster.Established, From: workday.DayOf(tx.Now())})
			deed.ID = o.ID
			return err
		})
	case Account:
		return deed, s.D.Write(ctx, agency, func(tx *db.Tx) error {
			a, err := access.Create(tx, founder, access.NewAccount{Agency: agency, Login: text, Name: text, Unit: "mgj", Roles: []string{access.RoleHandler}})
			deed.ID = a.ID
			return err
		})
	case Lead:
		paper := maps.Clone(s.lead)
		paper["facts"] = text
		done, err := s.World.Cases.Begin(ctx, s.World.Handler, book.Ordinary, casefile.Act{Papers: map[string]form.Values{"案源登记表": paper}})
		deed.ID = done.Case
		return deed, err
	}
	digest, size, err := s.Blobs.Put(bytes.NewReader(evidence(text)), 1<<20)
	if err != nil {
		return deed, err
	}
	a, err := s.World.Cases.Attach(ctx, s.World.Handler, document.Attachment{Case: lead, Kind: "附件", Name: text + ".txt", MIME: "text/plain", Size: size, Digest: string(digest)})
	deed.ID = a.ID
	return deed, err
}

// evidence are the bytes of a piece of evidence.
func evidence(text string) []byte { return bytes.Repeat([]byte(text+"\n"), 300) }

// String is the line by which a process tells another that it got its answer.
func (d Deed) String() string { return fmt.Sprintf("%s %s %s", d.Kind, d.ID, d.Text) }
