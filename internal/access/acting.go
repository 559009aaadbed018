package access

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"mingjing/internal/access/pass"
	"mingjing/internal/db"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

// Acting lets a deputy act for a principal who is away (AB角) from one day to another, both included. The record of
// every act then names both.
type Acting struct {
	ID, Agency                string
	Principal, Deputy         string // account ids
	PrincipalName, DeputyName string
	From, Until               workday.Day
	Reason, GrantedBy         string
	Granted, Ended            time.Time
	// Waits: the principal asked for it and the deputy has not agreed yet.
	Waits bool
}

// In tells whether the deputy may act on the day.
func (a Acting) In(day workday.Day) bool {
	return !a.Waits && a.Ended.IsZero() && !day.Before(a.From) && !day.After(a.Until)
}

// actingLimit is the longest absence that one grant covers, in days.
const actingLimit = 366

// NewActing is what is asked for.
type NewActing struct {
	Principal, Deputy string
	From, Until       workday.Day
	Reason            string
}

// GrantActing lets the deputy act for the principal. Whom the agency's head or an administrator appoints acts from the first day;
// whom the principal asks has to agree (AcceptActing). One deputy stands for a person at a time.
func GrantActing(tx *db.Tx, actor Actor, n NewActing) (Acting, error) {
	principal, err := Get(tx, n.Principal)
	if err != nil {
		return Acting{}, err
	}
	deputy, err := Get(tx, n.Deputy)
	if err != nil {
		return Acting{}, err
	}
	if err := Require(actor, ActingGrant, accountThing(actor, principal.Agency, principal.ID)); err != nil {
		return Acting{}, err
	}
	if err := n.check(principal, deputy, today(tx)); err != nil {
		return Acting{}, err
	}
	if err := n.alone(tx); err != nil {
		return Acting{}, err
	}
	a := Acting{ID: tx.NewID(), Agency: principal.Agency, Principal: principal.ID, Deputy: deputy.ID, PrincipalName: principal.Name,
		DeputyName: deputy.Name, From: n.From, Until: n.Until, Reason: n.Reason, GrantedBy: actor.Account, Granted: tx.Now(), Waits: actor.Account == principal.ID}
	if _, err := tx.Exec(`INSERT INTO acting (id, agency, principal, deputy, from_day, until_day, reason, granted, granted_by, ended)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '')`, a.ID, a.Agency, a.Principal, a.Deputy, a.From.String(), a.Until.String(),
		a.Reason, db.Text(a.Granted), a.GrantedBy); err != nil {
		return Acting{}, fmt.Errorf("access: grant acting: %w", err)
	}
	return a, record(tx, actor, a.Agency, "account.acting_granted", a.Principal, map[string]string{"acting": a.ID, "deputy": a.Deputy,
		"from": a.From.String(), "until": a.Until.String()}, map[string]string{"reason": a.Reason})
}

func (n NewActing) check(principal, deputy Account, day workday.Day) error {
	fields := map[string]string{}
	switch {
	case n.From.IsZero() || n.Until.IsZero():
		fields["until"] = "请填写起止日期。"
	case n.Until.Before(n.From):
		fields["until"] = "截止日期早于开始日期。"
	case n.Until.Before(day):
		fields["until"] = "截止日期已过。"
	case n.Until.Sub(n.From) >= actingLimit:
		fields["until"] = "一次代理不超过一年。"
	}
	switch {
	case principal.ID == deputy.ID:
		fields["deputy"] = "代理人不能是本人。"
	case principal.Agency != deputy.Agency:
		fields["deputy"] = "代理人须为本机关人员。"
	case !deputy.Active():
		fields["deputy"] = "代理人的账号已停用。"
	case slices.Contains(deputy.Roles, RoleAdministrator):
		fields["deputy"] = "管理员不得代理办案、审核、审批、公示职责。"
	case len(lendable(principal.Roles)) > 0 && len(lent(principal.Roles, deputy.Roles)) == 0:
		fields["deputy"] = deputy.Name + "负责法制审核或者审批，代为承办后就不能再审核、批准该案件（行政处罚法第五十七条、第五十八条），请另选一名承办人员代理。"
	}
	switch {
	case !principal.Active():
		fields["principal"] = "被代理人的账号已停用，请移交案件。"
	case len(lendable(principal.Roles)) == 0:
		fields["principal"] = "被代理人没有可以代理的角色；管理员、审计员职责不得代理。"
	}
	if len(fields) > 0 {
		return refusal.Invalid{Message: "代理设置有误。", Fields: fields}
	}
	return nil
}

