package picture

import (
	"database/sql"
	"fmt"
	"time"

	"mingjing/internal/casefile/book"
	"mingjing/internal/db"
	"mingjing/internal/flow"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

// TrackTitle is the Chinese name of where the case and the track of a party stand.
func (p *Picture) TrackTitle(m flow.Machine, track flow.State) string {
	title := p.File.StateTitle()
	if info, ok := m.State(track); ok {
		title += "、" + info.Title
	}
	return title
}

// File is the row of a case, table case_file: what lists show and gates ask. Last is the day of its latest act, NextDue the earliest day
// by which the agency itself has to act, RuleSet and Pack the versions it was opened under; a day is zero while it has not come.
type File struct {
	ID, Agency, Number, Title, Cause  string
	Procedure, Item, Class            string
	Unit, Handler                     string
	State                             flow.State
	FoundOn, OpenedOn, ClosedOn, Last workday.Day
	Complex, CrimeOpen                bool
	RuleSet, Pack                     string
	Parties                           int
	NextDue                           workday.Day
	Created, Changed                  time.Time
}

// StateTitle is the Chinese name of where the case stands.
func (f File) StateTitle() string {
	m := book.MachineOf(f.Procedure)
	if info, ok := m.State(f.State); ok {
		return info.Title
	}
	return string(f.State)
}

// Over tells whether nothing remains to be done.
func (f File) Over() bool {
	return f.State == flow.Archived || f.State == flow.Rejected || f.State == flow.Converted
}

const fileColumns = `c.id, c.agency, c.number, c.title, c.cause, c.procedure, c.item, c.class, c.unit, c.handler, c.state, c.found_on, c.opened_on, c.closed_on,
	c.last_on, c.complex, c.crime_open, c.rule_set, c.pack, c.parties, c.next_due, c.created, c.changed`

// Find reads the row of one case.
func Find(tx *db.Tx, id string) (File, error) {
	list, err := files(tx, `SELECT `+fileColumns+` FROM case_file c WHERE c.id = $1`, id)
	if err != nil {
		return File{}, err
	}
	if len(list) == 0 {
		return File{}, refusal.NotFound{What: "案件"}
	}
	return list[0], nil
}

// Filter narrows a list of cases. Words are looked for in numbers, titles and the names of parties.
type Filter struct {
	Handler, Unit, Procedure, Words string
	State                           flow.State
	Open                            bool // leaves out what is archived or rejected
	Late                            bool // only those with a clock that has run out
}

// List pages through the cases of an agency, newest first, from before a case id.
func List(tx *db.Tx, agency string, f Filter, before string, today workday.Day, limit int) ([]File, error) {
	words := "%" + f.Words + "%"
	return files(tx, `SELECT `+fileColumns+` FROM case_file c WHERE c.agency = $1 AND ($2 = '' OR c.id < $2)
		AND ($3 = '' OR c.handler = $3) AND ($4 = '' OR c.unit = $4) AND ($5 = '' OR c.procedure = $5) AND ($6 = '' OR c.state = $6)
		AND (NOT $7 OR c.state NOT IN ('archived', 'rejected', 'converted', 'closed'))
		AND (NOT $8 OR (c.next_due <> '' AND c.next_due < $9))
		AND ($10 = '%%' OR c.title LIKE $10 OR c.number LIKE $10 OR EXISTS (SELECT 1 FROM party p WHERE p.case_id = c.id AND p.name LIKE $10)
			OR EXISTS (SELECT 1 FROM document d WHERE d.case_id = c.id AND d.number LIKE $10))
		ORDER BY c.id DESC LIMIT $11`, agency, before, f.Handler, f.Unit, f.Procedure, string(f.State), f.Open, f.Late, today.String(), words, limit)
}

func files(tx *db.Tx, query string, args ...any) ([]File, error) {
	var list []File
	err := tx.Each(query, args, func(rows *sql.Rows) error {
		var f File
		var state, created, changed string
		err := rows.Scan(&f.ID, &f.Agency, &f.Number, &f.Title, &f.Cause, &f.Procedure, &f.Item, &f.Class, &f.Unit, &f.Handler, &state, &f.FoundOn, &f.OpenedOn,
			&f.ClosedOn, &f.Last, &f.Complex, &f.CrimeOpen, &f.RuleSet, &f.Pack, &f.Parties, &f.NextDue, &created, &changed)
		if err != nil {
			return err
		}
		f.State = flow.State(state)
		if f.Created, err = db.Time(created); err != nil {
			return err
		}
		f.Changed, err = db.Time(changed)
		list = append(list, f)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("casefile: read: %w", err)
	}
	return list, nil
}
