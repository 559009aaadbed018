package ledger

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"mingjing/internal/db"
)

// Hashes reads the hashes of a log's tree, for proofs and tiles.
func Hashes(tx *db.Tx, log string) tlog.HashReader { return storedHashes(tx, log) }

// SignedSize is how many leaves the newest checkpoint of a log covers; 0 where none is signed.
func SignedSize(tx *db.Tx, log string) (int64, error) {
	var size int64
	err := tx.Row(`SELECT COALESCE(max(size), 0) FROM checkpoint WHERE agency = $1`, log).Scan(&size)
	return size, err
}

// Newest is the signed text of a log's newest checkpoint, empty when none is signed.
func Newest(tx *db.Tx, log string) (string, error) {
	text, err := lastNote(tx, log)
	if err != nil {
		return "", fmt.Errorf("ledger: checkpoint of %s: %w", log, err)
	}
	return text, nil
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
