package access

import (
	"context"
	"fmt"

	"mingjing/internal/access/factor"
	"mingjing/internal/access/pass"
	secret "mingjing/internal/access/password"
	"mingjing/internal/db"
	"mingjing/internal/refusal"
)

// Settings are the few things an agency chooses about logging in.
type Settings struct {
	// SecondFactor asks approvers, publishers, checkers, reviewers and administrators for a TOTP code, and everybody for
	// a fresh proof of presence before acts of weight. It is on in a real agency and off in a demonstration.
	SecondFactor bool
	// Factors seals the secrets of second factors; without it nobody can enrol one.
	Factors *factor.Key
	// Issuer is shown by the authenticator app; empty means 明镜.
	Issuer string
	// Passwords is what hashing a password costs; the zero one is the standard.
	Passwords secret.Cost
}

// Keeper keeps the door: it judges logins and knows sessions. It is safe for concurrent use.
type Keeper struct {
	db       *db.DB
	settings Settings
	hashing  chan struct{} // bounds how many passwords are hashed at once, 19 MiB each
}

// hashingAtOnce bounds the memory of a flood of logins to some 76 MiB.
const hashingAtOnce = 4

// NewKeeper makes the keeper of a store.
func NewKeeper(d *db.DB, s Settings) *Keeper {
	if s.Issuer == "" {
		s.Issuer = "明镜"
	}
	return &Keeper{db: d, settings: s, hashing: make(chan struct{}, hashingAtOnce)}
}

func (k *Keeper) hash(password string) string {
	k.hashing <- struct{}{}
	defer func() { <-k.hashing }()
	return k.settings.Passwords.Hash(password)
}

func (k *Keeper) verify(stored, password string) bool {
	k.hashing <- struct{}{}
	defer func() { <-k.hashing }()
	if len(password) > 4*secret.Max {
		password = "" // too long to be anybody's: cost as usual, never right
	}
	return k.settings.Passwords.Fits(stored, password)
}

// secrets is what a login is compared with.
type secrets struct {
	account  Account
	password string
	totp     string
}

func (k *Keeper) secretsOf(ctx context.Context, column, value string) (secrets, bool, error) {
	var s secrets
	found := true
	err := k.db.Read(ctx, func(tx *db.Tx) error {
		err := tx.Row(`SELECT id, password, totp FROM account WHERE `+column+` = $1`, value).Scan(&s.account.ID, &s.password, &s.totp)
		if db.IsMissing(err) {
			found = false
			return nil
		}
		if err == nil {
			s.account, err = Get(tx, s.account.ID)
		}
		return err
	})
	if err != nil {
		return secrets{}, false, fmt.Errorf("access: login: %w", err)
	}
	return s, found, nil
}

// wrongLogin is the one answer to every failed login; it does not tell which part was wrong.
func wrongLogin() error {
	return refusal.Field("login", "登录名、密码或者验证码不正确。")
}

// Login opens a session and returns its token, which only the person's cookie keeps. code is the six digits of the
// authenticator app, where the account has one. Every failure is refusal.Invalid and costs the same time.
func (k *Keeper) Login(ctx context.Context, login, password, code string) (token string, err error) {
	login = foldLogin(login)
	s, step, err := k.prove(ctx, "login", login, login, password, code)
	if err != nil {
		return "", err
	}
	token = pass.New()
	err = k.db.Write(ctx, s.account.Agency, func(tx *db.Tx) error {
		if err := k.accept(tx, s, step); err != nil {
			return err
		}
		if err := openSession(tx, token, s.account.ID); err != nil {
			return err
		}
		return recordSelf(tx, Actor{Account: s.account.ID}, s.account.Agency, "account.logged_in")
	})
	if err != nil {
		return "", err
	}
	return token, nil
}

