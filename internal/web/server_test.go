package web_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"testing/fstest"

	"mingjing/internal/law"
	"mingjing/internal/refusal"
	"mingjing/internal/testkit"
	markup "mingjing/internal/testkit/page"
	"mingjing/internal/web"
	"mingjing/internal/web/page"
	"mingjing/internal/web/static"
)

// house is a server with one face whose data has a version that the test changes.
type house struct {
	*testing.T
	server  *web.Server
	face    *web.Face
	log     *bytes.Buffer
	clock   *testkit.Clock
	version string
	built   int
}

func newHouse(t *testing.T, options web.Options) *house {
	t.Helper()
	h := &house{T: t, log: &bytes.Buffer{}, clock: testkit.NewClock(t, "2026-03-02T09:00:00+08:00"), version: "1"}
	options.Clock, options.Log = h.clock.Now, slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	server, err := web.New(options)
	if err != nil {
		t.Fatal(err)
	}
	engine, err := page.New(fstest.MapFS{}, page.Table{"problem": {"layout_portal", "problem"}})
	if err != nil {
		t.Fatal(err)
	}
	h.server = server
	h.face = &web.Face{Prefix: "/", Pages: engine, Version: func(context.Context) (string, error) { return h.version, nil },
		Frame: func(r *http.Request) page.Frame {
			return page.Frame{Site: page.Site{Name: "示例公示平台"}, View: web.ViewOf(r), Path: r.URL.RequestURI()}
		}}
	if err := server.Install(h.face); err != nil {
		t.Fatal(err)
	}
	h.face.Keep("GET /kept", func(r *http.Request) (web.Reply, error) {
		h.built++
		return web.Reply{Type: "text/html; charset=utf-8", Body: []byte(fmt.Sprintf("版本%s %s %s", h.version, r.URL.Query().Get("q"), strings.Repeat("字", 500)))}, nil
	})
	h.face.Handle("POST /form", func(w http.ResponseWriter, r *http.Request) error {
		if err := r.ParseForm(); err != nil {
			return err
		}
		_, err := io.WriteString(w, "已保存")
		return err
	})
	return h
}

func (h *house) send(method, address, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, address, strings.NewReader(body))
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i] == "Remote" {
			r.RemoteAddr = headers[i+1]
			continue
		}
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.server.ServeHTTP(w, r)
	return w
}

func TestEveryAnswerCarriesTheGuardHeaders(t *testing.T) {
	h := newHouse(t, web.Options{TLS: true})
	for _, address := range []string{"/kept", "/nope", static.URL("app.js"), "/view?large=1"} {
		header := h.send("GET", address, "").Header()
		policy := header.Get("Content-Security-Policy")
		if !strings.Contains(policy, "default-src 'self'") || strings.Contains(policy, "unsafe") || !strings.Contains(policy, "frame-ancestors 'none'") {
			t.Errorf("%s: the policy is %q", address, policy)
		}
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"} {
			if header.Get(name) != want {
				t.Errorf("%s: %s is %q", address, name, header.Get(name))
			}
		}
		if header.Get("Permissions-Policy") == "" || header.Get("Strict-Transport-Security") == "" {
			t.Errorf("%s: headers are missing: %v", address, header)
		}
	}
	for _, answer := range []http.Header{h.send("GET", "/nope", "").Header(), h.send("POST", "/form", "").Header()} {
		if answer.Get("X-Request-Id") == "" || answer.Get("X-Frame-Options") != "DENY" || answer.Get("Cache-Control") != "no-store" {
			t.Errorf("a computed answer has the headers %v", answer)
		}
	}
}

func TestAFormOfAnotherSiteIsRefused(t *testing.T) {
	h := newHouse(t, web.Options{})
	for name, headers := range map[string][]string{"fetch metadata": {"Sec-Fetch-Site", "cross-site"}, "origin": {"Origin", "https://evil.example"}} {
		if w := h.send("POST", "http://example.com/form", "a=1", headers...); w.Code != http.StatusForbidden || !strings.Contains(w.Body.String(), "没有接受这次提交") {
			t.Errorf("%s: it answers %d", name, w.Code)
		}
	}
	if w := h.send("POST", "http://example.com/form", "a=1", "Origin", "http://example.com", "Content-Type", "application/x-www-form-urlencoded"); w.Code != http.StatusOK {
		t.Errorf("our own form answers %d", w.Code)
	}
}

