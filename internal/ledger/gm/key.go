package gm

import (
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/emmansun/gmsm/sm2"
	"golang.org/x/mod/sumdb/note"

	"mingjing/internal/ledger"
)

// algorithm begins the public part of a key: C2SP signed-note leaves the type 0xff, followed by a long name, to signatures that
// it does not know. The signature is SM2 with SM3 and the usual identity "1234567812345678", in DER.
const algorithm = "\xffmingjing/sm2-sm3"

// Key signs the heads of the SM3 trees.
type Key struct{ private *sm2.PrivateKey }

// KeyPath is where the key lies, beside the one of the first tree.
func KeyPath(dir string) string { return filepath.Join(dir, "keys", "ledger-sm2.key") }

var errKey = errors.New("gm: the key file is damaged")

// OpenKey loads the key of a folder, or makes it where there is none yet.
func OpenKey(dir string) (*Key, error) {
	text, err := ledger.ReadPrivate(KeyPath(dir))
	if errors.Is(err, fs.ErrNotExist) {
		return createKey(dir)
	}
	if err != nil {
		return nil, fmt.Errorf("gm: key: %w", err)
	}
	encoded, mark, found := strings.Cut(strings.TrimSuffix(text, "\n"), " ")
	raw, err := base64.StdEncoding.Strict().DecodeString(encoded)
	if err != nil || !found {
		return nil, errKey
	}
	private, err := sm2.NewPrivateKey(raw)
	if err != nil {
		return nil, errKey
	}
	k := &Key{private}
	// The mark is of the public key, so that a flipped bit does not become another key unnoticed.
	if mark != k.mark() || k.text() != text {
		return nil, errKey
	}
	return k, nil
}

func createKey(dir string) (*Key, error) {
	private, err := sm2.GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("gm: new key: %w", err)
	}
	k := &Key{private}
	err = ledger.WritePrivate(KeyPath(dir), k.text())
	if errors.Is(err, os.ErrExist) {
		return OpenKey(dir) // another node of the deployment was faster
	}
	return k, err
}

func (k *Key) text() string {
	return base64.StdEncoding.EncodeToString(k.private.D.FillBytes(make([]byte, 32))) + " " + k.mark() + "\n"
}

func (k *Key) mark() string {
	return strconv.FormatUint(uint64(keyHash("mingjing", public(&k.private.PublicKey))), 16)
}

func public(key *ecdsa.PublicKey) []byte {
	out := append([]byte(algorithm), 4)
	out = append(out, key.X.FillBytes(make([]byte, 32))...)
	return append(out, key.Y.FillBytes(make([]byte, 32))...)
}

// keyHash names a key in a signature line (C2SP signed-note): the first four bytes of SHA-256 over name and public part.
func keyHash(name string, public []byte) uint32 {
	sum := sha256.Sum256(append([]byte(name+"\n"), public...))
	return binary.BigEndian.Uint32(sum[:])
}

// Verifier is the public text of the key under a name: "name+hash+key".
func (k *Key) Verifier(name string) string {
	p := public(&k.private.PublicKey)
	return fmt.Sprintf("%s+%08x+%s", name, keyHash(name, p), base64.StdEncoding.EncodeToString(p))
}

// signer signs notes under one name.
type signer struct {
	*Key
	name string
}

func (s signer) Name() string    { return s.name }
func (s signer) KeyHash() uint32 { return keyHash(s.name, public(&s.private.PublicKey)) }
func (s signer) Sign(message []byte) ([]byte, error) {
	return s.private.SignWithSM2(rand.Reader, nil, message)
}

// verifier checks them.
type verifier struct {
	name string
	hash uint32
	key  *ecdsa.PublicKey
}

func (v verifier) Name() string    { return v.name }
func (v verifier) KeyHash() uint32 { return v.hash }
func (v verifier) Verify(message, sig []byte) bool {
	return sm2.VerifyASN1WithSM2(v.key, nil, message, sig)
}

// newVerifier reads the public text of a key.
func newVerifier(text string) (note.Verifier, error) {
	parts := strings.SplitN(text, "+", 3)
	bad := fmt.Errorf("gm: %q is no verifier key", text)
	if len(parts) != 3 {
		return nil, bad
	}
	raw, err := base64.StdEncoding.Strict().DecodeString(parts[2])
	point, ours := strings.CutPrefix(string(raw), algorithm)
	if err != nil || !ours || fmt.Sprintf("%08x", keyHash(parts[0], raw)) != parts[1] {
		return nil, bad
	}
	key, err := sm2.NewPublicKey([]byte(point))
	if err != nil {
		return nil, bad
	}
	return verifier{parts[0], keyHash(parts[0], raw), key}, nil
}
