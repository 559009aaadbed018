package seat

import (
	"context"
	"fmt"
	"io"
	"iter"
	"net/http"
	"regexp"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/web"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
)

// rowsShown is the length of one page of a list, fileRows that of one read for a file.
const (
	rowsShown = 50
	fileRows  = 200
)

// Part is one page of a list as its room read it. Next is the cursor of the following one.
type Part[T any] struct {
	Rows  []T
	Next  string
	Count table.Count
}

// Listing is a list of the desk with its page and its files.
type Listing[T any] struct {
	List   table.List[T]
	Path   string
	Action access.Action
	Kind   string // of the things, for the policies
	// Guard turns people away whom an action on a kind of things cannot tell apart; nil lets everybody in whom Action lets.
	Guard func(v *Visitor) error
	Read  func(v *Visitor, q table.Query, limit int) (Part[T], error)
	// Choices are the filters; nil where the list has none.
	Choices func(v *Visitor, q table.Query) ([]table.Choice, error)
	// Around adds to the page what belongs beside the list: lead, tabs, actions. It may be nil.
	Around func(v *Visitor, q table.Query, p *ListPage) error
	// Named shows the values of filters in the first line of a file; nil shows them as they are.
	Named func(name, value string) string
}

// ListPage is the page of a list.
type ListPage struct {
	page.Frame
	Lead    string
	Tabs    []page.Link
	Actions []page.Link
	Facts   []Fact
	Note    string
	Bars    *page.Bars
	Table   table.View
	Form    *Form // a small form under the list
	Law     []page.Finding
}

// Install adds the page of the list and its files. The room's engine must have the page "list".
func (l Listing[T]) Install(r *Room, title string, crumbs ...page.Link) {
	r.Handle("GET "+l.Path, l.Action, l.Kind, func(v *Visitor) error { return l.page(v, title, crumbs) })
	r.Handle("GET "+l.Path+".xlsx", l.Action, l.Kind, func(v *Visitor) error { return l.file(v, title, ".xlsx") })
	r.Handle("GET "+l.Path+".csv", l.Action, l.Kind, func(v *Visitor) error { return l.file(v, title, ".csv") })
}

func (l Listing[T]) page(v *Visitor, title string, crumbs []page.Link) error {
	p, err := l.Make(v, title, crumbs...)
	if err != nil {
		return err
	}
	return v.Show(http.StatusOK, "list", p)
}

// Make reads the page of the list.
func (l Listing[T]) Make(v *Visitor, title string, crumbs ...page.Link) (ListPage, error) {
	if err := l.guard(v); err != nil {
		return ListPage{}, err
	}
	q := l.List.Parse(v.Request.URL.Query())
	part, err := l.Read(v, q, rowsShown)
	if err != nil {
		return ListPage{}, err
	}
	data := table.Data[T]{Rows: part.Rows, Next: part.Next, Count: part.Count}
	if l.Choices != nil {
		if data.Choices, err = l.Choices(v, q); err != nil {
			return ListPage{}, err
		}
	}
	p := ListPage{Frame: v.Head(title, crumbs...), Table: l.List.View(l.Path, q, data)}
	if !v.May(access.ExportList, access.Thing{Kind: l.Kind}) {
		p.Table.Exports = nil
	}
	if l.Around != nil {
		if err := l.Around(v, q, &p); err != nil {
			return ListPage{}, err
		}
	}
	return p, nil
}

func (l Listing[T]) file(v *Visitor, title, ending string) error {
	if err := l.guard(v); err != nil {
		return err
	}
	if err := v.Require(access.ExportList, access.Thing{Kind: l.Kind}); err != nil {
		return err
	}
	q := l.List.Parse(v.Request.URL.Query())
	q.After = ""
	return v.Download(title+v.Today().String()+ending, kindOf(ending), func(w io.Writer) error {
		if ending == ".xlsx" {
			return l.List.XLSX(w, l.note(v, title, q), l.all(v, q))
		}
		return l.List.CSV(w, l.all(v, q))
	})
}

