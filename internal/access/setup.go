package access

import (
	"context"
	"fmt"
	"time"

	"mingjing/internal/access/pass"
	secret "mingjing/internal/access/password"
	"mingjing/internal/db"
	"mingjing/internal/refusal"
)

// setupLife is how long a setup code may be used.
const setupLife = 72 * time.Hour

// IssueSetupCode makes the one-time code with which a person sets a password, the first one or a new one after it was
// forgotten. It is returned once and kept only as a hash; an earlier code of the account ends. The old password goes on
// until the code is used, so that a wrongly issued code locks nobody out.
func IssueSetupCode(tx *db.Tx, actor Actor, id string) (code string, expires time.Time, err error) {
	a, err := managed(tx, actor, id)
	if err != nil {
		return "", time.Time{}, err
	}
	if !a.Active() {
		return "", time.Time{}, refusal.Field("account", "账号已停用，请先启用。")
	}
	code, expires = pass.SetupCode(), tx.Now().Add(setupLife)
	if _, err := tx.Exec(`DELETE FROM setup_code WHERE account = $1`, id); err != nil {
		return "", time.Time{}, fmt.Errorf("access: issue setup code: %w", err)
	}
	if _, err := tx.Exec(`INSERT INTO setup_code (hash, account, issued, expires) VALUES ($1, $2, $3, $4)`,
		pass.Digest(pass.Fold(code)), id, db.Text(tx.Now()), db.Text(expires)); err != nil {
		return "", time.Time{}, fmt.Errorf("access: issue setup code: %w", err)
	}
	if err := record(tx, actor, a.Agency, "account.setup_issued", id, map[string]string{"expires": db.Text(expires)}, nil); err != nil {
		return "", time.Time{}, fmt.Errorf("access: issue setup code: %w", err)
	}
	return code, expires, nil
}

// Redeem sets the password of the account that the code was issued for. The code is used up; all sessions end.
func (k *Keeper) Redeem(ctx context.Context, code, password string) error {
	hash := pass.Digest(pass.Fold(code))
	a, err := k.codeOwner(ctx, hash)
	if err != nil {
		return err
	}
	if err := secret.Check(a.Login, password); err != nil {
		return err
	}
	stored := k.hash(password)
	return k.db.Write(ctx, a.Agency, func(tx *db.Tx) error {
		used, err := tx.Exec(`DELETE FROM setup_code WHERE hash = $1 AND expires > $2`, hash, db.Text(tx.Now()))
		if err != nil {
			return fmt.Errorf("access: redeem: %w", err)
		}
		if used == 0 {
			return badSetupCode()
		}
		return setPassword(tx, a, stored, "account.password_set")
	})
}

func badSetupCode() error {
	return refusal.Field("code", "设置码不正确、已使用或者已过期，请向管理员索取新的设置码。")
}

func (k *Keeper) codeOwner(ctx context.Context, hash string) (Account, error) {
	var a Account
	err := k.db.Read(ctx, func(tx *db.Tx) error {
		var id string
		err := tx.Row(`SELECT account FROM setup_code WHERE hash = $1 AND expires > $2`, hash, db.Text(tx.Now())).Scan(&id)
		if db.IsMissing(err) {
			return badSetupCode()
		}
		if err != nil {
			return fmt.Errorf("access: redeem: %w", err)
		}
		if a, err = Get(tx, id); err == nil && !a.Active() {
			return badSetupCode()
		}
		return err
	})
	return a, err
}

// setPassword stores a hash that was made outside the writer and ends every session of the account.
func setPassword(tx *db.Tx, a Account, stored, kind string) error {
	now := db.Text(tx.Now())
	if _, err := tx.Exec(`UPDATE account SET password = $1, password_at = $2, changed = $2 WHERE id = $3 AND state = $4`,
		stored, now, a.ID, StateActive); err != nil {
		return fmt.Errorf("access: %s: %w", kind, err)
	}
	self := Actor{Account: a.ID}
	if err := recordSelf(tx, self, a.Agency, kind); err != nil {
		return fmt.Errorf("access: %s: %w", kind, err)
	}
	if err := forgetAttempts(tx, a.Login); err != nil {
		return err
	}
	return EndSessions(tx, a.ID)
}
