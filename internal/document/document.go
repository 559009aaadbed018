package document

import (
	"database/sql"
	"fmt"
	"time"

	"mingjing/internal/db"
	"mingjing/internal/form"
	"mingjing/internal/pack"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

// Document is a finished document. It never changes: a correction is a further document that names it.
type Document struct {
	ID, Agency, Case, Party, Step string
	Kind, Version, Title, Number  string
	MadeOn                        workday.Day
	MadeAt                        time.Time
	MadeBy                        string
	Values                        form.Values
	BodyHash                      string
	Corrects                      string // id of the document that this one corrects
	CorrectedBy                   string // id of the latest document that corrects this one, filled on reading
}

// Finish checks a whole document against its kind, numbers it and writes it for good.
func Finish(tx *db.Tx, kind *form.Kind, rules *pack.Pack, d Document) (Document, error) {
	if invalid := form.Check(kind, d.Values); !invalid.OK() {
		fields := make(map[string]string, len(invalid.Fields))
		for name, message := range invalid.Fields {
			fields[kind.Code+"/"+name] = message
		}
		return Document{}, refusal.Invalid{Message: "《" + kind.Code + "》还不能定稿。", Fields: fields}
	}
	if err := whole(kind, d.Values); err != nil {
		return Document{}, err
	}
	d.ID, d.Kind, d.Version, d.Title, d.MadeAt = tx.NewID(), kind.Code, kind.Version, kind.Title, tx.Now()
	d.BodyHash = form.Hash(kind, d.Values)
	if kind.Number != "" {
		number, err := Allot(tx, rules, d.Agency, kind.Code, d.MadeOn, d.ID)
		if err != nil {
			return Document{}, err
		}
		d.Number = number
	}
	_, err := tx.Exec(`INSERT INTO document (id, agency, case_id, party_id, step, kind, version, title, number, made_on, made_at, made_by, body, body_hash, corrects)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`, d.ID, d.Agency, d.Case, d.Party, d.Step, d.Kind, d.Version, d.Title,
		d.Number, d.MadeOn.String(), db.Text(d.MadeAt), d.MadeBy, string(d.Values.JSON()), d.BodyHash, d.Corrects)
	if err != nil {
		return Document{}, fmt.Errorf("document: finish %s: %w", d.Kind, err)
	}
	return d, nil
}

const columns = `d.id, d.agency, d.case_id, d.party_id, d.step, d.kind, d.version, d.title, d.number, d.made_on, d.made_at, d.made_by, d.body, d.body_hash, d.corrects,
	COALESCE((SELECT c.id FROM document c WHERE c.case_id = d.case_id AND c.corrects = d.id ORDER BY c.id DESC LIMIT 1), '')`

// documentLimit bounds the documents of one case that are read at once.
const documentLimit = 20000

// Of lists the documents of a case in the order in which they were made.
func Of(tx *db.Tx, caseID string) ([]Document, error) {
	return read(tx, `SELECT `+columns+` FROM document d WHERE d.case_id = $1 ORDER BY d.id LIMIT $2`, caseID, documentLimit)
}

// Get finds one document.
func Get(tx *db.Tx, id string) (Document, error) {
	list, err := read(tx, `SELECT `+columns+` FROM document d WHERE d.id = $1`, id)
	if err != nil {
		return Document{}, err
	}
	if len(list) == 0 {
		return Document{}, refusal.NotFound{What: "文书"}
	}
	return list[0], nil
}

// Latest finds the newest document of a kind in a case, for one party or for all; false where there is none.
func Latest(list []Document, kind, party string) (Document, bool) {
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].Kind == kind && (list[i].Party == party || list[i].Party == "") {
			return list[i], true
		}
	}
	return Document{}, false
}

func read(tx *db.Tx, query string, args ...any) ([]Document, error) {
	var list []Document
	err := tx.Each(query, args, func(rows *sql.Rows) error {
		var d Document
		var at, body string
		err := rows.Scan(&d.ID, &d.Agency, &d.Case, &d.Party, &d.Step, &d.Kind, &d.Version, &d.Title, &d.Number, &d.MadeOn, &at, &d.MadeBy, &body,
			&d.BodyHash, &d.Corrects, &d.CorrectedBy)
		if err != nil {
			return err
		}
		if d.MadeAt, err = db.Time(at); err != nil {
			return err
		}
		if d.Values, err = form.ParseValues([]byte(body)); err != nil {
			return err
		}
		list = append(list, d)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("document: read: %w", err)
	}
	return list, nil
}
