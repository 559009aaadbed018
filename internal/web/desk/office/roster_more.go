package office

import (
	"net/url"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/refusal"
	"mingjing/internal/roster"
	"mingjing/internal/web/desk/seat"
)

// unitPage is one division; "new" adds one.
func (r room) unitPage(v *seat.Visitor) (seat.DeedPage, []seat.Deed, error) {
	list, err := r.units(v)
	if err != nil {
		return seat.DeedPage{}, nil, err
	}
	u := roster.Unit{}
	for _, x := range list {
		if x.Code == v.Path("id") {
			u = x
		}
	}
	fresh := v.Path("id") == "new"
	if u.Code == "" && !fresh {
		return seat.DeedPage{}, nil, refusal.NotFound{What: "科室"}
	}
	title := "登记科室"
	if !fresh {
		title = u.Name
	}
	p := rosterHead(v, title, "科室", units)
	if !fresh {
		p.Facts = []seat.Fact{{Name: "代码", Text: u.Code}, {Name: "性质", Text: u.Kind}}
	}
	if !keeps(v) {
		return p, nil, nil
	}
	review := ""
	if u.Review {
		review = "是"
	}
	fields := []seat.Field{{Name: "name", Label: "名称", Required: true, Value: u.Name}, {Name: "kind", Label: "性质", Control: seat.Select, Options: texts(roster.UnitKinds()), Required: true, Value: u.Kind},
		{Name: "review", Label: "是本机关的法制审核机构", Control: seat.Tick, Value: review}}
	if fresh {
		fields = append([]seat.Field{{Name: "code", Label: "代码", Required: true, Hint: "拼音首字母等，登记后不再改变。"}}, fields...)
	}
	return p, []seat.Deed{deed(v, "put", "已保存。", units, seat.Form{Title: title, Submit: "保存", Cancel: units, Fields: fields}, func(tx *db.Tx, t url.Values) error {
		code := u.Code
		if fresh {
			code = seat.Text(t, "code")
		}
		return roster.PutUnit(tx, v.Actor, roster.Unit{Agency: v.Agency, Code: code, Name: seat.Text(t, "name"), Kind: t.Get("kind"), Review: t.Get("review") != ""})
	})}, nil
}

// findReviewer finds a reviewer by the account; the zero one for "new".
func (r room) findReviewer(v *seat.Visitor, account string) (x roster.Reviewer, err error) {
	if account == "new" {
		return x, nil
	}
	err = v.Read(func(tx *db.Tx) error {
		for after := ""; ; {
			list, err := roster.Reviewers(tx, v.Agency, v.Today(), after, 100)
			if err != nil || len(list) == 0 {
				return err
			}
			for _, found := range list {
				after = found.Account
				if found.Account == account {
					x = found
				}
			}
		}
	})
	if err == nil && x.Account == "" {
		err = refusal.NotFound{What: "法制审核人员"}
	}
	return x, err
}

