package exchange_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"mingjing/internal/exchange"
	"mingjing/internal/testkit"
)

func TestDecisionsOfOneWordingAreNotTakenForOneAnother(t *testing.T) {
	text := "正文,处罚日期,当事人,金额\n贷前调查不尽职。,2020-05-06,甲银行,200000\n贷前调查不尽职。,2020-05-06,乙银行,200000\n" +
		"贷前调查不尽职。,2020-05-07,甲银行,200000\n贷前调查不尽职。,2020-05-06,甲银行,300000\n贷前调查不尽职。,2020-05-06,甲银行,200000\n"
	worlds(t, func(t *testing.T, w *world) {
		for _, dry := range []bool{true, false} {
			r := w.imported(w.file("a.csv", text), "body=正文,decided=处罚日期,party=当事人,amount=金额,class==处罚", exchange.Options{DryRun: dry})
			if r.Imported != 4 || r.Duplicates != 1 {
				t.Errorf("dry %v: of four decisions and one written twice got %d and %d", dry, r.Imported, r.Duplicates)
			}
		}
	})
}

func TestEveryRealPenaltyOfTheBanksComesIn(t *testing.T) {
	path := testkit.Shared(t, "real/cn_enforcement/banking_penalties_finlaw.csv")
	worlds(t, func(t *testing.T, w *world) {
		r := w.imported(exchange.Source{Path: path}, realFiles()[2].m, exchange.Options{})
		if r.Rows != 55 || r.Imported != 55 || r.Duplicates != 0 {
			t.Errorf("of 55 rows %d came in, %d were taken for duplicates", r.Imported, r.Duplicates)
		}
	})
}

func TestADryRunSaysThatTheOtherDecisionOfANumberDiffers(t *testing.T) {
	changed := strings.Replace(rowA, "骗取补助", "退回补助", 1)
	worlds(t, func(t *testing.T, w *world) {
		said := exchange.ReportText(w.imported(w.file("a.csv", head+rowA+changed+rowA), titled, exchange.Options{DryRun: true}))
		if strings.Count(said, "与第2行重复，但内容不同") != 1 || strings.Count(said, "：与第2行重复") != 2 {
			t.Errorf("in the file: %s", said)
		}
		w.imported(w.file("a.csv", head+rowA), titled, exchange.Options{})
		said = exchange.ReportText(w.imported(w.file("b.csv", head+changed+rowA), titled, exchange.Options{DryRun: true}))
		if strings.Count(said, "本机关已有的公示信息重复，但内容不同") != 1 || strings.Count(said, "：与本机关已有的公示信息重复") != 2 {
			t.Errorf("in the store: %s", said)
		}
	})
}

func TestARowWithADayThatCannotBeWaitsForAPerson(t *testing.T) {
	text := head + rowA + strings.Replace(rowB, "2020/6/7", "2026-02-30", 1)
	worlds(t, func(t *testing.T, w *world) {
		s := w.file("a.csv", text)
		if said := exchange.ReportText(w.imported(s, titled, exchange.Options{DryRun: true})); !strings.Contains(said, "“2026-02-30”看不懂或者不合理，批量核对时不公示") {
			t.Errorf("the dry run says: %s", said)
		}
		r := w.out(s, titled)
		if r.Published != 1 || r.Held != 1 {
			t.Errorf("%d went out, %d were held", r.Published, r.Held)
		}
		if n := w.count(`SELECT count(*) FROM pub_publication WHERE decided_on = ''`); n != 0 {
			t.Errorf("%d are public without a day", n)
		}
	})
}

func TestAnImportBegunAnewAfterItsDeathLeavesNothingWithoutItsCheck(t *testing.T) {
	for _, resume := range []bool{false, true} {
		worlds(t, func(t *testing.T, w *world) {
			s := w.killed(manyRows(2000))
			r := w.imported(s, titled, exchange.Options{Resume: resume, Publish: true, CheckedBy: w.checker})
			if r.Imported != 2000 || r.Duplicates != 0 || r.Resumed == 0 || r.Published != 2000 {
				t.Errorf("resume %v: got %d in, %d duplicates, %d gone on from, %d published", resume, r.Imported, r.Duplicates, r.Resumed, r.Published)
			}
			if n := w.count(`SELECT count(*) FROM publication WHERE state <> 'published'`); n != 0 {
				t.Errorf("resume %v: %d rows wait without a check in bulk", resume, n)
			}
		})
	}
}

func TestAnImportOfSomebodyElseThatDiedIsCheckedWithTheNewOne(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		s := w.killed(manyRows(2000))
		w.actor.Account = "publisher-2"
		r := w.imported(s, titled, exchange.Options{Publish: true, CheckedBy: w.checker})
		if r.Imported == 2000 || r.Published != 2000 {
			t.Errorf("%d came in, %d were published", r.Imported, r.Published)
		}
		if n := w.count(`SELECT count(*) FROM publication WHERE state = 'published' AND maker = 'publisher-1'`); n+r.Imported != 2000 {
			t.Errorf("%d name the first importer, %d came in with the second", n, r.Imported)
		}
	})
}

func TestWhoBroughtRowsOfAStoppedImportDoesNotCheckThem(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.actor.Account = "both"
		s := w.killed(manyRows(2000))
		w.actor.Account, w.checker.Account = "publisher-2", "both"
		r := w.imported(s, titled, exchange.Options{Publish: true, CheckedBy: w.checker})
		if n := w.count(`SELECT count(*) FROM publication WHERE state = 'due'`); n == 0 || n+r.Published != 2000 {
			t.Errorf("%d wait, %d were published", n, r.Published)
		}
	})
}

func TestAProgramBehindSomeTextIsNoTable(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		s := w.file("a.csv", head+rowA+strings.Repeat(rowB, 20_000)+"MZ\x90\x00\x03\x00This program cannot be run in DOS mode.\n")
		_, err := exchange.Look(s)
		w.invalid(err, "夹有程序")
		_, err = w.room.Import(w.ctx, w.actor, s, w.mapped(titled), exchange.Options{})
		w.invalid(err, "夹有程序")
	})
}

// killed imports a file until some of its rows are in.
func (w *world) killed(text string) exchange.Source {
	w.Helper()
	s := w.file("a.csv", text)
	ctx, kill := context.WithCancel(w.ctx)
	_, err := w.room.Import(ctx, w.actor, s, w.mapped(titled), exchange.Options{AgencyName: "示例市民政局", Progress: func(p exchange.Progress) {
		if p.Done >= 800 {
			kill()
		}
	}})
	if !errors.Is(err, context.Canceled) {
		w.Fatalf("got %v", err)
	}
	return s
}
