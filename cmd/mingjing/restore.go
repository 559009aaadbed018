package main

import (
	"errors"
	"fmt"
	"os"

	"mingjing/internal/backup"
	"mingjing/internal/db"
	"mingjing/internal/ledger"
)

// restoreVerb brings a backup back, or accepts what a restored store lacks.
type restoreVerb struct {
	From   restoreFrom   `cmd:"" default:"withargs" help:"Bring a backup back into a new folder (the default)."`
	Accept restoreAccept `cmd:"" help:"Accept for the record that a restored store lacks part of its history, and let it be written again."`
}

// restoreFrom brings one backup back.
type restoreFrom struct {
	sealed
	Place    string   `arg:"" name:"from" help:"Where the backups lie: a folder, or s3://BUCKET/PREFIX?endpoint=https://HOST."`
	To       string   `help:"The new folder." required:"" type:"path"`
	Backup   string   `help:"Which backup, by its name; the newest when left out."`
	Keys     string   `help:"The folder of keys as it was kept apart." type:"existingdir"`
	Verifier string   `help:"The public key that must have signed the backup."`
	Known    []string `help:"Files with checkpoints kept elsewhere, by a witness for one: the restored record must reach them." type:"existingfile"`
	Partial  bool     `help:"Stop at a damaged segment and put in place what came before it, read-only."`
}

func (r *restoreFrom) Run(w *world) error {
	set, err := r.set(r.Place)
	if err != nil {
		return err
	}
	o := backup.RestoreOptions{To: r.To, Manifest: r.Backup, Keys: r.Keys, Verifier: r.Verifier, Partial: r.Partial, Progress: progress()}
	for _, file := range r.Known {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		o.Known = append(o.Known, string(text))
	}
	done, err := set.Restore(w.ctx, o)
	fmt.Fprintln(os.Stderr)
	if err != nil {
		return plain(err)
	}
	report(r.To, done)
	return nil
}

// plain takes the sentence for the person out of an error, where it has one.
func plain(err error) error {
	var said interface{ Message() string }
	if errors.As(err, &said) {
		return errors.New(said.Message())
	}
	return err
}

func report(to string, r *backup.Restored) {
	fmt.Printf("已恢复到 %s，备份 %s（%s）。\n", to, r.Manifest.Name, r.Manifest.Time)
	for _, l := range r.Logs {
		fmt.Printf("机关 %s：%d 条记录，已签名 %d 条，根 %s，核验通过。\n", l.Agency, l.Events, l.Signed, l.Root)
	}
	if r.Segments > 0 {
		fmt.Printf("补回 %d 个分段，%d 条记录。\n", r.Segments, r.Replayed)
	}
	if r.Stopped != nil {
		fmt.Printf("在损坏的分段处停止：%v\n", r.Stopped)
	}
	if r.Own {
		fmt.Printf("公钥取自备份本身，未与别处核对：%s\n", r.Verifier)
	}
	if r.Elsewhere {
		fmt.Println("数据库在 PostgreSQL：请用 scripts/pg-restore.sh 恢复，然后运行 mingjing verify --known。")
		return
	}
	if len(r.State.Gaps) == 0 {
		fmt.Printf("与所有已知检查点一致，可以使用：mingjing serve --db sqlite:%s/mingjing.db\n", to)
		return
	}
	fmt.Println("这个库只能以只读方式打开：")
	for _, g := range r.State.Gaps {
		fmt.Println("  " + g.Message() + "。")
	}
	fmt.Println("找到更新的备份或分段后重新恢复；确实找不回的，由负责人运行 mingjing restore accept 记录在案后继续使用。")
}

// restoreAccept writes the acceptance of a loss into the ledger.
type restoreAccept struct {
	store
	Name   string `help:"Who accepts the loss (姓名、职务)." required:""`
	Reason string `help:"Why, and what was done to find the missing acts." required:""`
}

func (a *restoreAccept) Run(w *world) error {
	if err := a.there(w.ctx); err != nil {
		return err
	}
	d, err := db.Open(w.ctx, a.DB, db.Options{})
	if err != nil {
		return err
	}
	defer d.Close()
	key, err := ledger.LoadKey(a.folder())
	if err != nil {
		return err
	}
	state, err := backup.Accept(w.ctx, d, a.folder(), a.Name, a.Reason)
	if err != nil {
		return err
	}
	if state == nil {
		return errors.New("这个库没有待确认的缺失。")
	}
	log := ledger.NewLog(d, key, a.folder(), w.log)
	for _, g := range state.Gaps {
		c, err := log.Checkpoint(w.ctx, g.Agency)
		if err != nil {
			return err
		}
		fmt.Printf("%s。已记入机关 %s 的记录并签名（共 %d 条）。\n", g.Message(), g.Agency, c.Size)
	}
	fmt.Println("可以重新使用。缺失的动作请按纸质案卷补录。")
	return nil
}
