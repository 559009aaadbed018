package roster

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

// pageLimit bounds one page of a list.
const pageLimit = 200

func clampLimit(limit int) int {
	if limit <= 0 || limit > pageLimit {
		return pageLimit
	}
	return limit
}

// entry is one change of the roster on its way to the ledger. Names and numbers of persons go to personal.
type entry struct {
	agency, kind, subjectKind, subject string
	ref                                map[string]string
	personal                           any
}

func record(tx *db.Tx, actor access.Actor, e entry) error {
	_, err := ledger.Append(tx, ledger.Event{Agency: e.agency, Kind: e.kind, SubjectKind: e.subjectKind, Subject: e.subject,
		Actor: actor.Ledger(access.RoleAdministrator), Ref: e.ref, Payload: e.personal})
	if err != nil {
		return fmt.Errorf("roster: %s: %w", e.kind, err)
	}
	return nil
}

func mayChange(actor access.Actor, agency string) error {
	return access.Require(actor, access.RosterAdmin, access.Thing{Kind: "roster", Agency: agency})
}

// person finds the account that a roster entry names: one of the agency that is in use, with the role where one is needed.
func person(tx *db.Tx, f faults, agency, id, role string) (access.Account, error) {
	a, err := access.Get(tx, id)
	if err != nil && !errors.As(err, new(refusal.NotFound)) {
		return access.Account{}, err
	}
	switch {
	case err != nil || a.Agency != agency:
		f["account"] = "没有这个本机关账号。"
	case !a.Active():
		f["account"] = "“" + a.Name + "”的账号已停用。"
	case role != "" && !slices.Contains(a.Roles, role):
		f["account"] = "“" + a.Name + "”的账号没有“" + access.RoleTitle(role) + "”角色。"
	}
	return a, nil
}

// faults gathers what is wrong with the fields of a form, in Chinese.
type faults map[string]string

func (f faults) text(field, title, value string, longest int, needed bool) {
	n := utf8.RuneCountInString(value)
	switch {
	case needed && strings.TrimSpace(value) == "":
		f[field] = "请填写" + title + "。"
	case n > longest:
		f[field] = fmt.Sprintf("%s最多%d个字，现在是%d个。", title, longest, n)
	case !utf8.ValidString(value) || strings.ContainsFunc(value, unicode.IsControl):
		f[field] = title + "含有不能使用的字符。"
	}
}

func (f faults) span(field string, from, until workday.Day, untilNeeded bool) {
	switch {
	case from.IsZero():
		f[field] = "请填写开始日期。"
	case untilNeeded && until.IsZero():
		f[field] = "请填写截止日期。"
	case !until.IsZero() && until.Before(from):
		f[field] = "截止日期早于开始日期。"
	}
}

func (f faults) oneOf(field, title, value string, allowed []string) {
	for _, a := range allowed {
		if a == value {
			return
		}
	}
	f[field] = title + "应为" + strings.Join(allowed, "、") + "之一。"
}

func (f faults) err(message string) error {
	if len(f) == 0 {
		return nil
	}
	return refusal.Invalid{Message: message, Fields: f}
}

// like writes a search text for LIKE … ESCAPE '\', in which % and _ are letters.
func like(text string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(strings.TrimSpace(text)) + "%"
}
