package ledger

import (
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
)

// signedFor makes a key and a checkpoint of a log of three leaves, with the proof of the middle one.
func signedFor(f *testing.F) (vkey, checkpoint, proof string, leaf []byte) {
	f.Helper()
	key, err := CreateKey(f.TempDir())
	if err != nil {
		f.Fatal(err)
	}
	leaves := [][]byte{[]byte("first"), []byte("second"), []byte("third")}
	t := &tree{}
	for _, l := range leaves {
		t.add(tlog.RecordHash(l))
	}
	if checkpoint, err = key.sign("a1", 3, t.root()); err != nil {
		f.Fatal(err)
	}
	hashes := []tlog.Hash{tlog.RecordHash(leaves[0]), tlog.RecordHash(leaves[2])}
	proof = formatProof(1, hashes, checkpoint)
	if _, err := VerifyProof(proof, leaves[1], key.Verifier("a1")); err != nil {
		f.Fatal(err)
	}
	return key.Verifier("a1"), checkpoint, proof, leaves[1]
}

// FuzzCheckpoint: what opens is what was signed, to the letter.
func FuzzCheckpoint(f *testing.F) {
	vkey, sound, _, _ := signedFor(f)
	f.Add(sound)
	f.Add(strings.Replace(sound, "\n3\n", "\n03\n", 1))
	f.Add(sound + "— witness AAAAAAAA\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := OpenCheckpoint(text, vkey)
		if err != nil {
			return
		}
		if c.Size != 3 || !strings.HasPrefix(text, body("mingjing/a1", c.Size, c.Root)+"\n") {
			t.Fatalf("%q opens as %+v", text, c)
		}
	})
}

// FuzzProof: only the very proof proves the very leaf.
func FuzzProof(f *testing.F) {
	vkey, _, sound, leaf := signedFor(f)
	f.Add(sound, leaf)
	f.Add(strings.Replace(sound, "index 1", "index 01", 1), leaf)
	f.Fuzz(func(t *testing.T, text string, said []byte) {
		p, err := VerifyProof(text, said, vkey)
		if err != nil {
			return
		}
		// More signature lines may stand below; nothing above them may differ.
		head := sound[:strings.Index(sound, "\n\n— ")]
		if string(said) != string(leaf) || p.Index != 1 || !strings.HasPrefix(text, head) {
			t.Fatalf("%q proves %q", text, said)
		}
	})
}
