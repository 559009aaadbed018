package house

import (
	"context"
	"fmt"
	"strconv"

	"mingjing/internal/access"
	"mingjing/internal/catalog"
	"mingjing/internal/db"
	"mingjing/internal/refusal"
	"mingjing/internal/roster"
)

// Founder is the actor of the first acts in an empty house: the agency, its units and the first administrator are entered
// by whoever holds the machine, before anybody can log in.
func (h *House) Founder() access.Actor {
	return access.Actor{Account: "founder", Name: "初始化", Agency: h.Agency.Code, Roles: []string{access.RoleAdministrator}, StepUp: true}
}

// Text is a sentence that the agency words itself, such as its address. What was invented for the demonstration stays there: a real
// agency that has not given its own has none.
func (h *House) Text(code string) string {
	return h.Cases.Books().Pack.Text(code)
}

// Founded tells whether the agency has been entered already.
func (h *House) Founded(ctx context.Context) (bool, error) {
	var n int
	err := h.DB.Read(ctx, func(tx *db.Tx) error {
		return tx.Row(`SELECT count(*) FROM agency WHERE id = $1`, h.Agency.Code).Scan(&n)
	})
	if err != nil {
		return false, fmt.Errorf("house: founded: %w", err)
	}
	return n > 0, nil
}

// Found enters the agency and puts its pack into force, which brings its units, items and triggers, once.
func (h *House) Found(ctx context.Context) error {
	founded, err := h.Founded(ctx)
	if err != nil || founded {
		return err
	}
	a := h.Agency
	return h.DB.Write(ctx, a.Code, func(tx *db.Tx) error {
		founder := h.Founder()
		if _, err := roster.CreateAgency(tx, founder, roster.Agency{ID: a.Code, Name: a.Name, ShortName: a.ShortName, CreditCode: a.CreditCode, NumberWord: a.NumberWord,
			Level: a.Level, Division: a.Division}); err != nil {
			return fmt.Errorf("house: found: %w", err)
		}
		if _, err := catalog.ActivateIn(tx, founder, h.Pack); err != nil {
			return fmt.Errorf("house: found: %w", err)
		}
		return nil
	})
}

// FirstAdministrator makes the first account and returns the one-time code with which its password is set. It is refused
// once there is any account.
func (h *House) FirstAdministrator(ctx context.Context, login, name string) (code string, err error) {
	err = h.DB.Write(ctx, h.Agency.Code, func(tx *db.Tx) error {
		var n int
		if err := tx.Row(`SELECT count(*) FROM account`).Scan(&n); err != nil {
			return fmt.Errorf("house: first administrator: %w", err)
		}
		if n > 0 {
			return refusal.Invalid{Message: "这个数据库已经设立机关，并有账号" + strconv.Itoa(n) + "个，不能再次设立。需要账号或者重置密码的，请由本机关的系统管理员在工作台办理。"}
		}
		a, err := access.Create(tx, h.Founder(), access.NewAccount{Agency: h.Agency.Code, Login: login, Name: name, Unit: "bgs", Roles: []string{access.RoleAdministrator}})
		if err != nil {
			return err
		}
		code, _, err = access.IssueSetupCode(tx, h.Founder(), a.ID)
		return err
	})
	return code, err
}
