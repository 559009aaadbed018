package intake

import (
	"cmp"
	"strconv"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/disclosure"
	"mingjing/internal/exchange"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/table"
)

func column[T any](key, title string, width float64, get func(T) string) table.Column[T] {
	return table.Column[T]{Key: key, Title: title, Width: width, Cell: func(x T) table.Cell { return table.Cell{Text: get(x)} }}
}

// takenList is what an import brought, as a file.
func (r room) takenList() seat.Beside[waitingRow] {
	return seat.Beside[waitingRow]{Path: root + "/{id}/taken", Action: access.PublicationList, Kind: kind,
		List: table.List[waitingRow]{Name: "导入的决定", Unit: "件", Columns: []table.Column[waitingRow]{column("number", "文号", 30, func(x waitingRow) string { return x.Number }),
			column("title", "决定", 60, func(x waitingRow) string { return cmp.Or(x.Title, x.Number) }), column("state", "状态", 16, func(x waitingRow) string { return x.State })}},
		Read: func(v *seat.Visitor) ([]waitingRow, string, error) {
			x, err := r.exchange.FindRun(v.Context(), v.Agency, v.Path("id"))
			if err != nil {
				return nil, "", err
			}
			var rows []waitingRow
			for after := ""; len(rows) <= table.FileLimit; {
				found, err := r.House.Disclosure.ByRun(v.Context(), x.ID, after, shown)
				if err != nil {
					return nil, "", err
				}
				rows = append(rows, waiting(found.Rows)...)
				if after = found.Next; after == "" {
					break
				}
			}
			return rows, x.Name, nil
		}}
}

func waiting(list []disclosure.Publication) []waitingRow {
	var rows []waitingRow
	for _, p := range list {
		rows = append(rows, waitingRow{Title: p.Title, Number: p.Number, Href: "/desk/publications/" + p.ID, State: disclosure.StateTitle(p.State, p.Source), Tone: toneOf(p.State)})
	}
	return rows
}

// leftList is the rows that an import did not take, with why, as a file: they are put right in it and brought again.
func (r room) leftList() seat.Beside[exchange.RowReport] {
	return seat.Beside[exchange.RowReport]{Path: root + "/{id}/left", Action: access.PublicationList, Kind: kind,
		List: table.List[exchange.RowReport]{Name: "没有导入的行", Unit: "行", Columns: []table.Column[exchange.RowReport]{
			{Key: "line", Title: "行", Number: true, Cell: func(x exchange.RowReport) table.Cell {
				return table.Cell{Text: strconv.Itoa(x.Line), Value: float64(x.Line)}
			}},
			column("outcome", "结果", 14, func(x exchange.RowReport) string { return string(x.Outcome) }), column("why", "原因", 80, func(x exchange.RowReport) string { return strings.Join(x.Messages, "；") })}},
		Read: func(v *seat.Visitor) ([]exchange.RowReport, string, error) {
			x, err := r.exchange.FindRun(v.Context(), v.Agency, v.Path("id"))
			if err != nil {
				return nil, "", err
			}
			var rows []exchange.RowReport
			for after := 0; len(rows) <= table.FileLimit; after = rows[len(rows)-1].Line {
				part, err := r.exchange.NotTaken(v.Context(), v.Agency, x.ID, after, shown)
				if err != nil || len(part) == 0 {
					return rows, x.Name, err
				}
				rows = append(rows, part...)
			}
			return rows, x.Name, nil
		}}
}
