package access_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

func TestOnlyAnAdministratorManagesAccountsAndNeverTheOwn(t *testing.T) {
	worlds(t, access.Settings{}, func(w *world) {
		admin, a := w.add("admin", access.RoleAdministrator), w.add("zhang", access.RoleHandler)
		w.refused(w.write(func(tx *db.Tx) error {
			return access.SetRoles(tx, w.as(a), admin.ID, []string{access.RoleHandler})
		}), "access:"+access.DefaultDeny)
		w.refused(w.write(func(tx *db.Tx) error {
			return access.SetRoles(tx, w.as(admin), admin.ID, []string{access.RoleApprover})
		}), "access:not-own-account")
		w.invalid(w.write(func(tx *db.Tx) error {
			return access.SetRoles(tx, w.as(admin), a.ID, []string{access.RoleAdministrator, access.RoleHandler})
		}), "roles")
		w.invalid(w.write(func(tx *db.Tx) error {
			_, err := access.Create(tx, w.as(admin), access.NewAccount{Agency: agency, Login: "Zhang", Name: "某乙"})
			return err
		}), "login")
		w.invalid(w.write(func(tx *db.Tx) error {
			_, err := access.Create(tx, w.as(admin), access.NewAccount{Agency: agency, Login: "a b", Name: "", Roles: []string{"king"}})
			return err
		}), "roles")
	})
}

func TestAChangeOfRolesCountsAtOnceAndIsOnTheLedger(t *testing.T) {
	worlds(t, access.Settings{}, func(w *world) {
		admin, a := w.add("admin", access.RoleAdministrator), w.add("zhang", access.RoleHandler)
		token := w.login("zhang", "")
		w.must(w.write(func(tx *db.Tx) error {
			return access.SetRoles(tx, w.as(admin), a.ID, []string{access.RolePublisher, access.RoleChecker})
		}))
		w.gone(token)
		if v := w.visit(w.login("zhang", "")); v.Has(access.RoleHandler) || !v.Has(access.RoleChecker) {
			w.Errorf("roles %v", v.Roles)
		}
		if k := w.kinds(a.ID); k["account.role_granted"] != 3 || k["account.role_revoked"] != 1 || k["account.created"] != 1 {
			w.Errorf("on the ledger: %v", k)
		}
		w.must(w.d.Read(context.Background(), func(tx *db.Tx) error {
			list, err := stream(tx, a.ID)
			for _, r := range list {
				if r.Ref["name"] != "" || r.Ref["login"] != "" {
					w.Errorf("%s names a person in its leaf: %v", r.Kind, r.Ref)
				}
			}
			return err
		}))
	})
}

func TestTheLastAdministratorStays(t *testing.T) {
	worlds(t, access.Settings{}, func(w *world) {
		admin := w.add("admin", access.RoleAdministrator)
		founder := access.Founding(agency)
		w.invalid(w.write(func(tx *db.Tx) error { return access.Disable(tx, founder, admin.ID, "调离") }), "roles")
		w.invalid(w.write(func(tx *db.Tx) error { return access.SetRoles(tx, founder, admin.ID, nil) }), "roles")
		w.add("admin2", access.RoleAdministrator)
		w.must(w.write(func(tx *db.Tx) error { return access.Disable(tx, founder, admin.ID, "调离") }))
	})
}

func TestAccountsAreListedByPage(t *testing.T) {
	worlds(t, access.Settings{}, func(w *world) {
		for i := range 5 {
			w.clock.Advance(minutes(1))
			w.add(fmt.Sprintf("staff%d", i), access.RoleHandler)
		}
		w.add("head", access.RoleApprover)
		w.must(w.d.Read(context.Background(), func(tx *db.Tx) error {
			var seen []string
			for after := ""; ; {
				page, err := access.List(tx, agency, access.Filter{Role: access.RoleHandler}, after, 2)
				if err != nil {
					return err
				}
				if len(page) == 0 {
					break
				}
				for _, a := range page {
					seen = append(seen, a.Login)
				}
				after = page[len(page)-1].ID
			}
			if fmt.Sprint(seen) != "[staff0 staff1 staff2 staff3 staff4]" {
				w.Errorf("seen %v", seen)
			}
			found, err := access.List(tx, agency, access.Filter{Text: "STAFF3"}, "", 10)
			if len(found) != 1 {
				w.Errorf("found %d", len(found))
			}
			none, _ := access.List(tx, agency, access.Filter{Text: "%"}, "", 10)
			if len(none) != 0 {
				w.Errorf("a percent sign is a letter, found %d", len(none))
			}
			return err
		}))
	})
}

