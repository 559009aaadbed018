package disclosure

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"mingjing/internal/db"
)

// ListFilter picks publications for an export. Empty fields do not narrow.
type ListFilter struct {
	Agency string // needed
	State  string
	Class  string
	From   string // first and last day of the decision
	Until  string
	Run    string
}

// exportLimit is the most rows that a sheet holds beside its head.
const exportLimit = 1_048_575

// exportBatch is how many rows are read at once, so that an export of any length needs little memory.
const exportBatch = 1000

func exportHead() []any {
	return []any{"文号", "标题", "执法机关", "执法类别", "执法事项", "当事人", "处理结果", "依据", "决定日期", "公示期限", "公示日期", "状态", "公示期届满日",
		"撤下日期", "依据或者理由", "依据文书", "公开说明", "来源", "制作人", "复核人"}
}

// ExportXLSX writes publications as a spreadsheet, oldest first. Of a withdrawn or expired one only number, days,
// ground and reason are written. No cell can begin a formula.
func (r *Room) ExportXLSX(ctx context.Context, w io.Writer, f ListFilter) error {
	book := excelize.NewFile()
	defer book.Close()
	sheet, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		return fmt.Errorf("disclosure: export: %w", err)
	}
	if err := sheet.SetRow("A1", exportHead()); err != nil {
		return fmt.Errorf("disclosure: export: %w", err)
	}
	line, after := 1, ""
	for line <= exportLimit {
		var list []Publication
		err := r.d.Read(ctx, func(tx *db.Tx) error {
			var err error
			list, err = exported(tx, f, after)
			return err
		})
		if err != nil {
			return err
		}
		for _, p := range list {
			line++
			cell, _ := excelize.CoordinatesToCellName(1, line) // a column and line above zero always have a name
			if err := sheet.SetRow(cell, exportRow(p)); err != nil {
				return fmt.Errorf("disclosure: export: %w", err)
			}
		}
		if len(list) < exportBatch {
			break
		}
		after = list[len(list)-1].ID
	}
	if err := sheet.Flush(); err != nil {
		return fmt.Errorf("disclosure: export: %w", err)
	}
	if _, err := book.WriteTo(w); err != nil {
		return fmt.Errorf("disclosure: export: %w", err)
	}
	return nil
}

func exported(tx *db.Tx, f ListFilter, after string) ([]Publication, error) {
	var list []Publication
	err := tx.Each(`SELECT `+columns+` FROM publication WHERE agency = $1 AND id > $2 AND ($3 = '' OR state = $3) AND ($4 = '' OR class = $4)
		AND ($5 = '' OR decided_on >= $5) AND ($6 = '' OR decided_on <= $6) AND ($7 = '' OR run = $7) ORDER BY id LIMIT $8`,
		[]any{f.Agency, after, f.State, f.Class, f.From, f.Until, f.Run, exportBatch}, func(rows *sql.Rows) error {
			p, err := scan(rows)
			list = append(list, p)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("disclosure: export: %w", err)
	}
	return list, nil
}

func exportRow(p Publication) []any {
	if p.State == StateWithdrawn || p.State == StateExpired || p.State == StateWithheld {
		p.Title, p.PartyName, p.Result, p.Basis = "", "", "", ""
	}
	fields := []string{p.Number, p.Title, p.AgencyName, p.Class, p.ItemName, p.PartyName, p.Result, p.Basis, p.DecidedOn, p.DueOn, p.PublishedOn,
		StateTitle(p.State, p.Source), p.PeriodUntil, p.WithdrawnOn, p.Ground, p.GroundDocument, p.Reason, p.Source, p.Maker, p.Checker}
	row := make([]any, len(fields))
	for i, text := range fields {
		row[i] = SafeCell(text)
	}
	return row
}

// cellLimit is how many characters a cell of a spreadsheet holds.
const cellLimit = 32_767

// SafeCell makes a text that no spreadsheet takes for a formula: what begins like one gets an apostrophe in front.
func SafeCell(text string) string {
	if r := []rune(text); len(r) > cellLimit-1 {
		text = string(r[:cellLimit-1])
	}
	if strings.ContainsAny(first(strings.TrimLeft(text, " \u3000")), "=+-@＝＋－＠\t\r\n") || strings.ContainsAny(first(text), "\t\r\n") {
		return "'" + text
	}
	return text
}

func first(text string) string {
	for _, r := range text {
		return string(r)
	}
	return ""
}
