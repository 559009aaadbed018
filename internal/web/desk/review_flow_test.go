package desk_test

import (
	"context"
	"maps"
	"net/url"
	"strings"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/casefile/book"
	"mingjing/internal/db"
	"mingjing/internal/flow"
	"mingjing/internal/form"
	"mingjing/internal/testkit/world"
)

// underReview lives a major matter until its decision is drafted and sent to review.
func (b *bureau) underReview() (*world.Case, string) {
	b.T.Helper()
	return b.reviewOf(world.Major())
}

// reviewOf is underReview of another matter.
func (b *bureau) reviewOf(m world.Matter) (*world.Case, string) {
	b.T.Helper()
	c := b.Lead(m).Open().Investigate().Report().Notice().PastWindows()
	c.Draft(nil, "")
	id, err := b.house.Review.Submit(context.Background(), b.Handler, c.Act(b.Handler, "submit_review", map[string]form.Values{"法制审核送审表": {
		"triggers": []any{"法律、法规规定应当进行法制审核的其他情形"}, "materials": []any{"案件调查终结报告", "拟作出决定的文书草稿", "证据材料"}}}))
	if err != nil {
		b.T.Fatalf("submit: %s", world.Why(err))
	}
	return c, id
}

// reviewPaper is the paper of a review step as its page posts it.
func (b *bureau) reviewPaper(actor access.Actor, id string, step flow.Code, own form.Values) url.Values {
	b.T.Helper()
	machine := flow.Review()
	s, _ := machine.Find(step)
	out := url.Values{}
	for _, kind := range book.StepForms(s) {
		k, _ := b.house.Cases.Books().Forms.Kind(kind)
		b.Read(func(tx *db.Tx) error {
			d, err := b.house.Review.Draft(tx, actor, id, step, kind)
			values := form.Values{}
			maps.Copy(values, d.Values)
			maps.Copy(values, own)
			out = typed(k, b.Complete(kind, values))
			return err
		})
	}
	return out
}

func (b *bureau) reviewStep(br *browser, actor access.Actor, id string, step flow.Code, own form.Values) *answer {
	br.t.Helper()
	br.signIn()
	at := "/desk/reviews/" + id + "/" + string(step)
	page := br.get(at).ok()
	sent := b.reviewPaper(actor, id, step, own)
	sent.Set("version", page.value("version"))
	sent.Set("do", "take")
	return br.post(at, sent)
}

// wellAnswered are the nine points answered well.
func wellAnswered(verdict string) form.Values {
	return form.Values{"subject": "是", "personnel": "是", "procedure": "是", "facts_clear": "是", "law_right": "是", "discretion_fit": "是", "within_power": "未超越",
		"documents": "是", "crime": "不涉嫌犯罪", "verdict": verdict, "independent": true, "qualification": "已取得国家统一法律职业资格", "reasons": "事实清楚，证据确凿。"}
}

func TestExactlyThisTextIsReviewedThroughThePages(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		c, id := b.underReview()
		reviewer := b.seat(t, b.Reviewer)
		reviewer.get("/desk/reviews").ok().says("还剩", "已送审，核对材料", "第1次")
		page := reviewer.get("/desk/reviews/"+id).ok().says("与送审文本一致", "送审文本SHA-256", "尚未审核", "材料齐全，受理审核", "行政处罚决定书")
		if !strings.Contains(page.body, c.View(b.Reviewer).Parties[0].Party.Name) {
			t.Error("the text under review is not shown")
		}
		b.reviewStep(reviewer, b.Reviewer, id, "accept_review", nil).ok().says("审核中", "还剩")
		reviewer.get("/desk/reviews/"+id+"/pass_review").ok().says("执法主体", "必填")
		b.reviewStep(reviewer, b.Reviewer, id, "pass_review", wellAnswered("同意")).ok().says("审核通过", "已办理：“同意”", "法制审核意见书")

		c.Draft(form.Values{"facts": "经查，另有新的事实。"}, "")
		reviewer.get("/desk/reviews/"+id).ok().says("文本已改动，审核失效", "须重新送审")
	})
}

