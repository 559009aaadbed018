package portal_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"mingjing/internal/db"
	"mingjing/internal/form/paper"
	"mingjing/internal/ledger"
	markup "mingjing/internal/testkit/page"
)

const organisation, citizen = "法人或者其他组织", "公民"

func TestEveryLinkOfThePortalLeadsSomewhereAndEveryPageIsSound(t *testing.T) {
	sites(t, func(t *testing.T, s *site) {
		s.publish("1", "对云杉养老服务中心的行政处罚决定", organisation)
		down := s.publish("2", "对云杉养老服务中心的第二份决定", organisation)
		s.withdraw(down)
		s.owe("3", "尚未公示的决定", organisation)
		s.settle()
		seen, queue := map[string]bool{"/": true}, []string{"/"}
		pages := 0
		for len(queue) > 0 {
			address := queue[0]
			queue = queue[1:]
			w := s.get(address)
			if w.Code >= 400 {
				t.Errorf("%s answers %d", address, w.Code)
				continue
			}
			if !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
				continue
			}
			pages++
			page := markup.Parse(t, w.Body.String())
			for _, fault := range page.Faults() {
				t.Errorf("%s: %s", address, fault)
			}
			for _, link := range page.Links() {
				queue = append(queue, follow(t, address, link, page, seen)...)
			}
		}
		if pages < 14 || pages > 400 {
			t.Errorf("the crawl met %d pages", pages)
		}
	})
}

// follow is the address of a link that was not met yet; a link into the page itself must have its place.
func follow(t *testing.T, from, link string, page *markup.Page, seen map[string]bool) []string {
	t.Helper()
	if place, inside := strings.CutPrefix(link, "#"); inside {
		if page.IDs()[place] == 0 {
			t.Errorf("%s: there is no #%s", from, place)
		}
		return nil
	}
	base, err := url.Parse(from)
	if err != nil {
		t.Fatal(err)
	}
	to, err := base.Parse(link)
	if err != nil {
		t.Errorf("%s: link %q: %v", from, link, err)
		return nil
	}
	to.Fragment = ""
	if to.Host != "" || seen[to.String()] || to.Path == "/view" {
		return nil
	}
	seen[to.String()] = true
	return []string{to.String()}
}

func TestAPublicationShowsWhatTheLawWantsPublic(t *testing.T) {
	sites(t, func(t *testing.T, s *site) {
		id := s.publish("1", "对云杉养老服务中心的行政处罚决定", organisation)
		s.shows("/p/"+id, "示民罚决字〔2026〕1号", "云杉养老服务中心", "罚款30000元", "《养老机构管理办法》第四十六条", "虚报床位", "六十日内申请行政复议", "2203000012/2026-00001",
			"按期公示", "2026年3月11日", "演示数据")
		page := markup.Parse(t, s.get("/p/"+id).Body.String())
		for _, name := range []string{"SiteName", "SiteDomain", "SiteIDCode", "ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType", "ArticleTitle", "PubDate", "ContentSource"} {
			if page.Attr("meta[name="+name+"]", "content") == "" {
				t.Errorf("the page says no %s", name)
			}
		}
		if page.Has("meta[name=robots]") {
			t.Error("the decision on an organisation is kept from search engines")
		}
	})
}

func TestADecisionOnTheSpotTellsThatReviewComesBeforeASuit(t *testing.T) {
	sites(t, func(t *testing.T, s *site) {
		due := s.due("7", "关于移动界桩的当场行政处罚决定", citizen)
		due.Kind, due.Blocks = "当场行政处罚决定书", []paper.Block{{Style: paper.StyleTitle, Text: "当场行政处罚决定书"}, {Style: paper.StylePara, Text: bodyText}}
		text := s.get("/p/" + s.out(s.owes(due))).Body.String()
		if !strings.Contains(text, "应当先") || strings.Contains(text, "六个月内提起行政诉讼") {
			t.Errorf("against a decision on the spot 复议 comes first: %s", text)
		}
	})
}

func TestAnOwedDecisionIsNotOnThePortal(t *testing.T) {
	sites(t, func(t *testing.T, s *site) {
		id := s.owe("1", "尚未公示的决定", organisation)
		if w := s.get("/p/" + id); w.Code != http.StatusNotFound {
			t.Errorf("it answers %d", w.Code)
		}
		for _, address := range []string{"/", "/publications", "/register", "/atom.xml", "/publications.csv", "/api/v1/publications", "/publications?q=尚未公示"} {
			if strings.Contains(strings.ReplaceAll(s.get(address).Body.String(), "q=", ""), "尚未公示的决定") {
				t.Errorf("%s shows it", address)
			}
		}
		s.shows("/register", "2026年第1号", "待公示")
	})
}

