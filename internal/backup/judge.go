package backup

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"mingjing/internal/db"
	"mingjing/internal/ledger"
)

// judge opens the assembled store and holds it against everything known: the checksums of its pages, its own tree, and the
// checkpoints of the manifest, of the segments, of the folder of keys and of the operator.
func (w *restorer) judge(ctx context.Context) error {
	if w.r.Elsewhere {
		return nil
	}
	d, err := db.Open(ctx, "sqlite:"+filepath.Join(w.dir, databaseFile), db.Options{})
	if err != nil {
		return err
	}
	err = w.judged(ctx, d)
	return errors.Join(err, d.Close())
}

func (w *restorer) judged(ctx context.Context, d *db.DB) error {
	w.o.Progress("检查数据库", 0, 0)
	if err := d.Check(ctx); err != nil {
		return Unsound{fmt.Sprintf("数据库文件的页面校验不通过（%v）", err)}
	}
	if err := w.replay(ctx, d); err != nil {
		return err
	}
	known, err := w.known()
	if err != nil {
		return err
	}
	logs, err := w.logs(ctx, d, known)
	if err != nil {
		return err
	}
	for _, agency := range logs {
		if err := w.log(ctx, d, agency, known[agency]); err != nil {
			return err
		}
	}
	w.r.State.At, w.r.State.Manifest = db.Text(d.Now()), w.m.Name
	return nil
}

// Unsound says in Chinese why what was assembled is not accepted.
type Unsound struct{ What string }

func (u Unsound) Error() string { return "backup: " + u.What }

// Message is for the person at the screen.
func (u Unsound) Message() string { return u.What + "。没有恢复任何内容。" }

// logs are the agencies whose ledger the store, the manifest or a checkpoint names.
func (w *restorer) logs(ctx context.Context, d *db.DB, known map[string][]ledger.Checkpoint) ([]string, error) {
	all := map[string]bool{}
	for _, h := range w.m.Ledgers {
		all[h.Agency] = true
	}
	for agency := range known {
		all[agency] = true
	}
	err := d.Read(ctx, func(tx *db.Tx) error {
		heads, err := ledger.Heads(tx)
		for _, h := range heads {
			all[h.Agency] = true
		}
		return err
	})
	return slices.Sorted(maps.Keys(all)), err
}

// known gathers the checkpoints by agency.
func (w *restorer) known() (map[string][]ledger.Checkpoint, error) {
	type text struct{ from, note string }
	var texts []text
	for _, h := range w.m.Ledgers {
		if h.Note != "" {
			texts = append(texts, text{w.m.Name, h.Note})
		}
	}
	for agency, note := range w.ends {
		texts = append(texts, text{"分段中机关 " + agency + " 的检查点", note})
	}
	for _, note := range w.o.Known {
		texts = append(texts, text{"--known", note})
	}
	apart, err := filepath.Glob(filepath.Join(w.dir, keyFolder, "last-checkpoint-*"))
	if err != nil {
		return nil, err
	}
	for _, path := range apart {
		note, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		texts = append(texts, text{filepath.Base(path), string(note)})
	}
	known := map[string][]ledger.Checkpoint{}
	for _, t := range texts {
		origin, _, _ := strings.Cut(t.note, "\n")
		agency, ok := strings.CutPrefix(origin, ledger.Origin(""))
		vkey, err := ledger.Renamed(w.vkey, ledger.Origin(agency))
		if !ok || err != nil {
			return nil, &Damaged{Name: t.from, Cause: errors.New("不是检查点")}
		}
		c, err := ledger.OpenCheckpoint(t.note, vkey)
		if err != nil {
			return nil, &Damaged{Name: t.from, Cause: fmt.Errorf("检查点的签名不对，或由另一把密钥签名（%w）", err)}
		}
		known[agency] = append(known[agency], c)
	}
	return known, nil
}

// log recomputes one ledger and compares it with what is known of it.
func (w *restorer) log(ctx context.Context, d *db.DB, agency string, known []ledger.Checkpoint) error {
	vkey, err := ledger.Renamed(w.vkey, ledger.Origin(agency))
	if err != nil {
		return err
	}
	if err := ledger.Sequence(ctx, d, agency); err != nil {
		return Unsound{fmt.Sprintf("机关 %s 的记录核验不通过（%v）", agency, err)}
	}
	report, err := ledger.Verify(ctx, d, agency, vkey, ledger.VerifyOptions{
		Progress: func(done, total int64) { w.o.Progress("核验 "+agency, done, total) }})
	if err != nil {
		return err
	}
	if !report.Sound() {
		return Unsound{fmt.Sprintf("机关 %s 的记录核验不通过：第 %d 号 %s %s（共 %d 处）", agency, report.Problems[0].Seq, report.Problems[0].ID, report.Problems[0].What, report.Count)}
	}
	w.r.Logs = append(w.r.Logs, report)
	var short *ledger.HistoryError
	var lost ledger.Checkpoint
	for _, c := range known {
		wrong, err := ledger.Against(ctx, d, agency, c)
		if err != nil {
			return err
		}
		switch {
		case wrong == nil:
		case wrong.Found >= wrong.Signed:
			return Unsound{wrong.Message()}
		case short == nil || wrong.Signed > short.Signed:
			short, lost = wrong, c
		}
	}
	if short != nil {
		w.r.State.Gaps = append(w.r.State.Gaps, Gap{Agency: agency, Sort: Lost, First: short.Found, Last: short.Signed - 1, Note: lost.Note})
	}
	return nil
}
