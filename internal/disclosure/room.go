package disclosure

import (
	"context"
	"errors"
	"slices"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/deadline"
	"mingjing/internal/disclosure/extension"
	"mingjing/internal/disclosure/standing"
	"mingjing/internal/flow"
	"mingjing/internal/law"
	"mingjing/internal/ledger"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

// Books are the laws and calendars that the room judges by.
type Books struct {
	Law      *law.Set          // nil means the national rows
	Calendar *workday.Calendar // nil means the national calendar
}

// Room holds the commands and queries of disclosure. It keeps no state beside the store.
type Room struct {
	d        *db.DB
	Rules    func() *law.Set // those in force now; set once, when the house is put together
	calendar *workday.Calendar
	machine  flow.Machine
}

// New opens the room on a store.
func New(d *db.DB, books Books) (*Room, error) {
	if d == nil {
		return nil, errors.New("disclosure: a store is needed")
	}
	var err error
	if books.Law == nil {
		if books.Law, err = law.NewSet(nil, nil); err != nil {
			return nil, err
		}
	}
	if books.Calendar == nil {
		if books.Calendar, err = workday.National(); err != nil {
			return nil, err
		}
	}
	return &Room{d: d, Rules: func() *law.Set { return books.Law }, calendar: books.Calendar, machine: flow.Publication()}, nil
}

// act is one command on one publication: who does it, the step of the flow table, and the row as it stands.
type act struct {
	tx    *db.Tx
	actor access.Actor
	step  flow.Step
	p     Publication
	today workday.Day
	// standing is what is on file of the decision, where the act makes it public
	standing *standing.Decision
	// extension is how far the last day is to move, where the act moves it
	extension *extension.Extension
}

// command runs a step on a publication: role, agency, state and then the rules are asked before run writes, and the
// clocks of the case that the step ends stop in the same transaction. prepare fills in what the act itself brings, so
// that the rules see it; it may be nil.
func (r *Room) command(ctx context.Context, actor access.Actor, id string, step flow.Code, prepare, run func(*act) error) error {
	return r.d.Write(ctx, actor.Agency, func(tx *db.Tx) error {
		a, err := r.begin(tx, actor, id, step)
		if err != nil {
			return err
		}
		if prepare != nil {
			if err := prepare(a); err != nil {
				return err
			}
		}
		if err := r.judge(a); err != nil {
			return err
		}
		if err := run(a); err != nil || a.p.Case == "" {
			return err
		}
		if err := deadline.Meet(tx, a.p.Case, []string{a.p.Party}, string(step), a.today); err != nil {
			return err
		}
		return deadline.Settle(tx, a.p.Case)
	})
}

func (r *Room) begin(tx *db.Tx, actor access.Actor, id string, code flow.Code) (*act, error) {
	step, ok := r.machine.Find(code)
	if !ok {
		return nil, errors.New("disclosure: no step " + string(code) + " in the flow table")
	}
	p, err := load(tx, id)
	if err != nil {
		return nil, err
	}
	if p.Agency != actor.Agency {
		return nil, refusal.NotFound{What: "公示信息"}
	}
	if p.Outside, err = standing.Outside(tx, actor.Agency, actor.Unit, p.Unit); err != nil {
		return nil, err
	}
	if err := access.Require(actor, access.Action("publication."+string(code)), p.thing()); err != nil {
		return nil, err
	}
	a := &act{tx: tx, actor: actor, step: step, p: p, today: workday.DayOf(tx.Now())}
	if !slices.Contains(step.From, flow.State(p.State)) {
		return nil, r.wrongState(a)
	}
	return a, nil
}

// thing is the publication as the policies see it, whatever face the command came through: they ask for the agency, the role, the unit
// and, where the act is of weight, a fresh proof of presence. That nobody checks what he made the law itself says (XG-05b).
func (p Publication) thing() access.Thing {
	t := access.Thing{Kind: "publication", ID: p.ID, Agency: p.Agency, Unit: p.Unit, Class: p.Class}
	if p.Outside {
		t.Relations = []string{access.RelOutside}
	}
	return t
}

// wrongState says why the step is not open: the rules first, because they name the article; then the state.
func (r *Room) wrongState(a *act) error {
	if err := r.judge(a); err != nil {
		return err
	}
	return refuse("PUB-STATE", "公示环节应当按照程序进行", "现在的状态是“"+StateTitle(a.p.State, a.p.Source)+"”，不能办理“"+a.step.Title+"”。",
		"请刷新页面，按照页面列出的环节办理。")
}

// judge applies the rules of the step to what the row says.
func (r *Room) judge(a *act) error {
	findings := law.Blocking(law.Judge(r.Rules(), a.today, rulesFor(a.step, a.p), facts(a)))
	if len(findings) > 0 {
		return refusal.Refused{Findings: findings}
	}
	return nil
}

// rulesFor drops, for a decision of the past, what only a case of this system can answer: it was served and published
// elsewhere, and its day may be unknown (DECISIONS §13).
func rulesFor(step flow.Step, p Publication) []string {
	if p.Source == SourceCase {
		return step.Rules
	}
	return slices.DeleteFunc(slices.Clone(step.Rules), func(code string) bool {
		return code == "CF-26c" || code == "CF-42c" || code == "CF-36" || code == "SX-13"
	})
}

// facts is the picture of the publication that the rules of disclosure look at.
func facts(a *act) *law.Facts {
	p := a.p
	f := &law.Facts{Act: string(a.step.Code), Today: a.today, Occurred: a.today, DecisionDay: day(p.DecidedOn),
		ServiceMode: law.ServiceMode(p.ServiceMode), ServiceEffective: day(p.ServedOn), PublishDue: law.Due{Day: day(p.LastDay())},
		WithdrawDue: law.Due{Day: day(p.WithdrawDue)}, Published: day(p.PublishedOn), Withdrawn: day(p.WithdrawnOn),
		Annulled: p.FallenOn != "", WithdrawGround: p.Ground, WithdrawReason: p.Reason, RedactionConfirmed: p.RedactionHash != "",
		PartyMinor: p.Minor, Publisher: p.Maker, Checker: p.Checker, Major: p.Major}
	if p.State == StateWithheld || a.step.Code == "withhold" {
		f.NotPublicGround = p.Ground
	}
	if p.Major && p.Review != "" {
		// The review's id was handed over with the decision, whose own gate compared the texts (行政处罚法第五十八条).
		f.ReviewVerdict, f.TextHash, f.ReviewTextHash, f.ReviewerQualified = law.VerdictPass, p.decisionHash, p.decisionHash, true
	}
	if a.standing != nil {
		a.standing.Tell(f, standing.Said{Agency: p.Agency, Case: p.Case, Hash: p.decisionHash, DecidedOn: p.DecidedOn, ServiceMode: p.ServiceMode, ServedOn: p.ServedOn})
	}
	if a.extension != nil {
		a.extension.Tell(f)
	}
	if p.Checker != "" && overlap(p.makers(), p.checkers()) {
		f.Checker = f.Publisher
	}
	return f
}

func (p Publication) makers() []string   { return nonEmpty(p.Maker, p.makerFor) }
func (p Publication) checkers() []string { return nonEmpty(p.Checker, p.checkerFor) }

func nonEmpty(list ...string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}

func overlap(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// day reads a stored day; what is no day is the zero Day, which keeps gates shut.
func day(text string) workday.Day {
	d, err := workday.ParseDay(text)
	if err != nil {
		return workday.Day{}
	}
	return d
}

// refuse is a refusal that rests on the agency's own division of work and not on an article.
func refuse(rule, title, message, advice string) error {
	return refusal.Refused{Findings: []law.Finding{{Rule: rule, Title: title, Message: message, Severity: law.Block, Advice: advice}}}
}

// record appends the event of the act. Facts of a case go to the case's stream, where earlier rooms meet them.
func (a *act) record(ref map[string]string, payload any) error {
	_, err := ledger.Append(a.tx, event(a.p, a.step.Event, a.actor.Ledger(string(a.step.Role)), ref, payload))
	return err
}

func event(p Publication, kind string, by ledger.Actor, ref map[string]string, payload any) ledger.Event {
	e := ledger.Event{Agency: p.Agency, Kind: kind, SubjectKind: "publication", Subject: p.ID, Actor: by, Ref: map[string]string{"publication": p.ID}, Payload: payload}
	if p.Case != "" {
		e.SubjectKind, e.Subject = "case", p.Case
		e.Ref["decision"] = p.Decision
	}
	for k, v := range ref {
		if v != "" {
			e.Ref[k] = v
		}
	}
	return e
}