func TestAWithdrawnDecisionIsGoneFromEveryRouteSearchAndExport(t *testing.T) {
	sites(t, func(t *testing.T, s *site) {
		id := s.publish("1", "对云杉养老服务中心的行政处罚决定", organisation)
		places := []string{"/", "/p/" + id, "/publications", "/publications?q=床位", "/publications?class=处罚", "/publications.csv", "/publications.csv?q=床位", "/items/MZ-CF%2F01",
			"/atom.xml", "/sitemap/1.xml", "/api/v1/publications", "/api/v1/publications?q=床位", "/api/v1/publications/" + id}
		s.settle()
		for _, address := range places {
			s.get(address)
		}
		s.withdraw(id)
		for _, address := range places {
			body := s.get(address).Body.String()
			for _, text := range []string{"虚报", "云杉养老服务中心", "罚款30000元"} {
				if strings.Contains(body, text) {
					t.Errorf("%s still shows %s", address, text)
				}
			}
		}
		s.shows("/p/"+id, "本决定已撤下", "示民罚决字〔2026〕1号", "决定被依法撤销", "事实不清", "示政复决字〔2026〕3号", "noindex")
		if got := s.get("/p/" + id).Header().Get("X-Robots-Tag"); !strings.Contains(got, "noindex") {
			t.Errorf("X-Robots-Tag is %q", got)
		}
	})
}

func TestNaturalPersonsAreKeptFromSearchEngines(t *testing.T) {
	sites(t, func(t *testing.T, s *site) {
		id := s.publish("1", "对马某的行政处罚决定", citizen)
		if w := s.get("/p/" + id); !strings.Contains(w.Header().Get("X-Robots-Tag"), "noindex") || !strings.Contains(w.Body.String(), `name="robots" content="noindex`) {
			t.Error("the page may be indexed")
		}
		if strings.Contains(s.get("/sitemap/1.xml").Body.String(), id) {
			t.Error("the sitemap leads to it")
		}
	})
}

func TestFiltersLiveInTheAddressAndExportsHoldWhatIsShown(t *testing.T) {
	sites(t, func(t *testing.T, s *site) {
		s.publish("1", "对云杉养老服务中心的行政处罚决定", organisation)
		s.publish("2", "=cmd|' /C calc'!A0 决定", organisation)
		for address, want := range map[string]int{"/publications": 2, "/publications?year=2026": 2, "/publications?year=2025": 0, "/publications?year=x": 0, "/publications?class=处罚": 2,
			"/publications?class=许可": 0, "/publications?q=云杉养老": 2, "/publications?q=第二": 0, "/publications?state=withdrawn": 0, "/publications?agency=a9": 0} {
			if got := markup.Parse(t, s.get(address).Body.String()).Count("table.list tbody tr"); got != want {
				t.Errorf("%s shows %d, want %d", address, got, want)
			}
		}
		csv := s.get("/publications.csv").Body.String()
		if !strings.HasPrefix(csv, "\uFEFF") || strings.Count(csv, "\r\n") != 3 || !strings.Contains(csv, "'=cmd") {
			t.Errorf("the CSV file is\n%s", csv)
		}
		file, err := excelize.OpenReader(bytes.NewReader(s.get("/publications.xlsx?class=处罚").Body.Bytes()))
		s.must(err)
		rows, err := file.GetRows(file.GetSheetName(0))
		s.must(err)
		if len(rows) != 4 || !strings.Contains(rows[0][0], "处罚") || rows[1][0] != "决定" {
			t.Errorf("the Excel file is %q", rows)
		}
		if formula, err := file.GetCellFormula(file.GetSheetName(0), "A3"); err != nil || formula != "" {
			t.Errorf("A3 is a formula %q (%v)", formula, err)
		}
	})
}

func TestFeedAndSitemapAreWellFormed(t *testing.T) {
	sites(t, func(t *testing.T, s *site) {
		id := s.publish("1", "对<云杉>&的行政处罚决定", organisation)
		for _, address := range []string{"/atom.xml", "/sitemap.xml", "/sitemap/0.xml", "/sitemap/1.xml"} {
			body := s.get(address).Body.String()
			decoder := xml.NewDecoder(strings.NewReader(body))
			for {
				if _, err := decoder.Token(); err == io.EOF {
					break
				} else if err != nil {
					t.Fatalf("%s: %v", address, err)
				}
			}
			if address == "/atom.xml" && !strings.Contains(body, "http://example.com/p/"+id) {
				t.Errorf("%s does not lead to the decision", address)
			}
		}
		if w := s.get("/sitemap/77.xml"); w.Code != http.StatusNotFound {
			t.Errorf("a part that is not there answers %d", w.Code)
		}
	})
}

