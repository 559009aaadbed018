package ledger

import (
	"errors"
	"fmt"

	"mingjing/internal/db"
)

// KindShredded is the event that says a payload was destroyed, by whom and on what ground.
const KindShredded = "ledger.shredded"

// subjectEvent is the kind of subject of an event about an event.
const subjectEvent = "event"

// ErrNoEvent is returned for an event that the agency's ledger does not have.
var ErrNoEvent = errors.New("ledger: there is no such event")

// ErrShredded is returned for a payload that was destroyed before.
var ErrShredded = errors.New("ledger: the payload was destroyed before")

// Shred destroys the payload of an event and the salt of its commitment, once and for ever, and records that it did.
// The leaf and the tree stay whole; without the salt the commitment says nothing about what it covered
// (个人信息保护法第四十七条: 处理目的已实现的应当删除). Ground names the legal ground in clear and must itself hold no
// personal data. The store overwrites what it frees (db opens SQLite with secure_delete); copies in backups end with
// the backups' own retention.
func Shred(tx *db.Tx, agency, eventID string, actor Actor, ground string) (Record, error) {
	if ground == "" {
		return Record{}, errors.New("ledger: shred: a ground is needed")
	}
	var shred, kind string
	err := tx.Row(`SELECT p.shred, e.kind FROM event e JOIN payload p ON p.event = e.id WHERE e.agency = $1 AND e.id = $2`,
		agency, eventID).Scan(&shred, &kind)
	switch {
	case db.IsMissing(err), err == nil && kind == KindShredded:
		return Record{}, ErrNoEvent
	case err != nil:
		return Record{}, fmt.Errorf("ledger: shred %s: %w", eventID, err)
	case shred != "":
		return Record{}, ErrShredded
	}
	r, err := Append(tx, Event{Agency: agency, Kind: KindShredded, SubjectKind: subjectEvent, Subject: eventID, Actor: actor,
		Ref: map[string]string{"ground": ground}})
	if err != nil {
		return Record{}, err
	}
	n, err := tx.Exec(`UPDATE payload SET salt = '', body = '', shred = $1 WHERE event = $2 AND shred = ''`, r.ID, eventID)
	if err != nil || n != 1 {
		return Record{}, fmt.Errorf("ledger: shred %s: %d rows: %w", eventID, n, errors.Join(err, errBroken))
	}
	return r, nil
}
