package desk_test

import (
	"context"
	"errors"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"mingjing/internal/disclosure"
	"mingjing/internal/disclosure/public"
	"mingjing/internal/form"
	"mingjing/internal/testkit/world"
)

// decided lives a minor matter until its decision is served, and gives the publication that it owes.
func (b *bureau) decided() string {
	b.T.Helper()
	id, _ := b.decidedCase()
	return id
}

func (b *bureau) decidedCase() (string, *world.Case) {
	b.T.Helper()
	c := b.Lead(world.Minor()).Open().Investigate().Report().Notice().PastWindows()
	c.Draft(form.Values{"facts": "经查，当事人未按照规定接受年度检查。经办人欧阳清泉，电话13800138000。"}, "")
	c.Approve().Decide().Serve()
	d := c.View(b.Handler).Parties[0].Decision
	p, _, err := b.house.Disclosure.OfDecision(context.Background(), b.Publisher, d.ID)
	if err != nil {
		b.T.Fatal(err)
	}
	return p.ID, c
}

var spanNames = regexp.MustCompile(`name="(s\.\d+\.\d+)" value="hide"`)

// hideAll answers every finding of a page with 隐去.
func hideAll(page *answer) url.Values {
	sent := url.Values{"do": {"finish"}}
	for _, m := range spanNames.FindAllStringSubmatch(page.body, -1) {
		sent.Set(m[1], "hide")
	}
	return sent
}

func (b *bureau) isPublic(id string) (public.Publication, bool) {
	p, err := b.house.Public.Get(context.Background(), id)
	if errors.Is(err, public.ErrNotFound) {
		return p, false
	}
	if err != nil {
		b.T.Fatal(err)
	}
	return p, true
}

func TestADecisionGoesOutByTwoPeopleAndComesDownWithItsReason(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		id, c := b.decidedCase()
		publisher, checker := b.seat(t, b.Publisher), b.seat(t, b.Checker)
		at := "/desk/publications/" + id
		publisher.get("/desk/publications").ok().says("待公示", "还剩", "应当公示")

		page := publisher.get(at+"/prepare").ok().says("13800138000", "没有确认", "看公开后的样子")
		publisher.post(at+"/prepare", url.Values{"do": {"finish"}}).refused().says("没有确认", "《")
		sent := hideAll(page)
		sent.Set("words", "欧阳清泉\n文中没有这个词")
		lost := publisher.post(at+"/prepare", sent).refused().says("文本中没有“文中没有这个词”")
		if lost.value("words") != "欧阳清泉\n文中没有这个词" {
			t.Error("the words that were typed are lost")
		}
		sent.Set("words", "欧阳清泉")
		publisher.post(at+"/prepare", sent).ok().says("公示文本已制作", "已制作，待复核")
		if _, out := b.isPublic(id); out {
			t.Fatal("the public reads what nobody has checked")
		}
		publisher.post(at+"/check", url.Values{"hash": {"x"}}).refused()

		seen := checker.get(at+"/check").ok().says("欧阳某", "确认就是这一份文本")
		if strings.Contains(seen.body, "13800138000") || strings.Contains(seen.body, "欧阳清泉") {
			t.Error("the checker is shown what the public must not read")
		}
		checker.post(at+"/check", url.Values{"hash": {strings.Repeat("0", 64)}}).refused().says("有改动")
		checker.post(at+"/check", url.Values{"hash": {seen.value("hash")}}).ok().says("已复核")
		checker.post(at+"/publish", url.Values{"hash": {seen.value("hash")}}).refused()
		publisher.get(at).ok().says("发布到公示平台")
		publisher.post(at+"/publish", url.Values{"hash": {seen.value("hash")}}).ok().says("已公示", "公众看到的文本")
		out, ok := b.isPublic(id)
		if !ok || out.ContentHash != seen.value("hash") || strings.Contains(out.Body, "13800138000") {
			t.Fatalf("the public reads %v %q", ok, out.ContentHash)
		}
		publisher.post(at+"/publish", url.Values{"hash": {seen.value("hash")}}).refused()

		publisher.post(at+"/withdraw", url.Values{"ground": {disclosure.GroundRevoked}, "reason": {"复议撤销了处罚决定"}, "document": {"云政复决字〔2026〕3号"}}).refused().says("仍然有效", "国办发〔2018〕118号")
		if out, _ := b.isPublic(id); out.State != public.Published {
			t.Fatalf("one person told the public that the decision is %s", out.State)
		}
		c.Take("annul_decision", map[string]form.Values{"决定变动登记": {"ground": "撤销", "document": "云政复决字〔2026〕3号", "received_on": b.Today().String()}})
		kept := publisher.post(at+"/withdraw", url.Values{"ground": {disclosure.GroundRevoked}, "reason": {"复议撤销了处罚决定"}}).refused().says("请填写依据的文书及文号")
		if kept.value("reason") != "复议撤销了处罚决定" {
			t.Error("the reason that was typed is lost")
		}
		publisher.post(at+"/withdraw", url.Values{"ground": {disclosure.GroundRevoked}, "reason": {"复议撤销了处罚决定"}, "document": {"云政复决字〔2026〕3号"}}).ok().says("已撤下", "云政复决字〔2026〕3号")
		if out, _ := b.isPublic(id); out.Body != "" || out.State != public.Withdrawn || out.Reason != "复议撤销了处罚决定" {
			t.Errorf("what is left is %s %q %q", out.State, out.Body, out.Reason)
		}
	})
}

