package main

import (
	"context"
	"fmt"
	"log/slog"
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

// open opens the house of a verb that needs its rooms. A demonstration keeps its own clock.
func (s store) open(ctx context.Context, log *slog.Logger) (*house.House, error) {
	return house.Open(ctx, s.options(log))
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
