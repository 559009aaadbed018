package catalog

import (
	"encoding/json"
	"fmt"

	"mingjing/internal/db"
	"mingjing/internal/pack"
	"mingjing/internal/workday"
)

// The sections of a pack that the catalogue keeps.
const (
	SectionItem      = "item"
	SectionTask      = "task"
	SectionTrigger   = "trigger"
	SectionNumbering = "numbering"
	SectionText      = "text"
	SectionRecording = "recording"
)

// row is one row of a pack on its way into a table.
type row struct {
	code        string
	from, until workday.Day
	body        string
	item        pack.Item // filled for items, whose table has columns to search by
	number      int       // filled for tasks
}

// key tells the versions of one code apart.
func (r row) key() string {
	if r.from.IsZero() {
		return r.code
	}
	return r.code + "@" + r.from.String()
}

type sheet struct {
	section string
	rows    []row
}

// sheetsOf takes out of the pack what the catalogue keeps. Lists that the pack gives by the day are taken as they are on
// the day of activation.
func sheetsOf(p *pack.Pack, day workday.Day) ([]sheet, error) {
	items, err := rowsOf(p.Items(), func(i pack.Item) row { return row{code: i.Code, from: i.From, until: i.Until, item: i} })
	if err != nil {
		return nil, err
	}
	tasks, err := rowsOf(p.Tasks(), func(t pack.Task) row { return row{code: t.Code, number: t.No, from: t.From, until: t.Until} })
	if err != nil {
		return nil, err
	}
	triggers, err := rowsOf(p.Triggers(day), func(t pack.Trigger) row { return row{code: t.Code, from: t.From, until: t.Until} })
	if err != nil {
		return nil, err
	}
	numbering, err := rowsOf(p.Numberings(), func(n pack.Numbering) row { return row{code: n.Kind, from: n.From, until: n.Until} })
	if err != nil {
		return nil, err
	}
	texts, err := rowsOf(p.Texts(), func(t pack.Text) row { return row{code: t.Code, from: t.From, until: t.Until} })
	if err != nil {
		return nil, err
	}
	recordings, err := rowsOf(p.Recordings(day), func(r pack.Recording) row { return row{code: r.Code, from: r.From, until: r.Until} })
	if err != nil {
		return nil, err
	}
	return []sheet{{SectionItem, items}, {SectionTask, tasks}, {SectionTrigger, triggers}, {SectionNumbering, numbering},
		{SectionText, texts}, {SectionRecording, recordings}}, nil
}

func rowsOf[T any](list []T, of func(T) row) ([]row, error) {
	rows := make([]row, len(list))
	for i, one := range list {
		rows[i] = of(one)
		body, err := json.Marshal(one)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", rows[i].code, err)
		}
		rows[i].body = string(body)
	}
	return rows, nil
}

func (s sheet) insert(tx *db.Tx, a Activation, position int, r row) error {
	switch s.section {
	case SectionItem:
		i := r.item
		_, err := tx.Exec(`INSERT INTO item (agency, activation, code, from_on, until_on, name, class, theme, owner, status, body)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`, a.Agency, a.Number, i.Code, i.From.String(), i.Until.String(), i.Name,
			i.Class, i.Group, i.Owner, string(i.Status), r.body)
		return err
	case SectionTask:
		_, err := tx.Exec(`INSERT INTO task (agency, activation, number, code, body) VALUES ($1, $2, $3, $4, $5)`, a.Agency, a.Number, r.number, r.code, r.body)
		return err
	}
	_, err := tx.Exec(`INSERT INTO pack_row (agency, activation, section, position, code, from_on, until_on, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		a.Agency, a.Number, s.section, position, r.code, r.from.String(), r.until.String(), r.body)
	return err
}
