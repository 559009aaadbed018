package seat

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"sort"
	"strings"

	"mingjing/internal/web"
)

// secretNames are what a page asks for and never shows again.
func secretNames() []string { return []string{"password", "repeat", "old", "code"} }

// away answers a request of somebody whose session is over. Whoever looks is led to the sign-in page; whoever posts keeps
// everything that was typed on a page, and a page that saves by itself is told that it did not.
func (r *Room) away(w http.ResponseWriter, req *http.Request, err error) error {
	var sign web.SignIn
	if !errors.As(err, &sign) || req.Method != http.MethodPost {
		return err
	}
	if strings.Contains(req.Header.Get("Accept"), "application/json") {
		body, fault := json.Marshal(map[string]string{"href": sign.Location, "text": "登录已过期，刚才的内容没有保存，仍在本页。请在新页面登录，登录后本页继续自动保存。"})
		if fault != nil {
			return fault
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = w.Write(body) // the reader may have gone away; there is nobody left to tell
		return nil
	}
	if req.ParseForm() != nil || len(req.PostForm) == 0 || secret(req.PostForm) {
		return err // a file cannot be kept on a page, and a password is not
	}
	engine, fault := confirmEngine()
	if fault != nil {
		return fault
	}
	p := confirmPage{Frame: r.Face.Frame(req), Action: req.URL.RequestURI(), Fields: kept(req.PostForm), Proof: sign.Location}
	p.Title, p.NoIndex = "登录已过期", true
	body, fault := engine.Execute("away", p)
	if fault != nil {
		return fault
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusUnprocessableEntity)
	_, _ = w.Write(body)
	return nil
}

func secret(typed url.Values) bool {
	for name := range typed {
		if slices.Contains(secretNames(), name) {
			return true
		}
	}
	return false
}

// kept are all values of a post as fields that nobody sees.
func kept(typed url.Values) []Field {
	var fields []Field
	for name, values := range typed {
		for _, value := range values {
			fields = append(fields, Field{Name: name, Control: Hidden, Value: value})
		}
	}
	sort.SliceStable(fields, func(i, j int) bool { return fields[i].Name < fields[j].Name })
	return fields
}