func TestACorrectionIsCheckedByAnotherPersonBeforeThePublicReadsIt(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		id := b.decided()
		publisher, checker := b.seat(t, b.Publisher), b.seat(t, b.Checker)
		at := "/desk/publications/" + id
		publisher.post(at+"/prepare", hideAll(publisher.get(at+"/prepare").ok())).ok()
		hash := checker.get(at + "/check").ok().value("hash")
		checker.post(at+"/check", url.Values{"hash": {hash}}).ok()
		publisher.post(at+"/publish", url.Values{"hash": {hash}}).ok()

		page := publisher.get(at + "/correct").ok()
		sent := url.Values{"title": {page.value("title")}, "party": {page.value("party")}, "result": {page.value("result")}, "basis": {page.value("basis")}, "body": {"更正后的全文。联系电话13900139000。"}}
		found := publisher.post(at+"/correct", sent).ok().says("13900139000", "公开后的样子")
		for name, value := range hideAll(found) {
			sent[name] = value
		}
		publisher.post(at+"/correct", sent).refused().says("请填写向社会公开的更正理由")
		sent.Set("reason", "原文联系电话有误")
		publisher.post(at+"/correct", sent).ok().says("更正已提出")
		if out, _ := b.isPublic(id); strings.Contains(out.Body, "更正后的全文") {
			t.Fatal("the correction is public before anybody else has seen it")
		}
		publisher.get(at + "/correction").refused()
		seen := checker.get(at+"/correction").ok().says("更正后的全文", "原文联系电话有误")
		checker.post(at+"/correction", url.Values{"hash": {seen.value("hash")}}).ok().says("已更正")
		if out, _ := b.isPublic(id); !strings.Contains(out.Body, "更正后的全文") || strings.Contains(out.Body, "13900139000") || out.Version != 2 {
			t.Errorf("the public reads version %d: %q", out.Version, out.Body)
		}
		publisher.get(at).ok().says("第1版", "第2版", "原文联系电话有误")
	})
}

func TestWithholdingNeedsAnotherPersonsApprovalAndCanBeTakenBack(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		id := b.decided()
		publisher := b.seat(t, b.Publisher)
		at := "/desk/publications/" + id
		publisher.post(at+"/withhold", url.Values{"ground": {"商业秘密"}, "reason": {"含有技术参数"}}).refused().says("负责人批准", "含有技术参数")
		publisher.post(at+"/withhold", url.Values{"ground": {"商业秘密"}, "reason": {"含有技术参数"}, "approver": {b.Approver.Account}}).ok().says("不予公示", "商业秘密")
		publisher.post(at+"/restore", url.Values{"document": {"示民密〔2026〕1号"}, "reason": {"不再含有技术参数"}, "approver": {b.Approver.Account}}).ok().says("待公示")
	})
}

