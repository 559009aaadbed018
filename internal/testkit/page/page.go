package page

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Page is a parsed page.
type Page struct{ root *html.Node }

// Parse reads a page; the parser of browsers never refuses, so neither does this.
func Parse(t testing.TB, body string) *Page {
	t.Helper()
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatalf("parse the page: %v", err)
	}
	return &Page{root}
}

// Has tells whether something fits a selector: tag, .class, #id and [attribute] or [attribute=value] together, blanks
// for "somewhere inside".
func (p *Page) Has(selector string) bool { return len(p.find(selector)) > 0 }

// Count is how many things fit.
func (p *Page) Count(selector string) int { return len(p.find(selector)) }

// Text is the text of the first thing that fits, its white space run together.
func (p *Page) Text(selector string) string {
	if found := p.find(selector); len(found) > 0 {
		return textOf(found[0])
	}
	return ""
}

// Attr is an attribute of the first thing that fits.
func (p *Page) Attr(selector, name string) string {
	if found := p.find(selector); len(found) > 0 {
		value, _ := attr(found[0], name)
		return value
	}
	return ""
}

// Links are the addresses that the page leads to or loads, each once.
func (p *Page) Links() []string {
	var links []string
	seen := map[string]bool{}
	p.each(func(n *html.Node) {
		for _, name := range []string{"href", "src", "action"} {
			if value, ok := attr(n, name); ok && value != "" && !seen[value] {
				seen[value] = true
				links = append(links, value)
			}
		}
	})
	return links
}

// IDs are the ids on the page.
func (p *Page) IDs() map[string]int {
	ids := map[string]int{}
	p.each(func(n *html.Node) {
		if id, ok := attr(n, "id"); ok {
			ids[id]++
		}
	})
	return ids
}

func (p *Page) each(visit func(*html.Node)) {
	for n := range p.root.Descendants() {
		if n.Type == html.ElementNode {
			visit(n)
		}
	}
}

func (p *Page) find(selector string) []*html.Node {
	parts := strings.Fields(selector)
	var found []*html.Node
	p.each(func(n *html.Node) {
		if fitsPath(n, parts) {
			found = append(found, n)
		}
	})
	return found
}

// fitsPath compares the last part with the node and the rest with its ancestors.
func fitsPath(n *html.Node, parts []string) bool {
	if len(parts) == 0 || !fits(n, parts[len(parts)-1]) {
		return false
	}
	rest := parts[:len(parts)-1]
	for up := n.Parent; up != nil && len(rest) > 0; up = up.Parent {
		if up.Type == html.ElementNode && fits(up, rest[len(rest)-1]) {
			rest = rest[:len(rest)-1]
		}
	}
	return len(rest) == 0
}

func fits(n *html.Node, part string) bool {
	for part != "" {
		end := strings.IndexAny(part[1:], ".#[") + 1
		if end == 0 {
			end = len(part)
		}
		if part[0] == '[' {
			end = strings.IndexByte(part, ']') + 1
		}
		if end <= 0 || !fitsOne(n, part[:end]) {
			return false
		}
		part = part[end:]
	}
	return true
}

func fitsOne(n *html.Node, one string) bool {
	switch one[0] {
	case '.':
		class, _ := attr(n, "class")
		return strings.Contains(" "+strings.Join(strings.Fields(class), " ")+" ", " "+one[1:]+" ")
	case '#':
		id, ok := attr(n, "id")
		return ok && id == one[1:]
	case '[':
		name, value, valued := strings.Cut(strings.Trim(one, "[]"), "=")
		got, ok := attr(n, name)
		return ok && (!valued || got == strings.Trim(value, `"`))
	}
	return n.Data == one
}

func attr(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
