package attachment

import (
	"fmt"
	"strings"

	"mingjing/internal/blob"
	"mingjing/internal/document"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
)

// Page lists the files of a record and takes new ones.
type Page struct {
	page.Frame
	Files   []seat.FileRow
	Exports []page.Link // the list as a file
	Form    *seat.Form
	Empty   page.Empty
	// Closed says why nothing can be added, Trouble why something was not, where there is no form to say it on.
	Closed  string
	Trouble seat.Trouble
}

// Show writes the page. What was refused is told even where the form is gone. The room's engine must have the page "files".
func (p Page) Show(v *seat.Visitor, status int, t seat.Trouble) error {
	if p.Form == nil {
		p.Trouble = t
	}
	return v.Show(status, "files", p)
}

// List is a list of files as a file of its own has it.
func List() table.List[seat.FileRow] {
	column := func(key, title string, width float64, get func(seat.FileRow) string) table.Column[seat.FileRow] {
		return table.Column[seat.FileRow]{Key: key, Title: title, Width: width, Cell: func(x seat.FileRow) table.Cell { return table.Cell{Text: get(x)} }}
	}
	return table.List[seat.FileRow]{Name: "附件", Unit: "个", Columns: []table.Column[seat.FileRow]{
		column("name", "文件", 40, func(x seat.FileRow) string { return x.Name }), column("kind", "类型", 14, func(x seat.FileRow) string { return x.Kind }),
		column("of", "属于", 40, func(x seat.FileRow) string { return x.Of }), column("size", "大小", 12, func(x seat.FileRow) string { return x.Size }),
		column("at", "上传时间", 18, func(x seat.FileRow) string { return x.At }), column("digest", "SHA-256", 66, func(x seat.FileRow) string { return x.Digest })}}
}

// RowOf is one file in a list; at is the address below which the files stand.
func RowOf(at string, a document.Attachment) seat.FileRow {
	return seat.FileRow{Name: a.Name, Kind: a.Kind, Size: sizeText(a.Size), At: seat.Moment(a.AddedAt), Digest: a.Digest, Href: at + "/" + a.ID}
}

func sizeText(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%d KB", n>>10)
	}
	return fmt.Sprintf("%d 字节", n)
}

// Form asks for a file of one of some kinds, of the types that may be named in what, and for what it belongs to where owner
// says so.
func Form(action string, kinds []string, most int64, what string, owner ...seat.Field) seat.Form {
	options := make([]seat.Option, 0, len(kinds))
	for _, k := range kinds {
		options = append(options, seat.Option{Value: k, Text: k})
	}
	fields := append([]seat.Field{{Name: "kind", Label: "类型", Control: seat.Select, Options: options, Value: kinds[0], Required: true}}, owner...)
	return seat.Form{Title: "添加附件", Action: action, Submit: "上传", Upload: true, Fields: append(fields,
		seat.Field{Name: "file", Label: "文件", Control: seat.File, Accept: strings.Join(blob.Accepted(), ","), Required: true,
			Hint: fmt.Sprintf("可以上传%s，最大%dMB。上传后计算校验值并存证，不能替换。", what, most>>20)})}
}
