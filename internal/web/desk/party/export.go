package party

import (
	"cmp"
	"encoding/json"
	"strconv"
	"strings"

	"mingjing/internal/casefile"
	"mingjing/internal/form"
	"mingjing/internal/party"
	"mingjing/internal/web/desk/dossier"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

// filed is a party as the file of the list has it.
type filed struct {
	Row
	of     casefile.PartyView
	number int
}

func column[T any](key, title string, width float64, get func(T) string) table.Column[T] {
	return table.Column[T]{Key: key, Title: title, Width: width, Cell: func(x T) table.Cell { return table.Cell{Text: get(x)} }}
}

// money is a column of sums in 元, which a spreadsheet can add up.
func money(key, title string, get func(filed) zh.Fen) table.Column[filed] {
	return table.Column[filed]{Key: key, Title: title + "（元）", Number: true, Cell: func(x filed) table.Cell {
		if x.of.Decision.ID == "" {
			return table.Cell{}
		}
		sum := get(x)
		return table.Cell{Text: strconv.FormatFloat(float64(sum)/100, 'f', 2, 64), Value: float64(sum) / 100}
	}}
}

// day is a column of days.
func day(key, title string, get func(filed) workday.Day) table.Column[filed] {
	return column(key, title, 14, func(x filed) string { return dossier.Day(get(x)) })
}

// beside is the list of the parties with what was decided of each and what each paid. It holds what the page shows to whoever
// may see the case: the codes of organisations are public, those of persons are no part of it.
func (r room) beside() seat.Beside[filed] {
	return seat.Beside[filed]{Path: dossier.Root + "/{id}/parties", Kind: "case", Read: r.filed, List: table.List[filed]{Name: "当事人", Unit: "名", Columns: []table.Column[filed]{
		column("number", "序号", 8, func(x filed) string { return strconv.Itoa(x.number) }),
		column("name", "当事人", 36, func(x filed) string { return x.Row.Name }), column("kind", "类型", 18, func(x filed) string { return x.Row.Kind }),
		column("code", "统一社会信用代码", 24, func(x filed) string {
			return map[bool]string{true: x.of.Party.Code}[x.of.Party.Kind != form.PartyPerson]
		}),
		column("track", "进度", 18, func(x filed) string { return x.Track }), column("major", "重大执法决定", 18, func(x filed) string { return x.Row.Major }),
		day("notice", "告知送达日期", func(x filed) workday.Day { return x.of.Party.NoticeOn }), column("review", "法制审核", 18, func(x filed) string { return x.Row.Review }),
		column("decision", "决定", 28, func(x filed) string { return x.Row.Decision }), day("decided", "决定日期", func(x filed) workday.Day { return x.of.Decision.DecidedOn }),
		column("mode", "送达方式", 14, func(x filed) string { return x.of.Decision.ServiceMode }), day("served", "送达日期", func(x filed) workday.Day { return x.of.Decision.ServedOn }),
		column("penalties", "处罚种类", 24, func(x filed) string { return kinds(x.of.Decision.Penalties) }),
		money("fine", "罚款", func(x filed) zh.Fen { return x.of.Decision.Fine }), money("gain", "没收违法所得", func(x filed) zh.Fen { return x.of.Decision.Confiscated }),
		money("surcharge", "加处罚款", func(x filed) zh.Fen { return x.of.Owed.Surcharge }), money("paid", "已缴", func(x filed) zh.Fen { return x.of.Owed.Received }), money("refund", "已退还", func(x filed) zh.Fen { return x.of.Owed.Refunded }),
		money("rest", "尚欠", func(x filed) zh.Fen { return x.of.Owed.Rest() }), column("history", "以前的处罚", 16, func(x filed) string { return x.Row.History })}}}
}

// kinds are the kinds of penalty of a decision in words; its row holds them as a list.
func kinds(stored string) string {
	var list []string
	if json.Unmarshal([]byte(stored), &list) != nil {
		return stored
	}
	return strings.Join(list, "、")
}

func (r room) filed(v *seat.Visitor) ([]filed, string, error) {
	view, err := r.open(v)
	if err != nil {
		return nil, "", err
	}
	shown := Rows(view)
	rows := make([]filed, len(shown))
	for i, p := range view.Parties {
		rows[i] = filed{shown[i], p, i + 1}
	}
	return rows, view.File.Title, nil
}

// Exports leads to the files of the list of parties of a case, for the pages that show it.
func Exports(v *seat.Visitor, view casefile.View) []page.Link {
	if len(view.Parties) == 0 {
		return nil
	}
	return seat.Exports(v, dossier.Address(view.File.ID)+"/parties", "case")
}

// earlier is the list of what was decided against a party before.
func (r room) earlier() seat.Beside[party.Earlier] {
	return seat.Beside[party.Earlier]{Path: dossier.Root + "/{id}/parties/{party}/history", Kind: "case",
		List: table.List[party.Earlier]{Name: "以前的处罚决定", Unit: "件", Columns: []table.Column[party.Earlier]{
			column("number", "文号", 28, func(x party.Earlier) string { return cmp.Or(x.Number, "（无文号）") }), column("decided", "决定日期", 14, func(x party.Earlier) string { return x.DecidedOn.String() }),
			column("item", "事项", 40, func(x party.Earlier) string { return x.Item }),
			{Key: "fine", Title: "罚款（元）", Number: true, Cell: func(x party.Earlier) table.Cell {
				return table.Cell{Text: strconv.FormatFloat(float64(x.Fine)/100, 'f', 2, 64), Value: float64(x.Fine) / 100}
			}}}},
		Read: func(v *seat.Visitor) ([]party.Earlier, string, error) {
			_, p, _, err := r.party(v)
			return p.History, p.Party.Name, err
		}}
}
