package factor

import (
	"crypto/subtle"
	"fmt"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"
)

// period is the life of one code in seconds (RFC 6238).
const period = 30

// Secret is what an authenticator app needs.
type Secret struct {
	Secret string // to be typed
	URL    string // otpauth://…, to be shown as a QR code
}

// NewSecret makes a secret for somebody who logs in under a name.
func NewSecret(issuer, login string) (Secret, error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: login, Period: period})
	if err != nil {
		return Secret{}, fmt.Errorf("factor: new secret: %w", err)
	}
	return Secret{Secret: key.Secret(), URL: key.URL()}, nil
}

// Match tells whether a code is right for now or the step before or after, and which step it belongs to.
func Match(secret, code string, now time.Time) (step int64, ok bool) {
	code = strings.ReplaceAll(strings.TrimSpace(code), " ", "")
	for _, offset := range []int64{0, -1, 1} {
		at := now.Add(time.Duration(offset*period) * time.Second)
		want, err := totp.GenerateCodeCustom(secret, at, totp.ValidateOpts{Period: period, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			return at.Unix() / period, true
		}
	}
	return 0, false
}
