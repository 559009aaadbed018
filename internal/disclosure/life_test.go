package disclosure_test

import (
	"errors"
	"strings"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/disclosure/public"
	"mingjing/internal/law"
	"mingjing/internal/ledger/leaf"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

func TestADecisionIsPublishedByTwoPeopleAndFoundByTwoCharacters(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		id := w.public(w.due())
		w.caughtUp()
		p, err := w.reader.Get(w.ctx, id)
		w.must(err)
		if p.PublishedOn != "2026-03-02" || p.State != public.Published || len(p.Blocks) != 2 || p.Ordinal != 1 {
			t.Fatalf("got %+v", p)
		}
		if strings.Contains(p.Body, "欧阳清泉") || strings.Contains(p.Body, "13800138000") || !strings.Contains(p.Body, "欧阳某") {
			t.Errorf("the body still says %s", p.Body)
		}
		if public.ContentHash(p) != p.ContentHash {
			t.Error("the content hash cannot be recomputed from the page")
		}
		for query, want := range map[string]int{"骗取": 1, "虚报 罚款": 1, "示民罚决字〔2026〕1号": 1, `"虚报床位"`: 1, "床": 1, "清泉": 0, "骗钱": 0, "虚报补助": 0} {
			if got := w.found(query); got != want {
				t.Errorf("%s finds %d, want %d", query, got, want)
			}
		}
	})
}

func TestEveryDecisionIsCountedFromOutsideBeforeItIsPublic(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		id := w.owe(w.due())
		w.owe(w.due())
		list, err := w.reader.Commitments(w.ctx, "a1", 2026, 0, 10)
		w.must(err)
		if len(list) != 2 || list[1].Seq != 2 || list[0].DueOn != "2026-03-11" || list[0].Publication != "" || len(list[0].Commitment) != 64 {
			t.Fatalf("got %+v", list)
		}
		s, err := w.reader.Stats(w.ctx, "", day(t, "2026-03-12"))
		w.must(err)
		if s.Overdue != 2 || s.Waiting != 0 {
			t.Errorf("got %+v", s)
		}
		w.served("d1", "2026-03-02")
		hash := w.prepare(id)
		w.must(w.room.Check(w.ctx, w.second, id, hash))
		w.must(w.room.Publish(w.ctx, w.maker, id, hash))
		list, err = w.reader.Commitments(w.ctx, "a1", 2026, 0, 10)
		w.must(err)
		salt, digest := w.get(id).Opening()
		if list[0].Publication != id || leaf.Commitment(unhex(t, salt), []byte(digest)) != list[0].Commitment {
			t.Errorf("the commitment cannot be opened: %+v", list[0])
		}
	})
}

func TestTheWaysRoundTheGateAreShut(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		due := w.due()
		id := w.owe(due)
		w.refused(w.room.Prepare(w.ctx, w.maker, id, disclosure.Prepared{}), "CF-32")
		hash := w.prepare(id)
		w.refused(w.room.Publish(w.ctx, w.maker, id, hash), "CF-26c")
		both := access.Actor{Account: "publisher-1", Agency: "a1", Roles: []string{access.RolePublisher, access.RoleChecker}, StepUp: true}
		w.refused(w.room.Check(w.ctx, both, id, hash), "XG-05b")
		standIn := access.Actor{Account: "checker-9", OnBehalf: "publisher-1", Agency: "a1", Roles: []string{access.RoleChecker}, StepUp: true}
		w.refused(w.room.Check(w.ctx, standIn, id, hash), "XG-05b")
		w.refused(w.room.Check(w.ctx, w.second, id, "another text"), "XG-05")
		w.refused(w.room.Check(w.ctx, w.maker, id, hash), "access:default-deny")
		w.must(w.room.Check(w.ctx, w.second, id, hash))
		w.refused(w.room.Publish(w.ctx, w.maker, id, hash), "CF-26c")
		w.served(due.Decision, "2026-03-02")
		w.must(w.room.Publish(w.ctx, w.maker, id, hash))
		w.clock.Advance(24 * hour)
		w.refused(w.room.Publish(w.ctx, w.maker, id, hash), "CF-26d")
		if p := w.get(id); p.PublishedOn != "2026-03-02" {
			t.Errorf("the day became %s", p.PublishedOn)
		}
		stranger := access.Actor{Account: "x", Agency: "a2", Roles: []string{access.RolePublisher}, StepUp: true}
		var missing refusal.NotFound
		if err := w.room.Withdraw(w.ctx, stranger, id, withdrawal()); !errors.As(err, &missing) {
			t.Errorf("another agency's publisher got %v", err)
		}
		again := due
		if err := w.write(func(tx *db.Tx) error { _, err := disclosure.Owe(tx, handler(), again); return err }); err == nil {
			t.Error("a decision owes two publications")
		}
	})
}

