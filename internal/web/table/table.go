package table

import (
	"net/url"
	"slices"
	"strings"

	"mingjing/internal/web/page"
)

// List declares a list of things of one type.
type List[T any] struct {
	Name    string // in Chinese, for the caption and the file
	Unit    string // what is counted, such as 件
	Columns []Column[T]
	Filters []string // the names of the filters that the address may hold
	Search  string   // label of the search field; empty = none
	// Sort is the column by which the list is ordered where the address says nothing, with "-" in front for descending;
	// empty where the list has an order of its own.
	Sort  string
	Empty page.Empty // what would be here and how it gets here
	// Row is the address of a thing; nil where rows open nothing.
	Row func(T) string
}

// Column declares one column. Cell must be free of side effects; it is asked for page and files alike.
type Column[T any] struct {
	Key    string
	Title  string
	Cell   func(T) Cell
	Sorts  bool
	Number bool
	Width  float64 // in the Excel file, in characters; 0 = 16
	// FileOnly columns are detail that a file has room for and a page shows in another column's second line.
	FileOnly bool
}

// Cell is what stands in one place of the list.
type Cell struct {
	Text    string
	Href    string
	Sub     string  // a second line, on the page only
	Tone    string  // makes it a badge
	Value   float64 // what a file holds where the column is a number
	Pieces  []Piece // Text with what was found marked, on the page only
	Snippet []Piece
	Title   string // of its column; filled by View
	Number  bool   // filled by View
}

// Piece is a stretch of text; Hit says that it is what was searched for.
type Piece struct {
	Text string
	Hit  bool
}

// Query is what an address asks of a list, rid of everything that was not declared.
type Query struct {
	Search  string
	Filters map[string]string
	Sort    string // key of a column, with "-" in front for descending
	After   string // cursor
}

// searchLimit bounds what is searched for, in runes; valueLimit bounds everything else.
const (
	searchLimit = 100
	valueLimit  = 200
)

// Parse reads the address of a list.
func (l List[T]) Parse(values url.Values) Query {
	q := Query{Filters: map[string]string{}, Sort: l.Sort}
	if l.Search != "" {
		q.Search = cut(strings.TrimSpace(values.Get("q")), searchLimit)
	}
	for _, name := range l.Filters {
		if value := cut(strings.TrimSpace(values.Get(name)), valueLimit); value != "" {
			q.Filters[name] = value
		}
	}
	if sort := values.Get("sort"); l.sorts(strings.TrimPrefix(sort, "-")) {
		q.Sort = sort
	}
	q.After = cut(values.Get("after"), valueLimit)
	return q
}

func (l List[T]) sorts(key string) bool {
	return slices.ContainsFunc(l.Columns, func(c Column[T]) bool { return c.Sorts && c.Key == key })
}

func cut(text string, most int) string {
	text = strings.ToValidUTF8(text, "")
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most])
	}
	return text
}

// Address writes a query back, sorted by name, so that one list has one address. The order of the list itself is left out.
func (l List[T]) Address(path string, q Query) string {
	values := url.Values{}
	if q.Search != "" {
		values.Set("q", q.Search)
	}
	for name, value := range q.Filters {
		values.Set(name, value)
	}
	if q.Sort != l.Sort {
		values.Set("sort", q.Sort)
	}
	if q.After != "" {
		values.Set("after", q.After)
	}
	if len(values) == 0 {
		return path
	}
	return path + "?" + values.Encode()
}

// Option is one choice of a filter.
type Option struct {
	Value, Text string
	Count       int
}

// Choice is a filter with its options.
type Choice struct {
	Name, Title string
	Options     []Option
}

// Filter is a choice as the page shows it.
type Filter struct {
	Choice
	Value string
}

// Head is the head of a column as the page shows it.
type Head struct {
	Title    string
	Number   bool
	SortHref string
	Sorted   string // ascending, descending
}

// Row is a row as the page shows it.
type Row struct {
	Href  string
	Cells []Cell
}

