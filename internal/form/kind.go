package form

import "strings"

import "mingjing/internal/form/entry"

// Kind describes one kind of document in one version. All of it comes from a
// kind file; a Kind returned by a Registry must not be changed.
type Kind struct {
	// Code is the Chinese name by which the program knows the kind, such as 行政处罚决定书.
	Code string `json:"code"`
	// Version distinguishes editions of one code, such as 2026-01; later sorts higher.
	Version string `json:"version"`
	// Title is the heading as printed, which may be spaced or longer than Code.
	Title string `json:"title"`
	// Number is the 代字 key under which the document is numbered, such as 罚决;
	// empty means the kind carries no number.
	Number string `json:"number"`
	// Seal says that the document is void without the agency's seal (行政处罚法第五十九条第二款).
	Seal bool `json:"seal"`
	// Source names the model text the form follows.
	Source string `json:"source"`
	// SourceStatus is one of SourceStatuses; 待替换为省级格式 is counted on the board (duty 15).
	SourceStatus string `json:"source_status"`
	// Basis lists the provisions that call for this document.
	Basis []string `json:"basis"`
	// Dossier places the document in the case file.
	Dossier Dossier `json:"dossier"`
	// Fields are the attributes with their checks.
	Fields []Field `json:"fields"`
	// Layout groups the fields on the page; every field stands in exactly one section.
	Layout []Section `json:"layout"`
	// Print is the presentation on paper.
	Print []PrintBlock `json:"print"`
	// Public says what the public copy is.
	Public PublicRule `json:"public"`
	// Requires are the elements the law demands.
	Requires []Element `json:"requires"`
	// Signatures are the hands that must sign the paper.
	Signatures []Signature `json:"signatures"`

	index map[string]int // field name → position in Fields
}

// The admitted values of Kind.SourceStatus (DECISIONS §17).
const (
	SourceProvincial = "省级格式"
	SourceMinistry   = "部委格式"
	SourceStatute    = "依法条自拟"
	SourceReplace    = "待替换为省级格式"
)

// Ref is the kind's stable reference, code@version, as stored with a document.
func (k *Kind) Ref() string { return k.Code + "@" + k.Version }

// Field finds a field by name.
func (k *Kind) Field(name string) (Field, bool) {
	i, ok := k.index[name]
	if !ok {
		return Field{}, false
	}
	return k.Fields[i], true
}

// Dossier is the place of a document in the case file: 正卷 is what the party
// may see, 副卷 holds internal opinions; Order follows the usual order of
// contents within each.
type Dossier struct {
	Part  string `json:"part"`
	Order int    `json:"order"`
}

// Field is one attribute of a document, see package entry.
type Field = entry.Field

// Condition is a test on the document's own values, see package entry.
type Condition = entry.Condition

// Section is a titled group of fields on the page.
type Section struct {
	Title  string   `json:"title"`
	Hint   string   `json:"hint,omitempty"`
	Fields []string `json:"fields"`
}

// PrintBlock is one block of the printed document. Text may hold placeholders
// {{path}} or {{path|filter}} and optional parts [[…]] that vanish when any
// placeholder in them is empty.
type PrintBlock struct {
	// Type is one of the print block types, see BlockTypes.
	Type string `json:"type"`
	// Text is legal wording with placeholders; line breaks part paragraphs.
	Text string `json:"text,omitempty"`
	// When leaves the block out unless each condition holds.
	When []Condition `json:"when,omitempty"`
	// Field names the list that statutes, list, qa and attachments blocks print.
	Field string `json:"field,omitempty"`
	// Rows are the cells of a bordered form table.
	Rows [][]PrintCell `json:"rows,omitempty"`
	// Lines are the labels of a signature block.
	Lines []string `json:"lines,omitempty"`
	// Private blocks are not in the public copy.
	Private bool `json:"private,omitempty"`
}

// PrintCell is one cell of a printed form table.
type PrintCell struct {
	Text  string `json:"text"`
	Label bool   `json:"label,omitempty"` // a heading cell
	Span  int    `json:"span,omitempty"`  // columns covered; 0 means 1
	Tall  bool   `json:"tall,omitempty"`  // leaves room for handwriting
}

// PublicRule is the public copy of a kind.
type PublicRule struct {
	// Publish says whether the law wants this kind published at all.
	Publish bool `json:"publish"`
	// Title is the heading of the publication, with placeholders.
	Title string `json:"title,omitempty"`
	// Names keeps natural persons' names whole, where the publication itself serves
	// the document and would reach nobody without them (民事诉讼法第九十五条).
	Names bool `json:"names,omitempty"`
	// Fields are named extracts (party, class, conclusion …), with placeholders.
	Fields map[string]string `json:"fields,omitempty"`
}

// Element is something the law demands the document to contain.
type Element struct {
	Code  string `json:"code"`
	Title string `json:"title"`
	// Cite is the article, written 《…》第…条.
	Cite string `json:"cite"`
	// Status says how certain it is that the article asks for this: one of the statuses of a rule of package law. Only what
	// was read in the text may keep a paper from being finished (DECISIONS §1).
	Status string `json:"status"`
	// Fields are paths that must all be filled; a|b accepts either. A path that
	// begins with @ is a property of the finished paper: @agency, @number, @date, @seal.
	Fields []string `json:"fields"`
	// When limits the element to documents for which each condition holds.
	When []Condition `json:"when,omitempty"`
}

// Signature is a hand on the paper; Each means every one of several persons signs.
type Signature struct {
	Role  string `json:"role"`
	Label string `json:"label"`
	Each  bool   `json:"each,omitempty"`
}

// Says reports whether the legal wording of the printed document contains the words, as the forms of a province may differ
// from the national ones.
func (k *Kind) Says(words string) bool {
	for _, b := range k.Print {
		if strings.Contains(b.Text, words) {
			return true
		}
	}
	return false
}
