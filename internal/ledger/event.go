package ledger

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"mingjing/internal/db"
)

// Actor is who acted: the account, in which role, and for whom when acting for someone on leave (AB角).
type Actor struct {
	Account  string `json:"account"`
	Role     string `json:"role,omitempty"`
	OnBehalf string `json:"for,omitempty"`
}

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

// leaf is what the tree hashes. Its fields stand in the order of their names, so that encoding/json writes the
// canonical form; Ref is a map, which encoding/json sorts.
type leaf struct {
	Actor    Actor             `json:"actor"`
	Agency   string            `json:"agency"`
	Commit   string            `json:"commit"`
	ID       string            `json:"id"`
	Kind     string            `json:"kind"`
	Occurred string            `json:"occurred"`
	Recorded string            `json:"recorded"`
	Ref      map[string]string `json:"ref,omitempty"`
	Seq      int64             `json:"seq"`
	Subject  string            `json:"subject"`
	SubKind  string            `json:"subject_kind"`
	V        int               `json:"v"`
}

// leafLimit bounds a leaf; C2SP tlog-tiles allows 65,535 bytes, the house 8 KB.
const leafLimit = 8 << 10

// Append records one event in the transaction of the act it describes. The events of an agency are numbered without
// a gap, because commands of one agency follow one another.
func Append(tx *db.Tx, e Event) (Record, error) {
	if e.Agency == "" || e.Kind == "" || e.Subject == "" || e.Actor.Account == "" {
		return Record{}, errors.New("ledger: append: agency, kind, subject and actor are all needed")
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
	var salt [32]byte
	_, _ = rand.Read(salt[:])
	r := Record{Agency: e.Agency, Seq: seq, ID: tx.NewID(), Kind: e.Kind, SubjectKind: e.SubjectKind, Subject: e.Subject,
		Occurred: e.Occurred.UTC().Truncate(time.Millisecond), Recorded: tx.Now(), Actor: e.Actor, Ref: e.Ref, Payload: body}
	text, err := encodeLeaf(r, Commitment(salt[:], body))
	if err != nil {
		return Record{}, fmt.Errorf("ledger: append %s: %w", e.Kind, err)
	}
	hash := tlog.RecordHash(text)
	if _, err := tx.Exec(`INSERT INTO event (agency, seq, id, kind, subject_kind, subject, occurred, recorded, actor, leaf, leaf_hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`, r.Agency, r.Seq, r.ID, r.Kind, r.SubjectKind, r.Subject,
		db.Text(r.Occurred), db.Text(r.Recorded), r.Actor.Account, string(text), hash[:]); err != nil {
		return Record{}, fmt.Errorf("ledger: append %s: %w", e.Kind, err)
	}
	if _, err := tx.Exec(`INSERT INTO payload (event, salt, body) VALUES ($1, $2, $3)`, r.ID, hex.EncodeToString(salt[:]), string(body)); err != nil {
		return Record{}, fmt.Errorf("ledger: append %s: payload: %w", e.Kind, err)
	}
	return r, nil
}

func nextSeq(tx *db.Tx, agency string) (int64, error) {
	var size int64
	err := tx.Row(`UPDATE ledger_head SET size = size + 1 WHERE agency = $1 RETURNING size`, agency).Scan(&size)
	if db.IsMissing(err) {
		size = 1
		_, err = tx.Exec(`INSERT INTO ledger_head (agency, size, origin) VALUES ($1, 1, $2)`, agency, "mingjing/"+agency)
	}
	return size - 1, err
}

// Commitment binds a leaf to a payload without telling it: HMAC-SHA256 keyed with the payload's own salt, in hex.
func Commitment(salt, body []byte) string {
	mac := hmac.New(sha256.New, salt)
	mac.Write(body)
	return hex.EncodeToString(mac.Sum(nil))
}

func encodeLeaf(r Record, commit string) ([]byte, error) {
	text, err := json.Marshal(leaf{V: 1, Seq: r.Seq, ID: r.ID, Kind: r.Kind, Agency: r.Agency, Subject: r.Subject, SubKind: r.SubjectKind,
		Occurred: db.Text(r.Occurred), Recorded: db.Text(r.Recorded), Actor: r.Actor, Ref: r.Ref, Commit: commit})
	if err != nil {
		return nil, err
	}
	if len(text) > leafLimit {
		return nil, fmt.Errorf("the leaf has %d bytes, more than %d", len(text), leafLimit)
	}
	return text, nil
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
		r, err := decodeLeaf(text)
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

func decodeLeaf(text string) (Record, error) {
	var l leaf
	if err := json.Unmarshal([]byte(text), &l); err != nil {
		return Record{}, err
	}
	occurred, err := db.Time(l.Occurred)
	if err != nil {
		return Record{}, err
	}
	recorded, err := db.Time(l.Recorded)
	if err != nil {
		return Record{}, err
	}
	return Record{Agency: l.Agency, Seq: l.Seq, ID: l.ID, Kind: l.Kind, SubjectKind: l.SubKind, Subject: l.Subject,
		Occurred: occurred, Recorded: recorded, Actor: l.Actor, Ref: l.Ref}, nil
}
