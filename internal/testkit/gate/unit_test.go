package gate_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/message"
	"mingjing/internal/refusal"
)

// TestAPublisherOfAUnitPublishesItsOwnCasesAndTheOfficeThoseOfAll: duties 2, 10 and 11 are given to each unit for its own.
func TestAPublisherOfAUnitPublishesItsOwnCasesAndTheOfficeThoseOfAll(t *testing.T) {
	s := at(t, checked)
	ctx := context.Background()
	var id, hash string
	s.Read(func(tx *db.Tx) error {
		return tx.Row(`SELECT id, content_hash FROM publication WHERE case_id = $1`, s.c.ID).Scan(&id, &hash)
	})
	of := func(unit string) access.Actor {
		who := s.Publisher
		who.Unit = unit
		return who
	}
	for unit, outside := range map[string]bool{"mgj": false, "bgs": false, "": false, "csshgz": true} {
		who := of(unit)
		p, _, err := s.house.Disclosure.Get(ctx, who, id)
		s.Must(err)
		if p.Outside != outside {
			t.Errorf("for a publisher of %q the publication is of another unit: %t", unit, p.Outside)
		}
		list, err := message.Room{DB: s.D, Disclosure: s.house.Disclosure}.Waiting(ctx, who)
		s.Must(err)
		told := false
		for _, m := range list {
			told = told || m.Thing == id
		}
		if told == outside {
			t.Errorf("a publisher of %q is told that it waits: %t", unit, told)
		}
	}
	for name, act := range map[string]func(who access.Actor) error{
		"publish": func(who access.Actor) error { return s.house.Disclosure.Publish(ctx, who, id, hash) },
		"withhold": func(who access.Actor) error {
			return s.house.Disclosure.Withhold(ctx, who, id, disclosure.Withholding{Ground: disclosure.WithholdGrounds()[0], Reason: "甲", Approver: s.Approver.Account})
		},
	} {
		var no refusal.Refused
		if err := act(of("csshgz")); !errors.As(err, &no) || !strings.Contains(err.Error(), "publication-of-another-unit") {
			t.Errorf("a publisher of another unit may %s: %v", name, err)
		}
	}
	s.Must(s.house.Disclosure.Publish(ctx, of("mgj"), id, hash))
}
