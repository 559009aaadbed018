package oversight

import (
	"database/sql"
	"strconv"

	"mingjing/internal/workday"
)

// measure is a part that one query counts. owed and met are conditions over from; their columns are never null.
type measure struct {
	what      string
	kind      string // of the records that are missed, for the link to them
	from      string
	owed, met string
	key       string // column of the record's id
	title     string
	order     string
	why       string // in Chinese; or because, an expression that says it of each record
	because   string
	args      []any
}

// count runs a measure: two counts, and a sample of what is missed.
func (b *bench) count(m measure) (Part, error) {
	p := Part{What: m.what}
	err := b.tx.Row(`SELECT count(*) FILTER (WHERE `+m.met+`), count(*) FROM `+m.from+` WHERE `+m.owed, m.args...).Scan(&p.Met, &p.Of)
	if err != nil || p.Met == p.Of {
		return p, err
	}
	because := "''"
	if m.because != "" {
		because = m.because
	}
	err = b.tx.Each(`SELECT `+m.key+`, `+m.title+`, `+because+` FROM `+m.from+` WHERE `+m.owed+` AND NOT (`+m.met+`) ORDER BY `+m.order+` LIMIT `+strconv.Itoa(sampleLimit),
		m.args, func(rows *sql.Rows) error {
			c := Case{Kind: m.kind}
			err := rows.Scan(&c.ID, &c.Title, &c.Why)
			if c.Why == "" {
				c.Why = m.why
			}
			p.Missed = append(p.Missed, c)
			return err
		})
	return p, err
}

// counts runs several measures.
func (b *bench) counts(list ...measure) ([]Part, error) {
	parts := make([]Part, 0, len(list))
	for _, m := range list {
		p, err := b.count(m)
		if err != nil {
			return nil, err
		}
		parts = append(parts, p)
	}
	return parts, nil
}

// pageSize is how many rows are read at a time where all are looked at.
const pageSize = 500

// pages reads a whole list by its key. $1 of the query is the last key seen and its first column the key; it has no LIMIT.
func (b *bench) pages(query string, args []any, scan func(rows *sql.Rows) (key string, err error)) error {
	for after := ""; ; {
		n := 0
		err := b.tx.Each(query+` LIMIT `+strconv.Itoa(pageSize), append([]any{after}, args...), func(rows *sql.Rows) error {
			key, err := scan(rows)
			after = key
			n++
			return err
		})
		if err != nil || n < pageSize {
			return err
		}
	}
}

// yearAgo is the first day of the year that ends today.
func (b *bench) yearAgo() workday.Day { return b.today.AddDays(-365) }
