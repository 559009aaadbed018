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

// Unfilled names what a person has to fill so that the values hold an element, by the labels of its fields; a|b is told as
// 甲或者乙. What only the finished paper has is nobody's to fill.
func Unfilled(k *Kind, v Values, e Element) []string {
	v = active(k, v)
	var labels []string
	for _, path := range e.Fields {
		if anyFilled(v, path, func(string) bool { return true }) {
			continue
		}
		var either []string
		for _, alternative := range strings.Split(path, "|") {
			either = append(either, k.labelAt(alternative))
		}
		labels = append(labels, strings.Join(either, "或者"))
	}
	return labels
}

// labelAt names a field or a part of one: 当事人的名称.
func (k *Kind) labelAt(path string) string {
	field, ok := k.fieldAt(path)
	if !ok {
		return path
	}
	if first, _, part := strings.Cut(path, "."); part {
		if whole, ok := k.Field(first); ok {
			return whole.Label + "的" + field.Label
		}
	}
	return field.Label
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
