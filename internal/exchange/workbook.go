package exchange

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"mingjing/internal/refusal"
)

// The bounds of a workbook, which the library holds in memory while it is packed, and of unpacking it: a small file may
// hold a very large one.
const (
	maxWorkbook   = 64 << 20
	unzipLimit    = 1 << 30
	unzipXMLLimit = 4 << 20
)

// sheetTable reads one sheet of a workbook, row by row, from the disk.
type sheetTable struct {
	book  *excelize.File
	file  *os.File
	rows  *excelize.Rows
	head  []string
	line  int
	shift bool // days count from 1904
}

// openWorkbook opens a workbook. Workbooks come from anywhere and the library that reads them may fail in any way on a
// damaged one; every failure is the same answer to the person who brought it.
func openWorkbook(file *os.File, s Source) (t table, err error) {
	broken := brokenBook(s.name())
	defer func() {
		if recover() != nil {
			t, err = nil, broken
		}
	}()
	info, err := file.Stat()
	if err != nil || info.Size() > maxWorkbook {
		return nil, refusal.Field("file", fmt.Sprintf("工作簿超过%dMiB，请另存为 CSV 后导入。", maxWorkbook>>20))
	}
	if err := weigh(file, info.Size(), s.name()); err != nil {
		return nil, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("exchange: read: %w", err)
	}
	book, err := excelize.OpenReader(file, excelize.Options{UnzipSizeLimit: unzipLimit, UnzipXMLSizeLimit: unzipXMLLimit, RawCellValue: true})
	if err != nil {
		if strings.Contains(err.Error(), "unzip size") {
			return nil, refusal.Field("file", "“"+s.name()+"”解压后超过1GiB，请分成几个文件。")
		}
		return nil, broken
	}
	st := &sheetTable{book: book, file: file}
	if props, err := book.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		st.shift = *props.Date1904
	}
	sheets := book.GetSheetList()
	if s.Sheet != "" {
		sheets = []string{s.Sheet}
	}
	for _, name := range sheets {
		found, err := st.begin(name)
		if err != nil {
			book.Close()
			return nil, broken
		}
		if found {
			return st, nil
		}
	}
	book.Close()
	if s.Sheet != "" {
		return nil, refusal.Field("sheet", "工作簿里没有名为“"+s.Sheet+"”的工作表，或者其中没有内容。")
	}
	return nil, refusal.Field("file", "工作簿里没有表头。")
}

// begin goes to the first row of a sheet that has anything in it.
func (t *sheetTable) begin(name string) (bool, error) {
	rows, err := t.book.Rows(name)
	if err != nil {
		var missing excelize.ErrSheetNotExist
		if errors.As(err, &missing) {
			return false, nil
		}
		return false, err
	}
	t.rows, t.line = rows, 0
	for t.line < 50 && rows.Next() {
		t.line++
		cells, err := rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return false, err
		}
		if strings.TrimSpace(strings.Join(cells, "")) != "" {
			t.head = cells[:min(len(cells), maxColumns)]
			return true, nil
		}
	}
	return false, rows.Close()
}

func (t *sheetTable) header() []string { return t.head }

func (t *sheetTable) close() error {
	return errors.Join(t.rows.Close(), t.book.Close(), t.file.Close())
}

func (t *sheetTable) next() (r record, err error) {
	defer func() {
		if recover() != nil {
			err = refusal.Field("file", fmt.Sprintf("工作簿在第%d行之后损坏，不能继续读取。", t.line))
		}
	}()
	for t.rows.Next() {
		t.line++
		cells, err := t.rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return record{}, refusal.Field("file", fmt.Sprintf("工作簿在第%d行之后损坏，不能继续读取。", t.line))
		}
		r := record{line: t.line, cells: cells[:min(len(cells), maxColumns)]}
		empty := true
		for i, cell := range r.cells {
			empty = empty && cell == ""
			if len(cell) > maxCell {
				r.fault = fmt.Sprintf("第%d列超过1MiB", i+1)
			}
		}
		if !empty {
			return r, nil
		}
		if t.line > maxRows*2 {
			return record{}, refusal.Field("file", fmt.Sprintf("工作表超过%d行。", maxRows*2))
		}
	}
	if err := t.rows.Error(); err != nil {
		return record{}, refusal.Field("file", fmt.Sprintf("工作簿在第%d行之后损坏，不能继续读取。", t.line))
	}
	return record{}, io.EOF
}

// serial brings a day counted from 1904 to the usual count from 1900.
func (t *sheetTable) serial(text string) string {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || !t.shift || n <= 0 || n > 100_000 {
		return text
	}
	return strconv.Itoa(n + 1462)
}
