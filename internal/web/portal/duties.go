package portal

import (
	"iter"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"mingjing/internal/disclosure/public"
	"mingjing/internal/refusal"
	"mingjing/internal/web"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
)

type dutiesPage struct {
	page.Frame
	Agency     public.Agency
	Agencies   []public.Agency
	Categories []dutyCategory
	Heads      []page.Light
	Owners     []page.LightOwner
	At         string // of the board, which was made public as a whole
	Total      int
	Measured   int
	Met        int
	SoFar      int
	Exports    []page.Link
}

type dutyCategory struct {
	Title  string
	Lights []page.Light
}

// duties shows all numbered duties with owner and what is measurable today.
func (p *Portal) duties(r *http.Request) (web.Reply, error) {
	agencies, agency, err := p.agencies(r)
	if err != nil {
		return web.Reply{}, err
	}
	data := dutiesPage{Agency: agency, Agencies: p.choosable(agencies), Frame: column(p.frame(r, "职责清单", "/duties", page.Link{Text: "职责清单"}), "职责清单",
		"推行行政执法公示、全过程记录、重大执法决定法制审核三项制度的职责分工与落实情况", "三项制度,职责分工", "政府信息公开")}
	lights, err := p.lights(r)
	if err != nil {
		return web.Reply{}, err
	}
	for _, l := range lights {
		data.add(l)
	}
	data.Exports = exportsOf("/duties", url.Values{"agency": {agency.ID}})
	data.Heads, data.Owners = page.LightHeads(), page.LightTable(lights)
	return p.show("duties", data)
}

func (d *dutiesPage) add(l page.Light) {
	if n := len(d.Categories); n == 0 || d.Categories[n-1].Title != l.Category {
		d.Categories = append(d.Categories, dutyCategory{Title: l.Category})
	}
	last := &d.Categories[len(d.Categories)-1]
	last.Lights = append(last.Lights, l)
	d.Total++
	switch l.State {
	case "":
		return
	case "met":
		d.Met++
	case "sofar":
		d.SoFar++
	}
	d.Measured++
	d.At = l.At
}

// choosable are the agencies that a page offers; a portal of one agency offers none.
func (p *Portal) choosable(agencies []public.Agency) []public.Agency {
	if p.options.Agency != "" || len(agencies) < 2 {
		return nil
	}
	return agencies
}

type dutyPage struct {
	page.Frame
	Duty     public.Duty
	Light    page.Light
	Parts    []dutyPart
	Evidence page.Link
	Agency   public.Agency
	Before   page.Link
	After    page.Link
}

// dutyPart is one thing that a duty asks for, with its colour.
type dutyPart struct {
	public.DutyPart
	Light page.Light
}

func dutyParts(d public.Duty) []dutyPart {
	var parts []dutyPart
	for _, p := range d.Parts {
		parts = append(parts, dutyPart{p, page.Light{State: p.State}})
	}
	return parts
}

// dutyEvidence is where the public itself can look at what a duty was measured from; what stands in case files is not
// public (政府信息公开条例第十六条).
func dutyEvidence(number int) page.Link {
	switch number {
	case 2, 10:
		return page.Link{Text: "执法结果", Href: "/publications"}
	case 11:
		return page.Link{Text: "公示台账", Href: "/register"}
	case 1, 17, 27:
		return page.Link{Text: "制度文本", Href: "/rules"}
	case 3, 4, 6:
		return page.Link{Text: "执法事项", Href: "/items"}
	case 5, 7:
		return page.Link{Text: "执法人员", Href: "/officers"}
	}
	return page.Link{}
}

// duty is one of them.
func (p *Portal) duty(r *http.Request) (web.Reply, error) {
	_, agency, err := p.agencies(r)
	if err != nil {
		return web.Reply{}, err
	}
	list, err := p.reader.Duties(r.Context(), agency.ID)
	if err != nil {
		return web.Reply{}, err
	}
	number, err := strconv.Atoi(r.PathValue("number"))
	for i, d := range list {
		if err != nil || d.Number != number {
			continue
		}
		data := dutyPage{Duty: d, Light: lightOf(d), Parts: dutyParts(d), Evidence: dutyEvidence(number), Agency: agency, Frame: column(p.frame(r, "第"+strconv.Itoa(number)+"项 "+dutyName(d), "/duties",
			page.Link{Text: "职责清单", Href: "/duties"}, page.Link{Text: "第" + strconv.Itoa(number) + "项"}), "职责清单", dutyName(d), "三项制度", "政府信息公开")}
		if i > 0 {
			data.Before = dutyLink(list[i-1])
		}
		if i+1 < len(list) {
			data.After = dutyLink(list[i+1])
		}
		return p.show("duty", data)
	}
	return web.Reply{}, refusal.NotFound{What: "这项职责"}
}

func dutyLink(d public.Duty) page.Link {
	return page.Link{Text: "第" + strconv.Itoa(d.Number) + "项 " + dutyName(d), Href: "/duties/" + strconv.Itoa(d.Number)}
}

type officersPage struct {
	page.Frame
	Agency  public.Agency
	Table   table.View
	Changes []public.Change
}

