package entry

import (
	"slices"
	"strings"
)

// Condition is a test on the document's own values, written "name" (filled),
// "!name" (empty), "name=值" or "name!=值" with 值|值 for alternatives. A list of
// conditions holds when each does.
type Condition string

// split parts a condition into its path, whether it is negated, and the admitted
// texts; without texts it asks whether the path is filled.
func (c Condition) Split() (path string, negated bool, admitted []string) {
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
func (c Condition) Holds(row map[string]any) bool {
	path, negated, admitted := c.Split()
	value := Dig(row, path)
	if admitted == nil {
		return Empty(value) == negated
	}
	chosen := Texts(value)
	if flag, ok := value.(bool); ok {
		chosen = []string{Plain(Field{}, flag)}
	}
	matched := slices.ContainsFunc(chosen, func(text string) bool { return slices.Contains(admitted, text) })
	return matched != negated
}

// allHold is true for an empty list.
func AllHold(conditions []Condition, row map[string]any) bool {
	for _, condition := range conditions {
		if !condition.Holds(row) {
			return false
		}
	}
	return true
}
