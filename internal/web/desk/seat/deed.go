package seat

import (
	"net/http"
	"net/url"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/refusal"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
)

// Deed is one small act on a thing: a form on the page of the thing, and what it does.
type Deed struct {
	Name string // last part of the address
	Form Form
	// Do asks one command and gives the sentence of what was done, and where to go on; empty is the page itself.
	Do func(typed url.Values) (said, href string, err error)
	// Shown answers instead of a redirect, where something is shown once, such as a setup code.
	Shown func(typed url.Values) error
}

// Deeds is a page of a thing with everything that may be done to it.
type Deeds struct {
	Path   string // such as /desk/accounts/{id}
	Action access.Action
	Kind   string
	Make   func(v *Visitor) (DeedPage, []Deed, error)
}

// DeedPage is what such a page shows.
type DeedPage struct {
	page.Frame
	State, Tone string
	Lead        string
	Tabs        []page.Link
	Actions     []page.Link
	Facts       []Fact
	Parts       []DeedPart
	Files       Files
	Forms       []Form
	Law         []page.Finding
}

// DeedPart is a list under a heading.
type DeedPart struct {
	Title string
	Lead  string
	Table table.View
}

// Install adds the page and its posts. The room's engine must have the page "deeds".
func (d Deeds) Install(r *Room) {
	r.Handle("GET "+d.Path, d.Action, d.Kind, func(v *Visitor) error { return d.show(v, http.StatusOK, "", nil) })
	r.Handle("POST "+d.Path+"/{deed}", d.Action, d.Kind, d.post)
}

func (d Deeds) show(v *Visitor, status int, name string, again *Form) error {
	p, deeds, err := d.Make(v)
	if err != nil {
		return err
	}
	for _, x := range deeds {
		if x.Name == name && again != nil {
			x.Form = *again
		}
		x.Form = x.Form.Named(x.Name)
		x.Form.Action = d.address(v) + "/" + x.Name
		p.Forms = append(p.Forms, x.Form)
	}
	return v.Show(status, "deeds", p)
}

// address is that of the page, whatever is posted below it.
func (d Deeds) address(v *Visitor) string {
	path := v.Request.URL.Path
	if v.Request.Method == http.MethodPost {
		path = path[:strings.LastIndex(path, "/")]
	}
	return path
}

func (d Deeds) post(v *Visitor) error {
	_, deeds, err := d.Make(v)
	if err != nil {
		return err
	}
	typed, err := v.Form()
	if err != nil {
		return err
	}
	name := v.Path("deed")
	for _, x := range deeds {
		if x.Name != name {
			continue
		}
		err := d.do(v, x, typed)
		if t, ok := TroubleOf(err); err != nil && ok {
			form := x.Form.Named(x.Name).Filled(typed).With(t)
			return d.show(v, http.StatusUnprocessableEntity, name, &form)
		}
		return err
	}
	return refusal.NotFound{What: "这项操作，或者它现在不能办理"}
}

// do runs a deed and answers.
func (d Deeds) do(v *Visitor, x Deed, typed url.Values) error {
	if err := x.Form.Unfit(typed); err != nil {
		return err
	}
	if x.Shown != nil {
		return x.Shown(typed)
	}
	said, href, err := x.Do(typed)
	if err != nil {
		return err
	}
	if href == "" {
		href = d.address(v)
	}
	return v.Done(href, said)
}

// Text is a value of a form without the blanks around it.
func Text(typed url.Values, name string) string { return strings.TrimSpace(typed.Get(name)) }
