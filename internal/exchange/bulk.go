package exchange

import (
	"context"
	"fmt"
	"runtime"
	"sync"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/disclosure/past"
	"mingjing/internal/refusal"
)

// Checked is the result of a bulk check.
type Checked struct {
	Out  int // made public
	Held int // left for a check one by one
	// Reasons counts why rows were held.
	Reasons map[string]int
}

// bulkRows is how many publications one transaction makes public.
const bulkRows = 200

// PublishImported is the bulk check of an import by a second person, who makes the rows public with it. Personal data
// that was found is hidden in the checker's name; with HoldDoubtful, rows in which redaction is not sure are left for a
// check one by one. It may be cut off and called again: it goes on with what still waits.
func (r *Room) PublishImported(ctx context.Context, checker access.Actor, id string, doubt disclosure.Doubt, progress func(Progress)) (Checked, error) {
	out := Checked{Reasons: map[string]int{}}
	b := disclosure.Bulk{Run: id, Checker: checker, Doubt: doubt}
	total := 0
	err := r.d.Read(ctx, func(tx *db.Tx) error {
		var agency string
		err := tx.Row(`SELECT agency, actor, on_behalf, imported - published FROM import_run WHERE id = $1`, id).Scan(&agency, &b.Maker, &b.MakerFor, &total)
		if db.IsMissing(err) || err == nil && agency != checker.Agency {
			return refusal.NotFound{What: "导入记录"}
		}
		return err
	})
	if err != nil {
		return out, err
	}
	after := ""
	for {
		var list []disclosure.Publication
		var sources []disclosure.Source
		err := r.d.Read(ctx, func(tx *db.Tx) error {
			var err error
			list, sources, err = disclosure.Waiting(tx, id, after, bulkRows)
			return err
		})
		if err != nil || len(list) == 0 {
			return out, err
		}
		after = list[len(list)-1].ID
		ready := workOut(list, sources, b)
		if err := r.publish(ctx, b, ready, &out); err != nil {
			return out, err
		}
		if progress != nil {
			progress(Progress{Phase: "核对公示", Done: out.Out + out.Held, Of: total})
		}
	}
}

// workOut runs redaction on all processors; it is the slow part.
func workOut(list []disclosure.Publication, sources []disclosure.Source, b disclosure.Bulk) []disclosure.Ready {
	ready := make([]disclosure.Ready, len(list))
	var wait sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		wait.Go(func() {
			for i := w; i < len(list); i += workers {
				ready[i] = disclosure.WorkOut(list[i], sources[i], b)
			}
		})
	}
	wait.Wait()
	return ready
}

func (r *Room) publish(ctx context.Context, b disclosure.Bulk, ready []disclosure.Ready, out *Checked) error {
	return past.Apart(len(ready), func(from, to int) error { return r.publishAll(ctx, b, ready[from:to], out) },
		func(row int, why string) { ready[row].Held = why })
}

func (r *Room) publishAll(ctx context.Context, b disclosure.Bulk, ready []disclosure.Ready, out *Checked) error {
	n := 0
	err := r.d.Write(ctx, b.Checker.Agency, func(tx *db.Tx) error {
		var err error
		if n, err = disclosure.PublishBatch(tx, b, ready); err != nil {
			return err
		}
		_, err = tx.Exec(`UPDATE import_run SET published = published + $2, updated_at = $3 WHERE id = $1`, b.Run, n, db.Text(tx.Now()))
		return err
	})
	if err != nil {
		return fmt.Errorf("exchange: publish run %s: %w", b.Run, err)
	}
	out.Out += n
	for _, x := range ready {
		if x.Held != "" {
			out.Held++
			out.Reasons[x.Held]++
		}
	}
	return nil
}
