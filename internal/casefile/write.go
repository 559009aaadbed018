package casefile

import (
	"slices"
	"strings"
	"time"

	"mingjing/internal/access"
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
	done := Done{Case: w.pic.file.ID, Texts: map[string]string{}}
	for _, s := range w.sheets {
		if s.party != nil {
			done.Texts[s.party.ID] = s.facts(w.books, w.moment, w.people).TextHash
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
	done.State = w.pic.file.State
	return done, nil
}

// documents finishes the papers of the act: one for all parties of a shared step, else one for each.
func (w *work) documents(done *Done) error {
	kinds := append(stepForms(w.step), mayForms(w.step)...)
	used := document.UsedUp
	if w.othersLeft() {
		used = document.UsedUpFor
	}
	for i, s := range w.sheets {
		owner := ""
		if w.step.PerParty && !w.step.Shared {
			owner = s.party.ID
		}
		if w.step.Shared && i > 0 {
			break
		}
		for _, kind := range kinds {
			values, ok := s.act[kind]
			if !ok || kind == announcementKind {
				continue
			}
			if err := w.paper(done, s, kind, owner, values); err != nil {
				return err
			}
		}
		if err := used(w.tx, w.pic.file.ID, owner, string(w.step.Code)); err != nil {
			return err
		}
	}
	// One announcement names all whom it serves, and comes last, when their papers have their numbers.
	if values, ok := w.sheets[0].act[announcementKind]; ok && slices.Contains(kinds, announcementKind) {
		if err := w.paper(done, w.sheets[0], announcementKind, "", w.announced(values)); err != nil {
			return err
		}
	}
	return document.Taken(w.tx, w.pic.file.ID, string(w.step.Code))
}

// paper finishes one paper of the act.
func (w *work) paper(done *Done, s *sheet, kind, owner string, values form.Values) error {
	k, known := w.books.Forms.Kind(kind)
	if !known {
		return refusal.Field(kind, "没有《"+kind+"》的格式。")
	}
	d, err := document.Finish(w.tx, k, w.books.Pack, document.Document{Agency: w.pic.file.Agency, Case: w.pic.file.ID, Party: owner,
		Step: string(w.step.Code), MadeOn: w.moment.occurred, MadeBy: w.actor.Account, Values: values, Corrects: w.corrects(s, kind)})
	if err != nil {
		return err
	}
	w.pic.docs = append(w.pic.docs, d)
	done.Documents = append(done.Documents, d)
	return nil
}

// othersLeft tells whether parties of a batch, for whom the step was not taken, may still need the draft that was written
// for all.
func (w *work) othersLeft() bool {
	if !w.step.PerParty || w.step.Shared {
		return false
	}
	for i := range w.pic.parties {
		p := &w.pic.parties[i]
		here := slices.ContainsFunc(w.sheets, func(s *sheet) bool { return s.party.ID == p.ID })
		over := p.Track == flow.Split || p.Track == flow.Done || p.Track == flow.Unpunished
		if !here && !over && !(&sheet{picture: w.pic, party: p}).done(string(w.step.Code)) {
			return true
		}
	}
	return false
}

// corrects names the document that a 更正通知书 corrects.
func (w *work) corrects(s *sheet, kind string) string {
	if kind != "更正通知书" {
		return ""
	}
	number := s.act[kind].Text("original_number")
	for _, d := range slices.Backward(w.pic.docs) {
		if d.Number == number && number != "" && s.concerns(d.Party) {
			return d.ID
		}
	}
	return ""
}

// made is the document of a kind that this act finished for a sheet.
func (w *work) made(s *sheet, kind string) document.Document {
	for _, d := range slices.Backward(w.pic.docs) {
		if d.Kind == kind && d.Step == string(w.step.Code) && s.concerns(d.Party) {
			return d
		}
	}
	return document.Document{}
}

// record appends the event of the act for one sheet.
func (w *work) record(s *sheet, findings []law.Finding) error {
	ref := map[string]string{"step": string(w.step.Code), "rules": w.books.Law.Version[:16], "pack": w.books.Pack.Hash()[:16]}
	if w.step.PerParty {
		ref["party"] = s.party.ID
	}
	var docs []map[string]string
	for _, kind := range append(stepForms(w.step), mayForms(w.step)...) {
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
	if s.party != nil && w.step.PerParty {
		payload["party"] = s.party.Name
	}
	if w.moment.lateReason != "" {
		payload["late_reason"] = w.moment.lateReason
	}
	if len(w.act.Override) > 0 {
		payload["override"] = w.act.Override
	}
	_, err := ledger.Append(w.tx, ledger.Event{Agency: w.pic.file.Agency, Kind: w.step.Event, SubjectKind: "case", Subject: w.pic.file.ID,
		Occurred: w.instant(), Actor: w.actor.Ledger(string(w.step.Role)), Ref: ref, Payload: payload})
	return err
}

// instant is the legal time of the act: now when it is entered on its day, else the beginning of that day.
func (w *work) instant() time.Time {
	if w.moment.occurred == w.moment.today {
		return w.tx.Now()
	}
	return w.moment.occurred.Start()
}

// advance moves the tracks and the case.
func (w *work) advance(done *Done) error {
	if w.step.PerParty {
		for _, s := range w.sheets {
			s.party.Track = w.step.After(s.party.Track)
			if err := party.Save(w.tx, *s.party); err != nil {
				return err
			}
			done.Parties = append(done.Parties, *s.party)
		}
	} else {
		w.pic.file.State = w.step.After(w.pic.file.State)
	}
	if w.machine.TrackStart != "" {
		tracks := make([]flow.State, len(w.pic.parties))
		for i, p := range w.pic.parties {
			tracks[i] = p.Track
		}
		w.pic.file.State = w.machine.CaseState(w.pic.file.State, tracks)
	}
	return nil
}

// clocks ends the clocks that the step ends and starts those that it starts.
func (w *work) clocks(s *sheet) error {
	owner := ""
	var ids []string
	if w.step.PerParty {
		owner = s.party.ID
		ids = []string{owner}
	} else {
		for _, p := range w.pic.parties {
			ids = append(ids, p.ID)
		}
	}
	if err := deadline.Meet(w.tx, w.pic.file.ID, ids, string(w.step.Code), w.moment.occurred); err != nil {
		return err
	}
	values := w.books.Law
	for _, d := range w.step.Deadlines {
		trigger := w.trigger(s, d.Trigger)
		p, _, known := values.Param(d.Param, w.moment.occurred)
		if trigger.IsZero() || !known || d.Trigger == flow.OnHearing {
			continue
		}
		if d.Param == law.HearingRequestDays && !yes(s.act[noticeKind], "hearing_right") && s.act[hearingKind] == nil {
			continue // no hearing was offered, so no window for asking runs
		}
		if err := deadline.Drop(w.tx, w.pic.file.ID, owner, d.Param); err != nil {
			return err
		}
		c, err := deadline.Start(w.tx, w.books.Calendar, deadline.Clock{Agency: w.pic.file.Agency, Case: w.pic.file.ID, Party: owner, Param: d.Param, Label: d.Label,
			Done: codes(d.Done), Trigger: trigger, Length: int(p.Value), Unit: p.Unit, ForParty: d.ForParty})
		if err != nil {
			return err
		}
		w.pic.clocks = append(w.pic.clocks, c)
	}
	return nil
}

func (w *work) trigger(s *sheet, t flow.Trigger) workday.Day {
	switch t {
	case flow.OnLead:
		return w.pic.file.FoundOn
	case flow.OnEffective:
		return w.effective(s)
	case flow.OnRemedyEnd:
		end := s.clock(law.RemedySuitMonths).Day
		if review := s.clock(law.RemedyReviewDays).Day; review.After(end) {
			end = review
		}
		return end
	}
	return w.moment.occurred
}

// finish writes the row of the case: its last day, its next due day, its state.
func (w *work) finish() error {
	if w.moment.occurred.After(w.pic.file.Last) {
		w.pic.file.Last = w.moment.occurred
	}
	clocks, err := deadline.Of(w.tx, w.pic.file.ID)
	if err != nil {
		return err
	}
	w.pic.file.NextDue = nextDue(clocks)
	return saveFile(w.tx, w.pic.file)
}

// SaveDraft keeps what somebody is writing for a step. Changing a text that a review has passed voids the review in
// the same transaction (行政处罚法第五十八条: 审核的是这一份文本).
func (r *Room) SaveDraft(tx *dbTx, actor access.Actor, d document.Draft, base document.Base) (document.Draft, error) {
	pic, err := load(tx, d.Case)
	if err != nil {
		return document.Draft{}, err
	}
	if pic.file.Agency != actor.Agency {
		return document.Draft{}, refusal.NotFound{What: "案件"}
	}
	kind, known := r.Books().Forms.Kind(d.Kind)
	step, ok := writtenFor(pic.file.Procedure, d.Step)
	if !ok || !known || !slices.Contains(append(stepForms(step), mayForms(step)...), d.Kind) {
		return document.Draft{}, refusal.NotFound{What: "文书格式"}
	}
	if err := MayWrite(actor, Thing(pic, actor), step); err != nil {
		return document.Draft{}, err
	}
	if after, opened, _ := base.Blank(); opened && after != pic.lastOf(d.Kind, d.Party) && !pic.drafted(d) {
		return document.Draft{}, document.Conflict{}
	}
	d.Agency, d.Editor, d.EditorName = pic.file.Agency, actor.Account, actor.Name
	saved, err := document.Save(tx, kind, d, base)
	if err != nil {
		return document.Draft{}, err
	}
	return saved, r.voidReviews(tx, pic, actor, saved)
}

// lastOf is the latest finished document of a kind for a party; a page that was opened before it has grown stale.
func (p *picture) lastOf(kind, partyID string) string {
	for _, d := range slices.Backward(p.docs) {
		if d.Kind == kind && (d.Party == partyID || partyID == "") {
			return d.ID
		}
	}
	return ""
}

// drafted tells whether such a draft stands there already.
func (p *picture) drafted(d document.Draft) bool {
	return slices.ContainsFunc(p.drafts, func(x document.Draft) bool { return x.Step == d.Step && x.Kind == d.Kind && x.Party == d.Party })
}

// Draft opens the draft of a kind for a step, or a blank one filled with what the case knows.
func (r *Room) Draft(tx *dbTx, actor access.Actor, caseID, step, kind, partyID string) (document.Draft, error) {
	pic, err := load(tx, caseID)
	if err != nil {
		return document.Draft{}, err
	}
	if pic.file.Agency != actor.Agency {
		return document.Draft{}, refusal.NotFound{What: "案件"}
	}
	k, known := r.Books().Forms.Kind(kind)
	if !known {
		return document.Draft{}, refusal.NotFound{What: "文书格式"}
	}
	w := &work{books: r.Books(), pic: pic, actor: actor, moment: moment{occurred: workday.DayOf(tx.Now())}}
	w.step, _ = writtenFor(pic.file.Procedure, step)
	if d, ok := pic.draft(step, partyID, kind); ok && d.Party == partyID {
		d.Values = w.endorse(kind, partyID, pic.computed(r.Books(), k, partyID, d.Values))
		return d, nil
	}
	values, ok := pic.blank(r.Books(), step, kind, partyID, actor.Name, workday.DayOf(tx.Now()))
	if !ok {
		return document.Draft{}, refusal.NotFound{What: "文书格式"}
	}
	if d, ok := pic.draft(step, partyID, kind); ok { // the one written for all parties, with this party put in
		values = w.put(kind, partyID, d.Values)
	}
	values = w.endorse(kind, partyID, values)
	return document.Draft{Agency: pic.file.Agency, Case: caseID, Party: partyID, Step: step, Kind: kind, Values: values, BodyHash: form.Hash(k, values),
		After: pic.lastOf(kind, partyID)}, nil
}
