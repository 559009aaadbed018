package exchange_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"mingjing/internal/access"
	"mingjing/internal/disclosure"
	"mingjing/internal/exchange"
	"mingjing/internal/refusal"
	"mingjing/internal/testkit"
)

const head = "文号,标题,正文,决定日期,当事人\n"
const rowA = "示民罚决字〔2020〕1号,对云杉养老服务中心的处罚决定,\"当事人：云杉养老服务中心。虚报床位，\n骗取补助。\",2020-05-06,云杉养老服务中心\n"
const rowB = "示民罚决字[2020]第002号,对白桦社会工作服务中心的处罚决定,未按规定年检。,2020/6/7,白桦社会工作服务中心\n"
const titled = "title=标题,number=文号,body=正文,decided=决定日期,party=当事人"

func TestADecisionOfThePastWaitsForASecondPerson(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		r := w.imported(w.file("a.csv", head+rowA+rowB), titled, exchange.Options{})
		if r.Rows != 2 || r.Imported != 2 || len(r.Findings) != 1 || !strings.Contains(r.Findings[0].Messages[0], "示民罚决字〔2020〕2号") {
			t.Fatalf("got %+v", r)
		}
		if n := w.count(`SELECT count(*) FROM pub_publication`); n != 0 {
			t.Fatalf("%d are public already", n)
		}
		self := w.actor
		self.Roles = append(self.Roles, "checker")
		if _, err := w.room.PublishImported(w.ctx, self, r.Run, "", nil); err == nil {
			t.Error("the importer checked his own import")
		}
		c, err := w.room.PublishImported(w.ctx, w.checker, r.Run, "", nil)
		w.must(err)
		if c.Out != 2 || c.Held != 0 {
			t.Fatalf("got %+v", c)
		}
		if again, err := w.room.PublishImported(w.ctx, w.checker, r.Run, "", nil); err != nil || again.Out != 0 {
			t.Errorf("a second check made %d public, %v", again.Out, err)
		}
		if n := w.count(`SELECT count(*) FROM event WHERE kind IN ('import.started', 'import.batch', 'import.finished', 'publication.batch_published')`); n != 4 {
			t.Errorf("%d events", n)
		}
	})
}

func TestDuplicatesAreRecognisedInTheFileAndInTheStore(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		changed := strings.Replace(rowA, "骗取补助", "退回补助", 1)
		text := head + rowA + rowB + rowB + changed
		for _, dry := range []bool{true, false} {
			r := w.imported(w.file("a.csv", text), titled, exchange.Options{DryRun: dry})
			if r.Imported != 2 || r.Duplicates != 2 {
				t.Fatalf("dry %v: got %+v", dry, r)
			}
			if !dry && !strings.Contains(exchange.ReportText(r), "内容不同") {
				t.Errorf("the report does not say that the content differs: %s", exchange.ReportText(r))
			}
		}
		r := w.imported(w.file("b.csv", head+rowB+rowA), titled, exchange.Options{})
		if r.Imported != 0 || r.Duplicates != 2 {
			t.Fatalf("got %+v", r)
		}
		if list, err := w.room.NotTaken(w.ctx, "a1", r.Run, 0, 10); err != nil || len(list) != 2 || list[0].Outcome != exchange.Duplicate {
			t.Errorf("got %v, %v", list, err)
		}
	})
}

// TestADecisionThatAFileHasTwiceFarApartIsTakenOnce: the reader asks what is there while the batch before is still being written.
func TestADecisionThatAFileHasTwiceFarApartIsTakenOnce(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		var b strings.Builder
		b.WriteString("标题,文号,正文,决定日期\n")
		for i := range 1200 {
			fmt.Fprintf(&b, "对甲公司作出的决定,示民罚决字〔2020〕%d号,决定警告。,2020-05-06\n", i%400+1)
		}
		r := w.imported(w.file("twice.csv", b.String()), "title=标题,number=文号,body=正文,decided=决定日期", exchange.Options{})
		if r.Rows != 1200 || r.Imported != 400 || r.Duplicates != 800 || r.LeftOut != 0 {
			t.Errorf("%d rows: %d taken, %d duplicates, %d left out", r.Rows, r.Imported, r.Duplicates, r.LeftOut)
		}
	})
}

func TestADryRunWritesNothing(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		r := w.imported(w.file("a.csv", head+rowA+rowB), titled, exchange.Options{DryRun: true, Publish: true})
		if r.Imported != 2 || r.Run != "" || !strings.Contains(exchange.ReportText(r), "没有写入") {
			t.Fatalf("got %+v", r)
		}
		for _, table := range []string{"publication", "import_run", "event", "import_left_out"} {
			if n := w.count(`SELECT count(*) FROM ` + table); n != 0 {
				t.Errorf("%s has %d rows", table, n)
			}
		}
	})
}

