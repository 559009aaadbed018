package draft

import (
	"slices"

	"mingjing/internal/access"
	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/casefile/prefill"
	"mingjing/internal/db"
	"mingjing/internal/document"
	"mingjing/internal/flow"
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

// MayWrite tells whether a person may write the papers of a step: who takes it, and, where a head takes it, those who handle
// the case and lay the paper before the head. Whoever reviews, approves or files a case returns a paper of another with an
// opinion and does not write what he then judges (行政处罚法第五十七条、第五十八条).
func MayWrite(actor access.Actor, thing access.Thing, step flow.Step) error {
	if err := access.Require(actor, access.DocumentEdit, thing); err != nil {
		return err
	}
	may := func(action access.Action) bool {
		d := access.Can(actor, action, thing)
		return d.Allowed || d.NeedStepUp
	}
	own := access.StepAction(step.Role)
	switch step.Role {
	case law.RoleHandler, law.RoleUnitHead, law.RoleApprover:
		if may(own) || may(access.StepHandler) || may(access.StepUnitHead) {
			return nil
		}
	default:
		if may(own) {
			return nil
		}
	}
	return access.Require(actor, own, thing)
}

// Save keeps what somebody is writing for a step, and voids the review whose text it changes (行政处罚法第五十八条).
func Save(tx *db.Tx, books book.Books, actor access.Actor, d document.Draft, base document.Base) (document.Draft, error) {
	pic, err := picture.Load(tx, d.Case)
	if err != nil {
		return document.Draft{}, err
	}
	if pic.File.Agency != actor.Agency {
		return document.Draft{}, refusal.NotFound{What: "案件"}
	}
	kind, known := books.Forms.Kind(d.Kind)
	step, ok := book.WrittenFor(pic.File.Procedure, d.Step)
	if !ok || !known || !slices.Contains(append(book.StepForms(step), book.MayForms(step)...), d.Kind) {
		return document.Draft{}, refusal.NotFound{What: "文书格式"}
	}
	if err := MayWrite(actor, picture.Thing(pic, actor), step); err != nil {
		return document.Draft{}, err
	}
	if after, opened, _ := base.Blank(); opened && after != pic.LastOf(d.Kind, d.Party) && !pic.Drafted(d) {
		return document.Draft{}, document.Conflict{}
	}
	d.Agency, d.Editor, d.EditorName = pic.File.Agency, actor.Account, actor.Name
	saved, err := document.Save(tx, kind, d, base)
	if err != nil {
		return document.Draft{}, err
	}
	return saved, voidReviews(tx, books, pic, actor, saved)
}

// Open opens the draft of a kind for a step, or a blank one filled with what the case knows.
func Open(tx *db.Tx, books book.Books, actor access.Actor, caseID, step, kind, partyID string) (document.Draft, error) {
	pic, err := picture.Load(tx, caseID)
	if err != nil {
		return document.Draft{}, err
	}
	if pic.File.Agency != actor.Agency {
		return document.Draft{}, refusal.NotFound{What: "案件"}
	}
	k, known := books.Forms.Kind(kind)
	if !known {
		return document.Draft{}, refusal.NotFound{What: "文书格式"}
	}
	w := &Papers{Books: books, Picture: pic, Actor: actor, Moment: picture.Moment{Occurred: workday.DayOf(tx.Now())}}
	w.Step, _ = book.WrittenFor(pic.File.Procedure, step)
	if d, ok := pic.Draft(step, partyID, kind); ok && d.Party == partyID {
		d.Values = w.endorse(kind, partyID, prefill.Computed(pic, books, k, partyID, d.Values))
		return d, nil
	}
	values, ok := prefill.Blank(pic, books, step, kind, partyID, actor.Name, workday.DayOf(tx.Now()))
	if !ok {
		return document.Draft{}, refusal.NotFound{What: "文书格式"}
	}
	if d, ok := pic.Draft(step, partyID, kind); ok { // the one written for all parties, with this party put in
		values = w.put(kind, partyID, d.Values)
	}
	values = w.endorse(kind, partyID, values)
	return document.Draft{Agency: pic.File.Agency, Case: caseID, Party: partyID, Step: step, Kind: kind, Values: values, BodyHash: form.Hash(k, values),
		After: pic.LastOf(kind, partyID)}, nil
}
