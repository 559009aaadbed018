package casefile

import (
	"context"
	"slices"

	"mingjing/internal/access"
	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/draft"
	"mingjing/internal/casefile/facts"
	"mingjing/internal/casefile/payment"
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

// View is a case as its page shows it.
type View struct {
	File        picture.File
	Parties     []PartyView
	Officers    []OfficerView
	Documents   []document.Document
	Drafts      []document.Draft
	Attachments []document.Attachment
	Clocks      []deadline.Clock
	Events      []ledger.Record
	Submissions []document.Submission
	Steps       []StepView
	Thing       access.Thing
}

// PartyView is one party with its track and what was decided.
type PartyView struct {
	Party      party.Party
	TrackTitle string
	Decision   picture.Decision // its ID is empty where nothing was decided
	Owed       payment.Owed
	Review     ReviewView
	History    []party.Earlier
}

// ReviewView is the latest review of a party's text.
type ReviewView struct {
	ID, State, Verdict, Reviewer string
	SameText                     bool // the draft is still the text that was reviewed
}

// OfficerView is one officer who is or was on the case.
type OfficerView struct {
	Certificate, Name, Account string
	From, Until                workday.Day
}

// StepView is one step as the person before it sees it.
type StepView struct {
	Step flow.Step
	// Kinds are the papers the step needs, MayKinds those it may have.
	Kinds, MayKinds []string
	// Parties are those for whom the track allows the step; empty for a step of the case.
	Parties []party.Party
	// Open: the flow table allows it now; Mine: the person's role and relation allow it.
	Open, Mine bool
	Reason     string // why it is not the person's, in Chinese
	// By names who may take an open step that is not the person's; its Findings hold for them.
	By       []string
	Findings []law.Finding
	Drafted  bool
	// Room names the room whose page takes the step: "" is the case's own, "review" that of legal review.
	Room string
}

// Allowed tells whether the person may take the step now, once its papers are written.
func (s StepView) Allowed() bool { return s.Open && s.Mine && len(law.Blocking(s.Findings)) == 0 }

// Open reads a case for a person who may see it. Steps are judged as of now.
func (r *Room) Open(ctx context.Context, actor access.Actor, id string) (View, error) {
	return r.view(ctx, actor, id, func(flow.Step) bool { return true })
}

// OpenAt is Open with some steps judged, for the pages on which they are taken.
func (r *Room) OpenAt(ctx context.Context, actor access.Actor, id string, codes ...flow.Code) (View, error) {
	return r.view(ctx, actor, id, func(s flow.Step) bool { return slices.Contains(codes, s.Code) })
}

// Look is Open without its steps, for the pages that only show: a batch of hundreds of parties is judged by each step.
func (r *Room) Look(ctx context.Context, actor access.Actor, id string) (View, error) {
	return r.view(ctx, actor, id, func(flow.Step) bool { return false })
}

func (r *Room) view(ctx context.Context, actor access.Actor, id string, wanted func(flow.Step) bool) (View, error) {
	var v View
	err := r.DB.Read(ctx, func(tx *db.Tx) error {
		pic, err := picture.Load(tx, id)
		if err != nil {
			return err
		}
		thing := picture.Thing(pic, actor)
		if !access.Can(actor, access.CaseView, thing).Allowed {
			return refusal.NotFound{What: "案件"}
		}
		if err := pic.ReadPrior(tx); err != nil {
			return err
		}
		v = View{File: pic.File, Documents: pic.Docs, Drafts: pic.Drafts, Clocks: pic.Clocks, Events: pic.Events, Thing: thing}
		for _, o := range pic.Officers {
			v.Officers = append(v.Officers, OfficerView(o))
		}
		if v.Attachments, err = document.Attachments(tx, id); err != nil {
			return err
		}
		if v.Submissions, err = document.Submissions(tx, id); err != nil {
			return err
		}
		if v.Parties, err = r.partyViews(tx, pic); err != nil {
			return err
		}
		v.Steps, err = r.steps(tx, actor, pic, wanted)
		return err
	})
	return v, err
}

func (r *Room) partyViews(tx *db.Tx, pic *picture.Picture) ([]PartyView, error) {
	machine, today := book.MachineOf(pic.File.Procedure), workday.DayOf(tx.Now())
	w := &draft.Papers{Books: r.Books(), Picture: pic}
	kind, _ := w.Books.Forms.Kind(book.DecisionKind)
	var list []PartyView
	for i := range pic.Parties {
		p := pic.Parties[i]
		s := &picture.Sheet{Picture: pic, Party: &p}
		d, made := pic.Decided[p.ID]
		pv := PartyView{Party: p, Decision: d, Owed: payment.Due(s, d, made, today)}
		if info, ok := machine.State(p.Track); ok {
			pv.TrackTitle = info.Title
		}
		if rv, ok := pic.Reviews[p.ID]; ok {
			text := w.Decision(p.ID)
			pv.Review = ReviewView{ID: rv.ID, State: rv.State, Verdict: rv.Verdict, Reviewer: rv.Reviewer, SameText: text != nil && form.Hash(kind, text) == rv.Hash}
		}
		var err error
		if pv.History, err = party.History(tx, p); err != nil {
			return nil, err
		}
		list = append(list, pv)
	}
	return list, nil
}

// paperRules are judged on the act's own papers. The step panel leaves them out until the papers are drafted: before
// that they would say no more than that nothing is written yet.
func paperRules() []string {
	return []string{"CF-20", "CF-20b", "CF-20c", "SX-07", "SX-10", "SX-11", "CF-28", "CF-40", "CF-40b", "CF-51", "CF-52", "SX-30", "SX-29", "SX-29b", "QZ-12", "QZ-22", "QZ-24",
		"QZ-25", "QZ-26", "CF-01", "CF-42b", "CF-43", "CF-43b", "CF-43c", "CF-60", "CF-61c", "YS-02", "CF-73", "CF-73b", "CF-74", "CF-36a", "CF-36c", "CF-62", "CF-63", "CF-63b", "CF-19",
		"CF-19d", "CF-38b", "CF-38c", "CF-50", "CF-02", "CF-02b", "CF-04", "CF-05", "CF-08", "CF-21", "CF-24", "CF-31b", "SX-17c", "CF-35", "CF-66", "CF-30c", "CF-20d", "CF-30"}
}

// steps judges every step of the procedure that is open now, and shows those of the main way that are not yet.
func (r *Room) steps(tx *db.Tx, actor access.Actor, pic *picture.Picture, wanted func(flow.Step) bool) ([]StepView, error) {
	pic.Texts = map[string]form.Values{} // fifty steps ask for them, and a look writes nothing
	machine := book.MachineOf(pic.File.Procedure)
	var list []StepView
	by := map[law.Role][]string{}
	for _, step := range machine.Steps {
		if slices.Contains(step.From, flow.Started) || !wanted(step) {
			continue
		}
		v, err := r.stepView(tx, actor, pic, machine, step)
		if err != nil {
			return nil, err
		}
		if v.Open && !v.Mine {
			names, asked := by[step.Role]
			if !asked {
				if names, err = takers(tx, pic, step.Role); err != nil {
					return nil, err
				}
				by[step.Role] = names
			}
			v.By = names
		}
		if v.Open || !step.Optional && !pic.File.Over() {
			list = append(list, v)
		}
	}
	return list, nil
}

func (r *Room) stepView(tx *db.Tx, actor access.Actor, pic *picture.Picture, machine flow.Machine, step flow.Step) (StepView, error) {
	v := StepView{Step: step, Kinds: book.StepForms(step), MayKinds: book.MayForms(step)}
	if step.Code == "submit_review" {
		v.Room = "review"
	}
	decision := access.Can(actor, access.Action("case.step."+string(step.Role)), picture.Thing(pic, actor))
	v.Mine, v.Reason = decision.Allowed || decision.NeedStepUp, decision.Reason
	w := &work{Papers: draft.Papers{Books: r.Books(), Actor: actor, Picture: pic, Step: step}, room: r, tx: tx, machine: machine, act: Act{Case: pic.File.ID, Step: step.Code}}
	m, err := momentOf(tx, actor, w.act, step)
	if err != nil {
		return v, err
	}
	if !v.Mine {
		m.Actor, m.Head = somebody, step.Role == law.RoleApprover
	}
	w.Moment = m
	if err := w.open(); err != nil {
		if refused, ok := err.(refusal.Refused); ok {
			v.Findings = refused.Findings
			return v, nil
		}
		return v, err
	}
	v.Open = true
	if w.people, err = picture.ReadPeople(tx, pic, w.certificates(), m.Occurred); err != nil {
		return v, err
	}
	v.Drafted = true
	for _, s := range w.sheets {
		if step.PerParty {
			v.Parties = append(v.Parties, *s.Party)
		}
		for _, kind := range v.Kinds {
			if _, ok := s.Act[kind]; !ok {
				v.Drafted = false
			}
		}
	}
	rules := step.Rules
	if !v.Drafted {
		rules = slices.DeleteFunc(slices.Clone(rules), func(code string) bool { return slices.Contains(paperRules(), code) })
	}
	for _, s := range w.sheets {
		found := law.Judge(w.Books.Law, m.Occurred, rules, facts.Of(s, w.Books, m, w.people))
		if v.Drafted {
			found = append(found, w.Lacks(s)...)
		}
		for _, f := range found {
			if s.Party != nil && len(pic.Parties) > 1 {
				f = f.Of(s.Party.Name)
			}
			if !slices.ContainsFunc(v.Findings, func(g law.Finding) bool { return g.Rule == f.Rule && g.Message == f.Message }) {
				v.Findings = append(v.Findings, f)
			}
		}
	}
	return v, nil
}
