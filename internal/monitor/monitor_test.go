package monitor_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/disclosure/index"
	"mingjing/internal/disclosure/journal"
	"mingjing/internal/disclosure/public"
	"mingjing/internal/disclosure/snapshot"
	"mingjing/internal/form/paper"
	"mingjing/internal/law"
	"mingjing/internal/ledger"
	"mingjing/internal/monitor"
	"mingjing/internal/testkit"
	"mingjing/internal/web"
	"mingjing/internal/web/api"
	"mingjing/internal/web/page"
	"mingjing/internal/web/portal"
	"mingjing/internal/witness"
	"mingjing/internal/workday"
)

const publicLog = "a1/public"

// town is a portal with a public log, seen by a monitor through a proxy that the test may make lie.
type town struct {
	*testing.T
	d      *db.DB
	clock  *testkit.Clock
	folder string
	key    *ledger.Key
	log    *ledger.Log
	server *web.Server
	room   *disclosure.Room
	index  *index.Indexer
	maker  access.Actor
	second access.Actor
	proxy  *httptest.Server
	lie    func(w http.ResponseWriter, r *http.Request, truth func(path string) *httptest.ResponseRecorder) bool
	state  *monitor.State
	shown  []string
	gone   []string // withdrawn, then expired
}

func newTown(t *testing.T) *town {
	t.Helper()
	s := &town{T: t, clock: testkit.NewClock(t, "2026-03-05T09:00:00+08:00"), folder: t.TempDir(), state: &monitor.State{},
		maker:  access.Actor{Account: "publisher-1", Agency: "a1", Roles: []string{access.RolePublisher}, StepUp: true},
		second: access.Actor{Account: "checker-1", Agency: "a1", Roles: []string{access.RoleChecker}, StepUp: true}}
	s.d = testkit.SQLite(t, s.clock.Now)
	discard := slog.New(slog.DiscardHandler)
	calendar, err := workday.National()
	s.must(err)
	s.room, err = disclosure.New(s.d, disclosure.Books{})
	s.must(err)
	s.index = index.New(s.d)
	s.server, err = web.New(web.Options{Clock: s.clock.Now, Log: discard, Rate: web.Rate{PerSecond: -1}})
	s.must(err)
	reader := public.Open(s.d)
	_, err = portal.Install(s.server, reader, portal.Options{Clock: s.clock.Now, Calendar: calendar, Site: page.Site{Name: "示例市民政局行政执法公示平台", Agency: "示例市民政局"}})
	s.must(err)
	s.must(api.Install(s.server, reader, api.Options{Title: "接口", Log: discard}))
	s.key, err = ledger.CreateKey(s.folder)
	s.must(err)
	s.log = ledger.NewLog(s.d, s.key, s.folder, discard)
	s.proxy = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.lie == nil || !s.lie(w, r, s.truth) {
			s.server.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(s.proxy.Close)
	s.lists("林知远")
	return s
}

func (s *town) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

func (s *town) truth(path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	s.server.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w
}

func (s *town) lists(officer string) {
	s.Helper()
	by := ledger.Actor{Account: "publisher-1", Role: "publisher"}
	s.must(s.d.Write(s.Context(), "a1", func(tx *db.Tx) error {
		for kind, row := range map[string]snapshot.Row{public.KindAgency: {Key: "a1", Show: public.Agency{ID: "a1", Name: "示例市民政局"}}, public.KindOfficer: {Key: "o1", Show: public.Officer{Name: officer}},
			public.KindDuty: {Key: "1", Show: public.Duty{Number: 1, Category: "公示", Task: "制定公示制度"}}} {
			if _, err := snapshot.Publish(tx, by, "a1", kind, []snapshot.Row{row}); err != nil {
				return err
			}
		}
		_, err := journal.Write(tx, journal.Entry{Agency: "a1", Kind: journal.Key, SubjectKind: journal.SubjectLog, Subject: "a1", Says: map[string]string{"log": s.key.Verifier(publicLog)}})
		return err
	}))
}

// owe makes a decision that has to be published.
func (s *town) owe(n int, until string) string {
	s.Helper()
	text := fmt.Sprintf("经查，当事人第%d号养老机构虚报床位并骗取运营补助，违反规定的事实清楚，证据确实充分。", n)
	due := disclosure.Due{Agency: "a1", AgencyName: "示例市民政局", Decision: fmt.Sprint("d", n), DecisionHash: testkit.PaperHash(), Case: fmt.Sprint("c", n), Class: "处罚", Kind: "行政处罚决定书", ItemName: "对骗取补助的处罚",
		Number: fmt.Sprintf("示民罚决字〔2026〕%d号", n), Title: fmt.Sprintf("对第%d号养老机构骗取补助的处罚决定", n), PartyPublicName: fmt.Sprintf("第%d号养老机构", n), PartyKind: "法人或者其他组织",
		Basis: "《养老机构管理办法》第四十六条", Result: fmt.Sprintf("罚款%d元", 1000*n), DecidedOn: workday.DayOf(s.d.Now()).String(), HasSocialImpact: true, PeriodUntil: until,
		Blocks: []paper.Block{{Style: paper.StyleTitle, Text: "行政处罚决定书"}, {Style: paper.StylePara, Text: fmt.Sprintf("示民罚决字〔2026〕%d号", n)}, {Style: paper.StylePara, Text: text},
			{Style: paper.StylePara, Text: "如不服本决定，可以依法申请行政复议或者提起行政诉讼，逾期不申请又不履行的，依法强制执行。"}}}
	calendar, err := workday.National()
	s.must(err)
	last, err := calendar.AddWorkdays(workday.DayOf(s.d.Now()), 7)
	s.must(err)
	due.DueOn = last.String()
	var id string
	s.must(s.d.Write(s.Context(), "a1", func(tx *db.Tx) (err error) {
		by := ledger.Actor{Account: "handler-1", Role: "handler"}
		if id, err = disclosure.Owe(tx, by, due); err != nil {
			return err
		}
		if err := disclosure.Served(tx, by, due.Decision, law.ServedDirect, due.DecidedOn); err != nil {
			return err
		}
		return testkit.Decided(tx, id)
	}))
	return id
}

func (s *town) out(id string) string {
	s.Helper()
	ctx := s.Context()
	draft, err := s.room.Draft(ctx, s.maker, id)
	s.must(err)
	s.must(s.room.Prepare(ctx, s.maker, id, disclosure.Prepared{Decisions: disclosure.AcceptAll(draft.Spans, "")}))
	p, _, err := s.room.Get(ctx, s.maker, id)
	s.must(err)
	s.must(s.room.Check(ctx, s.second, id, p.ContentHash))
	s.must(s.room.Publish(ctx, s.maker, id, p.ContentHash))
	s.settle()
	return id
}

// settle lets search, pages and checkpoint catch up.
func (s *town) settle() {
	s.Helper()
	_, err := s.index.CatchUp(context.Background())
	s.must(err)
	s.server.Changed()
	_, err = s.log.Checkpoint(s.Context(), publicLog)
	s.must(err)
}

func (s *town) withdraw(id string) {
	s.Helper()
	p, _, err := s.room.Get(s.Context(), s.maker, id)
	s.must(err)
	today := workday.DayOf(s.d.Now())
	s.must(s.d.Write(s.Context(), p.Agency, func(tx *db.Tx) error {
		if err := testkit.Annulled(tx, id, today.String()); err != nil {
			return err
		}
		return disclosure.OweWithdrawal(tx, ledger.Actor{Account: "head-1", Role: access.RoleApprover}, disclosure.Fallen{Decision: p.Decision, Ground: "撤销",
			Document: "示政复决字〔2026〕3号", On: today.String(), DueOn: today.AddDays(3).String()})
	}))
	s.must(s.room.Withdraw(s.Context(), s.maker, id, disclosure.Withdrawal{Ground: "撤销", Document: "示政复决字〔2026〕3号", Reason: "主要事实不清，复议机关依法撤销。"}))
	s.settle()
}

// look runs the monitor from a state.
func (s *town) look(before *monitor.State, change ...func(*monitor.Options)) (monitor.Report, *monitor.State) {
	s.Helper()
	o := monitor.Options{Base: s.proxy.URL, Agency: "a1", All: true, Rate: 1e6, Client: s.proxy.Client(), Now: s.clock.Now(), Key: s.key.Verifier(publicLog)}
	for _, c := range change {
		c(&o)
	}
	r, after, err := monitor.Look(s.Context(), o, before)
	s.must(err)
	return r, after
}

func (s *town) sound(before *monitor.State, change ...func(*monitor.Options)) *monitor.State {
	s.Helper()
	r, after := s.look(before, change...)
	if !r.Sound() {
		s.Fatalf("a sound portal is reported:\n%s", r.Text())
	}
	return after
}

// live lets the agency work for some weeks under the eyes of the monitor.
func (s *town) live() {
	s.Helper()
	for n := 1; n <= 6; n++ {
		until := ""
		if n == 2 {
			until = "2026-03-20"
		}
		s.shown = append(s.shown, s.out(s.owe(n, until)))
	}
	s.state = s.sound(&monitor.State{})
	s.withdraw(s.shown[0])
	s.state = s.sound(s.state)
	s.clock.Advance(20 * 24 * time.Hour)
	if n, err := s.room.ExpireDue(s.Context()); err != nil || n != 1 {
		s.Fatalf("%d ended, %v", n, err)
	}
	s.gone, s.shown = s.shown[:2], s.shown[2:]
	s.lists("沈明澈")
	s.owe(7, "")
	s.settle()
	s.state = s.sound(s.state)
}

func TestASoundPortalIsReportedSoundFromWhereverOneBegins(t *testing.T) {
	s := newTown(t)
	s.live()
	s.sound(&monitor.State{})
	s.sound(s.state, func(o *monitor.Options) { o.All = false })
	s.sound(&monitor.State{}, func(o *monitor.Options) { o.Key, o.Agency = "", "" })
	path := filepath.Join(t.TempDir(), "state.json")
	s.must(s.state.Save(path))
	again, err := monitor.LoadState(path)
	s.must(err)
	for range 3 {
		again = s.sound(again)
		s.out(s.owe(20+len(again.Decisions), ""))
	}
	r, _ := s.look(again)
	if !r.Sound() || r.Decisions != 10 || r.Publications != 9 || r.Waiting != 1 || r.Checked != 9 || r.New == 0 {
		t.Errorf("%+v", r)
	}
}

func TestWhatIsNotPublicInTimeIsListedByItsNumber(t *testing.T) {
	s := newTown(t)
	s.live()
	r, _ := s.look(s.state, func(o *monitor.Options) { o.Now = o.Now.AddDate(0, 1, 0) })
	if len(r.Findings) != 1 || r.Findings[0].Kind != monitor.Overdue || r.Findings[0].Subject != "2026-7" {
		t.Errorf("%s", r.Text())
	}
}

func TestAPortalThatIsNotReachedIsNotCalledWrong(t *testing.T) {
	s := newTown(t)
	s.lie = func(w http.ResponseWriter, _ *http.Request, _ func(string) *httptest.ResponseRecorder) bool {
		w.WriteHeader(http.StatusBadGateway)
		return true
	}
	if r, _, err := monitor.Look(t.Context(), monitor.Options{Base: s.proxy.URL, Agency: "a1", Rate: 1e6, Now: s.clock.Now()}, &monitor.State{}); err == nil {
		t.Errorf("%+v", r)
	}
}

// forged is the log of the agency as the agency itself might write it: entries changed, and signed with the true key.
type forged struct {
	entries [][]byte
	stored  []tlog.Hash
	head    string
}

func (s *town) entries() [][]byte {
	s.Helper()
	head, err := witness.ReadHead(s.truth("/log/a1/checkpoint").Body.String())
	s.must(err)
	raw := s.truth(fmt.Sprintf("/log/a1/tile/entries/000.p/%d", head.Size)).Body.Bytes()
	var list [][]byte
	for len(raw) > 0 {
		n := 2 + int(binary.BigEndian.Uint16(raw))
		list, raw = append(list, raw[2:n]), raw[n:]
	}
	return list
}

func (s *town) forge(entries [][]byte, signer note.Signer) *forged {
	s.Helper()
	f := &forged{entries: entries}
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var list []tlog.Hash
		for _, i := range indexes {
			list = append(list, f.stored[i])
		}
		return list, nil
	})
	for i, e := range entries {
		hashes, err := tlog.StoredHashes(int64(i), e, reader)
		s.must(err)
		f.stored = append(f.stored, hashes...)
	}
	root, err := tlog.TreeHash(int64(len(entries)), reader)
	s.must(err)
	text, err := note.Sign(&note.Note{Text: fmt.Sprintf("mingjing/a1/public\n%d\n%s\n", len(entries), root)}, signer)
	s.must(err)
	f.head = string(text)
	return f
}

