package review

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"mingjing/internal/access"
	"mingjing/internal/casefile/book"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/db"
	"mingjing/internal/document"
	"mingjing/internal/flow"
	"mingjing/internal/form"
	"mingjing/internal/law"
	"mingjing/internal/pack"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

// Row is one round of a review.
type Row struct {
	ID, Agency, Case, State, Verdict                   string
	Round                                              int
	SubmittedBy, Reviewer, Counsel, Opinion            string
	DraftKind                                          string
	SubmittedOn, CompleteOn, ConcludedOn, DueOn        workday.Day
	CaseTitle, CaseNumber, SubmittedName, ReviewerName string
}

// StateTitle is the Chinese name of where the review stands.
func (r Row) StateTitle() string {
	m := flow.Review()
	if info, ok := m.State(flow.State(r.State)); ok {
		return info.Title
	}
	return r.State
}

const columns = `r.id, r.agency, r.case_id, r.state, r.verdict, r.round, r.submitted_by, r.reviewer, r.counsel, r.opinion, r.draft_kind, r.submitted_on, r.complete_on,
	r.concluded_on, r.due_on, c.title, c.number`

// roundLimit bounds the rounds of one case.
const roundLimit = 500

func rows(tx *db.Tx, query string, args ...any) ([]Row, error) {
	var list []Row
	err := tx.Each(query, args, func(rs *sql.Rows) error {
		var r Row
		err := rs.Scan(&r.ID, &r.Agency, &r.Case, &r.State, &r.Verdict, &r.Round, &r.SubmittedBy, &r.Reviewer, &r.Counsel, &r.Opinion, &r.DraftKind, &r.SubmittedOn,
			&r.CompleteOn, &r.ConcludedOn, &r.DueOn, &r.CaseTitle, &r.CaseNumber)
		list = append(list, r)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("review: read: %w", err)
	}
	return list, nil
}

func find(tx *db.Tx, id string) (Row, error) {
	list, err := rows(tx, `SELECT `+columns+` FROM review r JOIN case_file c ON c.id = r.case_id WHERE r.id = $1`, id)
	if err != nil {
		return Row{}, err
	}
	if len(list) == 0 {
		return Row{}, refusal.NotFound{What: "法制审核"}
	}
	return list[0], nil
}

func rounds(tx *db.Tx, caseID string) ([]Row, error) {
	return rows(tx, `SELECT `+columns+` FROM review r JOIN case_file c ON c.id = r.case_id WHERE r.case_id = $1 ORDER BY r.id LIMIT $2`, caseID, roundLimit)
}

// textsOf is what a review covers: the hash of the text against each party.
func textsOf(tx *db.Tx, id string) (map[string]string, error) {
	texts := map[string]string{}
	err := tx.Each(`SELECT party_id, body_hash FROM review_text WHERE review_id = $1 ORDER BY party_id LIMIT 5000`, []any{id}, func(rs *sql.Rows) error {
		var party, hash string
		err := rs.Scan(&party, &hash)
		texts[party] = hash
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("review: texts: %w", err)
	}
	return texts, nil
}

// open tells which states still ask for somebody's hand.
func open() []string {
	return []string{string(flow.Submitted), string(flow.UnderReview), string(flow.Disputed)}
}

// Desk lists the reviews of an agency, newest first, before an id: all, or those of one state; "open" means every state
// that still asks for somebody's hand.
func Desk(tx *db.Tx, agency, state, before string, limit int) ([]Row, error) {
	states := open()
	return rows(tx, `SELECT `+columns+` FROM review r JOIN case_file c ON c.id = r.case_id WHERE r.agency = $1 AND ($2 = '' OR r.id < $2)
		AND ($3 = '' OR r.state = $3 OR ($3 = 'open' AND r.state IN ($4, $5, $6))) ORDER BY r.id DESC LIMIT $7`, agency, before, state, states[0], states[1], states[2], limit)
}

// Text is the text against one party as it was sent and as it stands now.
type Text struct {
	Party, Name, Hash string
	Same              bool // the draft is still the text that is reviewed
	Values            form.Values
}

// View is a review as its page shows it.
type View struct {
	Row       Row
	File      picture.File
	Texts     []Text
	Documents []document.Document
	Checklist []pack.CheckPoint
	Rounds    []Row
	Steps     []Step
}

// Sent tells whether a document lay in the case when this round was sent: those are the materials of the review, while
// what was made later was never before the reviewer. Identifiers grow with time.
func (v View) Sent(d document.Document) bool { return d.ID < v.Row.ID }

// Step is a step of the review as the person before it sees it.
type Step struct {
	Step       flow.Step
	Kinds      []string
	Open, Mine bool
	Reason     string
}

// Find is one round with its case, for somebody who may see the case.
func (r *Room) Find(tx *db.Tx, actor access.Actor, id string) (Row, access.Thing, picture.File, error) {
	row, err := find(tx, id)
	if err != nil {
		return Row{}, access.Thing{}, picture.File{}, err
	}
	thing, file, err := r.Cases.ThingOf(tx, actor, row.Case)
	if errors.As(err, new(refusal.NotFound)) || err == nil && !access.Can(actor, access.CaseView, thing).Allowed {
		err = refusal.NotFound{What: "法制审核"} // not "案件": that would tell that there is one
	}
	return row, thing, file, err
}

// Get reads a review for somebody who may see its case.
func (r *Room) Get(ctx context.Context, actor access.Actor, id string) (View, error) {
	var v View
	err := r.DB.Read(ctx, func(tx *db.Tx) error {
		row, thing, file, err := r.Find(tx, actor, id)
		if err != nil {
			return err
		}
		v.Row, v.File = row, file
		if v.Rounds, err = rounds(tx, row.Case); err != nil {
			return err
		}
		if v.Documents, err = document.Of(tx, row.Case); err != nil {
			return err
		}
		v.Checklist = r.Cases.Books().Pack.Checklist(workday.DayOf(tx.Now()))
		v.Steps = steps(actor, thing, row)
		v.Texts, err = r.texts(tx, row)
		return err
	})
	return v, err
}

func (r *Room) texts(tx *db.Tx, row Row) ([]Text, error) {
	hashes, err := textsOf(tx, row.ID)
	if err != nil {
		return nil, err
	}
	drafted, err := r.Cases.DecisionTexts(tx, row.Case)
	if err != nil {
		return nil, err
	}
	var list []Text
	for _, d := range drafted {
		if hash, ok := hashes[d.Party]; ok {
			list = append(list, Text{Party: d.Party, Name: d.Name, Hash: hash, Same: d.Hash == hash, Values: d.Values})
		}
	}
	return list, nil
}

func steps(actor access.Actor, thing access.Thing, row Row) []Step {
	var list []Step
	machine := flow.Review()
	for _, s := range machine.Steps {
		if s.Code == "submit_review" || s.Code == "void_review" || !machine.May(s, flow.State(row.State), "") {
			continue
		}
		d := access.Can(actor, access.StepAction(s.Role), thing)
		list = append(list, Step{Step: s, Kinds: book.StepForms(s), Open: true, Mine: d.Allowed || d.NeedStepUp, Reason: d.Reason})
	}
	return list
}

// Stats are the figures of duties 19 to 25 over a span of days.
type Stats struct {
	Reviews, Passed, Returned, Refused, Late int
	Disputes, Resolved                       int
	AverageDays                              float64
}

// Statistics counts the reviews that were concluded in a span.
func Statistics(tx *db.Tx, agency string, from, until workday.Day) (Stats, error) {
	var s Stats
	var days int
	err := tx.Each(`SELECT verdict, state, submitted_on, concluded_on, due_on FROM review WHERE agency = $1 AND concluded_on >= $2 AND concluded_on <= $3 ORDER BY id LIMIT 100000`,
		[]any{agency, from.String(), until.String()}, func(rs *sql.Rows) error {
			var verdict, state string
			var submitted, concluded, due workday.Day
			if err := rs.Scan(&verdict, &state, &submitted, &concluded, &due); err != nil {
				return err
			}
			s.Reviews++
			days += concluded.Sub(submitted)
			switch law.ReviewVerdict(verdict) {
			case law.VerdictPass:
				s.Passed++
			case law.VerdictRefuse:
				s.Refused++
			default:
				s.Returned++
			}
			if !due.IsZero() && concluded.After(due) {
				s.Late++
			}
			return nil
		})
	if err != nil {
		return Stats{}, fmt.Errorf("review: statistics: %w", err)
	}
	if s.Reviews > 0 {
		s.AverageDays = float64(days) / float64(s.Reviews)
	}
	err = tx.Row(`SELECT count(*) FILTER (WHERE kind = 'review.disputed'), count(*) FILTER (WHERE kind IN ('review.upheld', 'review.remanded')) FROM event
		WHERE agency = $1 AND recorded >= $2 AND recorded < $3`, agency, db.Text(from.Start()), db.Text(until.AddDays(1).Start())).Scan(&s.Disputes, &s.Resolved)
	if err != nil {
		return Stats{}, fmt.Errorf("review: statistics: %w", err)
	}
	return s, nil
}