func manyRows(n int) string {
	var b strings.Builder
	b.WriteString(head)
	for i := range n {
		fmt.Fprintf(&b, "示民罚决字〔2020〕%d号,对第%d家单位的处罚决定,未按规定年检。,2020-05-06,第%d中心\n", i+1, i+1, i+1)
	}
	return b.String()
}

func TestAKilledImportGoesOnWhereItStopped(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		s := w.file("a.csv", manyRows(2000))
		ctx, kill := context.WithCancel(w.ctx)
		_, err := w.room.Import(ctx, w.actor, s, w.mapped(titled), exchange.Options{Progress: func(p exchange.Progress) {
			if p.Done >= 800 {
				kill()
			}
		}})
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("got %v", err)
		}
		half, read := w.count(`SELECT count(*) FROM publication`), w.count(`SELECT rows_read FROM import_run`)
		if half != read || half == 0 || half == 2000 {
			t.Fatalf("%d publications, %d rows read", half, read)
		}
		r := w.imported(s, titled, exchange.Options{Resume: true, AgencyName: "a1"})
		if r.Resumed != half || r.Rows != 2000 || r.Imported != 2000 || r.Duplicates != 0 {
			t.Fatalf("got %+v", r)
		}
		if n := w.count(`SELECT count(*) FROM publication`); n != 2000 {
			t.Errorf("%d publications", n)
		}
	})
}

func TestEveryEncodingAndSeparatorOfAnOfficeIsRead(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		text := head + rowA + rowB
		gbk, err := simplifiedchinese.GBK.NewEncoder().String(text)
		w.must(err)
		utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(strings.ReplaceAll(text, ",", "\t"))
		w.must(err)
		for name, content := range map[string]string{"plain": text, "mark": "\ufeff" + text, "gbk": gbk, "utf16": utf16,
			"crlf": strings.ReplaceAll(text, "\n", "\r\n"), "semicolon": strings.ReplaceAll(text, ",", ";"), "blank lines": "\n\n" + text + "\n\n"} {
			r := w.imported(w.file("a.csv", content), titled, exchange.Options{DryRun: true})
			if r.Imported != 2 || r.Findings[0].Number != "示民罚决字〔2020〕2号" {
				t.Errorf("%s: got %+v", name, r)
			}
		}
	})
}

func TestAWorkbookIsReadWithItsDays(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		book := excelize.NewFile()
		for i, row := range [][]any{{"决定日期", "标题", "文号", "正文"}, {43957, "对云杉中心的处罚决定", "示民罚决字〔2020〕1号", "=1+1 是正文"}, {"2020年6月7日", "对白桦中心的处罚决定", "献政字〔201722", "正文"}} {
			cell, _ := excelize.CoordinatesToCellName(1, i+2)
			w.must(book.SetSheetRow("Sheet1", cell, &row))
		}
		s := w.file("a.xlsx", "")
		w.must(book.SaveAs(s.Path))
		r := w.out(s, "title=标题,number=文号,decided=决定日期,body=正文")
		if r.Format != exchange.XLSX || r.Imported != 2 || r.Published != 2 {
			t.Fatalf("got %s", exchange.ReportText(r))
		}
		if !strings.Contains(exchange.ReportText(r), "文号不完整") {
			t.Error("the truncated number is no finding")
		}
		if n := w.count(`SELECT count(*) FROM pub_publication WHERE decided_on = '2020-05-06'`); n != 1 {
			t.Error("the serial day was not read")
		}
	})
}

func TestLinesOfJSONAreRead(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		text := `{"标题":"对云杉中心的处罚决定","文号":"示民罚决字〔2020〕1号","正文":["第一段","第二段"],"年":2020}` + "\nnot json\n\n" +
			`{"标题":"对白桦中心的处罚决定","正文":{"a":1}}` + "\n" + `{"标题":"对红松中心的处罚决定","正文":"决定\u0000罚款","决定日期":null}` + "\n"
		r := w.imported(w.file("a.jsonl", text), "title=标题,number=文号,body=正文", exchange.Options{})
		if r.Format != exchange.JSONL || r.Imported != 2 || r.LeftOut != 2 {
			t.Fatalf("got %s", exchange.ReportText(r))
		}
	})
}

func TestWhatTheFileDoesNotSayIsTakenFromWhatItSays(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		text := "标题,正文,日期\n示例市民政局行政处罚决定书示民罚决字〔2020〕7号,\"当事人：云杉中心，住所。……\n2020年5月6日\",40/13/99\n"
		r := w.imported(w.file("a.csv", text), "title=标题,body=正文,decided=日期", exchange.Options{})
		text = exchange.ReportText(r)
		for _, want := range []string{"文号取自标题：示民罚决字〔2020〕7号", "决定日期取自正文：2020-05-06", "“40/13/99”看不懂"} {
			if !strings.Contains(text, want) {
				t.Errorf("the report lacks %s:\n%s", want, text)
			}
		}
	})
}

