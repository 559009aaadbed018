package document

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"mingjing/internal/db"
	"mingjing/internal/refusal"
)

// Submission is a step whose drafts wait for the hand of somebody in a role. It may pass through several levels of
// 签批 before the one who may take the step takes it.
type Submission struct {
	ID, Agency, Case, Step string
	Parties                []string
	Waiting                string // the role it waits for
	SentBy, SentName       string
	SentAt, ReadAt         time.Time
	State                  string // waiting, recalled, returned, taken
	CaseTitle              string
}

// Signoff is one level of 签批: an opinion on a submission.
type Signoff struct {
	Account, Name, Role, Opinion, Verdict string
	At                                    time.Time
}

// Waits says that the papers are with somebody already.
type Waits struct{ Open Submission }

func (w Waits) Error() string { return "document: submission " + w.Open.ID + " waits already" }

// covers tells whether two submissions of a step are about the same papers: one that names no party is about all of them.
func (s Submission) covers(other Submission) bool {
	return len(s.Parties) == 0 || len(other.Parties) == 0 || slices.ContainsFunc(s.Parties, func(p string) bool { return slices.Contains(other.Parties, p) })
}

// Send hands the drafts of a step to a role. The same papers wait for one hand at a time; Waits tells for whose.
func Send(tx *db.Tx, s Submission) (Submission, error) {
	open, err := submissions(tx, `SELECT `+submissionColumns+` FROM submission s JOIN case_file c ON c.id = s.case_id
		WHERE s.case_id = $1 AND s.step = $2 AND s.state = 'waiting' ORDER BY s.id LIMIT $3`, s.Case, s.Step, documentLimit)
	if err != nil {
		return Submission{}, err
	}
	for _, other := range open {
		if s.covers(other) {
			return Submission{}, Waits{other}
		}
	}
	s.ID, s.SentAt, s.State = tx.NewID(), tx.Now(), "waiting"
	_, err = tx.Exec(`INSERT INTO submission (id, agency, case_id, step, parties, waiting, sent_by, sent_name, sent_at, read_at, state)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', 'waiting')`, s.ID, s.Agency, s.Case, s.Step, strings.Join(s.Parties, " "), s.Waiting, s.SentBy, s.SentName, db.Text(s.SentAt))
	if err != nil {
		return Submission{}, fmt.Errorf("document: send: %w", err)
	}
	return s, nil
}

// Read marks that the receiver has opened a submission; from then on it cannot be recalled.
func Read(tx *db.Tx, id string) error {
	if _, err := tx.Exec(`UPDATE submission SET read_at = $2 WHERE id = $1 AND read_at = '' AND state = 'waiting'`, id, db.Text(tx.Now())); err != nil {
		return fmt.Errorf("document: read a submission: %w", err)
	}
	return nil
}

// Recall takes back a submission that nobody has opened yet.
func Recall(tx *db.Tx, id, account string) error {
	n, err := tx.Exec(`UPDATE submission SET state = 'recalled' WHERE id = $1 AND sent_by = $2 AND read_at = '' AND state = 'waiting'`, id, account)
	if err != nil {
		return fmt.Errorf("document: recall: %w", err)
	}
	if n == 0 {
		return refusal.Field("submission", "对方已经打开，不能撤回；请联系对方退回。")
	}
	return nil
}

