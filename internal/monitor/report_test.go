package monitor

import (
	"strings"
	"testing"
)

func TestAReportTellsALateAgencyFromAFalseRecord(t *testing.T) {
	late := Finding{ID: "1", Kind: LatePublish, Text: "公示 x 逾期 7 日"}
	edited := Finding{Kind: Edited, Text: "页面与日志不符"}
	for _, c := range []struct {
		findings []Finding
		want     []string
		not      string
	}{
		{nil, []string{"没有发现问题。"}, "退出状态"},
		{[]Finding{late}, []string{"没有发现被改动", "机关履职：1 个问题", "不说明记录被改动", "（编号 1）", "退出状态为 1"}, "与其所称不符"},
		{[]Finding{edited}, []string{"记录和页面：1 个问题", "与其所称不符", "没有发现逾期等问题"}, "没有发现被改动"},
		{[]Finding{late, edited}, []string{"记录和页面：1 个问题", "机关履职：1 个问题"}, "没有发现被改动"},
	} {
		text := Report{Findings: c.findings}.Text()
		for _, want := range c.want {
			if !strings.Contains(text, want) {
				t.Errorf("%d findings: no %q in\n%s", len(c.findings), want, text)
			}
		}
		if strings.Contains(text, c.not) {
			t.Errorf("%d findings: %q in\n%s", len(c.findings), c.not, text)
		}
	}
}

// TestWhatIsNoConductIsOfTheRecord: a kind that somebody adds counts against the record until it is said to be conduct.
func TestWhatIsNoConductIsOfTheRecord(t *testing.T) {
	if (Finding{Kind: "new"}).Conduct() || (Finding{Kind: Backdated}).Conduct() || !(Finding{Kind: Overdue}).Conduct() {
		t.Error("the kinds are parted wrongly")
	}
}
