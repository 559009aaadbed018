package desk_test

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"mingjing/internal/access"
	"mingjing/internal/casefile/submission"
	"mingjing/internal/db"
	"mingjing/internal/document"
	"mingjing/internal/roster"
	"mingjing/internal/testkit"
	"mingjing/internal/testkit/world"
)

// stand is somebody of the table: a letter, and who it is to the case of the table.
type stand struct {
	letter string
	who    access.Actor
	behind *access.Actor // whom the person acts for (AB角)
}

// stands are everybody: each role there is, seen from the case of the table, and those who act for another.
func (b *bureau) stands() []stand {
	far := b.hire("waike", "乔远山", "bgs", access.RoleHandler)
	farHead := b.hire("waikezhang", "钟离岳", "bgs", access.RoleUnitHead)
	deputy, deputyOfHead := b.hire("daiban", "戴云归", "bgs", access.RoleSupervisor), b.hire("daizong", "祝长庚", "bgs", access.RoleChecker)
	deputyOfReviewer := b.hire("daishen", "尹霁月", "bgs", access.RoleHandler)
	return []stand{
		{"h", b.Handler, nil}, {"k", b.Third, nil}, {"f", far, nil}, // who handles the case, a colleague of the unit, a handler of another unit
		{"u", b.UnitHead, nil}, {"w", farHead, nil}, {"r", b.Reviewer, nil}, {"a", b.Approver, nil}, {"p", b.Publisher, nil}, {"c", b.Checker, nil},
		{"v", b.Archivist, nil}, {"s", b.Supervisor, nil}, {"m", b.Administrator, nil}, {"d", b.auditor(), nil},
		{"H", deputy, &b.Handler}, {"A", deputyOfHead, &b.Approver}, {"R", deputyOfReviewer, &b.Reviewer},
	}
}

// scene is what the addresses of the table name.
type scene struct {
	*bureau
	words *strings.Replacer
}

// scene lives a case until its text is under review and its draft waits for a signature, and another until its publication is due.
func (b *bureau) scene(t *testing.T) scene {
	t.Helper()
	c, review := b.underReview()
	uploadTo(b.seat(t, b.Handler), "/desk/cases/"+c.ID+"/files", "照片.png", []byte("\x89PNG\r\n\x1a\nabc")).ok()
	sent, err := submission.Send(context.Background(), b.D, b.Handler, c.ID, "decide", nil, access.RoleUnitHead)
	b.Must(err)
	if _, err := b.house.Ledger.Checkpoint(context.Background(), b.Agency.Code); err != nil {
		t.Fatal(err)
	}
	scans := b.scans(t, c, review)
	v := c.View(b.Handler)
	at, seq := "/desk/cases/"+c.ID, strconv.FormatInt(v.Events[0].Seq, 10)
	// The first that fits is taken: what is particular stands before what is general.
	notice := b.noticed()
	return scene{b, strings.NewReplacer(append(append([]string{"/desk/duties/{number}/records/{id}/{deed}", notice + "/settle", "/desk/duties/{number}/records/{id}", notice, "/desk/duties/{number}/records/{deed}", "/desk/duties/31/records/enter-budget",
		"/desk/publications/{id}/correction", "/desk/publications/none/correction"}, scans...), "/desk/cases/{id}/steps/{step}", at+"/steps/decide", "/desk/cases/{id}/events/{seq}", at+"/events/"+seq, "/desk/cases/{id}", at,
		"{doc}", v.Documents[0].ID, "{file}", v.Attachments[0].ID, "{party}", v.Parties[0].Party.ID,
		"/desk/reviews/{id}/{step}", "/desk/reviews/"+review+"/accept_review", "/desk/reviews/{id}", "/desk/reviews/"+review, "/desk/submissions/{id}", "/desk/submissions/"+sent.ID,

		"/desk/officers/{id}/{deed}", "/desk/officers/new/add", "/desk/units/{id}/{deed}", "/desk/units/new/put", "/desk/reviewers/{id}/{deed}", "/desk/reviewers/new/appoint",
		"/desk/counsels/{id}/{deed}", "/desk/counsels/new/engage", "/desk/numbers/new/{deed}", "/desk/numbers/new/void", "/desk/seals/new/{deed}", "/desk/seals/new/use",
		"/desk/agency/{deed}", "/desk/agency/change", "/desk/pack/{deed}", "/desk/pack/activate", "/desk/settings/{deed}", "/desk/settings/propose",
		"{seq}", seq, "{number}", "1", "{chapter}", "case", "{$}", "", "{id}", "none", "{deed}", "none")...)}
}

