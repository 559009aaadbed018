package fault

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"

	"mingjing/internal/blob"
	"mingjing/internal/db"
	"mingjing/internal/ledger"
)

// found is everything that an audit reads of a store: the text of each thing by its id, kind by kind, and of which things
// the ledger speaks.
type found struct {
	rows, events map[string]map[string]string
	doubled      []string
}

// Audit asks a store after a crash: the history that was signed is there, the ledger is sound, every acknowledged deed is
// there with its event, and nothing is half there. It gives the number of events.
func (s *Scene) Audit(ctx context.Context, acknowledged []Deed) (events int64, err error) {
	if err := errors.Join(s.D.Short(), s.Log.CheckHistory(ctx)); err != nil {
		return 0, fmt.Errorf("history: %w", err)
	}
	agency := s.World.Agency.Code
	var options ledger.VerifyOptions
	if known, err := os.ReadFile(ledger.LastCheckpointPath(s.Dir, agency)); err == nil {
		options.Known = string(known)
	}
	report, err := ledger.Verify(ctx, s.D, agency, s.Key.Verifier(agency), options)
	if err != nil {
		return 0, err
	}
	if !report.Sound() {
		return 0, fmt.Errorf("the ledger is not sound: %+v", report.Problems)
	}
	f, err := s.read(ctx)
	if err != nil {
		return 0, err
	}
	return report.Events, errors.Join(f.whole(), f.hold(acknowledged), s.bytes(f))
}

// tables are where each kind of deed has its row.
var tables = map[string]string{
	Officer:  `SELECT id, name FROM officer`,
	Account:  `SELECT a.id, a.login FROM account a WHERE EXISTS (SELECT 1 FROM account_role r WHERE r.account = a.id)`,
	Lead:     `SELECT c.id, d.body FROM case_file c JOIN document d ON d.case_id = c.id AND d.kind = '案源登记表'`,
	Evidence: `SELECT id, digest FROM attachment`,
}

func (s *Scene) read(ctx context.Context) (found, error) {
	f := found{rows: map[string]map[string]string{}, events: map[string]map[string]string{}}
	for _, kind := range Kinds() {
		f.rows[kind], f.events[kind] = map[string]string{}, map[string]string{}
	}
	err := s.D.Read(ctx, func(tx *db.Tx) error {
		for kind, query := range tables {
			if err := tx.Each(query, nil, func(rows *sql.Rows) error {
				var id, text string
				err := rows.Scan(&id, &text)
				f.rows[kind][id] = text
				return err
			}); err != nil {
				return err
			}
		}
		return s.events(tx, &f)
	})
	return f, err
}

func (s *Scene) events(tx *db.Tx, f *found) error {
	roles := map[string]bool{}
	for last := int64(-1); ; {
		page, err := ledger.After(tx, s.World.Agency.Code, last, 1000)
		if err != nil || len(page) == 0 {
			return errors.Join(err, f.roles(roles))
		}
		for _, e := range page {
			last = e.Seq
			kind, id := "", e.Subject
			switch e.Kind {
			case "officer.added":
				kind = Officer
			case "account.created":
				kind = Account
			case "account.role_granted":
				roles[id] = true
			case "case.lead_recorded":
				kind = Lead
			case "document.attached":
				kind, id = Evidence, e.Ref["attachment"]
			}
			if kind == "" {
				continue
			}
			if _, twice := f.events[kind][id]; twice {
				f.doubled = append(f.doubled, kind+" "+id)
			}
			f.events[kind][id] = e.Ref["sha256"]
		}
	}
}

// roles says which account was created without the event of its role, which belongs to the same act.
func (f *found) roles(granted map[string]bool) error {
	for id := range f.events[Account] {
		if !granted[id] {
			return fmt.Errorf("account %s has no event of its role", id)
		}
	}
	return nil
}

// whole says what is half there.
func (f *found) whole() error {
	var wrong []error
	for _, kind := range Kinds() {
		for id := range f.rows[kind] {
			if _, ok := f.events[kind][id]; !ok {
				wrong = append(wrong, fmt.Errorf("%s %s has a row and no event", kind, id))
			}
		}
		for id, digest := range f.events[kind] {
			text, ok := f.rows[kind][id]
			if !ok {
				wrong = append(wrong, fmt.Errorf("%s %s has an event and no row", kind, id))
			}
			if kind == Evidence && text != digest {
				wrong = append(wrong, fmt.Errorf("evidence %s has two digests", id))
			}
		}
	}
	for _, twice := range f.doubled {
		wrong = append(wrong, fmt.Errorf("%s has two events", twice))
	}
	return errors.Join(wrong...)
}

// Lost is an acknowledged act that is not there.
type Lost struct{ Deed Deed }

// Error names the act.
func (l Lost) Error() string { return "acknowledged and lost: " + l.Deed.String() }

// hold says which acknowledged deed is not there, or says something else.
func (f *found) hold(acknowledged []Deed) error {
	var wrong []error
	for _, d := range acknowledged {
		text, ok := f.rows[d.Kind][d.ID]
		switch {
		case !ok:
			wrong = append(wrong, Lost{d})
		case (d.Kind == Officer || d.Kind == Account) && text != d.Text:
			wrong = append(wrong, fmt.Errorf("%s has become %q", d, text))
		}
	}
	return errors.Join(wrong...)
}

// bytes reads every piece of evidence that a row names.
func (s *Scene) bytes(f found) error {
	for id, digest := range f.rows[Evidence] {
		d, err := blob.ParseDigest(digest)
		if err != nil {
			return fmt.Errorf("evidence %s: %w", id, err)
		}
		r, err := s.Blobs.Open(d)
		if err != nil {
			return fmt.Errorf("evidence %s: %w", id, err)
		}
		_, err = io.Copy(io.Discard, r)
		if err := errors.Join(err, r.Close()); err != nil {
			return fmt.Errorf("evidence %s: %w", id, err)
		}
	}
	return nil
}
