package board

import (
	"fmt"
	"strconv"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/oversight"
	"mingjing/internal/pack"
	"mingjing/internal/refusal"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
)

// asked is one thing that a duty asks for, or one record that does not meet it, as a line of the file.
type asked struct {
	oversight.Part
	missed string
	why    string
}

// partList is what a duty asks for and what does not meet it, as a file.
func (r room) partList() seat.Beside[asked] {
	column := func(key, title string, width float64, get func(asked) string) table.Column[asked] {
		return table.Column[asked]{Key: key, Title: title, Width: width, Cell: func(x asked) table.Cell { return table.Cell{Text: get(x)} }}
	}
	count := func(key, title string, get func(asked) int) table.Column[asked] {
		return table.Column[asked]{Key: key, Title: title, Number: true, Cell: func(x asked) table.Cell {
			if x.missed != "" {
				return table.Cell{}
			}
			return table.Cell{Text: strconv.Itoa(get(x)), Value: float64(get(x))}
		}}
	}
	return seat.Beside[asked]{Path: duties + "/{number}/parts", Action: access.BoardView, Kind: "board",
		List: table.List[asked]{Name: "今天的情况", Unit: "项", Columns: []table.Column[asked]{column("what", "要求", 50, func(x asked) string { return x.What }),
			count("met", "做到", func(x asked) int { return x.Met }), count("of", "应当", func(x asked) int { return x.Of }),
			column("state", "状态", 16, func(x asked) string {
				if x.missed != "" {
					return ""
				}
				return page.Light{State: string(x.State())}.StateText()
			}),
			column("missed", "没有做到的", 50, func(x asked) string { return x.missed }), column("why", "原因", 50, func(x asked) string { return x.why })}},
		Read: func(v *seat.Visitor) ([]asked, string, error) {
			x, err := r.one(v)
			var rows []asked
			for _, part := range x.Light.Parts {
				rows = append(rows, asked{Part: part})
				for _, c := range part.Missed {
					rows = append(rows, asked{Part: part, missed: c.Title, why: c.Why})
				}
			}
			return rows, fmt.Sprintf("第%d项", x.No), err
		}}
}

// one is the duty of the address as it is measured now.
func (r room) one(v *seat.Visitor) (row, error) {
	number, err := strconv.Atoi(v.Path("number"))
	task, ok := r.House.Pack.Task(number)
	if err != nil || !ok {
		return row{Task: pack.Task{}}, refusal.NotFound{What: "这项职责"}
	}
	x := row{Task: task}
	err = v.Read(func(tx *db.Tx) (err error) {
		x.Light, x.Measured, err = oversight.One(tx, r.House.Board(), number)
		return err
	})
	return x, err
}

// recordList is what a duty is kept by, as a list with files.
func (r room) recordList() seat.Beside[record] {
	return seat.Beside[record]{Path: duties + "/{number}/records", Action: access.BoardView, Kind: "board",
		List: table.List[record]{Name: "落实记录", Unit: "件", Row: func(x record) string { return x.href }, Empty: page.Empty{Title: "还没有落实记录", Text: "在下面登记以后出现在这里，看板随之重新计算。"},
			Columns: []table.Column[record]{
				{Key: "title", Title: "记录", Width: 50, Cell: func(x record) table.Cell { return table.Cell{Text: x.title, Href: x.href} }},
				{Key: "on", Title: "日期", Cell: func(x record) table.Cell { return table.Cell{Text: x.on} }},
				{Key: "state", Title: "状态", Width: 24, Cell: func(x record) table.Cell { return table.Cell{Text: x.state, Tone: x.tone} }}}},
		Read: func(v *seat.Visitor) (rows []record, of string, err error) {
			k, err := r.keeping(v)
			if err != nil {
				return nil, "", err
			}
			err = v.Read(func(tx *db.Tx) (err error) {
				rows, err = k.rows(tx, v.Agency)
				return err
			})
			return rows, fmt.Sprintf("第%d项", k.No), err
		}}
}
