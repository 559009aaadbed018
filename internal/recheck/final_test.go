package recheck_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"
	"github.com/ncruces/go-sqlite3/ext/hash"

	"mingjing/internal/db"
	"mingjing/internal/testkit"
)

// final are the tables of which no row changes once it is written, beside those of the case and of the publication, which
// internal/testkit/gate tries. What may change once is named.
var final = map[string][]string{
	"rule_text": {"until_on"}, "undertaking": {"settled_on", "settled_by", "outcome"}, "undertaking_officer": nil, "annual_return": nil,
	"activation": nil, "item": nil, "pack_row": nil, "task": nil, "pack_change": nil, "signoff": nil, "payment": nil, "attachment": nil, "seal_use": nil,
	"agency_setting": {"state", "decided_by", "decided_at"},
}

// stranger is somebody who writes past the program and leaves the triggers where they are: on SQLite with the file and no
// recursive triggers, on PostgreSQL as the owner in the role of a replica.
func stranger(e *estate) *thief {
	e.T.Helper()
	th := &thief{estate: e, columns: map[string][]column{}}
	var err error
	if path, file := strings.CutPrefix(e.address, "sqlite:"); file {
		th.pool, err = driver.Open("file:"+path+"?_pragma=busy_timeout(10000)&_pragma=foreign_keys(off)&_pragma=recursive_triggers(off)", func(c *sqlite3.Conn) error {
			return errors.Join(c.EnableChecksums("main"), hash.Register(c))
		})
	} else {
		th.pool, err = sql.Open("pgx", e.address+"&session_replication_role=replica")
	}
	if err != nil {
		e.T.Fatal(err)
	}
	th.pool.SetMaxOpenConns(1)
	e.T.Cleanup(func() {
		_, _ = th.pool.Exec(`SELECT count(*) FROM event`) // the driver fails to close a connection that has not seen the newest commit
		th.pool.Close()
	})
	return th
}

// stopped tries a statement, undoes it, and tells which gate stopped it; "" where none did.
func (th *thief) stopped(query string, args ...any) string {
	th.T.Helper()
	if th.D.Engine() == db.SQLite {
		query = strings.ReplaceAll(query, "$", "?")
	}
	tx, err := th.pool.BeginTx(context.Background(), nil)
	if err != nil {
		th.T.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }() // what was tried is never kept
	_, err = tx.Exec(query, args...)
	if gate, refused := db.Gate(err); refused {
		return gate
	}
	if err != nil {
		th.T.Errorf("%s: %v", query, err)
		return "an error"
	}
	return ""
}

// names are the columns of a table and as many places.
func (th *thief) names(table string, from int) (names, places string) {
	var a, b []string
	for i, c := range th.columns[table] {
		a, b = append(a, c.name), append(b, fmt.Sprint("$", from+i))
	}
	return strings.Join(a, ", "), strings.Join(b, ", ")
}

func TestWhatIsFinalIsWrittenOnceWhateverProgramWrites(t *testing.T) {
	testkit.Addresses(t, func(t *testing.T, address string) {
		e := live(t, address, t.TempDir())
		defer e.house.Close()
		th := stranger(e)
		for table, once := range final {
			th.columns[table] = th.schema(table)
			row, there := th.row(table, 0)
			if !there {
				t.Errorf("%s: no row is there", table)
				continue
			}
			for i, c := range th.columns[table] {
				where, args := th.where(table, row, 2)
				if th.stopped(`UPDATE `+table+` SET `+c.name+` = $1 WHERE `+where, append([]any{other(row[i])}, args...)...) == "" && !slices.Contains(once, c.name) {
					t.Errorf("%s.%s may be changed", table, c.name)
				}
			}
			where, args := th.where(table, row, 1)
			if th.stopped(`DELETE FROM `+table+` WHERE `+where, args...) == "" {
				t.Errorf("a row of %s may be deleted", table)
			}
			names, places := th.names(table, 1)
			if th.D.Engine() == db.SQLite {
				if th.stopped(`INSERT OR REPLACE INTO `+table+` (`+names+`) VALUES (`+places+`)`, row...) == "" {
					t.Errorf("a row of %s may be replaced", table)
				}
			} else if th.stopped(`TRUNCATE `+table+` CASCADE`) == "" {
				t.Errorf("%s may be emptied", table)
			}
		}
	})
}

