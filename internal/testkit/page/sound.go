package page

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"
)

// Faults lists what is wrong with a page that people read: what a strict content policy would refuse to run, what a
// screen reader would stumble over. A sound page has none.
func (p *Page) Faults() []string {
	var faults []string
	say := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	if p.Attr("html", "lang") != "zh-CN" {
		say("the page does not say that it is Chinese")
	}
	if p.Text("title") == "" {
		say("the page has no title")
	}
	for _, one := range []string{"h1", "main"} {
		if n := p.Count(one); n != 1 {
			say("%d %s, want one", n, one)
		}
	}
	for id, n := range p.IDs() {
		if n > 1 || id == "" || strings.ContainsAny(id, " \t") {
			say("id %q occurs %d times", id, n)
		}
	}
	ids := p.IDs()
	p.each(func(n *html.Node) {
		p.inline(n, say)
		p.named(n, ids, say)
	})
	return append(faults, p.headings()...)
}

// inline finds what the content policy forbids.
func (p *Page) inline(n *html.Node, say func(string, ...any)) {
	for _, a := range n.Attr {
		if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
			say("<%s> has an inline %s", n.Data, a.Key)
		}
		if (a.Key == "href" || a.Key == "src" || a.Key == "action") && strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:") {
			say("<%s> leads to a script", n.Data)
		}
	}
	if _, outside := attr(n, "src"); n.Data == "script" && !outside {
		say("a script stands in the page")
	}
	if n.Data == "style" {
		say("a style sheet stands in the page")
	}
}

// named finds what has no name for those who do not see it, and references to nothing.
func (p *Page) named(n *html.Node, ids map[string]int, say func(string, ...any)) {
	for _, key := range []string{"for", "aria-labelledby", "aria-describedby", "list"} {
		value, _ := attr(n, key)
		for _, id := range strings.Fields(value) {
			if ids[id] == 0 {
				say("<%s %s> names %q, which is not there", n.Data, key, id)
			}
		}
	}
	switch n.Data {
	case "input", "select", "textarea":
		kind, _ := attr(n, "type")
		if kind != "hidden" && kind != "submit" && !p.labelled(n) {
			name, _ := attr(n, "name")
			say("the field %q has no label", name)
		}
	case "a", "button":
		if label, ok := attr(n, "aria-label"); textOf(n) == "" && (!ok || label == "") {
			say("<%s> without a text", n.Data)
		}
	case "img":
		if _, ok := attr(n, "alt"); !ok {
			say("a picture has no text in its place")
		}
	}
}

func (p *Page) labelled(n *html.Node) bool {
	for _, key := range []string{"aria-label", "aria-labelledby"} {
		if value, ok := attr(n, key); ok && value != "" {
			return true
		}
	}
	for up := n.Parent; up != nil; up = up.Parent {
		if up.Data == "label" {
			return true
		}
	}
	id, ok := attr(n, "id")
	return ok && p.Has(`label[for=`+id+`]`)
}

// headings may go down one level at a time only.
func (p *Page) headings() []string {
	var faults []string
	level := 0
	p.each(func(n *html.Node) {
		if len(n.Data) != 2 || n.Data[0] != 'h' || n.Data[1] < '1' || n.Data[1] > '6' {
			return
		}
		next := int(n.Data[1] - '0')
		if level > 0 && next > level+1 {
			faults = append(faults, fmt.Sprintf("heading %q jumps from level %d to %d", textOf(n), level, next))
		}
		level = next
	})
	return faults
}
