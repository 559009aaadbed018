package access

import (
	"database/sql"
	"fmt"
	"strings"
	"time"

	"mingjing/internal/db"
	"mingjing/internal/refusal"
)

// Look is one look at personal data in clear: who, at what, what for (个人信息保护法第五十一条、第五十四条).
type Look struct {
	ID, Agency, Account, OnBehalf string
	ThingKind, Thing, Purpose     string
	At                            time.Time
}

// RecordLook records that the actor was shown the personal data of a thing. It stands in the transaction that allows
// the page to be shown: what cannot be recorded is not shown.
func RecordLook(tx *db.Tx, actor Actor, thing Thing, purpose string) error {
	purpose = strings.TrimSpace(purpose)
	if purpose == "" {
		return refusal.Field("purpose", "请说明查看个人信息的用途。")
	}
	if thing.Agency == "" || thing.Kind == "" || thing.ID == "" || actor.Account == "" {
		return fmt.Errorf("access: record look: actor and thing are needed")
	}
	if _, err := tx.Exec(`INSERT INTO look (id, agency, account, on_behalf, thing_kind, thing, purpose, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		tx.NewID(), thing.Agency, actor.Account, actor.OnBehalf, thing.Kind, thing.ID, purpose, db.Text(tx.Now())); err != nil {
		return fmt.Errorf("access: record look: %w", err)
	}
	return nil
}

// LookFilter narrows the list; empty fields do not.
type LookFilter struct{ Account, ThingKind, Thing string }

// Looks lists the looks of an agency, the newest first; before is the id of the last one seen, "" to begin.
func Looks(tx *db.Tx, agency string, f LookFilter, before string, limit int) ([]Look, error) {
	var list []Look
	err := tx.Each(`SELECT id, agency, account, on_behalf, thing_kind, thing, purpose, at FROM look
		WHERE agency = $1 AND ($2 = '' OR id < $2) AND ($3 = '' OR account = $3) AND ($4 = '' OR thing_kind = $4) AND ($5 = '' OR thing = $5)
		ORDER BY id DESC LIMIT $6`, []any{agency, before, f.Account, f.ThingKind, f.Thing, clampLimit(limit)}, func(rows *sql.Rows) error {
		var l Look
		var at string
		err := rows.Scan(&l.ID, &l.Agency, &l.Account, &l.OnBehalf, &l.ThingKind, &l.Thing, &l.Purpose, &at)
		if err == nil {
			l.At, err = db.Time(at)
		}
		list = append(list, l)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("access: list looks: %w", err)
	}
	return list, nil
}