func TestAnAddressThatIsNoTextIsRefusedBeforeAnyWork(t *testing.T) {
	h := newHouse(t, web.Options{})
	for _, path := range []string{"/kept?q=%00", "/kept?q=a%00b", "/kept?q=%ff", "/kept?%ff=1", "/kept?q=%ed%a0%80", "/kept%00", "/none/%c0%af"} {
		if w := h.send("GET", path, ""); w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "地址中含有不能使用的字符") {
			t.Errorf("%s answered %d", path, w.Code)
		}
	}
	if h.built != 0 {
		t.Errorf("%d pages were built for them", h.built)
	}
	for _, path := range []string{"/kept?q=%E2%80%AE", "/kept?q=%F0%A0%AE%B7", "/kept?q=%zz", "/kept?q=100%"} {
		if w := h.send("GET", path, ""); w.Code != http.StatusOK {
			t.Errorf("%s answered %d", path, w.Code)
		}
	}
}

func TestAKeptPageIsBuiltOnceForAVersionAndSaysWhenItIsTheSame(t *testing.T) {
	h := newHouse(t, web.Options{})
	first := h.send("GET", "/kept", "")
	again := h.send("GET", "/kept", "", "If-None-Match", `W/"x", `+first.Header().Get("ETag"))
	if h.built != 1 || again.Code != http.StatusNotModified || again.Body.Len() != 0 {
		t.Errorf("built %d times, answered %d with %d bytes", h.built, again.Code, again.Body.Len())
	}
	packed := h.send("GET", "/kept", "", "Accept-Encoding", "br, gzip;q=0.5")
	if packed.Header().Get("ETag") == first.Header().Get("ETag") || packed.Header().Get("Content-Encoding") != "gzip" {
		t.Errorf("the compressed page is not told apart: %v", packed.Header())
	}
	z, err := gzip.NewReader(packed.Body)
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := io.ReadAll(z); err != nil || string(plain) != first.Body.String() {
		t.Errorf("the compressed page differs (%v)", err)
	}
	if refused := h.send("GET", "/kept", "", "Accept-Encoding", "gzip;q=0"); refused.Header().Get("Content-Encoding") != "" {
		t.Error("gzip was refused and came all the same")
	}
	if large := h.send("GET", "/kept", "", "Cookie", "view=large"); large.Code != http.StatusOK || h.built != 2 {
		t.Errorf("another view was answered from the same memory (built %d)", h.built)
	}
	if head := h.send("HEAD", "/kept", ""); head.Body.Len() != 0 || head.Header().Get("Content-Length") != fmt.Sprint(first.Body.Len()) {
		t.Errorf("HEAD answers %d bytes of %s", head.Body.Len(), head.Header().Get("Content-Length"))
	}
}

func TestAFormMakesKeptPagesAskForTheNewVersionAtOnce(t *testing.T) {
	h := newHouse(t, web.Options{})
	h.send("GET", "/kept", "")
	h.version = "2"
	h.send("POST", "/form", "", "Content-Type", "application/x-www-form-urlencoded")
	if w := h.send("GET", "/kept", ""); !strings.Contains(w.Body.String(), "版本2") {
		t.Errorf("an old page is shown: %.20s", w.Body)
	}
}

func TestTheMemoryForKeptPagesIsBounded(t *testing.T) {
	h := newHouse(t, web.Options{CacheBytes: 40 << 10, Rate: web.Rate{PerSecond: -1}})
	for i := range 100 {
		h.send("GET", fmt.Sprintf("/kept?q=%d", i), "")
	}
	before := h.built
	h.send("GET", "/kept?q=99", "")
	if h.built != before {
		t.Error("the newest page was forgotten")
	}
	h.send("GET", "/kept?q=0", "")
	if h.built != before+1 {
		t.Error("the oldest page is still kept")
	}
}

func TestWhatHasToBeComputedIsLimitedByAddressAndWhatIsKeptIsNot(t *testing.T) {
	h := newHouse(t, web.Options{Rate: web.Rate{PerSecond: 1, Burst: 3}, Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}})
	answer := func(q, remote, forwarded string) int {
		return h.send("GET", "/kept?q="+q, "", "Remote", remote, "X-Forwarded-For", forwarded).Code
	}
	for i := range 3 {
		if code := answer(fmt.Sprint(i), "192.0.2.1:1000", ""); code != http.StatusOK {
			t.Fatalf("request %d answers %d", i, code)
		}
	}
	if code := answer("4", "192.0.2.1:2000", ""); code != http.StatusTooManyRequests {
		t.Errorf("the fourth answers %d", code)
	}
	if code := answer("5", "192.0.2.1:2000", "203.0.113.9"); code != http.StatusTooManyRequests {
		t.Errorf("a claimed address is believed: %d", code)
	}
	if code := answer("0", "192.0.2.1:2000", ""); code != http.StatusOK {
		t.Errorf("a kept page answers %d", code)
	}
	if code := answer("6", "10.1.1.1:80", "192.0.2.7, 192.0.2.1"); code != http.StatusTooManyRequests {
		t.Errorf("behind our proxy the address is not seen: %d", code)
	}
	if code := answer("7", "192.0.2.2:1000", ""); code != http.StatusOK {
		t.Errorf("a neighbour answers %d", code)
	}
	h.clock.Advance(2_000_000_000)
	if code := answer("8", "192.0.2.1:1000", ""); code != http.StatusOK {
		t.Errorf("two seconds later it answers %d", code)
	}
}

