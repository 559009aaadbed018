package disclosure

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/disclosure/public"
	"mingjing/internal/disclosure/standing"
	"mingjing/internal/workday"
)

// Page is a part of a list. Next is the cursor of the following part, empty at the end.
type Page struct {
	Rows []Publication
	Next string
}

// pageLimit bounds a page, whatever was asked.
const pageLimit = 500

func limited(n int) int {
	if n <= 0 {
		return 50
	}
	return min(n, pageLimit)
}

// count fills in how many working days are left until the next act is due.
func (r *Room) count(tx *db.Tx, p *Publication) {
	due, today := day(p.actDue), workday.DayOf(tx.Now())
	if due.IsZero() {
		return
	}
	if due.Before(today) {
		p.Overdue = true
		p.DaysLeft = -max(1, r.calendar.WorkdaysBetween(due, today))
		return
	}
	p.DaysLeft = r.calendar.WorkdaysBetween(today, due)
}

// DueList lists what the agency must still publish or take down, the overdue first. Days are counted in working days.
func (r *Room) DueList(ctx context.Context, agency, after string, limit int) (Page, error) {
	due, id, _ := strings.Cut(after, "~")
	return r.page(ctx, limit, func(p Publication) string { return p.actDue + "~" + p.ID }, `SELECT `+columns+` FROM publication
		WHERE agency = $1 AND act_due <> '' AND (act_due > $2 OR (act_due = $2 AND id > $3)) ORDER BY act_due, id LIMIT $4`, agency, due, id)
}

// ByState lists an agency's publications in one state, newest first.
func (r *Room) ByState(ctx context.Context, agency, state, after string, limit int) (Page, error) {
	if after == "" {
		after = "~" // sorts behind every id
	}
	return r.page(ctx, limit, func(p Publication) string { return p.ID }, `SELECT `+columns+` FROM publication
		WHERE agency = $1 AND state = $2 AND id < $3 ORDER BY id DESC LIMIT $4`, agency, state, after)
}

// ByRun lists what an import brought, in the order of the file.
func (r *Room) ByRun(ctx context.Context, run, after string, limit int) (Page, error) {
	return r.page(ctx, limit, func(p Publication) string { return p.ID }, `SELECT `+columns+` FROM publication
		WHERE run = $1 AND id > $2 ORDER BY id LIMIT $3`, run, after)
}

func (r *Room) page(ctx context.Context, limit int, key func(Publication) string, query string, args ...any) (Page, error) {
	limit = limited(limit)
	var page Page
	err := r.d.Read(ctx, func(tx *db.Tx) error {
		list, err := collect(tx, query, append(args, limit+1)...)
		if err != nil {
			return err
		}
		if len(list) > limit {
			list = list[:limit]
			page.Next = key(list[limit-1])
		}
		for i := range list {
			r.count(tx, &list[i])
		}
		page.Rows = list
		return nil
	})
	return page, err
}

// Counts tells how many publications of an agency stand in each state, and how many are overdue. Imports are decisions of the
// past that wait for their check with their batch; the state 'due' does not count them.
type Counts struct {
	ByState map[string]int
	Imports int
	Overdue int
}

// Count counts an agency's publications by state, for the desk.
func (r *Room) Count(ctx context.Context, agency string) (Counts, error) {
	c := Counts{ByState: map[string]int{}}
	err := r.d.Read(ctx, func(tx *db.Tx) error {
		err := tx.Each(`SELECT state, count(*) FROM publication WHERE agency = $1 GROUP BY state LIMIT 20`, []any{agency}, func(rows *sql.Rows) error {
			var state string
			var n int
			err := rows.Scan(&state, &n)
			c.ByState[state] = n
			return err
		})
		if err != nil {
			return err
		}
		return tx.Row(`SELECT (SELECT count(*) FROM publication WHERE agency = $1 AND act_due <> '' AND act_due < $2), (SELECT count(*) FROM publication
			WHERE agency = $1 AND state = 'due' AND run <> '')`, agency, workday.DayOf(tx.Now()).String()).Scan(&c.Overdue, &c.Imports)
	})
	if err != nil {
		return c, fmt.Errorf("disclosure: count: %w", err)
	}
	c.ByState[StateDue] -= c.Imports
	return c, nil
}

// Get shows one publication with all its versions, oldest first.
func (r *Room) Get(ctx context.Context, actor access.Actor, id string) (Publication, []Version, error) {
	return r.get(ctx, actor, func(tx *db.Tx) (Publication, error) { return load(tx, id) })
}

// OfDecision shows the publication that a decision owes.
func (r *Room) OfDecision(ctx context.Context, actor access.Actor, decision string) (Publication, []Version, error) {
	return r.get(ctx, actor, func(tx *db.Tx) (Publication, error) { return byDecision(tx, decision) })
}

func (r *Room) get(ctx context.Context, actor access.Actor, find func(*db.Tx) (Publication, error)) (Publication, []Version, error) {
	var p Publication
	var versions []Version
	err := r.d.Read(ctx, func(tx *db.Tx) error {
		var err error
		if p, err = seen(actor)(find(tx)); err != nil {
			return err
		}
		r.count(tx, &p)
		if p.Outside, err = standing.Outside(tx, actor.Agency, actor.Unit, p.Unit); err != nil {
			return err
		}
		if versions, err = versionsOf(tx, p.ID); err != nil {
			return err
		}
		if n := len(versions); n > 0 {
			p.BodyText, p.Blocks = versions[n-1].Body, versions[n-1].Blocks
		}
		t, err := loadTexts(tx, p.ID)
		p.Findings = t.findings
		return err
	})
	return p, versions, err
}

func versionsOf(tx *db.Tx, id string) ([]Version, error) {
	var list []Version
	err := tx.Each(`SELECT publication, number, title, party_name, body, blocks, content_hash, redaction_hash, maker, checker, reason, published_on, at
		FROM publication_version WHERE publication = $1 ORDER BY number LIMIT 1000`, []any{id}, func(rows *sql.Rows) error {
		var v Version
		var blocks string
		if err := rows.Scan(&v.Publication, &v.Number, &v.Title, &v.PartyName, &v.Body, &blocks, &v.ContentHash, &v.RedactionHash, &v.Maker,
			&v.Checker, &v.Reason, &v.PublishedOn, &v.At); err != nil {
			return err
		}
		var err error
		v.Blocks, err = public.Blocks(blocks)
		list = append(list, v)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("disclosure: versions of %s: %w", id, err)
	}
	return list, nil
}
