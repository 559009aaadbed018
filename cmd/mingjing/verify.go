package main

import (
	"errors"
	"fmt"
	"os"

	"mingjing/internal/db"
	"mingjing/internal/disclosure/journal"
	"mingjing/internal/ledger"
	"mingjing/internal/ledger/gm"
	"mingjing/internal/ledger/order"
)

// verifyVerb recomputes the ledger from the rows and names the first thing that does not fit.
type verifyVerb struct {
	store
	Agency string `help:"The agency whose ledger to verify." default:"siping-mzj"`
	Key    string `help:"The verifier key; the one of the folder's own signing key when left out."`
	Known  string `help:"A file with a checkpoint kept elsewhere, which the ledger must extend." type:"existingfile"`
}

// errUnsound makes the exit status say that something does not fit.
var errUnsound = errors.New("台账核验未通过")

func (v *verifyVerb) Run(w *world) error {
	d, err := v.look(w.ctx)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Short(); err != nil {
		fmt.Fprintln(os.Stderr, said(err)) // what is there may fit all the same, and is verified
	}
	// The known checkpoint and a key given by hand are those of the inner record; the public log has a name of its own.
	sound, err := v.log(w, d, v.Agency, v.Key, v.Known)
	if err != nil {
		return err
	}
	public, err := v.log(w, d, journal.Log(v.Agency), "", "")
	if err == nil && !(sound && public) {
		err = errUnsound
	}
	return err
}

// log verifies one log of the agency and tells what it found.
func (v *verifyVerb) log(w *world, d *db.DB, log, key, known string) (sound bool, err error) {
	if key == "" {
		own, err := ledger.LoadKey(v.folder())
		if err != nil {
			return false, err
		}
		key = own.Verifier(log)
	}
	options := ledger.VerifyOptions{Orders: order.Judge, Progress: func(done, total int64) { fmt.Fprintf(os.Stderr, "\r核验 %s %d/%d ", log, done, total) }}
	if known != "" {
		text, err := os.ReadFile(known)
		if err != nil {
			return false, err
		}
		options.Known = string(text)
	}
	report, err := ledger.Verify(w.ctx, d, log, key, options)
	fmt.Fprintln(os.Stderr)
	if err != nil {
		return false, err
	}
	fmt.Printf("日志 %s：共 %d 条记录，已签名 %d 条，检查点 %d 个，依法销毁内容 %d 条\n根：%s\n公钥：%s\n", report.Agency, report.Events, report.Signed, report.Checkpoints, report.Shredded, report.Root, key)
	tell(report)
	sealed, err := v.seals(w, d, log)
	return report.Sound() && sealed, err
}

func tell(report ledger.Report) {
	if report.Sound() {
		fmt.Println("核验通过：每条记录、每个检查点都一致。")
		return
	}
	for i, p := range report.Problems {
		if i == 0 {
			fmt.Print("第一处不一致：")
		}
		fmt.Printf("第 %d 号 %s %s\n", p.Seq, p.ID, p.What)
	}
	fmt.Printf("共 %d 处不一致。\n", report.Count)
}

// seals verifies the SM3 tree of a log, where the folder has its key.
func (v *verifyVerb) seals(w *world, d *db.DB, log string) (sound bool, err error) {
	if _, err := os.Stat(gm.KeyPath(v.folder())); errors.Is(err, os.ErrNotExist) {
		fmt.Println("国密：还没有 SM3 存证根。")
		return true, nil
	}
	key, err := gm.OpenKey(v.folder())
	if err != nil {
		return false, err
	}
	n, err := gm.Verify(w.ctx, d, log, key.Verifier(gm.Origin(log)))
	if err != nil {
		fmt.Printf("国密：SM3 存证根不一致：%v\n", err)
		return false, nil
	}
	fmt.Printf("国密：SM3 存证根 %d 个，全部一致。\n", n)
	return true, nil
}
