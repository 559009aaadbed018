package portal

import (
	"net/http"
	"sort"

	"mingjing/internal/disclosure/public"
	"mingjing/internal/web"
	"mingjing/internal/web/page"
)

type textPage struct {
	page.Frame
	Agencies []agencyCard
	Stats    public.Stats
	Sections []section
}

// agencyCard is one agency with its channels in a steady order.
type agencyCard struct {
	public.Agency
	Lines []guideLine
}

// section is one part of the map of the site.
type section struct {
	Title string
	Links []page.Link
}

// help says how to read a decision, what can be done against it, where to complain.
func (p *Portal) help(r *http.Request) (web.Reply, error) {
	data := textPage{Frame: column(p.frame(r, "帮助", "/help", page.Link{Text: "帮助"}), "帮助", "怎样查阅执法决定、申请行政复议、提起行政诉讼和投诉举报",
		"行政复议,行政诉讼,投诉举报", "使用帮助")}
	var err error
	if data.Agencies, err = p.cards(r); err != nil {
		return web.Reply{}, err
	}
	return p.show("help", data)
}

// about says what the site is, on which law it rests and who answers for it.
func (p *Portal) about(r *http.Request) (web.Reply, error) {
	data := textPage{Frame: column(p.frame(r, "关于本站", "", page.Link{Text: "关于本站"}), "关于本站", "行政执法公示的内容、期限和依据", "行政执法公示", "网站说明")}
	var err error
	if data.Agencies, err = p.cards(r); err != nil {
		return web.Reply{}, err
	}
	if data.Stats, err = p.reader.Stats(r.Context(), p.options.Agency, p.today()); err != nil {
		return web.Reply{}, err
	}
	return p.show("about", data)
}

func (p *Portal) cards(r *http.Request) ([]agencyCard, error) {
	list, err := p.reader.Agencies(r.Context())
	if err != nil {
		return nil, err
	}
	var cards []agencyCard
	for _, a := range list {
		if p.options.Agency != "" && a.ID != p.options.Agency {
			continue
		}
		card := agencyCard{Agency: a}
		for title, text := range a.Channels {
			card.Lines = append(card.Lines, guideLine{title, text})
		}
		sort.Slice(card.Lines, func(i, j int) bool { return card.Lines[i].Title < card.Lines[j].Title })
		cards = append(cards, card)
	}
	return cards, nil
}

// siteMap is the map of the site for people.
func (p *Portal) siteMap(r *http.Request) (web.Reply, error) {
	facets, err := p.reader.Facets(r.Context(), public.Filter{Agency: p.options.Agency})
	if err != nil {
		return web.Reply{}, err
	}
	links := func(rows []page.Bar) []page.Link {
		var list []page.Link
		for _, b := range rows {
			list = append(list, page.Link{Text: b.Label, Href: b.Href, Count: b.Value})
		}
		return list
	}
	data := textPage{Frame: column(p.frame(r, "网站地图", "", page.Link{Text: "网站地图"}), "网站地图", "本站全部栏目", "网站地图", "网站说明")}
	data.Sections = []section{
		{"执法结果", append([]page.Link{{Text: "全部执法结果", Href: "/publications"}, {Text: "决定登记簿", Href: "/register"}}, links(bars("", "class", facets.Classes).Rows)...)},
		{"按年份", links(bars("", "year", facets.Years).Rows)},
		{"事前公示", []page.Link{{Text: "执法事项", Href: "/items"}, {Text: "执法人员", Href: "/officers"}, {Text: "职责清单", Href: "/duties"}, {Text: "制度文本", Href: "/rules"}, {Text: "数额和期限标准", Href: "/parameters"}}},
		{"本站", []page.Link{{Text: "存证与核验", Href: "/integrity"}, {Text: "核验公示文本", Href: "/verify"}, {Text: "帮助", Href: "/help"}, {Text: "关于本站", Href: "/about"}, {Text: "订阅（Atom）", Href: "/atom.xml"}}},
	}
	return p.show("sitemap", data)
}
