package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"mingjing/internal/db"
	"mingjing/internal/testkit"
)

// scenario is one duty as it is seen from outside after the demonstration's year: how the public and the desk show it, what
// record stands behind it, and what the ledger says of that.
type scenario struct {
	duty   int
	state  string // as the public interface has it
	says   string // on the page of the duty, at the desk and in public
	page   string // where the evidence is looked at
	shows  string // what stands there
	record string // a query that counts records behind the light
	events string // what the ledger says of them: kind, role of the actor, and what else stands in the leaf
}

func scenarios() []scenario {
	const published = `SELECT count(*) FROM publication WHERE published_on <> ''`
	return []scenario{
		{1, "met", "《行政执法公示制度》明确范围、载体、采集、传递、审核、发布、更新", "/desk/duties/1/records", "《行政执法公示制度》", `SELECT count(*) FROM rule_text WHERE code = 'SP-01' AND until_on = '' AND body LIKE '%"载体":%'`, `rule.adopted reviewer SP-01`},
		{2, "partly", "到期的执法结果已公开", "/publications", "云山市", `SELECT count(*) FROM pub_snapshot WHERE kind = 'officer'`, `disclosure.list_published publisher, publication.published publisher`},
		{3, "partly", "事项清单已公开", "/items", "社会团体", `SELECT count(*) FROM pub_snapshot WHERE kind = 'item'`, `pack.activated administrator, disclosure.list_published publisher`},
		{4, "partly", "检查事项明确抽查主体、依据", "/items?class=%E8%A1%8C%E6%94%BF%E6%A3%80%E6%9F%A5", "监督检查", `SELECT count(*) FROM item WHERE class = '行政检查'`, `pack.activated administrator`},
		{5, "met", "执法人员五项信息齐全", "/officers", "DEMO-220300-001", `SELECT count(*) FROM certificate`, `officer.added administrator, certificate.added administrator`},
		{6, "partly", "事项指南六要素齐全", "/items/MZ-QT-013", "开展服务活动前提出备案", `SELECT count(*) FROM item WHERE body LIKE '%"guide"%'`, `pack.activated administrator`},
		{7, "sofar", "两名以上当日持有效证件的人员执法", "/desk/officers", "周启明", `SELECT count(*) FROM document WHERE kind = '现场检查笔录' AND body LIKE '%"cert_shown":true%'`, `case.inspected handler`},
		{8, "met", "处罚决定前已告知", "/desk/cases", "云山市", `SELECT count(*) FROM delivery WHERE purpose = 'notice' AND effective_on <> ''`, `case.notice_served handler, delivery.made handler`},
		{9, "sofar", "窗口人员单位、姓名、职务齐全", "/desk/officers?unit=xzsp", "贺晴川", `SELECT count(*) FROM officer WHERE unit = 'xzsp'`, `officer.added administrator`},
		{10, "partly", "处罚、许可决定7个工作日内公开", "/publications", "行政处罚决定", published, `disclosure.committed handler, publication.published publisher`},
		{11, "met", "失效决定按期撤下", "/publications?state=withdrawn", "已撤下", `SELECT count(*) FROM publication WHERE state = 'withdrawn' AND reason <> ''`, `decision.annulled approver, publication.withdrawn publisher`},
		{12, "sofar", "统计年报次年1月31日前上报", "/desk/duties/12/records", "行政执法统计年报", `SELECT count(*) FROM annual_return WHERE sent_on <> '' AND receipt <> '' AND body LIKE '%"total":%'`, `return.sent publisher`},
		{13, "sofar", "结案案件全过程六个阶段有记录", "/desk/cases", "云山市", `SELECT count(*) FROM case_file WHERE closed_on <> ''`, `case.opened approver, case.inspected handler, case.catalogue_checked handler, decision.made handler, delivery.made handler, case.performed handler, case.closed approver`},
		{14, "unmet", "待替换为省级格式", "/desk/cases", "云山市", `SELECT count(*) FROM document`, `decision.made handler`},
		{15, "unmet", "文书法定要素齐备", "/desk/cases", "云山市", `SELECT count(*) FROM document WHERE number <> ''`, `decision.made handler`},
		{16, "sofar", "应当记录的环节有音像或者见证记录", "/desk/cases", "云山市", `SELECT count(*) FROM attachment WHERE kind = '录音录像'`, `document.attached handler, case.hearing_held handler`},
		{17, "sofar", "持证执法人员一年内学习过指引", "/desk/duties/17/records", "学习执法行为用语指引", `SELECT count(*) FROM undertaking u JOIN undertaking_officer o ON o.undertaking = u.id WHERE u.kind = 'learning'`, `rule.adopted reviewer SP-17, undertaking.entered unit_head duty-17`},
		{18, "partly", "结案后30日内归档", "/desk/cases", "云山市", `SELECT count(*) FROM case_file WHERE state = 'archived'`, `case.closed approver, case.archived archivist`},
		{19, "met", "重大决定经法制审核", "/desk/reviews/all", "云山市", `SELECT count(*) FROM decision WHERE major AND review_id <> ''`, `review.submitted handler, review.passed reviewer`},
		{20, "met", "由法制审核机构审核", "/desk/reviewers", "沈明法", `SELECT count(*) FROM reviewer`, `reviewer.appointed administrator, review.accepted reviewer`},
		{21, "met", "法制审核人员达到执法人员的5%", "/desk/reviewers", "韩立方", `SELECT count(*) FROM reviewer WHERE qualification <> ''`, `reviewer.appointed administrator`},
		{22, "sofar", "疑难复杂案件审核有法律顾问或者公职律师参与", "/desk/counsels", "穆清扬", `SELECT count(*) FROM review WHERE counsel <> ''`, `counsel.engaged administrator, review.counsel_consulted reviewer`},
		{23, "met", "符合目录的均按重大决定审核", "/desk/triggers", "涉及重大公共利益的", `SELECT count(*) FROM pack_row WHERE section = 'trigger'`, `pack.activated administrator, case.catalogue_checked handler`},
		{24, "met", "审核意见九项逐项作出结论", "/desk/reviews/all", "云山市", `SELECT count(*) FROM document WHERE kind = '法制审核意见书'`, `review.passed reviewer, review.returned reviewer, review.refused reviewer`},
		{25, "met", "审核异议按期书面处理", "/desk/reviews/all", "云山市", `SELECT count(*) FROM document WHERE kind = '异议处理决定书'`, `review.disputed unit_head, review.upheld approver`},
		{26, "sofar", "留痕已签名存证的案件", "/desk/ledger", "台账", `SELECT count(*) FROM checkpoint`, `case.lead_recorded handler`},
		{27, "sofar", "三十日内向平台汇集共享过执法数据", "/desk/duties/27/records", "向一体化平台汇集共享执法数据", `SELECT count(*) FROM undertaking WHERE kind = 'sharing' AND body LIKE '%"receipt":"YS-%'`, `rule.adopted reviewer SP-27, undertaking.entered unit_head duty-27`},
		{28, "met", "成立了由主要负责人任组长的领导小组", "/desk/duties/28/records", "领导小组会议", `SELECT count(*) FROM undertaking WHERE kind = 'meeting' AND body LIKE '%"chair":"陆正则"%'`, `undertaking.entered approver duty-28, undertaking.settled approver duty-28`},
		{29, "sofar", "下级部门按期报告落实情况", "/desk/duties/29/records", "对下督促指导", `SELECT count(*) FROM undertaking WHERE kind = 'guidance' AND settled_on <> '' AND settled_on <= due_on`, `undertaking.entered unit_head duty-29, undertaking.settled unit_head duty-29`},
		{30, "partly", "督察问题按期整改", "/desk/duties/30/records", "逾期办结于", `SELECT count(*) FROM undertaking WHERE kind = 'notice' AND outcome LIKE '%"accountability":%'`, `undertaking.entered supervisor duty-30, undertaking.settled supervisor duty-30`},
		{31, "sofar", "装备配备标准、装备配备规划、设施建设规划均经财政部门批准", "/desk/duties/31/records", "执法经费纳入财政预算", `SELECT count(*) FROM undertaking WHERE kind = 'equipment-plan' AND outcome LIKE '%"approval":%'`, `undertaking.entered approver duty-31, undertaking.settled approver duty-31`},
		{32, "sofar", "持证执法人员一年内参加过专题培训", "/desk/duties/32/records", "专题培训", `SELECT count(*) FROM undertaking u JOIN undertaking_officer o ON o.undertaking = u.id WHERE u.kind = 'training'`, `undertaking.entered unit_head duty-32`},
	}
}

