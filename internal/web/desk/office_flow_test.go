package desk_test

import (
	"bytes"
	"context"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"mingjing/internal/access"
	"mingjing/internal/catalog/setting"
	"mingjing/internal/db"
	"mingjing/internal/disclosure/public"
	"mingjing/internal/document"
	"mingjing/internal/testkit/world"
)

// upload brings a file by the form of a page.
func (b *browser) upload(path, name, text string) *answer {
	b.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write([]byte(text))
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		b.t.Fatal(err)
	}
	r, err := b.client.Post(b.base+path, form.FormDataContentType(), &body)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.read(r)
}

// drain does the queued work that a real desk does in the background.
func (b *bureau) drain() {
	b.T.Helper()
	if _, err := b.house.Jobs.Drain(context.Background()); err != nil {
		b.T.Fatal(err)
	}
}

func oldCases(rows int) string {
	var b strings.Builder
	b.WriteString("标题,文号,决定日期,全文,当事人\n")
	for i := range rows {
		fmt.Fprintf(&b, "对云杉%d号中心的行政处罚决定,示民罚决字〔2024〕%d号,2024-05-06,\"当事人：云杉%d号中心。电话13800138000。决定警告。\",云杉%d号中心\n", i, i+1, i, i)
	}
	return b.String() + ",,,,\n"
}

func TestOldDecisionsAreTriedImportedAndCheckedBySomebodyElse(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		publisher, checker := b.seat(t, b.Publisher), b.seat(t, b.Checker)
		publisher.upload("/desk/imports/new", "决定.csv", "%PDF-1.7").refused().says("PDF文件")
		publisher.upload("/desk/imports/new", "决定.exe", "文号,标题\n").refused().says("不是表格文件")
		publisher.upload("/desk/imports/new", "决定.csv", "").refused().says("文件是空的")
		page := publisher.upload("/desk/imports/new", "旧案.csv", oldCases(30)).ok().says("哪一列是什么", "旧案.csv")
		file := page.url
		columns := url.Values{"column.title": {"标题"}, "column.number": {"文号"}, "column.decided": {"决定日期"}, "column.party": {"当事人"}, "fixed.class": {"处罚"}, "do": {"try"}}
		publisher.post(file, url.Values{"column.number": {"文号"}, "do": {"try"}}).refused().says("标题或者正文")
		columns.Set("column.body", "全文")
		publisher.post(file, columns).ok().says("试导入已开始", "正在试导入")
		b.drain()
		publisher.get(file).ok().says("没有写入", "30行", "标题和正文都是空的", "按这个结果导入")
		columns.Set("do", "import")
		changed := url.Values{}
		for name, value := range columns {
			changed[name] = value
		}
		changed.Set("fixed.class", "许可")
		publisher.post(file, changed).refused().says("先重新试导入")
		publisher.post(file, columns).ok()
		b.drain()
		done := publisher.get(file).ok().says("待第二人核对", "30件", "不得核对自己导入的内容")
		publisher.post(done.url+"/check", url.Values{"doubt": {"hide"}, "sure": {"是"}}).refused()
		checker.post(done.url+"/check", url.Values{"doubt": {"hide"}}).refused().says("勾选确认")
		checker.post(done.url+"/check", url.Values{"doubt": {"hide"}, "sure": {"是"}}).ok().says("核对已开始")
		if p := checker.get(done.url + "/progress").ok(); !strings.Contains(p.body, `"over":false`) {
			t.Errorf("the progress is %s", p.body)
		}
		b.drain()
		checker.get(done.url).ok().says("已全部核对公示")
		found, err := b.house.Public.ByNumber(context.Background(), "示民罚决字〔2024〕1号")
		if err != nil || strings.Contains(found.Body, "13800138000") {
			t.Errorf("the public reads %q (%v)", found.Body, err)
		}
		publisher.get("/desk/publications/"+found.ID).ok().says("从文件导入", "旧案.csv", "批量核对公示")
		publisher.get("/desk/imports").ok().says("旧案.csv", "已全部核对公示")
	})
}

