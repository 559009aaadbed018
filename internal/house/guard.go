package house

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"mingjing/internal/backup"
	"mingjing/internal/db"
	"mingjing/internal/disclosure/journal"
	"mingjing/internal/job"
	"mingjing/internal/ledger"
)

// workDrill brings the newest backup back for practice. The round comes each night, at an hour at which nobody works; the
// drill is held when the last one is a week old, or a day when it failed.
const (
	workDrill       = "backup.drill"
	drillAfter      = 2*time.Hour + 40*time.Minute
	drillEvery      = 7 * 24 * time.Hour
	drillAgainEvery = 24 * time.Hour
)

// KindDrilled is the event that tells how a drill went.
const KindDrilled = "backup.drilled"

// Shipping says where the house is carried to; nil where nobody configured a second place.
type Shipping struct {
	Set     *backup.Set
	Pace    backup.Pace
	Program string
}

// guard makes the shipper of a house that has a second place, and names the drill.
func (h *House) guard(s *Shipping) error {
	if s != nil {
		h.Shipper = backup.NewShipper(s.Set, h.source(s.Program), s.Pace, h.Log)
	}
	h.Jobs.Handle(workDrill, func(ctx context.Context, _ job.Job) error {
		if h.Shipper == nil {
			return nil
		}
		due, err := h.drillDue(ctx)
		if err != nil || !due {
			return err
		}
		_, err = h.Drill(ctx)
		return err
	})
	if err := h.Jobs.Every(workDrill, 24*time.Hour, drillAfter); err != nil {
		return fmt.Errorf("house: %w", err)
	}
	return nil
}

func (h *House) source(program string) backup.Source {
	return backup.Source{DB: h.DB, Blobs: h.Blobs, Folder: h.Folder, Key: h.Key, Program: program}
}

// ship carries the house to its second place until the context ends; without one it says so, once, for the desk.
func (h *House) ship(ctx context.Context) error {
	if h.Shipper == nil {
		if err := backup.Unconfigured(ctx, h.DB); err != nil {
			return err
		}
		<-ctx.Done() // what ends before its time is begun again
		return nil
	}
	return h.Shipper.Run(ctx)
}

func (h *House) drillDue(ctx context.Context) (due bool, err error) {
	err = h.DB.Read(ctx, func(tx *db.Tx) error {
		last, err := backup.LastDrill(tx, false)
		if err != nil {
			return err
		}
		if last == nil {
			due = true
			return nil
		}
		every := drillEvery
		if !last.Sound() {
			every = drillAgainEvery
		}
		due = tx.Now().Sub(last.At) >= every-time.Hour // the round of a night may be some minutes early
		return nil
	})
	return due, err
}

// Drill brings the newest backup back into a folder that is thrown away, verifies it and records the result: in the inner
// record with what was wrong, in the public log and the table of drills for everybody. After one that failed the next copy
// writes every piece again.
func (h *House) Drill(ctx context.Context) (backup.Drill, error) {
	drill, err := h.Shipper.Set().Drill(ctx, h.source(""))
	if err != nil {
		return drill, fmt.Errorf("house: %w", err)
	}
	if !drill.Sound() {
		h.Shipper.Anew()
		h.Log.Error("house: the drill of the backup failed", "backup", drill.Backup, "fault", drill.Fault)
	}
	return drill, h.keepDrill(ctx, &drill)
}

// keepDrill records a result for everybody.
func (h *House) keepDrill(ctx context.Context, drill *backup.Drill) error {
	err := h.DB.Write(ctx, h.Agency.Code, func(tx *db.Tx) error {
		if err := drill.Keep(tx); err != nil {
			return err
		}
		says := map[string]string{"drill": drill.ID, "sound": strconv.FormatBool(drill.Sound()), "scope": drill.Scope,
			"logs": strconv.FormatInt(drill.Logs, 10), "events": strconv.FormatInt(drill.Events, 10)}
		if _, err := ledger.Append(tx, ledger.Event{Agency: h.Agency.Code, Kind: KindDrilled, SubjectKind: "backup", Subject: drill.ID,
			Actor: ledger.Actor{Account: h.caretaker().Account, Role: "job"}, Ref: says,
			Payload: map[string]string{"backup": drill.Backup, "fault": drill.Fault}}); err != nil {
			return err
		}
		_, err := journal.Write(tx, journal.Entry{Agency: h.Agency.Code, Kind: journal.Stats, SubjectKind: journal.SubjectLog, Subject: "backup-drill", Says: says})
		return err
	})
	if err != nil {
		return fmt.Errorf("house: keep the drill: %w", err)
	}
	return h.showIntegrity(ctx)
}
