package batch_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/disclosure/batch"
	"mingjing/internal/form/paper"
	"mingjing/internal/law"
	"mingjing/internal/ledger"
	"mingjing/internal/redact"
	"mingjing/internal/refusal"
	"mingjing/internal/testkit"
)

// world is a case with three decisions that owe their publication; the third is not yet served.
type world struct {
	*testing.T
	ctx           context.Context
	one           *disclosure.Room
	many          *batch.Room
	maker, second access.Actor
	file          string
	ids           []string
}

func worlds(t *testing.T, body func(t *testing.T, w *world)) {
	t.Helper()
	clock := testkit.NewClock(t, "2026-03-02T09:00:00+08:00")
	testkit.StoresAt(t, clock.Now, func(t *testing.T, d *db.DB) {
		one, err := disclosure.New(d, disclosure.Books{})
		if err != nil {
			t.Fatal(err)
		}
		w := &world{T: t, ctx: context.Background(), one: one, many: batch.New(d, one), file: "c1",
			maker:  access.Actor{Account: "publisher-1", Agency: "a1", Roles: []string{access.RolePublisher}, StepUp: true},
			second: access.Actor{Account: "checker-1", Agency: "a1", Roles: []string{access.RoleChecker}, StepUp: true}}
		for _, n := range []string{"1", "2", "3"} {
			w.must(d.Write(w.ctx, "a1", func(tx *db.Tx) error { return w.owe(tx, n) }))
		}
		body(t, w)
	})
}

func (w *world) owe(tx *db.Tx, n string) error {
	by := ledger.Actor{Account: "handler-1", Role: "handler"}
	due := disclosure.Due{Agency: "a1", AgencyName: "示例市民政局", Decision: "d" + n, DecisionHash: testkit.PaperHash(), Case: w.file, Party: "p" + n, Class: "处罚", Kind: "行政处罚决定书", Item: "MZ-01",
		Number: "示民罚决字〔2026〕" + n + "号", Title: "行政处罚决定", PartyPublicName: "云杉养老服务中心" + n, PartyKind: "法人或者其他组织", Result: "警告", DecidedOn: "2026-03-02",
		DueOn: "2026-03-11", HasSocialImpact: true, Blocks: []paper.Block{{Style: paper.StylePara, Text: "经办人欧阳清泉，电话1380013800" + n + "。给予警告。"}},
		Known: []redact.Known{{Kind: redact.Name, Text: "欧阳清泉"}}}
	id, err := disclosure.Owe(tx, by, due)
	if err != nil {
		return err
	}
	w.ids = append(w.ids, id)
	if err = testkit.Decided(tx, id); err != nil || n == "3" {
		return err
	}
	if err := disclosure.Served(tx, by, due.Decision, law.ServedDirect, "2026-03-02"); err != nil {
		return err
	}
	return testkit.Delivered(tx, due.Decision)
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// marks are what the maker sees of each text; hashes are the texts as they were made ready.
func (w *world) marks() []batch.Chosen {
	w.Helper()
	var list []batch.Chosen
	for _, id := range w.ids {
		d, err := w.one.Draft(w.ctx, w.maker, id)
		w.must(err)
		list = append(list, batch.Chosen{ID: id, Seen: batch.Mark(d)})
	}
	return list
}

func (w *world) hashes() []batch.Chosen {
	w.Helper()
	list, err := w.many.Of(w.ctx, w.maker, w.file)
	w.must(err)
	var chosen []batch.Chosen
	for _, p := range list {
		chosen = append(chosen, batch.Chosen{ID: p.ID, Seen: p.ContentHash})
	}
	return chosen
}

// took compares what was done and what was refused by which rule.
func (w *world) took(out batch.Outcome, err error) func(done int, left ...string) {
	w.Helper()
	w.must(err)
	return func(done int, left ...string) {
		w.Helper()
		var rules []string
		for _, f := range out.Left {
			rules = append(rules, f.Rule+" "+f.Party)
		}
		if out.Done != done || strings.Join(rules, "; ") != strings.Join(left, "; ") {
			w.Fatalf("did %d and left %q, want %d and %q", out.Done, rules, done, left)
		}
	}
}

const third = "云杉养老服务中心3（示民罚决字〔2026〕3号）"

func TestWhatIsServedGoesOutByTwoPeopleAndWhatIsNotServedStaysByName(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.took(w.many.Prepare(w.ctx, w.maker, w.file, w.marks()))(3)
		w.took(w.many.Check(w.ctx, w.second, w.file, w.hashes()))(3)
		out, err := w.many.Publish(w.ctx, w.maker, w.file, w.hashes())
		w.must(err)
		if out.Done != 2 || len(out.Left) == 0 || out.Left[0].Rule != "CF-26c" || out.Left[0].Party != third || out.Left[0].Cite.String() == "" {
			t.Fatalf("got %+v", out)
		}
		for i, want := range []string{disclosure.StatePublished, disclosure.StatePublished, disclosure.StateChecked} {
			p, versions, err := w.one.Get(w.ctx, w.maker, w.ids[i])
			w.must(err)
			if p.State != want || want == disclosure.StatePublished && (len(versions) != 1 || strings.Contains(versions[0].Body, "1380013800")) {
				t.Errorf("%s is %s", p.Number, p.State)
			}
			past, err := w.one.History(w.ctx, w.maker, w.ids[i])
			w.must(err)
			acts := 0
			for _, e := range past {
				if strings.HasPrefix(e.Kind, "publication.") {
					acts++
				}
			}
			if want := map[string]int{disclosure.StatePublished: 3, disclosure.StateChecked: 2}[want]; acts != want {
				t.Errorf("%s has %d events, want %d: one for each fact", p.Number, acts, want)
			}
		}
	})
}

