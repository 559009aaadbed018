package table_test

import (
	"bytes"
	"errors"
	"iter"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"mingjing/internal/web/table"
)

type thing struct {
	name string
	sum  float64
}

func list() table.List[thing] {
	return table.List[thing]{Name: "清单[一]", Unit: "件", Search: "检索", Filters: []string{"class"}, Sort: "-name", Row: func(t thing) string { return "/t/" + t.name },
		Columns: []table.Column[thing]{
			{Key: "name", Title: "名称", Sorts: true, Cell: func(t thing) table.Cell { return table.Cell{Text: t.name, Href: "/t/" + t.name, Sub: "页面才有"} }},
			{Key: "sum", Title: "金额", Number: true, Cell: func(t thing) table.Cell { return table.Cell{Text: "有", Value: t.sum} }},
			{Key: "more", Title: "详情", FileOnly: true, Cell: func(t thing) table.Cell { return table.Cell{Text: "文件才有"} }},
		}}
}

func rows(things ...thing) iter.Seq2[thing, error] {
	return func(yield func(thing, error) bool) {
		for _, t := range things {
			if !yield(t, nil) {
				return
			}
		}
	}
}

func TestAnAddressBringsOnlyWhatWasDeclared(t *testing.T) {
	l := list()
	q := l.Parse(url.Values{"q": {" 彩票 "}, "class": {"处罚"}, "secret": {"x"}, "sort": {"sum"}, "after": {"9"}})
	if q.Search != "彩票" || q.Filters["class"] != "处罚" || len(q.Filters) != 1 || q.Sort != "-name" || q.After != "9" {
		t.Errorf("the query is %+v", q)
	}
	if got, want := l.Address("/x", q), "/x?after=9&class=%E5%A4%84%E7%BD%9A&q=%E5%BD%A9%E7%A5%A8"; got != want {
		t.Errorf("the address is %s, want %s", got, want)
	}
	again, err := url.Parse(l.Address("/x", q))
	if err != nil || l.Address("/x", l.Parse(again.Query())) != l.Address("/x", q) {
		t.Errorf("an address read back differs (%v)", err)
	}
	long := l.Parse(url.Values{"q": {strings.Repeat("字", 1000) + "\xff"}, "sort": {"name"}})
	if len([]rune(long.Search)) != 100 || long.Sort != "name" {
		t.Errorf("a long query is kept whole: %d, sort %s", len(long.Search), long.Sort)
	}
}

func TestAPageKnowsItsSortItsNextPageAndItsFiles(t *testing.T) {
	l := list()
	v := l.View("/x", l.Parse(url.Values{"class": {"处罚"}, "after": {"5"}}), table.Data[thing]{Rows: []thing{{"甲", 1}}, Next: "3", Count: table.Count{N: 7, Known: true},
		Choices: []table.Choice{{Name: "class", Title: "类别", Options: []table.Option{{Value: "许可", Text: "许可"}}}}})
	if len(v.Columns) != 2 || v.Columns[0].Sorted != "descending" || v.Columns[0].SortHref != "/x?class=%E5%A4%84%E7%BD%9A&sort=name" {
		t.Errorf("the heads are %+v", v.Columns)
	}
	if v.Pager.Next != "/x?after=3&class=%E5%A4%84%E7%BD%9A" || v.Pager.First != "/x?class=%E5%A4%84%E7%BD%9A" || v.Exports[0].Href != "/x.xlsx?class=%E5%A4%84%E7%BD%9A" {
		t.Errorf("pager %+v, files %+v", v.Pager, v.Exports)
	}
	if options := v.Filters[0].Options; len(options) != 2 || options[1].Value != "处罚" {
		t.Errorf("the choice that was made is not offered: %+v", options)
	}
	empty := l.View("/x", l.Parse(url.Values{"q": {"无"}}), table.Data[thing]{})
	if empty.Empty.Action.Href != "/x" || len(empty.Exports) != 0 {
		t.Errorf("an empty search is %+v", empty.Empty)
	}
}

func TestTheExcelFileHoldsTextsAsTextsAndNumbersAsNumbers(t *testing.T) {
	var out bytes.Buffer
	if err := list().XLSX(&out, "条件", rows(thing{"=HYPERLINK(\"x\")\x01", 12.5})); err != nil {
		t.Fatal(err)
	}
	file, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	sheet := file.GetSheetName(0)
	got, err := file.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	if sheet != "清单一" || strings.Join(got[1], " ") != "名称 金额 详情" || got[2][0] != `=HYPERLINK("x")` || got[2][1] != "12.5" || got[2][2] != "文件才有" {
		t.Errorf("sheet %s: %q", sheet, got)
	}
	if formula, err := file.GetCellFormula(sheet, "A3"); err != nil || formula != "" {
		t.Errorf("a text became a formula: %q %v", formula, err)
	}
}

func TestAFailureInTheRowsFailsTheFile(t *testing.T) {
	broken := func(yield func(thing, error) bool) {
		if yield(thing{"甲", 1}, nil) {
			yield(thing{}, errors.New("gone"))
		}
	}
	if err := list().XLSX(&bytes.Buffer{}, "", broken); err == nil {
		t.Error("the Excel file came out whole")
	}
	if err := list().CSV(&bytes.Buffer{}, broken); err == nil {
		t.Error("the CSV file came out whole")
	}
}

func TestNoTextOfACSVFileIsAFormula(t *testing.T) {
	for text, want := range map[string]string{"=1+1": "'=1+1", "+86 139": "'+86 139", "@x": "'@x", "-5": "-5", "-5,000.00": "-5,000.00", "--5": "'--5", "＝1": "'＝1", "\t=1": "'\t=1", "\r=1": "'\r=1", "\n=1": "'\n=1", "\x00=1": "'\x00=1", "＋1": "'＋1", "－1": "'－1", "＠A1": "'＠A1",
		"+": "'+", "-": "'-", "-,": "'-,", "+..": "'+..", "-1-1": "'-1-1", " =1": "' =1", "　＝1": "'　＝1", "\ufeff=1": "'\ufeff=1", "-1.": "'-1.", "-0.5": "-0.5", "x=1": "x=1", "+8613900000000": "+8613900000000",
		"四民罚决字〔2026〕1号": "四民罚决字〔2026〕1号", "": ""} {
		if got := table.Harmless(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}
