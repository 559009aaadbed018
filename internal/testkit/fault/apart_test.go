package fault_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mingjing/internal/access/factor"
	"mingjing/internal/blob"
	"mingjing/internal/ledger"
	"mingjing/internal/testkit/fault"
)

// every flips each bit of a text in memory and asks; what is asked must fail.
func every(t *testing.T, name string, text []byte, ask func([]byte) error) {
	t.Helper()
	if err := ask(text); err != nil {
		t.Fatalf("%s as it is: %v", name, err)
	}
	silent := 0
	for at := range text {
		for bit := range 8 {
			bad := slices.Clone(text)
			bad[at] ^= 1 << bit
			if ask(bad) == nil {
				silent++
				t.Errorf("%s: bit %d of byte %d (%q) is taken as it comes", name, bit, at, text[at])
			}
		}
	}
	t.Logf("%s, %d bytes, every bit: %d flips, %d detected, %d silent", name, len(text), 8*len(text), 8*len(text)-silent, silent)
}

func TestNoFlippedBitOfWhatIsHandedOutOrKeptApartIsSilent(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	d, log := small(t, dir)
	defer d.Close()
	enter(t, d, 21)
	c, err := log.Checkpoint(ctx, bureau)
	if err != nil {
		t.Fatal(err)
	}
	vkey := log.Verifier(bureau)
	proof, leaf, err := ledger.Prove(ctx, d, bureau, 13)
	if err != nil {
		t.Fatal(err)
	}
	every(t, "a proof", []byte(proof), func(b []byte) error { _, err := ledger.VerifyProof(string(b), leaf, vkey); return err })
	every(t, "the leaf of a proof", leaf, func(b []byte) error { _, err := ledger.VerifyProof(proof, b, vkey); return err })
	every(t, "a signed checkpoint", []byte(c.Note), func(b []byte) error { _, err := ledger.OpenCheckpoint(string(b), vkey); return err })
	every(t, "the verifier key", []byte(vkey), func(b []byte) error {
		if text := string(b); text != vkey && strings.EqualFold(text, vkey) && strings.HasSuffix(text, vkey[len(vkey)-45:]) {
			return errors.New("a digit of its hash in capitals: the same key")
		}
		_, err := ledger.OpenCheckpoint(c.Note, string(b))
		return err
	})
	// The file of the last checkpoint, and the keys, as a start reads them.
	for _, f := range []struct {
		name, path string
		read       func() error
	}{
		{"the last checkpoint kept apart", ledger.LastCheckpointPath(dir, bureau), func() error { return log.CheckHistory(ctx) }},
		{"the signing key", ledger.KeyPath(dir), func() error { _, err := ledger.LoadKey(dir); return err }},
	} {
		every(t, f.name, file(t, f.path), func(b []byte) error { return errors.Join(os.WriteFile(f.path, b, 0o600), f.read()) })
	}
	if _, err := factor.CreateKey(dir); err != nil {
		t.Fatal(err)
	}
	every(t, "the key of the second factors", file(t, factor.KeyPath(dir)), func(b []byte) error {
		if err := os.WriteFile(factor.KeyPath(dir), b, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := factor.LoadKey(dir)
		return err
	})
}

func file(t *testing.T, path string) []byte {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestNoFlippedBitOfEvidenceIsSilent(t *testing.T) {
	dir := t.TempDir()
	s, err := blob.New(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	digest, _, err := s.Put(bytes.NewReader(bytes.Repeat([]byte("现场检查照片\n"), 60)), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "ev", "sha256", string(digest[:2]), string(digest[2:4]), string(digest))
	raw := file(t, path)
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	every(t, "a piece of evidence", raw, func(b []byte) error {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		return s.Verify(digest)
	})
}

// TestADiskThatReadsTooLittleOrFailsToReadIsNeverBelieved audits a store while each read in turn fails or comes short.
func TestADiskThatReadsTooLittleOrFailsToReadIsNeverBelieved(t *testing.T) {
	template := fault.Found(t)
	s, err := fault.Open(t, template, fault.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var deeds []fault.Deed
	lead := ""
	for _, kind := range []string{fault.Lead, fault.Officer, fault.Evidence, fault.Account} {
		deed, err := s.Do(context.Background(), kind, "经办-"+kind, lead)
		if err != nil {
			t.Fatal(err)
		}
		lead, deeds = latest(lead, deed), append(deeds, deed)
	}
	if _, err := s.Log.Checkpoint(context.Background(), s.World.Agency.Code); err != nil {
		t.Fatal(err)
	}
	events, err := s.Audit(context.Background(), deeds)
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	step := stride(t, 9)
	for _, short := range []bool{false, true} {
		detected, unharmed := 0, 0
		for at := 1; ; at += step {
			disk := fault.NewDisk(fault.Plan{Failures: []fault.Failure{{Op: fault.Read, At: at, Times: 1, Short: short}}})
			n, err := audited(t, template, disk, deeds)
			struck := disk.Struck() > 0
			disk.Close()
			switch {
			case err != nil:
				detected++
			case n != events:
				t.Errorf("read %d, short %v: %d events are found, %d are there, and nothing says so", at, short, n, events)
			default:
				unharmed++
			}
			if !struck {
				break
			}
		}
		t.Logf("reads that fail (short %v), every %d: %d detected, %d without harm, 0 silent", short, step, detected, unharmed)
	}
}

func latest(lead string, d fault.Deed) string {
	if d.Kind == fault.Lead {
		return d.ID
	}
	return lead
}

func audited(t *testing.T, template string, disk *fault.Disk, deeds []fault.Deed) (int64, error) {
	_, work, done, err := folders()
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	if err := fault.Copy(template, work); err != nil {
		t.Fatal(err)
	}
	s, err := fault.Open(t, work, fault.Options{Disk: disk.Name()})
	if err != nil {
		return 0, err
	}
	defer s.Close()
	return s.Audit(context.Background(), deeds)
}
