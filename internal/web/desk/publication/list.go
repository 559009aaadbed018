package publication

import (
	"fmt"
	"slices"

	"mingjing/internal/access"
	"mingjing/internal/disclosure"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
)

// stateTone is the colour of a state.
func stateTone(p disclosure.Publication) string {
	switch p.State {
	case disclosure.StatePublished:
		return "met"
	case disclosure.StateCorrected, disclosure.StatePrepared:
		return "soon"
	case disclosure.StateWithdrawn:
		return "late"
	case disclosure.StateChecked:
		return "open"
	}
	return "none"
}

// dueOf is the next day that counts for a publication, and what is due on it.
func dueOf(p disclosure.Publication) (what, on string) {
	switch {
	case p.WithdrawDue != "" && (p.State == disclosure.StatePublished || p.State == disclosure.StateCorrected):
		return "应当撤下", p.WithdrawDue
	case p.PublishedOn == "" && p.State != disclosure.StateWithheld:
		return "应当公示", p.LastDay()
	}
	return "", ""
}

// dueWords says how long there is, with its colour.
func dueWords(p disclosure.Publication) (text, tone string) {
	switch {
	case p.Overdue:
		return fmt.Sprintf("已超期%d个工作日", -p.DaysLeft), "late"
	case p.DaysLeft == 0:
		return "今日届满", "soon"
	case p.DaysLeft <= 2:
		return fmt.Sprintf("还剩%d个工作日", p.DaysLeft), "soon"
	}
	return fmt.Sprintf("还剩%d个工作日", p.DaysLeft), "open"
}

func titleColumn() table.Column[disclosure.Publication] {
	return table.Column[disclosure.Publication]{Key: "title", Title: "决定", Width: 48, Cell: func(p disclosure.Publication) table.Cell {
		return table.Cell{Text: p.Title, Href: root + "/" + p.ID, Sub: p.Number}
	}}
}

func plain(key, title string, width float64, get func(disclosure.Publication) string) table.Column[disclosure.Publication] {
	return table.Column[disclosure.Publication]{Key: key, Title: title, Width: width, Cell: func(p disclosure.Publication) table.Cell {
		return table.Cell{Text: get(p)}
	}}
}

func stateColumn() table.Column[disclosure.Publication] {
	return table.Column[disclosure.Publication]{Key: "state", Title: "状态", Cell: func(p disclosure.Publication) table.Cell {
		return table.Cell{Text: disclosure.StateTitle(p.State, p.Source), Tone: stateTone(p)}
	}}
}

// caseColumn leads to everything that the case of a decision owes beside it.
func caseColumn() table.Column[disclosure.Publication] {
	return table.Column[disclosure.Publication]{Key: "case", Title: "同案", Width: 16, Cell: func(p disclosure.Publication) table.Cell {
		if p.Source != disclosure.SourceCase || p.Case == "" {
			return table.Cell{}
		}
		link := BatchOf(p.Case)
		return table.Cell{Text: link.Text, Href: link.Href}
	}}
}

func numberColumn() table.Column[disclosure.Publication] {
	return fileOnly(plain("number", "文号", 26, func(p disclosure.Publication) string { return p.Number }))
}

// fileOnly keeps a column for the files.
func fileOnly(c table.Column[disclosure.Publication]) table.Column[disclosure.Publication] {
	c.FileOnly = true
	return c
}

func address(p disclosure.Publication) string { return root + "/" + p.ID }

// dueListing is what must still be published or taken down, the overdue first.
func dueListing() seat.Listing[disclosure.Publication] {
	return seat.Listing[disclosure.Publication]{
		Path: root, Action: access.PublicationList, Kind: kind, Around: aroundDue,
		List: table.List[disclosure.Publication]{Name: "待公示与待撤下", Unit: "件", Row: address,
			Empty: page.Empty{Title: "没有待公示或者待撤下的决定", Text: "决定一经作出即列入这里：行政许可、行政处罚自作出之日起七个工作日内公示，其他决定二十个工作日内公示；" +
				"决定被变更、撤销、确认违法或者确认无效的，三个工作日内撤下。"},
			Columns: []table.Column[disclosure.Publication]{titleColumn(), numberColumn(),
				{Key: "left", Title: "期限", Cell: func(p disclosure.Publication) table.Cell {
					text, tone := dueWords(p)
					return table.Cell{Text: text, Tone: tone}
				}},
				{Key: "due", Title: "最迟日期", Width: 14, Cell: func(p disclosure.Publication) table.Cell {
					what, on := dueOf(p)
					return table.Cell{Text: on, Sub: what}
				}},
				stateColumn(), caseColumn(),
				fileOnly(plain("class", "类别", 10, func(p disclosure.Publication) string { return p.Class })),
				plain("decided", "决定日期", 14, func(p disclosure.Publication) string { return p.DecidedOn }),
				plain("served", "送达日期", 14, func(p disclosure.Publication) string {
					if p.ServedOn == "" {
						return "尚未送达"
					}
					return p.ServedOn
				})}},
		Read: func(v *seat.Visitor, q table.Query, limit int) (seat.Part[disclosure.Publication], error) {
			found, err := v.Seat.House.Disclosure.DueList(v.Context(), v.Agency, q.After, limit)
			return seat.Part[disclosure.Publication]{Rows: found.Rows, Next: found.Next}, err
		},
	}
}

