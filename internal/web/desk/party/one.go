package party

import (
	"net/http"
	"net/url"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/casefile"
	"mingjing/internal/db"
	"mingjing/internal/flow"
	"mingjing/internal/form"
	"mingjing/internal/party"
	"mingjing/internal/refusal"
	"mingjing/internal/web/desk/dossier"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

// onePage is one party; who and where is masked until somebody asks to see it and says what for.
type onePage struct {
	page.Frame
	Facts   []seat.Fact
	Row     Row
	Look    *seat.Form
	Correct *seat.Form
	Clear   bool
	History []party.Earlier
	Exports []page.Link // of the history
	At      map[string]string
}

func (r room) party(v *seat.Visitor) (casefile.View, casefile.PartyView, Row, error) {
	view, err := r.open(v)
	if err != nil {
		return view, casefile.PartyView{}, Row{}, err
	}
	for i, p := range view.Parties {
		if p.Party.ID == v.Path("party") {
			return view, p, Rows(view)[i], nil
		}
	}
	return view, casefile.PartyView{}, Row{}, refusal.NotFound{What: "当事人"}
}

// view shows a party with its personal data masked.
func (r room) view(v *seat.Visitor) error {
	view, p, row, err := r.party(v)
	if err != nil {
		return err
	}
	return r.show(v, http.StatusOK, view, p, row, false, lookForm(view.File.ID, p.Party.ID))
}

func lookForm(caseID, partyID string) seat.Form {
	return seat.Form{Title: "查看身份和联系方式", Action: dossier.Address(caseID) + "/parties/" + partyID + "/look", Submit: "查看", Lead: "查看会记入个人信息查阅记录（《个人信息保护法》第五十一条）。",
		Fields: []seat.Field{{Name: "purpose", Label: "用途", Hint: "例如：核对送达地址。", Required: true}}}
}

// look shows the personal data of a party after the look was recorded.
func (r room) look(v *seat.Visitor) error {
	view, p, row, err := r.party(v)
	if err != nil {
		return err
	}
	if err := access.Require(v.Actor, access.PartyPersonal, view.Thing); err != nil {
		return err
	}
	f := lookForm(view.File.ID, p.Party.ID)
	return v.Submit(f, func(typed url.Values) error {
		thing := access.Thing{Kind: "party", ID: p.Party.ID, Agency: view.File.Agency}
		if err := v.Write(func(tx *db.Tx) error { return access.RecordLook(tx, v.Actor, thing, typed.Get("purpose")) }); err != nil {
			return err
		}
		return r.show(v, http.StatusOK, view, p, row, true, f)
	}, func(f seat.Form) error { return r.show(v, http.StatusUnprocessableEntity, view, p, row, false, f) })
}

func (r room) show(v *seat.Visitor, status int, view casefile.View, p casefile.PartyView, row Row, clear bool, f seat.Form) error {
	page := onePage{Frame: v.Head(p.Party.Name, dossier.Crumb(view.File)...), Row: row, Clear: clear, History: p.History, Exports: r.earlier().Exports(v, len(p.History))}
	text := func(name string) string { s, _ := p.Party.Details[name].(string); return s }
	private := p.Party.Kind != form.PartyOrganisation
	hide := func(value string, on bool) string {
		if clear || !on {
			return value
		}
		return masked(value)
	}
	page.Facts = []seat.Fact{{Name: "类型", Text: p.Party.Kind}, {Name: "进度", Text: row.Track}}
	for _, fact := range []struct {
		name, text string
		personal   bool
	}{{"统一社会信用代码", p.Party.Code, false}, {"法定代表人（负责人）", text("legal_rep"), false}, {"性别", text("gender"), false}, {"出生日期", text("birth"), true},
		{"身份证号", p.Party.CitizenID, true}, {"住所（住址）", text("address"), private}, {"联系电话", text("phone"), true}} {
		if fact.text != "" {
			page.Facts = append(page.Facts, seat.Fact{Name: fact.name, Text: hide(fact.text, fact.personal)})
		}
	}
	correction := correctForm(view.File.ID, p.Party)
	switch {
	case f.Action == correction.Action:
		wrong := f
		page.Correct, f = &wrong, lookForm(view.File.ID, p.Party.ID)
	case p.Decision.ID == "" && !view.File.Over() && view.File.State != flow.Closed && v.May(access.StepHandler, view.Thing):
		page.Correct = &correction
	}
	if !clear && v.May(access.PartyPersonal, view.Thing) {
		page.Look = &f
	}
	return v.Show(status, "party", page)
}

// masked shows the first and the last of a text and as many signs between.
func masked(text string) string {
	runes := []rune(text)
	if len(runes) < 3 {
		return strings.Repeat("＊", len(runes))
	}
	head, tail := 1, 1
	if len(runes) >= 11 {
		head, tail = 3, 4
	}
	return string(runes[:head]) + strings.Repeat("＊", min(len(runes)-head-tail, 8)) + string(runes[len(runes)-tail:])
}
