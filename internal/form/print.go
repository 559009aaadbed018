package form

import "html/template"

// printView is what the print template needs.
type printView struct {
	Kind   *Kind
	Blocks []Block
	Void   bool
	Demo   bool
}

// Print is the document as the agency files it, on A4 (GB/T 9704-2012). The
// style sheet is the page's; the blocks come from Render, so that a PDF made of
// the same blocks says the same.
func Print(k *Kind, v Values, meta PrintMeta) template.HTML {
	view := printView{Kind: k, Blocks: Render(k, v, meta), Void: meta.Void != "", Demo: meta.Demo}
	return execute("print.tmpl", view)
}

// PrintBlocks is the HTML of blocks rendered before, such as those of a public copy.
func PrintBlocks(blocks []Block) template.HTML { return execute("blocks", blocks) }

// Class is the class of the sheet, with the marks that the style sheet shows.
func (v printView) Class() string {
	class := "paper"
	if v.Void {
		class += " paper-void"
	}
	if v.Demo {
		class += " paper-demo"
	}
	return class
}
