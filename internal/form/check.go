package form

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mingjing/internal/form/entry"
)

// Check tests a whole document: required fields, the type and bound of every
// value, and the named checks. Its messages are Chinese and name the field.
func Check(k *Kind, v Values) Invalid { return check(k, v, true) }

// CheckParty tests the parts of one 当事人 that stands in no document, as when parties are added by a list. Which parts must
// be filled is for the document to say that names the party.
func CheckParty(details map[string]any) map[string]string {
	c := checker{messages: map[string]string{}}
	c.field(Field{Name: "party", Label: "当事人", Type: "party"}, details, "party")
	return c.messages
}

// checker collects messages while it walks a document.
type checker struct {
	messages map[string]string
	complete bool // whether empty required fields are wrong
}

func check(k *Kind, v Values, complete bool) Invalid {
	c := checker{messages: map[string]string{}, complete: complete}
	v = active(k, v)
	for _, field := range k.Fields {
		if entry.AllHold(field.When, v) {
			c.field(field, v[field.Name], field.Name)
		}
	}
	for _, field := range k.Fields {
		if entry.AllHold(field.When, v) {
			c.order(k, field, v)
		}
	}
	if len(c.messages) == 0 {
		return Invalid{}
	}
	return Invalid{Fields: c.messages}
}

func (c checker) field(f Field, value any, name string) {
	if entry.Empty(value) {
		if f.Required && c.complete {
			c.missing(f, name)
		}
		return
	}
	t := entry.Of(f)
	switch t.Shape {
	case entry.Many:
		for _, text := range entry.Texts(value) {
			if !slices.Contains(f.Options, text) {
				c.messages[name] = f.Label + "须从所列选项中选择"
			}
		}
	case entry.Record:
		row, ok := value.(map[string]any)
		if !ok {
			c.messages[name] = f.Label + "的内容不完整，请重新填写"
			return
		}
		c.row(t.Parts(f), row, name)
	case entry.List:
		c.list(f, t, value, name)
	default:
		_, message := t.Parse(f, t.Show(f, value))
		if message == "" && entry.Unprintable(t.Show(f, value)) {
			message = entry.UnprintableMessage(f.Label)
		}
		for _, named := range f.Checks {
			if message == "" {
				message = entry.Check(named, f, t.Show(f, value))
			}
		}
		if message != "" {
			c.messages[name] = message
		}
	}
}

// missing puts the message where the person can act on it: on the first part of
// a record or list, because those have an input.
func (c checker) missing(f Field, name string) {
	verb := "请填写"
	t := entry.Of(f)
	switch {
	case t.Control == "select" || t.Control == "boxes":
		verb = "请选择"
	case t.Control == "tick":
		verb = "请确认"
	case t.Shape == entry.Record:
		c.row(t.Parts(f), map[string]any{}, name)
		return
	}
	c.messages[name] = verb + f.Label
}

func (c checker) row(parts []Field, row map[string]any, name string) {
	for _, part := range parts {
		if entry.AllHold(part.When, row) {
			c.field(part, row[part.Name], name+"."+part.Name)
		}
	}
}

func (c checker) list(f Field, t entry.Type, value any, name string) {
	rows, ok := value.([]any)
	if !ok {
		c.messages[name] = f.Label + "的内容不完整，请重新填写"
		return
	}
	if len(rows) > entry.MaxRows(f) {
		c.messages[name] = fmt.Sprintf("%s最多%d行，现有%d行", f.Label, entry.MaxRows(f), len(rows))
	}
	for i, item := range rows {
		row, ok := item.(map[string]any)
		if !ok {
			c.messages[name] = f.Label + "的内容不完整，请重新填写"
			return
		}
		c.row(t.Parts(f), row, name+"."+strconv.Itoa(i))
	}
	for _, named := range f.Checks {
		if least, found := strings.CutPrefix(named, "min:"); found {
			n, _ := strconv.Atoi(least)
			if len(rows) < n && c.complete {
				c.messages[name] = fmt.Sprintf("%s至少%d项，现有%d项", f.Label, n, len(rows))
			}
		}
	}
}

// order holds the checks between two fields, written after:other.
func (c checker) order(k *Kind, f Field, v Values) {
	for _, named := range f.Checks {
		other, found := strings.CutPrefix(named, "after:")
		if !found {
			continue
		}
		before, ok := k.Field(other)
		earlier, later := v.Text(other), v.Text(f.Name)
		if !ok || earlier == "" || later == "" || c.messages[f.Name] != "" || c.messages[other] != "" {
			continue
		}
		// Days and times sort as text; a day against a time compares by day.
		n := min(len(earlier), len(later))
		if later[:n] < earlier[:n] {
			c.messages[f.Name] = f.Label + "不得早于" + before.Label
		}
	}
}
