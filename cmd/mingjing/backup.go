package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"mingjing/internal/backup"
	"mingjing/internal/backup/envelope"
	"mingjing/internal/blob"
	"mingjing/internal/db"
	"mingjing/internal/house"
	"mingjing/internal/ledger"
)

// backupVerb makes a backup, or the key with which backups are encrypted.
type backupVerb struct {
	Make  backupMake  `cmd:"" default:"withargs" help:"Make a backup while the store is in use (the default)."`
	Prune backupPrune `cmd:"" help:"Remove old backups and what none of the others needs."`
	Drill backupDrill `cmd:"" help:"Judge a PostgreSQL that was brought back for practice (scripts/pg-drill.sh), and record the result."`
	Key   backupKey   `cmd:"" help:"Make a new key for encrypted backups."`
}

// sealed says how a set of backups is encrypted.
type sealed struct {
	BackupKey string `help:"The file of the key with which backups are encrypted (mingjing backup key)." env:"MINGJING_BACKUP_KEY"`
	Cipher    string `help:"How backups are encrypted: sm4 or aes." default:"sm4" enum:"sm4,aes" env:"MINGJING_BACKUP_CIPHER"`
}

func (s sealed) set(address string) (*backup.Set, error) {
	c, err := envelope.ParseCipher(s.Cipher)
	if err != nil {
		return nil, err
	}
	return backup.Open(backup.Options{Address: address, KeyFile: s.BackupKey, Cipher: c})
}

// shipping says where a store is carried while it is served.
type shipping struct {
	sealed
	Ship      string        `help:"Carry the store here while it is in use: a folder on another machine, or s3://BUCKET/PREFIX?endpoint=https://HOST." env:"MINGJING_SHIP"`
	ShipEvery time.Duration `help:"How often new records and evidence are carried." default:"5s" env:"MINGJING_SHIP_EVERY"`
	CopyEvery time.Duration `help:"How often the changes of the database are carried." default:"15m" env:"MINGJING_COPY_EVERY"`
	ShipKeys  bool          `help:"Carry the signing keys along though the place is not encrypted." env:"MINGJING_SHIP_KEYS"`
}

func (s shipping) configured() (*house.Shipping, error) {
	if s.Ship == "" {
		return nil, nil
	}
	set, err := s.set(s.Ship)
	if err != nil {
		return nil, err
	}
	return &house.Shipping{Set: set, Pace: backup.Pace{Ship: s.ShipEvery, Copy: s.CopyEvery, Keys: s.ShipKeys}, Program: version()}, nil
}

// backupMake makes one backup.
type backupMake struct {
	store
	sealed
	To   string `arg:"" help:"A folder, or s3://BUCKET/PREFIX?endpoint=https://HOST."`
	Keys bool   `help:"Take the signing keys along though the backup is not encrypted."`
	Full bool   `help:"Write every piece again, not only what is new."`
}

func (b *backupMake) Run(w *world) error {
	if err := b.there(w.ctx); err != nil {
		return err
	}
	set, err := b.set(b.To)
	if err != nil {
		return err
	}
	d, err := db.Open(w.ctx, b.DB, db.Options{})
	if err != nil {
		return err
	}
	defer d.Close()
	blobs, err := blob.New(filepath.Join(b.folder(), "evidence"))
	if err != nil {
		return err
	}
	defer blobs.Close()
	key, err := ledger.LoadKey(b.folder())
	if err != nil {
		return err
	}
	made, err := set.Make(w.ctx, backup.Source{DB: d, Blobs: blobs, Folder: b.folder(), Key: key, Program: version()},
		backup.MakeOptions{Keys: b.Keys, Anew: b.Full, Progress: progress()})
	fmt.Fprintln(os.Stderr)
	if err != nil {
		return err
	}
	fmt.Printf("已备份到 %s：%s\n数据库 %s，新写入 %d 件、%s，新文件 %d 个。\n", set, made.Name, size(made.Bytes), made.Pieces, size(made.Stored), made.Files)
	if d.Engine() == db.Postgres {
		fmt.Println("PostgreSQL 的数据库本身请用 scripts/pg-backup.sh 备份；这里只含证据文件、密钥与记录的检查点。")
	}
	switch {
	case made.Keys && !set.Sealed():
		fmt.Println("备份未加密，并含签名密钥：拿到它的人可以冒用本机关签名，请严加保管。")
	case made.Keys:
		fmt.Println("备份已加密，含签名密钥。备份密钥文件请与备份分开保管：没有它，备份无法恢复。")
	default:
		fmt.Println("备份未加密，不含 keys 文件夹：请另行保管，恢复时用 --keys 指明。")
	}
	return nil
}

