package intake

import (
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/exchange"
	"mingjing/internal/ledger"
	"mingjing/internal/refusal"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
)

// run is an import with the name of who ran it.
type runRow struct {
	exchange.Run
	By string
}

// state is where an import stands, with its colour.
func state(r exchange.Run) (text, tone string) {
	switch {
	case r.State == "running":
		return "正在导入", "open"
	case r.State == "stopped" && r.Published < r.Imported:
		return "中断，已导入的待核对", "soon"
	case r.State == "stopped":
		return "中断，由重新导入接续", "none"
	case r.Imported == 0:
		return "没有可以导入的行", "none"
	case r.Published >= r.Imported:
		return "已全部核对公示", "met"
	case r.Published > 0:
		return "部分核对公示", "soon"
	}
	return "待第二人核对", "soon"
}

func (r room) listing() seat.Listing[runRow] {
	number := func(key, title string, get func(runRow) int) table.Column[runRow] {
		return table.Column[runRow]{Key: key, Title: title, Number: true, Cell: func(x runRow) table.Cell {
			return table.Cell{Text: page.Count(get(x)), Value: float64(get(x))}
		}}
	}
	return seat.Listing[runRow]{Path: root, Action: access.PublicationList, Kind: kind,
		List: table.List[runRow]{Name: "导入历史决定", Unit: "次", Row: func(x runRow) string { return root + "/" + x.ID },
			Empty: page.Empty{Title: "还没有导入过", Text: "把过去已经作出的决定一次带入，经第二人核对后公示。支持 CSV（任何常用编码）、Excel 和 JSON 行。",
				Action: page.Link{Text: "导入一个文件", Href: root + "/new"}},
			Columns: []table.Column[runRow]{
				{Key: "name", Title: "文件", Width: 36, Cell: func(x runRow) table.Cell { return table.Cell{Text: x.Name, Href: root + "/" + x.ID, Sub: x.Format} }},
				{Key: "state", Title: "状态", Cell: func(x runRow) table.Cell { text, tone := state(x.Run); return table.Cell{Text: text, Tone: tone} }},
				number("rows", "读到", func(x runRow) int { return x.Rows }), number("imported", "导入", func(x runRow) int { return x.Imported }),
				number("duplicates", "重复", func(x runRow) int { return x.Duplicates }), number("left", "未导入", func(x runRow) int { return x.LeftOut }),
				number("published", "已公示", func(x runRow) int { return x.Published }),
				{Key: "by", Title: "导入人", Cell: func(x runRow) table.Cell { return table.Cell{Text: x.By} }},
				{Key: "at", Title: "时间", Width: 18, Cell: func(x runRow) table.Cell { return table.Cell{Text: seat.Moment(x.StartedAt)} }}}},
		Read: r.runs, Around: r.aroundRuns}
}

func (r room) runs(v *seat.Visitor, q table.Query, limit int) (seat.Part[runRow], error) {
	limit = min(limit, 199) // exchange gives 200 at most, one of which only says that there are more
	list, err := r.exchange.Runs(v.Context(), v.Agency, q.After, limit+1)
	if err != nil {
		return seat.Part[runRow]{}, err
	}
	var ids []string
	for _, x := range list {
		ids = append(ids, x.Actor, x.OnBehalf)
	}
	names, err := v.Names(ids...)
	rows := make([]runRow, len(list))
	for i, x := range list {
		rows[i] = runRow{x, importer(x, names)}
	}
	return seat.Page(rows, limit, func(x runRow) string { return x.ID }), err
}

// importer names who imported, and for whom.
func importer(x exchange.Run, names map[string]string) string {
	return seat.By(names, ledger.Actor{Account: x.Actor, OnBehalf: x.OnBehalf})
}

