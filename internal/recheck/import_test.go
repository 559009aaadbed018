package recheck_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/exchange"
	"mingjing/internal/recheck"
	"mingjing/internal/testkit"
)

// past brings decisions of before the system in and checks the first file in bulk; the one of the second file waits. The first
// holds a row that the check in bulk does not make public, since its day cannot be.
func (e *estate) past() {
	e.T.Helper()
	ctx := context.Background()
	for i, text := range []string{
		"标题,文号,当事人,处罚结果,决定日期,正文\n" +
			"关于甲公司的处罚决定,四民罚字〔2019〕1号,四平市甲有限公司,罚款,2019-03-01,甲公司未按规定报送年度报告。\n" +
			"关于乙公司的处罚决定,四民罚字〔2019〕2号,四平市乙有限公司,警告,2019-04-01,王小明的公司未按规定报送年度报告，联系电话13800138000。\n" +
			"关于丙公司的处罚决定,四民罚字〔2019〕3号,四平市丙有限公司,警告,2099-04-31,丙公司未按规定报送年度报告。\n",
		"标题,文号,当事人,处罚结果,决定日期,正文\n关于丁公司的处罚决定,四民罚字〔2018〕4号,四平市丁有限公司,警告,2018-05-04,丁公司未按规定报送年度报告。\n" +
			"关于戊公司的处罚决定,四民罚字〔2018〕5号,四平市戊有限公司,罚款,2018-05-07,戊公司未按规定报送年度报告。\n"} {
		path := filepath.Join(e.T.TempDir(), fmt.Sprint(i, ".csv"))
		e.Must(os.WriteFile(path, []byte(text), 0o600))
		columns, err := exchange.ParseMap("title=标题,number=文号,party=当事人,result=处罚结果,decided=决定日期,body=正文")
		e.Must(err)
		r, err := e.house.Exchange.Import(ctx, e.Publisher, exchange.Source{Path: path}, columns, exchange.Options{AgencyName: "四平市民政局", Class: "处罚"})
		e.Must(err)
		if i > 0 {
			continue
		}
		done, err := e.house.Exchange.PublishImported(ctx, e.Checker, r.Run, disclosure.HideDoubtful, nil)
		e.Must(err)
		if done.Out != 2 || done.Held != 1 {
			e.T.Fatalf("%+v", done)
		}
	}
}

// invaded brings the past into a store that was lived in, and breaks in.
func invaded(t *testing.T, body func(t *testing.T, th *thief)) {
	t.Helper()
	testkit.Addresses(t, func(t *testing.T, address string) {
		e := live(t, address, t.TempDir())
		defer e.house.Close()
		e.past()
		e.settle()
		th := breakIn(e)
		if th.found() {
			t.Fatalf("the store is unsound before anybody touched it: %+v", e.recheck().Problems)
		}
		body(t, th)
	})
}

// at is the place of a column.
func (th *thief) at(table, name string) int {
	return slices.IndexFunc(th.columns[table], func(c column) bool { return c.name == name })
}

// imported are the rows of a table that came with an import: one that is public, one that is held, one that waits.
func (th *thief) imported(table string) map[string][]any {
	th.T.Helper()
	want := map[string]string{"public": "四平市乙有限公司", "held": "四平市丙有限公司", "waiting": "四平市丁有限公司", "waiting too": "四平市戊有限公司"}
	rows, texts := map[string][]any{}, map[any]string{}
	for n := 0; ; n++ {
		row, there := th.row("publication", n)
		if !there {
			break
		}
		for name, party := range want {
			if row[th.at("publication", "party_name")] == party {
				rows[name], texts[row[th.at("publication", "id")]] = row, name
			}
		}
	}
	if table != "publication" {
		for n := 0; ; n++ {
			row, there := th.row(table, n)
			if !there {
				break
			}
			if name := texts[row[th.at(table, "publication")]]; name != "" {
				rows[name] = row
			}
		}
	}
	if len(rows) != len(want) {
		th.T.Fatalf("%d imported rows of %s", len(rows), table)
	}
	return rows
}

func TestEveryEditOfAnImportedRowIsFound(t *testing.T) {
	invaded(t, func(t *testing.T, th *thief) {
		edits := 0
		for _, table := range []string{"publication", "publication_text"} {
			for name, row := range th.imported(table) {
				if name == "waiting too" {
					continue
				}
				for i, c := range th.columns[table] {
					if edits++; !testkit.Full() && edits%4 != 0 && c.name != "number" && c.name != "line" {
						continue
					}
					value := other(row[i])
					th.set(table, c.name, value, row)
					if !th.found() {
						t.Errorf("%s: %s.%s from %v to %v is not found", name, table, c.name, row[i], value)
					}
					edited := slices.Clone(row)
					edited[i] = value
					th.set(table, c.name, row[i], edited)
				}
			}
		}
		if th.found() {
			t.Error("what was put back is not what was there")
		}
		t.Logf("%d columns", edits)
	})
}

