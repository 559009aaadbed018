package office

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/handover"
	"mingjing/internal/refusal"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

// codePage shows a setup code, once.
type codePage struct {
	page.Frame
	Name, Login, Code string
	Expires           time.Time
}

func roleField() seat.Field {
	f := seat.Field{Name: "roles", Label: "角色", Control: seat.Boxes, Hint: "可以兼任，但同一案件中承办、审核、审批不能是同一人，公示的制作和复核不能是同一人。管理员不得兼任其他角色。"}
	for _, role := range access.Roles() {
		f.Options = append(f.Options, seat.Option{Value: role, Text: access.RoleTitle(role)})
	}
	return f
}

func (r room) accountForm(v *seat.Visitor) (seat.Form, error) {
	units, err := r.unitOptions(v)
	return seat.Form{Action: accounts + "/new", Submit: "建立账号，取得设置码", Cancel: accounts, Fields: []seat.Field{
		{Name: "login", Label: "登录名", Required: true, Hint: "2至40个字母、数字、汉字或者 . _ -"}, {Name: "name", Label: "姓名", Required: true},
		{Name: "unit", Label: "科室", Control: seat.Select, Options: units}, roleField()}}, err
}

func (r room) newAccount(v *seat.Visitor, again *seat.Form) error {
	form, err := r.accountForm(v)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if again != nil {
		form, status = *again, http.StatusUnprocessableEntity
	}
	return v.Show(status, "deeds", seat.DeedPage{Frame: v.Head("建立账号", page.Link{Text: "管理"}, page.Link{Text: "账号", Href: accounts}),
		Lead: "管理员不知道任何人的密码：建立账号后得到一次性设置码，交给本人，由本人设置密码。", Forms: []seat.Form{form}})
}

// create makes the account and its code in one transaction, and shows the code once.
func (r room) create(v *seat.Visitor) error {
	typed, err := v.Form()
	if err != nil {
		return err
	}
	form, err := r.accountForm(v)
	if err != nil {
		return err
	}
	d := codePage{}
	if err = form.Unfit(typed); err == nil {
		d, err = created(v, typed)
	}
	if err == nil {
		return r.showCode(v, d)
	}
	t, ok := seat.TroubleOf(err)
	if !ok {
		return err
	}
	form = form.Filled(typed).With(t)
	return r.newAccount(v, &form)
}

func created(v *seat.Visitor, typed url.Values) (codePage, error) {
	d := codePage{}
	err := v.Write(func(tx *db.Tx) error {
		a, err := access.Create(tx, v.Actor, access.NewAccount{Agency: v.Agency, Login: seat.Text(typed, "login"), Name: seat.Text(typed, "name"), Unit: typed.Get("unit"), Roles: typed["roles"]})
		if err != nil {
			return err
		}
		d.Name, d.Login = a.Name, a.Login
		d.Code, d.Expires, err = access.IssueSetupCode(tx, v.Actor, a.ID)
		return err
	})
	return d, err
}

func (r room) showCode(v *seat.Visitor, d codePage) error {
	d.Frame = v.Head("设置码", page.Link{Text: "管理"}, page.Link{Text: "账号", Href: accounts})
	return v.Show(http.StatusOK, "code", d)
}

// accountPage is one account with what an administrator may do to it.
func (r room) accountPage(v *seat.Visitor) (seat.DeedPage, []seat.Deed, error) {
	var a access.Account
	err := v.Read(func(tx *db.Tx) (err error) {
		a, err = access.Get(tx, v.Path("id"))
		return err
	})
	if err == nil && a.Agency != v.Agency {
		err = refusal.NotFound{What: "账号"}
	}
	if err == nil {
		err = v.Require(access.AccountAdmin, access.Thing{Kind: "account", ID: a.ID, Agency: a.Agency})
	}
	if err != nil {
		return seat.DeedPage{}, nil, err
	}
	name, err := r.unitName(v)
	if err != nil {
		return seat.DeedPage{}, nil, err
	}
	p := seat.DeedPage{Frame: v.Head(a.Name, page.Link{Text: "管理"}, page.Link{Text: "账号", Href: accounts})}
	p.State, p.Tone = accountState(a)
	if err := r.openCases(v, a, &p); err != nil {
		return p, nil, err
	}
	factor := "未设置"
	if a.HasFactor {
		factor = "已设置"
	}
	p.Facts = append(p.Facts, []seat.Fact{{Name: "登录名", Text: a.Login}, {Name: "科室", Text: name(a.Unit)}, {Name: "角色", Text: roleNames(a.Roles), Wide: true},
		{Name: "第二因素", Text: factor}, {Name: "建立", Text: seat.Moment(a.Created)}, {Name: "最近修改", Text: seat.Moment(a.Changed)}}...)
	p.Law = []page.Finding{{Message: "个人信息处理者应当合理确定个人信息处理的操作权限，并定期对从业人员进行安全教育和培训。", Cite: "《个人信息保护法》第五十一条"}}
	if a.ID == v.Account {
		p.Lead = "这是您自己的账号，由另一名管理员管理；密码和第二因素在“账户”中设置。"
		return p, nil, nil
	}
	units, err := r.unitOptions(v)
	return p, r.accountDeeds(v, a, units, p.Lead), err
}

