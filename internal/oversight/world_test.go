package oversight_test

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/casefile"
	"mingjing/internal/casefile/book"
	"mingjing/internal/catalog"
	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/exchange"
	"mingjing/internal/flow"
	"mingjing/internal/form"
	"mingjing/internal/house"
	"mingjing/internal/oversight"
	"mingjing/internal/redact"
	"mingjing/internal/review"
	"mingjing/internal/roster"
	"mingjing/internal/testkit"
	"mingjing/internal/testkit/world"
	"mingjing/packs"
)

// bureau is a world in a house, whose board is looked at.
type bureau struct {
	*world.World
	house *house.House
}

// bureaus runs the body in a fresh bureau on each engine.
func bureaus(t *testing.T, body func(t *testing.T, b *bureau)) {
	t.Helper()
	testkit.Addresses(t, func(t *testing.T, address string) {
		clock, folder := testkit.NewClock(t, world.Begins), t.TempDir()
		h, err := house.Open(context.Background(), house.Options{Passwords: testkit.Passwords(), Store: address, Folder: folder, Packs: []string{"national", "jilin", "siping-civil-affairs"},
			Files: packs.FS, Clock: clock.Now, Demo: true})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = h.Close() })
		b := &bureau{World: world.New(t, h.DB, clock), house: h}
		b.Cases = h.Cases
		body(t, b)
	})
}

// board computes all lights, by duty.
func (b *bureau) board() map[int]oversight.Light {
	b.T.Helper()
	lights := map[int]oversight.Light{}
	b.Read(func(tx *db.Tx) error {
		list, err := oversight.Board(tx, b.house.Board())
		for _, l := range list {
			lights[l.Duty] = l
		}
		return err
	})
	return lights
}

func (b *bureau) founder() access.Actor { return access.Founding(b.Agency.Code) }

// activate puts the pack into force and publishes items and officers.
func (b *bureau) activate() {
	b.T.Helper()
	_, err := catalog.Activate(context.Background(), b.house.DB, b.founder(), b.house.Pack)
	b.Must(err)
	b.Must(b.house.PublishLists(context.Background(), b.Publisher))
}

// decided lives a matter until its decision is served; a major one is reviewed, with counsel where it is complex.
func (b *bureau) decided(m world.Matter) *world.Case {
	b.T.Helper()
	c := b.Lead(m).Open().Investigate().Report().Notice().PastWindows()
	c.Draft(nil, "")
	if m.Complex {
		opinion := func(name string) map[string]any {
			return map[string]any{"name": name, "post": "负责人", "opinion": "事实清楚，证据充分，程序合法，同意承办机构的处罚意见。", "vote": "同意"}
		}
		c.Take("hold_panel", map[string]form.Values{"集体讨论记录": {"chair": b.Approver.Name, "members": []any{opinion(b.Approver.Name), opinion(b.OtherApprover.Name), opinion(b.Supervisor.Name)},
			"conclusion": "给予行政处罚"}})
	}
	if m.Major || m.Complex {
		id := b.submit(c)
		b.Must(b.judge(c, b.Reviewer, id, "accept_review", nil))
		if m.Complex {
			b.Must(b.judge(c, b.Reviewer, id, "consult_counsel", map[string]form.Values{"顾问意见登记": {"counsel": "穆清扬", "opinion": "同意拟处罚意见。"}}))
		}
		b.Must(b.judge(c, b.Reviewer, id, "pass_review", opinion("同意")))
	}
	return c.Approve().Decide().Serve()
}

