package exchange

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"sort"
	"strconv"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/disclosure"
	"mingjing/internal/ledger"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

// Room brings data in.
type Room struct{ d *db.DB }

// New opens the room on a store.
func New(d *db.DB) (*Room, error) {
	if d == nil {
		return nil, errors.New("exchange: a store is needed")
	}
	return &Room{d: d}, nil
}

// Options say how an import is done.
type Options struct {
	AgencyName string // of the actor's agency; used for rows that name none
	Class      string // of rows that name none; empty lets the title decide
	DryRun     bool   // read and report, write nothing
	Resume     bool   // go on with an import of the same file and map that was cut off
	// Publish makes what was imported public at once, checked in bulk by CheckedBy, who is another person.
	Publish   bool
	CheckedBy access.Actor
	Doubt     disclosure.Doubt // empty hides what redaction is not sure of
	Progress  func(Progress)   // may be nil; called after each batch
}

// Progress is how far a long work has come.
type Progress struct {
	Phase string // 导入, 核对公示
	Done  int    // rows
	Of    int    // 0 = not known
}

// batchRows and batchBytes bound a batch: few enough that a person's command never waits long behind one. The first is
// small and each next one twice as large, so that the writer never waits for the reader: reading is twice as fast as writing.
const (
	firstRows  = 150
	batchRows  = 1000
	batchBytes = 4 << 20
)

// run is an import under way.
type run struct {
	room    *Room
	actor   access.Actor
	options Options
	file    *opened
	convert *converter
	id      string
	skip    int  // rows that an earlier attempt has written
	done    bool // the earlier attempt read the whole file, and only the publishing was cut off
	report  *Report
	seen    map[string]seenRow // dry run: by key
}

// seenRow is a row that a dry run has met: where it stands and what it says.
type seenRow struct {
	line int
	mark string
}

// Import reads a file of past decisions and takes every usable row in as a publication that waits for its check
// (DECISIONS §13). The report names each row that is a duplicate, is left out, or has something to look at. An error
// means that the file or the map cannot be used; what earlier batches wrote stays and is gone on from with Resume.
func (r *Room) Import(ctx context.Context, actor access.Actor, s Source, m Map, o Options) (Report, error) {
	report := Report{File: s.name(), DryRun: o.DryRun}
	if err := mayImport(actor, o); err != nil {
		return report, err
	}
	file, err := open(s)
	if err != nil {
		return report, err
	}
	defer file.close()
	report.Format, report.Encoding, report.Digest = file.format, file.encoding, file.digest
	bound, err := bind(m, file.header())
	if err != nil {
		return report, err
	}
	if o.AgencyName == "" {
		o.AgencyName = actor.Agency
	}
	u := &run{room: r, actor: actor, options: o, file: file, report: &report, seen: map[string]seenRow{}}
	u.convert = &converter{columns: bound, agency: actor.Agency, agencyName: o.AgencyName, class: o.Class, today: workday.DayOf(r.d.Now()), width: len(file.header()), keys: map[string]string{}}
	if sheet, ok := file.table.(*sheetTable); ok && sheet.shift {
		u.convert.serial = sheet.serial
	}
	if !o.DryRun {
		if err := u.begin(ctx, m); err != nil {
			return report, err
		}
	}
	if err := u.read(ctx); err != nil {
		return report, err
	}
	if o.Publish && !o.DryRun {
		return report, u.publish(ctx)
	}
	return report, nil
}

