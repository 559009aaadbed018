package desk_test

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"mingjing/internal/access"
)

// drawn are the tables that are no lists of records, by the route of their page, each with why nobody takes them out.
func drawn() map[string]string {
	return map[string]string{
		"GET /desk/account": "one's own sessions, each with the button that ends it",
		"GET /desk/duties":  "the board; its list is a page of its own, /desk/duties/list",
	}
}

// listing tells whether an element of a page is a list of records: a table that is no paper and no form.
func listing(n *html.Node) bool {
	if n.Data == "ul" {
		return attr(n, "class") == "pile-list" || attr(n, "class") == "message-list"
	}
	if n.Data != "table" || find(n, func(n *html.Node) bool { return n.Data == "td" || n.Data == "th" }) == nil {
		return false
	}
	for up := n.Parent; up != nil; up = up.Parent {
		if class := " " + attr(up, "class") + " "; strings.Contains(class, " paper") || strings.Contains(class, " sheet") || up.Data == "form" {
			return false
		}
	}
	return !strings.Contains(attr(n, "class"), "bars")
}

// Every list of the desk can be taken out as a file for Excel: each page with a list of records leads to one, which opens.
func TestEveryListOfTheDeskCanBeTakenOutForExcel(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		x := b.border(t)
		var seats []*browser
		for _, who := range []access.Actor{b.Handler, b.UnitHead, b.Reviewer, b.Approver, b.Publisher, b.Checker, b.Archivist, b.Administrator, b.auditor()} {
			seats = append(seats, b.seat(t, who))
		}
		lists, needless := map[string]bool{}, drawn()
		for _, route := range slices.Sorted(maps.Keys(table(t))) {
			method, path, _ := strings.Cut(route, " ")
			if method != http.MethodGet || strings.HasSuffix(path, ".xlsx") || strings.HasSuffix(path, ".csv") || strings.HasSuffix(path, "/export") || strings.HasSuffix(path, "/pdf") {
				continue
			}
			address := x.address(path)
			if path == "/desk/search" {
				address += "?q=%E4%BA%91%E5%B1%B1"
			}
			for _, br := range seats {
				a := br.get(address)
				if a.status != http.StatusOK || find(a.root, listing) == nil {
					continue
				}
				lists[route] = true
				file := find(a.root, func(n *html.Node) bool { return n.Data == "a" && strings.Contains(attr(n, "href"), ".xlsx") })
				if drawn()[route] != "" {
					delete(needless, route)
					break
				}
				if file == nil {
					t.Errorf("%s shows %s a list that cannot be taken out for Excel", route, br.login)
					break
				}
				if got := br.get(attr(file, "href")); got.status != http.StatusOK || !strings.HasPrefix(got.body, "PK") {
					t.Errorf("%s leads %s to %s, which is no file for Excel (%d)", route, br.login, attr(file, "href"), got.status)
				}
				break
			}
		}
		if len(lists) < 35 {
			t.Errorf("only %d pages with lists were seen: %v", len(lists), slices.Sorted(maps.Keys(lists)))
		}
		for route, reason := range needless {
			t.Errorf("%s shows no list (%s)", route, reason)
		}
	})
}
