package access

import (
	"database/sql"
	"fmt"
	"strings"
	"time"

	"mingjing/internal/db"
	"mingjing/internal/refusal"
)

// The states of a reset of a lost second factor.
const (
	ResetWaiting   = "waiting"
	ResetConfirmed = "confirmed"
	ResetRejected  = "rejected"
)

// FactorReset is a lost second factor on its way out: one administrator asks, a second one or an auditor confirms.
type FactorReset struct {
	ID, Agency, Account, Reason string
	Requested                   time.Time
	RequestedBy                 string
	Settled                     time.Time
	SettledBy                   string
	State                       string
}

// RequestReset asks to take the second factor off an account. Nothing changes until ConfirmReset.
func RequestReset(tx *db.Tx, actor Actor, account, reason string) (FactorReset, error) {
	a, err := managed(tx, actor, account)
	if err != nil {
		return FactorReset{}, err
	}
	if strings.TrimSpace(reason) == "" {
		return FactorReset{}, refusal.Field("reason", "请说明核实本人身份的方式和理由。")
	}
	if !a.HasFactor {
		return FactorReset{}, refusal.Field("account", "该账号没有设置动态验证码。")
	}
	var waiting int64
	if err := tx.Row(`SELECT count(*) FROM factor_reset WHERE account = $1 AND state = $2`, account, ResetWaiting).Scan(&waiting); err != nil {
		return FactorReset{}, fmt.Errorf("access: request reset: %w", err)
	}
	if waiting > 0 {
		return FactorReset{}, refusal.Field("account", "该账号已有待确认的重置申请。")
	}
	r := FactorReset{ID: tx.NewID(), Agency: a.Agency, Account: account, Reason: reason, Requested: tx.Now(), RequestedBy: actor.Account, State: ResetWaiting}
	if _, err := tx.Exec(`INSERT INTO factor_reset (id, agency, account, reason, requested, requested_by, settled, settled_by, state)
		VALUES ($1, $2, $3, $4, $5, $6, '', '', $7)`, r.ID, r.Agency, account, reason, db.Text(r.Requested), r.RequestedBy, r.State); err != nil {
		return FactorReset{}, fmt.Errorf("access: request reset: %w", err)
	}
	return r, record(tx, actor, r.Agency, "account.factor_reset_requested", account, map[string]string{"reset": r.ID}, map[string]string{"reason": reason})
}

// ConfirmReset takes the second factor off. It is refused to the one who asked and to the account itself.
func ConfirmReset(tx *db.Tx, actor Actor, id string) error {
	r, err := settle(tx, actor, id, ResetConfirmed, "account.factor_reset_confirmed", "")
	if err != nil {
		return err
	}
	if _, err := tx.Exec(`UPDATE account SET totp = '', totp_pending = '', totp_step = 0 WHERE id = $1`, r.Account); err != nil {
		return fmt.Errorf("access: confirm reset: %w", err)
	}
	return touched(tx, r.Account)
}

// RejectReset leaves the second factor as it is.
func RejectReset(tx *db.Tx, actor Actor, id, reason string) error {
	if strings.TrimSpace(reason) == "" {
		return refusal.Field("reason", "请说明理由。")
	}
	_, err := settle(tx, actor, id, ResetRejected, "account.factor_reset_rejected", reason)
	return err
}

func settle(tx *db.Tx, actor Actor, id, state, kind, reason string) (FactorReset, error) {
	r, err := scanReset(tx.Row(`SELECT `+resetColumns+` FROM factor_reset WHERE id = $1`, id))
	if db.IsMissing(err) {
		return r, refusal.NotFound{What: "重置申请"}
	}
	if err != nil {
		return r, fmt.Errorf("access: %s: %w", kind, err)
	}
	thing := accountThing(actor, r.Agency, r.Account)
	if r.RequestedBy == actor.Account {
		thing.Relations = append(thing.Relations, RelRequester)
	}
	if err := Require(actor, AccountConfirm, thing); err != nil {
		return r, err
	}
	n, err := tx.Exec(`UPDATE factor_reset SET state = $1, settled = $2, settled_by = $3 WHERE id = $4 AND state = $5`,
		state, db.Text(tx.Now()), actor.Account, id, ResetWaiting)
	if err != nil {
		return r, fmt.Errorf("access: %s: %w", kind, err)
	}
	if n == 0 {
		return r, refusal.Field("reset", "该申请已经处理。")
	}
	return r, record(tx, actor, r.Agency, kind, r.Account, map[string]string{"reset": id}, map[string]string{"reason": reason})
}

const resetColumns = `id, agency, account, reason, requested, requested_by, settled, settled_by, state`

func scanReset(row interface{ Scan(...any) error }) (FactorReset, error) {
	var r FactorReset
	var requested, settled string
	err := row.Scan(&r.ID, &r.Agency, &r.Account, &r.Reason, &requested, &r.RequestedBy, &settled, &r.SettledBy, &r.State)
	if err != nil {
		return r, err
	}
	if r.Requested, err = db.Time(requested); err != nil {
		return r, err
	}
	r.Settled, err = db.Time(settled)
	return r, err
}

// Resets lists the resets of an agency in the order in which they were asked for; state "" means all.
func Resets(tx *db.Tx, agency, state, after string, limit int) ([]FactorReset, error) {
	var list []FactorReset
	err := tx.Each(`SELECT `+resetColumns+` FROM factor_reset WHERE agency = $1 AND ($2 = '' OR state = $2) AND id > $3 ORDER BY id LIMIT $4`,
		[]any{agency, state, after, clampLimit(limit)}, func(rows *sql.Rows) error {
			r, err := scanReset(rows)
			list = append(list, r)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("access: list resets: %w", err)
	}
	return list, nil
}
