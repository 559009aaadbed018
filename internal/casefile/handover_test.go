package casefile_test

import (
	"context"
	"errors"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/refusal"
	"mingjing/internal/roster"
	"mingjing/internal/testkit/world"
	"mingjing/internal/workday"
)

// handOver gives the case away in the name of the head of the unit.
func handOver(c *world.Case, to string) error {
	return c.Cases.HandOver(context.Background(), c.UnitHead, c.ID, to, "", "承办人调离。")
}

func wantField(t *testing.T, what string, err error, field string) {
	t.Helper()
	var invalid refusal.Invalid
	if !errors.As(err, &invalid) || invalid.Fields[field] == "" {
		t.Errorf("%s: got %v, want a message at %s", what, err, field)
	}
}

// hire adds an account with roles that is no officer.
func hire(w *world.World, agency, login string, roles ...string) access.Account {
	var a access.Account
	w.Must(w.Write(func(tx *db.Tx) (err error) {
		a, err = access.Create(tx, access.Founding(agency), access.NewAccount{Agency: agency, Login: login, Name: "某" + login, Unit: "mgj", Roles: roles})
		return err
	}))
	return a
}

func TestACaseGoesOnlyToAnActiveHandlerOfTheAgency(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := w.Lead(world.Minor()).Open()
		auditor := hire(w, w.Agency.Code, "shenji", access.RoleAuditor)
		stranger := hire(w, "elsewhere", "waiji", access.RoleHandler)
		w.Must(w.Write(func(tx *db.Tx) error {
			return access.Disable(tx, access.Founding(w.Agency.Code), w.Third.Account, "调离")
		}))
		for what, to := range map[string]string{"nobody": "", "an invented account": "01JZZZZZZZZZZZZZZZZZZZZZZZ", "who has it already": w.Handler.Account,
			"an administrator": w.Administrator.Account, "an auditor": auditor.ID, "a reviewer": w.Reviewer.Account, "a head of a unit": w.UnitHead.Account,
			"a handler of another agency": stranger.ID, "a disabled handler": w.Third.Account} {
			wantField(t, what, handOver(c, to), "to")
		}
		if v := c.View(w.Approver); v.File.Handler != w.Handler.Account {
			t.Fatalf("the case is with %s", v.File.Handler)
		}
		w.Must(handOver(c, w.Second.Account))
	})
}

func TestACaseGoesOnlyToAnOfficerWhoseCertificateIsValidThatDay(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		c := w.Lead(world.Minor()).Open()
		fresh := hire(w, w.Agency.Code, "xinlai", access.RoleHandler)
		wantField(t, "a handler who is no officer", handOver(c, fresh.ID), "to")
		w.Must(w.Write(func(tx *db.Tx) error {
			founder := access.Founding(w.Agency.Code)
			o, err := roster.AddOfficer(tx, founder, roster.Officer{Agency: w.Agency.Code, Unit: "mgj", Name: fresh.Name, Staff: roster.Established, Account: fresh.ID, From: w.Today()})
			if err != nil {
				return err
			}
			_, err = roster.AddCertificate(tx, founder, roster.Certificate{Officer: o.ID, Number: "220300010099", Issuer: "吉林省司法厅", Class: "民政", Area: "四平市",
				ValidFrom: w.Today().AddDays(3), ValidTill: w.Today().AddDays(400)})
			return err
		}))
		wantField(t, "a certificate that is not valid yet", handOver(c, fresh.ID), "to")
		w.Days(3)
		w.Must(handOver(c, fresh.ID))
		w.Until(mustDay(t, "2028-01-03"))
		wantField(t, "a certificate that ran out", handOver(c, w.Second.Account), "to")
	})
}

func TestACaseThatIsOverDoesNotChangeHands(t *testing.T) {
	world.Run(t, func(t *testing.T, w *world.World) {
		for _, state := range []string{"closed", "archived", "rejected", "converted"} {
			c := w.Lead(world.Minor())
			w.Must(w.Write(func(tx *db.Tx) error {
				_, err := tx.Exec(`UPDATE case_file SET state = $1 WHERE id = $2`, state, c.ID)
				return err
			}))
			if got := world.Refusals(handOver(c, w.Second.Account)); len(got) != 1 || got[0] != "CASE-HANDOVER" {
				t.Errorf("a case that is %s: refused by %v", state, got)
			}
			if v := c.View(w.Approver); v.File.Handler != w.Handler.Account {
				t.Errorf("a case that is %s went to %s", state, v.File.Handler)
			}
		}
	})
}

func mustDay(t *testing.T, text string) workday.Day {
	t.Helper()
	d, err := workday.ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
