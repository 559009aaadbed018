package paper

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"mingjing/internal/form"
	"mingjing/internal/form/entry"
	block "mingjing/internal/form/paper"
)

// The two parts of a dossier: what a party may see, and internal opinions.
const (
	PartMain  = "正卷"
	PartInner = "副卷"
)

// Case is what goes into a dossier.
type Case struct {
	Title       string
	Number      string // 案号
	Agency      string
	Parties     int // how many the case has; the papers of a batch lie in a folder for each
	Documents   []Doc
	Attachments []Attachment
}

// Doc is one document. Part and Order say where it stands, and are those of its
// kind where they are empty.
type Doc struct {
	Kind   *form.Kind
	Values form.Values
	Meta   form.PrintMeta
	MadeOn string // YYYY-MM-DD
	Part   string
	Order  int
	// Party is whom the document is addressed to, empty for one of the whole case. About says what of a kind it is: what was served.
	Party Party
	About string
}

// Party is one party of the case: its place, from 1, and its name.
type Party struct {
	Place int
	Name  string
}

// Attachment is a file of the case, read while the dossier is written. Digest is
// the SHA-256 recorded when it was taken in, in lower-case hexadecimal: a file
// that no longer has it fails the dossier with Altered. An empty Part is 正卷.
type Attachment struct {
	Name   string
	Size   int64 // bytes; 0 is unknown
	Open   func() (io.ReadCloser, error)
	Digest string
	Part   string
	Party  Party // whose paper it lies beside
}

// Altered says that a file is not what was taken in.
type Altered struct{ Name, Want, Got string }

func (a Altered) Error() string {
	return fmt.Sprintf("paper: attachment %q has changed: recorded %s, found %s", a.Name, a.Want, a.Got)
}

// Said is what the person who wanted the dossier reads.
func (a Altered) Said() string {
	return "附件“" + a.Name + "”与入卷时的校验值不一致，已停止导出。请核对原件并报告管理员。"
}

// Options chooses the form of a dossier.
type Options struct {
	PDF  bool   // one PDF with the attachments listed, instead of a ZIP with all files
	Part string // only this part, such as 正卷 for a party; empty is the whole
}

// Dossier writes the documents of a case in their filed order with a cover and
// the list of contents (行政处罚法第四十七条), as a ZIP with a PDF for each document,
// the attachments, 目录.csv and the SHA-256 of every file, or bound as one PDF.
// A document that cannot be set fails it before anything is written; after an
// error in a file the ZIP is left without its end, so that nobody takes it for whole.
func Dossier(w io.Writer, fonts *FontSet, c Case, o Options) error {
	d, err := fonts.arrange(c, o)
	if err != nil {
		return fmt.Errorf("paper: dossier %s: %w", c.Number, err)
	}
	write := d.zip
	if o.PDF {
		write = d.bind
	}
	if err := write(w); err != nil {
		return fmt.Errorf("paper: dossier %s: %w", c.Number, err)
	}
	return nil
}

// dossier is a case in filed order with its documents set.
type dossier struct {
	fonts  *FontSet
	of     Case
	demo   bool
	leaves []leaf
	files  []Attachment
}

// leaf is a set document.
type leaf struct {
	doc    Doc
	sheet  Sheet
	pages  []page
	number int // place within its part, from 1
	first  int // page within its part, from 1
}

func (s *FontSet) arrange(c Case, o Options) (*dossier, error) {
	d := &dossier{fonts: s, of: c}
	for _, doc := range c.Documents {
		if doc.Kind == nil {
			return nil, fmt.Errorf("a document has no kind")
		}
		doc.Part = cmp.Or(doc.Part, doc.Kind.Dossier.Part, PartMain)
		doc.Order = cmp.Or(doc.Order, doc.Kind.Dossier.Order)
		if o.Part == "" || o.Part == doc.Part {
			d.leaves = append(d.leaves, leaf{doc: doc, sheet: Of(doc.Kind, doc.Values, doc.Meta)})
			d.demo = d.demo || doc.Meta.Demo
		}
	}
	for _, file := range c.Attachments {
		file.Part = cmp.Or(file.Part, PartMain)
		if o.Part == "" || o.Part == file.Part {
			d.files = append(d.files, file)
		}
	}
	slices.SortStableFunc(d.leaves, func(a, b leaf) int {
		return cmp.Or(cmp.Compare(rank(a.doc.Part), rank(b.doc.Part)), cmp.Compare(a.doc.Order, b.doc.Order),
			cmp.Compare(a.doc.MadeOn, b.doc.MadeOn))
	})
	for i := range d.leaves {
		l := &d.leaves[i]
		pages, err := s.set(l.sheet)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", l.doc.Kind.Code, err)
		}
		l.pages, l.number, l.first = pages, 1, 1
		if i > 0 && d.leaves[i-1].doc.Part == l.doc.Part {
			before := d.leaves[i-1]
			l.number, l.first = before.number+1, before.first+len(before.pages)
		}
	}
	return d, nil
}

// title is the document in the list of contents: its kind, what it is about, and in a batch whose it is.
func (d *dossier) title(doc Doc) string {
	title := doc.Kind.Code
	if doc.About != "" {
		title += "（" + doc.About + "）"
	}
	if d.of.Parties > 1 && doc.Party.Name != "" {
		title += "　" + doc.Party.Name
	}
	return d.fonts.sayable(title)
}

