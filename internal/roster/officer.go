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

// Officer is a person with enforcement powers, or one who helps those who have them.
type Officer struct {
	ID, Agency, Unit, Name, Position string
	Staff                            string      // one of Staffs
	Account                          string      // id of the account, where there is one
	From, Until                      workday.Day // in post; a zero Until is open
}

// Established is the kind of staff that may hold a certificate: 在编在岗 (吉林省行政执法证件管理办法).
const Established = "在编"

// Staffs are the kinds of staff.
func Staffs() []string { return []string{Established, "聘用", "借调", "辅助"} }

// check tells what is wrong with an officer. An account that stands there already may have been disabled since.
func (o Officer) check(tx *db.Tx, before Officer) error {
	f := faults{}
	f.text("name", "姓名", o.Name, 60, true)
	f.text("position", "职务", o.Position, 60, false)
	f.oneOf("staff", "人员性质", o.Staff, Staffs())
	f.span("until", o.From, o.Until, false)
	known, err := hasUnit(tx, o.Agency, o.Unit)
	if err != nil {
		return err
	}
	if !known {
		f["unit"] = "请选择本机关的科室。"
	}
	if o.Account != "" && o.Account != before.Account {
		if _, err := person(tx, f, o.Agency, o.Account, ""); err != nil {
			return err
		}
	}
	return f.err("人员信息有误。")
}

