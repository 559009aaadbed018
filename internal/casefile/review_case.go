package casefile

import (
	"fmt"
	"slices"

	"mingjing/internal/access"
	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/draft"
	"mingjing/internal/casefile/facts"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/deadline"
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

// ThingOf is a case as the policies of access see it for a person.
func (r *Room) ThingOf(tx *dbTx, actor access.Actor, caseID string) (access.Thing, picture.File, error) {
	pic, err := picture.Load(tx, caseID)
	if err != nil {
		return access.Thing{}, picture.File{}, err
	}
	if pic.File.Agency != actor.Agency && !actor.Has(access.RoleSupervisor) {
		return access.Thing{}, picture.File{}, refusal.NotFound{What: "案件"}
	}
	return picture.Thing(pic, actor), pic.File, nil
}

// ReviewFacts folds the case as a whole as of a day, for the rules that judge a step of its review. Its officers are all
// who ever were on the case: who once investigated it does not review it later.
func (r *Room) ReviewFacts(tx *dbTx, actor access.Actor, caseID string, day workday.Day) (*law.Facts, error) {
	pic, err := picture.Load(tx, caseID)
	if err != nil {
		return nil, err
	}
	if err := pic.ReadPrior(tx); err != nil {
		return nil, err
	}
	m := picture.Moment{Actor: actor.Account, Today: workday.DayOf(tx.Now()), Occurred: day}
	s := &picture.Sheet{Picture: pic}
	var certificates []string
	for _, o := range s.ActingOfficers(m) {
		certificates = append(certificates, o.Certificate)
	}
	people, err := picture.ReadPeople(tx, pic, certificates, m.Occurred)
	if err != nil {
		return nil, err
	}
	f := facts.Of(s, r.Books(), m, people)
	f.OfficersTotal, f.ReviewersTotal = people.Officers, people.ReviewersTotal
	for _, o := range pic.Officers {
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
	pic, err := picture.Load(tx, caseID)
	if err != nil {
		return nil, err
	}
	w := &draft.Papers{Books: r.Books(), Picture: pic}
	kind, ok := w.Books.Forms.Kind(book.DecisionKind)
	if !ok {
		return nil, refusal.NotFound{What: "文书格式"}
	}
	var list []DecisionText
	for _, p := range pic.Parties {
		if d, made := pic.Decided[p.ID]; made {
			doc, _ := pic.DocumentByID(d.Document)
			list = append(list, DecisionText{Party: p.ID, Name: p.Name, Hash: d.BodyHash, Values: doc.Values, Made: true})
			continue
		}
		if v := w.Decision(p.ID); v != nil {
			list = append(list, DecisionText{Party: p.ID, Name: p.Name, Hash: form.Hash(kind, v), Values: v})
		}
	}
	return list, nil
}

// Reviewed moves the case's last day to that of an act of its review, so that no later act is dated before it, and works
// its next due day again.
func Reviewed(tx *dbTx, caseID string, day workday.Day) error {
	if _, err := tx.Exec(`UPDATE case_file SET last_on = $2 WHERE id = $1 AND last_on < $2`, caseID, day.String()); err != nil {
		return fmt.Errorf("casefile: reviewed: %w", err)
	}
	return deadline.Settle(tx, caseID)
}
