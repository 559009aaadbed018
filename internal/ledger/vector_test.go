package ledger_test

import (
	"bufio"
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/testkit"
)

func read(t *testing.T, name string, into any) {
	t.Helper()
	text, err := os.ReadFile(testkit.Shared(t, name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatal(err)
	}
}

func bare(t *testing.T, text string) tlog.Hash {
	t.Helper()
	raw, err := hex.DecodeString(text)
	if err != nil || len(raw) != tlog.HashSize {
		t.Fatalf("%q is no hash", text)
	}
	return tlog.Hash(raw)
}

func TestPublishedProofsHoldAndTheirMutationsDoNot(t *testing.T) {
	var v struct {
		Leaves    []string `json:"leaf_inputs_hex"`
		Hashes    []string `json:"leaf_hashes"`
		Roots     []string `json:"root_by_size"`
		Inclusion []struct {
			Index int64    `json:"leaf_index"`
			Size  int64    `json:"tree_size"`
			Root  string   `json:"root"`
			Proof []string `json:"proof"`
		} `json:"inclusion_proofs"`
	}
	read(t, "vectors/rfc6962_merkle.json", &v)
	s := newSigner(t)
	for _, p := range v.Inclusion {
		leaf, err := hex.DecodeString(v.Leaves[p.Index])
		if err != nil {
			t.Fatal(err)
		}
		var hashes []tlog.Hash
		for _, h := range p.Proof {
			hashes = append(hashes, bare(t, h))
		}
		text := s.proof(p.Index, p.Size, bare(t, p.Root), hashes)
		if _, err := ledger.VerifyProof(text, leaf, s.vkey); err != nil {
			t.Errorf("leaf %d of %d: %v", p.Index, p.Size, err)
		}
		if _, err := ledger.VerifyProof(text, append(leaf, 0), s.vkey); err == nil {
			t.Errorf("leaf %d of %d: another leaf passed", p.Index, p.Size)
		}
		if _, err := ledger.VerifyProof(s.proof(p.Index+1, p.Size, bare(t, p.Root), hashes), leaf, s.vkey); err == nil {
			t.Errorf("leaf %d of %d: another index passed", p.Index, p.Size)
		}
		if _, err := ledger.VerifyProof(s.proof(p.Index, p.Size, bare(t, p.Root), append(hashes, tlog.Hash{})), leaf, s.vkey); err == nil {
			t.Errorf("leaf %d of %d: a longer proof passed", p.Index, p.Size)
		}
	}
}

// signer signs checkpoints over foreign trees.
type signer struct {
	t     *testing.T
	s     note.Signer
	vkey  string
	title string
}

func newSigner(t *testing.T) signer {
	t.Helper()
	skey, vkey, err := note.GenerateKey(nil, "mingjing/vectors")
	if err != nil {
		t.Fatal(err)
	}
	s, err := note.NewSigner(skey)
	if err != nil {
		t.Fatal(err)
	}
	return signer{t, s, vkey, "mingjing/vectors"}
}

func (s signer) note(text string) string {
	s.t.Helper()
	signed, err := note.Sign(&note.Note{Text: text}, s.s)
	if err != nil {
		s.t.Fatal(err)
	}
	return string(signed)
}

func (s signer) proof(index, size int64, root tlog.Hash, hashes []tlog.Hash) string {
	var b strings.Builder
	b.WriteString("c2sp.org/tlog-proof@v1\nindex " + decimal(index) + "\n")
	for _, h := range hashes {
		b.WriteString(h.String() + "\n")
	}
	return b.String() + "\n" + s.note(s.title+"\n"+decimal(size)+"\n"+root.String()+"\n")
}

func decimal(n int64) string {
	text, _ := json.Marshal(n) // an integer always marshals
	return string(text)
}

func TestUpstreamMerkleProofsAreJudgedAsPublished(t *testing.T) {
	f, err := os.Open(testkit.Shared(t, "real/vectors/merkle_proofs.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	seen := map[string]int{}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var c struct {
			Case   string `json:"case"`
			Vector struct {
				Size1, Size2       uint64
				LeafIdx, TreeSize  uint64
				Root, Root1, Root2 string
				LeafHash           string
				Proof              []string
				WantErr            bool
			} `json:"vector"`
		}
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		family, _, _ := strings.Cut(c.Case, "/")
		v := c.Vector
		proof, err := hashesOf(v.Proof)
		switch family {
		case "inclusion":
			// The published case gives the leaf's hash and not the leaf, so it is put to the function that VerifyProof uses.
			if err == nil {
				err = judge(func(h []tlog.Hash) error {
					return tlog.CheckRecord(proof, int64(v.TreeSize), h[0], int64(v.LeafIdx), h[1])
				}, v.Root, v.LeafHash)
			}
		case "consistency":
			if len(v.Root1) < 44 && !v.WantErr {
				continue // its roots are no hashes, which the types of the ledger rule out
			}
			if err == nil {
				err = judge(func(h []tlog.Hash) error { return tlog.CheckTree(proof, int64(v.Size2), h[1], int64(v.Size1), h[0]) }, v.Root1, v.Root2)
			}
		default:
			continue // proofs over subtrees are not part of C2SP tlog-proof
		}
		seen[family]++
		if (err != nil) != v.WantErr {
			t.Errorf("%s: %v, want an error: %v", c.Case, err, v.WantErr)
		}
	}
	if seen["inclusion"] < 60 || seen["consistency"] < 60 {
		t.Errorf("only %v cases were read", seen)
	}
}

func hashesOf(list []string) ([]tlog.Hash, error) {
	var hashes []tlog.Hash
	for _, text := range list {
		raw, err := base64.StdEncoding.DecodeString(text)
		if err != nil || len(raw) != tlog.HashSize {
			return nil, errors.New("no hash of 32 bytes")
		}
		hashes = append(hashes, tlog.Hash(raw))
	}
	return hashes, nil
}

func judge(check func([]tlog.Hash) error, texts ...string) error {
	hashes, err := hashesOf(texts)
	if err != nil {
		return err
	}
	return check(hashes)
}

func TestAPublishedCheckpointOpensAndItsBrokenFormsDoNot(t *testing.T) {
	var v struct {
		Own struct {
			Key        string `json:"log_vkey"`
			Witness    string `json:"witness_vkey"`
			Checkpoint string `json:"checkpoint"`
		} `json:"own_checkpoint"`
	}
	read(t, "vectors/signed_note_checkpoint.json", &v)
	c, err := ledger.OpenCheckpoint(v.Own.Checkpoint, v.Own.Key)
	if err != nil || c.Size != 8 || c.Origin != "log.example.gov.cn/pub2026" {
		t.Fatalf("opened as %+v, %v", c, err)
	}
	text := v.Own.Checkpoint
	s := newSigner(t)
	root := "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg="
	broken := map[string]string{
		"missing blank line":  strings.Replace(text, "\n\n", "\n", 1),
		"CR in text":          strings.Replace(text, "\n", "\r\n", 1),
		"a control character": strings.Replace(text, "log", "l\x01g", 1),
		"a hyphen for a dash": strings.ReplaceAll(text, "—", "-"),
		"key id of another":   strings.Replace(text, "p3Jf", "q3Jf", 1),
		"unknown key only":    text[:strings.Index(text, "— log")] + text[strings.Index(text, "— witness"):],
		"bad signature":       strings.Replace(text, "p3Jfjn", "p3Jfjm", 1),
		"another size":        strings.Replace(text, "\n8\n", "\n9\n", 1),
	}
	for name, b := range broken {
		if _, err := ledger.OpenCheckpoint(b, v.Own.Key); err == nil || b == text {
			t.Errorf("%s: opened", name)
		}
	}
	for name, b := range map[string]string{
		"size with leading zero": s.title + "\n08\n" + root + "\n",
		"negative size":          s.title + "\n-8\n" + root + "\n",
		"root not 32 bytes":      s.title + "\n8\nXcnaeacGWamtVZy3Ad7Zog==\n",
		"root loosely encoded":   s.title + "\n8\n" + strings.Replace(root, "yg=", "yh=", 1) + "\n",
		"an extension line":      s.title + "\n8\n" + root + "\nmore\n",
		"another origin":         "mingjing/other\n8\n" + root + "\n",
		"no origin":              "\n8\n" + root + "\n",
	} {
		if _, err := ledger.OpenCheckpoint(s.note(b), s.vkey); err == nil {
			t.Errorf("%s: opened", name)
		}
	}
	if _, err := ledger.OpenCheckpoint(s.note(s.title+"\n8\n"+root+"\n"), s.vkey); err != nil {
		t.Errorf("the sound form does not open: %v", err)
	}
}

func TestAProofVerifiesOfflineAndEveryFlippedBitIsSeen(t *testing.T) {
	testkit.Stores(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.append(11)
		if _, _, err := ledger.Prove(context.Background(), d, bureau, 5); !errors.Is(err, ledger.ErrNotSigned) {
			t.Fatalf("before a checkpoint: %v", err)
		}
		c := w.checkpoint()
		w.append(1)
		if _, _, err := ledger.Prove(context.Background(), d, bureau, 11); !errors.Is(err, ledger.ErrNotSigned) {
			t.Fatalf("past the checkpoint: %v", err)
		}
		if _, _, err := ledger.Prove(context.Background(), d, bureau, 12); !errors.Is(err, ledger.ErrNoEvent) {
			t.Fatalf("past the last event: %v", err)
		}
		for seq := range int64(11) {
			text, leaf, err := ledger.Prove(context.Background(), d, bureau, seq)
			if err != nil {
				t.Fatal(err)
			}
			p, err := ledger.VerifyProof(text, leaf, w.key.Verifier(bureau))
			if err != nil || p.Index != seq || p.Checkpoint != c {
				t.Fatalf("event %d: %+v, %v", seq, p, err)
			}
		}
		text, leaf, err := ledger.Prove(context.Background(), d, bureau, 6)
		if err != nil {
			t.Fatal(err)
		}
		for bit := range len(text) * 8 {
			flipped := []byte(text)
			flipped[bit/8] ^= 1 << (bit % 8)
			if _, err := ledger.VerifyProof(string(flipped), leaf, w.key.Verifier(bureau)); err == nil {
				t.Fatalf("bit %d flipped unseen: %q", bit, flipped)
			}
		}
	})
}