// Sign adds one level: an opinion, and either the next role that it waits for or, empty, a return to the sender.
func Sign(tx *db.Tx, id string, s Signoff, next string) error {
	if strings.TrimSpace(s.Opinion) == "" {
		return refusal.Field("opinion", "请填写签批意见。")
	}
	var ordinal int
	if err := tx.Row(`SELECT count(*) FROM signoff WHERE submission = $1`, id).Scan(&ordinal); err != nil {
		return fmt.Errorf("document: sign: %w", err)
	}
	if _, err := tx.Exec(`INSERT INTO signoff (submission, ordinal, account, name, role, opinion, verdict, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		id, ordinal, s.Account, s.Name, s.Role, s.Opinion, s.Verdict, db.Text(tx.Now())); err != nil {
		return fmt.Errorf("document: sign: %w", err)
	}
	state := "waiting"
	if next == "" {
		state = "returned"
	}
	if _, err := tx.Exec(`UPDATE submission SET waiting = $2, state = $3, read_at = '' WHERE id = $1 AND state = 'waiting'`, id, next, state); err != nil {
		return fmt.Errorf("document: sign: %w", err)
	}
	return nil
}

// Taken ends the submissions of a step that was taken.
func Taken(tx *db.Tx, caseID, step string) error {
	if _, err := tx.Exec(`UPDATE submission SET state = 'taken' WHERE case_id = $1 AND step = $2 AND state = 'waiting'`, caseID, step); err != nil {
		return fmt.Errorf("document: taken: %w", err)
	}
	return nil
}

// Waiting lists what waits for any of the roles in an agency, oldest first, after an id.
func Waiting(tx *db.Tx, agency string, roles []string, after string, limit int) ([]Submission, error) {
	if len(roles) == 0 {
		return nil, nil
	}
	args := []any{agency, after, limit}
	marks := make([]string, len(roles))
	for i, role := range roles {
		args = append(args, role)
		marks[i] = fmt.Sprintf("$%d", i+4)
	}
	return submissions(tx, `SELECT `+submissionColumns+` FROM submission s JOIN case_file c ON c.id = s.case_id
		WHERE s.agency = $1 AND s.state = 'waiting' AND s.id > $2 AND s.waiting IN (`+strings.Join(marks, ", ")+`) ORDER BY s.id LIMIT $3`, args...)
}

// Submissions lists those of one case.
func Submissions(tx *db.Tx, caseID string) ([]Submission, error) {
	return submissions(tx, `SELECT `+submissionColumns+` FROM submission s JOIN case_file c ON c.id = s.case_id WHERE s.case_id = $1 ORDER BY s.id LIMIT $2`, caseID, documentLimit)
}

// GetSubmission finds one.
func GetSubmission(tx *db.Tx, id string) (Submission, error) {
	list, err := submissions(tx, `SELECT `+submissionColumns+` FROM submission s JOIN case_file c ON c.id = s.case_id WHERE s.id = $1`, id)
	if err != nil {
		return Submission{}, err
	}
	if len(list) == 0 {
		return Submission{}, refusal.NotFound{What: "送签"}
	}
	return list[0], nil
}

const submissionColumns = `s.id, s.agency, s.case_id, s.step, s.parties, s.waiting, s.sent_by, s.sent_name, s.sent_at, s.read_at, s.state, c.title`

func submissions(tx *db.Tx, query string, args ...any) ([]Submission, error) {
	var list []Submission
	err := tx.Each(query, args, func(rows *sql.Rows) error {
		var s Submission
		var parties, sent, read string
		err := rows.Scan(&s.ID, &s.Agency, &s.Case, &s.Step, &parties, &s.Waiting, &s.SentBy, &s.SentName, &sent, &read, &s.State, &s.CaseTitle)
		if err != nil {
			return err
		}
		s.Parties = strings.Fields(parties)
		if s.SentAt, err = db.Time(sent); err != nil {
			return err
		}
		s.ReadAt, err = db.Time(read)
		list = append(list, s)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("document: submissions: %w", err)
	}
	return list, nil
}

// Signoffs lists the levels of a submission in order.
func Signoffs(tx *db.Tx, submission string) ([]Signoff, error) {
	var list []Signoff
	err := tx.Each(`SELECT account, name, role, opinion, verdict, at FROM signoff WHERE submission = $1 ORDER BY ordinal LIMIT 100`, []any{submission}, func(rows *sql.Rows) error {
		var s Signoff
		var at string
		err := rows.Scan(&s.Account, &s.Name, &s.Role, &s.Opinion, &s.Verdict, &at)
		if err != nil {
			return err
		}
		s.At, err = db.Time(at)
		list = append(list, s)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("document: signoffs: %w", err)
	}
	return list, nil
}

// Agreement is a level of 签批 that agreed with papers which still wait for a later hand.
type Agreement struct {
	Signoff
	Step    string
	Parties []string // empty means all
}

// Agreed lists what was agreed to of the papers of a case that wait now, in order.
func Agreed(tx *db.Tx, caseID string) ([]Agreement, error) {
	var list []Agreement
	err := tx.Each(`SELECT s.step, s.parties, g.account, g.name, g.role, g.opinion FROM submission s JOIN signoff g ON g.submission = s.id
		WHERE s.case_id = $1 AND s.state = 'waiting' AND g.verdict = '同意' ORDER BY s.id, g.ordinal LIMIT $2`, []any{caseID, documentLimit}, func(rows *sql.Rows) error {
		var a Agreement
		var parties string
		err := rows.Scan(&a.Step, &parties, &a.Account, &a.Name, &a.Role, &a.Opinion)
		a.Parties = strings.Fields(parties)
		list = append(list, a)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("document: agreed: %w", err)
	}
	return list, nil
}
