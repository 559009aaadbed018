package ledger

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"mingjing/internal/db"
)

// Cosignatures are what witnesses signed of a checkpoint (C2SP tlog-cosignature). Package quorum checks and writes them; here
// they only stand beside the log's own signature wherever a checkpoint is handed out.

// SignedNote is the newest checkpoint of a log with the log's signature alone; empty when none is signed.
func SignedNote(tx *db.Tx, log string) (string, error) {
	text, err := lastNote(tx, log)
	if err != nil {
		return "", fmt.Errorf("ledger: checkpoint of %s: %w", log, err)
	}
	return text, nil
}

// CosignedNote is the checkpoint of a size with the cosignatures collected for it, and when the last of them came.
func CosignedNote(tx *db.Tx, log string, size int64) (text string, got time.Time, err error) {
	if err = tx.Row(`SELECT note FROM checkpoint WHERE agency = $1 AND size = $2`, log, size).Scan(&text); err != nil {
		return "", got, fmt.Errorf("ledger: checkpoint of %d of %s: %w", size, log, err)
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
		return "", got, fmt.Errorf("ledger: cosignatures on %d of %s: %w", size, log, err)
	}
	return b.String(), got, nil
}

// bestNote is the checkpoint under which an entry is proved: of those that cover it, the newest of the ones that the most
// witnesses have signed, so that a proof handed out in a quiet hour carries the quorum.
func bestNote(tx *db.Tx, log string, seq int64) (string, error) {
	var size, most int64
	err := tx.Row(`SELECT size, count(*) FROM cosignature WHERE agency = $1 AND size > $2 GROUP BY size ORDER BY count(*) DESC, size DESC LIMIT 1`, log, seq).Scan(&size, &most)
	if db.IsMissing(err) {
		return lastNote(tx, log)
	}
	if err != nil {
		return "", err
	}
	text, _, err := CosignedNote(tx, log, size)
	return text, err
}

// ProveExtension proves that the tree of a log at a size extends the one at an older size (RFC 6962, 2.1.2).
func ProveExtension(tx *db.Tx, log string, old, size int64) ([]tlog.Hash, error) {
	proof, err := tlog.ProveTree(size, old, storedHashes(tx, log))
	if err != nil {
		return nil, fmt.Errorf("ledger: prove %d to %d of %s: %w", old, size, log, err)
	}
	return proof, nil
}

// headOf reads what a signed text says, without its signatures.
func headOf(signed string) (Checkpoint, error) {
	head, _, _ := strings.Cut(signed, "\n\n")
	return parseBody(head + "\n")
}

// witnessedPrefix begins the names of the files that hold each log's newest witnessed checkpoint apart from the database.
const witnessedPrefix = "last-witnessed-"

// WitnessedPath is where the newest witnessed checkpoint of a log is kept apart from the database.
func WitnessedPath(dir, log string) string {
	return filepath.Join(dir, keyFolder, witnessedPrefix+url.PathEscape(log))
}

// KeepWitnessed keeps a checkpoint that outsiders have signed apart from the database: a copy of the store from before must not
// be worked in any more, because others hold that there was more.
// A file that covers more stays: an answer on removable media may come late.
func KeepWitnessed(dir, log, checkpoint string) error {
	if kept, err := os.ReadFile(WitnessedPath(dir, log)); err == nil {
		old, err := headOf(string(kept))
		fresh, err2 := headOf(checkpoint)
		if err == nil && err2 == nil && old.Size >= fresh.Size {
			return nil
		}
	}
	if err := WriteDurably(WitnessedPath(dir, log), checkpoint); err != nil {
		return fmt.Errorf("ledger: keep the witnessed checkpoint of %s apart: %w", log, err)
	}
	return nil
}
