package portal

import (
	"context"
	"fmt"
	"io"
	"iter"
	"net/http"
	"strconv"
	"strings"

	"mingjing/internal/disclosure/public"
	"mingjing/internal/web"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
)

// rowsShown is the length of one page of a list.
const rowsShown = 20

type publicationsPage struct {
	page.Frame
	Table  table.View
	Words  []string
	Behind int
}

// publicationList declares the list of everything that was published.
func publicationList() table.List[public.Hit] {
	text := func(key, title string, width float64, get func(public.Hit) string) table.Column[public.Hit] {
		return table.Column[public.Hit]{Key: key, Title: title, Width: width, Cell: func(h public.Hit) table.Cell { return table.Cell{Text: get(h)} }}
	}
	file := func(c table.Column[public.Hit]) table.Column[public.Hit] { c.FileOnly = true; return c }
	return table.List[public.Hit]{
		Name: "执法结果", Unit: "件", Search: "检索", Filters: []string{"agency", "class", "item", "year", "state"},
		Row: func(h public.Hit) string { return "/p/" + h.ID },
		Empty: page.Empty{Title: "还没有公示的决定", Text: "执法决定作出并送达后，行政处罚、行政许可在七个工作日内，其他决定在二十个工作日内，" +
			"经制作和复核两道手续后出现在这里。"},
		Columns: []table.Column[public.Hit]{
			{Key: "title", Title: "决定", Width: 48, Cell: titleCell},
			file(text("number", "文号", 26, func(h public.Hit) string { return h.Number })),
			text("party", "当事人", 28, func(h public.Hit) string { return h.PartyName }),
			{Key: "class", Title: "类别", Cell: func(h public.Hit) table.Cell { return table.Cell{Text: className(h.Class)} }},
			file(text("agency", "执法机关", 22, func(h public.Hit) string { return h.AgencyName })),
			file(text("item", "执法事项", 36, func(h public.Hit) string { return h.ItemName })),
			file(text("result", "处理结果", 40, func(h public.Hit) string { return h.Result })),
			file(text("basis", "依据", 40, func(h public.Hit) string { return h.Basis })),
			text("decided", "决定日期", 12, func(h public.Hit) string { return h.DecidedOn }),
			text("published", "公示日期", 12, func(h public.Hit) string { return h.PublishedOn }),
			{Key: "state", Title: "状态", Width: 10, Cell: func(h public.Hit) table.Cell {
				return table.Cell{Text: public.StateName(h.State), Tone: stateTone(h.State)}
			}},
		},
	}
}

func titleCell(h public.Hit) table.Cell {
	c := table.Cell{Text: h.Title, Href: "/p/" + h.ID, Sub: h.Number, Pieces: piecesOf(h.TitlePieces)}
	for _, piece := range h.Snippet {
		if piece.Hit {
			c.Snippet = piecesOf(h.Snippet)
			break
		}
	}
	if c.Text == "" {
		c.Text = "（无标题）"
	}
	return c
}

func piecesOf(pieces []public.Piece) []table.Piece {
	if len(pieces) < 2 && (len(pieces) == 0 || !pieces[0].Hit) {
		return nil
	}
	out := make([]table.Piece, len(pieces))
	for i, p := range pieces {
		out[i] = table.Piece{Text: p.Text, Hit: p.Hit}
	}
	return out
}

// stateTone is the colour of a publication's state.
func stateTone(state string) string {
	switch state {
	case public.Published:
		return "met"
	case public.Corrected:
		return "soon"
	case public.Withdrawn:
		return "late"
	}
	return "none"
}

// filterOf reads the filter; a year that is none finds nothing rather than everything.
func (p *Portal) filterOf(q table.Query) public.Filter {
	f := public.Filter{Agency: q.Filters["agency"], Class: q.Filters["class"], Item: q.Filters["item"], State: q.Filters["state"]}
	if p.options.Agency != "" {
		f.Agency = p.options.Agency
	}
	if text := q.Filters["year"]; text != "" {
		year, err := strconv.Atoi(text)
		if err != nil || year == 0 {
			year = -1
		}
		f.Year = year
	}
	return f
}

// publications is the list with its search.
func (p *Portal) publications(r *http.Request) (web.Reply, error) {
	list := publicationList()
	q := list.Parse(r.URL.Query())
	filter := p.filterOf(q)
	found, err := p.reader.Search(r.Context(), q.Search, filter, q.After, rowsShown)
	if err != nil {
		return web.Reply{}, err
	}
	facets, err := p.reader.Facets(r.Context(), filter)
	if err != nil {
		return web.Reply{}, err
	}
	view := list.View("/publications", q, table.Data[public.Hit]{Rows: found.Hits, Next: found.Next,
		Count: table.Count{N: found.Count, Known: true, Capped: found.Capped}, Choices: p.choices(facets, q.Search != "")})
	title := "执法结果"
	if q.Search != "" {
		title = "检索“" + q.Search + "”"
	}
	data := publicationsPage{Frame: column(p.frame(r, title, "/publications", page.Link{Text: "执法结果"}), "执法结果",
		"行政执法决定依法公示：行政处罚、行政许可等执法结果", "行政执法,行政处罚,行政许可,公示", "政府信息公开"),
		Table: view, Words: found.Words, Behind: found.Behind}
	// A list of what was searched for is a page for nobody else.
	data.NoIndex = q.Search != "" || q.After != ""
	return p.show("publications", data)
}

