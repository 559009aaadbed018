package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"mingjing/internal/db"
	"mingjing/internal/house"
	"mingjing/packs"
)

// store is where an agency's data lies; every verb that needs it embeds this.
type store struct {
	DB     string   `help:"The store: sqlite:PATH or postgres://…." default:"sqlite:data/mingjing.db" env:"MINGJING_DB"`
	Folder string   `help:"The folder of evidence and keys; beside a SQLite file when left out." env:"MINGJING_FOLDER"`
	Pack   []string `help:"The packs, from the country down to the agency." default:"national,jilin,siping-civil-affairs" env:"MINGJING_PACK"`
}

func (s store) folder() string {
	if s.Folder != "" {
		return s.Folder
	}
	if path, ok := strings.CutPrefix(s.DB, "sqlite:"); ok {
		return filepath.Dir(path)
	}
	return "data"
}

func (s store) options(log *slog.Logger) house.Options {
	return house.Options{Store: s.DB, Folder: s.folder(), Packs: s.Pack, Files: packs.FS, Log: log}
}

// open opens the house of a verb that needs its rooms, of an agency that init has set up.
func (s store) open(ctx context.Context, log *slog.Logger) (*house.House, error) {
	if err := s.there(ctx); err != nil {
		return nil, err
	}
	o := s.options(log)
	var err error
	if o.Clock, err = s.clock(); err != nil {
		return nil, err
	}
	h, err := house.Open(ctx, o)
	if err != nil {
		return nil, err
	}
	founded, err := h.Founded(ctx)
	if err == nil && !founded {
		err = errors.New("这个数据库还没有设立机关，请先运行 mingjing init。")
	}
	if err != nil {
		return nil, errors.Join(err, h.Close())
	}
	return h, nil
}

// look opens the store alone, to read it.
func (s store) look(ctx context.Context) (*db.DB, error) {
	if err := s.there(ctx); err != nil {
		return nil, err
	}
	clock, err := s.clock()
	if err != nil {
		return nil, err
	}
	return db.Open(ctx, s.DB, db.Options{ReadOnly: true, Clock: clock})
}

// clock is the clock of the store: a demonstration that was moved forward keeps in its folder by how much, and what is done to it
// from the command line happens on its day and not on the machine's. An agency has no such file.
func (s store) clock() (func() time.Time, error) {
	c, err := house.NewClock(s.folder(), time.Now)
	if err != nil {
		return nil, err
	}
	return c.Now, nil
}

// there refuses a store that does not exist. Opening one makes it, which only init, migrate, demo and restore are meant to do: a
// mistyped path would else leave an empty store and keys behind, and seem to say that the agency has nothing.
func (s store) there(ctx context.Context) error {
	if path, ok := strings.CutPrefix(s.DB, "sqlite:"); ok {
		if info, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) || err == nil && (info.IsDir() || info.Size() == 0) {
			return s.absent()
		}
	} else if !strings.HasPrefix(s.DB, "postgres://") && !strings.HasPrefix(s.DB, "postgresql://") {
		return errors.New("看不懂数据库地址 " + db.Redacted(s.DB) + "。请写成 sqlite:文件路径 或者 postgres://…。")
	}
	d, err := db.Open(ctx, s.DB, db.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	blank, err := d.Blank(ctx)
	if err = errors.Join(err, d.Close()); err == nil && blank {
		err = s.absent()
	}
	return err
}

func (s store) absent() error {
	return errors.New("找不到数据库 " + db.Redacted(s.DB) + "。请检查 --db（或者环境变量 MINGJING_DB）；还没有设立机关的，请运行 mingjing init；看演示请运行 mingjing demo。")
}

// raw opens the store alone.
func (s store) raw(ctx context.Context) (*db.DB, error) {
	return db.Open(ctx, s.DB, db.Options{})
}

// migrateVerb brings the schema up.
type migrateVerb struct {
	store
}

func (m *migrateVerb) Run(w *world) error {
	d, err := m.raw(w.ctx)
	if err != nil {
		return err
	}
	defer d.Close()
	begun := time.Now()
	if err := d.Migrate(w.ctx); err != nil {
		return err
	}
	have, want, err := d.Versions(w.ctx)
	if err != nil {
		return err
	}
	fmt.Printf("schema %d of %d in %s\n", have, want, time.Since(begun).Round(time.Millisecond))
	return nil
}
