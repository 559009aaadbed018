package form

import (
	"strconv"
	"strings"

	"mingjing/internal/form/entry"
	"mingjing/internal/form/paper"
)

// PrintMeta is what the finished paper carries beyond the values.
type PrintMeta struct {
	Agency    string // full name of the agency, as in its seal
	Number    string // 文号; empty before numbering
	Date      string // legal day of the document, YYYY-MM-DD; empty leaves room for it
	SealName  string // name in the seal; empty leaves （印章） as room for it
	RedHead   bool   // print the red issuer header (红头)
	Void      string // why the document is void; marks every page
	Corrected string // which later document corrects this one
	Demo      bool   // marks the paper as demonstration data
	// Mask, where it is set, makes the copy for whoever may see the case and not its personal data: identity and contact
	// data are left out, and every text passes through it, for what was typed in other words.
	Mask func(text string) string
}

// metaNames are the properties a placeholder {{@name}} may ask for.
var metaNames = [...]string{"agency", "number", "date", "seal"}

func (m PrintMeta) word(name string) string {
	switch name {
	case "agency":
		return m.Agency
	case "number":
		return m.Number
	case "date":
		return entry.SayDay(m.Date)
	case "seal":
		return m.SealName
	}
	return ""
}

// BlockTypes are the print block types a kind file may use.
func BlockTypes() []string {
	return []string{"head", "title", "number", "to", "para", "line", "sub", "statutes", "list", "qa", "table",
		"attachments", "remedies", "signature", "seal", "note", "pagesign"}
}

// Render sets the document: the one function behind print, PDF and public copy.
// Empty places show as a line to be filled by hand.
func Render(k *Kind, v Values, meta PrintMeta) []Block {
	w := writer{kind: k, values: active(k, v), meta: meta, blank: "＿＿＿＿＿＿"}
	if meta.Mask != nil {
		w.values = maskedValues(k, w.values)
	}
	blocks := w.render(func(PrintBlock) bool { return true })
	if meta.Mask != nil {
		hide := masker(k, v)
		for i, b := range blocks {
			blocks[i] = reworded(b, func(text string) string { return meta.Mask(hide.text(text)) })
		}
	}
	return blocks
}

func (w writer) render(wanted func(PrintBlock) bool) []Block {
	var out []Block
	for _, mark := range w.marks() {
		out = append(out, Block{Style: paper.StyleMark, Text: mark})
	}
	for _, block := range w.kind.Print {
		if wanted(block) && entry.AllHold(block.When, w.values) {
			out = append(out, w.block(block)...)
		}
	}
	return out
}

func (w writer) marks() []string {
	var out []string
	if w.meta.Demo {
		out = append(out, "演示数据，不具有法律效力")
	}
	if w.meta.Void != "" {
		out = append(out, "本文书已作废："+w.meta.Void)
	}
	if w.meta.Corrected != "" {
		out = append(out, "本文书已由"+w.meta.Corrected+"更正，以更正后的内容为准")
	}
	return out
}

// block renders one print block.
func (w writer) block(b PrintBlock) []Block {
	switch b.Type {
	case "head":
		if !w.meta.RedHead {
			return nil
		}
		return []Block{{Style: paper.StyleHead, Text: w.meta.Agency}}
	case "number":
		if w.meta.Number == "" && w.kind.Number == "" {
			return nil
		}
		return []Block{{Style: paper.StyleNumber, Text: w.fill("{{@number}}")}}
	case "para", "remedies":
		return w.paragraphs(paper.StylePara, b.Text)
	case "title", "to", "line", "sub", "note", "pagesign":
		return w.paragraphs(b.Type, b.Text)
	case "statutes":
		return w.listed(b, "full")
	case "attachments":
		return w.attachments(b)
	case "qa":
		return w.questions(b)
	case "list":
		return w.listTable(b)
	case "table":
		return []Block{{Style: paper.StyleTable, Table: w.formTable(b)}}
	case "signature":
		var out []Block
		for _, line := range b.Lines {
			out = append(out, Block{Style: paper.StyleSignature, Text: w.fill(line)})
		}
		return out
	case "seal":
		return w.issuer(b)
	}
	return nil
}

// paragraphs parts filled wording at its line breaks; a multi-line value thus
// becomes several paragraphs.
func (w writer) paragraphs(style, text string) []Block {
	var out []Block
	for _, line := range strings.Split(w.fill(text), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			if style == paper.StylePara {
				line = finish(line)
			}
			out = append(out, Block{Style: style, Text: line})
		}
	}
	return out
}

