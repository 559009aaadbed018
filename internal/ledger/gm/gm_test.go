package gm_test

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/emmansun/gmsm/sm3"

	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/ledger/gm"
	"mingjing/internal/testkit"
)

// plain is the definition of RFC 6962 §2.1, word for word, with SM3.
func plain(leaves [][]byte) gm.Hash {
	switch len(leaves) {
	case 0:
		return gm.Hash(sm3.Sum(nil))
	case 1:
		return gm.Hash(sm3.Sum(append([]byte{0}, leaves[0]...)))
	}
	k := 1
	for k*2 < len(leaves) {
		k *= 2
	}
	left, right := plain(leaves[:k]), plain(leaves[k:])
	return gm.Hash(sm3.Sum(append(append([]byte{1}, left[:]...), right[:]...)))
}

func TestTheTreeIsTheOneOfTheRFC(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var tree gm.Tree
	var leaves [][]byte
	for n := range 300 {
		if got := tree.Root(); got != plain(leaves) {
			t.Fatalf("of %d leaves the root is %s", n, got)
		}
		leaf := make([]byte, random.IntN(50))
		for i := range leaf {
			leaf[i] = byte(random.Uint32())
		}
		leaves = append(leaves, leaf)
		tree.Add(leaf)
	}
}

func TestSM3IsTheOneOfTheStandard(t *testing.T) {
	raw, err := os.ReadFile(testkit.Shared(t, "vectors/sm2_sm3_sm4.json"))
	if err != nil {
		t.Fatal(err)
	}
	var vectors struct {
		SM3 []struct {
			Input  string `json:"input_hex"`
			Digest string
		}
	}
	if err := json.Unmarshal(raw, &vectors); err != nil || len(vectors.SM3) == 0 {
		t.Fatal("no vectors", err)
	}
	for _, v := range vectors.SM3 {
		in, err := hex.DecodeString(v.Input)
		if sum := sm3.Sum(in); err != nil || hex.EncodeToString(sum[:]) != v.Digest {
			t.Errorf("%s: %x", v.Input, sum)
		}
	}
}

// written appends n events to a log.
func written(t *testing.T, d *db.DB, log string, n int) {
	t.Helper()
	if err := d.Write(context.Background(), log, func(tx *db.Tx) error {
		for i := range n {
			if _, err := ledger.Append(tx, ledger.Event{Agency: log, Kind: "case.opened", SubjectKind: "case", Subject: fmt.Sprint(i), Actor: ledger.Actor{Account: "a"}}); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func TestSealsFollowOneAnotherAndAnEditIsFound(t *testing.T) {
	testkit.Stores(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		folder := t.TempDir()
		key, err := gm.OpenKey(folder)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := gm.OpenKey(folder); err != nil || again.Verifier("x") != key.Verifier("x") {
			t.Fatalf("the key read again: %v", err)
		}
		vkey := key.Verifier(gm.Origin("a1"))
		total := int64(0)
		for _, n := range []int{1, 2, 1500, 7} {
			written(t, d, "a1", n)
			total += int64(n)
			s, err := gm.Make(ctx, d, key, "a1", total)
			if err != nil || s.Size != total || !strings.HasPrefix(s.Note, "mingjing/a1/sm3\n") {
				t.Fatalf("%+v, %v", s, err)
			}
			if twice, err := gm.Make(ctx, d, key, "a1", total); err != nil || twice != s {
				t.Errorf("sealed twice: %+v, %v", twice, err)
			}
		}
		if n, err := gm.Verify(ctx, d, "a1", vkey); err != nil || n != 4 {
			t.Fatalf("%d seals, %v", n, err)
		}
		if _, err := gm.Make(ctx, d, key, "a1", total+1); err == nil {
			t.Error("a size that the log has not reached was sealed")
		}
		other, err := gm.OpenKey(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := gm.Verify(ctx, d, "a1", other.Verifier(gm.Origin("a1"))); err == nil {
			t.Error("the seals fit another key")
		}
		for _, change := range []string{`UPDATE sm3_seal SET root = 'x'`, `DELETE FROM sm3_seal`, `INSERT INTO sm3_seal SELECT * FROM sm3_seal`} {
			if err := d.Write(ctx, "", func(tx *db.Tx) error { _, err := tx.Exec(change); return err }); err == nil {
				t.Errorf("%s passed", change)
			}
		}
		// Whoever holds the file can take the triggers away; the tree still tells.
		off := map[db.Engine]string{db.SQLite: `DROP TRIGGER event_no_update`, db.Postgres: `ALTER TABLE event DISABLE TRIGGER event_no_change`}[d.Engine()]
		for _, change := range []string{off, `UPDATE event SET leaf = replace(leaf, 'case.opened', 'case.closed') WHERE agency = 'a1' AND seq = 900`} {
			if err := d.Write(ctx, "", func(tx *db.Tx) error { _, err := tx.Exec(change); return err }); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := gm.Verify(ctx, d, "a1", vkey); err == nil || !strings.Contains(err.Error(), "event 900") {
			t.Errorf("the edited leaf: %v", err)
		}
	})
}

func TestTwoThatMakeTheKeyAtOnceGetTheSame(t *testing.T) {
	for range 20 {
		folder := t.TempDir()
		keys := make([]string, 8)
		var wait sync.WaitGroup
		for i := range keys {
			wait.Go(func() {
				if key, err := gm.OpenKey(folder); err != nil {
					t.Error(err)
				} else {
					keys[i] = key.Verifier("x")
				}
			})
		}
		wait.Wait()
		for _, k := range keys {
			if k != keys[0] {
				t.Fatalf("two keys: %s and %s", keys[0], k)
			}
		}
	}
}

func TestAFlippedBitOfTheKeyFileIsNoKey(t *testing.T) {
	folder := t.TempDir()
	if _, err := gm.OpenKey(folder); err != nil {
		t.Fatal(err)
	}
	sound, err := os.ReadFile(gm.KeyPath(folder))
	if err != nil {
		t.Fatal(err)
	}
	for i := range sound {
		flipped := append([]byte(nil), sound...)
		flipped[i] ^= 1 << (i % 7)
		if err := os.WriteFile(gm.KeyPath(folder), flipped, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := gm.OpenKey(folder); err == nil {
			t.Errorf("byte %d flipped, and it opens", i)
		}
	}
}