// signer signs as the agency does.
func (s *town) signer() note.Signer {
	s.Helper()
	text, err := os.ReadFile(ledger.KeyPath(s.folder))
	s.must(err)
	parts := strings.SplitN(strings.TrimSpace(string(text)), "+", 5)
	vkey := strings.SplitN(s.key.Verifier(publicLog), "+", 3)
	signer, err := note.NewSigner("PRIVATE+KEY+" + vkey[0] + "+" + vkey[1] + "+" + parts[4])
	s.must(err)
	return signer
}

func (f *forged) serve(w http.ResponseWriter, r *http.Request) bool {
	path, ours := strings.CutPrefix(r.URL.Path, "/log/a1/")
	switch {
	case ours && path == "checkpoint":
		_, _ = w.Write([]byte(f.head))
		return true
	case ours && strings.HasPrefix(path, "tile/entries/"):
		var out []byte
		for _, e := range f.entries {
			out = append(binary.BigEndian.AppendUint16(out, uint16(len(e))), e...)
		}
		_, _ = w.Write(out)
		return true
	case ours && strings.HasPrefix(path, "tile/"):
		tile, err := tlog.ParseTilePath("tile/8/" + strings.TrimPrefix(path, "tile/"))
		if err == nil {
			data, err := tlog.ReadTileData(tile, tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
				var list []tlog.Hash
				for _, i := range indexes {
					list = append(list, f.stored[i])
				}
				return list, nil
			}))
			if err == nil {
				_, _ = w.Write(data)
				return true
			}
		}
		http.NotFound(w, r)
		return true
	}
	return false
}

