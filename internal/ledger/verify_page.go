package ledger

import (
	"crypto/sha256"
	"database/sql"
	"math"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/mod/sumdb/tlog"

	"mingjing/internal/db"
	"mingjing/internal/ledger/leaf"
)

// page is a run of events with everything that is stored about them.
type page struct {
	store  []byte // the texts of all rows, one after the other
	rows   []row
	places map[string]int // where in rows the event of an id is
	paid   []byte         // salt, shred and body of all payloads, one after the other
	hashes []hashRow      // the stored hashes that these events brought
	signed []signedRow    // the checkpoints over sizes that end in this page
}

// columnsOfEvent is how many texts a row brings.
const columnsOfEvent = 9

type row struct {
	seq  int64
	ends [columnsOfEvent + 1]uint32 // where each text begins in the store of the page, and where the last one ends
	paid bool                       // a payload row stands beside the event
	pays [4]uint32                  // where salt, shred and body begin among the payloads of the page, and where the last one ends

	id, kind, subjectKind, subject, occurred, recorded, who string
	leaf, leafHash                                          string
	record                                                  []byte // the leaf as the tree hashes it, behind a zero byte (RFC 6962, 2.1)
	salt, shred, body                                       []byte

	shredder string // for a destroyed payload: the subject of the event that its shred column names
	victim   string // for a shred event: the shred column of the payload it says it destroyed; "-" when there is none

	hash     tlog.Hash
	problems []Problem
}

type hashRow struct {
	index int64
	whole bool // the stored hash has the length of one
	hash  tlog.Hash
}

type signedRow struct {
	size           int64
	root, at, note string
}

// pageReader reads pages and checks them, on any transaction.
type pageReader struct {
	agency   string
	treeSize int64
	folded   sync.Pool   // pages that may be filled again
	mixed    atomic.Bool // other agencies wrote so much in between that each payload is looked up by itself
}

// blank gives a page that was folded already, or a new one.
func (r *pageReader) blank() *page {
	p, folded := r.folded.Get().(*page)
	if !folded {
		return &page{rows: make([]row, 0, pageSize), places: make(map[string]int, pageSize), hashes: make([]hashRow, 0, 2*pageSize)}
	}
	clear(p.rows)
	clear(p.places)
	*p = page{store: p.store[:0], rows: p.rows[:0], places: p.places, paid: p.paid[:0], hashes: p.hashes[:0]}
	return p
}

// page reads and checks the events after a number, and reads the checkpoints that end among them.
func (r *pageReader) page(tx *db.Tx, after int64) (*page, error) {
	p := r.blank()
	covered := after + 1 // checkpoints over so many events were read before
	if after < 0 {
		covered = math.MinInt64
	}
	err := tx.Cells(`SELECT seq, leaf, id, kind, subject_kind, subject, occurred, recorded, actor, leaf_hash
		FROM event WHERE agency = $1 AND seq > $2 ORDER BY seq LIMIT $3`, []any{r.agency, after, pageSize}, func(c db.Cells) error {
		p.take(c)
		return nil
	})
	if err != nil || len(p.rows) == 0 {
		return p, err
	}
	p.name()
	if err := r.payloads(tx, p, after); err != nil {
		return nil, err
	}
	if err := r.shreds(tx, p); err != nil {
		return nil, err
	}
	for i := range p.rows {
		p.rows[i].check(r.agency)
	}
	last := p.rows[len(p.rows)-1].seq
	if p.signed, err = readSigned(tx, r.agency, covered, last+1, pageSize); err != nil {
		return nil, err
	}
	return p, r.treePage(tx, p, last)
}

// take keeps the texts of one row in the store. A zero byte goes before the leaf, which the tree hashes so.
func (p *page) take(c db.Cells) {
	w := row{seq: c.Int(0)}
	p.store = append(p.store, 0)
	for i := range columnsOfEvent {
		w.ends[i] = uint32(len(p.store))
		p.store = append(p.store, c.Bytes(1+i)...)
	}
	w.ends[columnsOfEvent] = uint32(len(p.store))
	p.rows = append(p.rows, w)
}

// name gives the texts of the store their names, once it no longer grows. One string serves the whole page.
func (p *page) name() {
	whole := string(p.store)
	for i := range p.rows {
		w := &p.rows[i]
		for at, into := range [...]*string{&w.leaf, &w.id, &w.kind, &w.subjectKind, &w.subject, &w.occurred, &w.recorded, &w.who, &w.leafHash} {
			*into = whole[w.ends[at]:w.ends[at+1]]
		}
		w.record = p.store[w.ends[0]-1 : w.ends[1]]
		p.places[w.id] = i
	}
}

// stretch is how many payloads between the first and the last id of a page are read at the most.
const stretch = 2 * pageSize