// reviewerPage is one reviewer; "new" appoints one.
func (r room) reviewerPage(v *seat.Visitor) (seat.DeedPage, []seat.Deed, error) {
	x, err := r.findReviewer(v, v.Path("id"))
	if err != nil {
		return seat.DeedPage{}, nil, err
	}
	title := "确定法制审核人员"
	if x.Account != "" {
		title = x.Name
	}
	p := rosterHead(v, title, "法制审核人员", reviewers)
	if x.Account != "" {
		p.Facts = []seat.Fact{{Name: "法律职业资格", Text: x.Qualification}, {Name: "首次审核", Text: x.FirstReview.String()}, {Name: "自", Text: x.From.String()}}
	}
	if !keeps(v) {
		return p, nil, nil
	}
	people, err := r.accountOptions(v, access.RoleReviewer)
	if x.Account == "" {
		x.From = v.Today()
	}
	deeds := []seat.Deed{deed(v, "appoint", "已保存。", reviewers, seat.Form{Title: title, Submit: "保存", Cancel: reviewers, Fields: []seat.Field{
		{Name: "account", Label: "人员", Control: seat.Select, Options: people, Required: true, Value: x.Account, Hint: "须先在账号中授予法制审核员角色。"},
		{Name: "qualification", Label: "法律职业资格证书编号", Value: x.Qualification, Hint: "初次从事行政处罚决定法制审核的应当取得。"},
		{Name: "first", Label: "首次从事审核的日期", Control: seat.Date, Value: x.FirstReview.String(), Hint: "2018年1月1日前已从事的如实填写；没有的不填。"},
		{Name: "from", Label: "自", Control: seat.Date, Required: true, Value: x.From.String()}}},
		func(tx *db.Tx, t url.Values) error {
			first, err := dayOf(t, "first")
			if err != nil {
				return err
			}
			from, err := dayOf(t, "from")
			if err != nil {
				return err
			}
			return roster.AppointReviewer(tx, v.Actor, roster.Reviewer{Agency: v.Agency, Account: t.Get("account"), Qualification: seat.Text(t, "qualification"), FirstReview: first, From: from})
		})}
	if x.Name != "" {
		deeds = append(deeds, deed(v, "end", "已终止。", reviewers, seat.Form{Fold: "终止", Submit: "终止", Grave: true, Fields: []seat.Field{{Name: "until", Label: "最后一日", Control: seat.Date, Required: true, Value: v.Today().String()}}},
			func(tx *db.Tx, t url.Values) error {
				until, err := dayOf(t, "until")
				if err != nil {
					return err
				}
				return roster.EndReviewer(tx, v.Actor, v.Agency, x.Account, until)
			}))
	}
	return p, deeds, err
}

// counselPage is one counsel; "new" engages one.
func (r room) counselPage(v *seat.Visitor) (seat.DeedPage, []seat.Deed, error) {
	id := v.Path("id")
	if id != "new" {
		return r.oneCounsel(v, id)
	}
	p := rosterHead(v, "登记法律顾问、公职律师", "法律顾问、公职律师", counsels)
	if !keeps(v) {
		return p, nil, nil
	}
	people, err := r.accountOptions(v, "")
	return p, []seat.Deed{deed(v, "engage", "已登记。", counsels, seat.Form{Submit: "登记", Cancel: counsels, Fields: []seat.Field{
		{Name: "name", Label: "姓名", Required: true}, {Name: "kind", Label: "类别", Control: seat.Select, Options: texts(roster.CounselKinds()), Required: true},
		{Name: "organisation", Label: "律师事务所或者单位"}, {Name: "licence", Label: "执业证号"}, {Name: "account", Label: "登录账号", Control: seat.Select, Options: people},
		{Name: "pooled", Label: "可以由其他机关共享", Control: seat.Tick}, {Name: "from", Label: "自", Control: seat.Date, Required: true, Value: v.Today().String()}, {Name: "until", Label: "至", Control: seat.Date}}},
		func(tx *db.Tx, t url.Values) error {
			from, err := dayOf(t, "from")
			if err != nil {
				return err
			}
			until, err := dayOf(t, "until")
			if err != nil {
				return err
			}
			_, err = roster.EngageCounsel(tx, v.Actor, roster.Counsel{Agency: v.Agency, Name: seat.Text(t, "name"), Kind: t.Get("kind"), Organisation: seat.Text(t, "organisation"), Licence: seat.Text(t, "licence"),
				Account: t.Get("account"), Pooled: t.Get("pooled") != "", From: from, Until: until})
			return err
		})}, err
}

