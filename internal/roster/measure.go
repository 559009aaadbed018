package roster

import (
	"database/sql"
	"fmt"

	"mingjing/internal/db"
	"mingjing/internal/workday"
)

// Completeness is the state of the officer database (duty 5) on a day.
type Completeness struct {
	InPost   int // established staff in post
	Complete int // of these: unit, name, number, class and area are all there
	Valid    int // of these: with a certificate valid that day
	Expiring int // of these: whose last certificate ends within 60 days
	Unfiled  int // certificates of State Council departments not filed (duty 7)
}

// expiryNotice is how many days ahead an ending certificate is announced.
const expiryNotice = 60

// Complete measures the officer database of an agency.
func Complete(tx *db.Tx, agency string, day workday.Day) (Completeness, error) {
	var c Completeness
	const inPost = `o.agency = $1 AND o.staff = $3 AND o.from_on <= $2 AND (o.until_on = '' OR o.until_on >= $2)`
	err := tx.Row(`SELECT
		(SELECT count(*) FROM officer o WHERE `+inPost+`),
		(SELECT count(*) FROM officer o WHERE `+inPost+` AND o.name <> '' AND EXISTS (SELECT 1 FROM unit u WHERE u.agency = o.agency AND u.code = o.unit)
			AND EXISTS (SELECT 1 FROM certificate c WHERE c.officer = o.id AND c.number <> '' AND c.class <> '' AND c.area <> '')),
		(SELECT count(*) FROM officer o WHERE `+inPost+` AND EXISTS (SELECT 1 FROM certificate c WHERE c.officer = o.id AND `+validCertificate+`)),
		(SELECT count(*) FROM officer o WHERE `+inPost+` AND EXISTS (SELECT 1 FROM certificate c WHERE c.officer = o.id AND `+validCertificate+`)
			AND NOT EXISTS (SELECT 1 FROM certificate c WHERE c.officer = o.id AND `+validCertificate+` AND c.valid_until > $4)),
		(SELECT count(*) FROM officer o JOIN certificate c ON c.officer = o.id WHERE `+inPost+` AND c.state_issued = TRUE AND c.filed = FALSE AND `+validCertificate+`)`,
		agency, day.String(), Established, day.AddDays(expiryNotice).String()).Scan(&c.InPost, &c.Complete, &c.Valid, &c.Expiring, &c.Unfiled)
	if err != nil {
		return c, fmt.Errorf("roster: complete: %w", err)
	}
	return c, nil
}

// Strength is the number of reviewers beside the number of officers (duty 21: at least five per cent).
type Strength struct{ Officers, Reviewers, Needed int }

// Enough tells whether the share is reached.
func (s Strength) Enough() bool { return s.Reviewers >= s.Needed }

// ReviewStrength measures the reviewers of an agency against a share in percent, of which fractions count as one; an
// agency with officers needs at least one reviewer.
func ReviewStrength(tx *db.Tx, agency string, day workday.Day, percent int) (Strength, error) {
	officers, reviewers, err := Numbers(tx, agency, day)
	if err != nil {
		return Strength{}, err
	}
	return Strength{Officers: officers, Reviewers: reviewers, Needed: (officers*percent + 99) / 100}, nil
}

// Expiring lists the valid certificates that end within the days, the earliest first; after is the id of the last one
// seen and afterDay its last day.
func Expiring(tx *db.Tx, agency string, day workday.Day, within int, afterDay workday.Day, after string, limit int) ([]Entry, error) {
	var list []Entry
	err := tx.Each(`SELECT `+officerColumns+`, COALESCE(u.name, ''), `+certificateColumns+` FROM certificate c JOIN officer o ON o.id = c.officer
		LEFT JOIN unit u ON u.agency = o.agency AND u.code = o.unit
		WHERE c.agency = $1 AND o.from_on <= $2 AND (o.until_on = '' OR o.until_on >= $2) AND `+validCertificate+` AND c.valid_until <= $3
		AND (c.valid_until > $4 OR (c.valid_until = $4 AND c.id > $5)) ORDER BY c.valid_until, c.id LIMIT $6`,
		[]any{agency, day.String(), day.AddDays(within).String(), afterDay.String(), after, clampLimit(limit)}, func(rows *sql.Rows) error {
			e := Entry{Valid: true}
			c := &e.Certificate
			err := rows.Scan(append(officerFields(&e.Officer), &e.UnitName, &c.ID, &c.Agency, &c.Officer, &c.Number, &c.Issuer, &c.Class, &c.Area,
				&c.ValidFrom, &c.ValidTill, &c.StateIssued, &c.Filed, &c.Revoked)...)
			list = append(list, e)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("roster: expiring: %w", err)
	}
	return list, nil
}
