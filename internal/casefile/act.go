package casefile

import (
	"context"
	"slices"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/facts"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/casefile/prefill"
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
	room    *Room
	books   book.Books
	tx      *db.Tx
	actor   access.Actor
	act     Act
	pic     *picture.Picture
	machine flow.Machine
	step    flow.Step
	moment  picture.Moment
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
	w := &work{room: r, books: r.Books(), tx: tx, actor: actor, act: act, pic: pic, machine: book.MachineOf(pic.File.Procedure)}
	step, ok := w.machine.Find(act.Step)
	if !ok {
		return nil, refusal.NotFound{What: "办案环节"}
	}
	w.step = step
	if err := access.Require(actor, access.Action("case.step."+string(step.Role)), picture.Thing(pic, actor)); err != nil {
		return nil, err
	}
	if w.moment, err = momentOf(tx, actor, act, step); err != nil {
		return nil, err
	}
	if err := w.open(); err != nil {
		return nil, err
	}
	if w.people, err = picture.ReadPeople(tx, pic, w.certificates(), w.moment.Occurred); err != nil {
		return nil, err
	}
	return w, pic.ReadPrior(tx)
}

// open finds the sheets of the act and tells why the flow table does not allow it.
func (w *work) open() error {
	if !w.step.PerParty {
		s := &picture.Sheet{Picture: w.pic, Act: w.papers("")}
		if len(w.pic.Parties) == 1 {
			s.Party = &w.pic.Parties[0] // a case with one party is judged with that party's facts
			s.Text = w.decisionText(s.Party.ID)
		}
		if !w.machine.May(w.step, w.pic.File.State, "") {
			return refusal.Refused{Findings: []law.Finding{w.closed(w.pic.File.StateTitle(), "")}}
		}
		w.sheets = []*picture.Sheet{s}
		return nil
	}
	var closed []law.Finding
	for i := range w.pic.Parties {
		p := &w.pic.Parties[i]
		named := slices.Contains(w.act.Parties, p.ID)
		if len(w.act.Parties) > 0 && !named {
			continue
		}
		if !w.machine.May(w.step, w.pic.File.State, p.Track) {
			if named || len(w.pic.Parties) == 1 {
				closed = append(closed, w.closed(w.pic.TrackTitle(w.machine, p.Track), p.Name))
			}
			continue
		}
		w.sheets = append(w.sheets, &picture.Sheet{Picture: w.pic, Party: p, Act: w.papers(p.ID), Text: w.decisionText(p.ID)})
	}
	if len(closed) > 0 {
		return refusal.Refused{Findings: closed}
	}
	if len(w.sheets) == 0 {
		return refusal.Refused{Findings: []law.Finding{w.closed(w.pic.File.StateTitle(), "")}}
	}
	return nil
}

// decisionText is the decision against a party as it is drafted now.
func (w *work) decisionText(partyID string) form.Values {
	if w.pic.Texts == nil {
		return w.draftedText(partyID)
	}
	text, known := w.pic.Texts[partyID]
	if !known {
		text = w.draftedText(partyID)
		w.pic.Texts[partyID] = text
	}
	return text
}

func (w *work) draftedText(partyID string) form.Values {
	d, ok := w.pic.Draft("decide", partyID, book.DecisionKind)
	if !ok {
		return nil
	}
	if d.Party == partyID {
		return w.own(book.DecisionKind, partyID, d.Values)
	}
	return w.put(book.DecisionKind, partyID, d.Values)
}

// closed says that the procedure does not allow the step from where the case stands (行政处罚法第五章).
func (w *work) closed(state, name string) law.Finding {
	who := "本案"
	if name != "" && len(w.pic.Parties) > 1 {
		who = name
	}
	return law.Finding{Rule: "FLOW", Title: "应当按照法定程序顺序办理", Severity: law.Block,
		Message: who + "目前处于“" + state + "”，不能办理“" + w.step.Title + "”。",
		Cite:    law.Cite{Statute: "《行政处罚法》", Article: "第四条、第三十八条第二款", Version: "2021年修订"},
		Advice:  "请先完成前面的环节。现在可以办理的环节列在案件页面上方。"}
}