var setupCode = regexp.MustCompile(`<p class="setup-code"><code>([^<]+)</code>`)

func TestAnAccountIsMadeWithACodeThatIsShownOnceAndTheFactorIsResetByTwo(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		admin := b.seat(t, b.Administrator)
		kept := admin.post("/desk/accounts/new", url.Values{"login": {"x"}, "name": {"温如言"}, "roles": {access.RoleHandler}}).refused().says("登录名为2至40个")
		if kept.value("name") != "温如言" {
			t.Error("the name that was typed is lost")
		}
		page := admin.post("/desk/accounts/new", url.Values{"login": {"wen"}, "name": {"温如言"}, "roles": {access.RoleHandler}}).ok()
		code := setupCode.FindStringSubmatch(page.body)
		if code == nil {
			t.Fatalf("no code is shown:\n%s", squeeze(page.main()))
		}
		fresh := b.stranger(t)
		fresh.post("/desk/setup", url.Values{"code": {code[1]}, "password": {password}, "repeat": {password}}).ok()
		fresh.login = "wen"
		fresh.signIn()
		list := admin.get("/desk/accounts?q=温如言").ok().says("温如言", "承办人")
		if strings.Contains(list.body, code[1]) {
			t.Error("the code is shown again")
		}
		var id string
		b.Read(func(tx *db.Tx) error {
			a, err := access.ByLogin(tx, "wen")
			id = a.ID
			return err
		})
		at := "/desk/accounts/" + id
		admin.get(at).ok().says("修改角色", "停用账号")
		admin.post(at+"/reset", url.Values{"reason": {"当面核实"}}).says("没有找到")
		admin.post(at+"/roles", url.Values{"roles": {access.RoleHandler, access.RoleAdministrator}}).refused().says("管理员不得兼任其他角色")
		admin.post(at+"/roles", url.Values{"roles": {access.RoleArchivist}}).ok().says("角色已保存", "档案管理员")
		admin.post(at+"/disable", url.Values{"reason": {"调离"}}).ok().says("已停用", "重新启用")
		admin.get("/desk/accounts/" + b.Administrator.Account).ok().says("由另一名管理员管理")
		b.seat(t, b.Handler).get("/desk/accounts").refused().says("管理员")
	})
}

func TestTheRosterIsKeptByTheAdministratorAndReadByAll(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		admin, handler := b.seat(t, b.Administrator), b.seat(t, b.Handler)
		added := admin.post("/desk/officers/new/add", url.Values{"name": {"秦望山"}, "unit": {"bgs"}, "staff": {"在编"}, "from": {"2026-01-05"}}).ok().says("已登记", "没有执法证件")
		admin.post(added.url+"/certificate", url.Values{"number": {"22039900001"}, "issuer": {"云山市人民政府"}, "class": {"民政"}, "area": {"云山市"}, "from": {"2026-01-05"}, "till": {"不是日期"}}).refused().says("2026-11-24的形式")
		admin.post(added.url+"/certificate", url.Values{"number": {"22039900001"}, "issuer": {"云山市人民政府"}, "class": {"民政"}, "area": {"云山市"}, "from": {"2026-01-05"}, "till": {"2029-01-04"}}).ok().says("22039900001", "有效")
		handler.get("/desk/officers?q=秦望山").ok().says("22039900001")
		shown := handler.get(added.url).ok()
		if strings.Contains(shown.body, "登记执法证件") {
			t.Error("a handler is offered to change the roster")
		}
		handler.post(added.url+"/change", url.Values{"name": {"别人"}}).says("没有找到")
	})
}

func TestARuleThatNoDocumentOfTheAgencyAdoptsSaysSo(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		b.seat(t, b.Approver).get("/desk/rules?status=adopted").ok().says("由本机关文件采用，文号待补")
	})
}

