package ledger

import (
	"database/sql"
	"fmt"
	"time"

	"mingjing/internal/db"
)

// Pick narrows a list of events; empty fields do not.
type Pick struct {
	Kind    string // as in review.passed; a room with a dot at its end takes all of the room
	Subject string
	Account string
	Acts    bool // leaves out the words about rows that follow every act (KindBound)
}

// KindBound is the event that says what stands in the rows that a command wrote; package bound appends it.
const KindBound = "ledger.bound"

// Recent lists the events of an agency, the newest first, before a sequence number; a negative one begins at the end.
// Payloads are left out: who looks at a list of acts looks at no personal data.
func Recent(tx *db.Tx, agency string, p Pick, before int64, limit int) ([]Record, error) {
	if before < 0 {
		before = 1<<62 - 1
	}
	kind, room, left := p.Kind, "", ""
	if p.Acts {
		left = KindBound
	}
	if n := len(kind); n > 0 && kind[n-1] == '.' {
		kind, room = "", kind
	}
	list, err := records(tx, `SELECT `+recordColumns+` FROM event e JOIN payload p ON p.event = e.id
		WHERE e.agency = $1 AND e.seq < $2 AND ($3 = '' OR e.kind = $3) AND ($4 = '' OR (e.kind >= $4 AND e.kind < $4 || '~'))
		AND ($5 = '' OR e.subject = $5) AND ($6 = '' OR e.actor = $6) AND e.kind <> $8 ORDER BY e.seq DESC LIMIT $7`, agency, before, kind, room, p.Subject, p.Account, limit, left)
	for i := range list {
		list[i].Payload = nil
	}
	return list, err
}

// At reads one event of an agency; ErrNoEvent where there is none.
func At(tx *db.Tx, agency string, seq int64) (Record, error) {
	list, err := records(tx, `SELECT `+recordColumns+` FROM event e JOIN payload p ON p.event = e.id WHERE e.agency = $1 AND e.seq = $2`, agency, seq)
	if err != nil {
		return Record{}, err
	}
	if len(list) == 0 {
		return Record{}, ErrNoEvent
	}
	return list[0], nil
}

// Signed is a checkpoint as it is listed.
type Signed struct {
	Size int64
	Root string
	At   time.Time
	Note string

	Cosigned int       // how many outside witnesses have signed it
	Stamped  time.Time // what a time-stamp authority says; zero where it was not asked
}

// Checkpoints lists the signed tree heads of an agency, the newest first, before a size; 0 begins at the end.
func Checkpoints(tx *db.Tx, agency string, before int64, limit int) ([]Signed, error) {
	if before <= 0 {
		before = 1<<62 - 1
	}
	var list []Signed
	err := tx.Each(`SELECT c.size, c.root, c.at, c.note, (SELECT count(*) FROM cosignature w WHERE w.agency = c.agency AND w.size = c.size),
		COALESCE((SELECT t.stamped FROM checkpoint_stamp t WHERE t.agency = c.agency AND t.size = c.size), '') FROM checkpoint c
		WHERE c.agency = $1 AND c.size < $2 ORDER BY c.size DESC LIMIT $3`, []any{agency, before, limit}, func(rows *sql.Rows) error {
		var s Signed
		var at, stamped string
		if err := rows.Scan(&s.Size, &s.Root, &at, &s.Note, &s.Cosigned, &stamped); err != nil {
			return err
		}
		var err error
		if s.At, err = db.Time(at); err == nil && stamped != "" {
			s.Stamped, err = db.Time(stamped)
		}
		list = append(list, s)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("ledger: checkpoints: %w", err)
	}
	return list, nil
}
