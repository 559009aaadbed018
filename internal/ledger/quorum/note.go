package quorum

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/witness"
)

// cosignedNote is the checkpoint of a size with the cosignatures collected for it, and when the last of them came.
func cosignedNote(tx *db.Tx, log string, size int64) (text string, got time.Time, err error) {
	if err = tx.Row(`SELECT note FROM checkpoint WHERE agency = $1 AND size = $2`, log, size).Scan(&text); err != nil {
		return "", got, fmt.Errorf("quorum: checkpoint of %d of %s: %w", size, log, err)
	}
	var b strings.Builder
	b.WriteString(text)
	err = tx.Each(`SELECT line, at FROM cosignature WHERE agency = $1 AND size = $2 ORDER BY at, witness LIMIT 90`, []any{log, size}, func(rows *sql.Rows) error {
		var line, at string
		if err := rows.Scan(&line, &at); err != nil {
			return err
		}
		b.WriteString(line)
		var err error
		got, err = db.Time(at)
		return err
	})
	if err != nil {
		return "", got, fmt.Errorf("quorum: cosignatures on %d of %s: %w", size, log, err)
	}
	return b.String(), got, nil
}

// Newest is the newest checkpoint of a log with the cosignatures collected for it, empty when none is signed.
func Newest(tx *db.Tx, log string) (string, error) {
	text, err := ledger.Newest(tx, log)
	if err != nil || text == "" {
		return "", err
	}
	h, err := witness.ReadHead(text)
	if err != nil {
		return "", fmt.Errorf("quorum: checkpoint of %s: %w", log, err)
	}
	text, _, err = cosignedNote(tx, log, h.Size)
	return text, err
}

// Prove is ledger.Prove under the best witnessed checkpoint.
func Prove(ctx context.Context, d *db.DB, log string, seq int64) (text string, leaf []byte, err error) {
	return ledger.ProveUnder(ctx, d, log, seq, func(tx *db.Tx, log string) (string, error) { return bestNote(tx, log, seq) })
}

// bestNote is the checkpoint under which an entry is proved: of those that cover it, the newest of the ones that the most
// witnesses have signed, so that a proof handed out in a quiet hour carries the quorum.
func bestNote(tx *db.Tx, log string, seq int64) (string, error) {
	var size, most int64
	err := tx.Row(`SELECT size, count(*) FROM cosignature WHERE agency = $1 AND size > $2 GROUP BY size ORDER BY count(*) DESC, size DESC LIMIT 1`, log, seq).Scan(&size, &most)
	if db.IsMissing(err) {
		return ledger.Newest(tx, log)
	}
	if err != nil {
		return "", err
	}
	text, _, err := cosignedNote(tx, log, size)
	return text, err
}

// prove shows that the tree of a log at a size extends the one at an older size (RFC 6962, 2.1.2).
func prove(tx *db.Tx, log string, old, size int64) ([]tlog.Hash, error) {
	proof, err := tlog.ProveTree(size, old, ledger.Hashes(tx, log))
	if err != nil {
		return nil, fmt.Errorf("quorum: prove %d to %d of %s: %w", old, size, log, err)
	}
	return proof, nil
}
