package access

import (
	"fmt"

	"mingjing/internal/db"
	"mingjing/internal/refusal"
)

// alone refuses a second deputy for days on which one stands for the principal already.
func (n NewActing) alone(tx *db.Tx) error {
	list, err := listActing(tx, `WHERE g.principal = $1 AND g.ended = '' AND g.from_day <= $2 AND g.until_day >= $3 ORDER BY g.id LIMIT 1`,
		n.Principal, n.Until.String(), n.From.String())
	if err != nil || len(list) == 0 {
		return err
	}
	return refusal.Field("deputy", "这一期间已经由"+list[0].DeputyName+"代理（"+list[0].From.String()+"至"+list[0].Until.String()+"）；需要换人的，请先终止原来的代理。")
}

// ActingOffered lists the grants that wait for a deputy's word.
func ActingOffered(tx *db.Tx, deputy string) ([]Acting, error) {
	return listActing(tx, `WHERE g.deputy = $1 AND g.ended = '' AND g.until_day >= $2 AND g.granted_by = g.principal AND p.state = $3
		AND NOT EXISTS (SELECT 1 FROM acting_consent c WHERE c.acting = g.id) ORDER BY g.id LIMIT $4`, deputy, today(tx).String(), StateActive, pageLimit)
}

// AcceptActing is the deputy's word to a grant that the principal asked for; from then on it holds.
func AcceptActing(tx *db.Tx, actor Actor, id string) error {
	a, err := offered(tx, actor, id)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(`INSERT INTO acting_consent (acting, at) VALUES ($1, $2)`, id, db.Text(tx.Now())); err != nil {
		return fmt.Errorf("access: accept acting: %w", err)
	}
	return record(tx, Actor{Account: actor.Account}, a.Agency, "account.acting_accepted", a.Principal, map[string]string{"acting": id}, nil)
}

// DeclineActing ends a grant that the deputy does not agree to.
func DeclineActing(tx *db.Tx, actor Actor, id string) error {
	a, err := offered(tx, actor, id)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(`UPDATE acting SET ended = $1 WHERE id = $2`, db.Text(tx.Now()), id); err != nil {
		return fmt.Errorf("access: decline acting: %w", err)
	}
	return record(tx, Actor{Account: actor.Account}, a.Agency, "account.acting_declined", a.Principal, map[string]string{"acting": id}, nil)
}

// offered is a grant that waits for this person, who answers as the own person.
func offered(tx *db.Tx, actor Actor, id string) (Acting, error) {
	a, err := getActing(tx, id)
	if err == nil && (a.Deputy != actor.Account || actor.OnBehalf != "" || !a.Waits || !a.Ended.IsZero() || today(tx).After(a.Until)) {
		err = refusal.NotFound{What: "待同意的代理"}
	}
	return a, err
}
