package pass

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"strings"
)

// New makes the secret of a session: 256 bits of randomness, fit for a cookie.
func New() string {
	var raw [32]byte
	_, _ = rand.Read(raw[:])
	return base64.RawURLEncoding.EncodeToString(raw[:])
}

// SetupCode makes a code that a person can type: 128 bits in groups of four.
func SetupCode() string {
	var raw [16]byte
	_, _ = rand.Read(raw[:])
	text := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(raw[:])
	var groups []string
	for len(text) > 4 {
		groups = append(groups, text[:4])
		text = text[4:]
	}
	return strings.Join(append(groups, text), "-")
}

// Fold forgives case, blanks and hyphens, and reads 0 and 1 in a setup code, which the alphabet lacks, as what they look like.
func Fold(code string) string {
	return strings.NewReplacer("-", "", " ", "", "　", "", "0", "O", "1", "I").Replace(strings.ToUpper(strings.TrimSpace(code)))
}

// Digest is what the store keeps of a secret. The secrets are random and long, so a plain hash is enough.
func Digest(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
