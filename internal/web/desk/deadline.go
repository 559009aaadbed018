package desk

import (
	"fmt"
	"strings"
	"time"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/deadline"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
	"mingjing/internal/workday"
)

func shanghai() *time.Location { return workday.Shanghai() }

// dated is a row of clocks with the day it is looked at.
type dated struct {
	deadline.Clock
	today workday.Day
}

// deadlines is the list of the agency's open clocks, the earliest first.
func deadlines(d *Desk) seat.Listing[dated] {
	return seat.Listing[dated]{Path: "/desk/deadlines", Action: access.CaseList, Kind: "case", List: table.List[dated]{
		Name: "期限", Unit: "项", Filters: []string{"scope"},
		Empty: page.Empty{Title: "没有正在计算的期限", Text: "案件立案、告知、决定、送达之后，法定期限会自动列在这里，按届满日期排列。"},
		Row:   func(c dated) string { return "/desk/cases/" + c.Case },
		Columns: []table.Column[dated]{
			{Key: "label", Title: "期限", Width: 28, Cell: func(c dated) table.Cell {
				text := c.Label
				if c.Parties > 1 {
					text += fmt.Sprintf("（%d名当事人）", c.Parties)
				}
				return table.Cell{Text: text, Href: "/desk/cases/" + c.Case + "#clock-" + c.ID, Sub: c.CaseTitle}
			}},
			{Key: "due", Title: "届满日期", Cell: func(c dated) table.Cell { return table.Cell{Text: c.Due.String()} }},
			{Key: "left", Title: "剩余", Cell: func(c dated) table.Cell {
				text, tone := left(c.Due.Sub(c.today))
				return table.Cell{Text: text, Tone: tone}
			}},
			{Key: "from", Title: "起算", Cell: func(c dated) table.Cell { return table.Cell{Text: c.Trigger.String()} }},
			{Key: "length", Title: "期间", Cell: func(c dated) table.Cell {
				return table.Cell{Text: fmt.Sprintf("%d%s", c.Length, unitWord(string(c.Unit)))}
			}},
			{Key: "case", Title: "案件", Width: 40, FileOnly: true, Cell: func(c dated) table.Cell { return table.Cell{Text: c.CaseTitle} }},
			{Key: "number", Title: "案号", Width: 26, Cell: func(c dated) table.Cell { return table.Cell{Text: c.CaseNumber} }},
		}},
		Read:    d.readDeadlines,
		Choices: scopeChoices,
		Named:   func(_, value string) string { return map[string]string{"all": "全机关"}[value] },
	}
}

// scopeChoices lets who sees the whole agency choose between the own clocks and all.
func scopeChoices(v *seat.Visitor, _ table.Query) ([]table.Choice, error) {
	if access.CaseReach(v.Actor, v.Agency) != access.ReachAgency || !v.Has(access.RoleHandler) {
		return nil, nil
	}
	return []table.Choice{{Name: "scope", Title: "范围", Options: []table.Option{{Value: "all", Text: "全机关"}}}}, nil
}

func (d *Desk) readDeadlines(v *seat.Visitor, q table.Query, limit int) (seat.Part[dated], error) {
	handler := v.Identities()[len(v.Identities())-1]
	if access.CaseReach(v.Actor, v.Agency) == access.ReachAgency && (q.Filters["scope"] == "all" || !v.Has(access.RoleHandler)) {
		handler = ""
	}
	day, id, _ := strings.Cut(q.After, "~")
	var part seat.Part[dated]
	err := v.Read(func(tx *db.Tx) error {
		clocks, err := deadline.Coming(tx, v.Agency, handler, day, id, limit+1)
		if err != nil {
			return err
		}
		if len(clocks) > limit {
			clocks = clocks[:limit]
			part.Next = clocks[limit-1].Due.String() + "~" + clocks[limit-1].ID
		}
		for _, c := range clocks {
			part.Rows = append(part.Rows, dated{Clock: c, today: v.Today()})
		}
		return nil
	})
	return part, err
}

func unitWord(unit string) string {
	switch unit {
	case "wd":
		return "个工作日"
	case "mo":
		return "个月"
	case "y":
		return "年"
	case "h":
		return "小时"
	}
	return "日"
}
