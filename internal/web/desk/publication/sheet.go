package publication

import (
	"html/template"

	"mingjing/internal/disclosure/public"
	"mingjing/internal/form/paper"
	"mingjing/internal/web/desk/seat"
)

// sheetOf sets the public blocks as a paper; package paper escapes every text.
func sheetOf(blocks []public.Block, lines []string) template.HTML {
	var list []paper.Block
	for _, b := range blocks {
		p := paper.Block{Style: b.Style, Text: b.Text}
		if b.Head != nil || b.Rows != nil {
			p.Text, p.Table = "", &paper.Table{Head: b.Head}
			for _, row := range b.Rows {
				var cells []paper.Cell
				for _, c := range row {
					cells = append(cells, paper.Cell{Text: c.Text, Label: c.Label, Span: max(c.Span, 1)})
				}
				p.Table.Rows = append(p.Table.Rows, cells)
			}
		}
		list = append(list, p)
	}
	if len(blocks) == 0 {
		for _, line := range lines {
			list = append(list, paper.Block{Style: paper.StylePara, Text: line})
		}
	}
	return seat.Sheet(paper.Sheet{Blocks: list}.HTML())
}