func TestAVersionOfARuleEndsOnceAndAnUndertakingIsSettledOnce(t *testing.T) {
	testkit.Addresses(t, func(t *testing.T, address string) {
		e := live(t, address, t.TempDir())
		defer e.house.Close()
		th := stranger(e)
		ended, open := `(SELECT id FROM rule_text WHERE until_on <> '' LIMIT 1)`, `(SELECT id FROM rule_text WHERE until_on = '' LIMIT 1)`
		settled, waiting := `(SELECT id FROM undertaking WHERE settled_on <> '' LIMIT 1)`, `(SELECT id FROM undertaking WHERE settled_on = '' LIMIT 1)`
		for _, try := range []struct{ query, gate string }{
			{`UPDATE rule_text SET until_on = '2030-01-01' WHERE id = ` + ended, "rule-immutable"},
			{`UPDATE rule_text SET until_on = '' WHERE id = ` + ended, "rule-immutable"},
			{`UPDATE rule_text SET until_on = '1999-01-01' WHERE id = ` + open, "rule-immutable"},
			{`UPDATE rule_text SET until_on = '2030-01-01' WHERE id = ` + open, ""},
			{`INSERT INTO rule_text SELECT 'zz', agency, code, title, number, source, '1999-01-01', '', body, recorded, recorded_by FROM rule_text WHERE id = ` + open, "rule-order"},
			{`INSERT INTO rule_text SELECT 'zz', agency, code, title, number, source, '2030-01-01', '2030-01-02', body, recorded, recorded_by FROM rule_text WHERE id = ` + open, "rule-order"},
			{`UPDATE undertaking SET outcome = '{}' WHERE id = ` + settled, "undertaking-immutable"},
			{`UPDATE undertaking SET settled_on = '', settled_by = '', outcome = '' WHERE id = ` + settled, "undertaking-immutable"},
			{`UPDATE undertaking SET settled_on = '1999-01-01', settled_by = 'x', outcome = '{}' WHERE id = ` + waiting, "undertaking-immutable"},
			{`UPDATE undertaking SET settled_on = '2030-01-01', settled_by = '', outcome = '{}' WHERE id = ` + waiting, "undertaking-immutable"},
			{`UPDATE undertaking SET settled_on = '2030-01-01', settled_by = 'x', outcome = '{}' WHERE id = ` + waiting, ""},
			{`INSERT INTO undertaking SELECT 'zz', agency, kind, task, title, on_day, due_on, late, body, '2030-01-01', 'x', '{}', recorded, recorded_by FROM undertaking WHERE id = ` + waiting, "undertaking-settled"},
		} {
			if gate := th.stopped(try.query); gate != try.gate {
				t.Errorf("%s is stopped by %q, want %q", try.query, gate, try.gate)
			}
		}
	})
}

// keeping are the tables that keep their rows.
func (th *thief) keeping() (tables []string) {
	th.Read(func(tx *db.Tx) error {
		return tx.Each(`SELECT DISTINCT tbl_name FROM sqlite_schema WHERE type = 'trigger' AND sql LIKE '%BEFORE DELETE%gate:%' ORDER BY tbl_name`, nil, func(rows *sql.Rows) error {
			var table string
			err := rows.Scan(&table)
			tables = append(tables, table)
			return err
		})
	})
	if len(tables) < 40 {
		th.T.Fatalf("%d tables keep their rows", len(tables))
	}
	for _, table := range tables {
		th.columns[table] = th.schema(table)
		if _, there := th.row(table, 0); !there && unmoved[table] == "" {
			th.T.Errorf("%s: no row is there", table)
		}
	}
	return tables
}

// another is a row with a key of its own, but for the columns that stay.
func (th *thief) another(table string, row []any, stay []string) []any {
	anew := slices.Clone(row)
	for i, c := range th.columns[table] {
		if !c.key || slices.Contains(stay, c.name) {
			continue
		}
		if n, number := row[i].(int64); number {
			anew[i] = n + 1000003
		} else {
			anew[i] = fmt.Sprint(row[i], "1")
		}
	}
	return anew
}

