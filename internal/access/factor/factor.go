package factor

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"mingjing/internal/ledger"
)

// Key seals and opens the secrets of one deployment. It is safe for concurrent use.
type Key struct {
	secret []byte
	sealer cipher.AEAD
}

const (
	keyFolder = "keys"
	keyFile   = "factor.key"
	keyBytes  = 32 // AES-256
	// keyMark begins the key file, so that no other file is taken for it.
	keyMark = "MINGJING+FACTOR+KEY+"
	// sealMark begins what is sealed. A secret in clear is base32 and has no point.
	sealMark = "v1."
)

// errKeyFile is returned for a key file that is not, byte for byte, what was once written.
var errKeyFile = errors.New("the key file is damaged")

// errSealed is returned for what this key did not seal for this owner.
var errSealed = errors.New("factor: the secret was not sealed with this key for this account")

// KeyPath is where the key lies beside the data.
func KeyPath(dir string) string { return filepath.Join(dir, keyFolder, keyFile) }

// NewKey makes a key that lies nowhere yet.
func NewKey() (*Key, error) {
	secret := make([]byte, keyBytes)
	if _, err := rand.Read(secret); err != nil {
		return nil, fmt.Errorf("factor: new key: %w", err)
	}
	return keyOf(secret)
}

func keyOf(secret []byte) (*Key, error) {
	block, err := aes.NewCipher(secret)
	if err != nil {
		return nil, fmt.Errorf("factor: key: %w", err)
	}
	sealer, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("factor: key: %w", err)
	}
	return &Key{secret: secret, sealer: sealer}, nil
}

// CreateKey makes a new key and writes it, readable by its owner only. It never replaces one: the error wraps fs.ErrExist.
func CreateKey(dir string) (*Key, error) {
	k, err := NewKey()
	if err != nil {
		return nil, err
	}
	if err := ledger.WritePrivate(KeyPath(dir), k.text()); err != nil {
		return nil, fmt.Errorf("factor: new key: %w", err)
	}
	return k, nil
}

// LoadKey reads the key that lies beside the data in dir. The error wraps fs.ErrNotExist when there is none, and is
// ledger.ErrExposedKey when others may read it.
func LoadKey(dir string) (*Key, error) {
	path := KeyPath(dir)
	text, err := ledger.ReadPrivate(path)
	if err != nil {
		return nil, fmt.Errorf("factor: key: %w", err)
	}
	k, err := parse(text)
	if err != nil {
		return nil, fmt.Errorf("factor: key %s: %w", path, err)
	}
	return k, nil
}

// text is the key file. The sum in it keeps a flipped bit from becoming another key unnoticed.
func (k *Key) text() string {
	sum := sha256.Sum256(k.secret)
	return keyMark + hex.EncodeToString(sum[:4]) + "+" + base64.StdEncoding.EncodeToString(k.secret) + "\n"
}

func parse(text string) (*Key, error) {
	rest, marked := strings.CutPrefix(text, keyMark)
	_, raw, found := strings.Cut(strings.TrimSuffix(rest, "\n"), "+")
	secret, err := base64.StdEncoding.Strict().DecodeString(raw)
	if !marked || !found || err != nil || len(secret) != keyBytes {
		return nil, errKeyFile
	}
	k, err := keyOf(secret)
	if err != nil || k.text() != text {
		return nil, errKeyFile
	}
	return k, nil
}

// Seal hides the secret of an account. It opens for that account only, so that nobody with a pen in the database puts the
// own secret in another's place.
func (k *Key) Seal(account, secret string) (string, error) {
	nonce := make([]byte, k.sealer.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return "", fmt.Errorf("factor: seal: %w", err)
	}
	return sealMark + base64.RawURLEncoding.EncodeToString(k.sealer.Seal(nonce, nonce, []byte(secret), []byte(account))), nil
}

// Open gives the secret of an account back.
func (k *Key) Open(account, sealed string) (string, error) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(strings.TrimPrefix(sealed, sealMark))
	if err != nil || !Sealed(sealed) || len(raw) < k.sealer.NonceSize() {
		return "", errSealed
	}
	secret, err := k.sealer.Open(nil, raw[:k.sealer.NonceSize()], raw[k.sealer.NonceSize():], []byte(account))
	if err != nil {
		return "", errSealed
	}
	return string(secret), nil
}

// Sealed tells whether a stored secret is sealed.
func Sealed(stored string) bool { return strings.HasPrefix(stored, sealMark) }
