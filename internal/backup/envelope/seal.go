package envelope

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/emmansun/gmsm/sm4"
	"github.com/klauspost/compress/zstd"

	"mingjing/internal/backup/place"
	"mingjing/internal/ledger"
)

// Cipher is how pieces are sealed. It is chosen in the configuration and stands, authenticated, at the head of each piece.
type Cipher string

const (
	Plain Cipher = ""            // with a checksum, not against people
	SM4   Cipher = "SM4-GCM"     // GB/T 32907-2016 in GCM, which GB/T 36624-2018 describes: what 密评 (GB/T 39786-2021) asks for
	AES   Cipher = "AES-256-GCM" // NIST SP 800-38D
)

var cipherCodes = map[Cipher]byte{Plain: 0, SM4: 1, AES: 2}

// ParseCipher reads the name of a cipher as it is written in a configuration.
func ParseCipher(text string) (Cipher, error) {
	switch strings.ToLower(text) {
	case "sm4", "sm4-gcm":
		return SM4, nil
	case "aes", "aes-256-gcm", "aes-gcm":
		return AES, nil
	}
	return "", fmt.Errorf("backup: cipher %q: want sm4 or aes", text)
}

// keyMark begins the file of a backup key; the last part is a check of the others, so that a flipped bit is noticed.
const keyMark = "MINGJING+BACKUP+KEY+"

// WriteKey makes a new key and writes its file, readable by its owner only. It never replaces one.
func WriteKey(path string) error {
	var secret [32]byte
	_, _ = rand.Read(secret[:])
	if err := ledger.WritePrivate(path, keyText(secret[:])); err != nil {
		return fmt.Errorf("backup: new key: %w", err)
	}
	return nil
}

func keyText(secret []byte) string {
	sum := sha256.Sum256(append([]byte(keyMark), secret...))
	return keyMark + base64.StdEncoding.EncodeToString(secret) + "+" + hex.EncodeToString(sum[:4]) + "\n"
}

// ReadKey reads the file of a backup key.
func ReadKey(path string) ([]byte, error) {
	text, err := ledger.ReadPrivate(path)
	if err != nil {
		return nil, fmt.Errorf("backup: key: %w", err)
	}
	inner, ok := strings.CutPrefix(text, keyMark)
	cut := strings.LastIndexByte(inner, '+')
	if !ok || cut < 0 {
		return nil, fmt.Errorf("backup: key %s: the file is damaged", path)
	}
	secret, err := base64.StdEncoding.Strict().DecodeString(inner[:cut])
	if err != nil || len(secret) != 32 || keyText(secret) != text {
		return nil, fmt.Errorf("backup: key %s: the file is damaged", path)
	}
	return secret, nil
}

// Sealer seals and opens objects. Without a key an object carries a checksum of its name and content; with one, name and
// algorithm are authenticated beside the content, so that no object passes under another's name.
type Sealer struct {
	cipher Cipher
	sealed map[Cipher]cipher.AEAD // both, so that a set written with one is read after the configuration chose the other
	names  []byte
	pack   *zstd.Encoder
	unpack *zstd.Decoder
}

// Mark begins what is stored.
const Mark = "MJB1"

const (
	headSize = len(Mark) + 2 // mark, cipher, packing
	raw      = 0
	packed   = 1
)

// New makes a sealer; without a secret one that seals against accidents only.
func New(secret []byte, c Cipher) (*Sealer, error) {
	s := &Sealer{cipher: c}
	var err error
	if s.pack, err = zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1)); err != nil {
		return nil, fmt.Errorf("backup: %w", err)
	}
	if s.unpack, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(place.Limit)); err != nil {
		return nil, fmt.Errorf("backup: %w", err)
	}
	if secret == nil {
		s.cipher = Plain
		return s, nil
	}
	if c == Plain {
		return nil, errors.New("backup: a key without a cipher")
	}
	// One secret, a key of its own for each use (RFC 5869).
	derived := func(use string, size int) []byte {
		k, keyErr := hkdf.Key(sha256.New, secret, nil, "mingjing/backup/"+use, size)
		err = errors.Join(err, keyErr)
		return k
	}
	s.names = derived("name", 32)
	sm, smErr := sm4.NewCipher(derived(string(SM4), 16))
	ae, aeErr := aes.NewCipher(derived(string(AES), 32))
	if err = errors.Join(err, smErr, aeErr); err != nil {
		return nil, fmt.Errorf("backup: key: %w", err)
	}
	s.sealed = map[Cipher]cipher.AEAD{}
	for c, block := range map[Cipher]cipher.Block{SM4: sm, AES: ae} {
		if s.sealed[c], err = cipher.NewGCM(block); err != nil {
			return nil, fmt.Errorf("backup: key: %w", err)
		}
	}
	return s, nil
}