// publish is the check in bulk that was asked for with the import. It takes in what earlier runs of the same file have left, one
// that was cut off and begun anew by somebody else, say: their rows are duplicates for this run, and wait like its own.
func (u *run) publish(ctx context.Context) error {
	ids := []string{}
	err := u.room.d.Read(ctx, func(tx *db.Tx) error {
		return tx.Each(`SELECT id, actor, on_behalf FROM import_run WHERE agency = $1 AND digest = $2 AND id <> $3 AND state <> 'running' AND published < imported
			ORDER BY id`, []any{u.actor.Agency, u.file.digest, u.id}, func(rows *sql.Rows) error {
			var id, maker, acted string
			err := rows.Scan(&id, &maker, &acted)
			if mine := u.options.CheckedBy.Identities(); !slices.Contains(mine, maker) && (acted == "" || !slices.Contains(mine, acted)) {
				ids = append(ids, id) // what the checker brought in himself waits for another
			}
			return err
		})
	})
	if err != nil {
		return fmt.Errorf("exchange: earlier runs: %w", err)
	}
	for _, id := range append(ids, u.id) {
		out, err := u.room.PublishImported(ctx, u.options.CheckedBy, id, u.options.Doubt, u.options.Progress)
		u.report.Published += out.Out
		u.report.Held += out.Held
		if err != nil {
			return err
		}
	}
	return nil
}

func mayImport(actor access.Actor, o Options) error {
	if actor.Account == "" || actor.Agency == "" {
		return errors.New("exchange: the actor has no account or agency")
	}
	if !actor.Has(access.RolePublisher) {
		return refusal.Field("actor", "导入历史决定由公示发布员办理。")
	}
	if !o.Publish || o.DryRun {
		return nil
	}
	if o.CheckedBy.Account == "" || !o.CheckedBy.Has(access.RoleChecker) || o.CheckedBy.Agency != actor.Agency {
		return refusal.Field("checked_by", "导入后直接公示的，应当写明本机关的公示复核员。")
	}
	for _, id := range o.CheckedBy.Identities() {
		for _, mine := range actor.Identities() {
			if id == mine {
				return refusal.Field("checked_by", "核对人不能是导入人（政府信息公开条例第十七条）。")
			}
		}
	}
	return nil
}

// mapping is the map as it is stored, to recognise an import that was cut off.
func mapping(m Map, o Options) string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	sort.Strings(names)
	list := []string{o.Class, o.AgencyName}
	for _, name := range names {
		list = append(list, name+"="+m[name])
	}
	text, _ := json.Marshal(list) // texts always encode
	return string(text)
}

// begin goes on with the import that was cut off, or starts one. An import that its own person begins anew goes on whether or not
// that was asked for: its rows are in, and would only be told as duplicates of themselves. One of somebody else is
// stopped where it stands; what it brought keeps its own importer, and so its own check by another than him.
func (u *run) begin(ctx context.Context, m Map) error {
	how := mapping(m, u.options)
	err := u.room.d.Write(ctx, u.actor.Agency, func(tx *db.Tx) error {
		u.id, u.skip = "", 0
		var imported, duplicates, left int
		var state, maker, acted string
		err := tx.Row(`SELECT id, state, rows_read, imported, duplicates, left_out, actor, on_behalf FROM import_run WHERE agency = $1 AND digest = $2 AND mapping = $3
			AND (state = 'running' OR (state = 'done' AND published < imported AND $4)) ORDER BY id DESC LIMIT 1`,
			u.actor.Agency, u.file.digest, how, u.options.Publish && u.options.Resume).Scan(&u.id, &state, &u.skip, &imported, &duplicates, &left, &maker, &acted)
		if err != nil && !db.IsMissing(err) {
			return err
		}
		own := maker == u.actor.Account && acted == u.actor.OnBehalf
		if err == nil && own {
			u.done = state == "done"
			u.report.Resumed, u.report.Rows, u.report.Imported, u.report.Duplicates, u.report.LeftOut = u.skip, u.skip, imported, duplicates, left
			return nil
		}
		if err == nil && state == "running" {
			if _, err := tx.Exec(`UPDATE import_run SET state = 'stopped', updated_at = $2 WHERE id = $1`, u.id, db.Text(tx.Now())); err != nil {
				return err
			}
		}
		return u.start(tx, how)
	})
	u.report.Run = u.id
	if err != nil {
		return fmt.Errorf("exchange: begin: %w", err)
	}
	return nil
}

