package ledger_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/testkit"
)

// dropTriggers is what somebody who owns the database does first.
func (w *world) dropTriggers() {
	w.t.Helper()
	query := `SELECT 'DROP TRIGGER ' || name FROM sqlite_master WHERE type = 'trigger'`
	if w.d.Engine() == db.Postgres {
		query = `SELECT DISTINCT 'DROP TRIGGER ' || tgname || ' ON ' || tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal`
	}
	var drops []string
	err := w.d.Read(context.Background(), func(tx *db.Tx) error {
		return tx.Each(query, nil, func(rows *sql.Rows) error {
			var drop string
			err := rows.Scan(&drop)
			drops = append(drops, drop)
			return err
		})
	})
	if err != nil {
		w.t.Fatal(err)
	}
	w.sql(drops...)
}

// empty takes every row away, so that one store serves many cases.
func (w *world) empty() {
	w.t.Helper()
	w.sql(`DELETE FROM event`, `DELETE FROM payload`, `DELETE FROM tree_hash`, `DELETE FROM checkpoint`, `DELETE FROM ledger_head`)
}

// shred destroys the payload of an event.
func (w *world) shred(id string) {
	w.t.Helper()
	if err := w.tryShred(id); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) tryShred(id string) error {
	return w.d.Write(context.Background(), bureau, func(tx *db.Tx) error {
		_, err := ledger.Shred(tx, bureau, id, ledger.Actor{Account: "account-9", Role: "archivist"}, "《个人信息保护法》第四十七条")
		return err
	})
}

// lived is a ledger of 41 events, of which number 7 is shredded by number 20, with checkpoints over 20 and 41.
func lived(t *testing.T, d *db.DB) *world {
	w := newWorld(t, d)
	w.append(8)
	victim := ""
	if err := d.Read(context.Background(), func(tx *db.Tx) error {
		return tx.Row(`SELECT id FROM event WHERE seq = 7`).Scan(&victim)
	}); err != nil {
		t.Fatal(err)
	}
	w.append(12)
	w.checkpoint()
	w.shred(victim)
	w.append(20)
	w.checkpoint()
	return w
}

// payloadOf, hashOf and rootOf pick what a tampering hand would take from another row.
const (
	payloadOf = `(SELECT id FROM event WHERE seq = %d)`
	swapSeq   = `UPDATE event SET seq = CASE seq WHEN 12 THEN 1013 WHEN 13 THEN 1012 ELSE seq END; UPDATE event SET seq = seq - 1000 WHERE seq > 1000`
)

