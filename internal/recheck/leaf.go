package recheck

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

// leaf is what an event says in clear.
type leaf struct {
	account, onBehalf, role                  string
	agency, commit, id, kind                 string
	occurred, recorded, subject, subjectKind string
	ref                                      references
	seq                                      int64
}

// references are what a leaf names beside its subject, in the order of their names.
type references []reference

type reference struct{ name, value string }

// of is what a leaf says under a name; "" where it says nothing.
func (l references) of(name string) string {
	for _, r := range l {
		if r.name == name {
			return r.value
		}
	}
	return ""
}

// reading walks over the text of a leaf from literal to literal.
type reading struct {
	rest string
	ref  references // where references are put, so that one leaf after the other needs no new place
	bad  bool
}

func (s *reading) skip(literal string) bool {
	if s.bad || !strings.HasPrefix(s.rest, literal) {
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
			text := s.rest[:i]
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
	raw := []byte(`"` + s.rest[:end] + `"`)
	s.rest = s.rest[end+1:]
	var text string
	if json.Unmarshal(raw, &text) != nil || !bytes.Equal(spelled(text), raw) {
		s.bad = true
	}
	return text
}

// escapes are the characters that have a short escape, with the letter of it.
var escapes = [256]byte{'"': '"', '\\': '\\', '\b': 'b', '\t': 't', '\n': 'n', '\f': 'f', '\r': 'r'}

// spelled writes a string as RFC 8785 has it.
func spelled(text string) []byte {
	out := []byte{'"'}
	for i := 0; i < len(text); i++ {
		c := text[i]
		if known := escapes[c]; known != 0 {
			out = append(out, '\\', known)
		} else if c < 0x20 {
			out = append(out, `\u00`...)
			out = append(out, "0123456789abcdef"[c>>4], "0123456789abcdef"[c&15])
		} else {
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
	v, err := strconv.ParseInt(s.rest[:n], 10, 64)
	if err != nil || n > 1 && s.rest[0] == '0' {
		s.bad = true
	}
	s.rest = s.rest[n:]
	return v
}

// leaf reads a leaf; false where the text is not the canonical form of one. What it gives is good until the next one is read,
// but for the texts, which hold on to the whole of the leaf's.
func (s *reading) leaf(text string) (leaf, bool) {
	l := leaf{}
	s.rest, s.bad = text, false
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
	s.need(`,"commit":`)
	l.commit = s.quoted()
	s.need(`,"id":`)
	l.id = s.quoted()
	s.need(`,"kind":`)
	l.kind = s.quoted()
	s.need(`,"occurred":`)
	l.occurred = s.quoted()
	s.need(`,"recorded":`)
	l.recorded = s.quoted()
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

func (s *reading) references() references {
	s.ref = s.ref[:0]
	for last := ""; !s.bad; {
		name := s.quoted()
		s.need(":")
		s.bad = s.bad || len(s.ref) > 0 && name <= last
		s.ref = append(s.ref, reference{name, s.quoted()})
		if last = name; s.skip("}") {
			return s.ref
		}
		s.need(",")
	}
	return nil
}

// shanghai is the legal day of an instant as it is stored; "" where it is none.
func shanghai(instant string) string {
	at, err := time.Parse(time.RFC3339Nano, instant)
	if err != nil {
		return ""
	}
	return at.UTC().Add(8 * time.Hour).Format(time.DateOnly)
}
