package catalog

import (
	"fmt"
	"strconv"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/document"
	"mingjing/internal/ledger"
	"mingjing/internal/refusal"
	"mingjing/internal/zh"
)

// StartNumbers names the last number of a series that was given on paper, for an agency that begins in the middle of a
// year, so that the program goes on without a gap (GB/T 9704—2012, 7.2.5). It is possible once for a series and year.
func StartNumbers(tx *db.Tx, actor access.Actor, prefix string, year, last int) error {
	if err := mayNumber(tx, actor, prefix, year); err != nil {
		return err
	}
	if err := document.StartAfter(tx, actor.Agency, prefix, year, last); err != nil {
		return err
	}
	return recordNumber(tx, actor, "number.started", prefix, year, map[string]string{"last": strconv.Itoa(last)}, "")
}

// VoidNumber gives up the next number of a series because it was used up outside the program; its reason is kept and the
// number never given again.
func VoidNumber(tx *db.Tx, actor access.Actor, prefix string, year int, reason string) (string, error) {
	if err := mayNumber(tx, actor, prefix, year); err != nil {
		return "", err
	}
	reason = strings.TrimSpace(reason)
	number, err := document.Void(tx, actor.Agency, prefix, year, reason)
	if err != nil {
		return "", err
	}
	return number, recordNumber(tx, actor, "number.voided", prefix, year, map[string]string{"number": number}, reason)
}

func mayNumber(tx *db.Tx, actor access.Actor, prefix string, year int) error {
	if err := access.Require(actor, access.RosterAdmin, access.Thing{Kind: "catalog", Agency: actor.Agency}); err != nil {
		return err
	}
	if _, err := zh.NewNumber(prefix, year, 1); err != nil {
		return refusal.Field("prefix", "请选择文号代字。")
	}
	if now := tx.Now().Year(); year < now-5 || year > now+1 {
		return refusal.Field("year", "年份应当在最近五年之内。")
	}
	return nil
}

func recordNumber(tx *db.Tx, actor access.Actor, kind, prefix string, year int, ref map[string]string, reason string) error {
	ref["prefix"], ref["year"] = prefix, strconv.Itoa(year)
	_, err := ledger.Append(tx, ledger.Event{Agency: actor.Agency, Kind: kind, SubjectKind: "series", Subject: prefix + "/" + strconv.Itoa(year),
		Actor: actor.Ledger(access.RoleAdministrator), Ref: ref, Payload: map[string]string{"reason": reason}})
	if err != nil {
		return fmt.Errorf("catalog: %s: %w", kind, err)
	}
	return nil
}
