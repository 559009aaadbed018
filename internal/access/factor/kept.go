package factor

import (
	"context"
	"database/sql"
	"fmt"

	"mingjing/internal/db"
)

// Kept tells whether the store holds a sealed secret, which is lost with its key.
func Kept(tx *db.Tx) (bool, error) {
	var n int
	err := tx.Row(`SELECT count(*) FROM account WHERE totp LIKE 'v1.%' OR totp_pending LIKE 'v1.%'`).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("factor: kept: %w", err)
	}
	return n > 0, nil
}

// SealKept seals the secrets that an older program left in clear. It is asked once at each start, before anybody logs
// in, and finds nothing after the first.
func (k *Key) SealKept(ctx context.Context, d *db.DB) error {
	type clear struct{ id, agency, totp, pending string }
	var list []clear
	err := d.Read(ctx, func(tx *db.Tx) error {
		return tx.Each(`SELECT id, agency, totp, totp_pending FROM account WHERE (totp <> '' AND totp NOT LIKE 'v1.%')
			OR (totp_pending <> '' AND totp_pending NOT LIKE 'v1.%')`, nil, func(rows *sql.Rows) error {
			var c clear
			err := rows.Scan(&c.id, &c.agency, &c.totp, &c.pending)
			list = append(list, c)
			return err
		})
	})
	if err != nil {
		return fmt.Errorf("factor: seal what is kept: %w", err)
	}
	sealed := func(account, stored string) (string, error) {
		if stored == "" || Sealed(stored) {
			return stored, nil
		}
		return k.Seal(account, stored)
	}
	for _, c := range list {
		totp, err := sealed(c.id, c.totp)
		if err != nil {
			return err
		}
		pending, err := sealed(c.id, c.pending)
		if err != nil {
			return err
		}
		if err := d.Write(ctx, c.agency, func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE account SET totp = $1, totp_pending = $2 WHERE id = $3 AND totp = $4 AND totp_pending = $5`, totp, pending, c.id, c.totp, c.pending)
			return err
		}); err != nil {
			return fmt.Errorf("factor: seal what is kept: %w", err)
		}
	}
	return nil
}
