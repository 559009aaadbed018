package e2e

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browser opens headless Chromium; complaints collects what the page, its script or its content policy complained of.
func browser(t *testing.T) (ctx context.Context, complaints func() []string) {
	t.Helper()
	path := os.Getenv("MINGJING_BROWSER")
	if path == "" {
		t.Skip("MINGJING_BROWSER names no Chromium; make test sets it")
	}
	options := []chromedp.ExecAllocatorOption{chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.NoFirstRun, chromedp.DisableGPU}
	tab, closeTab := chromedp.NewContext(t.Context(), chromedp.WithAllocatorOptions(options...))
	t.Cleanup(closeTab)
	tab, cancel := context.WithTimeout(tab, 90*time.Second)
	t.Cleanup(cancel)
	var lock sync.Mutex
	var heard []string
	err := chromedp.Listen(tab, func(event any) {
		lock.Lock()
		defer lock.Unlock()
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			heard = append(heard, e.ExceptionDetails.Text+" ("+e.ExceptionDetails.URL+")")
		case *log.EventEntryAdded:
			if e.Entry.Level == log.EntryLevelError {
				heard = append(heard, fmt.Sprintf("%s (%s)", e.Entry.Text, e.Entry.URL))
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return tab, func() []string {
		lock.Lock()
		defer lock.Unlock()
		return append([]string(nil), heard...)
	}
}

// fits fails when a page is wider than the screen, which on a phone makes every line of it swing.
func fits(t *testing.T, ctx context.Context, path string, width int64) {
	t.Helper()
	size := chromedp.EmulateViewport(width, 900)
	if width < 600 {
		size = chromedp.EmulateViewport(width, 900, chromedp.EmulateMobile)
	}
	if err := chromedp.Do(ctx, size, chromedp.Navigate(base(t)+path), chromedp.WaitVisible(chromedp.CSS("main"))); err != nil {
		t.Fatalf("%s at %d: %v", path, width, err)
	}
	over, err := chromedp.Run(ctx, chromedp.Evaluate[int](`document.documentElement.scrollWidth - document.documentElement.clientWidth`))
	if err != nil {
		t.Fatal(err)
	}
	if over > 0 {
		t.Errorf("%s at %d pixels is %d pixels too wide", path, width, over)
	}
	wide, err := chromedp.Run(ctx, chromedp.Evaluate[float64](`document.querySelector("main").getBoundingClientRect().width`))
	if err != nil {
		t.Fatal(err)
	}
	if wide < float64(width)/2 {
		t.Errorf("%s at %d pixels leaves only %.0f to its text", path, width, wide)
	}
	words, err := chromedp.Run(ctx, chromedp.Evaluate[int](`document.querySelector("main").innerText.length`))
	if err != nil {
		t.Fatal(err)
	}
	if words == 0 {
		t.Errorf("%s at %d pixels shows no text", path, width)
	}
}

func TestThePortalFitsADesktopAndAPhoneAndBreaksNoPolicy(t *testing.T) {
	ctx, complaints := browser(t)
	for _, path := range []string{"/", "/publications", "/items", "/duties", "/officers", "/register", "/help", "/verify", "/desk/login"} {
		fits(t, ctx, path, 1280)
		fits(t, ctx, path, 375)
	}
	for _, c := range complaints() {
		t.Error(c)
	}
}

func TestTheDeskIsSignedInToAndFitsADesktopAndAPhone(t *testing.T) {
	ctx, complaints := browser(t)
	password := chromedp.CSS(`input[name="password"]`)
	err := chromedp.Do(ctx,
		chromedp.Navigate(base(t)+"/desk/login"),
		chromedp.SetValue(chromedp.CSS(`input[name="login"]`), "zhou"),
		chromedp.SetValue(password, "mingjing-demo-2026"),
		chromedp.Submit(password),
		chromedp.WaitVisible(chromedp.CSS(`main`)),
		chromedp.WaitVisible(chromedp.CSS(`a[href="/desk/account"]`)))
	if err != nil {
		t.Fatal(err)
	}
	place, err := chromedp.Run(ctx, chromedp.Location())
	if err != nil {
		t.Fatal(err)
	}
	if place != base(t)+"/desk/" {
		t.Errorf("signing in led to %s, not to the desk", place)
	}
	for _, path := range []string{"/desk/", "/desk/cases", "/desk/cases/new", "/desk/reviews", "/desk/publications", "/desk/duties", "/desk/duties/28/records", "/desk/duties/12/records", "/desk/help"} {
		fits(t, ctx, path, 1280)
		fits(t, ctx, path, 375)
	}
	for _, c := range complaints() {
		t.Error(c)
	}
}
