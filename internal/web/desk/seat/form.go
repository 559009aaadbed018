package seat

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"sort"

	"mingjing/internal/access"
	"mingjing/internal/form/entry"
	"mingjing/internal/refusal"
	"mingjing/internal/web/page"
)

// Option is one choice of a field.
type Option struct{ Value, Text, Hint string }

// The controls of a field. An empty control is one line of text.
const (
	Line   = ""
	Area   = "area"
	Select = "select"
	Radio  = "radio"
	Boxes  = "boxes"
	Tick   = "tick"
	Date   = "date"
	File   = "file"
	Hidden = "hidden"
	// Password is never shown again: what was typed is asked for anew.
	Password = "password"
)

// Field is one thing that a form asks for.
type Field struct {
	Name, Label, Hint string
	Control           string
	Value             string
	Values            []string // of boxes
	Options           []Option
	Required          bool
	Rows              int    // of an area; 0 = 4
	Accept            string // of a file
	Error             string
	Check             string // asked of the server while typing
	Form              string // tells the fields of several forms on one page apart
	Purpose           string // what a browser or password keeper may fill it with (HTML autofill field name); empty: nothing
}

// Has tells whether an option is chosen.
func (f Field) Has(value string) bool {
	if f.Control == Boxes {
		return slices.Contains(f.Values, value)
	}
	return f.Value == value
}

// Ref is the field's id on the page.
func (f Field) Ref() string {
	if f.Form != "" {
		return f.Form + "-" + f.Name
	}
	return f.Name
}

// Describedby are the ids of hint and error for assistive technology.
func (f Field) Describedby() string {
	switch {
	case f.Hint != "" && f.Error != "":
		return "hint-" + f.Ref() + " error-" + f.Ref()
	case f.Hint != "":
		return "hint-" + f.Ref()
	case f.Error != "":
		return "error-" + f.Ref()
	}
	return ""
}

// Trouble is why a post was not done: on the page with everything that was typed, never in its place.
type Trouble struct {
	Message  string
	Findings []page.Finding
	Fields   map[string]string
	Proof    string // where presence is proved again, when nothing else is missing
	Before   string // what the same page did before, when that is why
}

// Any tells whether there is trouble.
func (t Trouble) Any() bool { return t.Message != "" || len(t.Findings) > 0 || len(t.Fields) > 0 }

// TroubleOf makes what a room refused readable; ok is false for an error that is no answer to a person, and for what is
// not there at all.
func TroubleOf(err error) (t Trouble, ok bool) {
	var refused refusal.Refused
	var invalid refusal.Invalid
	var sent Sent
	switch {
	case errors.As(err, &sent):
		return Trouble{Message: sentBefore, Before: sent.Href}, true
	case errors.As(err, &refused):
		for _, f := range refused.Findings {
			if f.Rule == access.StepUpRule {
				t.Proof = stepUpPage
			}
		}
		t.Findings = page.FindingsOf(refused.Findings)
		sort.SliceStable(t.Findings, func(i, j int) bool { return !t.Findings[i].Warns && t.Findings[j].Warns })
		return t, true
	case errors.As(err, &invalid):
		t.Message, t.Fields = invalid.Message, invalid.Fields
		if t.Message == "" && len(t.Fields) == 0 {
			t.Message = "填写的内容不能使用，请核对后重新提交。"
		}
		return t, true
	}
	return t, false
}

// Status is that of a page that shows a form again.
func Status(err error) int {
	if errors.As(err, new(*http.MaxBytesError)) {
		return http.StatusRequestEntityTooLarge
	}
	return http.StatusUnprocessableEntity
}

// Form is a small form: what it asks for, where it goes, and what was wrong with it.
type Form struct {
	Title   string
	Lead    string
	Fold    string // the form is folded away under this line until it is wanted
	Action  string
	Submit  string
	Grave   bool // what it does cannot be taken back
	Upload  bool
	Cancel  string
	Fields  []Field
	Trouble Trouble
	Summary page.Summary
}

