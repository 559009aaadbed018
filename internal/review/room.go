package review

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/casefile"
	"mingjing/internal/db"
	"mingjing/internal/deadline"
	"mingjing/internal/document"
	"mingjing/internal/flow"
	"mingjing/internal/law"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

// Room is where texts are reviewed.
type Room struct {
	DB    *db.DB
	Cases *casefile.Room
}

// New opens the room beside the one of cases.
func New(d *db.DB, cases *casefile.Room) *Room { return &Room{DB: d, Cases: cases} }

// Submit asks for the review of the decision that is drafted against each party of the act. What is reviewed is named by
// the hash of its canonical body; a batch is the list of its hashes (DECISIONS §4).
func (r *Room) Submit(ctx context.Context, actor access.Actor, act casefile.Act) (string, error) {
	var id string
	err := r.DB.Write(ctx, actor.Agency, func(tx *db.Tx) (err error) {
		id, err = r.SubmitIn(tx, actor, act)
		return err
	})
	return id, casefile.Gated(err)
}

// SubmitIn is Submit within a transaction. It is refused while a disagreement about an earlier opinion is open, and for a
// text that is under review or has passed already.
func (r *Room) SubmitIn(tx *db.Tx, actor access.Actor, act casefile.Act) (string, error) {
	act.Step = "submit_review"
	done, err := r.Cases.TakeIn(tx, actor, act)
	if err != nil {
		return "", err
	}
	earlier, err := rounds(tx, act.Case)
	if err != nil {
		return "", err
	}
	if err := r.again(tx, earlier, done); err != nil {
		return "", err
	}
	day := act.Occurred
	if day.IsZero() {
		day = workday.DayOf(tx.Now())
	}
	due, err := dueOf(tx, act.Case, done)
	if err != nil {
		return "", err
	}
	body, err := json.Marshal(map[string]any{"documents": documentIDs(done.Documents), "materials": materialsOf(done.Documents)})
	if err != nil {
		return "", fmt.Errorf("review: submit: %w", err)
	}
	row := Row{ID: tx.NewID(), Agency: actor.Agency, Case: act.Case, Round: len(earlier) + 1, SubmittedBy: actor.Account, SubmittedOn: day, DueOn: due, DraftKind: "行政处罚决定书"}
	return row.ID, insert(tx, row, string(body), done.Texts)
}

// insert writes a new round with what it covers.
func insert(tx *db.Tx, row Row, body string, texts map[string]string) error {
	if _, err := tx.Exec(`INSERT INTO review (id, agency, case_id, round, state, verdict, submitted_by, submitted_on, complete_on, reviewer, concluded_on, body, counsel, opinion, draft_kind, due_on)
		VALUES ($1, $2, $3, $4, 'submitted', '', $5, $6, '', '', '', $7, '', '', $8, $9)`, row.ID, row.Agency, row.Case, row.Round, row.SubmittedBy,
		row.SubmittedOn.String(), body, row.DraftKind, row.DueOn.String()); err != nil {
		return fmt.Errorf("review: submit: %w", err)
	}
	for party, hash := range texts {
		if _, err := tx.Exec(`INSERT INTO review_text (review_id, case_id, party_id, body_hash) VALUES ($1, $2, $3, $4)`, row.ID, row.Case, party, hash); err != nil {
			return fmt.Errorf("review: submit: %w", err)
		}
	}
	return nil
}

// again tells why a further round may not begin.
func (r *Room) again(tx *db.Tx, earlier []Row, done casefile.Done) error {
	var names []string
	for _, e := range earlier {
		if e.State == string(flow.Disputed) {
			return refusal.Refused{Findings: law.Judge(r.Cases.Books().Law, workday.DayOf(tx.Now()), []string{"SH-06"}, &law.Facts{DisputeOpen: true})}
		}
		if e.State != string(flow.Passed) && e.State != string(flow.Submitted) && e.State != string(flow.UnderReview) {
			continue
		}
		texts, err := textsOf(tx, e.ID)
		if err != nil {
			return err
		}
		for _, p := range done.Parties {
			if texts[p.ID] == done.Texts[p.ID] && !slices.Contains(names, p.Name) {
				names = append(names, p.Name)
			}
		}
	}
	if len(names) > 0 {
		return refusal.Field("submit_review", "对"+strings.Join(names, "、")+"的这一文本已经送审或者已经审核通过，不需要重复送审；批量案件请只选择尚未审核的当事人。")
	}
	return nil
}

func documentIDs(list []document.Document) []string {
	ids := make([]string, len(list))
	for i, d := range list {
		ids[i] = d.ID
	}
	return ids
}

// materialsOf are the materials that the submission names.
func materialsOf(list []document.Document) []string {
	var names []string
	for _, d := range list {
		named, _ := d.Values.At("materials").([]any)
		for _, n := range named {
			if name, ok := n.(string); ok {
				names = append(names, name)
			}
		}
	}
	return names
}

// dueOf is the last day for the opinion as the clocks of the submission have it.
func dueOf(tx *db.Tx, caseID string, done casefile.Done) (workday.Day, error) {
	clocks, err := deadline.Of(tx, caseID)
	if err != nil {
		return workday.Day{}, err
	}
	for _, c := range slices.Backward(clocks) {
		_, mine := done.Texts[c.Party]
		if c.Param == law.ReviewDays && c.State == deadline.Open && (mine || c.Party == "") {
			return c.Due, nil
		}
	}
	return workday.Day{}, nil
}
