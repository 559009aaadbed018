package recheck_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"

	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/ledger/bound"
	"mingjing/internal/recheck"
	"mingjing/internal/testkit"
)

// meaningless are the columns whose value is evidence of nothing, each with its reason; there is none today. An edit of any
// other column of a protected table must be found.
var meaningless = map[string]string{}

// unmoved are the protected tables in which the estate has no row, each with the reason.
var unmoved = map[string]string{
	"sm3_seal":         "made once a day over the leaves by ledger/gm, whose own verification holds it against them (mingjing verify)",
	"cosignature":      "an outsider's signature over a checkpoint, which the key of the outsider proves and nobody here can make",
	"checkpoint_stamp": "a time stamp over a checkpoint, which the authority that gave it proves",
	"contradiction":    "two signed checkpoints that exclude one another, which prove themselves",
	"witness_policy":   "which outsiders are asked; not bound yet, and no evidence of any decision",
}

// column is one column of a protected table.
type column struct {
	table, name, kind string
	key               bool
}

// thief is somebody who holds the file: the triggers are gone, and nothing of the program runs beside him.
type thief struct {
	*estate
	pool    *sql.DB // a connection of his own, which asks nothing about foreign keys
	columns map[string][]column
	tables  []string
}

// breakIn reads from the schema what is protected, and takes the triggers off.
func breakIn(e *estate) *thief {
	e.T.Helper()
	th := &thief{estate: e, pool: backdoor(e), columns: map[string][]column{}}
	protected := map[string]bool{}
	for _, t := range bound.Tables() {
		protected[t.Name] = true
	}
	triggers := map[string]string{}
	e.Read(func(tx *db.Tx) error {
		query := `SELECT name, tbl_name, CASE WHEN sql LIKE '%gate:%' THEN 1 ELSE 0 END FROM sqlite_schema WHERE type = 'trigger'`
		if tx.Engine() == db.Postgres {
			query = `SELECT t.tgname, c.relname, CASE WHEN t.tgname LIKE '%noted%' THEN 0 ELSE 1 END FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal`
		}
		return tx.Each(query, nil, func(rows *sql.Rows) error {
			var name, table string
			var gate int
			err := rows.Scan(&name, &table, &gate)
			triggers[name] = table
			protected[table] = protected[table] || gate == 1
			return err
		})
	})
	th.tables = slices.Sorted(maps.Keys(protected))
	for _, table := range th.tables {
		th.columns[table] = th.schema(table)
	}
	for name, table := range triggers {
		drop := `DROP TRIGGER ` + name
		if e.D.Engine() == db.Postgres {
			drop += ` ON ` + table
		}
		th.exec(drop)
	}
	return th
}

// backdoor opens the store past the program.
func backdoor(e *estate) *sql.DB {
	e.T.Helper()
	var pool *sql.DB
	var err error
	if path, file := strings.CutPrefix(e.address, "sqlite:"); file {
		pool, err = driver.Open("file:"+path+"?_pragma=busy_timeout(10000)&_pragma=synchronous(off)&_pragma=foreign_keys(off)", func(c *sqlite3.Conn) error { return c.EnableChecksums("main") })
	} else if pool, err = sql.Open("pgx", e.address+"&session_replication_role=replica"); err == nil {
		err = pool.Ping()
	}
	if err != nil {
		e.T.Fatal(err)
	}
	pool.SetMaxOpenConns(1)
	e.T.Cleanup(func() {
		_, _ = pool.Exec(`SELECT count(*) FROM event`) // the driver fails to close a connection that has not seen the newest commit
		pool.Close()
	})
	return pool
}

func (th *thief) schema(table string) (list []column) {
	th.Read(func(tx *db.Tx) error {
		query := `SELECT name, upper(type), CASE WHEN pk > 0 THEN 1 ELSE 0 END FROM pragma_table_info($1)`
		if tx.Engine() == db.Postgres {
			query = `SELECT c.column_name, upper(c.data_type), (SELECT count(*) FROM information_schema.table_constraints k JOIN information_schema.key_column_usage u
				ON u.constraint_name = k.constraint_name AND u.table_schema = k.table_schema WHERE k.table_name = c.table_name AND k.constraint_type = 'PRIMARY KEY' AND u.column_name = c.column_name)
				FROM information_schema.columns c WHERE c.table_schema = current_schema() AND c.table_name = $1`
		}
		return tx.Each(query, []any{table}, func(rows *sql.Rows) error {
			c := column{table: table}
			err := rows.Scan(&c.name, &c.kind, &c.key)
			list = append(list, c)
			return err
		})
	})
	return list
}