func TestVerifyNamesWhatWasTamperedWith(t *testing.T) {
	at12 := ` WHERE seq = 12`
	payload := ` WHERE event = ` + fmt.Sprintf(payloadOf, 12)
	shredded := ` WHERE event = ` + fmt.Sprintf(payloadOf, 7)
	other := func(column string) string {
		return fmt.Sprintf(`UPDATE event SET %s = (SELECT max(e.%s) FROM event e) || 'x'`, column, column) + at12
	}
	cases := []struct {
		name   string
		seq    int64
		want   string
		tamper string
	}{
		{"event.agency", 12, "第 12 号事件不见了", `UPDATE event SET agency = 'x'` + at12},
		{"event.seq", 12, "第 12 号事件不见了", `UPDATE event SET seq = 99` + at12},
		{"event.seq below zero", 0, "不在序列", `UPDATE event SET seq = -3` + at12},
		{"event.id", 12, "id 列", other("id")},
		{"event.kind", 12, "kind 列", other("kind")},
		{"event.subject_kind", 12, "subject_kind 列", other("subject_kind")},
		{"event.subject", 12, "subject 列", other("subject")},
		{"event.occurred", 12, "occurred 列", other("occurred")},
		{"event.recorded", 12, "recorded 列", other("recorded")},
		{"event.actor", 12, "actor 列", other("actor")},
		{"event.leaf, a letter", 12, "leaf_hash", `UPDATE event SET leaf = replace(leaf, 'handler', 'reviewer')` + at12},
		{"event.leaf, a space", 12, "leaf_hash", `UPDATE event SET leaf = replace(leaf, ',"id"', ', "id"')` + at12},
		{"event.leaf_hash", 12, "leaf_hash", `UPDATE event SET leaf_hash = (SELECT leaf_hash FROM event e WHERE e.seq = 3)` + at12},
		{"event.leaf of another with its hash", 12, "seq 列", `UPDATE event SET leaf = (SELECT leaf FROM event e WHERE e.seq = 3), leaf_hash = (SELECT leaf_hash FROM event e WHERE e.seq = 3)` + at12},
		{"payload.event", 12, "payload）不见了", `UPDATE payload SET event = 'x'` + payload},
		{"payload.salt", 12, "承诺不符", `UPDATE payload SET salt = upper(salt)` + payload},
		{"payload.salt of another", 12, "承诺不符", `UPDATE payload SET salt = (SELECT salt FROM payload p WHERE p.event = ` + fmt.Sprintf(payloadOf, 3) + `)` + payload},
		{"payload.body", 12, "承诺不符", `UPDATE payload SET body = body || ' '` + payload},
		{"payload.shred alone", 12, "仍有 salt 或 body", `UPDATE payload SET shred = 'x'` + payload},
		{"payload destroyed without an event", 12, "没有相应的销毁记录", `UPDATE payload SET shred = 'x', salt = '', body = ''` + payload},
		{"payload destroyed in the name of another's event", 12, "没有相应的销毁记录", `UPDATE payload SET shred = ` + fmt.Sprintf(payloadOf, 20) + `, salt = '', body = ''` + payload},
		{"payload deleted", 12, "payload）不见了", `DELETE FROM payload` + payload},
		{"a destroyed payload brought back", 7, "承诺不符", `UPDATE payload SET shred = '', body = '{}', salt = ''` + shredded},
		{"a destroyed payload deleted", 7, "payload）不见了", `DELETE FROM payload` + shredded},
		{"tree_hash.agency", 12, "节点不见了", `UPDATE tree_hash SET agency = 'x' WHERE idx = 22`},
		{"tree_hash.idx", 12, "节点不见了", `UPDATE tree_hash SET idx = 9999 WHERE idx = 22`},
		{"tree_hash.hash of a leaf", 12, "节点与重新计算的不符", `UPDATE tree_hash SET hash = (SELECT h.hash FROM tree_hash h WHERE h.idx = 1) WHERE idx = 22`},
		{"tree_hash.hash of a node", 13, "节点与重新计算的不符", `UPDATE tree_hash SET hash = (SELECT h.hash FROM tree_hash h WHERE h.idx = 1) WHERE idx = 24`},
		{"tree_hash deleted", 12, "节点不见了", `DELETE FROM tree_hash WHERE idx = 22`},
		{"tree_hash added", 41, "", `INSERT INTO tree_hash (agency, idx, hash) SELECT agency, idx + 1, hash FROM tree_hash ORDER BY idx DESC LIMIT 1`},
		{"checkpoint.agency", -1, "", `UPDATE checkpoint SET agency = 'x' WHERE size = 41`},
		{"checkpoint.size", 18, "size 列", `UPDATE checkpoint SET size = 19 WHERE size = 20`},
		{"checkpoint.size to nothing", -1, "size 列", `UPDATE checkpoint SET size = 0 WHERE size = 20`},
		{"checkpoint.size beyond", 98, "size 列", `UPDATE checkpoint SET size = 99 WHERE size = 41`},
		{"checkpoint.root", 19, "root 列", `UPDATE checkpoint SET root = (SELECT c.root FROM checkpoint c WHERE c.size = 41) WHERE size = 20`},
		{"checkpoint.at", 19, "at 列", `UPDATE checkpoint SET at = at || ' ' WHERE size = 20`},
		{"checkpoint.note", 19, "签名或格式", `UPDATE checkpoint SET note = replace(note, 'mingjing', 'Mingjing') WHERE size = 20`},
		{"checkpoint.note of another", 19, "size 列", `UPDATE checkpoint SET note = (SELECT c.note FROM checkpoint c WHERE c.size = 41) WHERE size = 20`},
		{"ledger_head.agency", 41, "ledger_head", `UPDATE ledger_head SET agency = 'x'`},
		{"ledger_head.size", 41, "ledger_head", `UPDATE ledger_head SET size = size + 1`},
		{"ledger_head.origin", -1, "ledger_head", `UPDATE ledger_head SET origin = 'x'`},
		{"an event deleted", 12, "第 12 号事件不见了", `DELETE FROM event` + at12},
		{"the first event deleted", 0, "第 0 号事件不见了", `DELETE FROM event WHERE seq = 0`},
		{"several events deleted", 12, "第 12 至 14 号事件不见了", `DELETE FROM event WHERE seq BETWEEN 12 AND 14`},
		{"two events swapped", 12, "seq 列", swapSeq},
		{"an event deleted and another put in", 12, "seq 列", `DELETE FROM event WHERE seq = 12; INSERT INTO event SELECT agency, 12, 'new', kind, subject_kind, subject, occurred, recorded, actor, leaf, leaf_hash FROM event WHERE seq = 3`},
		{"an event added at the end", 41, "", `INSERT INTO event SELECT agency, 41, 'new', kind, subject_kind, subject, occurred, recorded, actor, leaf, leaf_hash FROM event WHERE seq = 3`},
		{"the tail cut from the events", 38, "第 38 号以后的事件不见了", `DELETE FROM event WHERE seq >= 38`},
		{"the tail cut from events and tree", 40, "所覆盖的事件不全", `DELETE FROM event WHERE seq >= 38; DELETE FROM tree_hash WHERE idx >= 73; UPDATE ledger_head SET size = 38`},
	}
	testkit.Stores(t, func(t *testing.T, d *db.DB) {
		(&world{t: t, d: d}).dropTriggers()
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				(&world{t: t, d: d}).empty()
				w := lived(t, d)
				w.sql(strings.Split(c.tamper, "; ")...)
				r := w.verify()
				if c.name == "checkpoint.agency" { // without it nothing but the length of what is signed differs
					if r.Signed != 20 {
						t.Fatalf("signed %d", r.Signed)
					}
					return
				}
				if r.Sound() {
					t.Fatal("nothing found")
				}
				if first := r.Problems[0]; first.Seq != c.seq || !strings.Contains(first.What, c.want) {
					t.Fatalf("the first problem is %+v of %d, want %d %q", first, r.Count, c.seq, c.want)
				}
			})
		}
	})
}

