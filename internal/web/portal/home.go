package portal

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"mingjing/internal/disclosure/public"
	"mingjing/internal/web"
	"mingjing/internal/web/page"
)

// homeNewest is how many publications the front page shows.
const homeNewest = 8

type homePage struct {
	page.Frame
	Search  page.Search
	Stats   public.Stats
	Newest  []public.Row
	Classes page.Bars
	Years   page.Bars
	Lights  []page.Light
	Year    int
	Lag     int
}

// home is the front page: search first, then what there is.
func (p *Portal) home(r *http.Request) (web.Reply, error) {
	ctx := r.Context()
	today := p.today()
	stats, err := p.reader.Stats(ctx, p.options.Agency, today)
	if err != nil {
		return web.Reply{}, err
	}
	filter := public.Filter{Agency: p.options.Agency}
	newest, err := p.reader.Latest(ctx, filter, "", homeNewest)
	if err != nil {
		return web.Reply{}, err
	}
	facets, err := p.reader.Facets(ctx, filter)
	if err != nil {
		return web.Reply{}, err
	}
	lights, err := p.lights(r)
	if err != nil {
		return web.Reply{}, err
	}
	data := homePage{Frame: p.frame(r, "", "/"), Stats: stats, Newest: newest.Rows, Lights: lights, Year: today.Year(), Lag: stats.Behind,
		Search:  page.Search{Action: "/publications", Label: "查一件决定", Hint: "文号、单位名称、事由都可以，两个字也能查到。"},
		Classes: bars("按执法类别（含已撤下）", "class", facets.Classes), Years: bars("按决定年份（含已撤下）", "year", facets.Years)}
	return p.show("home", data)
}

// bars makes a chart of a facet; each bar opens its list.
func bars(title, name string, facets []public.Facet) page.Bars {
	chart := page.Bars{Title: title, Unit: "件"}
	for _, f := range facets {
		label := f.Name
		if name == "class" {
			label = className(f.Value)
		}
		if name == "year" {
			label = f.Value + "年"
		}
		chart.Rows = append(chart.Rows, page.Bar{Label: label, Value: f.Count, Href: "/publications?" + name + "=" + url.QueryEscape(f.Value)})
	}
	return chart
}

// className is a class as people say it: 行政处罚.
func className(class string) string {
	switch class {
	case "处罚", "许可", "强制", "检查", "征收", "确认", "给付", "裁决", "奖励":
		return "行政" + class
	case "", "其他":
		return "其他"
	}
	return class
}

// lights are the duties of the portal's agency.
func (p *Portal) lights(r *http.Request) ([]page.Light, error) {
	_, agency, err := p.agencies(r)
	if err != nil {
		return nil, err
	}
	if agency.ID == "" {
		return nil, nil
	}
	duties, err := p.reader.Duties(r.Context(), agency.ID)
	if err != nil {
		return nil, err
	}
	lights := make([]page.Light, 0, len(duties))
	for _, d := range duties {
		lights = append(lights, lightOf(d))
	}
	return lights, nil
}

func lightOf(d public.Duty) page.Light {
	l := page.Light{Number: d.Number, Category: d.Category, Task: dutyName(d), Owner: strings.ReplaceAll(d.Owner, "\n", "、"), Gap: d.Gap, Href: "/duties/" + strconv.Itoa(d.Number)}
	if d.Measured {
		l.State, l.Value, l.Formula, l.At = d.State, d.Value, d.Formula, d.At
		if d.Brief != "" {
			l.Value = d.Brief
		}
	}
	return l
}

// dutyName is what a duty asks to be done: several share one heading, and the measure tells them apart. The table numbers
// its measures itself; here the number stands beside them.
func dutyName(d public.Duty) string {
	name := strings.TrimSpace(strings.TrimPrefix(d.Measure, strconv.Itoa(d.Number)+"."))
	if name == "" {
		return d.Task
	}
	return name
}
