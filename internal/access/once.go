package access

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"mingjing/internal/access/pass"
	"mingjing/internal/db"
)

// onceKept is how long it is remembered what a form has done; nobody clicks twice a week apart.
const onceKept = 7 * 24 * time.Hour

// NewFormKey makes the key that a page carries, so that sending it twice does one thing.
func NewFormKey() string { return pass.New()[:22] }

// Sent is what the form with a key did when it was sent before.
type Sent struct {
	Href string // where it led; empty when it was not sent
	Same bool   // it said the same then
}

// Once tells what the form with this key, which now says content, did before. A page without a key is always new.
func Once(tx *db.Tx, actor Actor, key, content string) (Sent, error) {
	if key == "" {
		return Sent{}, nil
	}
	var s Sent
	var said string
	err := tx.Row(`SELECT href, content FROM form_once WHERE agency = $1 AND account = $2 AND key = $3`, actor.Agency, actor.Account, key).Scan(&s.Href, &said)
	if err != nil && !db.IsMissing(err) {
		return Sent{}, fmt.Errorf("access: once: %w", err)
	}
	s.Same = said == "" || said == said256(content)
	return s, nil
}

// said256 is what is kept of the words of a form: none of them.
func said256(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])
}

// Did records, in the transaction of the deed, what the form with this key said and where it led.
func Did(tx *db.Tx, actor Actor, key, content, href string) error {
	if key == "" {
		return nil
	}
	if _, err := tx.Exec(`DELETE FROM form_once WHERE agency = $1 AND at < $2`, actor.Agency, db.Text(tx.Now().Add(-onceKept))); err != nil {
		return fmt.Errorf("access: once: %w", err)
	}
	if _, err := tx.Exec(`INSERT INTO form_once (agency, account, key, href, at, content) VALUES ($1, $2, $3, $4, $5, $6)`, actor.Agency, actor.Account, key, href,
		db.Text(tx.Now()), said256(content)); err != nil {
		return fmt.Errorf("access: once: %w", err)
	}
	return nil
}
