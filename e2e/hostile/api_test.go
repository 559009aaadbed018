package hostile

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"unicode"
)

// operation is an address of the API with the parameters that its own description names.
type operation struct {
	path   string
	query  []string
	inPath []string
}

// operations reads the description that the API gives of itself.
func (b *bureau) operations(p *person) []operation {
	b.t.Helper()
	var described struct {
		Paths map[string]map[string]struct {
			Parameters []struct{ Name, In string }
		}
	}
	if err := json.Unmarshal([]byte(p.get("/api/openapi.json").body), &described); err != nil {
		b.t.Fatal(err)
	}
	var list []operation
	for path, methods := range described.Paths {
		o := operation{path: path}
		for _, x := range methods["get"].Parameters {
			if x.In == "query" {
				o.query = append(o.query, x.Name)
			} else {
				o.inPath = append(o.inPath, x.Name)
			}
		}
		list = append(list, o)
	}
	if len(list) < 5 {
		b.t.Fatalf("the API describes %d operations", len(list))
	}
	return list
}

// inAddress writes a text into one part of a path, as a client must: dots alone would lead elsewhere.
func inAddress(text string) string {
	return strings.ReplaceAll(url.PathEscape(text), ".", "%2E")
}

// problems hold an answer of the API to its promise: JSON, and for what is not answered a problem in Chinese.
func problems(t *testing.T, path string, a *answer) (refused bool) {
	t.Helper()
	kind := a.head.Get("Content-Type")
	switch {
	case a.status == 200 || a.status >= 300 && a.status < 400:
		if !json.Valid([]byte(a.body)) {
			t.Errorf("%.200q answers what is no JSON: %.200q", path, a.body)
		}
		return false
	case a.status >= 500: // reported where it came in
		return true
	}
	var told struct {
		Title, Detail string
		Status        int
	}
	if err := json.Unmarshal([]byte(a.body), &told); err != nil || !strings.HasPrefix(kind, "application/problem+json") || told.Status != a.status {
		t.Errorf("%.200q answers %d as %s: %.200q", path, a.status, kind, a.body)
	}
	for _, said := range []string{told.Title, told.Detail} {
		if !strings.ContainsFunc(said, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("%.200q answers %d without Chinese words: %.300q", path, a.status, a.body)
		}
	}
	if len(a.body) > 16<<10 {
		t.Errorf("%.200q: the problem has %d bytes", path, len(a.body))
	}
	return true
}

func TestTheAPIAnswersWhateverIsAskedWithJSONOrAProblemInChinese(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		p := b.person("")
		texts := append(stride(corpus(t), 23), "-1", "0", "99999999999999999999", "1e9", "0x10", "９", "9~200", "9~-5", "~", "%00", strings.Repeat("9", 4000), strings.Repeat("长", 2000))
		asked, refused := 0, 0
		for i, o := range b.operations(p) {
			for j, text := range texts {
				if full() && (i+j)%5 != 0 || !full() && (i+j)%9 != 0 {
					continue
				}
				path := o.path
				for _, name := range o.inPath {
					path = strings.ReplaceAll(path, "{"+name+"}", inAddress(text))
				}
				query := url.Values{}
				if len(o.query) > 0 { // one at a time, and now and then all of them
					query.Set(o.query[j%len(o.query)], text)
				}
				if j%7 == 0 {
					for _, name := range o.query {
						query.Set(name, text)
					}
				}
				if len(query) > 0 {
					path += "?" + query.Encode()
				}
				if len(path) > 30<<10 || strings.Contains(path, "//") {
					continue // more than the server reads of a head; a path that is cleaned before it is looked at
				}
				asked++
				if problems(t, path, p.get(path)) {
					refused++
				}
			}
		}
		for _, path := range []string{"/api/v1/publications?limit=201", "/api/v1/publications?limit=0", "/api/v1/publications?limit=-1", "/api/v1/publications?year=99999", "/api/v1/none", "/api/", "/api/v1/publications?%zz=1&q=%zz", "/api/v1/publications/%00", "/api/v1/items/%ff"} {
			asked++
			if problems(t, path, p.get(path)) {
				refused++
			}
		}
		t.Logf("%d questions, %d refused", asked, refused)
	})
}

