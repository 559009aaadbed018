package pack

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
)

// digest hashes the files of the packs as they are read: for each its path, its length and its bytes. Anyone
// with the folder can compute the same figure.
type digest struct{ h hash.Hash }

func newDigest() *digest { return &digest{sha256.New()} }

func (d *digest) add(file string, raw []byte) {
	fmt.Fprintf(d.h, "%s\n%d\n", file, len(raw))
	d.h.Write(raw)
}

func (d *digest) sum() string { return hex.EncodeToString(d.h.Sum(nil)) }
