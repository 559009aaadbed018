package dossier

import (
	"mingjing/internal/casefile"
	"mingjing/internal/document"
	"mingjing/internal/web/desk/attachment"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
)

func column[T any](key, title string, width float64, get func(T) string) table.Column[T] {
	return table.Column[T]{Key: key, Title: title, Width: width, Cell: func(x T) table.Cell { return table.Cell{Text: get(x)} }}
}

// papers is the list of the documents of a case in the order of the dossier, for a file.
func (r room) papers() seat.Beside[Row] {
	return seat.Beside[Row]{Path: Root + "/{id}/documents", Kind: "case", List: table.List[Row]{Name: "文书", Unit: "份", Columns: []table.Column[Row]{
		column("kind", "文书", 28, func(x Row) string { return x.Kind }), column("number", "文号", 28, func(x Row) string { return x.Number }),
		column("about", "事由", 28, func(x Row) string { return x.About }), column("party", "当事人", 32, func(x Row) string { return x.Party }),
		column("made", "成文日期", 14, func(x Row) string { return Day(x.MadeOn) }), column("part", "卷别", 10, func(x Row) string { return x.Part }),
		column("hash", "文本SHA-256", 66, func(x Row) string { return x.BodyHash })}},
		Read: func(v *seat.Visitor) ([]Row, string, error) {
			view, err := r.open(v)
			return Rows(r.House, view), view.File.Title, err
		}}
}

// events is the story of a case, event by event, for a file.
func (r room) events() seat.Beside[page.Event] {
	return seat.Beside[page.Event]{Path: Root + "/{id}/events", Kind: "case", List: table.List[page.Event]{Name: "办案经过", Unit: "条", Columns: []table.Column[page.Event]{
		column("day", "日期", 14, func(x page.Event) string { return x.Day }), column("time", "时间", 10, func(x page.Event) string { return x.Time }),
		column("late", "补记", 14, func(x page.Event) string { return x.Late }), column("title", "事项", 44, func(x page.Event) string { return x.Title }),
		column("by", "办理人", 14, func(x page.Event) string { return x.By }), column("text", "内容", 60, func(x page.Event) string { return x.Text }),
		column("proof", "存证", 18, func(x page.Event) string { return x.Proof.Text })}},
		Read: func(v *seat.Visitor) ([]page.Event, string, error) {
			view, err := r.open(v)
			if err != nil {
				return nil, "", err
			}
			var ids []string
			for _, e := range view.Events {
				ids = append(ids, e.Actor.Account)
			}
			names, err := v.Names(ids...)
			m, rows := Machine(view.File), make([]page.Event, len(view.Events))
			for i, e := range view.Events {
				if rows[i] = eventOf(view, m, e); rows[i].By == "" {
					rows[i].By = names[e.Actor.Account]
				}
			}
			return rows, view.File.Title, err
		}}
}

// filesList is the list of the files of a case, for a file.
func (r room) filesList() seat.Beside[seat.FileRow] {
	return seat.Beside[seat.FileRow]{Path: Root + "/{id}/files", Kind: "case", List: attachment.List(),
		Read: func(v *seat.Visitor) ([]seat.FileRow, string, error) {
			view, err := r.open(v)
			return fileRows(view), view.File.Title, err
		}}
}

func fileRows(view casefile.View) []seat.FileRow {
	titles := map[string]string{}
	for _, d := range view.Documents {
		titles[d.ID] = named(d, PartyNames(view))
	}
	var rows []seat.FileRow
	for _, a := range view.Attachments {
		row := attachment.RowOf(Address(view.File.ID)+"/files", a)
		switch a.OwnerKind {
		case document.OwnerDocument:
			row.Of = titles[a.Owner]
		case document.OwnerReview:
			row.Of = "法制审核"
		case document.OwnerSeal:
			row.Of = "用印登记"
		}
		rows = append(rows, row)
	}
	return rows
}

// PaperExports leads to the files of the list of documents, for the page of the case.
func PaperExports(v *seat.Visitor, view casefile.View) []page.Link {
	if len(view.Documents) == 0 {
		return nil
	}
	return seat.Exports(v, Address(view.File.ID)+"/documents", "case")
}

// StoryExports leads to the files of the story.
func StoryExports(v *seat.Visitor, view casefile.View) []page.Link {
	if len(view.Events) == 0 {
		return nil
	}
	return seat.Exports(v, Address(view.File.ID)+"/events", "case")
}
