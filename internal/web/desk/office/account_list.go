package office

import (
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
)

const accounts = "/desk/accounts"

func (r room) installAccounts() {
	r.accountListing().Install(r.Room, "账号", page.Link{Text: "管理"})
	r.Handle("GET "+accounts+"/new", access.AccountAdmin, "account", func(v *seat.Visitor) error { return r.newAccount(v, nil) })
	r.Handle("POST "+accounts+"/new", access.AccountAdmin, "account", r.create)
	seat.Deeds{Path: accounts + "/{id}", Action: access.AccountAdmin, Kind: "account", Make: r.accountPage}.Install(r.Room)
	r.actingListing().Install(r.Room, "代理（AB角）", page.Link{Text: "管理"})
	seat.Deeds{Path: "/desk/acting/new", Make: r.actingPage}.Install(r.Room)
	r.resetListing().Install(r.Room, "第二因素重置", page.Link{Text: "管理"})
	seat.Deeds{Path: "/desk/resets/{id}", Action: access.AccountConfirm, Kind: "account", Make: r.resetPage}.Install(r.Room)
}

// accountRow is an account with the name of its unit.
type accountRow struct {
	access.Account
	UnitName string
}

func roleNames(roles []string) string {
	names := make([]string, len(roles))
	for i, role := range roles {
		names[i] = access.RoleTitle(role)
	}
	return strings.Join(names, "、")
}

func accountState(a access.Account) (text, tone string) {
	switch {
	case !a.Active():
		return "已停用", "late"
	case !a.HasPassword:
		return "待设置密码", "soon"
	}
	return "在用", "met"
}

func (r room) accountListing() seat.Listing[accountRow] {
	text := func(key, title string, get func(accountRow) string) table.Column[accountRow] {
		return table.Column[accountRow]{Key: key, Title: title, Cell: func(a accountRow) table.Cell { return table.Cell{Text: get(a)} }}
	}
	return seat.Listing[accountRow]{Path: accounts, Action: access.AccountAdmin, Kind: "account",
		List: table.List[accountRow]{Name: "账号", Unit: "个", Search: "姓名、登录名", Filters: []string{"role", "unit", "state"},
			Row:   func(a accountRow) string { return accounts + "/" + a.ID },
			Empty: page.Empty{Title: "还没有账号", Text: "由管理员建立，本人用一次性设置码设置密码。"},
			Columns: []table.Column[accountRow]{
				{Key: "name", Title: "姓名", Width: 20, Cell: func(a accountRow) table.Cell {
					return table.Cell{Text: a.Name, Href: accounts + "/" + a.ID, Sub: a.Login}
				}},
				{Key: "state", Title: "状态", Cell: func(a accountRow) table.Cell {
					text, tone := accountState(a.Account)
					return table.Cell{Text: text, Tone: tone}
				}},
				text("roles", "角色", func(a accountRow) string { return roleNames(a.Roles) }), text("unit", "科室", func(a accountRow) string { return a.UnitName }),
				text("factor", "第二因素", func(a accountRow) string {
					if a.HasFactor {
						return "已设置"
					}
					return "未设置"
				}),
				text("created", "建立时间", func(a accountRow) string { return seat.Moment(a.Created) })}},
		Read: r.accounts,
		Choices: func(v *seat.Visitor, _ table.Query) ([]table.Choice, error) {
			roles := table.Choice{Name: "role", Title: "角色"}
			for _, role := range access.Roles() {
				roles.Options = append(roles.Options, table.Option{Value: role, Text: access.RoleTitle(role)})
			}
			units, err := r.unitChoice(v)
			return []table.Choice{roles, units, {Name: "state", Title: "状态", Options: seat.Options([2]string{access.StateActive, "在用"}, [2]string{access.StateDisabled, "已停用"})}}, err
		},
		Named: func(name, value string) string {
			switch name {
			case "role":
				return access.RoleTitle(value)
			case "state":
				return map[string]string{access.StateActive: "在用", access.StateDisabled: "已停用"}[value]
			}
			return value
		},
		Around: func(v *seat.Visitor, _ table.Query, p *seat.ListPage) error {
			p.Actions = []page.Link{{Text: "建立账号", Href: accounts + "/new"}}
			p.Tabs = accountTabs(v, accounts)
			return nil
		}}
}

func (r room) accounts(v *seat.Visitor, q table.Query, limit int) (seat.Part[accountRow], error) {
	var list []access.Account
	limit = min(limit, 99)
	err := v.Read(func(tx *db.Tx) (err error) {
		list, err = access.List(tx, v.Agency, access.Filter{Role: q.Filters["role"], Unit: q.Filters["unit"], State: q.Filters["state"], Text: q.Search}, q.After, limit+1)
		return err
	})
	if err != nil {
		return seat.Part[accountRow]{}, err
	}
	name, err := r.unitName(v)
	rows := make([]accountRow, len(list))
	for i, a := range list {
		rows[i] = accountRow{a, name(a.Unit)}
	}
	return seat.Page(rows, limit, func(a accountRow) string { return a.ID }), err
}

// accountTabs are the lists beside one another, as far as the person may open them.
func accountTabs(v *seat.Visitor, here string) []page.Link {
	thing := access.Thing{Kind: "account"}
	var list []page.Link
	if v.May(access.AccountAdmin, thing) {
		list = append(list, page.Link{Text: "账号", Href: accounts})
	}
	list = append(list, page.Link{Text: "代理（AB角）", Href: "/desk/acting"})
	if v.May(access.AccountConfirm, thing) {
		list = append(list, page.Link{Text: "第二因素重置", Href: "/desk/resets"})
	}
	for i := range list {
		list[i].Here = list[i].Href == here
	}
	return list
}
