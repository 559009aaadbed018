package web

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"mingjing/internal/web/page"
)

// viewCookie remembers how a reader wants to see the pages: "large", "contrast", "large+contrast" or nothing.
const viewCookie = "view"

// ViewOf reads the chosen view; anything unknown is the plain one.
func ViewOf(r *http.Request) page.View {
	if r.Header["Cookie"] == nil {
		return page.View{}
	}
	c, err := r.Cookie(viewCookie)
	if err != nil {
		return page.View{}
	}
	return page.View{Large: strings.Contains(c.Value, "large"), Contrast: strings.Contains(c.Value, "contrast")}
}

// switchView sets the view by a plain link, so that it works without script, and goes back to where the reader was
// (无障碍环境建设法第三十二条).
func (s *Server) switchView(w http.ResponseWriter, r *http.Request) {
	view := ViewOf(r)
	query := r.URL.Query()
	if query.Has("large") {
		view.Large = query.Get("large") == "1"
	}
	if query.Has("contrast") {
		view.Contrast = query.Get("contrast") == "1"
	}
	http.SetCookie(w, &http.Cookie{Name: viewCookie, Value: view.Key(), Path: "/", MaxAge: int(365 * 24 * time.Hour / time.Second),
		HttpOnly: true, Secure: s.options.TLS, SameSite: http.SameSiteLaxMode})
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, SafeBack(query.Get("back")), http.StatusSeeOther)
}

// SafeBack is an address of this site, or the front page: a link must not lead readers elsewhere.
func SafeBack(back string) string {
	u, err := url.Parse(back)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || !strings.HasPrefix(back, "/") ||
		strings.HasPrefix(back, "//") || strings.ContainsAny(back, "\\\r\n\t") {
		return "/"
	}
	return back
}
