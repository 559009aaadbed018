package recheck

import (
	"bytes"
	"encoding/json"
	"strconv"
	"time"
)

// leaf is what an event says in clear.
type leaf struct {
	account, onBehalf, role                  string
	agency, commit, id, kind                 string
	occurred, recorded, subject, subjectKind string
	ref                                      map[string]string
	seq                                      int64
}

// reading walks over the text of a leaf from literal to literal.
type reading struct {
	rest []byte
	bad  bool
}

func (s *reading) skip(literal string) bool {
	if s.bad || !bytes.HasPrefix(s.rest, []byte(literal)) {
		return false
	}
	s.rest = s.rest[len(literal):]
	return true
}

func (s *reading) need(literal string) { s.bad = !s.skip(literal) || s.bad }

// quoted reads a JSON string in the one spelling of RFC 8785.
func (s *reading) quoted() string {
	if s.need(`"`); s.bad {
		return ""
	}
	for i := 0; i < len(s.rest); i++ {
		switch c := s.rest[i]; {
		case c == '"':
			text := string(s.rest[:i])
			s.rest = s.rest[i+1:]
			return text
		case c == '\\':
			return s.escaped(i)
		case c < 0x20:
			s.bad = true
			return ""
		}
	}
	s.bad = true
	return ""
}

// escaped reads a string that has an escape, and refuses any spelling but the canonical one.
func (s *reading) escaped(from int) string {
	end := from
	for end < len(s.rest) && s.rest[end] != '"' {
		if s.rest[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(s.rest) {
		s.bad = true
		return ""
	}
	raw := append(append([]byte{'"'}, s.rest[:end]...), '"')
	s.rest = s.rest[end+1:]
	var text string
	if json.Unmarshal(raw, &text) != nil || !bytes.Equal(spelled(text), raw) {
		s.bad = true
	}
	return text
}

// spelled writes a string as RFC 8785 has it.
func spelled(text string) []byte {
	out := []byte{'"'}
	short := map[byte]string{'"': `\"`, '\\': `\\`, '\b': `\b`, '\t': `\t`, '\n': `\n`, '\f': `\f`, '\r': `\r`}
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch known, has := short[c]; {
		case has:
			out = append(out, known...)
		case c < 0x20:
			out = append(out, `\u00`...)
			out = append(out, "0123456789abcdef"[c>>4], "0123456789abcdef"[c&15])
		default:
			out = append(out, c)
		}
	}
	return append(out, '"')
}

func (s *reading) whole() int64 {
	n := 0
	for n < len(s.rest) && s.rest[n] >= '0' && s.rest[n] <= '9' {
		n++
	}
	v, err := strconv.ParseInt(string(s.rest[:n]), 10, 64)
	if err != nil || strconv.FormatInt(v, 10) != string(s.rest[:n]) {
		s.bad = true
	}
	s.rest = s.rest[n:]
	return v
}

// readLeaf reads a leaf; false where the text is not the canonical form of one.
func readLeaf(text []byte) (leaf, bool) {
	s, l := &reading{rest: text}, leaf{}
	s.need(`{"actor":{"account":`)
	l.account = s.quoted()
	if s.skip(`,"for":`) {
		l.onBehalf = s.quoted()
		s.bad = s.bad || l.onBehalf == ""
	}
	if s.skip(`,"role":`) {
		l.role = s.quoted()
		s.bad = s.bad || l.role == ""
	}
	s.need(`},"agency":`)
	l.agency = s.quoted()
	for _, field := range []struct {
		name string
		into *string
	}{{"commit", &l.commit}, {"id", &l.id}, {"kind", &l.kind}, {"occurred", &l.occurred}, {"recorded", &l.recorded}} {
		s.need(`,"` + field.name + `":`)
		*field.into = s.quoted()
	}
	if s.skip(`,"ref":{`) {
		l.ref = s.references()
	}
	s.need(`,"seq":`)
	l.seq = s.whole()
	s.need(`,"subject":`)
	l.subject = s.quoted()
	s.need(`,"subject_kind":`)
	l.subjectKind = s.quoted()
	s.need(`,"v":1}`)
	return l, !s.bad && len(s.rest) == 0
}

func (s *reading) references() map[string]string {
	ref, last := map[string]string{}, ""
	for first := true; !s.bad; first = false {
		name := s.quoted()
		s.need(":")
		ref[name] = s.quoted()
		s.bad = s.bad || !first && name <= last
		if last = name; s.skip("}") {
			return ref
		}
		s.need(",")
	}
	return ref
}

// shanghai is the legal day of an instant as it is stored; "" where it is none.
func shanghai(instant string) string {
	at, err := time.Parse(time.RFC3339Nano, instant)
	if err != nil {
		return ""
	}
	return at.UTC().Add(8 * time.Hour).Format(time.DateOnly)
}
