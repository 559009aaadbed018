package disclosure

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/disclosure/content"
	"mingjing/internal/disclosure/journal"
	"mingjing/internal/ledger"
	"mingjing/internal/redact"
	"mingjing/internal/redact/person"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

// Imported is one decision of the past on its way in (DECISIONS §13). Texts are as the file has them; days are
// YYYY-MM-DD or empty.
type Imported struct {
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
	sum           [sha256.Size]byte
}

// Taken says what became of one imported row: the id of its publication, or that the same decision is there already.
type Taken struct {
	ID        string
	Duplicate bool
	Differs   bool // the decision that is there has another text or another day
}

// TakeIn writes a batch of imported rows as publications that wait for their check, with one event for the batch whose
// manifest is the hash of all rows. rows must belong to one agency, and the transaction must have that agency's scope.
func TakeIn(tx *db.Tx, by ledger.Actor, run string, rows []Imported) ([]Taken, error) {
	taken, fresh, err := settle(tx, rows)
	if err != nil || len(fresh) == 0 {
		return taken, err
	}
	ids := make([]string, len(fresh))
	for i := range ids {
		ids[i] = tx.NewID()
	}
	slices.Sort(ids) // ids of one instant have no order of their own; sorted, they keep that of the file
	manifest := sha256.New()
	for i, at := range fresh {
		taken[at].ID = ids[i]
		manifest.Write([]byte(ids[i]))
		manifest.Write(rows[at].sum[:])
	}
	if err := insertImported(tx, run, rows, fresh, ids); err != nil {
		return nil, fmt.Errorf("disclosure: take in: %w", gated(err))
	}
	_, err = ledger.Append(tx, ledger.Event{Agency: rows[0].Agency, Kind: "import.batch", SubjectKind: "import", Subject: run, Actor: by,
		Ref: map[string]string{"rows": strconv.Itoa(len(fresh)), "duplicates": strconv.Itoa(len(rows) - len(fresh)), "manifest_sha256": hex.EncodeToString(manifest.Sum(nil))}})
	return taken, err
}

// Tidy brings the texts of a row into the form in which they are stored, and hashes them. A reader may call it ahead, so
// that the transaction does not wait for it.
func (r *Imported) Tidy() {
	if r.source != "" {
		return
	}
	r.Title, r.PartyName, r.Basis, r.Result = content.OneLine(r.Title), content.OneLine(r.PartyName), content.OneLine(r.Basis), content.OneLine(r.Result)
	r.Number, r.AgencyName, r.Class, r.Kind = content.OneLine(r.Number), content.OneLine(r.AgencyName), content.OneLine(r.Class), content.OneLine(r.Kind)
	r.source = content.Source(r.Title, r.PartyName, r.Result, r.Basis, r.Body)
	r.sum = sha256.Sum256([]byte(r.source))
	r.found = encode(r.Findings)
}

// settle tells duplicates, of the store and of the batch itself, from what is new; fresh are the places of the latter.
func settle(tx *db.Tx, rows []Imported) (taken []Taken, fresh []int, err error) {
	if taken, err = Recognise(tx, rows); err != nil {
		return nil, nil, err
	}
	first := map[string]int{}
	for i := range rows {
		twin, twice := first[rows[i].Dup]
		switch {
		case taken[i].Duplicate:
		case twice:
			taken[i] = Taken{Duplicate: true, Differs: rows[twin].Mark() != rows[i].Mark()}
		default:
			first[rows[i].Dup] = i
			fresh = append(fresh, i)
		}
	}
	return taken, fresh, nil
}

// Mark tells rows of one key apart: two of the same mark say the same of the same day.
func (r *Imported) Mark() string { return r.DecidedOn + "\x00" + string(r.sum[:]) }

// storedDiffers tells that the decision that is there already under the key of a row says something else than the row. It asks as
// the index of keys is made, with no empty ones: without that the index does not serve, and each duplicate would walk all
// publications of the agency.
func storedDiffers(tx *db.Tx, row *Imported) (bool, error) {
	var old, day string
	err := tx.Row(`SELECT t.source, p.decided_on FROM publication p JOIN publication_text t ON t.publication = p.id
		WHERE p.agency = $1 AND p.dup = $2 AND p.dup <> ''`, row.Agency, row.Dup).Scan(&old, &day)
	if err != nil {
		return false, fmt.Errorf("disclosure: take in: the twin of line %d: %w", row.Line, err)
	}
	return old != row.source || day != row.DecidedOn, nil
}

