package witness

import (
	"context"
	"crypto/sha256"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limits are how much of a witness one log and one address may take up: a witness serves many, and each answer costs a sync of
// the disk. Zero sets no limit.
type Limits struct {
	PerLog     float64 // signed requests each second for one log
	PerAddress float64 // requests each second from one address, good or bad
	// Proxy takes the address from X-Forwarded-For as the one proxy in front of the witness wrote it.
	Proxy bool
}

// limiters bounds each of many callers by itself. Those that have not called for a while are forgotten.
type limiters struct {
	each  float64
	mu    sync.Mutex
	known map[string]*caller
}

type caller struct {
	*rate.Limiter
	last time.Time
}

// callersKept bounds what is remembered of callers; one that was idle for callerIdle has its whole burst back anyway.
const (
	callersKept = 10_000
	callerIdle  = 5 * time.Minute
	burst       = 20
)

func (l *limiters) allow(name string, now time.Time) bool {
	if l == nil || l.each <= 0 {
		return true
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	c := l.known[name]
	if c == nil {
		if len(l.known) >= callersKept {
			l.forget(now)
		}
		c = &caller{Limiter: rate.NewLimiter(rate.Limit(l.each), burst)}
		l.known[name] = c
	}
	c.last = now
	return c.AllowN(now, 1)
}

// forget drops idle callers; where all are busy, all: then nobody waits longer than a burst.
func (l *limiters) forget(now time.Time) {
	for name, c := range l.known {
		if now.Sub(c.last) > callerIdle {
			delete(l.known, name)
		}
	}
	if len(l.known) >= callersKept {
		clear(l.known)
	}
}

func newLimiters(each float64) *limiters {
	return &limiters{each: each, known: map[string]*caller{}}
}

// Limit bounds what one log and one address may ask for from now on.
func (w *Witness) Limit(l Limits) {
	w.perLog, w.perAddress, w.proxy = newLimiters(l.PerLog), newLimiters(l.PerAddress), l.Proxy
}

// address is who asks. Behind a proxy that is the last in the list, which the proxy itself added; what stands before it anybody
// may have written. Of an IPv6 address the network counts: one caller has as many addresses in it as it likes.
func (w *Witness) address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	if w.proxy {
		if list := r.Header.Values("X-Forwarded-For"); len(list) > 0 {
			parts := strings.Split(list[len(list)-1], ",")
			host = strings.TrimSpace(parts[len(parts)-1])
		}
	}
	ip := net.ParseIP(host)
	if ip != nil && ip.To4() == nil {
		return ip.Mask(net.CIDRMask(64, 128)).String()
	}
	return host
}

// tooMany answers a caller that is over its limit.
func tooMany(rw http.ResponseWriter) {
	rw.Header().Set("Retry-After", "1")
	http.Error(rw, "请求过于频繁，请稍后再试", http.StatusTooManyRequests)
}

// Reload reads the list of logs again. Where it cannot be read the list stays as it was: a slip of the pen must not stop a
// witness from signing for the others.
func (w *Witness) Reload() error {
	known, err := readLogs(w.dir)
	if err != nil {
		return err
	}
	w.known.Store(&known)
	return nil
}

// Follow reads the list of logs again whenever its file has changed or wake is signalled, until the context ends.
func (w *Witness) Follow(ctx context.Context, every time.Duration, wake <-chan os.Signal, log *slog.Logger) {
	seen := w.fingerprint()
	ticks := time.NewTicker(every)
	defer ticks.Stop()
	for {
		asked := false
		select {
		case <-ctx.Done():
			return
		case <-wake:
			asked = true
		case <-ticks.C:
		}
		now := w.fingerprint()
		if now == seen && !asked {
			continue
		}
		seen = now
		if err := w.Reload(); err != nil {
			log.Error("witness: the list of logs is not taken over; the one of before still holds", "error", err)
			continue
		}
		log.Info("witness: the list of logs was read again", "logs", w.Logs())
	}
}

// fingerprint tells one text of the list of logs from another.
func (w *Witness) fingerprint() [sha256.Size]byte {
	text, err := os.ReadFile(filepath.Join(w.dir, logsFile))
	if err != nil {
		return [sha256.Size]byte{}
	}
	return sha256.Sum256(text)
}
