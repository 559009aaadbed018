package e2e

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"mingjing/internal/db"
)

// scenario is one duty as it is seen from outside after the demonstration's year: how the public and the desk show it, what
// stands behind it, and what the ledger says of that.
type scenario struct {
	duty   int
	state  string // as the public interface has it; "" for a duty that is not measured
	says   string // on the page of the duty, at the desk and in public
	page   string // where the evidence is looked at
	shows  string // what stands there
	record string // a query that counts records behind the light
	events string // kinds of events that tell of them, in SQL
}

func scenarios() []scenario {
	const published = `SELECT count(*) FROM publication WHERE published_on <> ''`
	return []scenario{
		{1, "", "公示制度的文本", "", "", "", ""},
		{2, "partly", "到期的执法结果已公开", "/publications", "云山市", `SELECT count(*) FROM pub_snapshot WHERE kind = 'officer'`, `'disclosure.list_published', 'publication.published'`},
		{3, "partly", "事项清单已公开", "/items", "社会团体", `SELECT count(*) FROM pub_snapshot WHERE kind = 'item'`, `'pack.activated', 'disclosure.list_published'`},
		{4, "partly", "检查事项明确抽查主体、依据", "/items?class=%E8%A1%8C%E6%94%BF%E6%A3%80%E6%9F%A5", "监督检查", `SELECT count(*) FROM item WHERE class = '行政检查'`, `'pack.activated'`},
		{5, "met", "执法人员五项信息齐全", "/officers", "DEMO-220300-001", `SELECT count(*) FROM certificate`, `'officer.added', 'certificate.added'`},
		{6, "partly", "事项指南六要素齐全", "/items/MZ-QT-013", "开展服务活动前提出备案", `SELECT count(*) FROM item WHERE body LIKE '%"guide"%'`, `'pack.activated'`},
		{7, "sofar", "两名以上当日持有效证件的人员执法", "/desk/officers", "周启明", `SELECT count(*) FROM document WHERE kind = '现场检查笔录' AND body LIKE '%"cert_shown":true%'`, `'case.inspected'`},
		{8, "met", "处罚决定前已告知", "/desk/cases", "云山市", `SELECT count(*) FROM delivery WHERE purpose = 'notice' AND effective_on <> ''`, `'case.notice_served', 'delivery.made'`},
		{9, "sofar", "窗口人员单位、姓名、职务齐全", "/desk/officers?unit=xzsp", "贺晴川", `SELECT count(*) FROM officer WHERE unit = 'xzsp'`, `'officer.added'`},
		{10, "partly", "处罚、许可决定7个工作日内公开", "/publications", "行政处罚决定", published, `'disclosure.committed', 'publication.published'`},
		{11, "met", "失效决定按期撤下", "/publications?state=withdrawn", "已撤下", `SELECT count(*) FROM publication WHERE state = 'withdrawn' AND reason <> ''`, `'decision.annulled', 'publication.withdrawn'`},
		{12, "", "1月31日前上报", "", "", "", ""},
		{13, "sofar", "结案案件全过程六个阶段有记录", "/desk/cases", "云山市", `SELECT count(*) FROM case_file WHERE closed_on <> ''`, `'case.opened', 'case.inspected', 'case.catalogue_checked', 'decision.made', 'delivery.made', 'case.performed', 'case.closed'`},
		{14, "unmet", "待替换为省级格式", "/desk/cases", "云山市", `SELECT count(*) FROM document`, `'decision.made'`},
		{15, "unmet", "文书法定要素齐备", "/desk/cases", "云山市", `SELECT count(*) FROM document WHERE number <> ''`, `'decision.made'`},
		{16, "sofar", "应当记录的环节有音像或者见证记录", "/desk/cases", "云山市", `SELECT count(*) FROM attachment WHERE kind = '录音录像'`, `'document.attached', 'case.hearing_held'`},
		{17, "", "执法行为用语指引", "", "", "", ""},
		{18, "partly", "结案后30日内归档", "/desk/cases", "云山市", `SELECT count(*) FROM case_file WHERE state = 'archived'`, `'case.closed', 'case.archived'`},
		{19, "met", "重大决定经法制审核", "/desk/reviews/all", "云山市", `SELECT count(*) FROM decision WHERE major AND review_id <> ''`, `'review.submitted', 'review.passed'`},
		{20, "met", "由法制审核机构审核", "/desk/reviewers", "沈明法", `SELECT count(*) FROM reviewer`, `'reviewer.appointed', 'review.accepted'`},
		{21, "met", "法制审核人员达到执法人员的5%", "/desk/reviewers", "韩立方", `SELECT count(*) FROM reviewer WHERE qualification <> ''`, `'reviewer.appointed'`},
		{22, "sofar", "疑难复杂案件审核有法律顾问或者公职律师参与", "/desk/counsels", "穆清扬", `SELECT count(*) FROM review WHERE counsel <> ''`, `'counsel.engaged', 'review.counsel_consulted'`},
		{23, "met", "符合目录的均按重大决定审核", "/desk/triggers", "涉及重大公共利益的", `SELECT count(*) FROM pack_row WHERE section = 'trigger'`, `'pack.activated', 'case.catalogue_checked'`},
		{24, "met", "审核意见九项逐项作出结论", "/desk/reviews/all", "云山市", `SELECT count(*) FROM document WHERE kind = '法制审核意见书'`, `'review.passed', 'review.returned', 'review.refused'`},
		{25, "met", "审核异议按期书面处理", "/desk/reviews/all", "云山市", `SELECT count(*) FROM document WHERE kind = '异议处理决定书'`, `'review.disputed', 'review.upheld'`},
		{26, "sofar", "留痕已签名存证的案件", "/desk/ledger", "台账", `SELECT count(*) FROM checkpoint`, `'case.lead_recorded'`},
		{27, "none", "尚无记录", "", "", "", ""},
		{28, "", "领导小组", "", "", "", ""}, {29, "", "督促指导", "", "", "", ""}, {30, "", "督察通报", "", "", "", ""}, {31, "", "经费预算", "", "", "", ""}, {32, "", "专题培训", "", "", "", ""},
	}
}