// prove counts the try, then compares password and code. step is the time step of the code, to be spent by accept.
func (k *Keeper) prove(ctx context.Context, column, value, login, password, code string) (secrets, int64, error) {
	var tries int64
	if err := k.db.Write(ctx, "login/"+login, func(tx *db.Tx) (err error) {
		tries, err = reserveAttempt(tx, login)
		return err
	}); err != nil {
		return secrets{}, 0, err
	}
	s, found, err := k.secretsOf(ctx, column, value)
	if err != nil {
		return secrets{}, 0, err
	}
	right := k.verify(s.password, password)
	if !found || !right || !s.account.Active() {
		return secrets{}, 0, k.failed(ctx, s.account, login, tries)
	}
	if s.totp == "" { // one that was set is asked for in a demonstration too
		return s, 0, nil
	}
	if code == "" {
		// The password was right and no code was tried: this is not a guess.
		if err := k.db.Write(ctx, "login/"+login, func(tx *db.Tx) error { return returnAttempt(tx, login) }); err != nil {
			return secrets{}, 0, err
		}
		return secrets{}, 0, refusal.Field("code", "请填写动态验证码。")
	}
	secret, err := k.secretOf(s.account.ID, s.totp)
	if err != nil {
		return secrets{}, 0, err
	}
	step, ok := factor.Match(secret, code, k.db.Now())
	if !ok {
		return secrets{}, 0, k.failed(ctx, s.account, login, tries)
	}
	return s, step, nil
}

// failed puts a lock on the ledger when this try set one. The row is written for an unknown name too, so that both cost
// a durable write.
func (k *Keeper) failed(ctx context.Context, a Account, login string, tries int64) error {
	if lockAfter(tries) == 0 {
		return wrongLogin()
	}
	err := k.db.Write(ctx, a.Agency, func(tx *db.Tx) error {
		if _, err := tx.Exec(`UPDATE login_attempt SET last = $1 WHERE login_hash = $2`, db.Text(tx.Now()), pass.Digest(login)); err != nil {
			return fmt.Errorf("access: login: %w", err)
		}
		if a.ID == "" {
			return nil
		}
		return recordSelf(tx, Actor{Account: a.ID}, a.Agency, "account.locked")
	})
	if err != nil {
		return err
	}
	return wrongLogin()
}

// accept spends the code and clears the count, unless the account changed since it was compared.
func (k *Keeper) accept(tx *db.Tx, s secrets, step int64) error {
	var password, totp, state string
	var spent int64
	if err := tx.Row(`SELECT password, totp, state, totp_step FROM account WHERE id = $1`, s.account.ID).
		Scan(&password, &totp, &state, &spent); err != nil {
		return fmt.Errorf("access: login: %w", err)
	}
	if password != s.password || totp != s.totp || state != StateActive || (step > 0 && step <= spent) {
		return wrongLogin() // a code is good once (RFC 6238, 5.2)
	}
	if step > 0 {
		if _, err := tx.Exec(`UPDATE account SET totp_step = $1 WHERE id = $2`, step, s.account.ID); err != nil {
			return fmt.Errorf("access: login: %w", err)
		}
	}
	return forgetAttempts(tx, s.account.Login)
}

// recordSelf appends what a person did with the own account.
func recordSelf(tx *db.Tx, actor Actor, agency, kind string) error {
	return record(tx, actor, agency, kind, actor.Account, nil, nil)
}

// ChangePassword replaces the password of the person who is logged in. Every session of the account ends; the token
// returned opens a new one.
func (k *Keeper) ChangePassword(ctx context.Context, token, old, password, code string) (string, error) {
	v, err := k.Resolve(ctx, token)
	if err != nil {
		return "", err
	}
	a, err := k.accountOf(ctx, v.Account)
	if err != nil {
		return "", err
	}
	if err := secret.Check(a.Login, password); err != nil {
		return "", err
	}
	s, step, err := k.prove(ctx, "id", a.ID, a.Login, old, code)
	if err != nil {
		return "", err
	}
	stored, fresh := k.hash(password), pass.New()
	err = k.db.Write(ctx, a.Agency, func(tx *db.Tx) error {
		if err := k.accept(tx, s, step); err != nil {
			return err
		}
		if err := setPassword(tx, a, stored, "account.password_changed"); err != nil {
			return err
		}
		return openSession(tx, fresh, a.ID)
	})
	if err != nil {
		return "", err
	}
	return fresh, nil
}

func (k *Keeper) accountOf(ctx context.Context, id string) (a Account, err error) {
	err = k.db.Read(ctx, func(tx *db.Tx) error {
		a, err = Get(tx, id)
		return err
	})
	return a, err
}