func TestVerifyFindsNothingInAnUntouchedLedger(t *testing.T) {
	testkit.Stores(t, func(t *testing.T, d *db.DB) {
		w := lived(t, d)
		r := w.verify()
		if !r.Sound() || r.Events != 41 || r.Signed != 41 || r.Shredded != 1 || r.Checkpoints != 2 {
			t.Fatalf("found %+v", r)
		}
	})
}

func TestVerifyHoldsTheStoreAgainstACheckpointKeptElsewhere(t *testing.T) {
	testkit.Stores(t, func(t *testing.T, d *db.DB) {
		w := lived(t, d)
		known := w.checkpoint().Note
		w.dropTriggers()
		w.sql(`DELETE FROM event WHERE seq >= 21`, `DELETE FROM tree_hash WHERE idx >= 39`, `DELETE FROM checkpoint WHERE size > 20`, `UPDATE ledger_head SET size = 21`)
		r, err := ledger.Verify(context.Background(), d, bureau, w.key.Verifier(bureau), ledger.VerifyOptions{Known: known})
		if err != nil || r.Sound() {
			t.Fatalf("an older store passed: %+v, %v", r, err)
		}
		if last := r.Problems[0]; r.Count != 1 || !strings.Contains(last.What, "库外保存的检查点覆盖 41 条，库里只有 21 条") {
			t.Fatalf("the problem is %+v", r.Problems)
		}
	})
}

