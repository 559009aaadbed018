package portal

import (
	"context"
	"html/template"
	"io"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"sort"
	"strings"

	"mingjing/internal/disclosure/public"
	"mingjing/internal/web"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
)

type itemsPage struct {
	page.Frame
	Table   table.View
	Changes []public.Change
}

// itemHref names an item with its agency, because two agencies may use one code.
func itemHref(item public.Item) string {
	return "/items/" + url.PathEscape(item.Code) + "?agency=" + url.QueryEscape(item.Agency)
}

func itemList() table.List[public.Item] {
	return table.List[public.Item]{
		Name: "执法事项", Unit: "项", Search: "检索", Filters: []string{"agency", "class"},
		Row:   itemHref,
		Empty: page.Empty{Title: "还没有公布执法事项清单", Text: "执法机关启用专案包后，每一项执法权力及其依据、办理流程和救济途径出现在这里。"},
		Columns: []table.Column[public.Item]{
			{Key: "name", Title: "执法事项", Width: 48, Cell: func(i public.Item) table.Cell { return table.Cell{Text: i.Name, Href: itemHref(i), Sub: basisLine(i)} }},
			{Key: "class", Title: "类别", Cell: func(i public.Item) table.Cell { return table.Cell{Text: i.Class} }},
			{Key: "code", Title: "编码", Cell: func(i public.Item) table.Cell { return table.Cell{Text: i.Code} }},
			{Key: "unit", Title: "承办机构", Width: 24, Cell: func(i public.Item) table.Cell { return table.Cell{Text: i.Unit} }},
			{Key: "basis", Title: "依据", Width: 60, FileOnly: true, Cell: func(i public.Item) table.Cell { return table.Cell{Text: basisText(i)} }},
			{Key: "limits", Title: "时限与收费", Width: 40, FileOnly: true, Cell: func(i public.Item) table.Cell { return table.Cell{Text: i.Limits} }},
			{Key: "remedies", Title: "救济途径", Width: 60, FileOnly: true, Cell: func(i public.Item) table.Cell { return table.Cell{Text: strings.Join(i.Remedies, "；")} }},
			{Key: "agency", Title: "执法机关", Width: 24, FileOnly: true, Cell: func(i public.Item) table.Cell { return table.Cell{Text: i.AgencyName} }},
		},
	}
}

func basisText(i public.Item) string {
	texts := make([]string, len(i.Basis))
	for n, b := range i.Basis {
		texts[n] = b.Text
	}
	return strings.Join(texts, "；")
}

// basisLine is the first basis, for the second line of the list.
func basisLine(i public.Item) string {
	switch len(i.Basis) {
	case 0:
		return ""
	case 1:
		return i.Basis[0].Text
	}
	return i.Basis[0].Text + "等"
}

// found narrows the list; it has at most some thousand rows and is read whole.
func (p *Portal) foundItems(ctx context.Context, q table.Query) (all, found []public.Item, err error) {
	agency := q.Filters["agency"]
	if p.options.Agency != "" {
		agency = p.options.Agency
	}
	all, err = p.reader.Items(ctx, agency)
	if err != nil {
		return nil, nil, err
	}
	for _, i := range all {
		if class := q.Filters["class"]; class != "" && class != i.Class {
			continue
		}
		if q.Search != "" && !containsAll(i.Name+" "+i.Code+" "+i.Unit+" "+basisText(i), q.Search) {
			continue
		}
		found = append(found, i)
	}
	return all, found, nil
}

