package web

import (
	"net/http"
	"strings"
)

// Allowed lists the methods with which an address of the mux can be asked; none where there is no such address. A mux with
// a handler for everything else would answer a wrong method as if the address did not exist (RFC 9110, 15.5.6).
func Allowed(mux *http.ServeMux, r *http.Request) []string {
	var list []string
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		_, pattern := mux.Handler(&http.Request{Method: method, URL: r.URL, Host: r.Host})
		named, _, found := strings.Cut(pattern, " ")
		if found && (named == method || named == http.MethodGet && method == http.MethodHead) {
			list = append(list, method)
		}
	}
	return list
}

// unknown answers what no route takes: with 405 and the methods where only the method is wrong, with 404 otherwise.
func (f *Face) unknown(w http.ResponseWriter, r *http.Request) {
	if allowed := Allowed(f.server.mux, r); len(allowed) > 0 {
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		f.Fail(w, r, wrongMethod)
		return
	}
	f.Fail(w, r, noPage)
}
