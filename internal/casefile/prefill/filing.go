package prefill

import (
	"cmp"
	"slices"

	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/document"
)

// retentionCodes name the pack's retention of the dossier of each procedure.
var retentionCodes = map[string]string{book.Ordinary: "CF-ordinary", book.Simple: "CF-summary"}

// filingContext is what the case knows of its dossier: the documents that the party may see, in the order in which a
// dossier is bound, and how long it is kept (行政处罚法第四十七条). Pages are counted on the bound paper and not here.
func filingContext(s *picture.Sheet, b book.Books) map[string]any {
	const part = "正卷"
	type placed struct {
		order int
		doc   document.Document
	}
	var list []placed
	for _, d := range s.Docs {
		if k, ok := b.Forms.Kind(d.Kind); ok && k.Dossier.Part == part {
			list = append(list, placed{k.Dossier.Order, d})
		}
	}
	slices.SortStableFunc(list, func(x, y placed) int {
		return cmp.Or(cmp.Compare(x.order, y.order), x.doc.MadeOn.Compare(y.doc.MadeOn))
	})
	agency, _ := b.Pack.Agency()
	var items []any
	for _, p := range list {
		items = append(items, map[string]any{"no": p.doc.Number, "author": agency.Name, "title": p.doc.Title, "on": p.doc.MadeOn.String()})
	}
	c := map[string]any{"part": part, "items": items}
	for _, r := range b.Pack.Retentions(s.File.Last) {
		if r.Code == retentionCodes[s.File.Procedure] {
			c["retention"] = r.Period
		}
	}
	return c
}

// recipients lists every party with the paper that it must be served: a batch is announced in one text, and its parties
// are not typed again (民事诉讼法第九十五条). A notice has no number yet, because it is finished with its announcement.
func recipients(p *picture.Picture) []any {
	var rows []any
	for _, party := range p.Parties {
		row := map[string]any{"name": party.Name, "code": party.Code, "paper": book.NoticeKind}
		if decided, ok := p.Decided[party.ID]; ok {
			row["paper"], row["no"] = decided.Kind, decided.Number
		}
		rows = append(rows, row)
	}
	return rows
}

// attachments lists the documents of the case as the material of a submission.
func attachments(s *picture.Sheet) []any {
	var rows []any
	for _, d := range s.Docs {
		if s.Concerns(d.Party) {
			rows = append(rows, map[string]any{"name": d.Title, "note": d.Number, "digest": d.BodyHash})
		}
	}
	return rows
}
