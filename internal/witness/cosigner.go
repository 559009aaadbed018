package witness

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	formats "github.com/transparency-dev/formats/note"
	"golang.org/x/mod/sumdb/note"
)

// The types of keys in a verifier key (C2SP signed-note): the log's own signature, and the two kinds of cosignature.
const (
	typeLog     = 0x01
	typeCosign  = 0x04
	typeLattice = 0x06
)

// cosignLead begins what a cosignature signs, so that it is no signature of anything else.
const cosignLead = "cosignature/v1\n"

// Cosigner is the key of a witness: Ed25519, with the time in what it signs (C2SP tlog-cosignature, type 0x04).
type Cosigner struct {
	name    string
	private ed25519.PrivateKey
	clock   func() time.Time
}

// nameFits tells whether a text may name a key: signed notes allow neither spaces nor "+".
func nameFits(name string) bool {
	return name != "" && utf8.ValidString(name) && !strings.ContainsFunc(name, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || r == '+'
	})
}

// NewCosigner makes a key under a name, such as witness.example.gov.cn/w1.
func NewCosigner(name string, clock func() time.Time) (*Cosigner, error) {
	if !nameFits(name) {
		return nil, fmt.Errorf("witness: the name %q cannot stand in a verifier key", name)
	}
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("witness: new key: %w", err)
	}
	return &Cosigner{name: name, private: private, clock: clock}, nil
}

// errKey is returned for a key that is not, byte for byte, what was once written.
var errKey = errors.New("witness: the key is damaged")

// ParseCosigner reads a key as Text writes it.
func ParseCosigner(text string, clock func() time.Time) (*Cosigner, error) {
	parts := strings.SplitN(strings.TrimSuffix(text, "\n"), "+", 5)
	if len(parts) != 5 {
		return nil, errKey
	}
	raw, err := base64.StdEncoding.Strict().DecodeString(parts[4])
	if err != nil || len(raw) != 1+ed25519.SeedSize || raw[0] != typeCosign || !nameFits(parts[2]) {
		return nil, errKey
	}
	c := &Cosigner{name: parts[2], private: ed25519.NewKeyFromSeed(raw[1:]), clock: clock}
	if c.Text() != text {
		return nil, errKey
	}
	return c, nil
}

// Text is the private key. The hash in it covers name and public key, so that a flipped bit does not become another key.
func (c *Cosigner) Text() string {
	seed := append([]byte{typeCosign}, c.private.Seed()...)
	return "PRIVATE+KEY+" + c.name + "+" + hashHex(c.KeyHash()) + "+" + base64.StdEncoding.EncodeToString(seed) + "\n"
}

// public is the key material of the verifier key.
func (c *Cosigner) public() []byte {
	return append([]byte{typeCosign}, c.private.Public().(ed25519.PublicKey)...)
}

// Verifier is the public text by which others know the witness.
func (c *Cosigner) Verifier() string {
	return c.name + "+" + hashHex(c.KeyHash()) + "+" + base64.StdEncoding.EncodeToString(c.public())
}

// Name is the name of the key.
func (c *Cosigner) Name() string { return c.name }

// KeyHash is the key's id: the hash of name, line feed, type and public key.
func (c *Cosigner) KeyHash() uint32 {
	sum := sha256.Sum256(append([]byte(c.name+"\n"), c.public()...))
	return binary.BigEndian.Uint32(sum[:])
}

// Sign signs the text of a checkpoint with the time of now.
func (c *Cosigner) Sign(text []byte) ([]byte, error) {
	at := c.clock().Unix()
	if at <= 0 {
		return nil, errors.New("witness: the clock stands before 1970")
	}
	said := append([]byte(cosignLead+"time "+strconv.FormatInt(at, 10)+"\n"), text...)
	return append(binary.BigEndian.AppendUint64(nil, uint64(at)), ed25519.Sign(c.private, said)...), nil
}

func hashHex(h uint32) string { return hex.EncodeToString(binary.BigEndian.AppendUint32(nil, h)) }

// Verifier checks cosignatures of one witness.
func Verifier(vkey string) (note.Verifier, error) {
	kind, _, err := keyOf(vkey)
	if err == nil && kind != typeCosign && kind != typeLattice {
		err = fmt.Errorf("witness: the key %q is not one of a witness", vkey)
	}
	if err != nil {
		return nil, err
	}
	v, err := formats.NewVerifierForCosignatureV1(vkey)
	if err != nil {
		return nil, fmt.Errorf("witness: key %q: %w", vkey, err)
	}
	if parts := strings.SplitN(vkey, "+", 3); parts[1] != hashHex(v.KeyHash()) {
		return nil, fmt.Errorf("witness: the key %q has another hash than it says", vkey)
	}
	return v, nil
}

// keyOf takes the type and the key material out of a verifier key.
func keyOf(vkey string) (kind byte, material string, err error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) == 3 && len(parts[1]) == 8 && nameFits(parts[0]) {
		if raw, err := base64.StdEncoding.Strict().DecodeString(parts[2]); err == nil && len(raw) > 1 {
			return raw[0], string(raw[1:]), nil
		}
	}
	return 0, "", fmt.Errorf("witness: %q is no verifier key", vkey)
}

// Cosignature is one signature of a witness as it was found on a checkpoint.
type Cosignature struct {
	Name string // as the policy calls the witness
	Key  string // its verifier key
	At   time.Time
	Line string // with its line feed
}

// cosigned finds the valid cosignature of one witness on a checkpoint whose other signatures do not matter.
func cosigned(checkpoint string, v note.Verifier) (at time.Time, line string, ok bool) {
	n, err := note.Open([]byte(checkpoint), note.VerifierList(v))
	if err != nil || len(n.Sigs) == 0 {
		return time.Time{}, "", false
	}
	s := n.Sigs[len(n.Sigs)-1] // where one signed twice, the later counts
	if at, err = formats.CoSigV1Timestamp(s); err != nil || at.Unix() <= 0 {
		return time.Time{}, "", false
	}
	return at.UTC(), "— " + s.Name + " " + s.Base64 + "\n", true
}