// lendable leaves out the roles that nobody may exercise for another: handing out power, and auditing.
func lendable(roles []string) []string {
	var lent []string
	for _, role := range roles {
		if role != RoleAdministrator && role != RoleAuditor {
			lent = append(lent, role)
		}
	}
	return lent
}

// lent is what a deputy may exercise of the principal's roles: who reviews or approves does not take the handler's steps for
// somebody, since the case would be lost to the review or the approval (行政处罚法第五十七条、第五十八条).
func lent(principal, deputy []string) []string {
	roles := lendable(principal)
	if slices.Contains(deputy, RoleReviewer) || slices.Contains(deputy, RoleApprover) {
		roles = slices.DeleteFunc(roles, func(role string) bool { return role == RoleHandler })
	}
	return roles
}

// EndActing ends a grant before its day and with it the sessions that use it.
func EndActing(tx *db.Tx, actor Actor, id string) error {
	a, err := getActing(tx, id)
	if err != nil {
		return err
	}
	if err := Require(actor, ActingGrant, accountThing(actor, a.Agency, a.Principal)); err != nil {
		return err
	}
	if !a.Ended.IsZero() {
		return nil
	}
	if _, err := tx.Exec(`UPDATE acting SET ended = $1 WHERE id = $2`, db.Text(tx.Now()), id); err != nil {
		return fmt.Errorf("access: end acting: %w", err)
	}
	if _, err := tx.Exec(`DELETE FROM session WHERE acting = $1`, id); err != nil {
		return fmt.Errorf("access: end acting: %w", err)
	}
	return record(tx, actor, a.Agency, "account.acting_ended", a.Principal, map[string]string{"acting": id}, nil)
}

const actingQuery = `SELECT g.id, g.agency, g.principal, g.deputy, p.name, d.name, g.from_day, g.until_day, g.reason, g.granted, g.granted_by, g.ended,
	CASE WHEN g.granted_by = g.principal AND NOT EXISTS (SELECT 1 FROM acting_consent c WHERE c.acting = g.id) THEN 1 ELSE 0 END
	FROM acting g JOIN account p ON p.id = g.principal JOIN account d ON d.id = g.deputy `

func scanActing(row interface{ Scan(...any) error }) (Acting, error) {
	var a Acting
	var granted, ended string
	var waits int
	err := row.Scan(&a.ID, &a.Agency, &a.Principal, &a.Deputy, &a.PrincipalName, &a.DeputyName, &a.From, &a.Until, &a.Reason, &granted, &a.GrantedBy, &ended, &waits)
	a.Waits = waits == 1
	if err != nil {
		return a, err
	}
	if a.Granted, err = db.Time(granted); err != nil {
		return a, err
	}
	a.Ended, err = db.Time(ended)
	return a, err
}

func getActing(tx *db.Tx, id string) (Acting, error) {
	a, err := scanActing(tx.Row(actingQuery+`WHERE g.id = $1`, id))
	if db.IsMissing(err) {
		return a, refusal.NotFound{What: "代理设置"}
	}
	if err != nil {
		return a, fmt.Errorf("access: acting: %w", err)
	}
	return a, nil
}

// Deputies lists the grants of an agency in the order in which they were made.
func Deputies(tx *db.Tx, agency, after string, limit int) ([]Acting, error) {
	return listActing(tx, `WHERE g.agency = $1 AND g.id > $2 ORDER BY g.id LIMIT $3`, agency, after, clampLimit(limit))
}