func TestALeafIsCanonicalWhateverItsTextSays(t *testing.T) {
	testkit.Stores(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for _, text := range []string{`plain`, `<b>&amp;</b>`, "a\"b\\c/d", "line\nfeed\ttab\r\b\f\x01\x1f", "𠮷野\u2028\u2029\ufeff", "", "\u007f"} {
			e := event(bureau, "s"+text)
			e.Ref = map[string]string{"b": text, "a": text, "aa": ""}
			e.Actor.OnBehalf = text
			var got ledger.Record
			if err := d.Write(context.Background(), bureau, func(tx *db.Tx) error {
				if _, err := ledger.Append(tx, e); err != nil {
					return err
				}
				list, err := ledger.Stream(tx, "case", "s"+text)
				if err == nil {
					got = list[0]
				}
				return err
			}); err != nil {
				t.Fatalf("%q: %v", text, err)
			}
			if got.Ref["b"] != text || got.Ref["a"] != text || got.Actor.OnBehalf != text || got.Subject != "s"+text {
				t.Errorf("%q came back as %+v", text, got)
			}
		}
		if r := w.verify(); !r.Sound() {
			t.Errorf("verify found %+v", r.Problems)
		}
		for name, e := range map[string]ledger.Event{
			"a subject that is not UTF-8": event(bureau, "\xff"),
			"a leaf that is too long":     event(bureau, strings.Repeat("x", 9000)),
			"a reference named 文号":        func() ledger.Event { e := event(bureau, "s"); e.Ref = map[string]string{"文号": "1"}; return e }(),
		} {
			err := d.Write(context.Background(), bureau, func(tx *db.Tx) error { _, err := ledger.Append(tx, e); return err })
			if err == nil {
				t.Errorf("%s was recorded", name)
			}
		}
	})
}
