package hostile

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/html"

	"mingjing/internal/demo"
	"mingjing/internal/house"
	"mingjing/internal/testkit"
	"mingjing/internal/web"
	"mingjing/internal/web/api"
	"mingjing/internal/web/desk"
	"mingjing/internal/web/page"
	"mingjing/internal/web/portal"
	"mingjing/packs"
)

// bureau is the demonstration with its year lived, all three faces before it.
type bureau struct {
	t      *testing.T
	house  *house.House
	server *web.Server
	http   *httptest.Server
	faults *faults
	folder string
}

// faults collects what the program logs as its own failure: with status 500 or without.
type faults struct {
	mu   sync.Mutex
	list []string
}

func (f *faults) Write(p []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.list = append(f.list, string(bytes.TrimSpace(p)))
	return len(p), nil
}

// take hands out what was collected since the last time.
func (f *faults) take() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	list := f.list
	f.list = nil
	return list
}

// shared is the one bureau of the inner loop, on SQLite: living the year costs more than most of what is asked of it.
var shared struct {
	once   sync.Once
	bureau *bureau
	err    error
	folder string
	close  []func()
}

func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == childVerb {
		os.Exit(child(os.Args[2]))
	}
	code := m.Run()
	for i := len(shared.close) - 1; i >= 0; i-- {
		shared.close[i]()
	}
	os.Exit(code)
}

// bureaus runs the body on a bureau of its own on each engine at hand; in the inner loop on the shared one.
func bureaus(t *testing.T, body func(t *testing.T, b *bureau)) {
	t.Helper()
	if full() {
		testkit.Addresses(t, func(t *testing.T, address string) {
			b, closing, err := found(address, t.TempDir())
			for _, f := range closing {
				t.Cleanup(f)
			}
			if err != nil {
				t.Fatal(err)
			}
			b.watched(t, body)
		})
		return
	}
	one(t, body)
}

// one runs the body on the shared bureau.
func one(t *testing.T, body func(t *testing.T, b *bureau)) {
	t.Helper()
	shared.once.Do(func() {
		var folder string
		if folder, shared.err = os.MkdirTemp("", "mingjing-hostile-"); shared.err != nil {
			return
		}
		shared.close = append(shared.close, func() { _ = os.RemoveAll(folder) })
		var closing []func()
		shared.bureau, closing, shared.err = found("sqlite:"+filepath.Join(folder, "test.db"), folder)
		shared.close = append(shared.close, closing...)
	})
	if shared.err != nil {
		t.Fatal(shared.err)
	}
	shared.bureau.watched(t, body)
}

// watched runs the body and fails when the program logged a failure of its own meanwhile.
func (b *bureau) watched(t *testing.T, body func(t *testing.T, b *bureau)) {
	t.Helper()
	mine := *b
	mine.t = t
	body(t, &mine)
	for _, f := range b.faults.take() {
		t.Errorf("the program logged a failure of its own: %.600s", f)
	}
}

// found lives the year on an empty store and opens the faces.
func found(address, folder string) (b *bureau, closing []func(), err error) {
	ctx := context.Background()
	clock, err := house.NewClock(folder, func() time.Time { return time.Date(2026, 11, 24, 6, 0, 0, 0, time.UTC) })
	if err != nil {
		return nil, nil, err
	}
	b = &bureau{faults: &faults{}, folder: folder}
	log := slog.New(slog.NewTextHandler(b.faults, &slog.HandlerOptions{Level: slog.LevelError}))
	b.house, err = house.Open(ctx, house.Options{Passwords: testkit.Passwords(), Store: address, Folder: folder, Packs: []string{"national", "jilin", "siping-civil-affairs"}, Files: packs.FS, Clock: clock.Now, Demo: true, Log: log})
	if err != nil {
		return nil, nil, err
	}
	closing = append(closing, func() { _ = b.house.Close() })
	if err := demo.Live(ctx, b.house, clock, nil); err != nil {
		return nil, closing, err
	}
	if err := b.open(clock, log); err != nil {
		return nil, closing, err
	}
	return b, append(closing, b.http.Close), nil
}

