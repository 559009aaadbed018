package form

import (
	"slices"
	"strings"
)

// split parts a condition into its path, whether it is negated, and the admitted
// texts; without texts it asks whether the path is filled.
func (c Condition) split() (path string, negated bool, admitted []string) {
	text := string(c)
	if left, right, found := strings.Cut(text, "!="); found {
		return left, true, strings.Split(right, "|")
	}
	if left, right, found := strings.Cut(text, "="); found {
		return left, false, strings.Split(right, "|")
	}
	if left, found := strings.CutPrefix(text, "!"); found {
		return left, true, nil
	}
	return text, false, nil
}

// holds judges the condition on a row or a document.
func (c Condition) holds(row map[string]any) bool {
	path, negated, admitted := c.split()
	value := dig(row, path)
	if admitted == nil {
		return isEmpty(value) == negated
	}
	chosen := texts(value)
	if flag, ok := value.(bool); ok {
		chosen = []string{plain(Field{}, flag)}
	}
	matched := slices.ContainsFunc(chosen, func(text string) bool { return slices.Contains(admitted, text) })
	return matched != negated
}

// allHold is true for an empty list.
func allHold(conditions []Condition, row map[string]any) bool {
	for _, condition := range conditions {
		if !condition.holds(row) {
			return false
		}
	}
	return true
}

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
			if out[field.Name] != nil && !allHold(field.When, out) {
				delete(out, field.Name)
				dropped = true
			}
		}
	}
	return out
}

func activeParts(f Field, value any) any {
	t := kindOf(f)
	switch v := value.(type) {
	case map[string]any:
		if t.shape != record {
			return value
		}
		return activeRow(t.parts(f), v)
	case []any:
		if t.shape != list {
			return value
		}
		rows := make([]any, len(v))
		for i, item := range v {
			rows[i] = item
			if row, ok := item.(map[string]any); ok {
				rows[i] = activeRow(t.parts(f), row)
			}
		}
		return rows
	}
	return value
}

func activeRow(parts []Field, row map[string]any) map[string]any {
	out := map[string]any{}
	for _, part := range parts {
		if row[part.Name] != nil && allHold(part.When, row) {
			out[part.Name] = row[part.Name]
		}
	}
	return out
}
