package rulebook_test

import (
	"errors"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/pack"
	"mingjing/internal/refusal"
	"mingjing/internal/rulebook"
	"mingjing/internal/testkit"
	"mingjing/internal/testkit/world"
	"mingjing/internal/workday"
)

func TestANewVersionEndsTheOneBeforeAndWhatIsLeftOutIsNamed(t *testing.T) {
	clock := testkit.NewClock(t, world.Begins)
	testkit.StoresAt(t, clock.Now, func(t *testing.T, d *db.DB) {
		w := world.New(t, d, clock)
		var regime, list pack.Deliverable
		for _, x := range w.Books.Pack.Deliverables() {
			switch x.Code {
			case "SP-01":
				regime = x
			case "SP-03":
				list = x
			}
		}
		adopt := func(actor access.Actor, what pack.Deliverable, from workday.Day, sections map[string]string) (rulebook.Text, error) {
			var text rulebook.Text
			err := w.Write(func(tx *db.Tx) (err error) {
				text, err = rulebook.Adopt(tx, actor, what, rulebook.Text{Number: "1号", Source: rulebook.Own, From: from, Sections: sections})
				return err
			})
			return text, err
		}
		whole := map[string]string{}
		for _, name := range rulebook.Sections(regime) {
			whole[name] = "规定"
		}
		today := w.Today()
		first, err := adopt(w.Reviewer, regime, today, whole)
		w.Must(err)
		second, err := adopt(w.Administrator, regime, today.AddDays(10), whole)
		w.Must(err)
		w.Read(func(tx *db.Tx) error {
			for day, want := range map[workday.Day]string{today: first.ID, today.AddDays(9): first.ID, today.AddDays(10): second.ID} {
				if got, found, err := rulebook.InForce(tx, w.Agency.Code, "SP-01", day); err != nil || !found || got.ID != want {
					t.Errorf("on %s: %+v %v", day, got, err)
				}
			}
			if _, found, err := rulebook.InForce(tx, w.Agency.Code, "SP-01", today.AddDays(-1)); err != nil || found {
				t.Errorf("before the first: %v", err)
			}
			events, err := ledger.Recent(tx, w.Agency.Code, ledger.Pick{Kind: "rule.adopted"}, -1, 10)
			if err != nil || len(events) != 2 || events[0].Subject != second.ID || events[0].Ref["replaces"] != first.ID || events[1].Actor.Account != w.Reviewer.Account {
				t.Errorf("%+v %v", events, err)
			}
			return err
		})
		var invalid refusal.Invalid
		if _, err := adopt(w.Reviewer, regime, today.AddDays(10), whole); !errors.As(err, &invalid) || invalid.Fields["from"] == "" {
			t.Errorf("from the same day: %v", err)
		}
		if _, err := adopt(w.Reviewer, regime, today.AddDays(20), map[string]string{"范围": "规定"}); !errors.As(err, &invalid) || len(invalid.Fields) != len(regime.Fields)-1 {
			t.Errorf("with six parts left out: %v", err)
		}
		if _, err := adopt(w.Handler, regime, today.AddDays(20), whole); !errors.As(err, &refusal.Refused{}) {
			t.Errorf("by a handler: %v", err)
		}
		if _, err := adopt(w.Reviewer, list, today, whole); !errors.As(err, &refusal.NotFound{}) {
			t.Errorf("a list that the catalogue keeps: %v", err)
		}
	})
}