// TestNoRowIsTakenAwayByItsHiddenNumber: REPLACE takes the row whose number a statement names, whatever its key is.
func TestNoRowIsTakenAwayByItsHiddenNumber(t *testing.T) {
	address, folder := sqliteAt(t)
	e := live(t, address, folder)
	defer e.house.Close()
	e.settle()
	th := stranger(e)
	for _, table := range th.keeping() {
		row, there := th.row(table, 0)
		if !there || th.keyed(table) {
			continue
		}
		names, places := th.names(table, 1)
		where, args := th.where(table, row, len(row)+1)
		insert := `INSERT OR REPLACE INTO ` + table + ` (rowid, ` + names + `) SELECT rowid, ` + places + ` FROM ` + table + ` WHERE ` + where
		if gate := th.stopped(insert, append(th.another(table, row, nil), args...)...); gate == "" {
			t.Errorf("%s: a row is replaced by its number", table)
		}
		second, two := th.row(table, 1)
		if !two {
			continue
		}
		where, args = th.where(table, row, 1)
		own, more := th.where(table, second, len(args)+1)
		if gate := th.stopped(`UPDATE OR REPLACE `+table+` SET rowid = (SELECT rowid FROM `+table+` WHERE `+where+`) WHERE `+own, append(args, more...)...); gate == "" {
			t.Errorf("%s: a row takes the number of another", table)
		}
	}
}

// keyed tells that a table keeps its rows by their key alone, and has no hidden number.
func (th *thief) keyed(table string) (yes bool) {
	th.T.Helper()
	th.Must(th.pool.QueryRow(`SELECT wr FROM pragma_table_list WHERE name = ?1`, table).Scan(&yes))
	return yes
}

// takes tries a statement, undoes it, and tells whether a row was gone after it.
func (th *thief) takes(table string, row []any, query string, args ...any) bool {
	th.T.Helper()
	tx, err := th.pool.BeginTx(context.Background(), nil)
	if err != nil {
		th.T.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }() // what was tried is never kept
	if _, err := tx.Exec(strings.ReplaceAll(query, "$", "?"), args...); err != nil {
		if _, refused := db.Gate(err); !refused {
			th.T.Errorf("%s: %v", query, err)
		}
		return false
	}
	where, key := th.where(table, row, 1)
	n := 0
	if err := tx.QueryRow(strings.ReplaceAll(`SELECT count(*) FROM `+table+` WHERE `+where, "$", "?"), key...).Scan(&n); err != nil {
		th.T.Fatal(err)
	}
	return n == 0
}

// TestNoRowIsTakenAwayByASecondKey: REPLACE takes every row that stands in the way of any unique key, not of the first one only.
func TestNoRowIsTakenAwayByASecondKey(t *testing.T) {
	address, folder := sqliteAt(t)
	e := live(t, address, folder)
	defer e.house.Close()
	e.past()
	e.settle()
	th := stranger(e)
	tried := 0
	for _, table := range th.keeping() {
		for _, index := range th.unique(table) {
			for n := range 20 { // another gate may stop the first ones, since they are public, say
				row, there := th.row(table, n)
				if !there {
					break
				}
				tried++
				names, places := th.names(table, 1)
				if th.takes(table, row, `INSERT OR REPLACE INTO `+table+` (`+names+`) VALUES (`+places+`)`, th.another(table, row, index)...) {
					t.Errorf("%s: a row is replaced by its key %s", table, index)
				}
				second, two := th.row(table, n+1)
				if !two {
					continue
				}
				var sets []string
				var args []any
				for i, name := range index {
					sets, args = append(sets, fmt.Sprint(name, " = $", i+1)), append(args, row[th.at(table, name)])
				}
				own, more := th.where(table, second, len(args)+1)
				if th.takes(table, row, `UPDATE OR REPLACE `+table+` SET `+strings.Join(sets, ", ")+` WHERE `+own, append(args, more...)...) {
					t.Errorf("%s: a row gives way to the key %s of another", table, index)
				}
			}
		}
	}
	if tried < 40 {
		t.Errorf("%d keys were tried", tried)
	}
}

// unique are the columns of the unique keys of a table beside the first.
func (th *thief) unique(table string) (list [][]string) {
	th.Read(func(tx *db.Tx) error {
		return tx.Each(`SELECT (SELECT group_concat(c.name, ',') FROM pragma_index_info(i.name) c) FROM pragma_index_list($1) i WHERE i."unique" = 1 AND i.origin <> 'pk'`, []any{table}, func(rows *sql.Rows) error {
			var columns string
			err := rows.Scan(&columns)
			list = append(list, strings.Split(columns, ","))
			return err
		})
	})
	return list
}
