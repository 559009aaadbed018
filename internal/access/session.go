package access

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"mingjing/internal/access/pass"
	"mingjing/internal/db"
	"mingjing/internal/refusal"
)

// Sessions are a table of this store and not a library: alexedwards/scs reads the machine's clock to end a session and
// writes on its own connection, so a demonstration's clock could not end one, and on SQLite it would meet the single
// writer. What is left of a session store once both are taken out is what stands here: one row, found by the hash of
// its token.

// The life of a session: half an hour without a request, half a day in all; a proof of presence counts for a quarter.
const (
	idleLimit    = 30 * time.Minute
	absoluteLife = 12 * time.Hour
	stepUpLife   = 15 * time.Minute
	touchEvery   = time.Minute // a request within a minute of the last does not write
)

// ErrNoSession says that the token opens nothing, or no longer does.
var ErrNoSession = errors.New("access: no such session")

// Visit is a session as one request sees it.
type Visit struct {
	Actor
	// Own are the person's own roles, whoever they act for now.
	Own []string
	// Acting is the id of the grant under which the person acts for another; "" for none.
	Acting string
	// MustEnrol says that the person's roles need a second factor and there is none yet: until it is enrolled the
	// actor has no role at all.
	MustEnrol       bool
	Created, Ends   time.Time
	PasswordChanged time.Time
}

// sessionRow is a session as stored.
type sessionRow struct {
	account, acting, onBehalf      string
	created, seen, expires, stepUp time.Time
}

func openSession(tx *db.Tx, token, account string) error {
	return insertSession(tx, token, sessionRow{account: account, created: tx.Now(), expires: tx.Now().Add(absoluteLife), stepUp: tx.Now()})
}

func insertSession(tx *db.Tx, token string, s sessionRow) error {
	if _, err := tx.Exec(`INSERT INTO session (id_hash, account, created, seen, expires, acting, on_behalf, step_up_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, pass.Digest(token), s.account, db.Text(s.created), db.Text(tx.Now()), db.Text(s.expires),
		s.acting, s.onBehalf, db.Text(s.stepUp)); err != nil {
		return fmt.Errorf("access: open session: %w", err)
	}
	return nil
}

// readSession finds a session that has not ended; ErrNoSession otherwise.
func readSession(tx *db.Tx, token string) (sessionRow, error) {
	var s sessionRow
	var created, seen, expires, stepUp string
	err := tx.Row(`SELECT account, acting, on_behalf, created, seen, expires, step_up_at FROM session WHERE id_hash = $1`, pass.Digest(token)).
		Scan(&s.account, &s.acting, &s.onBehalf, &created, &seen, &expires, &stepUp)
	if db.IsMissing(err) {
		return s, ErrNoSession
	}
	if err != nil {
		return s, fmt.Errorf("access: session: %w", err)
	}
	for _, t := range []struct {
		text string
		into *time.Time
	}{{created, &s.created}, {seen, &s.seen}, {expires, &s.expires}, {stepUp, &s.stepUp}} {
		if *t.into, err = db.Time(t.text); err != nil {
			return s, fmt.Errorf("access: session: %w", err)
		}
	}
	if !tx.Now().Before(s.expires) || tx.Awake().Sub(s.seen) >= idleLimit {
		return s, ErrNoSession
	}
	return s, nil
}

// Resolve finds who makes a request. Roles are read afresh each time, so a change of power counts from the next request
// on. It is ErrNoSession when the token opens nothing.
func (k *Keeper) Resolve(ctx context.Context, token string) (Visit, error) {
	if token == "" {
		return Visit{}, ErrNoSession
	}
	var v Visit
	var s sessionRow
	var now time.Time
	if err := k.db.Read(ctx, func(tx *db.Tx) (err error) {
		now = tx.Now()
		if s, err = readSession(tx, token); err != nil {
			return err
		}
		v, err = k.visit(tx, s)
		return err
	}); err != nil {
		return Visit{}, err
	}
	if now.Sub(s.seen) >= touchEvery && !k.db.ReadOnly() {
		var met *db.HaltError // a store whose disk is full does not note the request, and is read all the same
		if err := k.db.Write(ctx, v.Agency, func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE session SET seen = $1 WHERE id_hash = $2`, db.Text(tx.Now()), pass.Digest(token))
			return err
		}); err != nil && !errors.As(err, &met) {
			return Visit{}, fmt.Errorf("access: session: %w", err)
		}
	}
	return v, nil
}

