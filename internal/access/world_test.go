package access_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"mingjing/internal/access"
	"mingjing/internal/access/factor"
	secret "mingjing/internal/access/password"
	"mingjing/internal/db"
	"mingjing/internal/refusal"
	"mingjing/internal/testkit"
)

const (
	agency   = "agency-1"
	password = "lantern 42 river"
)

// passwordHash is made once: hashing is meant to be slow.
var passwordHash = sync.OnceValue(func() string { return secret.Hash(password) })

// world is an agency with accounts, at a clock that the test moves.
type world struct {
	*testing.T
	d     *db.DB
	k     *access.Keeper
	clock *testkit.Clock
	key   *factor.Key
}

func worlds(t *testing.T, s access.Settings, body func(w *world)) {
	clock := testkit.NewClock(t, "2026-03-02T09:00:00+08:00")
	testkit.StoresAt(t, clock.Now, func(t *testing.T, d *db.DB) {
		key, err := factor.NewKey()
		if err != nil {
			t.Fatal(err)
		}
		s.Factors = key
		clock.Set(testkit.NewClock(t, "2026-03-02T09:00:00+08:00").Now())
		s.Passwords = testkit.Passwords()
		body(&world{t, d, access.NewKeeper(d, s), clock, key})
	})
}

func (w *world) write(run func(tx *db.Tx) error) error {
	return w.d.Write(context.Background(), agency, run)
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *world) add(login string, roles ...string) access.Account {
	w.Helper()
	hash := passwordHash()
	var a access.Account
	w.must(w.write(func(tx *db.Tx) (err error) {
		a, err = access.Create(tx, access.Founding(agency), access.NewAccount{Agency: agency, Login: login, Name: "某" + login, Unit: "unit-" + login, Roles: roles, PasswordHash: hash})
		return err
	}))
	return a
}

func (w *world) login(login, code string) string {
	w.Helper()
	token, err := w.k.Login(context.Background(), login, password, code)
	w.must(err)
	return token
}

func (w *world) visit(token string) access.Visit {
	w.Helper()
	v, err := w.k.Resolve(context.Background(), token)
	w.must(err)
	return v
}

func (w *world) gone(token string) {
	w.Helper()
	if _, err := w.k.Resolve(context.Background(), token); !errors.Is(err, access.ErrNoSession) {
		w.Errorf("the session still opens: %v", err)
	}
}

func (w *world) as(a access.Account) access.Actor {
	return access.Actor{Account: a.ID, Name: a.Name, Agency: a.Agency, Unit: a.Unit, Roles: a.Roles, StepUp: true}
}

// enrol gives the account of a session a second factor and returns the new token and the secret.
func (w *world) enrol(token string) (string, string) {
	w.Helper()
	e, err := w.k.BeginEnrolment(context.Background(), token)
	w.must(err)
	fresh, err := w.k.ConfirmEnrolment(context.Background(), token, w.code(e.Secret))
	w.must(err)
	w.gone(token)
	return fresh, e.Secret
}

func (w *world) code(secret string) string {
	w.Helper()
	code, err := totp.GenerateCode(secret, w.clock.Now())
	w.must(err)
	return code
}

func (w *world) refused(err error, rule string) {
	w.Helper()
	var r refusal.Refused
	if !errors.As(err, &r) || r.Findings[0].Rule != rule {
		w.Errorf("got %v, want a refusal by %s", err, rule)
	}
}

func (w *world) invalid(err error, field string) {
	w.Helper()
	var i refusal.Invalid
	if !errors.As(err, &i) || i.Fields[field] == "" {
		w.Errorf("got %v, want field %s to be invalid", err, field)
	}
}

func (w *world) kinds(subject string) map[string]int {
	w.Helper()
	kinds := map[string]int{}
	w.must(w.d.Read(context.Background(), func(tx *db.Tx) error {
		list, err := stream(tx, subject)
		for _, r := range list {
			kinds[r.Kind]++
		}
		return err
	}))
	return kinds
}

func (w *world) grants() (list []access.Acting, err error) {
	err = w.d.Read(context.Background(), func(tx *db.Tx) (err error) {
		list, err = access.Deputies(tx, agency, "", 10)
		return err
	})
	return list, err
}

func minutes(n int) time.Duration { return time.Duration(n) * time.Minute }
