package casefile

import (
	"slices"

	"mingjing/internal/access"
	"mingjing/internal/document"
	"mingjing/internal/roster"
)

// seal registers the seal that the person put on the papers of the act (行政处罚法第五十九条第二款): what the rule of the step
// asks for is a row of the register and not a tick. On the spot the box says that the decision was handed over, and its
// form was sealed before.
func (w *work) seal(docs []document.Document) error {
	if !w.Moment.Sealed || w.Step.Code == "decide_on_spot" {
		return nil
	}
	var uses []document.SealUse
	for _, d := range docs {
		if k, ok := w.Books.Forms.Kind(d.Kind); ok && k.Seal {
			uses = append(uses, document.SealUse{Document: d.ID, Number: d.Number, Title: d.Title, ApprovedBy: w.letSeal(d)})
		}
	}
	if len(uses) == 0 {
		return nil
	}
	agency, err := roster.FindAgency(w.tx, w.Picture.File.Agency)
	if err != nil {
		return err
	}
	return document.SealMade(w.tx, w.Actor, document.SealUse{Agency: w.Picture.File.Agency, Case: w.Picture.File.ID, Seal: agency.Name, UsedOn: w.Moment.Occurred, Copies: 1}, uses)
}

// letSeal is the head who let the seal be used: who approved this very text, else who signed the papers of the step; empty where
// the law asks for neither.
func (w *work) letSeal(d document.Document) string {
	for party, a := range w.Picture.Approved {
		if a.Hash == d.BodyHash && (party == d.Party || d.Party == "") {
			return a.Approver
		}
	}
	for _, s := range slices.Backward(w.Picture.Signed) {
		if s.Step == string(w.Step.Code) && s.Role == access.RoleApprover && (len(s.Parties) == 0 || d.Party == "" || slices.Contains(s.Parties, d.Party)) {
			return s.Account
		}
	}
	return ""
}