// backupPrune removes old backups.
type backupPrune struct {
	store
	sealed
	From    string `arg:"" help:"The folder, or s3://BUCKET/PREFIX?endpoint=https://HOST."`
	Last    int    `name:"keep-last" help:"Keep the newest of all." default:"3"`
	Daily   int    `name:"keep-daily" help:"Keep the newest of each of so many days." default:"14"`
	Weekly  int    `name:"keep-weekly" help:"Keep the newest of each of so many weeks." default:"8"`
	Monthly int    `name:"keep-monthly" help:"Keep the newest of each of so many months." default:"12"`
	Dry     bool   `name:"dry-run" help:"Print what would go and remove nothing."`
}

func (b *backupPrune) Run(w *world) error {
	set, err := b.set(b.From)
	if err != nil {
		return err
	}
	key, err := ledger.LoadKey(b.folder())
	if err != nil {
		return err
	}
	d, err := db.Open(w.ctx, b.DB, db.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer d.Close()
	keep := backup.Keep{Last: b.Last, Daily: b.Daily, Weekly: b.Weekly, Monthly: b.Monthly}
	if err := d.Read(w.ctx, func(tx *db.Tx) (err error) {
		keep.Verified, err = backup.LastSound(tx)
		return err
	}); err != nil {
		return err
	}
	done, err := set.Prune(w.ctx, backup.PruneOptions{Keep: keep, Verifier: key.Public(), Now: d.Now(), Dry: b.Dry})
	if err != nil {
		return err
	}
	verb := "已清理"
	if b.Dry {
		verb = "试运行，将清理"
	}
	for _, name := range done.Removed {
		fmt.Println("－", name)
	}
	for _, name := range done.Kept {
		note := ""
		if name == keep.Verified {
			note = "（最近一次演练成功）"
		}
		fmt.Println("保留", name+note)
	}
	fmt.Printf("%s：备份 %d 份，分段 %d 个，备份件 %d 个（%s）；保留备份 %d 份。\n", verb, len(done.Removed), done.Segments, done.Pieces, size(done.Bytes), len(done.Kept))
	return nil
}

// backupDrill judges what scripts/pg-drill.sh brought back.
type backupDrill struct {
	store
	Restored string `help:"The store that was brought back: postgres://…" xor:"what" required:""`
	Failed   string `help:"Why it could not be brought back." xor:"what" required:""`
	Base     string `help:"The name of the base backup."`
}

func (b *backupDrill) Run(w *world) error {
	h, err := b.open(w.ctx, w.log)
	if err != nil {
		return err
	}
	defer h.Close()
	drill, err := h.DrillCluster(w.ctx, house.Cluster{Address: b.Restored, Backup: b.Base, Fault: b.Failed})
	if err != nil {
		return err
	}
	if !drill.Sound() {
		return fmt.Errorf("恢复演练没有成功：%s", drill.Fault)
	}
	fmt.Printf("恢复演练成功：%s，%d 个日志、%d 条记录，核验、复算与正在使用的记录全部一致，用时 %s。\n", drill.Backup, drill.Logs, drill.Events, drill.Took.Round(time.Millisecond))
	return nil
}

// backupKey makes the key.
type backupKey struct {
	File string `arg:"" help:"Where the new key is written." type:"path"`
}

func (k *backupKey) Run(*world) error {
	if err := envelope.WriteKey(k.File); err != nil {
		return err
	}
	fmt.Printf("备份密钥已写入 %s（仅本人可读）。请另存一份在别处：没有它，加密的备份无法恢复。\n", k.File)
	return nil
}

// progress shows how far a long verb is, on one line that is written over.
func progress() func(string, int64, int64) {
	var last time.Time
	return func(what string, done, total int64) {
		if now := time.Now(); now.Sub(last) > 200*time.Millisecond || done == total {
			last = now
			if total == 0 {
				fmt.Fprintf(os.Stderr, "\r\033[K%s…", what)
				return
			}
			fmt.Fprintf(os.Stderr, "\r\033[K%s %d%%", what, done*100/total)
		}
	}
}

// size writes a number of bytes for people.
func size(n int64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	}
	return fmt.Sprintf("%.1f KB", float64(n)/(1<<10))
}

// version names this build by its commit.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	parts := []string{info.GoVersion}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			parts = append(parts, s.Value)
		}
	}
	return strings.Join(parts, " ")
}
