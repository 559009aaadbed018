package office

import (
	"mingjing/internal/access"
	"net/url"
	"slices"

	"mingjing/internal/db"
	"mingjing/internal/document"
	"mingjing/internal/refusal"
	"mingjing/internal/roster"
	"mingjing/internal/web/desk/attachment"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
	"mingjing/internal/workday"
)

// dayOf reads a day of a form; what is no day is refused beside its field, nothing is nothing.
func dayOf(typed url.Values, name string) (workday.Day, error) {
	text := seat.Text(typed, name)
	if text == "" {
		return workday.Day{}, nil
	}
	d, err := workday.ParseDay(text)
	if err != nil {
		return d, refusal.Field(name, "日期应写成2026-11-24的形式。")
	}
	return d, nil
}

// deed makes a deed that is one command in one transaction.
func deed(v *seat.Visitor, name, said, href string, form seat.Form, f func(tx *db.Tx, typed url.Values) error) seat.Deed {
	return seat.Deed{Name: name, Form: form, Do: func(typed url.Values) (string, string, error) {
		return said, href, v.Write(func(tx *db.Tx) error { return f(tx, typed) })
	}}
}

func rosterHead(v *seat.Visitor, title, list, href string) seat.DeedPage {
	return seat.DeedPage{Frame: v.Head(title, page.Link{Text: "管理"}, page.Link{Text: list, Href: href})}
}

func (r room) officerFields(v *seat.Visitor, o roster.Officer) ([]seat.Field, error) {
	unitList, err := r.unitOptions(v)
	if err != nil {
		return nil, err
	}
	people, err := r.accountOptions(v, "")
	if o.Account != "" && !slices.ContainsFunc(people, func(p seat.Option) bool { return p.Value == o.Account }) {
		people = append(people, seat.Option{Value: o.Account, Text: o.Name + "（账号已停用）"})
	}
	return []seat.Field{{Name: "name", Label: "姓名", Required: true, Value: o.Name}, {Name: "unit", Label: "科室", Control: seat.Select, Options: unitList, Required: true, Value: o.Unit},
		{Name: "position", Label: "职务", Value: o.Position}, {Name: "staff", Label: "人员性质", Control: seat.Select, Options: texts(roster.Staffs()), Required: true, Value: o.Staff,
			Hint: "只有在编人员可以领取执法证件。"},
		{Name: "account", Label: "登录账号", Control: seat.Select, Options: people, Value: o.Account, Hint: "没有账号的可以不选。"},
		{Name: "from", Label: "在岗自", Control: seat.Date, Value: o.From.String()}, {Name: "until", Label: "在岗至", Control: seat.Date, Value: o.Until.String(), Hint: "离岗的填写最后一日。"}}, err
}

func officerOf(v *seat.Visitor, o roster.Officer, t url.Values) (roster.Officer, error) {
	var err, late error
	o.Agency, o.Name, o.Unit, o.Position, o.Staff, o.Account = v.Agency, seat.Text(t, "name"), t.Get("unit"), seat.Text(t, "position"), t.Get("staff"), t.Get("account")
	o.From, err = dayOf(t, "from")
	o.Until, late = dayOf(t, "until")
	if err == nil {
		err = late
	}
	return o, err
}

// officerPage is one officer with the certificates; "new" is the page on which one is added.
func (r room) officerPage(v *seat.Visitor) (seat.DeedPage, []seat.Deed, error) {
	id := v.Path("id")
	if id == "new" {
		fields, err := r.officerFields(v, roster.Officer{Staff: roster.Established, From: v.Today()})
		return rosterHead(v, "登记执法人员", "执法人员", officers), []seat.Deed{{Name: "add", Form: seat.Form{Submit: "登记", Cancel: officers, Fields: fields}, Do: func(t url.Values) (string, string, error) {
			o, err := officerOf(v, roster.Officer{}, t)
			if err == nil {
				err = v.Write(func(tx *db.Tx) (err error) { o, err = roster.AddOfficer(tx, v.Actor, o); return err })
			}
			return "已登记。请接着登记执法证件。", officers + "/" + o.ID, err
		}}}, err
	}
	o, list, err := officerAt(v)
	if err != nil {
		return seat.DeedPage{}, nil, err
	}
	name, err := r.unitName(v)
	if err != nil {
		return seat.DeedPage{}, nil, err
	}
	p := rosterHead(v, o.Name, "执法人员", officers)
	p.Facts = []seat.Fact{{Name: "科室", Text: name(o.Unit)}, {Name: "职务", Text: o.Position}, {Name: "人员性质", Text: o.Staff}, {Name: "在岗自", Text: o.From.String()}, {Name: "在岗至", Text: o.Until.String()}}
	p.Parts = []seat.DeedPart{{Title: "执法证件", Table: r.certificateList().View(v, list)}}
	if p.Files, err = attachment.Block(v, document.OwnerCertificate, o.ID); err != nil || !keeps(v) {
		return p, nil, err
	}
	fields, err := r.officerFields(v, o)
	return p, append(certificateDeeds(v, o, list), deed(v, "change", "已保存。", "", seat.Form{Fold: "修改人员信息", Submit: "保存", Fields: fields}, func(tx *db.Tx, t url.Values) error {
		changed, err := officerOf(v, o, t)
		if err != nil {
			return err
		}
		return roster.ChangeOfficer(tx, v.Actor, changed)
	})), err
}