func (r room) oneCounsel(v *seat.Visitor, id string) (seat.DeedPage, []seat.Deed, error) {
	var x roster.Counsel
	err := v.Read(func(tx *db.Tx) error {
		for after := ""; ; {
			list, err := roster.Counsels(tx, v.Agency, v.Today(), after, 100)
			if err != nil || len(list) == 0 {
				return err
			}
			for _, found := range list {
				after = found.ID
				if found.ID == id && !found.Lent {
					x = found
				}
			}
		}
	})
	if err == nil && x.ID == "" {
		err = refusal.NotFound{What: "法律顾问"}
	}
	if err != nil {
		return seat.DeedPage{}, nil, err
	}
	p := rosterHead(v, x.Name, "法律顾问、公职律师", counsels)
	p.Facts = []seat.Fact{{Name: "类别", Text: x.Kind}, {Name: "单位", Text: x.Organisation}, {Name: "执业证号", Text: x.Licence}, {Name: "自", Text: x.From.String()}, {Name: "至", Text: x.Until.String()}}
	if !keeps(v) {
		return p, nil, nil
	}
	return p, []seat.Deed{deed(v, "end", "已终止。", counsels, seat.Form{Fold: "终止", Submit: "终止", Grave: true, Fields: []seat.Field{{Name: "until", Label: "最后一日", Control: seat.Date, Required: true, Value: v.Today().String()}}},
		func(tx *db.Tx, t url.Values) error {
			until, err := dayOf(t, "until")
			if err != nil {
				return err
			}
			return roster.EndCounsel(tx, v.Actor, id, until)
		})}, nil
}

// agencyPage is the agency itself.
func (r room) agencyPage(v *seat.Visitor) (seat.DeedPage, []seat.Deed, error) {
	var a roster.Agency
	err := v.Read(func(tx *db.Tx) (err error) {
		a, err = roster.FindAgency(tx, v.Agency)
		return err
	})
	if err != nil {
		return seat.DeedPage{}, nil, err
	}
	p := seat.DeedPage{Frame: v.Head(a.Name), Tabs: rosterTabs("/desk/agency")}
	contacts, missing := r.contactForm()
	if missing != "" {
		p.State, p.Tone = "联系信息不全", "soon"
		p.Lead = "还没有填写：" + missing + "。文书上相应的地方留空，印发前须手工填写；门户不显示。"
	}
	p.Facts = []seat.Fact{{Name: "简称", Text: a.ShortName}, {Name: "统一社会信用代码", Text: a.CreditCode}, {Name: "机关代字", Text: a.NumberWord}, {Name: "层级", Text: a.Level}, {Name: "行政区划", Text: a.Division}}
	for _, c := range contacts.Fields {
		p.Facts = append(p.Facts, seat.Fact{Name: c.Label, Text: c.Value})
	}
	if !keeps(v) {
		return p, nil, nil
	}
	return p, []seat.Deed{{Name: "contact", Form: contacts, Do: func(t url.Values) (string, string, error) { return r.tell(v, t) }}, deed(v, "change", "已保存。", "", seat.Form{Fold: "修改机关信息", Submit: "保存", Fields: []seat.Field{
		{Name: "name", Label: "全称", Required: true, Value: a.Name}, {Name: "short", Label: "简称", Required: true, Value: a.ShortName},
		{Name: "code", Label: "统一社会信用代码", Value: a.CreditCode, Check: "credit-code"}, {Name: "word", Label: "机关代字", Required: true, Value: a.NumberWord, Hint: "文号中的机关代字，如“四民”。"},
		{Name: "level", Label: "层级", Control: seat.Select, Options: texts(roster.Levels()), Required: true, Value: a.Level}, {Name: "division", Label: "行政区划代码", Value: a.Division, Hint: "六位数字"}}},
		func(tx *db.Tx, t url.Values) error {
			a.Name, a.ShortName, a.CreditCode, a.NumberWord, a.Level, a.Division = seat.Text(t, "name"), seat.Text(t, "short"), seat.Text(t, "code"), seat.Text(t, "word"), t.Get("level"), seat.Text(t, "division")
			return roster.ChangeAgency(tx, v.Actor, a)
		})}, nil
}
