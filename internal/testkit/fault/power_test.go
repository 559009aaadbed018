package fault_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"mingjing/internal/casefile/book"
	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/exchange"
	"mingjing/internal/flow"
	"mingjing/internal/form"
	"mingjing/internal/house"
	"mingjing/internal/ledger"
	"mingjing/internal/review"
	"mingjing/internal/testkit"
	"mingjing/internal/testkit/fault"
	"mingjing/internal/testkit/world"
	"mingjing/packs"
)

// agency is a whole house on a disk, with one case that is lived through.
type agency struct {
	*world.World
	house *house.House
	c     *world.Case
}

// enterHouse opens the house in a folder; the case is known by its id where there is one.
func enterHouse(t *testing.T, dir, disk string, clock *testkit.Clock, found bool, caseID string) (*agency, error) {
	t.Helper()
	h, err := house.Open(context.Background(), house.Options{Passwords: testkit.Passwords(), Store: "sqlite:" + filepath.Join(dir, "mingjing.db"), Disk: disk, Folder: dir,
		Packs: []string{"national", "jilin", "siping-civil-affairs"}, Files: packs.FS, Clock: clock.Now, Demo: true})
	if err != nil {
		return nil, err
	}
	a := &agency{house: h}
	if found {
		a.World = world.New(t, h.DB, clock)
	} else if a.World, err = world.Join(t, h.DB, clock); err != nil {
		return nil, errors.Join(err, h.Close())
	}
	a.Cases = h.Cases
	a.c = &world.Case{World: a.World, ID: caseID, Matter: world.Major()}
	return a, nil
}

// review finds the review of the case.
func (a *agency) review() (id string) {
	a.T.Helper()
	a.Read(func(tx *db.Tx) error { return tx.Row(`SELECT id FROM review WHERE case_id = $1`, a.c.ID).Scan(&id) })
	return id
}

func (a *agency) publication() (id string) {
	a.T.Helper()
	a.Read(func(tx *db.Tx) error {
		return tx.Row(`SELECT id FROM publication WHERE case_id = $1`, a.c.ID).Scan(&id)
	})
	return id
}

// judge is a step of the review with its papers whole.
func (a *agency) judge(step flow.Code, own map[string]form.Values) func() error {
	a.T.Helper()
	id, papers := a.review(), map[string]form.Values{}
	machine := flow.Review()
	s, _ := machine.Find(step)
	for _, kind := range book.StepForms(s) {
		a.Read(func(tx *db.Tx) error {
			d, err := a.house.Review.Draft(tx, a.Reviewer, id, step, kind)
			values := form.Values{}
			for _, from := range []form.Values{d.Values, own[kind]} {
				for name, value := range from {
					values[name] = value
				}
			}
			papers[kind] = a.Complete(kind, values)
			return err
		})
	}
	return func() error {
		return a.house.Review.Take(context.Background(), a.Reviewer, review.Act{Review: id, Step: step, Papers: papers})
	}
}

// take is a step of the case with its papers whole.
func (a *agency) take(step flow.Code, own map[string]form.Values) func() error {
	a.T.Helper()
	machine := flow.Ordinary()
	s, ok := machine.Find(step)
	if !ok {
		a.T.Fatalf("no step %s", step)
	}
	actor := a.Actor(s.Role)
	act := a.c.Act(actor, step, own)
	return func() error { _, err := a.Cases.Take(context.Background(), actor, act); return err }
}

// operation is one of the twelve: what comes before it, and the one command whose syncs are cut. several marks the one that
// commits more than once, so that a part of it may stand.
type operation struct {
	name    string
	before  func(a *agency)
	command func(a *agency) func() error
	several bool
	few     bool // cut in the inner loop too
}

func officers(a *agency) []any { return []any{a.Officers[0], a.Officers[1]} }