func TestAWrongMapIsAnsweredWithTheColumnsThereAre(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		s := w.file("a.csv", head+rowA)
		for _, c := range []struct{ m, word string }{{"title=题目", "文号、标题、正文、决定日期、当事人"}, {"number=文号", "标题或者正文"}} {
			_, err := w.room.Import(w.ctx, w.actor, s, w.mapped(c.m), exchange.Options{})
			w.invalid(err, c.word)
		}
		for _, c := range []struct{ m, word string }{{"titel=标题", "没有名为“titel”的字段"}, {"title", "字段=列名"}, {"title=a,title=b", "两次"}} {
			_, err := exchange.ParseMap(c.m)
			w.invalid(err, c.word)
		}
		_, err := w.room.Import(w.ctx, w.actor, w.file("b.csv", "标题,标题\na,b\n"), w.mapped("title=标题"), exchange.Options{})
		w.invalid(err, "两列")
		if r, err := w.room.Import(w.ctx, w.actor, s, nil, exchange.Options{DryRun: true}); err != nil || r.Imported != 1 {
			t.Errorf("without a map got %+v, %v", r, err)
		}
	})
}

func TestAFileThatIsNoneIsAnsweredInWords(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		for _, c := range []struct{ content, word string }{
			{"", "空文件"}, {"\xD0\xCF\x11\xE0xxxxxxxx", "XLS"}, {"%PDF-1.7", "PDF"}, {"PK\x03\x04broken", "XLSX"}, {"<html><table>", "网页"},
			{"a\x00b\x00c", "不是文本"}, {"\n\n\n", "表头"}, {"[1,2]\n", "JSON"},
		} {
			_, err := w.room.Import(w.ctx, w.actor, w.file("a", c.content), w.mapped("title=标题"), exchange.Options{})
			w.invalid(err, c.word)
		}
		_, err := w.room.Import(w.ctx, w.actor, exchange.Source{Path: "/nowhere/x.csv"}, nil, exchange.Options{})
		w.invalid(err, "找不到")
	})
}

func TestAQuotationMarkThatIsNotClosedIsBounded(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		text := head + rowA + "示民罚决字〔2020〕3号,\"没有闭合" + strings.Repeat("很长的文字", 400_000)
		r := w.imported(w.file("a.csv", text), titled, exchange.Options{})
		if r.Imported != 1 || r.LeftOut != 1 || !strings.Contains(exchange.ReportText(r), "1MiB") {
			t.Fatalf("got %s", exchange.ReportText(r))
		}
	})
}

func TestPublishingAtOnceNeedsAnotherPerson(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		s := w.file("a.csv", head+rowA)
		self := w.actor
		self.Roles = []string{"publisher", "checker"}
		_, err := w.room.Import(w.ctx, self, s, nil, exchange.Options{Publish: true, CheckedBy: self})
		w.invalid(err, "不能是导入人")
		_, err = w.room.Import(w.ctx, w.actor, s, nil, exchange.Options{Publish: true})
		w.invalid(err, "公示复核员")
		_, err = w.room.Import(w.ctx, w.checker, s, nil, exchange.Options{})
		w.invalid(err, "公示发布员")
	})
}

func TestPersonalDataOfThePastIsHidden(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		text := head + "示民罚决字〔2020〕9号,对欧阳清泉的处罚决定,\"当事人：欧阳清泉，身份证号码220302199001011233，电话13800138000。决定罚款。\",2020-05-06,欧阳清泉\n"
		r := w.out(w.file("a.csv", text), titled)
		if r.Published != 1 {
			t.Fatalf("got %s", exchange.ReportText(r))
		}
		for _, secret := range []string{"清泉", "220302199001011233", "13800138000"} {
			if n := w.count(`SELECT count(*) FROM pub_publication p JOIN pub_body b ON b.ordinal = p.ordinal WHERE p.title LIKE $1 OR p.party_name LIKE $1 OR b.body LIKE $1`, "%"+secret+"%"); n != 0 {
				t.Errorf("%s is public", secret)
			}
		}
		held := w.imported(w.file("b.csv", strings.ReplaceAll(text, "9号", "10号")), titled, exchange.Options{Publish: true, CheckedBy: w.checker, Doubt: disclosure.HoldDoubtful})
		if held.Published+held.Held != 1 {
			t.Errorf("got %+v", held)
		}
	})
}