// line is an entry as a forger takes it apart.
type line = map[string]any

func change(raw []byte, do func(l line, ref map[string]any)) []byte {
	var l line
	_ = json.Unmarshal(raw, &l)
	ref, _ := l["ref"].(map[string]any)
	if ref == nil {
		ref = map[string]any{}
	}
	do(l, ref)
	l["ref"] = ref
	out, _ := json.Marshal(l)
	return out
}

func kindOf(raw []byte) (kind, subject string) {
	var l struct{ Kind, Subject string }
	_ = json.Unmarshal(raw, &l)
	return l.Kind, l.Subject
}

// fault is one way of doing wrong. It makes the portal lie and tells what must be found, of what, and from which state.
type fault struct {
	name  string
	sow   func(s *town, random *rand.Rand) (want []monitor.Kind, subject string)
	fresh bool // the monitor sees the log for the first time
}

// rewrite serves other bodies at addresses.
func (s *town) rewrite(edit func(path string, body string) string) {
	s.lie = func(w http.ResponseWriter, r *http.Request, truth func(string) *httptest.ResponseRecorder) bool {
		t := truth(r.URL.RequestURI())
		body := edit(r.URL.RequestURI(), t.Body.String())
		if body == t.Body.String() {
			return false
		}
		maps.Copy(w.Header(), t.Header())
		w.Header().Del("Content-Length")
		w.WriteHeader(t.Code)
		_, _ = w.Write([]byte(body))
		return true
	}
}

