package form

import (
	"maps"
	"strings"
	"testing"

	"mingjing/internal/form/entry"
)

func TestTheHashIgnoresNumberDateAndSealAndNothingElse(t *testing.T) {
	eachKind(t, func(t *testing.T, k *Kind) {
		values := filled(k, 0)
		before := Hash(k, values)
		paper := maps.Clone(values)
		paper["number"], paper["date"], paper["seal"] = "云民罚决字〔2026〕1号", "2026-03-02", "云山市民政局"
		if Hash(k, paper) != before {
			t.Errorf("number, date or seal change the hash")
		}
		for _, field := range k.Fields {
			changed := maps.Clone(values)
			changed[field.Name] = another(field, values[field.Name])
			if Hash(k, changed) == before {
				t.Errorf("a change of %s leaves the hash", field.Name)
			}
			delete(changed, field.Name)
			if Hash(k, changed) == before {
				t.Errorf("removing %s leaves the hash", field.Name)
			}
		}
	})
}

// another is a different value of the same field, deep inside where it has parts.
func another(f Field, value any) any {
	t := entry.Of(f)
	switch v := value.(type) {
	case bool:
		return !v
	case int64:
		return v + 1
	case string:
		return v + "改"
	case []any:
		out := append([]any{}, v...)
		if row, ok := out[len(out)-1].(map[string]any); ok {
			out[len(out)-1] = anotherRow(t.Parts(f), row)
			return out
		}
		return append(out, "另")
	case map[string]any:
		return anotherRow(t.Parts(f), v)
	}
	return "改"
}

func anotherRow(parts []Field, row map[string]any) map[string]any {
	out := maps.Clone(row)
	last := parts[len(parts)-1]
	out[last.Name] = another(last, row[last.Name])
	return out
}

func TestABodyIsTheSameHoweverItWasStored(t *testing.T) {
	eachKind(t, func(t *testing.T, k *Kind) {
		values := filled(k, 1)
		again, err := ParseValues(values.JSON())
		if err != nil {
			t.Fatal(err)
		}
		if string(Body(k, again)) != string(Body(k, values)) {
			t.Errorf("storing and reading changes the body")
		}
		read, _ := Decode(k, typed(k, values), false)
		if string(Body(k, read)) != string(Body(k, values)) {
			t.Errorf("typing the same changes the body:\n%s\n%s", Body(k, read), Body(k, values))
		}
	})
}

func TestABodyIsCanonical(t *testing.T) {
	kind := kindNamed(t, "行政处罚决定书")
	cases := []struct {
		name string
		a, b Values
	}{
		{"empty and absent texts are one", Values{"facts": " ", "cause": "甲"}, Values{"cause": "甲"}},
		{"composed and decomposed letters are one", Values{"facts": "e\u0301"}, Values{"facts": "\u00e9"}},
		{"integers of any Go type are one", Values{"fine": 5}, Values{"fine": float64(5)}},
		{"line ends are one", Values{"facts": "甲\r\n乙"}, Values{"facts": "甲\n乙"}},
		{"empty rows say nothing", Values{"evidence": []any{map[string]any{"name": ""}}}, Values{}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if string(Body(kind, c.a)) != string(Body(kind, c.b)) {
				t.Errorf("%s\n%s", Body(kind, c.a), Body(kind, c.b))
			}
		})
	}
	body := string(Body(kind, Values{"facts": "<a>&\u4e59"}))
	if body != `{"kind":"行政处罚决定书","values":{"facts":"<a>&乙"},"version":"2026-01"}` {
		t.Errorf("the body is %s", body)
	}
	if len(Hash(kind, Values{})) != 64 || strings.ToLower(Hash(kind, Values{})) != Hash(kind, Values{}) {
		t.Errorf("the hash is not 64 lower-case hexadecimal digits")
	}
}
