package portal

import (
	"net/http"
	"strconv"
	"strings"

	"mingjing/internal/disclosure/public"
	"mingjing/internal/web"
	"mingjing/internal/web/page"
)

// The public log of disclosure, as C2SP tlog-tiles has it: GET LOG/checkpoint and GET LOG/tile/…, where LOG is /log/AGENCY. A
// checkpoint changes with every entry and is kept for a few seconds only; a tile never changes.

const (
	cacheHead = "public, max-age=5"
	cacheTile = "public, max-age=31536000, immutable"
)

// logHead is the newest signed head of an agency's public log.
func (p *Portal) logHead(w http.ResponseWriter, r *http.Request) error {
	text, err := p.reader.LogHead(r.Context(), r.PathValue("agency"))
	if err != nil {
		return missing(err, "这个公示日志")
	}
	return file(w, "text/plain; charset=utf-8", cacheHead, []byte(text))
}

// logWitnessed is the newest head that the quorum of witnesses has signed: what a verifier who wants the quorum begins with while
// the newest head still waits for it.
func (p *Portal) logWitnessed(w http.ResponseWriter, r *http.Request) error {
	text, err := p.reader.LogWitnessed(r.Context(), r.PathValue("agency"))
	if err != nil {
		return missing(err, "见证过的检查点")
	}
	return file(w, "text/plain; charset=utf-8", cacheHead, []byte(text))
}

// logPolicy is the agency's own list of witnesses with their quorum.
func (p *Portal) logPolicy(w http.ResponseWriter, r *http.Request) error {
	text, err := p.reader.LogPolicy(r.Context(), r.PathValue("agency"))
	if err != nil {
		return missing(err, "见证策略")
	}
	return file(w, "text/plain; charset=utf-8", cacheHead, []byte(text))
}

// logStamp is the newest token of a time-stamp authority; the checkpoint that it is over is at /checkpoint/SIZE, and its size is
// told beside the token.
func (p *Portal) logStamp(w http.ResponseWriter, r *http.Request) error {
	s, err := p.reader.LogStamp(r.Context(), r.PathValue("agency"))
	if err != nil {
		return missing(err, "时间戳")
	}
	w.Header().Set("X-Checkpoint-Size", strconv.FormatInt(s.Size, 10))
	w.Header().Set("Content-Disposition", `attachment; filename="checkpoint-`+strconv.FormatInt(s.Size, 10)+`.tst"`)
	return file(w, "application/timestamp-reply", cacheHead, s.Token)
}

// logSeal is the newest head of the same log in SM3, sealed once a day.
func (p *Portal) logSeal(w http.ResponseWriter, r *http.Request) error {
	text, err := p.reader.LogSeal(r.Context(), r.PathValue("agency"))
	if err != nil {
		return missing(err, "国密存证根")
	}
	return file(w, "text/plain; charset=utf-8", cacheHead, []byte(text))
}

// logTile is a tile of hashes or of entries.
func (p *Portal) logTile(w http.ResponseWriter, r *http.Request) error {
	data, err := p.reader.LogFile(r.Context(), r.PathValue("agency"), "tile/"+r.PathValue("path"))
	if err != nil {
		return missing(err, "日志的这一部分")
	}
	return file(w, "application/octet-stream", cacheTile, data)
}

// logList is a published list as the log hashes it.
func (p *Portal) logList(w http.ResponseWriter, r *http.Request) error {
	text, err := p.reader.LogList(r.Context(), r.PathValue("agency"), r.PathValue("kind"))
	if err != nil {
		return missing(err, "这份清单")
	}
	return file(w, "text/plain; charset=utf-8", cacheHead, []byte(text))
}

func file(w http.ResponseWriter, kind, cache string, data []byte) error {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Cache-Control", cache)
	// Whoever checks the log may do it from a page of his own.
	h.Set("Access-Control-Allow-Origin", "*")
	_, err := w.Write(data)
	return err
}

// proofFile is the proof of a publication's text for whoever wants to check or keep it; entryFile is the line of the log that
// the proof proves.
func (p *Portal) proofFile(w http.ResponseWriter, r *http.Request) error {
	proof, err := p.prove(r)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Disposition", `attachment; filename="`+r.PathValue("id")+`.tlog-proof"`)
	return file(w, "text/plain; charset=utf-8", cacheHead, []byte(proof.Text))
}

func (p *Portal) entryFile(w http.ResponseWriter, r *http.Request) error {
	proof, err := p.prove(r)
	if err != nil {
		return err
	}
	return file(w, "application/json", cacheHead, []byte(proof.Entry))
}

func (p *Portal) prove(r *http.Request) (public.Proof, error) {
	found, err := p.reader.Get(r.Context(), r.PathValue("id"))
	if err == nil && p.options.Agency != "" && !strings.HasPrefix(found.Log, p.options.Agency+"/") {
		err = public.ErrNotFound
	}
	if err != nil {
		return public.Proof{}, missing(err, "这份存证证明")
	}
	proof, err := p.reader.Prove(r.Context(), found)
	return proof, missing(err, "这份存证证明")
}

type verifyPage struct {
	page.Frame
	ID, Key   string
	Witnesses []string
}

// verify is the page on which a publication is checked in the reader's own browser.
func (p *Portal) verify(r *http.Request) (web.Reply, error) {
	data := verifyPage{Frame: column(p.frame(r, "核验公示文本", "", page.Link{Text: "核验公示文本"}), "核验公示文本", "在浏览器里核对公示文本没有被改动", "存证,核验", "网站说明"),
		ID: r.URL.Query().Get("id")}
	if len(data.ID) > 64 {
		data.ID = ""
	}
	_, agency, err := p.agencies(r)
	if err != nil {
		return web.Reply{}, err
	}
	if p.options.LogKey != nil && agency.ID != "" {
		data.Key = p.options.LogKey(agency.ID)
	}
	if data.Witnesses, err = p.witnessKeys(r, agency.ID); err != nil {
		return web.Reply{}, err
	}
	reply, err := p.show("verify", data)
	reply.Robots = "noindex"
	return reply, err
}

// checkpoint is one signed head of the public log, for whoever wants to keep it. It is a part of what anybody needs to see
// that nothing was changed behind their back.
func (p *Portal) checkpoint(r *http.Request) (web.Reply, error) {
	size, err := strconv.ParseInt(r.PathValue("size"), 10, 64)
	if err != nil || size < 1 {
		return web.Reply{}, missing(public.ErrNotFound, "这个检查点")
	}
	_, agency, err := p.agencies(r)
	if err != nil {
		return web.Reply{}, err
	}
	c, err := p.reader.Checkpoint(r.Context(), agency.ID, size)
	if err != nil {
		return web.Reply{}, missing(err, "这个检查点")
	}
	return web.Reply{Type: "text/plain; charset=utf-8", Body: []byte(c.Note), Robots: "noindex"}, nil
}