func (l Listing[T]) guard(v *Visitor) error {
	if l.Guard == nil {
		return nil
	}
	return l.Guard(v)
}

func kindOf(ending string) string {
	if ending == ".xlsx" {
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	return "text/csv; charset=utf-8"
}

// all walks through everything that a query finds, part by part, so that a long export needs little memory.
func (l Listing[T]) all(v *Visitor, q table.Query) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for {
			part, err := l.Read(v, q, fileRows)
			if err == nil {
				err = context.Cause(v.Context())
			}
			if err != nil {
				var none T
				yield(none, err)
				return
			}
			for _, thing := range part.Rows {
				if !yield(thing, nil) {
					return
				}
			}
			if part.Next == "" {
				return
			}
			q.After = part.Next
		}
	}
}

// note is the first line of a file: whose it is, what was asked, and on which day.
func (l Listing[T]) note(v *Visitor, title string, q table.Query) string {
	var asked []string
	if q.Search != "" {
		asked = append(asked, "检索“"+q.Search+"”")
	}
	for _, name := range l.List.Filters {
		value := q.Filters[name]
		if value == "" {
			continue
		}
		if l.Named != nil {
			value = l.Named(name, value)
		}
		asked = append(asked, value)
	}
	condition := "全部"
	if len(asked) > 0 {
		condition = strings.Join(asked, "，")
	}
	return noted(v, title, condition)
}

func noted(v *Visitor, title, condition string) string {
	text := fmt.Sprintf("%s　%s　条件：%s　导出日期：%s　导出人：%s", v.Seat.House.Agency.Name, title, condition, v.Today(), v.Title())
	if v.Seat.House.Demo {
		text += "　演示数据，均为虚构"
	}
	return text
}

// Download writes a file whose head is sent with its first byte, so that a failure before it still gets an error page.
func (v *Visitor) Download(name, kind string, write func(io.Writer) error) error {
	out := &lateWriter{w: v.writer, name: name, kind: kind, mark: v.Request.URL.Query().Get("mark")}
	err := write(out)
	if err != nil && out.begun {
		panic(http.ErrAbortHandler) // half a file must not look whole: the connection is cut
	}
	return err
}

// begunMark is what a page may make up to know its download again.
var begunMark = regexp.MustCompile(`^[a-z0-9]{8,20}$`)

type lateWriter struct {
	w          http.ResponseWriter
	name, kind string
	mark       string // made up by the page, "" without script
	begun      bool
}

func (l *lateWriter) Write(b []byte) (int, error) {
	if !l.begun {
		l.begun = true
		l.w.Header().Set("Content-Type", l.kind)
		l.w.Header().Set("Content-Disposition", web.Attachment(l.name))
		if begunMark.MatchString(l.mark) { // the page that asked takes its notice of waiting down
			http.SetCookie(l.w, &http.Cookie{Name: "begun", Value: l.mark, Path: "/desk", MaxAge: 60, SameSite: http.SameSiteStrictMode})
		}
	}
	return l.w.Write(b)
}

// Page cuts one row more than a page holds off and gives the cursor of what follows.
func Page[T any](rows []T, limit int, key func(T) string) Part[T] {
	if len(rows) <= limit {
		return Part[T]{Rows: rows}
	}
	rows = rows[:limit]
	return Part[T]{Rows: rows, Next: key(rows[limit-1])}
}

// Options makes the options of a filter of values with their texts.
func Options(pairs ...[2]string) []table.Option {
	list := make([]table.Option, len(pairs))
	for i, p := range pairs {
		list[i] = table.Option{Value: p[0], Text: p[1]}
	}
	return list
}

// Plain is a short list inside a page: everything at once, without files.
func Plain[T any](l table.List[T], rows []T) table.View {
	v := l.View("", table.Query{}, table.Data[T]{Rows: rows, Count: table.Count{N: len(rows), Known: true}})
	v.Exports, v.Active = nil, false
	if len(rows) == 0 {
		v.Empty = l.Empty
	}
	return v
}
