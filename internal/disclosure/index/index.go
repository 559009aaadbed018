package index

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"
	"time"

	"mingjing/internal/db"
	"mingjing/internal/disclosure/public"
)

// Indexer fills the search index from the queue, after the commit and in order, so that an act never waits for it.
// One program fills an index; on PostgreSQL a second one waits for the first.
type Indexer struct {
	d    *db.DB
	wake chan struct{}
}

// New makes the indexer of a store.
func New(d *db.DB) *Indexer { return &Indexer{d: d, wake: make(chan struct{}, 1)} }

// The indexer writes a batch in a transaction of its own: small ones while people work, so that none of them waits for
// long, large ones when catching up.
const (
	runBatch     = 100
	catchUpBatch = 500
)

// Wake tells a running indexer that there is work. It never blocks.
func (x *Indexer) Wake() {
	select {
	case x.wake <- struct{}{}:
	default:
	}
}

// Run fills the index until the context ends. every is the pause after which it looks by itself.
func (x *Indexer) Run(ctx context.Context, every time.Duration) error {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		for more := true; more; {
			n, err := x.batch(ctx, runBatch)
			if ctx.Err() != nil {
				return nil
			}
			if err != nil {
				return err
			}
			more = n > 0
		}
		if err := x.merge(ctx, mergeStep); err != nil && ctx.Err() == nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		case <-x.wake:
		}
	}
}

// CatchUp empties the queue and tells how many publications it indexed.
func (x *Indexer) CatchUp(ctx context.Context) (int, error) {
	done := 0
	for {
		n, err := x.batch(ctx, catchUpBatch)
		done += n
		if err != nil {
			return done, err
		}
		if n == 0 {
			break
		}
	}
	if done < catchUpBatch {
		return done, nil
	}
	return done, x.merge(ctx, mergeMost)
}

// An index that grew in many batches lies in many parts, and each search looks into all of them. Merging goes in steps
// of some pages, each a transaction of its own; mergeStep and mergeMost say how many steps are taken at once.
const (
	mergePages = 400
	mergeParts = 2
	mergeStep  = 8
	mergeMost  = 5000
)

// merge brings the parts of a SQLite index together. PostgreSQL keeps its own in order.
func (x *Indexer) merge(ctx context.Context, steps int) error {
	if x.d.Engine() != db.SQLite {
		return nil
	}
	for step := range steps {
		parts := 0
		err := x.d.Read(ctx, func(tx *db.Tx) error {
			return tx.Row(`SELECT count(DISTINCT segid) FROM pub_search_idx`).Scan(&parts)
		})
		if err != nil || parts <= mergeParts {
			return err
		}
		pages := mergePages
		if step == 0 {
			pages = -mergePages // a negative number begins a merge of everything
		}
		err = x.d.Write(ctx, "search", func(tx *db.Tx) error {
			_, err := tx.Exec(`INSERT INTO pub_search (pub_search, rank) VALUES ('merge', $1)`, pages)
			return err
		})
		if err != nil {
			return fmt.Errorf("index: merge: %w", err)
		}
	}
	return nil
}

// Behind tells how many publications the index does not hold yet.
func (x *Indexer) Behind(ctx context.Context) (int, error) {
	n := 0
	err := x.d.Read(ctx, func(tx *db.Tx) error {
		return tx.Row(`SELECT queued - indexed FROM pub_clock WHERE name = 'public'`).Scan(&n)
	})
	return n, err
}

func (x *Indexer) batch(ctx context.Context, limit int) (int, error) {
	waiting := 0
	err := x.d.Read(ctx, func(tx *db.Tx) error {
		return tx.Row(`SELECT count(*) FROM (SELECT seq FROM search_queue LIMIT 1) q`).Scan(&waiting)
	})
	if err != nil || waiting == 0 {
		return 0, err
	}
	done := 0
	err = x.d.Write(ctx, "search", func(tx *db.Tx) error {
		done = 0
		return fillIndex(tx, limit, &done)
	})
	if err != nil {
		return 0, fmt.Errorf("index: %w", err)
	}
	return done, nil
}

type queued struct {
	ordinal, seq int64
	document     string
}

