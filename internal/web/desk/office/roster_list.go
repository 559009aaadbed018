package office

import (
	"fmt"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/law"
	"mingjing/internal/roster"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
	"mingjing/internal/workday"
)

const (
	officers  = "/desk/officers"
	reviewers = "/desk/reviewers"
	counsels  = "/desk/counsels"
	units     = "/desk/units"
)

func (r room) installRoster() {
	home := page.Link{Text: "管理"}
	r.officerListing().Install(r.Room, "执法人员", home)
	r.certificateList().Install(r.Room)
	r.unitListing().Install(r.Room, "科室", home)
	r.reviewerListing().Install(r.Room, "法制审核人员", home)
	r.counselListing().Install(r.Room, "法律顾问、公职律师", home)
	for _, d := range []seat.Deeds{{Path: officers + "/{id}", Make: r.officerPage}, {Path: units + "/{id}", Make: r.unitPage}, {Path: reviewers + "/{id}", Make: r.reviewerPage},
		{Path: counsels + "/{id}", Make: r.counselPage}, {Path: "/desk/agency", Make: r.agencyPage}} {
		d.Action, d.Kind = access.RosterView, "roster"
		d.Install(r.Room)
	}
}

func rosterTabs(here string) []page.Link {
	list := []page.Link{{Text: "执法人员", Href: officers}, {Text: "科室", Href: units}, {Text: "法制审核人员", Href: reviewers}, {Text: "法律顾问", Href: counsels}, {Text: "机关", Href: "/desk/agency"}}
	for i := range list {
		list[i].Here = list[i].Href == here
	}
	return list
}

// keeps tells whether the person maintains the roster; others only read it.
func keeps(v *seat.Visitor) bool {
	return v.May(access.RosterAdmin, access.Thing{Kind: "roster"})
}

func around(v *seat.Visitor, p *seat.ListPage, here, add string) {
	p.Tabs = rosterTabs(here)
	if keeps(v) {
		p.Actions = []page.Link{{Text: add, Href: here + "/new"}}
	}
}

func column[T any](key, title string, get func(T) string) table.Column[T] {
	return table.Column[T]{Key: key, Title: title, Cell: func(x T) table.Cell { return table.Cell{Text: get(x)} }}
}

// inFile keeps a column for the files: on the page it stands in the second line of another, or is left out.
func inFile[T any](c table.Column[T]) table.Column[T] {
	c.FileOnly = true
	return c
}

// standing says whether an officer may enforce on the day, and what of the five fields is missing.
func standing(e roster.Entry, today workday.Day) table.Cell {
	switch {
	case !e.Valid && e.Certificate.ID == "":
		return table.Cell{Text: "没有执法证件", Tone: "late"}
	case !e.Valid:
		return table.Cell{Text: "证件无效", Tone: "late", Sub: e.Certificate.ValidTill.String() + "到期"}
	case len(e.Missing) > 0:
		return table.Cell{Text: "信息不全", Tone: "soon", Sub: "缺" + strings.Join(e.Missing, "、")}
	case e.Certificate.ValidTill.Sub(today) <= 60:
		return table.Cell{Text: "即将到期", Tone: "soon", Sub: e.Certificate.ValidTill.String()}
	}
	return table.Cell{Text: "有效", Tone: "met"}
}