func aroundDue(v *seat.Visitor, _ table.Query, p *seat.ListPage) error {
	counts, err := v.Seat.House.Disclosure.Count(v.Context(), v.Agency)
	if err != nil {
		return err
	}
	p.Lead = "超期的排在最前。期限按国务院公布的工作日计算。"
	p.Facts = []seat.Fact{{Name: "已超期", Text: fmt.Sprintf("%d件", counts.Overdue), Tone: toneOf(counts.Overdue)},
		{Name: "待制作", Text: fmt.Sprintf("%d件", counts.ByState[disclosure.StateDue])},
		{Name: "待复核", Text: fmt.Sprintf("%d件", counts.ByState[disclosure.StatePrepared])},
		{Name: "待发布", Text: fmt.Sprintf("%d件", counts.ByState[disclosure.StateChecked])}}
	if counts.Imports > 0 {
		p.Facts = append(p.Facts, seat.Fact{Name: "历史导入待核对", Text: fmt.Sprintf("%d件", counts.Imports), Href: "/desk/imports"})
	}
	p.Tabs = tabs(root)
	return nil
}

func toneOf(overdue int) string {
	if overdue > 0 {
		return "late"
	}
	return "met"
}

func tabs(here string) []page.Link {
	return []page.Link{{Text: "待公示与待撤下", Href: root, Here: here == root}, {Text: "全部", Href: root + "/all", Here: here != root}}
}

// states are those that the list can be narrowed to.
func states() []table.Option {
	list := []string{disclosure.StateDue, disclosure.StatePrepared, disclosure.StateChecked, disclosure.StatePublished, disclosure.StateCorrected,
		disclosure.StateWithdrawn, disclosure.StateWithheld, disclosure.StateExpired}
	options := make([]table.Option, len(list))
	for i, s := range list {
		options[i] = table.Option{Value: s, Text: disclosure.StateTitle(s, disclosure.SourceCase)}
	}
	return options
}

// classes are those of 执法类别, as decisions carry them.
func classes() []string {
	return []string{"处罚", "许可", "强制", "检查", "征收", "确认", "给付", "裁决", "奖励", "其他"}
}

// allListing is every publication with its state.
func allListing() seat.Listing[disclosure.Publication] {
	return seat.Listing[disclosure.Publication]{
		Path: root + "/all", Action: access.PublicationList, Kind: kind,
		List: table.List[disclosure.Publication]{Name: "全部公示信息", Unit: "件", Row: address, Search: "文号、标题、当事人", Filters: []string{"state", "class", "source"},
			Empty: page.Empty{Title: "还没有公示信息", Text: "案件作出决定后自动列入；过去的决定可以从“导入”批量带入。", Action: page.Link{Text: "导入历史决定", Href: "/desk/imports"}},
			Columns: []table.Column[disclosure.Publication]{titleColumn(), numberColumn(), stateColumn(),
				plain("party", "当事人", 28, func(p disclosure.Publication) string { return p.PartyName }),
				plain("class", "类别", 10, func(p disclosure.Publication) string { return p.Class }),
				plain("decided", "决定日期", 14, func(p disclosure.Publication) string { return p.DecidedOn }),
				fileOnly(plain("due", "应当公示", 14, func(p disclosure.Publication) string { return p.LastDay() })),
				{Key: "published", Title: "公示日期", Width: 14, Cell: func(p disclosure.Publication) table.Cell {
					c := table.Cell{Text: p.PublishedOn}
					if p.WithdrawnOn != "" {
						c.Sub = p.WithdrawnOn + "撤下"
					}
					return c
				}},
				fileOnly(plain("withdrawn", "撤下日期", 14, func(p disclosure.Publication) string { return p.WithdrawnOn }))}},
		Read: func(v *seat.Visitor, q table.Query, limit int) (seat.Part[disclosure.Publication], error) {
			found, err := v.Seat.House.Disclosure.Find(v.Context(), v.Agency, disclosure.Find{State: q.Filters["state"], Class: q.Filters["class"],
				Source: q.Filters["source"], Words: seat.Sought(q.Search)}, q.After, limit)
			return seat.Part[disclosure.Publication]{Rows: found.Rows, Next: found.Next}, err
		},
		Choices: func(*seat.Visitor, table.Query) ([]table.Choice, error) {
			var byClass []table.Option
			for _, c := range classes() {
				byClass = append(byClass, table.Option{Value: c, Text: c})
			}
			return []table.Choice{{Name: "state", Title: "状态", Options: states()}, {Name: "class", Title: "类别", Options: byClass},
				{Name: "source", Title: "来源", Options: seat.Options([2]string{disclosure.SourceCase, "本系统办理"}, [2]string{disclosure.SourceImport, "历史导入"})}}, nil
		},
		Named: func(name, value string) string {
			if name == "state" {
				return disclosure.StateTitle(value, disclosure.SourceCase)
			}
			return value
		},
		Around: func(v *seat.Visitor, _ table.Query, p *seat.ListPage) error {
			p.Tabs = tabs(root + "/all")
			if !v.May(access.ImportRun, access.Thing{Kind: "import"}) && !p.Table.Active {
				p.Table.Empty.Action = page.Link{}
			}
			return nil
		},
	}
}

// groundOptions makes radio choices of grounds.
func groundOptions(grounds []string) []seat.Option {
	list := make([]seat.Option, 0, len(grounds))
	for _, g := range slices.Clone(grounds) {
		list = append(list, seat.Option{Value: g, Text: g})
	}
	return list
}
