package desk_test

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"mingjing/internal/casefile/book"
	"mingjing/internal/db"
	"mingjing/internal/document"
	"mingjing/internal/form"
	"mingjing/internal/testkit/world"
)

// The pages carry a case from its lead to its end, each step by the one whose it is.
func TestACaseGoesFromLeadToClosingThroughThePages(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		handler, head, approver, archivist := b.seat(t, b.Handler), b.seat(t, b.UnitHead), b.seat(t, b.Approver), b.seat(t, b.Archivist)
		m := world.Minor()
		c := &world.Case{World: b.World, Matter: m}
		k, _ := b.Books.Forms.Kind("案源登记表")
		lead := b.Complete("案源登记表", form.Values{"source": "监督检查", "discovered_on": b.Today().String(), "cause": m.Cause, "party": m.Parties[0], "facts": "情况属实。"})
		page := handler.post("/desk/cases/new", typed(k, lead)).ok().says("案源已登记", "案源待处理", "立案期限")
		c.ID = strings.TrimPrefix(page.url, "/desk/cases/")

		officers := []any{b.Officers[0], b.Officers[1]}
		b.step(approver, c, "open_case", map[string]form.Values{
			"案件要素登记": {"item": m.Item, "act_ended_on": b.Today().AddDays(-30).String()},
			"立案审批表":  {"officers": officers, "conditions": []any{"有违反法律、法规、规章的事实", "依法应当或者可能给予行政处罚", "属于本机关管辖", "未超过行政处罚时效"}}}, nil).ok().says("“立案”已办理")
		b.step(head, c, "assign_officers", map[string]form.Values{"指派办案人员审批表": {"officers": officers, "lead_officer": b.Handler.Name}}, nil).ok()
		b.Days(1)
		b.step(handler, c, "investigate", nil, nil).ok()
		b.step(handler, c, "question", map[string]form.Values{"询问笔录": {"asked_role": "当事人的法定代表人（负责人）"}}, nil).ok()
		c.Report()
		handler.signIn()
		handler.get("/desk/cases/"+c.ID).ok().says("调查终结", "不属于重大执法决定", "事先告知", "尚未告知", "不得作出")
		b.Days(1)
		b.step(handler, c, "serve_notice", c.NoticePapers(), url.Values{"act.sealed": {"是"}}).ok().says("“事先告知”已办理")
		c.PastWindows()
		c.Draft(nil, "")
		b.step(approver, c, "approve", map[string]form.Values{"行政处罚决定审批表": {"outcome": "给予行政处罚", "proposal": "同意给予行政处罚。", "head_opinion": "同意。"}}, nil).ok()
		handler.signIn()
		handler.post("/desk/cases/"+c.ID+"/steps/decide", url.Values{"act.sealed": {"是"}}).ok().says("“作出处罚决定”已办理", "行政处罚决定书")
		b.Days(1)
		b.step(handler, c, "serve_decision", c.ServicePapers(), url.Values{"act.sealed": {"是"}}).ok().says("已送达")

		b.Days(1)
		b.step(handler, c, "confirm_performance", nil, nil).ok().says("“确认履行完毕”已办理", "各当事人均已办结")
		b.step(approver, c, "close", map[string]form.Values{"结案报告": {"manner": "行政处罚决定执行完毕"}}, nil).ok().says("“结案”已办理", "已结案")
		b.step(archivist, c, "archive", map[string]form.Values{"案卷目录": {"dossier_number": "20260001"}, "卷内备考表": {"dossier_number": "20260001"}}, nil).ok().says("已归档")
		handler.signIn()

		view := c.View(b.Handler)
		if view.Parties[0].Decision.Number == "" {
			t.Fatal("the decision has no number")
		}
		receipts := map[string]int{}
		for _, d := range view.Documents {
			if d.Kind == "送达回证" {
				receipts[d.Step]++
			}
		}
		if receipts["serve_notice"] != 1 || receipts["serve_decision"] != 1 {
			t.Fatalf("the receipts are %v", receipts)
		}
		document := view.Parties[0].Decision.Document
		handler.get("/desk/cases/"+c.ID+"/documents/"+document).ok().says("行政处罚决定书", view.Parties[0].Decision.Number, "文本校验值")
		pdf := handler.get("/desk/cases/" + c.ID + "/documents/" + document + "/pdf")
		if pdf.status == http.StatusOK && !strings.HasPrefix(pdf.body, "%PDF-") {
			t.Fatal("the PDF is none")
		}
		handler.get("/desk/cases/"+c.ID+"/print").ok().says("案源登记表", "送达回证")
	})
}