func TestActingIsArrangedForTheOwnLeaveAndEndedEarly(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		handler := b.seat(t, b.Handler)
		form := url.Values{"principal": {b.Handler.Account}, "deputy": {b.Second.Account}, "from": {b.Today().String()}, "until": {b.Today().AddDays(5).String()}, "reason": {"休假"}}
		handler.post("/desk/acting/new/grant", url.Values{"principal": {b.Second.Account}, "deputy": {b.Handler.Account}, "from": {b.Today().String()}, "until": {b.Today().String()}, "reason": {"x"}}).refused()
		handler.post("/desk/acting/new/grant", form).ok().says("对方同意后生效", "待代理人同意", b.Second.Name)
		b.agree(b.seat(t, b.Second))
		handler.get("/desk/acting").ok().says("代理中")
		page := handler.get("/desk/acting/new").ok().says("提前终止代理")
		handler.post("/desk/acting/new/end", url.Values{"grant": {page.choice("grant")}}).ok().says("已提前终止")
	})
}

// choice is the first value that a group of radio buttons offers.
func (a *answer) choice(name string) string {
	m := regexp.MustCompile(`name="` + regexp.QuoteMeta(name) + `" value="([^"]+)"`).FindStringSubmatch(a.body)
	if m == nil {
		a.t.Fatalf("%s offers no %s", a.url, name)
	}
	return m[1]
}

func TestTheLedgerIsListedProvedAndVerified(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		b.Lead(world.Minor()).Open()
		if _, err := b.house.Ledger.Checkpoint(context.Background(), b.Agency.Code); err != nil {
			t.Fatal(err)
		}
		approver := b.seat(t, b.Approver)
		page := approver.get("/desk/ledger?room=case.").ok().says("立案", b.Approver.Name)
		at := regexp.MustCompile(`/desk/ledger/\d+`).FindString(page.body)
		approver.get(at).ok().says("这一项在签名的检查点之内", "验证公钥")
		if p := approver.get(at + "/proof").ok(); !strings.Contains(p.body, "c2sp.org/tlog-proof") || p.head.Get("Content-Disposition") == "" {
			t.Errorf("the proof is %.80q", p.body)
		}
		approver.get("/desk/ledger/checkpoints").ok().says("签名时间", "存证根")
		approver.get("/desk/ledger/999999").says("没有找到")
		approver.post("/desk/ledger/verify", nil).ok().says("正在核验")
		b.drain()
		approver.get("/desk/ledger/verify").ok().says("全部相符", "重新计算的存证根")
		b.seat(t, b.Handler).get("/desk/ledger").refused().says("没有授权")
	})
}

// TestASecondClickJoinsTheRecomputationThatIsUnderWay: one is waiting, or is being done; neither makes two.
func TestASecondClickJoinsTheRecomputationThatIsUnderWay(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		b.Lead(world.Minor()).Open()
		if _, err := b.house.Ledger.Checkpoint(context.Background(), b.Agency.Code); err != nil {
			t.Fatal(err)
		}
		approver := b.seat(t, b.Approver)
		rows := func(kind string) (n int) {
			b.Read(func(tx *db.Tx) error { return tx.Row(`SELECT count(*) FROM job WHERE kind = $1`, kind).Scan(&n) })
			return n
		}
		runs := func(table string) (n int) {
			b.Read(func(tx *db.Tx) error { return tx.Row(`SELECT count(*) FROM ` + table).Scan(&n) })
			return n
		}
		for _, c := range []struct{ path, kind, table, begun, joined, shown string }{
			{"/desk/ledger/recheck", "recheck.nightly", "recheck_run", "复算已开始", "复算已经在进行，没有另起一次", "复算正在等待开始"},
			{"/desk/ledger/verify", "ledger.verify", "verify_run", "核验已开始", "核验已经在进行，没有另起一次", "正在核验"},
		} {
			b.drain()
			before := runs(c.table)
			approver.post(c.path, nil).ok().says(c.begun, c.shown)
			approver.post(c.path, nil).ok().says(c.joined)
			// A worker takes it, and the row gives its key up.
			b.Must(b.Write(func(tx *db.Tx) error {
				_, err := tx.Exec(`UPDATE job SET state = 'running', key = id, claimed = $2 WHERE kind = $1`, c.kind, db.Text(tx.Now()))
				return err
			}))
			approver.post(c.path, nil).ok().says(c.joined)
			if n := rows(c.kind); n != 1 {
				t.Errorf("%s: %d rows wait or run after three clicks", c.path, n)
			}
			b.Must(b.Write(func(tx *db.Tx) error {
				_, err := tx.Exec(`UPDATE job SET state = 'ready' WHERE kind = $1`, c.kind)
				return err
			}))
			b.drain()
			if n := runs(c.table) - before; n != 1 {
				t.Errorf("%s: three clicks made %d runs", c.path, n)
			}
			approver.post(c.path, nil).ok().says(c.begun)
			b.drain()
		}
	})
}

