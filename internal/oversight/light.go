package oversight

import (
	"database/sql"
	"fmt"
	"strconv"
	"time"

	"mingjing/internal/db"
	"mingjing/internal/form"
	"mingjing/internal/workday"
)

// State is how a duty stands.
type State string

// The states. A duty without any matter to measure is NotYet: there is nothing that could be met or missed.
const (
	Met    State = "met"
	Partly State = "partly"
	Unmet  State = "unmet"
	NotYet State = "none"
)

// Light is what one duty's check says.
type Light struct {
	Duty    int
	State   State
	Value   string // in Chinese, with its unit
	Formula string // how it is computed, in Chinese
	Met, Of int    // of how many the duty is met
	Missed  []Case // a sample of what is not met
	At      time.Time
}

// Case is one thing behind a light: a case, a publication, a document.
type Case struct{ Kind, ID, Title string }

// sampleLimit bounds the sample of what is not met.
const sampleLimit = 20

// share makes a light of a share: met when nothing is missed.
func share(duty, met, of int, what, formula string, missed []Case) Light {
	l := Light{Duty: duty, Met: met, Of: of, Formula: formula, Missed: missed, Value: fmt.Sprintf("%s %d / %d", what, met, of)}
	switch {
	case of == 0:
		l.State, l.Value = NotYet, "暂无可计量的"+what
	case met == of:
		l.State = Met
	case met*10 >= of*8:
		l.State = Partly
	default:
		l.State = Unmet
	}
	if of > 0 {
		l.Value += "（" + percent(met, of) + "）"
	}
	return l
}

func percent(met, of int) string {
	tenths := met * 1000 / of
	return strconv.Itoa(tenths/10) + "." + strconv.Itoa(tenths%10) + "%"
}

// Desk is what the checks are computed with.
type Desk struct {
	Agency string
	Forms  *form.Registry
}

// check computes the light of one duty on a day.
type check struct {
	duty int
	run  func(*db.Tx, Desk, workday.Day) (Light, error)
}

func checks() []check {
	return []check{{2, platform}, {3, items}, {5, officers}, {6, guides}, {8, told}, {10, published}, {11, withdrawn}, {13, phases}, {15, formats}, {18, filed}, {19, reviewed},
		{20, body}, {21, strength}, {23, catalogue}, {24, points}, {25, disputes}, {26, record}}
}

// Measured lists the duties that have a computed check.
func Measured() []int {
	var list []int
	for _, c := range checks() {
		list = append(list, c.duty)
	}
	return list
}

// Board computes every light on one snapshot.
func Board(tx *db.Tx, d Desk) ([]Light, error) {
	today := workday.DayOf(tx.Now())
	var list []Light
	for _, c := range checks() {
		l, err := c.run(tx, d, today)
		if err != nil {
			return nil, fmt.Errorf("oversight: duty %d: %w", c.duty, err)
		}
		l.At = tx.Now()
		list = append(list, l)
	}
	return list, nil
}

// One computes the light of one duty; false where it has no computed check.
func One(tx *db.Tx, d Desk, duty int) (Light, bool, error) {
	for _, c := range checks() {
		if c.duty != duty {
			continue
		}
		l, err := c.run(tx, d, workday.DayOf(tx.Now()))
		l.At = tx.Now()
		if err != nil {
			err = fmt.Errorf("oversight: duty %d: %w", duty, err)
		}
		return l, true, err
	}
	return Light{}, false, nil
}

// two reads a query of two counts.
func two(tx *db.Tx, query string, args ...any) (met, of int, err error) {
	err = tx.Row(query, args...).Scan(&met, &of)
	return met, of, err
}

// sample reads what is not met, as id and title.
func sample(tx *db.Tx, kind, query string, args ...any) ([]Case, error) {
	var list []Case
	err := tx.Each(query+` LIMIT `+strconv.Itoa(sampleLimit), args, func(rows *sql.Rows) error {
		c := Case{Kind: kind}
		err := rows.Scan(&c.ID, &c.Title)
		list = append(list, c)
		return err
	})
	return list, err
}
