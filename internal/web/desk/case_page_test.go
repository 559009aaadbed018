package desk_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/form"
	"mingjing/internal/testkit/world"
)

// latin finds words that are no Chinese: a page of the desk has none but names of formats.
var latin = regexp.MustCompile(`[A-Za-z]{3,}`)

// hashes stand on papers that name the text they are about.
var hashes = regexp.MustCompile(`[0-9a-f]{16,}`)

// spoken are the words in Latin letters that people of an agency use.
var spoken = map[string]bool{"PDF": true, "Excel": true, "CSV": true, "DOCX": true, "XLSX": true, "TXT": true, "SHA": true, "TOTP": true, "png": true}

// plain fails the test for a page that shows what no person should see.
func (a *answer) plain() *answer {
	a.t.Helper()
	for _, wrong := range []string{"<no value>", "ZgotmplZ", "%!", "{{", "<nil>", " style=", "onclick=", "javascript:"} {
		if strings.Contains(a.body, wrong) {
			a.t.Errorf("%s shows %q", a.url, wrong)
		}
	}
	main := find(a.root, func(n *html.Node) bool { return n.Data == "main" })
	if main == nil || find(main, func(n *html.Node) bool { return n.Data == "h1" }) == nil {
		a.t.Errorf("%s has no main part or no heading", a.url)
		return a
	}
	for _, word := range latin.FindAllString(hashes.ReplaceAllString(visible(main), ""), -1) {
		if !spoken[word] {
			a.t.Errorf("%s says %q", a.url, word)
			break
		}
	}
	for _, label := range unlabelled(main) {
		a.t.Errorf("%s: the field %q has no label", a.url, label)
	}
	return a
}

// visible is the text of a page without codes, proofs and what was typed.
func visible(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data + " "
	}
	if n.Type == html.ElementNode && (n.Data == "code" || n.Data == "pre" || n.Data == "textarea" || n.Data == "option" || strings.Contains(attr(n, "class"), "digest")) {
		return ""
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(visible(c))
	}
	return b.String()
}

// unlabelled lists the fields that no label names.
func unlabelled(root *html.Node) []string {
	labelled := map[string]bool{}
	var names []string
	var walk func(n *html.Node, inLabel bool)
	walk = func(n *html.Node, inLabel bool) {
		if n.Type == html.ElementNode {
			switch n.Data {
			case "label":
				labelled[attr(n, "for")], inLabel = true, true
			case "input", "select", "textarea":
				if attr(n, "type") != "hidden" && !inLabel && attr(n, "aria-label") == "" {
					names = append(names, attr(n, "id"))
				}
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, inLabel)
		}
	}
	walk(root, false)
	var bare []string
	for _, id := range names {
		if !labelled[id] {
			bare = append(bare, id)
		}
	}
	return bare
}

// Who has just been given a desk finds words about what will be there.
func TestAnEmptyDeskSaysWhatWillBeThere(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		for _, who := range []access.Actor{b.Handler, b.UnitHead, b.Reviewer, b.Approver, b.Publisher, b.Archivist, b.Supervisor} {
			br := b.seat(t, who)
			br.get("/desk/").ok().plain().says("菜单") // on a phone the menu is at the end of the page
			br.get("/desk/cases").ok().plain().says("还没有案件")
			br.get("/desk/deadlines").ok().plain().says("没有正在计算的期限")
			br.get("/desk/inbox").ok().plain()
			br.get("/desk/search?q=春晖").ok().plain().says("没有查到")
			br.get("/desk/account").ok().plain()
		}
		admin := b.seat(t, b.Administrator)
		admin.get("/desk/").ok().plain()
		admin.get("/desk/cases").refused().plain()
		for _, lost := range []string{"/desk/nothing", "/desk/cases/nothing", "/desk/submissions/nothing"} {
			if a := admin.get(lost); a.status != http.StatusNotFound {
				t.Errorf("%s answered %d", lost, a.status)
			}
		}
	})
}

