package form

// Prefill takes from the case's context what it can yield, by each field's path
// (see Paths), and standard wording where it yields nothing. A value that does not fit the field's type is left out, since a
// person will be asked for it anyway.
func Prefill(k *Kind, ctx map[string]any) Values {
	values := Values{}
	for _, field := range k.Fields {
		var value any
		if field.Prefill != "" {
			value = fit(field, dig(ctx, field.Prefill))
		}
		if isEmpty(value) && field.Default != "" {
			value = fit(field, field.Default)
		}
		if !isEmpty(value) {
			values[field.Name] = value
		}
	}
	return values
}

// fit brings a foreign value into the field's shape, nil where it does not go.
func fit(f Field, value any) any {
	clean, err := normal(value)
	if err != nil || isEmpty(clean) {
		return nil
	}
	t := kindOf(f)
	switch t.shape {
	case many:
		return clean
	case record:
		row, ok := clean.(map[string]any)
		if !ok {
			return nil
		}
		return fitRow(t.parts(f), row)
	case list:
		rows, ok := clean.([]any)
		if !ok {
			return nil
		}
		var out []any
		for _, item := range rows {
			if row, ok := item.(map[string]any); ok {
				out = append(out, fitRow(t.parts(f), row))
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
	parsed, message := t.parse(f, t.show(f, clean))
	if message != "" {
		return nil
	}
	return parsed
}

// fitRow keeps the parts the field knows.
func fitRow(parts []Field, row map[string]any) map[string]any {
	out := map[string]any{}
	for _, part := range parts {
		if value := fit(part, row[part.Name]); !isEmpty(value) {
			out[part.Name] = value
		}
	}
	return out
}
