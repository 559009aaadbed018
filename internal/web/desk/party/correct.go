package party

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/casefile"
	"mingjing/internal/form"
	"mingjing/internal/party"
	"mingjing/internal/refusal"
	"mingjing/internal/web/desk/dossier"
	"mingjing/internal/web/desk/seat"
)

// correctForm asks for what was taken down wrong of a party. What is personal is not shown on it: whoever leaves a field empty
// leaves the fact as it is.
func correctForm(caseID string, p party.Party) seat.Form {
	f := seat.Form{Fold: "更正当事人信息", Action: dossier.Address(caseID) + "/parties/" + p.ID + "/correct", Submit: "更正",
		Lead: "登记有误的，写明原因后更正；原来的内容保留在案件记录中。正在填写的文书随之改写，决定文本因此改变的，法制审核失效。已经制作的文书不变，需要更正的另行制作《更正通知书》。"}
	person := p.Kind == form.PartyPerson
	personal := []string{"id", "birth", "phone"}
	if p.Kind != form.PartyOrganisation {
		personal = append(personal, "address")
	}
	for _, fact := range casefile.PartyFacts() {
		if person && (fact[0] == "code" || fact[0] == "legal_rep") || !person && (fact[0] == "id" || fact[0] == "gender" || fact[0] == "birth") && p.Kind == form.PartyOrganisation {
			continue
		}
		field := seat.Field{Name: fact[0], Label: fact[1]}
		if value, _ := p.Details[fact[0]].(string); !slices.Contains(personal, fact[0]) {
			field.Value = value
		} else if value != "" {
			field.Hint = "已登记。不改的留空。"
		}
		f.Fields = append(f.Fields, field)
	}
	f.Fields = append(f.Fields, seat.Field{Name: "reason", Label: "更正的原因和依据", Control: seat.Area, Rows: 2, Required: true})
	return f
}

// correct puts a party right.
func (r room) correct(v *seat.Visitor) error {
	view, p, row, err := r.party(v)
	if err != nil {
		return err
	}
	if err := access.Require(v.Actor, access.StepHandler, view.Thing); err != nil {
		return err
	}
	f := correctForm(view.File.ID, p.Party)
	return v.Submit(f, func(typed url.Values) error {
		facts := map[string]string{}
		for _, field := range f.Fields {
			if field.Name != "reason" {
				facts[field.Name] = typed.Get(field.Name)
			}
		}
		if err := r.House.Cases.CorrectParty(v.Context(), v.Actor, view.File.ID, p.Party.ID, facts, typed.Get("reason")); err != nil {
			return onParty(err)
		}
		return v.Done(dossier.Address(view.File.ID)+"/parties/"+p.Party.ID, "当事人信息已更正。")
	}, func(f seat.Form) error {
		f.Fold = ""
		f.Title = "更正当事人信息"
		return r.show(v, http.StatusUnprocessableEntity, view, p, row, false, f)
	})
}

// onParty puts what is wrong with a fact of the party beside its field.
func onParty(err error) error {
	var invalid refusal.Invalid
	if !errors.As(err, &invalid) {
		return err
	}
	fields := map[string]string{}
	for name, message := range invalid.Fields {
		fields[strings.TrimPrefix(name, "party.")] = message
	}
	return refusal.Invalid{Message: invalid.Message, Fields: fields}
}