// Every page of a case that has come far is sound for everybody who may see it.
func TestEveryPageOfACaseIsSound(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		c := b.Lead(world.Batch(2)).Open().Investigate().Report().Notice()
		c.Draft(nil, "")
		handler := b.seat(t, b.Handler)
		at := "/desk/cases/" + c.ID
		uploadTo(handler, at+"/files", "现场照片.png", []byte("\x89PNG\r\n\x1a\nabc")).ok().says("现场照片.png", "已上传并存证")
		uploadTo(handler, at+"/files", "网页.html", []byte("<html></html>")).refused().says("不接收网页")
		view := c.View(b.Handler)
		pages := []string{at, at + "/parties", at + "/parties/" + view.Parties[0].Party.ID, at + "/files", at + "/print",
			fmt.Sprintf("%s/events/%d", at, view.Events[0].Seq), "/desk/cases", "/desk/cases?state=open&late=1&scope=mine", "/desk/deadlines", "/desk/search?q=协会"}
		for _, who := range []access.Actor{b.Handler, b.UnitHead, b.Reviewer, b.Approver, b.Archivist, b.Supervisor} {
			br := b.seat(t, who)
			for _, p := range pages {
				br.get(p).ok().plain()
			}
		}
		handler.signIn()
		for _, d := range view.Documents {
			handler.get(at + "/documents/" + d.ID).ok().plain()
		}
		for _, s := range view.Steps {
			step := at + "/steps/" + string(s.Step.Code)
			handler.get(step + "/check").ok().plain()
			for _, kind := range append(s.Kinds, s.MayKinds...) {
				handler.get(step + "?check=1&kind=" + url.QueryEscape(kind)).ok().plain()
			}
		}
		if list := handler.get("/desk/cases.xlsx").ok(); !strings.HasPrefix(list.body, "PK") {
			t.Error("the list is no Excel file")
		}
		handler.get("/desk/cases/new").ok().plain()
		handler.get("/desk/cases/new/spot").ok().plain()
		archivist := b.seat(t, b.Archivist)
		archivist.get(at + "/export").ok().plain()
		if zip := archivist.get(at + "/export?as=zip&part=all"); zip.status == http.StatusOK && !strings.HasPrefix(zip.body, "PK") {
			t.Error("the dossier is no ZIP file")
		}
		b.seat(t, b.Publisher).get(at + "/export").refused()
	})
}

