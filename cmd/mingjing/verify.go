package main

import (
	"errors"
	"fmt"
	"os"

	"mingjing/internal/db"
	"mingjing/internal/ledger"
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
	d, err := db.Open(w.ctx, v.DB, db.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer d.Close()
	key := v.Key
	if key == "" {
		own, err := ledger.LoadKey(v.folder())
		if err != nil {
			return err
		}
		key = own.Verifier(v.Agency)
	}
	options := ledger.VerifyOptions{Progress: func(done, total int64) { fmt.Fprintf(os.Stderr, "\r核验 %d/%d ", done, total) }}
	if v.Known != "" {
		text, err := os.ReadFile(v.Known)
		if err != nil {
			return err
		}
		options.Known = string(text)
	}
	report, err := ledger.Verify(w.ctx, d, v.Agency, key, options)
	fmt.Fprintln(os.Stderr)
	if err != nil {
		return err
	}
	fmt.Printf("机关 %s：共 %d 条记录，已签名 %d 条，检查点 %d 个，依法销毁内容 %d 条\n根：%s\n公钥：%s\n", report.Agency, report.Events, report.Signed, report.Checkpoints, report.Shredded, report.Root, key)
	if report.Sound() {
		fmt.Println("核验通过：每条记录、每个检查点都一致。")
		return nil
	}
	for i, p := range report.Problems {
		if i == 0 {
			fmt.Print("第一处不一致：")
		}
		fmt.Printf("第 %d 号 %s %s\n", p.Seq, p.ID, p.What)
	}
	fmt.Printf("共 %d 处不一致。\n", report.Count)
	return errUnsound
}
