package form

import (
	"slices"
	"strings"
	"unicode/utf8"

	"mingjing/internal/form/entry"
)

// guarded tells whether a value is identity or contact data, which only those see whose duty needs it (个人信息保护法
// 第五十一条第二项). Names and genders are not: whoever may see a case sees whom it is about. The seat of an organisation is
// no home.
func guarded(leaf Field, natural bool) bool {
	switch leaf.Personal {
	case "", "name", "gender":
		return false
	case "address":
		return natural
	}
	return true
}

// Guarded tells whether a document holds identity or contact data in its fields, so that a look at it is one at personal
// data.
func Guarded(k *Kind, v Values) bool {
	return slices.ContainsFunc(k.Fields, func(f Field) bool {
		found := false
		guardedValues(f, v[f.Name], true, func(Field, string) { found = true })
		return found
	})
}

// guardedValues visits the guarded texts under a field.
func guardedValues(f Field, value any, natural bool, visit func(leaf Field, text string)) {
	t := entry.Of(f)
	switch t.Shape {
	case entry.Single:
		if text, ok := value.(string); ok && text != "" && guarded(f, natural) {
			visit(f, text)
		}
	case entry.Record:
		row, _ := value.(map[string]any)
		for _, part := range t.Parts(f) {
			guardedValues(part, row[part.Name], naturalRow(f, row), visit)
		}
	case entry.List:
		rows, _ := value.([]any)
		for _, item := range rows {
			row, _ := item.(map[string]any)
			for _, part := range t.Parts(f) {
				guardedValues(part, row[part.Name], true, visit)
			}
		}
	}
}

func naturalRow(f Field, row map[string]any) bool {
	return f.Type != "party" || entry.RowText(row, "kind") != entry.PartyOrganisation
}

// maskedValues is a copy of the values in which a sign stands for each guarded text.
func maskedValues(k *Kind, v Values) Values {
	out := Values{}
	for name, value := range v {
		out[name] = value
	}
	for _, f := range k.Fields {
		if value, ok := v[f.Name]; ok {
			out[f.Name] = maskedValue(f, value, true)
		}
	}
	return out
}

func maskedValue(f Field, value any, natural bool) any {
	t := entry.Of(f)
	switch t.Shape {
	case entry.Single:
		if text, ok := value.(string); ok && text != "" && guarded(f, natural) {
			return publicBlank
		}
	case entry.Record:
		if row, ok := value.(map[string]any); ok {
			return maskedRow(t.Parts(f), row, naturalRow(f, row))
		}
	case entry.List:
		rows, _ := value.([]any)
		out := make([]any, len(rows))
		for i, item := range rows {
			out[i] = item
			if row, ok := item.(map[string]any); ok {
				out[i] = maskedRow(t.Parts(f), row, true)
			}
		}
		return out
	}
	return value
}

func maskedRow(parts []Field, row map[string]any, natural bool) map[string]any {
	out := map[string]any{}
	for name, value := range row {
		out[name] = value
	}
	for _, part := range parts {
		if value, ok := row[part.Name]; ok {
			out[part.Name] = maskedValue(part, value, natural)
		}
	}
	return out
}

// masker hides the guarded texts wherever else they were typed.
func masker(k *Kind, v Values) hiding {
	var pairs []pair
	for _, f := range k.Fields {
		guardedValues(f, v[f.Name], true, func(leaf Field, text string) {
			for _, form := range []string{strings.TrimSpace(text), entry.Of(leaf).Say(leaf, text, "")} {
				if utf8.RuneCountInString(form) > 2 {
					pairs = append(pairs, pair{form, publicBlank})
				}
			}
		})
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return len(b.from) - len(a.from) })
	return replacing(pairs)
}
