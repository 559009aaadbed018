package deadline

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"mingjing/internal/db"
	"mingjing/internal/law"
	"mingjing/internal/workday"
)

// The states of a clock.
const (
	Open    = "open"
	Met     = "met"
	Missed  = "missed" // met after its day
	Dropped = "dropped"
	Over    = "over" // a window of the party that ran out, and nobody is late
)

// Clock is one deadline of a case or of one party in it.
type Clock struct {
	ID, Agency, Case, Party string
	Param, Label            string
	Done                    []string // the steps any of which ends it
	Trigger                 workday.Day
	Length                  int
	Unit                    law.Unit
	Due                     workday.Day
	Provisional, ForParty   bool
	Calendar                string
	Stops                   []workday.Stop
	State                   string
	MetOn                   workday.Day
	// CaseTitle and CaseNumber are filled by the lists that cross cases.
	CaseTitle, CaseNumber string
	Parties               int // how many parties such a row stands for
}

// Start computes and writes a clock. A length of hours counts as a calendar day of its trigger and the next.
func Start(tx *db.Tx, calendar *workday.Calendar, c Clock) (Clock, error) {
	c.ID, c.State = tx.NewID(), Open
	if err := c.compute(calendar); err != nil {
		return Clock{}, fmt.Errorf("deadline: start %s: %w", c.Param, err)
	}
	stops, err := json.Marshal(c.Stops)
	if err != nil {
		return Clock{}, fmt.Errorf("deadline: start %s: %w", c.Param, err)
	}
	_, err = tx.Exec(`INSERT INTO deadline (id, agency, case_id, party_id, param, label, done, trigger_on, length, unit, due_on, provisional,
		calendar, for_party, stops, state, met_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, '')`,
		c.ID, c.Agency, c.Case, c.Party, c.Param, c.Label, strings.Join(c.Done, " "), c.Trigger.String(), c.Length, string(c.Unit), c.Due.String(),
		c.Provisional, c.Calendar, c.ForParty, string(stops), c.State)
	if err != nil {
		return Clock{}, fmt.Errorf("deadline: start %s: %w", c.Param, err)
	}
	return c, nil
}

// Window tells whether the clock is a right of the party, or a wait for its sake: when it has run out it is over, and the
// right is taken as given up (行政处罚法第四十五条、第六十四条第一项). To pay is no right, so a fine can be paid late.
func (c *Clock) Window() bool { return c.ForParty && c.Param != law.PayDays }

// Lapsed tells whether a window is over on a day, unused or used too late.
func (c *Clock) Lapsed(today workday.Day) bool {
	if !c.Window() {
		return false
	}
	return c.State == Over || c.State == Missed || c.State == Open && !c.Due.IsZero() && c.Due.Before(today)
}

func (c *Clock) compute(calendar *workday.Calendar) error {
	result, err := calendar.Due(c.asDeadline())
	if err != nil {
		return err
	}
	c.Due, c.Provisional, c.Calendar = result.Due, result.Provisional, result.CalendarVersion
	return nil
}

func (c *Clock) asDeadline() workday.Deadline {
	d := workday.Deadline{Rule: c.Param, Basis: c.Label, Trigger: c.Trigger, N: c.Length, Stops: c.Stops, ForParty: c.ForParty}
	switch c.Unit {
	case law.WorkDays:
		d.Unit = workday.WorkDay
	case law.Months:
		d.Unit = workday.Month
	case law.Years:
		d.Unit = workday.Year
	case law.Hours:
		d.Unit, d.N = workday.CalendarDay, (c.Length+23)/24
	default:
		d.Unit = workday.CalendarDay
	}
	return d
}

// Explain works the clock again, day by day, in Chinese.
func (c *Clock) Explain(calendar *workday.Calendar) (workday.Result, error) {
	return calendar.Work(c.asDeadline())
}

// Meet ends the clocks of a case that a step ends: those of the named parties, and those of the case itself.
func Meet(tx *db.Tx, caseID string, parties []string, step string, day workday.Day) error {
	clocks, err := Of(tx, caseID)
	if err != nil {
		return err
	}
	for _, c := range clocks {
		if c.State != Open || !slices.Contains(c.Done, step) || (c.Party != "" && !slices.Contains(parties, c.Party)) {
			continue
		}
		if err := End(tx, c, day); err != nil {
			return err
		}
	}
	return nil
}

// End ends one clock on a day.
func End(tx *db.Tx, c Clock, day workday.Day) error {
	state, on := Met, day.String()
	switch late := !c.Due.IsZero() && day.After(c.Due); {
	case late && c.Window():
		state, on = Over, "" // what comes after a window does not use it, and is no delay
	case late:
		state = Missed
	}
	if _, err := tx.Exec(`UPDATE deadline SET state = $2, met_on = $3 WHERE id = $1`, c.ID, state, on); err != nil {
		return fmt.Errorf("deadline: meet %s: %w", c.Param, err)
	}
	return nil
}