// payloads reads what is stored of the content of each event of a page. Events that follow on each other have ids that lie close
// together, so the stretch between the least and the greatest is read, which costs less than looking each up. Where that
// stretch holds too much else, or lacks one, each is looked up.
func (r *pageReader) payloads(tx *db.Tx, p *page, after int64) error {
	least, greatest, seen, found := p.rows[0].id, p.rows[0].id, 0, 0
	for i := range p.rows {
		least, greatest = min(least, p.rows[i].id), max(greatest, p.rows[i].id)
	}
	pay := func(c db.Cells) error {
		seen++
		if at, own := p.places[string(c.Bytes(0))]; own {
			found++
			p.pay(&p.rows[at], c)
		}
		return nil
	}
	var err error
	if !r.mixed.Load() {
		err = tx.Cells(`SELECT event, salt, shred, body FROM payload WHERE event >= $1 AND event <= $2 ORDER BY event LIMIT $3`,
			[]any{least, greatest, stretch}, pay)
		r.mixed.CompareAndSwap(false, seen == stretch)
	}
	if err == nil && found < len(p.rows) { // also where the engine orders texts in a way of its own
		err = tx.Cells(`SELECT p.event, p.salt, p.shred, p.body FROM event e JOIN payload p ON p.event = e.id
			WHERE e.agency = $1 AND e.seq > $2 ORDER BY e.seq LIMIT $3`, []any{r.agency, after, pageSize}, pay)
	}
	for i := range p.rows {
		w := &p.rows[i]
		w.salt, w.shred, w.body = p.paid[w.pays[0]:w.pays[1]], p.paid[w.pays[1]:w.pays[2]], p.paid[w.pays[2]:w.pays[3]]
	}
	return err
}

// pay keeps a payload behind those before it.
func (p *page) pay(w *row, c db.Cells) {
	w.paid = true
	for i := range w.pays {
		w.pays[i] = uint32(len(p.paid))
		if i < len(w.pays)-1 {
			p.paid = append(p.paid, c.Bytes(1+i)...)
		}
	}
}

// treePage reads the stored hashes of the events of a page. Where numbers are missing between them the tree is not
// compared further, so a page's worth is always enough.
func (r *pageReader) treePage(tx *db.Tx, p *page, last int64) error {
	first := p.rows[0].seq
	if first < 0 || first >= r.treeSize {
		return nil
	}
	from, to := tlog.StoredHashIndex(0, first), tlog.StoredHashCount(min(last+1, r.treeSize))
	return tx.Cells(`SELECT idx, hash FROM tree_hash WHERE agency = $1 AND idx >= $2 AND idx < $3 ORDER BY idx LIMIT $4`,
		[]any{r.agency, from, to, 2*pageSize + 64}, func(c db.Cells) error {
			raw := c.Bytes(1)
			h := hashRow{index: c.Int(0), whole: len(raw) == tlog.HashSize}
			copy(h.hash[:], raw)
			p.hashes = append(p.hashes, h)
			return nil
		})
}

// shreds reads the other end of each destruction in the page: payload to event and event to payload.
func (r *pageReader) shreds(tx *db.Tx, p *page) error {
	for i := range p.rows {
		w := &p.rows[i]
		if len(w.shred) > 0 {
			err := tx.Row(`SELECT subject FROM event WHERE id = $1 AND agency = $2 AND kind = $3`, string(w.shred), r.agency, KindShredded).Scan(&w.shredder)
			if err != nil && !db.IsMissing(err) {
				return err
			}
		}
		if w.kind == KindShredded {
			err := tx.Row(`SELECT shred FROM payload WHERE event = $1`, w.subject).Scan(&w.victim)
			if db.IsMissing(err) {
				w.victim, err = "-", nil
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func readSigned(tx *db.Tx, agency string, after, upTo int64, limit int) ([]signedRow, error) {
	var list []signedRow
	err := tx.Each(`SELECT size, root, at, note FROM checkpoint WHERE agency = $1 AND size > $2 AND size <= $3 ORDER BY size LIMIT $4`,
		[]any{agency, after, upTo, limit}, func(rows *sql.Rows) error {
			var s signedRow
			err := rows.Scan(&s.size, &s.root, &s.at, &s.note)
			list = append(list, s)
			return err
		})
	return list, err
}

// check judges one event by itself.
func (w *row) check(agency string) {
	w.hash = sha256.Sum256(w.record)
	if w.leafHash != string(w.hash[:]) {
		w.wrong("叶的哈希（leaf_hash 列）与叶文不符")
	}
	l, canonical := leaf.ParseCanonical(w.leaf)
	if !canonical {
		w.wrong("叶文（leaf 列）不是规范的格式")
		return
	}
	for _, c := range [...]struct {
		column string
		same   bool
	}{
		{"agency", l.Agency == agency}, {"seq", l.Seq == w.seq}, {"id", l.ID == w.id}, {"kind", l.Kind == w.kind},
		{"subject_kind", l.SubjectKind == w.subjectKind}, {"subject", l.Subject == w.subject}, {"occurred", l.Occurred == w.occurred},
		{"recorded", l.Recorded == w.recorded}, {"actor", l.Actor.Account == w.who},
	} {
		if !c.same {
			w.wrong(c.column + " 列与叶文不符")
		}
	}
	w.checkPayload(l.Commit)
	w.checkShred()
}

func (w *row) wrong(what string) {
	w.problems = append(w.problems, Problem{Seq: w.seq, ID: strings.Clone(w.id), What: what})
}

func (w *row) checkPayload(commit string) {
	switch {
	case !w.paid:
		w.wrong("内容（payload）不见了")
	case len(w.shred) > 0:
		if len(w.salt) > 0 || len(w.body) > 0 {
			w.wrong("内容记为已销毁，却仍有 salt 或 body")
		}
		if w.shredder != w.id {
			w.wrong("内容被清空，却没有相应的销毁记录（shred 列）")
		}
	case !leaf.Commits(w.salt, w.body, commit):
		w.wrong("内容（payload 的 salt 或 body 列）与叶文中的承诺不符")
	}
}

func (w *row) checkShred() {
	if w.kind == KindShredded && w.victim != w.id {
		w.wrong("已记录销毁的内容仍在，或由别的记录销毁")
	}
}
