package form

import "mingjing/internal/form/entry"

// active is the values that count: a field or part whose conditions do not hold
// says nothing, though what was typed there stays stored. A fine typed before
// the penalty became a warning must not be printed.
func active(k *Kind, v Values) Values {
	out := Values{}
	for _, field := range k.Fields {
		if value := v[field.Name]; value != nil {
			out[field.Name] = activeParts(field, value)
		}
	}
	// Dropping a field can make another's condition fail, so this repeats; each
	// round drops at least one field, which bounds it.
	for dropped := true; dropped; {
		dropped = false
		for _, field := range k.Fields {
			if out[field.Name] != nil && !entry.AllHold(field.When, out) {
				delete(out, field.Name)
				dropped = true
			}
		}
	}
	return out
}

func activeParts(f Field, value any) any {
	t := entry.Of(f)
	switch v := value.(type) {
	case map[string]any:
		if t.Shape != entry.Record {
			return value
		}
		return activeRow(t.Parts(f), v)
	case []any:
		if t.Shape != entry.List {
			return value
		}
		rows := make([]any, len(v))
		for i, item := range v {
			rows[i] = item
			if row, ok := item.(map[string]any); ok {
				rows[i] = activeRow(t.Parts(f), row)
			}
		}
		return rows
	}
	return value
}

func activeRow(parts []Field, row map[string]any) map[string]any {
	out := map[string]any{}
	for _, part := range parts {
		if row[part.Name] != nil && entry.AllHold(part.When, row) {
			out[part.Name] = row[part.Name]
		}
	}
	return out
}
