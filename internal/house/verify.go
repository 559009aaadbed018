package house

import (
	"context"
	"errors"
	"fmt"
	"time"

	"mingjing/internal/backup"
	"mingjing/internal/db"
	"mingjing/internal/disclosure/journal"
	"mingjing/internal/disclosure/public"
	"mingjing/internal/disclosure/snapshot"
	"mingjing/internal/job"
	"mingjing/internal/ledger/gm"
	"mingjing/internal/ledger/verification"
	"mingjing/internal/recheck"
)

// workVerify recomputes both logs of the agency from their first leaf every night.
const (
	workVerify  = "house.verify"
	verifyAfter = 2 * time.Hour
)

// VerifyLog has one log of the house verified now and keeps what came out.
func (h *House) VerifyLog(ctx context.Context, log string, progress func(done, total int64)) (verification.Result, error) {
	key, err := gm.OpenKey(h.Folder)
	if err != nil {
		return verification.Result{}, fmt.Errorf("house: %w", err)
	}
	return verification.Run(ctx, h.DB, log, verification.Keys{Log: h.Ledger.Verifier(log), SM2: key.Verifier(gm.Origin(log))}, progress)
}

// LastVerification is what the newest verification of a log found; false where there was none.
func (h *House) LastVerification(ctx context.Context, log string) (r verification.Result, ever bool, err error) {
	err = h.DB.Read(ctx, func(tx *db.Tx) (err error) {
		r, ever, err = verification.Last(tx, log)
		return err
	})
	return r, ever, err
}

func (h *House) verifyNightly(ctx context.Context, _ job.Job) error {
	for _, log := range []string{h.Agency.Code, journal.Log(h.Agency.Code)} {
		r, err := h.VerifyLog(ctx, log, nil)
		if err != nil {
			return err
		}
		if !r.Sound() {
			h.Log.Error("house: a log does not fit", "log", log, "problems", r.Problems)
		}
	}
	return h.showIntegrity(ctx)
}

// firstVerification shows what is known of the record's soundness, and asks for a verification where there was none yet: the
// night is far on the day on which an agency begins.
func (h *House) firstVerification(ctx context.Context) error {
	_, ever, err := h.LastVerification(ctx, h.Agency.Code)
	if err != nil {
		return err
	}
	if !ever {
		if err := h.DB.Write(ctx, h.Agency.Code, func(tx *db.Tx) error {
			_, again := h.Jobs.Enqueue(tx, job.New{Kind: WorkRecheck, Key: WorkRecheck + "/first"})
			_, err := h.Jobs.Enqueue(tx, job.New{Kind: workVerify, Key: workVerify + "/first"})
			return errors.Join(again, err)
		}); err != nil {
			return fmt.Errorf("house: %w", err)
		}
	}
	return h.showIntegrity(ctx)
}

// showIntegrity makes public how the record stands: what was last recomputed, when, and what came out. What outsiders can see
// for themselves (heads, witnesses) the portal reads when it is asked.
func (h *House) showIntegrity(ctx context.Context) error {
	return h.DB.Write(ctx, h.Agency.Code, func(tx *db.Tx) error {
		rows, err := h.integrity(tx)
		if err != nil {
			return fmt.Errorf("house: %w", err)
		}
		var list []snapshot.Row
		for _, r := range rows {
			list = append(list, snapshot.Row{Key: r.Key, Show: r})
		}
		_, err = snapshot.Publish(tx, h.caretaker().Ledger("job"), h.Agency.Code, public.KindIntegrity, list)
		return err
	})
}

