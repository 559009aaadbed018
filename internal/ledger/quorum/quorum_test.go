package quorum

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/testkit"
	"mingjing/internal/witness"
)

const log = "a1/public"

// town is an agency's log with three witnesses around it.
type town struct {
	*testing.T
	d         *db.DB
	clock     *testkit.Clock
	folder    string
	key       *ledger.Key
	log       *ledger.Log
	keeper    *Keeper
	witnesses []*httptest.Server
	dirs      []string
	policy    string
}

func towns(t *testing.T, body func(t *testing.T, w *town)) {
	t.Helper()
	clock := testkit.NewClock(t, "2026-03-05T09:00:00+08:00")
	start := clock.Now()
	testkit.StoresAt(t, clock.Now, func(t *testing.T, d *db.DB) {
		clock.Set(start)
		w := &town{T: t, d: d, clock: clock, folder: t.TempDir()}
		var err error
		w.key, err = ledger.CreateKey(w.folder)
		w.must(err)
		w.reopen(d)
		for i := range 3 {
			w.build(fmt.Sprintf("w%d", i+1))
		}
		w.policy += "group all-of-them 2 w1 w2 w3\nquorum all-of-them\n"
		body(t, w)
	})
}

func (w *town) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// reopen puts a keeper over a store.
func (w *town) reopen(d *db.DB) {
	w.d = d
	w.log = ledger.NewLog(d, w.key, w.folder, slog.New(slog.DiscardHandler))
	w.keeper = New(d, w.log, Options{Agency: "a1", Logs: []string{log}, Actor: ledger.Actor{Account: "system"}, Folder: w.folder, Log: slog.New(slog.DiscardHandler)})
}

// build sets a witness up that knows the log.
func (w *town) build(name string) {
	w.Helper()
	dir := w.TempDir()
	key, err := witness.Init(dir, name+".example.org", w.clock.Now)
	w.must(err)
	w.must(os.WriteFile(filepath.Join(dir, "logs"), []byte("log "+w.key.Verifier(log)+"\n"), 0o600))
	own, err := witness.Open(dir, w.clock.Now)
	w.must(err)
	server := httptest.NewServer(own.Handler(slog.New(slog.DiscardHandler)))
	w.Cleanup(server.Close)
	w.witnesses, w.dirs = append(w.witnesses, server), append(w.dirs, dir)
	w.policy += "witness " + name + " " + key.Verifier() + " " + server.URL + "\n"
}

func (w *town) configure(text string) {
	w.Helper()
	w.must(w.d.Write(w.Context(), "a1", func(tx *db.Tx) error {
		return Configure(tx, "a1", []string{log}, ledger.Actor{Account: "system"}, text, "")
	}))
}

// act records n entries and signs.
func (w *town) act(n int) int64 {
	w.Helper()
	w.must(w.d.Write(w.Context(), "a1", func(tx *db.Tx) error {
		for range n {
			if _, err := ledger.Append(tx, ledger.Event{Agency: log, Kind: "COMMIT", SubjectKind: "decision", Subject: "2026-1", Actor: ledger.Actor{Account: "a1"}}); err != nil {
				return err
			}
		}
		return nil
	}))
	c, err := w.log.Checkpoint(w.Context(), log)
	w.must(err)
	return c.Size
}

func (w *town) round() {
	w.Helper()
	w.must(w.keeper.Round(w.Context()))
}

func (w *town) state(size int64) Witnessing {
	w.Helper()
	var s Witnessing
	w.must(w.d.Read(w.Context(), func(tx *db.Tx) (err error) {
		s, err = Of(tx, log, size)
		return err
	}))
	return s
}

func (w *town) events(kind string) int {
	w.Helper()
	var n int
	w.must(w.d.Read(w.Context(), func(tx *db.Tx) error {
		return tx.Row(`SELECT count(*) FROM event WHERE agency = 'a1' AND kind = $1`, kind).Scan(&n)
	}))
	return n
}

