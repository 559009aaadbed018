package undertaking

import (
	"database/sql"
	"encoding/json"
	"fmt"

	"mingjing/internal/db"
	"mingjing/internal/refusal"
	"mingjing/internal/roster"
	"mingjing/internal/workday"
)

// Undertaking is one thing that was undertaken.
type Undertaking struct {
	ID, Agency string
	Kind, Task string // codes of the pack
	Title      string
	On         workday.Day // the day on which it happened
	Due        workday.Day // the last day by which it must be settled; zero where nothing is due
	Late       string      // why it was entered late
	Values     map[string]string
	Officers   []string // who took part
	Settled    workday.Day
	SettledBy  string
	Outcome    map[string]string
	Recorded   string
	RecordedBy string
}

// Open tells whether it waits to be settled.
func (u Undertaking) Open() bool { return u.Settled.IsZero() }

const columns = `id, agency, kind, task, title, on_day, due_on, late, body, settled_on, settled_by, outcome, recorded, recorded_by`

func scan(row interface{ Scan(...any) error }) (Undertaking, error) {
	var u Undertaking
	var body, outcome string
	err := row.Scan(&u.ID, &u.Agency, &u.Kind, &u.Task, &u.Title, &u.On, &u.Due, &u.Late, &body, &u.Settled, &u.SettledBy, &outcome, &u.Recorded, &u.RecordedBy)
	if err == nil {
		err = json.Unmarshal([]byte(body), &u.Values)
	}
	if err == nil && outcome != "" {
		err = json.Unmarshal([]byte(outcome), &u.Outcome)
	}
	return u, err
}

// Find reads one with its officers.
func Find(tx *db.Tx, agency, id string) (Undertaking, error) {
	u, err := scan(tx.Row(`SELECT `+columns+` FROM undertaking WHERE agency = $1 AND id = $2`, agency, id))
	if db.IsMissing(err) {
		return u, refusal.NotFound{What: "落实记录"}
	}
	if err == nil {
		u.Officers, err = officers(tx, id)
	}
	if err != nil {
		return u, fmt.Errorf("undertaking: find: %w", err)
	}
	return u, nil
}

// officerLimit is more than any agency has officers.
const officerLimit = 10000

func officers(tx *db.Tx, id string) ([]string, error) {
	var list []string
	err := tx.Each(`SELECT officer FROM undertaking_officer WHERE undertaking = $1 ORDER BY officer LIMIT $2`, []any{id, officerLimit}, func(rows *sql.Rows) error {
		var officer string
		err := rows.Scan(&officer)
		list = append(list, officer)
		return err
	})
	return list, err
}

// pageLimit bounds one page of a list.
const pageLimit = 200

// List lists what was undertaken for a duty, the newest day first; after is the last one seen, nil at the beginning.
func List(tx *db.Tx, agency, task string, after *Undertaking, limit int) ([]Undertaking, error) {
	day, id := "9999-12-31", ""
	if after != nil {
		day, id = after.On.String(), after.ID
	}
	var list []Undertaking
	err := tx.Each(`SELECT `+columns+` FROM undertaking WHERE agency = $1 AND task = $2 AND (on_day < $3 OR (on_day = $3 AND id > $4)) ORDER BY on_day DESC, id LIMIT $5`,
		[]any{agency, task, day, id, min(limit, pageLimit)}, func(rows *sql.Rows) error {
			u, err := scan(rows)
			list = append(list, u)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("undertaking: list: %w", err)
	}
	return list, nil
}

// Names are the names of officers, in the order of their ids.
func Names(tx *db.Tx, ids []string) ([]string, error) {
	var names []string
	for _, id := range ids {
		o, err := roster.FindOfficer(tx, id)
		if err != nil {
			return nil, fmt.Errorf("undertaking: names: %w", err)
		}
		names = append(names, o.Name)
	}
	return names, nil
}