// choices are the filters with what is left of each. Counts belong to the whole list, so a search shows none.
func (p *Portal) choices(f public.Facets, searching bool) []table.Choice {
	options := func(facets []public.Facet, name func(public.Facet) string) []table.Option {
		var list []table.Option
		for _, x := range facets {
			o := table.Option{Value: x.Value, Text: name(x), Count: x.Count}
			if searching {
				o.Count = 0
			}
			list = append(list, o)
		}
		return list
	}
	plain := func(x public.Facet) string {
		if x.Name == "" {
			return x.Value
		}
		return x.Name
	}
	var list []table.Choice
	if p.options.Agency == "" && len(f.Agencies) > 1 {
		list = append(list, table.Choice{Name: "agency", Title: "执法机关", Options: options(f.Agencies, plain)})
	}
	return append(list,
		table.Choice{Name: "class", Title: "执法类别", Options: options(f.Classes, func(x public.Facet) string { return className(x.Value) })},
		table.Choice{Name: "item", Title: "执法事项", Options: options(f.Items, plain)},
		table.Choice{Name: "year", Title: "决定年份", Options: options(f.Years, func(x public.Facet) string { return x.Value + "年" })},
		table.Choice{Name: "state", Title: "状态", Options: options(f.States, plain)})
}

// all walks through everything that a query finds, page by page, so that a long export needs little memory.
func (p *Portal) all(ctx context.Context, q table.Query) iter.Seq2[public.Hit, error] {
	return func(yield func(public.Hit, error) bool) {
		after := ""
		for {
			found, err := p.reader.Search(ctx, q.Search, p.filterOf(q), after, 200)
			if err != nil {
				yield(public.Hit{}, err)
				return
			}
			for _, h := range found.Hits {
				if !yield(h, nil) {
					return
				}
			}
			if found.Next == "" {
				return
			}
			after = found.Next
		}
	}
}

func (p *Portal) publicationsXLSX(w http.ResponseWriter, r *http.Request) error {
	list := publicationList()
	q := list.Parse(r.URL.Query())
	return download(w, list.Name+p.today().String()+".xlsx", typeXLSX, func(out io.Writer) error {
		return list.XLSX(out, p.exportNote(list.Name, q), p.all(r.Context(), q))
	})
}

func (p *Portal) publicationsCSV(w http.ResponseWriter, r *http.Request) error {
	list := publicationList()
	q := list.Parse(r.URL.Query())
	return download(w, list.Name+p.today().String()+".csv", typeCSV, func(out io.Writer) error { return list.CSV(out, p.all(r.Context(), q)) })
}

const (
	typeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	typeCSV  = "text/csv; charset=utf-8"
)

// download writes a file whose head is sent with its first byte, so that a failure before it still gets an error page.
func download(w http.ResponseWriter, name, kind string, write func(io.Writer) error) error {
	out := &lateWriter{w: w, name: name, kind: kind}
	err := write(out)
	if err != nil && out.begun {
		// Half a file must not look whole: the connection is cut.
		panic(http.ErrAbortHandler)
	}
	return err
}

type lateWriter struct {
	w          http.ResponseWriter
	name, kind string
	begun      bool
}

func (l *lateWriter) Write(b []byte) (int, error) {
	if !l.begun {
		l.begun = true
		l.w.Header().Set("Content-Type", l.kind)
		l.w.Header().Set("Content-Disposition", web.Attachment(l.name))
		l.w.Header().Set("X-Robots-Tag", "noindex")
	}
	return l.w.Write(b)
}

// exportNote is the first line of a file: whose it is, what was asked and on which day.
func (p *Portal) exportNote(name string, q table.Query) string {
	var asked []string
	if q.Search != "" {
		asked = append(asked, "检索“"+q.Search+"”")
	}
	for _, key := range []string{"agency", "class", "item", "year", "state"} {
		if value := q.Filters[key]; value != "" {
			if key == "state" {
				value = public.StateName(value)
			}
			asked = append(asked, value)
		}
	}
	condition := "全部"
	if len(asked) > 0 {
		condition = strings.Join(asked, "，")
	}
	note := fmt.Sprintf("%s　%s　条件：%s　导出日期：%s", p.options.Site.Name, name, condition, p.today())
	if p.options.Site.Demo {
		note += "　演示数据，均为虚构"
	}
	return note
}
