package handover

import (
	"database/sql"
	"errors"
	"fmt"

	"mingjing/internal/access"
	"mingjing/internal/casefile/picture"
	"mingjing/internal/db"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

// most bounds the people, and the cases of one, that are read at once.
const most = 500

// Leaver is somebody who handles open cases.
type Leaver struct {
	Account, Name, Unit string
	Active              bool // the account still works
	Cases               int
}

// unitOf is the unit whose cases a person may hand over; ok is false for who may hand over none.
func unitOf(actor access.Actor) (unit string, ok bool) {
	if access.Can(actor, access.CaseHandOver, access.Thing{Kind: "case", Agency: actor.Agency}).Allowed {
		return "", true
	}
	own := access.Thing{Kind: "case", Agency: actor.Agency, Unit: actor.Unit}
	return actor.Unit, actor.Unit != "" && access.Can(actor, access.CaseHandOver, own).Allowed
}

// Leavers lists who handles open cases that the person may hand over, those whose account is disabled first.
func Leavers(tx *db.Tx, actor access.Actor) ([]Leaver, error) {
	unit, ok := unitOf(actor)
	if !ok {
		return nil, nil
	}
	var list []Leaver
	err := tx.Each(`SELECT c.handler, a.name, a.unit, a.state, COUNT(*) FROM case_file c JOIN account a ON a.id = c.handler
		WHERE c.agency = $1 AND ($2 = '' OR c.unit = $2) AND c.state NOT IN ('archived', 'rejected', 'converted', 'closed')
		GROUP BY c.handler, a.name, a.unit, a.state ORDER BY CASE WHEN a.state = 'active' THEN 1 ELSE 0 END, a.name, c.handler LIMIT $3`,
		[]any{actor.Agency, unit, most}, func(rows *sql.Rows) error {
			var l Leaver
			var state string
			err := rows.Scan(&l.Account, &l.Name, &l.Unit, &state, &l.Cases)
			l.Active = state == access.StateActive
			list = append(list, l)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("handover: leavers: %w", err)
	}
	return list, nil
}

// Open counts the open cases that an account handles, whoever asks: a number is no look into a case.
func Open(tx *db.Tx, agency, account string) (int, error) {
	n := 0
	if err := tx.Row(`SELECT COUNT(*) FROM case_file WHERE agency = $1 AND handler = $2 AND state NOT IN ('archived', 'rejected', 'converted', 'closed')`,
		agency, account).Scan(&n); err != nil {
		return 0, fmt.Errorf("handover: open cases of %s: %w", account, err)
	}
	return n, nil
}

// Task is something unfinished that is no case of the leaver's own.
type Task struct {
	What, Title string
	Kind, Thing string // case, review, publication: what it opens
	Next        string // who goes on with it, in Chinese
}

// Desk is what a leaver leaves behind.
type Desk struct {
	Account access.Account
	Cases   []picture.File // those that the person may hand over, the newest first
	Tasks   []Task
	Other   int // open cases that the person may not hand over: of other units
}

// Of reads what a leaver leaves behind, for who may hand it over.
func Of(tx *db.Tx, actor access.Actor, account string) (Desk, error) {
	var d Desk
	unit, ok := unitOf(actor)
	if !ok {
		return d, access.Require(actor, access.CaseHandOver, access.Thing{Kind: "case", Agency: actor.Agency, Unit: actor.Unit})
	}
	var err error
	var missing refusal.NotFound
	if d.Account, err = access.Get(tx, account); errors.As(err, &missing) || err == nil && d.Account.Agency != actor.Agency {
		return d, refusal.NotFound{What: "人员"}
	} else if err != nil {
		return d, fmt.Errorf("handover: of %s: %w", account, err)
	}
	today := workday.DayOf(tx.Now())
	if d.Cases, err = picture.List(tx, actor.Agency, picture.Filter{Handler: account, Unit: unit, Open: true}, "", today, most); err != nil {
		return d, fmt.Errorf("handover: of %s: %w", account, err)
	}
	all, err := Open(tx, actor.Agency, account)
	if err != nil {
		return d, err
	}
	d.Other = max(0, all-len(d.Cases))
	d.Tasks, err = tasks(tx, actor.Agency, account, unit)
	return d, err
}

// tasks are what the leaver has in hand in other people's cases: as an officer, a reviewer, a maker of a publication.
func tasks(tx *db.Tx, agency, account, unit string) ([]Task, error) {
	var list []Task
	for _, q := range []struct{ what, kind, next, query string }{
		{"协办的案件", "case", "由承办人办理“变更办案人员”", `SELECT c.id, c.title FROM case_officer o JOIN case_file c ON c.id = o.case_id
			WHERE c.agency = $1 AND o.account = $2 AND ($3 = '' OR c.unit = $3) AND c.handler <> $2 AND o.until_on = '' AND c.state NOT IN ('archived', 'rejected', 'converted', 'closed')
			ORDER BY c.id DESC LIMIT $4`},
		{"正在进行的法制审核", "review", "由其他审核人员出具意见", `SELECT r.id, c.title FROM review r JOIN case_file c ON c.id = r.case_id
			WHERE r.agency = $1 AND r.reviewer = $2 AND ($3 = '' OR c.unit = $3) AND r.concluded_on = '' AND r.state NOT IN ('voided', 'ended') ORDER BY r.id DESC LIMIT $4`},
		{"已制作、待复核的公示", "publication", "由其他公示复核员复核，发布员重新制作", `SELECT p.id, c.title FROM publication p JOIN case_file c ON c.id = p.case_id
			WHERE p.agency = $1 AND p.maker = $2 AND ($3 = '' OR c.unit = $3) AND p.state IN ('prepared', 'checked') ORDER BY p.id DESC LIMIT $4`},
	} {
		if err := tx.Each(q.query, []any{agency, account, unit, most}, func(rows *sql.Rows) error {
			t := Task{What: q.what, Kind: q.kind, Next: q.next}
			err := rows.Scan(&t.Thing, &t.Title)
			list = append(list, t)
			return err
		}); err != nil {
			return nil, fmt.Errorf("handover: tasks of %s: %w", account, err)
		}
	}
	return list, nil
}