func withdrawal() disclosure.Withdrawal {
	return disclosure.Withdrawal{Ground: disclosure.GroundRevoked, Document: "示政复决字〔2026〕3号", Reason: "行政复议决定撤销了该处罚决定。"}
}

func TestAFallenDecisionComesDownAndLeavesATombstone(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		id := w.public(w.due())
		w.public(w.due())
		w.caughtUp()
		w.falls(id, repealed)
		page, err := w.room.DueList(w.ctx, "a1", "", 10)
		w.must(err)
		if len(page.Rows) != 1 || page.Rows[0].ID != id || page.Rows[0].DaysLeft != 3 || page.Rows[0].Overdue {
			t.Fatalf("the due list shows %+v", page.Rows)
		}
		var invalid refusal.Invalid
		if err := w.room.Withdraw(w.ctx, w.maker, id, disclosure.Withdrawal{Ground: "撤销"}); !errors.As(err, &invalid) || invalid.Fields["reason"] == "" {
			t.Errorf("a withdrawal in silence got %v", err)
		}
		w.must(w.room.Withdraw(w.ctx, w.maker, id, withdrawal()))
		p, err := w.reader.Get(w.ctx, id)
		w.must(err)
		if p.Body != "" || p.Blocks != nil || p.PartyName != "" || p.Result != "" || strings.Contains(p.Title, "云杉") {
			t.Errorf("the tombstone says too much: %+v", p)
		}
		if p.Number == "" || p.Ground != "撤销" || p.Reason == "" || p.GroundDocument == "" || p.WithdrawnOn != "2026-03-02" || p.DecidedOn == "" {
			t.Errorf("the tombstone says too little: %+v", p)
		}
		if got := w.found("骗取"); got != 1 {
			t.Errorf("search finds %d, want only the other one", got)
		}
		w.caughtUp()
		w.nothingLeft(id)
		w.refused(w.room.Withdraw(w.ctx, w.maker, id, withdrawal()), "CF-26f")
		_, versions, err := w.room.Get(w.ctx, w.maker, id)
		w.must(err)
		if len(versions) != 1 || !strings.Contains(versions[0].Body, "骗取") {
			t.Error("the version is not on file any more")
		}
	})
}

// nothingLeft looks into the feed and the sitemap for what was withdrawn.
func (w *world) nothingLeft(id string) {
	w.Helper()
	feed, err := w.reader.FeedLatest(w.ctx, public.Filter{State: public.Withdrawn}, 10)
	w.must(err)
	if len(feed) != 1 || feed[0].Body != "" {
		w.Errorf("the feed shows %+v", feed)
	}
	entries, err := w.reader.SitemapPage(w.ctx, 0)
	w.must(err)
	for _, e := range entries {
		if e.ID == id {
			w.Error("the sitemap lists it")
		}
	}
}

