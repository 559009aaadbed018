package roster

import (
	"fmt"

	"mingjing/internal/db"
	"mingjing/internal/workday"
)

// Standing is what the officer database says of one certificate on one day.
type Standing struct {
	Certificate, Name, Account, Unit string
	// Registered: unit, name, number, class and area are all there (duty 5).
	Registered bool
	// Qualified: the officer is in post and the certificate valid that day (行政处罚法第四十二条).
	Qualified          bool
	StateIssued, Filed bool
}

// Certified answers for certificates in the order asked; an unknown one has no standing at all.
func Certified(tx *db.Tx, agency string, certificates []string, day workday.Day) ([]Standing, error) {
	list := make([]Standing, 0, len(certificates))
	for _, number := range certificates {
		s := Standing{Certificate: number}
		var class, area, from, until, revoked, in, out string
		err := tx.Row(`SELECT o.name, o.account, o.unit, c.class, c.area, c.valid_from, c.valid_until, c.revoked_on, c.state_issued, c.filed, o.from_on, o.until_on
			FROM certificate c JOIN officer o ON o.id = c.officer WHERE c.agency = $1 AND c.number = $2`, agency, number).
			Scan(&s.Name, &s.Account, &s.Unit, &class, &area, &from, &until, &revoked, &s.StateIssued, &s.Filed, &in, &out)
		if db.IsMissing(err) {
			list = append(list, s)
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("roster: certificate: %w", err)
		}
		on := day.String()
		s.Registered = s.Name != "" && s.Unit != "" && number != "" && class != "" && area != ""
		inPost := in <= on && (out == "" || on <= out)
		s.Qualified = inPost && from <= on && on <= until && (revoked == "" || on < revoked)
		list = append(list, s)
	}
	return list, nil
}

// Numbers counts the officers with a valid certificate and the reviewers of an agency on a day (duty 21).
func Numbers(tx *db.Tx, agency string, day workday.Day) (officers, reviewers int, err error) {
	on := day.String()
	err = tx.Row(`SELECT (SELECT count(DISTINCT o.id) FROM officer o JOIN certificate c ON c.officer = o.id WHERE o.agency = $1 AND o.from_on <= $2
			AND (o.until_on = '' OR o.until_on >= $2) AND c.valid_from <= $2 AND c.valid_until >= $2 AND (c.revoked_on = '' OR c.revoked_on > $2)),
		(SELECT count(*) FROM reviewer r WHERE r.agency = $1 AND r.from_on <= $2 AND (r.until_on = '' OR r.until_on >= $2))`, agency, on).Scan(&officers, &reviewers)
	if err != nil {
		return 0, 0, fmt.Errorf("roster: numbers: %w", err)
	}
	return officers, reviewers, nil
}

// ReviewerStanding is what the roster says of a reviewer on one day.
type ReviewerStanding struct {
	// Qualified: holds 法律职业资格 (行政处罚法第五十八条第二款).
	Qualified bool
	// First is the day of the first review of a penalty; zero where there was none yet.
	First workday.Day
	// InReviewUnit: belongs to the unit that is the 法制审核机构.
	InReviewUnit bool
}

// ReviewerFor answers for an account; ok is false for who is no reviewer that day.
func ReviewerFor(tx *db.Tx, agency, account string, day workday.Day) (ReviewerStanding, bool, error) {
	var s ReviewerStanding
	var qualification string
	err := tx.Row(`SELECT r.qualification, r.first_review_on, COALESCE((SELECT u.review FROM unit u WHERE u.agency = r.agency AND u.code = r.unit), FALSE)
		FROM reviewer r WHERE r.agency = $1 AND r.account = $2 AND r.from_on <= $3 AND (r.until_on = '' OR r.until_on >= $3)`, agency, account, day.String()).
		Scan(&qualification, &s.First, &s.InReviewUnit)
	if db.IsMissing(err) {
		return ReviewerStanding{}, false, nil
	}
	if err != nil {
		return ReviewerStanding{}, false, fmt.Errorf("roster: reviewer: %w", err)
	}
	s.Qualified = qualification != ""
	return s, true, nil
}

// MarkFirstReview notes the day of a reviewer's first review, once.
func MarkFirstReview(tx *db.Tx, agency, account string, day workday.Day) error {
	if _, err := tx.Exec(`UPDATE reviewer SET first_review_on = $3 WHERE agency = $1 AND account = $2 AND first_review_on = ''`, agency, account, day.String()); err != nil {
		return fmt.Errorf("roster: first review: %w", err)
	}
	return nil
}
