package recheck_test

import (
	"context"
	"database/sql"
	"slices"
	"testing"

	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/form"
	"mingjing/internal/recheck"
	"mingjing/internal/testkit"
	"mingjing/internal/testkit/world"
)

// late lives through a decision that falls and comes down a week too late.
func (e *estate) late() (publication, decision string) {
	c := e.Lead(world.Minor()).Open().Investigate().Report().Notice().PastWindows()
	c.Draft(nil, "")
	c.Approve().Decide().Serve()
	e.publish(c.ID)
	e.Days(1)
	c.Take("annul_decision", map[string]form.Values{"决定变动登记": {"ground": "撤销", "document": "四政复决字〔2026〕11号", "received_on": e.Today().String()}})
	e.Days(10)
	publication = e.publication(c.ID)
	e.Must(e.house.Disclosure.Withdraw(context.Background(), e.Publisher, publication, disclosure.Withdrawal{Ground: disclosure.GroundRevoked,
		Document: "四政复决字〔2026〕11号", Reason: "行政复议决定撤销。"}))
	e.Read(func(tx *db.Tx) error {
		return tx.Row(`SELECT decision FROM publication WHERE id = $1`, publication).Scan(&decision)
	})
	return publication, decision
}

// ungated takes off the gates of the database and leaves what notes the rows that are written, so that the program's own
// binder binds whatever is written from now on.
func (e *estate) ungated() {
	drops := []string{}
	e.Read(func(tx *db.Tx) error {
		query := `SELECT 'DROP TRIGGER ' || name FROM sqlite_schema WHERE type = 'trigger' AND sql LIKE '%gate:%'`
		if tx.Engine() == db.Postgres {
			query = `SELECT 'DROP TRIGGER ' || t.tgname || ' ON ' || c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND t.tgname NOT LIKE '%noted%'`
		}
		return tx.Each(query, nil, func(rows *sql.Rows) error {
			var drop string
			err := rows.Scan(&drop)
			drops = append(drops, drop)
			return err
		})
	})
	e.Must(e.Write(func(tx *db.Tx) error {
		for _, drop := range drops {
			if _, err := tx.Exec(drop); err != nil {
				return err
			}
		}
		return nil
	}))
}

func TestALateWithdrawalWhoseDaysAreMovedIsFound(t *testing.T) {
	testkit.Addresses(t, func(t *testing.T, address string) {
		e := live(t, address, t.TempDir())
		defer e.house.Close()
		id, decision := e.late()
		e.settle()
		if report := e.recheck(); !report.Sound() {
			t.Fatalf("a withdrawal that is late and says so is taken for a false one: %+v", report.Problems)
		}
		e.ungated()
		var was struct{ fallen, due, down string }
		e.Read(func(tx *db.Tx) error {
			return tx.Row(`SELECT fallen_on, withdraw_due, withdrawn_on FROM publication WHERE id = $1`, id).Scan(&was.fallen, &was.due, &was.down)
		})
		if was.down <= was.due {
			t.Fatalf("taken down on %s, due on %s: the test tries nothing", was.down, was.due)
		}
		days := func(fallen, due, down string) {
			t.Helper()
			e.Must(e.Write(func(tx *db.Tx) error {
				for _, query := range []string{`UPDATE publication SET fallen_on = $2, withdraw_due = $3, withdrawn_on = $4 WHERE id = $1`,
					`UPDATE pub_publication SET withdrawn_on = $4 WHERE id = $1 AND $2 <> '' AND $3 <> ''`,
					`UPDATE pub_commit SET outcome_on = $4 WHERE publication = $1 AND $2 <> '' AND $3 <> ''`} {
					if _, err := tx.Exec(query, id, fallen, due, down); err != nil {
						return err
					}
				}
				_, err := tx.Exec(`UPDATE decision SET annulled_on = $2 WHERE id = $1`, decision, fallen)
				return err
			}))
			e.settle()
		}
		for _, one := range []struct{ name, fallen, due, down string }{
			{"the day of the withdrawal", was.fallen, was.due, was.due},
			{"the last day", was.fallen, was.down, was.down},
			{"the day of the fall", was.due, was.down, was.down},
			{"the day of the fall alone", was.due, was.due, was.down},
			{"that it was due at all", was.down, "", was.down},
			{"that it fell", "", "", was.down},
		} {
			days(one.fallen, one.due, one.down)
			var codes []string
			for _, p := range e.recheck().Problems {
				codes = append(codes, p.Check)
			}
			if !slices.Contains(codes, "PB-11") {
				t.Errorf("%s: moved through the binder and not found; the re-check says %v", one.name, codes)
			}
			if slices.Contains(codes, "BD-1") {
				t.Errorf("%s: the binder did not bind the edit; the test tries nothing", one.name)
			}
			days(was.fallen, was.due, was.down)
		}
		if report := e.recheck(); !report.Sound() {
			t.Errorf("what was put back is not what was there: %+v", report.Problems)
		}
	})
}

func TestAWithdrawalOfAStandingDecisionOrByOneHandIsFound(t *testing.T) {
	testkit.Addresses(t, func(t *testing.T, address string) {
		e := live(t, address, t.TempDir())
		defer e.house.Close()
		id, _ := e.late()
		e.ungated()
		for _, one := range []struct {
			name, query string
			found       bool
		}{
			{"one hand did it", `UPDATE publication SET withdraw_checker = withdraw_maker WHERE id = $1`, true},
			{"two did it", `UPDATE publication SET withdraw_checker = 'another' WHERE id = $1`, false},
			{"the decision stands", `UPDATE decision SET state = 'made', annulled_on = '' WHERE id = (SELECT decision FROM publication WHERE id = $1)`, true},
		} {
			e.Must(e.Write(func(tx *db.Tx) error {
				_, err := tx.Exec(one.query, id)
				return err
			}))
			e.settle()
			if found := slices.ContainsFunc(e.recheck().Problems, func(p recheck.Problem) bool { return p.Check == "PB-10" && p.Where == "publication "+id }); found != one.found {
				t.Errorf("%s: found %t", one.name, found)
			}
		}
	})
}
