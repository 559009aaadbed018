package access_test

import (
	"context"
	"strings"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/access/factor"
	"mingjing/internal/db"
)

func TestARoleThatNeedsASecondFactorIsWithoutPowerUntilItIsEnrolled(t *testing.T) {
	worlds(t, access.Settings{SecondFactor: true}, func(w *world) {
		w.add("head", access.RoleApprover)
		w.add("zhang", access.RoleHandler)
		if v := w.visit(w.login("zhang", "")); v.MustEnrol || !v.Has(access.RoleHandler) {
			w.Errorf("a handler must not need a factor: %+v", v)
		}
		token := w.login("head", "")
		if v := w.visit(token); !v.MustEnrol || len(v.Roles) != 0 {
			w.Errorf("before enrolment: %+v", v)
		}
		token, secret := w.enrol(token)
		if v := w.visit(token); v.MustEnrol || !v.Has(access.RoleApprover) || !v.StepUp {
			w.Errorf("after enrolment: %+v", v)
		}
		_, err := w.k.Login(context.Background(), "head", password, "")
		w.invalid(err, "code")
		_, err = w.k.Login(context.Background(), "head", password, "000000")
		w.invalid(err, "login")
		_, err = w.k.Login(context.Background(), "head", password, w.code(secret))
		w.invalid(err, "login") // the code was spent by the enrolment
		w.clock.Advance(minutes(1))
		code := w.code(secret)
		w.visit(w.login("head", code))
		_, err = w.k.Login(context.Background(), "head", password, code)
		w.invalid(err, "login")
	})
}

func TestPresenceIsProvedAgainForActsOfWeight(t *testing.T) {
	worlds(t, access.Settings{SecondFactor: true}, func(w *world) {
		w.add("head", access.RoleApprover)
		token, secret := w.enrol(w.login("head", ""))
		w.clock.Advance(minutes(16))
		v := w.visit(token)
		act := access.Thing{Kind: "case", ID: "c", Agency: agency}
		if d := access.Can(v.Actor, access.CaseApprove, act); d.Allowed || !d.NeedStepUp {
			w.Errorf("after a quarter of an hour: %+v", d)
		}
		if d := access.Can(v.Actor, access.CaseView, act); !d.Allowed {
			w.Errorf("looking needs no fresh proof: %+v", d)
		}
		_, err := w.k.StepUp(context.Background(), token, password, "")
		w.invalid(err, "code")
		fresh, err := w.k.StepUp(context.Background(), token, password, w.code(secret))
		w.must(err)
		w.gone(token)
		if d := access.Can(w.visit(fresh).Actor, access.CaseApprove, act); !d.Allowed {
			w.Errorf("after the proof: %+v", d)
		}
	})
}

func TestALostFactorIsTakenOffByTwoPeople(t *testing.T) {
	worlds(t, access.Settings{SecondFactor: true}, func(w *world) {
		one, two := w.add("admin1", access.RoleAdministrator), w.add("admin2", access.RoleAdministrator)
		auditor, head := w.add("auditor", access.RoleAuditor), w.add("head", access.RoleApprover)
		token, _ := w.enrol(w.login("head", ""))
		head.HasFactor = true
		var r access.FactorReset
		request := func(actor access.Account) error {
			return w.write(func(tx *db.Tx) (err error) {
				r, err = access.RequestReset(tx, w.as(actor), head.ID, "手机遗失，当面核对工作证")
				return err
			})
		}
		confirm := func(actor access.Account) error {
			return w.write(func(tx *db.Tx) error { return access.ConfirmReset(tx, w.as(actor), r.ID) })
		}
		w.refused(request(auditor), "access:"+access.DefaultDeny)
		w.must(request(one))
		w.refused(confirm(one), "access:second-person-confirms")
		w.refused(confirm(head), "access:not-own-account")
		w.visit(token)
		w.must(confirm(auditor))
		w.gone(token)
		if v := w.visit(w.login("head", "")); !v.MustEnrol {
			w.Errorf("after the reset: %+v", v)
		}
		w.invalid(confirm(two), "reset")
		kinds := w.kinds(head.ID)
		if kinds["account.factor_reset_requested"] != 1 || kinds["account.factor_reset_confirmed"] != 1 || kinds["account.factor_enrolled"] != 1 {
			w.Errorf("on the ledger: %v", kinds)
		}
	})
}

