package office

import (
	"net/url"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/refusal"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
	"mingjing/internal/workday"
)

// actingState is whether a grant is in use on the day.
func actingState(a access.Acting, today workday.Day) (text, tone string) {
	switch {
	case !a.Ended.IsZero():
		return "已提前终止", "none"
	case a.Waits && !today.After(a.Until):
		return "待代理人同意", "soon"
	case today.Before(a.From):
		return "尚未开始", "open"
	case today.After(a.Until):
		return "已届满", "none"
	}
	return "代理中", "met"
}

func (r room) actingListing() seat.Listing[access.Acting] {
	text := func(key, title string, get func(access.Acting) string) table.Column[access.Acting] {
		return table.Column[access.Acting]{Key: key, Title: title, Cell: func(a access.Acting) table.Cell { return table.Cell{Text: get(a)} }}
	}
	today := func() workday.Day { return workday.DayOf(r.House.DB.Now()) }
	return seat.Listing[access.Acting]{Path: "/desk/acting", Action: access.RosterView, Kind: "account",
		List: table.List[access.Acting]{Name: "代理", Unit: "项", Empty: page.Empty{Title: "没有设置过代理", Text: "人员外出、休假时由另一人代理（AB角），代理期间的每一项记录同时写明两个人。"},
			Columns: []table.Column[access.Acting]{
				{Key: "principal", Title: "被代理人", Cell: func(a access.Acting) table.Cell { return table.Cell{Text: a.PrincipalName, Sub: a.Reason} }},
				text("deputy", "代理人", func(a access.Acting) string { return a.DeputyName }), text("from", "自", func(a access.Acting) string { return a.From.String() }),
				text("until", "至", func(a access.Acting) string { return a.Until.String() }),
				{Key: "state", Title: "状态", Cell: func(a access.Acting) table.Cell {
					text, tone := actingState(a, today())
					return table.Cell{Text: text, Tone: tone}
				}},
				text("granted", "设置时间", func(a access.Acting) string { return seat.Moment(a.Granted) })}},
		Read: func(v *seat.Visitor, q table.Query, limit int) (seat.Part[access.Acting], error) {
			var list []access.Acting
			limit = min(limit, 99)
			err := v.Read(func(tx *db.Tx) (err error) {
				list, err = access.Deputies(tx, v.Agency, q.After, limit+1)
				return err
			})
			return seat.Page(list, limit, func(a access.Acting) string { return a.ID }), err
		},
		Around: func(v *seat.Visitor, q table.Query, p *seat.ListPage) error {
			p.Tabs = accountTabs(v, "/desk/acting")
			if v.OnBehalf == "" {
				p.Actions = []page.Link{{Text: "设置代理", Href: "/desk/acting/new"}}
			}
			return nil
		}}
}