// Reopen lets the clocks of a party that a step can end run again by their old day: what stopped them no longer holds.
func Reopen(tx *db.Tx, caseID, partyID, step string) error {
	clocks, err := Of(tx, caseID)
	if err != nil {
		return err
	}
	for _, c := range clocks {
		if c.Party != partyID || c.State != Met && c.State != Missed || !slices.Contains(c.Done, step) {
			continue
		}
		if _, err := tx.Exec(`UPDATE deadline SET state = $2, met_on = '' WHERE id = $1`, c.ID, Open); err != nil {
			return fmt.Errorf("deadline: reopen %s: %w", c.Param, err)
		}
	}
	return nil
}

// Drop ends the open clocks of a parameter that a newer one replaces (a second notice, an extension).
func Drop(tx *db.Tx, caseID, partyID, param string) error {
	if _, err := tx.Exec(`UPDATE deadline SET state = $4 WHERE case_id = $1 AND party_id = $2 AND param = $3 AND state = 'open'`,
		caseID, partyID, param, Dropped); err != nil {
		return fmt.Errorf("deadline: drop %s: %w", param, err)
	}
	return nil
}

// DropAll ends every open clock of a case that is over.
func DropAll(tx *db.Tx, caseID string) error {
	if _, err := tx.Exec(`UPDATE deadline SET state = $2 WHERE case_id = $1 AND state = 'open'`, caseID, Dropped); err != nil {
		return fmt.Errorf("deadline: drop all: %w", err)
	}
	return nil
}

// Settle writes into the row of the case the earliest day by which the agency itself has to act. Whoever starts, meets or ends a
// clock calls it when done: lists of cases show that day and find the late ones by it.
func Settle(tx *db.Tx, caseID string) error {
	if _, err := tx.Exec(`UPDATE case_file SET next_due = COALESCE((SELECT MIN(d.due_on) FROM deadline d
		WHERE d.case_id = $1 AND d.state = $2 AND NOT d.for_party AND d.due_on <> ''), '') WHERE id = $1`, caseID, Open); err != nil {
		return fmt.Errorf("deadline: settle %s: %w", caseID, err)
	}
	return nil
}

const columns = `d.id, d.agency, d.case_id, d.party_id, d.param, d.label, d.done, d.trigger_on, d.length, d.unit, d.due_on, d.provisional, d.calendar,
	d.for_party, d.stops, d.state, d.met_on`

// clockLimit bounds the clocks of one case: a batch of hundreds of parties has some thousands.
const clockLimit = 20000

// Of lists the clocks of a case by their day.
func Of(tx *db.Tx, caseID string) ([]Clock, error) {
	return read(tx, `SELECT `+columns+`, '', '', 1 FROM deadline d WHERE d.case_id = $1 ORDER BY d.due_on, d.id LIMIT $2`, caseID, clockLimit)
}

// Coming lists an agency's open clocks from the earliest day, past ones first, after a cursor of day and id. Clocks of a
// batch that say the same, the same limit of the same case on the same day, are one row with the number of its parties.
func Coming(tx *db.Tx, agency, handler, afterDay, afterID string, limit int) ([]Clock, error) {
	return read(tx, `SELECT `+columns+`, c.title, c.number, g.parties FROM (
			SELECT MIN(id) AS id, COUNT(*) AS parties FROM deadline
			WHERE agency = $1 AND state = 'open' AND due_on <> '' AND due_on >= $3 AND NOT for_party GROUP BY case_id, label, due_on) g
		JOIN deadline d ON d.id = g.id JOIN case_file c ON c.id = d.case_id
		WHERE ($2 = '' OR c.handler = $2) AND (d.due_on > $3 OR (d.due_on = $3 AND d.id > $4))
		ORDER BY d.due_on, d.id LIMIT $5`, agency, handler, afterDay, afterID, limit)
}

func read(tx *db.Tx, query string, args ...any) ([]Clock, error) {
	var list []Clock
	err := tx.Each(query, args, func(rows *sql.Rows) error {
		var c Clock
		var done, unit, stops string
		if err := rows.Scan(&c.ID, &c.Agency, &c.Case, &c.Party, &c.Param, &c.Label, &done, &c.Trigger, &c.Length, &unit, &c.Due, &c.Provisional,
			&c.Calendar, &c.ForParty, &stops, &c.State, &c.MetOn, &c.CaseTitle, &c.CaseNumber, &c.Parties); err != nil {
			return err
		}
		c.Done, c.Unit = strings.Fields(done), law.Unit(unit)
		list = append(list, c)
		return json.Unmarshal([]byte(stops), &list[len(list)-1].Stops)
	})
	if err != nil {
		return nil, fmt.Errorf("deadline: read: %w", err)
	}
	return list, nil
}
