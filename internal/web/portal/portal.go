package portal

import (
	"cmp"
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strconv"
	"time"

	"mingjing/internal/disclosure/public"
	"mingjing/internal/refusal"
	"mingjing/internal/web"
	"mingjing/internal/web/page"
	"mingjing/internal/workday"
)

//go:embed page/*.tmpl
var files embed.FS

// Pages is the table of the portal's pages.
func Pages() page.Table {
	table := page.Table{"problem": {"layout_portal", "problem"}}
	for _, name := range []string{"home", "publications", "publication", "items", "item", "duties", "duty", "officers", "register", "help", "about", "sitemap", "verify", "integrity", "rules", "rule", "parameters"} {
		table[name] = []string{"layout_portal", name}
	}
	return table
}

// Engine parses the portal's pages.
func Engine() (*page.Engine, error) {
	own, err := fs.Sub(files, "page")
	if err != nil {
		return nil, fmt.Errorf("portal: %w", err)
	}
	return page.New(own, Pages())
}

// Options are what a deployment says of its portal.
type Options struct {
	Site page.Site
	// Agency is the id of the one agency of this portal; empty shows all.
	Agency string
	Clock  func() time.Time
	// Calendar works out whether a publication was in time; nil shows no deadline.
	Calendar *workday.Calendar
	// LogKey is the verifier key of an agency's public log; nil shows none.
	LogKey func(agency string) string
	// Charts are the flowcharts as SVG by the code of their procedure, drawn by package flow from the tables that the
	// program runs by. They are inserted as they are.
	Charts map[string]string
	// Origin is the address of the portal from outside, such as https://www.example.gov.cn, for feeds and the sitemap;
	// empty takes it from the request.
	Origin string
	// Reach gives address and telephone of the agency as they stand now, for the foot of every page where Site has none; nil
	// gives none.
	Reach func() (address, phone string)
	// TLS says that people reach the portal by https where Origin is empty.
	TLS bool
}

// Portal answers the public.
type Portal struct {
	reader  *public.Reader
	options Options
	face    *web.Face
}

// Install adds the portal to a server, at "/".
func Install(s *web.Server, reader *public.Reader, options Options) (*Portal, error) {
	if options.Clock == nil {
		return nil, fmt.Errorf("portal: a clock is needed")
	}
	engine, err := Engine()
	if err != nil {
		return nil, err
	}
	p := &Portal{reader: reader, options: options}
	p.face = &web.Face{Prefix: "/", Pages: engine, Version: p.version,
		Frame: func(r *http.Request) page.Frame { return p.frame(r, "", "") }}
	if err := s.Install(p.face); err != nil {
		return nil, err
	}
	p.routes()
	return p, nil
}

// routes is the portal's whole list of addresses.
func (p *Portal) routes() {
	f := p.face
	f.Keep("GET /{$}", p.home)
	f.Keep("GET /publications", p.publications)
	f.Handle("GET /publications.xlsx", p.publicationsXLSX)
	f.Handle("GET /publications.csv", p.publicationsCSV)
	f.Keep("GET /p/{id}", p.publication)
	f.Keep("GET /verify", p.verify)
	f.Keep("GET /integrity", p.integrity)
	f.Handle("GET /integrity.xlsx", xlsx(p, checkList(), p.checkRows))
	f.Handle("GET /integrity.csv", csv(p, checkList(), p.checkRows))
	f.Handle("GET /p/{id}/proof", p.proofFile)
	f.Handle("GET /p/{id}/entry", p.entryFile)
	f.Keep("GET /checkpoint/{size}", p.checkpoint)
	f.Handle("GET /log/{agency}/checkpoint", p.logHead)
	f.Handle("GET /log/{agency}/witnessed", p.logWitnessed)
	f.Handle("GET /log/{agency}/policy", p.logPolicy)
	f.Handle("GET /log/{agency}/stamp", p.logStamp)
	f.Handle("GET /log/{agency}/sm3/checkpoint", p.logSeal)
	f.Handle("GET /log/{agency}/tile/{path...}", p.logTile)
	f.Handle("GET /log/{agency}/list/{kind}", p.logList)
	f.Keep("GET /items", p.items)
	f.Handle("GET /items.xlsx", p.itemsXLSX)
	f.Handle("GET /items.csv", p.itemsCSV)
	f.Keep("GET /items/{code}", p.item)
	f.Keep("GET /duties", p.duties)
	f.Handle("GET /duties.xlsx", xlsx(p, dutyList(), p.dutyRows))
	f.Handle("GET /duties.csv", csv(p, dutyList(), p.dutyRows))
	f.Keep("GET /duties/{number}", p.duty)
	f.Keep("GET /rules", p.rules)
	f.Handle("GET /rules.xlsx", xlsx(p, ruleList(), p.ruleRows))
	f.Handle("GET /rules.csv", csv(p, ruleList(), p.ruleRows))
	f.Keep("GET /rules/{id}", p.rule)
	f.Keep("GET /parameters", p.parameters)
	f.Handle("GET /parameters.xlsx", xlsx(p, paramList(), p.paramRows))
	f.Handle("GET /parameters.csv", csv(p, paramList(), p.paramRows))
	f.Keep("GET /officers", p.officers)
	f.Handle("GET /officers.xlsx", xlsx(p, officerList(), p.officerRows))
	f.Handle("GET /officers.csv", csv(p, officerList(), p.officerRows))
	f.Keep("GET /register", p.register)
	f.Handle("GET /register.xlsx", xlsx(p, registerList(), p.registerRows))
	f.Handle("GET /register.csv", csv(p, registerList(), p.registerRows))
	f.Keep("GET /help", p.help)
	f.Keep("GET /about", p.about)
	f.Keep("GET /sitemap", p.siteMap)
	f.Keep("GET /atom.xml", p.atom)
	f.Keep("GET /sitemap.xml", p.sitemapIndex)
	f.Keep("GET /sitemap/{file}", p.sitemapPart)
	f.Keep("GET /robots.txt", p.robots)
}