// lacking names what a scenario does not assert of its duty.
func (s scenario) lacking() []string {
	var list []string
	for what, there := range map[string]bool{"a page": s.page != "" && s.shows != "" && s.says != "" && s.state != "", "a record": strings.HasPrefix(s.record, "SELECT count("), "an event": s.events != ""} {
		if !there {
			list = append(list, what)
		}
	}
	for _, event := range strings.Split(s.events, ", ") {
		if n := len(strings.Fields(event)); n < 2 {
			list = append(list, "the actor of an event")
		}
	}
	return list
}

func TestEachOfTheThirtyTwoDutiesHasAScenarioOfPagesRecordsAndEvents(t *testing.T) {
	seen := map[int]int{}
	for _, s := range scenarios() {
		seen[s.duty]++
		if lacks := s.lacking(); len(lacks) > 0 {
			t.Errorf("the scenario of duty %d asserts not: %v", s.duty, lacks)
		}
	}
	for duty := 1; duty <= 32; duty++ {
		if seen[duty] != 1 {
			t.Errorf("duty %d has %d scenarios", duty, seen[duty])
		}
	}
	if len(seen) != 32 {
		t.Errorf("there are scenarios of %d duties", len(seen))
	}
	for what, s := range map[string]scenario{"no page": {duty: 1, record: "SELECT count(*) FROM x", events: "a b"}, "no record": {1, "met", "a", "/a", "a", "", "a b"},
		"no event": {1, "met", "a", "/a", "a", "SELECT count(*) FROM x", ""}, "no actor": {1, "met", "a", "/a", "a", "SELECT count(*) FROM x", "a"}} {
		if len(s.lacking()) == 0 {
			t.Errorf("a scenario with %s passes", what)
		}
	}
}