// What the law does not allow is shown with its article on the page that was sent, and nothing typed is lost.
func TestARefusalShowsTheArticleAndKeepsWhatWasTyped(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		handler := b.seat(t, b.Handler)
		c := b.Lead(world.Minor()).Open().Investigate().Report().Notice()
		c.Draft(nil, "")
		approver := b.seat(t, b.Approver)
		b.write(approver, c.ID, "approve", c.Act(b.Approver, "approve", map[string]form.Values{"行政处罚决定审批表": {"outcome": "给予行政处罚", "head_opinion": "同意，理由充分。"}}).Papers,
			[]string{"行政处罚决定审批表"})
		page := approver.post("/desk/cases/"+c.ID+"/steps/approve", url.Values{"act.late": {"昨日在外开会，今日补记"}, "act.occurred": {b.Today().String()}}).refused()
		page.says("现在不能这样做", "《行政处罚法》第", "下一步", "同意，理由充分。")
		if got := page.value("act.late"); got != "昨日在外开会，今日补记" {
			t.Fatalf("the reason that was typed is now %q", got)
		}
		if c.View(b.Handler).Parties[0].TrackTitle != "已告知" {
			t.Fatal("something was written")
		}
		handler.signIn()
		bad := handler.post("/desk/cases/new", url.Values{"cause": {"未按照规定接受年度检查"}, "party.code": {"123"}, "party.name": {"云山市棋类协会"}, "facts": {"线索内容在此"}}).refused()
		bad.says("需要修改")
		if bad.value("facts") != "线索内容在此" || bad.value("party.code") != "123" || bad.value("cause") != "未按照规定接受年度检查" {
			t.Fatal("what was typed on the lead is lost")
		}
	})
}

// Two people write one paper: the later one is shown the other's change field by field and nothing is overwritten.
func TestWhoSavesLaterIsShownTheOthersChange(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		first, second := b.seat(t, b.Handler), b.seat(t, b.UnitHead)
		c := b.Lead(world.Minor()).Open()
		at := "/desk/cases/" + c.ID + "/steps/investigate"
		page := first.get(at).ok()
		paper := url.Values{"act.kind": {"现场检查笔录"}, "version": {page.value("version")}, "process": {"第一人写的经过"}, "place": {"文化街1号"}}
		r := first.post(at+"/draft", paper).ok()
		if !strings.Contains(r.body, `.1"`) {
			t.Fatalf("autosave answered %s", r.body)
		}
		mine := url.Values{"act.kind": {"现场检查笔录"}, "version": {"0"}, "process": {"第二人写的经过"}, "place": {"文化街1号"}}
		told := second.post(at+"/draft", mine)
		if told.status != http.StatusConflict || !strings.Contains(told.body, b.Handler.Name) {
			t.Fatalf("autosave of the second answered %d %s", told.status, told.body)
		}
		conflict := second.post(at+"/papers", mine)
		if conflict.status != http.StatusConflict {
			t.Fatalf("saving answered %d", conflict.status)
		}
		conflict.says("第一人写的经过", "第二人写的经过", b.Handler.Name)
		view, err := b.Cases.Open(context.Background(), b.Handler, c.ID)
		if err != nil || view.Drafts[0].Values.Text("process") != "第一人写的经过" {
			t.Fatalf("the first one's text was overwritten: %v %v", view.Drafts, err)
		}
		merged := url.Values{"act.kind": {"现场检查笔录"}, "version": {conflict.value("version")}, "process": {"第二人写的经过"}, "place": {"文化街2号"},
			"act.keep.process": {"theirs"}, "act.keep.place": {"mine"}}
		second.post(at+"/merge", merged).ok().says("已按您的选择合并保存")
		view, err = b.Cases.Open(context.Background(), b.Handler, c.ID)
		if err != nil || view.Drafts[0].Values.Text("process") != "第一人写的经过" || view.Drafts[0].Values.Text("place") != "文化街2号" {
			t.Fatalf("the merge did not keep what was chosen: %v %v", view.Drafts[0].Values, err)
		}
	})
}

