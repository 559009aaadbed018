package access_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/ledger"
)

func stream(tx *db.Tx, subject string) ([]ledger.Record, error) {
	return ledger.Stream(tx, "account", subject)
}

func TestALoginOpensASessionThatIdlesOutAndEndsAfterHalfADay(t *testing.T) {
	worlds(t, access.Settings{}, func(w *world) {
		a := w.add("zhang", access.RoleHandler)
		token := w.login(" ZHANG ", "")
		v := w.visit(token)
		if v.Account != a.ID || !v.Has(access.RoleHandler) || !v.StepUp || v.MustEnrol {
			w.Errorf("visit %+v", v)
		}
		w.clock.Advance(minutes(29))
		w.visit(token)
		w.clock.Advance(minutes(29))
		w.visit(token)
		w.clock.Advance(minutes(30))
		w.gone(token)

		token = w.login("zhang", "")
		for range 12*60/25 + 1 {
			w.clock.Advance(minutes(25))
			_, _ = w.k.Resolve(context.Background(), token)
		}
		w.gone(token)
		if got := w.kinds(a.ID)["account.logged_in"]; got != 2 {
			w.Errorf("%d logins on the ledger, want 2", got)
		}
	})
}

func TestAWrongLoginTellsNothingAndLocksAfterFiveTries(t *testing.T) {
	worlds(t, access.Settings{}, func(w *world) {
		a := w.add("zhang", access.RoleHandler)
		ctx := context.Background()
		var first string
		for _, login := range []string{"zhang", "nobody"} {
			for range 5 {
				_, err := w.k.Login(ctx, login, "wrong password 1", "")
				w.invalid(err, "login")
				if first == "" {
					first = err.Error()
				}
				if err.Error() != first {
					w.Errorf("%s: %v tells more than %s", login, err, first)
				}
			}
			if _, err := w.k.Login(ctx, login, password, ""); err == nil {
				w.Errorf("%s is not locked", login)
			}
		}
		if w.kinds(a.ID)["account.locked"] != 1 {
			w.Errorf("the lock is not on the ledger: %v", w.kinds(a.ID))
		}
		w.clock.Advance(minutes(1))
		if _, err := w.k.Login(ctx, "zhang", "wrong password 1", ""); err == nil {
			w.Error("a wrong password opens")
		}
		w.clock.Advance(minutes(1)) // the second lock is two minutes long
		if _, err := w.k.Login(ctx, "zhang", password, ""); err == nil {
			w.Error("the lock did not double")
		}
		w.clock.Advance(minutes(1))
		w.visit(w.login("zhang", ""))
	})
}

func TestTriesMadeAtOnceCannotRunPastTheLock(t *testing.T) {
	worlds(t, access.Settings{}, func(w *world) {
		w.add("zhang", access.RoleHandler)
		var group sync.WaitGroup
		var mu sync.Mutex
		judged := 0
		for range 12 {
			group.Go(func() {
				_, err := w.k.Login(context.Background(), "zhang", "wrong password 1", "")
				mu.Lock()
				defer mu.Unlock()
				if err != nil && strings.Contains(err.Error(), "login") && !strings.Contains(err.Error(), "后再试") {
					judged++
				}
			})
		}
		group.Wait()
		var failures int64
		w.must(w.d.Read(context.Background(), func(tx *db.Tx) error {
			return tx.Row(`SELECT failures FROM login_attempt`).Scan(&failures)
		}))
		if failures != 5 || judged != 12 {
			w.Errorf("%d tries were judged, want 5 (of %d answers)", failures, judged)
		}
	})
}

func TestADisabledAccountLosesItsSessionsAtOnceAndCannotLogIn(t *testing.T) {
	worlds(t, access.Settings{}, func(w *world) {
		admin, a := w.add("admin", access.RoleAdministrator), w.add("zhang", access.RoleHandler)
		token := w.login("zhang", "")
		w.must(w.write(func(tx *db.Tx) error { return access.Disable(tx, w.as(admin), a.ID, "调离") }))
		w.gone(token)
		_, err := w.k.Login(context.Background(), "zhang", password, "")
		w.invalid(err, "login")
		w.must(w.write(func(tx *db.Tx) error { return access.Enable(tx, w.as(admin), a.ID, "调回") }))
		w.visit(w.login("zhang", ""))
	})
}

