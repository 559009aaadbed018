package handover_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/handover"
	"mingjing/internal/refusal"
	"mingjing/internal/roster"
	"mingjing/internal/testkit/world"
)

func desk(w *world.World, who access.Actor, account string) (d handover.Desk, err error) {
	err = w.D.Read(context.Background(), func(tx *db.Tx) (err error) {
		d, err = handover.Of(tx, who, account)
		return err
	})
	return d, err
}

// approvedBy puts somebody among those who approved a text of the case.
func approvedBy(w *world.World, c *world.Case, who access.Actor) {
	w.Must(w.Write(func(tx *db.Tx) error {
		_, err := tx.Exec(`INSERT INTO approval (id, agency, case_id, party_id, body_hash, document_id, approver, approved_on) VALUES ($1, $2, $3, $4, 'a', $5, $6, $7)`,
			tx.NewID(), w.Agency.Code, c.ID, c.Party().ID, c.View(w.Handler).Documents[0].ID, who.Account, w.Today().String())
		return err
	}))
}

// colleague is a handler with a certificate who has no case yet.
func colleague(w *world.World) access.Actor {
	var a access.Account
	w.Must(w.Write(func(tx *db.Tx) (err error) {
		founder := access.Founding(w.Agency.Code)
		if a, err = access.Create(tx, founder, access.NewAccount{Agency: w.Agency.Code, Login: "xinren2", Name: "穆青禾", Unit: "mgj", Roles: []string{access.RoleHandler}}); err != nil {
			return err
		}
		o, err := roster.AddOfficer(tx, founder, roster.Officer{Agency: w.Agency.Code, Unit: "mgj", Name: a.Name, Staff: roster.Established, Account: a.ID, From: w.Today()})
		if err != nil {
			return err
		}
		_, err = roster.AddCertificate(tx, founder, roster.Certificate{Officer: o.ID, Number: "220300010088", Issuer: "吉林省司法厅", Class: "民政", Area: "四平市",
			ValidFrom: w.Today().AddDays(-3), ValidTill: w.Today().AddDays(400)})
		return err
	}))
	return access.Actor{Account: a.ID, Name: a.Name, Agency: w.Agency.Code, Unit: "mgj", Roles: a.Roles, StepUp: true}
}

// A handler leaves with three open cases: two go to a colleague at once; the third, which the colleague once approved, stays and
// says why by its article. Each case that goes has an event of its own.
func TestAllOpenCasesOfALeaverGoAtOnceAndTheOneThatMayNotIsNamed(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		room := &handover.Room{DB: w.D, Cases: w.Cases}
		first, second, bound := w.Lead(world.Minor()).Open(), w.Lead(world.Minor()).Open(), w.Lead(world.Minor()).Open()
		next := colleague(w)
		approvedBy(w, bound, next)
		d, err := desk(w, w.UnitHead, w.Handler.Account)
		if err != nil || len(d.Cases) != 3 {
			t.Fatalf("the head sees %d cases of the leaver, %v", len(d.Cases), err)
		}
		to := map[string]string{}
		for _, f := range d.Cases {
			to[f.ID] = next.Account
		}
		g, err := room.Give(context.Background(), w.UnitHead, handover.Order{From: w.Handler.Account, To: to, Reason: "调离岗位"})
		if err != nil || len(g.Moved) != 2 || len(g.Kept) != 1 || g.Kept[0].Case.ID != bound.ID {
			t.Fatalf("moved %d, kept %+v, %v", len(g.Moved), g.Kept, err)
		}
		if said := g.Kept[0].Why[0]; !strings.Contains(said.Message+said.Cite.String(), "第五十八条") {
			t.Errorf("what stays does not say by which article: %+v", said)
		}
		for _, c := range []*world.Case{first, second, bound} {
			want, handler := 1, next.Account
			if c == bound {
				want, handler = 0, w.Handler.Account
			}
			v, n := c.View(w.Approver), 0
			for _, e := range v.Events {
				if e.Kind == "case.handed_over" && e.Ref["from"] == w.Handler.Account {
					n++
				}
			}
			if v.File.Handler != handler || n != want {
				t.Errorf("a case is with %s after %d events, want %s after %d", v.File.Handler, n, handler, want)
			}
		}
		if _, err := room.Give(context.Background(), w.UnitHead, handover.Order{From: w.Handler.Account, To: map[string]string{first.ID: w.Third.Account}, Reason: "调离"}); err == nil {
			t.Error("a case that is no longer the leaver's is handed over in his name")
		}
	})
}

func TestOnlyWhoMayHandOverSeesWhatALeaverLeaves(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		w.Lead(world.Minor()).Open()
		for name, who := range map[string]access.Actor{"the handler": w.Handler, "the administrator": w.Administrator, "a reviewer": w.Reviewer} {
			if d, err := desk(w, who, w.Handler.Account); !errors.As(err, new(refusal.Refused)) || len(d.Cases) > 0 {
				t.Errorf("%s sees %d cases of the leaver, %v", name, len(d.Cases), err)
			}
		}
		elsewhere := w.UnitHead
		elsewhere.Unit = "bgs"
		if d, err := desk(w, elsewhere, w.Handler.Account); err != nil || len(d.Cases) != 0 || d.Other != 1 {
			t.Errorf("the head of another unit sees %d cases, %d others, %v", len(d.Cases), d.Other, err)
		}
		if d, err := desk(w, w.Approver, w.Handler.Account); err != nil || len(d.Cases) != 1 {
			t.Errorf("the head of the agency sees %d cases, %v", len(d.Cases), err)
		}
		if _, err := desk(w, w.Approver, "none"); !errors.As(err, new(refusal.NotFound)) {
			t.Errorf("somebody unknown is %v", err)
		}
	})
}
