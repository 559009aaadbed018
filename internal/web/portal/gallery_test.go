package portal

import (
	"html/template"
	"strings"
	"testing"

	"mingjing/internal/disclosure/public"
	markup "mingjing/internal/testkit/page"
	"mingjing/internal/web/page"
	"mingjing/internal/web/table"
	"mingjing/internal/workday"
)

// hostile is a text that tries to leave its place on a page.
const hostile = `"><script>alert(1)</script>' onload=x <b>&amp; 中`

// gallery is every page with the values given by full, or with none.
func gallery(t *testing.T, full bool) map[string]any {
	t.Helper()
	text := ""
	if full {
		text = hostile
	}
	f := page.Frame{Title: text, Path: "/?q=" + text, Site: page.Site{Name: "示例市公示平台" + text, Agency: text, IDCode: text, ICP: text, Police: text, Address: text,
		Phone: text, Mistakes: "https://example.com/?x=" + text, Demo: full}, View: page.View{Large: full, Contrast: full}, NoIndex: full}
	if full {
		f.Nav = []page.Link{{Text: text, Href: "/x", Here: true}}
		f.Crumbs = []page.Link{{Text: text, Href: "/x"}, {Text: text}}
		f.Meta = []page.Meta{{Name: "SiteName", Content: text}}
		f.Feed = "/atom.xml"
	}
	if !full {
		return map[string]any{"problem": page.Problem{Frame: titled(f)}, "home": homePage{Frame: f, Search: page.Search{Label: "查"}}, "publications": publicationsPage{Frame: f},
			"publication": publicationPage{Frame: f}, "items": itemsPage{Frame: f}, "item": itemPage{Frame: f, Item: public.Item{Name: "事项"}}, "duties": dutiesPage{Frame: f},
			"duty": dutyPage{Frame: f, Light: page.Light{Task: "项"}}, "officers": officersPage{Frame: f}, "register": registerPage{Frame: f}, "help": textPage{Frame: f},
			"about": textPage{Frame: f}, "sitemap": textPage{Frame: f}, "verify": verifyPage{Frame: f}, "integrity": integrityPage{Frame: f}, "rules": rulesPage{Frame: f}, "parameters": rulesPage{Frame: f}, "rule": rulePage{Frame: f, Rule: public.Rule{Title: "制度"}}}
	}
	return fullPages(t, f, text)
}

func titled(f page.Frame) page.Frame {
	f.Title = "没有找到"
	return f
}

func fullPages(t *testing.T, f page.Frame, text string) map[string]any {
	t.Helper()
	row := public.Row{Ordinal: 7, ID: "p1", Title: text, Number: text, Agency: text, AgencyName: text, Class: text, Item: text, ItemName: text, Year: 2026,
		PartyName: text, PartyKind: text, Result: text, Basis: text, DecidedOn: "2026-03-02", PublishedOn: "2026-03-05", State: public.Corrected}
	link := page.Link{Text: text, Href: "/x?y=" + text}
	light := page.Light{Number: 3, Category: text, Task: text, State: "unmet", Value: text, Target: text, Formula: text, At: "2026-03-05T01:02:03Z", Owner: text, Href: "/duties/3"}
	agency := public.Agency{ID: text, Name: text, Code: text, Address: text, Phone: text}
	changes := []public.Change{{Version: 2, Published: "2026-03-05", Added: []string{text}, Removed: []string{text}, Changed: []string{text}}}
	list := publicationList()
	hit := public.Hit{Row: row, TitlePieces: []public.Piece{{Text: text}, {Text: text, Hit: true}}, Snippet: []public.Piece{{Text: text, Hit: true}}}
	view := list.View("/publications", list.Parse(map[string][]string{"q": {text}, "class": {text}, "after": {"9"}}), table.Data[public.Hit]{Rows: []public.Hit{hit}, Next: text,
		Count: table.Count{N: 1234, Known: true, Capped: true}, Choices: []table.Choice{{Name: "class", Title: text, Options: []table.Option{{Value: text, Text: text, Count: 3}}}}})
	bars := page.Bars{Title: text, Unit: "件", Rows: []page.Bar{{Label: text, Value: 3, Href: "/x"}, {Label: text}}}
	stats := public.Stats{Published: 1, Withdrawn: 2, Expired: 3, Withheld: 4, Waiting: 5, Overdue: 6, ThisYear: 7, Behind: 8}
	publication := public.Publication{Row: row, Body: text, Announced: true, EffectiveOn: "2026-03-03", PeriodUntil: "2027-03-03", Version: 2, CorrectedOn: "2026-03-06",
		CorrectReason: text, ContentHash: text, Blocks: []public.Block{{Style: "title", Text: text}, {Style: "sub", Text: text}, {Style: hostile, Text: text},
			{Head: []string{text}, Rows: [][]public.Cell{{{Text: text, Label: true, Span: 2}, {Text: text, Span: 1}}}}}}
	one := publicationPage{Frame: f, P: publication, Class: text, State: "已更正", Index: text, Deadline: chip(t), Proof: page.Proof{State: "proved", Text: text, Hash: text, Seq: text,
		Root: text, At: text, Href: "/x"}, Remedies: []string{text}, Item: link, Imported: true}
	item := public.Item{Agency: text, AgencyName: text, Code: text, Name: text, Class: text, Unit: text, Level: text, Basis: []public.Basis{{Text: text, Content: text, Version: text, Since: text}},
		Limits: text, Discretion: []string{text}, Note: text}
	rule := public.Rule{ID: "r", Code: text, Title: text, Number: text, Source: text, From: "2026-01-01", Until: "2026-12-31", Duty: 1, Sections: []public.RuleSection{{Title: text, Text: text}}}
	cards := []agencyCard{{Agency: agency, Lines: []guideLine{{text, text}}}}
	return map[string]any{
		"problem": page.Problem{Frame: f, Status: 422, Text: text, Next: text, Findings: []page.Finding{{Title: text, Message: text, Cite: text, Advice: text, Override: text}, {Title: text, Warns: true}},
			Fields: []string{text}, Request: text},
		"home":         homePage{Frame: f, Search: page.Search{Action: "/publications", Query: text, Label: text, Hint: text}, Stats: stats, Newest: []public.Row{row}, Classes: bars, Years: bars, Lights: []page.Light{light}, Year: 2026},
		"publications": publicationsPage{Frame: f, Table: view, Words: []string{text}, Behind: 3},
		"publication":  one,
		"rules":        rulesPage{Frame: f, Table: view}, "parameters": rulesPage{Frame: f, Table: view}, "rule": rulePage{Frame: f, Rule: rule, State: text, Tone: "met", Versions: []public.Rule{rule, {ID: "q", Number: text, From: "2025-01-01"}}},
		"items":    itemsPage{Frame: f, Table: view, Changes: changes},
		"item":     itemPage{Frame: f, Item: item, Agency: agency, Guide: []guideLine{{text, text}, {text, ""}}, More: []guideLine{{text, text}}, Chart: template.HTML(`<svg></svg>`), Results: []public.Row{row}, AllHref: "/x", Remedies: []string{text}},
		"duties":   dutiesPage{Frame: f, Agency: agency, Agencies: []public.Agency{agency}, Categories: []dutyCategory{{text, []page.Light{light}}}, Total: 32, Measured: 3, Met: 1},
		"duty":     dutyPage{Frame: f, Duty: public.Duty{Number: 3, Category: text, Task: text, Measure: text, Requirement: text, Owner: text, Measured: true}, Light: light, Agency: agency, Before: link, After: link},
		"officers": officersPage{Frame: f, Agency: agency, Table: view, Changes: changes},
		"register": registerPage{Frame: f, Agency: agency, Agencies: []public.Agency{agency}, Year: 2026, Years: []page.Link{link}, Stats: stats, Pager: page.Pager{First: "/a", Next: "/b"},
			Lines: []registerLine{{Commitment: public.Commitment{Seq: 1, Commitment: text, Ground: text, OutcomeOn: "2026-03-05"}, Class: text, Outcome: text, Tone: "met", Href: "/p/1"}}},
		"help": textPage{Frame: f, Agencies: cards}, "about": textPage{Frame: f, Agencies: cards, Stats: stats},
		"sitemap": textPage{Frame: f, Sections: []section{{text, []page.Link{{Text: text, Href: "/x", Count: 3}}}}},
		"verify":  verifyPage{Frame: f, ID: text, Key: text, Witnesses: []string{text}},
		"integrity": integrityPage{Frame: f, Stats: stats, Size: 5, SealSize: 4, Root: text, SealRoot: text, Key: text, LogHref: "/log/" + text, Origin: text,
			Witness: witnessing{Tone: "met", State: text, Text: text, Rows: []witnessRow{{text, text, "2026-03-05T01:02:03Z"}}},
			Checks:  []checked{{public.Check{Title: text, How: text, Text: text, At: "2026-03-05T01:02:03Z"}, "met", text}}},
	}
}

