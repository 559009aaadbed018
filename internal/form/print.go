package form

import (
	"html/template"

	"mingjing/internal/form/paper"
)

// Block is a piece of a rendered document, see package paper.
type Block = paper.Block

// Table is a bordered table in a rendered document.
type Table = paper.Table

// Cell is a cell of a Table.
type Cell = paper.Cell

// Print is the document as the agency files it, on A4 (GB/T 9704-2012), as HTML.
// A PDF made of the same Render says the same.
func Print(k *Kind, v Values, meta PrintMeta) template.HTML {
	sheet := paper.Sheet{Kind: k.Code, Version: k.Version, Void: meta.Void != "", Demo: meta.Demo, Blocks: Render(k, v, meta)}
	return sheet.HTML()
}

// Text is the document as lines of text, from the same blocks as Print.
func Text(k *Kind, v Values, meta PrintMeta) string { return paper.Text(Render(k, v, meta)) }
