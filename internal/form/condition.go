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