func insertImported(tx *db.Tx, run string, rows []Imported, fresh []int, ids []string) error {
	now := db.Text(tx.Now())
	narrow, wide := make([][]any, len(fresh)), make([][]any, len(fresh))
	for i, at := range fresh {
		r := &rows[at]
		office := ""
		if r.Other {
			office = r.AgencyName
		}
		narrow[i] = []any{ids[i], r.Agency, r.AgencyName, SourceImport, r.Class, r.Kind, r.Number, r.Title, r.PartyName, r.PartyKind, r.Basis, r.Result,
			r.DecidedOn, run, r.Dup, office, now}
		wide[i] = []any{ids[i], r.source, r.found, r.Line}
	}
	if err := tx.Insert(`INSERT INTO publication (id, agency, agency_name, source, class, kind, number, title, party_name, party_kind, basis, result,
		decided_on, run, dup, office, updated_at)`, narrow); err != nil {
		return err
	}
	if err := tx.Insert(`INSERT INTO publication_text (publication, source, findings, line)`, wide); err != nil {
		return err
	}
	for i, at := range fresh {
		if rows[at].Held == "" { // as nearly all are
			continue
		}
		if _, err := tx.Exec(`UPDATE publication_text SET held = $2 WHERE publication = $1`, ids[i], rows[at].Held); err != nil {
			return err
		}
	}
	return nil
}

