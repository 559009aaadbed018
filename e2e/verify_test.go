package e2e

import (
	"context"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// verdict waits until the page has come to a conclusion and reads it.
func verdict(t *testing.T, ctx context.Context) string {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		text, err := chromedp.Run(ctx, chromedp.Evaluate[string](`document.querySelector("[data-verdict]").textContent`))
		if err != nil {
			t.Fatal(err)
		}
		if text != "" && !strings.Contains(text, "正在核验") && !strings.Contains(text, "后按") {
			return text
		}
	}
	t.Fatal("the page came to no conclusion")
	return ""
}

func TestAReaderChecksAPublicationInTheBrowserAlone(t *testing.T) {
	ctx, complaints := browser(t)
	answer, err := http.Get(base(t) + "/publications?state=published")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`href="/p/([0-9a-z]+)"`).FindSubmatch(page)
	if found == nil {
		t.Fatal("nothing is published")
	}
	if err := chromedp.Do(ctx, chromedp.Navigate(base(t)+"/verify?id="+string(found[1])), chromedp.WaitVisible(chromedp.CSS("main"))); err != nil {
		t.Fatal(err)
	}
	if got := verdict(t, ctx); !strings.Contains(got, "见证") || strings.Contains(got, "不一致") {
		t.Errorf("of a sound publication the page says %q", got)
	}
	// A server that lies is found out, whichever part it lies about.
	for what, lie := range map[string]string{
		"another text":       `s => s.replace('"body":"', '"body":"改')`,
		"another entry":      `s => s.replace('"content_sha256":"', '"content_sha256":"0')`,
		"another day of it":  `s => s.replace(/"published_on":"2\d{3}/g, '"published_on":"2001')`,
		"another root":       `s => s.replace(/\n\d+\n[A-Za-z0-9+\/=]{44}\n\n—/, '\n999\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n—')`,
		"another signature":  `s => s.replace(/(— \S+ \S{12})./, (m, a) => a + (m.endsWith("A") ? "B" : "A"))`,
		"no signature":       `s => s.replace(/—.*\n/g, "")`,
		"another place":      `s => s.replace(/\nindex \d+\n/, "\nindex 0\n")`,
		"a proof cut short":  `s => s.replace(/(\nindex \d+\n)[^\n]+\n/, "$1")`,
		"another document":   `s => s.replace(/"subject":"[^"]+"/, '"subject":"x"')`,
		"a page that is not": `s => "<html>"`,
	} {
		text, err := chromedp.Run(ctx, chromedp.Evaluate[string](`(() => {
			window.honest = window.honest || window.fetch;
			window.fetch = async (...a) => { const r = await window.honest(...a); return new Response((`+lie+`)(await r.text()), { status: r.status }); };
			document.querySelector("[data-verdict]").textContent = "正在核验";
			document.querySelector("[data-verify] form").requestSubmit();
			return "asked";
		})()`))
		if err != nil || text != "asked" {
			t.Fatalf("%s: %v", what, err)
		}
		if got := verdict(t, ctx); !strings.Contains(got, "不一致") && !strings.Contains(got, "没有核验成") {
			t.Errorf("%s passes: %q", what, got)
		}
	}
	for _, c := range complaints() {
		t.Error(c)
	}
}