// officerAt is the officer of the address with the certificates.
func officerAt(v *seat.Visitor) (o roster.Officer, list []roster.Certificate, err error) {
	err = v.Read(func(tx *db.Tx) (err error) {
		if o, err = roster.FindOfficer(tx, v.Path("id")); err != nil {
			return err
		}
		list, err = roster.Certificates(tx, o.ID)
		return err
	})
	if err == nil && o.Agency != v.Agency {
		err = refusal.NotFound{What: "执法人员"}
	}
	return o, list, err
}

// certificateList is the certificates of an officer as a list with files.
func (r room) certificateList() seat.Beside[roster.Certificate] {
	l := table.List[roster.Certificate]{Name: "执法证件", Unit: "个", Empty: page.Empty{Title: "没有执法证件", Text: "没有有效执法证件的，不得从事执法活动。"},
		Columns: []table.Column[roster.Certificate]{
			{Key: "number", Title: "编号", Cell: func(c roster.Certificate) table.Cell { return table.Cell{Text: c.Number, Sub: c.Issuer} }},
			{Key: "state", Title: "状态", Cell: func(c roster.Certificate) table.Cell {
				switch {
				case !c.Revoked.IsZero():
					return table.Cell{Text: "已注销", Tone: "late", Sub: c.Revoked.String()}
				case c.ValidOn(workday.DayOf(r.House.DB.Now())):
					return table.Cell{Text: "有效", Tone: "met"}
				}
				return table.Cell{Text: "无效", Tone: "late"}
			}},
			column("class", "执法类别", func(c roster.Certificate) string { return c.Class }), column("area", "执法区域", func(c roster.Certificate) string { return c.Area }),
			column("from", "自", func(c roster.Certificate) string { return c.ValidFrom.String() }), column("till", "至", func(c roster.Certificate) string { return c.ValidTill.String() }),
			column("filed", "备案", func(c roster.Certificate) string {
				switch {
				case !c.StateIssued:
					return "不需备案"
				case c.Filed:
					return "已备案"
				}
				return "部委证件，尚未备案"
			})}}
	return seat.Beside[roster.Certificate]{Path: officers + "/{id}/certificates", Action: access.RosterView, Kind: "roster", List: l,
		Read: func(v *seat.Visitor) ([]roster.Certificate, string, error) {
			o, list, err := officerAt(v)
			return list, o.Name, err
		}}
}

func certificateDeeds(v *seat.Visitor, o roster.Officer, list []roster.Certificate) []seat.Deed {
	deeds := []seat.Deed{deed(v, "certificate", "执法证件已登记。", "", seat.Form{Fold: "登记执法证件", Submit: "登记证件", Fields: []seat.Field{
		{Name: "number", Label: "证件编号", Required: true}, {Name: "issuer", Label: "发证机关", Required: true}, {Name: "class", Label: "执法类别", Required: true}, {Name: "area", Label: "执法区域", Required: true},
		{Name: "from", Label: "有效期自", Control: seat.Date, Required: true}, {Name: "till", Label: "有效期至", Control: seat.Date, Required: true},
		{Name: "state", Label: "国务院部门颁发", Control: seat.Tick, Hint: "国务院部门颁发的证件须向本级司法行政部门备案。"}, {Name: "filed", Label: "已经备案", Control: seat.Tick}}},
		func(tx *db.Tx, t url.Values) error {
			from, err := dayOf(t, "from")
			if err != nil {
				return err
			}
			till, err := dayOf(t, "till")
			if err != nil {
				return err
			}
			_, err = roster.AddCertificate(tx, v.Actor, roster.Certificate{Agency: v.Agency, Officer: o.ID, Number: seat.Text(t, "number"), Issuer: seat.Text(t, "issuer"), Class: seat.Text(t, "class"),
				Area: seat.Text(t, "area"), ValidFrom: from, ValidTill: till, StateIssued: t.Get("state") != "", Filed: t.Get("filed") != ""})
			return err
		})}
	var options []seat.Option
	for _, c := range list {
		if c.Revoked.IsZero() {
			options = append(options, seat.Option{Value: c.ID, Text: c.Number})
		}
	}
	if len(options) == 0 {
		return deeds
	}
	which := seat.Field{Name: "certificate", Label: "证件", Control: seat.Radio, Options: options, Required: true, Value: options[0].Value}
	return append(deeds,
		deed(v, "renew", "已登记年审、换证。", "", seat.Form{Fold: "年审、换证", Submit: "登记", Fields: []seat.Field{which, {Name: "till", Label: "新的有效期至", Control: seat.Date, Required: true}}}, func(tx *db.Tx, t url.Values) error {
			till, err := dayOf(t, "till")
			if err != nil {
				return err
			}
			return roster.RenewCertificate(tx, v.Actor, t.Get("certificate"), till)
		}),
		deed(v, "file", "已登记备案。", "", seat.Form{Fold: "登记备案", Submit: "登记备案", Fields: []seat.Field{which}}, func(tx *db.Tx, t url.Values) error {
			return roster.FileCertificate(tx, v.Actor, t.Get("certificate"))
		}),
		deed(v, "revoke", "证件已注销；注销之前的执法行为不受影响。", "", seat.Form{Fold: "注销证件", Submit: "注销", Grave: true, Fields: []seat.Field{which,
			{Name: "from", Label: "自", Control: seat.Date, Required: true, Value: v.Today().String()}, {Name: "reason", Label: "理由", Required: true}}}, func(tx *db.Tx, t url.Values) error {
			from, err := dayOf(t, "from")
			if err != nil {
				return err
			}
			return roster.RevokeCertificate(tx, v.Actor, t.Get("certificate"), from, seat.Text(t, "reason"))
		}))
}
