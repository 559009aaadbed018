package hostile

import (
	"strings"

	"golang.org/x/net/html"

	"mingjing/internal/demo"
)

// left are the addresses that a walk does not follow: they end the session that walks, or are no page.
func left(path string) bool {
	for _, begin := range []string{"/desk/logout", "/static/", "/view", "/desk/clock"} {
		if strings.HasPrefix(path, begin) {
			return true
		}
	}
	for _, end := range []string{".xlsx", ".csv", "/export", "/print", "/pdf", "/proof", "/leaf"} {
		if before, _, _ := strings.Cut(path, "?"); strings.HasSuffix(before, end) {
			return true
		}
	}
	return false
}

// walk follows the links of the pages, each shape of address so many times, and shows every page that comes.
func (p *person) walk(begin string, each int, show func(a *answer)) {
	p.t.Helper()
	seen, times, queue := map[string]bool{}, map[string]int{}, []string{begin}
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		if path, _, _ = strings.Cut(path, "#"); seen[path] || left(path) || times[shape(path)] >= each*states(path) {
			continue
		}
		seen[path] = true
		times[shape(path)]++
		a := p.get(path)
		if a.root == nil {
			continue
		}
		show(a)
		queue = append(queue, links(a, strings.HasPrefix(begin, "/desk"))...)
	}
}

// states is how many of a kind of thing are looked at for one of another: a case offers something else in each state.
func states(path string) int {
	switch shape(path) {
	case "/desk/cases/{}?", "/desk/reviews/{}?", "/desk/publications/{}?", "/desk/submissions/{}?":
		if full() {
			return 5
		}
	}
	return 1
}

// links are where a page leads inside its own face.
func links(a *answer, desk bool) []string {
	var list []string
	for n := range a.root.Descendants() {
		if n.Type != html.ElementNode || n.Data != "a" {
			continue
		}
		to := attr(n, "href")
		if strings.HasPrefix(to, "?") {
			before, _, _ := strings.Cut(a.at, "?")
			to = before + to
		}
		if strings.HasPrefix(to, "/") && !strings.HasPrefix(to, "//") && strings.HasPrefix(to, "/desk") == desk {
			list = append(list, to)
		}
	}
	return list
}

// logins are the people of the demonstration, in the inner loop those with most forms, and the public at the end.
func logins() []string {
	list := []string{"zhou", "su", "guan"} // who handles cases, who publishes, who administers
	if full() {
		list = nil
		for _, p := range demo.Cast() {
			list = append(list, p.Login)
		}
	}
	return append(list, "")
}

// home is where somebody begins.
func home(login string) string {
	if login == "" {
		return "/"
	}
	return "/desk/"
}

// offered collects every form that the pages of the bureau offer, each kind of form once for whoever is offered it first.
func (b *bureau) offered(people map[string]*person) []form {
	b.t.Helper()
	var list []form
	known, pages, each := map[string]bool{}, 0, 1
	if full() {
		each = 2
	}
	for _, login := range logins() {
		people[login].walk(home(login), each, func(a *answer) {
			pages++
			for _, f := range formsOf(a, login) {
				if !known[f.kind()] && !left(f.action) {
					known[f.kind()] = true
					list = append(list, f)
				}
			}
		})
	}
	stranger := b.person("")
	for _, path := range []string{"/desk/login", "/desk/setup"} {
		for _, f := range formsOf(stranger.get(path), "-") {
			if !known[f.kind()] {
				known[f.kind()] = true
				list = append(list, f)
			}
		}
	}
	people["-"] = stranger
	b.t.Logf("%d pages offer %d kinds of forms", pages, len(list))
	return list
}

func (b *bureau) everybody() map[string]*person {
	people := map[string]*person{}
	for _, login := range logins() {
		people[login] = b.person(login)
	}
	return people
}

// fieldsOf counts the fields of forms by their control.
func fieldsOf(forms []form) map[string]int {
	count := map[string]int{}
	for _, f := range forms {
		for _, x := range f.fields {
			count[x.control]++
		}
	}
	return count
}
