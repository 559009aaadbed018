package disclosure

import (
	"fmt"
	"slices"

	"mingjing/internal/db"
	"mingjing/internal/disclosure/content"
	"mingjing/internal/disclosure/index"
	"mingjing/internal/disclosure/journal"
	"mingjing/internal/disclosure/public"
	"mingjing/internal/law"
	"mingjing/internal/workday"
)

func queue(tx *db.Tx, seq, ordinal int64) error {
	if _, err := tx.Exec(`INSERT INTO search_queue (seq, ordinal) VALUES ($1, $2)`, seq, ordinal); err != nil {
		return fmt.Errorf("disclosure: queue for search: %w", err)
	}
	return nil
}

// keep writes an immutable version.
func keep(tx *db.Tx, p Publication, c content.Copy, reason string) error {
	manifest, err := c.Manifest.Canonical()
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO publication_version (publication, number, title, party_name, result, basis, body, blocks, content_hash,
		redaction_hash, manifest, maker, checker, reason, published_on, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
		p.ID, p.Version, c.Title, c.Party, c.Result, c.Basis, c.Body, c.BlocksJSON(), p.ContentHash, p.RedactionHash, string(manifest),
		p.Maker, p.Checker, reason, p.PublishedOn, db.Text(tx.Now()))
	if err != nil {
		return fmt.Errorf("disclosure: keep version %d of %s: %w", p.Version, p.ID, gated(err))
	}
	return nil
}

// show writes the public row and body of a first publication.
func show(tx *db.Tx, p Publication, c content.Copy) error {
	if _, err := tx.Exec(`INSERT INTO pub_publication (ordinal, id, title, number, agency, agency_name, class, item, item_name, year, party_name,
		party_kind, result, basis, decided_on, published_on, state, source, announced, effective_on, period_until, version, content_hash, no_index, updated_at, due_on)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26)`,
		p.Ordinal, p.ID, c.Title, p.Number, p.publicAgency(), p.AgencyName, p.Class, p.Item, p.ItemName, p.year(), c.Party, p.PartyKind,
		c.Result, c.Basis, p.DecidedOn, p.PublishedOn, p.State, p.Source, p.announcedOn(workday.DayOf(tx.Now())),
		p.ServedOn, p.PeriodUntil, p.Version, p.ContentHash, p.PartyKind == string(law.Citizen), db.Text(tx.Now()), p.DueOn); err != nil {
		return fmt.Errorf("disclosure: show %s: %w", p.ID, gated(err))
	}
	if _, err := tx.Exec(`INSERT INTO pub_body (ordinal, body, blocks) VALUES ($1, $2, $3)`, p.Ordinal, c.Body, c.BlocksJSON()); err != nil {
		return fmt.Errorf("disclosure: show %s: %w", p.ID, gated(err))
	}
	return nil
}

// locate notes in public rows which entry of which log made their text public, to be found under a checkpoint. Rows and
// entries follow one another in the same order.
func locate(tx *db.Tx, log string, seq, first, last int64) error {
	if _, err := tx.Exec(`UPDATE pub_publication SET log = $1, seq = $2 + ordinal - $3 WHERE ordinal >= $3 AND ordinal <= $4`, log, seq, first, last); err != nil {
		return fmt.Errorf("disclosure: place of event %d: %w", seq, gated(err))
	}
	return nil
}

// publicAgency is the key under which the public finds the agency: its id, or the name of another body whose decision
// was imported.
func (p Publication) publicAgency() string {
	if p.office != "" {
		return p.office
	}
	return p.Agency
}

// year is the year under which a publication is found: of the decision, or of the publication where that is unknown.
func (p Publication) year() int {
	if d := day(p.DecidedOn); !d.IsZero() {
		return d.Year()
	}
	return day(p.PublishedOn).Year()
}

// count changes the kept counts by n publications of a state.
func count(tx *db.Tx, p Publication, state string, n int) error {
	_, err := tx.Exec(`INSERT INTO pub_count (agency, class, item, year, state, agency_name, item_name, n) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (agency, class, item, year, state) DO UPDATE SET n = pub_count.n + excluded.n, agency_name = excluded.agency_name,
		item_name = excluded.item_name`, p.publicAgency(), p.Class, p.Item, p.year(), state, p.AgencyName, p.ItemName, n)
	if err != nil {
		return fmt.Errorf("disclosure: count: %w", err)
	}
	return nil
}

// moveCount moves one publication from one state to another in the kept counts.
func moveCount(tx *db.Tx, p Publication, from, to string) error {
	if from == to {
		return nil
	}
	if err := count(tx, p, from, -1); err != nil {
		return err
	}
	return count(tx, p, to, 1)
}

// clear takes the body out of every public table and out of the index, and leaves what a tombstone says. The row of the
// working table has its new state already.
func clear(tx *db.Tx, p Publication) error {
	if p.State != StateWithdrawn {
		p.Ground, p.GroundDocument, p.Reason = "", "", ""
	}
	if _, err := tx.Exec(`UPDATE pub_publication SET title = $2, party_name = '', result = '', basis = '', state = $3, withdrawn_on = $4, ground = $5,
		ground_document = $6, reason = $7, replaced_by = $8, correct_reason = '', no_index = TRUE, announced = FALSE, updated_at = $9 WHERE ordinal = $1`, p.Ordinal, tombstone(p), p.State,
		p.WithdrawnOn, p.Ground, p.GroundDocument, p.Reason, p.ReplacedBy, db.Text(tx.Now())); err != nil {
		return fmt.Errorf("disclosure: clear %s: %w", p.ID, gated(err))
	}
	if _, err := tx.Exec(`DELETE FROM pub_body WHERE ordinal = $1`, p.Ordinal); err != nil {
		return fmt.Errorf("disclosure: clear %s: %w", p.ID, err)
	}
	if err := index.Drop(tx, p.Ordinal); err != nil {
		return err
	}
	_, err := journal.Tick(tx, 0, 0)
	return err
}

// tombstone is the title that is left of a publication: it names the sort of decision and nobody.
func tombstone(p Publication) string {
	sort := "执法"
	if slices.Contains([]string{"处罚", "许可", "强制", "检查", "征收", "确认", "给付", "裁决", "奖励"}, p.Class) {
		sort = "行政" + p.Class
	}
	return sort + "决定（" + public.StateName(p.State) + "）"
}

// outcome notes in the public count of decisions what became of one.
func outcome(tx *db.Tx, p Publication, what, on, ground, publication string) error {
	if p.Source != SourceCase {
		return nil
	}
	_, err := tx.Exec(`UPDATE pub_commit SET outcome = $4, outcome_on = $5, ground = $6, publication = $7 WHERE agency = $1 AND year = $2 AND seq = $3`,
		p.Agency, p.commitYear, p.commitSeq, what, on, ground, publication)
	if err != nil {
		return fmt.Errorf("disclosure: outcome of %s: %w", p.ID, gated(err))
	}
	return nil
}

// row is what of a publication does not pass through redaction.
func (p Publication) row() public.Row {
	return public.Row{Number: p.Number, AgencyName: p.AgencyName, DecidedOn: p.DecidedOn}
}