// containsAll tells whether every word of a query is in a text, whatever its case.
func containsAll(text, query string) bool {
	text = strings.ToLower(text)
	for _, word := range strings.Fields(strings.ToLower(query)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

func (p *Portal) items(r *http.Request) (web.Reply, error) {
	list := itemList()
	q := list.Parse(r.URL.Query())
	all, found, err := p.foundItems(r.Context(), q)
	if err != nil {
		return web.Reply{}, err
	}
	agencies, chosen, err := p.agencies(r)
	if err != nil {
		return web.Reply{}, err
	}
	choices := []table.Choice{{Name: "class", Title: "执法类别", Options: classesOf(all)}}
	if p.options.Agency == "" && len(agencies) > 1 {
		choices = slices.Insert(choices, 0, table.Choice{Name: "agency", Title: "执法机关", Options: agencyOptions(agencies)})
	}
	changes, err := p.reader.Changes(r.Context(), chosen.ID, public.KindItem, 5)
	if err != nil {
		return web.Reply{}, err
	}
	data := itemsPage{Frame: column(p.frame(r, "执法事项", "/items", page.Link{Text: "执法事项"}), "执法事项", "执法事项清单、依据、流程、服务指南和救济途径",
		"执法事项,权力清单,流程图,服务指南", "政府信息公开"), Changes: changes,
		Table: list.View("/items", q, table.Data[public.Item]{Rows: found, Count: table.Count{N: len(found), Known: true}, Choices: choices})}
	return p.show("items", data)
}

func classesOf(items []public.Item) []table.Option {
	counts := map[string]int{}
	var order []string
	for _, i := range items {
		if counts[i.Class] == 0 {
			order = append(order, i.Class)
		}
		counts[i.Class]++
	}
	options := make([]table.Option, 0, len(order))
	for _, class := range order {
		options = append(options, table.Option{Value: class, Text: class, Count: counts[class]})
	}
	return options
}

func agencyOptions(agencies []public.Agency) []table.Option {
	options := make([]table.Option, 0, len(agencies))
	for _, a := range agencies {
		options = append(options, table.Option{Value: a.ID, Text: a.Name})
	}
	return options
}

func (p *Portal) itemRows(r *http.Request) (table.List[public.Item], table.Query, iter.Seq2[public.Item, error]) {
	list := itemList()
	q := list.Parse(r.URL.Query())
	return list, q, func(yield func(public.Item, error) bool) {
		_, found, err := p.foundItems(r.Context(), q)
		if err != nil {
			yield(public.Item{}, err)
			return
		}
		for _, i := range found {
			if !yield(i, nil) {
				return
			}
		}
	}
}

func (p *Portal) itemsXLSX(w http.ResponseWriter, r *http.Request) error {
	list, q, rows := p.itemRows(r)
	return download(w, list.Name+p.today().String()+".xlsx", typeXLSX, func(out io.Writer) error { return list.XLSX(out, p.exportNote(list.Name, q), rows) })
}

func (p *Portal) itemsCSV(w http.ResponseWriter, r *http.Request) error {
	list, _, rows := p.itemRows(r)
	return download(w, list.Name+p.today().String()+".csv", typeCSV, func(out io.Writer) error { return list.CSV(out, rows) })
}

type itemPage struct {
	page.Frame
	Item     public.Item
	Agency   public.Agency
	Guide    []guideLine
	More     []guideLine
	Chart    template.HTML
	Results  []public.Row
	AllHref  string
	Remedies []string
}

// guideLine is one line of the service guide; an empty text has not been published yet and says so.
type guideLine struct{ Title, Text string }

// guideTitles are the six fields of a service guide (工作责任分工表第6项), the item's name being the first.
func guideTitles() []string {
	return []string{"受理机构", "受理条件", "审批机构", "审批程序", "办理时限"}
}

func (p *Portal) item(r *http.Request) (web.Reply, error) {
	agency := r.URL.Query().Get("agency")
	if p.options.Agency != "" {
		agency = p.options.Agency
	}
	item, err := p.reader.Item(r.Context(), agency, r.PathValue("code"))
	if err != nil {
		return web.Reply{}, missing(err, "这个执法事项")
	}
	results, err := p.reader.Latest(r.Context(), public.Filter{Agency: item.Agency, Item: item.Code}, "", 5)
	if err != nil {
		return web.Reply{}, err
	}
	data := itemPage{Frame: column(p.frame(r, item.Name, "/items", page.Link{Text: "执法事项", Href: "/items"}, page.Link{Text: item.Name}), "执法事项",
		"执法事项的依据、流程、服务指南和救济途径", "执法事项,"+item.Class, "政府信息公开"), Item: item, Results: results.Rows, Remedies: item.Remedies,
		AllHref: "/publications?item=" + url.QueryEscape(item.Code)}
	if data.Agency, err = p.agencyNamed(r.Context(), item.Agency); err != nil {
		return web.Reply{}, err
	}
	data.guide()
	// The chart is drawn by package flow, which escapes every text in it.
	data.Chart = template.HTML(p.options.Charts[item.Flow])
	return p.show("item", data)
}

func (p *Portal) agencyNamed(ctx context.Context, id string) (public.Agency, error) {
	list, err := p.reader.Agencies(ctx)
	if err != nil {
		return public.Agency{}, err
	}
	for _, a := range list {
		if a.ID == id {
			return a, nil
		}
	}
	return public.Agency{ID: id}, nil
}

func (d *itemPage) guide() {
	d.Guide = append(d.Guide, guideLine{"事项名称", d.Item.Name})
	for _, title := range guideTitles() {
		text := d.Item.More[title]
		if title == "办理时限" && text == "" {
			text = d.Item.Limits
		}
		d.Guide = append(d.Guide, guideLine{title, text})
	}
	for title, text := range d.Item.More {
		if !slices.Contains(guideTitles(), title) {
			d.More = append(d.More, guideLine{title, text})
		}
	}
	sort.Slice(d.More, func(i, j int) bool { return d.More[i].Title < d.More[j].Title })
}
