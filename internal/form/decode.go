package form

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"mingjing/internal/form/entry"
)

// Invalid says what is wrong with a document: by input name (party.code,
// facts.0.law) a message that names the field, and the texts as they were
// typed, so that the page shows them again. The zero Invalid means all is well.
type Invalid struct {
	Fields map[string]string
	Raw    url.Values
}

// OK says that nothing is wrong.
func (i Invalid) OK() bool { return len(i.Fields) == 0 }

// Error lists the messages in the order of their input names.
func (i Invalid) Error() string {
	var said []string
	for _, name := range slices.Sorted(maps.Keys(i.Fields)) {
		said = append(said, i.Fields[name])
	}
	return strings.Join(said, "；")
}

// Decode reads a submitted page. Every typed text is in the values: a text that
// is not understood stays as typed, has a message, and is in Invalid.Raw. With
// partial (an autosaved draft) nothing is asked to be filled in.
func Decode(k *Kind, typed url.Values, partial bool) (Values, Invalid) {
	values := Values{}
	for _, field := range k.Fields {
		if value := decodeField(field, typed, field.Name); value != nil {
			values[field.Name] = value
		}
	}
	invalid := check(k, values, !partial)
	if !invalid.OK() {
		invalid.Raw = typed
	}
	return values, invalid
}

func decodeField(f Field, typed url.Values, name string) any {
	t := entry.Of(f)
	switch t.Shape {
	case entry.Many:
		var chosen []any
		for _, text := range typed[name] {
			if strings.TrimSpace(text) != "" {
				chosen = append(chosen, text)
			}
		}
		if chosen == nil {
			return nil
		}
		return chosen
	case entry.Record:
		row := decodeRow(t.Parts(f), typed, name)
		if len(row) == 0 {
			return nil
		}
		return row
	case entry.List:
		var rows []any
		for _, i := range rowNumbers(typed, name) {
			row := decodeRow(t.Parts(f), typed, name+"."+strconv.Itoa(i))
			if !entry.Empty(row) {
				rows = append(rows, row)
			}
		}
		if rows == nil {
			return nil
		}
		return rows
	}
	return decodeSingle(f, t, typed, name)
}

func decodeSingle(f Field, t entry.Type, typed url.Values, name string) any {
	given, found := typed[name]
	if !found || len(given) == 0 {
		return nil
	}
	// A tick is sent beside a hidden empty input, so the last one counts.
	text := entry.Tidy(given[len(given)-1])
	value, message := t.Parse(f, text)
	if message != "" {
		return text
	}
	if value == "" {
		return nil
	}
	return value
}

func decodeRow(parts []Field, typed url.Values, name string) map[string]any {
	row := map[string]any{}
	for _, part := range parts {
		if value := decodeField(part, typed, name+"."+part.Name); value != nil {
			row[part.Name] = value
		}
	}
	return row
}

// rowNumbers are the row numbers present under a list's name, in order. Numbers
// may have gaps, since rows are removed on the page.
func rowNumbers(typed url.Values, name string) []int {
	found := map[int]bool{}
	for key := range typed {
		rest, ok := strings.CutPrefix(key, name+".")
		if !ok {
			continue
		}
		number, _, ok := strings.Cut(rest, ".")
		if i, err := strconv.Atoi(number); ok && err == nil && i >= 0 {
			found[i] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}