// stage is a demonstration that is served, with the store behind it.
type stage struct {
	*testing.T
	address, store, folder string
	d                      *db.DB
}

// stages runs the body on the demonstration on SQLite and, where a PostgreSQL server is at hand, on one that lives there.
func stages(t *testing.T, body func(s *stage)) {
	t.Helper()
	run := func(name string, open func(t *testing.T) *stage) {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			d, err := db.Open(t.Context(), s.store, db.Options{ReadOnly: true})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { d.Close() })
			s.T, s.d = t, d
			body(s)
		})
	}
	run("sqlite", func(t *testing.T) *stage {
		folder := filepath.Join(served.folder, "demo")
		return &stage{address: base(t), store: "sqlite:" + filepath.Join(folder, "mingjing.db"), folder: folder}
	})
	if server := testkit.Postgres(); server != "" {
		run("postgres", func(t *testing.T) *stage {
			base(t) // the binary
			s := &stage{store: testkit.Database(t, server), folder: t.TempDir()}
			ctx, stop := context.WithCancel(context.Background())
			demo, address, err := launch(ctx, s.folder, "--db", s.store)
			t.Cleanup(func() {
				stop()
				_ = demo.Wait() // it was killed
			})
			if err != nil {
				t.Fatal(err)
			}
			s.address = address
			return s
		})
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
	stages(t, func(s *stage) {
		var list struct{ Duties []task }
		public := s.signedIn("")
		if err := json.Unmarshal([]byte(public("/api/v1/duties")), &list); err != nil || len(list.Duties) != 32 {
			s.Fatalf("the interface lists %d duties: %v", len(list.Duties), err)
		}
		desk := s.signedIn("xu")
		s.sound()
		for i, x := range scenarios() {
			s.Run(fmt.Sprintf("duty %d", x.duty), func(t *testing.T) {
				at := &stage{T: t, address: s.address, d: s.d}
				x.shown(at, list.Duties[i], public, desk)
				x.behind(at, desk)
			})
		}
	})
}

