package casework

import (
	"mingjing/internal/access"
	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/db"
	"mingjing/internal/flow"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
	"mingjing/internal/workday"
)

// listed is a case with the day it is looked at and the name of its handler.
type listed struct {
	picture.File
	today   workday.Day
	handler string
	unit    string
}

// cases is the list of cases within the person's reach.
func (r room) cases() seat.Listing[listed] {
	return seat.Listing[listed]{Path: root, Action: access.CaseList, Kind: kind, List: table.List[listed]{
		Name: "案件", Unit: "件", Search: "案号、文号、当事人、案由", Filters: []string{"scope", "state", "procedure", "late"},
		Empty: page.Empty{Title: "还没有案件", Text: "登记案源，或者登记当场处罚之后，案件会列在这里。", Action: page.Link{Text: "登记案源", Href: root + "/new"}},
		Row:   func(c listed) string { return address(c.ID) },
		Columns: []table.Column[listed]{
			{Key: "title", Title: "案件", Width: 46, Cell: func(c listed) table.Cell {
				return table.Cell{Text: c.Title, Href: address(c.ID), Sub: numberOf(c.File)}
			}},
			{Key: "number", Title: "案号", Width: 26, FileOnly: true, Cell: func(c listed) table.Cell { return table.Cell{Text: c.Number} }},
			{Key: "state", Title: "进度", Width: 20, Cell: func(c listed) table.Cell { return table.Cell{Text: c.StateTitle()} }},
			{Key: "procedure", Title: "程序", Cell: func(c listed) table.Cell { return table.Cell{Text: procedureName(c.Procedure)} }},
			{Key: "parties", Title: "当事人", Number: true, Cell: func(c listed) table.Cell {
				return table.Cell{Text: page.Count(c.Parties), Value: float64(c.Parties)}
			}},
			{Key: "handler", Title: "承办人", Cell: func(c listed) table.Cell { return table.Cell{Text: c.handler} }},
			{Key: "unit", Title: "科室", Width: 20, FileOnly: true, Cell: func(c listed) table.Cell { return table.Cell{Text: c.unit} }},
			{Key: "opened", Title: "立案日期", Cell: func(c listed) table.Cell { return table.Cell{Text: c.OpenedOn.String()} }},
			{Key: "due", Title: "最近期限", Cell: dueCell},
		}},
		Read: r.readCases, Choices: caseChoices, Named: caseFilterName,
		Around: func(v *seat.Visitor, _ table.Query, p *seat.ListPage) error {
			if v.May(access.CaseLead, access.Thing{Unit: v.Unit, Relations: []string{access.RelHandler}}) {
				p.Actions = []page.Link{{Text: "登记案源", Href: root + "/new"}, {Text: "登记当场处罚", Href: root + "/new/spot"}}
			}
			if v.May(access.CaseHandOver, access.Thing{Kind: kind, Unit: v.Unit}) {
				p.Actions = append(p.Actions, page.Link{Text: "移交离岗人员的案件", Href: "/desk/handover"})
			}
			return nil
		},
	}
}

func numberOf(f picture.File) string {
	if f.Number == "" {
		return "尚未立案编号"
	}
	return f.Number
}

func procedureName(code string) string {
	if code == book.Simple {
		return "简易程序"
	}
	return "普通程序"
}

func dueCell(c listed) table.Cell {
	if c.NextDue.IsZero() || c.Over() {
		return table.Cell{}
	}
	chip := page.Deadline{Tone: "open"}
	switch days := c.NextDue.Sub(c.today); {
	case days < 0:
		chip.Tone = "late"
	case days <= 3:
		chip.Tone = "soon"
	}
	return table.Cell{Text: c.NextDue.String(), Tone: chip.Tone}
}

func (r room) readCases(v *seat.Visitor, q table.Query, limit int) (seat.Part[listed], error) {
	f, ok := filterOf(v, q)
	if !ok {
		return seat.Part[listed]{}, nil
	}
	var list []listed
	err := v.Read(func(tx *db.Tx) error {
		found, err := picture.List(tx, v.Agency, f, q.After, v.Today(), limit+1)
		if err != nil {
			return err
		}
		ids := make([]string, len(found))
		for i, c := range found {
			ids[i] = c.Handler
		}
		names, err := access.Names(tx, ids)
		for _, c := range found {
			list = append(list, listed{File: c, today: v.Today(), handler: names[c.Handler], unit: r.unitName(c.Unit)})
		}
		return err
	})
	return seat.Page(list, limit, func(c listed) string { return c.ID }), err
}

func (r room) unitName(code string) string {
	if u, ok := r.House.Pack.Unit(code); ok {
		return u.Name
	}
	return ""
}

// filterOf reads the address within what the person may see.
func filterOf(v *seat.Visitor, q table.Query) (picture.Filter, bool) {
	f := picture.Filter{Words: seat.Sought(q.Search), Procedure: q.Filters["procedure"], Late: q.Filters["late"] == "1"}
	switch state := q.Filters["state"]; state {
	case "open":
		f.Open = true
	default:
		f.State = flow.State(state)
	}
	switch access.CaseReach(v.Actor, v.Agency) {
	case access.ReachOwn:
		f.Handler = own(v)
	case access.ReachUnit:
		f.Unit = v.Unit
	case access.ReachNone:
		return f, false
	}
	switch q.Filters["scope"] {
	case "mine":
		f.Handler = own(v)
	case "unit":
		f.Unit = v.Unit
	}
	return f, true
}

// caseChoices are the filters: whose, where they stand, by which procedure, whether late.
func caseChoices(v *seat.Visitor, _ table.Query) ([]table.Choice, error) {
	scope := []table.Option{{Value: "mine", Text: "我承办的"}}
	if access.CaseReach(v.Actor, v.Agency) == access.ReachAgency && v.Unit != "" {
		scope = append(scope, table.Option{Value: "unit", Text: "本科室"})
	}
	states := []table.Option{{Value: "open", Text: "在办（未结案）"}}
	for _, s := range flow.Ordinary().States {
		if !s.Track && s.Code != flow.Started {
			states = append(states, table.Option{Value: string(s.Code), Text: s.Title})
		}
	}
	return []table.Choice{{Name: "scope", Title: "范围", Options: scope}, {Name: "state", Title: "进度", Options: states},
		{Name: "procedure", Title: "程序", Options: seat.Options([2]string{book.Ordinary, "普通程序"}, [2]string{book.Simple, "简易程序"})},
		{Name: "late", Title: "期限", Options: seat.Options([2]string{"1", "有超期的"})}}, nil
}

func caseFilterName(name, value string) string {
	switch name {
	case "scope":
		return map[string]string{"mine": "我承办的", "unit": "本科室"}[value]
	case "procedure":
		return procedureName(value)
	case "late":
		return "有超期的"
	}
	if value == "open" {
		return "在办"
	}
	return picture.File{Procedure: book.Ordinary, State: flow.State(value)}.StateTitle()
}
