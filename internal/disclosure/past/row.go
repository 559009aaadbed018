package past

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mingjing/internal/db"
	"mingjing/internal/disclosure/content"
	"mingjing/internal/ledger"
	"mingjing/internal/ledger/bound"
	"mingjing/internal/zh"
)

// sourceImport is what a publication of a decision of the past names as its source.
const sourceImport = "历史导入"

// encoded writes a list of texts as it is stored; an empty list is the empty text.
func encoded(list []string) string {
	if len(list) == 0 {
		return ""
	}
	text, _ := json.Marshal(list) // texts always encode
	return string(text)
}

// Row is one decision of the past on its way in (DECISIONS §13). Texts are as the file has them; days are
// YYYY-MM-DD or empty.
type Row struct {
	Agency     string // whose ledger and desk it belongs to
	AgencyName string // who decided, as the file says
	Other      bool   // AgencyName is another body than Agency; the public finds it under that name
	Class      string
	Kind       string
	Number     string
	Title      string
	PartyName  string
	PartyKind  string
	Result     string
	Basis      string
	DecidedOn  string
	Body       string
	Dup        string // recognises a duplicate inside the agency
	Line       int    // of the file
	Findings   []string
	Held       string // why a check in bulk does not make it public, in Chinese; empty when it may

	source, found string // made by Tidy
}

// Taken says what became of one imported row: the id of its publication, or that the same decision is there already.
type Taken struct {
	ID        string
	Duplicate bool
	Differs   bool // the decision that is there has another text or another day
}

// TakeIn writes a batch of imported rows as publications that wait for their check, with one event for the batch and the words
// that bind every one of its rows. rows must belong to one agency, and the transaction must have that agency's scope.
func TakeIn(tx *db.Tx, by ledger.Actor, run string, rows []Row) ([]Taken, error) {
	taken, fresh, err := settle(tx, rows)
	if err != nil || len(fresh) == 0 {
		return taken, err
	}
	ids := make([]string, len(fresh))
	for i := range ids {
		ids[i] = tx.NewID()
	}
	slices.Sort(ids) // ids of one instant have no order of their own; sorted, they keep that of the file
	for i, at := range fresh {
		taken[at].ID = ids[i]
	}
	if err := insert(tx, run, rows, fresh, ids); err != nil {
		return nil, fmt.Errorf("disclosure: take in: %w", err)
	}
	_, err = ledger.Append(tx, ledger.Event{Agency: rows[0].Agency, Kind: "import.batch", SubjectKind: "import", Subject: run, Actor: by,
		Ref: map[string]string{"rows": strconv.Itoa(len(fresh)), "duplicates": strconv.Itoa(len(rows) - len(fresh))}})
	return taken, err
}

// Tidy brings the texts of a row into the form in which they are stored. A reader may call it ahead, so that the transaction
// does not wait for it.
func (r *Row) Tidy() {
	if r.source != "" {
		return
	}
	r.Title, r.PartyName, r.Basis, r.Result = content.OneLine(r.Title), content.OneLine(r.PartyName), content.OneLine(r.Basis), content.OneLine(r.Result)
	r.Number, r.AgencyName, r.Class, r.Kind = content.OneLine(r.Number), content.OneLine(r.AgencyName), content.OneLine(r.Class), content.OneLine(r.Kind)
	r.source = content.Source(r.Title, r.PartyName, r.Result, r.Basis, r.Body)
	r.found = encoded(r.Findings)
}

// settle tells duplicates, of the store and of the batch itself, from what is new; fresh are the places of the latter.
func settle(tx *db.Tx, rows []Row) (taken []Taken, fresh []int, err error) {
	if taken, err = Recognise(tx, rows); err != nil {
		return nil, nil, err
	}
	first := map[string]int{}
	for i := range rows {
		twin, twice := first[rows[i].Dup]
		switch {
		case taken[i].Duplicate:
		case twice:
			taken[i] = Taken{Duplicate: true, Differs: rows[twin].source != rows[i].source || rows[twin].DecidedOn != rows[i].DecidedOn}
		default:
			first[rows[i].Dup] = i
			fresh = append(fresh, i)
		}
	}
	return taken, fresh, nil
}

// Mark tells rows of one key apart: two of the same mark say the same of the same day.
func (r *Row) Mark() string {
	sum := sha256.Sum256([]byte(r.source))
	return r.DecidedOn + "\x00" + string(sum[:])
}

// storedDiffers tells that the decision that is there already under the key of a row says something else than the row. It asks as
// the index of keys is made, with no empty ones: without that the index does not serve, and each duplicate would walk all
// publications of the agency.
func storedDiffers(tx *db.Tx, row *Row) (bool, error) {
	var old, day string
	err := tx.Row(`SELECT t.source, p.decided_on FROM publication p JOIN publication_text t ON t.publication = p.id
		WHERE p.agency = $1 AND p.dup = $2 AND p.dup <> ''`, row.Agency, row.Dup).Scan(&old, &day)
	if err != nil {
		return false, fmt.Errorf("disclosure: take in: the twin of line %d: %w", row.Line, err)
	}
	return old != row.source || day != row.DecidedOn, nil
}