// exec writes past the program and tells how many rows it wrote.
func (th *thief) exec(query string, args ...any) int64 {
	th.T.Helper()
	if th.D.Engine() == db.SQLite {
		query = strings.ReplaceAll(query, "$", "?")
	}
	result, err := th.pool.Exec(query, args...)
	if err != nil {
		th.T.Fatalf("%s: %v", query, err)
	}
	n, _ := result.RowsAffected() // both engines tell
	return n
}

// row reads the n-th row of a table; false where there is none.
func (th *thief) row(table string, n int) (values []any, there bool) {
	var names, order []string
	for _, c := range th.columns[table] {
		names = append(names, c.name)
		if c.key {
			order = append(order, c.name)
		}
	}
	th.Read(func(tx *db.Tx) error {
		return tx.Each(`SELECT `+strings.Join(names, ", ")+` FROM `+table+` ORDER BY `+strings.Join(order, ", ")+` LIMIT 1 OFFSET `+strconv.Itoa(n), nil, func(rows *sql.Rows) error {
			there = true
			values = make([]any, len(names))
			into := make([]any, len(names))
			for i := range values {
				into[i] = &values[i]
			}
			return rows.Scan(into...)
		})
	})
	return values, there
}

// where is the condition that finds a row by its key.
func (th *thief) where(table string, values []any, from int) (string, []any) {
	var parts []string
	var args []any
	for i, c := range th.columns[table] {
		if c.key {
			parts, args = append(parts, c.name+" = $"+strconv.Itoa(from+len(args))), append(args, values[i])
		}
	}
	return strings.Join(parts, " AND "), args
}

func (th *thief) set(table, name string, value any, row []any) {
	where, args := th.where(table, row, 2)
	if n := th.exec(`UPDATE `+table+` SET `+name+` = $1 WHERE `+where, append([]any{value}, args...)...); n != 1 {
		th.T.Fatalf("%d rows of %s", n, table)
	}
}

func (th *thief) remove(table string, row []any) {
	where, args := th.where(table, row, 1)
	th.exec(`DELETE FROM `+table+` WHERE `+where, args...)
}

func (th *thief) insert(table string, row []any) {
	var names, places []string
	for i, c := range th.columns[table] {
		names, places = append(names, c.name), append(places, "$"+strconv.Itoa(i+1))
	}
	th.exec(`INSERT INTO `+table+` (`+strings.Join(names, ", ")+`) VALUES (`+strings.Join(places, ", ")+`)`, row...)
}

// other is a value that a column might as well hold.
func other(value any) any {
	switch v := value.(type) {
	case int64:
		return v + 1
	case bool:
		return !v
	case []byte:
		flipped := bytes.Clone(v)
		flipped[0] ^= 1
		return flipped
	case string:
		if day, err := time.Parse(time.DateOnly, v); err == nil {
			return day.AddDate(0, 0, -1).Format(time.DateOnly)
		}
		if v == "" {
			return "甲"
		}
		// The last character and not the last byte: PostgreSQL takes no broken one.
		_, n := utf8.DecodeLastRuneInString(v)
		return v[:len(v)-n] + map[bool]string{true: "0", false: "1"}[v[len(v)-1] == '1']
	}
	return value
}

// found tells whether the re-check or the verification of the ledger finds anything.
func (th *thief) found() bool {
	th.T.Helper()
	report, err := recheck.Run(context.Background(), th.D, th.options())
	if err != nil {
		return true // a store that cannot be read is no silent one
	}
	return !report.Sound() || th.unverified()
}

func (th *thief) unverified() bool {
	for _, log := range []string{th.Agency.Code, th.Agency.Code + "/public"} {
		v, err := ledger.Verify(context.Background(), th.D, log, th.house.Key.Verifier(log), ledger.VerifyOptions{Known: th.kept(log)})
		if err != nil || !v.Sound() {
			return true
		}
	}
	return false
}