// What is typed before there is a case is kept under the key of its page, and the page sent twice makes one case.
func TestALeadBeingWrittenIsKeptAndRegisteredOnce(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		handler, other := b.seat(t, b.Handler), b.seat(t, b.Second)
		page := handler.get("/desk/cases/new").ok()
		key := page.value("act.once")
		typing := url.Values{"act.once": {key}, "version": {page.value("version")}, "facts": {"写到一半的线索"}, "party.name": {"云山市半途协会"}, "received_at": {"二月三十日"}}
		kept := handler.post("/desk/cases/new/draft", typing).ok()
		if !strings.Contains(kept.body, `"version"`) {
			t.Fatalf("autosave answered %s", kept.body)
		}
		if told := handler.post("/desk/cases/new/draft", url.Values{"act.once": {key}, "version": {""}, "facts": {"另一个页面"}}); told.status != http.StatusConflict {
			t.Errorf("another page overwrote it: %d %s", told.status, told.body)
		}
		link := handler.get("/desk/cases/new").ok().says("没有登记完的", "云山市半途协会")
		if fresh := link.value("act.once"); fresh == key || link.value("facts") != "" {
			t.Error("a new page begins with the old text")
		}
		if strings.Contains(other.get("/desk/cases/new").ok().body, "半途协会") {
			t.Error("a colleague is shown the draft")
		}
		other.post("/desk/cases/new/drop", url.Values{"key": {key}}).ok()
		if page = other.get("/desk/cases/new?draft=" + key); page.status != http.StatusNotFound {
			t.Errorf("a colleague opened the draft: %d", page.status)
		}
		page = handler.get("/desk/cases/new?draft=" + key).ok()
		if page.value("facts") != "写到一半的线索" || page.value("received_at") != "二月三十日" || page.value("act.once") != key {
			t.Errorf("the draft came back as %q, %q", page.value("facts"), page.value("received_at"))
		}
		k, _ := b.Books.Forms.Kind("案源登记表")
		sent := typed(k, b.Complete("案源登记表", form.Values{"party": world.Minor().Parties[0], "cause": "未按照规定接受年度检查", "discovered_on": b.Today().String()}))
		sent.Set("act.once", key)
		first := handler.post("/desk/cases/new", sent).ok().says("案源已登记")
		if second := handler.post("/desk/cases/new", sent).ok().says("没有重复登记"); second.url != first.url {
			t.Errorf("the second click led to %s, not %s", second.url, first.url)
		}
		changed := url.Values{}
		maps.Copy(changed, sent)
		changed.Set("facts", "另一条线索：年检材料不实")
		back := handler.post("/desk/cases/new", changed).refused().says("还没有登记", "查看先前登记的")
		if back.value("facts") != "另一条线索：年检材料不实" || back.value("act.once") == key || !strings.Contains(back.body, strings.TrimPrefix(first.url, handler.base)) {
			t.Errorf("what was typed the second time came back as %q under the key %s", back.value("facts"), back.value("act.once"))
		}
		changed.Set("act.once", back.value("act.once"))
		if third := handler.post("/desk/cases/new", changed).ok().says("案源已登记"); third.url == first.url {
			t.Error("the other text made no case of its own")
		}
		if told := handler.post("/desk/cases/new/draft", typing); told.status != http.StatusConflict || !strings.Contains(told.body, "已经登记") {
			t.Errorf("a page of the registered case saves again: %d %s", told.status, told.body)
		}
		if list := handler.get("/desk/cases/new").ok(); strings.Contains(list.body, "没有登记完的") {
			t.Error("the used draft is still offered")
		}
		at := first.url + "/parties"
		form := url.Values{"act.once": {handler.get(at).ok().value("act.once")}, "kind": {"自然人"}, "lines": {"林远"}}
		handler.post(at, form).ok().says("已增加")
		handler.post(at, form).ok().says("没有重复增加")
		form.Set("lines", "林近")
		again := handler.post(at, form).refused().says("还没有登记")
		form.Set("act.once", again.value("act.once"))
		handler.post(at, form).ok().says("已增加")
		form.Del("act.once")
		handler.post(at, form).refused().says("已经是本案当事人")
		view, err := b.Cases.Open(context.Background(), b.Handler, strings.TrimPrefix(first.url, "/desk/cases/"))
		if err != nil || len(view.Parties) != 3 {
			t.Fatalf("%d parties, %v", len(view.Parties), err)
		}
	})
}