// narrowColumns and wideColumns are what an import fills of the two rows of a publication.
var (
	narrowColumns = []string{"id", "agency", "agency_name", "source", "class", "kind", "number", "title", "party_name", "party_kind", "basis", "result",
		"decided_on", "run", "dup", "office", "updated_at"}
	wideColumns = []string{"publication", "source", "findings", "line", "held", "worded"}
)

// insert writes the rows and binds them. The store is told that they are spoken for (worded), so that it takes no note of each.
func insert(tx *db.Tx, run string, rows []Row, fresh []int, ids []string) error {
	now := db.Text(tx.Now())
	narrow, wide := make([][]any, len(fresh)), make([][]any, len(fresh))
	for i, at := range fresh {
		r := &rows[at]
		office := ""
		if r.Other {
			office = r.AgencyName
		}
		narrow[i] = []any{ids[i], r.Agency, r.AgencyName, sourceImport, r.Class, r.Kind, r.Number, r.Title, r.PartyName, r.PartyKind, r.Basis, r.Result,
			r.DecidedOn, run, r.Dup, office, now}
		wide[i] = []any{ids[i], r.source, r.found, r.Line, r.Held, true}
	}
	words := wordsAbout(narrow, wide)
	if err := tx.Insert(`INSERT INTO publication (`+strings.Join(narrowColumns, ", ")+`)`, narrow); err != nil {
		return err
	}
	if err := tx.Insert(`INSERT INTO publication_text (`+strings.Join(wideColumns, ", ")+`)`, wide); err != nil {
		return err
	}
	list, err := words()
	if err != nil {
		return err
	}
	return bound.Append(tx, rows[0].Agency, list)
}

// wordsAbout makes the words that bind the rows while the store is writing them; the function it returns waits for them.
func wordsAbout(narrow, wide [][]any) func() ([]bound.Row, error) {
	publications := bound.NewForm("publication", narrowColumns, map[string]string{"state": "due", "social_impact": "1"}) // as the store fills them
	texts := bound.NewForm("publication_text", wideColumns, nil)
	list, done := make([]bound.Row, 0, 2*len(narrow)), make(chan error, 1)
	go func() {
		for i := range narrow {
			one, err := publications.Row(narrow[i])
			other, err2 := texts.Row(wide[i])
			if err := errors.Join(err, err2); err != nil {
				done <- err
				return
			}
			list = append(list, one, other)
		}
		done <- nil
	}()
	return func() ([]bound.Row, error) { err := <-done; return list, err }
}

// Recognise tells of each row whether the agency has its decision already, and whether that says something else. It writes nothing.
func Recognise(tx *db.Tx, rows []Row) ([]Taken, error) {
	taken := make([]Taken, len(rows))
	keys := make([]string, len(rows))
	for i := range rows {
		rows[i].Tidy()
		keys[i] = rows[i].Dup
	}
	if len(rows) == 0 {
		return taken, nil
	}
	there, err := known(tx, rows[0].Agency, keys)
	for i := range rows {
		if err == nil && there[rows[i].Dup] {
			taken[i].Duplicate = true
			taken[i].Differs, err = storedDiffers(tx, &rows[i])
		}
	}
	return taken, err
}

// known tells which of the keys an agency holds already.
func known(tx *db.Tx, agency string, keys []string) (map[string]bool, error) {
	there := map[string]bool{}
	for chunk := range slices.Chunk(keys, 500) {
		args := []any{agency}
		for _, key := range chunk {
			args = append(args, key)
		}
		query := `SELECT dup FROM publication WHERE agency = $1 AND dup <> '' AND dup IN (` + list(2, len(chunk)) + `)`
		err := tx.Each(query, args, func(rows *sql.Rows) error {
			var key string
			err := rows.Scan(&key)
			there[key] = true
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("disclosure: known: %w", err)
		}
	}
	return there, nil
}

// list writes n placeholders from a number on: $2, $3.
func list(from, n int) string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = "$" + strconv.Itoa(from+i)
	}
	return strings.Join(parts, ", ")
}

// Key recognises the same decision again (DECISIONS §13): agency and number; where the number is missing or not whole, the
// agency and the hash of all that tells one decision from another. Title and body alone do not: an office that writes the
// facts in a set phrase has many decisions of one wording, against other parties, of other days and other amounts.
func (r *Row) Key(agency string) string {
	whole := strings.HasSuffix(r.Number, "号") && !strings.HasPrefix(r.Number, "〔")
	h := sha256.New()
	h.Write([]byte(agency + "\x00"))
	if whole {
		h.Write([]byte("n" + zh.Key(r.Number)))
	} else {
		h.Write([]byte("t" + strings.TrimSpace(r.Title) + "\x00" + r.Body))
		for _, part := range []string{r.Number, r.PartyName, r.DecidedOn, r.Result} {
			h.Write([]byte("\x00" + part))
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
