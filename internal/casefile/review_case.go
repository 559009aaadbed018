package casefile

import (
	"fmt"
	"slices"

	"mingjing/internal/access"
	"mingjing/internal/deadline"
	"mingjing/internal/flow"
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

// StepForms names the papers that a step needs, for the room of review.
func StepForms(s flow.Step) []string { return stepForms(s) }

// ThingOf is a case as the policies of access see it for a person.
func (r *Room) ThingOf(tx *dbTx, actor access.Actor, caseID string) (access.Thing, File, error) {
	pic, err := load(tx, caseID)
	if err != nil {
		return access.Thing{}, File{}, err
	}
	if pic.file.Agency != actor.Agency && !actor.Has(access.RoleSupervisor) {
		return access.Thing{}, File{}, refusal.NotFound{What: "案件"}
	}
	return Thing(pic, actor), pic.file, nil
}

// ReviewFacts folds the case as a whole as of a day, for the rules that judge a step of its review. Its officers are all
// who ever were on the case: who once investigated it does not review it later.
func (r *Room) ReviewFacts(tx *dbTx, actor access.Actor, caseID string, day workday.Day) (*law.Facts, error) {
	pic, err := load(tx, caseID)
	if err != nil {
		return nil, err
	}
	if err := pic.readPrior(tx); err != nil {
		return nil, err
	}
	m := moment{actor: actor.Account, today: workday.DayOf(tx.Now()), occurred: day}
	s := &sheet{picture: pic}
	var certificates []string
	for _, o := range s.actingOfficers(m) {
		certificates = append(certificates, o.Certificate)
	}
	people, err := readPeople(tx, pic, certificates, m.occurred)
	if err != nil {
		return nil, err
	}
	f := s.facts(r.Books(), m, people)
	f.OfficersTotal, f.ReviewersTotal = people.officers, people.reviewersTotal
	for _, o := range pic.officers {
		if o.Account != "" && !slices.ContainsFunc(f.Officers, func(known law.Officer) bool { return known.ID == o.Account }) {
			f.Officers = append(f.Officers, law.Officer{ID: o.Account})
		}
	}
	return f, nil
}

// DecisionText is the decision against one party as it is drafted, or as it was made.
type DecisionText struct {
	Party, Name, Hash string
	Values            form.Values
	Made              bool
}

// DecisionTexts lists the texts of the decisions of a case, one for each party that has one.
func (r *Room) DecisionTexts(tx *dbTx, caseID string) ([]DecisionText, error) {
	pic, err := load(tx, caseID)
	if err != nil {
		return nil, err
	}
	w := &work{books: r.Books(), pic: pic}
	kind, ok := w.books.Forms.Kind(decisionKind)
	if !ok {
		return nil, refusal.NotFound{What: "文书格式"}
	}
	var list []DecisionText
	for _, p := range pic.parties {
		if d, made := pic.decided[p.ID]; made {
			doc, _ := pic.documentByID(d.Document)
			list = append(list, DecisionText{Party: p.ID, Name: p.Name, Hash: d.BodyHash, Values: doc.Values, Made: true})
			continue
		}
		if v := w.decisionText(p.ID); v != nil {
			list = append(list, DecisionText{Party: p.ID, Name: p.Name, Hash: form.Hash(kind, v), Values: v})
		}
	}
	return list, nil
}

// Reviewed moves the case's last day to that of an act of its review, so that no later act is dated before it, and works
// its next due day again.
func Reviewed(tx *dbTx, caseID string, day workday.Day) error {
	clocks, err := deadline.Of(tx, caseID)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(`UPDATE case_file SET last_on = $2 WHERE id = $1 AND last_on < $2`, caseID, day.String()); err != nil {
		return fmt.Errorf("casefile: reviewed: %w", err)
	}
	if _, err := tx.Exec(`UPDATE case_file SET next_due = $2 WHERE id = $1`, caseID, nextDue(clocks).String()); err != nil {
		return fmt.Errorf("casefile: reviewed: %w", err)
	}
	return nil
}

// nextDue is the earliest day by which the agency itself has to act.
func nextDue(clocks []deadline.Clock) workday.Day {
	var next workday.Day
	for _, c := range clocks {
		if c.State == deadline.Open && !c.ForParty && !c.Due.IsZero() && (next.IsZero() || c.Due.Before(next)) {
			next = c.Due
		}
	}
	return next
}