func TestADossierInTheArchiveTakesNothingMore(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		c := b.Lead(world.Minor()).Open()
		at := "/desk/cases/" + c.ID + "/files"
		handler := b.seat(t, b.Handler)
		picture := []byte("\x89PNG\r\n\x1a\nabc")
		uploadTo(handler, at, "归档前.png", picture).ok()
		uploadTo(handler, at, "归档\x01前.png", picture).refused().says("文件名含有不能使用的字符")
		b.Must(b.Write(func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE case_file SET state = 'archived' WHERE id = $1`, c.ID)
			return err
		}))
		for _, br := range []*browser{handler, b.seat(t, b.Archivist)} {
			uploadTo(br, at, "归档后.png", picture).refused().says("已经归档", "执法全过程记录制度", "（九）", "重新启动办理")
			if page := br.get(at).ok().says("不能再添加附件"); page.value("file") != "" || strings.Contains(page.body, `type="file"`) {
				t.Error("the page still offers an upload")
			}
		}
		if files := c.View(b.Handler).Attachments; len(files) != 1 {
			t.Errorf("the dossier holds %d files", len(files))
		}
	})
}

func TestTheScanOfASignedPaperStandsBesideItsDocument(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		c := b.Lead(world.Minor()).Open().Investigate()
		handler, at := b.seat(t, b.Handler), "/desk/cases/"+c.ID
		documents := c.View(b.Handler).Documents
		signed, other := documents[len(documents)-1], documents[0]
		handler.get(at + "/documents/" + signed.ID).ok().says("添加扫描件、照片")
		if form := handler.get(at + "/files?document=" + signed.ID).ok(); !strings.Contains(form.body, `value="`+signed.ID+`" selected`) {
			t.Error("the form does not begin with the document that it was asked for")
		}
		uploadFor(handler, at+"/files", signed.ID, "签字页.png", []byte("\x89PNG\r\n\x1a\nabc")).ok().says("属于《" + signed.Kind + "》")
		handler.get(at + "/documents/" + signed.ID).ok().says("签字页.png")
		if page := handler.get(at + "/documents/" + other.ID).ok(); strings.Contains(page.body, "签字页.png") {
			t.Errorf("the scan of 《%s》 stands beside 《%s》 too", signed.Kind, other.Kind)
		}
		uploadFor(handler, at+"/files", "none", "又一页.png", []byte("\x89PNG\r\n\x1a\nabc")).refused().says("本案没有这份文书")
		events := c.View(b.Handler).Events
		if last := events[len(events)-1]; last.Kind != "document.attached" || last.Ref["document"] != signed.ID {
			t.Errorf("the ledger says %s %v", last.Kind, last.Ref)
		}
	})
}

func uploadTo(br *browser, path, name string, content []byte) *answer {
	br.t.Helper()
	return uploadFor(br, path, "", name, content)
}

// uploadFor is uploadTo for a document of the case.
func uploadFor(br *browser, path, owner, name string, content []byte) *answer {
	br.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	_ = w.WriteField("kind", "照片")
	_ = w.WriteField("document", owner)
	part, err := w.CreateFormFile("file", name)
	if err != nil {
		br.t.Fatal(err)
	}
	_, _ = part.Write(content)
	_ = w.Close()
	r, err := br.client.Post(br.base+path, w.FormDataContentType(), &body)
	if err != nil {
		br.t.Fatal(err)
	}
	return br.read(r)
}

// Personal data is masked until somebody says what it is looked at for, and the look is on record.
func TestPersonalDataIsShownOnlyAfterTheLookWasRecorded(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		m := world.Minor()
		person := world.Person("闻人月")
		person["phone"] = "13800138000"
		m.Parties = []map[string]any{person}
		c := b.Lead(m)
		handler := b.seat(t, b.Handler)
		at := "/desk/cases/" + c.ID + "/parties/" + c.Party().ID
		if strings.Contains(handler.get(at).ok().body, "13800138000") {
			t.Fatal("the telephone is shown in clear")
		}
		handler.post(at+"/look", url.Values{"purpose": {" "}}).refused().says("请说明查看个人信息的用途")
		handler.post(at+"/look", url.Values{"purpose": {"核对送达地址"}}).ok().says("13800138000", "已记录")
		var n int
		if err := b.house.DB.Read(context.Background(), func(tx *db.Tx) error {
			looks, err := access.Looks(tx, b.Agency.Code, access.LookFilter{Account: b.Handler.Account}, "", 10)
			n = len(looks)
			return err
		}); err != nil || n != 1 {
			t.Fatalf("%d looks are on record, %v", n, err)
		}
	})
}

// Parties come in a list that is pasted; one that cannot be used keeps all of them out and the list in its field.
func TestPartiesArePastedAsAList(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		c := b.Lead(world.Minor())
		handler := b.seat(t, b.Handler)
		at := "/desk/cases/" + c.ID + "/parties"
		lines := "云山市溪声诗社，，云山市文化街2号\n云山市听雨琴社\t\t云山市文化街3号"
		bad := handler.post(at, url.Values{"kind": {form.PartyOrganisation}, "lines": {lines + "\n云山市错码协会，123"}}).refused()
		if !strings.Contains(bad.value("lines"), "云山市错码协会，123") {
			t.Fatal("the list that was typed is lost")
		}
		if n := len(c.Parties()); n != 1 {
			t.Fatalf("%d parties after a refusal", n)
		}
		handler.post(at, url.Values{"kind": {form.PartyOrganisation}, "lines": {lines}}).ok().says("已增加2名当事人", "云山市听雨琴社")
		if p := c.Parties()[2]; p.Details["address"] != "云山市文化街3号" || p.Code != "" {
			t.Fatalf("the third party is %v", p.Details)
		}
	})
}

// While somebody types, a code, an amount and a day are read back.
func TestTypedValuesAreReadBack(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		handler := b.seat(t, b.Handler)
		for _, c := range []struct {
			kind, value, says string
			fault             bool
		}{{"money", "30000", "叁万元", false}, {"credit-code", "51220399MJ1006294", "", true}, {"date", "2026年3月2日", "2026年3月2日", false}, {"citizen-id", "123", "", true},
			{"money", "一堆", "", true}, {"unknown", "x", "", false}} {
			var got struct {
				Text  string
				Fault bool
			}
			if err := json.Unmarshal([]byte(handler.post("/desk/check", url.Values{"kind": {c.kind}, "value": {c.value}}).ok().body), &got); err != nil {
				t.Fatal(err)
			}
			if got.Fault != c.fault || !strings.Contains(got.Text, c.says) {
				t.Errorf("%s %q: %+v", c.kind, c.value, got)
			}
		}
	})
}

// Nobody gets a page without signing in, and what was asked for opens afterwards.
func TestWhoHasNotSignedInIsLedToThePageAskedFor(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		b.seat(t, b.Handler)
		br := b.stranger(t)
		page := br.get("/desk/cases?scope=mine")
		if !strings.HasPrefix(page.url, "/desk/login?back=") {
			t.Fatalf("it answered %s", page.url)
		}
		page.plain()
		for _, purpose := range []string{"username", "current-password", "one-time-code"} { // WCAG 2.1 success criterion 1.3.5
			if !strings.Contains(page.body, `autocomplete="`+purpose+`"`) {
				t.Errorf("a password keeper is not told which field is %s", purpose)
			}
		}
		wrong := br.post("/desk/login", url.Values{"login": {"chengban"}, "password": {"no"}, "back": {page.value("back")}}).refused().says("登录名、密码或者验证码不正确")
		if wrong.value("login") != "chengban" || wrong.value("password") != "" {
			t.Fatal("the login is lost, or the password is not")
		}
		in := br.post("/desk/login", url.Values{"login": {"chengban"}, "password": {password}, "back": {wrong.value("back")}}).ok()
		if in.url != "/desk/cases?scope=mine" {
			t.Fatalf("it went to %s", in.url)
		}
		for _, back := range []string{"https://evil.example/", "//evil.example", "/desk/logout", "/items"} {
			if a := br.post("/desk/login", url.Values{"login": {"chengban"}, "password": {password}, "back": {back}}).ok(); a.url != "/desk/" {
				t.Errorf("back to %q went to %s", back, a.url)
			}
		}
		br.post("/desk/logout", nil).ok().says("已退出")
		if a := br.get("/desk/"); !strings.HasPrefix(a.url, "/desk/login") {
			t.Error("the session goes on after signing out")
		}
	})
}

// The clock of a demonstration goes forward only, and what it passes becomes due.
func TestTheClockOfADemonstrationIsMovedForwardOnly(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		handler := b.seat(t, b.Handler)
		c := b.Lead(world.Minor())
		due := c.View(b.Handler).Clocks[0].Due
		handler.post("/desk/clock", url.Values{"day": {b.Today().AddDays(-1).String()}}).refused().says("时钟不能倒退")
		if got := handler.post("/desk/clock", url.Values{"day": {"昨天"}}).refused(); got.value("day") != "昨天" {
			t.Fatal("what was typed is lost")
		}
		handler.post("/desk/clock", url.Values{"day": {due.AddDays(1).String()}})
		if b.Today() != due.AddDays(1) {
			t.Fatalf("the clock stands at %s, want %s", b.Today(), due.AddDays(1))
		}
		handler.signIn()
		handler.get("/desk/").ok().says("已超期1日")
	})
}

func TestAStepThatAloneMeetsARunningLimitStandsInFront(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		c := b.Lead(world.Minor()).Open().Investigate().Report()
		c.Take("report_crime", nil)
		c.Take("approve_transfer", nil)
		c.Take("transfer_crime", nil)
		page := b.seat(t, b.Handler).get("/desk/cases/" + c.ID).ok()
		front, _, _ := strings.Cut(page.body, "<details>")
		for _, step := range []string{"record_transfer_filing", "receive_transfer_result"} {
			if !strings.Contains(front, "/steps/"+step) {
				t.Errorf("the police have three days, and %s is hidden", step)
			}
		}
		if strings.Contains(page.body, "下一环节：核对重大执法决定目录") {
			t.Error("a case that lies with the police is said to go on with the catalogue")
		}
	})
}

// A window of the party that ran out is over: the right is taken as given up (行政处罚法第四十五条、第六十四条第一项).
func TestAWindowThatLapsedIsShownAsOverAndNotAsLate(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		br := b.seat(t, b.Handler)
		c := b.Lead(world.Major()).Open().Investigate().Report().Notice()
		until := c.Party().WindowUntil
		c.PastWindows()
		br = b.seat(t, b.Handler)
		look := func(when string) {
			t.Helper()
			page := br.get("/desk/cases/" + c.ID).ok().plain()
			date := until.Date()
			over := fmt.Sprintf("%d月%d日期满", date.M, date.D)
			for _, label := range []string{"陈述、申辩期限", "要求听证期限"} {
				at := strings.Index(page.body, `<span class="chip-label">`+label)
				if at < 0 {
					t.Fatalf("%s: the page has no %s", when, label)
				}
				chip := page.body[max(0, at-60) : at+strings.Index(page.body[at:], "</summary>")]
				if !strings.Contains(chip, over) || strings.Contains(chip, "超期") || strings.Contains(chip, "tone-late") {
					t.Errorf("%s: %s stands as %s", when, label, chip)
				}
			}
			if !strings.Contains(page.body, "已于"+until.String()+"期满") {
				t.Errorf("%s: the conditions of the decision do not say that the window is over", when)
			}
			for _, list := range []string{"/desk/deadlines", "/desk/"} {
				if body := br.get(list).ok().body; strings.Contains(body, "陈述、申辩期限") || strings.Contains(body, "要求听证期限") {
					t.Errorf("%s: %s lists a window that is over", when, list)
				}
			}
		}
		look("after the last day")
		c.Take("record_defence", nil)
		look("after the party was heard all the same")
	})
}
