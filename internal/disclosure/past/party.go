package past

import (
	"strings"

	"mingjing/internal/redact"
	"mingjing/internal/redact/person"
)

// Parties are the people and organisations that a decision of the past was made against, as far as its row names them. The
// name of a person is hidden wherever it stands, that of an organisation stays.
func Parties(names string) []redact.Known {
	var known []redact.Known
	for _, name := range strings.FieldsFunc(names, func(r rune) bool { return strings.ContainsRune("、，,;；", r) }) {
		if name = strings.TrimSpace(name); person.Named(name) {
			known = append(known, redact.Known{Kind: redact.Name, Text: name, Variants: turned(name)})
		} else {
			known = append(known, redact.Known{Kind: redact.Organisation, Text: name, Public: true})
		}
	}
	return known
}

// turned is a name in Latin letters with the surname at the other end: LI TONG is also written TONG LI.
func turned(name string) []string {
	words := strings.Fields(name)
	if len(words) != 2 || !person.Latin(name) {
		return nil
	}
	return []string{words[1] + " " + words[0]}
}
