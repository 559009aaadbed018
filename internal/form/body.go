package form

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"

	"mingjing/internal/form/entry"
)

// reserved names belong to the finished paper, not to the text that a review
// covers (DECISIONS §4); no kind may use them for a field.
var reserved = [...]string{"number", "date", "seal"}

// Body is the canonical body of a document: its kind and version and all its
// values but number, date and seal. Two documents with the same body say the
// same; a legal review covers exactly one body.
func Body(k *Kind, v Values) []byte {
	kept := make(map[string]any, len(v))
	for name, value := range v {
		kept[name] = value
	}
	for _, name := range reserved {
		delete(kept, name)
	}
	var out bytes.Buffer
	out.WriteString(`{"kind":`)
	out.Write(entry.Canonical(k.Code))
	out.WriteString(`,"values":`)
	out.Write(entry.Canonical(kept))
	out.WriteString(`,"version":`)
	out.Write(entry.Canonical(k.Version))
	out.WriteByte('}')
	return out.Bytes()
}

// Hash is the lower-case hexadecimal SHA-256 of Body.
func Hash(k *Kind, v Values) string {
	sum := sha256.Sum256(Body(k, v))
	return hex.EncodeToString(sum[:])
}