func (r room) officerListing() seat.Listing[roster.Entry] {
	return seat.Listing[roster.Entry]{Path: officers, Action: access.RosterView, Kind: "roster",
		List: table.List[roster.Entry]{Name: "执法人员", Unit: "人", Search: "姓名、证件编号", Filters: []string{"unit", "valid"}, Row: func(e roster.Entry) string { return officers + "/" + e.ID },
			Empty: page.Empty{Title: "还没有登记执法人员", Text: "登记单位、姓名、证件编号、执法类别、执法区域五项后，才能指派办案。", Action: page.Link{Text: "登记执法人员", Href: officers + "/new"}},
			Columns: []table.Column[roster.Entry]{
				{Key: "name", Title: "姓名", Cell: func(e roster.Entry) table.Cell {
					return table.Cell{Text: e.Name, Href: officers + "/" + e.ID, Sub: e.Position}
				}},
				{Key: "standing", Title: "今日资格", Cell: func(e roster.Entry) table.Cell { return standing(e, workday.DayOf(r.House.DB.Now())) }},
				column("unit", "科室", func(e roster.Entry) string { return e.UnitName }), column("number", "证件编号", func(e roster.Entry) string { return e.Certificate.Number }),
				{Key: "class", Title: "执法类别", Cell: func(e roster.Entry) table.Cell { return table.Cell{Text: e.Certificate.Class, Sub: e.Certificate.Area} }},
				inFile(column("area", "执法区域", func(e roster.Entry) string { return e.Certificate.Area })),
				column("till", "有效期至", func(e roster.Entry) string { return e.Certificate.ValidTill.String() }), inFile(column("staff", "性质", func(e roster.Entry) string { return e.Staff }))}},
		Read: func(v *seat.Visitor, q table.Query, limit int) (seat.Part[roster.Entry], error) {
			var list []roster.Entry
			limit = min(limit, 99)
			err := v.Read(func(tx *db.Tx) (err error) {
				list, err = roster.Officers(tx, v.Agency, v.Today(), roster.Filter{Unit: q.Filters["unit"], Text: q.Search, Valid: q.Filters["valid"] == "1"}, q.After, limit+1)
				return err
			})
			return seat.Page(list, limit, func(e roster.Entry) string { return e.ID }), err
		},
		Choices: func(v *seat.Visitor, _ table.Query) ([]table.Choice, error) {
			c, err := r.unitChoice(v)
			return []table.Choice{c, {Name: "valid", Title: "资格", Options: seat.Options([2]string{"1", "今日有效"})}}, err
		},
		Around: func(v *seat.Visitor, _ table.Query, p *seat.ListPage) error {
			around(v, p, officers, "登记执法人员")
			p.Law = []page.Finding{{Message: "行政处罚应当由具有行政执法资格的执法人员实施；执法人员不得少于两人。", Cite: "《行政处罚法》第四十二条"}}
			return v.Read(func(tx *db.Tx) error {
				c, err := roster.Complete(tx, v.Agency, v.Today())
				p.Facts = []seat.Fact{{Name: "在编在岗", Text: fmt.Sprintf("%d人", c.InPost)}, {Name: "五项齐全", Text: fmt.Sprintf("%d人", c.Complete)},
					{Name: "证件有效", Text: fmt.Sprintf("%d人", c.Valid)}, {Name: "60日内到期", Text: fmt.Sprintf("%d人", c.Expiring), Tone: toneOf(c.Expiring)},
					{Name: "部委证件未备案", Text: fmt.Sprintf("%d人", c.Unfiled), Tone: toneOf(c.Unfiled)}}
				return err
			})
		}}
}

func toneOf(n int) string {
	if n > 0 {
		return "soon"
	}
	return "met"
}

func (r room) unitListing() seat.Listing[roster.Unit] {
	return seat.Listing[roster.Unit]{Path: units, Action: access.RosterView, Kind: "roster",
		List: table.List[roster.Unit]{Name: "科室", Unit: "个", Row: func(u roster.Unit) string { return units + "/" + u.Code },
			Empty: page.Empty{Title: "还没有登记科室", Text: "科室随专案包带入，也可以在这里登记。"},
			Columns: []table.Column[roster.Unit]{
				{Key: "name", Title: "科室", Cell: func(u roster.Unit) table.Cell { return table.Cell{Text: u.Name, Href: units + "/" + u.Code} }},
				column("code", "代码", func(u roster.Unit) string { return u.Code }), column("kind", "性质", func(u roster.Unit) string { return u.Kind }),
				column("review", "法制审核机构", func(u roster.Unit) string {
					if u.Review {
						return "是"
					}
					return ""
				})}},
		Read: func(v *seat.Visitor, _ table.Query, _ int) (seat.Part[roster.Unit], error) {
			list, err := r.units(v)
			return seat.Part[roster.Unit]{Rows: list, Count: table.Count{N: len(list), Known: true}}, err
		},
		Around: func(v *seat.Visitor, _ table.Query, p *seat.ListPage) error {
			around(v, p, units, "登记科室")
			return nil
		}}
}

