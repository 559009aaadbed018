package handover

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/handover"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

// leaverPage is what somebody leaves behind, with the form by which it goes to others.
type leaverPage struct {
	page.Frame
	State, Tone string
	Facts       []seat.Fact
	Trouble     seat.Trouble
	Moved       string // what went, when not all did
	Kept        []kept
	Action      string
	Rows        []caseRow
	To, Reason  string
	People      []seat.Option
	Tasks       []taskRow
	Exports     []page.Link
	Empty       page.Empty
}

// kept is a case that did not go.
type kept struct {
	Title, Href string
	Why         []page.Finding
}

type caseRow struct{ ID, Title, Number, State, Href, Due, To string }

type taskRow struct{ What, Title, Href, Next string }

// stays is the choice by which a case is left out.
const stays = "stays"

// ask shows what the person leaves behind.
func (r room) ask(v *seat.Visitor) error {
	d, err := desk(v)
	if err != nil {
		return err
	}
	return r.show(v, http.StatusOK, d, nil, seat.Trouble{}, handover.Given{})
}

func (r room) show(v *seat.Visitor, status int, d handover.Desk, typed url.Values, t seat.Trouble, g handover.Given) error {
	a := d.Account
	p := leaverPage{Frame: v.Head("移交"+a.Name+"的案件", page.Link{Text: "案件", Href: "/desk/cases"}, page.Link{Text: "移交案件", Href: root}), State: "账号在用", Tone: "met", Trouble: t,
		Action: root + "/" + a.ID, To: typed.Get("to"), Reason: typed.Get("reason"), Exports: r.caseList().Exports(v, len(d.Cases)),
		Empty: page.Empty{Title: a.Name + "没有可以移交的在办案件", Text: "办结的案件不再移交，记录保留不变。"}}
	if !a.Active() {
		p.State, p.Tone = "账号已停用", "late"
	}
	p.Facts = []seat.Fact{{Name: "科室", Text: r.unitName(a.Unit)}, {Name: "在办案件", Text: page.Count(len(d.Cases)) + "件"}}
	if d.Other > 0 {
		p.Facts = append(p.Facts, seat.Fact{Name: "其他科室的", Text: page.Count(d.Other) + "件", Sub: "由该科室负责人或者机关负责人移交"})
	}
	if len(g.Moved) > 0 {
		p.Moved = fmt.Sprintf("已移交%d件。", len(g.Moved))
	}
	for _, k := range g.Kept {
		p.Kept = append(p.Kept, kept{k.Case.Title, "/desk/cases/" + k.Case.ID, page.FindingsOf(k.Why)})
	}
	for _, f := range d.Cases {
		row := caseRow{ID: f.ID, Title: f.Title, Number: f.Number, State: f.StateTitle(), Href: "/desk/cases/" + f.ID, To: typed.Get("to." + f.ID)}
		if !f.NextDue.IsZero() {
			row.Due = f.NextDue.String()
		}
		p.Rows = append(p.Rows, row)
	}
	for _, x := range d.Tasks {
		p.Tasks = append(p.Tasks, taskRow{x.What, x.Title, "/desk/" + x.Kind + "s/" + x.Thing, x.Next})
	}
	var err error
	if p.People, err = r.people(v, a.ID); err != nil {
		return err
	}
	return v.Show(status, "leaver", p)
}

// people are the handlers of the agency who still work.
func (r room) people(v *seat.Visitor, but string) ([]seat.Option, error) {
	var options []seat.Option
	err := v.Read(func(tx *db.Tx) error {
		list, err := access.List(tx, v.Agency, access.Filter{Role: access.RoleHandler, State: access.StateActive}, "", 200)
		for _, a := range list {
			if a.ID != but {
				options = append(options, seat.Option{Value: a.ID, Text: a.Name + "（" + r.unitName(a.Unit) + "）"})
			}
		}
		return err
	})
	return options, err
}

// give hands the cases over as the page says.
func (r room) give(v *seat.Visitor) error {
	d, err := desk(v)
	if err != nil {
		return err
	}
	typed, err := v.Form()
	if err != nil {
		return err
	}
	g, err := r.handover.Give(v.Context(), v.Actor, order(d, typed))
	if err != nil {
		t, ok := seat.TroubleOf(err)
		if !ok {
			return err
		}
		return r.show(v, http.StatusUnprocessableEntity, d, typed, t, g)
	}
	if len(g.Kept) == 0 {
		return v.Done(root+"/"+d.Account.ID, fmt.Sprintf("已移交%d件案件，每一件都记入了案件记录。", len(g.Moved)))
	}
	if d, err = desk(v); err != nil {
		return err
	}
	return r.show(v, http.StatusUnprocessableEntity, d, typed, seat.Trouble{}, g)
}

// order reads to whom each case goes: to the one chosen for it, else to the one chosen for all.
func order(d handover.Desk, typed url.Values) handover.Order {
	o := handover.Order{From: d.Account.ID, To: map[string]string{}, Reason: strings.TrimSpace(typed.Get("reason"))}
	for name := range typed {
		id, own := strings.CutPrefix(name, "to.")
		if to := typed.Get(name); own && to != "" && to != stays {
			o.To[id] = to
		}
	}
	all := typed.Get("to")
	for _, f := range d.Cases {
		if own := typed.Get("to." + f.ID); own == "" && all != "" && slices.Contains(typed["case"], f.ID) {
			o.To[f.ID] = all
		}
	}
	return o
}
