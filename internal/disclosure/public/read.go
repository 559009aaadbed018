package public

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"mingjing/internal/db"
	"mingjing/internal/workday"
)

// ErrNotFound says that nothing public has this id.
var ErrNotFound = errors.New("public: no such publication")

const rowColumns = `p.ordinal, p.id, p.title, p.number, p.agency, p.agency_name, p.class, p.item, p.item_name, p.year, p.party_name, p.party_kind,
	p.result, p.basis, p.decided_on, p.published_on, p.state, p.source`

func (r *Row) fields() []any {
	return []any{&r.Ordinal, &r.ID, &r.Title, &r.Number, &r.Agency, &r.AgencyName, &r.Class, &r.Item, &r.ItemName, &r.Year, &r.PartyName,
		&r.PartyKind, &r.Result, &r.Basis, &r.DecidedOn, &r.PublishedOn, &r.State, &r.Source}
}

// pageLimit bounds a page, whatever was asked.
const pageLimit = 200

func limited(n int) int {
	if n <= 0 {
		return 20
	}
	return min(n, pageLimit)
}

// conditions writes a filter as SQL over pub_publication p. Every value is a parameter.
type conditions struct {
	where []string
	args  []any
}

func (c *conditions) add(text string, value any) {
	c.args = append(c.args, value)
	c.where = append(c.where, strings.Replace(text, "?", "$"+strconv.Itoa(len(c.args)), 1))
}

func (c *conditions) filter(f Filter) {
	if f.Agency != "" {
		c.add("p.agency = ?", f.Agency)
	}
	if f.Class != "" {
		c.add("p.class = ?", f.Class)
	}
	if f.Item != "" {
		c.add("p.item = ?", f.Item)
		c.where = append(c.where, "p.item <> ''")
	}
	if f.Year != 0 {
		c.add("p.year = ?", f.Year)
	}
	if f.State != "" {
		c.add("p.state = ?", f.State)
		if f.State != Published {
			c.where = append(c.where, "p.state <> 'published'")
		}
	}
}

func (c *conditions) sql() string {
	if len(c.where) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(c.where, " AND ")
}

// before reads a cursor; what is no cursor begins at the newest.
func before(cursor string) (int64, bool) {
	n, err := strconv.ParseInt(cursor, 10, 64)
	if err != nil || n < 1 {
		return 0, false
	}
	return n, true
}

// Latest lists publications, newest first, tombstones among them unless the filter asks for a state. The count comes
// from the kept counts and is exact.
func (r *Reader) Latest(ctx context.Context, f Filter, cursor string, limit int) (Page, error) {
	limit = limited(limit)
	var page Page
	err := r.d.Read(ctx, func(tx *db.Tx) error {
		var c conditions
		c.filter(f)
		if n, ok := before(cursor); ok {
			c.add("p.ordinal < ?", n)
		}
		rows, err := listRows(tx, `SELECT `+rowColumns+` FROM pub_publication p`+c.sql()+` ORDER BY p.ordinal DESC LIMIT `+strconv.Itoa(limit+1), c.args)
		if err != nil {
			return err
		}
		if len(rows) > limit {
			rows = rows[:limit]
			page.Next = strconv.FormatInt(rows[limit-1].Ordinal, 10)
		}
		page.Rows = rows
		page.Count, err = counted(tx, f)
		return err
	})
	return page, err
}

func listRows(tx *db.Tx, query string, args []any) ([]Row, error) {
	var list []Row
	err := tx.Each(query, args, func(rows *sql.Rows) error {
		var row Row
		err := rows.Scan(row.fields()...)
		list = append(list, row)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("public: list: %w", err)
	}
	return list, nil
}

// counted sums the kept counts that fit a filter.
func counted(tx *db.Tx, f Filter) (int, error) {
	var c conditions
	c.filter(f)
	n := 0
	err := tx.Row(`SELECT coalesce(sum(p.n), 0) FROM pub_count p`+c.sql(), c.args...).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("public: count: %w", err)
	}
	return n, nil
}

// Get shows one publication, or its tombstone. ErrNotFound where nothing of that id was ever public.
func (r *Reader) Get(ctx context.Context, id string) (Publication, error) {
	return r.one(ctx, `p.id = $1`, id)
}

// ByNumber shows the newest publication with this 文号.
func (r *Reader) ByNumber(ctx context.Context, number string) (Publication, error) {
	return r.one(ctx, `p.number = $1`, number)
}

