package oversight_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/form"
	"mingjing/internal/house"
	"mingjing/internal/oversight"
	"mingjing/internal/roster"
	"mingjing/internal/testkit"
	"mingjing/internal/testkit/world"
	"mingjing/packs"
)

func TestAnAgencyWithoutRecordsHasNothingMetAndNothingMissed(t *testing.T) {
	testkit.Addresses(t, func(t *testing.T, address string) {
		clock, ctx := testkit.NewClock(t, world.Begins), context.Background()
		h, err := house.Open(ctx, house.Options{Passwords: testkit.Passwords(), Store: address, Folder: t.TempDir(), Packs: []string{"national", "jilin", "siping-civil-affairs"}, Files: packs.FS, Clock: clock.Now})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = h.Close() })
		look := func(when string, judge func(oversight.Light) bool) {
			t.Helper()
			err := h.DB.Read(ctx, func(tx *db.Tx) error {
				board, err := oversight.Board(tx, h.Board())
				if len(board) != len(oversight.Measured()) {
					t.Errorf("%s: %d lights of %d", when, len(board), len(oversight.Measured()))
				}
				for _, l := range board {
					if !judge(l) {
						t.Errorf("%s: duty %d is %s: %s", when, l.Duty, l.State, l.Value)
					}
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		look("before the agency is entered", func(l oversight.Light) bool {
			return l.State == oversight.NotYet && l.Of == 0 && l.Value == "尚无可以计量的记录"
		})
		if err := h.Found(ctx); err != nil {
			t.Fatal(err)
		}
		// The list of items comes with the pack, and is not public yet; the rules, the leading group, the plans are owed from the
		// first day. Nothing else has a record.
		look("with its pack alone", func(l oversight.Light) bool {
			if slices.Contains([]int{2, 3, 4, 6}, l.Duty) {
				return l.State == oversight.Partly || l.State == oversight.Unmet
			}
			if slices.Contains([]int{1, 17, 27, 28, 29, 30, 31}, l.Duty) {
				return l.State == oversight.Unmet && l.Met == 0 && len(l.Missed()) > 0
			}
			return l.State == oversight.NotYet
		})
	})
}

// lived are the cases of a bureau that did all well, as far as something is done wrong to them afterwards.
type lived struct{ minor, major, fallen *world.Case }

// keep lives what a bureau does well.
func keep(b *bureau) lived {
	b.T.Helper()
	b.staff(roster.Officer{Unit: "xzsp", Name: "宋时雨", Position: "受理岗"}, roster.Certificate{})
	b.staff(roster.Officer{Unit: "shsw", Name: "林见鹿", Position: "科员"}, roster.Certificate{Number: "MZB-001", ValidFrom: b.Today().AddDays(-50), ValidTill: b.Today().AddDays(500), StateIssued: true, Filed: true})
	b.Must(b.Write(func(tx *db.Tx) error {
		_, err := roster.EngageCounsel(tx, b.founder(), roster.Counsel{Agency: b.Agency.Code, Name: "穆清扬", Kind: "法律顾问", Organisation: "云山明远律师事务所", From: b.Today()})
		if err != nil {
			return err
		}
		return roster.EndReviewer(tx, b.founder(), b.Agency.Code, b.Unlearned.Account, b.Today().AddDays(-1))
	}))
	b.activate()
	b.organise()
	minor := b.decided(against("云山市晚照诗社"))
	b.publish(minor)
	b.closed(minor)
	b.Days(3)
	b.archived(minor, "20260001")
	complex := world.Major()
	complex.Complex = true
	major := b.decided(complex)
	b.publish(major)
	b.closed(major)
	b.archived(major, "20260002")
	pardoned := b.Lead(against("云山市听雨协会")).Open().Investigate().Report()
	pardoned.Take("no_penalty", map[string]form.Values{"不予行政处罚决定书": {"ground": "初次违法且危害后果轻微并及时改正", "education": "已对当事人进行法治教育。"}})
	pardoned.Take("serve_no_penalty", map[string]form.Values{"送达回证": {"mode": "直接送达", "receiver_role": "法定代表人（负责人）"}})
	b.publish(pardoned)
	fallen := b.Lead(against("云山市望岳协会")).Open().Investigate().Report().Notice().PastWindows()
	fallen.Draft(nil, "")
	fallen.Approve().Decide()
	b.Days(1)
	fallen.Take("serve_decision", map[string]form.Values{"送达回证": {"mode": "留置送达", "receiver_role": "无签收人", "refusal": "当事人拒绝签收。", "witness": map[string]any{"name": "见证人甲", "post": "社区工作人员"}}})
	b.publish(fallen)
	b.annul(fallen)
	b.Must(b.house.Disclosure.Withdraw(context.Background(), b.Publisher, b.publication(fallen), disclosure.Withdrawal{Ground: "撤销", Document: "四政复决字〔2026〕9号", Reason: "行政复议决定撤销原处罚决定。"}))
	b.onTheSpot()
	b.imported("文号,标题,正文,日期,当事人\n示民罚决字〔2020〕1号,对第一中心的处罚决定,未按规定年检。,2020-05-06,第一中心\n示民罚决字〔2020〕2号,对第二中心的处罚决定,未按规定年检。,2020-05-06,第二中心\n")
	b.share()
	_, err := b.house.Ledger.Checkpoint(context.Background(), b.Agency.Code)
	b.Must(err)
	return lived{minor, major, fallen}
}

func (b *bureau) annul(c *world.Case) {
	b.T.Helper()
	c.Take("annul_decision", map[string]form.Values{"决定变动登记": {"ground": "撤销", "organ": "四平市人民政府", "document": "四政复决字〔2026〕9号", "received_on": b.Today().String(), "reason": "行政复议决定撤销原处罚决定。"}})
}

// miss does one thing wrong for each part: by command where the program lets it happen, past it where its gates forbid it.
func miss(b *bureau, done lived) {
	b.T.Helper()
	b.staff(roster.Officer{Unit: "xzsp", Name: "贺晴川"}, roster.Certificate{})
	b.staff(roster.Officer{Unit: "shsw", Name: "江上舟", Position: "科员"}, roster.Certificate{Number: "MZB-002", ValidFrom: b.Today().AddDays(-50), ValidTill: b.Today().AddDays(400), StateIssued: true})
	b.staff(roster.Officer{Unit: "shsw", Name: "夏知秋", Position: "科员"}, roster.Certificate{Number: "MZB-003", ValidFrom: b.Today().AddDays(-90), ValidTill: b.Today().AddDays(-1)})
	for i := range 60 { // so many that three reviewers are too few
		b.staff(roster.Officer{Unit: "shsw", Name: fmt.Sprintf("新人%d号", i), Position: "科员"}, roster.Certificate{Number: fmt.Sprintf("XR-%03d", i), ValidFrom: b.Today(), ValidTill: b.Today().AddDays(700)})
	}
	b.decided(against("云山市归雁协会")) // and nobody publishes it
	late := b.Lead(against("云山市问渠协会")).Open().Investigate().Report()
	late.Take("no_penalty", map[string]form.Values{"不予行政处罚决定书": {"ground": "初次违法且危害后果轻微并及时改正", "education": "已对当事人进行法治教育。"}})
	late.Take("serve_no_penalty", map[string]form.Values{"送达回证": {"mode": "直接送达", "receiver_role": "法定代表人（负责人）"}})
	fallen := b.decided(against("云山市拾光协会"))
	b.publish(fallen)
	b.annul(fallen)
	drawer := b.decided(against("云山市枕流协会"))
	b.publish(drawer)
	b.closed(drawer)
	refused := b.Lead(world.Major()).Open().Investigate().Report().Notice().PastWindows()
	refused.Draft(nil, "")
	id := b.submit(refused)
	b.Must(b.judge(refused, b.Reviewer, id, "accept_review", nil))
	b.Must(b.judge(refused, b.Reviewer, id, "refuse_review", map[string]form.Values{"法制审核意见书": denied()}))
	b.Must(b.judge(refused, b.UnitHead, id, "raise_dispute", nil))
	b.imported("文号,标题,正文,日期,当事人\n示民罚决字〔2026〕7号,对第三中心的处罚决定,未按规定年检。," + b.Today().String() + ",第三中心\n示民罚决字〔2026〕8号,,,,第四中心\n")
	second := world.Major()
	second.Parties = []map[string]any{world.Organisation("云山市观澜协会")}
	waved := b.decided(second)
	b.Must(b.Write(func(tx *db.Tx) error {
		for _, c := range counsels(b, tx) {
			b.Must(roster.EndCounsel(tx, b.founder(), c.ID, b.Today()))
		}
		return roster.AppointReviewer(tx, b.founder(), roster.Reviewer{Agency: b.Agency.Code, Account: b.Unlearned.Account, Unit: "fgk", From: b.Today()})
	}))
	b.Days(45)
	tamper(b, done, waved)
}

func counsels(b *bureau, tx *db.Tx) []roster.Counsel {
	list, err := roster.Counsels(tx, b.Agency.Code, b.Today(), "", 10)
	b.Must(err)
	return list
}

// tamper changes past the program what its gates refuse.
func tamper(b *bureau, done lived, waved *world.Case) {
	b.T.Helper()
	minor, major := done.minor, done.major
	doc := func(kind string, c *world.Case, old, new string) {
		b.past("document", `UPDATE document SET body = replace(body, $1, $2) WHERE kind = $3 AND case_id = $4`, old, new, kind, c.ID)
	}
	doc("现场检查笔录", minor, `"cert_shown":true`, `"cert_shown":false`)
	doc("现场检查笔录", minor, world.SecondCertificate, "000000000000")
	doc("现场检查笔录", minor, `"recording":`, `"unrecorded":`)
	doc("行政处罚决定书", minor, `"court":`, `"no_court":`)
	doc("行政处罚事先告知书", minor, `"contact_phone":`, `"no_phone":`)
	doc("法制审核意见书", major, `"procedure":"是"`, `"procedure":"否"`)
	doc("法制审核意见书", waved, `"crime":"不涉嫌犯罪"`, `"crime":""`)
	b.past("document", `UPDATE document SET body = replace(body, '"told":true', '"told":false') WHERE kind = '当场行政处罚决定书'`)
	doc("卷内备考表", major, `"checked_by":`, `"unchecked_by":`)
	b.past("document", `UPDATE document SET body = replace(body, '"witness":', '"nobody":') WHERE body LIKE '%留置送达%' AND kind = '送达回证'`)
	b.past("document", `UPDATE document SET kind = '废纸' WHERE kind = '履行确认登记' AND case_id = $1`, minor.ID)
	b.past("document", `UPDATE document SET made_on = '2030-01-01' WHERE kind = '重大执法决定目录核对表' AND case_id = $1`, minor.ID)
	b.past("document", `UPDATE document SET kind = '废纸' WHERE kind = '案卷目录' AND case_id = $1`, major.ID)
	b.past("delivery", `UPDATE delivery SET effective_on = '2030-01-01' WHERE purpose = 'notice' AND case_id = $1`, minor.ID)
	b.past("decision", `UPDATE decision SET review_id = 'none', major = $2 WHERE case_id = $1`, major.ID, true)
	b.past("decision", `UPDATE decision SET major = $2 WHERE case_id = $1`, waved.ID, false)
	b.past("publication", `UPDATE publication SET reason = '' WHERE case_id = $1`, done.fallen.ID)
	b.past("publication", `UPDATE publication SET result = '' WHERE case_id = $1`, minor.ID)
	b.past("certificate", `UPDATE certificate SET class = '' WHERE number = 'MZB-001'`)
	b.past("pub_snapshot", `DELETE FROM pub_snapshot WHERE kind = 'agency'`)
	b.past("pub_snapshot", `DELETE FROM pub_snapshot WHERE kind = 'item' AND key = 'MZ-CF-001'`)
	b.past("item", `UPDATE item SET body = replace(replace(body, '"effective_from":', '"effective_to":"2020-01-01","effective_from":'), '"acceptor":', '"no_acceptor":') WHERE code = 'MZ-CF-001'`)
	b.past("item", `UPDATE item SET body = replace(body, '"owner":', '"no_owner":') WHERE code = 'MZ-JC-001'`)
	b.past("pack_row", `UPDATE pack_row SET body = replace(body, '"class":"经听证"', '"class":"其他"') WHERE section = 'trigger'`)
	b.past("case_officer", `UPDATE case_officer SET certificate = '000000000000' WHERE case_id = $1 AND certificate = $2`, minor.ID, world.SecondCertificate)
	b.disorganise()
	b.past("review", `UPDATE review SET reviewer = $2, complete_on = '', due_on = '2026-01-01', counsel = '' WHERE case_id = $1`, major.ID, b.Handler.Account)
}

// against is a small matter of a party of its own.
func against(name string) world.Matter {
	m := world.Minor()
	m.Parties = []map[string]any{world.Organisation(name)}
	return m
}

func denied() form.Values {
	v := opinion("不同意")["法制审核意见书"]
	v["facts_clear"], v["facts_clear_note"], v["reasons"] = "否", "关键事实仅有当事人陈述。", "证据不足。"
	return v
}

// wanted is what a part is short of: when all is kept, and by how much more when one thing of it is missed.
type wanted struct {
	duty       int
	part       string
	kept, more int
	kind       string // of the records that are missed
}

// open says that a part is short by what the shipped pack leaves open (items whose text is not read yet, formats that the
// province has not given out); how much that is, is the pack's matter.
const open = -1

func expectations() []wanted {
	return []wanted{
		{2, "执法主体信息已公开", 0, 1, "platform"},
		{2, "执法人员已公开", 0, 62, "officer"},
		{2, "事项的执法依据已公开", 0, 1, "item"},
		{2, "事项的执法程序已公开", open, 1, "item"},
		{2, "事项的救济渠道已公开", open, 1, "item"},
		{2, "到期的执法结果已公开", 0, 4, "publication"},
		{3, "事项的主体、职责、权限、依据、救济渠道齐全", open, 1, "item"},
		{3, "事项的依据现行有效", 0, 1, "item"},
		{3, "事项清单已公开", 0, 1, "item"},
		{3, "执法人员已公开", 0, 62, "officer"},
		{4, "检查事项明确抽查主体、依据", open, 1, "item"},
		{4, "检查人员名录库不少于两名持证人员", 0, 0, ""},
		{5, "执法人员五项信息齐全", 0, 1, "officer"},
		{5, "执法证件在有效期内", 0, 1, "officer"},
		{5, "办案人员办案时证件有效", 0, 1, "case"},
		{6, "事项指南六要素齐全", open, 1, "item"},
		{7, "两名以上当日持有效证件的人员执法", 0, 1, "case"},
		{7, "主动出示执法证件", 0, 1, "case"},
		{7, "国务院部门颁发的证件已备案", 0, 1, "officer"},
		{8, "处罚决定前已告知", 0, 1, "case"},
		{8, "告知书载明内容、事实、理由、依据和权利", 0, 1, "case"},
		{8, "当场处罚已告知事由、依据和权利", 0, 1, "case"},
		{8, "决定书载明复议、诉讼途径", 0, 1, "case"},
		{9, "窗口人员单位、姓名、职务齐全", 0, 1, "officer"},
		{9, "载明咨询服务、投诉举报方式", 0, 0, ""},
		{10, "处罚、许可决定7个工作日内公开", 0, 3, "publication"},
		{10, "其他执法决定20个工作日内公开", 0, 1, "publication"},
		{10, "公开了执法机关、对象、类别、结论", 0, 1, "publication"},
		{11, "失效决定按期撤下", 0, 1, "publication"},
		{11, "撤下时公开说明理由", 0, 1, "publication"},
		{13, "结案案件全过程六个阶段有记录", 0, 1, "case"},
		{14, "在用文书种类依照省级或者部委指引", open, 1, "form"},
		{15, "文书法定要素齐备", open, open, "case"},
		{15, "文书使用省级或者部委格式", open, open, "case"},
		{15, "案卷有目录和备考表", 0, 1, "case"},
		{16, "笔录记明音像记录情况", 0, 1, "case"},
		{16, "应当记录的环节有音像或者见证记录", 0, 1, "case"},
		{18, "结案后30日内归档", 0, 1, "case"},
		{18, "案卷有专人立卷、检查", 0, 1, "case"},
		{19, "重大决定经法制审核", 0, 1, "case"},
		{20, "由法制审核机构审核", 0, 1, "review"},
		{21, "法制审核人员达到执法人员的5%", 0, 1, "reviewers"},
		{21, "审核人员具有法律职业资格", 0, 1, "reviewers"},
		{22, "在聘的法律顾问或者公职律师不少于一人", 0, 1, "counsels"},
		{22, "疑难复杂案件审核有法律顾问或者公职律师参与", 0, 1, "review"},
		{23, "决定前核对审核目录", 0, 1, "case"},
		{23, "符合目录的均按重大决定审核", 0, 1, "case"},
		{23, "目录含有五类应当审核的情形", 0, 1, "triggers"},
		{24, "审核意见九项逐项作出结论", 0, 1, "case"},
		{24, "有否定结论的未出具“同意”", 0, 1, "case"},
		{24, "审核内容清单列明9项", 0, 0, ""},
		{25, "按期提出审核意见", 0, 1, "review"},
		{25, "送审材料齐备后审核", 0, 1, "review"},
		{25, "审核异议按期书面处理", 0, 1, "case"},
		{26, "留痕已签名存证的案件", 0, open, "case"},
		{26, "启用后的决定在系统内办理", 0, 1, "publication"},
		{27, "历史数据汇集成功", 0, 1, "import"},
		{1, "《行政执法公示制度》明确范围、载体、采集、传递、审核、发布、更新", 0, 1, "records"},
		{12, "统计年报次年1月31日前上报", 0, 1, "records"},
		{17, "《执法行为用语指引》明确正文", 0, 1, "records"},
		{17, "《执法行为用语指引》使用省级或者国务院部门统一文本", 0, 1, "records"},
		{17, "持证执法人员一年内学习过指引", 0, open, "officer"},
		{27, "《执法数据标准和信息共享目录》明确数据标准、种类、范围、流程、使用方式", 0, 1, "records"},
		{27, "三十日内向平台汇集共享过执法数据", 0, 1, "records"},
		{28, "成立了由主要负责人任组长的领导小组", 0, 1, "records"},
		{28, "一百八十日内召开过领导小组会议", 0, 1, "records"},
		{28, "重大问题按期解决", 0, 1, "undertaking"},
		{29, "一年内与上级部门沟通联系过", 0, 1, "records"},
		{29, "一年内督促指导过下级部门", 0, 1, "records"},
		{29, "下级部门按期报告落实情况", 0, 1, "undertaking"},
		{30, "一年内开展过督察通报", 0, 1, "records"},
		{30, "督察问题按期整改", 0, 1, "undertaking"},
		{30, "一年内纳入依法行政考核和部门绩效考评", 0, 1, "records"},
		{31, "本年度执法经费已纳入财政预算", 0, 1, "records"},
		{31, "装备配备标准、装备配备规划、设施建设规划均经财政部门批准", 0, 1, "records"},
		{31, "年度实施计划经财政部门批准", 0, 1, "records"},
		{32, "持证执法人员一年内参加过专题培训", 0, open, "officer"},
	}
}

// states are how the duties stand when all is kept, and when one thing of each is missed.
func states() map[int][2]oversight.State {
	const met, sofar, partly, unmet = oversight.Met, oversight.MetSoFar, oversight.Partly, oversight.Unmet
	return map[int][2]oversight.State{5: {met, partly}, 7: {sofar, unmet}, 8: {met, unmet}, 9: {sofar, unmet}, 10: {met, unmet}, 11: {met, unmet}, 13: {sofar, unmet}, 16: {sofar, unmet},
		18: {met, unmet}, 19: {met, unmet}, 20: {met, unmet}, 21: {met, unmet}, 22: {sofar, unmet}, 23: {met, unmet}, 24: {met, unmet}, 25: {met, unmet}, 26: {sofar, unmet}, 27: {sofar, unmet},
		14: {unmet, unmet}, 1: {met, unmet}, 12: {sofar, unmet}, 17: {sofar, unmet}, 28: {met, unmet}, 29: {sofar, unmet}, 30: {sofar, unmet}, 31: {sofar, unmet}, 32: {sofar, unmet}}
}

func TestEachLightCountsWhatIsKeptAndFindsWhatIsMissed(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		done := keep(b)
		b.Clock.Advance(2 * time.Minute) // what waits for a checkpoint is not missed within a minute
		kept := b.board()
		miss(b, done)
		missed := b.board()
		seen := 0
		for _, w := range expectations() {
			w.judge(t, kept[w.duty], missed[w.duty])
			seen++
		}
		for duty, want := range states() {
			if got := [2]oversight.State{kept[duty].State, missed[duty].State}; got != want {
				t.Errorf("duty %d is %v, want %v: %s; %s", duty, got, want, kept[duty].Value, missed[duty].Value)
			}
		}
		for _, l := range missed {
			seen -= len(l.Parts)
			if l.Formula == "" || l.At.IsZero() || !strings.Contains(l.Value, "/") {
				t.Errorf("duty %d does not say how and when it was computed: %q %s", l.Duty, l.Formula, l.At)
			}
		}
		if seen != 0 {
			t.Errorf("%d parts of lights have no expectation", -seen)
		}
	})
}

