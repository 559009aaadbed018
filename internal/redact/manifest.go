package redact

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

const manifestVersion = 1

// Count is how often a kind was accepted and rejected.
type Count struct {
	Accepted int `json:"accepted"`
	Rejected int `json:"rejected"`
}

// Entry is one decided span without its text: a manifest is kept and hashed into the publication, so it must not hold
// what was hidden. Start and End are byte offsets into the source.
type Entry struct {
	Accepted bool   `json:"accepted"`
	By       string `json:"by"`
	End      int    `json:"end"`
	Kind     Kind   `json:"kind"`
	Label    string `json:"label"`
	Source   Source `json:"source"`
	Start    int    `json:"start"`
	Sure     bool   `json:"sure"`
}

// Manifest says what was hidden in a publication, by kind and place, and who decided it.
type Manifest struct {
	Counts  map[Kind]Count `json:"counts"`
	Misfits int            `json:"misfits"` // decisions that did not fit the text; must be 0 before publishing
	Output  string         `json:"output"`  // SHA-256 of the public text, lower-case hex
	Spans   []Entry        `json:"spans"`
	Swept   int            `json:"swept"` // further occurrences of accepted texts that were replaced
	Version int            `json:"version"`
}

func (m *Manifest) note(d Decision) {
	c := m.Counts[d.Span.Kind]
	e := Entry{Accepted: d.Accept, By: d.By, End: d.Span.End, Kind: d.Span.Kind, Source: d.Span.Source,
		Start: d.Span.Start, Sure: d.Span.Sure}
	if d.Accept {
		c.Accepted++
		e.Label = labelOf(d.Span)
	} else {
		c.Rejected++ // A rejected span was judged public; its label is of no use.
	}
	m.Counts[d.Span.Kind] = c
	m.Spans = append(m.Spans, e)
}

// Canonical returns the manifest as JSON in one fixed spelling: members sorted by name, no blanks, no escapes that
// RFC 8785 does not know. Field order in the structs above is therefore alphabetical by JSON name.
func (m Manifest) Canonical() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(m); err != nil {
		return nil, fmt.Errorf("redact: encode manifest: %w", err)
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

// Hash returns the SHA-256 of the canonical form in lower-case hex; it goes into the publication's event.
func (m Manifest) Hash() (string, error) {
	b, err := m.Canonical()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}