// stolen runs the body on a store that was lived in and broken into. every is how many columns are passed over for one that
// is edited.
func stolen(t *testing.T, body func(t *testing.T, th *thief, every int)) {
	t.Helper()
	every := 1
	if !testkit.Full() {
		every = 5
	}
	testkit.Addresses(t, func(t *testing.T, address string) {
		e := live(t, address, t.TempDir())
		defer e.house.Close()
		e.settle()
		th := breakIn(e)
		if th.found() {
			t.Fatalf("the store is unsound before anybody touched it: %+v", e.recheck().Problems)
		}
		body(t, th, every)
		every = 7 // PostgreSQL is held to a sample
	})
}

func TestEveryEditOfAProtectedColumnIsFound(t *testing.T) {
	stolen(t, func(t *testing.T, th *thief, every int) {
		edits, spared := 0, map[string]bool{}
		for _, table := range th.tables {
			row, there := th.row(table, 0)
			if there == (unmoved[table] != "") {
				t.Errorf("%s: a row is there: %t, excused: %q", table, there, unmoved[table])
			}
			for i, c := range th.columns[table] {
				if edits++; !there || edits%every != 0 && i < len(th.columns[table])-1 { // of each table one at least
					continue
				}
				name, value := table+"."+c.name, other(row[i])
				if n, number := row[i].(int64); number && c.key {
					value = n + 1000003 // the next one may be there
				}
				th.set(table, c.name, value, row)
				switch found := th.found(); {
				case !found && meaningless[name] == "":
					t.Errorf("%s from %v to %v is not found", name, row[i], value)
				case found && meaningless[name] != "":
					t.Errorf("%s is found and needs no excuse", name)
				}
				spared[name] = true
				edited := slices.Clone(row)
				edited[i] = value
				th.set(table, c.name, row[i], edited)
			}
		}
		if th.found() {
			t.Error("what was put back is not what was there")
		}
		for name := range meaningless {
			if every == 1 && !spared[name] {
				t.Errorf("%s is no column of a protected table", name)
			}
		}
		t.Logf("%d tables, %d columns", len(th.tables), edits)
	})
}

func TestEveryRowThatIsTakenSwappedOrPutInAnewIsFound(t *testing.T) {
	stolen(t, func(t *testing.T, th *thief, every int) {
		for at, table := range th.tables {
			row, there := th.row(table, 0)
			if !there || at%every != 0 {
				continue
			}
			th.remove(table, row)
			if !th.found() {
				t.Errorf("%s: a row that was taken is not missed", table)
			}
			anew := slices.Clone(row)
			for i, c := range th.columns[table] {
				if !c.key {
					anew[i] = other(row[i])
					break
				}
			}
			if same := slices.EqualFunc(anew, row, func(a, b any) bool { return fmt.Sprint(a) == fmt.Sprint(b) }); !same {
				th.insert(table, anew)
				if !th.found() {
					t.Errorf("%s: a row that was put in anew is taken for the old one", table)
				}
				th.remove(table, anew)
			}
			th.insert(table, row)
			second, two := th.row(table, 1)
			if two && th.swap(table, row, second) {
				if !th.found() {
					t.Errorf("%s: two rows that were swapped are not found", table)
				}
				th.swap(table, row, second)
			}
			if th.found() {
				t.Fatalf("%s: what was put back is not what was there: %+v", table, th.recheck().Problems)
			}
		}
	})
}

// swap lets two rows exchange what is not their key; false where that changes nothing. A second swap undoes the first.
func (th *thief) swap(table string, first, second []any) bool {
	changed := false
	for i, c := range th.columns[table] {
		changed = changed || !c.key && fmt.Sprint(first[i]) != fmt.Sprint(second[i])
	}
	if !changed {
		return false
	}
	one, _ := th.row(table, 0)
	two, _ := th.row(table, 1)
	th.remove(table, one)
	th.remove(table, two)
	for i, c := range th.columns[table] {
		if !c.key {
			one[i], two[i] = two[i], one[i]
		}
	}
	th.insert(table, one)
	th.insert(table, two)
	return true
}

