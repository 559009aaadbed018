package testkit

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"

	"mingjing/internal/db"
)

// PaperHash is the hash of the paper that Decided puts in: whoever lets it do so owes the publication of this text.
func PaperHash() string { return blankHash(onTheSpot) }

const onTheSpot = "当场行政处罚决定书"

// blankHash is the hash of a paper of a kind in which nothing is filled in.
func blankHash(kind string) string {
	sum := sha256.Sum256([]byte(`{"kind":"` + kind + `","values":{},"version":"1"}`))
	return hex.EncodeToString(sum[:])
}

// Decided puts the decision of a publication, and its review where it is a major one, into a store in which a test brought
// the publication about by itself, without the case before it; called again after its service it records that. The room of
// disclosure asks these rows before anything becomes public.
func Decided(tx *db.Tx, publication string) error {
	var p struct {
		decision, agency, caseID, party, hash, on, mode, served, review string
		major                                                           bool
	}
	err := tx.Row(`SELECT decision, agency, case_id, party, decision_hash, decided_on, service_mode, served_on, major, review FROM publication WHERE id = $1`, publication).
		Scan(&p.decision, &p.agency, &p.caseID, &p.party, &p.hash, &p.on, &p.mode, &p.served, &p.major, &p.review)
	if err != nil {
		return err
	}
	there := 0
	if err := tx.Row(`SELECT count(*) FROM decision WHERE id = $1`, p.decision).Scan(&there); err != nil {
		return err
	}
	if there > 0 {
		_, err := tx.Exec(`UPDATE decision SET served_on = $2, effective_on = $2, service_mode = $3 WHERE id = $1`, p.decision, p.served, p.mode)
		return err
	}
	write := func(query string, args ...any) {
		if err == nil {
			_, err = tx.Exec(query, args...)
		}
	}
	write(`INSERT INTO case_file (id, agency, number, title, cause, procedure, item, class, unit, handler, state, found_on, opened_on, closed_on, last_on, complex, crime_open,
		rule_set, pack, parties, next_due, created, changed) SELECT $1, $2, '', '', '', 'simple', '', '处罚', '', 'handler-1', 'decided', '', '', '', '', FALSE, FALSE, '', '', 1, '', '', ''
		WHERE NOT EXISTS (SELECT 1 FROM case_file WHERE id = $1)`, p.caseID, p.agency)
	paper := `INSERT INTO document (id, agency, case_id, party_id, step, kind, version, title, number, made_on, made_at, made_by, body, body_hash, corrects)
		VALUES ($1, $2, $3, '', '', $4, '1', '', '', $5, '', 'reviewer-1', '{}', $6, '')`
	write(paper, "paper-"+p.decision, p.agency, p.caseID, onTheSpot, p.on, p.hash)
	if p.major {
		write(paper, "opinion-"+p.decision, p.agency, p.caseID, "法制审核意见书", p.on, blankHash("法制审核意见书"))
		write(`INSERT INTO reviewer (agency, account, unit, qualification, first_review_on, from_on, until_on) SELECT $1, 'reviewer-1', '', 'A1', '', '2020-01-01', ''
			WHERE NOT EXISTS (SELECT 1 FROM reviewer WHERE agency = $1 AND account = 'reviewer-1')`, p.agency)
		p.review = "0" + p.decision // a round lies before its decision in the order of ids
		write(`INSERT INTO review (id, agency, case_id, round, state, verdict, submitted_by, submitted_on, complete_on, reviewer, concluded_on, body, counsel, opinion, draft_kind, due_on)
			VALUES ($1, $2, $3, 1, 'submitted', '', 'handler-1', $4, '', '', '', '{}', '', '', '', '')`, p.review, p.agency, p.caseID, p.on)
		write(`INSERT INTO review_text (review_id, case_id, party_id, body_hash) VALUES ($1, $2, $3, $4)`, p.review, p.caseID, p.party, p.hash)
		write(`UPDATE review SET state = 'under_review' WHERE id = $1`, p.review)
		write(`UPDATE review SET state = 'passed', verdict = '同意', reviewer = 'reviewer-1', concluded_on = $2, opinion = $3 WHERE id = $1`, p.review, p.on, "opinion-"+p.decision)
	}
	write(`INSERT INTO decision (id, agency, case_id, party_id, document_id, kind, procedure, number, body_hash, major, review_id, handler, approver, decided_on, penalties, rank, fine,
		confiscated, served_on, service_mode, effective_on, state, annulled_on) VALUES ($1, $2, $3, $4, $5, '当场行政处罚决定书', 'simple', '', $6, $7, $8, 'handler-1', '', $9, '[]', 1, 0, 0,
		$10, $11, $10, 'made', '')`, p.decision, p.agency, p.caseID, p.party, "paper-"+p.decision, p.hash, p.major, p.review, p.on, p.served, p.mode)
	return err
}

// Delivered records in the decision what its publication says of the service.
func Delivered(tx *db.Tx, decision string) error {
	var list []string
	err := tx.Each(`SELECT id FROM publication WHERE decision = $1`, []any{decision}, func(rows *sql.Rows) error {
		var id string
		err := rows.Scan(&id)
		list = append(list, id)
		return err
	})
	for _, id := range list {
		if err == nil {
			err = Decided(tx, id)
		}
	}
	return err
}

// Annulled makes the decision of a publication fall, as the room of cases does.
func Annulled(tx *db.Tx, publication, on string) error {
	_, err := tx.Exec(`UPDATE decision SET state = 'annulled', annulled_on = $2 WHERE id = (SELECT decision FROM publication WHERE id = $1)`, publication, on)
	return err
}
