package exchange_test

import (
	"bufio"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"mingjing/internal/exchange"
	"mingjing/internal/refusal"
	"mingjing/internal/testkit"
)

// realFiles are records that agencies published, with the map that a person would write for each.
func realFiles() []struct{ file, m, words string } {
	return []struct{ file, m, words string }{
		{"csrc_penalty_decisions.csv", "title=title,number=doc_no,body=body,decided=decision_published,agency=bureau,class=category", "内幕交易"},
		{"csrc_regulatory_measures.csv", "title=title,number=doc_no,body=body,decided=decision_published,agency=bureau,class=category", "警示函"},
		{"banking_penalties_finlaw.csv", "body=facts+field,decided=penalised,party=party,agency=agency,result=penalty_type,amount=amount_yuan,basis=legal_basis,class==处罚", "贷款"},
		{"env_penalties.csv", "number=doc_no,party=party,agency=agency,decided=penalised,result=penalty,amount=amount_wan,basis=basis,body=content", "伍拾肆万"},
	}
}

func TestRealRecordsComeInAndAreFound(t *testing.T) {
	for _, c := range realFiles() {
		t.Run(c.file, func(t *testing.T) {
			path := testkit.Shared(t, "real/cn_enforcement/"+c.file)
			rows := readCSV(t, path)
			worlds(t, func(t *testing.T, w *world) {
				r := w.out(exchange.Source{Path: path}, c.m)
				t.Logf("%s", strings.Join(strings.Split(exchange.ReportText(r), "\n")[:min(14, strings.Count(exchange.ReportText(r), "\n"))], "\n"))
				if r.Rows != len(rows) || r.LeftOut != 0 || r.Imported+r.Duplicates != r.Rows {
					t.Errorf("of %d rows got %+v", len(rows), r.Imported)
				}
				if float64(r.Published) < 0.9*float64(r.Imported) {
					t.Errorf("only %d of %d are public", r.Published, r.Imported)
				}
				want := 0
				for _, row := range rows {
					if strings.Contains(strings.Join(row, "\n"), c.words) {
						want++
					}
				}
				if got := w.found(c.words); got == 0 || got > want {
					t.Errorf("%s is found %d times, the file has it %d times", c.words, got, want)
				}
				again := w.imported(exchange.Source{Path: path}, c.m, exchange.Options{Resume: true})
				if again.Imported != 0 || again.Duplicates != r.Rows {
					t.Errorf("read again, %d came in", again.Imported)
				}
			})
		})
	}
}

func readCSV(t *testing.T, path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

func TestDamagedWorkbooksNeverStopTheProgram(t *testing.T) {
	path := testkit.Shared(t, "real/malformed/spreadsheets_sheetjs.jsonl")
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	clock := testkit.NewClock(t, "2026-03-02T09:00:00+08:00")
	w := newWorld(t, testkit.SQLite(t, clock.Now))
	in := bufio.NewScanner(f)
	in.Buffer(nil, 64<<20)
	read, refused := 0, 0
	for in.Scan() {
		var c struct{ Name, B64 string }
		if err := json.Unmarshal(in.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		raw, err := base64.StdEncoding.DecodeString(c.B64)
		if err != nil {
			t.Fatal(err)
		}
		_, err = w.room.Import(w.ctx, w.actor, w.file("x", string(raw)), exchange.Map{"title": "no such column"}, exchange.Options{DryRun: true})
		var invalid refusal.Invalid
		if !errors.As(err, &invalid) {
			t.Errorf("%s: got %v", c.Name, err)
			continue
		}
		if _, ok := invalid.Fields["map"]; ok {
			read++
		} else {
			refused++
		}
	}
	t.Logf("%d files were read up to the map, %d were refused in words", read, refused)
	if read == 0 {
		t.Error("not one workbook could be read")
	}
}
