package public

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// ContentHash is the SHA-256, in lower-case hex, of what a publication says: title, number, agency, party, result,
// basis and day of decision, a line each, then the body. Anybody can recompute it from the page and compare it with the
// ledger.
func ContentHash(p Publication) string {
	h := sha256.New()
	for _, field := range []string{p.Title, p.Number, p.AgencyName, p.PartyName, p.Result, p.Basis, p.DecidedOn} {
		h.Write([]byte(strings.ReplaceAll(field, "\n", " ")))
		h.Write([]byte{'\n'})
	}
	h.Write([]byte(p.Body))
	return hex.EncodeToString(h.Sum(nil))
}
