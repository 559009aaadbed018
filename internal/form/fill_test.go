package form

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"mingjing/internal/form/entry"
)

// national loads the kinds that come with the program.
func national(t *testing.T) *Registry {
	t.Helper()
	registry, err := Load(National())
	if err != nil {
		t.Fatalf("the national kinds load: %v", err)
	}
	return registry
}

func kindNamed(t *testing.T, code string) *Kind {
	t.Helper()
	kind, ok := national(t).Kind(code)
	if !ok {
		t.Fatalf("there is no kind %s", code)
	}
	return kind
}

// eachKind runs a subtest for every kind.
func eachKind(t *testing.T, body func(t *testing.T, k *Kind)) {
	t.Helper()
	registry := national(t)
	for _, code := range registry.Codes() {
		kind, _ := registry.Kind(code)
		t.Run(code, func(t *testing.T) { body(t, kind) })
	}
}

// filler fills every field with a value of its own; turn chooses among options,
// so that several turns reach every conditional part.
type filler struct {
	turn int
	n    int
}

func filled(k *Kind, turn int) Values {
	f := &filler{turn: turn}
	values := Values{}
	for _, field := range k.Fields {
		values[field.Name] = f.value(field)
	}
	return values
}

// turns is how many turns reach every option of every choice.
func turns(k *Kind) int {
	most := 3
	for _, field := range k.Fields {
		most = max(most, len(field.Options))
	}
	return most
}

func (f *filler) value(field Field) any {
	f.n++
	t := entry.Of(field)
	switch t.Shape {
	case entry.Many:
		return []any{field.Options[f.turn%len(field.Options)], field.Options[(f.turn+1)%len(field.Options)]}
	case entry.Record:
		return f.row(t.Parts(field))
	case entry.List:
		rows := []any{}
		for range 3 {
			rows = append(rows, f.row(t.Parts(field)))
		}
		if field.Max > 0 && len(rows) > field.Max {
			rows = rows[:field.Max]
		}
		return rows
	}
	return f.single(field)
}

func (f *filler) row(parts []Field) map[string]any {
	row := map[string]any{}
	for _, part := range parts {
		row[part.Name] = f.value(part)
	}
	return row
}

func (f *filler) single(field Field) any {
	for _, named := range field.Checks {
		switch named {
		case "credit-code":
			return "11220000013544357T" // the published code of 吉林省人民政府
		case "citizen-id":
			return "11010519491231002X" // the example of GB 11643
		case "phone":
			return "139" + fmt.Sprintf("%08d", f.n)
		case "url":
			return "https://example.org/" + strconv.Itoa(f.n)
		}
	}
	switch field.Type {
	case "choice":
		return field.Options[f.turn%len(field.Options)]
	case "bool":
		return true
	case "date":
		return fmt.Sprintf("%04d-03-02", 2000+f.n%90)
	case "datetime":
		return fmt.Sprintf("%04d-03-02T09:%02d", 2000+f.n%90, f.n%60)
	case "money":
		return int64(100000 + f.n)
	case "number":
		return int64(700 + f.n)
	}
	// Four characters, of which none stands in any wording, so that a leak shows.
	text := fmt.Sprintf("甴%03d", f.n)
	if field.Max > 0 && field.Max < 4 {
		text = text[:field.Max]
	}
	return text
}

// typed turns values into the form a browser would send.
func typed(k *Kind, v Values) url.Values {
	out := url.Values{}
	for _, field := range k.Fields {
		typeField(out, field, v[field.Name], field.Name)
	}
	return out
}

func typeField(out url.Values, f Field, value any, name string) {
	t := entry.Of(f)
	switch t.Shape {
	case entry.Many:
		out[name] = entry.Texts(value)
	case entry.Record:
		row, _ := value.(map[string]any)
		for _, part := range t.Parts(f) {
			typeField(out, part, row[part.Name], name+"."+part.Name)
		}
	case entry.List:
		rows, _ := value.([]any)
		for i, item := range rows {
			row, _ := item.(map[string]any)
			for _, part := range t.Parts(f) {
				typeField(out, part, row[part.Name], name+"."+strconv.Itoa(i)+"."+part.Name)
			}
		}
	default:
		if value != nil {
			out.Set(name, t.Show(f, value))
		}
	}
}

// wholePaper is the finished paper's own data.
func wholePaper() PrintMeta {
	return PrintMeta{Agency: "云山市民政局", Number: "云民罚决字〔2026〕1号", Date: "2026-03-02", SealName: "云山市民政局", RedHead: true}
}

// holds fails unless the text contains every part.
func holds(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%q is missing in:\n%s", part, text)
		}
	}
}
