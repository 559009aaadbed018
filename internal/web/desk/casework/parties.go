package casework

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/casefile"
	"mingjing/internal/db"
	"mingjing/internal/flow"
	"mingjing/internal/form"
	"mingjing/internal/party"
	"mingjing/internal/refusal"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

// partiesPage lists the parties of a case and takes further ones.
type partiesPage struct {
	page.Frame
	Parties []partyRow
	Form    *seat.Form
	Closed  string // why no more can be added
}

func partyForm(id string) seat.Form {
	kinds := []seat.Option{}
	for _, k := range []string{form.PartyOrganisation, form.PartyTrader, form.PartyPerson} {
		kinds = append(kinds, seat.Option{Value: k, Text: k})
	}
	return seat.Form{Title: "增加当事人", Action: address(id) + "/parties", Submit: "增加", Fields: []seat.Field{{Name: inOnce, Control: seat.Hidden, Value: access.NewFormKey()},
		{Name: "kind", Label: "当事人类型", Control: seat.Radio, Options: kinds, Value: form.PartyOrganisation, Required: true},
		{Name: "lines", Label: "名单", Control: seat.Area, Rows: 8, Required: true,
			Hint: "每行一名，依次写：姓名或者名称，统一社会信用代码（自然人写身份证号），住所，法定代表人（负责人），电话。用逗号或者制表符隔开，可以从表格中直接粘贴；后面的项目可以不写。"}}}
}

// partyList shows the parties.
func (r room) partyList(v *seat.Visitor) error {
	view, err := r.open(v)
	if err != nil {
		return err
	}
	return r.showParties(v, http.StatusOK, view, partyForm(view.File.ID))
}

func (r room) showParties(v *seat.Visitor, status int, view casefile.View, f seat.Form) error {
	p := partiesPage{Frame: v.Head("当事人", crumb(view.File)...), Parties: partyRows(view)}
	early := slices.Contains([]flow.State{flow.Lead, flow.Opened, flow.Investigating}, view.File.State) && view.File.Procedure == casefile.Ordinary
	switch {
	case !early:
		p.Closed = "调查终结之后不能再增加当事人；另有当事人的，请另行立案。"
	case v.May(access.StepHandler, view.Thing):
		p.Form = &f
	}
	return v.Show(status, "parties", p)
}

// partyAdd adds the parties of a list: all of them, or none.
func (r room) partyAdd(v *seat.Visitor) error {
	view, err := r.open(v)
	if err != nil {
		return err
	}
	if err := access.Require(v.Actor, access.StepHandler, view.Thing); err != nil {
		return err
	}
	return v.Submit(partyForm(view.File.ID), func(typed url.Values) error {
		list := partiesOf(typed.Get("kind"), typed.Get("lines"))
		if len(list) == 0 {
			return refusal.Field("lines", "请至少写一名当事人。")
		}
		href, said := address(view.File.ID)+"/parties", "已增加"+page.Count(len(list))+"名当事人。"
		err := v.Write(func(tx *db.Tx) error {
			before, err := sent(tx, v, typed)
			if err != nil || before != "" {
				said = "这份名单已经增加过，没有重复增加。"
				return err
			}
			if err := r.House.Cases.AddPartiesIn(tx, v.Actor, view.File.ID, list); err != nil {
				return err
			}
			return did(tx, v, typed, href)
		})
		if err != nil {
			renew(err, typed)
			return onLines(err)
		}
		return v.Done(href, said)
	}, func(f seat.Form) error { return r.showParties(v, refusedStatus, view, f) })
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

// partiesOf reads one party a line.
func partiesOf(kind, text string) []map[string]any {
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

// partyPage is one party; who and where is masked until somebody asks to see it and says what for.
type partyPage struct {
	page.Frame
	Facts   []seat.Fact
	Row     partyRow
	Look    *seat.Form
	Correct *seat.Form
	Clear   bool
	History []party.Earlier
	At      map[string]string
}

func (r room) party(v *seat.Visitor) (casefile.View, casefile.PartyView, partyRow, error) {
	view, err := r.open(v)
	if err != nil {
		return view, casefile.PartyView{}, partyRow{}, err
	}
	for i, p := range view.Parties {
		if p.Party.ID == v.Path("party") {
			return view, p, partyRows(view)[i], nil
		}
	}
	return view, casefile.PartyView{}, partyRow{}, refusal.NotFound{What: "当事人"}
}

// partyView shows a party with its personal data masked.
func (r room) partyView(v *seat.Visitor) error {
	view, p, row, err := r.party(v)
	if err != nil {
		return err
	}
	return r.showParty(v, http.StatusOK, view, p, row, false, lookForm(view.File.ID, p.Party.ID))
}

func lookForm(caseID, partyID string) seat.Form {
	return seat.Form{Title: "查看身份和联系方式", Action: address(caseID) + "/parties/" + partyID + "/look", Submit: "查看", Lead: "查看会记入个人信息查阅记录（《个人信息保护法》第五十一条）。",
		Fields: []seat.Field{{Name: "purpose", Label: "用途", Hint: "例如：核对送达地址。", Required: true}}}
}

// partyLook shows the personal data of a party after the look was recorded.
func (r room) partyLook(v *seat.Visitor) error {
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
		return r.showParty(v, http.StatusOK, view, p, row, true, f)
	}, func(f seat.Form) error { return r.showParty(v, refusedStatus, view, p, row, false, f) })
}

func (r room) showParty(v *seat.Visitor, status int, view casefile.View, p casefile.PartyView, row partyRow, clear bool, f seat.Form) error {
	page := partyPage{Frame: v.Head(p.Party.Name, crumb(view.File)...), Row: row, Clear: clear, History: p.History}
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
