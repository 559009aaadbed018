package public

import (
	"context"
	"fmt"

	"mingjing/internal/db"
	"mingjing/internal/disclosure/journal"
)

// Checkpoint is a signed head of an agency's public log: whoever keeps one can prove later that nothing before it was changed.
type Checkpoint struct {
	Size int64
	Root string
	At   string // instant of the newest event under it, UTC
	Note string // the signed text (C2SP tlog-checkpoint)
}

const checkpointColumns = `SELECT size, root, at, note FROM checkpoint WHERE agency = $1 AND `

// Covering is the first checkpoint under which the event of a publication stands; it never changes afterwards. ErrNotFound
// where none is signed yet, or where the event is not known.
func (r *Reader) Covering(ctx context.Context, p Publication) (Checkpoint, error) {
	if p.Log == "" || p.Seq < 0 {
		return Checkpoint{}, ErrNotFound
	}
	return r.checkpoint(ctx, checkpointColumns+`size > $2 ORDER BY size LIMIT 1`, p.Log, p.Seq)
}

// Checkpoint is the checkpoint of an agency's public log with so many leaves; size 0 takes the newest.
func (r *Reader) Checkpoint(ctx context.Context, agency string, size int64) (Checkpoint, error) {
	return r.checkpoint(ctx, checkpointColumns+`($2 = 0 OR size = $2) ORDER BY size DESC LIMIT 1`, journal.Log(agency), size)
}

func (r *Reader) checkpoint(ctx context.Context, query string, args ...any) (Checkpoint, error) {
	var c Checkpoint
	err := r.d.Read(ctx, func(tx *db.Tx) error { return tx.Row(query, args...).Scan(&c.Size, &c.Root, &c.At, &c.Note) })
	if db.IsMissing(err) {
		return c, ErrNotFound
	}
	if err != nil {
		return c, fmt.Errorf("public: checkpoint: %w", err)
	}
	return c, nil
}
