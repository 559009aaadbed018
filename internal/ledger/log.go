package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"mingjing/internal/db"
)

// Log takes the events of each agency into its tree and signs what it has taken.
type Log struct {
	d      *db.DB
	key    *Key
	dir    string // where the last checkpoints are kept apart from the database
	logger *slog.Logger
}

// NewLog makes the log of a store. dir is the folder of the data, where the key lies too.
func NewLog(d *db.DB, key *Key, dir string, logger *slog.Logger) *Log {
	return &Log{d: d, key: key, dir: dir, logger: logger}
}

// Verifier is the public text with which anybody checks the checkpoints of an agency.
func (l *Log) Verifier(agency string) string { return l.key.Verifier(agency) }

// Run signs a checkpoint for each agency that has new events, at the interval, until the context ends. A failure of
// one agency is logged and tried again; it stops no other.
func (l *Log) Run(ctx context.Context, interval time.Duration) error {
	if l.d.ReadOnly() {
		return db.ErrReadOnly
	}
	signed := map[string]int64{}
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		l.round(ctx, signed)
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
	}
}

func (l *Log) round(ctx context.Context, signed map[string]int64) {
	var heads []Head
	err := l.d.Read(ctx, func(tx *db.Tx) (err error) {
		heads, err = sizes(tx)
		return err
	})
	if err != nil {
		if ctx.Err() == nil {
			l.logger.Error("ledger: read the heads", "error", err)
		}
		return
	}
	for _, h := range heads {
		if h.Events == signed[h.Agency] {
			continue
		}
		c, err := l.Checkpoint(ctx, h.Agency)
		if err == nil {
			signed[h.Agency] = c.Size
		} else if _, halted := l.d.Halted(); ctx.Err() == nil && !halted {
			l.logger.Error("ledger: no checkpoint signed", "agency", h.Agency, "error", err)
		}
	}
}

// agencyLimit bounds the agencies of one deployment; a province has some thousands.
const agencyLimit = 100000

// sizes lists every log of the store with how many events it has.
func sizes(tx *db.Tx) (list []Head, err error) {
	err = tx.Each(`SELECT agency, size FROM ledger_head ORDER BY agency LIMIT $1`, []any{agencyLimit}, func(rows *sql.Rows) error {
		var h Head
		err := rows.Scan(&h.Agency, &h.Events)
		list = append(list, h)
		return err
	})
	return list, err
}

// Checkpoint takes the events past the tree into it, reads them back from the store, and signs the tree when it
// extends the last signed one. Without new events it gives the last checkpoint again. An agency without any event has
// none; the error is ErrNothingToSign.
func (l *Log) Checkpoint(ctx context.Context, agency string) (Checkpoint, error) {
	c, err := l.checkpoint(ctx, agency)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("ledger: checkpoint of %s: %w", agency, err)
	}
	return c, nil
}

// ErrNothingToSign is returned for an agency that has no event.
var ErrNothingToSign = errors.New("there is no event to sign")

func (l *Log) checkpoint(ctx context.Context, agency string) (Checkpoint, error) {
	if err := l.sequence(ctx, agency); err != nil {
		return Checkpoint{}, err
	}
	last, err := l.last(ctx, agency)
	if err != nil {
		return Checkpoint{}, err
	}
	size, root, at, err := l.reread(ctx, agency, last)
	switch {
	case err != nil:
		return Checkpoint{}, err
	case size == 0:
		return Checkpoint{}, ErrNothingToSign
	case size == last.Size:
		return last, l.keepApart(agency, last)
	}
	text, err := l.key.sign(agency, size, root)
	if err != nil {
		return Checkpoint{}, err
	}
	c := Checkpoint{Origin: Origin(agency), Size: size, Root: root, Note: text}
	if err := l.store(ctx, agency, last, c, at); err != nil {
		return Checkpoint{}, err
	}
	return c, l.keepApart(agency, c)
}

// scope keeps sequencing apart from the agency's commands: on PostgreSQL they need not wait for it.
func scope(agency string) string { return "ledger/" + agency }

// sequence brings the stored hashes up to the last event, a page at a time, so that commands pass between the pages.
func (l *Log) sequence(ctx context.Context, agency string) error {
	for {
		var size int64
		var hashes []tlog.Hash
		var taken int
		err := l.d.Read(ctx, func(tx *db.Tx) (err error) {
			size, hashes, taken, err = nextHashes(tx, agency)
			return err
		})
		if err != nil || taken == 0 {
			return err
		}
		err = l.d.Write(ctx, scope(agency), func(tx *db.Tx) error {
			now, err := storedSize(tx, agency)
			if err != nil || now != size {
				return err // another node of this deployment was faster; its page is read back like ours
			}
			return storeHashes(tx, agency, tlog.StoredHashCount(size), hashes)
		})
		if err != nil || taken < pageSize {
			return err
		}
	}
}

// nextHashes computes what one page of events adds to the stored hashes.
func nextHashes(tx *db.Tx, agency string) (size int64, added []tlog.Hash, taken int, err error) {
	if size, err = storedSize(tx, agency); err != nil {
		return 0, nil, 0, err
	}
	page, _, err := leaves(tx, agency, size, pageSize)
	if err != nil {
		return 0, nil, 0, err
	}
	first := tlog.StoredHashCount(size)
	stored := storedHashes(tx, agency)
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		list := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			if index >= first {
				list[i] = added[index-first]
				continue
			}
			old, err := stored(indexes[i : i+1])
			if err != nil {
				return nil, err
			}
			list[i] = old[0]
		}
		return list, nil
	})
	for i, h := range page {
		hashes, err := tlog.StoredHashesForRecordHash(size+int64(i), h, reader)
		if err != nil {
			return 0, nil, 0, err
		}
		added = append(added, hashes...)
	}
	return size, added, len(page), nil
}

