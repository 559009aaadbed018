package exchange

import (
	"context"
	"errors"
	"io"

	"mingjing/internal/db"
	"mingjing/internal/refusal"
)

// Preview is the head of a file and its first rows, with the columns that would be guessed.
type Preview struct {
	Format   Format
	Encoding string
	Columns  []string
	Guess    Map
	Sample   [][]string
}

// sampleRows is how many rows of a file are shown before it is read.
const sampleRows = 5

// Look reads the head of a file for the page on which a person says which column is what.
func Look(s Source) (Preview, error) {
	file, err := open(s)
	if err != nil {
		return Preview{}, err
	}
	defer file.close()
	p := Preview{Format: file.format, Encoding: file.encoding, Columns: file.header(), Guess: guess(file.header())}
	for len(p.Sample) < sampleRows {
		r, err := file.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return p, err
		}
		if r.fault != "" {
			continue
		}
		cells := make([]string, len(p.Columns))
		for i := range cells {
			cells[i] = clip(oneLine(at(r.cells, i)), 40)
		}
		p.Sample = append(p.Sample, cells)
	}
	return p, nil
}

// FieldInfo is one thing that a row may tell.
type FieldInfo struct{ Name, Title string }

// Fields lists the things that a Map may name, in the order in which pages ask for them.
func Fields() []FieldInfo {
	var list []FieldInfo
	for _, f := range fields() {
		list = append(list, FieldInfo{f.name, f.title})
	}
	return list
}

// FindRun reads one import of an agency.
func (r *Room) FindRun(ctx context.Context, agency, id string) (Run, error) {
	var x Run
	err := r.d.Read(ctx, func(tx *db.Tx) error {
		err := tx.Row(`SELECT id, name, format, actor, on_behalf, state, rows_read, imported, duplicates, left_out, published, started_at, updated_at
			FROM import_run WHERE agency = $1 AND id = $2`, agency, id).Scan(&x.ID, &x.Name, &x.Format, &x.Actor, &x.OnBehalf, &x.State, &x.Rows, &x.Imported, &x.Duplicates,
			&x.LeftOut, &x.Published, &x.StartedAt, &x.UpdatedAt)
		if db.IsMissing(err) {
			return refusal.NotFound{What: "导入记录"}
		}
		return err
	})
	return x, err
}

// RunOf finds the newest import of a file by its digest; its ID is empty where there was none.
func (r *Room) RunOf(ctx context.Context, agency, digest string) (Run, error) {
	id := ""
	err := r.d.Read(ctx, func(tx *db.Tx) error {
		err := tx.Row(`SELECT id FROM import_run WHERE agency = $1 AND digest = $2 ORDER BY id DESC LIMIT 1`, agency, digest).Scan(&id)
		if db.IsMissing(err) {
			return nil
		}
		return err
	})
	if err != nil || id == "" {
		return Run{}, err
	}
	return r.FindRun(ctx, agency, id)
}
