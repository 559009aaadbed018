package journal

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"mingjing/internal/db"
	"mingjing/internal/ledger"
)

// Kind is what an entry says was done.
type Kind string

const (
	// Commit is a decision that was made, blinded: its number in the agency's year, its class, the day, the last day for
	// publishing, and a salted commitment of its text.
	Commit Kind = "COMMIT"
	// Publish makes a text public and opens its commitment; Correct puts another text in its place; Update changes what is
	// said beside the text, such as the day on which a decision served by announcement takes effect.
	Publish Kind = "PUBLISH"
	Correct Kind = "CORRECT"
	Update  Kind = "UPDATE"
	// Withhold says on what ground a decision is not published; Restore brings it back to what is due.
	Withhold Kind = "WITHHOLD"
	Restore  Kind = "RESTORE"
	// Extend moves the last day for publishing, with ground and document.
	Extend Kind = "EXTEND"
	// Withdraw takes a text down with ground and reason; Expire ends its display when the period is over.
	Withdraw Kind = "WITHDRAW"
	Expire   Kind = "EXPIRE"
	// Roster is a new form of a list that is public beforehand: the agency, its items, its officers. Stats is what the
	// agency says of its own work, day by day.
	Roster Kind = "ROSTER"
	Stats  Kind = "STATS"
	// Key names the keys by which the logs are signed; Roots states the heads of both logs of the agency beside each other.
	Key   Kind = "KEY"
	Roots Kind = "ROOTS"
)

// suffix turns the name of an agency's inner record into that of its public log.
const suffix = "/public"

// Log is the name of an agency's public log in the ledger.
func Log(agency string) string { return agency + suffix }

// Agency is whose public log has that name; public is false for an inner record.
func Agency(log string) (agency string, public bool) { return strings.CutSuffix(log, suffix) }

// The kinds of subject: a decision by its number in the agency's year, a publication by its id, a list or the log itself.
const (
	SubjectDecision    = "decision"
	SubjectPublication = "publication"
	SubjectList        = "list"
	SubjectLog         = "log"
)

// Entry is one line of the log. Says holds what it says in clear; empty values are left out.
type Entry struct {
	Agency      string
	Kind        Kind
	SubjectKind string
	Subject     string
	Says        map[string]string
}

// Write appends an entry in the transaction of the act that it tells of, and gives its place in the log. The actor of every
// entry is the agency: the public log names no person.
func Write(tx *db.Tx, e Entry) (int64, error) {
	says := make(map[string]string, len(e.Says))
	for name, value := range e.Says {
		if value != "" {
			says[name] = value
		}
	}
	r, err := ledger.Append(tx, ledger.Event{Agency: Log(e.Agency), Kind: string(e.Kind), SubjectKind: e.SubjectKind, Subject: e.Subject,
		Actor: ledger.Actor{Account: e.Agency}, Ref: says})
	if err != nil {
		return 0, fmt.Errorf("journal: %s of %s: %w", e.Kind, e.Subject, err)
	}
	return r.Seq, nil
}

// ListLine is a row of a public list as its hash takes it: the key, a tab, the row's JSON, a line feed.
func ListLine(key, json string) string { return key + "\t" + json + "\n" }

// Digest is the SHA-256 of a text in lower-case hex.
func Digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
