package public

import (
	"context"
	"errors"
	"fmt"

	"mingjing/internal/db"
	"mingjing/internal/ledger"
)

// Checkpoint is a signed head of an agency's ledger: whoever keeps one can prove later that nothing before it was changed.
type Checkpoint struct {
	Size int64
	Root string
	At   string // instant of the newest event under it, UTC
	Note string // the signed text (C2SP tlog-checkpoint)
}

// Covering is the first checkpoint under which the event of a publication stands. ErrNotFound where none is signed yet, or
// where the event is not known.
func (r *Reader) Covering(ctx context.Context, p Publication) (Checkpoint, error) {
	if p.Log == "" || p.Seq < 0 {
		return Checkpoint{}, ErrNotFound
	}
	return r.checkpoint(ctx, func(tx *db.Tx) (ledger.Signed, error) { return ledger.Covering(tx, p.Log, p.Seq) })
}

// Checkpoint is the checkpoint of an agency with so many leaves; size 0 takes the newest.
func (r *Reader) Checkpoint(ctx context.Context, agency string, size int64) (Checkpoint, error) {
	return r.checkpoint(ctx, func(tx *db.Tx) (ledger.Signed, error) {
		before := size
		if size > 0 {
			before++
		}
		list, err := ledger.Checkpoints(tx, agency, before, 1)
		if err == nil && (len(list) == 0 || size > 0 && list[0].Size != size) {
			err = ledger.ErrNotSigned
		}
		if err != nil {
			return ledger.Signed{}, err
		}
		return list[0], nil
	})
}

func (r *Reader) checkpoint(ctx context.Context, find func(*db.Tx) (ledger.Signed, error)) (Checkpoint, error) {
	var s ledger.Signed
	err := r.d.Read(ctx, func(tx *db.Tx) (err error) {
		s, err = find(tx)
		return err
	})
	if errors.Is(err, ledger.ErrNotSigned) {
		return Checkpoint{}, ErrNotFound
	}
	if err != nil {
		return Checkpoint{}, fmt.Errorf("public: checkpoint: %w", err)
	}
	return Checkpoint{Size: s.Size, Root: s.Root, At: db.Text(s.At), Note: s.Note}, nil
}
