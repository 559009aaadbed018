package dossier

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"mingjing/internal/casefile"
	"mingjing/internal/casefile/book"
	"mingjing/internal/db"
	"mingjing/internal/document"
	"mingjing/internal/form"
	"mingjing/internal/refusal"
	"mingjing/internal/web/desk/seat"
)

// correctStep is the step that puts a finished paper right.
const correctStep = "correct_paper"

// called is how a document is pointed at: by its number, or by its day where it has none.
func called(d document.Document) string {
	return "《" + d.Kind + "》" + cmp.Or(d.Number, Day(d.MadeOn))
}

// mendable is where the further document that puts a paper right is begun; empty where that may not be done now, and for a
// decision, which has a paper of its own for it.
func mendable(view casefile.View, d document.Document) string {
	open := slices.ContainsFunc(view.Steps, func(s casefile.StepView) bool { return s.Step.Code == correctStep && s.Open && s.Mine })
	if !open || strings.HasSuffix(d.Kind, "决定书") && d.Step == "decide" || d.Kind == book.CorrectionKind {
		return ""
	}
	return Address(view.File.ID) + "/documents/" + d.ID + "/correct"
}

// correctBegin begins the further document with the paper that it names, and leads to the page on which it is written.
func (r room) correctBegin(v *seat.Visitor) error {
	view, d, _, err := r.document(v)
	if err != nil {
		return err
	}
	err = v.Write(func(tx *db.Tx) error {
		have, err := r.House.Cases.Draft(tx, v.Actor, view.File.ID, correctStep, book.CorrectionKind, "")
		if err != nil {
			return err
		}
		if have.ID != "" && have.Values.Text("original_hash") != d.BodyHash && len(have.Values.Rows("errors")) > 0 {
			return refusal.Invalid{Message: "《" + have.Values.Text("original_kind") + "》的补正说明正在填写，请先办理，再补正另一份文书。"}
		}
		values := form.Values{}
		for name, value := range have.Values {
			values[name] = value
		}
		values["original_kind"], values["original_number"], values["original_on"], values["original_hash"] = d.Kind, d.Number, d.MadeOn.String(), d.BodyHash
		_, err = r.House.Cases.SaveDraft(tx, v.Actor, document.Draft{Case: view.File.ID, Step: correctStep, Kind: book.CorrectionKind, Values: values}, have.Base())
		return err
	})
	if err != nil {
		return err
	}
	return v.Done(Address(view.File.ID)+"/steps/"+correctStep+"?kind="+url.QueryEscape(book.CorrectionKind), "已写入原文书的名称、文号和日期，请填写补正的内容。")
}