func (r *Reader) one(ctx context.Context, condition string, key string) (Publication, error) {
	var p Publication
	var body, blocks sql.NullString
	var today string
	err := r.d.Read(ctx, func(tx *db.Tx) error {
		today = workday.DayOf(tx.Now()).String()
		return tx.Row(`SELECT `+rowColumns+`, p.announced, p.effective_on, p.period_until, p.version, p.corrected_on, p.correct_reason, p.withdrawn_on,
			p.ground, p.ground_document, p.reason, p.replaced_by, p.content_hash, p.no_index, p.updated_at,
			COALESCE((SELECT c.extended_to FROM pub_commit c WHERE c.publication = p.id AND c.extended_to <> ''), p.due_on), p.log, p.seq, b.body, b.blocks
			FROM pub_publication p LEFT JOIN pub_body b ON b.ordinal = p.ordinal WHERE `+condition+` ORDER BY p.ordinal DESC LIMIT 1`, key).
			Scan(append(p.Row.fields(), &p.Announced, &p.EffectiveOn, &p.PeriodUntil, &p.Version, &p.CorrectedOn, &p.CorrectReason, &p.WithdrawnOn,
				&p.Ground, &p.GroundDocument, &p.Reason, &p.ReplacedBy, &p.ContentHash, &p.NoIndex, &p.UpdatedAt, &p.DueOn, &p.Log, &p.Seq, &body, &blocks)...)
	})
	if db.IsMissing(err) {
		return p, ErrNotFound
	}
	if err != nil {
		return p, fmt.Errorf("public: get %s: %w", key, err)
	}
	// The end of an announcement comes by itself, so no act takes the mark away.
	p.Announced = p.Announced && (p.EffectiveOn == "" || p.EffectiveOn > today)
	p.Body = body.String
	p.Blocks, err = Blocks(blocks.String)
	return p, err
}

// Blocks reads stored blocks; the empty text has none.
func Blocks(text string) ([]Block, error) {
	if text == "" {
		return nil, nil
	}
	var list []Block
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		return nil, fmt.Errorf("public: blocks: %w", err)
	}
	return list, nil
}

// Version is the version of everything that the public reads; it rises with each change and may serve as an ETag.
func (r *Reader) Version(ctx context.Context) (int64, error) {
	var n int64
	err := r.d.Read(ctx, func(tx *db.Tx) error { return tx.Row(`SELECT version FROM pub_clock WHERE name = 'public'`).Scan(&n) })
	if err != nil {
		return 0, fmt.Errorf("public: version: %w", err)
	}
	return n, nil
}

// FeedLatest lists the newest publications with their bodies, tombstones among them, for a feed.
func (r *Reader) FeedLatest(ctx context.Context, f Filter, limit int) ([]Publication, error) {
	var list []Publication
	err := r.d.Read(ctx, func(tx *db.Tx) error {
		var c conditions
		c.filter(f)
		return tx.Each(`SELECT `+rowColumns+`, p.withdrawn_on, p.ground, p.reason, p.no_index, p.updated_at, b.body FROM pub_publication p
			LEFT JOIN pub_body b ON b.ordinal = p.ordinal`+c.sql()+` ORDER BY p.ordinal DESC LIMIT `+strconv.Itoa(limited(limit)), c.args, func(rows *sql.Rows) error {
			var p Publication
			var body sql.NullString
			err := rows.Scan(append(p.Row.fields(), &p.WithdrawnOn, &p.Ground, &p.Reason, &p.NoIndex, &p.UpdatedAt, &body)...)
			p.Body = body.String
			list = append(list, p)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("public: feed: %w", err)
	}
	return list, nil
}

// SitemapSize is how many publications a page of the sitemap covers at most.
const SitemapSize = 10_000

// SitemapEntry is one address that search engines may take.
type SitemapEntry struct {
	ID      string
	Changed string // instant, UTC
}

// SitemapPages tells how many pages the sitemap has.
func (r *Reader) SitemapPages(ctx context.Context) (int, error) {
	var last int64
	err := r.d.Read(ctx, func(tx *db.Tx) error {
		return tx.Row(`SELECT coalesce(max(ordinal), 0) FROM pub_publication`).Scan(&last)
	})
	if err != nil {
		return 0, fmt.Errorf("public: sitemap: %w", err)
	}
	return int((last + SitemapSize - 1) / SitemapSize), nil
}

// SitemapPage lists page n, counted from zero. Natural persons, tombstones and what is over its period are left out
// (PU-08).
func (r *Reader) SitemapPage(ctx context.Context, n int) ([]SitemapEntry, error) {
	var list []SitemapEntry
	if n < 0 || n > 1_000_000 {
		return nil, nil
	}
	err := r.d.Read(ctx, func(tx *db.Tx) error {
		return tx.Each(`SELECT id, updated_at FROM pub_publication WHERE ordinal > $1 AND ordinal <= $2 AND NOT no_index
			AND state IN ('published', 'corrected') ORDER BY ordinal LIMIT 10000`, []any{int64(n) * SitemapSize, int64(n+1) * SitemapSize}, func(rows *sql.Rows) error {
			var e SitemapEntry
			err := rows.Scan(&e.ID, &e.Changed)
			list = append(list, e)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("public: sitemap: %w", err)
	}
	return list, nil
}
