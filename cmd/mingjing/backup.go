package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"mingjing/internal/db"
)

// backupVerb copies a store, its evidence and its keys while the store is in use.
type backupVerb struct {
	store
	To string `arg:"" help:"The folder under which a new folder with the time as its name is made."`
}

func (b *backupVerb) Run(w *world) error {
	d, err := db.Open(w.ctx, b.DB, db.Options{})
	if err != nil {
		return err
	}
	defer d.Close()
	target := filepath.Join(b.To, time.Now().UTC().Format("20060102T150405Z"))
	if err := os.MkdirAll(target, 0o700); err != nil {
		return err
	}
	if err := d.Backup(w.ctx, filepath.Join(target, "mingjing.db")); err != nil {
		return err
	}
	files := 0
	for _, part := range []string{"evidence", "keys"} {
		n, err := copyTree(filepath.Join(b.folder(), part), filepath.Join(target, part))
		if err != nil {
			return err
		}
		files += n
	}
	fmt.Printf("已备份到 %s（数据库及 %d 个文件，含签名密钥，请妥善保管）。\n", target, files)
	return nil
}

// copyTree copies the regular files of a folder; one that is not there is empty.
func copyTree(from, to string) (int, error) {
	n := 0
	err := filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if os.IsNotExist(err) {
			return nil
		}
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
			return err
		}
		n++
		return os.WriteFile(target, raw, 0o600)
	})
	return n, err
}
