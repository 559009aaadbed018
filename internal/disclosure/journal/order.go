package journal

import (
	"fmt"

	"mingjing/internal/db"
)

// Place is where a change stands in the order of everything that the public reads.
type Place struct {
	Ordinal int64 // the last ordinal given out
	Queued  int64 // the last place in the search queue given out
}

// Tick takes ordinals and places in the queue and raises the version of what the public reads. The row is held until
// the commit, so that publications of all agencies, and the search index, follow one order.
func Tick(tx *db.Tx, ordinals, queued int) (Place, error) {
	var p Place
	err := tx.Row(`UPDATE pub_clock SET ordinal = ordinal + $1, queued = queued + $2, version = version + 1 WHERE name = 'public'
		RETURNING ordinal, queued`, ordinals, queued).Scan(&p.Ordinal, &p.Queued)
	if err != nil {
		return p, fmt.Errorf("journal: order of publication: %w", err)
	}
	return p, nil
}
