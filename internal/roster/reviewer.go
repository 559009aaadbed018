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

// Reviewer is a person who reviews major decisions (法制审核人员).
type Reviewer struct {
	Agency, Account, Name, Unit string
	// Qualification is the number of the 法律职业资格证书; "" for none. Who first reviews penalties after 2018 needs it
	// (行政处罚法第五十八条第二款).
	Qualification string
	FirstReview   workday.Day // zero where there was none yet
	From, Until   workday.Day // a zero Until is open
	InReviewUnit  bool        // read only: the unit is the 法制审核机构
}

// AppointReviewer makes an account a reviewer, or rewrites what is known of one. Where no unit is named it is that of the
// account.
func AppointReviewer(tx *db.Tx, actor access.Actor, r Reviewer) error {
	if err := mayChange(actor, r.Agency); err != nil {
		return err
	}
	f := faults{}
	a, err := person(tx, f, r.Agency, r.Account, access.RoleReviewer)
	if err != nil {
		return err
	}
	if r.Unit == "" {
		r.Unit = a.Unit
	}
	known, err := hasUnit(tx, r.Agency, r.Unit)
	if err != nil {
		return err
	}
	if !known {
		f["unit"] = "请选择本机关的科室。"
	}
	f.text("qualification", "法律职业资格证书编号", r.Qualification, 40, false)
	f.span("until", r.From, r.Until, false)
	if !r.FirstReview.IsZero() && r.FirstReview.After(today(tx)) {
		f["first_review"] = "首次审核日期晚于今天。"
	}
	if err := f.err("法制审核人员信息有误。"); err != nil {
		return err
	}
	if _, err := tx.Exec(`INSERT INTO reviewer (agency, account, unit, qualification, first_review_on, from_on, until_on) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (agency, account) DO UPDATE SET unit = excluded.unit, qualification = excluded.qualification,
		first_review_on = excluded.first_review_on, from_on = excluded.from_on, until_on = excluded.until_on`,
		r.Agency, r.Account, r.Unit, strings.TrimSpace(r.Qualification), r.FirstReview.String(), r.From.String(), r.Until.String()); err != nil {
		return fmt.Errorf("roster: appoint reviewer: %w", err)
	}
	ref := map[string]string{"unit": r.Unit, "from": r.From.String(), "until": r.Until.String(), "qualified": fmt.Sprint(r.Qualification != "")}
	return record(tx, actor, entry{r.Agency, "reviewer.appointed", "reviewer", r.Account, ref, map[string]string{"qualification": r.Qualification}})
}

// EndReviewer names the last day of a reviewer.
func EndReviewer(tx *db.Tx, actor access.Actor, agency, account string, until workday.Day) error {
	if err := mayChange(actor, agency); err != nil {
		return err
	}
	n, err := tx.Exec(`UPDATE reviewer SET until_on = $3 WHERE agency = $1 AND account = $2 AND from_on <= $3`, agency, account, until.String())
	if err != nil {
		return fmt.Errorf("roster: end reviewer: %w", err)
	}
	if n == 0 {
		return refusal.NotFound{What: "法制审核人员"}
	}
	return record(tx, actor, entry{agency, "reviewer.ended", "reviewer", account, map[string]string{"until": until.String()}, nil})
}

