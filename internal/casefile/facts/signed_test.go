package facts

import (
	"testing"

	"mingjing/internal/form"
)

func TestWordsOfThePartyAloneAreNoSignatureUnderARecord(t *testing.T) {
	for _, c := range []struct {
		record form.Values
		want   bool
	}{
		{form.Values{"confirm": "以上笔录经核对无误。", "signed": "已签字或者盖章"}, true},
		{form.Values{"confirm": "以上笔录经核对无误。", "signed": "拒绝签字或者盖章"}, false},
		{form.Values{"confirm": "以上笔录经核对无误。", "signed": "拒绝签字或者盖章", "refused": "当事人称另行提交书面意见，拒绝签字。"}, true},
		{form.Values{"confirm": "以上笔录经核对无误。"}, true}, // of before the form asked
		{nil, false},
	} {
		if got := signed(c.record); got != c.want {
			t.Errorf("%v: %v", c.record, got)
		}
	}
}
