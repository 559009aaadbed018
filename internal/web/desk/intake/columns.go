package intake

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"sort"
	"strings"

	"mingjing/internal/db"
	"mingjing/internal/exchange"
	"mingjing/internal/job"
	"mingjing/internal/refusal"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

// columnsPage is where a person says which column is what, and sees what would become of every row.
type columnsPage struct {
	page.Frame
	Parcel   exchange.Parcel
	Phase    string
	Facts    []seat.Fact
	Head     exchange.Preview
	Fields   []columnField
	Class    string
	Classes  []string
	Trouble  seat.Trouble
	Progress page.Progress
	Busy     bool
	Report   *exchange.Report
	Kinds    []kindCount
}

// columnField is one thing that a row may tell, with the column that holds it or the text that is the same for all.
type columnField struct {
	Name, Title   string
	Column, Fixed string
	Error         string
}

type kindCount struct {
	Text string
	N    int
}

func (r room) columns(v *seat.Visitor) error {
	p, err := r.shelf.Get(v.Agency, v.Path("id"))
	if err != nil {
		return err
	}
	if p.Phase == exchange.Done {
		http.Redirect(v.Writer(), v.Request, root+"/"+p.Run, http.StatusSeeOther)
		return nil
	}
	return r.showColumns(v, http.StatusOK, p, nil, seat.Trouble{})
}

func (r room) showColumns(v *seat.Visitor, status int, p exchange.Parcel, typed url.Values, t seat.Trouble) error {
	d := columnsPage{Frame: v.Head(p.Name, page.Link{Text: "导入", Href: root}), Parcel: p, Phase: phase(p.Phase), Trouble: t, Class: p.Class, Report: p.Report,
		Busy: p.Phase == exchange.Trying || p.Phase == exchange.Running, Classes: []string{"处罚", "许可", "强制", "检查", "征收", "确认", "给付", "裁决", "奖励", "其他"}}
	var err error
	if d.Head, err = r.shelf.Look(p); err != nil {
		return err
	}
	d.Facts = []seat.Fact{{Name: "格式", Text: string(d.Head.Format), Sub: d.Head.Encoding}, {Name: "大小", Text: size(p.Size)},
		{Name: "文件SHA-256", Text: p.Digest, Code: true, Wide: true}}
	m := p.Map
	if len(m) == 0 {
		m = d.Head.Guess
	}
	if typed != nil {
		d.Class = typed.Get("class")
	}
	for _, f := range exchange.Fields() {
		c := columnField{Name: f.Name, Title: f.Title, Column: m[f.Name]}
		if fixed, ok := strings.CutPrefix(c.Column, "="); ok {
			c.Column, c.Fixed = "", fixed
		}
		if typed != nil {
			c.Column, c.Fixed = typed.Get("column."+f.Name), typed.Get("fixed."+f.Name)
		}
		d.Fields = append(d.Fields, c)
	}
	if d.Busy {
		d.Progress = page.Progress{Title: d.Phase, Done: p.Waiting.Done, Total: max(p.Waiting.Of, 1), Text: progressText(p), Href: shelved + "/" + p.ID + "/progress"}
	}
	if p.Report != nil {
		d.Kinds = kindsOf(p.Report.Kinds)
	}
	return v.Show(status, "columns", d)
}

// size writes how large a file is.
func size(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d KB", max(1, n>>10))
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}

func kindsOf(kinds map[string]int) []kindCount {
	var list []kindCount
	for text, n := range kinds {
		list = append(list, kindCount{text, n})
	}
	sort.Slice(list, func(i, j int) bool {
		if list[i].N != list[j].N {
			return list[i].N > list[j].N
		}
		return list[i].Text < list[j].Text
	})
	return list
}

func progressText(p exchange.Parcel) string {
	if p.Waiting.Of > 0 {
		return fmt.Sprintf("已读%s行，共%s行", page.Count(p.Waiting.Done), page.Count(p.Waiting.Of))
	}
	if p.Waiting.Done > 0 {
		return fmt.Sprintf("已读%s行", page.Count(p.Waiting.Done))
	}
	return "等待开始。可以离开本页，稍后从“导入”找到它。"
}

// mapOf reads the columns as a person named them.
func mapOf(typed url.Values) exchange.Map {
	m := exchange.Map{}
	for _, f := range exchange.Fields() {
		if fixed := strings.TrimSpace(typed.Get("fixed." + f.Name)); fixed != "" {
			m[f.Name] = "=" + fixed
		} else if column := typed.Get("column." + f.Name); column != "" {
			m[f.Name] = column
		}
	}
	return m
}

// begin queues the dry run, or the import itself.
func (r room) begin(v *seat.Visitor) error {
	p, err := r.shelf.Get(v.Agency, v.Path("id"))
	if err != nil {
		return err
	}
	typed, err := v.Form()
	if err != nil {
		return err
	}
	dry := typed.Get("do") != "import"
	m := mapOf(typed)
	if !dry && !same(m, p.Map) {
		err = refusal.Invalid{Message: "列的对应有改动，请先重新试导入，看过结果再导入。"}
	}
	if err == nil {
		err = r.queue(v, p, m, typed.Get("class"), dry)
	}
	if err == nil {
		if dry {
			return v.Done(shelved+"/"+p.ID, "试导入已开始，不会写入任何数据。")
		}
		return v.Done(shelved+"/"+p.ID, "导入已开始。可以离开本页，稍后从“导入”找到它。")
	}
	t, ok := seat.TroubleOf(err)
	if !ok {
		return err
	}
	if text := t.Fields["map"]; text != "" {
		t.Message, t.Fields = text, nil
	}
	return r.showColumns(v, http.StatusUnprocessableEntity, p, typed, t)
}

func same(a, b exchange.Map) bool {
	if len(a) != len(b) {
		return false
	}
	for k, value := range a {
		if b[k] != value {
			return false
		}
	}
	return true
}

func (r room) queue(v *seat.Visitor, p exchange.Parcel, m exchange.Map, class string, dry bool) error {
	if err := r.shelf.Begin(p, m, class, dry); err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) error {
		_, err := r.House.Jobs.Enqueue(tx, job.New{Kind: workFile, Key: workFile + "/" + p.ID, Args: fileArgs{Account: v.Account, Acting: v.Acting, File: p.ID}})
		return err
	})
}

func (r room) remove(v *seat.Visitor) error {
	if err := r.shelf.Remove(v.Agency, v.Path("id")); err != nil {
		return err
	}
	return v.Done(root, "文件已删除，没有导入。")
}

// far is the answer to a page that asks how far long work has come.
type far struct {
	Done  int    `json:"done"`
	Total int    `json:"total"`
	Text  string `json:"text"`
	Over  bool   `json:"over"`
}

func (r room) fileProgress(v *seat.Visitor) error {
	p, err := r.shelf.Get(v.Agency, v.Path("id"))
	if err != nil {
		return err
	}
	return say(v, far{Done: p.Waiting.Done, Total: p.Waiting.Of, Text: progressText(p), Over: p.Phase != exchange.Trying && p.Phase != exchange.Running})
}

func say(v *seat.Visitor, f far) error {
	body, err := json.Marshal(f)
	if err != nil {
		return err
	}
	v.Bytes(http.StatusOK, "application/json", body)
	return nil
}
