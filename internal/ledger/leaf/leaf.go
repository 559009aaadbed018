package leaf

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Actor is who acted: the account, in which role, and for whom when acting for someone on leave (AB角).
type Actor struct {
	Account  string `json:"account"`
	Role     string `json:"role,omitempty"`
	OnBehalf string `json:"for,omitempty"`
}

// Leaf is what the tree hashes: every field of an event that may stand in clear, and the commitment to the rest. Times
// are kept as the text that is stored, so that a comparison with the columns needs no clock arithmetic.
type Leaf struct {
	Actor                    Actor
	Agency, Commit, ID, Kind string
	Occurred, Recorded       string
	Ref                      map[string]string
	Seq                      int64
	Subject, SubjectKind     string
}

// limit bounds a leaf; C2SP tlog-tiles allows 65,535 bytes, the house 8 KB.
const limit = 8 << 10

// version is the format of the leaves that this program writes.
const version = "1"

// Encode writes the one canonical form (RFC 8785: names in order, no spaces, the shortest escapes).
func (l *Leaf) Encode() []byte {
	b := make([]byte, 0, 512)
	b = appendText(append(b, `{"actor":{"account":`...), l.Actor.Account)
	if l.Actor.OnBehalf != "" {
		b = appendText(append(b, `,"for":`...), l.Actor.OnBehalf)
	}
	if l.Actor.Role != "" {
		b = appendText(append(b, `,"role":`...), l.Actor.Role)
	}
	b = appendText(append(b, `},"agency":`...), l.Agency)
	b = appendText(append(b, `,"commit":`...), l.Commit)
	b = appendText(append(b, `,"id":`...), l.ID)
	b = appendText(append(b, `,"kind":`...), l.Kind)
	b = appendText(append(b, `,"occurred":`...), l.Occurred)
	b = appendText(append(b, `,"recorded":`...), l.Recorded)
	if len(l.Ref) > 0 {
		b = appendRef(append(b, `,"ref":{`...), l.Ref)
	}
	b = strconv.AppendInt(append(b, `,"seq":`...), l.Seq, 10)
	b = appendText(append(b, `,"subject":`...), l.Subject)
	b = appendText(append(b, `,"subject_kind":`...), l.SubjectKind)
	return append(b, `,"v":`+version+`}`...)
}

func appendRef(b []byte, ref map[string]string) []byte {
	var held [8]string
	keys := held[:0]
	for key := range ref {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for i, key := range keys {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendText(b, key), ':')
		b = appendText(b, ref[key])
	}
	return append(b, '}')
}

// appendText writes a JSON string as RFC 8785 §3.2.2.2 has it: only what must be escaped is.
func appendText(b []byte, s string) []byte {
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' {
			continue
		}
		b = append(b, s[from:i]...)
		from = i + 1
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\b':
			b = append(b, '\\', 'b')
		case '\t':
			b = append(b, '\\', 't')
		case '\n':
			b = append(b, '\\', 'n')
		case '\f':
			b = append(b, '\\', 'f')
		case '\r':
			b = append(b, '\\', 'r')
		default:
			b = append(b, '\\', 'u', '0', '0', "0123456789abcdef"[c>>4], "0123456789abcdef"[c&15])
		}
	}
	return append(append(b, s[from:]...), '"')
}

// Check refuses what a leaf cannot carry unambiguously: text that is not UTF-8, and names of references outside ASCII,
// whose order differs between UTF-8 and the UTF-16 of RFC 8785.
func (l *Leaf) Check(text []byte) error {
	if !utf8.Valid(text) {
		return errors.New("the event holds text that is not UTF-8")
	}
	for key := range l.Ref {
		for i := range len(key) {
			if key[i] < 0x20 || key[i] > 0x7e {
				return fmt.Errorf("the reference name %q is not plain ASCII", key)
			}
		}
	}
	if len(text) > limit {
		return fmt.Errorf("the leaf has %d bytes, more than %d", len(text), limit)
	}
	return nil
}