// onTheSpot decides a small penalty where it was found.
func (b *bureau) onTheSpot() {
	b.T.Helper()
	officers := []any{b.Officers[0], b.Officers[1]}
	party := world.Person("柳如烟")
	law := []any{map[string]any{"law": "行政区域界线管理条例", "article": "第十七条"}}
	lead := b.Complete("现场检查笔录", form.Values{"cause": "擅自移动界桩", "party": party, "officers": officers, "recording": "全程录音录像"})
	matter := b.Complete("案件要素登记", form.Values{"item": "MZ-CF-073", "act_ended_on": b.Today().String(), "power": true, "jurisdiction": true})
	done, err := b.Cases.Begin(context.Background(), b.Handler, book.Simple, casefile.Act{Papers: map[string]form.Values{"现场检查笔录": lead, "案件要素登记": matter}})
	b.Must(err)
	text := b.Paper(b.Handler, done.Case, "decide_on_spot", "当场行政处罚决定书", "", form.Values{"penalty": "罚款", "fine": int64(10000), "facts": "当事人整修田埂时擅自移动界桩。", "violated": law, "basis": law, "officers": officers,
		"occurred_at": b.Today().String() + "T09:00", "decided_at": b.Today().String() + "T09:30"})
	tier := b.Complete("裁量核对表", form.Values{"tier": "无裁量基准", "age": int64(36), "correction_ordered": true})
	_, err = b.Cases.Take(context.Background(), b.Handler, casefile.Act{Case: done.Case, Step: "decide_on_spot", Sealed: true, Papers: map[string]form.Values{"当场行政处罚决定书": text, "裁量核对表": tier}})
	b.Must(err)
}

func (b *bureau) submit(c *world.Case) string {
	b.T.Helper()
	act := c.Act(b.Handler, "submit_review", map[string]form.Values{"法制审核送审表": {"triggers": []any{"法律、法规规定应当进行法制审核的其他情形"},
		"materials": []any{"案件调查终结报告", "拟作出决定的文书草稿", "证据材料", "集体讨论意见"}}})
	id, err := b.house.Review.Submit(context.Background(), b.Handler, act)
	b.Must(err)
	return id
}

// judge takes a step of a review with its papers whole.
func (b *bureau) judge(c *world.Case, actor access.Actor, id string, step flow.Code, own map[string]form.Values) error {
	b.T.Helper()
	machine := flow.Review()
	s, ok := machine.Find(step)
	if !ok {
		b.T.Fatalf("no step %s", step)
	}
	papers := map[string]form.Values{}
	for _, kind := range book.StepForms(s) {
		b.Read(func(tx *db.Tx) error {
			d, err := b.house.Review.Draft(tx, actor, id, step, kind)
			values := form.Values{}
			maps.Copy(values, d.Values)
			maps.Copy(values, own[kind])
			papers[kind] = c.Complete(kind, values)
			return err
		})
	}
	return b.house.Review.Take(context.Background(), actor, review.Act{Review: id, Step: step, Papers: papers})
}

func opinion(verdict string) map[string]form.Values {
	return map[string]form.Values{"法制审核意见书": {"subject": "是", "personnel": "是", "procedure": "是", "facts_clear": "是", "law_right": "是", "discretion_fit": "是",
		"within_power": "未超越", "documents": "是", "crime": "不涉嫌犯罪", "verdict": verdict, "independent": true, "qualification": "已取得国家统一法律职业资格"}}
}

// publication is the one that the only decision of a case owes.
func (b *bureau) publication(c *world.Case) string {
	b.T.Helper()
	p, _, err := b.house.Disclosure.OfDecision(context.Background(), b.Publisher, c.View(b.Handler).Parties[0].Decision.ID)
	b.Must(err)
	return p.ID
}

// publish makes the decision of a case public.
func (b *bureau) publish(c *world.Case) {
	b.T.Helper()
	ctx, room, id := context.Background(), b.house.Disclosure, b.publication(c)
	draft, err := room.Draft(ctx, b.Publisher, id)
	b.Must(err)
	var marks []redact.Decision
	for _, s := range draft.Spans {
		marks = append(marks, redact.Decision{Span: s, Accept: s.Sure, By: b.Publisher.Account})
	}
	b.Must(room.Prepare(ctx, b.Publisher, id, disclosure.Prepared{Decisions: marks}))
	p, _, err := room.Get(ctx, b.Checker, id)
	b.Must(err)
	b.Must(room.Check(ctx, b.Checker, id, p.ContentHash))
	b.Must(room.Publish(ctx, b.Publisher, id, p.ContentHash))
}