// task is what the public interface says of a duty.
type task struct {
	Number                                         int
	Requirement, Owner, State, Value, Formula, Gap string
	Measured                                       bool
	Parts                                          []struct {
		What    string
		Met, Of int
	}
}

func TestEachOfTheThirtyTwoDutiesIsShownWithItsRecordsAndEvents(t *testing.T) {
	_, body := get(t, "/api/v1/duties")
	var list struct{ Duties []task }
	if err := json.Unmarshal([]byte(body), &list); err != nil || len(list.Duties) != 32 {
		t.Fatalf("the interface lists %d duties: %v", len(list.Duties), err)
	}
	desk := signedIn(t, "xu")
	d, err := db.Open(context.Background(), "sqlite:"+filepath.Join(served.folder, "demo", "mingjing.db"), db.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	count := func(query string) (n int) {
		if err := d.Read(context.Background(), func(tx *db.Tx) error { return tx.Row(query).Scan(&n) }); err != nil {
			t.Errorf("%s: %v", query, err)
		}
		return n
	}
	for i, s := range scenarios() {
		duty := list.Duties[i]
		if duty.Number != s.duty || duty.State != s.state || duty.Measured != (s.state != "") {
			t.Errorf("duty %d is %q (measured: %t), want %q: %s", s.duty, duty.State, duty.Measured, s.state, duty.Value)
		}
		address := "/duties/" + strconv.Itoa(s.duty)
		_, open := get(t, address)
		for _, at := range []struct{ where, page string }{{"in public", open}, {"at the desk", desk("/desk" + address)}} {
			words := []string{duty.Requirement, strings.Split(duty.Owner, "\n")[0]}
			if s.duty != 14 || at.where == "at the desk" { // the reasons stand at the desk
				words = append(words, s.says)
			}
			if s.state != "" {
				words = append(words, "算法")
			}
			for _, word := range words {
				if !strings.Contains(at.page, word) {
					t.Errorf("duty %d %s does not say %q", s.duty, at.where, word)
				}
			}
		}
		s.behind(t, desk, count)
	}
}

// behind looks at the evidence, the records and the events of a duty.
func (s scenario) behind(t *testing.T, desk func(string) string, count func(string) int) {
	t.Helper()
	if s.page == "" {
		return
	}
	if !strings.Contains(desk(s.page), s.shows) {
		t.Errorf("the evidence of duty %d at %s does not show %q", s.duty, s.page, s.shows)
	}
	if count(s.record) == 0 {
		t.Errorf("duty %d has no record: %s", s.duty, s.record)
	}
	kinds := strings.Count(s.events, ",") + 1
	if n := count(`SELECT count(DISTINCT kind) FROM event WHERE kind IN (` + s.events + `)`); n != kinds {
		t.Errorf("the ledger holds %d of the %d kinds of events of duty %d: %s", n, kinds, s.duty, s.events)
	}
}

// signedIn reads pages as one of the cast; it reads the public ones, too.
func signedIn(t *testing.T, login string) func(path string) string {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar}
	answer, err := client.PostForm(base(t)+"/desk/login", url.Values{"login": {login}, "password": {"mingjing-demo-2026"}})
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	return func(path string) string {
		t.Helper()
		page, err := client.Get(base(t) + path)
		if err != nil {
			t.Fatal(err)
		}
		defer page.Body.Close()
		body, err := io.ReadAll(io.LimitReader(page.Body, 8<<20))
		if err != nil || page.StatusCode != http.StatusOK {
			t.Errorf("%s answers %d to %s: %v", path, page.StatusCode, login, err)
		}
		return string(body)
	}
}