func (k *Keeper) visit(tx *db.Tx, s sessionRow) (Visit, error) {
	a, err := Get(tx, s.account)
	if err != nil {
		return Visit{}, err
	}
	if !a.Active() {
		return Visit{}, ErrNoSession
	}
	v := Visit{Own: a.Roles, Created: s.created, Ends: s.expires,
		Actor: Actor{Account: a.ID, Name: a.Name, Agency: a.Agency, Unit: a.Unit, Roles: a.Roles}}
	v.StepUp = !k.settings.SecondFactor || tx.Now().Sub(s.stepUp) < stepUpLife
	if s.acting != "" {
		if err := actFor(tx, &v, s.acting); err != nil {
			return Visit{}, err
		}
	}
	if k.settings.SecondFactor && !a.HasFactor && anyNeedsFactor(v.Roles) {
		v.MustEnrol, v.Roles = true, nil
	}
	var changed string
	if err := tx.Row(`SELECT password_at FROM account WHERE id = $1`, a.ID).Scan(&changed); err != nil {
		return Visit{}, fmt.Errorf("access: session: %w", err)
	}
	v.PasswordChanged, err = db.Time(changed)
	return v, err
}

func anyNeedsFactor(roles []string) bool {
	for _, role := range roles {
		if needsSecondFactor(role) {
			return true
		}
	}
	return false
}

// Logout ends one session. An unknown token is no error.
func (k *Keeper) Logout(ctx context.Context, token string) error {
	return k.db.Write(ctx, "session", func(tx *db.Tx) error {
		if _, err := tx.Exec(`DELETE FROM session WHERE id_hash = $1`, pass.Digest(token)); err != nil {
			return fmt.Errorf("access: logout: %w", err)
		}
		return nil
	})
}

// EndSessions ends every session of an account, and those in which somebody acts for it.
func EndSessions(tx *db.Tx, account string) error {
	if _, err := tx.Exec(`DELETE FROM session WHERE account = $1 OR on_behalf = $1`, account); err != nil {
		return fmt.Errorf("access: end sessions: %w", err)
	}
	return nil
}

// rotate replaces a session by one with a new token, because its power changes (session fixation).
func rotate(tx *db.Tx, token, fresh string, change func(*sessionRow)) error {
	s, err := readSession(tx, token)
	if err != nil {
		return err
	}
	change(&s)
	if _, err := tx.Exec(`DELETE FROM session WHERE id_hash = $1`, pass.Digest(token)); err != nil {
		return fmt.Errorf("access: renew session: %w", err)
	}
	return insertSession(tx, fresh, s)
}

// StepUp proves presence again, with the code of the second factor where the account has one and with the password
// always. The token returned replaces the one given.
func (k *Keeper) StepUp(ctx context.Context, token, password, code string) (string, error) {
	v, err := k.Resolve(ctx, token)
	if err != nil {
		return "", err
	}
	a, err := k.accountOf(ctx, v.Account)
	if err != nil {
		return "", err
	}
	s, step, err := k.prove(ctx, "id", a.ID, a.Login, password, code)
	if err != nil {
		return "", err
	}
	fresh := pass.New()
	err = k.db.Write(ctx, a.Agency, func(tx *db.Tx) error {
		if err := k.accept(tx, s, step); err != nil {
			return err
		}
		return rotate(tx, token, fresh, func(r *sessionRow) { r.stepUp = tx.Now() })
	})
	if err != nil {
		return "", err
	}
	return fresh, nil
}

