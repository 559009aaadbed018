package dossier

import (
	"cmp"
	"errors"
	"io"
	"net/http"
	"slices"

	"mingjing/internal/access"
	"mingjing/internal/casefile"
	"mingjing/internal/casefile/book"
	"mingjing/internal/document"
	"mingjing/internal/flow"
	"mingjing/internal/form"
	"mingjing/internal/house"
	"mingjing/internal/paper"
	"mingjing/internal/refusal"
	"mingjing/internal/web/desk/attachment"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

// documentPage is a finished document on its sheet.
type documentPage struct {
	page.Frame
	Facts   []seat.Fact
	Paper   page.Paper
	Correct string     // the page on which it is corrected, where that may be done
	Mend    string     // where the further document that puts it right is begun
	Files   seat.Files // the signed paper and photos of it
	Basis   []string
}

// Row is a document in the order of the dossier.
type Row struct {
	document.Document
	Href, Party string
	About       string // what it is about, where its kind does not say it: what was served
	Part        string
	order       int
}

// Rows are the documents in the order of the dossier.
func Rows(h *house.House, view casefile.View) []Row {
	names := PartyNames(view)
	rows := make([]Row, 0, len(view.Documents))
	for _, d := range view.Documents {
		row := Row{Document: d, Href: Address(view.File.ID) + "/documents/" + d.ID, Part: paper.PartMain}
		if len(view.Parties) > 1 {
			row.Party = names[d.Party]
		}
		row.About = aboutOf(d)
		if k, ok := kindOf(h, d); ok {
			row.Part, row.order = cmp.Or(k.Dossier.Part, paper.PartMain), k.Dossier.Order
		}
		rows = append(rows, row)
	}
	slices.SortStableFunc(rows, func(a, b Row) int {
		inner := func(p Row) int {
			if p.Part == paper.PartInner {
				return 1
			}
			return 0
		}
		return cmp.Or(cmp.Compare(inner(a), inner(b)), cmp.Compare(a.order, b.order), a.MadeOn.Compare(b.MadeOn))
	})
	return rows
}

// aboutOf is what a paper is about, where its kind does not say it: what was served.
func aboutOf(d document.Document) string {
	for _, served := range d.Values.Rows("papers") {
		if title, _ := served["title"].(string); title != "" {
			return title
		}
	}
	return ""
}

// Group is the documents of one kind that one step made for the parties of a batch.
type Group struct {
	Row        // the first
	Rows []Row // all; one where there is no batch
}

// foldMost is how many documents of one kind and step stand in the list each by itself.
const foldMost = 3

// Groups folds the documents of a batch, so that a list of hundreds stays one of dozens.
func Groups(rows []Row) []Group {
	type same struct{ kind, step string }
	at := map[same]int{}
	var groups []Group
	count := map[same]int{}
	for _, r := range rows {
		count[same{r.Kind, r.Step}]++
	}
	for _, r := range rows {
		key := same{r.Kind, r.Step}
		if i, ok := at[key]; ok && count[key] > foldMost {
			groups[i].Rows = append(groups[i].Rows, r)
			continue
		}
		at[key] = len(groups)
		groups = append(groups, Group{Row: r, Rows: []Row{r}})
	}
	return groups
}

// kindOf is the kind of a document in the version it was made in.
func kindOf(h *house.House, d document.Document) (*form.Kind, bool) {
	forms := h.Cases.Books().Forms
	if k, ok := forms.KindAt(d.Kind, d.Version); ok {
		return k, true
	}
	return forms.Kind(d.Kind)
}

// document finds the document of the address in its case.
func (r room) document(v *seat.Visitor) (casefile.View, document.Document, *form.Kind, error) {
	view, err := r.House.Cases.OpenAt(v.Context(), v.Actor, v.Path("id"), "correct_decision", "correct_paper")
	if err != nil {
		return view, document.Document{}, nil, err
	}
	i := slices.IndexFunc(view.Documents, func(d document.Document) bool { return d.ID == v.Path("doc") })
	if i < 0 {
		return view, document.Document{}, nil, refusal.NotFound{What: "文书"}
	}
	k, ok := kindOf(r.House, view.Documents[i])
	if !ok {
		return view, document.Document{}, nil, refusal.NotFound{What: "文书格式"}
	}
	return view, view.Documents[i], k, nil
}

// documentView shows a document as it was finished.
func (r room) documentView(v *seat.Visitor) error {
	view, d, k, err := r.document(v)
	if err != nil {
		return err
	}
	names, err := v.Names(d.MadeBy)
	if err != nil {
		return err
	}
	if err := Looked(v, view, "查看《"+d.Kind+"》"+d.Number, form.Guarded(k, d.Values)); err != nil {
		return err
	}
	at := Address(view.File.ID) + "/documents/"
	p := documentPage{Frame: v.Head(d.Kind, Crumb(view.File)...), Basis: k.Basis,
		Paper: page.Paper{Title: d.Kind, Sheet: form.Print(k, d.Values, r.meta(d, view.Documents, Mask(v, view))), PDF: at + d.ID + "/pdf"}}
	p.Facts = []seat.Fact{{Name: "文号", Text: d.Number}, {Name: "成文日期", Text: Day(d.MadeOn)}, {Name: "制作人", Text: names[d.MadeBy], Sub: Moment(d.MadeAt)},
		{Name: "卷别", Text: cmp.Or(k.Dossier.Part, paper.PartMain)}}
	if party := PartyNames(view)[d.Party]; party != "" {
		p.Facts = append(p.Facts, seat.Fact{Name: "当事人", Text: party, Href: Address(view.File.ID) + "/parties/" + d.Party})
	}
	for _, other := range view.Documents {
		word := "更正"
		if other.Kind == book.CorrectionKind || d.Kind == book.CorrectionKind {
			word = "补正"
		}
		switch {
		case other.Corrects == d.ID:
			p.Facts = append(p.Facts, seat.Fact{Name: "已" + word, Text: called(other), Href: at + other.ID, Wide: true})
		case other.ID == d.Corrects:
			p.Facts = append(p.Facts, seat.Fact{Name: word + "的文书", Text: called(other), Href: at + other.ID, Wide: true})
		}
	}
	if k.Seal {
		p.Facts = append(p.Facts, seat.Fact{Name: "印章", Text: "须加盖本机关印章（《行政处罚法》第五十九条第二款）", Wide: true})
	}
	p.Facts = append(p.Facts, seat.Fact{Name: "文本校验值", Text: d.BodyHash, Code: true, Wide: true})
	for _, s := range view.Steps {
		if s.Step.Code == "correct_decision" && s.Open && s.Mine && d.Step == "decide" {
			p.Correct = Address(view.File.ID) + "/steps/correct_decision"
		}
	}
	p.Mend = mendable(view, d)
	for _, a := range view.Attachments {
		if a.OwnerKind == document.OwnerDocument && a.Owner == d.ID {
			p.Files.Rows = append(p.Files.Rows, attachment.RowOf(Address(view.File.ID)+"/files", a))
		}
	}
	if v.May(access.AttachmentAdd, view.Thing) && view.File.State != flow.Archived {
		p.Files.Add = Address(view.File.ID) + "/files?document=" + d.ID
	}
	return v.Show(http.StatusOK, "document", p)
}

// meta is what the finished paper carries beyond its values; mask is nil for who reads it in clear.
func (r room) meta(d document.Document, all []document.Document, mask func(string) string) form.PrintMeta {
	m := form.PrintMeta{Mask: mask, Agency: r.House.Agency.Name, Number: d.Number, Date: d.MadeOn.String(), SealName: r.House.Agency.Name, RedHead: true, Demo: r.House.Demo}
	for _, other := range all {
		if other.ID == d.CorrectedBy {
			m.Corrected = called(other)
		}
	}
	return m
}

// documentPDF gives the document as PDF.
func (r room) documentPDF(v *seat.Visitor) error {
	view, d, k, err := r.document(v)
	if err != nil {
		return err
	}
	fonts, err := r.fonts()
	if err != nil {
		return fontless(err)
	}
	if err := Looked(v, view, "打印《"+d.Kind+"》"+d.Number, form.Guarded(k, d.Values)); err != nil {
		return err
	}
	return glyphless(v.Download(d.Kind+d.Number+".pdf", "application/pdf", func(w io.Writer) error {
		return paper.PDF(w, fonts, paper.Of(k, d.Values, r.meta(d, view.Documents, Mask(v, view))))
	}))
}

// fontless says what to do where no font is installed; any other fault stays one.
func fontless(err error) error {
	if errors.Is(err, paper.ErrNoFont) {
		return refusal.Invalid{Message: "服务器没有安装可以嵌入PDF的中文字体，请管理员安装（fonts-lxgw-wenkai）。现在可以用浏览器的打印功能。"}
	}
	return err
}

// glyphless says which character the fonts do not have, or which file is no longer what was taken in.
func glyphless(err error) error {
	var missing paper.MissingGlyph
	var altered paper.Altered
	switch {
	case errors.As(err, &missing):
		return refusal.Invalid{Message: missing.Said()}
	case errors.As(err, &altered):
		return refusal.Invalid{Message: altered.Said()}
	}
	return err
}
