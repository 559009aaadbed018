package review

import (
	"mingjing/internal/access"
	"mingjing/internal/db"
)

// Seen lists the reviews that a person may open, as Desk does for the whole agency: those of the cases that the person
// handles or handled, of the unit, or all of the agency, as the policies reach.
func Seen(tx *db.Tx, actor access.Actor, state, before string, limit int) ([]Row, error) {
	reach := access.CaseReach(actor, actor.Agency)
	if reach == access.ReachAgency {
		return Desk(tx, actor.Agency, state, before, limit)
	}
	if reach == access.ReachNone {
		return nil, nil
	}
	unit, mine := "", actor.Account
	if reach == access.ReachUnit {
		unit = actor.Unit
	}
	if actor.OnBehalf != "" {
		mine = actor.OnBehalf
	}
	states := open()
	return rows(tx, `SELECT `+columns+` FROM review r JOIN case_file c ON c.id = r.case_id WHERE r.agency = $1 AND ($2 = '' OR r.id < $2)
		AND ($3 = '' OR r.state = $3 OR ($3 = 'open' AND r.state IN ($4, $5, $6))) AND (c.handler = $7 OR ($8 <> '' AND c.unit = $8)
		OR EXISTS (SELECT 1 FROM case_officer o WHERE o.case_id = c.id AND o.account = $7 AND o.until_on = ''))
		ORDER BY r.id DESC LIMIT $9`, actor.Agency, before, state, states[0], states[1], states[2], mine, unit, limit)
}