func (b *bureau) open(clock *house.Clock, log *slog.Logger) error {
	server, err := web.New(web.Options{Clock: clock.Now, Log: log, Rate: web.Rate{PerSecond: -1}})
	if err != nil {
		return err
	}
	site, agency := page.Site{Name: b.house.Pack.Text("portal.name"), Agency: b.house.Agency.Name, Demo: true}, b.house.Agency.Code
	if _, err := portal.Install(server, b.house.Public, portal.Options{Site: site, Agency: agency, Clock: clock.Now, Calendar: b.house.Calendar}); err != nil {
		return err
	}
	if err := api.Install(server, b.house.Public, api.Options{Title: "接口", Agency: agency, Log: log}); err != nil {
		return err
	}
	if err := desk.Install(server, b.house, desk.Options{Site: site, Move: func(time.Duration) error { return nil }}); err != nil {
		return err
	}
	b.server, b.http = server, httptest.NewServer(server)
	return nil
}

// drain does the queued work that a real desk does in the background.
func (b *bureau) drain() {
	b.t.Helper()
	if _, err := b.house.Jobs.Drain(context.Background()); err != nil {
		b.t.Fatal(err)
	}
}

// person is somebody before the pages; an empty login is the public.
type person struct {
	*bureau
	login  string
	client *http.Client
}

func (b *bureau) person(login string) *person {
	b.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		b.t.Fatal(err)
	}
	p := &person{b, login, &http.Client{Jar: jar, Timeout: time.Minute}}
	if login != "" && login != "-" {
		a := p.post("/desk/login", url.Values{"login": {login}, "password": {demo.Password}})
		if a.status != http.StatusOK || strings.Contains(a.at, "/desk/login") {
			b.t.Fatalf("%s was not let in: %d %s", login, a.status, squeezed(a.text()))
		}
	}
	return p
}

// answer is what came back.
type answer struct {
	status int
	at     string // where the person stands now
	body   string
	head   http.Header
	root   *html.Node
}

func (p *person) get(path string) *answer {
	p.t.Helper()
	return p.do(http.MethodGet, path, "", nil)
}

func (p *person) post(path string, form url.Values) *answer {
	p.t.Helper()
	return p.do(http.MethodPost, path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

func (p *person) upload(path, name string, content []byte, beside url.Values) *answer {
	p.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for key, values := range beside {
		for _, value := range values {
			_ = form.WriteField(key, value)
		}
	}
	part, err := form.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write(content)
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		p.t.Fatal(err)
	}
	return p.do(http.MethodPost, path, form.FormDataContentType(), &body)
}

func (p *person) do(method, path, kind string, body io.Reader) *answer {
	p.t.Helper()
	r, err := http.NewRequest(method, p.http.URL+path, body)
	if err != nil {
		p.t.Fatalf("%s %q: %v", method, path, err)
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	got, err := p.client.Do(r)
	if err != nil {
		p.t.Fatalf("%s %.200q: %v", method, path, err)
	}
	defer got.Body.Close()
	raw, err := io.ReadAll(got.Body)
	if err != nil {
		p.t.Fatalf("%s %.200q: %v", method, path, err)
	}
	a := &answer{status: got.StatusCode, at: got.Request.URL.RequestURI(), body: string(raw), head: got.Header}
	if strings.Contains(got.Header.Get("Content-Type"), "html") {
		if a.root, err = html.Parse(strings.NewReader(a.body)); err != nil {
			p.t.Fatal(err)
		}
	}
	if got.StatusCode >= 500 {
		p.t.Errorf("%s %.300q as %q answered %d: %.500s", method, path, p.login, got.StatusCode, strings.Join(p.faults.take(), "\n"))
	}
	return a
}

func (a *answer) text() string {
	if a.root == nil {
		return a.body
	}
	return textOf(a.root)
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode && d.Parent.Data != "script" && d.Parent.Data != "style" {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

func squeezed(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > 400 {
		text = text[:400]
	}
	return fmt.Sprintf("%q", text)
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}
