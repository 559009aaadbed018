package casefile

import (
	"slices"
	"strings"
	"time"

	"mingjing/internal/access"
	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/draft"
	"mingjing/internal/casefile/facts"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/db"
	"mingjing/internal/deadline"
	"mingjing/internal/document"
	"mingjing/internal/flow"
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/ledger"
	"mingjing/internal/party"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

// write does what the act says: documents, effects, states, clocks, events, all in the transaction of the act.
func (w *work) write(findings []law.Finding) (Done, error) {
	done := Done{Case: w.Picture.File.ID, Texts: map[string]string{}}
	for _, s := range w.sheets {
		if s.Party != nil {
			done.Texts[s.Party.ID] = facts.Of(s, w.Books, w.Moment, w.people).TextHash
		}
	}
	for _, f := range findings {
		if f.Severity != law.Block {
			done.Warnings = append(done.Warnings, f)
		}
	}
	if err := w.documents(&done); err != nil {
		return Done{}, err
	}
	if err := w.seal(done.Documents); err != nil {
		return Done{}, err
	}
	for _, s := range w.sheets {
		if err := w.effect(s); err != nil {
			return Done{}, err
		}
		if err := w.record(s, findings); err != nil {
			return Done{}, err
		}
	}
	if err := w.advance(&done); err != nil {
		return Done{}, err
	}
	for _, s := range w.sheets {
		if err := w.clocks(s); err != nil {
			return Done{}, err
		}
	}
	if err := w.finish(); err != nil {
		return Done{}, err
	}
	done.State = w.Picture.File.State
	return done, nil
}

// documents finishes the papers of the act: one for all parties of a shared step, else one for each.
func (w *work) documents(done *Done) error {
	kinds := append(book.StepForms(w.Step), book.MayForms(w.Step)...)
	used := document.UsedUp
	if w.othersLeft() {
		used = document.UsedUpFor
	}
	for i, s := range w.sheets {
		owner := ""
		if w.Step.PerParty && !w.Step.Shared {
			owner = s.Party.ID
		}
		if w.Step.Shared && i > 0 {
			break
		}
		for _, kind := range kinds {
			values, ok := s.Act[kind]
			if !ok || kind == book.AnnouncementKind {
				continue
			}
			if err := w.paper(done, s, kind, owner, values); err != nil {
				return err
			}
		}
		if err := used(w.tx, w.Picture.File.ID, owner, string(w.Step.Code)); err != nil {
			return err
		}
	}
	// One announcement names all whom it serves, and comes last, when their papers have their numbers.
	if values, ok := w.sheets[0].Act[book.AnnouncementKind]; ok && slices.Contains(kinds, book.AnnouncementKind) {
		if err := w.paper(done, w.sheets[0], book.AnnouncementKind, "", w.announced(values)); err != nil {
			return err
		}
	}
	return document.Taken(w.tx, w.Picture.File.ID, string(w.Step.Code))
}

// paper finishes one paper of the act.
func (w *work) paper(done *Done, s *picture.Sheet, kind, owner string, values form.Values) error {
	k, known := w.Books.Forms.Kind(kind)
	if !known {
		return refusal.Field(kind, "没有《"+kind+"》的格式。")
	}
	corrects := w.corrects(s, kind)
	if first, ok := w.Picture.Corrected(values); ok && kind == book.CorrectionKind {
		corrects, owner = first.ID, first.Party
	}
	d, err := document.Finish(w.tx, k, w.Books.Pack, document.Document{Agency: w.Picture.File.Agency, Case: w.Picture.File.ID, Party: owner,
		Step: string(w.Step.Code), MadeOn: w.Moment.Occurred, MadeBy: w.Actor.Account, Values: values, Corrects: corrects})
	if err != nil {
		return err
	}
	w.Picture.Docs = append(w.Picture.Docs, d)
	done.Documents = append(done.Documents, d)
	return nil
}

// othersLeft tells whether parties of a batch, for whom the step was not taken, may still need the draft that was written
// for all.
func (w *work) othersLeft() bool {
	if !w.Step.PerParty || w.Step.Shared {
		return false
	}
	for i := range w.Picture.Parties {
		p := &w.Picture.Parties[i]
		here := slices.ContainsFunc(w.sheets, func(s *picture.Sheet) bool { return s.Party.ID == p.ID })
		over := p.Track == flow.Split || p.Track == flow.Done || p.Track == flow.Unpunished
		if !here && !over && !(&picture.Sheet{Picture: w.Picture, Party: p}).Done(string(w.Step.Code)) {
			return true
		}
	}
	return false
}

// corrects names the document that a 更正通知书 corrects.
func (w *work) corrects(s *picture.Sheet, kind string) string {
	if kind != "更正通知书" {
		return ""
	}
	number := s.Act[kind].Text("original_number")
	for _, d := range slices.Backward(w.Picture.Docs) {
		if d.Number == number && number != "" && s.Concerns(d.Party) {
			return d.ID
		}
	}
	return ""
}

// made is the document of a kind that this act finished for a sheet.
func (w *work) made(s *picture.Sheet, kind string) document.Document {
	for _, d := range slices.Backward(w.Picture.Docs) {
		if d.Kind == kind && d.Step == string(w.Step.Code) && s.Concerns(d.Party) {
			return d
		}
	}
	return document.Document{}
}

// record appends the event of the act for one sheet.
func (w *work) record(s *picture.Sheet, findings []law.Finding) error {
	ref := map[string]string{"step": string(w.Step.Code), "rules": w.Books.Law.Version[:16], "pack": w.Books.Pack.Hash()[:16]}
	if w.Step.PerParty {
		ref["party"] = s.Party.ID
	}
	var docs []map[string]string
	for _, kind := range append(book.StepForms(w.Step), book.MayForms(w.Step)...) {
		if d := w.made(s, kind); d.ID != "" {
			docs = append(docs, map[string]string{"id": d.ID, "kind": d.Kind, "number": d.Number})
			ref["doc."+d.ID] = d.BodyHash
		}
	}
	var warned, set []string
	for _, f := range findings {
		switch {
		case f.Severity != law.Block:
			warned = append(warned, f.Rule)
		case f.Override != nil:
			set = append(set, f.Rule)
		}
	}
	if len(warned) > 0 {
		ref["warned"] = strings.Join(warned, " ")
	}
	if len(set) > 0 {
		ref["overridden"] = strings.Join(set, " ")
	}
	w.rests(s, ref)
	payload := map[string]any{"title": w.Step.Title, "actor": w.Actor.Title(), "documents": docs}
	if s.Party != nil && w.Step.PerParty {
		payload["party"] = s.Party.Name
	}
	if w.Moment.LateReason != "" {
		payload["late_reason"] = w.Moment.LateReason
	}
	if len(w.act.Override) > 0 {
		payload["override"] = w.act.Override
	}
	_, err := ledger.Append(w.tx, ledger.Event{Agency: w.Picture.File.Agency, Kind: w.Step.Event, SubjectKind: "case", Subject: w.Picture.File.ID,
		Occurred: w.instant(), Actor: w.Actor.Ledger(string(w.Step.Role)), Ref: ref, Payload: payload})
	return err
}

// instant is the legal time of the act: now when it is entered on its day, else the beginning of that day.
func (w *work) instant() time.Time {
	if w.Moment.Occurred == w.Moment.Today {
		return w.tx.Now()
	}
	return w.Moment.Occurred.Start()
}

// advance moves the tracks and the case.
func (w *work) advance(done *Done) error {
	if w.Step.PerParty {
		for _, s := range w.sheets {
			s.Party.Track = w.Step.After(s.Party.Track)
			if err := party.Save(w.tx, *s.Party); err != nil {
				return err
			}
			done.Parties = append(done.Parties, *s.Party)
		}
	} else {
		w.Picture.File.State = w.Step.After(w.Picture.File.State)
	}
	if w.machine.TrackStart != "" {
		tracks := make([]flow.State, len(w.Picture.Parties))
		for i, p := range w.Picture.Parties {
			tracks[i] = p.Track
		}
		w.Picture.File.State = w.machine.CaseState(w.Picture.File.State, tracks)
	}
	return nil
}

// clocks ends the clocks that the step ends and starts those that it starts.
func (w *work) clocks(s *picture.Sheet) error {
	owner := ""
	var ids []string
	if w.Step.PerParty {
		owner = s.Party.ID
		ids = []string{owner}
	} else {
		for _, p := range w.Picture.Parties {
			ids = append(ids, p.ID)
		}
	}
	if err := deadline.Meet(w.tx, w.Picture.File.ID, ids, string(w.Step.Code), w.Moment.Occurred); err != nil {
		return err
	}
	values := w.Books.Law
	for _, d := range w.Step.Deadlines {
		trigger := w.trigger(s, d.Trigger)
		p, _, known := values.Param(d.Param, w.Moment.Occurred)
		if trigger.IsZero() || !known || d.Trigger == flow.OnHearing {
			continue
		}
		if d.Param == law.HearingRequestDays && !picture.Yes(s.Act[book.NoticeKind], "hearing_right") && s.Act[book.HearingKind] == nil {
			continue // no hearing was offered, so no window for asking runs
		}
		if err := deadline.Drop(w.tx, w.Picture.File.ID, owner, d.Param); err != nil {
			return err
		}
		c, err := deadline.Start(w.tx, w.Books.Calendar, deadline.Clock{Agency: w.Picture.File.Agency, Case: w.Picture.File.ID, Party: owner, Param: d.Param, Label: d.Label,
			Done: codes(d.Done), Trigger: trigger, Length: int(p.Value), Unit: p.Unit, ForParty: d.ForParty})
		if err != nil {
			return err
		}
		w.Picture.Clocks = append(w.Picture.Clocks, c)
	}
	return nil
}

func (w *work) trigger(s *picture.Sheet, t flow.Trigger) workday.Day {
	switch t {
	case flow.OnLead:
		return w.Picture.File.FoundOn
	case flow.OnEffective:
		return w.effective(s)
	case flow.OnRemedyEnd:
		end := s.Clock(law.RemedySuitMonths).Day
		if review := s.Clock(law.RemedyReviewDays).Day; review.After(end) {
			end = review
		}
		return end
	}
	return w.Moment.Occurred
}

// finish writes the row of the case: its last day, its next due day, its state.
func (w *work) finish() error {
	if w.Moment.Occurred.After(w.Picture.File.Last) {
		w.Picture.File.Last = w.Moment.Occurred
	}
	if err := saveFile(w.tx, w.Picture.File); err != nil {
		return err
	}
	return deadline.Settle(w.tx, w.Picture.File.ID)
}

// SaveDraft keeps what somebody is writing for a step. Changing a text that a review has passed voids the review in
// the same transaction (行政处罚法第五十八条: 审核的是这一份文本).
func (r *Room) SaveDraft(tx *db.Tx, actor access.Actor, d document.Draft, base document.Base) (document.Draft, error) {
	return draft.Save(tx, r.Books(), actor, d, base)
}

// Draft opens the draft of a kind for a step, or a blank one filled with what the case knows.
func (r *Room) Draft(tx *db.Tx, actor access.Actor, caseID, step, kind, partyID string) (document.Draft, error) {
	return draft.Open(tx, r.Books(), actor, caseID, step, kind, partyID)
}
