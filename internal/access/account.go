package access

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"mingjing/internal/db"
	"mingjing/internal/refusal"
)

// The states of an account.
const (
	StateActive   = "active"
	StateDisabled = "disabled"
)

// Account is a person who can log in.
type Account struct {
	ID, Agency, Login, Name, Unit string
	Roles                         []string // in the order of Roles
	State                         string
	HasPassword, HasFactor        bool
	Created, Changed              time.Time
}

// Active tells whether the account may log in.
func (a Account) Active() bool { return a.State == StateActive }

// NewAccount is what an administrator states of a person.
type NewAccount struct {
	Agency, Login, Name, Unit string
	Roles                     []string
	// PasswordHash comes from password.Hash, for demonstrations and tests; real accounts leave it empty and get a setup
	// code, so that no administrator ever knows a password.
	PasswordHash string
}

func (n NewAccount) check() error {
	fields := map[string]string{}
	if l := utf8.RuneCountInString(n.Login); l < 2 || l > 40 || strings.ContainsFunc(n.Login, badInLogin) {
		fields["login"] = "登录名为2至40个字母、数字、汉字或者 . _ -。"
	}
	if n.Name == "" || utf8.RuneCountInString(n.Name) > 60 {
		fields["name"] = "请填写姓名，最多60个字。"
	}
	if n.Agency == "" {
		fields["agency"] = "请选择机关。"
	}
	if problem := rolesProblem(n.Roles); problem != "" {
		fields["roles"] = problem
	}
	if len(fields) > 0 {
		return refusal.Invalid{Message: "账号信息有误。", Fields: fields}
	}
	return nil
}

func badInLogin(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("._-", r)
}

func foldLogin(login string) string { return strings.ToLower(strings.TrimSpace(login)) }

// rolesProblem says in Chinese which roles one account may not hold together: who hands out power takes no part in
// cases and does not audit itself.
func rolesProblem(roles []string) string {
	for _, role := range roles {
		if RoleTitle(role) == "" {
			return fmt.Sprintf("没有“%.20s”这一角色。", role)
		}
	}
	if slices.Contains(roles, RoleAdministrator) && len(sortRoles(roles)) > 1 {
		return "管理员不得兼任其他角色。"
	}
	return ""
}

// sortRoles puts roles in the order of Roles, each once.
func sortRoles(roles []string) []string {
	var sorted []string
	for _, role := range Roles() {
		if slices.Contains(roles, role) {
			sorted = append(sorted, role)
		}
	}
	return sorted
}

// Create adds an account with its roles. A taken login is Invalid.
func Create(tx *db.Tx, actor Actor, n NewAccount) (Account, error) {
	n.Login, n.Name = foldLogin(n.Login), strings.TrimSpace(n.Name)
	if err := n.check(); err != nil {
		return Account{}, err
	}
	if err := Require(actor, AccountAdmin, accountThing(actor, n.Agency, "")); err != nil {
		return Account{}, err
	}
	var taken string
	switch err := tx.Row(`SELECT id FROM account WHERE login = $1`, n.Login).Scan(&taken); {
	case err == nil:
		return Account{}, refusal.Field("login", "登录名已被使用。")
	case !db.IsMissing(err):
		return Account{}, fmt.Errorf("access: create account: %w", err)
	}
	now, passwordAt := db.Text(tx.Now()), ""
	if n.PasswordHash != "" {
		passwordAt = now
	}
	a := Account{ID: tx.NewID(), Agency: n.Agency, Login: n.Login, Name: n.Name, Unit: n.Unit, Roles: sortRoles(n.Roles),
		State: StateActive, HasPassword: n.PasswordHash != "", Created: tx.Now(), Changed: tx.Now()}
	if _, err := tx.Exec(`INSERT INTO account (id, agency, login, name, unit, password, password_at, totp, totp_pending, totp_step, state, created, changed)
		VALUES ($1, $2, $3, $4, $5, $6, $7, '', '', 0, $8, $9, $9)`,
		a.ID, a.Agency, a.Login, a.Name, a.Unit, n.PasswordHash, passwordAt, a.State, now); err != nil {
		return Account{}, fmt.Errorf("access: create account: %w", err)
	}
	if err := record(tx, actor, a.Agency, "account.created", a.ID, map[string]string{"unit": a.Unit},
		map[string]string{"login": a.Login, "name": a.Name}); err != nil {
		return Account{}, fmt.Errorf("access: create account: %w", err)
	}
	for _, role := range a.Roles {
		if err := addRole(tx, actor, a, role); err != nil {
			return Account{}, fmt.Errorf("access: create account: %w", err)
		}
	}
	return a, nil
}