// log serves another log.
func (s *town) forgedLog(edit func(entries [][]byte) [][]byte) {
	f := s.forge(edit(slices.Clone(s.entries())), s.signer())
	s.lie = func(w http.ResponseWriter, r *http.Request, _ func(string) *httptest.ResponseRecorder) bool {
		return f.serve(w, r)
	}
}

func pick[T any](random *rand.Rand, list []T) T { return list[random.IntN(len(list))] }

// entryOf picks an entry of a kind.
func (s *town) entryOf(random *rand.Rand, kind string) (at int, subject string) {
	var found []int
	for i, e := range s.entries() {
		if k, _ := kindOf(e); k == kind {
			found = append(found, i)
		}
	}
	at = pick(random, found)
	_, subject = kindOf(s.entries()[at])
	return at, subject
}

func jsonEdit(path string, do func(map[string]any)) func(string, string) string {
	return func(asked, body string) string {
		if asked != path {
			return body
		}
		var m map[string]any
		_ = json.Unmarshal([]byte(body), &m)
		do(m)
		out, _ := json.Marshal(m)
		return string(out)
	}
}

// mark is one character changed in the text of a page.
func swap(random *rand.Rand, body, inside string) string {
	r := []rune(inside)
	at := random.IntN(len(r))
	r[at]++
	return strings.Replace(body, inside, string(r), 1)
}