// scans puts a file beside every record that is no case, and gives the addresses: of the certificate of who handles the case,
// of a review and of a use of a seal of the case, and of a publication of another case that the same person handled.
func (b *bureau) scans(t *testing.T, c *world.Case, review string) []string {
	t.Helper()
	var officer roster.Entry
	var use document.SealUse
	b.Must(b.Write(func(tx *db.Tx) (err error) {
		if officer, err = roster.OfficerOf(tx, b.Handler.Account, b.Today()); err != nil {
			return err
		}
		use, err = document.UseSeal(tx, b.Publisher, b.numbered(c).Number, document.SealUse{Seal: "公章", UsedOn: b.Today(), Copies: 2, ApprovedBy: b.Approver.Account})
		return err
	}))
	var words []string
	for _, x := range []struct {
		kind, path, id string
		by             access.Actor
	}{{document.OwnerCertificate, "/desk/officers", officer.ID, b.Administrator}, {document.OwnerReview, "/desk/reviews", review, b.Reviewer},
		{document.OwnerSeal, "/desk/seals/uses", use.ID, b.Archivist}, {document.OwnerPublication, "/desk/publications", b.decided(), b.Publisher}} {
		at := x.path + "/" + x.id
		uploadTo(b.seat(t, x.by), at+"/files", "扫描件.png", []byte("\x89PNG\r\n\x1a\nabc")).ok()
		beside, err := b.house.Attached.Of(context.Background(), x.by, x.kind, x.id)
		b.Must(err)
		words = append(words, x.path+"/{id}/files/{file}", at+"/files/"+beside.Files[0].ID, x.path+"/{id}/files", at+"/files")
		if x.kind == document.OwnerPublication {
			p, _, err := b.house.Disclosure.Get(context.Background(), x.by, x.id)
			b.Must(err)
			words = append(words, "/desk/cases/{id}/publications", "/desk/cases/"+p.Case+"/publications")
		}
		if x.kind == document.OwnerPublication || x.kind == document.OwnerSeal {
			words = append(words, x.path+"/{id}", at)
		}
	}
	return words
}

// numbered is a finished document of the case that has a number.
func (b *bureau) numbered(c *world.Case) document.Document {
	for _, d := range c.View(b.Handler).Documents {
		if d.Number != "" {
			return d
		}
	}
	b.T.Fatal("no document of the case is numbered")
	return document.Document{}
}

// sent is what a route needs to be judged at all; everything else is sent empty, so that nothing comes of it.
func (s scene) sent(route string) url.Values {
	switch route {
	case "POST /desk/reviewers/{id}/{deed}":
		return url.Values{"account": {s.Reviewer.Account}}
	case "POST /desk/cases/{id}/steps/{step}/papers", "POST /desk/cases/{id}/steps/{step}/draft", "POST /desk/cases/{id}/steps/{step}/merge":
		return url.Values{"act.kind": {"行政处罚决定书"}, "version": {"99"}}
	case "POST /desk/cases/new/draft", "POST /desk/cases/new/spot/draft":
		return url.Values{"act.once": {"table"}}
	}
	return url.Values{}
}

// marks are the words by which the policies turn somebody away.
func marks() []string {
	return []string{"没有授权", "系统管理员不承担", "本机关人员只能", "代理期间不得", "不得审核自己承办", "不得审批自己承办", "不得审批自己审核", "您不能签批", "您不能撤回", "此环节由"}
}

// open tells whether a route let somebody in: neither turned away by a policy, nor told that the case, its review, its
// submission or its publication is not there. What is not there for anybody ("none") is looked for only by who may come in.
func (s scene) open(br *browser, route string) bool {
	a := s.ask(br, route)
	switch {
	case strings.HasPrefix(a.url, "/desk/login"), strings.Contains(a.text, "登录已经过期"):
		return false
	case a.status == http.StatusNotFound:
		return strings.Contains(s.words.Replace(route), "/none")
	case a.status == http.StatusUnprocessableEntity:
		return !slices.ContainsFunc(marks(), func(mark string) bool { return strings.Contains(alerts(a), mark) })
	case a.status >= http.StatusInternalServerError:
		br.t.Errorf("%s answered %d", route, a.status)
	}
	return true
}

// ask goes to the address of a route.
func (s scene) ask(br *browser, route string) *answer {
	method, path, _ := strings.Cut(route, " ")
	if path = s.words.Replace(path); method == http.MethodPost {
		return br.post(path, s.sent(route))
	}
	return br.get(path)
}

// alerts is what a page says went wrong: its alerts, or, where it has none, all of it.
func alerts(a *answer) string {
	var said strings.Builder
	find(a.root, func(n *html.Node) bool {
		if attr(n, "role") == "alert" {
			said.WriteString(textOf(n))
		}
		return false
	})
	if said.Len() == 0 {
		return a.text
	}
	return said.String()
}

