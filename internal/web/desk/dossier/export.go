package dossier

import (
	"html/template"
	"io"
	"net/http"
	"net/url"

	"mingjing/internal/access"
	"mingjing/internal/blob"
	"mingjing/internal/casefile"
	"mingjing/internal/form"
	"mingjing/internal/paper"
	"mingjing/internal/web/desk/seat"
	"mingjing/internal/web/page"
)

// bundlePage is every document of a case, one after another, in the order of the dossier.
type bundlePage struct {
	page.Frame
	Sheets []template.HTML
	Empty  page.Empty
}

// casePrint shows all documents of a case for printing.
func (r room) casePrint(v *seat.Visitor) error {
	view, err := r.open(v)
	if err != nil {
		return err
	}
	p := bundlePage{Frame: v.Head("全部文书", Crumb(view.File)...), Empty: page.Empty{Title: "还没有文书", Text: "办理各个环节时制作的文书会按案卷顺序排在这里。"}}
	guarded, mask := false, Mask(v, view)
	for _, row := range Rows(r.House, view) {
		if k, ok := kindOf(r.House, row.Document); ok {
			guarded = guarded || form.Guarded(k, row.Values)
			p.Sheets = append(p.Sheets, form.Print(k, row.Values, r.meta(row.Document, view.Documents, mask)))
		}
	}
	if err := Looked(v, view, printPurpose, guarded); err != nil {
		return err
	}
	return v.Show(http.StatusOK, "bundle", p)
}

// printPurpose is what the record of looks says of all documents on one page.
const printPurpose = "打印全部文书"

// exportPurpose is what the record of looks says of an export: the dossier holds personal data in clear.
const exportPurpose = "导出案卷"

// caseExport gives the dossier: a ZIP with a PDF of each document and every file, or bound as one PDF. Which format and
// part stands in the address; without it the page to choose is shown.
func (r room) caseExport(v *seat.Visitor) error {
	view, err := r.open(v)
	if err != nil {
		return err
	}
	// The dossier holds files, which cannot be masked: whoever takes it out may see what is in it.
	for _, action := range []access.Action{access.CaseExport, access.PartyPersonal} {
		if err := access.Require(v.Actor, action, view.Thing); err != nil {
			return err
		}
	}
	options := paper.Options{PDF: v.Value("as") == "pdf"}
	switch v.Value("part") {
	case paper.PartMain, paper.PartInner:
		options.Part = v.Value("part")
	}
	if v.Value("as") == "" {
		return v.Show(http.StatusOK, "export", exportPage{Frame: v.Head("导出案卷", Crumb(view.File)...), Rows: exportRows(view.File.ID)})
	}
	fonts, err := r.fonts()
	if err != nil {
		return fontless(err)
	}
	if err := v.Looked(view.Thing, exportPurpose); err != nil {
		return err
	}
	name, mime := view.File.Title+options.Part+".zip", "application/zip"
	if options.PDF {
		name, mime = view.File.Title+options.Part+".pdf", "application/pdf"
	}
	return glyphless(v.Download(name, mime, func(w io.Writer) error { return paper.Dossier(w, fonts, r.dossier(view), options) }))
}

// exportPage offers the dossier in its two formats and parts.
type exportPage struct {
	page.Frame
	Rows []exportRow
}

type exportRow struct{ Part, Hint, ZIP, PDF string }

func exportRows(id string) []exportRow {
	at := Address(id) + "/export?part="
	rows := []exportRow{{Part: "正卷和副卷", Hint: "完整案卷"}, {Part: paper.PartMain, Hint: "可以供当事人查阅的部分"}, {Part: paper.PartInner, Hint: "内部审批、讨论和审核材料，不对外提供"}}
	for i := range rows {
		part := url.QueryEscape(rows[i].Part)
		if i == 0 {
			part = "all"
		}
		rows[i].ZIP, rows[i].PDF = at+part+"&as=zip", at+part+"&as=pdf"
	}
	return rows
}

// dossier is the case as package paper binds it.
func (r room) dossier(view casefile.View) paper.Case {
	c := paper.Case{Title: view.File.Title, Number: view.File.Number, Agency: r.House.Agency.Name, Parties: len(view.Parties)}
	parties := map[string]paper.Party{}
	for i, p := range view.Parties {
		parties[p.Party.ID] = paper.Party{Place: i + 1, Name: p.Party.Name}
	}
	of := map[string]paper.Party{} // by the document that a file lies beside
	for _, d := range view.Documents {
		of[d.ID] = parties[d.Party]
		if k, ok := kindOf(r.House, d); ok {
			c.Documents = append(c.Documents, paper.Doc{Kind: k, Values: d.Values, Meta: r.meta(d, view.Documents, nil), MadeOn: d.MadeOn.String(), Party: parties[d.Party], About: aboutOf(d)})
		}
	}
	for _, a := range view.Attachments {
		c.Attachments = append(c.Attachments, paper.Attachment{Name: a.Name, Size: a.Size, Digest: a.Digest, Party: of[a.Owner],
			Open: func() (io.ReadCloser, error) { return r.House.Blobs.Open(blob.Digest(a.Digest)) }})
	}
	return c
}
