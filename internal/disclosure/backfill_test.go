package disclosure_test

import (
	"testing"
	"time"

	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/disclosure/backfill"
	"mingjing/internal/testkit"
)

func TestWhatIsFromBeforeThePublicLogIsEnteredAfterwardsOnceAndSaysSo(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		out, down := w.public(w.due()), w.public(w.due())
		w.falls(down, repealed)
		w.must(w.room.Withdraw(w.ctx, w.maker, down, withdrawal()))
		hidden := w.owe(w.due())
		w.must(w.room.Withhold(w.ctx, w.maker, hidden, disclosure.Withholding{Ground: "商业秘密", Approver: w.head}))
		w.owe(w.due())
		if done, err := backfill.Enter(w.ctx, w.d, "a1", handler()); err != nil || done != (backfill.Done{}) {
			t.Fatalf("a whole log takes in %+v, %v", done, err)
		}
		testkit.Unlogged(t, w.d, "a1/public")
		w.clock.Set(time.Date(2026, 5, 6, 1, 0, 0, 0, time.UTC))
		done, err := backfill.Enter(w.ctx, w.d, "a1", handler())
		w.must(err)
		if done != (backfill.Done{Decisions: 4, Texts: 2}) {
			t.Errorf("%+v", done)
		}
		for kind, n := range map[string]int{"COMMIT": 4, "PUBLISH": 2, "WITHDRAW": 1, "WITHHOLD": 1} {
			list := w.logged(kind)
			if len(list) != n {
				t.Errorf("%d entries %s", len(list), kind)
			}
			for _, e := range list {
				if e.Ref["backfilled_on"] != "2026-05-06" {
					t.Errorf("%s %+v", kind, e.Ref)
				}
			}
		}
		first := w.logged("COMMIT")[3]
		if first.Subject != "2026-1" || first.Ref["decided_on"] != "2026-03-02" || first.Ref["due_on"] != "2026-03-11" || len(first.Ref["commitment"]) != 64 {
			t.Errorf("%s %+v", first.Subject, first.Ref)
		}
		shown, err := w.reader.Get(w.ctx, out)
		w.must(err)
		for _, e := range w.logged("PUBLISH") {
			if e.Subject == out && (shown.Log != "a1/public" || shown.Seq != e.Seq || e.Ref["published_on"] != "2026-03-02" || e.Ref["content_sha256"] != shown.ContentHash) {
				t.Errorf("%s %d, entry %d %+v", shown.Log, shown.Seq, e.Seq, e.Ref)
			}
		}
		if done, err = backfill.Enter(w.ctx, w.d, "a1", handler()); err != nil || done != (backfill.Done{}) {
			t.Errorf("again %+v, %v", done, err)
		}
	})
}

// TestAWholeLogIsAskedBesideTheWriter: every start asks whether the log is whole; with 100,000 publications no command was answered
// meanwhile.
func TestAWholeLogIsAskedBesideTheWriter(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.public(w.due())
		if w.d.Engine() != db.SQLite {
			t.Skip("PostgreSQL has no one writer")
		}
		held, let := make(chan struct{}), make(chan struct{})
		wrote := make(chan error, 1)
		go func() {
			wrote <- w.d.Write(w.ctx, "a1", func(*db.Tx) error { close(held); <-let; return nil })
		}()
		<-held
		asked := make(chan error, 1)
		go func() {
			_, err := backfill.Enter(w.ctx, w.d, "a1", handler())
			asked <- err
		}()
		select {
		case err := <-asked:
			w.must(err)
		case <-time.After(10 * time.Second):
			t.Error("the question waits for the writer")
		}
		close(let)
		w.must(<-wrote)
	})
}
