package party

import "testing"

func TestTheKindsOfAPenaltyAreWordsInTheFile(t *testing.T) {
	for stored, want := range map[string]string{`["警告","罚款"]`: "警告、罚款", `[]`: "", "": "", "警告": "警告"} {
		if got := kinds(stored); got != want {
			t.Errorf("%q is filed as %q, want %q", stored, got, want)
		}
	}
}
