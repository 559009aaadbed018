package recheck

import (
	"bytes"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"strconv"
	"strings"
)

type digest = [sha256.Size]byte

// leafHash and nodeHash are those of RFC 6962 §2.1.
func leafHash(text []byte) digest {
	return sha256.Sum256(append([]byte{0}, text...))
}

func nodeHash(left, right digest) digest {
	var b [1 + 2*sha256.Size]byte
	b[0] = 1
	copy(b[1:], left[:])
	copy(b[1+sha256.Size:], right[:])
	return sha256.Sum256(b[:])
}

// growing is a tree of which the roots of the full subtrees are kept, the largest first.
type growing struct {
	size  int64
	roots []digest
	fresh []digest
}

// add takes a leaf and tells the hashes that are complete with it, in the order in which they are stored.
func (g *growing) add(h digest) []digest {
	g.roots = append(g.roots, h)
	g.fresh = append(g.fresh[:0], h)
	g.size++
	for n := g.size; n&1 == 0; n >>= 1 {
		last := len(g.roots) - 1
		h = nodeHash(g.roots[last-1], g.roots[last])
		g.roots = append(g.roots[:last-1], h)
		g.fresh = append(g.fresh, h)
	}
	return g.fresh
}

// root is the root of the whole, folded from the smallest subtree up.
func (g *growing) root() digest {
	if len(g.roots) == 0 {
		return sha256.Sum256(nil)
	}
	h := g.roots[len(g.roots)-1]
	for i := len(g.roots) - 2; i >= 0; i-- {
		h = nodeHash(g.roots[i], h)
	}
	return h
}

// storedBefore is how many hashes stand before those of a leaf: all subtrees that the leaves before it complete.
func storedBefore(leaf int64) int64 {
	n := int64(0)
	for ; leaf > 0; leaf >>= 1 {
		n += leaf
	}
	return n
}

// opens tells whether a salt opens the commitment of a payload.
func opens(salt string, body []byte, commit string) bool {
	key, err := hex.DecodeString(salt)
	if err != nil || hex.EncodeToString(key) != salt {
		return false
	}
	mac := hmac.New(sha256.New, key)
	mac.Write(body)
	return hex.EncodeToString(mac.Sum(nil)) == commit
}

// signedHead is what a signed note says of a tree.
type signedHead struct {
	origin string
	size   int64
	root   string
}

// readNote reads a checkpoint (C2SP tlog-checkpoint in a signed-note) and, where a key is given, checks its signature.
func readNote(text, vkey string) (signedHead, bool) {
	body, tail, found := strings.Cut(text, "\n\n")
	lines := strings.Split(body, "\n")
	if !found || len(lines) != 3 || !strings.HasSuffix(tail, "\n") {
		return signedHead{}, false
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || strconv.FormatInt(size, 10) != lines[1] {
		return signedHead{}, false
	}
	head := signedHead{lines[0], size, lines[2]}
	if vkey == "" {
		return head, true
	}
	name, rest, _ := strings.Cut(vkey, "+")
	_, encoded, _ := strings.Cut(rest, "+")
	key, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil || len(key) != 1+ed25519.PublicKeySize || key[0] != 1 || name != head.origin {
		return signedHead{}, false
	}
	id := sha256.Sum256(append([]byte(name+"\n"), key...))
	for _, line := range strings.Split(strings.TrimSuffix(tail, "\n"), "\n") {
		signer, encoded, ok := strings.Cut(strings.TrimPrefix(line, "— "), " ")
		sig, err := base64.StdEncoding.Strict().DecodeString(encoded)
		if !ok || err != nil || base64.StdEncoding.EncodeToString(sig) != encoded || !strings.HasPrefix(line, "— ") {
			return signedHead{}, false
		}
		if signer == name && len(sig) == 4+ed25519.SignatureSize && bytes.Equal(sig[:4], id[:4]) {
			return head, ed25519.Verify(key[1:], []byte(body+"\n"), sig[4:])
		}
	}
	return signedHead{}, false
}

func base(h digest) string { return base64.StdEncoding.EncodeToString(h[:]) }

// part writes a text with its length before it, so that no two lists of texts are the same bytes.
func part(b []byte, text []byte) []byte {
	return append(binary.AppendUvarint(b, uint64(len(text))), text...)
}