// ActingFor lists whom a deputy may act for today.
func ActingFor(tx *db.Tx, deputy string) ([]Acting, error) {
	day := today(tx).String()
	return listActing(tx, `WHERE g.deputy = $1 AND g.ended = '' AND g.from_day <= $2 AND g.until_day >= $2 AND p.state = $3
		AND (g.granted_by <> g.principal OR EXISTS (SELECT 1 FROM acting_consent c WHERE c.acting = g.id)) ORDER BY g.id LIMIT $4`, deputy, day, StateActive, pageLimit)
}

func listActing(tx *db.Tx, where string, args ...any) ([]Acting, error) {
	var list []Acting
	err := tx.Each(actingQuery+where, args, func(rows *sql.Rows) error {
		a, err := scanActing(rows)
		list = append(list, a)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("access: list acting: %w", err)
	}
	return list, nil
}

// ActAs lets the person who is logged in act under a grant from now on; grant "" returns to the own person. The token
// returned replaces the one given.
func (k *Keeper) ActAs(ctx context.Context, token, grant string) (string, error) {
	v, err := k.Resolve(ctx, token)
	if err != nil {
		return "", err
	}
	fresh := pass.New()
	err = k.db.Write(ctx, v.Agency, func(tx *db.Tx) error {
		principal := ""
		if grant != "" {
			a, err := getActing(tx, grant)
			if err != nil {
				return err
			}
			if a.Deputy != v.Account || !a.In(today(tx)) {
				return refusal.NotFound{What: "代理设置"}
			}
			principal = a.Principal
		}
		if err := rotate(tx, token, fresh, func(r *sessionRow) { r.acting, r.onBehalf = grant, principal }); err != nil {
			return err
		}
		return recordActing(tx, v, grant, principal)
	})
	if err != nil {
		return "", err
	}
	return fresh, nil
}

func recordActing(tx *db.Tx, v Visit, grant, principal string) error {
	if grant == "" {
		return recordSelf(tx, Actor{Account: v.Account}, v.Agency, "account.acting_left")
	}
	self := Actor{Account: v.Account, OnBehalf: principal}
	return record(tx, self, v.Agency, "account.acting_taken", v.Account, map[string]string{"acting": grant}, nil)
}

// actFor gives a visit the roles and unit of the one acted for, while the grant holds; afterwards the person is again
// only the own one.
func actFor(tx *db.Tx, v *Visit, grant string) error {
	a, err := getActing(tx, grant)
	var missing refusal.NotFound
	if errors.As(err, &missing) || (err == nil && (!a.In(today(tx)) || a.Deputy != v.Account)) {
		return nil
	}
	if err != nil {
		return err
	}
	principal, err := Get(tx, a.Principal)
	if err != nil {
		return err
	}
	if !principal.Active() {
		return nil
	}
	v.Acting, v.OnBehalf, v.OnBehalfName = a.ID, principal.ID, principal.Name
	v.Unit, v.Roles = principal.Unit, lent(principal.Roles, v.Roles)
	return nil
}

// Later is the actor of work that was asked for and is done afterwards in the person's name: the account as it stands now,
// acting for a colleague under the grant under which it was asked for; grant "" is the own person. Work that waits is not
// done with powers that were taken away meanwhile, nor in the name of one person what two names stand for.
func Later(tx *db.Tx, account, grant string) (Actor, error) {
	a, err := Get(tx, account)
	if err != nil {
		return Actor{}, err
	}
	v := Visit{Actor: Actor{Account: a.ID, Name: a.Name, Agency: a.Agency, Unit: a.Unit, Roles: a.Roles}}
	if !a.Active() {
		return Actor{}, refused("account-disabled", "账号须在用", a.Name+"的账号已停用，由其提出的事项不再办理。")
	}
	if grant == "" {
		return v.Actor, nil
	}
	if err := actFor(tx, &v, grant); err != nil {
		return Actor{}, err
	}
	if v.Acting == "" {
		return Actor{}, refused("acting-over", "代理须在期限之内", a.Name+"的代理已经结束，代理期间提出的事项不再办理。")
	}
	return v.Actor, nil
}
