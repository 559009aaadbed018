package disclosure

import (
	"context"
	"strconv"

	"mingjing/internal/access"
	"mingjing/internal/disclosure/content"
	"mingjing/internal/disclosure/journal"
	"mingjing/internal/disclosure/standing"
	"mingjing/internal/workday"
)

// Publish makes public exactly the text that was checked. The day of publication is the day of the command and never
// changes afterwards; a second attempt is refused and only a correction or a withdrawal remains (行政处罚法第四十八条).
func (r *Room) Publish(ctx context.Context, actor access.Actor, id, contentHash string) error {
	return r.command(ctx, actor, id, "publish", func(a *act) error {
		if contentHash != a.p.ContentHash || a.p.CheckedHash != a.p.ContentHash {
			return changed()
		}
		if a.p.Source != SourceCase {
			return nil
		}
		var err error
		a.standing, err = standing.Read(a.tx, a.p.Decision)
		return err
	}, func(a *act) error {
		t, err := loadTexts(a.tx, id)
		if err != nil {
			return err
		}
		c, err := content.Render(t.source, t.blocks, t.decisions)
		if err != nil {
			return err
		}
		if c.Hash(a.p.row()) != a.p.CheckedHash {
			return changed()
		}
		return r.publish(a, c)
	})
}

func (r *Room) publish(a *act, c content.Copy) error {
	at, err := journal.Tick(a.tx, 1, 1)
	if err != nil {
		return err
	}
	p := a.p
	p.State, p.PublishedOn, p.Ordinal, p.Version = StatePublished, a.today.String(), at.Ordinal, 1
	p.Title, p.PartyName, p.Result, p.Basis = c.Title, c.Party, c.Result, c.Basis
	if err := save(a.tx, p); err != nil {
		return err
	}
	if err := keep(a.tx, p, c, ""); err != nil {
		return err
	}
	if err := show(a.tx, p, c); err != nil {
		return err
	}
	if err := queue(a.tx, at.Queued, p.Ordinal); err != nil {
		return err
	}
	if err := count(a.tx, p, p.State, 1); err != nil {
		return err
	}
	if err := outcome(a.tx, p, p.State, p.PublishedOn, "", p.ID); err != nil {
		return err
	}
	a.p = p
	if err := a.record(map[string]string{"ordinal": strconv.FormatInt(p.Ordinal, 10), "commit": p.commitName(),
		"content_sha256": p.ContentHash, "redaction_sha256": p.RedactionHash, "maker": p.Maker, "checker": p.Checker,
		"blocks_sha256": c.BlocksHash(), "late": late(a.today, p.LastDay())}, nil); err != nil {
		return err
	}
	return a.tellPublic(journal.Publish, map[string]string{"due_on": p.LastDay(), "late": late(a.today, p.LastDay())})
}

// commitName is the number of the decision in the agency's public count.
func (p Publication) commitName() string {
	if p.commitSeq == 0 {
		return ""
	}
	return strconv.FormatInt(p.commitYear, 10) + "-" + strconv.FormatInt(p.commitSeq, 10)
}

// late says in an event that the act came after its last day.
func late(today workday.Day, due string) string {
	if d := day(due); !d.IsZero() && today.After(d) {
		return strconv.Itoa(today.Sub(d))
	}
	return ""
}