func TestAWordThatWasNotFoundIsTakenOutOfEveryTextAtOnce(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		var invalid refusal.Invalid
		if _, err := w.many.Hide(w.ctx, w.maker, w.file, w.marks(), []string{"给予", "没有的词"}, redact.Name); !errors.As(err, &invalid) || !strings.Contains(invalid.Fields["words"], "没有的词") || strings.Contains(invalid.Fields["words"], "给予") {
			t.Fatalf("got %v", err)
		}
		w.took(w.many.Hide(w.ctx, w.maker, w.file, w.marks(), []string{"给予"}, redact.Name))(3)
		w.took(w.many.Prepare(w.ctx, w.maker, w.file, w.marks()))(3)
		for _, id := range w.ids {
			d, err := w.one.Draft(w.ctx, w.maker, id)
			w.must(err)
			if strings.Contains(d.Rendered, "给予") || strings.Contains(d.Rendered, "欧阳清泉") || len(d.Open) > 0 {
				t.Errorf("the public would read %s", d.Rendered)
			}
		}
		out, err := w.many.Hide(w.ctx, w.maker, w.file, w.marks(), []string{"警告"}, redact.Name)
		w.must(err)
		if out.Done != 0 || len(out.Left) != 3 {
			t.Errorf("what was made ready was changed: %+v", out)
		}
	})
}

func TestABatchOpensNoWayRoundTheGates(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		opened := w.marks()
		w.took(w.many.Prepare(w.ctx, w.second, w.file, opened[:1]))(0, "access:default-deny 云杉养老服务中心1（示民罚决字〔2026〕1号）")
		w.took(w.many.Prepare(w.ctx, w.maker, w.file, []batch.Chosen{opened[0], opened[1], {ID: w.ids[2], Seen: "another text"}}))(2, "XG-05 "+third)
		w.took(w.many.Prepare(w.ctx, w.maker, w.file, opened[:1]))(0, "XG-05 云杉养老服务中心1（示民罚决字〔2026〕1号）") // the page is old: it was made ready since
		both := access.Actor{Account: w.maker.Account, Agency: "a1", Roles: []string{access.RolePublisher, access.RoleChecker}, StepUp: true}
		w.took(w.many.Check(w.ctx, both, w.file, w.hashes()[:1]))(0, "XG-05b 云杉养老服务中心1（示民罚决字〔2026〕1号）")
		w.took(w.many.Check(w.ctx, w.second, w.file, []batch.Chosen{{ID: w.ids[0], Seen: w.hashes()[0].Seen}, {ID: w.ids[1], Seen: "another text"}}))(1, "XG-05 云杉养老服务中心2（示民罚决字〔2026〕2号）")
		var missing refusal.NotFound
		for _, try := range []struct {
			by   access.Actor
			file string
		}{{w.maker, "c2"}, {w.maker, ""}, {access.Actor{Account: "x", Agency: "a2", Roles: []string{access.RolePublisher}, StepUp: true}, w.file}} {
			if _, err := w.many.Publish(w.ctx, try.by, try.file, []batch.Chosen{{ID: w.ids[0]}}); !errors.As(err, &missing) {
				t.Errorf("%+v got %v", try, err)
			}
		}
		if _, err := w.many.Publish(w.ctx, w.maker, w.file, []batch.Chosen{{ID: w.ids[0]}, {ID: "of another case"}}); !errors.As(err, &missing) {
			t.Errorf("a decision of another case got %v", err)
		}
	})
}
