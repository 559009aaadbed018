package catalog

import (
	"cmp"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"mingjing/internal/db"
)

// The kinds of changes.
const (
	Added   = "added"
	Changed = "changed"
	Removed = "removed"
)

// Change is one row by which an activation differs from the one before.
type Change struct {
	Section string
	Key     string // the code, with the first day in force where the row has one: MZ-CF-001@2026-01-01
	Kind    string
	Before  json.RawMessage // empty for what was added
	After   json.RawMessage // empty for what was removed
}

// rowLimit is more rows than a section of a pack has.
const rowLimit = 20000

// compare finds how the sheets differ from an activation; against none every row is added.
func compare(tx *db.Tx, before Activation, sheets []sheet) ([]Change, error) {
	var changes []Change
	for _, s := range sheets {
		old := map[string]string{}
		if before.Number > 0 {
			var err error
			if old, err = stored(tx, before, s.section); err != nil {
				return nil, err
			}
		}
		for _, r := range s.rows {
			was, there := old[r.key()]
			delete(old, r.key())
			switch {
			case !there:
				changes = append(changes, Change{Section: s.section, Key: r.key(), Kind: Added, After: json.RawMessage(r.body)})
			case was != r.body:
				changes = append(changes, Change{Section: s.section, Key: r.key(), Kind: Changed, Before: json.RawMessage(was), After: json.RawMessage(r.body)})
			}
		}
		for key, was := range old {
			changes = append(changes, Change{Section: s.section, Key: key, Kind: Removed, Before: json.RawMessage(was)})
		}
	}
	slices.SortFunc(changes, func(a, b Change) int { return cmp.Or(cmp.Compare(a.Section, b.Section), cmp.Compare(a.Key, b.Key)) })
	return changes, nil
}

// stored reads the bodies of a section by key.
func stored(tx *db.Tx, a Activation, section string) (map[string]string, error) {
	query := `SELECT code, from_on, body FROM pack_row WHERE agency = $1 AND activation = $2 AND section = $3 LIMIT $4`
	args := []any{a.Agency, a.Number, section, rowLimit}
	switch section {
	case SectionItem:
		query, args = `SELECT code, from_on, body FROM item WHERE agency = $1 AND activation = $2 LIMIT $3`, []any{a.Agency, a.Number, rowLimit}
	case SectionTask:
		query, args = `SELECT code, '', body FROM task WHERE agency = $1 AND activation = $2 LIMIT $3`, []any{a.Agency, a.Number, rowLimit}
	}
	old := map[string]string{}
	err := tx.Each(query, args, func(rows *sql.Rows) error {
		var r row
		err := rows.Scan(&r.code, &r.from, &r.body)
		if err == nil {
			old[r.key()] = r.body
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("catalog: compare: %w", err)
	}
	return old, nil
}

// Activations lists the activations of an agency, the newest first; before is the number of the last one seen, 0 to begin.
func Activations(tx *db.Tx, agency string, before int64, limit int) ([]Activation, error) {
	var list []Activation
	err := tx.Each(`SELECT `+activationColumns+` FROM activation WHERE agency = $1 AND ($2 = 0 OR number < $2) ORDER BY number DESC LIMIT $3`,
		[]any{agency, before, clampLimit(limit)}, func(rows *sql.Rows) error {
			a, err := scanActivation(rows)
			list = append(list, a)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("catalog: activations: %w", err)
	}
	return list, nil
}

// Changes lists how an activation differs from the one before, by section and key; afterSection and afterKey are those of
// the last one seen.
func Changes(tx *db.Tx, agency string, number int64, afterSection, afterKey string, limit int) ([]Change, error) {
	var list []Change
	err := tx.Each(`SELECT section, row_key, kind, before, after FROM pack_change WHERE agency = $1 AND activation = $2
		AND (section > $3 OR (section = $3 AND row_key > $4)) ORDER BY section, row_key LIMIT $5`,
		[]any{agency, number, afterSection, afterKey, clampLimit(limit)}, func(rows *sql.Rows) error {
			var c Change
			var before, after string
			err := rows.Scan(&c.Section, &c.Key, &c.Kind, &before, &after)
			c.Before, c.After = json.RawMessage(before), json.RawMessage(after)
			list = append(list, c)
			return err
		})
	if err != nil {
		return nil, fmt.Errorf("catalog: changes: %w", err)
	}
	return list, nil
}

// pageLimit bounds one page of a list.
const pageLimit = 200

func clampLimit(limit int) int {
	if limit <= 0 || limit > pageLimit {
		return pageLimit
	}
	return limit
}
