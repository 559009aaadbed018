package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"mingjing/internal/web/page"
	"mingjing/internal/web/static"
)

// Options are what a deployment chooses. Clock and Log must be set; the rest is right when left out.
type Options struct {
	Clock func() time.Time
	Log   *slog.Logger
	// Rate limits the requests of one address that have to be computed; what is answered from memory is not counted.
	// The zero value is 20 a second after a burst of 200. A negative PerSecond switches the limit off.
	Rate Rate
	// MaxBody bounds a request's body in bytes unless its route says otherwise; 0 is 1 MiB.
	MaxBody int64
	// CacheBytes bounds the memory for finished answers; 0 is 4 MiB.
	CacheBytes int64
	// Proxies are the addresses whose X-Forwarded-For is believed.
	Proxies []netip.Prefix
	// Origins are further origins whose forms are accepted, such as https://desk.example.cn behind a proxy that changes Host.
	Origins []string
	// TLS says that people reach the server by https: cookies are marked Secure and HSTS is sent.
	TLS bool
}

// Server holds the routes of all faces. It is safe for concurrent use once every face is installed.
type Server struct {
	options Options
	mux     *http.ServeMux
	routes  []string // what was added to the mux, which does not tell
	mounts  []string // the prefixes of handlers of their own
	faces   []*Face
	foreign *http.CrossOriginProtection
	limit   *limiter
	kept    *cache
	boot    string
	count   atomic.Uint64
}

// New makes a server without faces; it answers for the files of the pages and for the view switch only.
func New(options Options) (*Server, error) {
	if options.Clock == nil || options.Log == nil {
		return nil, fmt.Errorf("web: a server needs a clock and a log")
	}
	if options.MaxBody == 0 {
		options.MaxBody = 1 << 20
	}
	if options.CacheBytes == 0 {
		options.CacheBytes = 4 << 20
	}
	s := &Server{options: options, mux: http.NewServeMux(), foreign: http.NewCrossOriginProtection(),
		limit: newLimiter(options.Rate), kept: newCache(options.CacheBytes), boot: bootMark()}
	for _, origin := range options.Origins {
		if err := s.foreign.AddTrustedOrigin(origin); err != nil {
			return nil, fmt.Errorf("web: trust origin %q: %w", origin, err)
		}
	}
	s.route("GET "+static.Prefix, static.Handler().ServeHTTP)
	s.route("GET /view", s.switchView)
	return s, nil
}

func (s *Server) route(pattern string, handler http.HandlerFunc) {
	s.mux.HandleFunc(pattern, handler)
	s.routes = append(s.routes, pattern)
}

// Routes lists the patterns of every route in the order in which they were added, so that it can be held against who may
// come in where.
func (s *Server) Routes() []string { return slices.Clone(s.routes) }

// Face is one audience's part of the server.
type Face struct {
	// Prefix is the part of the addresses that this face answers for, such as "/desk/"; "/" is the rest.
	Prefix string
	// Pages are the face's pages; among them must be "problem", which shows a page.Problem.
	Pages *page.Engine
	// Frame is what surrounds every page of the face for this request.
	Frame func(*http.Request) page.Frame
	// Version names the state of the data that the face's kept answers show. It is asked at most a few times a second,
	// and at once after any form of this process. Nil: nothing of the face is kept.
	Version func(context.Context) (string, error)

	server *Server
	fresh  freshness
}

// Install adds a face. Its handlers are added afterwards with Handle and Keep.
func (s *Server) Install(f *Face) error {
	if f.Pages == nil || !f.Pages.Has("problem") {
		return fmt.Errorf("web: install face %q: it has no page \"problem\"", f.Prefix)
	}
	if f.Frame == nil {
		return fmt.Errorf("web: install face %q: it has no frame", f.Prefix)
	}
	f.server = s
	s.faces = append(s.faces, f)
	// Whatever the face does not know ends on its own page.
	s.route(f.Prefix, f.unknown)
	return nil
}

// Handler answers one route. What it returns is shown by Face.Fail.
type Handler func(w http.ResponseWriter, r *http.Request) error

// Handle adds a route whose answer is computed for every request and never stored outside.
func (f *Face) Handle(pattern string, handler Handler) {
	f.HandleBody(pattern, f.server.options.MaxBody, handler)
}

// HandleBody is Handle for a route that takes bodies of up to so many bytes, such as an attachment.
func (f *Face) HandleBody(pattern string, most int64, handler Handler) {
	f.server.route(pattern, func(w http.ResponseWriter, r *http.Request) {
		if !f.server.allow(r) {
			f.Fail(w, r, tooMany)
			return
		}
		left := bounded(w, r, most)
		f.server.computedHeaders(w)
		w.Header().Set("Cache-Control", "no-store")
		squeezed := squeeze(w, r)
		squeezed.first = left.drain
		defer squeezed.close()
		if err := handler(squeezed, r); err != nil {
			f.Fail(squeezed, r, err)
		}
		if unsafe(r) {
			f.server.Changed()
		}
	})
}

// Mount gives a whole subtree to a handler of its own, such as the API; tooOften answers an address that asks too often.
func (s *Server) Mount(prefix string, handler, tooOften http.Handler) {
	s.mounts = append(s.mounts, prefix)
	s.route(prefix, func(w http.ResponseWriter, r *http.Request) {
		if !s.allow(r) {
			tooOften.ServeHTTP(w, r)
			return
		}
		if r.Body != nil {
			r.Body = http.MaxBytesReader(w, r.Body, s.options.MaxBody)
		}
		squeezed := squeeze(w, r)
		defer squeezed.close()
		handler.ServeHTTP(squeezed, r)
	})
}

// Show writes a page of the face.
func (f *Face) Show(w http.ResponseWriter, status int, name string, data any) error {
	body, err := f.Pages.Execute(name, data)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, err = w.Write(body)
	if err != nil {
		return nil // The reader went away; there is nobody left to tell.
	}
	return nil
}

// Changed makes every face ask for the version of its data before it answers from memory again. A form does so by
// itself; work in the background of the same process may.
func (s *Server) Changed() {
	for _, f := range s.faces {
		f.fresh.drop()
	}
}

func (s *Server) faceOf(path string) *Face {
	var best *Face
	for _, f := range s.faces {
		if strings.HasPrefix(path, f.Prefix) && (best == nil || len(f.Prefix) > len(best.Prefix)) {
			best = f
		}
	}
	return best
}

// HTTP is the server with the time limits of a server that faces the public. WriteTimeout leaves room for a long export.
func (s *Server) HTTP(address string) *http.Server {
	return &http.Server{Addr: address, Handler: s, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 2 * time.Minute,
		WriteTimeout: 10 * time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10, ConnContext: ConnContext,
		ErrorLog: slog.NewLogLogger(s.options.Log.Handler(), slog.LevelDebug)}
}
