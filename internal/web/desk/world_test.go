package desk_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"mingjing/internal/access"
	"mingjing/internal/casefile/book"
	"mingjing/internal/db"
	"mingjing/internal/flow"
	"mingjing/internal/form"
	"mingjing/internal/form/entry"
	"mingjing/internal/house"
	"mingjing/internal/testkit"
	"mingjing/internal/testkit/world"
	"mingjing/internal/web"
	"mingjing/internal/web/desk"
	"mingjing/internal/web/page"
	"mingjing/packs"
)

const password = "云山-2026-desk"

// bureau is a world in a house whose desk is served.
type bureau struct {
	*world.World
	house  *house.House
	server *httptest.Server
	routes []string // the patterns that the desk has
}

// bureaus runs the body on a fresh bureau on each engine at hand.
func bureaus(t *testing.T, body func(t *testing.T, b *bureau)) {
	t.Helper()
	testkit.Addresses(t, func(t *testing.T, address string) { body(t, open(t, address)) })
}

// open founds a bureau on an empty store and serves its desk.
func open(t *testing.T, address string) *bureau { return openOn(t, address, "") }

// openOn is open on a disk of the test's own.
func openOn(t *testing.T, address, disk string) *bureau {
	t.Helper()
	clock := testkit.NewClock(t, world.Begins)
	folder := t.TempDir()
	h, err := house.Open(context.Background(), house.Options{Passwords: testkit.Passwords(), Store: address, Disk: disk, Folder: folder,
		Packs: []string{"national", "jilin", "siping-civil-affairs"}, Files: packs.FS, Clock: clock.Now, Demo: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	b := &bureau{World: world.New(t, h.DB, clock), house: h}
	b.Cases = h.Cases
	server, err := web.New(web.Options{Clock: clock.Now, Log: slog.New(slog.NewTextHandler(testLog{t}, nil)), Rate: web.Rate{PerSecond: -1}})
	if err != nil {
		t.Fatal(err)
	}
	if err := desk.Install(server, h, desk.Options{Site: page.Site{Agency: h.Agency.Name, Demo: true},
		Move: func(by time.Duration) error { clock.Set(clock.Now().Add(by)); return nil }}); err != nil {
		t.Fatal(err)
	}
	b.routes = server.Routes()
	b.server = httptest.NewServer(server)
	t.Cleanup(b.server.Close)
	return b
}

type testLog struct{ t *testing.T }

func (l testLog) Write(p []byte) (int, error) {
	if strings.Contains(string(p), "level=ERROR") || strings.Contains(string(p), "level=WARN") {
		l.t.Log(strings.TrimSpace(string(p)))
	}
	return len(p), nil
}

// browser is somebody who has signed in.
type browser struct {
	t      *testing.T
	base   string
	client *http.Client
	login  string
}

func (b *bureau) stranger(t *testing.T) *browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &browser{t: t, base: b.server.URL, client: &http.Client{Jar: jar}}
}

// seat signs somebody in through the pages: the setup code sets the password, the sign-in page takes it.
func (b *bureau) seat(t *testing.T, who access.Actor) *browser {
	t.Helper()
	var code, login string
	err := b.house.DB.Write(context.Background(), who.Agency, func(tx *db.Tx) (err error) {
		a, err := access.Get(tx, who.Account)
		if err != nil {
			return err
		}
		login = a.Login
		code, _, err = access.IssueSetupCode(tx, access.Founding(who.Agency), who.Account)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	br := b.stranger(t)
	br.post("/desk/setup", url.Values{"code": {code}, "password": {password}, "repeat": {password}}).ok()
	br.login = login
	br.signIn()
	return br
}

// signIn signs in again: a session ends after half an hour, and the clock of a test moves by days.
func (b *browser) signIn() {
	b.t.Helper()
	p := b.post("/desk/login", url.Values{"login": {b.login}, "password": {password}})
	p.ok()
	if !strings.Contains(p.text, "我的工作台") {
		b.t.Fatalf("%s did not get to the first page:\n%s", b.login, p.text)
	}
}

// answer is a page as it came.
type answer struct {
	t      *testing.T
	status int
	url    string
	body   string
	text   string
	head   http.Header
	root   *html.Node
}

func (b *browser) get(path string) *answer {
	b.t.Helper()
	r, err := b.client.Get(b.base + path)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.read(r)
}

func (b *browser) post(path string, form url.Values) *answer {
	b.t.Helper()
	r, err := b.client.PostForm(b.base+path, form)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.read(r)
}

func (b *browser) read(r *http.Response) *answer {
	b.t.Helper()
	defer r.Body.Close()
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	a := &answer{t: b.t, status: r.StatusCode, url: r.Request.URL.RequestURI(), body: string(raw), head: r.Header}
	if !strings.Contains(r.Header.Get("Content-Type"), "html") {
		a.text, a.root = a.body, &html.Node{Type: html.DocumentNode}
		return a
	}
	if a.root, err = html.Parse(strings.NewReader(a.body)); err != nil {
		b.t.Fatal(err)
	}
	a.text = textOf(a.root)
	return a
}

func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	if n.Type == html.ElementNode && (n.Data == "script" || n.Data == "style") {
		return ""
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(textOf(c))
	}
	return b.String()
}

// ok fails the test unless the page is one.
func (a *answer) ok() *answer {
	a.t.Helper()
	if a.status != http.StatusOK || strings.Contains(a.url, "/desk/login?back=") {
		a.t.Fatalf("%s answered %d:\n%s", a.url, a.status, squeeze(a.main()))
	}
	return a
}

func (a *answer) refused() *answer {
	a.t.Helper()
	if a.status != http.StatusUnprocessableEntity {
		a.t.Fatalf("%s answered %d, not a refusal:\n%s", a.url, a.status, squeeze(a.main()))
	}
	return a
}

func (a *answer) says(texts ...string) *answer {
	a.t.Helper()
	for _, text := range texts {
		if !strings.Contains(a.text, text) && !strings.Contains(a.body, html.EscapeString(text)) {
			a.t.Fatalf("%s does not say %q:\n%s", a.url, text, squeeze(a.main()))
		}
	}
	return a
}

// main is the text of the page's own part.
func (a *answer) main() string {
	if n := find(a.root, func(n *html.Node) bool { return n.Data == "main" }); n != nil {
		return textOf(n)
	}
	return a.text
}

func squeeze(text string) string { return strings.Join(strings.Fields(text), " ") }

func find(n *html.Node, is func(*html.Node) bool) *html.Node {
	if n.Type == html.ElementNode && is(n) {
		return n
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if found := find(c, is); found != nil {
			return found
		}
	}
	return nil
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// value is what stands in the field of that name.
func (a *answer) value(name string) string {
	n := find(a.root, func(n *html.Node) bool {
		return (n.Data == "input" || n.Data == "textarea") && attr(n, "name") == name && attr(n, "type") != "hidden"
	})
	if n == nil {
		n = find(a.root, func(n *html.Node) bool { return n.Data == "input" && attr(n, "name") == name })
	}
	if n == nil {
		return ""
	}
	if n.Data == "textarea" {
		return strings.TrimPrefix(textOf(n), "\n")
	}
	return attr(n, "value")
}

// typed is a paper as a page posts it.
func typed(k *form.Kind, v form.Values) url.Values {
	out := url.Values{}
	for _, f := range k.Fields {
		typeField(out, f, v[f.Name], f.Name)
	}
	return out
}

func typeField(out url.Values, f form.Field, value any, name string) {
	t := entry.Of(f)
	switch t.Shape {
	case entry.Many:
		out[name] = entry.Texts(value)
	case entry.Record:
		row, _ := value.(map[string]any)
		typeRow(out, t.Parts(f), row, name)
	case entry.List:
		rows, _ := value.([]any)
		for i, item := range rows {
			row, _ := item.(map[string]any)
			typeRow(out, t.Parts(f), row, name+"."+strconv.Itoa(i))
		}
	default:
		out.Set(name, t.Show(f, value))
	}
}

func typeRow(out url.Values, parts []form.Field, row map[string]any, name string) {
	for _, part := range parts {
		typeField(out, part, row[part.Name], name+"."+part.Name)
	}
}

// write fills the papers of a step on their pages, one after another.
func (b *bureau) write(br *browser, caseID string, step flow.Code, papers map[string]form.Values, kinds []string) {
	br.t.Helper()
	for _, code := range kinds {
		values, ok := papers[code]
		if !ok {
			continue
		}
		k, _ := b.house.Cases.Books().Forms.Kind(code)
		at := fmt.Sprintf("/desk/cases/%s/steps/%s", caseID, step)
		page := br.get(at + "?kind=" + url.QueryEscape(code)).ok()
		sent := typed(k, values)
		sent.Set("act.kind", code)
		sent.Set("version", page.value("version"))
		sent.Set("act.do", "next")
		br.post(at+"/papers", sent).ok()
	}
}

// step takes a step through the pages: its papers, then the act.
func (b *bureau) step(br *browser, c *world.Case, code flow.Code, own map[string]form.Values, act url.Values) *answer {
	br.t.Helper()
	br.signIn()
	m := flow.Ordinary()
	s, _ := m.Find(code)
	papers := c.Act(c.Actor(s.Role), code, own).Papers
	kinds := book.StepForms(s)
	for _, f := range s.MayForms {
		kinds = append(kinds, string(f))
	}
	b.write(br, c.ID, code, papers, kinds)
	if act == nil {
		act = url.Values{}
	}
	return br.post(fmt.Sprintf("/desk/cases/%s/steps/%s", c.ID, code), act)
}
