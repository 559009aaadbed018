package portal_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/disclosure/index"
	"mingjing/internal/disclosure/public"
	"mingjing/internal/disclosure/snapshot"
	"mingjing/internal/form/paper"
	"mingjing/internal/law"
	"mingjing/internal/ledger"
	"mingjing/internal/ledger/gm"
	"mingjing/internal/testkit"
	"mingjing/internal/web"
	"mingjing/internal/web/api"
	"mingjing/internal/web/page"
	"mingjing/internal/web/portal"
	"mingjing/internal/workday"
)

// site is a portal of one bureau over a store, with what was published in it.
type site struct {
	*testing.T
	d      *db.DB
	server *web.Server
	room   *disclosure.Room
	index  *index.Indexer
	maker  access.Actor
	second access.Actor
}

// sites runs the body on a fresh portal on each engine at hand.
func sites(t *testing.T, body func(t *testing.T, s *site)) {
	t.Helper()
	clock := testkit.NewClock(t, "2026-03-05T09:00:00+08:00")
	start := clock.Now()
	testkit.StoresAt(t, clock.Now, func(t *testing.T, d *db.DB) {
		clock.Set(start)
		body(t, newSite(t, d, clock))
	})
}

func newSite(t *testing.T, d *db.DB, clock *testkit.Clock) *site {
	t.Helper()
	room, err := disclosure.New(d, disclosure.Books{})
	if err != nil {
		t.Fatal(err)
	}
	calendar, err := workday.National()
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.DiscardHandler)
	server, err := web.New(web.Options{Clock: clock.Now, Log: log, Rate: web.Rate{PerSecond: -1}})
	if err != nil {
		t.Fatal(err)
	}
	reader := public.Open(d)
	if _, err := portal.Install(server, reader, portal.Options{Clock: clock.Now, Calendar: calendar, Charts: map[string]string{"ordinary": `<svg><text>立案</text></svg>`},
		Site: page.Site{Name: "示例市民政局行政执法公示平台", Agency: "示例市民政局", Domain: "mzj.example.gov.cn", IDCode: "2203000012", Demo: true}}); err != nil {
		t.Fatal(err)
	}
	if err := api.Install(server, reader, api.Options{Title: "示例市民政局行政执法公示接口", Log: log}); err != nil {
		t.Fatal(err)
	}
	s := &site{T: t, d: d, server: server, room: room, index: index.New(d),
		maker:  access.Actor{Account: "publisher-1", Agency: "a1", Roles: []string{access.RolePublisher}, StepUp: true},
		second: access.Actor{Account: "checker-1", Agency: "a1", Roles: []string{access.RoleChecker}, StepUp: true}}
	s.lists()
	return s
}

func (s *site) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// lists publishes what is public beforehand.
func (s *site) lists() {
	s.Helper()
	by := ledger.Actor{Account: "publisher-1", Role: "publisher"}
	agency := public.Agency{ID: "a1", Name: "示例市民政局", Phone: "0000-0000000", Channels: map[string]string{"监督电话": "0000-1111111"}}
	item := public.Item{Agency: "a1", AgencyName: "示例市民政局", Code: "MZ-CF/01", Name: "对骗取补助的处罚", Class: "行政处罚", Unit: "养老服务科", Flow: "ordinary",
		Basis: []public.Basis{{Text: "《养老机构管理办法》第四十六条"}}, Remedies: []string{"六十日内申请行政复议"}, More: map[string]string{"受理机构": "养老服务科"}}
	duties := []snapshot.Row{{Key: "1", Show: public.Duty{Number: 1, Category: "公示", Task: "制定公示制度", Owner: "办公室"}},
		{Key: "2", Show: public.Duty{Number: 2, Category: "公示", Task: "公示平台", Owner: "各科室", Measured: true, State: "met", Value: "100%"}}}
	officers := []snapshot.Row{{Key: "o1", Show: public.Officer{Name: "林知远", Unit: "养老服务科", Certificate: "SL-0001"}}, {Key: "o2", Show: public.Officer{Name: "=1+1", Unit: "办公室"}}}
	rules := []snapshot.Row{{Key: "r2", Show: public.Rule{ID: "r2", Code: "SP-01", Title: "行政执法公示制度", Number: "示民发〔2026〕2号", Source: "本机关制定", From: "2026-01-01", Duty: 1,
		Sections: []public.RuleSection{{Title: "范围", Text: "本机关的行政处罚决定。\n本机关的行政许可决定。"}}}},
		{Key: "r1", Show: public.Rule{ID: "r1", Code: "SP-01", Title: "行政执法公示制度", Number: "示民发〔2024〕9号", Source: "本机关制定", From: "2024-01-01", Until: "2025-12-31", Duty: 1,
			Sections: []public.RuleSection{{Title: "范围", Text: "旧的范围。"}}}}}
	s.must(s.d.Write(s.Context(), "a1", func(tx *db.Tx) error {
		for kind, rows := range map[string][]snapshot.Row{public.KindAgency: {{Key: "a1", Show: agency}}, public.KindItem: {{Key: item.Code, Show: item}},
			public.KindDuty: duties, public.KindRule: rules, public.KindParam: {{Key: "x@2026-01-01", Show: public.Param{Code: "x", Title: "听证标准", Value: "5000.00元", Law: "《行政处罚法》第六十三条", Source: "示民发〔2026〕3号", From: "2026-01-01"}}}, public.KindOfficer: officers} {
			if _, err := snapshot.Publish(tx, by, "a1", kind, rows); err != nil {
				return err
			}
		}
		return nil
	}))
}

