package page_test

import (
	"fmt"
	"testing"

	"mingjing/internal/law"
	"mingjing/internal/web/page"
)

// What holds for all 53 parties of a batch is read once, not 53 times.
func TestEqualFindingsOfABatchAreSaidOnceWithTheirParties(t *testing.T) {
	var list []law.Finding
	for i := range 53 {
		list = append(list, law.Finding{Rule: "CF-44", Message: "尚未告知。", Severity: law.Block}.Of(fmt.Sprintf("协会%d", i)))
	}
	list = append(list, law.Finding{Rule: "CF-44", Message: "告知书没有写明依据。", Severity: law.Block}.Of("协会7"), law.Finding{Rule: "CF-10", Message: "承办人员不足二人。", Severity: law.Block})
	shown := page.FindingsOf(list)
	if len(shown) != 3 {
		t.Fatalf("55 findings of three kinds are shown as %d", len(shown))
	}
	if shown[0].Message != "53名当事人：尚未告知。" || len(shown[0].Parties) != 53 {
		t.Errorf("what holds for all is said as %q of %d", shown[0].Message, len(shown[0].Parties))
	}
	if shown[1].Message != "协会7：告知书没有写明依据。" || shown[1].Parties != nil {
		t.Errorf("what holds for one is said as %q of %v", shown[1].Message, shown[1].Parties)
	}
	if shown[2].Message != "承办人员不足二人。" {
		t.Errorf("what holds for the case is said as %q", shown[2].Message)
	}
}
