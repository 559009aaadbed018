package office

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"sort"
	"strconv"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/catalog"
	"mingjing/internal/db"
	"mingjing/internal/law"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
	"mingjing/internal/workday"
)

const (
	packs    = "/desk/pack"
	params   = "/desk/parameters"
	rules    = "/desk/rules"
	settings = "/desk/settings"
	numbers  = "/desk/numbers"
)

func (r room) installPacks() {
	home := page.Link{Text: "管理"}
	seat.Deeds{Path: packs, Action: access.RosterView, Kind: "catalog", Make: r.packPage}.Install(r.Room)
	r.layerList().Install(r.Room)
	r.activationList().Install(r.Room)
	r.changeListing().Install(r.Room, "专案包的变化", home, page.Link{Text: "专案包", Href: packs})
	r.paramListing().Install(r.Room, "参数及其来源", home)
	seat.Deeds{Path: settings, Action: access.RosterView, Kind: "catalog", Make: r.settingPage}.Install(r.Room)
	r.settingList().Install(r.Room)
	r.ruleListing().Install(r.Room, "规则", home)
	r.itemListing().Install(r.Room, "执法事项", home)
	r.triggerListing().Install(r.Room, "重大执法决定法制审核目录", home)
	r.numberListing().Install(r.Room, "文号登记", page.Link{Text: "台账"})
	seat.Deeds{Path: numbers + "/new", Action: access.RosterAdmin, Kind: "catalog", Make: r.numberPage}.Install(r.Room)
}

func packTabs(here string) []page.Link {
	list := []page.Link{{Text: "专案包", Href: packs}, {Text: "参数及其来源", Href: params}, {Text: "本机关数值", Href: settings}, {Text: "规则", Href: rules}, {Text: "执法事项", Href: itemList}, {Text: "审核目录", Href: triggerList}}
	for i := range list {
		list[i].Here = list[i].Href == here
	}
	return list
}

// packPage is the pack in force, its layers, the one that the program has loaded, and the activations before.
func (r room) packPage(v *seat.Visitor) (seat.DeedPage, []seat.Deed, error) {
	p := seat.DeedPage{Frame: v.Head("专案包"), Tabs: packTabs(packs), Lead: "事项、文书、代字、审核目录、参数都来自专案包。启用时整包的哈希写入台账，任何一天的内容都能再查到。"}
	var active catalog.Activation
	var list []catalog.Activation
	err := v.Read(func(tx *db.Tx) (err error) {
		if list, err = catalog.Activations(tx, v.Agency, 0, 50); err != nil || len(list) == 0 {
			return err
		}
		active, err = catalog.Current(tx, v.Agency, v.Today())
		return err
	})
	if err != nil {
		return p, nil, err
	}
	loaded := r.House.Pack
	p.State, p.Tone = "与程序所载一致", "met"
	switch {
	case active.Hash == "":
		p.State, p.Tone = "尚未启用", "soon"
	case active.Hash != loaded.Hash():
		p.State, p.Tone = "程序载有新的专案包", "soon"
	}
	p.Facts = []seat.Fact{{Name: "现行哈希", Text: active.Hash, Code: true, Wide: true}, {Name: "程序所载哈希", Text: loaded.Hash(), Code: true, Wide: true}, {Name: "启用日期", Text: active.From.String()}, {Name: "规则集", Text: r.House.Cases.Books().Law.Version, Code: true, Wide: true}}
	p.Parts = []seat.DeedPart{{Title: "层级", Lead: "下层可以增加和从严；从宽须上层写明许可。", Table: r.layerList().View(v, r.layers())}, {Title: "历次启用", Table: r.activationList().View(v, list)}}
	if active.Hash == loaded.Hash() || !v.May(access.CatalogActive, access.Thing{Kind: "catalog"}) {
		return p, nil, nil
	}
	return p, []seat.Deed{{Name: "activate", Form: seat.Form{Title: "启用程序所载的专案包", Submit: "启用", Lead: "自今日起对新的办理生效；已经作出的行为仍按当时的专案包判断。"},
		Do: func(url.Values) (string, string, error) {
			done, err := catalog.Activate(v.Context(), r.House.DB, v.Actor, loaded)
			return fmt.Sprintf("已启用：新增%d项，修改%d项，删除%d项。", done.Added, done.Changed, done.Removed), "", err
		}}}, nil
}