const bodyText = "经查，当事人虚报床位，骗取补助。决定罚款三万元。"

// owe makes a decision that has to be published; party is 公民 or 法人或者其他组织.
func (s *site) owe(n, title, party string) string {
	s.Helper()
	return s.owes(s.due(n, title, party))
}

func (s *site) due(n, title, party string) disclosure.Due {
	return disclosure.Due{Agency: "a1", AgencyName: "示例市民政局", Decision: "d" + n, DecisionHash: testkit.PaperHash(), Case: "c" + n, Class: "处罚", Kind: "行政处罚决定书", Item: "MZ-CF/01",
		ItemName: "对骗取补助的处罚", Number: "示民罚决字〔2026〕" + n + "号", Title: title, PartyPublicName: "云杉养老服务中心", PartyKind: party,
		Basis: "《养老机构管理办法》第四十六条", Result: "罚款30000元", DecidedOn: "2026-03-02", DueOn: "2026-03-11", HasSocialImpact: true,
		Blocks: []paper.Block{{Style: paper.StyleTitle, Text: "行政处罚决定书"}, {Style: paper.StylePara, Text: bodyText}}}
}

func (s *site) owes(due disclosure.Due) string {
	s.Helper()
	var id string
	s.must(s.d.Write(s.Context(), "a1", func(tx *db.Tx) error {
		var err error
		if id, err = disclosure.Owe(tx, ledger.Actor{Account: "handler-1", Role: "handler"}, due); err != nil {
			return err
		}
		if err = disclosure.Served(tx, ledger.Actor{Account: "handler-1", Role: "handler"}, due.Decision, law.ServedDirect, "2026-03-02"); err != nil {
			return err
		}
		return testkit.Decided(tx, id)
	}))
	return id
}

// publish brings a decision out and into the index.
func (s *site) publish(n, title, party string) string {
	s.Helper()
	return s.out(s.owe(n, title, party))
}

// out brings what is owed to the public.
func (s *site) out(id string) string {
	s.Helper()
	ctx := s.Context()
	draft, err := s.room.Draft(ctx, s.maker, id)
	s.must(err)
	s.must(s.room.Prepare(ctx, s.maker, id, disclosure.Prepared{Decisions: disclosure.AcceptAll(draft.Spans, "")}))
	p, _, err := s.room.Get(ctx, s.maker, id)
	s.must(err)
	s.must(s.room.Check(ctx, s.second, id, p.ContentHash))
	s.must(s.room.Publish(ctx, s.maker, id, p.ContentHash))
	s.caughtUp()
	return id
}

func (s *site) withdraw(id string) {
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
	s.must(s.room.Withdraw(s.Context(), s.maker, id, disclosure.Withdrawal{Ground: "撤销", Document: "示政复决字〔2026〕3号", Reason: "事实不清，复议机关撤销。"}))
	s.caughtUp()
	s.settle()
}

func (s *site) caughtUp() {
	s.Helper()
	_, err := s.index.CatchUp(context.Background())
	s.must(err)
}

// settle sends a form, after which the server asks for the version of the data at once.
func (s *site) settle() {
	s.Helper()
	s.server.Changed()
}

// get asks as a browser does; headers are pairs.
func (s *site) get(address string, headers ...string) *httptest.ResponseRecorder {
	s.Helper()
	return s.ask(http.MethodGet, address, headers...)
}

func (s *site) ask(method, address string, headers ...string) *httptest.ResponseRecorder {
	s.Helper()
	r := httptest.NewRequest(method, address, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.server.ServeHTTP(w, r)
	return w
}

func (s *site) shows(address string, texts ...string) {
	s.Helper()
	w := s.get(address)
	if w.Code != http.StatusOK {
		s.Fatalf("%s answers %d", address, w.Code)
	}
	for _, text := range texts {
		if !strings.Contains(w.Body.String(), text) {
			s.Errorf("%s does not show %q", address, text)
		}
	}
}

// signed signs the public log as it stands now.
func (s *site) signed() (ledger.Checkpoint, string) {
	s.Helper()
	folder := s.TempDir()
	key, err := ledger.CreateKey(folder)
	s.must(err)
	c, err := ledger.NewLog(s.d, key, folder, slog.New(slog.DiscardHandler)).Checkpoint(s.Context(), "a1/public")
	s.must(err)
	gmKey, err := gm.OpenKey(folder)
	s.must(err)
	_, err = gm.Make(s.Context(), s.d, gmKey, "a1/public", c.Size)
	s.must(err)
	return c, key.Verifier("a1/public")
}
