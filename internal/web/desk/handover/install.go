package handover

import (
	"embed"
	"fmt"
	"strconv"

	"mingjing/internal/access"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/db"
	"mingjing/internal/handover"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
)

//go:embed page/*.tmpl
var files embed.FS

// Engine parses the pages.
func Engine() (*page.Engine, error) { return seat.Engine(files, "page", "list", "leaver") }

const root = "/desk/handover"

type room struct {
	*seat.Room
	handover *handover.Room
}

// Install adds the pages to the desk.
func Install(s *seat.Seat) error {
	engine, err := Engine()
	if err != nil {
		return fmt.Errorf("handover: %w", err)
	}
	r := room{s.Open(engine), &handover.Room{DB: s.House.DB, Cases: s.House.Cases}}
	r.leavers().Install(r.Room, "移交案件", page.Link{Text: "案件", Href: "/desk/cases"})
	r.Handle("GET "+root+"/{id}", "", "", r.ask)
	r.Handle("POST "+root+"/{id}", "", "", r.give)
	r.caseList().Install(r.Room)
	return nil
}

func (r room) unitName(code string) string {
	if u, ok := r.House.Pack.Unit(code); ok {
		return u.Name
	}
	return code
}

// leavers is the list of those who handle open cases that the person may hand over.
func (r room) leavers() seat.Listing[handover.Leaver] {
	return seat.Listing[handover.Leaver]{Path: root, Kind: "case", Guard: mayGive,
		List: table.List[handover.Leaver]{Name: "承办人和在办案件", Unit: "人", Row: func(l handover.Leaver) string { return root + "/" + l.Account },
			Empty: page.Empty{Title: "没有在办案件", Text: "有人承办着未办结的案件时，会列在这里。"},
			Columns: []table.Column[handover.Leaver]{
				{Key: "name", Title: "承办人", Cell: func(l handover.Leaver) table.Cell { return table.Cell{Text: l.Name, Href: root + "/" + l.Account} }},
				{Key: "unit", Title: "科室", Width: 24, Cell: func(l handover.Leaver) table.Cell { return table.Cell{Text: r.unitName(l.Unit)} }},
				{Key: "state", Title: "账号", Cell: func(l handover.Leaver) table.Cell {
					if l.Active {
						return table.Cell{Text: "在用", Tone: "met"}
					}
					return table.Cell{Text: "已停用，案件待移交", Tone: "late"}
				}},
				{Key: "cases", Title: "在办案件", Number: true, Cell: func(l handover.Leaver) table.Cell {
					return table.Cell{Text: strconv.Itoa(l.Cases), Value: float64(l.Cases)}
				}}}},
		Read: func(v *seat.Visitor, _ table.Query, _ int) (seat.Part[handover.Leaver], error) {
			var list []handover.Leaver
			err := v.Read(func(tx *db.Tx) (err error) {
				list, err = handover.Leavers(tx, v.Actor)
				return err
			})
			return seat.Part[handover.Leaver]{Rows: list, Count: table.Count{N: len(list), Known: true}}, err
		},
		Around: func(_ *seat.Visitor, _ table.Query, p *seat.ListPage) error {
			p.Lead = "有人调离、退休或者长期离岗时，点开姓名，把其在办案件一次移交给别人。"
			return nil
		}}
}

// mayGive turns away who may hand over no case at all.
func mayGive(v *seat.Visitor) error {
	if v.May(access.CaseHandOver, access.Thing{Kind: "case"}) {
		return nil
	}
	return v.Require(access.CaseHandOver, access.Thing{Kind: "case", Unit: v.Unit})
}

// caseList is the open cases of one person, as a file.
func (r room) caseList() seat.Beside[picture.File] {
	column := func(key, title string, width float64, get func(picture.File) string) table.Column[picture.File] {
		return table.Column[picture.File]{Key: key, Title: title, Width: width, Cell: func(f picture.File) table.Cell { return table.Cell{Text: get(f)} }}
	}
	return seat.Beside[picture.File]{Path: root + "/{id}/cases", Kind: "case", List: table.List[picture.File]{Name: "在办案件", Unit: "件", Columns: []table.Column[picture.File]{
		column("title", "案件", 46, func(f picture.File) string { return f.Title }), column("number", "案号", 26, func(f picture.File) string { return f.Number }),
		column("state", "进度", 20, picture.File.StateTitle), column("unit", "科室", 24, func(f picture.File) string { return r.unitName(f.Unit) }),
		column("due", "最近期限", 14, func(f picture.File) string {
			if f.NextDue.IsZero() {
				return ""
			}
			return f.NextDue.String()
		})}},
		Read: func(v *seat.Visitor) ([]picture.File, string, error) {
			d, err := desk(v)
			return d.Cases, d.Account.Name, err
		}}
}

// desk is what the person of the address leaves behind.
func desk(v *seat.Visitor) (d handover.Desk, err error) {
	err = v.Read(func(tx *db.Tx) (err error) {
		d, err = handover.Of(tx, v.Actor, v.Path("id"))
		return err
	})
	return d, err
}