func (r room) accountDeeds(v *seat.Visitor, a access.Account, units []seat.Option, warning string) []seat.Deed {
	roles := roleField()
	roles.Values = slices.Clone(a.Roles)
	do := func(said string, f func(*db.Tx, url.Values) error) func(url.Values) (string, string, error) {
		return func(typed url.Values) (string, string, error) {
			return said, "", v.Write(func(tx *db.Tx) error { return f(tx, typed) })
		}
	}
	reason := seat.Field{Name: "reason", Label: "理由", Required: true}
	deeds := []seat.Deed{
		{Name: "describe", Form: seat.Form{Fold: "修改姓名、科室", Submit: "保存", Fields: []seat.Field{{Name: "name", Label: "姓名", Value: a.Name, Required: true},
			{Name: "unit", Label: "科室", Control: seat.Select, Options: units, Value: a.Unit}}},
			Do: do("已保存。", func(tx *db.Tx, t url.Values) error {
				return access.Describe(tx, v.Actor, a.ID, seat.Text(t, "name"), t.Get("unit"))
			})},
		{Name: "roles", Form: seat.Form{Fold: "修改角色", Submit: "保存角色", Lead: "保存后此人的登录全部退出，重新登录后按新角色办理。", Fields: []seat.Field{roles}},
			Do: do("角色已保存。", func(tx *db.Tx, t url.Values) error { return access.SetRoles(tx, v.Actor, a.ID, t["roles"]) })},
	}
	if !a.Active() {
		return append(deeds, seat.Deed{Name: "enable", Form: seat.Form{Fold: "重新启用", Submit: "重新启用", Fields: []seat.Field{reason}},
			Do: do("账号已启用。", func(tx *db.Tx, t url.Values) error { return access.Enable(tx, v.Actor, a.ID, seat.Text(t, "reason")) })})
	}
	deeds = append(deeds, seat.Deed{Name: "setup", Form: seat.Form{Fold: "发放设置码（首次登录或者忘记密码）", Submit: "发放设置码", Lead: "核实本人身份后发放。设置码只显示一次，三日内有效，只能用一次。"},
		Shown: func(url.Values) error { return r.issue(v, a) }})
	if a.HasFactor {
		deeds = append(deeds, seat.Deed{Name: "reset", Form: seat.Form{Fold: "申请重置第二因素（手机丢失）", Submit: "提出申请", Lead: "须由另一名管理员或者审计员确认后才生效。",
			Fields: []seat.Field{{Name: "reason", Label: "核实本人身份的方式和理由", Control: seat.Area, Required: true}}},
			Do: do("已提出，等待另一人确认。", func(tx *db.Tx, t url.Values) error {
				_, err := access.RequestReset(tx, v.Actor, a.ID, seat.Text(t, "reason"))
				return err
			})})
	}
	return append(deeds, seat.Deed{Name: "disable", Form: seat.Form{Fold: "停用账号", Submit: "停用", Grave: true, Lead: "立即失去一切权限，留痕保留。" + cmp.Or(warning, "此人没有在办案件。"), Fields: []seat.Field{reason}},
		Do: do("账号已停用。", func(tx *db.Tx, t url.Values) error { return access.Disable(tx, v.Actor, a.ID, seat.Text(t, "reason")) })})
}

func (r room) issue(v *seat.Visitor, a access.Account) error {
	d := codePage{Name: a.Name, Login: a.Login}
	if err := v.Write(func(tx *db.Tx) (err error) {
		d.Code, d.Expires, err = access.IssueSetupCode(tx, v.Actor, a.ID)
		return err
	}); err != nil {
		return err
	}
	return r.showCode(v, d)
}

// openCases warns of the cases that an account still handles, and leads to where they go to others.
func (r room) openCases(v *seat.Visitor, a access.Account, p *seat.DeedPage) error {
	n := 0
	err := v.Read(func(tx *db.Tx) (err error) {
		n, err = handover.Open(tx, a.Agency, a.ID)
		return err
	})
	if err != nil || n == 0 {
		return err
	}
	p.Lead = fmt.Sprintf("%s还承办着%d件在办案件。停用账号之前，请科室负责人或者机关负责人移交；停用以后仍未移交的，科室负责人会收到消息。", a.Name, n)
	p.Facts = append(p.Facts, seat.Fact{Name: "在办案件", Text: fmt.Sprintf("%d件，办理移交", n), Href: "/desk/handover/" + a.ID, Sub: "由科室负责人、机关负责人办理"})
	return nil
}