func TestNumbersGoOnAfterPaperAndSealsAreRegistered(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		admin := b.seat(t, b.Administrator)
		page := admin.get("/desk/numbers/new").ok()
		prefix := regexp.MustCompile(`<option value="([^"]*罚决字)"`).FindStringSubmatch(page.body)
		if prefix == nil {
			t.Fatal("no series of decisions is offered")
		}
		admin.post("/desk/numbers/new/start", url.Values{"prefix": {prefix[1]}, "year": {"2026"}, "last": {"十二"}}).refused().says("请填写数字")
		admin.post("/desk/numbers/new/start", url.Values{"prefix": {prefix[1]}, "year": {"2026"}, "last": {"12"}}).ok().says("起点已设定")
		admin.post("/desk/numbers/new/void", url.Values{"prefix": {prefix[1]}, "year": {"2026"}, "reason": {"误写"}}).ok()
		admin.get("/desk/numbers?"+url.Values{"prefix": {prefix[1]}}.Encode()).ok().says("〔2026〕13号", "作废", "误写")
		archivist := b.seat(t, b.Archivist)
		archivist.post("/desk/seals/new/use", url.Values{"number": {"没有的文号"}, "seal": {"公章"}, "on": {b.Today().String()}, "copies": {"2"}, "approver": {b.Approver.Account}}).refused().says("没有找到文号")
		view := b.Lead(world.Minor()).View(b.Handler)
		use := url.Values{"number": {view.Documents[0].Number}, "seal": {"公章"}, "on": {b.Today().String()}, "copies": {"2"}, "approver": {"某领导"}}
		archivist.post("/desk/seals/new/use", use).refused().says("“批准人”选的内容不在可选范围内")
		use.Set("approver", b.Approver.Account)
		archivist.post("/desk/seals/new/use", use).ok().says("已登记用印", b.Approver.Name)
		archivist.get("/desk/seals").ok().says(view.File.Title) // twelve receipts of one day are told apart by their case
		archivist.post("/desk/seals/new/use", use).refused().says("已经登记过1次", "请写明理由")
		use.Set("reason", "原件污损")
		archivist.post("/desk/seals/new/use", use).ok().says("原件污损")
		b.seat(t, b.Approver).get("/desk/ledger?room=document.").ok().says("登记用印", b.Archivist.Name)
	})
}

