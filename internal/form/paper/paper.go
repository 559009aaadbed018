package paper

import (
	"embed"
	"html/template"
	"strings"
)

// Styles of a Block. The styles of text blocks tell a renderer how to set them;
// StyleTable has a Table instead of Text.
const (
	StyleHead      = "head"      // issuer header, red, centred
	StyleTitle     = "title"     // title, centred
	StyleNumber    = "number"    // 文号, centred under the title
	StyleTo        = "to"        // addressee, flush left
	StylePara      = "para"      // body paragraph, first line indented by two characters
	StyleLine      = "line"      // line of particulars, flush left
	StyleSub       = "sub"       // heading within the body
	StyleQuestion  = "question"  // 问
	StyleAnswer    = "answer"    // 答
	StyleTable     = "table"     // bordered table
	StyleSignature = "signature" // a line to be signed
	StyleIssuer    = "issuer"    // issuer in the signature block, right
	StyleDate      = "date"      // date in the signature block, right
	StyleNote      = "note"      // small print at the end
	StylePageSign  = "pagesign"  // signature line repeated at the foot of every page
	StyleMark      = "mark"      // 作废, 已更正, 演示
)

// Block is one piece of a set document.
type Block struct {
	Style string
	Text  string
	Table *Table
}

// Table is a bordered table; Head is empty for approval tables, whose heading
// cells stand in the rows.
type Table struct {
	Head []string
	Rows [][]Cell
}

// Cell is one cell; Span is the number of columns it covers, at least 1. Tall
// leaves room for handwriting.
type Cell struct {
	Text  string
	Label bool
	Span  int
	Tall  bool
}

// Lines are the paragraphs of a cell.
func (c Cell) Lines() []string {
	if c.Text == "" {
		return nil
	}
	return strings.Split(c.Text, "\n")
}

// Text is the blocks as lines of text, for search and for comparison.
func Text(blocks []Block) string {
	var out strings.Builder
	for _, block := range blocks {
		if block.Table == nil {
			out.WriteString(block.Text + "\n")
			continue
		}
		writeLine(&out, block.Table.Head)
		for _, row := range block.Table.Rows {
			texts := make([]string, len(row))
			for i, cell := range row {
				texts[i] = cell.Text
			}
			writeLine(&out, texts)
		}
	}
	return out.String()
}

// writeLine writes the texts of a row that are not empty.
func writeLine(out *strings.Builder, texts []string) {
	var kept []string
	for _, text := range texts {
		if text != "" {
			kept = append(kept, text)
		}
	}
	if kept != nil {
		out.WriteString(strings.Join(kept, "　") + "\n")
	}
}

//go:embed paper.tmpl
var templateFile embed.FS

// templates are parsed once; a broken template is found by the first test.
var templates = template.Must(template.ParseFS(templateFile, "paper.tmpl"))

// HTML is the blocks as HTML with classes only; the style sheet sets them on A4
// after GB/T 9704-2012.
func HTML(blocks []Block) template.HTML { return execute("blocks", blocks) }

// Sheet is a whole document on its sheet.
type Sheet struct {
	Kind, Version string
	Void, Demo    bool
	Blocks        []Block
}

// HTML is the sheet as one article element.
func (s Sheet) HTML() template.HTML { return execute("paper.tmpl", s) }

// Class is the class of the sheet, with the marks that the style sheet shows.
func (s Sheet) Class() string {
	class := "paper"
	if s.Void {
		class += " paper-void"
	}
	if s.Demo {
		class += " paper-demo"
	}
	return class
}

// execute runs a template over plain texts; it can fail only for a broken
// template, which the tests of every kind execute.
func execute(name string, view any) template.HTML {
	var out strings.Builder
	if err := templates.ExecuteTemplate(&out, name, view); err != nil {
		return template.HTML("<p class=\"paper-error\">" + template.HTMLEscapeString(err.Error()) + "</p>")
	}
	return template.HTML(out.String())
}
