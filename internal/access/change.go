package access

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"mingjing/internal/db"
	"mingjing/internal/refusal"
)

// managed reads an account that the actor wants to administer.
func managed(tx *db.Tx, actor Actor, id string) (Account, error) {
	a, err := Get(tx, id)
	if err != nil {
		return Account{}, err
	}
	return a, Require(actor, AccountAdmin, accountThing(actor, a.Agency, a.ID))
}

// SetRoles gives an account exactly these roles. Its sessions end, so that no one goes on with the power of before.
func SetRoles(tx *db.Tx, actor Actor, id string, roles []string) error {
	a, err := managed(tx, actor, id)
	if err != nil {
		return err
	}
	if problem := rolesProblem(roles); problem != "" {
		return refusal.Field("roles", problem)
	}
	if a.Active() && slices.Contains(a.Roles, RoleAdministrator) && !slices.Contains(roles, RoleAdministrator) {
		if err := anotherAdministrator(tx, a); err != nil {
			return err
		}
	}
	changed := false
	for _, role := range sortRoles(roles) {
		if !slices.Contains(a.Roles, role) {
			changed = true
			if err := addRole(tx, actor, a, role); err != nil {
				return fmt.Errorf("access: set roles: %w", err)
			}
		}
	}
	for _, role := range a.Roles {
		if slices.Contains(roles, role) {
			continue
		}
		changed = true
		if _, err := tx.Exec(`DELETE FROM account_role WHERE account = $1 AND role = $2`, id, role); err != nil {
			return fmt.Errorf("access: set roles: %w", err)
		}
		if err := record(tx, actor, a.Agency, "account.role_revoked", id, map[string]string{"role": role}, nil); err != nil {
			return fmt.Errorf("access: set roles: %w", err)
		}
	}
	if !changed {
		return nil
	}
	return touched(tx, id)
}

// touched stamps a change and ends the sessions of the account and of those who act for it.
func touched(tx *db.Tx, id string) error {
	if _, err := tx.Exec(`UPDATE account SET changed = $1 WHERE id = $2`, db.Text(tx.Now()), id); err != nil {
		return fmt.Errorf("access: change account: %w", err)
	}
	return EndSessions(tx, id)
}

// anotherAdministrator refuses to leave an agency without anybody who could give power back.
func anotherAdministrator(tx *db.Tx, a Account) error {
	var n int64
	if err := tx.Row(`SELECT count(*) FROM account x JOIN account_role r ON r.account = x.id
		WHERE x.agency = $1 AND x.state = $2 AND r.role = $3 AND x.id <> $4`, a.Agency, StateActive, RoleAdministrator, a.ID).Scan(&n); err != nil {
		return fmt.Errorf("access: count administrators: %w", err)
	}
	if n == 0 {
		return refusal.Field("roles", "这是本机关最后一名管理员，请先设置另一名管理员。")
	}
	return nil
}

// Describe changes the name and the unit of an account.
func Describe(tx *db.Tx, actor Actor, id, name, unit string) error {
	a, err := managed(tx, actor, id)
	if err != nil {
		return err
	}
	name = strings.TrimSpace(name)
	if name == "" || utf8.RuneCountInString(name) > 60 {
		return refusal.Field("name", "请填写姓名，最多60个字。")
	}
	if name == a.Name && unit == a.Unit {
		return nil
	}
	if _, err := tx.Exec(`UPDATE account SET name = $1, unit = $2 WHERE id = $3`, name, unit, id); err != nil {
		return fmt.Errorf("access: describe account: %w", err)
	}
	if err := record(tx, actor, a.Agency, "account.described", id, map[string]string{"unit": unit}, map[string]string{"name": name}); err != nil {
		return fmt.Errorf("access: describe account: %w", err)
	}
	return touched(tx, id)
}

// Disable ends all power of an account at once; its record stays. Handing over its open cases is casefile's.
func Disable(tx *db.Tx, actor Actor, id, reason string) error {
	a, err := managed(tx, actor, id)
	if err != nil {
		return err
	}
	if !a.Active() {
		return nil
	}
	if slices.Contains(a.Roles, RoleAdministrator) {
		if err := anotherAdministrator(tx, a); err != nil {
			return err
		}
	}
	if err := setState(tx, actor, a, StateDisabled, "account.disabled", reason); err != nil {
		return err
	}
	if _, err := tx.Exec(`UPDATE acting SET ended = $1 WHERE ended = '' AND (principal = $2 OR deputy = $2)`, db.Text(tx.Now()), id); err != nil {
		return fmt.Errorf("access: disable account: %w", err)
	}
	if _, err := tx.Exec(`DELETE FROM setup_code WHERE account = $1`, id); err != nil {
		return fmt.Errorf("access: disable account: %w", err)
	}
	return nil
}

// Enable lets a disabled account log in again.
func Enable(tx *db.Tx, actor Actor, id, reason string) error {
	a, err := managed(tx, actor, id)
	if err != nil || a.Active() {
		return err
	}
	return setState(tx, actor, a, StateActive, "account.enabled", reason)
}

func setState(tx *db.Tx, actor Actor, a Account, state, kind, reason string) error {
	if strings.TrimSpace(reason) == "" {
		return refusal.Field("reason", "请说明理由。")
	}
	if _, err := tx.Exec(`UPDATE account SET state = $1 WHERE id = $2`, state, a.ID); err != nil {
		return fmt.Errorf("access: %s: %w", kind, err)
	}
	if err := record(tx, actor, a.Agency, kind, a.ID, nil, map[string]string{"reason": reason}); err != nil {
		return fmt.Errorf("access: %s: %w", kind, err)
	}
	return touched(tx, a.ID)
}