func operations() []operation {
	ctx := context.Background()
	nothing := func(*agency) {}
	return []operation{
		{"open case", func(a *agency) { a.c = a.Lead(world.Major()) }, func(a *agency) func() error {
			return a.take("open_case", map[string]form.Values{
				"案件要素登记": {"item": a.c.Matter.Item, "act_ended_on": a.Today().AddDays(-30).String(), "complex": false, "government": false},
				"立案审批表": {"officers": officers(a), "conditions": []any{"有违反法律、法规、规章的事实", "依法应当或者可能给予行政处罚", "属于本机关管辖", "未超过行政处罚时效"},
					"violated": []any{map[string]any{"law": "社会团体登记管理条例", "article": "第三十条第一款第八项"}}}})
		}, false, false},
		{"finish document", func(a *agency) {
			a.Must(a.take("assign_officers", map[string]form.Values{"指派办案人员审批表": {"officers": officers(a), "lead_officer": a.Handler.Name}})())
			a.Days(1)
		}, func(a *agency) func() error { return a.take("investigate", nil) }, false, false},
		{"submit review", func(a *agency) {
			a.c.Take("question", map[string]form.Values{"询问笔录": {"asked_role": "当事人的法定代表人（负责人）"}})
			a.c.Report().Notice().PastWindows()
			a.c.Draft(nil, "")
		}, func(a *agency) func() error {
			act := a.c.Act(a.Handler, "submit_review", map[string]form.Values{"法制审核送审表": {"triggers": []any{"法律、法规规定应当进行法制审核的其他情形"},
				"materials": []any{"案件调查终结报告", "拟作出决定的文书草稿", "证据材料", "集体讨论意见"}}})
			return func() error { _, err := a.house.Review.Submit(ctx, a.Handler, act); return err }
		}, false, false},
		{"pass review", func(a *agency) { a.Must(a.judge("accept_review", nil)()) }, func(a *agency) func() error {
			return a.judge("pass_review", map[string]form.Values{"法制审核意见书": {"subject": "是", "personnel": "是", "procedure": "是", "facts_clear": "是", "law_right": "是",
				"discretion_fit": "是", "within_power": "未超越", "documents": "是", "crime": "不涉嫌犯罪", "verdict": "同意", "independent": true, "qualification": "已取得国家统一法律职业资格"}})
		}, false, false},
		{"approve", nothing, func(a *agency) func() error {
			return a.take("approve", map[string]form.Values{"行政处罚决定审批表": {"outcome": "给予行政处罚", "proposal": "同意给予行政处罚。", "head_opinion": "同意。"}})
		}, false, false},
		{"decide", nothing, func(a *agency) func() error { return a.take("decide", nil) }, false, true},
		{"serve", func(a *agency) { a.Days(1) }, func(a *agency) func() error { return a.take("serve_decision", a.c.ServicePapers()) }, false, false},
		{"publish", checked, func(a *agency) func() error {
			id := a.publication()
			p, _, err := a.house.Disclosure.Get(ctx, a.Publisher, id)
			a.Must(err)
			return func() error { return a.house.Disclosure.Publish(ctx, a.Publisher, id, p.ContentHash) }
		}, false, false},
		{"correct", proposed, func(a *agency) func() error {
			id := a.publication()
			p, err := a.house.Disclosure.ProposedCorrection(ctx, a.Checker, id)
			a.Must(err)
			return func() error { return a.house.Disclosure.ConfirmCorrection(ctx, a.Checker, id, p.Hash) }
		}, false, false},
		{"withdraw", func(a *agency) {
			a.Days(1)
			a.c.Take("annul_decision", map[string]form.Values{"决定变动登记": {"ground": "撤销", "document": "四政复决字〔2026〕9号", "received_on": a.Today().String()}})
		}, func(a *agency) func() error {
			id := a.publication()
			return func() error {
				return a.house.Disclosure.Withdraw(ctx, a.Publisher, id, disclosure.Withdrawal{Ground: disclosure.GroundRevoked, Document: "四政复决字〔2026〕9号", Reason: "行政复议决定撤销。"})
			}
		}, false, false},
		{"import batch", nothing, imported, true, false},
		{"checkpoint", nothing, func(a *agency) func() error {
			return func() error { _, err := a.house.Ledger.Checkpoint(ctx, a.Agency.Code); return err }
		}, true, true},
	}
}