func TestVerifyNeedsTheKeyThatSigned(t *testing.T) {
	w := lived(t, testkit.SQLite(t, nil))
	stranger := newWorld(t, w.d)
	r, err := ledger.Verify(context.Background(), w.d, bureau, stranger.key.Verifier(bureau), ledger.VerifyOptions{})
	if err != nil || r.Count != 2 || r.Signed != 0 {
		t.Fatalf("with another key: %+v, %v", r, err)
	}
	if _, err := ledger.Verify(context.Background(), w.d, bureau, "no key", ledger.VerifyOptions{}); err == nil {
		t.Fatal("a text that is no key was taken")
	}
}

func TestAPayloadIsDestroyedOnceAndTheTreeStaysWhole(t *testing.T) {
	testkit.Stores(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		victim := w.append(3)
		before := w.checkpoint()
		w.shred(victim.ID)
		if err := w.tryShred(victim.ID); !errors.Is(err, ledger.ErrShredded) {
			t.Fatalf("a second time: %v", err)
		}
		if err := w.tryShred("nobody"); !errors.Is(err, ledger.ErrNoEvent) {
			t.Fatalf("an unknown event: %v", err)
		}
		var list []ledger.Record
		if err := d.Read(context.Background(), func(tx *db.Tx) (err error) {
			list, err = ledger.After(tx, bureau, victim.Seq-1, 10)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if len(list) != 2 || !list[0].Shredded || list[0].Payload != nil || list[1].Kind != ledger.KindShredded || list[1].Subject != victim.ID {
			t.Fatalf("the ledger says %+v", list)
		}
		if c := w.checkpoint(); c.Size != before.Size+1 || !w.verify().Sound() {
			t.Fatalf("after the destruction %+v", w.verify())
		}
	})
}

func TestADestroyedPayloadIsGoneFromTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.db")
	ctx := context.Background()
	d, err := db.Open(ctx, "sqlite:"+path, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, d)
	secret := "某某某住某市某路某号"
	e := event(bureau, "s")
	e.Payload = strings.Repeat(secret, 2000) // long enough to lie on pages of its own
	var id string
	if err := d.Write(ctx, bureau, func(tx *db.Tx) error {
		r, err := ledger.Append(tx, e)
		id = r.ID
		return err
	}); err != nil {
		t.Fatal(err)
	}
	w.shred(id)
	if err := d.Close(); err != nil { // the write-ahead log is folded into the file
		t.Fatal(err)
	}
	for _, name := range []string{path, path + "-wal"} {
		if content, err := os.ReadFile(name); err == nil && bytes.Contains(content, []byte(secret)) {
			t.Errorf("%s still holds the text", filepath.Base(name))
		}
	}
}

func TestVerifyReportsItsProgress(t *testing.T) {
	w := newWorld(t, testkit.SQLite(t, nil))
	w.append(2100)
	var steps []int64
	_, err := ledger.Verify(context.Background(), w.d, bureau, w.key.Verifier(bureau), ledger.VerifyOptions{
		Progress: func(done, total int64) { steps = append(steps, done*10000+total) }})
	if err != nil || fmt.Sprint(steps) != "[10002100 20002100 21002100]" {
		t.Fatalf("steps %v, %v", steps, err)
	}
}

func TestVerifyFindsEveryPayloadWhereOtherAgenciesWroteInBetween(t *testing.T) {
	testkit.Stores(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for range 11 {
			w.append(100)
			for range 3 {
				err := d.Write(context.Background(), "another", func(tx *db.Tx) error {
					for range 100 {
						if _, err := ledger.Append(tx, event("another", "case-1")); err != nil {
							return err
						}
					}
					return nil
				})
				if err != nil {
					t.Fatal(err)
				}
			}
		}
		w.checkpoint()
		if r := w.verify(); !r.Sound() || r.Events != 1100 {
			t.Fatalf("%+v", r)
		}
		w.dropTriggers()
		w.sql(`DELETE FROM payload WHERE event = (SELECT id FROM event WHERE agency = '` + bureau + `' AND seq = 700)`)
		if r := w.verify(); r.Count != 1 || r.Problems[0].Seq != 700 || !strings.Contains(r.Problems[0].What, "payload") {
			t.Errorf("%+v", r)
		}
	})
}
