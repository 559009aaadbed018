package ledger

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"mingjing/internal/db"
	"mingjing/internal/ledger/leaf"
)

// Actor is who acted: the account, in which role, and for whom when acting for someone on leave (AB角).
type Actor = leaf.Actor

// Event is one fact about to be recorded.
type Event struct {
	Agency      string
	Kind        string // "room.fact", as in review.passed
	SubjectKind string
	Subject     string
	Occurred    time.Time // when it happened in the world; zero means the instant of the command
	Actor       Actor
	Ref         map[string]string // what the leaf says in clear; never personal data
	Payload     any               // what only the payload row says; personal data belongs here
}

// Record is an event as it stands in the ledger.
type Record struct {
	Agency      string
	Seq         int64
	ID          string
	Kind        string
	SubjectKind string
	Subject     string
	Occurred    time.Time
	Recorded    time.Time
	Actor       Actor
	Ref         map[string]string
	Payload     json.RawMessage
	Shredded    bool
}

// Append records one event in the transaction of the act it describes. The events of an agency are numbered without
// a gap, because commands of one agency follow one another.
func Append(tx *db.Tx, e Event) (Record, error) {
	if e.Agency == "" || e.Kind == "" || e.Subject == "" || e.Actor.Account == "" {
		return Record{}, errors.New("ledger: append: agency, kind, subject and actor are all needed")
	}
	if !originFits(e.Agency) {
		return Record{}, fmt.Errorf("ledger: append: the agency %q cannot name a log", e.Agency)
	}
	if e.Occurred.IsZero() {
		e.Occurred = tx.Now()
	}
	seq, err := nextSeq(tx, e.Agency)
	if err != nil {
		return Record{}, fmt.Errorf("ledger: append %s: %w", e.Kind, err)
	}
	body, err := json.Marshal(e.Payload)
	if err != nil {
		return Record{}, fmt.Errorf("ledger: append %s: payload: %w", e.Kind, err)
	}
	salt, commitment := leaf.Blind(body)
	r := Record{Agency: e.Agency, Seq: seq, ID: tx.NewID(), Kind: e.Kind, SubjectKind: e.SubjectKind, Subject: e.Subject,
		Occurred: e.Occurred.UTC().Truncate(time.Millisecond), Recorded: tx.Now(), Actor: e.Actor, Ref: e.Ref, Payload: body}
	l := leaf.Leaf{Actor: r.Actor, Agency: r.Agency, Commit: commitment, ID: r.ID, Kind: r.Kind,
		Occurred: db.Text(r.Occurred), Recorded: db.Text(r.Recorded), Ref: r.Ref, Seq: r.Seq, Subject: r.Subject, SubjectKind: r.SubjectKind}
	text := l.Encode()
	if err := l.Check(text); err != nil {
		return Record{}, fmt.Errorf("ledger: append %s: %w", e.Kind, err)
	}
	hash := tlog.RecordHash(text)
	if _, err := tx.Exec(`INSERT INTO event (agency, seq, id, kind, subject_kind, subject, occurred, recorded, actor, leaf, leaf_hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`, r.Agency, r.Seq, r.ID, r.Kind, r.SubjectKind, r.Subject,
		l.Occurred, l.Recorded, r.Actor.Account, string(text), hash[:]); err != nil {
		return Record{}, fmt.Errorf("ledger: append %s: %w", e.Kind, err)
	}
	if _, err := tx.Exec(`INSERT INTO payload (event, salt, body) VALUES ($1, $2, $3)`, r.ID, salt, string(body)); err != nil {
		return Record{}, fmt.Errorf("ledger: append %s: payload: %w", e.Kind, err)
	}
	return r, nil
}

func nextSeq(tx *db.Tx, agency string) (int64, error) {
	var size int64
	err := tx.Row(`UPDATE ledger_head SET size = size + 1 WHERE agency = $1 RETURNING size`, agency).Scan(&size)
	if db.IsMissing(err) {
		size = 1
		_, err = tx.Exec(`INSERT INTO ledger_head (agency, size, origin) VALUES ($1, 1, $2)`, agency, Origin(agency))
	}
	return size - 1, err
}

const recordColumns = `e.agency, e.seq, e.leaf, p.body, p.shred`

// streamLimit bounds the events of one subject that are read at once.
const streamLimit = 100000

// Stream lists the events of one subject in the order in which they were recorded.
func Stream(tx *db.Tx, subjectKind, subject string) ([]Record, error) {
	return records(tx, `SELECT `+recordColumns+` FROM event e JOIN payload p ON p.event = e.id
		WHERE e.subject_kind = $1 AND e.subject = $2 ORDER BY e.seq LIMIT $3`, subjectKind, subject, streamLimit)
}

// After lists the events of an agency that follow a sequence number.
func After(tx *db.Tx, agency string, seq int64, limit int) ([]Record, error) {
	return records(tx, `SELECT `+recordColumns+` FROM event e JOIN payload p ON p.event = e.id
		WHERE e.agency = $1 AND e.seq > $2 ORDER BY e.seq LIMIT $3`, agency, seq, limit)
}

func records(tx *db.Tx, query string, args ...any) ([]Record, error) {
	var list []Record
	err := tx.Each(query, args, func(rows *sql.Rows) error {
		var agency, text, body, shred string
		var seq int64
		if err := rows.Scan(&agency, &seq, &text, &body, &shred); err != nil {
			return err
		}
		r := Record{}
		l, err := leaf.Parse(text)
		if err == nil {
			r, err = recordOf(l)
		}
		if err != nil {
			return fmt.Errorf("event %d of %s: %w", seq, agency, err)
		}
		r.Shredded = shred != ""
		if !r.Shredded {
			r.Payload = json.RawMessage(body)
		}
		list = append(list, r)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("ledger: read: %w", err)
	}
	return list, nil
}

// recordOf gives a leaf back as the event that it is; the payload stands elsewhere.
func recordOf(l leaf.Leaf) (Record, error) {
	occurred, err := db.Time(l.Occurred)
	recorded, err2 := db.Time(l.Recorded)
	if err := errors.Join(err, err2); err != nil {
		return Record{}, err
	}
	return Record{Agency: l.Agency, Seq: l.Seq, ID: l.ID, Kind: l.Kind, SubjectKind: l.SubjectKind, Subject: l.Subject,
		Occurred: occurred, Recorded: recorded, Actor: l.Actor, Ref: l.Ref}, nil
}
