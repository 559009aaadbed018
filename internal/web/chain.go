package web

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"
)

// requestHeader carries the number of a request, which an error page shows and the log repeats.
const requestHeader = "X-Request-Id"

// bootMark makes numbers of requests differ between two starts of the program.
func bootMark() string {
	var random [4]byte
	_, _ = rand.Read(random[:])
	return hex.EncodeToString(random[:])
}

// ServeHTTP lets a request pass the guards and gives it to its route.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	start := s.options.Clock()
	seen := &seenWriter{ResponseWriter: w}
	header := w.Header()
	header.Set(requestHeader, s.boot+"-"+strconv.FormatUint(s.count.Add(1), 10))
	s.guardHeaders(header)
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
	s.mux.ServeHTTP(seen, r)
}

// fault is the end of a panic: one log line with the stack, and a page that says nothing of it.
func (s *Server) fault(w *seenWriter, r *http.Request, fault any) {
	if fault == http.ErrAbortHandler {
		panic(fault)
	}
	s.options.Log.Error("a handler failed", "request", w.Header().Get(requestHeader), "pattern", r.Pattern,
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
	s.options.Log.LogAttrs(r.Context(), level, "request", slog.String("request", w.Header().Get(requestHeader)),
		slog.String("method", r.Method), slog.String("pattern", r.Pattern), slog.Int("status", w.status),
		slog.Int64("bytes", w.bytes), slog.Duration("took", s.options.Clock().Sub(start)))
}

// guardHeaders are the same for every answer: nothing inline, nothing from elsewhere, no frame around us.
func (s *Server) guardHeaders(h http.Header) {
	h["Content-Security-Policy"] = policyHeader
	h["X-Content-Type-Options"] = nosniffHeader
	h["X-Frame-Options"] = denyHeader
	h["Referrer-Policy"] = referrerHeader
	h["Permissions-Policy"] = permissionsHeader
	h["Cross-Origin-Opener-Policy"] = openerHeader
	if s.options.TLS {
		h["Strict-Transport-Security"] = transportHeader
	}
}

// The header values are shared by all answers, so that a page from memory allocates nothing for them.
var (
	policyHeader = []string{"default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; " +
		"form-action 'self'; frame-ancestors 'none'"}
	nosniffHeader     = []string{"nosniff"}
	denyHeader        = []string{"DENY"}
	referrerHeader    = []string{"no-referrer"}
	permissionsHeader = []string{"accelerometer=(), camera=(self), geolocation=(self), gyroscope=(), magnetometer=(), " +
		"microphone=(self), payment=(), usb=()"}
	openerHeader    = []string{"same-origin"}
	transportHeader = []string{"max-age=31536000"}
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
