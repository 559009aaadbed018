package seat

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"unicode/utf8"

	"mingjing/internal/db"
	"mingjing/internal/web/page"
)

// haltedPage keeps a post that the store could not take because of its disk.
type haltedPage struct {
	page.Frame
	Lead, Action string
	Fields       []Field
	Texts        []string // what was typed at some length, to be read and copied
	Files        bool     // a file was among it, which a page cannot keep
}

// halted answers a post that met a full or failing disk: everything typed comes back and is sent again from there. What is
// no post, holds a password, or failed otherwise is answered as it was.
func (r *Room) halted(w http.ResponseWriter, req *http.Request, v *Visitor, err error) error {
	var halt *db.HaltError
	if !errors.As(err, &halt) || req.Method != http.MethodPost {
		return err
	}
	if strings.Contains(req.Header.Get("Accept"), "application/json") {
		body, fault := json.Marshal(map[string]string{"text": halt.Message() + "刚才的内容没有保存，仍在本页，将继续重试。"})
		if fault != nil {
			return fault
		}
		v.Bytes(http.StatusServiceUnavailable, "application/json; charset=utf-8", body)
		return nil
	}
	if req.ParseForm() != nil || len(req.PostForm) == 0 || secret(req.PostForm) {
		return err
	}
	engine, fault := confirmEngine()
	if fault != nil {
		return fault
	}
	p := haltedPage{Frame: v.Head("系统暂时只能查看"), Lead: halt.Message(), Action: req.URL.RequestURI(), Fields: kept(req.PostForm),
		Files: req.MultipartForm != nil && len(req.MultipartForm.File) > 0}
	for _, f := range p.Fields {
		if text := strings.TrimSpace(f.Value); utf8.RuneCountInString(text) >= worthReading {
			p.Texts = append(p.Texts, text)
		}
	}
	body, fault := engine.Execute("halted", p)
	if fault != nil {
		return fault
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Retry-After", "10")
	v.Bytes(http.StatusServiceUnavailable, "text/html; charset=utf-8", body)
	return nil
}

// worthReading is how many characters make a value something that somebody wrote, and not a choice or a version.
const worthReading = 6