func TestAStepThatIsSentTwiceIsTakenOnceAndLeadsToWhatItMade(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		c := b.Lead(world.Minor()).Open().Investigate().Report().Notice().PastWindows()
		c.Draft(nil, "")
		c.Approve()
		handler := b.seat(t, b.Handler)
		at := "/desk/cases/" + c.ID + "/steps/decide"
		act := url.Values{"act.once": {handler.get(at + "/check").ok().value("act.once")}, "act.sealed": {"是"}}
		handler.post(at, act).ok().says("“作出处罚决定”已办理")
		handler.post(at, act).ok().says("没有重复办理", "行政处罚决定书")
		if n := len(c.View(b.Handler).Documents); n == 0 {
			t.Error("nothing was made")
		}
	})
}

// A session that ended while somebody wrote costs nothing that was typed.
func TestWhatIsPostedAfterTheSessionEndedIsKept(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		handler := b.seat(t, b.Handler)
		c := b.Lead(world.Minor()).Open()
		at := "/desk/cases/" + c.ID + "/steps/investigate"
		paper := url.Values{"act.kind": {"现场检查笔录"}, "version": {handler.get(at).ok().value("version")}, "process": {"写了半小时\n的“经过”"}, "act.do": {"save"}}
		b.Clock.Set(b.Clock.Now().Add(time.Hour))
		request, err := http.NewRequest("POST", handler.base+at+"/draft", strings.NewReader(paper.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Accept", "application/json")
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r, err := handler.client.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		if told := handler.read(r); told.status != http.StatusUnauthorized || !strings.Contains(told.body, "没有保存") || !strings.Contains(told.body, "/desk/login") {
			t.Errorf("autosave was answered %d %s", told.status, told.body)
		}
		page := handler.post(at+"/papers", paper).refused().says("登录已过期", "在新页面登录")
		if got := page.value("process"); got != "写了半小时\n的“经过”" {
			t.Errorf("what was typed is now %q", got)
		}
		if drafts := c.View(b.Handler).Drafts; len(drafts) != 0 {
			t.Errorf("it was saved without a session: %v", drafts)
		}
		handler.signIn()
		again := url.Values{}
		for name := range paper {
			again.Set(name, page.value(name))
		}
		handler.post(at+"/papers", again).ok().says("草稿已保存", "写了半小时")
		stranger := b.stranger(t)
		if page := stranger.post("/desk/account/password", url.Values{"old": {"geheim-1"}, "password": {"geheim-2"}}); strings.Contains(page.body, "geheim") {
			t.Error("a password is shown on a page")
		}
	})
}

// A page that stood open while its draft became a document neither brings the draft back nor overwrites the next one.
func TestAStaleTabNeitherRevivesNorOverwritesADraft(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		first, second := b.seat(t, b.Handler), b.seat(t, b.UnitHead)
		c := b.Lead(world.Minor()).Open()
		at := "/desk/cases/" + c.ID + "/steps/investigate"
		blank := first.get(at).ok().value("version")
		paper := url.Values{"act.kind": {"现场检查笔录"}, "version": {blank}, "process": {"办理前写的经过"}}
		first.post(at+"/draft", paper).ok()
		stale := first.get(at).ok().value("version")
		c.Investigate()
		first.signIn()
		second.signIn()
		for _, base := range []string{blank, stale} {
			paper.Set("version", base)
			if told := first.post(at+"/draft", paper); told.status != http.StatusConflict || !strings.Contains(told.body, "已经用于办理") {
				t.Errorf("autosave of a page of %q answered %d %s", base, told.status, told.body)
			}
			told := first.post(at+"/papers", paper).says("已经用于办理", "没有保存")
			if told.status != http.StatusConflict || told.value("process") != "办理前写的经过" {
				t.Errorf("saving a page of %q answered %d and keeps %q", base, told.status, told.value("process"))
			}
		}
		if drafts := c.View(b.Handler).Drafts; len(drafts) != 0 {
			t.Fatalf("the used draft is back: %+v", drafts)
		}
		next := url.Values{"act.kind": {"现场检查笔录"}, "version": {second.get(at).ok().value("version")}, "process": {"另写一份"}}
		second.post(at+"/draft", next).ok()
		paper.Set("version", stale)
		first.post(at+"/papers", paper).says("另写一份", "办理前写的经过", b.UnitHead.Name)
		if drafts := c.View(b.Handler).Drafts; len(drafts) != 1 || drafts[0].Values.Text("process") != "另写一份" {
			t.Fatalf("the next draft was overwritten: %+v", drafts)
		}
	})
}

