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
	"mingjing/internal/workday"
)

// feedShown is how many publications the feed holds.
const feedShown = 50

// atom is the feed of what was published last. What was withdrawn is not in it (RFC 4287).
func (p *Portal) atom(r *http.Request) (web.Reply, error) {
	list, err := p.reader.FeedLatest(r.Context(), public.Filter{Agency: p.options.Agency}, feedShown)
	if err != nil {
		return web.Reply{}, err
	}
	origin := p.origin(r)
	feed := &feeds.Feed{Title: p.options.Site.Name + "：最新公示", Link: &feeds.Link{Href: origin + "/"}, Id: origin + "/", Author: &feeds.Author{Name: p.options.Site.Agency}}
	for _, x := range list {
		if x.State != public.Published && x.State != public.Corrected {
			continue
		}
		at := updated(x)
		if at.After(feed.Updated) {
			feed.Updated = at
		}
		feed.Items = append(feed.Items, &feeds.Item{Id: origin + "/p/" + x.ID, Title: x.Title, Link: &feeds.Link{Href: origin + "/p/" + x.ID}, Updated: at,
			Description: strings.TrimSpace(x.Number + " " + x.Result)})
	}
	text, err := feed.ToAtom()
	if err != nil {
		return web.Reply{}, fmt.Errorf("portal: atom: %w", err)
	}
	return web.Reply{Type: "application/atom+xml; charset=utf-8", Body: []byte(text)}, nil
}

// updated is when a publication changed last; its day of publication where no instant is kept.
func updated(x public.Publication) time.Time {
	if at, err := time.Parse(time.RFC3339Nano, x.UpdatedAt); err == nil {
		return at
	}
	if day, err := workday.ParseDay(x.PublishedOn); err == nil && !day.IsZero() {
		return day.Start()
	}
	return time.Time{}
}

type sitemapIndex struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
	Parts   []sitemapURL `xml:"sitemap"`
}

type sitemapSet struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Loc     string `xml:"loc"`
	Changed string `xml:"lastmod,omitempty"`
}

// sitemapIndex names the parts of the sitemap.
func (p *Portal) sitemapIndex(r *http.Request) (web.Reply, error) {
	n, err := p.reader.SitemapPages(r.Context())
	if err != nil {
		return web.Reply{}, err
	}
	origin := p.origin(r)
	index := sitemapIndex{Parts: []sitemapURL{{Loc: origin + "/sitemap/pages.xml"}}}
	for i := range n {
		index.Parts = append(index.Parts, sitemapURL{Loc: origin + "/sitemap/" + strconv.Itoa(i) + ".xml"})
	}
	return xmlReply(index)
}

// sitemapPart lists the standing pages, or one stretch of publications that search engines may take.
func (p *Portal) sitemapPart(r *http.Request) (web.Reply, error) {
	name, isXML := strings.CutSuffix(r.PathValue("file"), ".xml")
	if !isXML {
		return web.Reply{}, refusal.NotFound{What: "这个页面"}
	}
	origin := p.origin(r)
	var set sitemapSet
	if name == "pages" {
		for _, path := range []string{"/", "/publications", "/items", "/officers", "/duties", "/register", "/help", "/about"} {
			set.URLs = append(set.URLs, sitemapURL{Loc: origin + path})
		}
		return xmlReply(set)
	}
	n, err := strconv.Atoi(name)
	if err != nil {
		return web.Reply{}, refusal.NotFound{What: "这个页面"}
	}
	entries, err := p.reader.SitemapPage(r.Context(), n)
	if err != nil {
		return web.Reply{}, err
	}
	if len(entries) == 0 {
		return web.Reply{}, refusal.NotFound{What: "这个页面"}
	}
	for _, e := range entries {
		set.URLs = append(set.URLs, sitemapURL{Loc: origin + "/p/" + e.ID, Changed: e.Changed})
	}
	return xmlReply(set)
}

func xmlReply(v any) (web.Reply, error) {
	body, err := xml.Marshal(v)
	if err != nil {
		return web.Reply{}, fmt.Errorf("portal: sitemap: %w", err)
	}
	return web.Reply{Type: "application/xml; charset=utf-8", Body: append([]byte(xml.Header), body...)}, nil
}

// robots tells search engines what to leave alone: the desk, exports and searches. Pages about natural persons say
// noindex themselves (rulebook PU-08).
func (p *Portal) robots(r *http.Request) (web.Reply, error) {
	text := "User-agent: *\nDisallow: /desk/\nDisallow: /view\nDisallow: /*.xlsx\nDisallow: /*.csv\nSitemap: " + p.origin(r) + "/sitemap.xml\n"
	return web.Reply{Type: "text/plain; charset=utf-8", Body: []byte(text)}, nil
}