// finish closes a sentence that a typed text left open.
func finish(line string) string {
	if strings.ContainsAny(line[max(0, len(line)-3):], "。！？；：”）…") {
		return line
	}
	return line + "。"
}

func (w writer) listed(b PrintBlock, filter string) []Block {
	var out []Block
	if b.Text != "" {
		out = w.paragraphs(paper.StylePara, b.Text)
	}
	said := w.word(b.Field, filter)
	if said == "" {
		return append(out, Block{Style: paper.StylePara, Text: w.blank})
	}
	for _, line := range strings.Split(said, "\n") {
		out = append(out, Block{Style: paper.StylePara, Text: finish(line)})
	}
	return out
}

// attachments numbers what is handed over (GB/T 9704 7.3.4).
func (w writer) attachments(b PrintBlock) []Block {
	rows := w.values.Rows(b.Field)
	field, _ := w.kind.Field(b.Field)
	var out []Block
	for i, row := range rows {
		said := strconv.Itoa(i+1) + ". " + entry.Of(field).SayRow(field, row, "")
		if i == 0 {
			said = w.fill(b.Text) + said
		}
		out = append(out, Block{Style: paper.StylePara, Text: said})
	}
	return out
}

// questions prints a table with the columns q and a as a transcript.
func (w writer) questions(b PrintBlock) []Block {
	var out []Block
	for _, row := range w.values.Rows(b.Field) {
		if q := entry.RowText(row, "q"); q != "" {
			out = append(out, Block{Style: paper.StyleQuestion, Text: "问：" + strings.ReplaceAll(q, "\n", " ")})
		}
		if a := entry.RowText(row, "a"); a != "" {
			out = append(out, Block{Style: paper.StyleAnswer, Text: "答：" + strings.ReplaceAll(a, "\n", " ")})
		}
	}
	if out == nil {
		out = []Block{{Style: paper.StyleQuestion, Text: "问：" + w.blank}, {Style: paper.StyleAnswer, Text: "答：" + w.blank}}
	}
	return out
}

// listTable prints a list field as a table with a running number.
func (w writer) listTable(b PrintBlock) []Block {
	field, _ := w.kind.Field(b.Field)
	parts := entry.Of(field).Parts(field)
	table := &Table{Head: []string{"序号"}}
	for _, part := range parts {
		if part.Name != "digest" {
			table.Head = append(table.Head, part.Label)
		}
	}
	for i, row := range w.values.Rows(b.Field) {
		cells := []Cell{{Text: strconv.Itoa(i + 1), Span: 1}}
		for _, part := range parts {
			if part.Name != "digest" {
				cells = append(cells, Cell{Text: entry.Of(part).Say(part, row[part.Name], ""), Span: 1})
			}
		}
		table.Rows = append(table.Rows, cells)
	}
	if len(table.Rows) == 0 {
		cells := make([]Cell, len(table.Head))
		for i := range cells {
			cells[i].Span = 1
		}
		table.Rows = [][]Cell{cells}
	}
	out := []Block{}
	if b.Text != "" {
		out = w.paragraphs(paper.StyleLine, b.Text)
	}
	return append(out, Block{Style: paper.StyleTable, Table: table})
}

// formTable prints an approval table; its empty cells stay empty for handwriting.
func (w writer) formTable(b PrintBlock) *Table {
	inCell := w
	if inCell.blank != publicBlank {
		inCell.blank = ""
	}
	table := &Table{}
	for _, row := range b.Rows {
		cells := make([]Cell, len(row))
		for i, cell := range row {
			cells[i] = Cell{Text: strings.TrimSpace(inCell.fill(cell.Text)), Label: cell.Label, Span: max(cell.Span, 1), Tall: cell.Tall}
		}
		table.Rows = append(table.Rows, cells)
	}
	return table
}

// issuer is the signature block of the agency with the date in Chinese
// (GB/T 9704 7.3.5); without a seal there is room for it.
func (w writer) issuer(b PrintBlock) []Block {
	name := w.fill("{{@agency}}")
	if b.Text != "" {
		name = w.fill(b.Text)
	}
	if w.kind.Seal && w.meta.SealName == "" && w.blank != publicBlank {
		name += "（印章）"
	}
	date := w.meta.word("date")
	if date == "" {
		date = "　　年　月　日"
	}
	return []Block{{Style: paper.StyleIssuer, Text: name}, {Style: paper.StyleDate, Text: date}}
}