// fillIndex takes the clock's row first: a withdrawal that runs at the same time waits, or has happened before, so that
// no withdrawn text enters the index behind its back.
func fillIndex(tx *db.Tx, limit int, done *int) error {
	if _, err := tx.Exec(`UPDATE pub_clock SET indexed = indexed WHERE name = 'public'`); err != nil {
		return err
	}
	list, last, err := nextQueued(tx, limit)
	if err != nil || last == 0 {
		return err
	}
	put, drop := putIndexed(tx.Engine()), dropStatement(tx.Engine())
	for _, q := range list {
		if _, err := tx.Exec(drop, q.ordinal); err != nil {
			return err
		}
		if tx.Engine() == db.SQLite {
			_, err = tx.Exec(put, q.ordinal, q.document)
		} else {
			grams := db.Grams(q.document, false)
			_, err = tx.Exec(put, q.ordinal, vector(grams), " "+strings.Join(grams, " ")+" ")
		}
		if err != nil {
			return fmt.Errorf("ordinal %d: %w", q.ordinal, err)
		}
	}
	n, err := tx.Exec(`DELETE FROM search_queue WHERE seq <= $1`, last)
	if err != nil {
		return err
	}
	*done = int(n)
	_, err = tx.Exec(`UPDATE pub_clock SET indexed = indexed + $1, version = version + 1 WHERE name = 'public'`, n)
	return err
}

// nextQueued reads what waits, in order. A publication that is no longer shown has no body and is passed over.
func nextQueued(tx *db.Tx, limit int) (list []queued, last int64, err error) {
	err = tx.Each(`SELECT q.seq, q.ordinal, p.title, p.number, p.agency, p.agency_name, p.class, p.item, p.item_name, p.year, p.party_name, p.result,
		p.basis, p.decided_on, p.state, b.body FROM search_queue q LEFT JOIN pub_body b ON b.ordinal = q.ordinal
		LEFT JOIN pub_publication p ON p.ordinal = q.ordinal ORDER BY q.seq LIMIT $1`, []any{limit}, func(rows *sql.Rows) error {
		var q queued
		var r public.Row
		var body sql.NullString
		if err := rows.Scan(&q.seq, &q.ordinal, &r.Title, &r.Number, &r.Agency, &r.AgencyName, &r.Class, &r.Item, &r.ItemName, &r.Year, &r.PartyName,
			&r.Result, &r.Basis, &r.DecidedOn, &r.State, &body); err != nil {
			return err
		}
		last = q.seq
		if body.Valid {
			q.document = public.SearchDocument(r, body.String)
			list = append(list, q)
		}
		return nil
	})
	return list, last, err
}

func putIndexed(e db.Engine) string {
	if e == db.SQLite {
		return `INSERT INTO pub_search (rowid, text) VALUES ($1, $2)`
	}
	return `INSERT INTO pub_search (ordinal, terms, grams) VALUES ($1, CAST($2 AS tsvector), $3)`
}

func dropStatement(e db.Engine) string {
	if e == db.SQLite {
		return `DELETE FROM pub_search WHERE rowid = $1`
	}
	return `DELETE FROM pub_search WHERE ordinal = $1`
}

// Drop takes a publication out of the index at once, in the transaction of the act that ends it.
func Drop(tx *db.Tx, ordinal int64) error {
	if _, err := tx.Exec(dropStatement(tx.Engine()), ordinal); err != nil {
		return fmt.Errorf("index: drop %d: %w", ordinal, err)
	}
	return nil
}

// lexemeLimit is how many bytes PostgreSQL takes for one word; a longer one is left out, and no query is that long.
const lexemeLimit = 2000

// vector writes the distinct tokens as a tsvector. Tokens are letters and digits only; each is quoted all the same.
func vector(grams []string) string {
	seen := make(map[string]bool, len(grams))
	var b strings.Builder
	size := 0
	for _, g := range grams {
		if seen[g] || len(g) > lexemeLimit || size > 900_000 {
			continue
		}
		seen[g] = true
		size += len(g) + 8
		b.WriteString("'" + strings.ReplaceAll(strings.ReplaceAll(g, `\`, `\\`), `'`, `''`) + "' ")
	}
	return b.String()
}

// Lag says in Chinese how far the index is behind; empty when it holds everything.
func Lag(behind int) string {
	if behind <= 0 {
		return ""
	}
	return "检索索引还有" + strconv.Itoa(behind) + "条正在更新"
}