func chip(t *testing.T) page.Deadline {
	t.Helper()
	calendar, err := workday.National()
	if err != nil {
		t.Fatal(err)
	}
	from, err := workday.ParseDay("2026-02-13")
	if err != nil {
		t.Fatal(err)
	}
	result, err := calendar.Work(workday.Deadline{Rule: hostile, Basis: hostile, Trigger: from, N: 7, Unit: workday.WorkDay})
	if err != nil {
		t.Fatal(err)
	}
	return page.DeadlineOf(hostile, result, from, from)
}

func TestEveryPageIsSoundEmptyAndFullAndLetsNoTextOutOfItsPlace(t *testing.T) {
	engine, err := Engine()
	if err != nil {
		t.Fatal(err)
	}
	for _, full := range []bool{false, true} {
		pages := gallery(t, full)
		for _, name := range engine.Names() {
			data, ok := pages[name]
			if !ok {
				t.Errorf("the page %q is not in the gallery", name)
				continue
			}
			body, err := engine.Execute(name, data)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			for _, fault := range markup.Parse(t, string(body)).Faults() {
				t.Errorf("%s (full: %v): %s", name, full, fault)
			}
			if strings.Contains(string(body), "<script>") || strings.Contains(string(body), "<b> ") {
				t.Errorf("%s: a hostile text left its place", name)
			}
		}
	}
}

func TestATombstoneShowsNothingOfTheDecision(t *testing.T) {
	engine, err := Engine()
	if err != nil {
		t.Fatal(err)
	}
	p := public.Publication{Row: public.Row{Title: "行政处罚决定（已撤下）", PartyName: "当事人甲", Result: "结果乙", Basis: "依据丙", State: public.Withdrawn}, Body: "正文丁", Ground: "撤销", Reason: "理由戊"}
	body, err := engine.Execute("publication", publicationPage{P: p, State: "已撤下", Gone: true, Tombstone: tombstoneOf(p)})
	if err != nil {
		t.Fatal(err)
	}
	for _, hidden := range []string{"当事人甲", "结果乙", "依据丙", "正文丁"} {
		if strings.Contains(string(body), hidden) {
			t.Errorf("the tombstone shows %s", hidden)
		}
	}
	if page := markup.Parse(t, string(body)); !strings.Contains(page.Text(".tombstone"), "理由戊") || !strings.Contains(page.Text(".tombstone"), "决定被依法撤销") {
		t.Errorf("the tombstone does not say why: %s", page.Text(".tombstone"))
	}
}
