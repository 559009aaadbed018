package witness

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// post sends a request to a witness as a caller at an address, perhaps through a proxy, and gives the status.
func post(w *Witness, from, forwarded, body string) int {
	r := httptest.NewRequest(http.MethodPost, "/add-checkpoint", strings.NewReader(body))
	r.RemoteAddr = from
	if forwarded != "" {
		r.Header.Set("X-Forwarded-For", forwarded)
	}
	answer := httptest.NewRecorder()
	w.Handler(slog.New(slog.DiscardHandler)).ServeHTTP(answer, r)
	if answer.Code == http.StatusTooManyRequests && answer.Header().Get("Retry-After") == "" {
		return -1
	}
	return answer.Code
}

// ticking gives a witness a clock that the test moves.
func ticking(w *Witness) *atomic.Int64 {
	at := &atomic.Int64{}
	w.clock = func() time.Time { return began.Add(time.Duration(at.Load())) }
	return at
}

func TestOneAddressDoesNotUseAWitnessUpForTheOthers(t *testing.T) {
	b := newBook(t, origin)
	b.grow(1, "true")
	w := stand(t, b.vkey)
	at := ticking(w)
	w.Limit(Limits{PerAddress: 5})
	for i := range burst {
		if got := post(w, "192.0.2.1:1000", "", "nonsense"); got != http.StatusBadRequest {
			t.Fatalf("request %d: %d", i, got)
		}
	}
	if got := post(w, "192.0.2.1:2000", "", b.request(0, 1).String()); got != http.StatusTooManyRequests {
		t.Errorf("over its limit: %d", got)
	}
	if got := post(w, "192.0.2.2:1000", "", b.request(0, 1).String()); got != http.StatusOK {
		t.Errorf("another address: %d", got)
	}
	at.Add(int64(time.Second))
	if got := post(w, "192.0.2.1:3000", "", b.request(1, 1).String()); got != http.StatusOK {
		t.Errorf("a second later: %d", got)
	}
	for range burst { // a network of IPv6 is one caller
		post(w, "[2001:db8::1]:1", "", "nonsense")
	}
	if got := post(w, "[2001:db8::2]:1", "", "nonsense"); got != http.StatusTooManyRequests {
		t.Errorf("the next address of the network: %d", got)
	}
}

func TestBehindAProxyTheAddressIsTheOneThatTheProxyAdded(t *testing.T) {
	w := stand(t)
	ticking(w)
	w.Limit(Limits{PerAddress: 1, Proxy: true})
	for i := range burst {
		post(w, "10.0.0.1:1", fmt.Sprintf("198.51.100.%d, 192.0.2.1", i), "nonsense") // what stands before was made up
	}
	if got := post(w, "10.0.0.1:1", "203.0.113.9, 192.0.2.1", "nonsense"); got != http.StatusTooManyRequests {
		t.Errorf("the same caller: %d", got)
	}
	if got := post(w, "10.0.0.1:1", "192.0.2.2", "nonsense"); got != http.StatusBadRequest {
		t.Errorf("another caller: %d", got)
	}
	w.Limit(Limits{PerAddress: 1})
	for range burst {
		post(w, "10.0.0.1:1", "192.0.2.1", "nonsense")
	}
	if got := post(w, "10.0.0.1:1", "192.0.2.3", "nonsense"); got != http.StatusTooManyRequests {
		t.Errorf("without a proxy the header counts: %d", got)
	}
}

func TestALogsShareIsUsedUpByNobodyElse(t *testing.T) {
	b, other := newBook(t, origin), newBook(t, "mingjing/b2/public")
	b.grow(3, "true")
	other.grow(1, "true")
	w := stand(t, b.vkey, other.vkey)
	ticking(w)
	w.Limit(Limits{PerLog: 1})
	stranger := newBook(t, origin)
	stranger.grow(1, "false")
	for range 10 * burst { // signed by another key of the same name
		if got := post(w, "192.0.2.9:1", "", stranger.request(0, 1).String()); got != http.StatusForbidden {
			t.Fatalf("a stranger: %d", got)
		}
	}
	for i := range burst {
		if got := post(w, "192.0.2.1:1", "", b.request(int64(min(i, 1)), 1).String()); got != http.StatusOK {
			t.Fatalf("request %d: %d", i, got)
		}
	}
	if got := post(w, "192.0.2.1:1", "", b.request(1, 3).String()); got != http.StatusTooManyRequests {
		t.Errorf("over its limit: %d", got)
	}
	if got := post(w, "192.0.2.1:1", "", other.request(0, 1).String()); got != http.StatusOK {
		t.Errorf("another log: %d", got)
	}
}

func TestAMillionAddressesDoNotFillTheMemoryOfAWitness(t *testing.T) {
	l := newLimiters(1)
	for i := range 1_000_000 {
		l.allow(fmt.Sprint(i), began)
	}
	if len(l.known) > callersKept {
		t.Errorf("%d callers are remembered", len(l.known))
	}
}

func TestANewLogIsKnownWithoutAStartAndADamagedListTakesNoneAway(t *testing.T) {
	a, b := newBook(t, origin), newBook(t, "mingjing/b2/public")
	a.grow(1, "true")
	b.grow(1, "true")
	w := stand(t, a.vkey)
	wake := make(chan os.Signal, 1)
	go w.Follow(t.Context(), 5*time.Millisecond, wake, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if got := post(w, "192.0.2.1:1", "", b.request(0, 1).String()); got != http.StatusNotFound {
		t.Fatalf("an unknown log: %d", got)
	}
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(w.dir, logsFile), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	eventually := func(what string, done func() bool) {
		t.Helper()
		for range 2000 {
			if done() {
				return
			}
			time.Sleep(5 * time.Millisecond)
		}
		t.Fatal(what)
	}
	write("log " + a.vkey + "\nlog " + b.vkey + "\n")
	eventually("the new log stays unknown", func() bool { return w.Logs() == 2 })
	if got := post(w, "192.0.2.1:1", "", b.request(0, 1).String()); got != http.StatusOK {
		t.Errorf("the new log: %d", got)
	}
	write("lgo nonsense\n")
	wake <- os.Interrupt // any signal on the channel is one to read again
	time.Sleep(50 * time.Millisecond)
	if err := w.Reload(); err == nil {
		t.Error("a damaged list is read")
	}
	if w.Logs() != 2 || post(w, "192.0.2.1:1", "", a.request(0, 1).String()) != http.StatusOK {
		t.Errorf("a damaged list took logs away: %d", w.Logs())
	}
	write("log " + a.vkey + "\n")
	eventually("the old log stays known", func() bool { return w.Logs() == 1 })
	if got := post(w, "192.0.2.1:1", "", b.request(1, 1).String()); got != http.StatusNotFound {
		t.Errorf("a log taken off the list: %d", got)
	}
}
