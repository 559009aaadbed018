package web

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"net/http"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// bootMark makes numbers of requests differ between two starts of the program.
func bootMark() string {
	var random [4]byte
	_, _ = rand.Read(random[:])
	return hex.EncodeToString(random[:])
}

// ServeHTTP lets a request pass the guards and gives it to its route.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if e := s.remembered(r); e != nil {
		s.guardHeaders(w.Header())
		e.write(w, r)
		return
	}
	start := s.options.Clock()
	seen := &seenWriter{ResponseWriter: w, number: s.count.Add(1)}
	s.guardHeaders(w.Header())
	defer func() {
		if fault := recover(); fault != nil {
			s.fault(seen, r, fault)
		}
		s.log(seen, r, start)
	}()
	if err := s.foreign.Check(r); err != nil {
		s.fail(seen, r, foreignForm)
		return
	}
	if !s.mounted(r) && !Legible(r) { // what is mounted has words of its own for it
		s.fail(seen, r, illegible)
		return
	}
	s.mux.ServeHTTP(seen, r)
}

// Legible tells that an address is text: its path and the values in it are UTF-8 without a NUL. No page links to another one
// and no browser sends one, and a store that takes only text (PostgreSQL) would fail on it in the middle of the work.
func Legible(r *http.Request) bool {
	if !text(r.URL.Path) {
		return false
	}
	if !strings.ContainsRune(r.URL.RawQuery, '%') {
		return text(r.URL.RawQuery)
	}
	for name, values := range r.URL.Query() {
		if !text(name) || slices.ContainsFunc(values, func(value string) bool { return !text(value) }) {
			return false
		}
	}
	return true
}

func text(s string) bool { return utf8.ValidString(s) && !strings.Contains(s, "\x00") }

// mounted tells that the address belongs to a handler of its own.
func (s *Server) mounted(r *http.Request) bool {
	return slices.ContainsFunc(s.mounts, func(prefix string) bool { return strings.HasPrefix(r.URL.Path, prefix) })
}

// fault is the end of a panic: one log line with the stack, and a page that says nothing of it.
func (s *Server) fault(w *seenWriter, r *http.Request, fault any) {
	if fault == http.ErrAbortHandler {
		panic(fault)
	}
	s.options.Log.Error("a handler failed", "request", s.request(w), "pattern", r.Pattern,
		"fault", fault, "stack", string(bytes.TrimSpace(debug.Stack())))
	if w.status == 0 {
		s.fail(w, r, brokenPage)
	}
}

// log writes one line for a request: quietly for a page that was read, aloud for what changed something or went wrong.
func (s *Server) log(w *seenWriter, r *http.Request, start time.Time) {
	level := slog.LevelDebug
	switch {
	case w.status >= 500:
		level = slog.LevelWarn
	case unsafe(r):
		level = slog.LevelInfo
	}
	if !s.options.Log.Enabled(r.Context(), level) {
		return
	}
	s.options.Log.LogAttrs(r.Context(), level, "request", slog.String("request", s.request(w)),
		slog.String("method", r.Method), slog.String("pattern", r.Pattern), slog.Int("status", w.status),
		slog.Int64("bytes", w.bytes), slog.Duration("took", s.options.Clock().Sub(start)))
}

// request is the number of the request that a writer answers.
func (s *Server) request(w http.ResponseWriter) string {
	for w != nil {
		if seen, ok := w.(*seenWriter); ok {
			return s.boot + "-" + strconv.FormatUint(seen.number, 10)
		}
		inner, ok := w.(interface{ Unwrap() http.ResponseWriter })
		if !ok {
			break
		}
		w = inner.Unwrap()
	}
	return ""
}

// guardHeaders are the same for every answer: nothing inline, nothing from elsewhere, no frame around us. They are few,
// because a page from memory costs hardly more than its headers.
func (s *Server) guardHeaders(h http.Header) {
	h["Content-Security-Policy"] = policyHeader
	h["X-Content-Type-Options"] = nosniffHeader
	h["Referrer-Policy"] = referrerHeader
	h["Permissions-Policy"] = permissionsHeader
	if s.options.TLS {
		h["Strict-Transport-Security"] = transportHeader
	}
}

// computedHeaders are added where an answer is made for this request: its number, and the guards of pages behind a login
// for browsers that do not know frame-ancestors.
func (s *Server) computedHeaders(w http.ResponseWriter) {
	h := w.Header()
	h["X-Request-Id"] = []string{s.request(w)}
	h["X-Frame-Options"] = denyHeader
	h["Cross-Origin-Opener-Policy"] = openerHeader
}

// The header values are shared by all answers, so that a page from memory allocates nothing for them.
var (
	policyHeader = []string{"default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; " +
		"form-action 'self'; frame-ancestors 'none'"}
	nosniffHeader     = []string{"nosniff"}
	denyHeader        = []string{"DENY"}
	referrerHeader    = []string{"no-referrer"}
	permissionsHeader = []string{"camera=(self), geolocation=(self), microphone=(self), payment=(), usb=()"}
	openerHeader      = []string{"same-origin"}
	transportHeader   = []string{"max-age=31536000"}
)

// unsafe tells whether a request may change something.
func unsafe(r *http.Request) bool {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
		return false
	}
	return true
}

// seenWriter remembers what was answered.
type seenWriter struct {
	http.ResponseWriter
	number uint64 // of the request
	status int
	bytes  int64
}

func (w *seenWriter) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *seenWriter) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (w *seenWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
