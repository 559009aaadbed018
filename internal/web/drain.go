package web

import (
	"io"
	"net/http"
	"strings"
	"time"
)

// A client that is still sending does not read. Closing the connection on it loses the answer: the person sees that the
// connection broke instead of the page that says why. So what is left of a body is read before the first byte of the answer,
// within bounds.
const (
	drainLeast = 16 << 20         // bytes; a route that takes more drains as much again as it takes
	drainTime  = 60 * time.Second // from the moment of the answer
)

// rest is the body of a request as its handler left it.
type rest struct {
	body    io.Reader
	control *http.ResponseController
	most    int64
	expects bool // the client waits for leave to send
}

// bounded limits the body of a request and remembers it, to be drained before the answer.
func bounded(w http.ResponseWriter, r *http.Request, most int64) *rest {
	if r.Body == nil || r.Body == http.NoBody {
		return nil
	}
	left := &rest{body: r.Body, control: http.NewResponseController(w), most: max(most, drainLeast), expects: strings.EqualFold(r.Header.Get("Expect"), "100-continue")}
	// Without the writer the connection stays usable where the rest is drained; net/http closes it where it is not.
	r.Body = http.MaxBytesReader(nil, r.Body, most)
	return left
}

// drain reads what is left. A client that waits for leave to send gets none for what is thrown away.
func (l *rest) drain() {
	if l == nil || l.expects {
		return
	}
	stop := time.AfterFunc(drainTime, func() { _ = l.control.SetReadDeadline(time.Unix(1, 0)) }) // a test's recorder has no connection
	defer stop.Stop()
	_, _ = io.CopyN(io.Discard, l.body, l.most) // whatever ends it, the answer follows
}