func (r room) aroundRuns(v *seat.Visitor, _ table.Query, p *seat.ListPage) error {
	p.Lead = "导入的决定不会直接公开：由另一人核对，个人信息逐处隐去之后才公示。"
	if !v.May(access.ImportRun, access.Thing{Kind: kind}) {
		p.Table.Empty.Action = page.Link{}
		return nil
	}
	p.Actions = []page.Link{{Text: "导入一个文件", Href: root + "/new"}}
	waiting, err := r.shelf.List(v.Agency)
	for _, x := range waiting {
		p.Facts = append(p.Facts, seat.Fact{Name: phase(x.Phase), Text: x.Name, Href: shelved + "/" + x.ID, Sub: seat.Moment(x.At)})
	}
	return err
}

func phase(p string) string {
	switch p {
	case exchange.Brought:
		return "等待对应列"
	case exchange.Trying:
		return "正在试导入"
	case exchange.Tried:
		return "试导入完成"
	case exchange.Running:
		return "正在导入"
	case exchange.Broken:
		return "不能使用"
	}
	return "已导入"
}

// endings are the names of files that can be brought. What is in them is looked at all the same.
const endings = ".csv,.xlsx,.jsonl,.txt,.tsv"

func uploadForm() seat.Form {
	return seat.Form{Action: root + "/new", Submit: "上传，下一步对应列", Upload: true, Cancel: root, Fields: []seat.Field{
		{Name: "file", Label: "文件", Control: seat.File, Required: true, Accept: endings,
			Hint: fmt.Sprintf("CSV、Excel（XLSX）或者 JSON 行，最大%dMiB。第一行是列名。上传后不会立即导入。", mostBytes>>20)}}}
}

func (r room) fresh(v *seat.Visitor) error { return r.showFresh(v, http.StatusOK, uploadForm()) }

func (r room) showFresh(v *seat.Visitor, status int, f seat.Form) error {
	return v.Show(status, "form", seat.FormPage{Frame: v.Head("导入一个文件", page.Link{Text: "导入", Href: root}), Form: f})
}

// brought takes the file, bit by bit, onto the shelf.
func (r room) brought(v *seat.Visitor) error {
	p, err := r.take(v)
	if err == nil {
		return v.Done(shelved+"/"+p.ID, "文件已上传，还没有导入。请对应列。")
	}
	t, ok := seat.TroubleOf(err)
	if !ok {
		return err
	}
	return r.showFresh(v, seat.Status(err), uploadForm().With(t))
}

func (r room) take(v *seat.Visitor) (exchange.Parcel, error) {
	parts, err := v.Request.MultipartReader()
	if err != nil {
		return exchange.Parcel{}, refusal.Field("file", "请选择文件。")
	}
	for {
		part, err := parts.NextPart()
		if seat.Status(err) == http.StatusRequestEntityTooLarge {
			return exchange.Parcel{}, tooLong(err)
		}
		if err != nil {
			return exchange.Parcel{}, refusal.Field("file", "请选择文件。")
		}
		if part.FormName() == "file" && strings.TrimSpace(part.FileName()) != "" {
			if ending := strings.ToLower(filepath.Ext(part.FileName())); !slices.Contains(strings.Split(endings, ","), ending) {
				return exchange.Parcel{}, refusal.Field("file", "“"+part.FileName()+"”不是表格文件。请选择 CSV、XLSX、JSONL、TXT 或者 TSV 文件。")
			}
			p, err := r.shelf.Put(v.Agency, v.Account, part.FileName(), v.Now(), part)
			if seat.Status(err) == http.StatusRequestEntityTooLarge {
				err = tooLong(err)
			}
			return p, err
		}
	}
}

// tooLong says beside the field what to do with a file that is longer than a browser may bring.
func tooLong(err error) error {
	return errors.Join(refusal.Field("file", fmt.Sprintf("文件超过了%dMiB，没有上传。请按年份拆成几个文件；更大的文件由管理员在服务器上用 mingjing import decisions 导入。", mostBytes>>20)), err)
}