// AddOfficer adds a person to the officer database (duty 5).
func AddOfficer(tx *db.Tx, actor access.Actor, o Officer) (Officer, error) {
	o.Name = strings.TrimSpace(o.Name)
	if err := mayChange(actor, o.Agency); err != nil {
		return Officer{}, err
	}
	if err := o.check(tx, Officer{}); err != nil {
		return Officer{}, err
	}
	o.ID = tx.NewID()
	if _, err := tx.Exec(`INSERT INTO officer (id, agency, unit, name, position, staff, account, from_on, until_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		o.ID, o.Agency, o.Unit, o.Name, o.Position, o.Staff, o.Account, o.From.String(), o.Until.String()); err != nil {
		return Officer{}, fmt.Errorf("roster: add officer: %w", err)
	}
	return o, record(tx, actor, officerEntry(o, "officer.added"))
}

// ChangeOfficer rewrites what is known of an officer; a person who leaves gets the last day in post as Until.
func ChangeOfficer(tx *db.Tx, actor access.Actor, o Officer) error {
	before, err := FindOfficer(tx, o.ID)
	if err != nil {
		return err
	}
	o.Agency, o.Name = before.Agency, strings.TrimSpace(o.Name)
	if err := mayChange(actor, o.Agency); err != nil {
		return err
	}
	if err := o.check(tx, before); err != nil {
		return err
	}
	if o == before {
		return nil
	}
	if _, err := tx.Exec(`UPDATE officer SET unit = $2, name = $3, position = $4, staff = $5, account = $6, from_on = $7, until_on = $8 WHERE id = $1`,
		o.ID, o.Unit, o.Name, o.Position, o.Staff, o.Account, o.From.String(), o.Until.String()); err != nil {
		return fmt.Errorf("roster: change officer: %w", err)
	}
	return record(tx, actor, officerEntry(o, "officer.changed"))
}

func officerEntry(o Officer, kind string) entry {
	ref := map[string]string{"unit": o.Unit, "staff": o.Staff, "from": o.From.String(), "until": o.Until.String(), "account": o.Account}
	return entry{o.Agency, kind, "officer", o.ID, ref, map[string]string{"name": o.Name, "position": o.Position}}
}

const officerColumns = `o.id, o.agency, o.unit, o.name, o.position, o.staff, o.account, o.from_on, o.until_on`

func officerFields(o *Officer) []any {
	return []any{&o.ID, &o.Agency, &o.Unit, &o.Name, &o.Position, &o.Staff, &o.Account, &o.From, &o.Until}
}

// FindOfficer reads one officer.
func FindOfficer(tx *db.Tx, id string) (Officer, error) {
	var o Officer
	err := tx.Row(`SELECT `+officerColumns+` FROM officer o WHERE o.id = $1`, id).Scan(officerFields(&o)...)
	if db.IsMissing(err) {
		return o, refusal.NotFound{What: "执法人员"}
	}
	if err != nil {
		return o, fmt.Errorf("roster: officer: %w", err)
	}
	return o, nil
}

// Filter narrows a list of officers; empty fields do not.
type Filter struct {
	Unit  string
	Text  string // part of a name or of a certificate number
	Valid bool   // only those with a certificate valid on the day
}

// Entry is an officer with the certificate that counts on the day: a valid one, else the one that lasted longest.
type Entry struct {
	Officer
	UnitName    string
	Certificate Certificate // zero where there is none
	Valid       bool        // 行政处罚法第四十二条: may act on the day
	Missing     []string    // which of the five fields of duty 5 are empty, in Chinese
}

// validCertificate is true of a certificate c and an officer o that count on day $2.
const validCertificate = `c.valid_from <= $2 AND c.valid_until >= $2 AND (c.revoked_on = '' OR c.revoked_on > $2)`

// Officers lists those in post on the day, in the order of their ids; after is the id of the last one seen.
func Officers(tx *db.Tx, agency string, day workday.Day, f Filter, after string, limit int) ([]Entry, error) {
	var list []Entry
	err := tx.Each(`SELECT `+officerColumns+`, COALESCE(u.name, '') FROM officer o LEFT JOIN unit u ON u.agency = o.agency AND u.code = o.unit
		WHERE o.agency = $1 AND o.from_on <= $2 AND (o.until_on = '' OR o.until_on >= $2) AND o.id > $3 AND ($4 = '' OR o.unit = $4)
		AND (o.name LIKE $5 ESCAPE '\' OR EXISTS (SELECT 1 FROM certificate c WHERE c.officer = o.id AND c.number LIKE $5 ESCAPE '\'))
		AND ($6 = 0 OR EXISTS (SELECT 1 FROM certificate c WHERE c.officer = o.id AND `+validCertificate+`)) ORDER BY o.id LIMIT $7`,
		[]any{agency, day.String(), after, f.Unit, like(f.Text), flag(f.Valid), clampLimit(limit)}, func(rows *sql.Rows) error {
			var e Entry
			err := rows.Scan(append(officerFields(&e.Officer), &e.UnitName)...)
			list = append(list, e)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("roster: officers: %w", err)
	}
	for i := range list {
		if err := complete(tx, &list[i], day); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func flag(on bool) int64 {
	if on {
		return 1
	}
	return 0
}

// complete adds the certificate that counts and names the empty ones of the five fields (duty 5: 单位、姓名、证件编号、
// 执法类别、执法区域).
func complete(tx *db.Tx, e *Entry, day workday.Day) error {
	c, err := scanCertificate(tx.Row(`SELECT `+certificateColumns+` FROM certificate c WHERE c.officer = $1
		ORDER BY CASE WHEN `+validCertificate+` THEN 0 ELSE 1 END, c.valid_until DESC, c.id LIMIT 1`, e.ID, day.String()))
	if err != nil && !db.IsMissing(err) {
		return fmt.Errorf("roster: certificate: %w", err)
	}
	e.Certificate = c
	e.Valid = c.ValidOn(day)
	for _, field := range []struct {
		title string
		empty bool
	}{{"单位", e.UnitName == ""}, {"姓名", e.Name == ""}, {"证件编号", c.Number == ""}, {"执法类别", c.Class == ""}, {"执法区域", c.Area == ""}} {
		if field.empty {
			e.Missing = append(e.Missing, field.title)
		}
	}
	return nil
}

// ValidOn tells for each officer whether he or she is in post with a valid certificate on the day
// (行政处罚法第四十二条第一款). Unknown ids are not valid.
func ValidOn(tx *db.Tx, officers []string, day workday.Day) (map[string]bool, error) {
	valid := make(map[string]bool, len(officers))
	for _, id := range officers {
		var n int64
		err := tx.Row(`SELECT count(*) FROM officer o JOIN certificate c ON c.officer = o.id WHERE o.id = $1 AND o.from_on <= $2
			AND (o.until_on = '' OR o.until_on >= $2) AND `+validCertificate, id, day.String()).Scan(&n)
		if err != nil {
			return nil, fmt.Errorf("roster: valid on: %w", err)
		}
		valid[id] = n > 0
	}
	return valid, nil
}

// OfficerOf finds the officer in post on the day behind an account; NotFound where there is none.
func OfficerOf(tx *db.Tx, account string, day workday.Day) (Entry, error) {
	var e Entry
	err := tx.Row(`SELECT `+officerColumns+`, COALESCE(u.name, '') FROM officer o LEFT JOIN unit u ON u.agency = o.agency AND u.code = o.unit
		WHERE o.account = $1 AND o.account <> '' AND o.from_on <= $2 AND (o.until_on = '' OR o.until_on >= $2) ORDER BY o.id LIMIT 1`,
		account, day.String()).Scan(append(officerFields(&e.Officer), &e.UnitName)...)
	if db.IsMissing(err) {
		return e, refusal.NotFound{What: "执法人员"}
	}
	if err != nil {
		return e, fmt.Errorf("roster: officer of account: %w", err)
	}
	return e, complete(tx, &e, day)
}
