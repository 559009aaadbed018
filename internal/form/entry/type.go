package entry

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Shape says how a field's value is built.
type Shape int

// The shapes of values.
const (
	Single Shape = iota // one value from one input
	Many                // several texts from one input name
	Record              // one map of parts
	List                // rows of parts
)

// Type is what a field type provides. Parse reads typed text and returns the
// value or a Chinese message; Show turns a value back into the text a person
// types, so that Parse(Show(v)) is v; Say gives the words of a legal sentence
// under a filter. Record and List types give Parts and SayRow; a Many type has
// neither Parse nor Show.
type Type struct {
	Shape   Shape
	Control string // the page's control: input, area, select, boxes, tick
	Check   string // data-check for the script, which the server repeats
	Filters []string
	Parse   func(f Field, typed string) (any, string)
	Show    func(f Field, value any) string
	Say     func(f Field, value any, filter string) string
	Parts   func(f Field) []Field
	SayRow  func(f Field, row map[string]any, filter string) string
	Hidden  func(part Field, row map[string]any) bool // beyond Part.Secret
}

// Types are the names of the field types a kind file may use.
func Types() []string {
	return []string{"line", "text", "choice", "choices", "bool", "date", "datetime", "money", "number",
		"person", "party", "statutes", "officers", "table", "attachments"}
}

func Named(name string) (Type, bool) {
	switch name {
	case "line":
		return lineField(), true
	case "text":
		return textField(), true
	case "choice":
		return choiceField(), true
	case "choices":
		return choicesField(), true
	case "bool":
		return boolField(), true
	case "date":
		return dateField(), true
	case "datetime":
		return datetimeField(), true
	case "money":
		return moneyField(), true
	case "number":
		return numberField(), true
	case "person":
		return personField(), true
	case "party":
		return partyField(), true
	case "statutes":
		return statutesField(), true
	case "officers":
		return officersField(), true
	case "table":
		return tableField(), true
	case "attachments":
		return attachmentsField(), true
	}
	return Type{}, false
}

// kindOf is typeOf for a field that Load has already admitted.
func Of(f Field) Type {
	t, ok := Named(f.Type)
	if !ok {
		return lineField()
	}
	return t
}

// partNamed finds a part of a record or list field.
func Part(f Field, name string) (Field, bool) {
	t := Of(f)
	if t.Parts == nil {
		return Field{}, false
	}
	for _, part := range t.Parts(f) {
		if part.Name == name {
			return part, true
		}
	}
	return Field{}, false
}

// bound is the largest admitted length in characters.
func Bound(f Field) int {
	if f.Max > 0 {
		return f.Max
	}
	if f.Type == "text" {
		return 20000
	}
	return 200
}

// maxRows bounds a list; a batch case may carry hundreds of parties.
func MaxRows(f Field) int {
	if f.Max > 0 {
		return f.Max
	}
	return 500
}

// tooLong gives the message for a text beyond its bound.
func tooLong(f Field, text string) string {
	if n := utf8.RuneCountInString(text); n > Bound(f) {
		return fmt.Sprintf("%s最多%d字，现有%d字", f.Label, Bound(f), n)
	}
	return ""
}

// isEmpty says whether a value says nothing.
func Empty(value any) bool { return Prune(value) == nil }

// plain is the text of a value that is already a string or an integer.
func Plain(_ Field, value any) string {
	switch v := value.(type) {
	case string:
		return v
	case int64:
		return strconv.FormatInt(v, 10)
	case bool:
		if v {
			return "是"
		}
		return "否"
	}
	return ""
}

// joinRows says each row and joins them the way a sentence does.
func joinRows(f Field, value any, filter string) string {
	t := Of(f)
	rows, _ := value.([]any)
	if filter == "count" {
		return strconv.Itoa(len(rows))
	}
	var said []string
	for _, item := range rows {
		row, ok := item.(map[string]any)
		if !ok {
			continue
		}
		if text := t.SayRow(f, row, filter); text != "" {
			said = append(said, text)
		}
	}
	if filter == "lines" || filter == "full" {
		return strings.Join(said, "\n")
	}
	return strings.Join(said, "、")
}

// rowText is the shown text of a part in a row.
func RowText(row map[string]any, name string) string {
	text, _ := row[name].(string)
	return strings.TrimSpace(text)
}
