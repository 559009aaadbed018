package portal_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"mingjing/internal/db"
	"mingjing/internal/disclosure/public"
	"mingjing/internal/disclosure/snapshot"
	"mingjing/internal/ledger"
	markup "mingjing/internal/testkit/page"
)

// publicLists are the pages that list things, with the addresses of a list that has rows; the other pages list nothing of
// their own. A new page must be said to be one or the other.
var publicLists = map[string]string{"GET /publications": "/publications", "GET /items": "/items", "GET /officers": "/officers", "GET /duties": "/duties",
	"GET /register": "/register", "GET /rules": "/rules", "GET /parameters": "/parameters", "GET /integrity": "/integrity"}

var noLists = map[string]string{"GET /{$}": "the newest of /publications", "GET /p/{id}": "one decision", "GET /verify": "a tool", "GET /items/{code}": "one item",
	"GET /duties/{number}": "one duty, whose parts stand in the list", "GET /rules/{id}": "one text", "GET /help": "a text", "GET /about": "a text", "GET /sitemap": "links"}

func TestEveryPublicListIsExportedWhole(t *testing.T) {
	sites(t, func(t *testing.T, s *site) {
		s.publish("1", "对云杉养老服务中心的行政处罚决定", organisation)
		s.must(s.d.Write(s.Context(), "a1", func(tx *db.Tx) error {
			_, err := snapshot.Publish(tx, ledger.Actor{Account: "publisher-1", Role: "publisher"}, "a1", public.KindIntegrity,
				[]snapshot.Row{{Key: "ledger", Show: public.Check{Key: "ledger", Title: "留痕账本", How: "重新计算", State: public.CheckSound, Text: "一致"}}})
			return err
		}))
		for _, route := range s.server.Routes() {
			address, list := publicLists[route]
			_, known := noLists[route]
			r := s.get(strings.TrimPrefix(route, "GET "))
			if strings.Contains(route, "{") && list {
				r = s.get(address)
			}
			html := strings.HasPrefix(r.Header().Get("Content-Type"), "text/html") && strings.HasPrefix(route, "GET ") && r.Code == http.StatusOK
			if html && !list && !known {
				t.Errorf("%s is a page of which nobody said whether it lists something", route)
			}
			if !list {
				continue
			}
			page := r.Body.String()
			shown := markup.Parse(t, page).Count("table.list[data-list] tbody tr, ol.duty-list li")
			for _, ending := range []string{".xlsx", ".csv"} {
				at := strings.Index(page, `href="`+address+ending)
				if at < 0 {
					t.Errorf("%s offers no %s", address, ending)
					continue
				}
				href, _, _ := strings.Cut(page[at+len(`href="`):], `"`)
				file := s.get(strings.ReplaceAll(href, "&amp;", "&"))
				if file.Code != http.StatusOK {
					t.Errorf("%s answers %d", href, file.Code)
				}
				if ending == ".csv" {
					continue
				}
				book, err := excelize.OpenReader(bytes.NewReader(file.Body.Bytes()))
				s.must(err)
				rows, err := book.GetRows(book.GetSheetName(0))
				s.must(err)
				if len(rows) < 3 || shown > 0 && len(rows)-2 != shown {
					t.Errorf("%s holds %d rows, the page shows %d", href, len(rows)-2, shown)
				}
			}
		}
	})
}

func TestATextOfTheAgencysRulesIsReadInEveryVersion(t *testing.T) {
	sites(t, func(t *testing.T, s *site) {
		list := s.get("/rules").Body.String()
		for _, want := range []string{"行政执法公示制度", "示民发〔2026〕2号", "现行有效", "已失效", "第1项", `href="/rules/r1"`} {
			if !strings.Contains(list, want) {
				t.Errorf("the list does not say %s", want)
			}
		}
		now := s.get("/rules/r2").Body.String()
		for _, want := range []string{"现行有效", "本机关的行政许可决定。", `href="/rules/r1"`, "2026年1月1日"} {
			if !strings.Contains(now, want) {
				t.Errorf("the text in force does not say %s", want)
			}
		}
		old := s.get("/rules/r1").Body.String()
		if !strings.Contains(old, "旧的范围。") || !strings.Contains(old, "已失效") || !strings.Contains(old, "2025年12月31日") {
			t.Errorf("the old version reads\n%s", old)
		}
		if w := s.get("/rules/r9"); w.Code != http.StatusNotFound {
			t.Errorf("a text that is not there answers %d", w.Code)
		}
	})
}