func TestAnImportedRowThatIsTakenSwappedOrPutInAnewIsFound(t *testing.T) {
	invaded(t, func(t *testing.T, th *thief) {
		for _, table := range []string{"publication", "publication_text"} {
			rows := th.imported(table)
			th.remove(table, rows["waiting"])
			if !th.found() {
				t.Errorf("%s: an imported row that was taken is not missed", table)
			}
			anew := slices.Clone(rows["waiting"])
			at := th.at(table, map[string]string{"publication": "number", "publication_text": "findings"}[table])
			anew[at] = other(anew[at])
			th.insert(table, anew)
			if !th.found() {
				t.Errorf("%s: a row that was put in anew is taken for the old one", table)
			}
			th.remove(table, anew)
			first, second := slices.Clone(rows["waiting"]), slices.Clone(rows["waiting too"])
			th.remove(table, second)
			for i, c := range th.columns[table] {
				if !c.key {
					first[i], second[i] = second[i], first[i]
				}
			}
			th.insert(table, first)
			th.insert(table, second)
			if !th.found() {
				t.Errorf("%s: two imported rows that were swapped are not found", table)
			}
			th.remove(table, first)
			th.remove(table, second)
			th.insert(table, rows["waiting"])
			th.insert(table, rows["waiting too"])
			if th.found() {
				t.Fatalf("%s: what was put back is not what was there: %+v", table, th.recheck().Problems)
			}
		}
		// A decision that nobody brought in, as an import would leave it.
		smuggled := slices.Clone(th.imported("publication")["waiting"])
		for _, name := range []string{"id", "dup"} {
			smuggled[th.at("publication", name)] = "smuggled"
		}
		th.insert("publication", smuggled)
		if !th.found() {
			t.Error("a decision that nobody brought in passes for an imported one")
		}
	})
}

// TestWhatTheProgramBeforeImportsOnThisSchemaIsBound: a program that is put back for a day knows nothing of words of an import.
func TestWhatTheProgramBeforeImportsOnThisSchemaIsBound(t *testing.T) {
	testkit.Addresses(t, func(t *testing.T, address string) {
		e := live(t, address, t.TempDir())
		defer e.house.Close()
		e.Must(e.Write(func(tx *db.Tx) error {
			if _, err := tx.Exec(`INSERT INTO publication (id, agency, agency_name, source, title, decided_on, run, dup, updated_at)
				VALUES ('old', $1, '四平市民政局', '历史导入', '标题', '2019-01-01', 'run', 'dup', $2)`, e.Agency.Code, db.Text(tx.Now())); err != nil {
				return err
			}
			_, err := tx.Exec(`INSERT INTO publication_text (publication, source, line) VALUES ('old', '正文', 2)`)
			return err
		}))
		e.settle()
		for _, p := range e.recheck().Problems {
			t.Errorf("%s %s %s", p.Check, p.Where, p.What)
		}
		th := breakIn(e)
		if th.exec(`UPDATE publication SET number = '1号' WHERE id = 'old'`); !th.found() {
			t.Error("a row that the program before brought in may be changed")
		}
	})
}

// TestAnEarlierTextOfAnImportedDecisionCannotBeRewritten: after its correction nothing but the public log says how it first was.
func TestAnEarlierTextOfAnImportedDecisionCannotBeRewritten(t *testing.T) {
	testkit.Addresses(t, func(t *testing.T, address string) {
		e := live(t, address, t.TempDir())
		defer e.house.Close()
		e.past()
		var id, hash, agencyName, number, decided string
		e.Read(func(tx *db.Tx) error {
			return tx.Row(`SELECT id, agency_name, number, decided_on FROM publication WHERE party_name = '四平市乙有限公司'`).Scan(&id, &agencyName, &number, &decided)
		})
		in := disclosure.Correction{Title: "关于乙公司的处罚决定", PartyName: "四平市乙有限公司", Result: "警告", Basis: "《社会团体登记管理条例》", Body: "更正后的正文。", Reason: "正文有笔误"}
		hash, err := e.house.Disclosure.Correct(context.Background(), e.Publisher, id, in)
		e.Must(err)
		e.Must(e.house.Disclosure.ConfirmCorrection(context.Background(), e.Checker, id, hash))
		e.settle()
		if p := e.recheck().Problems; len(p) > 0 {
			t.Fatalf("unsound before anybody touched it: %+v", p)
		}
		th := breakIn(e)
		body := "当初公示的就是这样。"
		hash = recheck.ContentHash([]string{"标题", number, agencyName, "四平市乙有限公司", "警告", "", decided}, body)
		if n := th.exec(`UPDATE publication_version SET title = '标题', result = '警告', basis = '', body = $1, content_hash = $2 WHERE publication = $3 AND number = 1`, body, hash, id); n != 1 {
			t.Fatalf("%d rows", n)
		}
		if !th.found() {
			t.Error("the first text of an imported decision may be rewritten after its correction")
		}
	})
}