func TestTheBoardShowsThirtyTwoDutiesWithTheirEvidenceAndGoesPublic(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		b.decided()
		b.Days(30) // the decision is overdue by now, so that there is something to measure
		publisher := b.seat(t, b.Publisher)
		board := publisher.get("/desk/duties").ok().says("未达标", "责任科室", "测算")
		if n := strings.Count(board.body, `<article class="light`); n != 32 {
			t.Errorf("the board shows %d lights, want 32", n)
		}
		publisher.get("/desk/duties?state=absent").ok().says("没有这种状态的职责")
		publisher.get("/desk/duties?state=met").ok()
		publisher.get("/desk/duties/10").ok().says("未达标", "没有做到：处罚、许可决定7个工作日内公开", "0.0%", "尚未公开", "打开全部依据：公示信息", "算法", "机关各科室、民间组织管理局")
		publisher.get("/desk/duties/27").ok().says("未达标", "本项尚未计量的部分", "吉林省一体化在线政务服务平台", "打开全部依据：落实记录")
		publisher.get("/desk/duties/28").ok().says("未达标", "领导小组", "没有登记")
		for number, task := range b.house.Pack.Tasks() {
			publisher.get(fmt.Sprintf("/desk/duties/%d", number+1)).ok().says(task.Requirement, strings.ReplaceAll(task.Owner, "\n", "、"))
		}
		if file := publisher.get("/desk/duties/list.xlsx"); file.status != http.StatusOK || !strings.HasPrefix(file.body, "PK") {
			t.Errorf("the board as a workbook answers %d", file.status)
		}
		publisher.get("/desk/duties/33").says("没有找到")
		publisher.post("/desk/duties/publish", nil).ok().says("看板已公开")
		list, err := b.house.Public.Duties(context.Background(), b.Agency.Code)
		if err != nil || len(list) != 32 {
			t.Errorf("the public sees %d duties (%v)", len(list), err)
		}
	})
}

func TestMessagesTellWhatWaitsAndRememberWhatWasSeen(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		id := b.decided()
		publisher, checker := b.seat(t, b.Publisher), b.seat(t, b.Checker)
		page := publisher.get("/desk/messages").ok().says("待制作公示文本", "1条未读")
		checker.get("/desk/messages").ok().says("没有等您办理的事情")
		publisher.post("/desk/messages", url.Values{"key": {page.value("key")}}).ok().says("已读")
		publisher.get("/desk/messages?unread=1").ok()
		at := "/desk/publications/" + id
		publisher.post(at+"/prepare", hideAll(publisher.get(at+"/prepare").ok())).ok()
		publisher.get("/desk/messages").ok().says("没有等您办理的事情")
		checker.get("/desk/messages").ok().says("待复核公示文本")
		b.Days(30)
		checker.signIn()
		checker.get("/desk/messages").ok().says("已超期")
	})
}

func TestAListGoesToAFileExactlyAsItIsNarrowed(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		admin := b.seat(t, b.Administrator)
		file := admin.get("/desk/officers.csv?q=" + url.QueryEscape(b.Handler.Name))
		if file.status != http.StatusOK || !strings.Contains(file.body, world.HandlerCertificate) || strings.Contains(file.body, world.SecondCertificate) {
			t.Errorf("the file answered %d:\n%s", file.status, file.body)
		}
		if x := admin.get("/desk/accounts.xlsx"); x.status != http.StatusOK || !strings.HasPrefix(x.body, "PK") {
			t.Errorf("the Excel file answered %d", x.status)
		}
	})
}

