package desk_test

import (
	"net/url"
	"strings"
	"testing"

	"mingjing/internal/db"
	"mingjing/internal/oversight/undertaking"
)

// noticed is the address of a supervision notice that waits for its rectification.
func (b *bureau) noticed() string {
	b.T.Helper()
	var u undertaking.Undertaking
	b.Must(b.Write(func(tx *db.Tx) (err error) {
		u, err = undertaking.Enter(tx, b.Supervisor, b.house.Pack, undertaking.Undertaking{Kind: "notice", On: b.Today(), Due: b.Today().AddDays(20),
			Values: map[string]string{"unit": "民间组织管理局", "finding": "笔录没有记明音像记录情况。", "demand": "限期补齐。"}})
		return err
	}))
	return "/desk/duties/30/records/" + u.ID
}

func TestTheDutiesThatAreNoCaseAreKeptOnTheirPages(t *testing.T) {
	bureaus(t, func(t *testing.T, b *bureau) {
		reviewer, head, publisher := b.seat(t, b.Reviewer), b.seat(t, b.Approver), b.seat(t, b.Publisher)
		regime := url.Values{"number": {"四民〔2026〕1号"}, "source": {"本机关制定"}, "from": {b.Today().String()}}
		for i := range 6 {
			regime.Set("section-"+string(rune('0'+i)), "第"+string(rune('一'+i))+"部分的规定。")
		}
		reviewer.post("/desk/duties/1/records/adopt-SP-01", regime).refused().says("更新", "工作责任分工表第1项", "四民〔2026〕1号")
		regime.Set("section-6", "三个工作日内更新。")
		reviewer.post("/desk/duties/1/records/adopt-SP-01", regime).ok().says("《行政执法公示制度》", "现行", "三个工作日内更新。", "台账", "登记制度文本")
		reviewer.get("/desk/duties/1").ok().says("达标", "打开全部依据：落实记录")

		group := url.Values{"on": {b.Today().String()}, "chair": {b.Approver.Name}, "document": {"四民〔2026〕2号"}, "members": {"各科室负责人"}, "office": {"办公室"}}
		if a := publisher.post("/desk/duties/28/records/enter-group", group); a.status != 404 {
			t.Errorf("who publishes forms a leading group: %d", a.status)
		}
		head.signIn()
		head.post("/desk/duties/28/records/enter-group", group).ok().says("成立领导小组", b.Approver.Name, "登记落实事项")
		group.Set("chair", b.Handler.Name)
		head.post("/desk/duties/28/records/enter-group", group).refused().says("不在可选范围内")

		at := b.noticed()
		head.get(at).ok().says("应于"+b.Today().AddDays(20).String()+"前办结", "登记整改结果")
		head.post(at+"/settle", url.Values{"on": {b.Today().String()}, "result": {""}, "accountability": {"不需问责"}}).refused().says("请填写整改结果")
		head.post(at+"/settle", url.Values{"on": {b.Today().String()}, "result": {"已补齐。"}, "accountability": {"不需问责"}}).ok().says("已办结于", "已补齐。", "办结落实事项")
		if a := head.get(at).ok(); strings.Contains(a.main(), "登记整改结果") {
			t.Error("what is settled can be settled again")
		}

		sent := url.Values{"year": {"2026"}, "recipient": {"四平市司法局"}, "sent": {b.Today().String()}, "receipt": {"SJ-1"}, "paper": {"三"}}
		publisher.post("/desk/duties/12/records/send", sent).refused().says("应填写整数")
		sent.Set("paper", "3")
		publisher.post("/desk/duties/12/records/send", sent).refused().says("只能上报已经结束的年度")
		sent.Set("year", "2025")
		publisher.post("/desk/duties/12/records/send", sent).ok().says("2025年行政执法统计年报", "逾期上报", "3宗", "上报统计年报")
		publisher.get("/desk/duties/12").ok().says("未达标", "实于"+b.Today().String()+"上报")
	})
}
