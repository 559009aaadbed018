package hostile

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"mingjing/internal/demo"
)

// heard is what a real browser has to complain of: a script that ran, a policy that was broken, a way out of the house.
type heard struct {
	mu   sync.Mutex
	list []string
}

func (h *heard) add(text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.list = append(h.list, text)
}

func (h *heard) take() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	list := h.list
	h.list = nil
	return list
}

// chromium opens a tab that notes everything hostile that happens in it.
func (b *bureau) chromium() (context.Context, *heard) {
	b.t.Helper()
	path := os.Getenv("MINGJING_BROWSER")
	if path == "" {
		b.t.Skip("MINGJING_BROWSER names no Chromium; make test sets it")
	}
	options := []chromedp.ExecAllocatorOption{chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.NoFirstRun, chromedp.DisableGPU}
	tab, closeTab := chromedp.NewContext(b.t.Context(), chromedp.WithAllocatorOptions(options...))
	b.t.Cleanup(closeTab)
	tab, cancel := context.WithTimeout(tab, 10*time.Minute)
	b.t.Cleanup(cancel)
	h := &heard{}
	err := chromedp.Listen(tab, func(event any) {
		switch e := event.(type) {
		case *page.EventJavascriptDialogOpening:
			h.add("a dialog: " + e.Message)
		case *runtime.EventExceptionThrown:
			h.add("a script failed: " + e.ExceptionDetails.Text)
		case *runtime.EventConsoleAPICalled:
			h.add("a script wrote to the console")
		case *log.EventEntryAdded:
			// The server's own refusals (404, 422) are noted as errors of the network and are none here.
			if e.Entry.Level == log.EntryLevelError && e.Entry.Source != log.EntrySourceNetwork {
				h.add(e.Entry.Text)
			}
		case *network.EventRequestWillBeSent:
			if !strings.HasPrefix(e.Request.URL, b.http.URL) && !strings.HasPrefix(e.Request.URL, "data:image/") && !strings.HasPrefix(e.Request.URL, "about:") {
				h.add("a request to " + e.Request.URL)
			}
		}
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return tab, h
}

// census counts the elements of the page that is shown, and what could run in it.
const census = `(() => {
	const n = {};
	for (const e of document.querySelectorAll("*")) {
		n[e.tagName] = (n[e.tagName] || 0) + 1;
		for (const a of e.attributes) if (/^on|^style$|^srcdoc$/.test(a.name) || /^\s*(javascript|vbscript):/i.test(a.value) && /href|src|action/.test(a.name)) n["!" + e.tagName + " " + a.name] = 1;
	}
	return JSON.stringify(n);
})()`

// visit opens a page and gives its census.
func visit(t *testing.T, tab context.Context, address string) map[string]int {
	t.Helper()
	if err := chromedp.Do(tab, chromedp.Navigate(address), chromedp.WaitReady(chromedp.CSS("body"))); err != nil {
		t.Fatalf("%.200s: %v", address, err)
	}
	text, err := chromedp.Run(tab, chromedp.Evaluate[string](census))
	if err != nil {
		t.Fatalf("%.200s: %v", address, err)
	}
	found := map[string]int{}
	if err := json.Unmarshal([]byte(text), &found); err != nil {
		t.Fatal(err)
	}
	return found
}

// strange are the elements of a page that the templates do not write.
func strange(found map[string]int) []string {
	var list []string
	known := elements()
	for name := range found {
		if !known[strings.ToLower(name)] {
			list = append(list, name)
		}
	}
	return list
}

// active are the texts that would do something in a browser that took them for markup, each with another place to break out of.
func active(t *testing.T) []string {
	var list []string
	for _, text := range corpus(t) {
		if sayable(text) && len(text) < 400 && strings.ContainsAny(text, "<>\"'&") {
			list = append(list, text)
		}
	}
	return list
}

func TestNothingThatIsStoredOrSearchedForRunsInABrowser(t *testing.T) {
	one(t, func(t *testing.T, b *bureau) {
		tab, h := b.chromium()
		if _, err := chromedp.Run(tab, chromedp.Evaluate[int](`console.log("x"), 1`)); err != nil || len(h.take()) == 0 {
			t.Fatalf("what a script does is not heard (%v)", err)
		}
		texts := active(t)
		every := len(texts)/60 + 1
		if full() {
			every = len(texts)/120 + 1
		}
		var some []string
		for i := 0; i < len(texts); i += every {
			some = append(some, texts[i])
		}
		some = append(some, `<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `'><svg onload=alert(1)>`, `</title><script>alert(1)</script>`, `</textarea><script>alert(1)</script>`, `javascript:alert(1)`)
		b.imported(some)
		b.t.Logf("%d texts are stored", len(some))
		pages := b.portalPages(t, tab, h, some)
		pages += b.deskPages(t, tab, h, some)
		t.Logf("%d pages were shown", pages)
	})
}

// judge holds a page against what was heard meanwhile and against its innocent twin.
func judge(t *testing.T, what string, h *heard, found map[string]int, twin map[string]int) {
	t.Helper()
	for _, text := range h.take() {
		t.Errorf("%s: %s", what, text)
	}
	for _, name := range strange(found) {
		t.Errorf("%s: the page has %s", what, name)
	}
	for name, n := range twin {
		if found[name] > n && (name == "SCRIPT" || name == "IMG" || name == "LINK" || name == "FORM" || name == "IFRAME" || name == "INPUT" || name == "SVG") {
			t.Errorf("%s: %d of %s, an innocent text has %d", what, found[name], name, n)
		}
	}
}

// portalPages shows each publication, and the search with each text as the query beside one with an innocent word.
func (b *bureau) portalPages(t *testing.T, tab context.Context, h *heard, texts []string) (pages int) {
	t.Helper()
	search := func(text string) map[string]int {
		return visit(t, tab, b.http.URL+"/publications?"+url.Values{"q": {text}, "class": {text}, "item": {text}}.Encode())
	}
	innocent := search("无此内容的检索")
	h.take()
	for _, text := range texts {
		judge(t, fmt.Sprintf("the search for %q", text), h, search(text), innocent)
		pages++
	}
	var twin map[string]int
	for _, row := range b.published() {
		found := visit(t, tab, b.http.URL+"/p/"+row.ID)
		if twin == nil {
			twin = found
		}
		judge(t, fmt.Sprintf("the publication %q", row.Title), h, found, twin)
		pages++
	}
	for _, path := range []string{"/", "/publications", "/officers", "/register", "/sitemap"} {
		judge(t, path, h, visit(t, tab, b.http.URL+path), nil)
		pages++
	}
	return pages
}

// deskPages signs in and shows lists, searches, a case with hostile drafts and its paper.
func (b *bureau) deskPages(t *testing.T, tab context.Context, h *heard, texts []string) (pages int) {
	t.Helper()
	password := chromedp.CSS(`input[name="password"]`)
	if err := chromedp.Do(tab, chromedp.Navigate(b.http.URL+"/desk/login"), chromedp.SetValue(chromedp.CSS(`input[name="login"]`), "zhou"), chromedp.SetValue(password, demo.Password),
		chromedp.Submit(password), chromedp.WaitVisible(chromedp.CSS(`a[href="/desk/account"]`))); err != nil {
		t.Fatal(err)
	}
	zhou := b.person("zhou")
	d := &dealer{corpus: texts, at: map[string]int{}}
	var sum tally
	var papers []string
	zhou.walk("/desk/", 1, func(a *answer) {
		for _, f := range formsOf(a, "zhou") {
			if strings.HasSuffix(f.action, "/papers") && len(papers) < 12 {
				papers = append(papers, f.page)
				zhou.fill(t, f, d, &sum)
			}
		}
	})
	h.take()
	paths := []string{"/desk/", "/desk/cases", "/desk/officers", "/desk/units", "/desk/counsels", "/desk/numbers", "/desk/publications/all", "/desk/imports"}
	for _, path := range append(paths, papers...) {
		judge(t, path, h, visit(t, tab, b.http.URL+path), nil)
		pages++
	}
	innocent := visit(t, tab, b.http.URL+"/desk/search?q="+url.QueryEscape("无此内容"))
	for i, text := range texts {
		if i%4 == 0 || full() {
			judge(t, fmt.Sprintf("the desk's search for %q", text), h, visit(t, tab, b.http.URL+"/desk/search?q="+url.QueryEscape(text)), innocent)
			pages++
		}
	}
	return pages
}
