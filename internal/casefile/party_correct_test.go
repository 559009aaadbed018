package casefile_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"mingjing/internal/casefile/draft"
	"mingjing/internal/db"
	"mingjing/internal/document"
	"mingjing/internal/form"
	"mingjing/internal/refusal"
	"mingjing/internal/testkit/world"
)

func TestAPartyIsPutRightWithItsReasonAndWhatStoodThereBeforeIsKept(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := w.Lead(world.Minor()).Open().Investigate().Report().Notice().PastWindows()
		c.Draft(nil, "")
		p := c.Party()
		correct := func(facts map[string]string, reason string) error {
			return w.Cases.CorrectParty(context.Background(), w.Handler, c.ID, p.ID, facts, reason)
		}
		var invalid refusal.Invalid
		if err := correct(map[string]string{"name": "云山市正名协会"}, " "); !errors.As(err, &invalid) || invalid.Fields["reason"] == "" {
			t.Errorf("without a reason: %v", err)
		}
		if err := correct(map[string]string{"name": p.Name}, "笔误"); !errors.As(err, &invalid) {
			t.Errorf("with nothing to change: %v", err)
		}
		w.Must(correct(map[string]string{"name": "云山市正名协会", "address": "云山市新街9号"}, "登记证书所载名称。"))
		view := c.View(w.Handler)
		if now := view.Parties[0].Party; now.Name != "云山市正名协会" || now.Details["address"] != "云山市新街9号" || now.Kind != p.Kind {
			t.Errorf("the party is now %+v", now)
		}
		if !strings.Contains(view.File.Title, "云山市正名协会") {
			t.Errorf("the case is called %s", view.File.Title)
		}
		if name := view.Drafts[0].Values.Text("party.name"); name != "云山市正名协会" {
			t.Errorf("the draft of the decision names %s", name)
		}
		last := view.Events[len(view.Events)-1]
		if last.Kind != "case.party_corrected" || !strings.Contains(string(last.Payload), p.Name) || !strings.Contains(string(last.Payload), "登记证书") {
			t.Errorf("the record says %s %s", last.Kind, last.Payload)
		}
		c.Approve().Decide()
		if err := correct(map[string]string{"name": "云山市又一协会"}, "笔误"); !slices.Contains(world.Refusals(err), "PARTY-CORRECT") {
			t.Errorf("after the decision: %v", err)
		}
		err := w.Write(func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE party SET details = '{}' WHERE id = $1`, p.ID)
			return err
		})
		if code, ok := db.Gate(err); !ok || code != "party-immutable" {
			t.Errorf("a decided party changed by SQL: %v", err)
		}
	})
}

func TestAPaperThatLacksAnAddressNamesThePartyAndTheOneWrittenForItStands(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		const kind = "行政处罚事先告知书"
		m := world.Batch(3)
		delete(m.Parties[1], "address")
		c := w.Lead(m).Open().Investigate().Report()
		second := c.Parties()[1]
		act := c.Act(w.Handler, "serve_notice", c.NoticePapers())
		papers := map[string]string{kind: "party", "送达回证": "recipient"}
		keep := func(partyID, kind string, values form.Values) {
			w.Must(w.Write(func(tx *db.Tx) error {
				_, err := w.Cases.SaveDraft(tx, w.Handler, document.Draft{Case: c.ID, Party: partyID, Step: "serve_notice", Kind: kind, Values: values}, "")
				return err
			}))
		}
		shared := maps.Clone(act.Papers)
		for kind := range papers {
			keep("", kind, shared[kind])
			delete(act.Papers, kind)
		}
		_, err := w.Cases.Take(context.Background(), w.Handler, act)
		var invalid refusal.Invalid
		if !errors.As(err, &invalid) {
			t.Fatalf("got %v", err)
		}
		if invalid.Fields[kind+"/party.address"+draft.PlaceParty+second.ID] == "" || len(invalid.Fields) != len(papers) {
			t.Errorf("the refusal names %v", invalid.Fields)
		}
		for kind, field := range papers {
			own := maps.Clone(shared[kind])
			own[field] = map[string]any{"kind": second.Kind, "name": "冒名协会", "address": "云山市补正路1号", "legal_rep": "何东"}
			keep(second.ID, kind, own)
		}
		done, err := w.Cases.Take(context.Background(), w.Handler, act)
		w.Must(err)
		for _, d := range done.Documents {
			if d.Kind == kind && d.Party == second.ID && (d.Values.Text("party.address") != "云山市补正路1号" || d.Values.Text("party.name") != second.Name) {
				t.Errorf("the party's own paper says %v", d.Values.At("party"))
			}
		}
	})
}
