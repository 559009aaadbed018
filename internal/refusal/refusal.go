package refusal

import (
	"fmt"
	"sort"
	"strings"

	"mingjing/internal/law"
)

// NotFound says that there is no such thing, or none that this person may see. What is a Chinese noun.
type NotFound struct{ What string }

func (n NotFound) Error() string { return "not found: " + n.What }

// Refused says that the law, or the agency's own division of work, does not allow the act now. Each finding names
// its article and what to do next. Nothing has been written.
type Refused struct{ Findings []law.Finding }

func (r Refused) Error() string {
	codes := make([]string, len(r.Findings))
	for i, f := range r.Findings {
		codes[i] = f.Rule
	}
	return "refused by " + strings.Join(codes, ", ")
}

// Invalid says which field of what was typed cannot be used, and why, in Chinese. Nothing has been written and
// nothing typed is lost: the face shows the same form again.
type Invalid struct {
	Message string
	Fields  map[string]string
}

func (i Invalid) Error() string {
	names := make([]string, 0, len(i.Fields))
	for name := range i.Fields {
		names = append(names, name)
	}
	sort.Strings(names)
	return fmt.Sprintf("invalid: %s", strings.Join(names, ", "))
}

// Field makes an Invalid of one field.
func Field(name, message string) Invalid {
	return Invalid{Message: message, Fields: map[string]string{name: message}}
}