func TestThePeopleThatATitleNamesAreHidden(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		text := head + "示民罚决字〔2020〕9号,关于对周斌全采取出具警示函措施的决定,决定对你出具警示函。,2020-05-06,\n" +
			"示民罚决字〔2020〕11号,关于对云杉会计师事务所及注册会计师徐举莉、罗某采取监管谈话措施的决定,事务所和徐举莉未勤勉尽责。,2020-05-06,\n" +
			"示民罚决字〔2020〕12号,关于对唐和明、欧阳清泉和于海涛采取责令改正措施的决定,责令改正。,2020-05-06,\n"
		if r := w.out(w.file("a.csv", text), titled); r.Published != 3 {
			t.Fatalf("got %s", exchange.ReportText(r))
		}
		for text, want := range map[string]bool{"斌全": false, "举莉": false, "和明": false, "清泉": false, "海涛": false, "云杉会计师事务所": true} {
			n := w.count(`SELECT count(*) FROM pub_publication p JOIN pub_body b ON b.ordinal = p.ordinal WHERE p.title LIKE $1 OR p.party_name LIKE $1 OR b.body LIKE $1`, "%"+text+"%")
			if (n > 0) != want {
				t.Errorf("%s is public in %d decisions", text, n)
			}
		}
	})
}

func TestWhoWasActedForInAnImportDoesNotCheckIt(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		w.actor.OnBehalf = "publisher-2"
		s := w.file("old.csv", "标题,文号,决定日期,全文\n行政处罚决定书,示民罚决字〔2024〕1号,2024-05-06,决定给予警告。\n")
		report := w.imported(s, "title=标题,number=文号,decided=决定日期,body=全文", exchange.Options{})
		principal := access.Actor{Account: "publisher-2", Agency: "a1", Roles: []string{access.RoleChecker}}
		deputy := access.Actor{Account: "checker-3", OnBehalf: "publisher-2", Agency: "a1", Roles: []string{access.RoleChecker}}
		for _, checker := range []access.Actor{principal, deputy} {
			_, err := w.room.PublishImported(w.ctx, checker, report.Run, "", nil)
			var refused refusal.Refused
			if !errors.As(err, &refused) || refused.Findings[0].Rule != "XG-05b" {
				t.Errorf("%s checked it: %v", checker.Account, err)
			}
		}
		out, err := w.room.PublishImported(w.ctx, w.checker, report.Run, "", nil)
		w.must(err)
		if out.Out != 1 {
			t.Errorf("%d went out", out.Out)
		}
		run, err := w.room.FindRun(w.ctx, "a1", report.Run)
		w.must(err)
		if run.Actor != "publisher-1" || run.OnBehalf != "publisher-2" {
			t.Errorf("the import was by %s for %s", run.Actor, run.OnBehalf)
		}
	})
}

func TestNamesInLatinLettersAndInTheRunningTextOfThePastAreHidden(t *testing.T) {
	worlds(t, func(t *testing.T, w *world) {
		text := head + "示民罚决字〔2020〕9号,关于对LI MINGYU采取出具警示函措施的决定,Li Mingyu（又称MINGYU LI）未报告。LI MINGYU应当改正。,2020-05-06,\n" +
			"示民罚决字〔2020〕10号,关于对Alpine Harbour Limited采取出具警示函措施的决定,\"Alpine Harbour Limited，时任法定代表人彭清越，时任董事向明远、褚淑兰。负责人左洪波未尽职。对彭清越处罚款。\",2020-05-06,\n"
		if r := w.out(w.file("a.csv", text), titled); r.Published != 2 {
			t.Fatalf("got %s", exchange.ReportText(r))
		}
		for text, want := range map[string]bool{"MINGYU": false, "Mingyu": false, "Alpine Harbour Limited": true, "清越": false, "明远": false, "淑兰": false, "洪波": false} {
			n := w.count(`SELECT count(*) FROM pub_publication p JOIN pub_body b ON b.ordinal = p.ordinal WHERE p.title LIKE $1 OR p.party_name LIKE $1 OR b.body LIKE $1`, "%"+text+"%")
			if (n > 0) != want {
				t.Errorf("%s is public in %d decisions", text, n)
			}
		}
	})
}

// A file is often handed in again, grown by a few rows: what is there already is found by its key and not looked for.
func TestAFileReadAgainDoesNotLookThroughAllThatIsThere(t *testing.T) {
	const rows = 4000
	clock := testkit.NewClock(t, "2026-03-02T09:00:00+08:00")
	w := newWorld(t, testkit.SQLite(t, clock.Now))
	s := w.file("again.csv", manyRows(rows))
	read := func() (exchange.Report, time.Duration) {
		begun := time.Now()
		return w.imported(s, titled, exchange.Options{}), time.Since(begun)
	}
	first, long := read()
	again, short := read()
	if first.Imported != rows || again.Imported != 0 || again.Duplicates != rows {
		t.Fatalf("%d rows came in, and %d again with %d duplicates", first.Imported, again.Imported, again.Duplicates)
	}
	if short > 5*long { // looked for among all, each row costs the more the more there are
		t.Errorf("%d duplicates took %s, the same rows at first %s", rows, short, long)
	}
}