func faults() []fault {
	one := func(k ...monitor.Kind) []monitor.Kind { return k }
	return []fault{
		{"an edited page", func(s *town, random *rand.Rand) ([]monitor.Kind, string) {
			id := pick(random, s.shown)
			s.rewrite(func(path, body string) string {
				if path != "/p/"+id {
					return body
				}
				return swap(random, body, pick(random, []string{"虚报床位并骗取运营补助", "行政复议或者提起行政诉讼，逾期", "证据确实充分"}))
			})
			return one(monitor.Edited), id
		}, false},
		{"a sentence added to a page", func(s *town, random *rand.Rand) ([]monitor.Kind, string) {
			id := pick(random, s.shown)
			s.rewrite(func(path, body string) string {
				if path != "/p/"+id {
					return body
				}
				return strings.Replace(body, "经查，", "（本决定已由复议机关维持）经查，", 1)
			})
			return one(monitor.Edited), id
		}, false},
		{"a changed title, party or result", func(s *town, random *rand.Rand) ([]monitor.Kind, string) {
			id := pick(random, s.shown)
			field := pick(random, []string{"title", "party_name", "result", "basis", "number", "decided_on"})
			s.rewrite(jsonEdit("/api/v1/publications/"+id, func(m map[string]any) { m[field] = fmt.Sprint(m[field], "改") }))
			return one(monitor.Edited), id
		}, false},
		{"a text changed everywhere with its hash", func(s *town, random *rand.Rand) ([]monitor.Kind, string) {
			id := pick(random, s.shown)
			s.rewrite(func(path, body string) string {
				if path == "/p/"+id {
					return strings.ReplaceAll(body, "骗取运营补助", "多领运营补助")
				}
				return jsonEdit("/api/v1/publications/"+id, func(m map[string]any) {
					m["body"] = strings.ReplaceAll(fmt.Sprint(m["body"]), "骗取运营补助", "多领运营补助")
					p := public.Publication{Row: public.Row{Title: fmt.Sprint(m["title"]), Number: fmt.Sprint(m["number"]), AgencyName: fmt.Sprint(m["agency_name"]), PartyName: fmt.Sprint(m["party_name"]),
						Result: fmt.Sprint(m["result"]), Basis: fmt.Sprint(m["basis"]), DecidedOn: fmt.Sprint(m["decided_on"])}, Body: fmt.Sprint(m["body"])}
					m["content_hash"] = public.ContentHash(p)
				})(path, body)
			})
			return one(monitor.Edited), id
		}, false},
		{"a page gone without a word", func(s *town, random *rand.Rand) ([]monitor.Kind, string) {
			id, which := pick(random, slices.Concat(s.shown, s.gone)), random.IntN(3)
			s.lie = func(w http.ResponseWriter, r *http.Request, _ func(string) *httptest.ResponseRecorder) bool {
				if which != 1 && r.URL.Path == "/p/"+id || which != 0 && r.URL.Path == "/api/v1/publications/"+id {
					http.NotFound(w, r)
					return true
				}
				return false
			}
			return one(monitor.Missing), id
		}, false},
		{"a wrong tombstone in the API", func(s *town, random *rand.Rand) ([]monitor.Kind, string) {
			id, field := s.gone[0], pick(random, []string{"ground", "reason", "ground_document", "withdrawn_on", "state", "replaced_by"})
			s.rewrite(jsonEdit("/api/v1/publications/"+id, func(m map[string]any) { m[field] = "变更" }))
			return one(monitor.Tombstone), id
		}, false},
		{"a wrong tombstone on the page", func(s *town, random *rand.Rand) ([]monitor.Kind, string) {
			said := pick(random, []string{"主要事实不清，复议机关依法撤销。", "示政复决字〔2026〕3号", "示民罚决字〔2026〕1号"})
			s.rewrite(func(path, body string) string {
				if path != "/p/"+s.gone[0] {
					return body
				}
				return strings.ReplaceAll(body, said, "另有说明")
			})
			return one(monitor.Tombstone), s.gone[0]
		}, false},
		{"a withdrawn text still served", func(s *town, random *rand.Rand) ([]monitor.Kind, string) {
			n := random.IntN(2)
			id := s.gone[n]
			text := fmt.Sprintf("经查，当事人第%d号养老机构虚报床位并骗取运营补助，违反规定的事实清楚，证据确实充分。", n+1)
			switch random.IntN(5) {
			case 0:
				s.rewrite(jsonEdit("/api/v1/publications/"+id, func(m map[string]any) { m[pick(random, []string{"body", "result", "party_name"})] = text }))
			case 1:
				s.rewrite(func(path, body string) string {
					if path != "/p/"+id {
						return body
					}
					return strings.Replace(body, "</article>", `<div class="archive"><p>`+text+`</p></div></article>`, 1)
				})
			case 2:
				s.rewrite(func(path, body string) string {
					if path != "/atom.xml" {
						return body
					}
					return strings.Replace(body, "</feed>", "<entry><id>http://portal/p/"+id+"</id></entry></feed>", 1)
				})
			case 3:
				s.rewrite(func(path, body string) string {
					if path != "/sitemap/1.xml" {
						return body
					}
					return strings.Replace(body, "</urlset>", "<url><loc>http://portal/p/"+id+"</loc></url></urlset>", 1)
				})
			default:
				s.rewrite(func(path, body string) string {
					u, err := url.Parse(path)
					if err != nil || u.Path != "/publications" || !strings.Contains(u.Query().Get("q"), fmt.Sprintf("第%d号", n+1)) {
						return body
					}
					return strings.Replace(body, "</body>", `<a href="/p/`+id+`">`+text+`</a></body>`, 1)
				})
			}
			return one(monitor.StillServed), id
		}, false},
		{"a changed list", func(s *town, random *rand.Rand) ([]monitor.Kind, string) {
			kind := pick(random, []string{"officer", "agency", "duty"})
			s.rewrite(func(path, body string) string {
				if path != "/log/a1/list/"+kind {
					return body
				}
				return pick(random, []string{body + "o9\t{}\n", body[1:], strings.Replace(body, ":", ": ", 1), ""})
			})
			return one(monitor.Changed), kind
		}, false},
		{"a shrunken log", func(s *town, random *rand.Rand) ([]monitor.Kind, string) {
			s.forgedLog(func(e [][]byte) [][]byte { return e[:1+random.IntN(len(e)-1)] })
			return one(monitor.Shrunken), "a1"
		}, false},
		{"a log gone", func(s *town, _ *rand.Rand) ([]monitor.Kind, string) {
			s.lie = func(w http.ResponseWriter, r *http.Request, _ func(string) *httptest.ResponseRecorder) bool {
				if strings.HasPrefix(r.URL.Path, "/log/a1/") {
					http.NotFound(w, r)
					return true
				}
				return false
			}
			return one(monitor.Shrunken), "a1"
		}, false},
		{"a forked checkpoint", func(s *town, random *rand.Rand) ([]monitor.Kind, string) {
			s.forgedLog(func(e [][]byte) [][]byte {
				at := random.IntN(len(e))
				e[at] = change(e[at], func(l line, _ map[string]any) { l["subject"] = "forged" })
				for range random.IntN(4) {
					e = append(e, change(e[at], func(l line, _ map[string]any) { l["seq"] = len(e) }))
				}
				return e
			})
			return one(monitor.Forked), "a1"
		}, false},
		{"entries that are not those of the root", func(s *town, random *rand.Rand) ([]monitor.Kind, string) {
			at, bit := random.IntN(2000), byte(1)<<random.IntN(8)
			s.rewrite(func(path, body string) string {
				if !strings.HasPrefix(path, "/log/a1/tile/entries/") {
					return body
				}
				b := []byte(body)
				b[at%len(b)] ^= bit
				return string(b)
			})
			return one(monitor.Broken), "a1"
		}, true},
		{"a checkpoint of another key", func(s *town, _ *rand.Rand) ([]monitor.Kind, string) {
			skey, _, err := note.GenerateKey(nil, "mingjing/a1/public")
			s.must(err)
			signer, err := note.NewSigner(skey)
			s.must(err)
			f := s.forge(s.entries(), signer)
			s.lie = func(w http.ResponseWriter, r *http.Request, _ func(string) *httptest.ResponseRecorder) bool {
				return f.serve(w, r)
			}
			return one(monitor.Signature), "a1"
		}, false},
		{"a dropped publication", func(s *town, random *rand.Rand) ([]monitor.Kind, string) {
			at, id := s.entryOf(random, "PUBLISH")
			s.forgedLog(func(e [][]byte) [][]byte { // as if it had been nothing but another change of a list
				roster, _ := s.entryOf(random, "ROSTER")
				e[at] = change(e[roster], func(l line, _ map[string]any) { l["seq"], l["recorded"] = at, recorded(e[at]) })
				return e
			})
			return one(monitor.Overdue, monitor.Order), id
		}, true},
		{"a decision that was not counted", func(s *town, random *rand.Rand) ([]monitor.Kind, string) {
			at, name := s.entryOf(random, "COMMIT")
			s.forgedLog(func(e [][]byte) [][]byte {
				roster, _ := s.entryOf(random, "ROSTER")
				e[at] = change(e[roster], func(l line, _ map[string]any) { l["seq"], l["recorded"] = at, recorded(e[at]) })
				return e
			})
			if name == "2026-7" {
				return nil, "" // the last of them nobody can miss
			}
			return one(monitor.Gap, monitor.Order), ""
		}, true},
		{"a late withdrawal", func(s *town, random *rand.Rand) ([]monitor.Kind, string) {
			at, id := s.entryOf(random, "WITHDRAW")
			days := 7 + random.IntN(60)
			s.forgedLog(func(e [][]byte) [][]byte {
				e[at] = change(e[at], func(_ line, ref map[string]any) {
					on, err := workday.ParseDay(fmt.Sprint(ref["withdrawn_on"]))
					s.must(err)
					ref["fallen_on"] = on.AddDays(-days).String()
				})
				return e
			})
			return one(monitor.LateWithdraw), id
		}, true},
		{"a withdrawal without a reason", func(s *town, random *rand.Rand) ([]monitor.Kind, string) {
			at, id := s.entryOf(random, "WITHDRAW")
			field := pick(random, []string{"reason", "ground"})
			s.forgedLog(func(e [][]byte) [][]byte {
				e[at] = change(e[at], func(_ line, ref map[string]any) { delete(ref, field) })
				return e
			})
			return one(monitor.NoGround), id
		}, true},
		{"a publication dated back", func(s *town, random *rand.Rand) ([]monitor.Kind, string) {
			at, id := s.entryOf(random, "PUBLISH")
			s.forgedLog(func(e [][]byte) [][]byte {
				e[at] = change(e[at], func(_ line, ref map[string]any) { ref["published_on"] = "2026-03-0" + strconv.Itoa(1+random.IntN(4)) })
				return e
			})
			return one(monitor.Backdated), id
		}, true},
		{"a late publication", func(s *town, random *rand.Rand) ([]monitor.Kind, string) {
			at, id := s.entryOf(random, "PUBLISH")
			s.forgedLog(func(e [][]byte) [][]byte {
				var name string
				e[at] = change(e[at], func(_ line, ref map[string]any) { name = fmt.Sprint(ref["commit"]) })
				for i := range e {
					if k, subject := kindOf(e[i]); k == "COMMIT" && subject == name {
						e[i] = change(e[i], func(_ line, ref map[string]any) { ref["decided_on"], ref["due_on"] = "2026-02-10", "2026-02-24" })
					}
				}
				return e
			})
			return one(monitor.LatePublish), id
		}, true},
	}
}

