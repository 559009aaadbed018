package desk_test

import (
	"archive/zip"
	"bytes"
	"context"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"mingjing/internal/form"
	"mingjing/internal/testkit/world"
)

// pace is how long the pages of a walk took.
type pace struct {
	t     *testing.T
	begun time.Time
	spent []lap
}

type lap struct {
	what string
	took time.Duration
}

func (p *pace) lap(what string) {
	took := time.Since(p.begun)
	p.spent = append(p.spent, lap{what, took})
	p.t.Logf("%8.2fs  %s", took.Seconds(), what)
	p.begun = time.Now()
}

// One case against 53 associations that are nowhere to be found goes from its lead to the archive through the pages: the list
// pasted in, notice and decision served by announcement, every decision published by two people on one page, one dossier.
func TestABatchOf53PartiesGoesFromLeadToArchiveThroughThePages(t *testing.T) {
	if testing.Short() {
		t.Skip("some twenty seconds")
	}
	bureaus(t, func(t *testing.T, b *bureau) {
		const parties = 53
		m := world.Batch(parties)
		handler, head, reviewer, approver := b.seat(t, b.Handler), b.seat(t, b.UnitHead), b.seat(t, b.Reviewer), b.seat(t, b.Approver)
		publisher, checker, archivist := b.seat(t, b.Publisher), b.seat(t, b.Checker), b.seat(t, b.Archivist)
		c := &world.Case{World: b.World, Matter: m}
		k, _ := b.Books.Forms.Kind("案源登记表")
		p := &pace{t: t, begun: time.Now()}
		lead := b.Complete("案源登记表", form.Values{"source": "监督检查", "discovered_on": b.Today().String(), "cause": m.Cause, "party": m.Parties[0], "facts": "情况属实。"})
		c.ID = strings.TrimPrefix(handler.post("/desk/cases/new", typed(k, lead)).ok().url, "/desk/cases/")
		at := "/desk/cases/" + c.ID
		p.lap("登记案源")
		var lines strings.Builder
		for _, party := range m.Parties[1:] {
			lines.WriteString(strings.Join([]string{party["name"].(string), text(party, "code"), text(party, "address"), text(party, "legal_rep"), text(party, "phone")}, "，") + "\n")
		}
		handler.post(at+"/parties", url.Values{"kind": {form.PartyOrganisation}, "lines": {lines.String()}}).ok().says("已增加52名当事人")
		p.lap("增加52名当事人")
		page := handler.get(at).ok().says("增加当事人：52名当事人", "逐条列出（52）")
		if n := strings.Count(page.body, "story-event"); n > 6 {
			t.Errorf("the story has %d lines", n)
		}
		p.lap("打开案件")

		officers := []any{b.Officers[0], b.Officers[1]}
		b.step(approver, c, "open_case", map[string]form.Values{
			"案件要素登记": {"item": m.Item, "act_ended_on": b.Today().AddDays(-30).String()},
			"立案审批表":  {"officers": officers, "conditions": []any{"有违反法律、法规、规章的事实", "依法应当或者可能给予行政处罚", "属于本机关管辖", "未超过行政处罚时效"}}}, nil).ok()
		p.lap("立案")
		b.step(head, c, "assign_officers", map[string]form.Values{"指派办案人员审批表": {"officers": officers, "lead_officer": b.Handler.Name}}, nil).ok()
		b.Days(1)
		b.step(handler, c, "investigate", nil, nil).ok()
		b.step(handler, c, "question", map[string]form.Values{"询问笔录": {"asked_role": "当事人的法定代表人（负责人）"}}, nil).ok()
		p.lap("指派、检查、询问")
		c.Report()
		p.lap("调查终结、核对目录（命令）")
		all := make([]string, 0, parties)
		for _, x := range c.Parties() {
			all = append(all, x.ID)
		}
		everybody := func() url.Values { return url.Values{"act.sealed": {"是"}, "act.party": slices.Clone(all)} }
		b.Days(1)
		handler.signIn()
		p.begun = time.Now()
		handler.get(at).ok()
		p.lap("打开案件（调查终结）")
		b.step(handler, c, "serve_notice", c.NoticePapers(), everybody()).ok().says("“事先告知”已办理")
		p.lap("事先告知，公告送达")
		c.PastWindows()
		c.Draft(form.Values{"facts": "经查，当事人自取得登记证书之日起一年未开展活动。经办人欧阳清泉，电话13800138000。"}, "")
		handler.signIn()
		p.begun = time.Now()
		handler.get(at + "/steps/submit_review/check").ok()
		p.lap("打开送审前的核对")
		b.step(handler, c, "submit_review", map[string]form.Values{"法制审核送审表": {"triggers": []any{"法律、法规规定应当进行法制审核的其他情形"}, "materials": []any{"案件调查终结报告", "拟作出决定的文书草稿", "证据材料"}}}, everybody()).ok()
		p.lap("送审")
		view := c.View(b.Handler)
		review := view.Parties[0].Review.ID
		b.reviewStep(reviewer, b.Reviewer, review, "accept_review", nil).ok()
		b.reviewStep(reviewer, b.Reviewer, review, "pass_review", wellAnswered("同意")).ok()
		p.lap("法制审核受理、同意")
		reviewer.get("/desk/reviews/" + review).ok()
		p.lap("打开法制审核")
		b.step(approver, c, "approve", map[string]form.Values{"行政处罚决定审批表": {"outcome": "给予行政处罚", "proposal": "同意给予行政处罚。", "head_opinion": "同意。"}}, everybody()).ok().says("“负责人审批”")
		p.lap("负责人审批")
		handler.signIn()
		handler.post(at+"/steps/decide", everybody()).ok().says("“作出处罚决定”已办理")
		p.lap("作出处罚决定")
		b.Days(1)
		b.step(handler, c, "serve_decision", c.ServicePapers(), everybody()).ok()
		p.lap("送达决定，公告")
		published(t, b, c, publisher, checker, p)
		closed(t, b, c, handler, approver, archivist, p)
		for _, l := range p.spent {
			if l.took > time.Minute {
				t.Errorf("%s took %s", l.what, l.took)
			}
		}
	})
}

