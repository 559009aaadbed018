package house

import (
	"context"
	"fmt"
	"strings"
	"time"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/disclosure/backfill"
	"mingjing/internal/job"
	"mingjing/internal/ledger"
	"mingjing/internal/workday"
)

// workExpire ends the display of publications whose period is over, half an hour into each day.
const (
	workExpire  = "publication.expire"
	expireAfter = 30 * time.Minute
)

// caretaker is who acts where nobody does: the jobs of the agency, under its name in its own ledger.
func (h *House) caretaker() access.Actor {
	return access.Actor{Account: "system", Name: "系统", Agency: h.Agency.Code, Roles: []string{"job"}}
}

// rounds names the work that comes round by itself.
func (h *House) rounds() error {
	h.Jobs.Handle(workExpire, func(ctx context.Context, _ job.Job) error {
		n, err := h.Disclosure.ExpireDue(ctx)
		if n > 0 {
			h.Log.Info("house: publications are over their period", "ended", n)
		}
		return err
	})
	if err := h.Jobs.Every(workExpire, 24*time.Hour, expireAfter); err != nil {
		return fmt.Errorf("house: %w", err)
	}
	h.Jobs.Handle(workVerify, h.verifyNightly)
	if err := h.Jobs.Every(workVerify, 24*time.Hour, verifyAfter); err != nil {
		return fmt.Errorf("house: %w", err)
	}
	return h.nightly()
}

// looked is up to which event and on which day the public lists were last compared with the roster and the pack.
type looked struct {
	seq int64
	day workday.Day
}

// listsEvery is how long a public list may be behind the roster.
const listsEvery = time.Second

// watchLists keeps the public lists true until the context ends. A list that could not be published is tried again.
func (h *House) watchLists(ctx context.Context) error {
	tick := time.NewTicker(listsEvery)
	defer tick.Stop()
	var last looked
	for {
		select { // the first answers go before the lists
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		if _, halted := h.DB.Halted(); halted {
			continue
		}
		if err := h.refreshLists(ctx, &last); err != nil && ctx.Err() == nil {
			h.Log.Error("house: the public lists are behind the roster", "error", err)
		}
	}
}

// refreshLists publishes the lists anew when the roster or the pack has changed since the last look, and on each new day,
// on which a certificate may have run out: who may not enforce any more is not shown as one who may
// (国办发〔2018〕118号（四）: 事前公示应当及时更新). The division table is measured anew on each day. At its first look it publishes, because the pack may have changed at rest.
func (h *House) refreshLists(ctx context.Context, last *looked) error {
	founded, err := h.Founded(ctx)
	if err != nil || !founded {
		return err
	}
	now := looked{seq: last.seq, day: workday.DayOf(h.DB.Now())}
	stale := now.day != last.day
	err = h.DB.Read(ctx, func(tx *db.Tx) error {
		if last.day.IsZero() {
			list, err := ledger.Recent(tx, h.Agency.Code, ledger.Pick{}, -1, 1)
			for _, e := range list {
				now.seq = e.Seq
			}
			return err
		}
		for {
			list, err := ledger.After(tx, h.Agency.Code, now.seq, 500)
			if err != nil || len(list) == 0 {
				return err
			}
			for _, e := range list {
				now.seq = e.Seq
				stale = stale || changesLists(e.Kind)
			}
		}
	})
	if err != nil {
		return fmt.Errorf("house: lists: %w", err)
	}
	if stale {
		if err := h.PublishLists(ctx, h.caretaker()); err != nil {
			return err
		}
	}
	if now.day != last.day {
		if err := h.showDuties(ctx, h.caretaker()); err != nil {
			return err
		}
		if err := h.backfill(ctx); err != nil {
			return err
		}
		if err := h.stateRoots(ctx); err != nil {
			return err
		}
		if err := h.firstVerification(ctx); err != nil {
			return err
		}
	}
	*last = now
	return nil
}

// backfill enters into the public log what is from before it; in a store that always had one there is nothing.
func (h *House) backfill(ctx context.Context) error {
	by := ledger.Actor{Account: h.caretaker().Account, Role: "job"}
	done, err := backfill.Enter(ctx, h.DB, h.Agency.Code, by)
	if done.Decisions+done.Texts > 0 {
		h.Log.Info("house: the public log took in what is from before it", "decisions", done.Decisions, "texts", done.Texts)
	}
	return err
}

// changesLists tells whether an event may change what the public lists say.
func changesLists(kind string) bool {
	room, _, _ := strings.Cut(kind, ".")
	return room == "agency" || room == "officer" || room == "certificate" || room == "pack" || room == "rule" || room == "setting"
}