func TestACorrectionIsCheckedByAnotherAndKeepsTheDay(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		id := w.public(w.due())
		w.caughtUp()
		w.clock.Advance(48 * hour)
		in := disclosure.Correction{Title: "对云杉养老服务中心的行政处罚决定", PartyName: "云杉养老服务中心", Result: "罚款20000元", Basis: "《养老机构管理办法》第四十六条",
			Body: "决定罚款二万元。", Reason: "处理结果录入有误。"}
		draft, err := w.room.CorrectionDraft(w.ctx, w.maker, id, in)
		w.must(err)
		in.Decisions = disclosure.AcceptAll(draft.Open, "")
		hash, err := w.room.Correct(w.ctx, w.maker, id, in)
		w.must(err)
		if p, _ := w.reader.Get(w.ctx, id); p.State != public.Published {
			t.Fatal("the correction is public before its check")
		}
		both := access.Actor{Account: "publisher-1", Agency: "a1", Roles: []string{access.RolePublisher, access.RoleChecker}, StepUp: true}
		w.refused(w.room.ConfirmCorrection(w.ctx, both, id, hash), "XG-05b")
		w.must(w.room.ConfirmCorrection(w.ctx, w.second, id, hash))
		p, err := w.reader.Get(w.ctx, id)
		w.must(err)
		if p.PublishedOn != "2026-03-02" || p.CorrectedOn != "2026-03-04" || p.Version != 2 || p.CorrectReason == "" || p.Body != "决定罚款二万元。" {
			t.Fatalf("got %+v", p)
		}
		if w.found("床位") != 0 {
			t.Error("the old words are still found")
		}
		w.caughtUp()
		if got, old := w.found("二万"), w.found("床位"); got != 1 || old != 0 {
			t.Errorf("the new text is found %d times, the old %d times", got, old)
		}
		if _, versions, _ := w.room.Get(w.ctx, w.maker, id); len(versions) != 2 || !strings.Contains(versions[0].Body, "骗取") {
			t.Error("the old version is not on file")
		}
	})
}

func TestAnnouncementServesAndTheDayOfEffectFollows(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		id := w.owe(w.due())
		w.serve("d1", law.ServedPublic, "")
		hash := w.prepare(id)
		w.must(w.room.Check(w.ctx, w.second, id, hash))
		w.must(w.room.Publish(w.ctx, w.maker, id, hash))
		if p, _ := w.reader.Get(w.ctx, id); !p.Announced || p.EffectiveOn != "" {
			t.Fatalf("got %+v", p)
		}
		w.clock.Advance(30 * 24 * hour)
		w.serve("d1", law.ServedPublic, "2026-04-01")
		if p, _ := w.reader.Get(w.ctx, id); p.Announced || p.EffectiveOn != "2026-04-01" || p.PublishedOn != "2026-03-02" {
			t.Fatalf("got %+v", p)
		}
	})
}

func TestTheEndOfAnAnnouncementComesByItself(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		id := w.owe(w.due())
		w.serve("d1", law.ServedPublic, "2026-04-01")
		hash := w.prepare(id)
		w.must(w.room.Check(w.ctx, w.second, id, hash))
		w.must(w.room.Publish(w.ctx, w.maker, id, hash))
		if p, _ := w.reader.Get(w.ctx, id); !p.Announced || p.EffectiveOn != "2026-04-01" {
			t.Fatalf("while the announcement runs: %+v", p)
		}
		w.clock.Advance(30 * 24 * hour)
		if p, _ := w.reader.Get(w.ctx, id); p.Announced || p.EffectiveOn != "2026-04-01" {
			t.Errorf("after the announcement: %+v", p)
		}
	})
}

func TestWithholdingIsAnOutcomeWithItsGround(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		due := w.due()
		due.Minor = true
		id := w.owe(due)
		w.served("d1", "2026-03-02")
		hash := w.prepare(id)
		w.must(w.room.Check(w.ctx, w.second, id, hash))
		w.refused(w.room.Publish(w.ctx, w.maker, id, hash), "WB-103")
		w.must(w.room.Withhold(w.ctx, w.maker, id, disclosure.Withholding{Ground: "未成年人", Approver: w.head}))
		s, err := w.reader.Stats(w.ctx, "a1", day(t, "2026-03-20"))
		w.must(err)
		if s.Withheld != 1 || s.Overdue != 0 {
			t.Errorf("got %+v", s)
		}
		var invalid refusal.Invalid
		if err := w.room.Withhold(w.ctx, w.maker, id, disclosure.Withholding{Ground: "不想公开"}); !errors.As(err, &invalid) || len(invalid.Fields) != 2 {
			t.Errorf("got %v", err)
		}
		w.must(w.room.Restore(w.ctx, w.maker, id, disclosure.Restoration{Document: "监护人书面同意", Reason: "理由已经消除", Approver: w.head}))
		if p := w.get(id); p.State != disclosure.StateDue || !p.Minor {
			t.Errorf("got %+v", p)
		}
	})
}

