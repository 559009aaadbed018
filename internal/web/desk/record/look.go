package record

import (
	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
)

// lookRow is one look with the name of who looked.
type lookRow struct {
	access.Look
	By string
}

// thingTitle names what was looked at.
func thingTitle(kind string) string {
	switch kind {
	case "case":
		return "案件"
	case "party":
		return "当事人"
	case "publication":
		return "公示文本"
	case "document":
		return "文书"
	case "attachment":
		return "附件"
	}
	return "其他"
}

func thingHref(l access.Look) string {
	switch l.ThingKind {
	case "case":
		return "/desk/cases/" + l.Thing
	case "publication":
		return "/desk/publications/" + l.Thing
	}
	return ""
}

// lookListing is who looked at personal data, what for and when.
func (r room) lookListing() seat.Listing[lookRow] {
	return seat.Listing[lookRow]{Path: "/desk/looks", Action: access.LookView, Kind: "look", Read: r.looks,
		List: table.List[lookRow]{Name: "个人信息查阅记录", Unit: "次", Filters: []string{"account", "kind", "thing"}, Row: func(l lookRow) string { return thingHref(l.Look) },
			Empty: page.Empty{Title: "还没有查阅记录", Text: "任何人查看个人信息的明文都自动登记在这里，登记不上就不显示。"},
			Columns: []table.Column[lookRow]{
				{Key: "by", Title: "查阅人", Cell: func(l lookRow) table.Cell { return table.Cell{Text: l.By} }},
				column("at", "时间", func(l lookRow) string { return seat.Moment(l.At) }), column("purpose", "用途", func(l lookRow) string { return l.Purpose }),
				{Key: "thing", Title: "对象", Cell: func(l lookRow) table.Cell { return table.Cell{Text: thingTitle(l.ThingKind), Href: thingHref(l.Look)} }}}},
		Choices: func(v *seat.Visitor, _ table.Query) ([]table.Choice, error) {
			c := table.Choice{Name: "account", Title: "查阅人"}
			err := v.Read(func(tx *db.Tx) error {
				list, err := access.List(tx, v.Agency, access.Filter{}, "", 100)
				for _, a := range list {
					c.Options = append(c.Options, table.Option{Value: a.ID, Text: a.Name})
				}
				return err
			})
			kinds := table.Choice{Name: "kind", Title: "对象"}
			for _, k := range []string{"case", "party", "publication", "document", "attachment"} {
				kinds.Options = append(kinds.Options, table.Option{Value: k, Text: thingTitle(k)})
			}
			return []table.Choice{c, kinds}, err
		},
		Named: func(name, value string) string {
			if name == "kind" {
				return thingTitle(value)
			}
			return value
		},
		Around: func(_ *seat.Visitor, _ table.Query, p *seat.ListPage) error {
			p.Law = []page.Finding{{Message: "个人信息处理者应当采取加密、去标识化等安全技术措施，合理确定个人信息处理的操作权限；定期对处理个人信息的情况进行合规审计。", Cite: "《个人信息保护法》第五十一条、第五十四条"}}
			return nil
		}}
}

func (r room) looks(v *seat.Visitor, q table.Query, limit int) (seat.Part[lookRow], error) {
	var list []access.Look
	limit = min(limit, 99)
	err := v.Read(func(tx *db.Tx) (err error) {
		list, err = access.Looks(tx, v.Agency, access.LookFilter{Account: q.Filters["account"], ThingKind: q.Filters["kind"], Thing: q.Filters["thing"]}, q.After, limit+1)
		return err
	})
	if err != nil {
		return seat.Part[lookRow]{}, err
	}
	var ids []string
	for _, l := range list {
		ids = append(ids, l.Account, l.OnBehalf)
	}
	names, err := v.Names(ids...)
	rows := make([]lookRow, len(list))
	for i, l := range list {
		by := names[l.Account]
		if l.OnBehalf != "" {
			by += "（代" + names[l.OnBehalf] + "）"
		}
		rows[i] = lookRow{l, by}
	}
	return seat.Page(rows, limit, func(l lookRow) string { return l.ID }), err
}
