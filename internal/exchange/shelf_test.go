package exchange_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"mingjing/internal/exchange"
	"mingjing/internal/refusal"
)

func (w *world) shelf() (*exchange.Shelf, string) {
	w.Helper()
	dir := w.TempDir()
	s, err := exchange.NewShelf(dir, w.room)
	w.must(err)
	return s, dir
}

const twoRows = "标题,文号,决定日期,正文\n对甲中心的处罚决定,示民罚决字〔2025〕1号,2025-03-01,当事人：甲中心。罚款一千元。\n,,,\n对乙中心的处罚决定,示民罚决字〔2025〕2号,2025-03-02,当事人：乙中心。罚款一千元。\n"

func TestAFileOnTheShelfIsTriedThenImportedThenGone(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		s, dir := w.shelf()
		p, err := s.Put("a1", "publisher-1", "旧案.csv", time.Unix(0, 0), strings.NewReader(twoRows))
		w.must(err)
		head, err := s.Look(p)
		w.must(err)
		if strings.Join(head.Columns, ",") != "标题,文号,决定日期,正文" || head.Guess["number"] != "文号" || len(head.Sample) == 0 {
			t.Fatalf("the head of the file is %+v", head)
		}
		w.must(s.Begin(p, head.Guess, "", true))
		w.must(s.Work(w.ctx, w.actor, "示例市民政局", p.ID))
		tried, err := s.Get("a1", p.ID)
		w.must(err)
		if tried.Phase != exchange.Tried || tried.Report == nil || tried.Report.Imported != 2 || tried.Run != "" {
			t.Fatalf("after the dry run: %s %+v", tried.Phase, tried.Report)
		}
		w.must(s.Begin(tried, tried.Map, "", false))
		w.must(s.Work(w.ctx, w.actor, "示例市民政局", p.ID))
		done, err := s.Get("a1", p.ID)
		w.must(err)
		if done.Phase != exchange.Done || done.Run == "" {
			t.Fatalf("after the import: %s run %q", done.Phase, done.Run)
		}
		if _, err := os.Stat(dir + "/" + p.ID + ".data"); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("the file with personal data still lies there: %v", err)
		}
		run, err := w.room.FindRun(w.ctx, "a1", done.Run)
		w.must(err)
		if run.Imported != 2 {
			t.Errorf("the run imported %d rows, want 2", run.Imported)
		}
	})
}

func TestAnotherAgencyDoesNotFindAFileOfTheShelf(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		s, _ := w.shelf()
		p, err := s.Put("a1", "publisher-1", "旧案.csv", time.Unix(0, 0), strings.NewReader(twoRows))
		w.must(err)
		for _, id := range []string{p.ID, "../../etc/passwd", ""} {
			var missing refusal.NotFound
			if _, err := s.Get("a2", id); !errors.As(err, &missing) {
				t.Errorf("Get(%q) gave %v, want not found", id, err)
			}
		}
	})
}

func TestAFileThatIsNoTableIsRefusedAndDoesNotStay(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		s, dir := w.shelf()
		_, err := s.Put("a1", "publisher-1", "决定.pdf", time.Unix(0, 0), strings.NewReader("%PDF-1.7\nabc"))
		var invalid refusal.Invalid
		if !errors.As(err, &invalid) {
			t.Fatalf("a PDF was taken: %v", err)
		}
		entries, err := os.ReadDir(dir)
		w.must(err)
		if len(entries) != 0 {
			t.Errorf("%d files are left on the shelf", len(entries))
		}
	})
}

func TestAWrongColumnIsRefusedBeforeAnyWork(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		s, _ := w.shelf()
		p, err := s.Put("a1", "publisher-1", "旧案.csv", time.Unix(0, 0), strings.NewReader(twoRows))
		w.must(err)
		var invalid refusal.Invalid
		if err := s.Begin(p, exchange.Map{"title": "没有的列"}, "", true); !errors.As(err, &invalid) {
			t.Errorf("Begin with an unknown column gave %v", err)
		}
	})
}
