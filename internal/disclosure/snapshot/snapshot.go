package snapshot

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"mingjing/internal/db"
	"mingjing/internal/disclosure/journal"
	"mingjing/internal/disclosure/public"
	"mingjing/internal/ledger"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

// Row is one row of an ex-ante list: its key inside the list, and what is shown of it (a type of package public,
// or anything that encodes to JSON). Nothing personal but what the law has published beforehand belongs here.
type Row struct {
	Key  string
	Show any
}

// Publish makes an agency's list public in its new form (事前公示, 国办发〔2018〕118号（四）). The public sees the rows; the
// difference to the version before is kept and recorded. A list without a difference makes no new version.
func Publish(tx *db.Tx, by ledger.Actor, agency, kind string, rows []Row) (version int64, err error) {
	if agency == "" || kind == "" {
		return 0, fmt.Errorf("snapshot: publish: agency %q and kind %q are needed", agency, kind)
	}
	old, err := listNow(tx, agency, kind)
	if err != nil {
		return 0, err
	}
	if err := tx.Row(`SELECT coalesce(max(version), 0) FROM pub_snapshot_change WHERE agency = $1 AND kind = $2`, agency, kind).Scan(&version); err != nil {
		return 0, fmt.Errorf("snapshot: publish %s: %w", kind, err)
	}
	version++
	d := difference{day: workday.DayOf(tx.Now()).String()}
	seen := map[string]bool{}
	for place, row := range rows {
		if row.Key == "" || seen[row.Key] {
			return 0, refusal.Field("key", "清单中第"+strconv.Itoa(place+1)+"行的编号为空或者重复："+row.Key)
		}
		seen[row.Key] = true
		text, err := json.Marshal(row.Show)
		if err != nil {
			return 0, fmt.Errorf("snapshot: publish %s: row %s: %w", kind, row.Key, err)
		}
		if err := d.put(tx, agency, kind, row.Key, place, version, text, old); err != nil {
			return 0, err
		}
	}
	for key := range old {
		if !seen[key] {
			d.removed = append(d.removed, key)
			if _, err := tx.Exec(`DELETE FROM pub_snapshot WHERE agency = $1 AND kind = $2 AND key = $3`, agency, kind, key); err != nil {
				return 0, fmt.Errorf("snapshot: publish %s: %w", kind, err)
			}
		}
	}
	return d.close(tx, by, agency, kind, version)
}

type listed struct {
	json  string
	place int
}

func listNow(tx *db.Tx, agency, kind string) (map[string]listed, error) {
	old := map[string]listed{}
	err := tx.Each(`SELECT key, json, place FROM pub_snapshot WHERE agency = $1 AND kind = $2 LIMIT 100000`, []any{agency, kind}, func(rows *sql.Rows) error {
		var key string
		var l listed
		err := rows.Scan(&key, &l.json, &l.place)
		old[key] = l
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("snapshot: publish %s: %w", kind, err)
	}
	return old, nil
}

// difference gathers what a new version adds, removes and changes.
type difference struct {
	day                     string
	added, removed, changed []string
	moved                   bool
	text                    strings.Builder // the list as its hash in the public log takes it
}

func (d *difference) put(tx *db.Tx, agency, kind, key string, place int, version int64, text []byte, old map[string]listed) error {
	d.text.WriteString(journal.ListLine(key, string(text)))
	before, had := old[key]
	same := had && bytes.Equal([]byte(before.json), text)
	switch {
	case same && before.place == place:
		return nil
	case same:
		d.moved = true
		if _, err := tx.Exec(`UPDATE pub_snapshot SET place = $4 WHERE agency = $1 AND kind = $2 AND key = $3`, agency, kind, key, place); err != nil {
			return fmt.Errorf("snapshot: publish %s: %w", kind, err)
		}
		return nil
	case had:
		d.changed = append(d.changed, key)
	default:
		d.added = append(d.added, key)
	}
	_, err := tx.Exec(`INSERT INTO pub_snapshot (agency, kind, key, place, json, version, published) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (agency, kind, key) DO UPDATE SET place = excluded.place, json = excluded.json, version = excluded.version, published = excluded.published`,
		agency, kind, key, place, string(text), version, d.day)
	if err != nil {
		return fmt.Errorf("snapshot: publish %s: %w", kind, err)
	}
	return nil
}

// close records the version, unless nothing changed.
func (d *difference) close(tx *db.Tx, by ledger.Actor, agency, kind string, version int64) (int64, error) {
	if len(d.added)+len(d.removed)+len(d.changed) == 0 {
		if d.moved {
			_, err := journal.Tick(tx, 0, 0)
			return version - 1, err
		}
		return version - 1, nil
	}
	slices.Sort(d.removed)
	if _, err := tx.Exec(`INSERT INTO pub_snapshot_change (agency, kind, version, published, added, removed, changed) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		agency, kind, version, d.day, encode(d.added), encode(d.removed), encode(d.changed)); err != nil {
		return 0, fmt.Errorf("snapshot: publish %s: %w", kind, err)
	}
	if _, err := journal.Tick(tx, 0, 0); err != nil {
		return 0, err
	}
	counts := map[string]string{"kind": kind, "version": strconv.FormatInt(version, 10), "added": strconv.Itoa(len(d.added)),
		"removed": strconv.Itoa(len(d.removed)), "changed": strconv.Itoa(len(d.changed))}
	if _, err := ledger.Append(tx, ledger.Event{Agency: agency, Kind: "disclosure.list_published", SubjectKind: "list", Subject: agency + "/" + kind, Actor: by, Ref: counts}); err != nil {
		return 0, err
	}
	return version, tell(tx, agency, kind, counts, d.text.String())
}

// tell tells of a new form of a list that is public beforehand; the measured duties are what the agency says of its work.
func tell(tx *db.Tx, agency, kind string, counts map[string]string, text string) error {
	e := journal.Entry{Agency: agency, Kind: journal.Roster, SubjectKind: journal.SubjectList, Subject: kind, Says: map[string]string{"content_sha256": journal.Digest(text)}}
	if kind == public.KindDuty || kind == public.KindIntegrity {
		e.Kind = journal.Stats
	}
	maps.Copy(e.Says, counts)
	_, err := journal.Write(tx, e)
	return err
}

// encode writes the keys of a difference.
func encode(keys []string) string {
	if len(keys) == 0 {
		return ""
	}
	text, _ := json.Marshal(keys) // texts always encode
	return string(text)
}
