package roster

import (
	"database/sql"
	"fmt"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

// Certificate is an enforcement certificate (执法证件). Its number is a text without structure: issuers differ.
type Certificate struct {
	ID, Agency, Officer  string
	Number, Issuer       string
	Class, Area          string // 执法类别, 执法区域
	ValidFrom, ValidTill workday.Day
	StateIssued, Filed   bool // issued by a department of the State Council; filed with the local 司法行政 (duty 7)
	Revoked              workday.Day
}

// ValidOn tells whether the certificate counts on the day; from the day of its revocation it does not.
func (c Certificate) ValidOn(day workday.Day) bool {
	return c.Number != "" && !day.Before(c.ValidFrom) && !day.After(c.ValidTill) && (c.Revoked.IsZero() || day.Before(c.Revoked))
}

func (c Certificate) check() error {
	f := faults{}
	f.text("number", "证件编号", c.Number, 40, true)
	if strings.ContainsAny(c.Number, " 　") {
		f["number"] = "证件编号不含空格。"
	}
	f.text("issuer", "发证机关", c.Issuer, 60, true)
	f.text("class", "执法类别", c.Class, 60, true)
	f.text("area", "执法区域", c.Area, 60, true)
	f.span("valid_until", c.ValidFrom, c.ValidTill, true)
	return f.err("执法证件信息有误。")
}

// AddCertificate enters a certificate of an officer. Only established staff may hold one (rulebook ZJ-01).
func AddCertificate(tx *db.Tx, actor access.Actor, c Certificate) (Certificate, error) {
	o, err := FindOfficer(tx, c.Officer)
	if err != nil {
		return Certificate{}, err
	}
	if err := mayChange(actor, o.Agency); err != nil {
		return Certificate{}, err
	}
	if o.Staff != Established {
		return Certificate{}, refusal.Field("officer", "执法证件只发给在编在岗人员；"+o.Name+"为"+o.Staff+"人员。")
	}
	c.Number = strings.TrimSpace(c.Number)
	if err := c.check(); err != nil {
		return Certificate{}, err
	}
	c.ID, c.Agency, c.Revoked = tx.NewID(), o.Agency, workday.Day{}
	added, err := tx.Exec(`INSERT INTO certificate (id, agency, officer, number, issuer, class, area, valid_from, valid_until, state_issued, filed, revoked_on)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '') ON CONFLICT (agency, number) DO NOTHING`,
		c.ID, c.Agency, c.Officer, c.Number, c.Issuer, c.Class, c.Area, c.ValidFrom.String(), c.ValidTill.String(), c.StateIssued, c.Filed)
	if err != nil {
		return Certificate{}, fmt.Errorf("roster: add certificate: %w", err)
	}
	if added == 0 {
		return Certificate{}, refusal.Field("number", "证件编号已经登记。")
	}
	ref := map[string]string{"certificate": c.ID, "class": c.Class, "area": c.Area, "from": c.ValidFrom.String(), "until": c.ValidTill.String(),
		"state_issued": fmt.Sprint(c.StateIssued), "filed": fmt.Sprint(c.Filed)}
	return c, record(tx, actor, entry{c.Agency, "certificate.added", "officer", c.Officer, ref, map[string]string{"number": c.Number, "issuer": c.Issuer}})
}

// FileCertificate notes that a certificate of a department of the State Council is filed (备案) with the local 司法行政
// 部门 (duty 7).
func FileCertificate(tx *db.Tx, actor access.Actor, id string) error {
	return changeCertificate(tx, actor, id, "certificate.filed", `UPDATE certificate SET filed = TRUE WHERE id = $1`, nil, id)
}

// RenewCertificate moves the last day of validity after the yearly check or a renewal.
func RenewCertificate(tx *db.Tx, actor access.Actor, id string, until workday.Day) error {
	c, err := findCertificate(tx, id)
	if err != nil {
		return err
	}
	if until.IsZero() || until.Before(c.ValidFrom) {
		return refusal.Field("valid_until", "截止日期早于开始日期。")
	}
	return changeCertificate(tx, actor, id, "certificate.renewed", `UPDATE certificate SET valid_until = $2 WHERE id = $1`,
		map[string]string{"until": until.String()}, id, until.String())
}

// RevokeCertificate ends a certificate from a day on; acts before it stay valid.
func RevokeCertificate(tx *db.Tx, actor access.Actor, id string, from workday.Day, reason string) error {
	if strings.TrimSpace(reason) == "" {
		return refusal.Field("reason", "请说明理由。")
	}
	if from.IsZero() {
		return refusal.Field("from", "请填写收回日期。")
	}
	return changeCertificate(tx, actor, id, "certificate.revoked", `UPDATE certificate SET revoked_on = $2 WHERE id = $1`,
		map[string]string{"from": from.String(), "reason": reason}, id, from.String())
}

// changeCertificate runs one statement and records it; detail is personal, because it is about one person's post.
func changeCertificate(tx *db.Tx, actor access.Actor, id, kind, statement string, detail map[string]string, args ...any) error {
	c, err := findCertificate(tx, id)
	if err != nil {
		return err
	}
	if err := mayChange(actor, c.Agency); err != nil {
		return err
	}
	if _, err := tx.Exec(statement, args...); err != nil {
		return fmt.Errorf("roster: %s: %w", kind, err)
	}
	return record(tx, actor, entry{c.Agency, kind, "officer", c.Officer, map[string]string{"certificate": id}, detail})
}

const certificateColumns = `c.id, c.agency, c.officer, c.number, c.issuer, c.class, c.area, c.valid_from, c.valid_until, c.state_issued, c.filed, c.revoked_on`

func scanCertificate(row interface{ Scan(...any) error }) (Certificate, error) {
	var c Certificate
	err := row.Scan(&c.ID, &c.Agency, &c.Officer, &c.Number, &c.Issuer, &c.Class, &c.Area, &c.ValidFrom, &c.ValidTill, &c.StateIssued, &c.Filed, &c.Revoked)
	return c, err
}

func findCertificate(tx *db.Tx, id string) (Certificate, error) {
	c, err := scanCertificate(tx.Row(`SELECT `+certificateColumns+` FROM certificate c WHERE c.id = $1`, id))
	if db.IsMissing(err) {
		return c, refusal.NotFound{What: "执法证件"}
	}
	if err != nil {
		return c, fmt.Errorf("roster: certificate: %w", err)
	}
	return c, nil
}

// Certificates lists all certificates of an officer, the longest valid first.
func Certificates(tx *db.Tx, officer string) ([]Certificate, error) {
	return certificates(tx, `WHERE c.officer = $1 ORDER BY c.valid_until DESC, c.id LIMIT $2`, officer, pageLimit)
}

func certificates(tx *db.Tx, where string, args ...any) ([]Certificate, error) {
	var list []Certificate
	err := tx.Each(`SELECT `+certificateColumns+` FROM certificate c `+where, args, func(rows *sql.Rows) error {
		c, err := scanCertificate(rows)
		list = append(list, c)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("roster: certificates: %w", err)
	}
	return list, nil
}