// actingPage is where a grant is made and running grants are ended.
func (r room) actingPage(v *seat.Visitor) (seat.DeedPage, []seat.Deed, error) {
	if v.OnBehalf != "" { // whoever acts for another passes the borrowed power on to nobody, and does not lengthen it
		return seat.DeedPage{}, nil, v.Require(access.ActingGrant, access.Thing{Kind: "account"})
	}
	people, err := r.accountOptions(v, "")
	if err != nil {
		return seat.DeedPage{}, nil, err
	}
	principals := people
	if !v.May(access.ActingGrant, access.Thing{Kind: "account"}) { // whoever may not arrange it for others may for the own leave
		principals = []seat.Option{{Value: v.Account, Text: v.Name}}
	}
	p := seat.DeedPage{Frame: v.Head("设置代理", page.Link{Text: "管理"}, page.Link{Text: "代理（AB角）", Href: "/desk/acting"}),
		Lead: "代理人在代理期内以被代理人的角色办理，并且受两个人的回避和分离限制。管理员、审计员的职责不得代理。本人邀请的代理人同意后生效，负责人、管理员指定的当即生效；同一时间只由一人代理。法制审核、审批人员不代理承办职责。"}
	deeds := []seat.Deed{{Name: "grant", Form: seat.Form{Title: "新的代理", Submit: "设置代理", Cancel: "/desk/acting", Fields: []seat.Field{
		{Name: "principal", Label: "被代理人", Control: seat.Select, Options: principals, Required: true, Value: v.Account},
		{Name: "deputy", Label: "代理人", Control: seat.Select, Options: people, Required: true},
		{Name: "from", Label: "自", Control: seat.Date, Required: true, Value: v.Today().String()}, {Name: "until", Label: "至", Control: seat.Date, Required: true},
		{Name: "reason", Label: "事由", Required: true}}},
		Do: func(t url.Values) (string, string, error) {
			from, _ := workday.ParseDay(t.Get("from"))
			until, _ := workday.ParseDay(t.Get("until"))
			var made access.Acting
			err := v.Write(func(tx *db.Tx) (err error) {
				made, err = access.GrantActing(tx, v.Actor, access.NewActing{Principal: t.Get("principal"), Deputy: t.Get("deputy"), From: from, Until: until, Reason: seat.Text(t, "reason")})
				return err
			})
			if made.Waits {
				return "已请" + made.DeputyName + "代理，对方同意后生效。", "/desk/acting", err
			}
			return "代理已设置。", "/desk/acting", err
		}}}
	running, err := r.running(v)
	if err != nil {
		return p, nil, err
	}
	if len(running) > 0 {
		deeds = append(deeds, seat.Deed{Name: "end", Form: seat.Form{Title: "提前终止代理", Submit: "终止", Grave: true, Fields: []seat.Field{{Name: "grant", Label: "代理", Control: seat.Radio, Options: running, Required: true}}},
			Do: func(t url.Values) (string, string, error) {
				if t.Get("grant") == "" {
					return "", "", refusal.Field("grant", "请选择要终止的代理。")
				}
				return "代理已终止。", "/desk/acting", v.Write(func(tx *db.Tx) error { return access.EndActing(tx, v.Actor, t.Get("grant")) })
			}})
	}
	return p, deeds, nil
}

func (r room) running(v *seat.Visitor) ([]seat.Option, error) {
	var options []seat.Option
	err := v.Read(func(tx *db.Tx) error {
		list, err := access.Deputies(tx, v.Agency, "", 100)
		for _, a := range list {
			if a.Ended.IsZero() && !v.Today().After(a.Until) {
				options = append(options, seat.Option{Value: a.ID, Text: a.DeputyName + "代" + a.PrincipalName, Hint: a.From.String() + "至" + a.Until.String()})
			}
		}
		return err
	})
	return options, err
}

func resetState(s string) (text, tone string) {
	switch s {
	case access.ResetWaiting:
		return "待确认", "soon"
	case access.ResetConfirmed:
		return "已重置", "met"
	}
	return "不同意", "none"
}

// resetRow is a reset with the names of the people in it.
type resetRow struct {
	access.FactorReset
	Whose, Asked, Settler string
}

func (r room) resetListing() seat.Listing[resetRow] {
	text := func(key, title string, get func(resetRow) string) table.Column[resetRow] {
		return table.Column[resetRow]{Key: key, Title: title, Cell: func(x resetRow) table.Cell { return table.Cell{Text: get(x)} }}
	}
	return seat.Listing[resetRow]{Path: "/desk/resets", Action: access.AccountConfirm, Kind: "account",
		List: table.List[resetRow]{Name: "第二因素重置", Unit: "件", Filters: []string{"state"}, Row: func(x resetRow) string { return "/desk/resets/" + x.ID },
			Empty: page.Empty{Title: "没有重置申请", Text: "手机丢失的，由一名管理员核实身份后提出申请，另一名管理员或者审计员确认。"},
			Columns: []table.Column[resetRow]{
				{Key: "whose", Title: "账号", Cell: func(x resetRow) table.Cell {
					return table.Cell{Text: x.Whose, Href: "/desk/resets/" + x.ID, Sub: x.Reason}
				}},
				{Key: "state", Title: "状态", Cell: func(x resetRow) table.Cell {
					text, tone := resetState(x.State)
					return table.Cell{Text: text, Tone: tone}
				}},
				text("asked", "申请人", func(x resetRow) string { return x.Asked }), text("at", "申请时间", func(x resetRow) string { return seat.Moment(x.Requested) }),
				text("settler", "确认人", func(x resetRow) string { return x.Settler })}},
		Choices: func(*seat.Visitor, table.Query) ([]table.Choice, error) {
			return []table.Choice{{Name: "state", Title: "状态", Options: seat.Options([2]string{access.ResetWaiting, "待确认"}, [2]string{access.ResetConfirmed, "已重置"}, [2]string{access.ResetRejected, "不同意"})}}, nil
		},
		Read: func(v *seat.Visitor, q table.Query, limit int) (seat.Part[resetRow], error) {
			var list []access.FactorReset
			limit = min(limit, 99)
			err := v.Read(func(tx *db.Tx) (err error) {
				list, err = access.Resets(tx, v.Agency, q.Filters["state"], q.After, limit+1)
				return err
			})
			if err != nil {
				return seat.Part[resetRow]{}, err
			}
			rows, err := namedResets(v, list)
			return seat.Page(rows, limit, func(x resetRow) string { return x.ID }), err
		},
		Around: func(v *seat.Visitor, _ table.Query, p *seat.ListPage) error {
			p.Tabs = accountTabs(v, "/desk/resets")
			return nil
		}}
}