// checked prepares the publication of the decision and has it checked.
func checked(a *agency) {
	ctx, room, id := context.Background(), a.house.Disclosure, a.publication()
	draft, err := room.Draft(ctx, a.Publisher, id)
	a.Must(err)
	a.Must(room.Prepare(ctx, a.Publisher, id, disclosure.Prepared{Decisions: disclosure.AcceptAll(draft.Open, "")}))
	p, _, err := room.Get(ctx, a.Publisher, id)
	a.Must(err)
	a.Must(room.Check(ctx, a.Checker, id, p.ContentHash))
}

// proposed proposes a correction.
func proposed(a *agency) {
	ctx, room, id := context.Background(), a.house.Disclosure, a.publication()
	in := disclosure.Correction{Title: "更正后的行政处罚决定", PartyName: "某协会", Result: "罚款", Basis: "《社会团体登记管理条例》", Body: "更正后的正文。", Reason: "正文有笔误"}
	draft, err := room.CorrectionDraft(ctx, a.Publisher, id, in)
	a.Must(err)
	in.Decisions = disclosure.AcceptAll(draft.Open, "")
	_, err = room.Correct(ctx, a.Publisher, id, in)
	a.Must(err)
}

func imported(a *agency) func() error {
	path := filepath.Join(a.T.TempDir(), "past.csv")
	text := "文号,标题,正文,日期,当事人\n"
	for i := range 20 {
		text += fmt.Sprintf("示民罚决字〔2024〕%d号,对云杉%d号中心的行政处罚决定,当事人：云杉%d号中心。决定警告。,2024-05-06,云杉%d号中心\n", i+1, i, i, i)
	}
	a.Must(os.WriteFile(path, []byte(text), 0o600))
	m, err := exchange.ParseMap("number=文号,title=标题,body=正文,decided=日期,party=当事人")
	a.Must(err)
	return func() error {
		_, err := a.house.Exchange.Import(context.Background(), a.Publisher, exchange.Source{Path: path}, m, exchange.Options{AgencyName: a.Agency.Name})
		return err
	}
}

