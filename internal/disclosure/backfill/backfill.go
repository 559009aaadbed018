package backfill

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"strconv"

	"mingjing/internal/db"
	"mingjing/internal/disclosure/journal"
	"mingjing/internal/ledger"
	"mingjing/internal/workday"
)

// Done is how much of what was from before the public log now stands in it.
type Done struct{ Decisions, Texts int }

// batch bounds what one transaction enters.
const batch = 200

// row is what of a publication stands in the log.
type row struct {
	id, agency, class, decidedOn, dueOn, lastDay, state, publishedOn, periodUntil          string
	ground, document, reason, fallenOn, withdrawnOn, withdrawDue, replacedBy, commit, hash string
	ordinal                                                                                int64
}

const columns = `p.id, p.agency, p.class, p.decided_on, p.due_on, COALESCE((SELECT MAX(x.due_on) FROM publication_extension x WHERE x.publication = p.id), p.due_on),
	p.state, p.published_on, p.period_until, p.ground, p.ground_document, p.reason, p.fallen_on, p.withdrawn_on, p.withdraw_due, p.replaced_by,
	CASE WHEN p.commit_seq = 0 THEN '' ELSE CAST(p.commit_year AS TEXT) || '-' || CAST(p.commit_seq AS TEXT) END, p.ordinal,
	COALESCE((SELECT c.commitment FROM pub_commit c WHERE c.agency = p.agency AND c.year = p.commit_year AND c.seq = p.commit_seq), '')`

// decisions and texts are what the log has no COMMIT and no PUBLISH of. Agency and kind are written as expressions, so that no
// engine takes the index of kinds, by which it would read all entries of a kind for each publication.
const (
	decisions = `SELECT ` + columns + ` FROM publication p WHERE p.agency = $1 AND p.source = 'case' AND p.commit_seq > 0
		AND NOT EXISTS (SELECT 1 FROM event e WHERE e.subject_kind = 'decision' AND e.subject = CAST(p.commit_year AS TEXT) || '-' || CAST(p.commit_seq AS TEXT)
		AND e.agency || '' = $2 AND e.kind || '' = 'COMMIT') ORDER BY p.commit_year, p.commit_seq LIMIT $3`
	texts = `SELECT ` + columns + ` FROM publication p WHERE p.agency = $1 AND p.published_on <> ''
		AND NOT EXISTS (SELECT 1 FROM event e WHERE e.subject_kind = 'publication' AND e.subject = p.id
		AND e.agency || '' = $2 AND e.kind || '' = 'PUBLISH') ORDER BY p.ordinal LIMIT $3`
)

// Enter enters what is missing: a COMMIT for every decision that was counted, and what became of it. Where nothing is missing it
// writes nothing.
func Enter(ctx context.Context, d *db.DB, agency string, by ledger.Actor) (Done, error) {
	var done Done
	for _, step := range []struct {
		list  string
		enter func(tx *db.Tx, r row) error
		count *int
	}{{decisions, decision, &done.Decisions}, {texts, text, &done.Texts}} {
		for {
			n := 0
			lacks, err := lacking(ctx, d, agency, step.list)
			if err == nil && lacks {
				err = d.Write(ctx, agency, func(tx *db.Tx) (err error) {
					n, err = some(tx, agency, by, step.list, step.enter)
					return err
				})
			}
			if err != nil {
				return done, fmt.Errorf("disclosure: backfill: %w", err)
			}
			if n == 0 {
				break
			}
			*step.count += n
		}
	}
	return done, nil
}

// lacking tells beside the writer whether anything is missing, as it is nearly never: every start asks, and commands do not wait.
func lacking(ctx context.Context, d *db.DB, agency, query string) (yes bool, err error) {
	err = d.Read(ctx, func(tx *db.Tx) error {
		return tx.Each(query, []any{agency, journal.Log(agency), 1}, func(*sql.Rows) error {
			yes = true
			return nil
		})
	})
	return yes, err
}

