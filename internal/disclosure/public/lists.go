package public

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"mingjing/internal/db"
	"mingjing/internal/workday"
)

// Facets are the choices within a filter: each list shows what the other fields of the filter leave, so that a choice
// already made can be changed. The counts are kept with every act.
func (r *Reader) Facets(ctx context.Context, f Filter) (Facets, error) {
	var out Facets
	err := r.d.Read(ctx, func(tx *db.Tx) error {
		without := [5]Filter{f, f, f, f, f}
		without[0].Agency, without[1].Class, without[2].Item, without[3].Year, without[4].State = "", "", "", 0, ""
		for i, part := range []struct {
			into  *[]Facet
			value string
			name  string
			order string
		}{
			{&out.Agencies, "p.agency", "max(p.agency_name)", "4 DESC, 1"},
			{&out.Classes, "p.class", "p.class", "4 DESC, 1"},
			{&out.Items, "p.item", "max(p.item_name)", "4 DESC, 1"},
			{&out.Years, "p.year", "CAST(p.year AS TEXT)", "1 DESC"},
			{&out.States, "p.state", "p.state", "4 DESC, 1"},
		} {
			var err error
			if *part.into, err = facet(tx, part.value, part.name, part.order, without[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return out, fmt.Errorf("public: facets: %w", err)
	}
	for i := range out.States {
		out.States[i].Name = StateName(out.States[i].Value)
	}
	return out, nil
}

func facet(tx *db.Tx, value, name, order string, f Filter) ([]Facet, error) {
	var c conditions
	c.filter(f)
	var list []Facet
	err := tx.Each(`SELECT `+value+`, CAST(`+value+` AS TEXT), `+name+`, sum(p.n) FROM pub_count p`+c.sql()+` GROUP BY `+value+
		` HAVING sum(p.n) > 0 ORDER BY `+order+` LIMIT 200`, c.args, func(rows *sql.Rows) error {
		var x Facet
		var sorted any
		if err := rows.Scan(&sorted, &x.Value, &x.Name, &x.Count); err != nil {
			return err
		}
		if x.Value != "" && x.Value != "0" {
			list = append(list, x)
		}
		return nil
	})
	return list, err
}

// Stats are the counts of the front page, of one agency or, with an empty one, of all. today decides what is overdue.
func (r *Reader) Stats(ctx context.Context, agency string, today workday.Day) (Stats, error) {
	var s Stats
	err := r.d.Read(ctx, func(tx *db.Tx) error {
		err := tx.Each(`SELECT state, year, sum(n) FROM pub_count WHERE $1 = '' OR agency = $1 GROUP BY state, year LIMIT 1000`, []any{agency}, func(rows *sql.Rows) error {
			var state string
			var year, n int
			if err := rows.Scan(&state, &year, &n); err != nil {
				return err
			}
			s.add(state, year == today.Year(), n)
			return nil
		})
		if err != nil {
			return err
		}
		if err := tx.Row(`SELECT queued - indexed FROM pub_clock WHERE name = 'public'`).Scan(&s.Behind); err != nil {
			return err
		}
		if err := tx.Row(`SELECT count(*) FILTER (WHERE `+lastDay+` >= $2), count(*) FILTER (WHERE `+lastDay+` < $2) FROM pub_commit
			WHERE outcome = '' AND ($1 = '' OR agency = $1)`, agency, today.String()).Scan(&s.Waiting, &s.Overdue); err != nil {
			return err
		}
		return tx.Row(`SELECT count(*) FROM pub_commit WHERE outcome = 'withheld' AND ($1 = '' OR agency = $1)`, agency).Scan(&s.Withheld)
	})
	if err != nil {
		return s, fmt.Errorf("public: stats: %w", err)
	}
	return s, nil
}

func (s *Stats) add(state string, thisYear bool, n int) {
	switch state {
	case Published, Corrected:
		s.Published += n
		if thisYear {
			s.ThisYear += n
		}
	case Withdrawn:
		s.Withdrawn += n
	case Expired:
		s.Expired += n
	}
}

// Commitment is the blinded entry of one decision: how outsiders count what is not yet public.
type Commitment struct {
	Agency       string
	Year         int
	Seq          int64
	Class        string
	DecidedOn    string
	DueOn        string
	Commitment   string // HMAC-SHA256 of the decision's hash under a salt
	Outcome      string // empty while due; published, withheld, withdrawn, expired
	OutcomeOn    string
	Ground       string // of a withholding or withdrawal
	Publication  string // id, once public
	ExtendedTo   string // the last day as it was extended to; empty where it was not
	ExtendGround string
}

// LastDay is the last day for publishing as it stands.
func (c Commitment) LastDay() string { return max(c.DueOn, c.ExtendedTo) }

// lastDay is the same in SQL.
const lastDay = `CASE WHEN extended_to > due_on THEN extended_to ELSE due_on END`

// Commitments lists an agency's decisions of a year by their numbers, after one of them.
func (r *Reader) Commitments(ctx context.Context, agency string, year int, after int64, limit int) ([]Commitment, error) {
	var list []Commitment
	err := r.d.Read(ctx, func(tx *db.Tx) error {
		return tx.Each(`SELECT agency, year, seq, class, decided_on, due_on, commitment, outcome, outcome_on, ground, publication, extended_to, extend_ground FROM pub_commit
			WHERE agency = $1 AND year = $2 AND seq > $3 ORDER BY seq LIMIT $4`, []any{agency, year, after, limited(limit)}, func(rows *sql.Rows) error {
			var c Commitment
			err := rows.Scan(&c.Agency, &c.Year, &c.Seq, &c.Class, &c.DecidedOn, &c.DueOn, &c.Commitment, &c.Outcome, &c.OutcomeOn, &c.Ground, &c.Publication, &c.ExtendedTo, &c.ExtendGround)
			list = append(list, c)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("public: commitments: %w", err)
	}
	return list, nil
}

// listLimit bounds a published list.
const listLimit = 5000

// List reads a published list of one agency, or of all with an empty one, in the order in which it was published.
func (r *Reader) List(ctx context.Context, agency, kind string) ([]Entry, error) {
	var list []Entry
	err := r.d.Read(ctx, func(tx *db.Tx) error {
		return tx.Each(`SELECT agency, key, json, version, published FROM pub_snapshot WHERE kind = $1 AND ($2 = '' OR agency = $2)
			ORDER BY agency, place, key LIMIT $3`, []any{kind, agency, listLimit}, func(rows *sql.Rows) error {
			var e Entry
			var text string
			err := rows.Scan(&e.Agency, &e.Key, &text, &e.Version, &e.Published)
			e.JSON = json.RawMessage(text)
			list = append(list, e)
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("public: list %s: %w", kind, err)
	}
	return list, nil
}

// Changes lists the versions of a published list, newest first, each with its difference to the one before.
func (r *Reader) Changes(ctx context.Context, agency, kind string, limit int) ([]Change, error) {
	var list []Change
	err := r.d.Read(ctx, func(tx *db.Tx) error {
		return tx.Each(`SELECT agency, kind, version, published, added, removed, changed FROM pub_snapshot_change
			WHERE agency = $1 AND kind = $2 ORDER BY version DESC LIMIT $3`, []any{agency, kind, limited(limit)}, func(rows *sql.Rows) error {
			var c Change
			var texts [3]string
			if err := rows.Scan(&c.Agency, &c.Kind, &c.Version, &c.Published, &texts[0], &texts[1], &texts[2]); err != nil {
				return err
			}
			for i, into := range []*[]string{&c.Added, &c.Removed, &c.Changed} {
				if texts[i] != "" {
					if err := json.Unmarshal([]byte(texts[i]), into); err != nil {
						return err
					}
				}
			}
			list = append(list, c)
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("public: changes of %s: %w", kind, err)
	}
	return list, nil
}

// typed decodes a published list into its rows.
func typed[T any](entries []Entry, err error) ([]T, error) {
	if err != nil {
		return nil, err
	}
	list := make([]T, 0, len(entries))
	for _, e := range entries {
		var row T
		if err := json.Unmarshal(e.JSON, &row); err != nil {
			return nil, fmt.Errorf("public: list row %s: %w", e.Key, err)
		}
		list = append(list, row)
	}
	return list, nil
}

// Items lists the published enforcement items.
func (r *Reader) Items(ctx context.Context, agency string) ([]Item, error) {
	return typed[Item](r.List(ctx, agency, KindItem))
}

// Duties lists the published duties with what is measured.
func (r *Reader) Duties(ctx context.Context, agency string) ([]Duty, error) {
	return typed[Duty](r.List(ctx, agency, KindDuty))
}

// Integrity lists what was last recomputed of an agency's record.
func (r *Reader) Integrity(ctx context.Context, agency string) ([]Check, error) {
	return typed[Check](r.List(ctx, agency, KindIntegrity))
}

// Rules lists the texts of the agency's own rules, the versions of one text together, newest first.
func (r *Reader) Rules(ctx context.Context, agency string) ([]Rule, error) {
	return typed[Rule](r.List(ctx, agency, KindRule))
}

// Params lists the numbers that were laid down below the State, those that come into force later among them.
func (r *Reader) Params(ctx context.Context, agency string) ([]Param, error) {
	return typed[Param](r.List(ctx, agency, KindParam))
}

// Officers lists the published roster.
func (r *Reader) Officers(ctx context.Context, agency string) ([]Officer, error) {
	return typed[Officer](r.List(ctx, agency, KindOfficer))
}

// Agencies lists the published agencies.
func (r *Reader) Agencies(ctx context.Context) ([]Agency, error) {
	return typed[Agency](r.List(ctx, "", KindAgency))
}

// Item shows one published item; ErrNotFound where there is none.
func (r *Reader) Item(ctx context.Context, agency, code string) (Item, error) {
	var item Item
	var text string
	err := r.d.Read(ctx, func(tx *db.Tx) error {
		return tx.Row(`SELECT json FROM pub_snapshot WHERE kind = $1 AND key = $2 AND ($3 = '' OR agency = $3) ORDER BY agency LIMIT 1`, KindItem, code, agency).Scan(&text)
	})
	if db.IsMissing(err) {
		return item, ErrNotFound
	}
	if err == nil {
		err = json.Unmarshal([]byte(text), &item)
	}
	if err != nil {
		return item, fmt.Errorf("public: item %s: %w", code, err)
	}
	return item, nil
}
