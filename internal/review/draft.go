package review

import (
	"slices"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/document"
	"mingjing/internal/flow"
	"mingjing/internal/law"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

// DraftStep names the drafts of a step of one review among the drafts of its case.
func DraftStep(review string, step flow.Code) string { return "review/" + review + "/" + string(step) }

// personRules are the rules of a step that judge the person and not the papers: who may not take a step for them does not
// write its papers either.
func personRules() []string { return []string{"SH-05", "SH-05b"} }

// May tells why a person may not write the papers of a step now. The opinion on a text is its reviewer's own: neither who
// handles the case nor anybody else reads or changes it before it is given (行政处罚法第五十八条). A proof of presence is
// asked for when the step is taken, not while its papers are written.
func (r *Room) May(tx *db.Tx, actor access.Actor, id string, step flow.Code) error {
	w, thing, err := r.begin(tx, actor, Act{Review: id, Step: step})
	if err != nil {
		return err
	}
	action := access.StepAction(w.step.Role)
	if !access.Can(actor, action, thing).NeedStepUp {
		if err := access.Require(actor, action, thing); err != nil {
			return err
		}
	}
	if err := w.allowed(); err != nil {
		return err
	}
	w.day = workday.DayOf(tx.Now())
	if w.facts, err = w.judged(tx); err != nil {
		return err
	}
	rules := slices.DeleteFunc(personRules(), func(code string) bool { return !slices.Contains(w.step.Rules, code) })
	if blocking := law.Blocking(law.Judge(r.Cases.Books().Law, w.day, rules, w.facts)); len(blocking) > 0 {
		return refusal.Refused{Findings: blocking}
	}
	return nil
}

// SaveDraft keeps what the person of a step is writing for it.
func (r *Room) SaveDraft(tx *db.Tx, actor access.Actor, id string, step flow.Code, d document.Draft, base document.Base) (document.Draft, error) {
	if err := r.May(tx, actor, id, step); err != nil {
		return document.Draft{}, err
	}
	row, err := find(tx, id)
	if err != nil {
		return document.Draft{}, err
	}
	d.Case, d.Party, d.Step = row.Case, "", DraftStep(id, step)
	return r.Cases.SaveDraft(tx, actor, d, base)
}

// Draft opens the draft of a paper of a review step for who may take it, filled with what the case knows.
func (r *Room) Draft(tx *db.Tx, actor access.Actor, id string, step flow.Code, kind string) (document.Draft, error) {
	if err := r.May(tx, actor, id, step); err != nil {
		return document.Draft{}, err
	}
	row, err := find(tx, id)
	if err != nil {
		return document.Draft{}, err
	}
	d, err := r.Cases.Draft(tx, actor, row.Case, DraftStep(id, step), kind, "")
	if err != nil || d.ID != "" {
		return d, err
	}
	k, ok := r.Cases.Books().Forms.Kind(kind)
	if !ok {
		return document.Draft{}, refusal.NotFound{What: "文书格式"}
	}
	known := map[string]any{"submitted_on": row.SubmittedOn.String(), "complete_on": row.CompleteOn.String(), "received_on": row.ConcludedOn.String()}
	for name, value := range known {
		if _, has := k.Field(name); has && value != "" {
			d.Values[name] = value
		}
	}
	if _, has := k.Field("verdict"); has && verdictOf(step) != "" {
		d.Values["verdict"] = string(verdictOf(step))
	}
	return d, nil
}