// apart are the routes that the table does not walk, each with why.
func apart() map[string]string {
	return map[string]string{
		"/":                                       "the portal, which the desk has not",
		"/desk/":                                  "whatever the desk does not know",
		"GET /static/":                            "style and script, open to all",
		"GET /view":                               "letter size and contrast, open to all",
		"GET /desk/login":                         "where a stranger signs in",
		"POST /desk/login":                        "where a stranger signs in",
		"GET /desk/setup":                         "where a setup code is redeemed",
		"POST /desk/setup":                        "where a setup code is redeemed",
		"POST /desk/logout":                       "ends the session that walks the table",
		"POST /desk/account/acting":               "leaves the power that the table looks at; TestADeputyDoesNotLengthenThePowerThatWasLent",
		"POST /desk/account/sessions/{id}/end":    "ends sessions of one's own",
		"POST /desk/account/sessions/end":         "ends sessions of one's own",
		"GET /desk/publications/{id}/withdrawal":  "opens where the withdrawal of an imported decision waits for its second person; TestAnImportedDecisionComesDownWhenASecondPersonHasSeenTheDocument (disclosure)",
		"POST /desk/publications/{id}/withdrawal": "as above",
		"POST /desk/account/acting/answer":        "answers what a colleague asked of oneself alone",
	}
}

// table reads who may come in where: a line for each route, its letters behind a bar.
func table(t *testing.T) map[string]string {
	t.Helper()
	raw, err := os.ReadFile("testdata/authority.txt")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]string{}
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		route, letters, found := strings.Cut(line, "|")
		route = strings.Join(strings.Fields(route), " ")
		if _, twice := rows[route]; twice || !found {
			t.Fatalf("testdata/authority.txt: %s", line)
		}
		rows[route] = strings.TrimSpace(letters)
	}
	return rows
}

// A new page has its line in the table, or the program does not pass.
func TestEveryRouteStandsInTheTableOfAuthority(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		rows := table(t)
		for _, route := range b.routes {
			_, stands := rows[route]
			if reason := apart()[route]; stands == (reason != "") {
				t.Errorf("%s must stand either in testdata/authority.txt or apart with its reason", route)
			}
		}
		for _, route := range slices.Concat(slices.Collect(maps.Keys(rows)), slices.Collect(maps.Keys(apart()))) {
			if !slices.Contains(b.routes, route) && route != "/" {
				t.Errorf("%s stands in the table and leads nowhere", route)
			}
		}
	})
}

// Nobody comes in anywhere who has not signed in.
func TestEveryRouteOpensToThoseOfTheTableOnly(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		rows := table(t)
		s := b.scene(t)
		stands := b.stands()
		got := map[string]string{}
		// Pages are looked at before anything is sent, because what is sent may change what stands there.
		routes := slices.SortedFunc(maps.Keys(rows), func(x, y string) int { return strings.Compare(x, y) })
		stranger, seats := b.stranger(t), map[string]*browser{}
		for _, x := range stands {
			if x.behind == nil {
				seats[x.letter] = b.seat(t, x.who)
			} else {
				seats[x.letter] = b.deputy(t, x.who, *x.behind)
			}
		}
		asked := 0
		for n, route := range routes {
			want := ""
			for i, x := range stands {
				if !testkit.Full() && (n+i)%4 != 0 { // in the inner loop a quarter of the stands, turning from route to route
					continue
				}
				asked++
				if strings.Contains(rows[route], x.letter) {
					want += x.letter
				}
				if s.open(seats[x.letter], route) {
					got[route] += x.letter
				}
			}
			if a := s.ask(stranger, route); !strings.HasPrefix(a.url, "/desk/login") && !strings.Contains(a.text, "登录已经过期，这次提交没有办理") {
				t.Errorf("%s let a stranger to %s (%d)", route, a.url, a.status)
			}
			if got[route] != want || testkit.Full() && want != rows[route] {
				t.Errorf("%s is open to %q, want %q of %q", route, got[route], want, rows[route])
			}
		}
		t.Logf("%d of %d fields of the table were tried; make test tries all", asked, len(routes)*len(stands))
	})
}

func TestEveryRoleStandsInTheTableOfAuthority(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		stands := b.stands()
		for _, role := range access.Roles() {
			if !slices.ContainsFunc(stands, func(x stand) bool { return x.behind == nil && slices.Equal(x.who.Roles, []string{role}) }) {
				t.Errorf("nobody stands there as %s alone", role)
			}
		}
	})
}
