package form

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"mingjing/internal/form/entry"
)

// A place is a placeholder {{path|filter}} in legal wording.
var placeTyped = regexp.MustCompile(`\{\{\s*([@a-z][a-z0-9_.]*)\s*(?:\|\s*([a-z]+)\s*)?\}\}`)

// optionalTyped is a part [[…]] of the wording that needs its placeholders filled.
var optionalTyped = regexp.MustCompile(`\[\[((?:[^\[\]]|\[[^\[]|\][^\]])*)\]\]`)

// writer fills wording from values.
type writer struct {
	kind   *Kind
	values Values
	meta   PrintMeta
	blank  string // what an empty place outside an optional part shows
}

// fill replaces the placeholders of the wording.
func (w writer) fill(text string) string {
	text = optionalTyped.ReplaceAllStringFunc(text, func(part string) string {
		inner := part[2 : len(part)-2]
		for _, m := range placeTyped.FindAllStringSubmatch(inner, -1) {
			if w.word(m[1], m[2]) == "" {
				return ""
			}
		}
		return w.replace(inner)
	})
	return tidied.Replace(w.replace(text))
}

// tidied removes the doubled marks that arise where a typed text that ends in a
// full stop stands within a sentence.
var tidied = strings.NewReplacer("。。", "。", "。；", "；", "。，", "，", "；。", "。", "，。", "。")

func (w writer) replace(text string) string {
	return placeTyped.ReplaceAllStringFunc(text, func(place string) string {
		m := placeTyped.FindStringSubmatch(place)
		if word := w.word(m[1], m[2]); word != "" {
			return word
		}
		return w.blank
	})
}

// word is what a placeholder says, "" where the document has nothing there.
func (w writer) word(path, filter string) string {
	if name, found := strings.CutPrefix(path, "@"); found {
		return w.meta.word(name)
	}
	field, ok := w.kind.fieldAt(path)
	if !ok {
		return ""
	}
	value := w.values.At(path)
	if entry.Empty(value) && !(filter == "boxes" && field.Type != "") {
		return ""
	}
	t := entry.Of(field)
	if t.Shape == entry.Record {
		row, ok := value.(map[string]any)
		if !ok {
			return entry.Plain(field, value)
		}
		return t.SayRow(field, row, filter)
	}
	return t.Say(field, value, filter)
}

// fieldAt finds the field or part that a path such as party.name or
// officers.0.name leads to.
func (k *Kind) fieldAt(path string) (Field, bool) {
	steps := strings.Split(path, ".")
	field, ok := k.Field(steps[0])
	if !ok {
		return Field{}, false
	}
	steps = steps[1:]
	if entry.Of(field).Shape == entry.List && len(steps) > 1 {
		if strings.Trim(steps[0], "0123456789") != "" {
			return Field{}, false
		}
		steps = steps[1:]
	}
	for _, step := range steps {
		if field, ok = entry.Part(field, step); !ok {
			return Field{}, false
		}
	}
	return field, true
}

// checkWording refuses wording whose placeholders lead nowhere.
func (k *Kind) checkWording(text string) error {
	for _, m := range placeTyped.FindAllStringSubmatch(text, -1) {
		if name, found := strings.CutPrefix(m[1], "@"); found {
			if !slices.Contains(metaNames[:], name) {
				return fmt.Errorf("placeholder {{%s}} is none of the paper's properties", m[1])
			}
			continue
		}
		field, ok := k.fieldAt(m[1])
		if !ok {
			return fmt.Errorf("placeholder {{%s}} leads to no field", m[1])
		}
		if m[2] != "" && !slices.Contains(entry.Of(field).Filters, m[2]) {
			return fmt.Errorf("placeholder {{%s|%s}}: a %s field has no filter %s", m[1], m[2], field.Type, m[2])
		}
	}
	rest := optionalTyped.ReplaceAllString(placeTyped.ReplaceAllString(text, ""), "")
	if strings.Contains(rest, "{{") || strings.Contains(rest, "}}") || strings.Contains(rest, "[[") || strings.Contains(rest, "]]") {
		return fmt.Errorf("wording %q has an unfinished placeholder or optional part", clip(text))
	}
	return nil
}

// clip shortens wording for an error text.
func clip(text string) string {
	runes := []rune(text)
	if len(runes) > 24 {
		return string(runes[:24]) + "…"
	}
	return text
}