// counts are the rows of every table; those of the runner and of search do not matter.
func counts(a *agency) (map[string]int, error) {
	list := map[string]int{}
	err := a.D.Read(context.Background(), func(tx *db.Tx) error {
		var names []string
		if err := tx.Each(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'pub_search%' AND name NOT LIKE 'sqlite_%' ORDER BY name`, nil, func(rows *sql.Rows) error {
			var name string
			err := rows.Scan(&name)
			names = append(names, name)
			return err
		}); err != nil {
			return err
		}
		for _, name := range names {
			var n int
			if err := tx.Row(`SELECT count(*) FROM "` + name + `"`).Scan(&n); err != nil {
				return err
			}
			list[name] = n
		}
		return nil
	})
	return list, err
}

// fates of what was not synced, the hardest first: a run that has time for few takes these, one for many goes round with other luck.
var fates = []fault.Fate{fault.Dropped, fault.Sectors, fault.Torn, fault.Reordered, fault.Whole}

// TestNoPowerCutAtAnySyncOfTheTwelveKeyActsLosesOrHalvesOne cuts the power at every sync of each act in turn, once with everything
// lost that was not synced and then with parts of it, and finds either all of the act or none of it; all of it where it was acknowledged.
func TestNoPowerCutAtAnySyncOfTheTwelveKeyActsLosesOrHalvesOne(t *testing.T) {
	dir, clock := t.TempDir(), testkit.NewClock(t, world.Begins)
	live, err := enterHouse(t, dir, "", clock, true, "")
	if err != nil {
		t.Fatal(err)
	}
	defer live.house.Close()
	n := fault.Rounds(t, "MINGJING_CRASH_FATES", 1, 3)
	cuts := 0
	for _, op := range operations() {
		op.before(live)
		snap := t.TempDir()
		if err := fault.Copy(dir, snap); err != nil {
			t.Fatal(err)
		}
		old, err := counts(live)
		if err != nil {
			t.Fatal(err)
		}
		begun := clock.Now()
		live.Must(op.command(live)())
		fresh, err := counts(live)
		if err != nil {
			t.Fatal(err)
		}
		if n == 1 && !op.few {
			continue // the inner loop cuts three of them
		}
		c := cut{t: t, op: op, snap: snap, clock: clock, begun: begun, caseID: live.c.ID, old: old, fresh: fresh}
		syncs := c.every(n, func(at int) fault.Plan { return fault.Plan{CutAtSync: at} })
		calls, each := 0, 0
		if os.Getenv("MINGJING_CRASH_FATES") != "" {
			each = min(n, len(fates))
			calls = c.every(each, func(at int) fault.Plan { return fault.Plan{CutAt: at} })
		}
		if syncs == 0 {
			t.Errorf("%s was acknowledged without a sync", op.name)
		}
		cuts += syncs*n + calls*each
		t.Logf("%s: power cut at each of %d syncs with %d fates, and at each of %d calls that write with %d, nothing lost, nothing half", op.name, syncs, n, calls, each)
	}
	t.Logf("twelve acts: %d power cuts, 0 lost, 0 half", cuts)
}

// cut is one power cut in one act.
type cut struct {
	t          *testing.T
	op         operation
	snap       string
	clock      *testkit.Clock
	begun      time.Time
	caseID     string
	old, fresh map[string]int
}

// every cuts at each place that there is and tells how many there are.
func (c cut) every(n int, plan func(at int) fault.Plan) int {
	c.t.Helper()
	for at := 1; ; at++ {
		for i := range n {
			c.clock.Set(c.begun)
			fate := fates[i%len(fates)]
			more, err := c.at(plan(at), fate, uint64(at*1000+i))
			if err != nil {
				c.t.Fatalf("%s, power cut %+v, %s: %v", c.op.name, plan(at), fate, err)
			}
			if !more {
				return at - 1
			}
		}
	}
}

// at cuts at one place; more is false where the act has no such place.
func (c cut) at(plan fault.Plan, fate fault.Fate, seed uint64) (more bool, err error) {
	before, after, done, err := folders()
	if err != nil {
		return false, err
	}
	defer done()
	if err := fault.Copy(c.snap, before); err != nil {
		return false, err
	}
	disk := fault.NewDisk(fault.Plan{})
	defer disk.Close()
	a, err := enterHouse(c.t, before, disk.Name(), c.clock, false, c.caseID)
	if err != nil {
		return false, err
	}
	command := c.op.command(a)
	disk.Load(plan)
	failed := command()
	more = disk.Dark()
	disk.Cut()
	_ = a.house.Close()
	if !more {
		return false, failed
	}
	if err := errors.Join(fault.Copy(before, after), disk.Survive(after, fate, seed)); err != nil {
		return true, err
	}
	return true, c.judge(after, failed == nil)
}

// judge opens what is left on a sound disk.
func (c cut) judge(dir string, acknowledged bool) error {
	a, err := enterHouse(c.t, dir, "", c.clock, false, c.caseID)
	if err != nil {
		return fmt.Errorf("the house does not open: %w", err)
	}
	defer a.house.Close()
	if err := errors.Join(a.house.DB.Short(), a.house.Ledger.CheckHistory(context.Background())); err != nil {
		return err
	}
	report, err := ledger.Verify(context.Background(), a.D, a.Agency.Code, a.house.Key.Verifier(a.Agency.Code), ledger.VerifyOptions{})
	if err != nil {
		return err
	}
	if !report.Sound() {
		return fmt.Errorf("the ledger is not sound: %s", report.Problems[0].What)
	}
	got, err := counts(a)
	if err != nil {
		return err
	}
	none, all := differs(got, c.old), differs(got, c.fresh)
	switch {
	case acknowledged && all != "":
		return fmt.Errorf("acknowledged and not all there: %s", all)
	case !c.op.several && none != "" && all != "":
		return fmt.Errorf("half there: not as before (%s), not as after (%s)", none, all)
	}
	return c.again(a, all == "")
}

// again does the act once more where it is not there: the store is as good as before.
func (c cut) again(a *agency, there bool) error {
	if there || c.op.several {
		return nil
	}
	return c.op.command(a)()
}

func differs(got, want map[string]int) string {
	for name, n := range want {
		if got[name] != n {
			return fmt.Sprintf("%s has %d rows, not %d", name, got[name], n)
		}
	}
	return ""
}