func addRole(tx *db.Tx, actor Actor, a Account, role string) error {
	if _, err := tx.Exec(`INSERT INTO account_role (account, role, granted, granted_by) VALUES ($1, $2, $3, $4)`,
		a.ID, role, db.Text(tx.Now()), actor.Account); err != nil {
		return err
	}
	return record(tx, actor, a.Agency, "account.role_granted", a.ID, map[string]string{"role": role}, nil)
}

const accountColumns = `id, agency, login, name, unit, password, totp, state, created, changed`

func scanAccount(row interface{ Scan(...any) error }) (Account, error) {
	var a Account
	var password, totp, created, changed string
	err := row.Scan(&a.ID, &a.Agency, &a.Login, &a.Name, &a.Unit, &password, &totp, &a.State, &created, &changed)
	if err != nil {
		return Account{}, err
	}
	a.HasPassword, a.HasFactor = password != "", totp != ""
	if a.Created, err = db.Time(created); err != nil {
		return Account{}, err
	}
	a.Changed, err = db.Time(changed)
	return a, err
}

// Get reads one account.
func Get(tx *db.Tx, id string) (Account, error) { return one(tx, `id = $1`, id) }

// ByLogin reads the account that logs in under a name.
func ByLogin(tx *db.Tx, login string) (Account, error) {
	return one(tx, `login = $1`, foldLogin(login))
}

func one(tx *db.Tx, where, value string) (Account, error) {
	a, err := scanAccount(tx.Row(`SELECT `+accountColumns+` FROM account WHERE `+where, value))
	if db.IsMissing(err) {
		return Account{}, refusal.NotFound{What: "账号"}
	}
	if err != nil {
		return Account{}, fmt.Errorf("access: account: %w", err)
	}
	a.Roles, err = rolesOf(tx, a.ID)
	return a, err
}

func rolesOf(tx *db.Tx, account string) ([]string, error) {
	var roles []string
	err := tx.Each(`SELECT role FROM account_role WHERE account = $1 ORDER BY role LIMIT 50`, []any{account}, func(rows *sql.Rows) error {
		var role string
		err := rows.Scan(&role)
		roles = append(roles, role)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("access: roles: %w", err)
	}
	return sortRoles(roles), nil
}

// Filter narrows a list of accounts; empty fields do not.
type Filter struct{ Role, Unit, State, Text string }

// List lists the accounts of an agency in the order of their ids, which is the order in which they were made. after is
// the id of the last one seen.
func List(tx *db.Tx, agency string, f Filter, after string, limit int) ([]Account, error) {
	var list []Account
	text := "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(foldLogin(f.Text)) + "%"
	err := tx.Each(`SELECT `+accountColumns+` FROM account WHERE agency = $1 AND id > $2
		AND ($3 = '' OR unit = $3) AND ($4 = '' OR state = $4) AND (lower(name) LIKE $5 ESCAPE '\' OR login LIKE $5 ESCAPE '\')
		AND ($6 = '' OR EXISTS (SELECT 1 FROM account_role r WHERE r.account = account.id AND r.role = $6))
		ORDER BY id LIMIT $7`, []any{agency, after, f.Unit, f.State, text, f.Role, clampLimit(limit)}, func(rows *sql.Rows) error {
		a, err := scanAccount(rows)
		list = append(list, a)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("access: list accounts: %w", err)
	}
	for i := range list {
		if list[i].Roles, err = rolesOf(tx, list[i].ID); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// Names gives the names of accounts by id, for pages that show who acted. Unknown ids are left out.
func Names(tx *db.Tx, ids []string) (map[string]string, error) {
	names := map[string]string{}
	for _, id := range ids {
		if _, done := names[id]; done || id == "" {
			continue
		}
		var name string
		err := tx.Row(`SELECT name FROM account WHERE id = $1`, id).Scan(&name)
		if err != nil && !db.IsMissing(err) {
			return nil, fmt.Errorf("access: names: %w", err)
		}
		if err == nil {
			names[id] = name
		}
	}
	return names, nil
}
