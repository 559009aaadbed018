package portal

import (
	"net/http"

	"mingjing/internal/disclosure/public"
	"mingjing/internal/web"
	"mingjing/internal/web/page"
)

// plainPage is a page of text alone.
type plainPage struct {
	page.Frame
	Agency public.Agency
}

// help tells how to read, search, appeal, complain and correct.
func (p *Portal) help(r *http.Request) (web.Reply, error) {
	return p.show("help", plainPage{Frame: p.frame(r, "使用帮助", "/help", page.Link{Text: "使用帮助"})})
}

// about says who runs the site and why it can be believed.
func (p *Portal) about(r *http.Request) (web.Reply, error) {
	_, agency, err := p.agencies(r)
	if err != nil {
		return web.Reply{}, err
	}
	return p.show("about", plainPage{Frame: p.frame(r, "关于本站", "", page.Link{Text: "关于本站"}), Agency: agency})
}

// siteMap is the list of pages for people.
func (p *Portal) siteMap(r *http.Request) (web.Reply, error) {
	return p.show("sitemap", plainPage{Frame: p.frame(r, "网站地图", "", page.Link{Text: "网站地图"})})
}
