package leaf

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
)

// Blind makes a salt of its own for a payload and the commitment to both, each in hex.
func Blind(body []byte) (salt, commitment string) {
	var raw [32]byte
	_, _ = rand.Read(raw[:]) // never fails
	return hex.EncodeToString(raw[:]), Commitment(raw[:], body)
}

// Commitment binds a leaf to a payload without telling it: HMAC-SHA256 keyed with the payload's own salt, in hex.
func Commitment(salt, body []byte) string {
	mac := hmac.New(sha256.New, salt)
	mac.Write(body)
	return hex.EncodeToString(mac.Sum(nil))
}

// Commits tells whether a commitment is the one that salt and body make, the salt in lower-case hex: Commitment (RFC 2104)
// with as few allocations as may be, since a verification makes it of every event.
func Commits(salt, body []byte, commit string) bool {
	var key [sha256.BlockSize]byte
	var sum [sha256.Size]byte
	var text [2 * sha256.Size]byte
	if len(salt) != len(text) {
		return false
	}
	n, err := hex.Decode(key[:], append(text[:0], salt...))
	if hex.Encode(text[:], key[:n]); err != nil || !bytes.Equal(text[:], salt) {
		return false
	}
	h := sha256.New()
	for _, pad := range [...]byte{0x36, 0x36 ^ 0x5c} {
		for i := range key {
			key[i] ^= pad
		}
		h.Write(key[:])
		h.Write(body)
		body = h.Sum(sum[:0])
		h.Reset()
	}
	hex.Encode(text[:], body)
	return string(text[:]) == commit
}