func TestADecisionIsPutOffByItsFormWithGroundDocumentAndApproval(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		id := b.decided()
		publisher := b.seat(t, b.Publisher)
		at := "/desk/publications/" + id
		publisher.get(at).ok().says("推迟公示")
		publisher.get(at+"/extend").ok().says("现在的最迟公示日", "征求第三方意见", "工作日安排公布或者调整", "不是法定理由")
		form := func(changes ...string) url.Values {
			v := url.Values{"ground": {"征求第三方意见"}, "document": {"四民征字〔2026〕1号"}, "asked_on": {b.Today().String()}, "days": {"15"}, "reason": {"含有供应商报价"},
				"approver": {b.Approver.Account}}
			for i := 0; i < len(changes); i += 2 {
				v.Set(changes[i], changes[i+1])
			}
			return v
		}
		publisher.post(at+"/extend", form("ground", "工作繁忙")).refused().says("不在可选范围内", "含有供应商报价")
		publisher.post(at+"/extend", form("days", "三周")).refused().says("一至15个工作日")
		publisher.post(at+"/extend", form("approver", "")).refused().says("负责人批准", "四民征字〔2026〕1号")
		publisher.post(at+"/extend", form()).ok().says("推迟", "四民征字〔2026〕1号", "征求第三方意见")
		publisher.post(at+"/extend", form()).refused().says("已经因征求第三方意见推迟过")
	})
}

func TestALookAtPersonalDataIsRecordedBeforeItIsShown(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		id := b.decided()
		b.seat(t, b.Publisher).get("/desk/publications/" + id + "/prepare").ok()
		b.seat(t, b.Supervisor).get("/desk/looks?kind=publication").ok().says(b.Publisher.Name, "制作公示文本")
	})
}

func TestTheDecisionsOfACaseGoOutByTwoPeopleOnOnePageAndWhatIsRefusedStays(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		id, c := b.decidedCase()
		publisher, checker := b.seat(t, b.Publisher), b.seat(t, b.Checker)
		at := "/desk/cases/" + c.ID + "/publications"
		publisher.get("/desk/publications").ok().says("本案全部决定")
		b.seat(t, b.Handler).get("/desk/cases/" + c.ID).ok().says("全部决定的公示")
		page := publisher.get(at).ok().says("待制作（1份）", "13800138000", "隐去")
		if other := checker.get(at).ok(); strings.Contains(other.body, "13800138000") || len(picks(other)) > 0 {
			t.Error("who does not make the text is shown what stands in it")
		}
		publisher.post(at+"/prepare", url.Values{}).refused().says("至少勾选一份")
		publisher.post(at+"/prepare", url.Values{"pick": {id + ":x"}}).refused().says("有改动")
		lost := publisher.post(at+"/hide", url.Values{"pick": picks(page), "words": {"欧阳清泉\n文中没有这个词"}}).refused().says("都没有“文中没有这个词”")
		if lost.value("words") != "欧阳清泉\n文中没有这个词" {
			t.Error("the words that were typed are lost")
		}
		checker.post(at+"/hide", url.Values{"pick": picks(page), "words": {"欧阳清泉"}}).refused()
		page = publisher.post(at+"/hide", url.Values{"pick": picks(page), "words": {"欧阳清泉"}}).ok().says("已在1份中标出", "欧阳某")
		old := picks(page)
		publisher.post(at+"/prepare", url.Values{"pick": old, "words": {"欧阳清泉"}}).refused().says("还没有标出")
		publisher.post(at+"/prepare", url.Values{"pick": old}).ok().says("已制作1份")
		publisher.post(at+"/check", url.Values{"pick": old}).refused()

		seen := checker.get(at).ok().says("待复核（1份）", "只在这一份里有的文字")
		if strings.Contains(seen.body, "13800138000") || strings.Contains(seen.body, "欧阳清泉") {
			t.Error("the checker is shown what the public must not read")
		}
		checker.post(at+"/check", url.Values{"pick": {id + ":" + strings.Repeat("0", 64)}}).refused().says("有改动", c.Party().Name)
		checker.post(at+"/check", url.Values{"pick": picks(seen)}).ok().says("已复核1份")
		publisher.post(at+"/prepare", url.Values{"pick": old}).refused().says("有改动")
		publisher.post(at+"/publish", url.Values{"pick": picks(publisher.get(at).ok().says("待发布（1份）"))}).ok().says("已公示1份")
		if out, ok := b.isPublic(id); !ok || strings.Contains(out.Body, "13800138000") {
			t.Errorf("the public reads %v %s", ok, out.Body)
		}
		if f := publisher.get(at + ".xlsx").ok(); !strings.HasPrefix(f.body, "PK") {
			t.Error("the list is no file for Excel")
		}
	})
}