func TestAReviewThatIsNotAllowedSaysWhyAndKeepsWhatWasTyped(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		_, id := b.underReview()
		handler, reviewer, unlearned := b.seat(t, b.Handler), b.seat(t, b.Reviewer), b.seat(t, b.Unlearned)
		handler.get("/desk/reviews/" + id + "/accept_review").ok().says("您不能办理这一步")
		b.reviewStep(reviewer, b.Reviewer, id, "accept_review", nil).ok()

		sent := b.reviewPaper(b.Unlearned, id, "pass_review", wellAnswered("同意"))
		sent.Set("do", "take")
		sent.Set("reasons", "这一段是审核人写的理由。")
		unlearned.signIn()
		page := unlearned.post("/desk/reviews/"+id+"/pass_review", sent).refused().says("现在不能这样做", "法律职业资格", "《行政处罚法》第五十八条")
		if got := page.value("reasons"); got != "这一段是审核人写的理由。" {
			t.Errorf("the reasons that were typed are now %q", got)
		}
		sent.Del("crime")
		reviewer.signIn()
		sent.Set("version", reviewer.get("/desk/reviews/"+id+"/pass_review").ok().value("version"))
		reviewer.post("/desk/reviews/"+id+"/pass_review", sent).refused().says("需要修改", "这一段是审核人写的理由。")
		b.Read(func(tx *db.Tx) error {
			v, err := b.house.Review.Get(context.Background(), b.Reviewer, id)
			if err == nil && v.Row.State != string(flow.UnderReview) {
				t.Errorf("the review is %s although nothing was allowed", v.Row.State)
			}
			return err
		})
	})
}

func TestADisagreementIsSettledInWritingWithItsOwnClock(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		_, id := b.underReview()
		reviewer, head, approver := b.seat(t, b.Reviewer), b.seat(t, b.UnitHead), b.seat(t, b.Approver)
		b.reviewStep(reviewer, b.Reviewer, id, "accept_review", nil).ok()
		answers := wellAnswered("不同意")
		answers["facts_clear"], answers["facts_clear_note"] = "否", "关键证据没有查证。"
		b.reviewStep(reviewer, b.Reviewer, id, "refuse_review", answers).ok().says("不同意", "关键证据没有查证。")
		b.reviewStep(head, b.UnitHead, id, "raise_dispute", form.Values{"grounds": "证据已经查证。"}).ok().says("异议处理中", "异议处理期限")
		b.reviewStep(approver, b.Approver, id, "uphold_review", form.Values{"result": "维持审核意见", "route": "机关负责人决定", "finding": "经会商，维持。"}).ok().says("退回")
		reviewer.signIn()
		reviewer.get("/desk/reviews/all?state=returned").ok().says("不同意")
	})
}

func TestAReviewDraftIsKeptWhileItIsWritten(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		_, id := b.underReview()
		reviewer, other := b.seat(t, b.Reviewer), b.seat(t, b.OtherReviewer)
		b.reviewStep(reviewer, b.Reviewer, id, "accept_review", nil).ok()
		at := "/desk/reviews/" + id + "/pass_review"
		saved := reviewer.post(at+"/draft", url.Values{"version": {"0"}, "reasons": {"写到一半"}}).ok()
		if !strings.Contains(saved.body, `.1"`) {
			t.Fatalf("autosave answered %s", saved.body)
		}
		if got := reviewer.get(at).ok().value("reasons"); got != "写到一半" {
			t.Errorf("the draft holds %q", got)
		}
		if conflict := other.post(at+"/draft", url.Values{"version": {"0"}, "reasons": {"另一人写的"}}); conflict.status != 409 || !strings.Contains(conflict.body, b.Reviewer.Name) {
			t.Errorf("the second writer was answered %d %s", conflict.status, conflict.body)
		}
		shown := other.post(at, url.Values{"version": {"0"}, "reasons": {"另一人写的"}, "do": {"save"}}).says("写到一半", "另一人写的", b.Reviewer.Name)
		if shown.status != 409 || reviewer.get(at).ok().value("reasons") != "写到一半" {
			t.Errorf("saving answered %d, the draft holds %q", shown.status, reviewer.get(at).ok().value("reasons"))
		}
	})
}