// integrity lists what is known of the record's soundness.
func (h *House) integrity(tx *db.Tx) ([]public.Check, error) {
	var list []public.Check
	for _, log := range []struct{ key, name, title string }{{"verify-record", h.Agency.Code, "执法记录的核验"}, {"verify-log", journal.Log(h.Agency.Code), "公示日志的核验"}} {
		c := public.Check{Key: log.key, Title: log.title, How: "从第一条起重新计算全部记录的哈希、承诺、存证树、检查点签名和国密存证根", State: public.CheckNever, Text: "还没有核验过"}
		r, ever, err := verification.Last(tx, log.name)
		if err != nil {
			return nil, err
		}
		if ever {
			c.At, c.State, c.Text = db.Text(r.At), public.CheckSound, fmt.Sprintf("%d条记录、%d个检查点，全部一致", r.Events, r.Checkpoints)
		}
		switch {
		case ever && r.Fault != "":
			c.State, c.Text = public.CheckBroken, "核验没有完成"
		case ever && r.Problems > 0:
			c.State, c.Text = public.CheckBroken, fmt.Sprintf("%d处不一致，正在查明", r.Problems)
		}
		list = append(list, c)
	}
	again, err := rechecked(tx)
	if err != nil {
		return nil, err
	}
	drill, err := h.drilled(tx)
	return append(list, again, drill), err
}

// rechecked tells of the last time that the whole was recomputed from the raw rows, by code that shares nothing with the rest.
func rechecked(tx *db.Tx) (public.Check, error) {
	c := public.Check{Key: "recheck", Title: "执法记录的复算", How: "由另一套程序从原始数据重新计算每个决定、期限、公示和台账", State: public.CheckNever, Text: "还没有复算过"}
	last, found, err := recheck.Last(tx, recheck.Done, recheck.Failed)
	if err != nil || !found {
		return c, err
	}
	c.At, c.State, c.Text = db.Text(last.Ended), public.CheckSound, fmt.Sprintf("%d条台账、%d行记录，全部一致", last.Report.Events, last.Report.Rows)
	switch {
	case last.State == recheck.Failed:
		c.State, c.Text = public.CheckBroken, "最近一次复算没有完成，正在处理"
	case !last.Report.Sound():
		c.State, c.Text = public.CheckBroken, fmt.Sprintf("%d处不一致，正在查明", last.Report.Total)
	}
	return c, nil
}

// drilled tells of the last time that a backup was brought back for practice.
func (h *House) drilled(tx *db.Tx) (public.Check, error) {
	c := public.Check{Key: "drill", Title: "备份的恢复演练", How: "每周把最新的备份恢复到另一处，逐条核验，并与现在的记录对照", State: public.CheckNever, Text: "还没有演练过"}
	last, err := backup.LastDrill(tx, false)
	if err != nil {
		return c, err
	}
	if h.DB.Engine() == db.Postgres {
		return h.drilledCluster(tx, c, last)
	}
	if last == nil {
		return c, nil
	}
	c.At, c.State, c.Text = db.Text(last.At), public.CheckSound, fmt.Sprintf("恢复了%d条记录，全部一致", last.Events)
	if !last.Sound() {
		c.State, c.Text = public.CheckBroken, "最近一次演练没有成功，正在处理"
	}
	return c, nil
}

// drilledCluster tells of both drills that a store on PostgreSQL needs: of its own backup, and of evidence and keys.
func (h *House) drilledCluster(tx *db.Tx, c public.Check, files *backup.Drill) (public.Check, error) {
	last, err := backup.LastDrill(tx, true)
	switch {
	case err != nil:
		return c, err
	case last != nil && !last.Sound(), files != nil && !files.Sound():
		c.State, c.Text = public.CheckBroken, "最近一次演练没有成功，正在处理"
	case last == nil:
		c.Text = "数据库还没有演练过"
	case tx.Now().Sub(last.At) > drillEvery+drillAgainEvery:
		c.Text = "数据库超过八天没有演练"
	default:
		c.State, c.Text = public.CheckSound, fmt.Sprintf("恢复了%d条记录，全部一致", last.Events)
		if files == nil {
			c.Text += "；证据文件与密钥还没有演练过"
		}
	}
	if last != nil {
		c.At = db.Text(last.At)
	} else if files != nil {
		c.At = db.Text(files.At)
	}
	return c, nil
}
