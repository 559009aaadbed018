package exchange_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"mingjing/internal/disclosure"
	"mingjing/internal/disclosure/index"
	"mingjing/internal/disclosure/public"
	"mingjing/internal/exchange"
	"mingjing/internal/testkit"
)

// repeated writes the rows of a real file n times, each copy with numbers of its own, and tells how many rows there are.
func repeated(b *testing.B, n int) (path string, rows int) {
	b.Helper()
	in, err := os.Open(testkit.Shared(b, "real/cn_enforcement/csrc_regulatory_measures.csv"))
	if err != nil {
		b.Fatal(err)
	}
	defer in.Close()
	list, err := csv.NewReader(in).ReadAll()
	if err != nil {
		b.Fatal(err)
	}
	path = filepath.Join(b.TempDir(), "rows.csv")
	out, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	w := csv.NewWriter(out)
	_ = w.Write(list[0])
	for i := range n {
		for j, row := range list[1:] {
			row[5] = fmt.Sprintf("沪证监决〔2024〕%d号", i*len(list)+j+1)
			_ = w.Write(row)
			rows++
		}
	}
	w.Flush()
	if err := out.Close(); err != nil {
		b.Fatal(err)
	}
	return path, rows
}

const realMap = "title=title,number=doc_no,body=body,decided=decision_published,agency=bureau,class=category"

// BenchmarkImport brings the same rows in with all that belongs to it and by the import of the sqlite3 program, in turn,
// and reports the medians of seven pairs: rows in a second, the quotient, and the quotient by the processor time of each.
func BenchmarkImport(b *testing.B) {
	program, err := exec.LookPath("sqlite3")
	if err != nil {
		b.Skip("the sqlite3 program is not installed")
	}
	path, rows := repeated(b, 10)
	var ours, theirs, quotients, efforts []float64
	for b.Loop() {
		for i := range 7 {
			w := newWorld(b, testkit.SQLite(b, nil))
			own, ownWork := timed(b, syscall.RUSAGE_SELF, func() {
				if r := w.imported(exchange.Source{Path: path}, realMap, exchange.Options{}); r.Imported != rows {
					b.Fatalf("%d of %d rows came in", r.Imported, rows)
				}
			})
			store := filepath.Join(b.TempDir(), fmt.Sprint(i, ".db"))
			bare, bareWork := timed(b, syscall.RUSAGE_CHILDREN, func() {
				if out, err := exec.Command(program, store, ".mode csv", ".import "+path+" t").CombinedOutput(); err != nil {
					b.Fatalf("%v: %s", err, out)
				}
			})
			ours, theirs = append(ours, float64(rows)/own.Seconds()), append(theirs, float64(rows)/bare.Seconds())
			quotients, efforts = append(quotients, bare.Seconds()/own.Seconds()), append(efforts, bareWork.Seconds()/ownWork.Seconds())
		}
	}
	b.ReportMetric(median(ours), "rows/s")
	b.ReportMetric(median(theirs), "sqlite3-rows/s")
	b.ReportMetric(median(quotients), "import/sqlite3")
	b.ReportMetric(median(efforts), "import/sqlite3-by-cpu")
}

func median(list []float64) float64 {
	slices.Sort(list)
	return list[len(list)/2]
}

// timed is how long something takes, on the clock and of the processors.
func timed(b *testing.B, whose int, do func()) (clock, work time.Duration) {
	b.Helper()
	used := func() time.Duration {
		var u syscall.Rusage
		if err := syscall.Getrusage(whose, &u); err != nil {
			b.Fatal(err)
		}
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	start, before := time.Now(), used()
	do()
	return time.Since(start), used() - before
}

// BenchmarkPublishAndIndex measures the bulk check with redaction, and the index behind it.
func BenchmarkPublishAndIndex(b *testing.B) {
	path, rows := repeated(b, 2)
	var check, fill time.Duration
	for b.Loop() {
		b.StopTimer()
		w := newWorld(b, testkit.SQLite(b, nil))
		r := w.imported(exchange.Source{Path: path}, realMap, exchange.Options{})
		b.StartTimer()
		before := b.Elapsed()
		done, err := w.room.PublishImported(w.ctx, w.checker, r.Run, disclosure.HideDoubtful, nil)
		if err != nil || done.Out+done.Held != rows || done.Held > rows/100 { // a few are left for a person
			b.Fatalf("%+v of %d, %v", done, rows, err)
		}
		between := b.Elapsed()
		if n, err := index.New(w.d).CatchUp(w.ctx); err != nil || n != done.Out {
			b.Fatalf("%d indexed, %v", n, err)
		}
		check, fill = check+between-before, fill+b.Elapsed()-between
	}
	b.ReportMetric(float64(rows*b.N)/check.Seconds(), "published/s")
	b.ReportMetric(float64(rows*b.N)/fill.Seconds(), "indexed/s")
}

// BenchmarkPages compares a page of search with the plain list, 99th percentile of each, on 16,340 publications.
func BenchmarkPages(b *testing.B) {
	path, _ := repeated(b, 20)
	w := newWorld(b, testkit.SQLite(b, nil))
	w.out(exchange.Source{Path: path}, realMap)
	queries := []string{"警示函", "内幕交易", "信息披露", "上海 责令改正", "募集资金", "债券", "基金", "证券"}
	filters := []public.Filter{{}, {Year: 2021}, {Agency: "上海局"}, {Class: "其他", Year: 2020}}
	var list, search []time.Duration
	i := 0
	for b.Loop() {
		f := filters[i%len(filters)]
		before := b.Elapsed()
		if _, err := w.reader.Latest(w.ctx, f, "", 20); err != nil {
			b.Fatal(err)
		}
		between := b.Elapsed()
		if _, err := w.reader.Search(w.ctx, queries[i%len(queries)], f, "", 20); err != nil {
			b.Fatal(err)
		}
		list, search = append(list, between-before), append(search, b.Elapsed()-between)
		i++
	}
	b.ReportMetric(float64(percentile(list).Microseconds()), "list-p99-µs")
	b.ReportMetric(float64(percentile(search).Microseconds()), "search-p99-µs")
}

func percentile(list []time.Duration) time.Duration {
	slices.Sort(list)
	return list[len(list)*99/100]
}
