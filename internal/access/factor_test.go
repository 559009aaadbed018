package access_test

import (
	"context"
	"testing"

	"mingjing/internal/access"
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