func TestEachNewCheckpointIsLaidBeforeTheWitnessesAndCarriesWhatTheySign(t *testing.T) {
	towns(t, func(t *testing.T, w *town) {
		w.act(3)
		if s := w.state(0); s.State != Unset || s.Title() != "未配置见证" {
			t.Errorf("without a policy: %+v", s)
		}
		w.configure(w.policy)
		w.configure(w.policy)
		if n := w.events(KindPolicy); n != 1 {
			t.Errorf("%d events of one change of policy", n)
		}
		if s := w.state(0); s.State != Unwitnessed || s.Title() != "未见证 0/3" || s.Need != 2 {
			t.Errorf("before the first round: %+v", s)
		}
		w.round()
		s := w.state(3)
		if s.State != Witnessed || s.Title() != "已见证 3/3" || s.Size != 3 || !strings.Contains(s.Text(), "w1、w2、w3") {
			t.Errorf("after the first round: %+v", s)
		}
		size := w.act(40)
		if s := w.state(0); s.State != Unwitnessed || s.Have != 0 {
			t.Errorf("new entries: %+v", s)
		}
		if s := w.state(2); s.State != Witnessed {
			t.Errorf("old entries: %+v", s)
		}
		w.witnesses[2].Close()
		w.round()
		if s := w.state(0); s.Title() != "已见证 2/3" || s.Size != size {
			t.Errorf("with one witness down: %+v", s)
		}
		p, err := witness.ParsePolicy(w.policy)
		w.must(err)
		w.must(w.d.Read(w.Context(), func(tx *db.Tx) error {
			head, err := Newest(tx, log)
			w.must(err)
			if list, met := p.Cosignatures(head); !met || len(list) != 2 {
				t.Errorf("the head is served with %d signatures", len(list))
			}
			return nil
		}))
		proof, leaf, err := Prove(w.Context(), w.d, log, 1)
		w.must(err)
		if _, err := ledger.VerifyProof(proof, leaf, w.key.Verifier(log)); err != nil {
			t.Errorf("the proof: %v", err)
		}
		if _, met := p.Cosignatures(proof[strings.Index(proof, "\n\n")+2:]); !met {
			t.Error("the proof does not carry the quorum")
		}
	})
}

func TestWithoutTheQuorumWorkGoesOnAndTheAgeAlarms(t *testing.T) {
	towns(t, func(t *testing.T, w *town) {
		w.configure(w.policy)
		w.act(3)
		w.round()
		w.clock.Advance(30 * time.Hour)
		if s := w.state(0); s.Level() != "" {
			t.Errorf("nothing new for thirty hours: %+v", s)
		}
		w.witnesses[0].Close()
		w.witnesses[1].Close()
		w.act(1)
		for _, c := range []struct {
			after time.Duration
			level string
		}{{0, ""}, {14 * time.Minute, ""}, {2 * time.Minute, "alarm"}, {23 * time.Hour, "alarm"}, {time.Hour, "red"}} {
			w.clock.Advance(c.after)
			w.act(1)
			w.round()
			if s := w.state(0); s.Level() != c.level || s.State != Unwitnessed || s.Have != 1 {
				t.Errorf("after another %s: %q, %+v", c.after, s.Level(), s)
			}
		}
	})
}

func TestAWitnessThatKnowsAnotherSizeIsAskedAgainFromThere(t *testing.T) {
	towns(t, func(t *testing.T, w *town) {
		w.configure(w.policy)
		w.act(5)
		w.round()
		w.act(5)
		w.round()
		w.act(5)
		w.must(os.RemoveAll(filepath.Join(w.dirs[0], "heads"))) // this one forgot everything
		w.round()
		if s := w.state(0); s.Have != 3 {
			t.Errorf("%+v", s)
		}
	})
}

func TestARecordThatWasRolledBackIsToldByTheWitness(t *testing.T) {
	towns(t, func(t *testing.T, w *town) {
		w.configure(w.policy)
		w.act(5)
		w.round()
		// Another store of the same agency, with the same key, that lacks what was witnessed.
		other := testkit.SQLite(t, w.clock.Now)
		w.reopen(other)
		w.configure(w.policy)
		w.act(2)
		w.round()
		w.clock.Advance(time.Second)
		w.round()
		s := w.state(0)
		if s.State != Contradicted || s.Level() != "red" || len(s.Troubles) != 3 || !strings.Contains(s.Troubles[0].Said, "回退") {
			t.Errorf("%+v", s)
		}
		if _, err := ledger.OpenCheckpoint(s.Troubles[0].Seen, w.key.Verifier(log)); err != nil {
			t.Errorf("the evidence: %v", err)
		}
		if n := w.events(KindContradicted); n != 3 {
			t.Errorf("%d incidents of three witnesses", n)
		}
		var history *ledger.HistoryError
		if err := w.log.CheckHistory(w.Context()); !errors.As(err, &history) {
			t.Errorf("the start goes on: %v", err)
		}
		w.act(6) // now longer, and still another history
		w.clock.Advance(time.Second)
		w.round()
		if s := w.state(0); s.State != Contradicted {
			t.Errorf("a fork: %+v", s)
		}
	})
}