// some enters one batch and says so in the inner record.
func some(tx *db.Tx, agency string, by ledger.Actor, query string, enter func(*db.Tx, row) error) (int, error) {
	var list []row
	err := tx.Each(query, []any{agency, journal.Log(agency), batch}, func(rows *sql.Rows) error {
		var r row
		err := rows.Scan(&r.id, &r.agency, &r.class, &r.decidedOn, &r.dueOn, &r.lastDay, &r.state, &r.publishedOn, &r.periodUntil, &r.ground, &r.document, &r.reason,
			&r.fallenOn, &r.withdrawnOn, &r.withdrawDue, &r.replacedBy, &r.commit, &r.ordinal, &r.hash)
		list = append(list, r)
		return err
	})
	if err != nil || len(list) == 0 {
		return 0, err
	}
	for _, r := range list {
		if err := enter(tx, r); err != nil {
			return 0, fmt.Errorf("%s: %w", r.id, err)
		}
	}
	if _, err := journal.Tick(tx, 0, 0); err != nil {
		return 0, err
	}
	_, err = ledger.Append(tx, ledger.Event{Agency: agency, Kind: "disclosure.backfilled", SubjectKind: "agency", Subject: agency, Actor: by,
		Ref: map[string]string{"entries": strconv.Itoa(len(list)), "first": list[0].id, "last": list[len(list)-1].id}})
	return len(list), err
}

// tell writes an entry with the mark.
func (r row) tell(tx *db.Tx, kind journal.Kind, subjectKind, subject string, says map[string]string) (int64, error) {
	all := map[string]string{"backfilled_on": workday.DayOf(tx.Now()).String()}
	maps.Copy(all, says)
	return journal.Write(tx, journal.Entry{Agency: r.agency, Kind: kind, SubjectKind: subjectKind, Subject: subject, Says: all})
}

// decision enters a decision as it was counted, and that it is withheld where it is.
func decision(tx *db.Tx, r row) error {
	_, err := r.tell(tx, journal.Commit, journal.SubjectDecision, r.commit, map[string]string{"class": r.class, "decided_on": r.decidedOn, "due_on": r.dueOn, "commitment": r.hash})
	if err != nil || r.state != "withheld" {
		return err
	}
	_, err = r.tell(tx, journal.Withhold, journal.SubjectDecision, r.commit, map[string]string{"ground": r.ground})
	return err
}

// text enters every version of a text that was public, and its end where it has one, and notes in the public row where its
// newest text stands in the log.
func text(tx *db.Tx, r row) error {
	var seq int64
	var versions []map[string]string
	err := tx.Each(`SELECT number, content_hash, redaction_hash FROM publication_version WHERE publication = $1 ORDER BY number LIMIT 1000`, []any{r.id}, func(rows *sql.Rows) error {
		var number, content, redaction string
		err := rows.Scan(&number, &content, &redaction)
		versions = append(versions, map[string]string{"commit": r.commit, "content_sha256": content, "redaction_sha256": redaction, "published_on": r.publishedOn,
			"class": r.class, "path": "/p/" + r.id, "version": number})
		return err
	})
	if err != nil {
		return err
	}
	for i, says := range versions {
		kind := journal.Correct
		if i == 0 {
			kind, says["due_on"], says["late"] = journal.Publish, r.lastDay, late(r.publishedOn, r.lastDay)
		}
		if seq, err = r.tell(tx, kind, journal.SubjectPublication, r.id, says); err != nil {
			return err
		}
	}
	switch r.state {
	case "withdrawn":
		_, err = r.tell(tx, journal.Withdraw, journal.SubjectPublication, r.id, map[string]string{"commit": r.commit, "ground": r.ground, "document": r.document, "reason": r.reason,
			"fallen_on": r.fallenOn, "withdrawn_on": r.withdrawnOn, "replaced_by": r.replacedBy, "late": late(r.withdrawnOn, r.withdrawDue)})
	case "expired":
		_, err = r.tell(tx, journal.Expire, journal.SubjectPublication, r.id, map[string]string{"commit": r.commit, "period_until": r.periodUntil})
	}
	if err != nil {
		return err
	}
	_, err = tx.Exec(`UPDATE pub_publication SET log = $1, seq = $2 WHERE ordinal = $3`, journal.Log(r.agency), seq, r.ordinal)
	return err
}

// late is by how many days an act came after its last day; empty when in time.
func late(on, due string) string {
	a, err1 := workday.ParseDay(on)
	b, err2 := workday.ParseDay(due)
	if err1 != nil || err2 != nil || b.IsZero() || !a.After(b) {
		return ""
	}
	return strconv.Itoa(a.Sub(b))
}