// layerRow is one pack of the layering.
type layerRow struct{ Title, Name, Level, Version, Source string }

func (r room) layers() []layerRow {
	var rows []layerRow
	for _, l := range r.House.Pack.Layers() {
		level := map[string]string{"national": "国家", "province": "省级", "city": "市级", "agency": "机关"}[string(l.Level)]
		rows = append(rows, layerRow{l.Title, l.Name, level, l.Version, l.Source})
	}
	return rows
}

// layerList is the layers of the pack as a list with files.
func (r room) layerList() seat.Beside[layerRow] {
	list := table.List[layerRow]{Name: "层级", Unit: "层", Columns: []table.Column[layerRow]{
		column("title", "专案包", func(l layerRow) string { return l.Title }), column("level", "层级", func(l layerRow) string { return l.Level }),
		column("version", "版本", func(l layerRow) string { return l.Version }), column("source", "来源", func(l layerRow) string { return l.Source })}}
	return seat.Beside[layerRow]{Path: packs + "/layers", Action: access.RosterView, Kind: "catalog", List: list,
		Read: func(*seat.Visitor) ([]layerRow, string, error) { return r.layers(), "专案包", nil }}
}

// activationList is which packs were in force from when on, as a list with files.
func (r room) activationList() seat.Beside[catalog.Activation] {
	list := table.List[catalog.Activation]{Name: "历次启用", Unit: "次", Row: func(a catalog.Activation) string { return fmt.Sprintf("%s/changes?number=%d", packs, a.Number) },
		Empty: page.Empty{Title: "还没有启用过", Text: "由管理员启用后，事项、代字等才能使用。"},
		Columns: []table.Column[catalog.Activation]{
			{Key: "number", Title: "次序", Cell: func(a catalog.Activation) table.Cell {
				return table.Cell{Text: fmt.Sprintf("第%d次", a.Number), Href: fmt.Sprintf("%s/changes?number=%d", packs, a.Number)}
			}},
			column("from", "自", func(a catalog.Activation) string { return a.From.String() }), column("hash", "哈希", func(a catalog.Activation) string { return short(a.Hash, 16) }),
			column("at", "启用时间", func(a catalog.Activation) string { return seat.Moment(a.At) })}}
	return seat.Beside[catalog.Activation]{Path: packs + "/activations", Action: access.RosterView, Kind: "catalog", List: list,
		Read: func(v *seat.Visitor) (rows []catalog.Activation, of string, err error) {
			err = v.Read(func(tx *db.Tx) (err error) {
				rows, err = catalog.Activations(tx, v.Agency, 0, 200)
				return err
			})
			return rows, "专案包", err
		}}
}

