package form

import (
	"slices"

	"mingjing/internal/form/entry"
)

// NamesAPerson tells whether a document says anything that its form marks as personal information, so that reading it is a look
// (个人信息保护法第五十一条): the representative of an organisation and his telephone too, though who is shown papers masked
// still reads his name. The name and the seat of an organisation are no one's personal information.
func NamesAPerson(k *Kind, v Values) bool {
	return slices.ContainsFunc(k.Fields, func(f Field) bool { return personalIn(f, v[f.Name], true) })
}

func personalIn(f Field, value any, natural bool) bool {
	t := entry.Of(f)
	parts := func(row map[string]any, natural bool) bool {
		return slices.ContainsFunc(t.Parts(f), func(part Field) bool { return personalIn(part, row[part.Name], natural) })
	}
	switch t.Shape {
	case entry.Single:
		text, _ := value.(string)
		return text != "" && f.Personal != "" && (natural || f.Name != "name" && f.Personal != "address")
	case entry.Record:
		row, _ := value.(map[string]any)
		return parts(row, naturalRow(f, row))
	case entry.List:
		rows, _ := value.([]any)
		return slices.ContainsFunc(rows, func(item any) bool {
			row, _ := item.(map[string]any)
			return parts(row, true)
		})
	}
	return false
}
