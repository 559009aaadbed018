package web

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"sync"
)

// net/http writes an answer to its connection in pieces of 4 KiB, each a call of the system and a packet of its own. For a
// page from memory these calls are most of the work. A connection of a gathering listener holds the pieces of one answer
// back, when it is told their length, and sends them as one.

// Gathering makes the connections of a listener gather the answers that are given from memory. The server that accepts from
// it needs ConnContext.
func Gathering(l net.Listener) net.Listener { return gathering{l} }

type gathering struct{ net.Listener }

func (g gathering) Accept() (net.Conn, error) {
	c, err := g.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &gatherer{Conn: c}, nil
}

type connKey struct{}

// ConnContext lets a handler find the connection that its answer goes to.
func ConnContext(ctx context.Context, c net.Conn) context.Context {
	if g, ok := c.(*gatherer); ok {
		return context.WithValue(ctx, connKey{}, g)
	}
	return ctx
}

// gatherMost bounds what is held back; a longer answer is sent in pieces.
const gatherMost = 64 << 10

var heldBytes = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// gatherer is a connection that may hold an answer back until it is whole. One goroutine of net/http writes to it.
type gatherer struct {
	net.Conn
	body int           // the length of the body that follows the head; 0 = nothing is held back
	held *bytes.Buffer // nil = nothing is held back
}

// gather announces an answer with a body of so many bytes.
func gather(r *http.Request, body int) {
	if body > gatherMost {
		return
	}
	if g, ok := r.Context().Value(connKey{}).(*gatherer); ok && g.held == nil {
		g.body = body
		g.held, _ = heldBytes.Get().(*bytes.Buffer)
	}
}

// Write holds the piece back while the answer is not whole.
func (g *gatherer) Write(p []byte) (int, error) {
	if g.held == nil {
		return g.Conn.Write(p)
	}
	g.held.Write(p)
	head := bytes.Index(g.held.Bytes(), []byte("\r\n\r\n"))
	if head >= 0 && g.held.Len() < head+4+g.body || head < 0 && g.held.Len() < gatherMost {
		return len(p), nil
	}
	return len(p), g.send()
}

// ReadFrom leaves the copying of a file to the system.
func (g *gatherer) ReadFrom(r io.Reader) (int64, error) {
	if err := g.send(); err != nil {
		return 0, err
	}
	return io.Copy(g.Conn, r)
}

// send lets go what is held back.
func (g *gatherer) send() error {
	held := g.held
	if held == nil {
		return nil
	}
	g.held = nil
	_, err := g.Conn.Write(held.Bytes())
	held.Reset()
	heldBytes.Put(held)
	return err
}

// Close sends what an answer that was cut off had so far.
func (g *gatherer) Close() error {
	_ = g.send() // the other side may be gone, and the connection closes either way
	return g.Conn.Close()
}
