package backup

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mingjing/internal/blob"
	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/testkit"

	"mingjing/internal/backup/envelope"
	"mingjing/internal/backup/place"
)

func TestABackupComesBackAsItWas(t *testing.T) {
	for _, p := range places(t) {
		t.Run(p.name, func(t *testing.T) {
			o := newOffice(t, "")
			o.act(30)
			small, large, none := o.file(3000), o.file(partSize+77), o.file(0)
			s := p.open(t)
			o.make(s, MakeOptions{Keys: true})
			o.act(1) // what is done afterwards is not in the backup
			r, dir, err := restore(t, s, RestoreOptions{Verifier: o.key.Public()})
			must(t, err)
			if len(r.State.Gaps) != 0 || len(r.Logs) != 2 || r.Logs[0].Events != 30 || r.Own {
				t.Errorf("restored %+v", r)
			}
			d, err := db.Open(t.Context(), "sqlite:"+filepath.Join(dir, "mingjing.db"), db.Options{})
			must(t, err)
			defer d.Close()
			must(t, d.Check(t.Context()))
			key, err := ledger.LoadKey(dir)
			must(t, err)
			if key.Public() != o.key.Public() {
				t.Error("another key came back")
			}
			if err := ledger.NewLog(d, key, dir, nil).CheckHistory(t.Context()); err != nil {
				t.Error(err)
			}
			store, err := blob.New(filepath.Join(dir, "evidence"))
			must(t, err)
			for _, digest := range []blob.Digest{small, large, none} {
				if err := store.Verify(digest); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

func TestTheNextBackupStoresOnlyWhatIsNew(t *testing.T) {
	o := newOffice(t, "")
	o.act(3000)
	for range 5 {
		o.file(100 << 10)
	}
	s := sealedSet(t, folderAt(t), envelope.SM4)
	first := o.make(s, MakeOptions{})
	second := o.make(again(s), MakeOptions{})
	if second.Pieces != 0 || second.Files != 0 {
		t.Errorf("nothing was done, and %d pieces, %d files were stored", second.Pieces, second.Files)
	}
	o.act(1)
	o.file(10)
	third := o.make(again(s), MakeOptions{})
	if third.Files != 1 || third.Pieces == 0 || third.Pieces > first.Pieces*3/4 {
		t.Errorf("after one act: %d pieces of %d, %d files", third.Pieces, first.Pieces, third.Files)
	}
	t.Logf("database %d bytes; first %d pieces %d bytes, after one act %d pieces %d bytes", first.Bytes, first.Pieces, first.Stored, third.Pieces, third.Stored)
	list, err := s.Manifests(t.Context())
	must(t, err)
	for _, name := range list { // each of them is whole
		if _, _, err := restore(t, s, RestoreOptions{Manifest: name}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func folderAt(t *testing.T) place.Place {
	t.Helper()
	dest, err := place.Open(t.TempDir())
	must(t, err)
	return dest
}

func TestOneFlippedBitInAnyPieceIsRefusedAndThePieceNamed(t *testing.T) {
	for _, c := range []envelope.Cipher{envelope.Plain, envelope.SM4, envelope.AES} {
		t.Run("cipher "+string(c), func(t *testing.T) {
			o := newOffice(t, "")
			o.act(5)
			o.file(2000)
			s := sealedSet(t, folderAt(t), c)
			o.make(s, MakeOptions{Keys: true})
			all := objects(t, s)
			if len(all) < 6 {
				t.Fatalf("only %d objects", len(all))
			}
			refused := 0
			for n, name := range all {
				whole, err := s.dest.Get(t.Context(), name)
				must(t, err)
				for turn, at := range []int{0, len(envelope.Mark), len(envelope.Mark) + 1, len(whole) / 3, len(whole) / 2, len(whole) - 1} {
					if !testkit.Full() && turn%3 != n%3 { // every piece, a third of the places in it, turn by turn
						continue
					}
					bad := bytes.Clone(whole)
					bad[at] ^= 1 << (at % 8)
					must(t, s.dest.Put(t.Context(), name, bad))
					if _, _, err := restore(t, s, RestoreOptions{}); !named(err, name) {
						t.Errorf("%s with bit %d of byte %d flipped: %v", name, at%8, at, err)
					} else {
						refused++
					}
				}
				must(t, s.dest.Put(t.Context(), name, whole))
			}
			t.Logf("%d objects, %d flips, all refused", len(all), refused)
			if _, _, err := restore(t, s, RestoreOptions{}); err != nil {
				t.Errorf("put right again: %v", err)
			}
		})
	}
}

func TestAPieceThatIsGoneCutOrSwappedIsRefusedAndNamed(t *testing.T) {
	for _, c := range []envelope.Cipher{envelope.Plain, envelope.AES} {
		o := newOffice(t, "")
		o.act(5)
		o.file(2000)
		dest := folderAt(t)
		s := sealedSet(t, dest, c)
		o.make(s, MakeOptions{Keys: true})
		all := objects(t, s)
		for i, name := range all {
			whole, err := dest.Get(t.Context(), name)
			must(t, err)
			other, err := dest.Get(t.Context(), all[(i+1)%len(all)])
			must(t, err)
			for what, bad := range map[string][]byte{"swapped": other, "cut": whole[:len(whole)-1], "empty": {}, "longer": append(bytes.Clone(whole), 0)} {
				must(t, dest.Put(t.Context(), name, bad))
				if _, _, err := restore(t, s, RestoreOptions{}); !named(err, name) {
					t.Errorf("%s %s: %v", name, what, err)
				}
			}
			must(t, dest.Remove(t.Context(), name))
			_, _, err = restore(t, s, RestoreOptions{})
			if strings.HasPrefix(name, manifests) && !errors.Is(err, ErrEmpty) || !strings.HasPrefix(name, manifests) && !named(err, name) {
				t.Errorf("%s gone: %v", name, err)
			}
			must(t, dest.Put(t.Context(), name, whole))
		}
	}
}

func TestAManifestOfAnotherHandIsRefused(t *testing.T) {
	o, stranger := newOffice(t, ""), newOffice(t, "")
	o.act(3)
	stranger.act(3)
	s := sealedSet(t, folderAt(t), envelope.Plain)
	made := stranger.make(s, MakeOptions{Keys: true})
	if _, _, err := restore(t, s, RestoreOptions{Verifier: o.key.Public()}); !named(err, made.Name) {
		t.Errorf("with the public key: %v", err)
	}
	if _, _, err := restore(t, s, RestoreOptions{Keys: filepath.Join(o.folder, "keys")}); !named(err, made.Name) {
		t.Errorf("with the keys kept apart: %v", err)
	}
	if _, _, err := restore(t, s, RestoreOptions{Known: []string{root(t, o.d, "a")}}); !named(err, "--known") {
		t.Errorf("with a known checkpoint: %v", err)
	}
	if r, _, err := restore(t, s, RestoreOptions{}); err != nil || !r.Own {
		t.Errorf("with nothing to compare, it must say so: %+v, %v", r, err)
	}
	if _, err := s.Make(t.Context(), o.source(), MakeOptions{}); err == nil {
		t.Error("a backup went on with a set of another deployment")
	}
}

func TestARestoreNeverGoesOverAStoreAndNeedsTheKeys(t *testing.T) {
	o := newOffice(t, "")
	o.act(3)
	s := sealedSet(t, folderAt(t), envelope.Plain)
	o.make(s, MakeOptions{})
	if _, err := s.Restore(t.Context(), RestoreOptions{To: o.folder}); !errors.Is(err, ErrOccupied) {
		t.Errorf("over the store: %v", err)
	}
	if _, _, err := restore(t, s, RestoreOptions{}); !errors.Is(err, ErrNoKeys) {
		t.Errorf("without the keys: %v", err)
	}
	if r, _, err := restore(t, s, RestoreOptions{Keys: filepath.Join(o.folder, "keys")}); err != nil || r.Own {
		t.Errorf("with the keys kept apart: %v", err)
	}
	sealed := sealedSet(t, s.dest, envelope.SM4)
	if _, _, err := restore(t, sealed, RestoreOptions{Keys: filepath.Join(o.folder, "keys")}); err == nil || !strings.Contains(err.Error(), envelope.ErrClear.Error()) {
		t.Errorf("an unencrypted backup where an encrypted one is expected: %v", err)
	}
}

func TestAPageThatWasWrongBeforeItWasSignedIsFound(t *testing.T) {
	o := newOffice(t, "")
	o.act(200)
	s := sealedSet(t, folderAt(t), envelope.Plain)
	o.make(s, MakeOptions{Keys: true})
	m, err := s.Newest(t.Context(), o.key.Public())
	must(t, err)
	content, err := s.get(t.Context(), m.Database[0])
	must(t, err)
	content[5*4096+2000] ^= 4
	m.Database[0], _, err = s.put(t.Context(), content, false)
	must(t, err)
	_, err = s.sign(t.Context(), o.key, m.Name, m)
	must(t, err)
	var unsound Unsound
	if _, _, err := restore(t, s, RestoreOptions{}); !errors.As(err, &unsound) || !strings.Contains(unsound.Message(), "页面校验") {
		t.Errorf("says %v", err)
	}
}

func TestARecordThatWasRewrittenIsRefused(t *testing.T) {
	o := newOffice(t, "")
	o.act(20)
	must(t, o.d.Write(t.Context(), "a", func(tx *db.Tx) error {
		if _, err := tx.Exec(`DROP TRIGGER event_no_update`); err != nil {
			return err
		}
		_, err := tx.Exec(`UPDATE event SET leaf = replace(leaf, '"subject":"c7"', '"subject":"c8"') WHERE agency = 'a/public' AND seq = 7`)
		return err
	}))
	s := sealedSet(t, folderAt(t), envelope.SM4)
	o.make(s, MakeOptions{})
	var unsound Unsound
	if _, _, err := restore(t, s, RestoreOptions{}); !errors.As(err, &unsound) || !strings.Contains(unsound.Message(), "a/public") || !strings.Contains(unsound.Message(), "第 7 号") {
		t.Errorf("says %v", err)
	}
}

func TestAShorterRecordOpensReadOnlyAndSaysExactlyWhatIsMissing(t *testing.T) {
	o := newOffice(t, "")
	o.act(20)
	s := sealedSet(t, folderAt(t), envelope.SM4)
	o.make(s, MakeOptions{})
	o.act(7)
	witnessed := root(t, o.d, "a")
	r, dir, err := restore(t, s, RestoreOptions{Known: []string{witnessed}})
	must(t, err)
	want := "机关 a 缺第 20 至 26 号记录（共 7 条）：已签名的检查点覆盖 27 条"
	if r.State.Message() != want {
		t.Fatalf("says %q", r.State.Message())
	}
	lacks, err := Incomplete(dir)
	must(t, err)
	if lacks == nil || lacks.Message() != want {
		t.Fatalf("the store says %+v", lacks)
	}
	// The folder of keys as it was kept apart holds the newer checkpoints of both logs.
	r, _, err = restore(t, s, RestoreOptions{Keys: filepath.Join(o.folder, "keys")})
	must(t, err)
	if len(r.State.Gaps) != 2 {
		t.Errorf("against the checkpoints kept apart: %s", r.State.Message())
	}
	accepted(t, dir, witnessed)
}

// accepted accepts the loss of a restored store and looks at what stays of it.
func accepted(t *testing.T, dir, witnessed string) {
	t.Helper()
	d, err := db.Open(t.Context(), "sqlite:"+filepath.Join(dir, "mingjing.db"), db.Options{})
	must(t, err)
	defer d.Close()
	if s, err := Accept(t.Context(), d, dir, "王五，局长", "第二处磁盘同时损坏"); err != nil || s == nil {
		t.Fatalf("accept: %+v, %v", s, err)
	}
	if s, err := Accept(t.Context(), d, dir, "王五", "再来"); err != nil || s != nil {
		t.Errorf("accepted twice: %+v, %v", s, err)
	}
	must(t, d.Read(t.Context(), func(tx *db.Tx) error {
		list, err := ledger.Recent(tx, "a", ledger.Pick{Kind: KindAccepted}, -1, 5)
		if len(list) != 1 || list[0].Ref["first"] != "20" || list[0].Ref["last"] != "26" || list[0].Ref["root"] == "" {
			t.Errorf("the ledger says %+v", list)
		}
		return err
	}))
	if lacks, err := Incomplete(dir); lacks != nil || err != nil {
		t.Errorf("still read-only: %+v, %v", lacks, err)
	}
	key, err := ledger.LoadKey(dir)
	must(t, err)
	log := ledger.NewLog(d, key, dir, nil)
	if err := log.CheckHistory(t.Context()); err != nil {
		t.Errorf("the next start: %v", err)
	}
	if c, err := log.Checkpoint(t.Context(), "a"); err != nil || c.Size != 21 {
		t.Errorf("signed on: %+v, %v", c, err)
	}
	if kept, err := os.ReadFile(filepath.Join(dir, "keys", "lost-checkpoint-a-27")); err != nil || string(kept) != witnessed {
		t.Errorf("the lost checkpoint: %q, %v", kept, err)
	}
}

func TestAnotherHistoryIsRefused(t *testing.T) {
	o := newOffice(t, "")
	o.act(20)
	s := sealedSet(t, folderAt(t), envelope.SM4)
	o.make(s, MakeOptions{})
	_, dir, err := restore(t, s, RestoreOptions{})
	must(t, err)
	// The restored store goes its own way, and a backup of it is held against what the first one signed.
	d, err := db.Open(context.Background(), "sqlite:"+filepath.Join(dir, "mingjing.db"), db.Options{})
	must(t, err)
	defer d.Close()
	other := &office{t: t, folder: dir, d: d, key: o.key, log: ledger.NewLog(d, o.key, dir, nil)}
	other.act(9)
	o.act(7)
	other.blobs, err = blob.New(filepath.Join(dir, "evidence"))
	must(t, err)
	second := sealedSet(t, folderAt(t), envelope.SM4)
	other.make(second, MakeOptions{})
	var unsound Unsound
	if _, _, err := restore(t, second, RestoreOptions{Known: []string{root(t, o.d, "a")}}); !errors.As(err, &unsound) || !strings.Contains(unsound.Message(), "另一段历史") {
		t.Errorf("says %v", err)
	}
}
