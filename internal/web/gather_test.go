package web_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"mingjing/internal/web"
)

// counting is a listener that counts the calls by which its connections write.
type counting struct {
	net.Listener
	writes *atomic.Int64
}

func (c counting) Accept() (net.Conn, error) {
	conn, err := c.Listener.Accept()
	return countingConn{conn, c.writes}, err
}

type countingConn struct {
	net.Conn
	writes *atomic.Int64
}

func (c countingConn) Write(p []byte) (int, error) {
	c.writes.Add(1)
	return c.Conn.Write(p)
}

func TestAPageFromMemoryGoesOutInOnePieceAndWhole(t *testing.T) {
	h := newHouse(t, web.Options{Rate: web.Rate{PerSecond: -1}})
	h.face.Keep("GET /long/{n}", func(r *http.Request) (web.Reply, error) {
		n := 0
		_, _ = fmt.Sscan(r.PathValue("n"), &n)
		return web.Reply{Type: "text/plain; charset=utf-8", Body: []byte(strings.Repeat("x", n))}, nil
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	writes := &atomic.Int64{}
	server := h.server.HTTP("")
	go func() { _ = server.Serve(web.Gathering(counting{listener, writes})) }()
	t.Cleanup(func() { server.Close() })
	conn, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	in := bufio.NewReader(conn)
	for _, c := range []struct {
		method, path, more string
		status, length     int
		writes             int64 // 0 = not looked at
	}{
		{"GET", "/long/20000", "", 200, 20000, 1}, {"GET", "/long/3", "", 200, 3, 1}, {"HEAD", "/long/20000", "", 200, 0, 1},
		{"GET", "/long/200000", "", 200, 200000, 0}, {"GET", "/long/0", "", 200, 0, 1}, {"GET", "/nope", "", 404, -1, 0},
		{"GET", "/long/20000", "If-None-Match: *\r\n", 304, 0, 1}, {"GET", "/long/64000", "", 200, 64000, 1}, {"GET", "/long/20000", "Connection: close\r\n", 200, 20000, 1},
	} {
		before := writes.Load()
		if _, err := fmt.Fprintf(conn, "%s %s HTTP/1.1\r\nHost: x\r\n%s\r\n", c.method, c.path, c.more); err != nil {
			t.Fatal(err)
		}
		r, err := http.ReadResponse(in, &http.Request{Method: c.method})
		if err != nil {
			t.Fatalf("%s %s: %v", c.method, c.path, err)
		}
		body, err := io.ReadAll(r.Body)
		if err != nil || r.StatusCode != c.status || c.length >= 0 && len(body) != c.length {
			t.Errorf("%s %s: status %d, %d bytes, %v", c.method, c.path, r.StatusCode, len(body), err)
		}
		if n := writes.Load() - before; c.writes > 0 && n != c.writes {
			t.Errorf("%s %s went out in %d pieces, want %d", c.method, c.path, n, c.writes)
		}
	}
}