func TestErrorsBecomePagesInOnePlace(t *testing.T) {
	finding := law.Finding{Rule: "R", Title: "规则", Message: "尚未送达。", Severity: law.Block, Cite: law.Cite{Statute: "《行政处罚法》", Article: "第六十一条"}, Advice: "先送达。"}
	for name, c := range map[string]struct {
		err    error
		status int
		says   []string
	}{
		"missing": {fmt.Errorf("x: %w", refusal.NotFound{What: "这件公示"}), 404, []string{"没有找到这件公示"}},
		"refused": {fmt.Errorf("x: %w", refusal.Refused{Findings: []law.Finding{finding}}), 422, []string{"尚未送达。", "《行政处罚法》第六十一条", "先送达。"}},
		"invalid": {refusal.Field("number", "文号不正确"), 422, []string{"文号不正确"}},
		"fault":   {errors.New("disk secret on fire"), 500, []string{"页面暂时无法显示", "请求编号"}},
	} {
		h := newHouse(t, web.Options{})
		h.face.Handle("GET /act", func(http.ResponseWriter, *http.Request) error { return c.err })
		w := h.send("GET", "/act", "", "Accept-Encoding", "gzip")
		body := plain(t, w)
		if w.Code != c.status {
			t.Errorf("%s answers %d", name, w.Code)
		}
		for _, text := range c.says {
			if !strings.Contains(body, text) {
				t.Errorf("%s does not say %q", name, text)
			}
		}
		if strings.Contains(body, "secret") || strings.Count(h.log.String(), "secret") > 1 || (name == "fault") != strings.Contains(h.log.String(), "secret") {
			t.Errorf("%s: shown or logged wrongly: %s", name, h.log)
		}
		for _, fault := range markup.Parse(t, body).Faults() {
			t.Errorf("%s: %s", name, fault)
		}
	}
}

func plain(t *testing.T, w *httptest.ResponseRecorder) string {
	t.Helper()
	if w.Header().Get("Content-Encoding") != "gzip" {
		return w.Body.String()
	}
	z, err := gzip.NewReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestAPanicIsOnePageAndOneLogLine(t *testing.T) {
	h := newHouse(t, web.Options{})
	h.face.Handle("GET /panic", func(http.ResponseWriter, *http.Request) error { panic("a slip") })
	w := h.send("GET", "/panic", "")
	if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "a slip") || strings.Count(h.log.String(), "a slip") != 1 {
		t.Errorf("it answers %d, the log is %s", w.Code, h.log)
	}
}

func TestATooLargeBodyIsRefused(t *testing.T) {
	h := newHouse(t, web.Options{MaxBody: 100})
	w := h.send("POST", "/form", strings.Repeat("a", 200), "Content-Type", "application/x-www-form-urlencoded")
	if w.Code != http.StatusRequestEntityTooLarge || !strings.Contains(w.Body.String(), "过大") {
		t.Errorf("it answers %d", w.Code)
	}
}

func TestTheLogHoldsNoAddressAndNoQuery(t *testing.T) {
	h := newHouse(t, web.Options{})
	h.send("GET", "/kept?q=secret-words", "", "Remote", "198.51.100.7:99", "Cookie", "view=secret-cookie")
	h.send("GET", "/secret-path", "")
	if log := h.log.String(); strings.Contains(log, "secret") || strings.Contains(log, "198.51") || !strings.Contains(log, "/kept") {
		t.Errorf("the log is %s", log)
	}
}

func TestStaticFilesHaveAddressesOfTheirContentAndAreKeptForEver(t *testing.T) {
	h := newHouse(t, web.Options{})
	for _, name := range []string{"tokens.css", "base.css", "piece.css", "portal.css", "desk.css", "print.css", "app.js", "send.js", "verify.js", "mark.svg"} {
		w := h.send("GET", static.URL(name), "")
		if w.Code != http.StatusOK || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s answers %d with %q", name, w.Code, w.Header().Get("Cache-Control"))
		}
		if strings.Contains(w.Body.String(), "http://") && name != "mark.svg" || strings.Contains(w.Body.String(), "@import") || strings.Contains(w.Body.String(), "url(") {
			t.Errorf("%s loads something else", name)
		}
		if lines := strings.Count(w.Body.String(), "\n"); strings.HasSuffix(name, ".js") && lines > 250 {
			t.Errorf("the script has %d lines, more than 250", lines)
		}
	}
	if w := h.send("GET", "/static/app.js", ""); w.Code != http.StatusNotFound {
		t.Errorf("an address without its content answers %d", w.Code)
	}
}
