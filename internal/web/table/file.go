package table

import (
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// FileLimit is how many rows a file holds at most; a longer list says so in its last row.
const FileLimit = 50_000

// cellLimit is what Excel takes in one cell.
const cellLimit = 32_767

// cutNote ends a file that does not hold everything.
const cutNote = "仅导出前50000行，请缩小查询条件后分次导出"

// XLSX writes the rows as an Excel file, streaming. note stands above the head: what was asked, and when. Every text is
// a text cell, so that no text is taken for a formula.
func (l List[T]) XLSX(w io.Writer, note string, rows iter.Seq2[T, error]) (err error) {
	file := excelize.NewFile()
	defer file.Close()
	const sheet = "Sheet1"
	stream, err := file.NewStreamWriter(sheet)
	if err != nil {
		return fmt.Errorf("table: export %s: %w", l.Name, err)
	}
	if err := l.xlsxHead(file, stream, note); err != nil {
		return fmt.Errorf("table: export %s: %w", l.Name, err)
	}
	at := 3
	for thing, err := range rows {
		if err != nil {
			return fmt.Errorf("table: export %s: %w", l.Name, err)
		}
		values := l.values(thing)
		if at-3 >= FileLimit {
			values = []any{cutNote}
		}
		if err := stream.SetRow(place(at), values); err != nil {
			return fmt.Errorf("table: export %s: %w", l.Name, err)
		}
		if at-3 >= FileLimit {
			break
		}
		at++
	}
	if err := stream.Flush(); err != nil {
		return fmt.Errorf("table: export %s: %w", l.Name, err)
	}
	if err := file.SetSheetName(sheet, sheetName(l.Name)); err != nil {
		return fmt.Errorf("table: export %s: %w", l.Name, err)
	}
	if err := file.Write(w); err != nil {
		return fmt.Errorf("table: export %s: %w", l.Name, err)
	}
	return nil
}

func (l List[T]) xlsxHead(file *excelize.File, stream *excelize.StreamWriter, note string) error {
	bold, err := file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Border: []excelize.Border{{Type: "bottom", Style: 1, Color: "1B2430"}}})
	if err != nil {
		return err
	}
	for i, c := range l.Columns {
		width := c.Width
		if width == 0 {
			width = 16
		}
		if err := stream.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	if err := stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 2, TopLeftCell: "A3", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := stream.SetRow(place(1), []any{fit(note)}); err != nil {
		return err
	}
	head := make([]any, len(l.Columns))
	for i, c := range l.Columns {
		head[i] = excelize.Cell{StyleID: bold, Value: c.Title}
	}
	return stream.SetRow(place(2), head)
}

func (l List[T]) values(thing T) []any {
	values := make([]any, len(l.Columns))
	for i, c := range l.Columns {
		cell := c.Cell(thing)
		if c.Number && cell.Text != "" {
			values[i] = cell.Value
			continue
		}
		values[i] = fit(cell.Text)
	}
	return values
}

func place(row int) string { return fmt.Sprintf("A%d", row) }

// fit cuts a text to what a cell takes, and drops what XML cannot hold.
func fit(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, text)
	if runes := []rune(text); len(runes) > cellLimit {
		return string(runes[:cellLimit])
	}
	return text
}

// sheetName drops what Excel refuses in the name of a sheet.
func sheetName(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) {
			return -1
		}
		return r
	}, name)
	if runes := []rune(name); len(runes) > 31 {
		name = string(runes[:31])
	}
	if name == "" {
		return "清单"
	}
	return name
}

// CSV writes the rows as UTF-8 with a byte order mark, which Excel needs to read Chinese.
func (l List[T]) CSV(w io.Writer, rows iter.Seq2[T, error]) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return fmt.Errorf("table: export %s: %w", l.Name, err)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	line := make([]string, len(l.Columns))
	for i, c := range l.Columns {
		line[i] = c.Title
	}
	if err := out.Write(line); err != nil {
		return fmt.Errorf("table: export %s: %w", l.Name, err)
	}
	n := 0
	for thing, err := range rows {
		if err != nil {
			return fmt.Errorf("table: export %s: %w", l.Name, err)
		}
		if n++; n > FileLimit {
			if err := out.Write([]string{cutNote}); err != nil {
				return fmt.Errorf("table: export %s: %w", l.Name, err)
			}
			break
		}
		for i, c := range l.Columns {
			line[i] = Harmless(c.Cell(thing).Text)
		}
		if err := out.Write(line); err != nil {
			return fmt.Errorf("table: export %s: %w", l.Name, err)
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("table: export %s: %w", l.Name, err)
	}
	return nil
}

// plain is a number as people write it, which a spreadsheet may well take for one.
var plain = regexp.MustCompile(`^[+-]?[0-9][0-9,]*(\.[0-9]+)?$`)

// Harmless keeps a spreadsheet from taking a text of a CSV file for a formula: what begins like one, also behind blanks, gets
// an apostrophe. A plain number stays as it is. A line feed and a NUL in front are among the signs because some programs skip
// them (OWASP, CSV Injection).
func Harmless(text string) string {
	begin := strings.TrimLeft(text, " \u3000\u00a0\ufeff")
	first, _ := utf8.DecodeRuneInString(begin)
	if begin == "" || !strings.ContainsRune("=+-@\t\r\n\x00＝＋－＠", first) || plain.MatchString(text) {
		return text
	}
	return "'" + text
}