// rank puts 正卷 before 副卷 before anything else.
func rank(part string) int {
	if i := slices.Index([]string{PartMain, PartInner}, part); i >= 0 {
		return i
	}
	return 2
}

// span says the pages of a leaf, such as 3-5.
func (l leaf) span() string {
	last := l.first + len(l.pages) - 1
	if last == l.first {
		return strconv.Itoa(last)
	}
	return fmt.Sprintf("%d-%d", l.first, last)
}

// parts are the parts that have documents, in their order.
func (d *dossier) parts() []string {
	var out []string
	for _, l := range d.leaves {
		if !slices.Contains(out, l.doc.Part) {
			out = append(out, l.doc.Part)
		}
	}
	return out
}

// cover is the cover (卷皮) with the contents of each part and the list of files.
func (d *dossier) cover() Sheet {
	sheet := Sheet{Title: strings.TrimSpace("案卷 " + d.of.Number), Author: d.of.Agency}
	if d.demo {
		sheet.Blocks = append(sheet.Blocks, form.Block{Style: block.StyleMark, Text: "演示数据，不具有法律效力"})
	}
	pages := 0
	for _, l := range d.leaves {
		pages += len(l.pages)
	}
	rows := [][2]string{
		{"案件名称", d.of.Title}, {"案号", d.of.Number}, {"办案单位", d.of.Agency}, {"卷别", strings.Join(d.parts(), "、")},
		{"文书", fmt.Sprintf("%d件，%d页", len(d.leaves), pages)}, {"附件", fmt.Sprintf("%d件", len(d.files))},
	}
	table := &form.Table{}
	for _, row := range rows {
		table.Rows = append(table.Rows, []form.Cell{{Text: row[0], Label: true, Span: 1}, {Text: row[1], Span: 1}})
	}
	sheet.Blocks = append(sheet.Blocks, form.Block{Style: block.StyleTitle, Text: "行政执法案卷"}, form.Block{Style: block.StyleTable, Table: table})
	for _, part := range d.parts() {
		sheet.Blocks = append(sheet.Blocks, form.Block{Style: block.StyleSub, Text: "卷内文件目录（" + part + "）"},
			form.Block{Style: block.StyleTable, Table: d.contents(part)})
	}
	if len(d.files) > 0 {
		sheet.Blocks = append(sheet.Blocks, form.Block{Style: block.StyleSub, Text: "附件清单"},
			form.Block{Style: block.StyleTable, Table: d.listed()})
	}
	return sheet
}

// contents are the columns of the list within a dossier (《归档文件整理规则》DA/T 22).
func (d *dossier) contents(part string) *form.Table {
	table := &form.Table{Head: []string{"序号", "文号", "责任者", "文件材料题名", "日期", "页次"}}
	for _, l := range d.leaves {
		if l.doc.Part == part {
			table.Rows = append(table.Rows, cellsOf(strconv.Itoa(l.number), l.doc.Meta.Number, l.doc.Meta.Agency,
				d.title(l.doc), entry.SayDay(l.doc.MadeOn), l.span()))
		}
	}
	return table
}

func (d *dossier) listed() *form.Table {
	table := &form.Table{Head: []string{"序号", "名称", "字节数", "SHA-256校验值"}}
	for i, file := range d.files {
		size := ""
		if file.Size > 0 {
			size = strconv.FormatInt(file.Size, 10)
		}
		table.Rows = append(table.Rows, cellsOf(strconv.Itoa(i+1), d.fonts.sayable(file.Name), size, file.Digest))
	}
	return table
}

// sayable replaces the characters of an uploaded file's name that no font has by
// 〓 and their code: a picture in a name is no reason to refuse the dossier.
func (s *FontSet) sayable(name string) string {
	var out strings.Builder
	for _, r := range name {
		if f, _ := s.body.find(r); f != nil || r == ' ' {
			out.WriteRune(r)
			continue
		}
		fmt.Fprintf(&out, "〓[U+%04X]", r)
	}
	return out.String()
}

func cellsOf(texts ...string) []form.Cell {
	out := make([]form.Cell, len(texts))
	for i, text := range texts {
		out[i] = form.Cell{Text: text, Span: 1}
	}
	return out
}

// bind writes cover and documents as one PDF; each page of a document carries
// its page within the part at the top right, where the archivist would stamp it.
func (d *dossier) bind(w io.Writer) error {
	sheet := d.cover()
	cover, err := d.fonts.set(sheet)
	if err != nil {
		return err
	}
	out := newInk(d.fonts, sheet.Title, sheet.Author)
	l := look{fonts: d.fonts.body, size: size5, pitch: size5}
	for i, p := range cover {
		if err := out.page(p.marks); err != nil {
			return err
		}
		if i == 0 {
			out.pdf.AddOutline("封面和目录")
		}
	}
	for _, leaf := range d.leaves {
		for i, p := range leaf.pages {
			stamp, err := spell(fmt.Sprintf("%s第%d页", leaf.doc.Part, leaf.first+i), l)
			if err != nil {
				return err
			}
			at := line{chars: stamp}.at(coreRight-width(stamp), coreTop-5*mm, l)
			if err := out.page(append(slices.Clip(p.marks), at)); err != nil {
				return err
			}
			if i == 0 {
				out.pdf.AddOutline(basic(fmt.Sprintf("%s%03d %s", leaf.doc.Part, leaf.number, strings.TrimSpace(d.title(leaf.doc)+" "+leaf.doc.Meta.Number))))
			}
		}
	}
	return out.write(w)
}
