package ledger_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"mingjing/internal/db"
	"mingjing/internal/testkit"
)

// TestVerifyNamesWhatWasTamperedWithInALongLedger: a ledger of several pages is read by several readers at once.
func TestVerifyNamesWhatWasTamperedWithInALongLedger(t *testing.T) {
	const at, events = 1500, 3100
	put := fmt.Sprintf(` WHERE seq = %d`, at)
	cases := []struct {
		name   string
		seq    int64
		want   string
		tamper string
	}{
		{"nothing", 0, "", ``},
		{"event.kind", at, "kind 列", `UPDATE event SET kind = kind || 'x'` + put},
		{"event.leaf", at, "leaf_hash", `UPDATE event SET leaf = replace(leaf, 'handler', 'reviewer')` + put},
		{"event.seq below zero", 0, "不在序列", `UPDATE event SET seq = -3` + put},
		{"event.seq far beyond", at, "事件不见了", `UPDATE event SET seq = 9000000000000` + put},
		{"payload.body", at, "承诺不符", `UPDATE payload SET body = body || ' ' WHERE event = ` + fmt.Sprintf(payloadOf, at)},
		{"payload deleted", at, "不见了", `DELETE FROM payload WHERE event = ` + fmt.Sprintf(payloadOf, at)},
		{"tree_hash", at, "节点与重新计算的不符", fmt.Sprintf(`UPDATE tree_hash SET hash = (SELECT h.hash FROM tree_hash h WHERE h.idx = 1) WHERE idx = %d`, tlog.StoredHashIndex(0, at))},
		{"an event deleted", at, "第 1500 号事件不见了", `DELETE FROM event` + put},
		{"a page of events deleted", 1000, "第 1000 至 1999 号事件不见了", `DELETE FROM event WHERE seq BETWEEN 1000 AND 1999`},
		{"the first event deleted", 0, "第 0 号事件不见了", `DELETE FROM event WHERE seq = 0`},
		{"the last event deleted", events - 1, "以后的事件不见了", fmt.Sprintf(`DELETE FROM event WHERE seq = %d`, events-1)},
		{"two events swapped", at, "seq 列", `UPDATE event SET seq = CASE seq WHEN 1500 THEN 11501 WHEN 1501 THEN 11500 ELSE seq END; UPDATE event SET seq = seq - 10000 WHERE seq > 10000`},
		{"checkpoint.at", 999, "at 列", `UPDATE checkpoint SET at = at || ' ' WHERE size = 1000`},
		{"checkpoint.root", 999, "root 列", `UPDATE checkpoint SET root = root || 'x' WHERE size = 1000`},
	}
	testkit.Stores(t, func(t *testing.T, d *db.DB) {
		(&world{t: t, d: d}).dropTriggers()
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				(&world{t: t, d: d}).empty()
				w := newWorld(t, d)
				w.append(1000)
				w.checkpoint()
				w.append(events - 1000)
				w.checkpoint()
				if c.tamper != "" {
					w.sql(strings.Split(c.tamper, "; ")...)
				}
				r := w.verify()
				if c.want == "" {
					if !r.Sound() || r.Events != events || r.Signed != events || r.Checkpoints != 2 {
						t.Fatalf("found %+v", r)
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
