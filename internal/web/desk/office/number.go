package office

import (
	"fmt"
	"net/url"
	"strconv"

	"mingjing/internal/access"
	"mingjing/internal/catalog"
	"mingjing/internal/db"
	"mingjing/internal/document"
	"mingjing/internal/refusal"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
	"mingjing/internal/zh"
)

// numberRow is one number of a series with the document that it was given to.
type numberRow struct {
	document.Used
	Number, Title, Href string
}

// series are the agency's 代字, each once.
func (r room) series(v *seat.Visitor) []string {
	var list []string
	seen := map[string]bool{}
	for _, n := range r.House.Pack.Numberings() {
		if filled, ok := r.House.Pack.Numbering(n.Kind, v.Today()); ok && !seen[filled.Template] {
			seen[filled.Template] = true
			list = append(list, filled.Template)
		}
	}
	return list
}

func (r room) years(v *seat.Visitor) []string {
	var list []string
	for y := v.Today().Year(); y > v.Today().Year()-5; y-- {
		list = append(list, strconv.Itoa(y))
	}
	return list
}

// chosen are the series and year of an address; the first series and this year where it names none.
func (r room) chosen(v *seat.Visitor, q table.Query) (prefix string, year int) {
	prefix, year = q.Filters["prefix"], v.Today().Year()
	if all := r.series(v); prefix == "" && len(all) > 0 {
		prefix = all[0]
	}
	if y, err := strconv.Atoi(q.Filters["year"]); err == nil {
		year = y
	}
	return prefix, year
}

func (r room) numberListing() seat.Listing[numberRow] {
	return seat.Listing[numberRow]{Path: numbers, Action: access.RosterView, Kind: "catalog",
		List: table.List[numberRow]{Name: "文号登记", Unit: "号", Filters: []string{"prefix", "year"}, Row: func(n numberRow) string { return n.Href },
			Empty: page.Empty{Title: "本年度该代字还没有编号", Text: "文书定稿时自动编号，同一代字、同一年度连续，不跳号、不重号。"},
			Columns: []table.Column[numberRow]{
				{Key: "number", Title: "文号", Width: 28, Cell: func(n numberRow) table.Cell { return table.Cell{Text: n.Number, Href: n.Href} }},
				{Key: "state", Title: "状态", Cell: func(n numberRow) table.Cell {
					if n.Void != "" {
						return table.Cell{Text: "作废", Tone: "late", Sub: n.Void}
					}
					return table.Cell{Text: "已用", Tone: "met"}
				}},
				column("title", "文书", func(n numberRow) string { return n.Title }), column("at", "编号时间", func(n numberRow) string { return seat.Moment(n.At) })}},
		Read: r.readNumbers,
		Choices: func(v *seat.Visitor, _ table.Query) ([]table.Choice, error) {
			p, y := table.Choice{Name: "prefix", Title: "代字"}, table.Choice{Name: "year", Title: "年度"}
			for _, s := range r.series(v) {
				p.Options = append(p.Options, table.Option{Value: s, Text: s})
			}
			for _, s := range r.years(v) {
				y.Options = append(y.Options, table.Option{Value: s, Text: s + "年"})
			}
			return []table.Choice{p, y}, nil
		},
		Around: func(v *seat.Visitor, q table.Query, p *seat.ListPage) error {
			prefix, year := r.chosen(v, q)
			p.Lead = fmt.Sprintf("%s，%d年。同一代字、同一年度连续编号；作废的序号写明原因，不再使用。", prefix, year)
			if keeps(v) {
				p.Actions = []page.Link{{Text: "设定起点、作废文号", Href: numbers + "/new"}}
			}
			return nil
		}}
}

func (r room) readNumbers(v *seat.Visitor, q table.Query, limit int) (seat.Part[numberRow], error) {
	prefix, year := r.chosen(v, q)
	after, _ := strconv.Atoi(q.After)
	var rows []numberRow
	opens := access.CaseReach(v.Actor, v.Agency) == access.ReachAgency // others see the register, and only some of the cases
	err := v.Read(func(tx *db.Tx) error {
		list, err := document.Numbers(tx, v.Agency, prefix, year, after, limit+1)
		if err != nil {
			return err
		}
		for _, u := range list {
			row := numberRow{Used: u}
			if n, err := zh.NewNumber(u.Prefix, u.Year, u.Serial); err == nil {
				row.Number = n.String()
			}
			if u.Document != "" {
				d, err := document.Get(tx, u.Document)
				if err != nil {
					return err
				}
				if row.Title = d.Title; opens {
					row.Href = "/desk/cases/" + d.Case + "/documents/" + d.ID
				}
			}
			rows = append(rows, row)
		}
		return nil
	})
	return seat.Page(rows, limit, func(n numberRow) string { return strconv.Itoa(n.Serial) }), err
}

// numberPage is where a series is started in the middle of a year, and where a number is voided.
func (r room) numberPage(v *seat.Visitor) (seat.DeedPage, []seat.Deed, error) {
	p := seat.DeedPage{Frame: v.Head("文号的起点和作废", page.Link{Text: "台账"}, page.Link{Text: "文号登记", Href: numbers})}
	prefix := seat.Field{Name: "prefix", Label: "代字", Control: seat.Select, Options: texts(r.series(v)), Required: true}
	year := seat.Field{Name: "year", Label: "年度", Control: seat.Select, Options: texts(r.years(v)), Required: true, Value: strconv.Itoa(v.Today().Year())}
	yearOf := func(t url.Values) int {
		y, _ := strconv.Atoi(t.Get("year"))
		return y
	}
	return p, []seat.Deed{
		deed(v, "start", "起点已设定。", numbers, seat.Form{Title: "年度中途开始使用本系统", Submit: "设定起点", Lead: "系统从下一个序号接着编。系统已经编过号的代字不能再设定。",
			Fields: []seat.Field{prefix, year, {Name: "last", Label: "纸质文书已用到的序号", Required: true, Hint: "例如已用到12号，填12。"}}}, func(tx *db.Tx, t url.Values) error {
			last, err := strconv.Atoi(seat.Text(t, "last"))
			if err != nil {
				return refusal.Field("last", "请填写数字。")
			}
			return catalog.StartNumbers(tx, v.Actor, t.Get("prefix"), yearOf(t), last)
		}),
		deed(v, "void", "已作废。", numbers, seat.Form{Title: "作废下一个文号", Submit: "作废", Grave: true, Lead: "序号在系统之外用掉的，在这里登记作废及原因；作废的序号不再使用。",
			Fields: []seat.Field{prefix, year, {Name: "reason", Label: "作废原因", Required: true}}}, func(tx *db.Tx, t url.Values) error {
			_, err := catalog.VoidNumber(tx, v.Actor, t.Get("prefix"), yearOf(t), seat.Text(t, "reason"))
			return err
		})}, nil
}
