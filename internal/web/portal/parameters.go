package portal

import (
	"iter"
	"net/http"

	"mingjing/internal/disclosure/public"
	"mingjing/internal/web"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
)

func paramList() table.List[public.Param] {
	column := func(key, title string, width float64, get func(public.Param) string) table.Column[public.Param] {
		return table.Column[public.Param]{Key: key, Title: title, Width: width, Cell: func(p public.Param) table.Cell { return table.Cell{Text: get(p)} }}
	}
	return table.List[public.Param]{
		Name: "数额和期限标准", Unit: "项", Filters: []string{"agency"},
		Empty: page.Empty{Title: "没有另行确定的数额和期限", Text: "本机关执行法律、法规和规章规定的数额和期限；另行确定的，公布依据文件和生效日期后列在这里。"},
		Columns: []table.Column[public.Param]{
			{Key: "title", Title: "标准", Width: 40, Cell: func(p public.Param) table.Cell { return table.Cell{Text: p.Title, Sub: "法律、法规：" + p.Law} }},
			column("value", "数值", 18, func(p public.Param) string { return p.Value }),
			column("from", "自", 14, func(p public.Param) string { return p.From }), column("source", "依据文件", 36, func(p public.Param) string { return p.Source }),
			{Key: "law", Title: "法律、法规的规定", Width: 40, FileOnly: true, Cell: func(p public.Param) table.Cell { return table.Cell{Text: p.Law} }},
		},
	}
}

func (p *Portal) foundParams(r *http.Request) ([]public.Param, error) {
	_, agency, err := p.agencies(r)
	if err != nil {
		return nil, err
	}
	return p.reader.Params(r.Context(), agency.ID)
}

func (p *Portal) paramRows(r *http.Request, _ table.Query) iter.Seq2[public.Param, error] {
	return listed(p.foundParams(r))
}

// parameters lists the numbers that were laid down below the State.
func (p *Portal) parameters(r *http.Request) (web.Reply, error) {
	list := paramList()
	found, err := p.foundParams(r)
	if err != nil {
		return web.Reply{}, err
	}
	return p.show("parameters", rulesPage{Frame: column(p.frame(r, "数额和期限标准", "/items", page.Link{Text: "执法事项", Href: "/items"}, page.Link{Text: "数额和期限标准"}), "数额和期限标准",
		"执法机关和上级机关确定的听证、法制审核等数额和期限", "行政执法,裁量", "政府信息公开"),
		Table: list.View("/parameters", list.Parse(r.URL.Query()), table.Data[public.Param]{Rows: found, Count: table.Count{N: len(found), Known: true}})})
}