// errLeaf is returned for a text that is no leaf.
var errLeaf = errors.New("the text is not a leaf")

// Parse reads a leaf. It follows the canonical order and is lenient only about how a string is escaped.
func Parse(text string) (Leaf, error) {
	s := scanner{text: text, ref: map[string]string{}}
	l := s.leaf()
	if s.bad {
		return Leaf{}, errLeaf
	}
	return l, nil
}

// ParseCanonical reads a leaf without its references, and tells whether encoding the whole again would give the text.
func ParseCanonical(text string) (l Leaf, canonical bool) {
	s := scanner{text: text}
	l = s.leaf()
	return l, !s.bad && !s.loose
}

// leaf reads the whole text.
func (s *scanner) leaf() Leaf {
	var l Leaf
	s.want(`{"actor":{"account":`)
	l.Actor.Account = s.string()
	if s.has(`,"for":`) {
		l.Actor.OnBehalf = s.string()
		s.loose = s.loose || l.Actor.OnBehalf == ""
	}
	if s.has(`,"role":`) {
		l.Actor.Role = s.string()
		s.loose = s.loose || l.Actor.Role == ""
	}
	s.want(`},"agency":`)
	l.Agency = s.string()
	s.want(`,"commit":`)
	l.Commit = s.string()
	s.want(`,"id":`)
	l.ID = s.string()
	s.want(`,"kind":`)
	l.Kind = s.string()
	s.want(`,"occurred":`)
	l.Occurred = s.string()
	s.want(`,"recorded":`)
	l.Recorded = s.string()
	if s.has(`,"ref":{`) {
		s.pairs()
		l.Ref = s.ref
	}
	s.want(`,"seq":`)
	l.Seq = s.number()
	s.want(`,"subject":`)
	l.Subject = s.string()
	s.want(`,"subject_kind":`)
	l.SubjectKind = s.string()
	s.want(`,"v":` + version + `}`)
	s.bad = s.bad || s.at != len(s.text)
	return l
}

type scanner struct {
	text  string
	at    int
	ref   map[string]string // takes the references; nil lets them go
	bad   bool              // the text is no leaf
	loose bool              // it is one, written otherwise than Encode does
}

func (s *scanner) has(prefix string) bool {
	if s.bad || !strings.HasPrefix(s.text[s.at:], prefix) {
		return false
	}
	s.at += len(prefix)
	return true
}

func (s *scanner) want(prefix string) {
	if !s.has(prefix) {
		s.bad = true
	}
}

func (s *scanner) string() string {
	s.want(`"`)
	if s.bad {
		return ""
	}
	start, escaped := s.at, false
	for s.at < len(s.text) && s.text[s.at] != '"' {
		if s.text[s.at] == '\\' {
			escaped = true
			s.at++
		} else if s.text[s.at] < 0x20 {
			s.loose = true
		}
		s.at++
	}
	if s.at >= len(s.text) {
		s.at, s.bad = len(s.text), true // a backslash may have led beyond the end
		return ""
	}
	s.at++
	if !escaped {
		return s.text[start : s.at-1]
	}
	var out string
	if json.Unmarshal([]byte(s.text[start-1:s.at]), &out) != nil {
		s.bad = true
	}
	s.loose = s.loose || string(appendText(nil, out)) != s.text[start-1:s.at]
	return out
}

func (s *scanner) pairs() {
	last := ""
	for first := true; ; first = false {
		key := s.string()
		s.want(":")
		value := s.string()
		if s.ref != nil {
			s.ref[key] = value
		}
		s.loose = s.loose || !first && key <= last
		last = key
		if s.has("}") || s.bad {
			return
		}
		s.want(",")
	}
}

func (s *scanner) number() int64 {
	start := s.at
	for s.at < len(s.text) && s.text[s.at] >= '0' && s.text[s.at] <= '9' {
		s.at++
	}
	n, err := strconv.ParseInt(s.text[start:s.at], 10, 64)
	if err != nil {
		s.bad = true
	}
	s.loose = s.loose || s.at > start+1 && s.text[start] == '0'
	return n
}
