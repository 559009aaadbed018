package access

import (
	"context"
	"crypto/subtle"
	"fmt"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"mingjing/internal/db"
	"mingjing/internal/refusal"
)

// totpPeriod is the life of one code in seconds (RFC 6238).
const totpPeriod = 30

// matchCode tells whether a code is right for now or the step before or after, and which step it belongs to.
func matchCode(secret, code string, now time.Time) (step int64, ok bool) {
	code = strings.ReplaceAll(strings.TrimSpace(code), " ", "")
	for _, offset := range []int64{0, -1, 1} {
		at := now.Add(time.Duration(offset*totpPeriod) * time.Second)
		want, err := totp.GenerateCodeCustom(secret, at, totp.ValidateOpts{Period: totpPeriod, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			return at.Unix() / totpPeriod, true
		}
	}
	return 0, false
}

// Enrolment is what an authenticator app needs. It is shown once.
type Enrolment struct {
	Secret string // to be typed
	URL    string // otpauth://…, to be shown as a QR code
}

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
	key, err := totp.Generate(totp.GenerateOpts{Issuer: k.settings.Issuer, AccountName: a.Login, Period: totpPeriod})
	if err != nil {
		return Enrolment{}, fmt.Errorf("access: begin enrolment: %w", err)
	}
	err = k.db.Write(ctx, a.Agency, func(tx *db.Tx) error {
		_, err := tx.Exec(`UPDATE account SET totp_pending = $1 WHERE id = $2`, key.Secret(), a.ID)
		return err
	})
	if err != nil {
		return Enrolment{}, fmt.Errorf("access: begin enrolment: %w", err)
	}
	return Enrolment{Secret: key.Secret(), URL: key.URL()}, nil
}

// ConfirmEnrolment makes the pending secret the person's second factor. Other sessions end; the token returned replaces
// the one given.
func (k *Keeper) ConfirmEnrolment(ctx context.Context, token, code string) (string, error) {
	v, err := k.Resolve(ctx, token)
	if err != nil {
		return "", err
	}
	fresh := newToken()
	err = k.db.Write(ctx, v.Agency, func(tx *db.Tx) error {
		var pending string
		if err := tx.Row(`SELECT totp_pending FROM account WHERE id = $1`, v.Account).Scan(&pending); err != nil {
			return fmt.Errorf("access: confirm enrolment: %w", err)
		}
		step, ok := matchCode(pending, code, tx.Now())
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
		if _, err := tx.Exec(`DELETE FROM session WHERE account = $1 AND id_hash <> $2`, v.Account, digest(fresh)); err != nil {
			return fmt.Errorf("access: confirm enrolment: %w", err)
		}
		return recordSelf(tx, Actor{Account: v.Account}, v.Agency, "account.factor_enrolled")
	})
	if err != nil {
		return "", err
	}
	return fresh, nil
}
