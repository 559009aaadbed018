package ledger

import (
	"context"
	"crypto/ed25519"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"mingjing/internal/db"
	"mingjing/internal/ledger/leaf"
)

// Head is how far a log of the store reaches.
type Head struct {
	Agency string `json:"agency"`
	Events int64  `json:"events"`
	Signed int64  `json:"signed"` // events that the newest checkpoint covers
	Note   string `json:"note"`   // that checkpoint; empty where nothing was signed yet
}

// Heads lists every log of the store.
func Heads(tx *db.Tx) ([]Head, error) {
	list, err := sizes(tx)
	for i := 0; err == nil && i < len(list); i++ {
		h := &list[i]
		if h.Note, err = lastNote(tx, h.Agency); err == nil {
			h.Signed, err = SignedSize(tx, h.Agency)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("ledger: heads: %w", err)
	}
	return list, nil
}

// Kept is an event as it is carried to a second place: the leaf, of which every column is made, and its payload row.
type Kept struct {
	Leaf  string `json:"leaf"`
	Salt  string `json:"salt,omitempty"`
	Body  string `json:"body,omitempty"`
	Shred string `json:"shred,omitempty"`
}

// Carry reads the events of an agency from a number on, and the checkpoints over more than signed events, to be carried
// to a second place.
func Carry(tx *db.Tx, agency string, from, signed int64, limit int) (events []Kept, notes []string, err error) {
	err = tx.Each(`SELECT e.leaf, p.salt, p.body, p.shred FROM event e JOIN payload p ON p.event = e.id
		WHERE e.agency = $1 AND e.seq >= $2 ORDER BY e.seq LIMIT $3`, []any{agency, from, limit}, func(rows *sql.Rows) error {
		var k Kept
		err := rows.Scan(&k.Leaf, &k.Salt, &k.Body, &k.Shred)
		events = append(events, k)
		return err
	})
	if err == nil {
		err = tx.Each(`SELECT note FROM checkpoint WHERE agency = $1 AND size > $2 AND size <= $3 ORDER BY size LIMIT $4`,
			[]any{agency, signed, from + int64(len(events)), limit}, func(rows *sql.Rows) error {
				var text string
				err := rows.Scan(&text)
				notes = append(notes, text)
				return err
			})
	}
	if err != nil {
		return nil, nil, fmt.Errorf("ledger: carry %s: %w", agency, err)
	}
	return events, notes, nil
}

// errGap is returned when carried events do not begin where the store ends.
var errGap = errors.New("the carried events do not follow the stored ones")

// Replay enters carried events behind those that the store has, grows the tree over them and enters their checkpoints.
// Events that the store has already are passed over. It trusts nothing: Verify is run afterwards.
func Replay(tx *db.Tx, agency, vkey string, first int64, events []Kept, notes []string) error {
	var size int64
	err := tx.Row(`SELECT size FROM ledger_head WHERE agency = $1`, agency).Scan(&size)
	if err != nil && !db.IsMissing(err) {
		return fmt.Errorf("ledger: replay %s: %w", agency, err)
	}
	if first > size {
		return fmt.Errorf("ledger: replay %s: event %d follows %d: %w", agency, first, size-1, errGap)
	}
	for i := min(size-first, int64(len(events))); i < int64(len(events)); i++ {
		if err := enter(tx, agency, first+i, events[i]); err != nil {
			return fmt.Errorf("ledger: replay event %d of %s: %w", first+i, agency, err)
		}
	}
	for {
		stored, hashes, taken, err := nextHashes(tx, agency)
		if err == nil && taken > 0 {
			err = storeHashes(tx, agency, tlog.StoredHashCount(stored), hashes)
		}
		if err != nil {
			return fmt.Errorf("ledger: replay %s: %w", agency, err)
		}
		if taken == 0 {
			break
		}
	}
	for _, text := range notes {
		if err := enterNote(tx, agency, vkey, text); err != nil {
			return fmt.Errorf("ledger: replay %s: %w", agency, err)
		}
	}
	return nil
}

func enter(tx *db.Tx, agency string, seq int64, k Kept) error {
	l, err := leaf.Parse(k.Leaf)
	if err != nil {
		return err
	}
	if l.Agency != agency || l.Seq != seq {
		return fmt.Errorf("the leaf is of event %d of %s: %w", l.Seq, l.Agency, errBroken)
	}
	if got, err := nextSeq(tx, agency); err != nil || got != seq {
		return errors.Join(errGap, err)
	}
	hash := tlog.RecordHash([]byte(k.Leaf))
	if _, err := tx.Exec(`INSERT INTO event (agency, seq, id, kind, subject_kind, subject, occurred, recorded, actor, leaf, leaf_hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`, agency, seq, l.ID, l.Kind, l.SubjectKind, l.Subject,
		l.Occurred, l.Recorded, l.Actor.Account, k.Leaf, hash[:]); err != nil {
		return err
	}
	if _, err := tx.Exec(`INSERT INTO payload (event, salt, body, shred) VALUES ($1, $2, $3, $4)`, l.ID, k.Salt, k.Body, k.Shred); err != nil {
		return err
	}
	if l.Kind != KindShredded {
		return nil
	}
	// What the law had destroyed since the copy was made stays destroyed (个人信息保护法第四十七条).
	_, err = tx.Exec(`UPDATE payload SET salt = '', body = '', shred = $1 WHERE event = $2 AND shred = ''`, l.ID, l.Subject)
	return err
}

func enterNote(tx *db.Tx, agency, vkey, text string) error {
	c, err := OpenCheckpoint(text, vkey)
	if err != nil {
		return err
	}
	var have int
	if err := tx.Row(`SELECT count(*) FROM checkpoint WHERE agency = $1 AND size = $2`, agency, c.Size).Scan(&have); err != nil || have > 0 {
		return err
	}
	var at string
	if err := tx.Row(`SELECT recorded FROM event WHERE agency = $1 AND seq = $2`, agency, c.Size-1).Scan(&at); err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO checkpoint (agency, size, root, at, note) VALUES ($1, $2, $3, $4, $5)`, agency, c.Size, c.Root.String(), at, text)
	return err
}

// Sequence takes the events that the store has into the tree without signing anything, as a restored copy needs it
// before it is compared with a checkpoint.
func Sequence(ctx context.Context, d *db.DB, agency string) error {
	if err := (&Log{d: d}).sequence(ctx, agency); err != nil {
		return fmt.Errorf("ledger: sequence %s: %w", agency, err)
	}
	return nil
}

// Against compares a checkpoint that was kept elsewhere with the store; nil means that the store holds what it covers.
func Against(ctx context.Context, d *db.DB, agency string, c Checkpoint) (wrong *HistoryError, err error) {
	err = d.Read(ctx, func(tx *db.Tx) (err error) {
		wrong, err = againstStore(tx, agency, c)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("ledger: history of %s: %w", agency, err)
	}
	return wrong, nil
}

// errName is returned for a name under which only checkpoints are signed.
var errName = errors.New("ledger: a log's name signs checkpoints only")

// SignNote signs a text that is no checkpoint, such as the manifest of a backup, under a name that no log has: the hash
// of a signed note's key covers its name, so that neither can be taken for the other (C2SP signed-note).
func (k *Key) SignNote(name, text string) (string, error) {
	if !originFits(name) || strings.HasPrefix(name, Origin("")) {
		return "", errName
	}
	signer, err := note.NewSigner(k.text(name))
	if err != nil {
		return "", fmt.Errorf("ledger: sign: %w", err)
	}
	signed, err := note.Sign(&note.Note{Text: text}, signer)
	if err != nil {
		return "", fmt.Errorf("ledger: sign: %w", err)
	}
	return string(signed), nil
}

// Public is the public text of the key itself, of which Renamed makes the verifier of any log.
func (k *Key) Public() string { return k.verifier(keyName) }

// Renamed gives the verifier key of the same public key under another name: that of an agency's log is
// Renamed(vkey, Origin(agency)).
func Renamed(vkey, name string) (string, error) {
	if _, err := note.NewVerifier(vkey); err != nil {
		return "", fmt.Errorf("ledger: verifier key: %w", err)
	}
	raw, err := strictBase64(strings.SplitN(vkey, "+", 3)[2])
	if err != nil || len(raw) != 1+ed25519.PublicKeySize || raw[0] != edwards {
		return "", errors.New("ledger: verifier key: not an Ed25519 key")
	}
	renamed, err := note.NewEd25519VerifierKey(name, raw[1:])
	if err != nil {
		return "", fmt.Errorf("ledger: verifier key: %w", err)
	}
	return renamed, nil
}
