package document

import (
	"database/sql"
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"mingjing/internal/db"
	"mingjing/internal/form"
	"mingjing/internal/refusal"
)

// Draft is a text that somebody is writing. There is one for each case, party, step and kind; everybody who may edit
// it edits the same one.
type Draft struct {
	ID, Agency, Case, Party, Step, Kind string
	Values                              form.Values
	// Raw holds what was typed where it is not understood yet, so that nothing typed is lost.
	Raw        url.Values
	BodyHash   string
	Version    int64
	Editor     string
	EditorName string
	Saved      time.Time
	// After is the finished document of the kind that stood before a draft not saved yet, so that a page left open while
	// the step was taken is known by it.
	After string
}

// Base names what a writer had opened: which draft and which version of it. Versions begin anew with every draft, so a
// number alone would let a page of an old draft overwrite a later one.
type Base string

// Base is what a page that shows the draft names when it saves.
func (d Draft) Base() Base {
	if d.ID == "" {
		return Base(unsaved + d.After)
	}
	return Base(d.ID + "." + strconv.FormatInt(d.Version, 10))
}

// unsaved begins the base of a draft that was opened blank; what follows is the document that stood before it.
const unsaved = "0."

// Blank tells whether the writer had opened no draft, and after which document, where the page knew it.
func (b Base) Blank() (after string, known, blank bool) {
	after, known = strings.CutPrefix(string(b), unsaved)
	return after, known, known || b == "" || b == "0"
}

// Conflict says that somebody else saved the draft since it was opened, or that it was used up meanwhile: then Theirs has
// no ID. Nothing was overwritten; Theirs is what stands now, Fields are those in which the two differ.
type Conflict struct {
	Theirs Draft
	Fields []string
}

func (c Conflict) Error() string { return "document: draft " + c.Theirs.ID + " was changed meanwhile" }

// Used tells whether the draft became a document, so that nothing is left to merge with.
func (c Conflict) Used() bool { return c.Theirs.ID == "" }

// Save writes a draft. base is what the writer had opened. The instant of the last save comes back in the draft; Conflict
// when another version stands there, or none any more.
func Save(tx *db.Tx, kind *form.Kind, d Draft, base Base) (Draft, error) {
	d.Kind, d.BodyHash, d.Saved = kind.Code, form.Hash(kind, d.Values), tx.Now()
	have, err := DraftFor(tx, d.Case, d.Party, d.Step, d.Kind)
	if err != nil {
		return Draft{}, err
	}
	if _, _, blank := base.Blank(); have.ID == "" && !blank {
		return Draft{}, Conflict{}
	}
	if have.ID == "" {
		d.ID, d.Version = tx.NewID(), 1
		_, err := tx.Exec(`INSERT INTO draft (id, agency, case_id, party_id, step, kind, body, raw, body_hash, version, editor, editor_name, saved)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $11, $12)`, d.ID, d.Agency, d.Case, d.Party, d.Step, d.Kind, string(d.Values.JSON()),
			d.Raw.Encode(), d.BodyHash, d.Editor, d.EditorName, db.Text(d.Saved))
		if err != nil {
			return Draft{}, fmt.Errorf("document: save a draft of %s: %w", d.Kind, err)
		}
		return d, nil
	}
	if have.Base() != base && have.BodyHash != d.BodyHash {
		return Draft{}, Conflict{Theirs: have, Fields: differing(have.Values, d.Values)}
	}
	d.ID, d.Version = have.ID, have.Version+1
	if _, err := tx.Exec(`UPDATE draft SET body = $2, raw = $3, body_hash = $4, version = $5, editor = $6, editor_name = $7, saved = $8 WHERE id = $1`,
		d.ID, string(d.Values.JSON()), d.Raw.Encode(), d.BodyHash, d.Version, d.Editor, d.EditorName, db.Text(d.Saved)); err != nil {
		return Draft{}, fmt.Errorf("document: save a draft of %s: %w", d.Kind, err)
	}
	return d, nil
}

func differing(a, b form.Values) []string {
	var names []string
	for name := range a {
		if !reflect.DeepEqual(a[name], b[name]) {
			names = append(names, name)
		}
	}
	for name := range b {
		if _, both := a[name]; !both {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

const draftColumns = `id, agency, case_id, party_id, step, kind, body, raw, body_hash, version, editor, editor_name, saved`

// DraftFor finds the draft of a kind for a step and party; its ID is empty where there is none yet.
func DraftFor(tx *db.Tx, caseID, partyID, step, kind string) (Draft, error) {
	list, err := drafts(tx, `SELECT `+draftColumns+` FROM draft WHERE case_id = $1 AND party_id = $2 AND step = $3 AND kind = $4`, caseID, partyID, step, kind)
	if err != nil || len(list) == 0 {
		return Draft{}, err
	}
	return list[0], nil
}

// Drafts lists the drafts of a case.
func Drafts(tx *db.Tx, caseID string) ([]Draft, error) {
	return drafts(tx, `SELECT `+draftColumns+` FROM draft WHERE case_id = $1 ORDER BY id LIMIT $2`, caseID, documentLimit)
}

// unbegunLimit bounds the drafts of cases that have not begun, for one person.
const unbegunLimit = 100

// Unbegun lists the drafts that a person wrote for cases that have not begun, the newest first.
func Unbegun(tx *db.Tx, account string) ([]Draft, error) {
	return drafts(tx, `SELECT `+draftColumns+` FROM draft WHERE case_id = '' AND editor = $1 ORDER BY id DESC LIMIT $2`, account, unbegunLimit)
}

// GetDraft finds a draft by its id.
func GetDraft(tx *db.Tx, id string) (Draft, error) {
	list, err := drafts(tx, `SELECT `+draftColumns+` FROM draft WHERE id = $1`, id)
	if err != nil {
		return Draft{}, err
	}
	if len(list) == 0 {
		return Draft{}, refusal.NotFound{What: "草稿"}
	}
	return list[0], nil
}

// UsedUp removes the drafts of a step that became documents.
func UsedUp(tx *db.Tx, caseID, partyID, step string) error {
	if _, err := tx.Exec(`DELETE FROM draft WHERE case_id = $1 AND step = $2 AND (party_id = $3 OR party_id = '')`, caseID, step, partyID); err != nil {
		return fmt.Errorf("document: use up drafts: %w", err)
	}
	return nil
}

// UsedUpFor removes the drafts of a step that became documents of one party, and leaves the one that was written for all
// parties to those who still need it.
func UsedUpFor(tx *db.Tx, caseID, partyID, step string) error {
	if _, err := tx.Exec(`DELETE FROM draft WHERE case_id = $1 AND step = $2 AND party_id = $3`, caseID, step, partyID); err != nil {
		return fmt.Errorf("document: use up drafts: %w", err)
	}
	return nil
}

func drafts(tx *db.Tx, query string, args ...any) ([]Draft, error) {
	var list []Draft
	err := tx.Each(query, args, func(rows *sql.Rows) error {
		var d Draft
		var body, raw, saved string
		err := rows.Scan(&d.ID, &d.Agency, &d.Case, &d.Party, &d.Step, &d.Kind, &body, &raw, &d.BodyHash, &d.Version, &d.Editor, &d.EditorName, &saved)
		if err != nil {
			return err
		}
		if d.Values, err = form.ParseValues([]byte(body)); err != nil {
			return err
		}
		if d.Raw, err = url.ParseQuery(raw); err != nil {
			return err
		}
		d.Saved, err = db.Time(saved)
		list = append(list, d)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("document: drafts: %w", err)
	}
	return list, nil
}