// A paper goes up for signature, is returned, recalled, sent again and taken by the head.
func TestPapersTravelThroughSeveralLevels(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		handler, head, approver := b.seat(t, b.Handler), b.seat(t, b.UnitHead), b.seat(t, b.Approver)
		c := b.Lead(world.Minor())
		at := "/desk/cases/" + c.ID + "/steps/open_case"
		papers := c.Act(b.Approver, "open_case", map[string]form.Values{
			"案件要素登记": {"item": c.Matter.Item, "act_ended_on": b.Today().AddDays(-30).String()},
			"立案审批表":  {"officers": []any{b.Officers[0], b.Officers[1]}, "conditions": []any{"有违反法律、法规、规章的事实", "依法应当或者可能给予行政处罚", "属于本机关管辖", "未超过行政处罚时效"}}}).Papers
		b.write(handler, c.ID, "open_case", papers, []string{"案件要素登记", "立案审批表"})
		handler.get(at+"/check").ok().says("送签", "机关负责人")
		handler.post(at+"/send", url.Values{"act.to": {"unit_head"}}).ok().says("已送科室负责人签批")
		second := b.seat(t, b.Second)
		for _, again := range []url.Values{{"act.to": {"unit_head"}}, {"act.to": {"approver"}}, {"act.to": {"approver"}, "act.party": {c.View(b.Handler).Parties[0].Party.ID}}} {
			handler.post(at+"/send", again).refused().says("已由"+b.Handler.Name, "送科室负责人", "不能重复送签")
		}
		second.post(at+"/send", url.Values{"act.to": {"approver"}}).refused()
		handler.post(at+"/send", url.Values{"act.to": {"approver"}, "act.party": {"nobody"}}).refused().says("不在本案中")
		view := c.View(b.Handler)
		if len(view.Submissions) != 1 {
			t.Fatalf("the step was sent %d times", len(view.Submissions))
		}
		id := view.Submissions[0].ID
		handler.post("/desk/submissions/"+id+"/recall", nil).ok().says("已撤回")
		handler.post(at+"/send", url.Values{"act.to": {"unit_head"}}).ok()
		id = waiting(c).ID
		head.get("/desk/").ok().says("送签待办", "立案")
		head.get("/desk/submissions/"+id).ok().says("立案审批表", "签批")
		handler.post("/desk/submissions/"+id+"/recall", nil).refused().says("对方已经打开")
		head.post("/desk/submissions/"+id+"/sign", url.Values{"opinion": {""}, "next": {"approver"}}).refused().says("请填写签批意见")
		head.post("/desk/submissions/"+id+"/sign", url.Values{"opinion": {"同意立案"}, "next": {"approver"}}).ok().says("已签批")
		approver.get("/desk/submissions/"+id).ok().says("同意立案", "核对后直接办理")
		handler.post("/desk/submissions/"+id+"/sign", url.Values{"opinion": {"自己签"}, "next": {"approver"}}).refused()
		approver.post(at, nil).ok().says("“立案”已办理")
		for _, s := range c.View(b.Handler).Submissions {
			if s.ID == id && s.State != "taken" {
				t.Fatalf("the submission is %s", s.State)
			}
		}
	})
}

// waiting is the submission of a case that waits.
func waiting(c *world.Case) document.Submission {
	for _, s := range c.View(c.Handler).Submissions {
		if s.State == "waiting" {
			return s
		}
	}
	c.T.Fatal("nothing waits")
	return document.Submission{}
}