// TestEveryAddressTakesAnyPartAndAnyQuery walks the table of routes with hostile parts of paths and hostile queries.
func TestEveryAddressTakesAnyPartAndAnyQuery(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		people := []*person{b.person("zhou"), b.person("guan"), b.person("")}
		texts := append([]string{"%00", "\x00", "\xff", "a\x00b", "..", "../../etc/passwd", "\u202e", "'", "\"", "9223372036854775808", "-1", strings.Repeat("长", 1000)}, stride(corpus(t), 197)...)
		names := []string{"q", "after", "sort", "state", "class", "kind", "party", "agency", "year", "item", "room", "unit", "valid", "role", "account", "draft", "check", "mark", "back", "log", "unread", "scope", "prefix", "view", "size", "to"}
		asked := 0
		for i, route := range b.server.Routes() {
			method, path, _ := strings.Cut(route, " ")
			if method != "GET" || strings.HasPrefix(path, "/static") {
				continue
			}
			for j, text := range texts {
				if full() && j >= 12 && (i+j)%61 != 0 || !full() && j >= 3 && (i+j)%11 != 0 || strings.HasSuffix(path, ".xlsx") && j%4 != 0 {
					continue
				}
				query := url.Values{names[(i+j)%len(names)]: {text}, "q": {text}, "after": {text}, "kind": {text}, "party": {text}}
				at := fill(path, text) + "?" + query.Encode()
				if len(at) > 30<<10 {
					continue
				}
				asked++
				people[(i+j)%len(people)].get(at)
				if j < 3 {
					people[0].get(at)
				}
			}
		}
		t.Logf("%d questions to %d routes", asked, len(b.server.Routes()))
	})
}

// fill puts a text into the open parts of a pattern.
func fill(pattern, text string) string {
	var b strings.Builder
	for pattern != "" {
		before, rest, open := strings.Cut(pattern, "{")
		b.WriteString(before)
		if !open {
			break
		}
		name, after, _ := strings.Cut(rest, "}")
		if name != "$" {
			b.WriteString(inAddress(text))
		}
		pattern = after
	}
	return b.String()
}

// row is a publication as the API lists it.
type row struct{ ID, Title, Number string }

// published are the imported decisions that are public, the newest first.
func (b *bureau) published() []row {
	b.t.Helper()
	var list []row
	p := b.person("")
	for after := ""; ; {
		var page struct {
			Publications []row
			Next         string
		}
		if err := json.Unmarshal([]byte(p.get("/api/v1/publications?limit=200&after="+after).body), &page); err != nil {
			b.t.Fatal(err)
		}
		for _, r := range page.Publications {
			if strings.HasPrefix(r.Number, "示民罚决字〔2024〕") {
				list = append(list, r)
			}
		}
		if after = page.Next; after == "" || len(list) > 2500 {
			return list
		}
	}
}

// TestAPublishedTextIsReadAsItCame: what was imported stands in the API and on the page byte for byte, but for what redaction hid.
func TestAPublishedTextIsReadAsItCame(t *testing.T) {
	one(t, func(t *testing.T, b *bureau) {
		var texts []string
		for _, text := range stride(corpus(t), 31) {
			if sayable(text) && len(text) < 200 && !strings.ContainsAny(text, "\r\n") {
				texts = append(texts, "题"+text+"尾")
			}
		}
		b.imported(texts)
		came := map[string]bool{}
		for _, text := range texts {
			came[text], came[strings.Join(strings.Fields(text), " ")] = true, true // a title is one line (disclosure.Imported.Tidy)
		}
		public := b.person("")
		same, hidden := 0, 0
		for _, r := range b.published() {
			if !strings.HasPrefix(r.Title, "题") {
				continue
			}
			if a := public.get("/p/" + r.ID); a.status != 200 || !strings.Contains(a.text(), r.Title) {
				t.Errorf("the page of %q (%d) does not show its title as the API does", r.Title, a.status)
			}
			if came[r.Title] {
				same++
			} else if hidden++; !strings.ContainsAny(r.Title, "某＊*×") {
				t.Errorf("no imported text is %q, and nothing of it was hidden", r.Title)
			}
		}
		if same < len(texts)*3/4 {
			t.Errorf("only %d of %d texts are read as they came", same, len(texts))
		}
		t.Logf("%d texts: %d read as they came, %d with something hidden", len(texts), same, hidden)
	})
}
