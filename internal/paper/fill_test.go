package paper

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"mingjing/internal/form"
	"mingjing/internal/form/entry"
)

// loaded are the fonts of the machine, parsed once for all tests.
var loaded = sync.OnceValues(func() (*FontSet, error) { return Fonts() })

// fonts skips where the machine has no font.
func fonts(t testing.TB) *FontSet {
	t.Helper()
	set, err := loaded()
	if err != nil {
		t.Skipf("these tests need fonts-lxgw-wenkai: %v", err)
	}
	return set
}

// kinds are the documents that come with the program.
func kinds(t testing.TB) *form.Registry {
	t.Helper()
	registry, err := form.Load(form.National())
	if err != nil {
		t.Fatal(err)
	}
	return registry
}

func kindNamed(t testing.TB, code string) *form.Kind {
	t.Helper()
	kind, ok := kinds(t).Kind(code)
	if !ok {
		t.Fatalf("there is no kind %s", code)
	}
	return kind
}

// stored is a document of the examples of package form.
func stored(t testing.TB, name string) form.Values {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "form", "testdata", name+".values.json"))
	if err != nil {
		t.Fatal(err)
	}
	values, err := form.ParseValues(data)
	if err != nil {
		t.Fatal(err)
	}
	return values
}

func whole() form.PrintMeta {
	return form.PrintMeta{Agency: "云山市民政局", Number: "云民罚决字〔2026〕1号", Date: "2026-03-02", SealName: "云山市民政局", RedHead: true}
}

// filler gives every field text of its own; turn chooses among options, long
// says how many sentences a text has.
type filler struct {
	turn, long, n int
}

func (f *filler) values(k *form.Kind) form.Values {
	out := form.Values{}
	for _, field := range k.Fields {
		out[field.Name] = f.value(field)
	}
	return out
}

func (f *filler) value(field form.Field) any {
	f.n++
	kind := entry.Of(field)
	switch kind.Shape {
	case entry.Many:
		return []any{field.Options[f.turn%len(field.Options)], field.Options[(f.turn+1)%len(field.Options)]}
	case entry.Record:
		return f.row(kind.Parts(field))
	case entry.List:
		var rows []any
		for range min(3, max(1, field.Max+3*(1-min(1, field.Max)))) {
			rows = append(rows, f.row(kind.Parts(field)))
		}
		return rows
	}
	return f.single(field)
}

func (f *filler) row(parts []form.Field) map[string]any {
	row := map[string]any{}
	for _, part := range parts {
		row[part.Name] = f.value(part)
	}
	return row
}

func (f *filler) single(field form.Field) any {
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
	case "text":
		text := ""
		for i := range f.long {
			text += fmt.Sprintf("第%d项之%d：当事人于2025年9月10日在“云山市东河区”设立场所（面积约120.5平方米），未经批准接收老年人入住，收取费用；", f.n, i+1)
		}
		return text + "情况属实。"
	}
	text := []rune(fmt.Sprintf("第%d号甲乙", f.n))
	if field.Max > 0 && field.Max < len(text) {
		text = text[:field.Max]
	}
	return string(text)
}
