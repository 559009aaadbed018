package setting

import (
	"database/sql"
	"fmt"
	"time"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/ledger"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

// Setting is one value that the agency set.
type Setting struct {
	ID, Agency            string
	Kind                  string // KindParam or KindText
	Code, Value           string
	From                  workday.Day
	Basis                 string // 文号 of the document it rests on
	Note                  string
	State                 string
	ProposedBy, DecidedBy string // accounts
	ProposedFor           string // the account in whose name it was proposed
	ProposedAt, DecidedAt time.Time
}

// The kinds of settings and their states.
const (
	KindParam = "param"
	KindText  = "text"

	Proposed  = "proposed"
	Confirmed = "confirmed"
	Refused   = "refused"
)

const columns = `id, agency, kind, code, value, from_on, basis, note, state, proposed_by, proposed_for, proposed_at, decided_by, decided_at`

// settingLimit is more than an agency sets in its life.
const settingLimit = 5000

// List reads the settings of a kind, the newest first.
func List(tx *db.Tx, agency, kind string) ([]Setting, error) {
	var list []Setting
	err := tx.Each(`SELECT `+columns+` FROM agency_setting WHERE agency = $1 AND kind = $2 ORDER BY id DESC LIMIT $3`, []any{agency, kind, settingLimit}, func(rows *sql.Rows) error {
		s, err := scan(rows)
		list = append(list, s)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("setting: list: %w", err)
	}
	return list, nil
}

func scan(row interface{ Scan(...any) error }) (Setting, error) {
	var s Setting
	var proposed, decided string
	err := row.Scan(&s.ID, &s.Agency, &s.Kind, &s.Code, &s.Value, &s.From, &s.Basis, &s.Note, &s.State, &s.ProposedBy, &s.ProposedFor, &proposed, &s.DecidedBy, &decided)
	if err != nil {
		return s, err
	}
	if s.ProposedAt, err = db.Time(proposed); err == nil && decided != "" {
		s.DecidedAt, err = db.Time(decided)
	}
	return s, err
}

func find(tx *db.Tx, agency, id string) (Setting, error) {
	s, err := scan(tx.Row(`SELECT `+columns+` FROM agency_setting WHERE agency = $1 AND id = $2`, agency, id))
	if db.IsMissing(err) {
		return s, refusal.NotFound{What: "这项设定"}
	}
	if err != nil {
		return s, fmt.Errorf("setting: find: %w", err)
	}
	return s, nil
}

// write enters a setting and its event.
func write(tx *db.Tx, actor access.Actor, s Setting, event string) (Setting, error) {
	s.ID, s.ProposedAt, s.ProposedBy, s.ProposedFor = tx.NewID(), tx.Now(), actor.Account, actor.OnBehalf
	decided := ""
	if s.State == Confirmed {
		decided = db.Text(s.ProposedAt)
	}
	if _, err := tx.Exec(`INSERT INTO agency_setting (`+columns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		s.ID, s.Agency, s.Kind, s.Code, s.Value, s.From.String(), s.Basis, s.Note, s.State, s.ProposedBy, s.ProposedFor, db.Text(s.ProposedAt), "", decided); err != nil {
		return s, fmt.Errorf("setting: write %s: %w", s.Code, err)
	}
	return s, record(tx, actor, s, event)
}

func record(tx *db.Tx, actor access.Actor, s Setting, event string) error {
	_, err := ledger.Append(tx, ledger.Event{Agency: s.Agency, Kind: event, SubjectKind: "setting", Subject: s.ID, Actor: actor.Ledger(access.RoleAdministrator),
		Ref:     map[string]string{"code": s.Code, "from": s.From.String()},
		Payload: map[string]any{"value": s.Value, "basis": s.Basis, "note": s.Note}})
	if err != nil {
		return fmt.Errorf("setting: %s: %w", event, err)
	}
	return nil
}
