package web

import (
	"bytes"
	"compress/gzip"
	"container/list"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Reply is a finished answer that may be given again as long as the data has not changed.
type Reply struct {
	Status int    // 0 is 200
	Type   string // Content-Type
	Body   []byte
	Robots string // X-Robots-Tag; empty = none
	Link   string // Link header; empty = none
	Name   string // file name of a download; empty = shown
	// Passing says that the answer will be another soon although the data stays the same, so that it is not kept.
	Passing bool
}

// Build computes a Reply. It must depend on the request's host, path, query and view only, and on the data that
// Face.Version names; never on who asks.
type Build func(r *http.Request) (Reply, error)

// question is what an answer that is kept depends on.
type question struct{ host, path, query, view string }

func questionOf(r *http.Request) question {
	return question{r.Host, r.URL.Path, r.URL.RawQuery, ViewOf(r).Key()}
}

// entry is a reply made ready: compressed once, with its strong ETags and all headers.
type entry struct {
	key     question
	face    *Face
	version string
	status  int
	header  []headerLine
	plain   []byte // nil where packed is not: the few readers who do not take gzip have it unpacked
	packed  []byte // gzip; nil where it saves nothing
	etag    []string
	packTag []string
	bytes   int      // of the plain body
	length  []string // Content-Length of plain and of packed
	packLen []string
}

type headerLine struct {
	name  string
	value []string
}

func (e *entry) size() int64 {
	return int64(len(e.plain) + len(e.packed) + len(e.key.path) + len(e.key.query) + 768)
}

// cache keeps entries up to a number of bytes; the one not used for longest goes first.
type cache struct {
	most  int64
	mu    sync.Mutex
	bytes int64
	order *list.List // of *entry, newest in front
	byKey map[question]*list.Element
}

func newCache(most int64) *cache {
	return &cache{most: most, order: list.New(), byKey: make(map[question]*list.Element)}
}

func (c *cache) get(key question, version string) *entry {
	c.mu.Lock()
	defer c.mu.Unlock()
	element, ok := c.byKey[key]
	if !ok {
		return nil
	}
	e := element.Value.(*entry)
	if e.version != version {
		c.remove(element)
		return nil
	}
	c.order.MoveToFront(element)
	return e
}

func (c *cache) put(e *entry) {
	// One answer may not push out all others.
	if e.size() > c.most/8 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if old, ok := c.byKey[e.key]; ok {
		c.remove(old)
	}
	c.byKey[e.key] = c.order.PushFront(e)
	c.bytes += e.size()
	for c.bytes > c.most {
		c.remove(c.order.Back())
	}
}

func (c *cache) remove(element *list.Element) {
	e := element.Value.(*entry)
	c.order.Remove(element)
	delete(c.byKey, e.key)
	c.bytes -= e.size()
}

// freshTime is how long the version of the data is believed without asking the store. What another process withdrew is
// gone from this one after that time; what a form of this process withdrew is gone at once.
const freshTime = 200 * time.Millisecond

// freshness remembers the version of a face's data for a moment. The mark falls by a timer and not by comparing clocks,
// so that a clock that stands still in a demo or in a test keeps nothing alive.
type freshness struct {
	mu      sync.Mutex
	current atomic.Pointer[string]
}

func (f *freshness) drop() { f.current.Store(nil) }

func (f *freshness) version(ctx context.Context, ask func(context.Context) (string, error)) (string, error) {
	if v := f.current.Load(); v != nil {
		return *v, nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if v := f.current.Load(); v != nil {
		return *v, nil
	}
	v, err := ask(ctx)
	if err != nil {
		return "", err
	}
	f.current.Store(&v)
	time.AfterFunc(freshTime, func() { f.current.CompareAndSwap(&v, nil) })
	return v, nil
}

// remembered is the answer to a request when it is kept and the version of its data is known to be the same. Such a request
// passes no route and leaves no line in the log, and has no way to do harm: it gets bytes that lie ready.
func (s *Server) remembered(r *http.Request) *entry {
	if r.Method != http.MethodGet || s.options.Log.Enabled(r.Context(), slog.LevelDebug) {
		return nil
	}
	key := questionOf(r)
	s.kept.mu.Lock()
	element, ok := s.kept.byKey[key]
	s.kept.mu.Unlock()
	if !ok {
		return nil
	}
	e, _ := element.Value.(*entry)
	if v := e.face.fresh.current.Load(); v == nil || *v != e.version {
		return nil
	}
	return s.kept.get(key, e.version)
}

// Keep adds a GET route that is answered from memory while the data is the same.
func (f *Face) Keep(pattern string, build Build) {
	f.server.route(pattern, func(w http.ResponseWriter, r *http.Request) {
		if err := f.answer(w, r, build); err != nil {
			f.Fail(w, r, err)
		}
	})
}

func (f *Face) answer(w http.ResponseWriter, r *http.Request, build Build) error {
	key := questionOf(r)
	version := ""
	if f.Version != nil {
		v, err := f.fresh.version(r.Context(), f.Version)
		if err != nil {
			return err
		}
		version = v
		if e := f.server.kept.get(key, version); e != nil {
			e.write(w, r)
			return nil
		}
	}
	if !f.server.allow(r) {
		return tooMany
	}
	reply, err := build(r)
	if err != nil {
		return err
	}
	e, err := f.ready(key, version, reply)
	if err != nil {
		return err
	}
	if f.Version != nil && !reply.Passing {
		f.server.kept.put(e)
	}
	e.write(w, r)
	return nil
}

// ready compresses a reply and names it by its content.
func (f *Face) ready(key question, version string, reply Reply) (*entry, error) {
	e := &entry{key: key, face: f, version: version, status: reply.Status, plain: reply.Body, bytes: len(reply.Body)}
	if e.status == 0 {
		e.status = http.StatusOK
	}
	sum := sha256.Sum256(reply.Body)
	name := hex.EncodeToString(sum[:12])
	e.etag, e.packTag = []string{`"` + name + `"`}, []string{`"` + name + `-gz"`}
	if len(reply.Body) > 512 && !strings.Contains(reply.Type, "officedocument") {
		var err error
		if e.packed, err = pack(reply.Body); err != nil {
			return nil, err
		}
		e.plain = nil
	}
	e.length, e.packLen = []string{strconv.Itoa(len(reply.Body))}, []string{strconv.Itoa(len(e.packed))}
	e.header = []headerLine{{"Content-Type", []string{reply.Type}}, {"Vary", []string{"Accept-Encoding, Cookie"}},
		// A reader's browser asks again each time, so that a withdrawn text is not shown from its own memory.
		{"Cache-Control", []string{"no-cache"}}}
	if reply.Robots != "" {
		e.header = append(e.header, headerLine{"X-Robots-Tag", []string{reply.Robots}})
	}
	if reply.Link != "" {
		e.header = append(e.header, headerLine{"Link", []string{reply.Link}})
	}
	if reply.Name != "" {
		e.header = append(e.header, headerLine{"Content-Disposition", []string{Attachment(reply.Name)}})
	}
	return e, nil
}

// packers are used again, because a gzip writer is some 800 KB. A page is kept only until the next act changes what the
// public reads, so that the last percent of its size is not worth several times the work.
var packers = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(nil, packLevel)
	return z
}}

