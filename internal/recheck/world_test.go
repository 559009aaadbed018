package recheck_test

import (
	"context"
	"io"
	"log/slog"
	"path/filepath"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/submission"
	"mingjing/internal/catalog"
	"mingjing/internal/catalog/setting"
	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/disclosure/extension"
	"mingjing/internal/document"
	"mingjing/internal/flow"
	"mingjing/internal/form"
	"mingjing/internal/house"
	"mingjing/internal/law"
	"mingjing/internal/oversight/undertaking"
	"mingjing/internal/recheck"
	"mingjing/internal/returns"
	"mingjing/internal/review"
	"mingjing/internal/roster"
	"mingjing/internal/rulebook"
	"mingjing/internal/testkit"
	"mingjing/internal/testkit/world"
	"mingjing/packs"
)

// estate is a house that has lived: a reviewed decision, published and corrected, one that was annulled and withdrawn, one
// on the spot, and something in every table of the record.
type estate struct {
	*world.World
	house   *house.House
	address string
}

// live founds a house at an address and lives in it.
func live(t testing.TB, address, folder string) *estate {
	t.Helper()
	clock := testkit.NewClock(t, world.Begins)
	h, err := house.Open(context.Background(), house.Options{Passwords: testkit.Passwords(), Store: address, Folder: folder, Packs: []string{"national", "jilin", "siping-civil-affairs"},
		Files: packs.FS, Clock: clock.Now, Demo: true, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		t.Fatal(err)
	}
	e := &estate{World: world.New(t, h.DB, clock), house: h, address: address}
	e.Cases = h.Cases
	if _, err := catalog.Activate(context.Background(), h.DB, e.Administrator, h.Pack); err != nil {
		t.Fatal(err)
	}
	e.Must(h.PublishLists(context.Background(), e.Publisher))
	e.office()
	e.organised()
	e.reviewed()
	e.annulled()
	e.Days(1)
	m := world.Minor()
	m.Fine = 10000
	e.Spot(m).DecideOnSpot()
	e.signed()
	return e
}

func (e *estate) office() {
	e.Must(e.Write(func(tx *db.Tx) error {
		if _, err := roster.EngageCounsel(tx, e.Administrator, roster.Counsel{Agency: e.Agency.Code, Name: "钱律师", Kind: "法律顾问", Organisation: "某律师事务所", From: e.Today()}); err != nil {
			return err
		}
		if _, err := access.GrantActing(tx, e.Administrator, access.NewActing{Principal: e.Second.Account, Deputy: e.Third.Account, From: e.Today(), Until: e.Today().AddDays(9), Reason: "出差"}); err != nil {
			return err
		}
		_, err := catalog.VoidNumber(tx, e.Administrator, "四民罚决字", e.Today().Year(), "纸质文书误用")
		return err
	}))
}

// organised keeps a rule, a training with two who took part, and an annual return.
func (e *estate) organised() {
	e.Must(e.Write(func(tx *db.Tx) error {
		for _, d := range e.house.Pack.Deliverables() {
			if d.Code != "SP-17" {
				continue
			}
			for i := range 2 {
				if _, err := rulebook.Adopt(tx, e.Administrator, d, rulebook.Text{Number: "1号", Source: rulebook.Own, From: e.Today().AddDays(i), Sections: map[string]string{"正文": "用语。"}}); err != nil {
					return err
				}
			}
		}
		if _, err := setting.Propose(tx, e.Administrator, e.house.Above(), setting.Setting{Code: law.HearingFineOrg, Value: "800000", From: e.Today().AddDays(9), Basis: "3号"}); err != nil {
			return err
		}
		people, err := roster.Officers(tx, e.Agency.Code, e.Today(), roster.Filter{Valid: true}, "", 2)
		if err != nil {
			return err
		}
		training := undertaking.Undertaking{Kind: "training", On: e.Today(), Officers: []string{people[0].ID, people[1].ID}, Values: map[string]string{"subject": "三项制度", "teacher": "某人", "hours": "4", "exam": "没有考试"}}
		if _, err = undertaking.Enter(tx, e.Supervisor, e.house.Pack, training); err != nil {
			return err
		}
		notice := undertaking.Undertaking{Kind: "notice", On: e.Today(), Due: e.Today().AddDays(9), Values: map[string]string{"unit": "办公室", "finding": "甲", "demand": "乙"}}
		if notice, err = undertaking.Enter(tx, e.Supervisor, e.house.Pack, notice); err != nil {
			return err
		}
		if err := undertaking.Settle(tx, e.Supervisor, e.house.Pack, notice.ID, e.Today(), map[string]string{"result": "已改", "accountability": "不需问责"}, ""); err != nil {
			return err
		}
		for _, year := range []int{2023, 2025} {
			if _, err := returns.Send(tx, e.Supervisor, nil, returns.Return{Year: year, Recipient: "司法局", Sent: e.Today(), Receipt: "1"}); err != nil {
				return err
			}
		}
		return nil
	}))
}

// reviewed lives through a major decision that is published and corrected.
func (e *estate) reviewed() {
	c := e.Lead(world.Major()).Open().Investigate()
	_, err := e.Cases.Attach(context.Background(), e.Handler, document.Attachment{Case: c.ID, Kind: "照片", Name: "现场.jpg", MIME: "image/jpeg", Size: 9,
		Digest: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"})
	e.Must(err)
	c.Report().Notice().PastWindows().Draft(nil, "")
	act := c.Act(e.Handler, "submit_review", map[string]form.Values{"法制审核送审表": {"triggers": []any{"法律、法规规定应当进行法制审核的其他情形"},
		"materials": []any{"案件调查终结报告", "拟作出决定的文书草稿", "证据材料"}}})
	id, err := e.house.Review.Submit(context.Background(), e.Handler, act)
	e.Must(err)
	e.review(c, id, "accept_review", nil)
	e.review(c, id, "pass_review", map[string]form.Values{"法制审核意见书": {"subject": "是", "personnel": "是", "procedure": "是", "facts_clear": "是", "law_right": "是",
		"discretion_fit": "是", "within_power": "未超越", "documents": "是", "crime": "不涉嫌犯罪", "verdict": "同意", "independent": true, "qualification": "已取得国家统一法律职业资格"}})
	c.Take("hold_panel", nil)
	c.Approve().Decide().Serve()
	c.Take("pay", map[string]form.Values{"缴款登记": {"kind": "罚款", "amount": int64(2000000), "paid_on": e.Today().String()}})
	c.Take("confirm_performance", nil)
	c.Take("refund", map[string]form.Values{"退款审批表": {"ground": "误缴、多缴", "refund": int64(100)}})
	v := c.View(e.Handler)
	number := ""
	for _, d := range v.Documents {
		if d.Kind == "行政处罚决定书" {
			number = d.Number
		}
	}
	e.Must(e.Write(func(tx *db.Tx) error {
		if err := access.RecordLook(tx, e.Handler, access.Thing{Kind: "case", ID: c.ID, Agency: e.Agency.Code}, "办理案件"); err != nil {
			return err
		}
		_, err := document.UseSeal(tx, e.Publisher, number, document.SealUse{Seal: "机关印章", UsedOn: e.Today(), ApprovedBy: e.Approver.Account, Copies: 2})
		return err
	}))
	e.publish(c.ID)
	e.correct(c.ID)
}

func (e *estate) review(c *world.Case, id string, step flow.Code, own map[string]form.Values) {
	e.T.Helper()
	machine := flow.Review()
	s, _ := machine.Find(step)
	papers := map[string]form.Values{}
	for _, kind := range book.StepForms(s) {
		var d document.Draft
		e.Read(func(tx *db.Tx) (err error) {
			d, err = e.house.Review.Draft(tx, e.Reviewer, id, step, kind)
			return err
		})
		values := form.Values{}
		for _, from := range []form.Values{d.Values, own[kind]} {
			for name, value := range from {
				values[name] = value
			}
		}
		papers[kind] = e.Complete(kind, values)
	}
	e.Must(e.house.Review.Take(context.Background(), e.Reviewer, review.Act{Review: id, Step: step, Papers: papers}))
}

// publication is what a case owes.
func (e *estate) publication(caseID string) (id string) {
	e.Read(func(tx *db.Tx) error {
		return tx.Row(`SELECT id FROM publication WHERE case_id = $1`, caseID).Scan(&id)
	})
	return id
}

func (e *estate) publish(caseID string) {
	e.T.Helper()
	ctx, id := context.Background(), e.publication(caseID)
	draft, err := e.house.Disclosure.Draft(ctx, e.Publisher, id)
	e.Must(err)
	e.Must(e.house.Disclosure.Prepare(ctx, e.Publisher, id, disclosure.Prepared{Decisions: disclosure.AcceptAll(draft.Open, "")}))
	p, _, err := e.house.Disclosure.Get(ctx, e.Publisher, id)
	e.Must(err)
	e.Must(e.house.Disclosure.Check(ctx, e.Checker, id, p.ContentHash))
	e.Must(e.house.Disclosure.Publish(ctx, e.Publisher, id, p.ContentHash))
}

func (e *estate) correct(caseID string) {
	e.T.Helper()
	ctx, id := context.Background(), e.publication(caseID)
	in := disclosure.Correction{Title: "更正后的行政处罚决定", PartyName: "某协会", Result: "罚款", Basis: "《社会团体登记管理条例》", Body: "更正后的正文。", Reason: "正文有笔误"}
	draft, err := e.house.Disclosure.CorrectionDraft(ctx, e.Publisher, id, in)
	e.Must(err)
	in.Decisions = disclosure.AcceptAll(draft.Open, "")
	hash, err := e.house.Disclosure.Correct(ctx, e.Publisher, id, in)
	e.Must(err)
	e.Must(e.house.Disclosure.ConfirmCorrection(ctx, e.Checker, id, hash))
}

// extend puts the publication of a case off, to ask a third party.
func (e *estate) extend(caseID string) {
	e.T.Helper()
	e.Must(e.house.Disclosure.Extend(context.Background(), e.Publisher, e.publication(caseID), extension.Request{Ground: law.ExtendThirdParty,
		Document: "四民征字〔2026〕1号", AskedOn: e.Today().String(), Days: 5, Reason: "含有供应商报价。", Approver: e.Approver.Account}))
}

// annulled lives through a minor decision that is put off, falls and comes down.
func (e *estate) annulled() {
	c := e.Lead(world.Minor()).Open().Investigate().Report().Notice().PastWindows()
	c.Draft(nil, "")
	c.Approve().Decide().Serve()
	e.extend(c.ID)
	e.publish(c.ID)
	e.Days(1)
	c.Take("annul_decision", map[string]form.Values{"决定变动登记": {"ground": "撤销", "document": "四政复决字〔2026〕9号", "received_on": e.Today().String()}})
	e.Must(e.house.Disclosure.Withdraw(context.Background(), e.Publisher, e.publication(c.ID), disclosure.Withdrawal{Ground: disclosure.GroundRevoked,
		Document: "四政复决字〔2026〕9号", Reason: "行政复议决定撤销。"}))
}

// signed sends the draft of a case up for signing.
func (e *estate) signed() {
	e.T.Helper()
	ctx := context.Background()
	c := e.Lead(world.Minor())
	e.Must(e.Write(func(tx *db.Tx) error {
		for _, kind := range []string{"立案审批表", "案件要素登记"} {
			d, err := e.Cases.Draft(tx, e.Handler, c.ID, "open_case", kind, "")
			if err != nil {
				return err
			}
			if _, err := e.Cases.SaveDraft(tx, e.Handler, d, d.Base()); err != nil {
				return err
			}
		}
		return nil
	}))
	sent, err := submission.Send(ctx, e.D, e.Handler, c.ID, "open_case", nil, access.RoleApprover)
	e.Must(err)
	e.Must(submission.Sign(ctx, e.D, e.Approver, sent.ID, "请补充。", ""))
}

// settle signs the ledgers and fills the index.
func (e *estate) settle() {
	e.T.Helper()
	ctx := context.Background()
	for _, log := range []string{e.Agency.Code, e.Agency.Code + "/public"} {
		_, err := e.house.Ledger.Checkpoint(ctx, log)
		e.Must(err)
	}
	_, err := e.house.Index.CatchUp(ctx)
	e.Must(err)
}

func (e *estate) options() recheck.Options {
	return recheck.Options{Verifier: e.house.Key.Verifier, Known: e.kept}
}

// kept is the checkpoint of a log that lies apart from the store.
func (e *estate) kept(log string) string {
	all, err := house.KeptCheckpoints(e.house.Folder)
	e.Must(err)
	return all[log]
}

func (e *estate) recheck() recheck.Report {
	e.T.Helper()
	report, err := recheck.Run(context.Background(), e.D, e.options())
	e.Must(err)
	return report
}

func TestAHouseThatWasLivedInIsSound(t *testing.T) {
	testkit.Addresses(t, func(t *testing.T, address string) {
		e := live(t, address, t.TempDir())
		defer e.house.Close()
		e.settle()
		report := e.recheck()
		for _, p := range report.Problems {
			t.Errorf("%s %s %s", p.Check, p.Where, p.What)
		}
		for _, c := range report.Counts {
			if c.Checked == 0 && c.Code != "PB-6" && c.Code != "PN-1" {
				t.Errorf("%s was not asked: %s", c.Code, c.Title)
			}
		}
		t.Logf("%d events, %d rows", report.Events, report.Rows)
	})
}

func sqliteAt(t testing.TB) (address, folder string) {
	folder = t.TempDir()
	return "sqlite:" + filepath.Join(folder, "house.db"), folder
}
