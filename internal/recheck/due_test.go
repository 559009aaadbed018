package recheck_test

import (
	"testing"

	"mingjing/internal/db"
	"mingjing/internal/testkit"
)

// TestTheDueDayOfACaseIsThatOfItsOpenClocks: publishing meets a clock outside the acts of the case, and lists found the case late.
func TestTheDueDayOfACaseIsThatOfItsOpenClocks(t *testing.T) {
	testkit.Addresses(t, func(t *testing.T, address string) {
		e := live(t, address, t.TempDir())
		defer e.house.Close()
		wrong := func() (cases, failed int64) {
			for _, c := range e.recheck().Counts {
				if c.Code == "DL-3" {
					return c.Checked, c.Wrong
				}
			}
			return 0, 0
		}
		if cases, failed := wrong(); cases == 0 || failed != 0 {
			t.Fatalf("%d of %d cases have another due day", failed, cases)
		}
		e.Must(e.Write(func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE case_file SET next_due = '2020-01-01'`)
			return err
		}))
		if cases, failed := wrong(); failed != cases {
			t.Errorf("%d of %d cases with a due day of another time are named", failed, cases)
		}
	})
}
