package dossier

import (
	"strconv"
	"strings"

	"mingjing/internal/document"
	"mingjing/internal/form"
	"mingjing/internal/form/entry"
)

// Difference is one field in which two versions of a paper differ.
type Difference struct {
	Name, Label  string
	Theirs, Mine []string
}

// Differences sets what the other wrote beside what was typed here, field by field.
func Differences(k *form.Kind, c document.Conflict, mine form.Values) []Difference {
	var list []Difference
	for _, name := range c.Fields {
		if f, ok := k.Field(name); ok {
			list = append(list, Difference{Name: name, Label: f.Label, Theirs: said(f, c.Theirs.Values[name]), Mine: said(f, mine[name])})
		}
	}
	return list
}

// said is a value as lines of text.
func said(f form.Field, value any) []string {
	t := entry.Of(f)
	switch t.Shape {
	case entry.Record:
		row, _ := value.(map[string]any)
		return saidRow(t.Parts(f), row)
	case entry.List:
		var lines []string
		rows, _ := value.([]any)
		for i, item := range rows {
			if row, ok := item.(map[string]any); ok {
				lines = append(lines, strconv.Itoa(i+1)+". "+strings.Join(saidRow(t.Parts(f), row), "，"))
			}
		}
		return lines
	case entry.Many:
		return []string{strings.Join(entry.Texts(value), "、")}
	}
	text := t.Show(f, value)
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}

func saidRow(parts []form.Field, row map[string]any) []string {
	var lines []string
	for _, part := range parts {
		if text := strings.Join(said(part, row[part.Name]), "、"); text != "" {
			lines = append(lines, part.Label+"："+text)
		}
	}
	return lines
}
