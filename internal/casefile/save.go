package casefile

import (
	"fmt"

	"mingjing/internal/casefile/picture"
	"mingjing/internal/db"
)

func insertFile(tx *db.Tx, f picture.File) error {
	_, err := tx.Exec(`INSERT INTO case_file (id, agency, number, title, cause, procedure, item, class, unit, handler, state, found_on, opened_on, closed_on,
		last_on, complex, crime_open, rule_set, pack, parties, next_due, created, changed)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, '', $21, $22)`, f.ID, f.Agency, f.Number, f.Title, f.Cause,
		f.Procedure, f.Item, f.Class, f.Unit, f.Handler, string(f.State), f.FoundOn.String(), f.OpenedOn.String(), f.ClosedOn.String(), f.Last.String(), f.Complex,
		f.CrimeOpen, f.RuleSet, f.Pack, f.Parties, db.Text(f.Created), db.Text(f.Changed))
	if err != nil {
		return fmt.Errorf("casefile: create: %w", err)
	}
	return nil
}

func saveFile(tx *db.Tx, f picture.File) error {
	_, err := tx.Exec(`UPDATE case_file SET number = $2, title = $3, cause = $4, item = $5, unit = $6, handler = $7, state = $8, found_on = $9, opened_on = $10,
		closed_on = $11, last_on = $12, complex = $13, crime_open = $14, rule_set = $15, pack = $16, parties = $17, changed = $18 WHERE id = $1`,
		f.ID, f.Number, f.Title, f.Cause, f.Item, f.Unit, f.Handler, string(f.State), f.FoundOn.String(), f.OpenedOn.String(), f.ClosedOn.String(), f.Last.String(),
		f.Complex, f.CrimeOpen, f.RuleSet, f.Pack, f.Parties, db.Text(tx.Now()))
	if err != nil {
		return fmt.Errorf("casefile: save %s: %w", f.ID, err)
	}
	return nil
}