// A value that the law leaves to the agency is proposed by one and confirmed by another, and judged by from its day on.
func TestAThresholdIsSetByTwoPeopleAtTheDesk(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		admin, head, handler := b.seat(t, b.Administrator), b.seat(t, b.Approver), b.seat(t, b.Handler)
		sound(t, admin.get("/desk/settings").ok().plain().says("本机关还没有自己设定数值", "提出一个数值"))
		if a := handler.get("/desk/settings").ok(); strings.Contains(a.body, "提出一个数值") {
			t.Error("a handler is asked to propose")
		}
		from := b.Today().AddDays(7).String()
		admin.post("/desk/settings/propose", url.Values{"code": {"publish_days"}, "value": {"9"}, "from": {from}, "basis": {"四民发〔2026〕3号"}}).refused().says("只能从严", "7个工作日")
		admin.post("/desk/settings/propose", url.Values{"code": {"hearing_fine_org"}, "value": {"8000"}, "from": {from}, "basis": {""}}).refused().says("依据文件的文号")
		admin.post("/desk/settings/propose", url.Values{"code": {"hearing_fine_org"}, "value": {"8000"}, "from": {from}, "basis": {"四民发〔2026〕3号"}}).ok().says("等待另一名管理员或者机关负责人确认", "8,000.00元", "等待另一人确认")
		before := b.house.Cases.Books().Law.Version
		page := head.get("/desk/settings").ok().says("确认别人提出的数值", "四民发〔2026〕3号")
		id := regexp.MustCompile(`name="id" value="([^"]+)"`).FindStringSubmatch(page.body)
		if id == nil {
			t.Fatal("nothing waits")
		}
		if a := admin.get("/desk/settings").ok(); strings.Contains(a.body, "确认别人提出的数值") {
			t.Error("who proposed it is asked to confirm it")
		}
		head.post("/desk/settings/decide", url.Values{"id": {id[1]}, "answer": {"同意"}}).ok().says("已确认")
		law := b.house.Cases.Books().Law
		if law.Version == before || law.Values(b.Today().AddDays(7)).Fen("hearing_fine_org") != 800000 || law.Values(b.Today()).Fen("hearing_fine_org") == 800000 {
			t.Error("the rules do not know the value, or know it too early")
		}
		b.Must(b.house.PublishLists(context.Background(), b.Publisher))
		list, err := b.house.Public.Params(context.Background(), b.Agency.Code)
		b.Must(err)
		if !slices.ContainsFunc(list, func(p public.Param) bool {
			return p.Value == "8,000.00元" && strings.Contains(p.Source, "四民发〔2026〕3号") && strings.Contains(p.Law, "第六十三条")
		}) {
			t.Errorf("the public is shown %+v", list)
		}
		b.Until(b.Today().AddDays(8))
		b.seat(t, b.Administrator).get("/desk/parameters?q="+url.QueryEscape("较大数额罚款（单位）")).ok().says("8,000.00元", "本机关", from)
	})
}

func TestTheContactsOfAnAgencyAreEditedAtTheDeskAndGoIntoPapersAndThePortal(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		admin := b.seat(t, b.Administrator)
		page := admin.get("/desk/agency").ok().says("修改联系信息", "陈述申辩、听证联系人", "行政复议机关")
		form := url.Values{}
		for _, c := range setting.Contacts() {
			form.Set(c.Code, page.value(c.Code))
		}
		form.Set("agency.address", "云山市文化街77号")
		form.Set("agency.phone", "0000-7654321")
		form.Set("agency.court", "云山市东区人民法院")
		admin.post("/desk/agency/contact", form).ok().says("已保存3项")
		admin.post("/desk/agency/contact", form).ok().says("没有改动")
		b.seat(t, b.Handler).get("/desk/agency").ok().says("云山市文化街77号", "0000-7654321") // who may not change it reads it
		c := b.Lead(world.Minor()).Open().Investigate().Report().Notice()
		view := c.View(b.Handler)
		d := view.Documents[slices.IndexFunc(view.Documents, func(d document.Document) bool { return d.Kind == "行政处罚事先告知书" })]
		if text := fmt.Sprint(d.Values); !strings.Contains(text, "云山市文化街77号") {
			t.Errorf("the notice does not name the address:\n%s", text)
		}
		b.Must(b.house.PublishLists(context.Background(), b.Publisher))
		agencies, err := b.house.Public.Agencies(context.Background())
		b.Must(err)
		if a := agencies[0]; a.Address != "云山市文化街77号" || a.Channels["行政诉讼管辖法院"] != "云山市东区人民法院" {
			t.Errorf("the public is shown %+v", a)
		}
		b.seat(t, b.Handler).post("/desk/agency/contact", form).says("没有找到")
	})
}
