package disclosure_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/disclosure/index"
	"mingjing/internal/disclosure/public"
	"mingjing/internal/form/paper"
	"mingjing/internal/law"
	"mingjing/internal/ledger"
	"mingjing/internal/redact"
	"mingjing/internal/refusal"
	"mingjing/internal/testkit"
	"mingjing/internal/workday"
)

// world is a bureau with three people and one decision of 2026-03-02 that owes its publication by 2026-03-11.
type world struct {
	*testing.T
	ctx    context.Context
	d      *db.DB
	clock  *testkit.Clock
	room   *disclosure.Room
	reader *public.Reader
	index  *index.Indexer
	maker  access.Actor
	second access.Actor
	head   string // account of the head who approves
	n      int
}

func worlds(t *testing.T, body func(t *testing.T, w *world)) {
	t.Helper()
	clock := testkit.NewClock(t, "2026-03-02T09:00:00+08:00")
	start := clock.Now()
	testkit.StoresAt(t, clock.Now, func(t *testing.T, d *db.DB) {
		clock.Set(start)
		room, err := disclosure.New(d, disclosure.Books{})
		if err != nil {
			t.Fatal(err)
		}
		w := &world{T: t, ctx: context.Background(), d: d, clock: clock, room: room, reader: public.Open(d), index: index.New(d),
			maker:  access.Actor{Account: "publisher-1", Agency: "a1", Roles: []string{access.RolePublisher}, StepUp: true},
			second: access.Actor{Account: "checker-1", Agency: "a1", Roles: []string{access.RoleChecker}, StepUp: true}}
		w.head = w.account("head", access.RoleApprover)
		body(t, w)
	})
}

// account opens an account of the bureau with some roles.
func (w *world) account(login string, roles ...string) string {
	w.Helper()
	var a access.Account
	w.must(w.write(func(tx *db.Tx) (err error) {
		a, err = access.Create(tx, access.Founding("a1"), access.NewAccount{Agency: "a1", Login: login, Name: "某" + login, Unit: "u1", Roles: roles})
		return err
	}))
	return a.ID
}

const body = "当事人：云杉养老服务中心。经查，当事人虚报床位，骗取补助。经办人欧阳清泉，电话13800138000。决定罚款三万元。"

func (w *world) due() disclosure.Due {
	w.n++
	n := string(rune('0' + w.n))
	return disclosure.Due{Agency: "a1", AgencyName: "示例市民政局", Decision: "d" + n, DecisionHash: testkit.PaperHash(), Case: "c" + n, Class: "处罚", Kind: "行政处罚决定书", Item: "MZ-01",
		ItemName: "对养老机构骗取补助的处罚", Number: "示民罚决字〔2026〕" + n + "号", Title: "对云杉养老服务中心的行政处罚决定", PartyPublicName: "云杉养老服务中心",
		PartyKind: "法人或者其他组织", Basis: "《养老机构管理办法》第四十六条", Result: "罚款30000元", DecidedOn: "2026-03-02", DueOn: "2026-03-11",
		HasSocialImpact: true, Blocks: []paper.Block{{Style: paper.StyleTitle, Text: "行政处罚决定书"}, {Style: paper.StylePara, Text: body}},
		Known: []redact.Known{{Kind: redact.Organisation, Text: "云杉养老服务中心", Role: redact.Party, Public: true}, {Kind: redact.Name, Text: "欧阳清泉"}}}
}

func (w *world) write(f func(tx *db.Tx) error) error { return w.d.Write(w.ctx, "a1", f) }

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		var r refusal.Refused
		if errors.As(err, &r) {
			w.Fatalf("%v: %s", err, r.Findings[0].Message)
		}
		w.Fatal(err)
	}
}

func (w *world) refused(err error, rule string) {
	w.Helper()
	var r refusal.Refused
	if !errors.As(err, &r) || !strings.Contains(r.Error(), rule) {
		w.Fatalf("got %v, want a refusal by %s", err, rule)
	}
}

func handler() ledger.Actor { return ledger.Actor{Account: "handler-1", Role: "handler"} }

func (w *world) owe(due disclosure.Due) string {
	w.Helper()
	var id string
	w.must(w.write(func(tx *db.Tx) error {
		var err error
		if id, err = disclosure.Owe(tx, handler(), due); err != nil {
			return err
		}
		return testkit.Decided(tx, id)
	}))
	return id
}

func (w *world) served(decision, on string) {
	w.Helper()
	w.serve(decision, law.ServedDirect, on)
}

func (w *world) serve(decision string, mode law.ServiceMode, on string) {
	w.Helper()
	w.must(w.write(func(tx *db.Tx) error {
		if err := disclosure.Served(tx, handler(), decision, mode, on); err != nil {
			return err
		}
		return testkit.Delivered(tx, decision)
	}))
}

// prepare hides everything that was found, and returns the hash of the text.
func (w *world) prepare(id string) string {
	w.Helper()
	draft, err := w.room.Draft(w.ctx, w.maker, id)
	w.must(err)
	w.must(w.room.Prepare(w.ctx, w.maker, id, disclosure.Prepared{Decisions: disclosure.AcceptAll(draft.Spans, "")}))
	return w.get(id).ContentHash
}

func (w *world) get(id string) disclosure.Publication {
	w.Helper()
	p, _, err := w.room.Get(w.ctx, w.maker, id)
	w.must(err)
	return p
}

// public brings a decision all the way out.
func (w *world) public(due disclosure.Due) string {
	w.Helper()
	id := w.owe(due)
	w.served(due.Decision, "2026-03-02")
	hash := w.prepare(id)
	w.must(w.room.Check(w.ctx, w.second, id, hash))
	w.must(w.room.Publish(w.ctx, w.maker, id, hash))
	return id
}

func (w *world) caughtUp() {
	w.Helper()
	_, err := w.index.CatchUp(w.ctx)
	w.must(err)
}

func (w *world) found(query string) int {
	w.Helper()
	f, err := w.reader.Search(w.ctx, query, public.Filter{}, "", 50)
	w.must(err)
	return len(f.Hits)
}

// falls lets the decision fall in its case, by the word of the head.
func (w *world) falls(id, document string) {
	w.Helper()
	p, today := w.get(id), workday.DayOf(w.clock.Now())
	w.must(w.write(func(tx *db.Tx) error {
		if err := testkit.Annulled(tx, id, today.String()); err != nil {
			return err
		}
		return disclosure.OweWithdrawal(tx, ledger.Actor{Account: w.head, Role: access.RoleApprover}, disclosure.Fallen{Decision: p.Decision, Ground: disclosure.GroundRevoked,
			Document: document, On: today.String(), DueOn: today.AddDays(3).String()})
	}))
}

const repealed = "示政复决字〔2026〕3号"