// shown looks at the pages of a duty.
func (s scenario) shown(at *stage, duty task, public, desk func(string) string) {
	at.Helper()
	if duty.Number != s.duty || duty.State != s.state || !duty.Measured || len(duty.Parts) == 0 {
		at.Errorf("it is %q with %d parts, want %q: %s", duty.State, len(duty.Parts), s.state, duty.Value)
	}
	address := "/duties/" + strconv.Itoa(s.duty)
	open, own := public(address), desk("/desk"+address)
	for _, seen := range []struct{ where, page string }{{"in public", open}, {"at the desk", own}} {
		words := []string{duty.Requirement, strings.Split(duty.Owner, "\n")[0], "算法"}
		if s.duty != 14 || seen.where == "at the desk" { // the reasons stand at the desk
			words = append(words, s.says)
		}
		for _, word := range words {
			if !strings.Contains(mainOf(seen.page), word) {
				at.Errorf("%s it does not say %q", seen.where, word)
			}
		}
	}
	// The light has a row for each part, and one click leads to the evidence.
	for _, part := range duty.Parts {
		if !strings.Contains(own, `<th scope="row">`+part.What) {
			at.Errorf("the table of its light has no row %q", part.What)
		}
	}
	if link := evidenceLink.FindStringSubmatch(own); link == nil {
		at.Errorf("no click leads to the evidence")
	} else if desk(link[1]) == "" {
		at.Errorf("%s shows nothing", link[1])
	}
	if !strings.Contains(mainOf(desk(s.page)), s.shows) {
		at.Errorf("the evidence at %s does not show %q", s.page, s.shows)
	}
}

var (
	evidenceLink = regexp.MustCompile(`href="(/desk/[^"]+)">打开全部依据`)
	mainPart     = regexp.MustCompile(`(?s)<main.*</main>`)
)

// mainOf is the page without what surrounds every page.
func mainOf(page string) string { return mainPart.FindString(page) }

// behind looks at the records and the events of a duty: each kind was appended by somebody in the role whose work it is, and
// lies under a signed checkpoint.
func (s scenario) behind(at *stage, desk func(string) string) {
	at.Helper()
	if at.count(s.record) == 0 {
		at.Errorf("there is no record: %s", s.record)
	}
	for _, event := range strings.Split(s.events, ", ") {
		words := strings.Fields(event)
		query, args := `SELECT count(*) FROM event e WHERE e.kind = $1 AND e.leaf LIKE $2 AND e.actor <> '' AND e.leaf LIKE '%' || e.actor || '%'
			AND e.seq < (SELECT max(c.size) FROM checkpoint c WHERE c.agency = e.agency)`, []any{words[0], `%"role":"` + words[1] + `"%`}
		if len(words) > 2 {
			query, args = query+` AND e.leaf LIKE $3`, append(args, `%"`+words[2]+`"%`)
		}
		if at.count(query, args...) == 0 {
			at.Errorf("the ledger holds no event %s", event)
		}
	}
}

// count asks the store.
func (s *stage) count(query string, args ...any) (n int) {
	s.Helper()
	if err := s.d.Read(context.Background(), func(tx *db.Tx) error { return tx.Row(query, args...).Scan(&n) }); err != nil {
		s.Errorf("%s: %v", query, err)
	}
	return n
}

// sound has the binary verify the ledger, and recompute every row that it speaks of.
func (s *stage) sound() {
	s.Helper()
	for _, verb := range []string{"verify", "recheck"} {
		if out, err := exec.Command(served.binary, verb, "--db", s.store, "--folder", s.folder).CombinedOutput(); err != nil {
			s.Fatalf("%s: %v\n%s", verb, err, out)
		}
	}
}

// signedIn reads pages as one of the cast; nobody reads the public ones.
func (s *stage) signedIn(login string) func(path string) string {
	s.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.Fatal(err)
	}
	client := &http.Client{Jar: jar}
	if login != "" {
		answer, err := client.PostForm(s.address+"/desk/login", url.Values{"login": {login}, "password": {"mingjing-demo-2026"}})
		if err != nil {
			s.Fatal(err)
		}
		answer.Body.Close()
	}
	return func(path string) string {
		s.Helper()
		page, err := client.Get(s.address + path)
		if err != nil {
			s.Fatal(err)
		}
		defer page.Body.Close()
		body, err := io.ReadAll(io.LimitReader(page.Body, 8<<20))
		if err != nil || page.StatusCode != http.StatusOK {
			s.Errorf("%s answers %d to %q: %v", path, page.StatusCode, login, err)
		}
		return string(body)
	}
}