// Recognise tells of each row whether the agency has its decision already, and whether that says something else. It writes nothing.
func Recognise(tx *db.Tx, rows []Imported) ([]Taken, error) {
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

// Doubt says what a bulk check does with findings that are only guesses: hide them, which is the safe answer, or leave
// such rows for a check one by one.
type Doubt string

const (
	HideDoubtful Doubt = "hide"
	HoldDoubtful Doubt = "hold"
)

// Bulk is a check of many imported publications at once by a second person, who must not be the one who imported them.
type Bulk struct {
	Run             string
	Maker, MakerFor string // account that imported, and the one acted for
	Checker         access.Actor
	Doubt           Doubt
}

// Ready is an imported publication with its redaction worked out. Working it out needs no store and may run beside it.
type Ready struct {
	p         Publication
	c         content.Copy
	decisions []redact.Decision
	Held      string // why it is left for a check of its own, in Chinese; empty when it may go out
}

// Source is the text of an imported publication that waits, and why it needs a check of its own, if it does.
type Source struct{ Text, Held string }

// Waiting reads the imported publications of a run that wait, after an id, with their texts.
func Waiting(tx *db.Tx, run, after string, limit int) ([]Publication, []Source, error) {
	waiting, err := collect(tx, `SELECT `+columns+` FROM publication WHERE run = $1 AND id > $2 AND state = 'due' ORDER BY id LIMIT $3`, run, after, limit)
	if err != nil {
		return nil, nil, err
	}
	sources := make([]Source, len(waiting))
	for i, p := range waiting {
		if err := tx.Row(`SELECT source, held FROM publication_text WHERE publication = $1`, p.ID).Scan(&sources[i].Text, &sources[i].Held); err != nil {
			return nil, nil, fmt.Errorf("disclosure: waiting: %w", err)
		}
	}
	return waiting, sources, nil
}

// parties are the people and organisations that an imported decision was made against, as far as its row names them. The
// name of a person is hidden wherever it stands, that of an organisation stays.
func (p Publication) parties() []redact.Known {
	if p.Source != SourceImport {
		return nil
	}
	var known []redact.Known
	for _, name := range strings.FieldsFunc(p.PartyName, func(r rune) bool { return strings.ContainsRune("、，,;；", r) }) {
		if name = strings.TrimSpace(name); person.Named(name) {
			known = append(known, redact.Known{Kind: redact.Name, Text: name, Variants: turned(name)})
		} else {
			known = append(known, redact.Known{Kind: redact.Organisation, Text: name, Public: true})
		}
	}
	return known
}

// turned is a name in Latin letters with the surname at the other end: LI TONG is also written TONG LI.
func turned(name string) []string {
	words := strings.Fields(name)
	if len(words) != 2 || !person.Latin(name) {
		return nil
	}
	return []string{words[1] + " " + words[0]}
}

// WorkOut decides every finding in the checker's name as the bulk says and renders the result. It is pure.
func WorkOut(p Publication, s Source, b Bulk) Ready {
	known, src := p.parties(), s.Text
	ready := Ready{p: p, Held: s.Held}
	if ready.Held != "" {
		return ready
	}
	spans := p.policy().Find(src, known)
	if b.Doubt == HoldDoubtful && slices.ContainsFunc(spans, func(s redact.Span) bool { return !s.Sure }) {
		ready.Held = "有不能确定的疑似个人信息，需要逐条核对"
		return ready
	}
	ready.decisions = AcceptAll(spans, b.Checker.Account)
	var err error
	if ready.c, err = content.Render(src, "", ready.decisions); err != nil {
		ready.Held = "脱敏结果需要逐条核对"
		return ready
	}
	if leaks := p.policy().Scan(p.seen(ready.c), known...); len(leaks) > 0 {
		ready.Held = "脱敏后仍有疑似个人信息（" + kindsOf(leaks) + "），需要逐条核对"
	}
	return ready
}

// PublishBatch makes a batch of worked out publications public in one transaction, with one event for the batch. What
// is held, or no longer waits, is passed over; it returns how many went out.
func PublishBatch(tx *db.Tx, b Bulk, batch []Ready) (int, error) {
	if b.Maker == "" || overlap(b.Checker.Identities(), nonEmpty(b.Maker, b.MakerFor)) {
		return 0, refuse("XG-05b", "公示信息的制作人与复核人不得为同一人", "批量核对人就是导入人。", "请由另一名公示复核员批量核对。")
	}
	batch = slices.DeleteFunc(slices.Clone(batch), func(r Ready) bool { return r.Held != "" })
	if len(batch) == 0 {
		return 0, nil
	}
	if err := access.Require(b.Checker, access.PublicationCheck, batch[0].p.thing()); err != nil {
		return 0, err
	}
	at, err := journal.Tick(tx, len(batch), len(batch))
	if err != nil {
		return 0, err
	}
	today := workday.DayOf(tx.Now()).String()
	manifest := sha256.New()
	counts := map[string]*tally{}
	told := int64(0)
	for i, r := range batch {
		ordinal, seq := at.Ordinal-int64(len(batch)-1-i), at.Queued-int64(len(batch)-1-i)
		p, err := publishOne(tx, b, r, ordinal, today)
		if err != nil {
			return 0, err
		}
		if err := queue(tx, seq, ordinal); err != nil {
			return 0, err
		}
		key := p.publicAgency() + "\x00" + p.Class + "\x00" + strconv.Itoa(p.year())
		if counts[key] == nil {
			counts[key] = &tally{p: p}
		}
		counts[key].n++
		manifest.Write([]byte(p.ID + p.ContentHash))
		if told, err = tell(tx, p, journal.Publish, p.told()); err != nil {
			return 0, err
		}
	}
	for _, t := range counts {
		if err := count(tx, t.p, StatePublished, t.n); err != nil {
			return 0, err
		}
	}
	first, begun := at.Ordinal-int64(len(batch))+1, told-int64(len(batch))+1
	e, err := ledger.Append(tx, ledger.Event{Agency: batch[0].p.Agency, Kind: "publication.batch_published", SubjectKind: "import", Subject: b.Run,
		Actor: b.Checker.Ledger(access.RoleChecker), Ref: map[string]string{"rows": strconv.Itoa(len(batch)), "first": strconv.FormatInt(first, 10),
			"last": strconv.FormatInt(at.Ordinal, 10), "maker": b.Maker, "manifest_sha256": hex.EncodeToString(manifest.Sum(nil))}})
	if err != nil {
		return 0, err
	}
	return len(batch), locate(tx, journal.Log(e.Agency), begun, first, at.Ordinal)
}

type tally struct {
	p Publication
	n int
}

func publishOne(tx *db.Tx, b Bulk, r Ready, ordinal int64, today string) (Publication, error) {
	p := r.p
	if p.State != StateDue || p.Source != SourceImport || p.Run != b.Run || p.Agency != b.Checker.Agency {
		return p, refusal.NotFound{What: "待核对的导入记录"}
	}
	p.State, p.PublishedOn, p.Ordinal, p.Version = StatePublished, today, ordinal, 1
	p.Maker, p.makerFor, p.Checker, p.checkerFor = b.Maker, b.MakerFor, b.Checker.Account, b.Checker.OnBehalf
	p.Title, p.PartyName, p.Result, p.Basis = r.c.Title, r.c.Party, r.c.Result, r.c.Basis
	p.ContentHash, p.RedactionHash = r.c.Hash(p.row()), r.c.RedactionHash
	p.CheckedHash = p.ContentHash
	if err := save(tx, p); err != nil {
		return p, err
	}
	if len(r.decisions) > 0 {
		if _, err := tx.Exec(`UPDATE publication_text SET decisions = $2 WHERE publication = $1`, p.ID, encode(r.decisions)); err != nil {
			return p, fmt.Errorf("disclosure: publish %s: %w", p.ID, err)
		}
	}
	if err := keep(tx, p, r.c, ""); err != nil {
		return p, err
	}
	return p, show(tx, p, r.c)
}
