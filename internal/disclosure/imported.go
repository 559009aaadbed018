package disclosure

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"

	"mingjing/internal/access"
	"mingjing/internal/db"
	"mingjing/internal/disclosure/content"
	"mingjing/internal/disclosure/journal"
	"mingjing/internal/disclosure/past"
	"mingjing/internal/ledger"
	"mingjing/internal/redact"
	"mingjing/internal/refusal"
	"mingjing/internal/workday"
)

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

// parties are the people and organisations that an imported decision was made against, as far as its row names them.
func (p Publication) parties() []redact.Known {
	if p.Source != SourceImport {
		return nil
	}
	return past.Parties(p.PartyName)
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