// version names what a kept page shows: the data, and the day, on which "overdue" depends.
func (p *Portal) version(ctx context.Context) (string, error) {
	n, err := p.reader.Version(ctx)
	if err != nil {
		return "", err
	}
	return strconv.FormatInt(n, 10) + "/" + p.today().String(), nil
}

func (p *Portal) today() workday.Day { return workday.DayOf(p.options.Clock()) }

// frame surrounds a page. section is the address of the main entry that the page belongs to.
func (p *Portal) frame(r *http.Request, title, section string, crumbs ...page.Link) page.Frame {
	f := page.Frame{Title: title, Site: p.options.Site, View: web.ViewOf(r), Path: r.URL.RequestURI(), Crumbs: crumbs, Feed: "/atom.xml"}
	if p.options.Reach != nil {
		address, phone := p.options.Reach()
		f.Site.Address, f.Site.Phone = cmp.Or(f.Site.Address, address), cmp.Or(f.Site.Phone, phone)
	}
	for _, entry := range []page.Link{{Text: "首页", Href: "/"}, {Text: "执法结果", Href: "/publications"}, {Text: "执法事项", Href: "/items"},
		{Text: "执法人员", Href: "/officers"}, {Text: "职责清单", Href: "/duties"}, {Text: "帮助", Href: "/help"}} {
		entry.Here = entry.Href == section
		f.Nav = append(f.Nav, entry)
	}
	f.Meta = []page.Meta{{Name: "SiteName", Content: f.Site.Name}, {Name: "SiteDomain", Content: f.Site.Domain}, {Name: "SiteIDCode", Content: f.Site.IDCode}}
	return f
}

// column adds what a list page says of itself (standards/data/gov-website-meta.csv).
func column(f page.Frame, name, description, keywords, kind string) page.Frame {
	f.Meta = append(f.Meta, page.Meta{Name: "ColumnName", Content: name}, page.Meta{Name: "ColumnDescription", Content: description},
		page.Meta{Name: "ColumnKeywords", Content: keywords}, page.Meta{Name: "ColumnType", Content: kind})
	return f
}

// show makes a page into a reply that is kept.
func (p *Portal) show(name string, data any) (web.Reply, error) {
	body, err := p.face.Pages.Execute(name, data)
	if err != nil {
		return web.Reply{}, err
	}
	return web.Reply{Type: "text/html; charset=utf-8", Body: body}, nil
}

// missing turns the reader's "no such" into the page's.
func missing(err error, what string) error {
	if errors.Is(err, public.ErrNotFound) {
		return refusal.NotFound{What: what}
	}
	return err
}

// agencies lists the agencies that have published, and the one that a page of one agency is about: the one asked for, the
// portal's own, or the first.
func (p *Portal) agencies(r *http.Request) (list []public.Agency, chosen public.Agency, err error) {
	list, err = p.reader.Agencies(r.Context())
	if err != nil {
		return nil, chosen, err
	}
	wanted := r.URL.Query().Get("agency")
	if p.options.Agency != "" {
		wanted = p.options.Agency
	}
	for _, a := range list {
		if a.ID == wanted {
			return list, a, nil
		}
	}
	if p.options.Agency == "" && wanted != "" {
		return nil, chosen, refusal.NotFound{What: "这个执法机关"}
	}
	if len(list) > 0 {
		chosen = list[0]
	}
	if p.options.Agency != "" {
		chosen.ID = p.options.Agency
	}
	return list, chosen, nil
}

// origin is the address of the portal from outside.
func (p *Portal) origin(r *http.Request) string {
	if p.options.Origin != "" {
		return p.options.Origin
	}
	scheme := "http://"
	if p.options.TLS {
		scheme = "https://"
	}
	return scheme + r.Host
}