func namedResets(v *seat.Visitor, list []access.FactorReset) ([]resetRow, error) {
	var ids []string
	for _, x := range list {
		ids = append(ids, x.Account, x.RequestedBy, x.SettledBy)
	}
	names, err := v.Names(ids...)
	rows := make([]resetRow, len(list))
	for i, x := range list {
		rows[i] = resetRow{x, names[x.Account], names[x.RequestedBy], names[x.SettledBy]}
	}
	return rows, err
}

// resetPage is one reset for its second person.
func (r room) resetPage(v *seat.Visitor) (seat.DeedPage, []seat.Deed, error) {
	var found []access.FactorReset
	id := v.Path("id")
	err := v.Read(func(tx *db.Tx) error {
		for after := ""; ; {
			list, err := access.Resets(tx, v.Agency, "", after, 100)
			if err != nil || len(list) == 0 {
				return err
			}
			for _, x := range list {
				after = x.ID
				if x.ID == id {
					found = append(found, x)
					return nil
				}
			}
		}
	})
	if err != nil {
		return seat.DeedPage{}, nil, err
	}
	if len(found) == 0 {
		return seat.DeedPage{}, nil, refusal.NotFound{What: "重置申请"}
	}
	rows, err := namedResets(v, found)
	if err != nil {
		return seat.DeedPage{}, nil, err
	}
	x := rows[0]
	p := seat.DeedPage{Frame: v.Head("重置"+x.Whose+"的第二因素", page.Link{Text: "管理"}, page.Link{Text: "第二因素重置", Href: "/desk/resets"})}
	p.State, p.Tone = resetState(x.State)
	p.Facts = []seat.Fact{{Name: "账号", Text: x.Whose}, {Name: "申请人", Text: x.Asked, Sub: seat.Moment(x.Requested)}, {Name: "理由", Text: x.Reason, Wide: true}}
	if x.State != access.ResetWaiting {
		p.Facts = append(p.Facts, seat.Fact{Name: "确认人", Text: x.Settler, Sub: seat.Moment(x.Settled)})
		return p, nil, nil
	}
	return p, []seat.Deed{
		{Name: "confirm", Form: seat.Form{Title: "确认重置", Submit: "确认重置", Grave: true, Lead: "已向本人核实。重置后本人下次登录须重新设置第二因素。"},
			Do: func(url.Values) (string, string, error) {
				return "已重置。", "", v.Write(func(tx *db.Tx) error { return access.ConfirmReset(tx, v.Actor, id) })
			}},
		{Name: "reject", Form: seat.Form{Fold: "不同意", Submit: "不同意", Fields: []seat.Field{{Name: "reason", Label: "理由", Required: true}}},
			Do: func(t url.Values) (string, string, error) {
				return "已登记不同意。", "", v.Write(func(tx *db.Tx) error { return access.RejectReset(tx, v.Actor, id, seat.Text(t, "reason")) })
			}}}, nil
}
