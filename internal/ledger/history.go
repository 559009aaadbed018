package ledger

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"mingjing/internal/db"
)

// lastPrefix begins the names of the files that hold each agency's last checkpoint apart from the database.
const lastPrefix = "last-checkpoint-"

// LastCheckpointPath is where the last checkpoint of an agency is kept apart from the database.
func LastCheckpointPath(dir, agency string) string {
	return filepath.Join(dir, keyFolder, lastPrefix+url.PathEscape(agency))
}

// keepApart writes the checkpoint into its file. It stands there for the day on which the database is an older one:
// a backup put back, or a write-ahead log cut short by a flipped bit, which SQLite forgets without a word.
func (l *Log) keepApart(agency string, c Checkpoint) error {
	path := LastCheckpointPath(l.dir, agency)
	if kept, err := os.ReadFile(path); err == nil && string(kept) == c.Note {
		return nil
	}
	if err := WriteDurably(path, c.Note); err != nil {
		return fmt.Errorf("keep the checkpoint apart: %w", err)
	}
	return nil
}

// HistoryError says that the database lacks, or contradicts, what was once signed.
type HistoryError struct {
	Agency string
	Signed int64  // how many events the checkpoint kept apart covers
	Found  int64  // how many of them the database has
	Cause  string // English, when nothing is missing in number but something does not fit
	cause  string // the same in Chinese
}

// Error is for the log.
func (e *HistoryError) Error() string {
	if e.Found < e.Signed {
		return fmt.Sprintf("ledger: history of %s: events %d to %d are missing: a checkpoint over %d events was signed, the database has %d",
			e.Agency, e.Found, e.Signed-1, e.Signed, e.Found)
	}
	return fmt.Sprintf("ledger: history of %s: %s (checkpoint over %d events)", e.Agency, e.Cause, e.Signed)
}

// Message is for the person at the screen.
func (e *HistoryError) Message() string {
	if e.Found < e.Signed {
		return fmt.Sprintf("机关 %s 的记录不完整：库外保存的检查点覆盖 %d 条记录，数据库里只有 %d 条，缺第 %d 至 %d 号。请恢复较新的备份，或以只读方式打开查看。",
			e.Agency, e.Signed, e.Found, e.Found, e.Signed-1)
	}
	return fmt.Sprintf("机关 %s 的记录与库外保存的检查点（覆盖 %d 条记录）不一致：%s。请运行核验，并以只读方式打开查看。", e.Agency, e.Signed, e.cause)
}

// CheckHistory compares the database with the checkpoints kept apart from it, our last and the last that outsiders signed, as is done before the first command of
// a start. It costs a few reads an agency: the whole is recomputed by Verify. The error is a *HistoryError, joined
// with others when several agencies are concerned.
func (l *Log) CheckHistory(ctx context.Context) error {
	files, err := os.ReadDir(filepath.Join(l.dir, keyFolder))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("ledger: history: %w", err)
	}
	var all []error
	for _, file := range files {
		name, ours := strings.CutPrefix(file.Name(), lastPrefix)
		if !ours {
			name, ours = strings.CutPrefix(file.Name(), witnessedPrefix)
		}
		if !ours {
			continue
		}
		agency, err := url.PathUnescape(name)
		if err != nil {
			return fmt.Errorf("ledger: history: file %s: %w", file.Name(), err)
		}
		text, err := os.ReadFile(filepath.Join(l.dir, keyFolder, file.Name()))
		if err != nil {
			return fmt.Errorf("ledger: history: %w", err)
		}
		all = append(all, l.checkAgency(ctx, agency, string(text)))
	}
	return errors.Join(all...)
}

func (l *Log) checkAgency(ctx context.Context, agency, text string) error {
	c, err := OpenCheckpoint(text, l.key.Verifier(agency))
	if err != nil {
		return &HistoryError{Agency: agency, Cause: "the checkpoint kept apart is damaged or signed by another key: " + err.Error(),
			cause: "库外保存的检查点已损坏，或由另一把密钥签名"}
	}
	var wrong *HistoryError
	err = l.d.Read(ctx, func(tx *db.Tx) (err error) {
		wrong, err = againstStore(tx, agency, c)
		return err
	})
	if err != nil {
		return fmt.Errorf("ledger: history of %s: %w", agency, err)
	}
	if wrong == nil {
		return nil
	}
	return wrong
}

// againstStore compares a signed checkpoint with events, tree and stored checkpoints.
func againstStore(tx *db.Tx, agency string, c Checkpoint) (*HistoryError, error) {
	var events int64
	if err := tx.Row(`SELECT COALESCE(max(seq) + 1, 0) FROM event WHERE agency = $1`, agency).Scan(&events); err != nil {
		return nil, err
	}
	rows, err := treeRows(tx, agency)
	if err != nil {
		return nil, err
	}
	size, whole := treeSize(rows)
	if found := min(events, size); found < c.Size {
		return &HistoryError{Agency: agency, Signed: c.Size, Found: found}, nil
	}
	if !whole {
		return &HistoryError{Agency: agency, Signed: c.Size, Found: c.Size, Cause: "the tree is half written", cause: "哈希树残缺"}, nil
	}
	return fits(tx, agency, c)
}

// fits compares the root at the checkpoint's size and hashes the last leaves before it again, where a cut would show.
func fits(tx *db.Tx, agency string, c Checkpoint) (*HistoryError, error) {
	other := &HistoryError{Agency: agency, Signed: c.Size, Found: c.Size, Cause: "the database holds another history", cause: "数据库里是另一段历史"}
	root, err := tlog.TreeHash(c.Size, storedHashes(tx, agency))
	switch {
	case db.IsMissing(err), err == nil && root != c.Root:
		return other, nil
	case err != nil:
		return nil, err
	}
	const tail = 200
	from := max(0, c.Size-tail)
	hashes, _, err := leaves(tx, agency, from, int(c.Size-from))
	switch {
	case errors.Is(err, errBroken), err == nil && int64(len(hashes)) < c.Size-from:
		return other, nil
	case err != nil:
		return nil, err
	}
	indexes := make([]int64, len(hashes))
	for i := range hashes {
		indexes[i] = tlog.StoredHashIndex(0, from+int64(i))
	}
	stored, err := storedHashes(tx, agency).ReadHashes(indexes)
	if err != nil {
		return nil, err
	}
	for i := range hashes {
		if stored[i] != hashes[i] {
			return other, nil
		}
	}
	return nil, nil
}
