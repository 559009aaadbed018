package casefile

import (
	"mingjing/internal/access"
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

// ReviewFacts folds the case as a whole, for the rules that judge a step of its review.
func (r *Room) ReviewFacts(tx *dbTx, actor access.Actor, caseID string) (*law.Facts, error) {
	pic, err := load(tx, caseID)
	if err != nil {
		return nil, err
	}
	if err := pic.readPrior(tx); err != nil {
		return nil, err
	}
	m := moment{actor: actor.Account, today: workday.DayOf(tx.Now()), occurred: workday.DayOf(tx.Now())}
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
