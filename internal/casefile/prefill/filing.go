package prefill

import (
	"cmp"
	"slices"

	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/payment"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/document"
	"mingjing/internal/flow"
	"mingjing/internal/workday"
)

// retentionCodes name the pack's retention of the dossier of each procedure.
var retentionCodes = map[string]string{book.Ordinary: "CF-ordinary", book.Simple: "CF-summary"}

// filingContext is what the case knows of its dossier: the documents that the party may see, in the order in which a
// dossier is bound, and how long it is kept (行政处罚法第四十七条). Pages are counted on the bound paper and not here.
func filingContext(s *picture.Sheet, b book.Books) map[string]any {
	const part = "正卷"
	list := bound(s, b, part)
	agency, _ := b.Pack.Agency()
	var items []any
	for _, d := range list {
		items = append(items, map[string]any{"no": d.Number, "author": agency.Name, "title": d.Title, "on": d.MadeOn.String()})
	}
	c := map[string]any{"part": part, "items": items}
	for _, r := range b.Pack.Retentions(s.File.Last) {
		if r.Code == retentionCodes[s.File.Procedure] {
			c["retention"] = r.Period
		}
	}
	return c
}

// bound lists the documents of a part in binding order. A receipt stands right behind the paper it serves (rulebook §6.2:
// 处罚决定书+送达回证, 其他送达当事人的文书+回证); one that serves nothing of this part keeps its own place.
func bound(s *picture.Sheet, b book.Books, part string) []document.Document {
	type placed struct {
		order, receipt int
		on             workday.Day
		doc            document.Document
	}
	serves := map[string]string{}
	for _, party := range s.Parties {
		for _, d := range s.Served[party.ID] {
			serves[d.Receipt] = d.Document
		}
	}
	place := map[string]placed{}
	for _, d := range s.Docs {
		if k, ok := b.Forms.Kind(d.Kind); ok && k.Dossier.Part == part {
			place[d.ID] = placed{k.Dossier.Order, 0, d.MadeOn, d}
		}
	}
	var list []placed
	for _, d := range s.Docs {
		own, in := place[d.ID]
		if !in {
			continue
		}
		if paper, ok := place[serves[d.ID]]; ok {
			own.order, own.receipt, own.on = paper.order, 1, paper.on
		}
		list = append(list, own)
	}
	slices.SortStableFunc(list, func(x, y placed) int {
		return cmp.Or(cmp.Compare(x.order, y.order), x.on.Compare(y.on), cmp.Compare(x.receipt, y.receipt))
	})
	docs := make([]document.Document, len(list))
	for i, p := range list {
		docs[i] = p.doc
	}
	return docs
}

// announced is the mode of service by announcement.
const announced = "公告送达"

// recipients lists the parties that a step serves by announcement, with the paper of the step: a batch is announced in one text,
// and its parties are not typed again. An announcement is for who cannot be found or reached otherwise (民事诉讼法第九十五条), so
// those who were served already, or who are reached in another way, do not stand on it. A notice has no number yet, because it is
// finished with its announcement.
func recipients(p *picture.Picture, step string) []any {
	machine := book.MachineOf(p.File.Procedure)
	taken, known := machine.Find(flow.Code(step))
	var rows []any
	for _, party := range p.Parties {
		if known && taken.PerParty && !machine.May(taken, p.File.State, party.Track) || !unreached(p, step, party.ID) {
			continue
		}
		row := map[string]any{"name": party.Name, "code": party.Code, "paper": book.NoticeKind}
		if decided, ok := p.Decided[party.ID]; ok {
			row["paper"], row["no"] = decided.Kind, decided.Number
		}
		if step == "demand" {
			row["paper"], row["no"] = payment.DemandKind, ""
		}
		rows = append(rows, row)
	}
	return rows
}

// unreached tells whether a party is served by announcement: as its receipt says that is being written, else as it was served
// the last time; whoever was never served counts as not reached.
func unreached(p *picture.Picture, step, partyID string) bool {
	if d, ok := p.Draft(step, partyID, "送达回证"); ok && d.Values.Text("mode") != "" {
		return d.Values.Text("mode") == announced
	}
	if served := p.Served[partyID]; len(served) > 0 {
		return served[len(served)-1].Mode == announced
	}
	return true
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