// recorded is when an entry was written.
func recorded(raw []byte) any {
	var l line
	_ = json.Unmarshal(raw, &l)
	return l["recorded"]
}

// TestEveryInjectedFaultIsFound is T-GAP and T-SITE of the trust study.
func TestEveryInjectedFaultIsFound(t *testing.T) {
	s := newTown(t)
	s.live()
	random := rand.New(rand.NewPCG(11, 13))
	all := faults()
	injected := map[string]int{}
	for i := range 520 {
		f := all[i%len(all)]
		want, subject := f.sow(s, random)
		before := s.state
		if f.fresh {
			before = &monitor.State{}
		}
		r, _ := s.look(before)
		s.lie = nil
		if want == nil {
			continue
		}
		injected[f.name]++
		hit := slices.ContainsFunc(r.Findings, func(x monitor.Finding) bool {
			return slices.Contains(want, x.Kind) && (subject == "" || x.Subject == subject || x.Kind == monitor.Overdue)
		})
		if !hit {
			t.Fatalf("injection %d, %s of %s, is not found:\n%s", i, f.name, subject, r.Text())
		}
		if i%40 == 0 {
			s.sound(s.state)
		}
	}
	total := 0
	for _, n := range injected {
		total += n
	}
	t.Logf("%d injections of %d kinds, all found", total, len(injected))
	if total < 500 {
		t.Errorf("only %d injections", total)
	}
	s.sound(s.state)
}

