package blob

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// Digest names content: the SHA-256 of its bytes in 64 lower-case hex figures. The zero value names nothing.
type Digest string

// ParseDigest accepts a digest exactly as it is stored; nothing else can become a path.
func ParseDigest(text string) (Digest, error) {
	if len(text) != 2*sha256.Size {
		return "", fmt.Errorf("blob: digest has %d characters, want %d", len(text), 2*sha256.Size)
	}
	for i := 0; i < len(text); i++ {
		if c := text[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return "", fmt.Errorf("blob: digest has %q at %d", c, i)
		}
	}
	return Digest(text), nil
}

// DigestOf returns the digest of bytes at hand.
func DigestOf(content []byte) Digest {
	sum := sha256.Sum256(content)
	return Digest(hex.EncodeToString(sum[:]))
}

// folders are the steps of the layout ev/sha256/ab/cd, so that no directory grows beyond what file systems like.
func (d Digest) folders() []string {
	return []string{"ev", "ev/sha256", "ev/sha256/" + string(d[:2]), "ev/sha256/" + string(d[:2]) + "/" + string(d[2:4])}
}

func (d Digest) path() string {
	return "ev/sha256/" + string(d[:2]) + "/" + string(d[2:4]) + "/" + string(d)
}
