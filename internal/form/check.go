package form

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Check tests a whole document: required fields, the type and bound of every
// value, and the named checks. Its messages are Chinese and name the field.
func Check(k *Kind, v Values) Invalid { return check(k, v, true) }

// checker collects messages while it walks a document.
type checker struct {
	messages map[string]string
	complete bool // whether empty required fields are wrong
}

func check(k *Kind, v Values, complete bool) Invalid {
	c := checker{messages: map[string]string{}, complete: complete}
	v = active(k, v)
	for _, field := range k.Fields {
		if allHold(field.When, v) {
			c.field(field, v[field.Name], field.Name)
		}
	}
	for _, field := range k.Fields {
		if allHold(field.When, v) {
			c.order(k, field, v)
		}
	}
	if len(c.messages) == 0 {
		return Invalid{}
	}
	return Invalid{Fields: c.messages}
}

func (c checker) field(f Field, value any, name string) {
	if isEmpty(value) {
		if f.Required && c.complete {
			c.missing(f, name)
		}
		return
	}
	t := kindOf(f)
	switch t.shape {
	case many:
		for _, text := range texts(value) {
			if !slices.Contains(f.Options, text) {
				c.messages[name] = f.Label + "须从所列选项中选择"
			}
		}
	case record:
		row, ok := value.(map[string]any)
		if !ok {
			c.messages[name] = f.Label + "的内容不完整，请重新填写"
			return
		}
		c.row(t.parts(f), row, name)
	case list:
		c.list(f, t, value, name)
	default:
		_, message := t.parse(f, t.show(f, value))
		for _, named := range f.Checks {
			if message == "" {
				message = checkText(named, f, t.show(f, value))
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
	t := kindOf(f)
	switch {
	case t.control == "select" || t.control == "boxes":
		verb = "请选择"
	case t.control == "tick":
		verb = "请确认"
	case t.shape == record:
		c.row(t.parts(f), map[string]any{}, name)
		return
	}
	c.messages[name] = verb + f.Label
}

func (c checker) row(parts []Field, row map[string]any, name string) {
	for _, part := range parts {
		if allHold(part.When, row) {
			c.field(part, row[part.Name], name+"."+part.Name)
		}
	}
}

func (c checker) list(f Field, t fieldType, value any, name string) {
	rows, ok := value.([]any)
	if !ok {
		c.messages[name] = f.Label + "的内容不完整，请重新填写"
		return
	}
	if len(rows) > maxRows(f) {
		c.messages[name] = fmt.Sprintf("%s最多%d行，现有%d行", f.Label, maxRows(f), len(rows))
	}
	for i, item := range rows {
		row, ok := item.(map[string]any)
		if !ok {
			c.messages[name] = f.Label + "的内容不完整，请重新填写"
			return
		}
		c.row(t.parts(f), row, name+"."+strconv.Itoa(i))
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

var phoneTyped = regexp.MustCompile(`^(1[3-9]\d{9}|(0\d{2,3}-?)?[2-9]\d{6,7}(-\d{1,6})?|400-?\d{3}-?\d{4})$`)

// checkText applies one named check to a filled text; "" means it passes.
func checkText(named string, f Field, text string) string {
	text = strings.TrimSpace(text)
	switch named {
	case "credit-code":
		return checkCreditCode(f, text)
	case "citizen-id":
		return checkCitizenID(f, text)
	case "phone":
		if !phoneTyped.MatchString(text) {
			return f.Label + "不是有效的电话号码"
		}
	case "true":
		if text != "是" {
			return "请确认" + f.Label
		}
	case "url":
		if !strings.HasPrefix(text, "https://") && !strings.HasPrefix(text, "http://") {
			return f.Label + "须以https://或者http://开头"
		}
	case "positive":
		if strings.HasPrefix(text, "-") || strings.Trim(text, "0.,") == "" {
			return f.Label + "须大于零"
		}
	}
	return ""
}

// Checks are the named checks a kind file may use; min: and after: take an argument.
func Checks() []string {
	return []string{"credit-code", "citizen-id", "phone", "true", "url", "positive", "min:", "after:"}
}
