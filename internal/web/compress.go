package web

import (
	"compress/gzip"
	"net/http"
	"net/url"
	"strings"
	"sync"
)

// acceptsGzip reads Accept-Encoding as far as it matters: gzip is named and not refused.
func acceptsGzip(r *http.Request) bool {
	accepted := r.Header.Get("Accept-Encoding")
	if accepted == "" {
		return false
	}
	for part := range strings.SplitSeq(accepted, ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(name), "gzip") {
			return strings.ReplaceAll(weight, " ", "") != "q=0"
		}
	}
	return false
}

// writers are used again, because a gzip writer is some 800 KB.
var writers = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed)
	return z
}}

// squeezeWriter compresses text on its way out. It decides at the first byte, when the type is known.
type squeezeWriter struct {
	http.ResponseWriter
	wanted  bool
	decided bool
	first   func() // is called before the first byte
	z       *gzip.Writer
}

func squeeze(w http.ResponseWriter, r *http.Request) *squeezeWriter {
	return &squeezeWriter{ResponseWriter: w, wanted: acceptsGzip(r) && r.Method != http.MethodHead}
}

func (w *squeezeWriter) decide(status int) {
	if w.decided {
		return
	}
	w.decided = true
	if w.first != nil {
		w.first()
	}
	h := w.Header()
	h.Add("Vary", "Accept-Encoding")
	kind := h.Get("Content-Type")
	text := strings.HasPrefix(kind, "text/") || strings.Contains(kind, "json") || strings.Contains(kind, "xml;") || strings.HasSuffix(kind, "xml")
	if !w.wanted || !text || h.Get("Content-Encoding") != "" || h.Get("Content-Range") != "" || status == http.StatusNoContent || status == http.StatusNotModified {
		return
	}
	h.Set("Content-Encoding", "gzip")
	h.Del("Content-Length")
	w.z = writers.Get().(*gzip.Writer)
	w.z.Reset(w.ResponseWriter)
}

func (w *squeezeWriter) WriteHeader(status int) {
	w.decide(status)
	w.ResponseWriter.WriteHeader(status)
}

func (w *squeezeWriter) Write(b []byte) (int, error) {
	if !w.decided {
		if w.Header().Get("Content-Type") == "" {
			w.Header().Set("Content-Type", http.DetectContentType(b))
		}
		w.decide(http.StatusOK)
	}
	if w.z != nil {
		return w.z.Write(b)
	}
	return w.ResponseWriter.Write(b)
}

// close ends the compressed stream; the last bytes may find nobody there, which is no fault.
func (w *squeezeWriter) close() {
	if w.z != nil {
		_ = w.z.Close()
		writers.Put(w.z)
		w.z = nil
	}
}

// FlushError lets long work show what it has.
func (w *squeezeWriter) FlushError() error {
	if w.z != nil {
		if err := w.z.Flush(); err != nil {
			return err
		}
	}
	return http.NewResponseController(w.ResponseWriter).Flush()
}

// Unwrap lets http.ResponseController reach the connection.
func (w *squeezeWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// Attachment is a Content-Disposition for a file name in Chinese (RFC 6266).
func Attachment(name string) string {
	return `attachment; filename="download"; filename*=UTF-8''` + url.PathEscape(name)
}