// Filled is the form with what was posted in its fields.
func (f Form) Filled(typed url.Values) Form {
	fields := slices.Clone(f.Fields)
	for i := range fields {
		switch fields[i].Control {
		case Boxes:
			fields[i].Values = typed[fields[i].Name]
		case File, Password:
		default:
			fields[i].Value = typed.Get(fields[i].Name)
		}
	}
	f.Fields = fields
	return f
}

// Unfit refuses a choice that the form does not offer, and a text that no paper could show. A page offers only what the command may be asked for, so such a
// value comes from a page that is out of date or from no page at all.
func (f Form) Unfit(typed url.Values) error {
	wrong := map[string]string{}
	for _, field := range f.Fields {
		switch field.Control {
		case Select, Radio, Boxes:
		default:
			if slices.ContainsFunc(typed[field.Name], entry.Unprintable) {
				wrong[field.Name] = entry.UnprintableMessage("“"+field.Label+"”") + "。"
			}
			continue
		}
		for _, value := range typed[field.Name] {
			offered := slices.ContainsFunc(field.Options, func(o Option) bool { return o.Value == value })
			if !offered && (value != "" || field.Control != Select) {
				wrong[field.Name] = "“" + field.Label + "”选的内容不在可选范围内，请重新选择。"
			}
		}
		if field.Control != Boxes && len(typed[field.Name]) > 1 {
			wrong[field.Name] = "“" + field.Label + "”只能选一项，请重新选择。"
		}
	}
	if len(wrong) > 0 {
		return refusal.Invalid{Fields: wrong}
	}
	return nil
}

// With is the form with the trouble beside its fields; what belongs to no field stands above them.
func (f Form) With(t Trouble) Form {
	fields := slices.Clone(f.Fields)
	f.Trouble = Trouble{Message: t.Message, Findings: t.Findings, Fields: map[string]string{}, Proof: t.Proof, Before: t.Before}
	f.Summary = page.Summary{}
	known := map[string]bool{}
	for i := range fields {
		known[fields[i].Name] = true
		if text := t.Fields[fields[i].Name]; text != "" {
			fields[i].Error = text
			f.Summary.Lines = append(f.Summary.Lines, page.Link{Text: text, Href: "#f-" + fields[i].Ref()})
		}
	}
	var rest []string
	for name := range t.Fields {
		if !known[name] {
			rest = append(rest, name)
		}
	}
	sort.Strings(rest)
	for _, name := range rest {
		f.Summary.Lines = append(f.Summary.Lines, page.Link{Text: t.Fields[name]})
	}
	f.Fields = fields
	return f
}

// Named tells the fields of this form apart from those of others on the page.
func (f Form) Named(name string) Form {
	fields := slices.Clone(f.Fields)
	for i := range fields {
		fields[i].Form = name
	}
	f.Fields = fields
	return f
}

// Set gives fields their values by name.
func (f Form) Set(values map[string]string) Form {
	fields := slices.Clone(f.Fields)
	for i := range fields {
		if value, ok := values[fields[i].Name]; ok {
			fields[i].Value = value
		}
	}
	f.Fields = fields
	return f
}

// FormPage is a page that is one form.
type FormPage struct {
	page.Frame
	Form  Form
	Facts []Fact
	Note  string
}

// Fact is one line of a summary.
type Fact struct {
	Name, Text, Href string
	Sub              string
	Tone             string
	Code             bool
	Wide             bool
}

// Submit runs a post: what the room refuses is shown on the form with everything that was typed, with status 422; what is
// done ends in a redirect. again shows the page with the form.
func (v *Visitor) Submit(form Form, do func(typed url.Values) error, again func(Form) error) error {
	typed, err := v.Form()
	if err != nil {
		return err
	}
	if err = form.Unfit(typed); err == nil {
		err = do(typed)
	}
	if err != nil {
		t, ok := TroubleOf(err)
		if !ok {
			return err
		}
		return again(form.Filled(typed).With(t))
	}
	return nil
}