const packLevel = 4

func pack(plain []byte) ([]byte, error) {
	var packed bytes.Buffer
	packed.Grow(len(plain)/4 + 256)
	z, _ := packers.Get().(*gzip.Writer)
	defer packers.Put(z)
	z.Reset(&packed)
	if _, err := z.Write(plain); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return bytes.Clone(packed.Bytes()), nil
}

// unpack gives what pack made small. The only thing that can fail is a reader who went away.
func unpack(w io.Writer, packed []byte) {
	if z, err := gzip.NewReader(bytes.NewReader(packed)); err == nil {
		_, _ = io.Copy(w, z)
	}
}

// write gives the entry, or says that the reader has it already.
func (e *entry) write(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	for _, line := range e.header {
		h[line.name] = line.value
	}
	body, tag, length := e.plain, e.etag, e.length
	if e.packed != nil && acceptsGzip(r) {
		body, tag, length = e.packed, e.packTag, e.packLen
		h["Content-Encoding"] = gzipHeader
	}
	h["Etag"] = tag
	if e.status == http.StatusOK && matches(r.Header.Get("If-None-Match"), tag[0]) {
		delete(h, "Content-Encoding")
		delete(h, "Content-Type")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h["Content-Length"] = length
	if r.Method == http.MethodHead {
		w.WriteHeader(e.status)
		return
	}
	if body == nil && e.packed != nil {
		gather(r, e.bytes)
		w.WriteHeader(e.status)
		unpack(w, e.packed)
		return
	}
	gather(r, len(body))
	w.WriteHeader(e.status)
	_, _ = w.Write(body)
}

var gzipHeader = []string{"gzip"}

// matches reads If-None-Match: a list of tags, weak ones compared by their value (RFC 9110, 13.1.2).
func matches(list, tag string) bool {
	if list == "" {
		return false
	}
	if list == tag || list == "*" {
		return true
	}
	for part := range strings.SplitSeq(list, ",") {
		if strings.TrimPrefix(strings.TrimSpace(part), "W/") == tag {
			return true
		}
	}
	return false
}
