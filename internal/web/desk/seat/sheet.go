package seat

import (
	"html/template"
	"strings"
)

// Sheet sets a paper inside a page: its title and its headings go two levels down, because the page has a heading of its
// own. Every text of a paper is escaped already, so what is replaced can only be its own tags.
func Sheet(paper template.HTML) template.HTML {
	return template.HTML(strings.NewReplacer("<h1 ", "<h3 ", "</h1>", "</h3>", "<h2 ", "<h4 ", "</h2>", "</h4>").Replace(string(paper)))
}