// last is the newest stored checkpoint, opened with the log's own key; the zero Checkpoint when there is none.
func (l *Log) last(ctx context.Context, agency string) (Checkpoint, error) {
	var last Checkpoint
	err := l.d.Read(ctx, func(tx *db.Tx) error {
		text, err := lastNote(tx, agency)
		if err != nil || text == "" {
			return err
		}
		last, err = OpenCheckpoint(text, l.key.Verifier(agency))
		return err
	})
	return last, err
}

func lastNote(tx *db.Tx, agency string) (string, error) {
	var text string
	err := tx.Row(`SELECT note FROM checkpoint WHERE agency = $1 ORDER BY size DESC LIMIT 1`, agency).Scan(&text)
	if db.IsMissing(err) {
		return "", nil
	}
	return text, err
}

// reread reads from the store, in a transaction of its own, everything that the next checkpoint adds, hashes the leaf
// texts again and compares every stored hash. A single flipped bit between hashing and storing ended the CT log
// Yeti 2022, which signed a root that its own entry no longer had.
func (l *Log) reread(ctx context.Context, agency string, last Checkpoint) (size int64, root tlog.Hash, at string, err error) {
	err = l.d.Read(ctx, func(tx *db.Tx) error {
		if size, err = storedSize(tx, agency); err != nil {
			return err
		}
		if size < last.Size {
			return fmt.Errorf("the tree has %d leaves, the last checkpoint %d: %w", size, last.Size, errBroken)
		}
		t, err := loadTree(tx, agency, last.Size)
		if err != nil {
			return err
		}
		if last.Note != "" && t.root() != last.Root {
			return fmt.Errorf("the tree no longer has the root that was signed at %d: %w", last.Size, errBroken)
		}
		if size == last.Size {
			return nil
		}
		if at, err = refold(tx, agency, t, size); err != nil {
			return err
		}
		root = t.root()
		return extends(tx, agency, last, size, root)
	})
	return size, root, at, err
}

// refold grows a tree from the leaf texts up to a size and compares every hash with the stored one.
func refold(tx *db.Tx, agency string, t *tree, size int64) (at string, err error) {
	for t.size < size {
		page, recorded, err := leaves(tx, agency, t.size, int(min(pageSize, size-t.size)))
		if err != nil {
			return "", err
		}
		if len(page) == 0 {
			return "", fmt.Errorf("event %d of %s: %w", t.size, agency, errBroken)
		}
		first := tlog.StoredHashCount(t.size)
		var want []tlog.Hash
		for _, h := range page {
			want = append(want, t.add(h)...)
		}
		if err := compareStored(tx, agency, first, want); err != nil {
			return "", err
		}
		at = recorded
	}
	return at, nil
}

func compareStored(tx *db.Tx, agency string, first int64, want []tlog.Hash) error {
	next := 0
	err := tx.Each(`SELECT idx, hash FROM tree_hash WHERE agency = $1 AND idx >= $2 AND idx < $3 ORDER BY idx LIMIT $4`,
		[]any{agency, first, first + int64(len(want)), len(want)}, func(rows *sql.Rows) error {
			var index int64
			var raw []byte
			if err := rows.Scan(&index, &raw); err != nil {
				return err
			}
			if index != first+int64(next) || string(raw) != string(want[next][:]) {
				return fmt.Errorf("tree hash %d of %s: %w", first+int64(next), agency, errBroken)
			}
			next++
			return nil
		})
	if err == nil && next < len(want) {
		err = fmt.Errorf("tree hash %d of %s: %w", first+int64(next), agency, errBroken)
	}
	return err
}

// extends proves to ourselves, from the stored hashes, what a witness will want proved: that the new tree only adds.
func extends(tx *db.Tx, agency string, last Checkpoint, size int64, root tlog.Hash) error {
	if last.Size == 0 {
		return nil
	}
	proof, err := tlog.ProveTree(size, last.Size, storedHashes(tx, agency))
	if err != nil {
		return err
	}
	if err := tlog.CheckTree(proof, size, root, last.Size, last.Root); err != nil {
		return fmt.Errorf("the tree of %d does not extend the signed one of %d: %w", size, last.Size, errBroken)
	}
	return nil
}

// store keeps the checkpoint when the last one is still the last: two nodes never sign two histories.
func (l *Log) store(ctx context.Context, agency string, last, c Checkpoint, at string) error {
	return l.d.Write(ctx, scope(agency), func(tx *db.Tx) error {
		now, err := lastNote(tx, agency)
		if err != nil {
			return err
		}
		if now == c.Note {
			return nil // another node signed the very same tree
		}
		if now != last.Note {
			return errors.New("another checkpoint was signed meanwhile")
		}
		_, err = tx.Exec(`INSERT INTO checkpoint (agency, size, root, at, note) VALUES ($1, $2, $3, $4, $5)`,
			agency, c.Size, c.Root.String(), at, c.Note)
		return err
	})
}
