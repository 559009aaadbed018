package form

import (
	"embed"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"mingjing/internal/form/entry"
)

//go:embed page.tmpl
var templateFiles embed.FS

// templates are parsed once; a broken template is found by the first test, not
// by the first visitor.
var templates = template.Must(template.ParseFS(templateFiles, "page.tmpl"))

// PageOptions tune the page.
type PageOptions struct {
	// Spare is how many empty rows a list shows for people without script; 0 means 1.
	Spare int
	// Offer are texts offered while typing, by field name (datalist).
	Offer map[string][]string
	// ReadOnly shows the fields without letting them change.
	ReadOnly bool
	// NoSummary leaves out the error summary, where the page has its own.
	NoSummary bool
}

// The page's view: what the template needs, already as text.
type pageView struct {
	Kind     *Kind
	Errors   []pageError
	Sections []pageSection
	ReadOnly bool
}

type pageError struct{ ID, Message string }

type pageSection struct {
	Title, Hint string
	Controls    []pageControl
}

// pageControl is one field on the page: an input, or a group of them.
type pageControl struct {
	ID, Name, Label, Hint, Error string
	Control                      string // input area select boxes tick record list
	Value                        string
	Values                       []string
	Options                      []string
	Offer                        []string
	Check, When                  string
	Max                          int
	Required, ReadOnly, Personal bool
	Rows                         []pageRow
	Next                         int
}

type pageRow struct {
	Title    string
	Controls []pageControl
}

// Has says whether an option is chosen.
func (c pageControl) Has(option string) bool { return slices.Contains(c.Values, option) }

// Offered says whether a value is one of the options; one that is not, from an
// older version of the form, is shown too so that saving does not lose it.
func (c pageControl) Offered(value string) bool { return slices.Contains(c.Options, value) }

// Describedby are the ids of hint and error for assistive technology.
func (c pageControl) Describedby() string {
	var ids []string
	if c.Hint != "" {
		ids = append(ids, "hint-"+c.ID)
	}
	if c.Error != "" {
		ids = append(ids, "error-"+c.ID)
	}
	return strings.Join(ids, " ")
}

// Page is the HTML of the form's fields: labels above, hints under them, errors
// beside the field and in a summary that links to it, what was typed kept as it
// was typed. The caller provides the form element and its buttons. It works
// without script; data-check, data-when and data-rows are for app.js.
func Page(k *Kind, v Values, invalid Invalid, options PageOptions) template.HTML {
	p := pager{values: v, invalid: invalid, options: options}
	view := pageView{Kind: k, ReadOnly: options.ReadOnly}
	seen := map[string]bool{}
	for _, section := range k.Layout {
		shown := pageSection{Title: section.Title, Hint: section.Hint}
		for _, name := range section.Fields {
			field, ok := k.Field(name)
			if !ok {
				continue
			}
			control := p.control(field, v[name], name, "")
			shown.Controls = append(shown.Controls, control)
			view.Errors = append(view.Errors, collectErrors(control, seen)...)
		}
		view.Sections = append(view.Sections, shown)
	}
	if options.NoSummary {
		view.Errors = nil
	}
	return execute("page.tmpl", view)
}

// execute runs a template over a view made of plain texts; it cannot fail but
// for a broken template, which the tests execute for every kind.
func execute(name string, view any) template.HTML {
	var out strings.Builder
	if err := templates.ExecuteTemplate(&out, name, view); err != nil {
		return template.HTML("<p class=\"error\">" + template.HTMLEscapeString(err.Error()) + "</p>")
	}
	return template.HTML(out.String())
}

type pager struct {
	values  Values
	invalid Invalid
	options PageOptions
}

func (p pager) control(f Field, value any, name, prefix string) pageControl {
	t := entry.Of(f)
	c := pageControl{
		ID: "f-" + strings.ReplaceAll(name, ".", "-"), Name: name, Label: f.Label, Hint: f.Hint,
		Error: p.invalid.Fields[name], Control: t.Control, Options: f.Options, Offer: p.options.Offer[f.Name],
		Check: t.Check, When: whenText(f.When, prefix), Required: f.Required, ReadOnly: p.options.ReadOnly || f.Computed(),
		Personal: f.Personal != "",
	}
	for _, named := range f.Checks {
		if named == "credit-code" || named == "citizen-id" {
			c.Check = named
		}
	}
	switch t.Shape {
	case entry.Record:
		c.Control = "record"
		row, _ := value.(map[string]any)
		c.Rows = []pageRow{{Controls: p.controls(t.Parts(f), row, name)}}
	case entry.List:
		c.Control = "list"
		p.rows(&c, f, t, value)
	case entry.Many:
		c.Values = entry.Texts(value)
	default:
		c.Max = entry.Bound(f)
		c.Value = t.Show(f, value)
		if raw, ok := p.invalid.Raw[name]; ok && len(raw) > 0 {
			c.Value = raw[len(raw)-1]
		}
		c.Values = []string{c.Value}
	}
	return c
}

func (p pager) controls(parts []Field, row map[string]any, name string) []pageControl {
	out := make([]pageControl, 0, len(parts))
	for _, part := range parts {
		out = append(out, p.control(part, row[part.Name], name+"."+part.Name, name))
	}
	return out
}

// rows shows the filled rows and enough empty ones to go on by hand.
func (p pager) rows(c *pageControl, f Field, t entry.Type, value any) {
	rows, _ := value.([]any)
	empty := max(p.options.Spare, 1)
	for _, named := range f.Checks {
		if least, found := strings.CutPrefix(named, "min:"); found {
			n, _ := strconv.Atoi(least)
			empty = max(empty, n-len(rows))
		}
	}
	if p.options.ReadOnly {
		empty = 0
	}
	for i := range len(rows) + empty {
		var row map[string]any
		if i < len(rows) {
			row, _ = rows[i].(map[string]any)
		}
		c.Rows = append(c.Rows, pageRow{
			Title:    fmt.Sprintf("第%d项", i+1),
			Controls: p.controls(t.Parts(f), row, c.Name+"."+strconv.Itoa(i)),
		})
	}
	c.Next = len(rows) + empty
	c.Max = entry.MaxRows(f)
}

// whenText writes conditions with the full input names, for the script.
func whenText(conditions []Condition, prefix string) string {
	said := make([]string, 0, len(conditions))
	for _, condition := range conditions {
		text := string(condition)
		if prefix != "" {
			if rest, negated := strings.CutPrefix(text, "!"); negated {
				text = "!" + prefix + "." + rest
			} else {
				text = prefix + "." + text
			}
		}
		said = append(said, text)
	}
	return strings.Join(said, " & ")
}

// collectErrors lists a control's errors in page order, each once.
func collectErrors(c pageControl, seen map[string]bool) []pageError {
	var out []pageError
	if c.Error != "" && !seen[c.ID] {
		seen[c.ID] = true
		out = append(out, pageError{ID: c.ID, Message: c.Error})
	}
	for _, row := range c.Rows {
		for _, part := range row.Controls {
			out = append(out, collectErrors(part, seen)...)
		}
	}
	return out
}
