package office

import (
	"net/http"
	"net/url"

	"mingjing/internal/access"
	"mingjing/internal/casefile"
	"mingjing/internal/db"
	"mingjing/internal/web/desk/dossier"
	"mingjing/internal/web/desk/seat"
)

func (r room) installHandover() {
	at := dossier.Root + "/{id}/handover"
	r.Handle("GET "+at, "", "", r.handoverAsk)
	r.Handle("POST "+at, "", "", r.handoverMake)
}

// handed reads the case of the address for the person.
func (r room) handed(v *seat.Visitor) (casefile.View, error) {
	return r.House.Cases.Look(v.Context(), v.Actor, v.Path("id"))
}

// handoverForm asks to whom a case goes.
func (r room) handoverForm(v *seat.Visitor, view casefile.View) (seat.Form, error) {
	f := seat.Form{Action: dossier.Address(view.File.ID) + "/handover", Submit: "移交", Cancel: dossier.Address(view.File.ID), Fields: []seat.Field{
		{Name: "to", Label: "接手的承办人", Control: seat.Select, Required: true},
		{Name: "reason", Label: "移交原因", Control: seat.Area, Hint: "例如：调离岗位、长期请假、回避。", Required: true}}}
	name, err := r.unitName(v)
	if err != nil {
		return f, err
	}
	err = v.Read(func(tx *db.Tx) error {
		list, err := access.List(tx, v.Agency, access.Filter{Role: access.RoleHandler, State: access.StateActive}, "", 200)
		for _, a := range list {
			if a.ID != view.File.Handler {
				f.Fields[0].Options = append(f.Fields[0].Options, seat.Option{Value: a.ID, Text: a.Name + "（" + name(a.Unit) + "）"})
			}
		}
		return err
	})
	return f, err
}

// handoverAsk shows the form.
func (r room) handoverAsk(v *seat.Visitor) error {
	view, err := r.handed(v)
	if err != nil {
		return err
	}
	if err := access.Require(v.Actor, access.CaseHandOver, view.Thing); err != nil {
		return err
	}
	f, err := r.handoverForm(v, view)
	if err != nil {
		return err
	}
	return v.Show(http.StatusOK, "form", seat.FormPage{Frame: v.Head("移交承办人", dossier.Crumb(view.File)...), Form: f, Note: "移交后由接手人承办，原承办人的记录保留不变。"})
}

// handoverMake gives the case to another handler.
func (r room) handoverMake(v *seat.Visitor) error {
	view, err := r.handed(v)
	if err != nil {
		return err
	}
	f, err := r.handoverForm(v, view)
	if err != nil {
		return err
	}
	return v.Submit(f, func(typed url.Values) error {
		if err := r.House.Cases.HandOver(v.Context(), v.Actor, view.File.ID, typed.Get("to"), "", typed.Get("reason")); err != nil {
			return err
		}
		return v.Done(dossier.Address(view.File.ID), "案件已移交。")
	}, func(f seat.Form) error {
		return v.Show(http.StatusUnprocessableEntity, "form", seat.FormPage{Frame: v.Head("移交承办人", dossier.Crumb(view.File)...), Form: f})
	})
}
