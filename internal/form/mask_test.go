package form

import (
	"strings"
	"testing"
)

// kept leaves a text as it is, so that a test sees what the form itself masks.
func kept(text string) string { return text }

func TestAMaskedPaperShowsWhoAndNotWhereOrWithWhatNumber(t *testing.T) {
	kind, meta := kindNamed(t, "行政处罚事先告知书"), wholePaper()
	values := stored(t, "notice")
	values["facts"] = values.Text("facts") + "当事人柳三木（1990年5月1日出生，电话13900000000）住云山市西河区杏园小区3栋。"
	clear := Text(kind, values, meta)
	meta.Mask = kept
	masked := Text(kind, values, meta)
	holds(t, masked, "柳三木", publicBlank)
	for _, secret := range []string{"1990年5月1日", "1990-05-01", "13900000000", "杏园小区3栋"} {
		if !strings.Contains(clear, secret) && secret != "1990-05-01" {
			t.Errorf("%s does not stand in the clear paper, so that the test proves nothing", secret)
		}
		if strings.Contains(masked, secret) {
			t.Errorf("%s stands in the masked paper", secret)
		}
	}
	if !strings.Contains(Text(kind, values, wholePaper()), "13900000000") {
		t.Error("the masked copy changed the values themselves")
	}
}

func TestAMaskedPaperKeepsTheSeatOfAnOrganisation(t *testing.T) {
	kind, meta := kindNamed(t, "行政处罚决定书"), wholePaper()
	values := filled(kind, 0)
	values["party"] = map[string]any{"kind": "法人或者其他组织", "name": "云山市晨光书画协会", "address": "云山市文化街1号", "legal_rep": "闻人月", "phone": "13900000001"}
	meta.Mask = kept
	masked := Text(kind, values, meta)
	holds(t, masked, "云山市晨光书画协会", "云山市文化街1号")
	if strings.Contains(masked, "13900000001") {
		t.Error("a telephone number stands in the masked paper")
	}
}

func TestAMaskPassesOverEveryTextOfAPaper(t *testing.T) {
	eachKind(t, func(t *testing.T, k *Kind) {
		for turn := range turns(k) {
			meta := wholePaper()
			meta.Mask = func(text string) string { return strings.ReplaceAll(text, "的", "") }
			for _, b := range Render(k, filled(k, turn), meta) {
				if strings.Contains(b.Text, "的") {
					t.Fatalf("a text was passed over: %s", b.Text)
				}
				if b.Table == nil {
					continue
				}
				for _, row := range b.Table.Rows {
					for _, cell := range row {
						if strings.Contains(cell.Text, "的") {
							t.Fatalf("a cell was passed over: %s", cell.Text)
						}
					}
				}
			}
			for _, item := range Personal(k, filled(k, turn)) {
				if item.Kind == "id" && strings.Contains(Text(k, filled(k, turn), meta), item.Value) {
					t.Errorf("%s stands in the masked paper", item.Value)
				}
			}
		}
	})
}