func (r room) reviewerListing() seat.Listing[roster.Reviewer] {
	return seat.Listing[roster.Reviewer]{Path: reviewers, Action: access.RosterView, Kind: "roster",
		List: table.List[roster.Reviewer]{Name: "法制审核人员", Unit: "人", Row: func(x roster.Reviewer) string { return reviewers + "/" + x.Account },
			Empty: page.Empty{Title: "还没有确定法制审核人员", Text: "原则上不少于本单位执法人员总数的百分之五，至少一人。"},
			Columns: []table.Column[roster.Reviewer]{
				{Key: "name", Title: "姓名", Cell: func(x roster.Reviewer) table.Cell {
					return table.Cell{Text: x.Name, Href: reviewers + "/" + x.Account, Sub: x.Unit}
				}},
				{Key: "qualification", Title: "法律职业资格", Cell: func(x roster.Reviewer) table.Cell {
					if x.Qualification == "" {
						return table.Cell{Text: "没有", Tone: "soon", Sub: "初次从事审核的应当取得"}
					}
					return table.Cell{Text: x.Qualification}
				}},
				column("first", "首次审核", func(x roster.Reviewer) string { return x.FirstReview.String() }), column("from", "自", func(x roster.Reviewer) string { return x.From.String() }),
				column("unit", "在法制审核机构", func(x roster.Reviewer) string {
					if x.InReviewUnit {
						return "是"
					}
					return "否"
				})}},
		Read: func(v *seat.Visitor, q table.Query, limit int) (seat.Part[roster.Reviewer], error) {
			var list []roster.Reviewer
			limit = min(limit, 99)
			err := v.Read(func(tx *db.Tx) (err error) {
				list, err = roster.Reviewers(tx, v.Agency, v.Today(), q.After, limit+1)
				return err
			})
			return seat.Page(list, limit, func(x roster.Reviewer) string { return x.Account }), err
		},
		Around: func(v *seat.Visitor, _ table.Query, p *seat.ListPage) error {
			around(v, p, reviewers, "确定法制审核人员")
			p.Law = []page.Finding{{Message: "法制审核人员的配置比例原则上不低于本单位执法人员总数的5%。", Cite: "国办发〔2018〕118号（十一）"},
				{Message: "初次从事行政处罚决定法制审核的人员，应当通过国家统一法律职业资格考试取得法律职业资格。", Cite: "《行政处罚法》第五十八条第二款"}}
			return v.Read(func(tx *db.Tx) error {
				percent, _, ok := r.House.Cases.Books().Law.Param(law.ReviewersPercent, v.Today())
				if !ok {
					percent.Value = 5
				}
				s, err := roster.ReviewStrength(tx, v.Agency, v.Today(), int(percent.Value))
				tone := "met"
				if !s.Enough() {
					tone = "late"
				}
				p.Facts = []seat.Fact{{Name: "执法人员", Text: fmt.Sprintf("%d人", s.Officers)}, {Name: "应当配备", Text: fmt.Sprintf("%d人", s.Needed)}, {Name: "现有", Text: fmt.Sprintf("%d人", s.Reviewers), Tone: tone}}
				return err
			})
		}}
}

func (r room) counselListing() seat.Listing[roster.Counsel] {
	return seat.Listing[roster.Counsel]{Path: counsels, Action: access.RosterView, Kind: "roster",
		List: table.List[roster.Counsel]{Name: "法律顾问、公职律师", Unit: "人", Row: func(x roster.Counsel) string {
			if x.Lent {
				return ""
			}
			return counsels + "/" + x.ID
		},
			Empty: page.Empty{Title: "还没有法律顾问或者公职律师", Text: "疑难复杂案件的法制审核可以征求他们的意见；其他机关共享的也列在这里。"},
			Columns: []table.Column[roster.Counsel]{
				{Key: "name", Title: "姓名", Cell: func(x roster.Counsel) table.Cell { return table.Cell{Text: x.Name, Sub: x.Organisation} }},
				column("kind", "类别", func(x roster.Counsel) string { return x.Kind }), column("licence", "执业证号", func(x roster.Counsel) string { return x.Licence }),
				column("agency", "所属机关", func(x roster.Counsel) string { return x.AgencyName }), column("from", "自", func(x roster.Counsel) string { return x.From.String() }),
				column("until", "至", func(x roster.Counsel) string { return x.Until.String() })}},
		Read: func(v *seat.Visitor, q table.Query, limit int) (seat.Part[roster.Counsel], error) {
			var list []roster.Counsel
			limit = min(limit, 99)
			err := v.Read(func(tx *db.Tx) (err error) {
				list, err = roster.Counsels(tx, v.Agency, v.Today(), q.After, limit+1)
				return err
			})
			return seat.Page(list, limit, func(x roster.Counsel) string { return x.ID }), err
		},
		Around: func(v *seat.Visitor, _ table.Query, p *seat.ListPage) error {
			around(v, p, counsels, "登记法律顾问")
			return nil
		}}
}
