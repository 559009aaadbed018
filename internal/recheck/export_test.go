package recheck

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"maps"
	"slices"
)

// LeafHash is leafHash for the tests outside.
func LeafHash(text string) [32]byte { return leafHash([]byte(text)) }

// ContentHash is contentHash for the tests outside.
func ContentHash(fields []string, body string) string {
	list := make([][]byte, len(fields))
	for i, f := range fields {
		list[i] = []byte(f)
	}
	return contentHash(list, []byte(body))
}

// RowDigest are the digests of a row as the ledger has them.
func RowDigest(table string, cells map[string]string, freeColumns []string) (fixed, free string) {
	a, b := part(nil, []byte(table)), part(nil, []byte(table))
	for _, name := range slices.Sorted(maps.Keys(cells)) {
		switch {
		case cells[name] == "":
		case slices.Contains(freeColumns, name):
			b = part(part(b, []byte(name)), []byte(cells[name]))
		default:
			a = part(part(a, []byte(name)), []byte(cells[name]))
		}
	}
	x, y := sha256.Sum256(a), sha256.Sum256(b)
	if fixed = base64.RawStdEncoding.EncodeToString(x[:24]); len(freeColumns) > 0 {
		free = base64.RawStdEncoding.EncodeToString(y[:24])
	}
	return fixed, free
}

// BodyHash is bodyHash for the tests outside.
func BodyHash(kind, version, values string) string {
	sum, _ := bodyHash([]byte(kind), []byte(version), []byte(values))
	return hex.EncodeToString(sum[:])
}