// papers gathers the documents of the act for a party: what was handed in, else the step's draft.
func (w *work) papers(partyID string) map[string]form.Values {
	papers := map[string]form.Values{}
	take := func(kind string, must bool) {
		if v, ok := w.act.PartyPapers[partyID][kind]; ok {
			papers[kind] = w.endorse(kind, partyID, v)
			return
		}
		if v, ok := w.act.Papers[kind]; ok {
			papers[kind] = w.endorse(kind, partyID, w.fit(kind, partyID, v))
			return
		}
		if d, ok := w.pic.Draft(string(w.step.Code), partyID, kind); ok && d.Party == partyID && partyID != "" {
			papers[kind] = w.endorse(kind, partyID, w.refreshed(kind, partyID, w.own(kind, partyID, d.Values)))
		} else if ok {
			papers[kind] = w.endorse(kind, partyID, w.fit(kind, partyID, d.Values))
		} else if must {
			return
		}
	}
	for _, kind := range book.StepForms(w.step) {
		take(kind, true)
	}
	for _, kind := range book.MayForms(w.step) {
		take(kind, false)
	}
	return papers
}

// fit puts the party of a batch into a paper that was written once for all: its 当事人 is each party in turn.
func (w *work) fit(kind, partyID string, v form.Values) form.Values {
	if partyID == "" || w.step.Shared {
		return v
	}
	return w.put(kind, partyID, v)
}

// put writes one party of a batch into a paper.
func (w *work) put(kind, partyID string, v form.Values) form.Values {
	if len(w.pic.Parties) < 2 {
		return v
	}
	k, ok := w.books.Forms.Kind(kind)
	if !ok {
		return v
	}
	fitted := form.Values{}
	for name, value := range v {
		fitted[name] = value
	}
	prefilled := form.Prefill(k, prefill.Context(w.pic, w.books, partyID, w.actor.Name))
	for _, f := range k.Fields {
		own := f.Type == "party" || strings.HasPrefix(f.Prefill, "notice.") || strings.HasPrefix(f.Prefill, "decision.") || strings.HasPrefix(f.Prefill, "hearing") ||
			strings.HasPrefix(f.Prefill, "defence.") || f.Computed()
		if own && prefilled[f.Name] != nil {
			fitted[f.Name] = prefilled[f.Name]
		}
	}
	return fitted
}

func (w *work) certificates() []string {
	var list []string
	for _, s := range w.sheets {
		for _, o := range s.ActingOfficers(w.moment) {
			if !slices.Contains(list, o.Certificate) {
				list = append(list, o.Certificate)
			}
		}
	}
	return list
}

// judge checks that the papers are there and whole, then judges the rules of the step for each sheet.
func (w *work) judge() ([]law.Finding, error) {
	if err := w.complete(); err != nil {
		return nil, err
	}
	if err := w.entitled(); err != nil {
		return nil, err
	}
	var all []law.Finding
	for _, s := range w.sheets {
		found := law.Judge(w.books.Law, w.moment.Occurred, w.step.Rules, facts.Of(s, w.books, w.moment, w.people))
		for _, f := range append(found, w.lacks(s)...) {
			if s.Party != nil && len(w.pic.Parties) > 1 {
				f.Message = s.Party.Name + "：" + f.Message
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
	return all, w.upToDate()
}

// upToDate refuses papers that speak of another text than the one that stands now.
func (w *work) upToDate() error {
	fields := map[string]string{}
	for _, s := range w.sheets {
		for _, kind := range book.StepForms(w.step) {
			k, _ := w.books.Forms.Kind(kind)
			now := []form.Values{prefill.Computed(w.pic, w.books, k, s.PartyID(), s.Act[kind])}
			if w.step.Shared { // one paper for all parties may speak of the text that was written for all
				now = append(now, prefill.Computed(w.pic, w.books, k, "", s.Act[kind]))
			}
			for name, message := range prefill.Stale(k, s.Act[kind], now...) {
				fields[kind+"/"+name] = message
			}
		}
	}
	if len(fields) > 0 {
		return refusal.Invalid{Message: "决定文本在这份文书写好以后有变化。", Fields: fields}
	}
	return nil
}

// complete tells which papers of the step are missing or not whole, by field.
func (w *work) complete() error {
	fields := map[string]string{}
	for _, s := range w.sheets {
		for _, kind := range book.StepForms(w.step) {
			v, ok := s.Act[kind]
			if !ok {
				fields[kind] = "请填写《" + kind + "》。"
				continue
			}
			k, known := w.books.Forms.Kind(kind)
			if !known {
				fields[kind] = "没有《" + kind + "》的格式。"
				continue
			}
			for name, message := range form.Check(k, v).Fields {
				if f, _ := k.Field(name); f.Computed() {
					message = "还没有拟写决定文本。请先拟写《" + book.DecisionKind + "》，" + f.Label + "随后由系统填入。"
				}
				fields[w.place(s, kind, name)] = message
			}
		}
	}
	if len(fields) > 0 {
		return refusal.Invalid{Message: "“" + w.step.Title + "”所需的文书还没有填写完整。", Fields: fields}
	}
	return nil
}
