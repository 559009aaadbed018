package gate_test

import (
	"strings"
	"testing"

	"mingjing/internal/db"
	"mingjing/internal/ledger"
	ledgerorder "mingjing/internal/ledger/order"
	"mingjing/internal/review"
	"mingjing/internal/testkit"
	"mingjing/internal/testkit/world"
)

// TestTheVerdictOnALargeBatchIsHeldAgainstEachDecision: a leaf has no room for the texts of so many parties, so that they stand
// in the payload of the verdict; a decision of another text is found all the same.
func TestTheVerdictOnALargeBatchIsHeldAgainstEachDecision(t *testing.T) {
	clock := testkit.NewClock(t, world.Begins)
	w := world.New(t, testkit.SQLite(t, clock.Now), clock)
	room := review.New(w.D, w.Cases)
	c := w.Lead(world.Batch(61)).Open().Investigate().Report().Notice().PastWindows()
	c.Draft(nil, "")
	id, err := trySubmit(room, c, w.Handler)
	w.Must(err)
	w.Must(tryReview(room, w, w.Reviewer, w.Reviewer, id, "accept_review", nil))
	w.Must(tryReview(room, w, w.Reviewer, w.Reviewer, id, "pass_review", opinion("同意")))
	c.Approve().Decide()
	judge := func() (said []string) {
		w.Read(func(tx *db.Tx) error {
			return ledgerorder.Judge(tx, w.Agency.Code, func(p ledger.Problem) { said = append(said, p.What) })
		})
		return said
	}
	if said := judge(); len(said) > 0 {
		t.Fatalf("an honest batch: %v", said)
	}
	w.Must(w.Write(func(tx *db.Tx) error {
		if _, err := tx.Exec(`DROP TRIGGER event_no_update`); err != nil {
			return err
		}
		_, err := tx.Exec(`UPDATE event SET leaf = replace(leaf, '"text":"', '"text":"0') WHERE kind = 'decision.made' AND seq = (SELECT max(seq) FROM event WHERE kind = 'decision.made')`)
		return err
	}))
	if said := strings.Join(judge(), " "); !strings.Contains(said, "审核的不是作出决定的文本") {
		t.Errorf("a decision of another text: %s", said)
	}
}