// closed brings a served case to its end.
func (b *bureau) closed(c *world.Case) {
	b.T.Helper()
	if c.Matter.Fine > 0 {
		c.Take("pay", map[string]form.Values{"缴款登记": {"kind": "罚款", "amount": c.Matter.Fine, "paid_on": b.Today().String()}})
	}
	c.Take("confirm_performance", map[string]form.Values{"履行确认登记": {"others_done": true}})
	c.Take("close", map[string]form.Values{"结案报告": {"manner": "行政处罚决定执行完毕"}})
}

// archived files a closed case.
func (b *bureau) archived(c *world.Case, number string) {
	b.T.Helper()
	act := c.Act(b.Archivist, "archive", map[string]form.Values{"案卷目录": {"dossier_number": number}, "卷内备考表": {"dossier_number": number, "compiled_by": b.Archivist.Name, "checked_by": b.Supervisor.Name}})
	contents := act.Papers["案卷目录"]
	for i, row := range contents.Rows("items") {
		row["page"] = string(rune('1' + i%9))
	}
	pages := int64(2 * len(contents.Rows("items")))
	contents["pages"], act.Papers["卷内备考表"]["pages"] = pages, pages
	_, err := b.Cases.Take(context.Background(), b.Archivist, act)
	b.Must(err)
}

// staff adds somebody to the roster, with a certificate where it has a number.
func (b *bureau) staff(o roster.Officer, c roster.Certificate) {
	b.T.Helper()
	o.Agency, o.Staff, o.From = b.Agency.Code, roster.Established, b.Today().AddDays(-100)
	b.Must(b.Write(func(tx *db.Tx) error {
		added, err := roster.AddOfficer(tx, b.founder(), o)
		if err != nil || c.Number == "" {
			return err
		}
		c.Officer, c.Issuer, c.Class, c.Area = added.ID, "民政部", "民政", "四平市"
		_, err = roster.AddCertificate(tx, b.founder(), c)
		return err
	}))
}

// imported brings past decisions in from a file.
func (b *bureau) imported(text string) {
	b.T.Helper()
	path := filepath.Join(b.T.TempDir(), "past.csv")
	b.Must(os.WriteFile(path, []byte(text), 0o600))
	m, err := exchange.ParseMap("number=文号,title=标题,body=正文,decided=日期,party=当事人")
	b.Must(err)
	_, err = b.house.Exchange.Import(context.Background(), b.Publisher, exchange.Source{Path: path}, m, exchange.Options{AgencyName: b.Agency.Name})
	b.Must(err)
}

// past changes a record past the program: what the gates of the engine refuse is first taken away, as whoever holds the
// database can. A light must see what came in that way.
func (b *bureau) past(table, statement string, args ...any) {
	b.T.Helper()
	b.Must(b.Write(func(tx *db.Tx) error {
		if tx.Engine() == db.Postgres {
			if _, err := tx.Exec(`ALTER TABLE ` + table + ` DISABLE TRIGGER USER`); err != nil {
				return err
			}
		} else {
			var names []string
			rows, err := tx.Query(`SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = $1`, table)
			if err != nil {
				return err
			}
			for rows.Next() {
				var name string
				if err := rows.Scan(&name); err != nil {
					return err
				}
				names = append(names, name)
			}
			if err := rows.Close(); err != nil {
				return err
			}
			for _, name := range names {
				if _, err := tx.Exec(`DROP TRIGGER ` + name); err != nil {
					return err
				}
			}
		}
		n, err := tx.Exec(statement, args...)
		if err == nil && n == 0 {
			b.T.Fatalf("nothing was changed by %s", statement)
		}
		return err
	}))
}