// Count is how many things fit. Known is false where counting was not worth it.
type Count struct {
	N      int
	Known  bool
	Capped bool // there are more
}

// View is a list ready for the fragments "filters" and "table".
type View struct {
	Action      string
	Caption     string
	Unit        string
	Search      bool
	SearchLabel string
	Query       string
	Sort        string // only where it is not the list's own
	Active      bool   // a filter or a search is set
	Filters     []Filter
	Columns     []Head
	Rows        []Row
	Count       int
	CountKnown  bool
	Capped      bool
	Shown       int
	Exports     []page.Link
	Empty       page.Empty
	Pager       page.Pager
}

// Data is what a room read for one page of a list.
type Data[T any] struct {
	Rows    []T
	Next    string // cursor of the following page
	Count   Count
	Choices []Choice
}

// View puts declaration, query and rows together. path is the list's own address.
func (l List[T]) View(path string, q Query, d Data[T]) View {
	v := View{Action: path, Caption: l.Name, Unit: l.Unit, Search: l.Search != "", SearchLabel: l.Search, Query: q.Search,
		Active: q.Search != "" || len(q.Filters) > 0, Count: d.Count.N, CountKnown: d.Count.Known, Capped: d.Count.Capped,
		Shown: len(d.Rows), Empty: l.Empty}
	if q.Sort != l.Sort {
		v.Sort = q.Sort
	}
	for _, c := range d.Choices {
		v.Filters = append(v.Filters, Filter{Choice: withChosen(c, q.Filters[c.Name]), Value: q.Filters[c.Name]})
	}
	v.Columns = l.heads(path, q)
	for _, thing := range d.Rows {
		v.Rows = append(v.Rows, l.row(thing))
	}
	if v.Active && len(d.Rows) == 0 {
		v.Empty = page.Empty{Title: "没有符合条件的内容", Text: "可以减少条件，或者换一个词；两个字的词也能查到。", Action: page.Link{Text: "清除条件", Href: path}}
	}
	first, next := q, q
	first.After, next.After = "", d.Next
	v.Pager = page.Pager{Shown: len(d.Rows), Count: d.Count.N, Capped: d.Count.Capped}
	if q.After != "" {
		v.Pager.First = l.Address(path, first)
	}
	if d.Next != "" {
		v.Pager.Next = l.Address(path, next)
	}
	if len(d.Rows) > 0 {
		v.Exports = []page.Link{{Text: "Excel", Href: l.Address(path+".xlsx", first)}, {Text: "CSV", Href: l.Address(path+".csv", first)}}
	}
	return v
}

// withChosen adds the choice that was made where nothing is left of it, so that a reader sees why the list is empty.
func withChosen(c Choice, value string) Choice {
	if value == "" || slices.ContainsFunc(c.Options, func(o Option) bool { return o.Value == value }) {
		return c
	}
	c.Options = append(slices.Clone(c.Options), Option{Value: value, Text: value})
	return c
}

func (l List[T]) heads(path string, q Query) []Head {
	var heads []Head
	for _, c := range l.Columns {
		if c.FileOnly {
			continue
		}
		h := Head{Title: c.Title, Number: c.Number}
		if c.Sorts {
			next := q
			next.After, next.Sort = "", c.Key
			switch q.Sort {
			case c.Key:
				h.Sorted, next.Sort = "ascending", "-"+c.Key
			case "-" + c.Key:
				h.Sorted = "descending"
			}
			h.SortHref = l.Address(path, next)
		}
		heads = append(heads, h)
	}
	return heads
}

func (l List[T]) row(thing T) Row {
	var r Row
	if l.Row != nil {
		r.Href = l.Row(thing)
	}
	for _, c := range l.Columns {
		if c.FileOnly {
			continue
		}
		cell := c.Cell(thing)
		cell.Title, cell.Number = c.Title, c.Number
		r.Cells = append(r.Cells, cell)
	}
	return r
}
