package web

import (
	"container/list"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Rate is how many requests one address may have computed.
type Rate struct {
	PerSecond float64
	Burst     int
}

// bucketLimit bounds the remembered addresses; the one not seen for longest is forgotten first.
const bucketLimit = 8192

// limiter holds a token bucket for each address.
type limiter struct {
	rate    Rate
	mu      sync.Mutex
	order   *list.List // of *bucket, newest in front
	buckets map[string]*list.Element
}

type bucket struct {
	address string
	tokens  *rate.Limiter
}

func newLimiter(r Rate) *limiter {
	if r.PerSecond == 0 {
		r = Rate{PerSecond: 20, Burst: 200}
	}
	return &limiter{rate: r, order: list.New(), buckets: make(map[string]*list.Element)}
}

func (l *limiter) allow(address string, now time.Time) bool {
	if l.rate.PerSecond < 0 {
		return true
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	element, known := l.buckets[address]
	if known {
		l.order.MoveToFront(element)
	} else {
		if l.order.Len() >= bucketLimit {
			oldest := l.order.Back()
			delete(l.buckets, oldest.Value.(*bucket).address)
			l.order.Remove(oldest)
		}
		element = l.order.PushFront(&bucket{address, rate.NewLimiter(rate.Limit(l.rate.PerSecond), l.rate.Burst)})
		l.buckets[address] = element
	}
	return element.Value.(*bucket).tokens.AllowN(now, 1)
}

// allow asks the bucket of the request's address.
func (s *Server) allow(r *http.Request) bool {
	return s.limit.allow(s.Address(r), s.options.Clock())
}

// Address is where a request comes from. A proxy's word is believed only of the proxies that were named; of an IPv6
// address the first 64 bits count, because one household holds them all.
func (s *Server) Address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	address, err := netip.ParseAddr(host)
	if err != nil {
		return host
	}
	hops := strings.Split(r.Header.Get("X-Forwarded-For"), ",")
	for i := len(hops) - 1; i >= 0 && s.proxy(address); i-- {
		next, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		address = next
	}
	address = address.Unmap()
	if address.Is6() {
		if prefix, err := address.Prefix(64); err == nil {
			return prefix.String()
		}
	}
	return address.String()
}

func (s *Server) proxy(address netip.Addr) bool {
	for _, p := range s.options.Proxies {
		if p.Contains(address.Unmap()) {
			return true
		}
	}
	return false
}
