package casefile

import (
	"slices"
	"strings"
	"time"

	"mingjing/internal/access"
	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/facts"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/casefile/prefill"
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
	done := Done{Case: w.pic.File.ID, Texts: map[string]string{}}
	for _, s := range w.sheets {
		if s.Party != nil {
			done.Texts[s.Party.ID] = facts.Of(s, w.books, w.moment, w.people).TextHash
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
	done.State = w.pic.File.State
	return done, nil
}

// documents finishes the papers of the act: one for all parties of a shared step, else one for each.
func (w *work) documents(done *Done) error {
	kinds := append(book.StepForms(w.step), book.MayForms(w.step)...)
	used := document.UsedUp
	if w.othersLeft() {
		used = document.UsedUpFor
	}
	for i, s := range w.sheets {
		owner := ""
		if w.step.PerParty && !w.step.Shared {
			owner = s.Party.ID
		}
		if w.step.Shared && i > 0 {
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
		if err := used(w.tx, w.pic.File.ID, owner, string(w.step.Code)); err != nil {
			return err
		}
	}
	// One announcement names all whom it serves, and comes last, when their papers have their numbers.
	if values, ok := w.sheets[0].Act[book.AnnouncementKind]; ok && slices.Contains(kinds, book.AnnouncementKind) {
		if err := w.paper(done, w.sheets[0], book.AnnouncementKind, "", w.announced(values)); err != nil {
			return err
		}
	}
	return document.Taken(w.tx, w.pic.File.ID, string(w.step.Code))
}

// paper finishes one paper of the act.
func (w *work) paper(done *Done, s *picture.Sheet, kind, owner string, values form.Values) error {
	k, known := w.books.Forms.Kind(kind)
	if !known {
		return refusal.Field(kind, "没有《"+kind+"》的格式。")
	}
	d, err := document.Finish(w.tx, k, w.books.Pack, document.Document{Agency: w.pic.File.Agency, Case: w.pic.File.ID, Party: owner,
		Step: string(w.step.Code), MadeOn: w.moment.Occurred, MadeBy: w.actor.Account, Values: values, Corrects: w.corrects(s, kind)})
	if err != nil {
		return err
	}
	w.pic.Docs = append(w.pic.Docs, d)
	done.Documents = append(done.Documents, d)
	return nil
}

// othersLeft tells whether parties of a batch, for whom the step was not taken, may still need the draft that was written
// for all.
func (w *work) othersLeft() bool {
	if !w.step.PerParty || w.step.Shared {
		return false
	}
	for i := range w.pic.Parties {
		p := &w.pic.Parties[i]
		here := slices.ContainsFunc(w.sheets, func(s *picture.Sheet) bool { return s.Party.ID == p.ID })
		over := p.Track == flow.Split || p.Track == flow.Done || p.Track == flow.Unpunished
		if !here && !over && !(&picture.Sheet{Picture: w.pic, Party: p}).Done(string(w.step.Code)) {
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
	for _, d := range slices.Backward(w.pic.Docs) {
		if d.Number == number && number != "" && s.Concerns(d.Party) {
			return d.ID
		}
	}
	return ""
}

// made is the document of a kind that this act finished for a sheet.
func (w *work) made(s *picture.Sheet, kind string) document.Document {
	for _, d := range slices.Backward(w.pic.Docs) {
		if d.Kind == kind && d.Step == string(w.step.Code) && s.Concerns(d.Party) {
			return d
		}
	}
	return document.Document{}
}

// record appends the event of the act for one sheet.
func (w *work) record(s *picture.Sheet, findings []law.Finding) error {
	ref := map[string]string{"step": string(w.step.Code), "rules": w.books.Law.Version[:16], "pack": w.books.Pack.Hash()[:16]}
	if w.step.PerParty {
		ref["party"] = s.Party.ID
	}
	var docs []map[string]string
	for _, kind := range append(book.StepForms(w.step), book.MayForms(w.step)...) {
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
	payload := map[string]any{"title": w.step.Title, "actor": w.actor.Title(), "documents": docs}
	if s.Party != nil && w.step.PerParty {
		payload["party"] = s.Party.Name
	}
	if w.moment.LateReason != "" {
		payload["late_reason"] = w.moment.LateReason
	}
	if len(w.act.Override) > 0 {
		payload["override"] = w.act.Override
	}
	_, err := ledger.Append(w.tx, ledger.Event{Agency: w.pic.File.Agency, Kind: w.step.Event, SubjectKind: "case", Subject: w.pic.File.ID,
		Occurred: w.instant(), Actor: w.actor.Ledger(string(w.step.Role)), Ref: ref, Payload: payload})
	return err
}

// instant is the legal time of the act: now when it is entered on its day, else the beginning of that day.
func (w *work) instant() time.Time {
	if w.moment.Occurred == w.moment.Today {
		return w.tx.Now()
	}
	return w.moment.Occurred.Start()
}

// advance moves the tracks and the case.
func (w *work) advance(done *Done) error {
	if w.step.PerParty {
		for _, s := range w.sheets {
			s.Party.Track = w.step.After(s.Party.Track)
			if err := party.Save(w.tx, *s.Party); err != nil {
				return err
			}
			done.Parties = append(done.Parties, *s.Party)
		}
	} else {
		w.pic.File.State = w.step.After(w.pic.File.State)
	}
	if w.machine.TrackStart != "" {
		tracks := make([]flow.State, len(w.pic.Parties))
		for i, p := range w.pic.Parties {
			tracks[i] = p.Track
		}
		w.pic.File.State = w.machine.CaseState(w.pic.File.State, tracks)
	}
	return nil
}

// clocks ends the clocks that the step ends and starts those that it starts.
func (w *work) clocks(s *picture.Sheet) error {
	owner := ""
	var ids []string
	if w.step.PerParty {
		owner = s.Party.ID
		ids = []string{owner}
	} else {
		for _, p := range w.pic.Parties {
			ids = append(ids, p.ID)
		}
	}
	if err := deadline.Meet(w.tx, w.pic.File.ID, ids, string(w.step.Code), w.moment.Occurred); err != nil {
		return err
	}
	values := w.books.Law
	for _, d := range w.step.Deadlines {
		trigger := w.trigger(s, d.Trigger)
		p, _, known := values.Param(d.Param, w.moment.Occurred)
		if trigger.IsZero() || !known || d.Trigger == flow.OnHearing {
			continue
		}
		if d.Param == law.HearingRequestDays && !picture.Yes(s.Act[book.NoticeKind], "hearing_right") && s.Act[book.HearingKind] == nil {
			continue // no hearing was offered, so no window for asking runs
		}
		if err := deadline.Drop(w.tx, w.pic.File.ID, owner, d.Param); err != nil {
			return err
		}
		c, err := deadline.Start(w.tx, w.books.Calendar, deadline.Clock{Agency: w.pic.File.Agency, Case: w.pic.File.ID, Party: owner, Param: d.Param, Label: d.Label,
			Done: codes(d.Done), Trigger: trigger, Length: int(p.Value), Unit: p.Unit, ForParty: d.ForParty})
		if err != nil {
			return err
		}
		w.pic.Clocks = append(w.pic.Clocks, c)
	}
	return nil
}

func (w *work) trigger(s *picture.Sheet, t flow.Trigger) workday.Day {
	switch t {
	case flow.OnLead:
		return w.pic.File.FoundOn
	case flow.OnEffective:
		return w.effective(s)
	case flow.OnRemedyEnd:
		end := s.Clock(law.RemedySuitMonths).Day
		if review := s.Clock(law.RemedyReviewDays).Day; review.After(end) {
			end = review
		}
		return end
	}
	return w.moment.Occurred
}

// finish writes the row of the case: its last day, its next due day, its state.
func (w *work) finish() error {
	if w.moment.Occurred.After(w.pic.File.Last) {
		w.pic.File.Last = w.moment.Occurred
	}
	clocks, err := deadline.Of(w.tx, w.pic.File.ID)
	if err != nil {
		return err
	}
	w.pic.File.NextDue = nextDue(clocks)
	return saveFile(w.tx, w.pic.File)
}

// SaveDraft keeps what somebody is writing for a step. Changing a text that a review has passed voids the review in
// the same transaction (行政处罚法第五十八条: 审核的是这一份文本).
func (r *Room) SaveDraft(tx *dbTx, actor access.Actor, d document.Draft, base document.Base) (document.Draft, error) {
	pic, err := picture.Load(tx, d.Case)
	if err != nil {
		return document.Draft{}, err
	}
	if pic.File.Agency != actor.Agency {
		return document.Draft{}, refusal.NotFound{What: "案件"}
	}
	kind, known := r.Books().Forms.Kind(d.Kind)
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
	return saved, r.voidReviews(tx, pic, actor, saved)
}

// Draft opens the draft of a kind for a step, or a blank one filled with what the case knows.
func (r *Room) Draft(tx *dbTx, actor access.Actor, caseID, step, kind, partyID string) (document.Draft, error) {
	pic, err := picture.Load(tx, caseID)
	if err != nil {
		return document.Draft{}, err
	}
	if pic.File.Agency != actor.Agency {
		return document.Draft{}, refusal.NotFound{What: "案件"}
	}
	k, known := r.Books().Forms.Kind(kind)
	if !known {
		return document.Draft{}, refusal.NotFound{What: "文书格式"}
	}
	w := &work{books: r.Books(), pic: pic, actor: actor, moment: picture.Moment{Occurred: workday.DayOf(tx.Now())}}
	w.step, _ = book.WrittenFor(pic.File.Procedure, step)
	if d, ok := pic.Draft(step, partyID, kind); ok && d.Party == partyID {
		d.Values = w.endorse(kind, partyID, prefill.Computed(pic, r.Books(), k, partyID, d.Values))
		return d, nil
	}
	values, ok := prefill.Blank(pic, r.Books(), step, kind, partyID, actor.Name, workday.DayOf(tx.Now()))
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
