package hostile

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// field is one thing that a form sends.
type field struct {
	name    string
	control string // line, area, select, radio, checkbox, hidden, password, file, …
	value   string
	options []string
}

// form is a form of a page as a browser would send it.
type form struct {
	page   string // where it stands
	login  string // for whom
	method string
	action string
	upload bool
	fields []field
}

// words tells that somebody may write what they want into a field.
func (f field) words() bool {
	switch f.control {
	case "select", "radio", "checkbox", "hidden", "file", "submit", "button":
		return false
	}
	return true
}

// untouched are the values that the form sends when nothing is changed.
func (f form) untouched() url.Values {
	out := url.Values{}
	for _, x := range f.fields {
		pressed := x.control == "submit" && out.Has(x.name) // of several buttons one is pressed
		if x.control != "file" && !pressed && (x.value != "" || x.words()) {
			out.Add(x.name, x.value)
		}
	}
	return out
}

// numbers are the parts of addresses and names that only tell one thing from another.
var numbers = regexp.MustCompile(`(/|\.|-|=)([0-9a-z]{26}|[0-9a-f]{16,}|[0-9]+|MZ-[^/?]*)`)

// shape is an address without what tells one thing from another of its kind.
func shape(address string) string {
	path, query, _ := strings.Cut(address, "?")
	path = numbers.ReplaceAllString(path, "$1{}")
	values, _ := url.ParseQuery(query)
	var keys []string
	for key := range values {
		if key == "kind" || key == "tab" || key == "do" {
			key += "=" + values.Get(key)
		}
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return path + "?" + strings.Join(keys, "&")
}

// kind tells forms apart: what they send, and where to.
func (f form) kind() string {
	var names []string
	for _, x := range f.fields {
		names = append(names, numbers.ReplaceAllString(x.name, "$1{}"))
	}
	slices.Sort(names)
	return f.method + " " + shape(f.action) + " " + strings.Join(slices.Compact(names), ",")
}

// formsOf reads the forms of a page.
func formsOf(a *answer, login string) []form {
	if a.root == nil {
		return nil
	}
	at, err := url.Parse(a.at)
	if err != nil {
		return nil
	}
	var list []form
	outside := map[string]int{} // by id, for fields that stand elsewhere
	for n := range a.root.Descendants() {
		if n.Type != html.ElementNode || n.Data != "form" {
			continue
		}
		to, err := at.Parse(attr(n, "action"))
		if err != nil {
			continue
		}
		f := form{page: a.at, login: login, method: strings.ToUpper(attr(n, "method")), action: to.RequestURI(), upload: strings.Contains(attr(n, "enctype"), "multipart")}
		if f.method == "" {
			f.method = "GET"
		}
		if id := attr(n, "id"); id != "" {
			outside[id] = len(list)
		}
		for d := range n.Descendants() {
			if x, ok := fieldOf(d); ok && attr(d, "form") == "" {
				f.add(x)
			}
		}
		list = append(list, f)
	}
	for n := range a.root.Descendants() {
		if x, ok := fieldOf(n); ok && attr(n, "form") != "" {
			if i, known := outside[attr(n, "form")]; known {
				list[i].add(x)
			}
		}
	}
	return list
}

// add puts a field to a form; the buttons of one group are one field.
func (f *form) add(x field) {
	if x.control == "radio" || x.control == "checkbox" {
		for i := range f.fields {
			if f.fields[i].name == x.name && f.fields[i].control == x.control {
				f.fields[i].options = append(f.fields[i].options, x.options...)
				if x.value != "" {
					f.fields[i].value = x.value
				}
				return
			}
		}
	}
	f.fields = append(f.fields, x)
}

func fieldOf(n *html.Node) (field, bool) {
	if n.Type != html.ElementNode || attr(n, "name") == "" {
		return field{}, false
	}
	x := field{name: attr(n, "name"), value: attr(n, "value")}
	switch n.Data {
	case "textarea":
		x.control, x.value = "area", strings.TrimPrefix(textOf(n), "\n")
	case "select":
		x.control, x.value = "select", ""
		for o := range n.Descendants() {
			if o.Type == html.ElementNode && o.Data == "option" {
				value := attr(o, "value")
				if !hasAttr(o, "value") {
					value = textOf(o)
				}
				x.options = append(x.options, value)
				if hasAttr(o, "selected") || len(x.options) == 1 {
					x.value = value
				}
			}
		}
	case "button":
		x.control = "submit"
	case "input":
		switch x.control = attr(n, "type"); x.control {
		case "", "text", "tel", "email", "url", "number":
			x.control = "line"
		case "radio", "checkbox":
			x.options = []string{x.value}
			if !hasAttr(n, "checked") {
				x.value = ""
			}
		}
	default:
		return field{}, false
	}
	return x, true
}