func (w wanted) judge(t *testing.T, kept, missed oversight.Light) {
	t.Helper()
	find := func(l oversight.Light) (oversight.Part, bool) {
		i := slices.IndexFunc(l.Parts, func(p oversight.Part) bool { return p.What == w.part })
		if i < 0 {
			return oversight.Part{}, false
		}
		return l.Parts[i], true
	}
	before, there := find(kept)
	after, still := find(missed)
	if !there || !still {
		t.Errorf("duty %d has no part %q", w.duty, w.part)
		return
	}
	if after.Of == 0 || before.Of == 0 && w.part != "审核异议按期书面处理" && w.part != "有否定结论的未出具“同意”" {
		t.Errorf("duty %d %s was measured on %d and %d records", w.duty, w.part, before.Of, after.Of)
	}
	short := before.Of - before.Met
	if w.kept != open && short != w.kept {
		t.Errorf("duty %d %s is short by %d when all is kept, want %d: %v", w.duty, w.part, short, w.kept, before.Missed)
	}
	if more := after.Of - after.Met - short; w.more == open && more <= 0 || w.more != open && more != w.more {
		t.Errorf("duty %d %s is short by %d more when one is missed, want %d: %v", w.duty, w.part, more, w.more, after.Missed)
	}
	if w.kind != "" && (len(after.Missed) == 0 || after.Missed[0].Kind != w.kind || after.Missed[0].Title == "" || after.Missed[0].Why == "") {
		t.Errorf("duty %d %s does not name what is missed: %v", w.duty, w.part, after.Missed)
	}
}
