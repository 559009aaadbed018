package picture

import (
	"database/sql"

	"mingjing/internal/db"
	"mingjing/internal/workday"
	"mingjing/internal/zh"
)

// Decision is a decision made against one party: a row of table decision. Money is in 分, Rank the severity of the heaviest penalty by
// law.SeverityRank, State "made" or "annulled", Penalties the kinds as JSON; a day is zero while it has not come.
type Decision struct {
	ID, Agency, Case, Party, Document, Kind, Procedure string
	Number, BodyHash, Review, Handler, Approver        string
	Major                                              bool
	DecidedOn, ServedOn, EffectiveOn, AnnulledOn       workday.Day
	Penalties, ServiceMode, State                      string
	Rank                                               int
	Fine, Confiscated                                  zh.Fen
}

// DecisionColumns are the columns of table decision in the order in which a Decision is read and written.
const DecisionColumns = `id, agency, case_id, party_id, document_id, kind, procedure, number, body_hash, review_id, handler, approver, major, decided_on, served_on,
	effective_on, annulled_on, penalties, service_mode, state, rank, fine, confiscated`

func scanDecision(rows *sql.Rows) (Decision, error) {
	var d Decision
	err := rows.Scan(&d.ID, &d.Agency, &d.Case, &d.Party, &d.Document, &d.Kind, &d.Procedure, &d.Number, &d.BodyHash, &d.Review, &d.Handler, &d.Approver, &d.Major,
		&d.DecidedOn, &d.ServedOn, &d.EffectiveOn, &d.AnnulledOn, &d.Penalties, &d.ServiceMode, &d.State, &d.Rank, &d.Fine, &d.Confiscated)
	return d, err
}

func (p *Picture) readDecisions(tx *db.Tx) error {
	p.Decided = map[string]Decision{}
	return tx.Each(`SELECT `+DecisionColumns+` FROM decision WHERE case_id = $1 ORDER BY id LIMIT $2`, []any{p.File.ID, rowLimit}, func(rows *sql.Rows) error {
		d, err := scanDecision(rows)
		p.Decided[d.Party] = d
		return err
	})
}

// Decisions lists an agency's decisions by day, for supervisors and returns, after a cursor of day and id.
func Decisions(tx *db.Tx, agency, afterDay, afterID string, limit int) ([]Decision, error) {
	var list []Decision
	err := tx.Each(`SELECT `+DecisionColumns+` FROM decision WHERE agency = $1 AND (decided_on > $2 OR (decided_on = $2 AND id > $3)) ORDER BY decided_on, id LIMIT $4`,
		[]any{agency, afterDay, afterID, limit}, func(rows *sql.Rows) error {
			d, err := scanDecision(rows)
			list = append(list, d)
			return err
		})
	return list, err
}
