package portal

import (
	"iter"
	"net/http"
	"strconv"

	"mingjing/internal/disclosure/public"
	"mingjing/internal/refusal"
	"mingjing/internal/web"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
)

type rulesPage struct {
	page.Frame
	Table table.View
}

type rulePage struct {
	page.Frame
	Rule     public.Rule
	State    string
	Tone     string
	Versions []public.Rule // all of the text, newest first
}

// ruleState tells whether a version is in force on the portal's day.
func (p *Portal) ruleState(r public.Rule) (text, tone string) {
	switch today := p.today().String(); {
	case r.From > today:
		return "尚未施行", "soon"
	case r.Until != "" && r.Until < today:
		return "已失效", "none"
	}
	return "现行有效", "met"
}

func ruleHref(r public.Rule) string { return "/rules/" + r.ID }

func ruleList() table.List[public.Rule] {
	column := func(key, title string, width float64, get func(public.Rule) string) table.Column[public.Rule] {
		return table.Column[public.Rule]{Key: key, Title: title, Width: width, Cell: func(r public.Rule) table.Cell { return table.Cell{Text: get(r)} }}
	}
	file := func(c table.Column[public.Rule]) table.Column[public.Rule] { c.FileOnly = true; return c }
	return table.List[public.Rule]{
		Name: "制度文本", Unit: "份", Filters: []string{"agency"}, Row: ruleHref,
		Empty: page.Empty{Title: "还没有公布制度文本", Text: "执法机关登记的行政执法公示制度、用语指引、数据标准等文本，施行前后的各个版本都出现在这里。"},
		Columns: []table.Column[public.Rule]{
			{Key: "title", Title: "名称", Width: 40, Cell: func(r public.Rule) table.Cell { return table.Cell{Text: r.Title, Href: ruleHref(r), Sub: r.Number} }},
			file(column("number", "文号", 26, func(r public.Rule) string { return r.Number })),
			column("source", "来源", 18, func(r public.Rule) string { return r.Source }),
			column("from", "施行日期", 14, func(r public.Rule) string { return r.From }),
			column("until", "失效日期", 14, func(r public.Rule) string { return r.Until }),
			column("duty", "落实的职责", 14, func(r public.Rule) string {
				if r.Duty == 0 {
					return ""
				}
				return "第" + strconv.Itoa(r.Duty) + "项"
			}),
			file(column("text", "内容", 80, func(r public.Rule) string {
				text := ""
				for _, s := range r.Sections {
					text += s.Title + "：" + s.Text + "\n"
				}
				return text
			})),
		},
	}
}

func (p *Portal) foundRules(r *http.Request) ([]public.Rule, error) {
	_, agency, err := p.agencies(r)
	if err != nil {
		return nil, err
	}
	return p.reader.Rules(r.Context(), agency.ID)
}

func (p *Portal) ruleRows(r *http.Request, _ table.Query) iter.Seq2[public.Rule, error] {
	return listed(p.foundRules(r))
}

// rules lists the texts of the agency's own rules, every version.
func (p *Portal) rules(r *http.Request) (web.Reply, error) {
	list := ruleList()
	q := list.Parse(r.URL.Query())
	found, err := p.foundRules(r)
	if err != nil {
		return web.Reply{}, err
	}
	list.Columns = append(list.Columns, table.Column[public.Rule]{Key: "state", Title: "状态", Cell: func(r public.Rule) table.Cell {
		text, tone := p.ruleState(r)
		return table.Cell{Text: text, Tone: tone}
	}})
	return p.show("rules", rulesPage{Frame: column(p.frame(r, "制度文本", "/duties", page.Link{Text: "职责清单", Href: "/duties"}, page.Link{Text: "制度文本"}), "制度文本",
		"执法机关制定或者执行的行政执法公示、执法用语、数据共享等制度文本及其各个版本", "行政执法,制度", "政府信息公开"),
		Table: list.View("/rules", q, table.Data[public.Rule]{Rows: found, Count: table.Count{N: len(found), Known: true}})})
}

// rule is one version of a text, with the others beside it.
func (p *Portal) rule(r *http.Request) (web.Reply, error) {
	all, err := p.foundRules(r)
	if err != nil {
		return web.Reply{}, err
	}
	for _, one := range all {
		if one.ID != r.PathValue("id") {
			continue
		}
		data := rulePage{Rule: one, Frame: column(p.frame(r, one.Title, "/duties", page.Link{Text: "职责清单", Href: "/duties"}, page.Link{Text: "制度文本", Href: "/rules"}, page.Link{Text: one.Title}),
			"制度文本", one.Title, "行政执法,制度", "政府信息公开")}
		data.State, data.Tone = p.ruleState(one)
		for _, other := range all {
			if other.Code == one.Code {
				data.Versions = append(data.Versions, other)
			}
		}
		return p.show("rule", data)
	}
	return web.Reply{}, refusal.NotFound{What: "这份制度文本"}
}