func TestAForkIsToldByTheWitness(t *testing.T) {
	towns(t, func(t *testing.T, w *town) {
		w.configure(w.policy)
		w.act(5)
		w.round()
		w.reopen(testkit.SQLite(t, w.clock.Now))
		w.configure(w.policy)
		w.act(9)
		w.round()
		if s := w.state(0); s.State != Contradicted || !strings.Contains(s.Troubles[0].Said, "两段历史") {
			t.Errorf("%+v", s)
		}
	})
}

func TestTheNewestWitnessedCheckpointIsKeptApart(t *testing.T) {
	towns(t, func(t *testing.T, w *town) {
		w.configure(w.policy)
		w.act(5)
		w.round()
		kept, err := os.ReadFile(ledger.WitnessedPath(w.folder, log))
		w.must(err)
		w.must(w.log.CheckHistory(w.Context()))
		w.must(ledger.KeepWitnessed(w.folder, log, strings.Replace(string(kept), "\n5\n", "\n3\n", 1)))
		if again, _ := os.ReadFile(ledger.WitnessedPath(w.folder, log)); string(again) != string(kept) {
			t.Error("an older checkpoint took its place")
		}
		w.must(os.Remove(ledger.LastCheckpointPath(w.folder, log)))
		w.reopen(testkit.SQLite(t, w.clock.Now))
		if err := w.log.CheckHistory(w.Context()); err == nil {
			t.Error("an empty store passes")
		}
	})
}

func TestRequestsAndAnswersGoOnRemovableMedia(t *testing.T) {
	towns(t, func(t *testing.T, w *town) {
		text := w.policy
		for _, s := range w.witnesses {
			text = strings.Replace(text, " "+s.URL, "", 1)
		}
		w.configure(text)
		size := w.act(7)
		w.round()
		if s := w.state(0); s.State != Unwitnessed {
			t.Errorf("without addresses: %+v", s)
		}
		files, err := w.keeper.Requests(w.Context(), "", -1)
		w.must(err)
		if len(files) != 3 || files[0].Name != "w1-a1_public.request" {
			t.Fatalf("%+v", files)
		}
		w.act(2) // meanwhile the work went on
		for i, f := range files[:2] {
			own, err := witness.Open(w.dirs[i], w.clock.Now)
			w.must(err)
			a, err := own.Add(f.Text)
			w.must(err)
			for range 2 {
				said, err := w.keeper.Take(w.Context(), a.File())
				if err != nil || !strings.Contains(said, "7 条") {
					t.Errorf("%s: %q, %v", f.Name, said, err)
				}
			}
		}
		if s := w.state(size); s.Title() != "已见证 2/3" {
			t.Errorf("afterwards: %+v", s)
		}
		for _, answer := range []string{"200\n\nmingjing/other\n1\n" + strings.Repeat("A", 43) + "=\n\n— x y\n", "nothing", "200\n\n" + strings.SplitN(files[2].Text, "\n\n", 2)[1]} {
			if said, err := w.keeper.Take(w.Context(), answer); err == nil {
				t.Errorf("%q was taken: %s", answer, said)
			}
		}
	})
}

func TestWhatOutsidersSaidCannotBeChanged(t *testing.T) {
	towns(t, func(t *testing.T, w *town) {
		w.configure(w.policy)
		w.act(5)
		w.round()
		ctx := context.Background()
		w.must(w.keeper.Contradict(ctx, log, Trouble{Witness: "w1", Key: "k", Said: "x"}))
		w.must(w.d.Write(ctx, "a1", func(tx *db.Tx) error {
			_, err := tx.Exec(`INSERT INTO checkpoint_stamp (agency, size, stamped, at, tsa, token) VALUES ('a1/public', 5, '', '', '', '')`)
			return err
		}))
		for table, column := range map[string]string{"witness_policy": "text", "cosignature": "line", "contradiction": "said", "checkpoint_stamp": "tsa"} {
			for _, query := range []string{"UPDATE " + table + " SET " + column + " = 'y'", "DELETE FROM " + table} {
				err := w.d.Write(ctx, "a1", func(tx *db.Tx) error {
					_, err := tx.Exec(query)
					return err
				})
				if code, gated := db.Gate(err); !gated {
					t.Errorf("%s went through: %v %s", query, err, code)
				}
			}
		}
	})
}
