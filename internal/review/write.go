package review

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"mingjing/internal/casefile"
	"mingjing/internal/deadline"
	"mingjing/internal/document"
	"mingjing/internal/flow"
	"mingjing/internal/law"
	"mingjing/internal/ledger"
	"mingjing/internal/refusal"
	"mingjing/internal/roster"
)

// write does what the step says: documents, the row, the clocks and the event, all in the transaction of the step.
func (w *work) write(findings []law.Finding) error {
	docs, err := w.documents()
	if err != nil {
		return err
	}
	state := string(w.step.After(flow.State(w.row.State)))
	verdict, reviewer, concluded := w.row.Verdict, w.row.Reviewer, w.row.ConcludedOn
	complete, counsel, opinion := w.row.CompleteOn, w.row.Counsel, w.row.Opinion
	switch w.step.Code {
	case "accept_review":
		complete, reviewer = w.day, w.actor.Account
	case "consult_counsel":
		counsel = w.papers["顾问意见登记"].Text("counsel")
	case "remand_review":
		return w.remand(docs, findings)
	}
	if v := verdictOf(w.step.Code); v != "" {
		verdict, reviewer, concluded = string(v), w.actor.Account, w.day
		opinion = docs["法制审核意见书"].ID
		if err := roster.MarkFirstReview(w.tx, w.row.Agency, w.actor.Account, w.day); err != nil {
			return err
		}
	}
	if _, err := w.tx.Exec(`UPDATE review SET state = $2, verdict = $3, reviewer = $4, concluded_on = $5, complete_on = $6, counsel = $7, opinion = $8 WHERE id = $1`,
		w.row.ID, state, verdict, reviewer, concluded.String(), complete.String(), counsel, opinion); err != nil {
		return fmt.Errorf("review: %s: %w", w.step.Code, err)
	}
	if err := w.clocks(); err != nil {
		return err
	}
	return w.record(docs, findings, map[string]string{"verdict": verdict})
}

// remand opens a further round on the same texts: a verdict once given never changes, so the earlier row is ended and
// stays as it is. The new round begins with the materials, as every round does.
func (w *work) remand(docs map[string]document.Document, findings []law.Finding) error {
	texts, err := textsOf(w.tx, w.row.ID)
	if err != nil {
		return err
	}
	if _, err := w.tx.Exec(`UPDATE review SET state = 'ended' WHERE id = $1`, w.row.ID); err != nil {
		return fmt.Errorf("review: remand: %w", err)
	}
	next := Row{ID: w.tx.NewID(), Agency: w.row.Agency, Case: w.row.Case, Round: w.row.Round + 1, SubmittedBy: w.row.SubmittedBy, SubmittedOn: w.day, DraftKind: w.row.DraftKind}
	if err := insert(w.tx, next, "{}", texts); err != nil {
		return err
	}
	if err := w.clocks(); err != nil {
		return err
	}
	return w.record(docs, findings, map[string]string{"next": next.ID})
}

func (w *work) documents() (map[string]document.Document, error) {
	docs := map[string]document.Document{}
	books := w.room.Cases.Books()
	for _, kind := range w.kinds {
		k, ok := books.Forms.Kind(kind)
		if !ok {
			return nil, refusal.Field(kind, "没有《"+kind+"》的格式。")
		}
		d, err := document.Finish(w.tx, k, books.Pack, document.Document{Agency: w.row.Agency, Case: w.row.Case, Step: string(w.step.Code), MadeOn: w.day,
			MadeBy: w.actor.Account, Values: w.papers[kind]})
		if err != nil {
			return nil, err
		}
		docs[kind] = d
	}
	return docs, document.UsedUp(w.tx, w.row.Case, "", DraftStep(w.row.ID, w.step.Code))
}

// clocks ends and starts the clocks of the step, and keeps the review's own due day. The limit runs from the day on which
// the materials were whole; an extension runs on from the day that it extends (118号（十四）).
func (w *work) clocks() error {
	texts, err := textsOf(w.tx, w.row.ID)
	if err != nil {
		return err
	}
	parties := slices.Sorted(maps.Keys(texts))
	if err := deadline.Meet(w.tx, w.row.Case, parties, string(w.step.Code), w.day); err != nil {
		return err
	}
	switch w.step.Code {
	case "accept_review", "extend_review", "return_materials", "recall_review", "end_review":
		for _, owner := range append([]string{""}, parties...) {
			if err := deadline.Drop(w.tx, w.row.Case, owner, law.ReviewDays); err != nil {
				return err
			}
		}
	}
	books := w.room.Cases.Books()
	for _, d := range w.step.Deadlines {
		p, _, ok := books.Law.Param(d.Param, w.day)
		if !ok {
			continue
		}
		done := make([]string, len(d.Done))
		for i, code := range d.Done {
			done[i] = string(code)
		}
		c := deadline.Clock{Agency: w.row.Agency, Case: w.row.Case, Param: d.Param, Label: d.Label, Done: done, Trigger: w.day, Length: int(p.Value), Unit: p.Unit}
		if d.Param == law.ReviewExtraDays && w.row.DueOn.After(w.day) {
			c.Trigger = w.row.DueOn
		}
		if c, err = deadline.Start(w.tx, books.Calendar, c); err != nil {
			return err
		}
		if _, err := w.tx.Exec(`UPDATE review SET due_on = $2 WHERE id = $1`, w.row.ID, c.Due.String()); err != nil {
			return fmt.Errorf("review: clock: %w", err)
		}
	}
	return nil
}

func (w *work) record(docs map[string]document.Document, findings []law.Finding, more map[string]string) error {
	ref := map[string]string{"review": w.row.ID, "step": string(w.step.Code)}
	for name, value := range more {
		if value != "" {
			ref[name] = value
		}
	}
	texts, err := textsOf(w.tx, w.row.ID)
	if err != nil {
		return err
	}
	payload := map[string]any{"title": "法制审核：" + w.step.Title, "actor": w.actor.Title(), "late_reason": strings.TrimSpace(w.act.LateReason)}
	if len(texts) <= 60 {
		for party, hash := range texts {
			ref["text."+party] = hash
		}
	} else { // a leaf has no room for them; the commitment binds them all the same
		payload["texts"] = texts
	}
	var papers []map[string]string
	for _, d := range docs {
		ref["doc."+d.ID] = d.BodyHash
		papers = append(papers, map[string]string{"id": d.ID, "kind": d.Kind, "number": d.Number})
	}
	var warned []string
	for _, f := range findings {
		if f.Severity != law.Block {
			warned = append(warned, f.Rule)
		}
	}
	if len(warned) > 0 {
		ref["warned"] = strings.Join(warned, " ")
	}
	payload["documents"] = papers
	if err := casefile.Reviewed(w.tx, w.row.Case, w.day); err != nil {
		return err
	}
	_, err = ledger.Append(w.tx, ledger.Event{Agency: w.row.Agency, Kind: w.step.Event, SubjectKind: "case", Subject: w.row.Case, Occurred: w.instant(),
		Actor: w.actor.Ledger(string(w.step.Role)), Ref: ref, Payload: payload})
	return err
}