// text is a part of a party as it is typed.
func text(party map[string]any, name string) string { s, _ := party[name].(string); return s }

// published prepares, checks and publishes the decision against every party.
func published(t *testing.T, b *bureau, c *world.Case, publisher, checker *browser, p *pace) {
	t.Helper()
	at := "/desk/cases/" + c.ID + "/publications"
	publisher.signIn()
	checker.signIn()
	p.begun = time.Now()
	page := publisher.get(at).ok().says("待制作（53份）", "每一份都隐去的，同一处只列一次（1处）", "隐去的与各份相同", "其余的照常办理", c.Parties()[52].Name)
	p.lap("打开53份待制作的公示文本")
	publisher.post(at+"/prepare", url.Values{"pick": picks(page)}).ok().says("已制作53份", "待复核（53份）")
	p.lap("制作53份公示文本")
	if page = checker.get(at).ok(); strings.Contains(page.body, "13800138000") {
		t.Error("the checker is shown what the public must not read")
	}
	p.lap("打开53份待复核的公示文本")
	checker.post(at+"/check", url.Values{"pick": picks(page)}).ok().says("已复核53份")
	p.lap("复核53份")
	publisher.post(at+"/publish", url.Values{"pick": picks(publisher.get(at).ok())}).ok().says("已公示53份", "都已办完")
	p.lap("发布53份决定")
	for _, x := range c.View(b.Handler).Parties {
		due, _, err := b.house.Disclosure.OfDecision(context.Background(), b.Publisher, x.Decision.ID)
		b.Must(err)
		if out, ok := b.isPublic(due.ID); !ok || out.PartyName != x.Party.Name || strings.Contains(out.Body, "13800138000") {
			t.Errorf("the public reads %q of the decision against %s", out.PartyName, x.Party.Name)
		}
	}
	p.begun = time.Now()
}

var pickValues = regexp.MustCompile(`name="pick" value="([^"]+)"`)

// picks are the decisions that a page offers to tick.
func picks(page *answer) []string {
	var list []string
	for _, m := range pickValues.FindAllStringSubmatch(page.body, -1) {
		list = append(list, m[1])
	}
	return list
}

// closed ends the case and takes the dossier out.
func closed(t *testing.T, b *bureau, c *world.Case, handler, approver, archivist *browser, p *pace) {
	t.Helper()
	last := b.Today()
	for _, x := range c.View(b.Handler).Clocks {
		if x.Due.After(last) && strings.Contains(x.Label, "公告") {
			last = x.Due
		}
	}
	b.Past(last)
	p.begun = time.Now()
	at := "/desk/cases/" + c.ID
	b.step(handler, c, "confirm_performance", nil, url.Values{"act.party": ids(c)}).ok().says("“确认履行完毕”已办理")
	p.lap("确认履行完毕")
	b.step(approver, c, "close", map[string]form.Values{"结案报告": {"manner": "行政处罚决定执行完毕"}}, nil).ok().says("“结案”已办理")
	p.lap("结案")
	b.step(archivist, c, "archive", map[string]form.Values{"案卷目录": {"dossier_number": "20260001"}, "卷内备考表": {"dossier_number": "20260001"}}, nil).ok().says("已归档")
	p.lap("归档")
	handler.get(at).ok()
	p.lap("打开案件（已归档）")
	handler.signIn()
	bundle := handler.get(at + "/export?part=all&as=zip").ok()
	p.lap("案卷ZIP")
	archive, err := zip.NewReader(bytes.NewReader([]byte(bundle.body)), int64(len(bundle.body)))
	b.Must(err)
	name, own := c.Parties()[52].Name, 0
	for _, f := range archive.File {
		if strings.Contains(f.Name, "/053_"+name+"/") {
			own++
		}
	}
	if own < 4 {
		t.Errorf("the folder of the last party holds %d papers of %d", own, len(archive.File))
	}
	handler.get(at + "/export?part=all&as=pdf").ok()
	p.lap("案卷PDF")
	handler.get(at + "/print").ok()
	p.lap("打印全部文书")
	if f := handler.get(at + "/parties.xlsx").ok(); !strings.HasPrefix(f.body, "PK") {
		t.Error("the parties are no file for Excel")
	}
	p.lap("当事人Excel")
}

func ids(c *world.Case) []string {
	var list []string
	for _, x := range c.Parties() {
		list = append(list, x.ID)
	}
	return list
}
