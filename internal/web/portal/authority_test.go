package portal_test

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"mingjing/internal/web/static"
)

// openRoutes are the routes of the portal with an address of each: the public reads every one of them, and nobody signs in.
func openRoutes(publication string) map[string]string {
	return map[string]string{
		"GET /{$}": "/", "GET /publications": "/publications", "GET /publications.xlsx": "/publications.xlsx", "GET /publications.csv": "/publications.csv",
		"GET /p/{id}": "/p/" + publication, "GET /items": "/items", "GET /items.xlsx": "/items.xlsx", "GET /items.csv": "/items.csv", "GET /items/{code}": "/items/MZ-CF%2F01",
		"GET /duties": "/duties", "GET /duties/{number}": "/duties/1", "GET /officers": "/officers", "GET /officers.xlsx": "/officers.xlsx", "GET /officers.csv": "/officers.csv",
		"GET /duties.xlsx": "/duties.xlsx", "GET /duties.csv": "/duties.csv", "GET /register.xlsx": "/register.xlsx", "GET /register.csv": "/register.csv",
		"GET /integrity.xlsx": "/integrity.xlsx", "GET /integrity.csv": "/integrity.csv", "GET /parameters": "/parameters", "GET /parameters.xlsx": "/parameters.xlsx", "GET /parameters.csv": "/parameters.csv", "GET /rules": "/rules", "GET /rules.xlsx": "/rules.xlsx", "GET /rules.csv": "/rules.csv", "GET /rules/{id}": "/rules/r2",
		"GET /register": "/register", "GET /help": "/help", "GET /about": "/about", "GET /sitemap": "/sitemap", "GET /atom.xml": "/atom.xml",
		"GET /sitemap.xml": "/sitemap.xml", "GET /sitemap/{file}": "/sitemap/1.xml", "GET /robots.txt": "/robots.txt", "GET /static/": static.URL("base.css"), "GET /view": "/view?large=1", "GET /checkpoint/{size}": "/checkpoint/999",
		"GET /p/{id}/proof": "/p/" + publication + "/proof", "GET /p/{id}/entry": "/p/" + publication + "/entry", "GET /log/{agency}/checkpoint": "/log/a1/checkpoint",
		"GET /log/{agency}/tile/{path...}": "/log/a1/tile/0/000.p/1", "GET /log/{agency}/list/{kind}": "/log/a1/list/officer",
		"GET /log/{agency}/sm3/checkpoint": "/log/a1/sm3/checkpoint",
		"GET /log/{agency}/witnessed":      "/log/a1/witnessed", "GET /log/{agency}/policy": "/log/a1/policy", "GET /log/{agency}/stamp": "/log/a1/stamp",
		"GET /verify":    "/verify?id=" + publication,
		"GET /integrity": "/integrity",
		"/":              "/nothing-of-the-portal", "/api/": "/api/v1/publications",
	}
}

func TestEveryRouteOfThePortalIsKnownAndOpenToThePublic(t *testing.T) {
	sites(t, func(t *testing.T, s *site) {
		s.publish("1", "对云杉养老服务中心的行政处罚决定", "法人或者其他组织")
		s.signed()
		page := s.get("/publications").Body.String()
		at := strings.Index(page, `href="/p/`)
		if at < 0 {
			t.Fatal("nothing is published")
		}
		id, _, _ := strings.Cut(page[at+len(`href="/p/`):], `"`)
		known := openRoutes(id)
		for _, route := range s.server.Routes() {
			address, stands := known[route]
			if !stands {
				t.Errorf("%s is a route that nobody said who may use", route)
				continue
			}
			want := map[string]int{"/": http.StatusNotFound, "GET /checkpoint/{size}": http.StatusNotFound, "GET /view": http.StatusSeeOther,
				// Nobody is asked for a signature or a time stamp here.
				"GET /log/{agency}/witnessed": http.StatusNotFound, "GET /log/{agency}/policy": http.StatusNotFound, "GET /log/{agency}/stamp": http.StatusNotFound}[route]
			if want == 0 {
				want = http.StatusOK
			}
			if got := s.get(address); got.Code != want || strings.Contains(got.Header().Get("Location"), "login") {
				t.Errorf("%s answered %d, want %d", address, got.Code, want)
			}
			for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch} {
				if got := s.ask(method, address); got.Code < http.StatusBadRequest {
					t.Errorf("%s %s answered %d: the public changes nothing", method, address, got.Code)
				}
			}
		}
		for _, route := range slices.Sorted(maps.Keys(known)) {
			if !slices.Contains(s.server.Routes(), route) {
				t.Errorf("%s leads nowhere", route)
			}
		}
	})
}