// A case on the spot begins with the inspection and goes on to the decision.
func TestAPenaltyOnTheSpotBeginsWithTheInspection(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		handler := b.seat(t, b.Handler)
		k, _ := b.Books.Forms.Kind("现场检查笔录")
		paper := b.Complete("现场检查笔录", form.Values{"party": world.Minor().Parties[0], "cause": "未按照规定悬挂登记证书", "officers": []any{b.Officers[0], b.Officers[1]}})
		sent := typed(k, paper)
		elements, _ := b.Books.Forms.Kind("案件要素登记")
		for name, values := range typed(elements, form.Values{"item": "MZ-CF-010", "act_ended_on": b.Today().String(), "power": true, "jurisdiction": true}) {
			sent[name] = values
		}
		blank := handler.get("/desk/cases/new/spot").ok()
		if blank.value("officers.0.name") != b.Handler.Name || blank.value("officers.0.certificate") != world.HandlerCertificate || blank.value("officers.1.name") != "" {
			t.Errorf("the first officer on the blank page is %q %q", blank.value("officers.0.name"), blank.value("officers.0.certificate"))
		}
		sent.Set("officers.0.name", "")
		sent.Set("officers.0.certificate", world.HandlerCertificate+"　"+b.Handler.Name) // as offered by the field
		page := handler.post("/desk/cases/new/spot", sent).ok().says("现场检查情况已记录", "当场")
		if !strings.Contains(page.url, "/steps/decide_on_spot") {
			t.Fatalf("it went on to %s", page.url)
		}
		if page.value("officers.0.name") != b.Handler.Name || page.value("officers.1.certificate") != world.SecondCertificate {
			t.Errorf("the decision begins with %q, %q", page.value("officers.0.name"), page.value("officers.1.certificate"))
		}
		id := strings.Split(page.url, "/")[3]
		view, err := b.Cases.Open(context.Background(), b.Handler, id)
		if err != nil || view.File.Procedure != book.Simple {
			t.Fatalf("%v %v", view.File, err)
		}
		inspection, _ := document.Latest(view.Documents, "现场检查笔录", "")
		if rows := inspection.Values.Rows("officers"); len(rows) != 2 || rows[0]["name"] != b.Handler.Name || rows[0]["certificate"] != world.HandlerCertificate {
			t.Fatalf("the offered certificate was not taken apart: %v", rows)
		}
	})
}

func TestARefusalForABatchNamesThePaperAndThePartyAndThePartyIsPutRightOnItsPage(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		m := world.Batch(3)
		delete(m.Parties[1], "address")
		c := b.Lead(m).Open().Investigate().Report()
		second := c.Parties()[1]
		act := c.Act(b.Handler, "serve_notice", c.NoticePapers())
		for kind, values := range act.Papers {
			b.Must(b.Write(func(tx *db.Tx) error {
				_, err := b.Cases.SaveDraft(tx, b.Handler, document.Draft{Case: c.ID, Step: "serve_notice", Kind: kind, Values: values}, "")
				return err
			}))
		}
		handler := b.seat(t, b.Handler)
		at := "/desk/cases/" + c.ID
		send := url.Values{"act.party": {c.Parties()[0].ID, second.ID, c.Parties()[2].ID}}
		page := handler.post(at+"/steps/serve_notice", send).refused().says("《行政处罚事先告知书》（" + second.Name + "）：请填写住所")
		if !strings.Contains(page.body, "party="+second.ID) {
			t.Error("the fault does not lead to the party's paper")
		}
		on := at + "/parties/" + second.ID
		handler.get(on).ok().says("更正的原因和依据")
		handler.post(on+"/correct", url.Values{"name": {second.Name}, "address": {"云山市补正路1号"}}).refused().says("请写明更正的原因")
		handler.post(on+"/correct", url.Values{"name": {second.Name}, "address": {"云山市补正路1号"}, "reason": {"现场检查笔录所载。"}}).ok().says("当事人信息已更正", "云山市补正路1号")
		handler.get(at).ok().says("更正当事人信息")
		handler.post(at+"/steps/serve_notice", send).ok().says("已办理")
	})
}