// TestAWordThatTheProgramItselfIsMadeToWriteIsFound: the insider lets the program's own binder bind his edit, so that the
// ledger fits together and is signed.
func TestAWordThatTheProgramItselfIsMadeToWriteIsFound(t *testing.T) {
	address, folder := sqliteAt(t)
	e := live(t, address, folder)
	defer e.house.Close()
	e.settle()
	gates := []string{}
	e.Read(func(tx *db.Tx) error {
		return tx.Each(`SELECT name FROM sqlite_schema WHERE type = 'trigger' AND sql LIKE '%gate:%'`, nil, func(rows *sql.Rows) error {
			var name string
			err := rows.Scan(&name)
			gates = append(gates, name)
			return err
		})
	})
	e.Must(e.Write(func(tx *db.Tx) error {
		for _, name := range gates {
			if _, err := tx.Exec(`DROP TRIGGER ` + name); err != nil {
				return err
			}
		}
		_, err := tx.Exec(`UPDATE decision SET fine = fine - 1 WHERE id = (SELECT min(id) FROM decision)`)
		return err
	}))
	e.settle()
	th := &thief{estate: e}
	if th.unverified() {
		t.Fatal("the ledger does not fit together; the test tries nothing")
	}
	found := false
	for _, p := range e.recheck().Problems {
		found = found || p.Check == "BD-2"
	}
	if !found {
		t.Errorf("a decision that was changed through the binder is taken for the one that was made: %+v", e.recheck().Problems)
	}
}

// TestAHistoryWrittenAnewContradictsTheCheckpointKeptApart: the insider rewrites an event, its row, every hash behind it and
// signs with the real key. The store fits together; what was signed before and lies elsewhere does not fit it.
func TestAHistoryWrittenAnewContradictsTheCheckpointKeptApart(t *testing.T) {
	address, folder := sqliteAt(t)
	e := live(t, address, folder)
	defer e.house.Close()
	e.settle()
	kept := map[string]string{}
	for _, log := range []string{e.Agency.Code, e.Agency.Code + "/public"} {
		kept[log] = e.kept(log)
	}
	th := breakIn(e)
	var last int64
	e.Read(func(tx *db.Tx) error {
		return tx.Row(`SELECT max(seq) FROM event WHERE agency = $1 AND kind = 'case.approved'`, e.Agency.Code).Scan(&last)
	})
	if n := th.exec(`UPDATE event SET leaf = replace(leaf, '"role":"approver"', '"role":"unit_head"') WHERE seq = $1 AND agency = $2`, last, e.Agency.Code); n != 1 {
		t.Fatalf("%d events", n)
	}
	th.rehash(e.Agency.Code)
	if err := os.Remove(ledger.LastCheckpointPath(folder, e.Agency.Code)); err != nil {
		t.Fatal(err)
	}
	_, err := e.house.Ledger.Checkpoint(context.Background(), e.Agency.Code)
	e.Must(err)
	if th.found() {
		t.Fatalf("the new history does not fit together; the test tries nothing: %+v", e.recheck().Problems)
	}
	o := e.options()
	o.Known = func(agency string) string { return kept[agency] }
	report, err := recheck.Run(context.Background(), e.D, o)
	e.Must(err)
	found := false
	for _, p := range report.Problems {
		found = found || p.Check == "LG-5"
	}
	if !found {
		t.Error("a history that was written anew passes for the one that was signed")
	}
}

// rehash gives every event the hash of its leaf and forgets tree and checkpoints, which the log then makes anew.
func (th *thief) rehash(agency string) {
	leaves := map[int64]string{}
	th.Read(func(tx *db.Tx) error {
		return tx.Each(`SELECT seq, leaf FROM event WHERE agency = $1`, []any{agency}, func(rows *sql.Rows) error {
			var seq int64
			var text string
			err := rows.Scan(&seq, &text)
			leaves[seq] = text
			return err
		})
	})
	for seq, text := range leaves {
		h := recheck.LeafHash(text)
		th.exec(`UPDATE event SET leaf_hash = $1 WHERE agency = $2 AND seq = $3`, h[:], agency, seq)
	}
	th.exec(`DELETE FROM tree_hash WHERE agency = $1`, agency)
	th.exec(`DELETE FROM checkpoint WHERE agency = $1`, agency)
}