// OpenSession is what a person sees of the own sessions.
type OpenSession struct {
	ID            string // the hash of the token; it opens nothing
	Created, Seen time.Time
	Current       bool
}

// sessionsShown bounds the list of one person's sessions.
const sessionsShown = 50

// Sessions lists the person's open sessions, the newest first.
func (k *Keeper) Sessions(ctx context.Context, token string) ([]OpenSession, error) {
	var list []OpenSession
	err := k.db.Read(ctx, func(tx *db.Tx) error {
		s, err := readSession(tx, token)
		if err != nil {
			return err
		}
		return tx.Each(`SELECT id_hash, created, seen FROM session WHERE account = $1 AND expires > $2 AND seen > $3
			ORDER BY created DESC, id_hash LIMIT $4`, []any{s.account, db.Text(tx.Now()), db.Text(tx.Now().Add(-idleLimit)), sessionsShown},
			func(rows *sql.Rows) error {
				var o OpenSession
				var created, seen string
				if err := rows.Scan(&o.ID, &created, &seen); err != nil {
					return err
				}
				o.Current = o.ID == pass.Digest(token)
				if o.Created, err = db.Time(created); err != nil {
					return err
				}
				o.Seen, err = db.Time(seen)
				list = append(list, o)
				return err
			})
	})
	return list, err
}

// EndSession ends one of the person's own sessions by its id.
func (k *Keeper) EndSession(ctx context.Context, token, id string) error {
	v, err := k.Resolve(ctx, token)
	if err != nil {
		return err
	}
	return k.db.Write(ctx, v.Agency, func(tx *db.Tx) error {
		n, err := tx.Exec(`DELETE FROM session WHERE id_hash = $1 AND account = $2`, id, v.Account)
		if err == nil && n == 0 {
			return refusal.NotFound{What: "登录状态"}
		}
		return err
	})
}

// EndOtherSessions ends every session of the person but the one that asks, and tells how many they were.
func (k *Keeper) EndOtherSessions(ctx context.Context, token string) (ended int64, err error) {
	v, err := k.Resolve(ctx, token)
	if err != nil {
		return 0, err
	}
	err = k.db.Write(ctx, v.Agency, func(tx *db.Tx) error {
		ended, err = tx.Exec(`DELETE FROM session WHERE account = $1 AND id_hash <> $2`, v.Account, pass.Digest(token))
		return err
	})
	return ended, err
}

// ShiftSessions moves every session along with the clock of a demonstration, so that moving it logs nobody out.
func ShiftSessions(tx *db.Tx, by time.Duration) error {
	type moved struct{ id, created, seen, expires, stepUp string }
	var list []moved
	shift := func(text string) (string, error) {
		t, err := db.Time(text)
		if err != nil || t.IsZero() {
			return text, err
		}
		return db.Text(t.Add(by)), nil
	}
	err := tx.Each(`SELECT id_hash, created, seen, expires, step_up_at FROM session ORDER BY id_hash LIMIT 10000`, nil, func(rows *sql.Rows) error {
		var m moved
		err := rows.Scan(&m.id, &m.created, &m.seen, &m.expires, &m.stepUp)
		for _, text := range []*string{&m.created, &m.seen, &m.expires, &m.stepUp} {
			if err == nil {
				*text, err = shift(*text)
			}
		}
		list = append(list, m)
		return err
	})
	if err != nil {
		return fmt.Errorf("access: shift sessions: %w", err)
	}
	for _, m := range list {
		if _, err := tx.Exec(`UPDATE session SET created = $1, seen = $2, expires = $3, step_up_at = $4 WHERE id_hash = $5`,
			m.created, m.seen, m.expires, m.stepUp, m.id); err != nil {
			return fmt.Errorf("access: shift sessions: %w", err)
		}
	}
	return nil
}