func day(t *testing.T, text string) workday.Day {
	t.Helper()
	d, err := workday.ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestADeputyActsWithThePrincipalsPowerAndBothAreNamed(t *testing.T) {
	worlds(t, access.Settings{}, func(w *world) {
		head, deputy, other := w.add("head", access.RoleApprover), w.add("deputy", access.RoleUnitHead), w.add("other", access.RoleHandler)
		n := access.NewActing{Principal: head.ID, Deputy: deputy.ID, From: day(w.T, "2026-03-02"), Until: day(w.T, "2026-03-03"), Reason: "出差"}
		var g access.Acting
		grant := func(actor access.Account) error {
			return w.write(func(tx *db.Tx) (err error) { g, err = access.GrantActing(tx, w.as(actor), n); return err })
		}
		w.refused(grant(other), "access:"+access.DefaultDeny)
		w.must(grant(head))
		own := w.login("deputy", "")
		var unasked refusal.NotFound
		if _, err := w.k.ActAs(context.Background(), own, g.ID); !errors.As(err, &unasked) {
			w.Errorf("a deputy acted who had not agreed: %v", err)
		}
		for _, stranger := range []access.Account{other, head} {
			if err := w.write(func(tx *db.Tx) error { return access.AcceptActing(tx, w.as(stranger), g.ID) }); !errors.As(err, &unasked) {
				w.Errorf("%s agreed in the deputy's place: %v", stranger.Name, err)
			}
		}
		w.agree(deputy, g)
		token, err := w.k.ActAs(context.Background(), own, g.ID)
		w.must(err)
		w.gone(own)
		v := w.visit(token)
		if v.OnBehalf != head.ID || !v.Has(access.RoleApprover) || v.Has(access.RoleUnitHead) || v.Unit != head.Unit {
			w.Errorf("acting: %+v", v)
		}
		if l := v.Ledger(access.RoleApprover); l.Account != deputy.ID || l.OnBehalf != head.ID {
			w.Errorf("the ledger names %+v", l)
		}
		if got := v.Title(); got != "某deputy（代 某head）" {
			w.Errorf("title %s", got)
		}
		back, err := w.k.ActAs(context.Background(), token, "")
		w.must(err)
		if v := w.visit(back); v.OnBehalf != "" || !v.Has(access.RoleUnitHead) {
			w.Errorf("back: %+v", v)
		}
		_, err = w.k.ActAs(context.Background(), w.login("other", ""), g.ID)
		var missing refusal.NotFound
		if !errors.As(err, &missing) {
			w.Errorf("another's grant: %v", err)
		}
		w.clock.Set(day(w.T, "2026-03-04").Start())
		_, err = w.k.ActAs(context.Background(), w.login("deputy", ""), g.ID)
		if !errors.As(err, &missing) {
			w.Errorf("after its last day: %v", err)
		}
	})
}

func TestADeputyNeitherLengthensNorEndsNorPassesOnThePowerOfThePrincipal(t *testing.T) {
	worlds(t, access.Settings{}, func(w *world) {
		head, deputy, other := w.add("head", access.RoleApprover), w.add("deputy", access.RoleUnitHead), w.add("other", access.RoleHandler)
		n := access.NewActing{Principal: head.ID, Deputy: deputy.ID, From: day(w.T, "2026-03-02"), Until: day(w.T, "2026-03-03"), Reason: "出差"}
		var g access.Acting
		w.must(w.write(func(tx *db.Tx) (err error) { g, err = access.GrantActing(tx, w.as(head), n); return err }))
		w.agree(deputy, g)
		token, err := w.k.ActAs(context.Background(), w.login("deputy", ""), g.ID)
		w.must(err)
		acting := w.visit(token).Actor
		acting.StepUp = true
		for name, want := range map[string]access.NewActing{
			"longer":           {Principal: head.ID, Deputy: deputy.ID, From: day(w.T, "2026-03-02"), Until: day(w.T, "2026-12-31"), Reason: "出差"},
			"to another":       {Principal: head.ID, Deputy: other.ID, From: day(w.T, "2026-03-02"), Until: day(w.T, "2026-03-03"), Reason: "出差"},
			"of a third":       {Principal: other.ID, Deputy: deputy.ID, From: day(w.T, "2026-03-02"), Until: day(w.T, "2026-03-03"), Reason: "出差"},
			"of the own power": {Principal: deputy.ID, Deputy: other.ID, From: day(w.T, "2026-03-02"), Until: day(w.T, "2026-03-03"), Reason: "出差"},
		} {
			err := w.write(func(tx *db.Tx) error { _, err := access.GrantActing(tx, acting, want); return err })
			var r refusal.Refused
			if !errors.As(err, &r) || r.Findings[0].Rule != "access:acting-hands-out-no-power" {
				w.Errorf("%s: got %v, want a refusal by acting-hands-out-no-power", name, err)
			}
		}
		w.refused(w.write(func(tx *db.Tx) error { return access.EndActing(tx, acting, g.ID) }), "access:acting-hands-out-no-power")
		list, err := w.grants()
		w.must(err)
		if len(list) != 1 || !list[0].Ended.IsZero() || list[0].Until != n.Until {
			w.Errorf("the grants are now %+v", list)
		}
	})
}

func TestAnEndedGrantEndsTheSessionThatUsesIt(t *testing.T) {
	worlds(t, access.Settings{}, func(w *world) {
		head, deputy := w.add("head", access.RoleApprover), w.add("deputy", access.RoleUnitHead)
		var g access.Acting
		w.must(w.write(func(tx *db.Tx) (err error) {
			g, err = access.GrantActing(tx, w.as(head), access.NewActing{Principal: head.ID, Deputy: deputy.ID, From: day(w.T, "2026-03-02"), Until: day(w.T, "2026-03-31")})
			return err
		}))
		w.agree(deputy, g)
		w.must(w.d.Read(context.Background(), func(tx *db.Tx) error {
			list, err := access.ActingFor(tx, deputy.ID)
			if len(list) != 1 || list[0].PrincipalName != head.Name {
				w.Errorf("acting for %+v", list)
			}
			return err
		}))
		token, err := w.k.ActAs(context.Background(), w.login("deputy", ""), g.ID)
		w.must(err)
		w.must(w.write(func(tx *db.Tx) error { return access.EndActing(tx, w.as(head), g.ID) }))
		w.gone(token)
	})
}

// agree is the word of a deputy whom the principal asked.
func (w *world) agree(deputy access.Account, g access.Acting) {
	w.Helper()
	w.must(w.write(func(tx *db.Tx) error { return access.AcceptActing(tx, w.as(deputy), g.ID) }))
}

func TestAPersonHasOneDeputyAtATimeWhoAgreedOrWasAppointed(t *testing.T) {
	worlds(t, access.Settings{}, func(w *world) {
		handler, head := w.add("handler", access.RoleHandler), w.add("head", access.RoleApprover)
		one, two := w.add("one", access.RoleHandler), w.add("two", access.RoleHandler)
		reviewer := w.add("reviewer", access.RoleReviewer)
		grant := func(by, deputy access.Account) (g access.Acting, err error) {
			err = w.write(func(tx *db.Tx) error {
				g, err = access.GrantActing(tx, w.as(by), access.NewActing{Principal: handler.ID, Deputy: deputy.ID, From: day(w.T, "2026-03-02"), Until: day(w.T, "2026-03-03"), Reason: "出差"})
				return err
			})
			return g, err
		}
		for _, judge := range []access.Account{reviewer, head} {
			_, err := grant(handler, judge)
			w.invalid(err, "deputy")
		}
		asked, err := grant(handler, one)
		w.must(err)
		_, err = grant(handler, two)
		w.invalid(err, "deputy")
		w.must(w.write(func(tx *db.Tx) error { return access.DeclineActing(tx, w.as(one), asked.ID) }))
		appointed, err := grant(head, two)
		w.must(err)
		_, err = w.k.ActAs(context.Background(), w.login("two", ""), appointed.ID)
		w.must(err)
	})
}

func TestAJudgeWhoStandsInForSomebodyOfManyRolesDoesNotHandle(t *testing.T) {
	worlds(t, access.Settings{}, func(w *world) {
		principal, head := w.add("principal", access.RoleHandler, access.RoleUnitHead), w.add("head", access.RoleApprover)
		var g access.Acting
		w.must(w.write(func(tx *db.Tx) (err error) {
			g, err = access.GrantActing(tx, w.as(head), access.NewActing{Principal: principal.ID, Deputy: head.ID, From: day(w.T, "2026-03-02"), Until: day(w.T, "2026-03-03")})
			return err
		}))
		token, err := w.k.ActAs(context.Background(), w.login("head", ""), g.ID)
		w.must(err)
		if v := w.visit(token); v.Has(access.RoleHandler) || !v.Has(access.RoleUnitHead) {
			w.Errorf("the deputy has the roles %v", v.Roles)
		}
	})
}

func TestAnUnusableGrantIsRefusedByField(t *testing.T) {
	worlds(t, access.Settings{}, func(w *world) {
		head, admin := w.add("head", access.RoleApprover), w.add("admin", access.RoleAdministrator)
		deputy := w.add("deputy", access.RoleHandler)
		for _, c := range []struct {
			name, field string
			n           access.NewActing
		}{
			{"the own person", "deputy", access.NewActing{Principal: head.ID, Deputy: head.ID, From: day(w.T, "2026-03-02"), Until: day(w.T, "2026-03-02")}},
			{"an administrator", "deputy", access.NewActing{Principal: head.ID, Deputy: admin.ID, From: day(w.T, "2026-03-02"), Until: day(w.T, "2026-03-02")}},
			{"for an administrator", "principal", access.NewActing{Principal: admin.ID, Deputy: deputy.ID, From: day(w.T, "2026-03-02"), Until: day(w.T, "2026-03-02")}},
			{"days the wrong way", "until", access.NewActing{Principal: head.ID, Deputy: deputy.ID, From: day(w.T, "2026-03-05"), Until: day(w.T, "2026-03-04")}},
			{"days gone by", "until", access.NewActing{Principal: head.ID, Deputy: deputy.ID, From: day(w.T, "2026-02-02"), Until: day(w.T, "2026-02-04")}},
			{"without end", "until", access.NewActing{Principal: head.ID, Deputy: deputy.ID, From: day(w.T, "2026-03-02"), Until: day(w.T, "2028-03-02")}},
		} {
			err := w.write(func(tx *db.Tx) error { _, err := access.GrantActing(tx, w.as(head), c.n); return err })
			var i refusal.Invalid
			var r refusal.Refused
			if (!errors.As(err, &i) || i.Fields[c.field] == "") && !errors.As(err, &r) {
				w.Errorf("%s: %v", c.name, err)
			}
		}
	})
}

func TestALookAtPersonalDataIsRecordedForEver(t *testing.T) {
	worlds(t, access.Settings{}, func(w *world) {
		a := w.add("zhang", access.RoleHandler)
		thing := access.Thing{Kind: "party", ID: "p1", Agency: agency}
		w.invalid(w.write(func(tx *db.Tx) error { return access.RecordLook(tx, w.as(a), thing, " ") }), "purpose")
		for range 3 {
			w.clock.Advance(minutes(1))
			w.must(w.write(func(tx *db.Tx) error { return access.RecordLook(tx, w.as(a), thing, "送达") }))
		}
		w.must(w.d.Read(context.Background(), func(tx *db.Tx) error {
			first, err := access.Looks(tx, agency, access.LookFilter{Account: a.ID}, "", 2)
			if err != nil || len(first) != 2 || !first[0].At.After(first[1].At) {
				w.Errorf("first page %v %v", first, err)
			}
			rest, err := access.Looks(tx, agency, access.LookFilter{}, first[1].ID, 2)
			if len(rest) != 1 || rest[0].Purpose != "送达" {
				w.Errorf("second page %v", rest)
			}
			return err
		}))
		for _, q := range []string{`UPDATE look SET purpose = 'x'`, `DELETE FROM look`} {
			err := w.write(func(tx *db.Tx) error { _, err := tx.Exec(q); return err })
			if code, ok := db.Gate(err); !ok || code != "look-immutable" {
				w.Errorf("%s: %v", q, err)
			}
		}
	})
}