// stored is what the database holds of the secrets of an account.
func (w *world) stored(id string) (totp, pending string) {
	w.Helper()
	w.must(w.d.Read(context.Background(), func(tx *db.Tx) error {
		return tx.Row(`SELECT totp, totp_pending FROM account WHERE id = $1`, id).Scan(&totp, &pending)
	}))
	return totp, pending
}

func TestTheSecretOfAFactorLiesSealedInTheDatabase(t *testing.T) {
	worlds(t, access.Settings{SecondFactor: true}, func(w *world) {
		head, other := w.add("head", access.RoleApprover), w.add("other", access.RoleApprover)
		token := w.login("head", "")
		e, err := w.k.BeginEnrolment(context.Background(), token)
		w.must(err)
		if _, pending := w.stored(head.ID); strings.Contains(pending, e.Secret) || !factor.Sealed(pending) {
			w.Errorf("while it waits the database holds %q", pending)
		}
		_, err = w.k.ConfirmEnrolment(context.Background(), token, w.code(e.Secret))
		w.must(err)
		totp, pending := w.stored(head.ID)
		if strings.Contains(totp, e.Secret) || !factor.Sealed(totp) || pending != "" {
			w.Errorf("the database holds %q and %q", totp, pending)
		}
		// Whoever writes the own sealed secret into another's row does not log in as that person.
		w.must(w.write(func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE account SET totp = $1 WHERE id = $2`, totp, other.ID)
			return err
		}))
		w.clock.Advance(minutes(1))
		if _, err := w.k.Login(context.Background(), "other", password, w.code(e.Secret)); err == nil {
			w.Error("a secret that was sealed for another account opened a session")
		}
		w.visit(w.login("head", w.code(e.Secret)))
	})
}

func TestASecretThatLayInClearIsSealedAtTheStartAndGoesOnWorking(t *testing.T) {
	worlds(t, access.Settings{SecondFactor: true}, func(w *world) {
		const secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
		head, waiting, none := w.add("head", access.RoleApprover), w.add("waiting", access.RoleApprover), w.add("none", access.RoleHandler)
		w.must(w.write(func(tx *db.Tx) error {
			if _, err := tx.Exec(`UPDATE account SET totp = $1 WHERE id = $2`, secret, head.ID); err != nil {
				return err
			}
			_, err := tx.Exec(`UPDATE account SET totp_pending = $1 WHERE id = $2`, secret, waiting.ID)
			return err
		}))
		for range 2 { // the second start finds nothing to do
			w.must(w.key.SealKept(context.Background(), w.d))
		}
		totp, _ := w.stored(head.ID)
		if opened, err := w.key.Open(head.ID, totp); err != nil || opened != secret {
			w.Errorf("the database holds %q: %q, %v", totp, opened, err)
		}
		_, pending := w.stored(waiting.ID)
		if opened, err := w.key.Open(waiting.ID, pending); err != nil || opened != secret {
			w.Errorf("what waits is %q: %q, %v", pending, opened, err)
		}
		if totp, pending := w.stored(none.ID); totp != "" || pending != "" {
			w.Errorf("who has no factor has %q and %q", totp, pending)
		}
		w.visit(w.login("head", w.code(secret)))
	})
}

func TestAFactorThatWasSetIsAskedForInADemonstrationToo(t *testing.T) {
	worlds(t, access.Settings{}, func(w *world) {
		w.add("head", access.RoleApprover)
		_, secret := w.enrol(w.login("head", ""))
		_, err := w.k.Login(context.Background(), "head", password, "")
		w.invalid(err, "code")
		w.clock.Advance(minutes(1))
		w.login("head", w.code(secret))
	})
}
