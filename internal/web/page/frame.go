package page

import "strings"

// Frame is what surrounds the content of every page.
type Frame struct {
	Title   string // of the page, without the site's name
	Site    Site
	View    View
	Path    string // path and query of this page, for the links that come back to it
	Crumbs  []Link // 当前位置, the front page left out; the last is this page
	Nav     []Link // the main entries; Here marks where the reader is
	Meta    []Meta
	NoIndex bool
	Feed    string // address of an Atom feed of this page

	// The desk only.
	Person Person
	Rail   []Room
	Inbox  int
	Notice string // what has just been done, after a redirect
	Clock  string // the day as the program sees it, where it can be moved
	Alarm  string // what keeps the whole program from working, and what to do
}

// Site is what every page says of who runs it (国办发〔2017〕47号附件: 网站底部功能区; standards/data/gov-website-meta.csv).
type Site struct {
	Name     string // 四平市民政局行政执法公示平台
	Agency   string // 主办单位
	Domain   string // host name, as SiteDomain
	IDCode   string // 网站标识码, ten characters
	ICP      string // ICP备案号
	Police   string // 公安备案号
	Address  string
	Phone    string
	Mistakes string // 我为政府网站找错: address of the national form
	Demo     bool
	Notice   string // stands on every page: what is wrong with the store, for one
}

// View is how a reader wants to see the pages.
type View struct{ Large, Contrast bool }

// Key is the view as its cookie holds it.
func (v View) Key() string {
	var parts []string
	if v.Large {
		parts = append(parts, "large")
	}
	if v.Contrast {
		parts = append(parts, "contrast")
	}
	return strings.Join(parts, "+")
}

// Class is the view as the style sheets read it.
func (v View) Class() string {
	class := ""
	if v.Large {
		class += " view-large"
	}
	if v.Contrast {
		class += " view-contrast"
	}
	return strings.TrimSpace(class)
}

// Link is a text that leads somewhere. Here marks the page or section that is open.
type Link struct {
	Text, Href string
	Here       bool
	Count      int // shown beside the text where it is not zero
}

// Meta is one named line of a page's head.
type Meta struct{ Name, Content string }

// Person is who works at the desk; ActsFor is the colleague on leave (AB角).
type Person struct {
	Name, Unit, Roles, ActsFor string
}

// Room is a group of the desk's rail: its duties and its entries.
type Room struct {
	Title  string
	Duties string // such as 2、10、11
	Links  []Link
}

// Problem is the page that shows an error.
type Problem struct {
	Frame
	Status   int
	Text     string
	Next     string // what to do now
	Findings []Finding
	Fields   []string
	Request  string // the number under which the log has it; only for faults
}

// Heading is the title of the page and of the browser's window.
func (f Frame) Heading() string {
	if f.Title == "" || f.Title == f.Site.Name {
		return f.Site.Name
	}
	return f.Title + " - " + f.Site.Name
}
