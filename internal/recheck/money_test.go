package recheck_test

import (
	"slices"
	"testing"

	"mingjing/internal/db"
	"mingjing/internal/testkit"
)

// TestMoneyThatNobodyOwesIsFound: rows of money that the program once took, written and bound as it would have, are named.
func TestMoneyThatNobodyOwesIsFound(t *testing.T) {
	testkit.Addresses(t, func(t *testing.T, address string) {
		e := live(t, address, t.TempDir())
		defer e.house.Close()
		put := func(id, kind, amount, on, of string) string {
			return `INSERT INTO payment (id, agency, case_id, party_id, kind, amount, paid_on, receipt, recorded)
				SELECT d.id || '` + id + `', d.agency, d.case_id, d.party_id, '` + kind + `', ` + amount + `, '` + on + `', 'x', '2026-06-01T00:00:00Z' FROM decision d WHERE ` + of
		}
		const spot, heavy = `d.kind = '当场行政处罚决定书'`, `d.fine = 2000000`
		e.ungated()
		for _, wrong := range []struct {
			what, query string
			checks      []string
		}{
			{"five thousand yuan on a fine of a hundred", put("a", "罚款", "500000", "2026-12-31", spot), []string{"PY-1"}},
			{"a confiscation that was not ordered", put("b", "没收违法所得", "1", "2026-12-31", spot), []string{"PY-1"}},
			{"a late fee above the fine", put("c", "加处罚款", "10001", "2026-12-31", spot), []string{"PY-1"}},
			{"a payment before the decision", put("d", "罚款", "1", "2026-01-01", spot), []string{"PY-1"}},
			{"more given back than was paid", put("zzz", "退款", "9999900", "2026-12-31", heavy), []string{"PY-2"}},
			{"what was performed before it was decided", `UPDATE payment SET paid_on = '2026-01-01' WHERE kind = '罚款' AND amount = 2000000`, []string{"PY-1", "PY-3"}},
		} {
			before := e.moneyProblems()
			if len(before) > 0 && wrong.what == "five thousand yuan on a fine of a hundred" {
				t.Fatalf("unsound before: %v", before)
			}
			e.Must(e.Write(func(tx *db.Tx) error {
				_, err := tx.Exec(wrong.query)
				return err
			}))
			after := e.moneyProblems()
			for _, code := range wrong.checks {
				if after[code] <= before[code] {
					t.Errorf("%s: %s names nothing: %v, before %v", wrong.what, code, after, before)
				}
			}
		}
	})
}

// moneyProblems counts what the checks of money find.
func (e *estate) moneyProblems() map[string]int64 {
	e.T.Helper()
	found := map[string]int64{}
	for _, c := range e.recheck().Counts {
		if slices.Contains([]string{"PY-1", "PY-2", "PY-3"}, c.Code) && c.Wrong > 0 {
			found[c.Code] = c.Wrong
		}
	}
	return found
}
