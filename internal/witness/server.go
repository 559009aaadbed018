package witness

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strconv"
)

// Handler serves the witness as C2SP tlog-witness has it: POST /add-checkpoint for logs, GET /ORIGINHASH/checkpoint for
// monitors, who must not depend on what the log shows them.
func (w *Witness) Handler(log *slog.Logger) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /add-checkpoint", func(rw http.ResponseWriter, r *http.Request) {
		if !w.perAddress.allow(w.address(r), w.clock()) {
			tooMany(rw)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(rw, r.Body, requestLimit+1))
		if err != nil {
			http.Error(rw, "请求过大或者没有收全", http.StatusBadRequest)
			return
		}
		a, err := w.Add(string(body))
		if err != nil {
			log.Error("witness: a request failed", "error", err)
			http.Error(rw, "见证方出现故障", http.StatusInternalServerError)
			return
		}
		if h, err := ReadHead(requestHead(string(body))); err == nil {
			log.Info("witness: answered", "origin", h.Origin, "size", h.Size, "status", a.Status, "why", a.Why)
		}
		a.write(rw)
	})
	mux.HandleFunc("GET /{origin}/checkpoint", func(rw http.ResponseWriter, r *http.Request) {
		if !w.perAddress.allow(w.address(r), w.clock()) {
			tooMany(rw)
			return
		}
		text, err := w.Latest(r.PathValue("origin"))
		switch {
		case err != nil:
			log.Error("witness: a request failed", "error", err)
			http.Error(rw, "见证方出现故障", http.StatusInternalServerError)
		case text == "":
			http.Error(rw, "没有为这个日志签过检查点", http.StatusNotFound)
		default:
			plain(rw, "text/plain; charset=utf-8")
			rw.Header().Set("Access-Control-Allow-Origin", "*")
			_, _ = io.WriteString(rw, text)
		}
	})
	mux.HandleFunc("GET /{$}", func(rw http.ResponseWriter, _ *http.Request) {
		plain(rw, "text/plain; charset=utf-8")
		_, _ = fmt.Fprintf(rw, "明镜见证方\n公钥：%s\n登记的日志：%d 个\n", w.Verifier(), w.Logs())
	})
	return mux
}

// requestHead is the checkpoint of a request, for the diary only.
func requestHead(text string) string {
	r, err := ParseRequest(text)
	if err != nil {
		return ""
	}
	return r.Checkpoint
}

func plain(rw http.ResponseWriter, kind string) {
	rw.Header().Set("Content-Type", kind)
	rw.Header().Set("X-Content-Type-Options", "nosniff")
	rw.Header().Set("Cache-Control", "no-cache")
}

// write sends an answer over the network.
func (a Answer) write(rw http.ResponseWriter) {
	switch a.Status {
	case http.StatusOK:
		plain(rw, "text/plain; charset=utf-8")
		_, _ = io.WriteString(rw, a.Lines)
	case http.StatusConflict:
		plain(rw, "text/x.tlog.size")
		rw.WriteHeader(a.Status)
		_, _ = io.WriteString(rw, strconv.FormatInt(a.Size, 10)+"\n")
	case http.StatusTooManyRequests:
		tooMany(rw)
	default:
		http.Error(rw, a.Why, a.Status)
	}
}