func TestAnOpinionBeingWrittenIsTheReviewersOwn(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		c, id := b.underReview()
		reviewer := b.seat(t, b.Reviewer)
		b.reviewStep(reviewer, b.Reviewer, id, "accept_review", nil).ok()
		at := "/desk/reviews/" + id + "/pass_review"
		reviewer.post(at+"/draft", url.Values{"version": {"0"}, "reasons": {"审核人写到一半的理由"}}).ok()
		version := reviewer.get(at).ok().value("version")
		for _, who := range []access.Actor{b.Handler, b.UnitHead, b.Approver, b.Publisher} {
			other := b.seat(t, who)
			if page := other.get(at); strings.Contains(page.body, "审核人写到一半的理由") {
				t.Errorf("%s reads the opinion that is being written", who.Name)
			}
			other.get("/desk/cases/" + c.ID).ok()
			sent := url.Values{"version": {version}, "reasons": {"改写的理由"}}
			if told := other.post(at+"/draft", sent); told.status != 422 {
				t.Errorf("%s: autosave answered %d", who.Name, told.status)
			}
			for _, do := range []string{"save", "take"} {
				sent.Set("do", do)
				page := other.post(at, sent).refused().says("改写的理由")
				if strings.Contains(page.body, "审核人写到一半的理由") {
					t.Errorf("%s is shown the opinion", who.Name)
				}
			}
		}
		reviewer.signIn()
		if got := reviewer.get(at).ok().value("reasons"); got != "审核人写到一半的理由" {
			t.Errorf("the opinion is now %q", got)
		}
		b.reviewStep(reviewer, b.Reviewer, id, "pass_review", wellAnswered("同意")).ok()
		reviewer.get(at).ok().says("不能办理")
		reviewer.post(at+"/draft", url.Values{"version": {"0"}, "reasons": {"事后再写"}}).refused()
		for _, d := range c.View(b.Handler).Drafts {
			if strings.HasPrefix(d.Step, "review/") {
				t.Errorf("a draft of the closed step is back: %+v", d)
			}
		}
	})
}

func TestALateEntryOfAReviewIsTakenWithItsReason(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		_, id := b.underReview()
		day := b.Today()
		b.Days(6)
		reviewer := b.seat(t, b.Reviewer)
		at := "/desk/reviews/" + id + "/accept_review"
		reviewer.get(at).ok().says("补记原因")
		sent := b.reviewPaper(b.Reviewer, id, "accept_review", nil)
		sent.Set("occurred", day.String())
		sent.Set("version", reviewer.get(at).ok().value("version"))
		page := reviewer.post(at, sent).refused().says("说明理由")
		sent.Set("version", page.value("version"))
		sent.Set("late", "当日停电\x00")
		page = reviewer.post(at, sent).refused().says("补记原因含有不能使用的字符")
		sent.Set("version", page.value("version"))
		sent.Set("late", "当日停电，纸质受理后补录。")
		reviewer.post(at, sent).ok().says("审核中")
	})
}

func TestOnlyWhatWasSentIsListedAsMaterialOfTheReview(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		_, id := b.underReview()
		reviewer := b.seat(t, b.Reviewer)
		part := func(page *answer) (sent, later string) {
			page.ok().says("送审的案卷材料")
			_, rest, _ := strings.Cut(page.main(), "送审的案卷材料")
			rest, _, _ = strings.Cut(rest, "历次审核")
			sent, later, _ = strings.Cut(rest, "送审以后形成的文书")
			return sent, later
		}
		if sent, later := part(reviewer.get("/desk/reviews/" + id)); !strings.Contains(sent, "调查终结报告") || !strings.Contains(sent, "法制审核送审表") || later != "" {
			t.Errorf("before the review: sent %q, later %q", squeeze(sent), squeeze(later))
		}
		b.reviewStep(reviewer, b.Reviewer, id, "accept_review", nil).ok()
		b.reviewStep(reviewer, b.Reviewer, id, "pass_review", wellAnswered("同意")).ok()
		sent, later := part(reviewer.get("/desk/reviews/" + id))
		if strings.Contains(sent, "意见书") || !strings.Contains(later, "法制审核意见书") || !strings.Contains(sent, "调查终结报告") {
			t.Errorf("after the review: sent %q, later %q", squeeze(sent), squeeze(later))
		}
	})
}

func TestEveryStepOfAReviewHasAtMostOnePaper(t *testing.T) {
	for _, s := range flow.Review().Steps {
		if kinds := book.StepForms(s); s.Code != "submit_review" && len(kinds) > 1 {
			t.Errorf("the page of %s shows one paper, the step has %v", s.Code, kinds)
		}
	}
}
