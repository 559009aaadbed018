package ledger

import (
	"database/sql"
	"encoding/hex"
	"math"
	"runtime"

	"golang.org/x/mod/sumdb/tlog"

	"mingjing/internal/db"
)

// page is a run of events with everything that is stored about them.
type page struct {
	rows    []row
	hashes  []hashRow   // the stored hashes that these events brought
	signed  []signedRow // the checkpoints over sizes that end in this page
	checked chan struct{}
}

type row struct {
	seq                                                     int64
	id, kind, subjectKind, subject, occurred, recorded, who string
	leaf                                                    string
	leafHash                                                []byte
	paid                                                    bool // a payload row stands beside the event
	salt, body, shred                                       string

	shredder string // for a destroyed payload: the subject of the event that its shred column names
	victim   string // for a shred event: the shred column of the payload it says it destroyed; "-" when there is none

	hash     tlog.Hash
	problems []Problem
}

type hashRow struct {
	index int64
	hash  []byte
}

type signedRow struct {
	size           int64
	root, at, note string
}

// pageReader reads pages one after the other on one transaction, and has each checked while it reads the next.
type pageReader struct {
	tx       *db.Tx
	agency   string
	treeSize int64
}

func (r *pageReader) pages(out chan<- *page) error {
	busy := make(chan struct{}, runtime.GOMAXPROCS(0))
	last, covered := int64(math.MinInt64), int64(math.MinInt64)
	for {
		p, err := r.page(last, covered)
		if err != nil || len(p.rows) == 0 {
			return err
		}
		last = p.rows[len(p.rows)-1].seq
		covered = last + 1
		busy <- struct{}{}
		go func() {
			for i := range p.rows {
				p.rows[i].check(r.agency)
			}
			<-busy
			close(p.checked)
		}()
		out <- p
	}
}

// page reads the events after a number, and the checkpoints over more than covered events that end among them.
func (r *pageReader) page(after, covered int64) (*page, error) {
	p := &page{checked: make(chan struct{}), rows: make([]row, 0, pageSize)}
	err := r.tx.Each(`SELECT e.seq, e.id, e.kind, e.subject_kind, e.subject, e.occurred, e.recorded, e.actor, e.leaf, e.leaf_hash,
			p.event IS NOT NULL, COALESCE(p.salt, ''), COALESCE(p.body, ''), COALESCE(p.shred, '')
		FROM event e LEFT JOIN payload p ON p.event = e.id WHERE e.agency = $1 AND e.seq > $2 ORDER BY e.seq LIMIT $3`,
		[]any{r.agency, after, pageSize}, func(rows *sql.Rows) error {
			var w row
			err := rows.Scan(&w.seq, &w.id, &w.kind, &w.subjectKind, &w.subject, &w.occurred, &w.recorded, &w.who, &w.leaf, &w.leafHash,
				&w.paid, &w.salt, &w.body, &w.shred)
			p.rows = append(p.rows, w)
			return err
		})
	if err != nil || len(p.rows) == 0 {
		return p, err
	}
	if err := r.shreds(p); err != nil {
		return nil, err
	}
	last := p.rows[len(p.rows)-1].seq
	if p.signed, err = readSigned(r.tx, r.agency, covered, last+1, pageSize); err != nil {
		return nil, err
	}
	p.hashes, err = r.treePage(p.rows[0].seq, last)
	return p, err
}

// treePage reads the stored hashes of the events from first to last. Where numbers are missing between them the tree
// is not compared further, so a page's worth is always enough.
func (r *pageReader) treePage(first, last int64) ([]hashRow, error) {
	if first < 0 || first >= r.treeSize {
		return nil, nil
	}
	list := make([]hashRow, 0, 2*pageSize)
	from, to := tlog.StoredHashIndex(0, first), tlog.StoredHashCount(min(last+1, r.treeSize))
	err := r.tx.Each(`SELECT idx, hash FROM tree_hash WHERE agency = $1 AND idx >= $2 AND idx < $3 ORDER BY idx LIMIT $4`,
		[]any{r.agency, from, to, 2*pageSize + 64}, func(rows *sql.Rows) error {
			var h hashRow
			err := rows.Scan(&h.index, &h.hash)
			list = append(list, h)
			return err
		})
	return list, err
}

// shreds reads the other end of each destruction in the page: payload to event and event to payload.
func (r *pageReader) shreds(p *page) error {
	for i := range p.rows {
		w := &p.rows[i]
		if w.shred != "" {
			err := r.tx.Row(`SELECT subject FROM event WHERE id = $1 AND agency = $2 AND kind = $3`, w.shred, r.agency, KindShredded).Scan(&w.shredder)
			if err != nil && !db.IsMissing(err) {
				return err
			}
		}
		if w.kind == KindShredded {
			err := r.tx.Row(`SELECT shred FROM payload WHERE event = $1`, w.subject).Scan(&w.victim)
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
	w.hash = tlog.RecordHash([]byte(w.leaf))
	if string(w.leafHash) != string(w.hash[:]) {
		w.wrong("叶的哈希（leaf_hash 列）与叶文不符")
	}
	l, err := parseLeaf(w.leaf)
	if err != nil || string(l.encode()) != w.leaf {
		w.wrong("叶文（leaf 列）不是规范的格式")
		return
	}
	for _, c := range [...]struct {
		column string
		same   bool
	}{
		{"agency", l.agency == agency}, {"seq", l.seq == w.seq}, {"id", l.id == w.id}, {"kind", l.kind == w.kind},
		{"subject_kind", l.subjectKind == w.subjectKind}, {"subject", l.subject == w.subject}, {"occurred", l.occurred == w.occurred},
		{"recorded", l.recorded == w.recorded}, {"actor", l.actor.Account == w.who},
	} {
		if !c.same {
			w.wrong(c.column + " 列与叶文不符")
		}
	}
	w.checkPayload(l.commit)
	w.checkShred()
}

func (w *row) wrong(what string) {
	w.problems = append(w.problems, Problem{Seq: w.seq, ID: w.id, What: what})
}

func (w *row) checkPayload(commit string) {
	switch {
	case !w.paid:
		w.wrong("内容（payload）不见了")
	case w.shred != "":
		if w.salt != "" || w.body != "" {
			w.wrong("内容记为已销毁，却仍有 salt 或 body")
		}
		if w.shredder != w.id {
			w.wrong("内容被清空，却没有相应的销毁记录（shred 列）")
		}
	default:
		salt, err := hex.DecodeString(w.salt)
		if err != nil || hex.EncodeToString(salt) != w.salt || Commitment(salt, []byte(w.body)) != commit {
			w.wrong("内容（payload 的 salt 或 body 列）与叶文中的承诺不符")
		}
	}
}

func (w *row) checkShred() {
	if w.kind == KindShredded && w.victim != w.id {
		w.wrong("已记录销毁的内容仍在，或由别的记录销毁")
	}
}
