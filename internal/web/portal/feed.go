package portal

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/gorilla/feeds"

	"mingjing/internal/disclosure/public"
	"mingjing/internal/refusal"
	"mingjing/internal/web"
)

// feedLength is how many publications the feed holds.
const feedLength = 50

// atom is the feed of the newest publications. A withdrawn one is not in it any more, and what is kept from search
// engines brings no text.
func (p *Portal) atom(r *http.Request) (web.Reply, error) {
	list, err := p.reader.FeedLatest(r.Context(), public.Filter{Agency: p.options.Agency}, feedLength)
	if err != nil {
		return web.Reply{}, err
	}
	origin := p.origin(r)
	feed := &feeds.Feed{Title: p.options.Site.Name, Id: origin + "/atom.xml", Link: &feeds.Link{Href: origin + "/"},
		Author: &feeds.Author{Name: p.options.Site.Agency}}
	for _, found := range list {
		at := instantOf(found)
		if feed.Updated.IsZero() || at.After(feed.Updated) {
			feed.Updated = at
		}
		if found.State == public.Withdrawn || found.State == public.Expired {
			continue
		}
		link := origin + "/p/" + found.ID
		item := &feeds.Item{Title: xmlText(found.Title), Id: link, Link: &feeds.Link{Href: link}, Updated: at,
			Author: &feeds.Author{Name: xmlText(found.AgencyName)}, Description: xmlText(summary(found))}
		feed.Items = append(feed.Items, item)
	}
	if feed.Updated.IsZero() {
		feed.Updated = p.today().Start()
	}
	text, err := feed.ToAtom()
	if err != nil {
		return web.Reply{}, fmt.Errorf("portal: feed: %w", err)
	}
	return web.Reply{Type: "application/atom+xml; charset=utf-8", Body: []byte(text)}, nil
}

// summary is one line of plain text about a publication.
func summary(found public.Publication) string {
	parts := []string{className(found.Class)}
	for _, text := range []string{found.Number, found.PartyName, found.Result} {
		if text != "" && !(found.NoIndex && text == found.Result) {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, "　")
}

func instantOf(found public.Publication) time.Time {
	if at, err := time.Parse(time.RFC3339Nano, found.UpdatedAt); err == nil {
		return at.UTC()
	}
	if at, err := time.Parse(time.DateOnly, found.PublishedOn); err == nil {
		return at.UTC()
	}
	return time.Time{}
}

// xmlText drops what XML cannot hold.
func xmlText(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
}

const sitemapSpace = "http://www.sitemaps.org/schemas/sitemap/0.9"

type sitemapIndexXML struct {
	XMLName xml.Name     `xml:"sitemapindex"`
	Space   string       `xml:"xmlns,attr"`
	Maps    []addressXML `xml:"sitemap"`
}

type sitemapXML struct {
	XMLName xml.Name     `xml:"urlset"`
	Space   string       `xml:"xmlns,attr"`
	URLs    []addressXML `xml:"url"`
}

type addressXML struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

// sitemapIndex names the parts: 0.xml holds the sections, the items and the duties, the rest the publications.
func (p *Portal) sitemapIndex(r *http.Request) (web.Reply, error) {
	n, err := p.reader.SitemapPages(r.Context())
	if err != nil {
		return web.Reply{}, err
	}
	index := sitemapIndexXML{Space: sitemapSpace}
	for i := range n + 1 {
		index.Maps = append(index.Maps, addressXML{Loc: p.origin(r) + "/sitemap/" + strconv.Itoa(i) + ".xml"})
	}
	return xmlReply(index)
}

func (p *Portal) sitemapPart(r *http.Request) (web.Reply, error) {
	name, isXML := strings.CutSuffix(r.PathValue("file"), ".xml")
	n, err := strconv.Atoi(name)
	if !isXML || err != nil || n < 0 {
		return web.Reply{}, refusal.NotFound{What: "这一页网站地图"}
	}
	set := sitemapXML{Space: sitemapSpace}
	origin := p.origin(r)
	if n == 0 {
		err = p.sections(r, &set)
	} else {
		var list []public.SitemapEntry
		list, err = p.reader.SitemapPage(r.Context(), n-1)
		for _, e := range list {
			set.URLs = append(set.URLs, addressXML{Loc: origin + "/p/" + e.ID, LastMod: e.Changed})
		}
		if err == nil && len(list) == 0 {
			err = refusal.NotFound{What: "这一页网站地图"}
		}
	}
	if err != nil {
		return web.Reply{}, err
	}
	return xmlReply(set)
}

func (p *Portal) sections(r *http.Request, set *sitemapXML) error {
	origin := p.origin(r)
	for _, path := range []string{"/", "/publications", "/items", "/officers", "/duties", "/register", "/help", "/about"} {
		set.URLs = append(set.URLs, addressXML{Loc: origin + path})
	}
	items, err := p.reader.Items(r.Context(), p.options.Agency)
	if err != nil {
		return err
	}
	for _, i := range items {
		set.URLs = append(set.URLs, addressXML{Loc: origin + itemHref(i)})
	}
	lights, err := p.lights(r)
	if err != nil {
		return err
	}
	for _, l := range lights {
		set.URLs = append(set.URLs, addressXML{Loc: origin + l.Href})
	}
	return nil
}

func xmlReply(value any) (web.Reply, error) {
	body, err := xml.MarshalIndent(value, "", " ")
	if err != nil {
		return web.Reply{}, fmt.Errorf("portal: sitemap: %w", err)
	}
	return web.Reply{Type: "application/xml; charset=utf-8", Body: append([]byte(xml.Header), body...)}, nil
}

// robots keeps search engines to the pages; natural persons are kept out page by page (PU-08).
func (p *Portal) robots(r *http.Request) (web.Reply, error) {
	text := "User-agent: *\nDisallow: /desk/\nDisallow: /api/\nDisallow: /view\nDisallow: /*.xlsx\nDisallow: /*.csv\n" +
		"Disallow: /publications?*q=\n\nSitemap: " + p.origin(r) + "/sitemap.xml\n"
	if p.options.Site.Demo {
		// Invented people and cases have no place in a search engine.
		text = "User-agent: *\nDisallow: /\n"
	}
	return web.Reply{Type: "text/plain; charset=utf-8", Body: []byte(text)}, nil
}