// Cipher is what the sealer seals with.
func (s *Sealer) Cipher() Cipher { return s.cipher }

// Name is what content is stored under. With a key it is keyed too: who sees the second place cannot ask it whether a
// known file lies there.
func (s *Sealer) Name(content []byte) string {
	sum := sha256.Sum256(content)
	if s.names == nil {
		return hex.EncodeToString(sum[:])
	}
	mac := hmac.New(sha256.New, s.names)
	mac.Write(sum[:])
	return hex.EncodeToString(mac.Sum(nil))
}

// Seal makes the stored form of an object.
func (s *Sealer) Seal(name string, content []byte) []byte {
	head := append([]byte(Mark), cipherCodes[s.cipher], raw)
	if small := s.pack.EncodeAll(content, nil); len(small) < len(content) {
		head[headSize-1], content = packed, small
	}
	if s.cipher == Plain {
		out := append(head, content...)
		sum := checksum(name, out)
		return append(out, sum[:]...)
	}
	aead := s.sealed[s.cipher]
	nonce := make([]byte, aead.NonceSize())
	_, _ = rand.Read(nonce)
	out := append(bytes.Clone(head), nonce...)
	return aead.Seal(out, nonce, content, append(head, name...))
}

func checksum(name string, stored []byte) [sha256.Size]byte {
	h := sha256.New()
	fmt.Fprintf(h, "%d %s\n", len(name), name)
	h.Write(stored)
	return [sha256.Size]byte(h.Sum(nil))
}

// What is wrong with a stored form; people read it behind its name.
var (
	ErrForm   = errors.New("格式不对，或其中有字节被改动")
	ErrOpen   = errors.New("内容被改动、被调换，或不是用这把备份密钥加密的")
	errLocked = errors.New("已加密，需要备份密钥（--backup-key）")
	ErrClear  = errors.New("没有加密，而这套备份是加密的")
)

// Open undoes Seal. Every bit of the stored form is covered.
func (s *Sealer) Open(name string, stored []byte) ([]byte, error) {
	if len(stored) < headSize || string(stored[:len(Mark)]) != Mark || stored[headSize-1] > packed {
		return nil, ErrForm
	}
	head, body := stored[:headSize], stored[headSize:]
	content, err := s.unlock(name, stored, head, body)
	if err != nil || head[headSize-1] == raw {
		return content, err
	}
	if content, err = s.unpack.DecodeAll(content, nil); err != nil {
		return nil, ErrForm
	}
	return content, nil
}

func (s *Sealer) unlock(name string, stored, head, body []byte) ([]byte, error) {
	code := head[headSize-2]
	switch {
	case code == cipherCodes[Plain] && s.names != nil:
		return nil, ErrClear
	case code == cipherCodes[Plain]:
		if len(body) < sha256.Size {
			return nil, ErrForm
		}
		cut := len(stored) - sha256.Size
		if sum := checksum(name, stored[:cut]); !bytes.Equal(sum[:], stored[cut:]) {
			return nil, ErrForm
		}
		return stored[headSize:cut], nil
	case s.names == nil:
		return nil, errLocked
	}
	for c, aead := range s.sealed {
		if cipherCodes[c] != code {
			continue
		}
		if len(body) < aead.NonceSize() {
			return nil, ErrForm
		}
		content, err := aead.Open(nil, body[:aead.NonceSize()], body[aead.NonceSize():], append(bytes.Clone(head), name...))
		if err != nil {
			return nil, ErrOpen
		}
		return content, nil
	}
	return nil, ErrForm
}
