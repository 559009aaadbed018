package catalog

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"mingjing/internal/db"
	"mingjing/internal/pack"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

// Filter narrows a list of items; empty fields do not.
type Filter struct {
	Class string // 行政处罚 …
	Group string // 社会团体 …
	Owner string // code of the unit that answers
	Text  string // part of a name or code
}

// Entry is an item as it is listed, with the activation that it comes from.
type Entry struct {
	pack.Item
	Hash string // of the pack
}

// Items lists the powers of an agency in force on the day, by code; after is the code of the last one seen. Before the
// first activation the list is empty.
func Items(tx *db.Tx, agency string, day workday.Day, f Filter, after string, limit int) ([]Entry, error) {
	a, ok, err := inForce(tx, agency, day)
	if err != nil || !ok {
		return nil, err
	}
	return items(tx, a, `AND code > $4 AND ($5 = '' OR class = $5) AND ($6 = '' OR theme = $6) AND ($7 = '' OR owner = $7)
		AND (name LIKE $8 ESCAPE '\' OR code LIKE $8 ESCAPE '\') ORDER BY code LIMIT $9`, day,
		after, f.Class, f.Group, f.Owner, like(f.Text), clampLimit(limit))
}

// Item finds one power in the version in force on the day.
func Item(tx *db.Tx, agency, code string, day workday.Day) (Entry, error) {
	a, ok, err := inForce(tx, agency, day)
	if err != nil {
		return Entry{}, err
	}
	if ok {
		list, err := items(tx, a, `AND code = $4 ORDER BY from_on DESC LIMIT 1`, day, code)
		if err != nil || len(list) > 0 {
			return first(list), err
		}
	}
	return Entry{}, refusal.NotFound{What: "执法事项"}
}

func first(list []Entry) Entry {
	if len(list) == 0 {
		return Entry{}
	}
	return list[0]
}

func items(tx *db.Tx, a Activation, rest string, day workday.Day, args ...any) ([]Entry, error) {
	var list []Entry
	err := tx.Each(`SELECT body FROM item WHERE agency = $1 AND activation = $2 AND from_on <= $3 AND (until_on = '' OR until_on >= $3) `+rest,
		append([]any{a.Agency, a.Number, day.String()}, args...), func(rows *sql.Rows) error {
			e := Entry{Hash: a.Hash}
			err := decode(rows, &e.Item)
			list = append(list, e)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("catalog: items: %w", err)
	}
	return list, nil
}

func decode(rows *sql.Rows, into any) error {
	var body string
	if err := rows.Scan(&body); err != nil {
		return err
	}
	return json.Unmarshal([]byte(body), into)
}

func like(text string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(strings.TrimSpace(text)) + "%"
}

// inForce is Current, with false where no pack was ever activated.
func inForce(tx *db.Tx, agency string, day workday.Day) (Activation, bool, error) {
	a, err := Current(tx, agency, day)
	var none refusal.NotFound
	if errors.As(err, &none) {
		return a, false, nil
	}
	return a, err == nil, err
}

// taskLimit is more duties than a division table has.
const taskLimit = 1000

// Tasks lists the duties of the division table in its order, as they were in force on the day.
func Tasks(tx *db.Tx, agency string, day workday.Day) ([]pack.Task, error) {
	a, ok, err := inForce(tx, agency, day)
	if err != nil || !ok {
		return nil, err
	}
	var list []pack.Task
	err = tx.Each(`SELECT body FROM task WHERE agency = $1 AND activation = $2 ORDER BY number LIMIT $3`, []any{agency, a.Number, taskLimit}, func(rows *sql.Rows) error {
		var t pack.Task
		err := decode(rows, &t)
		list = append(list, t)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("catalog: tasks: %w", err)
	}
	return list, nil
}

// Triggers lists the review catalogue (重大执法决定法制审核目录, duty 23) in force on the day.
func Triggers(tx *db.Tx, agency string, day workday.Day) ([]pack.Trigger, error) {
	return section[pack.Trigger](tx, agency, SectionTrigger, day)
}

// Numberings lists the templates of document numbers in force on the day.
func Numberings(tx *db.Tx, agency string, day workday.Day) ([]pack.Numbering, error) {
	return section[pack.Numbering](tx, agency, SectionNumbering, day)
}

// Texts lists the sentences that the agency words itself.
func Texts(tx *db.Tx, agency string, day workday.Day) ([]pack.Text, error) {
	return section[pack.Text](tx, agency, SectionText, day)
}

// Recordings lists the acts to be recorded in sound and picture (音像记录事项清单, duty 16) in force on the day.
func Recordings(tx *db.Tx, agency string, day workday.Day) ([]pack.Recording, error) {
	return section[pack.Recording](tx, agency, SectionRecording, day)
}

// section reads a short list whole, in the order of the pack.
func section[T any](tx *db.Tx, agency, name string, day workday.Day) ([]T, error) {
	a, ok, err := inForce(tx, agency, day)
	if err != nil || !ok {
		return nil, err
	}
	var list []T
	err = tx.Each(`SELECT body FROM pack_row WHERE agency = $1 AND activation = $2 AND section = $3 AND from_on <= $4 AND (until_on = '' OR until_on >= $4)
		ORDER BY position LIMIT $5`, []any{agency, a.Number, name, day.String(), rowLimit}, func(rows *sql.Rows) error {
		var one T
		err := decode(rows, &one)
		list = append(list, one)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("catalog: %s: %w", name, err)
	}
	return list, nil
}

// Measure is the state of the item list (duties 3 and 6) on a day.
type Measure struct {
	Items    int
	Complete int // with basis, remedies and owner (duty 3: 主体、职责、权限、依据、救济渠道)
	Lapsed   int // with a basis that is no longer in force
	Guided   int // with all six fields of the service guide (duty 6)
	Unsure   int // whose row is neither verified nor adopted
}

// MeasureItems counts over the whole list of the day.
func MeasureItems(tx *db.Tx, agency string, day workday.Day) (Measure, error) {
	var m Measure
	for after := ""; ; {
		page, err := Items(tx, agency, day, Filter{}, after, pageLimit)
		if err != nil {
			return m, err
		}
		if len(page) == 0 {
			return m, nil
		}
		for _, e := range page {
			m.add(e.Item, day)
		}
		after = page[len(page)-1].Code
	}
}

func (m *Measure) add(i pack.Item, day workday.Day) {
	m.Items++
	if len(i.Basis) > 0 && len(i.Remedies) > 0 && i.Owner != "" {
		m.Complete++
	}
	for _, b := range i.Basis {
		if !b.Until.IsZero() && b.Until.Before(day) {
			m.Lapsed++
			break
		}
	}
	if len(i.Guide.Missing()) == 0 {
		m.Guided++
	}
	if !i.Status.MayBlock() {
		m.Unsure++
	}
}