func TestAWitnessThatSawAnotherLogIsBelieved(t *testing.T) {
	s := newTown(t)
	s.live()
	build := func(name string) (*httptest.Server, string, *witness.Witness) {
		dir := t.TempDir()
		key, err := witness.Init(dir, name, s.clock.Now)
		s.must(err)
		s.must(os.WriteFile(filepath.Join(dir, "logs"), []byte("log "+s.key.Verifier(publicLog)+"\n"), 0o600))
		w, err := witness.Open(dir, s.clock.Now)
		s.must(err)
		server := httptest.NewServer(w.Handler(slog.New(slog.DiscardHandler)))
		t.Cleanup(server.Close)
		return server, key.Verifier(), w
	}
	server, vkey, own := build("w.example.org")
	policy, err := witness.ParsePolicy("log " + s.key.Verifier(publicLog) + " " + s.proxy.URL + "\nwitness 司法局 " + vkey + " " + server.URL + "\nquorum 司法局\n")
	s.must(err)
	with := func(o *monitor.Options) { o.Policy, o.Key = policy, "" }
	r, _ := s.look(s.state, with)
	if len(r.Findings) != 1 || r.Findings[0].Kind != monitor.NoQuorum {
		t.Errorf("nobody has signed:\n%s", r.Text())
	}
	head := s.truth("/log/a1/checkpoint").Body.String()
	a, err := own.Add(witness.Request{Checkpoint: head}.String())
	s.must(err)
	s.lie = func(w http.ResponseWriter, r *http.Request, _ func(string) *httptest.ResponseRecorder) bool {
		if r.URL.Path == "/log/a1/checkpoint" || r.URL.Path == "/log/a1/witnessed" {
			_, _ = w.Write([]byte(a.Checkpoint))
			return true
		}
		return false
	}
	s.sound(s.state, with)
	// The witness was shown another history by the same key: we see one, it saw the other.
	server, vkey, own = build("w2.example.org")
	policy, err = witness.ParsePolicy("witness 公证处 " + vkey + " " + server.URL + "\nquorum 公证处\n")
	s.must(err)
	for kind, edit := range map[monitor.Kind]func(e [][]byte) [][]byte{
		monitor.Forked:   func(e [][]byte) [][]byte { return append(slices.Clone(e[:len(e)-1]), bytes.ToUpper(e[0])) },
		monitor.Shrunken: func(e [][]byte) [][]byte { return append(slices.Clone(e), e[0], e[1]) },
	} {
		server, vkey, own = build("w3.example.org")
		policy, err = witness.ParsePolicy("witness 公证处 " + vkey + " " + server.URL + "\nquorum 公证处\n")
		s.must(err)
		f := s.forge(edit(s.entries()), s.signer())
		_, err = own.Add(witness.Request{Checkpoint: f.head}.String())
		s.must(err)
		s.lie = nil
		r, _ = s.look(s.state, func(o *monitor.Options) { o.Policy = policy })
		if !slices.ContainsFunc(r.Findings, func(x monitor.Finding) bool { return x.Kind == kind && x.Subject == "公证处" }) {
			t.Errorf("%s:\n%s", kind, r.Text())
		}
	}
}