func (u *run) start(tx *db.Tx, how string) error {
	u.id, u.skip = tx.NewID(), 0
	if _, err := tx.Exec(`INSERT INTO import_run (id, agency, digest, name, format, mapping, actor, on_behalf, state, started_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'running', $9, $9)`, u.id, u.actor.Agency, u.file.digest, clip(u.report.File, 200), string(u.file.format), how,
		u.actor.Account, u.actor.OnBehalf, db.Text(tx.Now())); err != nil {
		return err
	}
	_, err := ledger.Append(tx, ledger.Event{Agency: u.actor.Agency, Kind: "import.started", SubjectKind: "import", Subject: u.id, Actor: u.ledger(),
		Ref: map[string]string{"file_sha256": u.file.digest}, Payload: map[string]string{"name": u.report.File}})
	return err
}

func (u *run) ledger() ledger.Actor { return u.actor.Ledger(access.RolePublisher) }

// read takes the file in batch by batch. One goroutine reads and converts ahead while the batch before is written.
func (u *run) read(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	batches := make(chan batch, 2)
	failed := make(chan error, 1)
	go func() {
		defer close(batches)
		failed <- u.produce(ctx, batches)
	}()
	for b := range batches {
		if err := u.take(ctx, b); err != nil {
			cancel()
			for range batches { // let the reader go before the file is closed
			}
			<-failed
			return err
		}
		if u.options.Progress != nil {
			u.options.Progress(Progress{Phase: "导入", Done: u.report.Rows})
		}
	}
	if err := <-failed; err != nil {
		return err
	}
	return u.finish(ctx)
}

// batch is a stretch of converted rows; upTo is how many rows of the file are read when it is taken in.
type batch struct {
	rows []converted
	upTo int
}

func (u *run) produce(ctx context.Context, out chan<- batch) error {
	b := batch{}
	size, count, most := 0, 0, firstRows
	send := func() bool {
		b.upTo = count
		select {
		case out <- b:
			b, size, most = batch{}, 0, min(2*most, batchRows)
			return true
		case <-ctx.Done():
			return false
		}
	}
	for {
		r, err := u.file.next()
		if errors.Is(err, io.EOF) {
			if len(b.rows) > 0 && !send() {
				return ctx.Err()
			}
			return nil
		}
		if err != nil {
			return err
		}
		if count++; count > maxRows {
			return refusal.Field("file", "文件超过"+strconv.Itoa(maxRows)+"行，请分成几个文件。")
		}
		if count <= u.skip {
			continue
		}
		c := u.convert.convert(r)
		b.rows = append(b.rows, c)
		size += len(c.row.Body) + len(c.row.Title) + 500
		if (len(b.rows) >= most || size >= batchBytes) && !send() {
			return ctx.Err()
		}
	}
}

// finish closes the run.
func (u *run) finish(ctx context.Context) error {
	if u.options.DryRun || u.done {
		return nil
	}
	err := u.room.d.Write(ctx, u.actor.Agency, func(tx *db.Tx) error {
		if _, err := tx.Exec(`UPDATE import_run SET state = 'done', updated_at = $2 WHERE id = $1`, u.id, db.Text(tx.Now())); err != nil {
			return err
		}
		_, err := ledger.Append(tx, ledger.Event{Agency: u.actor.Agency, Kind: "import.finished", SubjectKind: "import", Subject: u.id, Actor: u.ledger(),
			Ref: map[string]string{"rows": strconv.Itoa(u.report.Rows), "imported": strconv.Itoa(u.report.Imported), "duplicates": strconv.Itoa(u.report.Duplicates),
				"left_out": strconv.Itoa(u.report.LeftOut)}})
		return err
	})
	if err != nil {
		return fmt.Errorf("exchange: finish: %w", err)
	}
	return nil
}
