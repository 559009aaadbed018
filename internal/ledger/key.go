package ledger

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Key signs the checkpoints of every agency of one deployment. Each agency's log has a verifier key of its own name,
// made from the same Ed25519 key.
type Key struct {
	private ed25519.PrivateKey
}

const (
	keyFolder = "keys"
	keyFile   = "ledger.key"
	keyName   = "mingjing"
	// edwards is the type byte that signed-note gives Ed25519.
	edwards = 1
)

// ErrExposedKey is returned for a key file that others on the machine may read: it may have been copied.
var ErrExposedKey = errors.New("the key file may be read by others; chmod 600 it and consider a new key")

// errKeyFile is returned for a key file that is not, byte for byte, what was once written.
var errKeyFile = errors.New("the key file is damaged")

// KeyPath is where the key lies beside the data.
func KeyPath(dir string) string { return filepath.Join(dir, keyFolder, keyFile) }

// LoadKey reads the key that lies beside the data in dir. The error wraps fs.ErrNotExist when there is none, and is
// ErrExposedKey when others may read it.
func LoadKey(dir string) (*Key, error) {
	path := KeyPath(dir)
	text, err := ReadPrivate(path)
	if err != nil {
		return nil, fmt.Errorf("ledger: key: %w", err)
	}
	k, err := parseKey(text)
	if err != nil {
		return nil, fmt.Errorf("ledger: key %s: %w", path, err)
	}
	return k, nil
}

// CreateKey makes a new key and writes it, readable by its owner only. It never replaces one: the error wraps
// fs.ErrExist.
func CreateKey(dir string) (*Key, error) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("ledger: new key: %w", err)
	}
	k := &Key{private: private}
	if err := WritePrivate(KeyPath(dir), k.text(keyName)+"\n"); err != nil {
		return nil, fmt.Errorf("ledger: new key: %w", err)
	}
	return k, nil
}

// text is the private key as signed-note writes it. The hash in it covers name and public key, so that a flipped bit
// of the seed does not become another key unnoticed.
func (k *Key) text(name string) string {
	seed := append([]byte{edwards}, k.private.Seed()...)
	return "PRIVATE+KEY+" + name + "+" + keyHash(k.verifier(name)) + "+" + base64.StdEncoding.EncodeToString(seed)
}

// keyHash is the second part of a verifier key "name+hash+key".
func keyHash(vkey string) string {
	parts := strings.Split(vkey, "+")
	if len(parts) < 2 {
		return ""
	}
	return parts[1]
}

func parseKey(text string) (*Key, error) {
	parts := strings.SplitN(strings.TrimSuffix(text, "\n"), "+", 5)
	if len(parts) != 5 {
		return nil, errKeyFile
	}
	raw, err := strictBase64(parts[4])
	if err != nil || len(raw) != 1+ed25519.SeedSize || raw[0] != edwards {
		return nil, errKeyFile
	}
	k := &Key{private: ed25519.NewKeyFromSeed(raw[1:])}
	if k.text(keyName)+"\n" != text {
		return nil, errKeyFile
	}
	return k, nil
}

func (k *Key) verifier(name string) string {
	// The only error is a key of a wrong length, which this type cannot hold.
	vkey, _ := note.NewEd25519VerifierKey(name, k.private.Public().(ed25519.PublicKey))
	return vkey
}

// Verifier is the public text with which anybody checks the checkpoints of an agency.
func (k *Key) Verifier(agency string) string { return k.verifier(Origin(agency)) }

func (k *Key) sign(agency string, size int64, root tlog.Hash) (string, error) {
	signer, err := note.NewSigner(k.text(Origin(agency)))
	if err != nil {
		return "", fmt.Errorf("ledger: sign: %w", err)
	}
	text, err := note.Sign(&note.Note{Text: body(Origin(agency), size, root)}, signer)
	if err != nil {
		return "", fmt.Errorf("ledger: sign: %w", err)
	}
	return string(text), nil
}

// ReadPrivate reads the file of a secret that lies beside the data. The error wraps fs.ErrNotExist when there is none, and
// is ErrExposedKey when others may read it.
func ReadPrivate(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return "", fmt.Errorf("%w: %s has mode %o", ErrExposedKey, path, info.Mode().Perm())
	}
	text, err := os.ReadFile(path)
	return string(text), err
}

// WritePrivate writes the file of a new secret, readable by its owner only. It never replaces one: the error wraps
// fs.ErrExist.
func WritePrivate(path, text string) error {
	// A link is made where there is nothing, or not at all: of two that write the same secret at once one is told.
	return place(path, text, func(made string) error { return os.Link(made, path) })
}

// WriteDurably puts a file in place whole or not at all, and lets nobody but the owner read it.
func WriteDurably(path, text string) error {
	return place(path, text, func(made string) error { return os.Rename(made, path) })
}

// place writes a file beside its place, with a full sync, and has it put there.
func place(path, text string, put func(made string) error) error {
	dir := filepath.Dir(path)
	_, missing := os.Stat(dir)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	if missing != nil {
		if err := syncFolder(filepath.Dir(dir)); err != nil {
			return err
		}
	}
	f, err := os.CreateTemp(dir, ".new-*") // CreateTemp gives mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(text)
	err = errors.Join(err, f.Sync(), f.Close())
	if err != nil {
		return err
	}
	if err := put(f.Name()); err != nil {
		return err
	}
	return syncFolder(dir)
}

// syncFolder brings the names in a folder to the disk.
func syncFolder(dir string) error {
	folder, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
