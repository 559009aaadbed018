package form

import (
	"strings"

	"mingjing/internal/form/entry"
)

// Missing lists the elements the law demands that the values do not hold yet,
// each with its article. Properties of the finished paper (number, date, seal)
// are left to MissingOnPaper.
func Missing(k *Kind, v Values) []Element {
	return missing(k, v, func(string) bool { return true })
}

// MissingOnPaper is Missing including what only the finished paper has.
func MissingOnPaper(k *Kind, v Values, meta PrintMeta) []Element {
	return missing(k, v, func(name string) bool { return meta.word(name) != "" })
}

func missing(k *Kind, v Values, onPaper func(string) bool) []Element {
	v = active(k, v)
	var out []Element
	for _, element := range k.Requires {
		if !entry.AllHold(element.When, v) {
			continue
		}
		for _, path := range element.Fields {
			if !anyFilled(v, path, onPaper) {
				out = append(out, element)
				break
			}
		}
	}
	return out
}

// anyFilled judges one entry of Element.Fields, a|b accepting either.
func anyFilled(v Values, path string, onPaper func(string) bool) bool {
	for _, alternative := range strings.Split(path, "|") {
		if name, found := strings.CutPrefix(alternative, "@"); found {
			if onPaper(name) {
				return true
			}
			continue
		}
		if !entry.Empty(v.At(alternative)) {
			return true
		}
	}
	return false
}