func short(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

// sectionTitle names a section of a pack.
func sectionTitle(s string) string {
	titles := map[string]string{catalog.SectionItem: "执法事项", catalog.SectionTask: "职责", catalog.SectionTrigger: "法制审核目录", catalog.SectionNumbering: "文号代字",
		catalog.SectionText: "本机关文字", catalog.SectionRecording: "音像记录事项"}
	if t := titles[s]; t != "" {
		return t
	}
	return s
}

// changeListing is how an activation differs from the one before.
func (r room) changeListing() seat.Listing[catalog.Change] {
	kind := map[string]string{catalog.Added: "新增", catalog.Changed: "修改", catalog.Removed: "删除"}
	tone := map[string]string{catalog.Added: "met", catalog.Changed: "soon", catalog.Removed: "late"}
	return seat.Listing[catalog.Change]{Path: packs + "/changes", Action: access.RosterView, Kind: "catalog",
		List: table.List[catalog.Change]{Name: "专案包的变化", Unit: "项", Filters: []string{"number"}, Empty: page.Empty{Title: "与前一次没有差别", Text: "启用新的专案包后，逐项的变化列在这里。"},
			Columns: []table.Column[catalog.Change]{
				{Key: "key", Title: "条目", Cell: func(c catalog.Change) table.Cell { return table.Cell{Text: c.Key, Sub: sectionTitle(c.Section)} }},
				{Key: "kind", Title: "变化", Cell: func(c catalog.Change) table.Cell { return table.Cell{Text: kind[c.Kind], Tone: tone[c.Kind]} }},
				{Key: "what", Title: "改动的字段", Width: 60, Cell: func(c catalog.Change) table.Cell { return table.Cell{Text: differing(c.Before, c.After)} }}}},
		Read: func(v *seat.Visitor, q table.Query, limit int) (seat.Part[catalog.Change], error) {
			number, _ := strconv.ParseInt(q.Filters["number"], 10, 64)
			var list []catalog.Change
			section, key, _ := strings.Cut(q.After, "~")
			err := v.Read(func(tx *db.Tx) (err error) {
				if number == 0 {
					active, err := catalog.Activations(tx, v.Agency, 0, 1)
					if err != nil || len(active) == 0 {
						return err
					}
					number = active[0].Number
				}
				list, err = catalog.Changes(tx, v.Agency, number, section, key, limit+1)
				return err
			})
			return seat.Page(list, limit, func(c catalog.Change) string { return c.Section + "~" + c.Key }), err
		},
		Around: func(_ *seat.Visitor, _ table.Query, p *seat.ListPage) error { p.Tabs = packTabs(packs); return nil }}
}

// differing names the fields in which two rows differ.
func differing(before, after json.RawMessage) string {
	var a, b map[string]json.RawMessage
	if json.Unmarshal(before, &a) != nil || json.Unmarshal(after, &b) != nil {
		return ""
	}
	var names []string
	for name, value := range b {
		if string(a[name]) != string(value) {
			names = append(names, name)
		}
	}
	for name := range a {
		if _, ok := b[name]; !ok {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	return strings.Join(names, "、")
}

// paramRow is a parameter as it holds today.
type paramRow struct {
	law.Param
	Source string
	Since  workday.Day // from which on the value holds
}

func statusTitle(s law.Status) (text, tone string) {
	switch s {
	case law.Verified:
		return "已核对原文", "met"
	case law.Adopted:
		return "本机关文件采用", "met"
	case law.Memory:
		return "待核对", "soon"
	}
	return "草案，仅提示", "soon"
}

// value is a parameter's number as people write it.
func value(p law.Param) string {
	if p.Unit == law.List {
		return strings.Join(p.List, "、")
	}
	return p.Unit.Length(p.Value)
}

func (r room) paramListing() seat.Listing[paramRow] {
	return seat.Listing[paramRow]{Path: params, Action: access.RosterView, Kind: "catalog",
		List: table.List[paramRow]{Name: "参数及其来源", Unit: "项", Search: "名称", Filters: []string{"status"},
			Columns: []table.Column[paramRow]{
				{Key: "title", Title: "参数", Width: 40, Cell: func(p paramRow) table.Cell { return table.Cell{Text: p.Title, Sub: p.Cite.String()} }},
				column("value", "数值", func(p paramRow) string { return value(p.Param) }),
				{Key: "status", Title: "依据情况", Cell: func(p paramRow) table.Cell {
					text, tone := statusTitle(p.Status)
					return table.Cell{Text: text, Tone: tone}
				}},
				{Key: "level", Title: "由谁规定", Cell: func(p paramRow) table.Cell { return table.Cell{Text: r.levelOf(p), Sub: sourceOf(p.Source)} }},
				column("strict", "机关可否另定", func(p paramRow) string { return strictness(p.Param) }), column("from", "自", func(p paramRow) string { return p.Since.String() })}},
		Read: func(v *seat.Visitor, q table.Query, _ int) (seat.Part[paramRow], error) {
			rows := r.params(v.Today(), q)
			return seat.Part[paramRow]{Rows: rows, Count: table.Count{N: len(rows), Known: true}}, nil
		},
		Choices: statusChoices,
		Around:  func(_ *seat.Visitor, _ table.Query, p *seat.ListPage) error { p.Tabs = packTabs(params); return nil }}
}

func statusChoices(*seat.Visitor, table.Query) ([]table.Choice, error) {
	c := table.Choice{Name: "status", Title: "依据情况"}
	for _, s := range []law.Status{law.Verified, law.Adopted, law.Memory, law.Draft} {
		text, _ := statusTitle(s)
		c.Options = append(c.Options, table.Option{Value: string(s), Text: text})
	}
	return []table.Choice{c}, nil
}

func (r room) params(day workday.Day, q table.Query) []paramRow {
	set := r.House.Cases.Books().Law
	var rows []paramRow
	seen := map[string]bool{}
	for _, p := range law.Params() {
		now, source, ok := set.Param(p.Code, day)
		if !ok || seen[p.Code] || q.Filters["status"] != "" && string(now.Status) != q.Filters["status"] || !strings.Contains(now.Title, q.Search) {
			continue
		}
		seen[p.Code] = true
		since := now.From
		if o, ok := set.Override(p.Code, day); ok {
			since = o.From
		}
		rows = append(rows, paramRow{now, source, since})
	}
	return rows
}

func (r room) ruleListing() seat.Listing[law.Rule] {
	return seat.Listing[law.Rule]{Path: rules, Action: access.RosterView, Kind: "catalog",
		List: table.List[law.Rule]{Name: "规则", Unit: "条", Search: "内容、编号", Filters: []string{"status"},
			Columns: []table.Column[law.Rule]{
				{Key: "title", Title: "规则", Width: 50, Cell: func(x law.Rule) table.Cell { return table.Cell{Text: x.Title, Sub: x.Cite.String()} }},
				column("code", "编号", func(x law.Rule) string { return x.Code }),
				{Key: "effect", Title: "效力", Cell: func(x law.Rule) table.Cell {
					if x.Effective() == law.Block {
						return table.Cell{Text: "不符合的不能办理", Tone: "late"}
					}
					return table.Cell{Text: "提示", Tone: "soon"}
				}},
				{Key: "status", Title: "依据情况", Cell: func(x law.Rule) table.Cell {
					text, tone := statusTitle(x.Status)
					if slices.Contains(r.House.Cases.Books().Law.Unadopted(), x.Code) {
						text, tone = "由本机关文件采用，文号待补", "soon"
					}
					return table.Cell{Text: text, Tone: tone}
				}},
				column("override", "例外", func(x law.Rule) string {
					if x.Override == nil {
						return ""
					}
					return x.Override.Ground
				}),
				column("tasks", "对应职责", func(x law.Rule) string { return joined(x.Tasks) })}},
		Read: func(v *seat.Visitor, q table.Query, _ int) (seat.Part[law.Rule], error) {
			var rows []law.Rule
			for _, x := range r.House.Cases.Books().Law.At(v.Today()).Rules {
				if (q.Filters["status"] == "" || string(x.Status) == q.Filters["status"]) && strings.Contains(x.Title+x.Code, q.Search) {
					rows = append(rows, x)
				}
			}
			return seat.Part[law.Rule]{Rows: rows, Count: table.Count{N: len(rows), Known: true}}, nil
		},
		Choices: statusChoices,
		Around:  func(_ *seat.Visitor, _ table.Query, p *seat.ListPage) error { p.Tabs = packTabs(rules); return nil }}
}

func joined(list []int) string {
	texts := make([]string, len(list))
	for i, n := range list {
		texts[i] = strconv.Itoa(n)
	}
	return strings.Join(texts, "、")
}
