package form

import "mingjing/internal/form/entry"

// Prefill takes from the case's context what it can yield, by each field's path
// (see Paths), and standard wording where it yields nothing. A value that does not fit the field's type is left out, since a
// person will be asked for it anyway.
func Prefill(k *Kind, ctx map[string]any) Values {
	values := Values{}
	for _, field := range k.Fields {
		var value any
		if field.Prefill != "" {
			value = fit(field, entry.Dig(ctx, field.Prefill))
		}
		if entry.Empty(value) && field.Default != "" {
			value = fit(field, field.Default)
		}
		if !entry.Empty(value) {
			values[field.Name] = value
		}
	}
	return values
}

// fit brings a foreign value into the field's shape, nil where it does not go.
func fit(f Field, value any) any {
	clean, err := entry.Normal(value)
	if err != nil || entry.Empty(clean) {
		return nil
	}
	t := entry.Of(f)
	switch t.Shape {
	case entry.Many:
		return clean
	case entry.Record:
		row, ok := clean.(map[string]any)
		if !ok {
			return nil
		}
		return fitRow(t.Parts(f), row)
	case entry.List:
		rows, ok := clean.([]any)
		if !ok {
			return nil
		}
		var out []any
		for _, item := range rows {
			if row, ok := item.(map[string]any); ok {
				out = append(out, fitRow(t.Parts(f), row))
			}
		}
		if out == nil {
			return nil
		}
		return out
	}
	if fen, ok := clean.(int64); ok && f.Type == "money" {
		return fen
	}
	parsed, message := t.Parse(f, t.Show(f, clean))
	if message != "" {
		return nil
	}
	return parsed
}

// fitRow keeps the parts the field knows.
func fitRow(parts []Field, row map[string]any) map[string]any {
	out := map[string]any{}
	for _, part := range parts {
		if value := fit(part, row[part.Name]); !entry.Empty(value) {
			out[part.Name] = value
		}
	}
	return out
}
