package recheck

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
)

// documents hashes the body of every document again and holds it against the stored hash and against what the event of
// the step says.
func (r *run) documents() error {
	return r.stream("文书", `SELECT id, agency, kind, version, body, body_hash, number, step FROM document`, nil, 8, func(w row) error {
		sum, ok := bodyHash(w.cell(2), w.cell(3), w.cell(4))
		if r.fails(ok && w.is(5, hex.EncodeToString(sum[:])), "DC-1") {
			r.wrong("DC-1", w.text(1), "document "+w.text(0), "《"+w.text(2)+"》"+w.text(6)+"的正文与所存的哈希不符")
		}
		e, told := r.papers[r.name("document", w.text(0))]
		if r.fails(told && e.hash == sum, "DC-2") {
			r.wrong("DC-2", w.text(1), "document "+w.text(0), "《"+w.text(2)+"》"+w.text(6)+"与台账事件所记的文本不符，或者没有事件")
		}
		return nil
	})
}

// bodyHash is the hash of a canonical body: kind, version and all values but number, date and seal, which belong to the
// finished paper. The stored values are canonical already, so the members to leave out are cut from their text.
func bodyHash(kind, version, values []byte) (digest, bool) {
	kept, ok := without(values, "number", "date", "seal")
	h := sha256.New()
	h.Write([]byte(`{"kind":`))
	h.Write(spelled(string(kind)))
	h.Write([]byte(`,"values":`))
	h.Write(kept)
	h.Write([]byte(`,"version":`))
	h.Write(spelled(string(version)))
	h.Write([]byte(`}`))
	return digest(h.Sum(nil)), ok
}

// without cuts members out of the text of an object.
func without(object []byte, names ...string) ([]byte, bool) {
	if len(object) < 2 || object[0] != '{' || object[len(object)-1] != '}' {
		return nil, false
	}
	out, rest := []byte{'{'}, object[1:len(object)-1]
	for len(rest) > 0 {
		end := member(rest)
		one := rest[:end]
		drop := false
		for _, name := range names {
			drop = drop || bytes.HasPrefix(one, []byte(`"`+name+`":`))
		}
		if !drop {
			if len(out) > 1 {
				out = append(out, ',')
			}
			out = append(out, one...)
		}
		if rest = rest[end:]; len(rest) > 0 {
			if rest = rest[1:]; len(rest) == 0 {
				return nil, false
			}
		}
	}
	return append(out, '}'), true
}

// member is how long the first member of an object's text is: up to the comma at its own depth.
func member(text []byte) int {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			depth--
		case c == ',' && depth == 0:
			return i
		}
	}
	return len(text)
}
