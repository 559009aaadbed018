package house

import (
	"context"
	"errors"
	"fmt"
	"time"

	"mingjing/internal/backup"
	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/ledger/order"
	"mingjing/internal/recheck"
)

// clusterBehind is how much younger than the backup the record that goes on may be: the log is archived once a minute, and a drill
// that meets the machine at its busiest gets some more.
const clusterBehind = 10 * time.Minute

// Cluster is a PostgreSQL that scripts/pg-drill.sh brought back for practice.
type Cluster struct {
	Address string
	Backup  string // the name of the base backup
	Fault   string // why it could not be brought back; then nothing else is asked
}

// DrillCluster judges what was brought back, as a restore would be judged, compares it with the record that goes on, and records
// the result like that of any drill.
func (h *House) DrillCluster(ctx context.Context, c Cluster) (backup.Drill, error) {
	drill := backup.Drill{At: h.DB.Now(), Backup: c.Backup, Scope: backup.ScopeCluster, Fault: c.Fault}
	if c.Fault == "" {
		err := h.brought(ctx, c, &drill)
		var unsound backup.Unsound
		switch {
		case ctx.Err() != nil:
			return drill, ctx.Err()
		case errors.As(err, &unsound):
			drill.Fault = unsound.What
		case err != nil:
			drill.Fault = err.Error()
		}
	}
	drill.Took = h.DB.Now().Sub(drill.At)
	return drill, h.keepDrill(ctx, &drill)
}

// brought opens what was brought back, to look at only.
func (h *House) brought(ctx context.Context, c Cluster, drill *backup.Drill) error {
	d, err := db.Open(ctx, c.Address, db.Options{ReadOnly: true, Clock: h.DB.Now})
	if err != nil {
		return fmt.Errorf("house: what was brought back: %w", err)
	}
	return errors.Join(h.judgeCluster(ctx, d, drill), d.Close())
}

func (h *House) judgeCluster(ctx context.Context, d *db.DB, drill *backup.Drill) error {
	have, want, err := d.Versions(ctx)
	if err != nil {
		return err
	}
	if have != want {
		return backup.Unsound{What: fmt.Sprintf("备份的数据库是 %d 版，本程序是 %d 版：请先做一次新的基础备份", have, want)}
	}
	back, live := map[string]ledger.Head{}, map[string]int64{}
	if err := d.Read(ctx, func(tx *db.Tx) error {
		list, err := ledger.Heads(tx)
		for _, head := range list {
			back[head.Agency] = head
		}
		return err
	}); err != nil {
		return err
	}
	if err := h.DB.Read(ctx, func(tx *db.Tx) error {
		list, err := ledger.Heads(tx)
		for _, head := range list {
			var n int64
			if err := tx.Row(`SELECT count(*) FROM event WHERE agency = $1 AND recorded < $2`, head.Agency, db.Text(drill.At.Add(-clusterBehind))).Scan(&n); err != nil {
				return err
			}
			live[head.Agency] = n
		}
		return err
	}); err != nil {
		return err
	}
	for log, old := range live {
		if back[log].Events < old {
			return backup.Unsound{What: fmt.Sprintf("日志 %s 有 %d 条记录在 %d 分钟以前写入，备份只恢复到第 %d 条：请检查归档", log, old, int(clusterBehind.Minutes()), back[log].Events)}
		}
	}
	for log, head := range back {
		if err := h.judgeLog(ctx, d, log, head, drill); err != nil {
			return err
		}
	}
	report, err := recheck.Run(ctx, d, recheck.Options{Verifier: h.Key.Verifier})
	if err == nil && !report.Sound() {
		err = backup.Unsound{What: fmt.Sprintf("复算恢复的数据库，有 %d 处不一致", report.Total)}
	}
	return err
}

// judgeLog verifies one log of what was brought back and compares its head with the record that goes on.
func (h *House) judgeLog(ctx context.Context, d *db.DB, log string, head ledger.Head, drill *backup.Drill) error {
	report, err := ledger.Verify(ctx, d, log, h.Key.Verifier(log), ledger.VerifyOptions{Orders: order.Judge})
	if err != nil {
		return err
	}
	if !report.Sound() {
		return backup.Unsound{What: fmt.Sprintf("核验恢复的日志 %s，有 %d 处问题", log, report.Count)}
	}
	drill.Logs++
	drill.Events += report.Events
	if head.Note == "" {
		return nil
	}
	signed, err := ledger.OpenCheckpoint(head.Note, h.Key.Verifier(log))
	if err != nil {
		return err
	}
	if err := ledger.Sequence(ctx, h.DB, log); err != nil {
		return err
	}
	wrong, err := ledger.Against(ctx, h.DB, log, signed)
	if err == nil && wrong != nil {
		err = backup.Unsound{What: "备份与正在使用的记录不一致：" + wrong.Message()}
	}
	return err
}
