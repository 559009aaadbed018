package access

import (
	"fmt"
	"time"

	"mingjing/internal/db"
)

// onceKept is how long it is remembered what a form has done; nobody clicks twice a week apart.
const onceKept = 7 * 24 * time.Hour

// NewFormKey makes the key that a page carries, so that sending it twice does one thing.
func NewFormKey() string { return newToken()[:22] }

// Once tells where the form with this key led when it was sent before; empty when it was not. A page without a key is
// always new.
func Once(tx *db.Tx, actor Actor, key string) (string, error) {
	if key == "" {
		return "", nil
	}
	var href string
	err := tx.Row(`SELECT href FROM form_once WHERE agency = $1 AND account = $2 AND key = $3`, actor.Agency, actor.Account, key).Scan(&href)
	if err != nil && !db.IsMissing(err) {
		return "", fmt.Errorf("access: once: %w", err)
	}
	return href, nil
}

// Did records, in the transaction of the deed, where the form with this key led.
func Did(tx *db.Tx, actor Actor, key, href string) error {
	if key == "" {
		return nil
	}
	if _, err := tx.Exec(`DELETE FROM form_once WHERE agency = $1 AND at < $2`, actor.Agency, db.Text(tx.Now().Add(-onceKept))); err != nil {
		return fmt.Errorf("access: once: %w", err)
	}
	if _, err := tx.Exec(`INSERT INTO form_once (agency, account, key, href, at) VALUES ($1, $2, $3, $4, $5)`, actor.Agency, actor.Account, key, href,
		db.Text(tx.Now())); err != nil {
		return fmt.Errorf("access: once: %w", err)
	}
	return nil
}
