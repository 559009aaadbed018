package lawreview

import (
	"fmt"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/flow"
	"mingjing/internal/review"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
	"mingjing/internal/workday"
)

// stateTone is the colour of where a review stands.
func stateTone(state string) string {
	switch flow.State(state) {
	case flow.Passed:
		return "met"
	case flow.Refused, flow.Ended:
		return "late"
	case flow.Returned, flow.Disputed:
		return "soon"
	case flow.Submitted, flow.UnderReview:
		return "open"
	}
	return "none"
}

// open tells whether somebody's hand is still asked for.
func open(r review.Row) bool {
	return r.State == string(flow.Submitted) || r.State == string(flow.UnderReview) || r.State == string(flow.Disputed)
}

// left says how long there is until the opinion is due.
func left(r review.Row, today workday.Day, calendar *workday.Calendar) table.Cell {
	switch {
	case r.DueOn.IsZero():
		return table.Cell{Text: "受理后起算"}
	case !open(r) && !r.ConcludedOn.IsZero() && r.ConcludedOn.After(r.DueOn):
		return table.Cell{Text: "超期出具", Tone: "late", Sub: r.DueOn.String()}
	case !open(r):
		return table.Cell{Text: "按期", Tone: "met", Sub: r.DueOn.String()}
	case today.After(r.DueOn):
		return table.Cell{Text: fmt.Sprintf("已超期%d个工作日", max(1, calendar.WorkdaysBetween(r.DueOn, today))), Tone: "late", Sub: r.DueOn.String()}
	}
	days := calendar.WorkdaysBetween(today, r.DueOn)
	if days == 0 {
		return table.Cell{Text: "今日届满", Tone: "soon", Sub: r.DueOn.String()}
	}
	tone := "open"
	if days <= 1 {
		tone = "soon"
	}
	return table.Cell{Text: fmt.Sprintf("还剩%d个工作日", days), Tone: tone, Sub: r.DueOn.String()}
}

// row is a review with the names of its people and what the day says of it.
type row struct {
	review.Row
	Left table.Cell
}

func (r room) listing(path, state string) seat.Listing[row] {
	text := func(key, title string, get func(row) string) table.Column[row] {
		return table.Column[row]{Key: key, Title: title, Cell: func(x row) table.Cell { return table.Cell{Text: get(x)} }}
	}
	file := func(key, title string, get func(row) string) table.Column[row] {
		c := text(key, title, get)
		c.FileOnly = true
		return c
	}
	l := seat.Listing[row]{Path: path, Action: access.CaseList, Kind: kind, Read: r.read(state),
		List: table.List[row]{Name: "法制审核", Unit: "件", Row: func(x row) string { return root + "/" + x.ID },
			Empty: page.Empty{Title: "没有等待办理的法制审核", Text: "案件调查终结、属于重大执法决定的，由承办人在案件页面提交法制审核后列入这里。"},
			Columns: []table.Column[row]{
				{Key: "case", Title: "案件", Width: 48, Cell: func(x row) table.Cell {
					return table.Cell{Text: x.CaseTitle, Href: root + "/" + x.ID, Sub: fmt.Sprintf("%s　第%d次", x.CaseNumber, x.Round)}
				}},
				file("round", "轮次", func(x row) string { return fmt.Sprintf("第%d次", x.Round) }),
				{Key: "state", Title: "状态", Cell: func(x row) table.Cell { return table.Cell{Text: x.StateTitle(), Tone: stateTone(x.State)} }},
				{Key: "left", Title: "期限", Cell: func(x row) table.Cell { return x.Left }},
				text("verdict", "审核意见", func(x row) string { return x.Verdict }),
				{Key: "submitted", Title: "送审", Cell: func(x row) table.Cell { return table.Cell{Text: x.SubmittedOn.String(), Sub: x.SubmittedName} }},
				file("by", "送审人", func(x row) string { return x.SubmittedName }),
				{Key: "concluded", Title: "出具", Cell: func(x row) table.Cell { return table.Cell{Text: x.ConcludedOn.String(), Sub: x.ReviewerName} }},
				file("reviewer", "审核人", func(x row) string { return x.ReviewerName })}},
		Around: func(_ *seat.Visitor, _ table.Query, p *seat.ListPage) error {
			p.Lead = "未经法制审核或者审核未通过的，不得作出重大执法决定。"
			p.Tabs = []page.Link{{Text: "待办", Href: root, Here: path == root}, {Text: "全部", Href: root + "/all", Here: path != root}}
			p.Law = []page.Finding{{Message: "情节复杂或者重大违法行为给予行政处罚等四种情形，在负责人作出决定之前，由从事法制审核的人员进行法制审核；未经审核或者审核未通过的，不得作出决定。", Cite: "《行政处罚法》第五十八条"},
				{Message: "初次从事行政处罚决定法制审核的人员，应当取得国家统一法律职业资格。", Cite: "《行政处罚法》第五十八条第二款"}}
			return nil
		}}
	if state == "" {
		l.List.Filters = []string{"state"}
		l.Choices = func(*seat.Visitor, table.Query) ([]table.Choice, error) {
			var options []table.Option
			for _, s := range flow.Review().States {
				if s.Code != flow.Drafting {
					options = append(options, table.Option{Value: string(s.Code), Text: s.Title})
				}
			}
			return []table.Choice{{Name: "state", Title: "状态", Options: options}}, nil
		}
		l.Named = func(_, value string) string { return review.Row{State: value}.StateTitle() }
	}
	return l
}

func (r room) read(state string) func(*seat.Visitor, table.Query, int) (seat.Part[row], error) {
	return func(v *seat.Visitor, q table.Query, limit int) (seat.Part[row], error) {
		var list []review.Row
		err := v.Read(func(tx *db.Tx) (err error) {
			list, err = review.Seen(tx, v.Actor, wanted(state, q), q.After, limit+1)
			return err
		})
		if err != nil {
			return seat.Part[row]{}, err
		}
		rows, err := r.named(v, list)
		return seat.Page(rows, limit, func(x row) string { return x.ID }), err
	}
}

// wanted is the state that a query asks for: the list's own where it names none.
func wanted(state string, q table.Query) string {
	if chosen := q.Filters["state"]; chosen != "" {
		return chosen
	}
	return state
}

func (r room) named(v *seat.Visitor, list []review.Row) ([]row, error) {
	var ids []string
	for _, x := range list {
		ids = append(ids, x.SubmittedBy, x.Reviewer)
	}
	names, err := v.Names(ids...)
	if err != nil {
		return nil, err
	}
	rows := make([]row, len(list))
	for i, x := range list {
		x.SubmittedName, x.ReviewerName = names[x.SubmittedBy], names[x.Reviewer]
		rows[i] = row{x, left(x, v.Today(), r.House.Calendar)}
	}
	return rows, nil
}
