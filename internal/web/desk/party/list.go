package party

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/casefile"
	"mingjing/internal/casefile/book"
	"mingjing/internal/db"
	"mingjing/internal/flow"
	"mingjing/internal/form"
	"mingjing/internal/refusal"
	"mingjing/internal/web/desk/dossier"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

// listPage lists the parties of a case and takes further ones.
type listPage struct {
	page.Frame
	Parties []Row
	Exports []page.Link
	Form    *seat.Form
	Closed  string // why no more can be added
}

func addForm(id string) seat.Form {
	kinds := []seat.Option{}
	for _, k := range []string{form.PartyOrganisation, form.PartyTrader, form.PartyPerson} {
		kinds = append(kinds, seat.Option{Value: k, Text: k})
	}
	return seat.Form{Title: "增加当事人", Action: dossier.Address(id) + "/parties", Submit: "增加", Fields: []seat.Field{{Name: seat.OnceField, Control: seat.Hidden, Value: access.NewFormKey()},
		{Name: "kind", Label: "当事人类型", Control: seat.Radio, Options: kinds, Value: form.PartyOrganisation, Required: true},
		{Name: "lines", Label: "名单", Control: seat.Area, Rows: 8, Required: true,
			Hint: "每行一名，依次写：姓名或者名称，统一社会信用代码（自然人写身份证号），住所，法定代表人（负责人），电话。用逗号或者制表符隔开，可以从表格中直接粘贴；后面的项目可以不写。"}}}
}

// list shows the parties.
func (r room) list(v *seat.Visitor) error {
	view, err := r.open(v)
	if err != nil {
		return err
	}
	return r.showList(v, http.StatusOK, view, addForm(view.File.ID))
}

func (r room) showList(v *seat.Visitor, status int, view casefile.View, f seat.Form) error {
	p := listPage{Frame: v.Head("当事人", dossier.Crumb(view.File)...), Parties: Rows(view), Exports: Exports(v, view)}
	early := slices.Contains([]flow.State{flow.Lead, flow.Opened, flow.Investigating}, view.File.State) && view.File.Procedure == book.Ordinary
	switch {
	case !early:
		p.Closed = "调查终结之后不能再增加当事人；另有当事人的，请另行立案。"
	case v.May(access.StepHandler, view.Thing):
		p.Form = &f
	}
	return v.Show(status, "parties", p)
}

// add adds the parties of a list: all of them, or none.
func (r room) add(v *seat.Visitor) error {
	view, err := r.open(v)
	if err != nil {
		return err
	}
	if err := access.Require(v.Actor, access.StepHandler, view.Thing); err != nil {
		return err
	}
	return v.Submit(addForm(view.File.ID), func(typed url.Values) error {
		list := partiesIn(typed.Get("kind"), typed.Get("lines"))
		if len(list) == 0 {
			return refusal.Field("lines", "请至少写一名当事人。")
		}
		href, said := dossier.Address(view.File.ID)+"/parties", "已增加"+page.Count(len(list))+"名当事人。"
		err := v.Write(func(tx *db.Tx) error {
			before, err := v.DoneBefore(tx, typed)
			if err != nil || before != "" {
				said = "这份名单已经增加过，没有重复增加。"
				return err
			}
			if err := r.House.Cases.AddPartiesIn(tx, v.Actor, view.File.ID, list); err != nil {
				return err
			}
			return v.DidOnce(tx, typed, href)
		})
		if err != nil {
			seat.Renew(err, typed)
			return onLines(err)
		}
		return v.Done(href, said)
	}, func(f seat.Form) error { return r.showList(v, http.StatusUnprocessableEntity, view, f) })
}

// onLines puts the faults of single parties beside the list they were written in.
func onLines(err error) error {
	var invalid refusal.Invalid
	if !errors.As(err, &invalid) {
		return err
	}
	var all []string
	for _, name := range slices.Sorted(maps.Keys(invalid.Fields)) {
		all = append(all, invalid.Fields[name])
	}
	return refusal.Invalid{Message: invalid.Message, Fields: map[string]string{"lines": strings.Join(all, "；") + "。"}}
}

// separators part the columns of a pasted line; an empty column stays one.
func separators() *strings.Replacer {
	return strings.NewReplacer(",", "\t", "，", "\t", ";", "\t", "；", "\t")
}

// partiesIn reads one party a line.
func partiesIn(kind, text string) []map[string]any {
	var list []map[string]any
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		parts := strings.Split(separators().Replace(strings.TrimRight(line, "\r\n")), "\t")
		names := []string{"name", "code", "address", "legal_rep", "phone"}
		if kind == form.PartyPerson {
			names = []string{"name", "id", "address", "phone"}
		}
		details := map[string]any{"kind": kind}
		for i, name := range names {
			if i < len(parts) && strings.TrimSpace(parts[i]) != "" {
				details[name] = strings.TrimSpace(parts[i])
			}
		}
		list = append(list, details)
	}
	return list
}
