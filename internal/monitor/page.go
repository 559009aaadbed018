package monitor

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// page is what a person reads on an HTML page.
type page struct {
	whole string // all text, without blanks
	paper string // the text of the decision, without blanks
	parts []string
	links map[string]bool
}

func readPage(body []byte) (page, error) {
	p := page{links: map[string]bool{}}
	root, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		return p, err
	}
	var whole, paper strings.Builder
	var walk func(n *html.Node, inPaper bool)
	walk = func(n *html.Node, inPaper bool) {
		if n.Type == html.ElementNode {
			if n.Data == "script" || n.Data == "style" {
				return
			}
			for _, a := range n.Attr {
				inPaper = inPaper || a.Key == "class" && slices.Contains(strings.Fields(a.Val), "paper-body")
				if a.Key == "href" {
					p.links[a.Val] = true
				}
			}
		}
		if n.Type == html.TextNode {
			text := squeeze(n.Data)
			whole.WriteString(text)
			if inPaper {
				paper.WriteString(text)
			}
			if text != "" {
				p.parts = append(p.parts, text)
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, inPaper)
		}
	}
	walk(root, false)
	p.whole, p.paper = whole.String(), paper.String()
	return p, nil
}

// holds tells whether one of the fingerprinted lines still stands on a page.
func (p page) holds(prints []string) bool {
	return slices.ContainsFunc(p.parts, func(part string) bool {
		return len([]rune(part)) >= lineLength && slices.Contains(prints, digest(part)[:16])
	})
}

// check holds one publication against the log: what the API says, and what people read.
func (r *run) check(ctx context.Context, id string, p *publication) error {
	status, body, err := r.site.get(ctx, "/api/v1/publications/"+url.PathEscape(id))
	if err != nil {
		return err
	}
	var t text
	if status == http.StatusOK {
		if json.Unmarshal(body, &t) != nil {
			status = http.StatusNotFound
		}
	}
	pageStatus, raw, err := r.site.get(ctx, "/p/"+url.PathEscape(id))
	if err != nil {
		return err
	}
	seen, err := readPage(raw)
	if err != nil {
		return err
	}
	r.report.Checked++
	if status != http.StatusOK || pageStatus != http.StatusOK {
		r.find(Missing, id, "日志中的公示 %s（%s）打不开：接口 %d，页面 %d，日志中没有相应的撤下", id, p.State, status, pageStatus)
		return nil
	}
	if p.shown() {
		r.shown(id, p, t, seen)
		return nil
	}
	return r.gone(ctx, id, p, t, seen)
}

func (r *run) shown(id string, p *publication, t text, seen page) {
	if t.hash() != p.Hash || t.ContentHash != p.Hash || t.State != p.State {
		r.find(Edited, id, "公示 %s 的文本与日志不符：日志 %s，现为 %s（%s）", id, p.Hash, t.hash(), t.State)
		return
	}
	if squeeze(t.Body) != seen.paper {
		r.find(Edited, id, "公示 %s 的页面正文与接口和日志不符", id)
	}
	for _, field := range []string{t.Title, t.Number, t.PartyName, t.Result, t.Basis, t.AgencyName} {
		if !strings.Contains(seen.whole, squeeze(field)) {
			r.find(Edited, id, "公示 %s 的页面上没有“%s”", id, field)
			break
		}
	}
	p.Lines, p.Words = lines(t.Body), words(t.Body, t.AgencyName+"\n"+t.Number+"\n"+t.Title)
}

// gone looks at what is left of a publication that was taken down: the tombstone and nothing of the text, anywhere.
func (r *run) gone(ctx context.Context, id string, p *publication, t text, seen page) error {
	if t.State != p.State {
		r.find(Tombstone, id, "公示 %s 按日志已%s，接口称 %s", id, endName(p.State), t.State)
	}
	if p.State == withdrawn {
		for name, pair := range map[string][2]string{"依据": {t.Ground, p.Says["ground"]}, "文书": {t.Document, p.Says["document"]}, "理由": {t.Reason, p.Says["reason"]},
			"日期": {t.WithdrawnOn, p.Says["withdrawn_on"]}, "现行决定": {t.ReplacedBy, p.Says["replaced_by"]}} {
			if pair[0] != pair[1] {
				r.find(Tombstone, id, "公示 %s 撤下的%s与日志不符：日志“%s”，现为“%s”", id, name, pair[1], pair[0])
			}
		}
		for _, said := range []string{p.Says["reason"], p.Says["document"], t.Number} {
			if !strings.Contains(seen.whole, squeeze(said)) {
				r.find(Tombstone, id, "公示 %s 的撤下说明页上没有“%s”", id, said)
			}
		}
	}
	if t.Body != "" || t.Result != "" || t.PartyName != "" || seen.paper != "" || seen.holds(p.Lines) {
		r.find(StillServed, id, "公示 %s 按日志已%s，正文仍在提供", id, endName(p.State))
	}
	if p.Words == "" {
		return nil
	}
	status, body, err := r.site.get(ctx, "/publications?q="+url.QueryEscape(`"`+p.Words+`"`))
	if err != nil || status != http.StatusOK {
		return err
	}
	if found, err := readPage(body); err == nil && found.links["/p/"+id] {
		r.find(StillServed, id, "公示 %s 按日志已%s，仍能检索到其正文", id, endName(p.State))
	}
	return nil
}

func endName(state string) string {
	if state == withdrawn {
		return "撤下"
	}
	return "公示期满"
}

// elsewhere looks for what was taken down in the feed and the sitemap, each read once.
func (r *run) elsewhere(ctx context.Context) error {
	text, err := r.gather(ctx)
	if err != nil {
		return err
	}
	for id, p := range r.state.Texts {
		if !p.shown() && strings.Contains(text, "/p/"+id+"<") || !p.shown() && strings.Contains(text, "/p/"+id+`"`) {
			r.find(StillServed, id, "公示 %s 按日志已%s，仍在订阅源或者网站地图中", id, endName(p.State))
		}
	}
	return nil
}

// gather is the feed with all parts of the sitemap.
func (r *run) gather(ctx context.Context) (string, error) {
	var all strings.Builder
	for _, path := range []string{"/atom.xml", "/sitemap.xml"} {
		status, body, err := r.site.get(ctx, path)
		if err != nil {
			return "", err
		}
		if status != http.StatusOK {
			continue
		}
		all.Write(body)
		if path == "/atom.xml" {
			continue
		}
		for part := range strings.SplitSeq(string(body), "<loc>") {
			address, _, found := strings.Cut(part, "</loc>")
			u, err := url.Parse(address)
			if !found || err != nil || !strings.HasPrefix(u.Path, "/sitemap/") {
				continue
			}
			if status, body, err = r.site.get(ctx, u.Path); err != nil {
				return "", err
			}
			if status == http.StatusOK {
				all.Write(body)
			}
		}
	}
	return all.String(), nil
}
