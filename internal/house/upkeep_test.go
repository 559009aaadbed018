package house

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"mingjing/internal/access"
	"mingjing/internal/casefile"
	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/disclosure/public"
	"mingjing/internal/document"
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/ledger"
	"mingjing/internal/roster"
	"mingjing/internal/rulebook"
	"mingjing/internal/testkit"
	"mingjing/internal/testkit/world"
	"mingjing/internal/workday"
	"mingjing/packs"
)

// lodge is a founded house with the people of the bureau in it.
func lodge(t *testing.T) (*House, *world.World) {
	t.Helper()
	clock := testkit.NewClock(t, world.Begins)
	folder := t.TempDir()
	h, err := Open(context.Background(), Options{Store: "sqlite:" + filepath.Join(folder, "house.db"), Folder: folder,
		Packs: []string{"national", "jilin", "siping-civil-affairs"}, Files: packs.FS, Clock: clock.Now, Demo: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	return h, world.New(t, h.DB, clock)
}

// onShow are the certificates of the people on the public roster.
func onShow(t *testing.T, h *House) []string {
	t.Helper()
	list, err := h.Public.Officers(context.Background(), h.Agency.Code)
	if err != nil {
		t.Fatal(err)
	}
	var numbers []string
	for _, o := range list {
		numbers = append(numbers, o.Certificate)
	}
	return numbers
}

func TestTheDisplayOfAPublicationEndsAtNightInTheNameOfTheAgency(t *testing.T) {
	h, w := lodge(t)
	ctx := context.Background()
	if _, err := h.Jobs.Drain(ctx); err != nil {
		t.Fatal(err)
	}
	id := display(t, h, w, "2026-06-02")
	w.Until(day("2026-06-02"))
	drain(t, h)
	if p, err := h.Public.Get(ctx, id); err != nil || p.State != public.Published {
		t.Fatalf("on its last day it is %s, %v", p.State, err)
	}
	w.Until(day("2026-06-03"))
	drain(t, h)
	if p, err := h.Public.Get(ctx, id); err != nil || p.State != public.Expired || p.Body != "" {
		t.Errorf("on the day after it is %s, %v", p.State, err)
	}
	w.Read(func(tx *db.Tx) error {
		list, err := ledger.Recent(tx, h.Agency.Code, ledger.Pick{Kind: "publication.expired"}, -1, 5)
		if len(list) != 1 || list[0].Actor.Account != "system" || list[0].Agency != h.Agency.Code {
			t.Errorf("the ledger says %+v", list)
		}
		return err
	})
}

func drain(t *testing.T, h *House) {
	t.Helper()
	if _, err := h.Jobs.Drain(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// display brings one decision out until a last day.
func display(t *testing.T, h *House, w *world.World, until string) string {
	t.Helper()
	ctx := context.Background()
	by := ledger.Actor{Account: "handler", Role: "handler"}
	var id string
	w.Must(w.Write(func(tx *db.Tx) (err error) {
		id, err = disclosure.Owe(tx, by, disclosure.Due{Agency: h.Agency.Code, AgencyName: h.Agency.Name, Decision: "d1", Case: "c1", Class: "处罚", Number: "示民罚决字〔2026〕1号",
			Title: "对云杉养老服务中心的行政处罚决定", PartyPublicName: "云杉养老服务中心", PartyKind: "法人或者其他组织", DecidedOn: "2026-03-02", DueOn: "2026-03-11",
			PeriodUntil: until, HasSocialImpact: true, Text: "决定罚款。", DecisionHash: testkit.PaperHash()})
		if err != nil {
			return err
		}
		if err = disclosure.Served(tx, by, "d1", law.ServedDirect, "2026-03-02"); err != nil {
			return err
		}
		return testkit.Decided(tx, id)
	}))
	draft, err := h.Disclosure.Draft(ctx, w.Publisher, id)
	w.Must(err)
	w.Must(h.Disclosure.Prepare(ctx, w.Publisher, id, disclosure.Prepared{Decisions: disclosure.AcceptAll(draft.Spans, "")}))
	p, _, err := h.Disclosure.Get(ctx, w.Publisher, id)
	w.Must(err)
	w.Must(h.Disclosure.Check(ctx, w.Checker, id, p.ContentHash))
	w.Must(h.Disclosure.Publish(ctx, w.Publisher, id, p.ContentHash))
	return id
}

func day(text string) workday.Day {
	d, err := workday.ParseDay(text)
	if err != nil {
		panic(err)
	}
	return d
}

func TestWhoLosesTheCertificateLeavesThePublicRoster(t *testing.T) {
	h, w := lodge(t)
	ctx := context.Background()
	var last looked
	w.Must(h.refreshLists(ctx, &last))
	if got := onShow(t, h); !slices.Contains(got, world.HandlerCertificate) {
		t.Fatalf("the roster shows %v", got)
	}
	w.Must(w.Write(func(tx *db.Tx) error {
		e, err := roster.Officers(tx, h.Agency.Code, w.Today(), roster.Filter{Text: world.HandlerCertificate}, "", 1)
		if err != nil {
			return err
		}
		return roster.RevokeCertificate(tx, w.Administrator, e[0].Certificate.ID, w.Today(), "调离执法岗位")
	}))
	w.Must(h.refreshLists(ctx, &last))
	if got := onShow(t, h); slices.Contains(got, world.HandlerCertificate) || !slices.Contains(got, world.SecondCertificate) {
		t.Errorf("after the revocation the roster shows %v", got)
	}
	version := publicVersion(t, h)
	w.Must(h.refreshLists(ctx, &last))
	if got := publicVersion(t, h); got != version {
		t.Error("a list without a change made a new version")
	}
	w.Until(day("2028-01-03"))
	w.Must(h.refreshLists(ctx, &last))
	if got := onShow(t, h); len(got) != 0 {
		t.Errorf("after the certificates ran out the roster shows %v", got)
	}
}

func publicVersion(t *testing.T, h *House) int64 {
	t.Helper()
	n, err := h.Public.Version(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestTheWorkInTheBackgroundKeepsThePublicRoster(t *testing.T) {
	h, w := lodge(t)
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { h.Run(ctx); close(done) }()
	t.Cleanup(func() { stop(); <-done })
	for range 200 {
		if slices.Contains(onShow(t, h), world.SecondCertificate) {
			agencies, err := h.Public.Agencies(ctx)
			if err != nil || len(agencies) != 1 || agencies[0].Code != w.Agency.CreditCode {
				t.Errorf("the agency on show is %+v, %v", agencies, err)
			}
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Error("the roster never came on show")
}

func TestTheListsSayWhenAFirstOffenceGoesFreeAndWhatADutyAsksFor(t *testing.T) {
	h, w := lodge(t)
	ctx := context.Background()
	w.Must(h.PublishLists(ctx, w.Publisher))
	w.Must(h.PublishDuties(ctx, w.Publisher))
	item, err := h.Public.Item(ctx, h.Agency.Code, "MZ-CF-005")
	if err != nil || len(item.FirstOffence) != 1 || !strings.Contains(item.FirstOffence[0], "初次被发现且情节轻微") {
		t.Errorf("the item says %+v, %v", item.FirstOffence, err)
	}
	duties, err := h.Public.Duties(ctx, h.Agency.Code)
	if err != nil || len(duties) == 0 || !slices.Contains(duties[0].Papers, "行政执法公示制度") {
		t.Errorf("the first duty is %+v, %v", duties, err)
	}
}

func TestADecisionIsShownAsLongAsThePackLetsIt(t *testing.T) {
	h, _ := lodge(t)
	made := casefile.Made{Decision: picture.Decision{DecidedOn: day("2026-11-02"), Procedure: book.Ordinary, Penalties: `["警告","罚款"]`}}
	if got := h.displayUntil(made, kindsOf(made)); got != "2027-11-02" {
		t.Errorf("a fine is shown until %s", got)
	}
	made.Decision.Procedure = book.Simple
	if got := h.displayUntil(made, kindsOf(made)); got != "2027-02-02" {
		t.Errorf("a summary decision is shown until %s", got)
	}
	struck := casefile.Made{Decision: picture.Decision{DecidedOn: day("2026-11-02"), Procedure: book.Ordinary, Penalties: `["法律、行政法规规定的其他行政处罚"]`},
		Document: document.Document{Values: form.Values{"penalties": []any{"法律、行政法规规定的其他行政处罚"}, "other_penalty": "撤销登记"}}}
	if got := h.displayUntil(struck, kindsOf(struck)); got != "2029-11-02" {
		t.Errorf("a registration that was struck off is shown until %q, as a revoked licence is", got)
	}
	made.Decision.Penalties = `null`
	if got := h.displayUntil(made, kindsOf(made)); got != "" {
		t.Errorf("a decision without a penalty is shown until %s", got)
	}
}

func TestTheBoardGoesOutInTheNameOfAPublisherWhoIsThere(t *testing.T) {
	h, w := lodge(t)
	absent := w.Publisher
	absent.StepUp = false
	elsewhere := w.Publisher
	elsewhere.Agency = "another"
	for name, who := range map[string]access.Actor{"a checker": w.Checker, "an administrator": w.Administrator, "a publisher without a proof of presence": absent,
		"a publisher of another agency": elsewhere} {
		if got := world.Refusals(h.PublishDuties(context.Background(), who)); len(got) == 0 {
			t.Errorf("%s put the board on show", name)
		}
	}
	w.Must(h.PublishDuties(context.Background(), w.Publisher))
}

func TestTheDivisionTableIsPublicFromTheFirstDayAndMeasuredAnewOnEach(t *testing.T) {
	h, w := lodge(t)
	ctx := context.Background()
	measured := func() (duties int, on string) {
		list, err := h.Public.Duties(ctx, h.Agency.Code)
		w.Must(err)
		for _, d := range list {
			on = max(on, d.At)
		}
		return len(list), on
	}
	var last looked
	w.Must(h.refreshLists(ctx, &last))
	if n, on := measured(); n != 32 || on != w.Today().String() {
		t.Fatalf("%d duties are public, measured on %s", n, on)
	}
	w.Days(1)
	w.Must(h.refreshLists(ctx, &last))
	if _, on := measured(); on != w.Today().String() {
		t.Errorf("on %s the public reads the board of %s", w.Today(), on)
	}
}

// What an agency lays down is public as soon as it stands, and the version it replaces stays readable.
func TestATextThatIsAdoptedGoesToThePortalByItself(t *testing.T) {
	h, w := lodge(t)
	ctx := context.Background()
	var last looked
	adopt := func(number string, from workday.Day) {
		t.Helper()
		for _, d := range h.Pack.Deliverables() {
			if d.Code != "SP-01" {
				continue
			}
			text := rulebook.Text{Number: number, Source: rulebook.Own, From: from, Sections: map[string]string{}}
			for _, name := range rulebook.Sections(d) {
				text.Sections[name] = name + "的规定。"
			}
			w.Must(w.Write(func(tx *db.Tx) error { _, err := rulebook.Adopt(tx, w.Administrator, d, text); return err }))
		}
		w.Must(h.refreshLists(ctx, &last))
	}
	w.Must(h.refreshLists(ctx, &last))
	adopt("示民发〔2026〕1号", w.Today())
	adopt("示民发〔2026〕2号", w.Today().AddDays(30))
	list, err := h.Public.Rules(ctx, h.Agency.Code)
	w.Must(err)
	if len(list) != 2 || list[0].Number != "示民发〔2026〕2号" || list[0].Duty != 1 || list[0].Sections[0].Text == "" || list[1].Until == "" {
		t.Errorf("the portal has %+v", list)
	}
}

// A real agency that has not said how it is reached leaves a gap in its papers; nothing invented stands there.
func TestARealAgencyShowsNothingInventedAndWhatItSaysOfItself(t *testing.T) {
	clock := testkit.NewClock(t, world.Begins)
	folder := t.TempDir()
	h, err := Open(context.Background(), Options{Store: "sqlite:" + filepath.Join(folder, "house.db"), Folder: folder,
		Packs: []string{"national", "jilin", "siping-civil-affairs"}, Files: packs.FS, Clock: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	w := world.New(t, h.DB, clock)
	ctx := context.Background()
	invented := 0
	for _, text := range h.Pack.Texts() {
		if text.Demo {
			invented++
			if got := h.Cases.Books().Pack.Text(text.Code); got != "" {
				t.Errorf("papers of a real agency say %s = %s", text.Code, got)
			}
		}
	}
	if invented == 0 || !slices.Contains(h.Untold(), "办公地址") {
		t.Errorf("%d texts are invented; untold: %v", invented, h.Untold())
	}
	w.Must(h.Tell(ctx, w.Administrator, map[string]string{"agency.address": "云山市文化街1号", "agency.phone": "0000-1234567", "agency.contact": "法规科"}))
	if address, phone := h.Reach(); address != "云山市文化街1号" || phone != "0000-1234567" || len(h.Untold()) != 0 {
		t.Errorf("it is reached at %s, %s; untold: %v", address, phone, h.Untold())
	}
	w.Must(h.PublishLists(ctx, w.Publisher))
	list, err := h.Public.Agencies(ctx)
	if err != nil || list[0].Address != "云山市文化街1号" || list[0].Channels["陈述申辩、听证联系人"] != "法规科" {
		t.Errorf("the portal says %+v, %v", list, err)
	}
}