func officerList() table.List[public.Officer] {
	column := func(key, title string, width float64, get func(public.Officer) string) table.Column[public.Officer] {
		return table.Column[public.Officer]{Key: key, Title: title, Width: width, Cell: func(o public.Officer) table.Cell { return table.Cell{Text: get(o)} }}
	}
	return table.List[public.Officer]{
		Name: "执法人员", Unit: "人", Search: "检索", Filters: []string{"agency"},
		Empty: page.Empty{Title: "还没有公布执法人员名单", Text: "取得行政执法证件并在本级司法行政部门备案的人员公布后出现在这里。"},
		Columns: []table.Column[public.Officer]{
			column("name", "姓名", 14, func(o public.Officer) string { return o.Name }),
			column("unit", "所在机构", 28, func(o public.Officer) string { return o.Unit }),
			column("certificate", "执法证件编号", 22, func(o public.Officer) string { return o.Certificate }),
			column("class", "执法类别", 20, func(o public.Officer) string { return o.Class }),
			column("area", "执法区域", 20, func(o public.Officer) string { return o.Area }),
			column("until", "有效期至", 14, func(o public.Officer) string { return o.ValidUntil }),
		},
	}
}

func (p *Portal) foundOfficers(r *http.Request, q table.Query) ([]public.Officer, []public.Agency, public.Agency, error) {
	agencies, agency, err := p.agencies(r)
	if err != nil {
		return nil, nil, agency, err
	}
	all, err := p.reader.Officers(r.Context(), agency.ID)
	if err != nil {
		return nil, nil, agency, err
	}
	var found []public.Officer
	for _, o := range all {
		if q.Search == "" || containsAll(o.Name+" "+o.Unit+" "+o.Certificate+" "+o.Class+" "+o.Area, q.Search) {
			found = append(found, o)
		}
	}
	return found, agencies, agency, nil
}

// officers is the ex-ante list of who may enforce.
func (p *Portal) officers(r *http.Request) (web.Reply, error) {
	list := officerList()
	q := list.Parse(r.URL.Query())
	found, agencies, agency, err := p.foundOfficers(r, q)
	if err != nil {
		return web.Reply{}, err
	}
	var choices []table.Choice
	if offered := p.choosable(agencies); offered != nil {
		choices = []table.Choice{{Name: "agency", Title: "执法机关", Options: agencyOptions(offered)}}
	}
	changes, err := p.reader.Changes(r.Context(), agency.ID, public.KindOfficer, 5)
	if err != nil {
		return web.Reply{}, err
	}
	data := officersPage{Agency: agency, Changes: changes, Frame: column(p.frame(r, "执法人员", "/officers", page.Link{Text: "执法人员"}), "执法人员",
		"行政执法人员及其证件编号、执法类别和执法区域", "执法人员,执法证件", "政府信息公开"),
		Table: list.View("/officers", q, table.Data[public.Officer]{Rows: found, Count: table.Count{N: len(found), Known: true}, Choices: choices})}
	return p.show("officers", data)
}

func (p *Portal) officerRows(r *http.Request, q table.Query) iter.Seq2[public.Officer, error] {
	found, _, _, err := p.foundOfficers(r, q)
	return listed(found, err)
}

// dutyList declares the file of the division table with what was measured.
func dutyList() table.List[public.Duty] {
	column := func(key, title string, width float64, get func(public.Duty) string) table.Column[public.Duty] {
		return table.Column[public.Duty]{Key: key, Title: title, Width: width, Cell: func(d public.Duty) table.Cell { return table.Cell{Text: get(d)} }}
	}
	return table.List[public.Duty]{Name: "职责清单", Unit: "项", Filters: []string{"agency"}, Columns: []table.Column[public.Duty]{
		{Key: "number", Title: "序号", Number: true, Width: 8, Cell: func(d public.Duty) table.Cell {
			return table.Cell{Text: strconv.Itoa(d.Number), Value: float64(d.Number)}
		}},
		column("category", "类别", 20, func(d public.Duty) string { return d.Category }),
		column("task", "工作任务", 28, func(d public.Duty) string { return d.Task }),
		column("measure", "主要措施", 48, func(d public.Duty) string { return d.Measure }),
		column("requirement", "工作要求", 60, func(d public.Duty) string { return d.Requirement }),
		column("owner", "责任科室", 24, func(d public.Duty) string { return d.Owner }),
		column("papers", "应当形成", 32, func(d public.Duty) string { return strings.Join(d.Papers, "；") }),
		column("state", "状态", 16, func(d public.Duty) string { return lightOf(d).StateText() }),
		column("value", "测得的情况", 48, func(d public.Duty) string { return d.Value }),
		column("formula", "算法", 48, func(d public.Duty) string { return d.Formula }),
		column("gap", "尚未计量的部分", 48, func(d public.Duty) string { return d.Gap }),
		column("at", "测算日期", 14, func(d public.Duty) string { return d.At }),
	}}
}

func (p *Portal) dutyRows(r *http.Request, _ table.Query) iter.Seq2[public.Duty, error] {
	_, agency, err := p.agencies(r)
	if err != nil {
		return listed[public.Duty](nil, err)
	}
	return listed(p.reader.Duties(r.Context(), agency.ID))
}