func TestTheDisplayPeriodEndsByItself(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		due := w.due()
		due.PeriodUntil = "2026-06-02"
		id := w.public(due)
		w.caughtUp()
		if n, err := w.room.ExpireDue(w.ctx); n != 0 || err != nil {
			t.Fatalf("ended %d, %v", n, err)
		}
		w.clock.Advance(93 * 24 * hour)
		if n, err := w.room.ExpireDue(w.ctx); n != 1 || err != nil {
			t.Fatalf("ended %d, %v", n, err)
		}
		if p, _ := w.reader.Get(w.ctx, id); p.State != public.Expired || p.Body != "" || p.Ground != "" {
			t.Errorf("got %+v", p)
		}
		if w.found("骗取") != 0 {
			t.Error("search still finds it")
		}
	})
}

func TestAFallenDecisionIsNotPublishedAfterAll(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		id := w.owe(w.due())
		w.served("d1", "2026-03-02")
		hash := w.prepare(id)
		w.must(w.room.Check(w.ctx, w.second, id, hash))
		w.falls(id, repealed)
		w.refused(w.room.Publish(w.ctx, w.maker, id, hash), "CF-26e")
		w.must(w.room.Withhold(w.ctx, w.maker, id, disclosure.Withholding{Ground: "撤销", Approver: w.head}))
	})
}

func day(t *testing.T, text string) workday.Day {
	t.Helper()
	d, err := workday.ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestACommandAsksThePoliciesWhateverFaceItCameThrough(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		id := w.owe(w.due())
		w.served("d1", "2026-03-02")
		absent := func(who access.Actor) access.Actor { who.StepUp = false; return who }
		powerful := func(who access.Actor) access.Actor {
			who.Roles = append([]string{access.RoleAdministrator}, who.Roles...)
			return who
		}
		draft, err := w.room.Draft(w.ctx, w.maker, id)
		w.must(err)
		prepared := disclosure.Prepared{Decisions: disclosure.AcceptAll(draft.Spans, "")}
		w.refused(w.room.Prepare(w.ctx, powerful(w.maker), id, prepared), "access:administrator-no-casework")
		hash := w.prepare(id)
		w.refused(w.room.Check(w.ctx, powerful(w.second), id, hash), "access:administrator-no-casework")
		w.must(w.room.Check(w.ctx, w.second, id, hash))
		w.refused(w.room.Publish(w.ctx, absent(w.maker), id, hash), access.StepUpRule)
		w.refused(w.room.Publish(w.ctx, powerful(w.maker), id, hash), "access:administrator-no-casework")
		if p := w.get(id); p.State != disclosure.StateChecked {
			t.Fatalf("refused commands left it %s", p.State)
		}
		w.must(w.room.Publish(w.ctx, w.maker, id, hash))
		down := disclosure.Withdrawal{Ground: "撤销", Document: "四民复决字〔2026〕3号", Reason: "复议决定撤销。"}
		w.refused(w.room.Withdraw(w.ctx, absent(w.maker), id, down), access.StepUpRule)
		fixed := disclosure.Correction{Title: "更正后的标题", Body: "更正后的正文。", Reason: "文字有误。"}
		w.refused(func() error { _, err := w.room.Correct(w.ctx, powerful(w.maker), id, fixed); return err }(), "access:administrator-no-casework")
		hash, err = w.room.Correct(w.ctx, w.maker, id, fixed)
		w.must(err)
		w.refused(w.room.ConfirmCorrection(w.ctx, powerful(w.second), id, hash), "access:administrator-no-casework")
		w.must(w.room.ConfirmCorrection(w.ctx, w.second, id, hash))
	})
}
