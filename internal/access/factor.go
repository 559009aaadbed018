package access

import (
	"context"
	"fmt"

	"mingjing/internal/access/factor"
	"mingjing/internal/access/pass"
	"mingjing/internal/db"
	"mingjing/internal/refusal"
)

// Enrolment is what an authenticator app needs. It is shown once.
type Enrolment = factor.Secret

// BeginEnrolment makes a secret for the person who is logged in. It counts only once ConfirmEnrolment has seen a code
// of it. To replace a factor presence must have been proved a short while ago.
func (k *Keeper) BeginEnrolment(ctx context.Context, token string) (Enrolment, error) {
	v, err := k.Resolve(ctx, token)
	if err != nil {
		return Enrolment{}, err
	}
	if !v.StepUp {
		return Enrolment{}, refused(stepUpPolicy, "设置动态验证码", "请再次验证身份后设置动态验证码。")
	}
	a, err := k.accountOf(ctx, v.Account)
	if err != nil {
		return Enrolment{}, err
	}
	if k.settings.Factors == nil {
		return Enrolment{}, errNoKey
	}
	secret, err := factor.NewSecret(k.settings.Issuer, a.Login)
	if err != nil {
		return Enrolment{}, err
	}
	sealed, err := k.settings.Factors.Seal(a.ID, secret.Secret)
	if err != nil {
		return Enrolment{}, fmt.Errorf("access: begin enrolment: %w", err)
	}
	err = k.db.Write(ctx, a.Agency, func(tx *db.Tx) error {
		_, err := tx.Exec(`UPDATE account SET totp_pending = $1 WHERE id = $2`, sealed, a.ID)
		return err
	})
	if err != nil {
		return Enrolment{}, fmt.Errorf("access: begin enrolment: %w", err)
	}
	return secret, nil
}

// ConfirmEnrolment makes the pending secret the person's second factor. Other sessions end; the token returned replaces
// the one given.
func (k *Keeper) ConfirmEnrolment(ctx context.Context, token, code string) (string, error) {
	v, err := k.Resolve(ctx, token)
	if err != nil {
		return "", err
	}
	fresh := pass.New()
	err = k.db.Write(ctx, v.Agency, func(tx *db.Tx) error {
		var pending string
		if err := tx.Row(`SELECT totp_pending FROM account WHERE id = $1`, v.Account).Scan(&pending); err != nil {
			return fmt.Errorf("access: confirm enrolment: %w", err)
		}
		secret, err := k.secretOf(v.Account, pending)
		if err != nil {
			return err
		}
		step, ok := factor.Match(secret, code, tx.Now())
		if pending == "" || !ok {
			return refusal.Field("code", "验证码不正确，请核对手机时间后重试。")
		}
		if _, err := tx.Exec(`UPDATE account SET totp = totp_pending, totp_pending = '', totp_step = $1, changed = $2 WHERE id = $3`,
			step, db.Text(tx.Now()), v.Account); err != nil {
			return fmt.Errorf("access: confirm enrolment: %w", err)
		}
		if err := rotate(tx, token, fresh, func(r *sessionRow) { r.stepUp = tx.Now() }); err != nil {
			return err
		}
		if _, err := tx.Exec(`DELETE FROM session WHERE account = $1 AND id_hash <> $2`, v.Account, pass.Digest(fresh)); err != nil {
			return fmt.Errorf("access: confirm enrolment: %w", err)
		}
		return recordSelf(tx, Actor{Account: v.Account}, v.Agency, "account.factor_enrolled")
	})
	if err != nil {
		return "", err
	}
	return fresh, nil
}
