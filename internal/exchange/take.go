package exchange

import (
	"context"
	"errors"
	"fmt"

	"mingjing/internal/db"
	"mingjing/internal/disclosure/past"
	"mingjing/internal/refusal"
)

// take writes one batch: rows, what is left out, how far the file was read, and the event, all or nothing.
func (u *run) take(ctx context.Context, b batch) error {
	if u.options.DryRun {
		return u.try(ctx, b)
	}
	return past.Apart(len(b.rows), func(from, to int) error { return u.takeAll(ctx, batch{b.rows[from:to], b.upTo - len(b.rows) + to}) },
		func(row int, why string) { b.rows[row].left = why })
}

func (u *run) takeAll(ctx context.Context, b batch) error {
	var outcome []RowReport
	err := u.room.d.Write(ctx, u.actor.Agency, func(tx *db.Tx) error {
		var err error
		if outcome, err = u.write(tx, b); err != nil {
			return err
		}
		imported, duplicates, left := tallied(outcome)
		n, err := tx.Exec(`UPDATE import_run SET rows_read = $2, imported = imported + $4, duplicates = duplicates + $5, left_out = left_out + $6,
			updated_at = $7 WHERE id = $1 AND rows_read = $3 AND state = 'running'`, u.id, b.upTo, b.upTo-len(b.rows), imported, duplicates, left, db.Text(tx.Now()))
		if err == nil && n != 1 {
			err = refusal.Field("file", "另一处正在导入同一个文件，请等它完成。")
		}
		return err
	})
	if err != nil {
		var known refusal.Invalid
		if errors.As(err, &known) {
			return err
		}
		return fmt.Errorf("exchange: rows up to %d: %w", b.upTo, err)
	}
	u.report.add(outcome)
	return nil
}

func (u *run) write(tx *db.Tx, b batch) ([]RowReport, error) {
	rows := b.usable()
	taken, err := past.TakeIn(tx, u.ledger(), u.id, rows)
	if err != nil {
		return nil, err
	}
	outcome := make([]RowReport, 0, len(b.rows))
	next := 0
	for _, c := range b.rows {
		r := reportOf(c)
		if c.left == "" {
			r.duplicate(taken[next].Duplicate, taken[next].Differs, "本机关已有的公示信息")
			next++
		}
		if r.Outcome != Taken {
			if _, err := tx.Exec(`INSERT INTO import_left_out (run, line, outcome, message) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`, u.id, r.Line,
				string(r.Outcome), r.Messages[0]); err != nil {
				return nil, err
			}
		}
		outcome = append(outcome, r)
	}
	return outcome, nil
}

// try does everything but write: duplicates are looked for in the file and in the store.
func (u *run) try(ctx context.Context, b batch) error {
	rows := b.usable()
	var stored []past.Taken
	err := u.room.d.Read(ctx, func(tx *db.Tx) error {
		var err error
		stored, err = past.Recognise(tx, rows)
		return err
	})
	if err != nil {
		return err
	}
	outcome := make([]RowReport, 0, len(b.rows))
	next := 0
	for _, c := range b.rows {
		r := reportOf(c)
		if c.left == "" {
			row := &rows[next]
			first, twice := u.seen[row.Dup]
			switch {
			case stored[next].Duplicate:
				r.duplicate(true, stored[next].Differs, "本机关已有的公示信息")
			case twice:
				r.duplicate(true, first.mark != row.Mark(), fmt.Sprintf("第%d行", first.line))
			default:
				u.seen[row.Dup] = seenRow{row.Line, row.Mark()}
			}
			next++
		}
		outcome = append(outcome, r)
	}
	u.report.add(outcome)
	return nil
}

// usable are the rows that can be taken in.
func (b batch) usable() []past.Row {
	rows := make([]past.Row, 0, len(b.rows))
	for _, c := range b.rows {
		if c.left == "" {
			rows = append(rows, c.row)
		}
	}
	return rows
}

func reportOf(c converted) RowReport {
	r := RowReport{Line: c.row.Line, Number: c.row.Number, Title: clip(oneLine(c.row.Title), 60), Outcome: Taken, Messages: c.row.Findings}
	if c.left != "" {
		r.Outcome, r.Messages = LeftOut, []string{c.left}
	}
	return r
}

func (r *RowReport) duplicate(is, differs bool, of string) {
	if !is {
		return
	}
	message := "与" + of + "重复"
	if differs {
		message += "，但内容不同，没有导入，请核对"
	}
	r.Outcome, r.Messages = Duplicate, append([]string{message}, r.Messages...)
}

func tallied(list []RowReport) (imported, duplicates, left int) {
	for _, r := range list {
		switch r.Outcome {
		case Taken:
			imported++
		case Duplicate:
			duplicates++
		case LeftOut:
			left++
		}
	}
	return imported, duplicates, left
}