func TestADutyWithoutAComputedCheckSaysSo(t *testing.T) {
	sites(t, func(t *testing.T, s *site) {
		s.shows("/duties", "制定公示制度", "尚未计量", "达标", "办公室")
		s.shows("/duties/1", "尚未计量")
		if strings.Contains(s.get("/duties/1").Body.String(), "tone-late") {
			t.Error("what is not measured is shown as missed")
		}
		for _, address := range []string{"/duties/33", "/duties/x", "/items/nope", "/p/nope", "/nope", "/duties?agency=zz"} {
			if w := s.get(address); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "没有找到") {
				t.Errorf("%s answers %d", address, w.Code)
			}
		}
	})
}

func TestLargeTypeAndHighContrastNeedNoScript(t *testing.T) {
	sites(t, func(t *testing.T, s *site) {
		w := s.get("/view?large=1&back=%2Fpublications%3Fyear%3D2026")
		if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/publications?year=2026" {
			t.Fatalf("it answers %d to %q", w.Code, w.Header().Get("Location"))
		}
		cookie := w.Result().Cookies()[0]
		if body := s.get("/", "Cookie", cookie.Name+"="+cookie.Value).Body.String(); !strings.Contains(body, "view-large") {
			t.Error("the page is not in large type")
		}
		if strings.Contains(s.get("/").Body.String(), "view-large") {
			t.Error("another reader's page is in large type")
		}
		for _, back := range []string{"https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""} {
			if got := s.get("/view?contrast=1&back=" + url.QueryEscape(back)).Header().Get("Location"); got != "/" {
				t.Errorf("back=%q leads to %q", back, got)
			}
		}
	})
}

func TestTheAPIGivesWhatThePortalShowsAndProblemsInChinese(t *testing.T) {
	sites(t, func(t *testing.T, s *site) {
		id := s.publish("1", "对云杉养老服务中心的行政处罚决定", organisation)
		var list struct {
			Publications []struct{ ID, Number string }
			Count        int
		}
		s.must(json.Unmarshal(s.get("/api/v1/publications?q=床位").Body.Bytes(), &list))
		if list.Count != 1 || list.Publications[0].ID != id {
			t.Errorf("the list is %+v", list)
		}
		s.shows("/api/v1/publications/"+id, "虚报床位")
		s.shows("/api/v1/items/MZ-CF%2F01", "骗取补助")
		s.shows("/api/v1/duties", "制定公示制度")
		s.shows("/api/v1/register?agency=a1&year=2026", "commitment")
		s.shows("/api/openapi.json", `"openapi":"3.1.0"`, "/api/v1/publications")
		for address, status := range map[string]int{"/api/v1/publications?limit=9999": 422, "/api/v1/publications?year=x": 422, "/api/v1/publications/nope": 404, "/api/v1/nope": 404, "/api/v1/register": 422} {
			w := s.get(address)
			var problem struct {
				Title, Detail string
				Errors        []struct{ Message string }
			}
			s.must(json.Unmarshal(w.Body.Bytes(), &problem))
			english := strings.ContainsAny(problem.Title, "abcdefghijklmnopqrstuvwxyz") || len(problem.Errors) > 0 && strings.ContainsAny(problem.Errors[0].Message, "abcdefghijklmnopqrstuvwxyz")
			if w.Code != status || problem.Title == "" || english || !strings.Contains(w.Header().Get("Content-Type"), "problem+json") {
				t.Errorf("%s answers %d %s", address, w.Code, w.Body)
			}
		}
		if s.get("/api/v1/publications").Header().Get("Access-Control-Allow-Origin") != "" {
			t.Error("other sites' scripts may read it")
		}
	})
}

func TestAWrongMethodIsToldWithTheRightOnes(t *testing.T) {
	sites(t, func(t *testing.T, s *site) {
		id := s.publish("1", "对云杉养老服务中心的行政处罚决定", organisation)
		for _, address := range []string{"/", "/publications", "/p/" + id, "/items", "/officers.csv", "/atom.xml", "/api/v1", "/api/v1/items", "/api/v1/publications/" + id, "/api/openapi.json"} {
			for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete} {
				w := s.ask(method, address)
				if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD" {
					t.Errorf("%s %s answers %d, Allow %q", method, address, w.Code, w.Header().Get("Allow"))
				}
			}
		}
		for _, address := range []string{"/nowhere", "/p", "/api/v1/nope"} {
			if w := s.ask(http.MethodPost, address); w.Code != http.StatusNotFound || w.Header().Get("Allow") != "" {
				t.Errorf("POST %s answers %d", address, w.Code)
			}
		}
	})
}