func TestAChangedPasswordEndsEverySessionButTheNewOne(t *testing.T) {
	worlds(t, access.Settings{}, func(w *world) {
		w.add("zhang", access.RoleHandler)
		one, two := w.login("zhang", ""), w.login("zhang", "")
		_, err := w.k.ChangePassword(context.Background(), one, password, "short", "")
		w.invalid(err, "password")
		_, err = w.k.ChangePassword(context.Background(), one, "not the password 1", "river 42 lantern", "")
		w.invalid(err, "login")
		fresh, err := w.k.ChangePassword(context.Background(), one, password, "river 42 lantern", "")
		w.must(err)
		w.gone(one)
		w.gone(two)
		w.visit(fresh)
		_, err = w.k.Login(context.Background(), "zhang", password, "")
		w.invalid(err, "login")
		_, err = w.k.Login(context.Background(), "zhang", "river 42 lantern", "")
		w.must(err)
	})
}

func TestOnlyTheHashOfAPasswordAndOfATokenIsStored(t *testing.T) {
	worlds(t, access.Settings{}, func(w *world) {
		w.add("zhang", access.RoleHandler)
		token := w.login("zhang", "")
		w.must(w.d.Read(context.Background(), func(tx *db.Tx) error {
			var hash, id string
			if err := tx.Row(`SELECT password FROM account`).Scan(&hash); err != nil {
				return err
			}
			if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") || strings.Contains(hash, password) {
				w.Errorf("stored password %s", hash)
			}
			err := tx.Row(`SELECT id_hash FROM session`).Scan(&id)
			if id == token || len(id) != 64 {
				w.Errorf("stored session %s", id)
			}
			return err
		}))
	})
}

func TestASetupCodeWorksOnceAndRunsOut(t *testing.T) {
	worlds(t, access.Settings{}, func(w *world) {
		var a access.Account
		var code string
		founder := access.Founding(agency)
		issue := func() {
			w.must(w.write(func(tx *db.Tx) (err error) {
				code, _, err = access.IssueSetupCode(tx, founder, a.ID)
				return err
			}))
		}
		w.must(w.write(func(tx *db.Tx) (err error) {
			a, err = access.Create(tx, founder, access.NewAccount{Agency: agency, Login: "admin", Name: "某甲", Roles: []string{access.RoleAdministrator}})
			return err
		}))
		issue()
		if _, err := w.k.Login(context.Background(), "admin", "", ""); err == nil {
			w.Error("an account without a password opens to an empty one")
		}
		w.invalid(w.k.Redeem(context.Background(), code, "admin admin 1"), "password")
		w.must(w.k.Redeem(context.Background(), strings.ToLower(strings.ReplaceAll(code, "-", " ")), password))
		w.invalid(w.k.Redeem(context.Background(), code, "another 77 secret"), "code")
		w.visit(w.login("admin", ""))
		issue()
		w.clock.Advance(73 * time.Hour)
		w.invalid(w.k.Redeem(context.Background(), code, "another 77 secret"), "code")
	})
}

func TestEndedSessionsAreTheOwnOnesOnly(t *testing.T) {
	worlds(t, access.Settings{}, func(w *world) {
		w.add("zhang", access.RoleHandler)
		w.add("wang", access.RoleHandler)
		mine, other, foreign := w.login("zhang", ""), w.login("zhang", ""), w.login("wang", "")
		list, err := w.k.Sessions(context.Background(), mine)
		w.must(err)
		if len(list) != 2 {
			w.Fatalf("%d sessions listed, want 2", len(list))
		}
		for _, s := range list {
			if err := w.k.EndSession(context.Background(), foreign, s.ID); err == nil {
				w.Error("somebody else's session was ended")
			}
			if !s.Current {
				w.must(w.k.EndSession(context.Background(), mine, s.ID))
			}
		}
		w.gone(other)
		w.visit(mine)
		w.must(w.k.Logout(context.Background(), mine))
		w.gone(mine)
	})
}

func TestAllOtherSessionsOfAPersonEndAtOnceAndNobodyElses(t *testing.T) {
	worlds(t, access.Settings{}, func(w *world) {
		w.add("zhang", access.RoleHandler)
		w.add("wang", access.RoleHandler)
		mine, one, two, foreign := w.login("zhang", ""), w.login("zhang", ""), w.login("zhang", ""), w.login("wang", "")
		n, err := w.k.EndOtherSessions(context.Background(), mine)
		w.must(err)
		if n != 2 {
			w.Errorf("%d sessions ended, want 2", n)
		}
		w.gone(one)
		w.gone(two)
		w.visit(mine)
		w.visit(foreign)
	})
}

func TestMovingTheDemonstrationClockLogsNobodyOut(t *testing.T) {
	worlds(t, access.Settings{}, func(w *world) {
		w.add("zhang", access.RoleHandler)
		token := w.login("zhang", "")
		w.clock.Advance(90 * 24 * time.Hour)
		w.must(w.write(func(tx *db.Tx) error { return access.ShiftSessions(tx, 90*24*time.Hour) }))
		w.visit(token)
		w.clock.Advance(time.Hour)
		w.must(w.write(access.Prune))
		w.gone(token)
	})
}
