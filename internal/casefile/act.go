package casefile

import (
	"context"
	"slices"

	"mingjing/internal/access"
	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/draft"
	"mingjing/internal/casefile/facts"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/db"
	"mingjing/internal/document"
	"mingjing/internal/flow"
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/party"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

// Act is one step that somebody asks to take.
type Act struct {
	Case    string
	Step    flow.Code
	Parties []string // for a step of the parties' tracks; empty means every party that the step is open for
	// Occurred is the legal day of the act; zero means today. LateReason is asked for when it is entered days later.
	Occurred   workday.Day
	LateReason string
	// Papers are the documents of the step by kind, for all parties; PartyPapers those that differ, by party and kind.
	// A kind that stands in neither is taken from the step's draft.
	Papers      map[string]form.Values
	PartyPapers map[string]map[string]form.Values
	// Sealed says that the seal was put on the paper (第五十九条第二款), or that a decision on the spot was handed over.
	Sealed bool
	// Override gives the head's reason for each rule code that the law lets a head set aside.
	Override map[string]string
}

// Done is what an act left behind.
type Done struct {
	Case      string
	State     flow.State
	Documents []document.Document
	Parties   []party.Party
	Warnings  []law.Finding
	// Texts is the hash of the text that the act judged, by party.
	Texts map[string]string
}

// Take takes one step of a case: it judges first and writes once. What the law does not allow comes back as Refused
// with every finding; what cannot be used as typed as Invalid; nothing is written in either case.
func (r *Room) Take(ctx context.Context, actor access.Actor, act Act) (Done, error) {
	var done Done
	err := r.DB.Write(ctx, actor.Agency, func(tx *db.Tx) (err error) {
		done, err = r.TakeIn(tx, actor, act)
		return err
	})
	return done, Gated(err)
}

// TakeIn is Take within the transaction of a room that adds its own facts to the act.
func (r *Room) TakeIn(tx *db.Tx, actor access.Actor, act Act) (Done, error) {
	w, err := r.prepare(tx, actor, act)
	if err != nil {
		return Done{}, err
	}
	findings, err := w.judge()
	if err != nil {
		return Done{}, err
	}
	if blocking := law.WithoutOverridden(law.Blocking(findings), act.Override); len(blocking) > 0 {
		return Done{}, refusal.Refused{Findings: blocking}
	}
	return w.write(findings)
}

// Try judges an act without writing anything, for the step panel and for the page that prepares it.
func (r *Room) Try(tx *db.Tx, actor access.Actor, act Act) ([]law.Finding, error) {
	w, err := r.prepare(tx, actor, act)
	if err != nil {
		return nil, err
	}
	return w.judge()
}

// work is an act under way.
type work struct {
	draft.Papers
	room    *Room
	tx      *db.Tx
	act     Act
	machine flow.Machine
	people  picture.People
	sheets  []*picture.Sheet // one for each party of the act, or one for the case
}

func (r *Room) prepare(tx *db.Tx, actor access.Actor, act Act) (*work, error) {
	pic, err := picture.Load(tx, act.Case)
	if err != nil {
		return nil, err
	}
	if pic.File.Agency != actor.Agency {
		return nil, refusal.NotFound{What: "案件"}
	}
	w := &work{Papers: draft.Papers{Books: r.Books(), Actor: actor, Picture: pic}, room: r, tx: tx, act: act, machine: book.MachineOf(pic.File.Procedure)}
	step, ok := w.machine.Find(act.Step)
	if !ok {
		return nil, refusal.NotFound{What: "办案环节"}
	}
	w.Step = step
	if err := access.Require(actor, access.Action("case.step."+string(step.Role)), picture.Thing(pic, actor)); err != nil {
		return nil, err
	}
	if w.Moment, err = momentOf(tx, actor, act, step); err != nil {
		return nil, err
	}
	if err := w.open(); err != nil {
		return nil, err
	}
	if w.people, err = picture.ReadPeople(tx, pic, w.certificates(), w.Moment.Occurred); err != nil {
		return nil, err
	}
	return w, pic.ReadPrior(tx)
}

// open finds the sheets of the act and tells why the flow table does not allow it.
func (w *work) open() error {
	if !w.Step.PerParty {
		s := &picture.Sheet{Picture: w.Picture, Act: w.For("", w.act.Papers, w.act.PartyPapers)}
		if len(w.Picture.Parties) == 1 {
			s.Party = &w.Picture.Parties[0] // a case with one party is judged with that party's facts
			s.Text = w.Decision(s.Party.ID)
		}
		if !w.machine.May(w.Step, w.Picture.File.State, "") {
			return refusal.Refused{Findings: []law.Finding{w.closed(w.Picture.File.StateTitle(), "")}}
		}
		w.sheets = []*picture.Sheet{s}
		return nil
	}
	var closed []law.Finding
	for i := range w.Picture.Parties {
		p := &w.Picture.Parties[i]
		named := slices.Contains(w.act.Parties, p.ID)
		if len(w.act.Parties) > 0 && !named {
			continue
		}
		if !w.machine.May(w.Step, w.Picture.File.State, p.Track) {
			if named || len(w.Picture.Parties) == 1 {
				closed = append(closed, w.closed(w.Picture.TrackTitle(w.machine, p.Track), p.Name))
			}
			continue
		}
		w.sheets = append(w.sheets, &picture.Sheet{Picture: w.Picture, Party: p, Act: w.For(p.ID, w.act.Papers, w.act.PartyPapers), Text: w.Decision(p.ID)})
	}
	if len(closed) > 0 {
		return refusal.Refused{Findings: closed}
	}
	if len(w.sheets) == 0 {
		return refusal.Refused{Findings: []law.Finding{w.closed(w.Picture.File.StateTitle(), "")}}
	}
	return nil
}

// closed says that the procedure does not allow the step from where the case stands (行政处罚法第五章).
func (w *work) closed(state, name string) law.Finding {
	who := "本案"
	if name != "" && len(w.Picture.Parties) > 1 {
		who = name
	}
	return law.Finding{Rule: "FLOW", Title: "应当按照法定程序顺序办理", Severity: law.Block,
		Message: who + "目前处于“" + state + "”，不能办理“" + w.Step.Title + "”。",
		Cite:    law.Cite{Statute: "《行政处罚法》", Article: "第四条、第三十八条第二款", Version: "2021年修订"},
		Advice:  "请先完成前面的环节。现在可以办理的环节列在案件页面上方。"}
}

func (w *work) certificates() []string {
	var list []string
	for _, s := range w.sheets {
		for _, o := range s.ActingOfficers(w.Moment) {
			if !slices.Contains(list, o.Certificate) {
				list = append(list, o.Certificate)
			}
		}
	}
	return list
}

// judge checks that the papers are there and whole, then judges the rules of the step for each sheet.
func (w *work) judge() ([]law.Finding, error) {
	if err := w.Complete(w.sheets); err != nil {
		return nil, err
	}
	if err := w.entitled(); err != nil {
		return nil, err
	}
	var all []law.Finding
	for _, s := range w.sheets {
		found := law.Judge(w.Books.Law, w.Moment.Occurred, w.Step.Rules, facts.Of(s, w.Books, w.Moment, w.people))
		for _, f := range append(found, w.Lacks(s)...) {
			if s.Party != nil && len(w.Picture.Parties) > 1 {
				f = f.Of(s.Party.Name)
			}
			if !slices.ContainsFunc(all, func(g law.Finding) bool { return g.Rule == f.Rule && g.Message == f.Message }) {
				all = append(all, f)
			}
		}
	}
	if len(law.WithoutOverridden(law.Blocking(all), w.act.Override)) > 0 {
		return all, nil
	}
	if err := w.sums(); err != nil {
		return nil, err
	}
	return all, w.UpToDate(w.sheets)
}
