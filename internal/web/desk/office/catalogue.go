package office

import (
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/catalog"
	"mingjing/internal/db"
	"mingjing/internal/pack"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
)

const (
	itemList    = "/desk/items"
	triggerList = "/desk/triggers"
)

// basisText writes the provisions that an item rests on.
func basisText(list []pack.Basis) string {
	texts := make([]string, len(list))
	for i, b := range list {
		texts[i] = "《" + strings.Trim(b.Law, "《》") + "》" + b.Article
	}
	return strings.Join(texts, "；")
}

// itemListing is the list of powers in force today (duty 3).
func (r room) itemListing() seat.Listing[catalog.Entry] {
	return seat.Listing[catalog.Entry]{Path: itemList, Action: access.RosterView, Kind: "catalog",
		List: table.List[catalog.Entry]{Name: "执法事项", Unit: "项", Search: "名称、编码", Filters: []string{"class", "owner"}, Row: func(e catalog.Entry) string { return "/items/" + e.Code },
			Empty: page.Empty{Title: "还没有执法事项", Text: "启用专案包后列在这里。", Action: page.Link{Text: "专案包", Href: packs}},
			Columns: []table.Column[catalog.Entry]{
				{Key: "name", Title: "事项", Width: 48, Cell: func(e catalog.Entry) table.Cell {
					return table.Cell{Text: e.Name, Href: "/items/" + e.Code, Sub: e.Code}
				}},
				column("class", "类别", func(e catalog.Entry) string { return e.Class }),
				{Key: "basis", Title: "依据", Width: 60, FileOnly: true, Cell: func(e catalog.Entry) table.Cell { return table.Cell{Text: basisText(e.Basis)} }},
				column("owner", "责任科室", func(e catalog.Entry) string {
					if u, ok := r.House.Pack.Unit(e.Owner); ok {
						return u.Name
					}
					return e.Owner
				}),
				{Key: "status", Title: "依据情况", Cell: func(e catalog.Entry) table.Cell {
					text, tone := statusTitle(e.Status)
					return table.Cell{Text: text, Tone: tone}
				}}}},
		Read: func(v *seat.Visitor, q table.Query, limit int) (seat.Part[catalog.Entry], error) {
			var list []catalog.Entry
			limit = min(limit, 99)
			err := v.Read(func(tx *db.Tx) (err error) {
				list, err = catalog.Items(tx, v.Agency, v.Today(), catalog.Filter{Class: q.Filters["class"], Owner: q.Filters["owner"], Text: q.Search}, q.After, limit+1)
				return err
			})
			return seat.Page(list, limit, func(e catalog.Entry) string { return e.Code }), err
		},
		Choices: func(v *seat.Visitor, _ table.Query) ([]table.Choice, error) {
			c := table.Choice{Name: "class", Title: "类别"}
			for _, name := range pack.Classes() {
				c.Options = append(c.Options, table.Option{Value: name, Text: name})
			}
			owner, err := r.unitChoice(v)
			owner.Name, owner.Title = "owner", "责任科室"
			return []table.Choice{c, owner}, err
		},
		Around: func(_ *seat.Visitor, _ table.Query, p *seat.ListPage) error { p.Tabs = packTabs(itemList); return nil }}
}

// triggerListing is the review catalogue in force today (duty 23).
func (r room) triggerListing() seat.Listing[pack.Trigger] {
	return seat.Listing[pack.Trigger]{Path: triggerList, Action: access.RosterView, Kind: "catalog",
		List: table.List[pack.Trigger]{Name: "重大执法决定法制审核目录", Unit: "项",
			Empty: page.Empty{Title: "还没有审核目录", Text: "启用专案包后列在这里。", Action: page.Link{Text: "专案包", Href: packs}},
			Columns: []table.Column[pack.Trigger]{
				{Key: "title", Title: "情形", Width: 48, Cell: func(t pack.Trigger) table.Cell { return table.Cell{Text: t.Title, Sub: t.Source} }},
				column("class", "类别", func(t pack.Trigger) string { return t.Class }), column("item", "事项类别", func(t pack.Trigger) string { return t.ItemClass }),
				{Key: "status", Title: "效力", Cell: func(t pack.Trigger) table.Cell {
					if t.Status.MayBlock() {
						return table.Cell{Text: "必须审核", Tone: "met"}
					}
					return table.Cell{Text: "提示审核", Tone: "soon"}
				}}}},
		Read: func(v *seat.Visitor, _ table.Query, _ int) (seat.Part[pack.Trigger], error) {
			var list []pack.Trigger
			err := v.Read(func(tx *db.Tx) (err error) {
				list, err = catalog.Triggers(tx, v.Agency, v.Today())
				return err
			})
			return seat.Part[pack.Trigger]{Rows: list, Count: table.Count{N: len(list), Known: true}}, err
		},
		Around: func(_ *seat.Visitor, _ table.Query, p *seat.ListPage) error {
			p.Tabs = packTabs(triggerList)
			p.Law = []page.Finding{{Message: "涉及重大公共利益、直接关系当事人或者第三人重大权益并经过听证程序、案件情况疑难复杂涉及多个法律关系等情形的，应当进行法制审核。", Cite: "《行政处罚法》第五十八条第一款"}}
			return nil
		}}
}