// Reviewers lists who reviews on the day, by account; after is the account of the last one seen.
func Reviewers(tx *db.Tx, agency string, day workday.Day, after string, limit int) ([]Reviewer, error) {
	var list []Reviewer
	err := tx.Each(`SELECT r.agency, r.account, COALESCE(a.name, ''), r.unit, r.qualification, r.first_review_on, r.from_on, r.until_on, COALESCE(u.review, FALSE)
		FROM reviewer r LEFT JOIN account a ON a.id = r.account LEFT JOIN unit u ON u.agency = r.agency AND u.code = r.unit
		WHERE r.agency = $1 AND r.from_on <= $2 AND (r.until_on = '' OR r.until_on >= $2) AND r.account > $3 ORDER BY r.account LIMIT $4`,
		[]any{agency, day.String(), after, clampLimit(limit)}, func(rows *sql.Rows) error {
			var r Reviewer
			err := rows.Scan(&r.Agency, &r.Account, &r.Name, &r.Unit, &r.Qualification, &r.FirstReview, &r.From, &r.Until, &r.InReviewUnit)
			list = append(list, r)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("roster: reviewers: %w", err)
	}
	return list, nil
}

// Counsel is a legal counsel (法律顾问) or public lawyer (公职律师) who may be called into a review (duty 22).
type Counsel struct {
	ID, Agency, Name string
	Kind             string // one of CounselKinds
	Organisation     string // law firm or unit
	Licence          string // number of the licence
	Account          string // where counsel logs in
	Pooled           bool   // may be called by every agency of the store
	From, Until      workday.Day
	AgencyName       string // read only
	Lent             bool   // read only: from the pool of another agency
}

// CounselKinds are the kinds of counsel.
func CounselKinds() []string { return []string{"法律顾问", "公职律师"} }

// EngageCounsel enters a counsel of the agency.
func EngageCounsel(tx *db.Tx, actor access.Actor, c Counsel) (Counsel, error) {
	if err := mayChange(actor, c.Agency); err != nil {
		return Counsel{}, err
	}
	f := faults{}
	f.text("name", "姓名", c.Name, 60, true)
	f.oneOf("kind", "类别", c.Kind, CounselKinds())
	f.text("organisation", "所在单位", c.Organisation, 60, true)
	f.text("licence", "执业证号", c.Licence, 40, false)
	f.span("until", c.From, c.Until, false)
	if c.Account != "" {
		if _, err := person(tx, f, c.Agency, c.Account, ""); err != nil {
			return Counsel{}, err
		}
	}
	if err := f.err("法律顾问、公职律师信息有误。"); err != nil {
		return Counsel{}, err
	}
	c.ID = tx.NewID()
	if _, err := tx.Exec(`INSERT INTO counsel (id, agency, name, kind, organisation, licence, account, pooled, from_on, until_on)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, c.ID, c.Agency, strings.TrimSpace(c.Name), c.Kind, c.Organisation, c.Licence, c.Account,
		c.Pooled, c.From.String(), c.Until.String()); err != nil {
		return Counsel{}, fmt.Errorf("roster: engage counsel: %w", err)
	}
	ref := map[string]string{"kind": c.Kind, "pooled": fmt.Sprint(c.Pooled), "from": c.From.String(), "until": c.Until.String()}
	return c, record(tx, actor, entry{c.Agency, "counsel.engaged", "counsel", c.ID, ref,
		map[string]string{"name": c.Name, "organisation": c.Organisation, "licence": c.Licence}})
}

// EndCounsel names the last day of a counsel.
func EndCounsel(tx *db.Tx, actor access.Actor, id string, until workday.Day) error {
	var agency string
	err := tx.Row(`SELECT agency FROM counsel WHERE id = $1`, id).Scan(&agency)
	if db.IsMissing(err) {
		return refusal.NotFound{What: "法律顾问、公职律师"}
	}
	if err != nil {
		return fmt.Errorf("roster: end counsel: %w", err)
	}
	if err := mayChange(actor, agency); err != nil {
		return err
	}
	n, err := tx.Exec(`UPDATE counsel SET until_on = $2 WHERE id = $1 AND from_on <= $2`, id, until.String())
	if err != nil {
		return fmt.Errorf("roster: end counsel: %w", err)
	}
	if n == 0 {
		return refusal.Field("until", "截止日期早于开始日期。")
	}
	return record(tx, actor, entry{agency, "counsel.ended", "counsel", id, map[string]string{"until": until.String()}, nil})
}

// Counsels lists those whom the agency may call on the day: its own, and the pool of the others.
func Counsels(tx *db.Tx, agency string, day workday.Day, after string, limit int) ([]Counsel, error) {
	var list []Counsel
	err := tx.Each(`SELECT c.id, c.agency, c.name, c.kind, c.organisation, c.licence, c.account, c.pooled, c.from_on, c.until_on, COALESCE(a.name, '')
		FROM counsel c LEFT JOIN agency a ON a.id = c.agency WHERE (c.agency = $1 OR c.pooled = TRUE) AND c.from_on <= $2
		AND (c.until_on = '' OR c.until_on >= $2) AND c.id > $3 ORDER BY c.id LIMIT $4`, []any{agency, day.String(), after, clampLimit(limit)},
		func(rows *sql.Rows) error {
			var c Counsel
			err := rows.Scan(&c.ID, &c.Agency, &c.Name, &c.Kind, &c.Organisation, &c.Licence, &c.Account, &c.Pooled, &c.From, &c.Until, &c.AgencyName)
			c.Lent = c.Agency != agency
			list = append(list, c)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("roster: counsels: %w", err)
	}
	return list, nil
}