func TestTheAddressOfTheAPIListsItsOperations(t *testing.T) {
	sites(t, func(t *testing.T, s *site) {
		for _, address := range []string{"/api/v1", "/api/v1/"} {
			var index struct {
				OpenAPI    string
				Operations []struct{ Path, Summary string }
			}
			w := s.get(address)
			s.must(json.Unmarshal(w.Body.Bytes(), &index))
			if w.Code != http.StatusOK || index.OpenAPI != "/api/openapi.json" || len(index.Operations) < 8 {
				t.Fatalf("%s answers %d %s", address, w.Code, w.Body)
			}
			for _, o := range index.Operations {
				if o.Summary == "" || !strings.Contains(o.Path, "{") && !strings.Contains(o.Path, "register") && !strings.Contains(o.Path, "checkpoint") && s.get(o.Path).Code != http.StatusOK {
					t.Errorf("%s does not answer", o.Path)
				}
			}
		}
	})
}

func TestTheLastDayOfPublishingIsTheOneThatWasFixedWithTheDecision(t *testing.T) {
	sites(t, func(t *testing.T, s *site) {
		due := s.due("1", "对云杉养老服务中心的行政处罚决定", organisation)
		due.DueOn = "2026-03-04"
		s.shows("/p/"+s.out(s.owes(due)), "晚于期限1日公示（应在作出决定之日起2个工作日内）", "2026-03-04")
		due = s.due("2", "对云杉养老服务中心的第二份决定", organisation)
		due.DueOn = "2026-03-11"
		s.shows("/p/"+s.out(s.owes(due)), "按期公示（作出决定之日起7个工作日内）")
		due = s.due("3", "对云杉养老服务中心的第三份决定", organisation)
		due.DueOn = "2026-03-08" // a Sunday: no count of working days ends there
		s.shows("/p/"+s.out(s.owes(due)), "按期公示（最迟2026-03-08）")
	})
}

func TestAPublicationTellsItsPlaceInTheLedgerOnceItIsSigned(t *testing.T) {
	sites(t, func(t *testing.T, s *site) {
		folder := t.TempDir()
		key, err := ledger.CreateKey(folder)
		s.must(err)
		id := s.publish("1", "对云杉养老服务中心的行政处罚决定", organisation)
		s.shows("/p/"+id, "签名的检查点稍后生成")
		signed, err := ledger.NewLog(s.d, key, folder, slog.New(slog.DiscardHandler)).Checkpoint(s.Context(), "a1/public")
		s.must(err)
		at := "/checkpoint/" + strconv.FormatInt(signed.Size, 10)
		s.shows("/p/"+id, "已经留痕存证", strings.ReplaceAll(signed.Root.String(), "+", "&#43;"), at)
		note := s.get(at)
		if c, err := ledger.OpenCheckpoint(note.Body.String(), key.Verifier("a1/public")); err != nil || c.Size != signed.Size {
			t.Errorf("%s answers %d %q, %v", at, note.Code, note.Body, err)
		}
		var told struct {
			Ledger struct {
				Index      int64
				Checkpoint struct {
					Size       int64
					Root, Note string
				}
			}
		}
		s.must(json.Unmarshal(s.get("/api/v1/publications/"+id).Body.Bytes(), &told))
		c := told.Ledger.Checkpoint
		if c.Size != signed.Size || c.Root != signed.Root.String() || c.Note != note.Body.String() {
			t.Errorf("the API says %+v", told)
		}
		s.must(s.d.Read(s.Context(), func(tx *db.Tx) error {
			e, err := ledger.At(tx, "a1/public", told.Ledger.Index)
			if e.Kind != "PUBLISH" || e.Subject != id {
				t.Errorf("entry %d is %s of %s", told.Ledger.Index, e.Kind, e.Subject)
			}
			return err
		}))
		s.shows("/api/v1/checkpoint?agency=a1", strconv.Quote(signed.Root.String()))
		for _, address := range []string{"/checkpoint/0", "/checkpoint/999", "/checkpoint/x", "/api/v1/checkpoint?agency=a1&size=999"} {
			if w := s.get(address); w.Code != http.StatusNotFound {
				t.Errorf("%s answers %d", address, w.Code)
			}
		}
	})
}
