package ledger

import (
	"context"
	"errors"
	"fmt"
	"math"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"mingjing/internal/db"
)

// Problem is one thing of the record that does not fit.
type Problem struct {
	Seq  int64  // the event's number; -1 when it is about no single event
	ID   string // the event's id, where it has one
	What string // in Chinese
}

// Report is what a verification found.
type Report struct {
	Agency      string
	Events      int64     // events read
	Size        int64     // events that the tree covers
	Root        tlog.Hash // recomputed, over Size events
	Checkpoints int64     // checkpoints read
	Signed      int64     // events that the newest good checkpoint covers
	Shredded    int64     // payloads destroyed by law, which is no problem
	Problems    []Problem // the first of them, in the order of the record; at most a hundred
	Count       int64     // how many there are in all
}

// Sound tells that everything fits.
func (r Report) Sound() bool { return r.Count == 0 }

// problemLimit bounds the problems that are named; the rest are counted.
const problemLimit = 100

func (r *Report) add(p ...Problem) {
	r.Count += int64(len(p))
	room := problemLimit - len(r.Problems)
	r.Problems = append(r.Problems, p[:min(room, len(p))]...)
}

// VerifyOptions are what a verification may be given beside the store.
type VerifyOptions struct {
	Known    string                                                    // a checkpoint kept elsewhere, by a witness or apart from the database
	Progress func(done, total int64)                                   // called after each page of events
	Orders   func(tx *db.Tx, agency string, found func(Problem)) error // whether the acts came in the order of the law (package order); nil asks nothing
}

// Verify recomputes the whole ledger of an agency as it stands in one snapshot of the store: numbers without a gap, every column
// against its leaf, the leaf's form and hash, every payload against its commitment or its destruction, the tree, and
// the root and signature of every checkpoint. The first problem of the report is the first thing that does not fit.
// It trusts nothing but the verifier key; memory stays bounded whatever the length. The error is about reading only.
func Verify(ctx context.Context, d *db.DB, agency, vkey string, o VerifyOptions) (Report, error) {
	if _, err := note.NewVerifier(vkey); err != nil {
		return Report{}, fmt.Errorf("ledger: verify %s: verifier key: %w", agency, err)
	}
	v := &verification{agency: agency, vkey: vkey, report: Report{Agency: agency}, options: o}
	if o.Known != "" {
		known, err := OpenCheckpoint(o.Known, vkey)
		if err != nil {
			return Report{}, fmt.Errorf("ledger: verify %s: the known checkpoint: %w", agency, err)
		}
		v.known = &known
	}
	if err := d.Read(ctx, func(tx *db.Tx) error { return v.run(ctx, tx) }); err != nil {
		return Report{}, fmt.Errorf("ledger: verify %s: %w", agency, err)
	}
	return v.report, nil
}

type verification struct {
	agency, vkey string
	known        *Checkpoint
	options      VerifyOptions
	report       Report

	head     int64 // what ledger_head says
	treeSize int64 // how many leaves the stored hashes are for
	whole    bool

	next     int64 // the number that the next event must have
	tree     tree
	apart    bool   // the tree was found to differ; what follows from it is not named again
	recorded string // of the last event folded
}

// run reads what is whole abreast, and what is left after it page by page.
func (v *verification) run(ctx context.Context, tx *db.Tx) error {
	if err := v.start(tx); err != nil {
		return err
	}
	reader := &pageReader{agency: v.agency, treeSize: v.treeSize}
	last, err := v.abreast(ctx, tx, reader)
	if err != nil {
		return err
	}
	for {
		p, err := reader.page(tx, last)
		if err != nil {
			return err
		} else if len(p.rows) == 0 {
			break
		}
		last = p.rows[len(p.rows)-1].seq
		v.take(p, reader)
	}
	if v.options.Orders == nil {
		return v.end(tx)
	}
	return errors.Join(v.options.Orders(tx, v.agency, func(p Problem) { v.report.add(p) }), v.end(tx))
}

// abreast takes the pages that have every number on several connections at once, up to the first that has not, and tells the
// number of the last event that was taken. How many pages there are is asked of tx: what is appended meanwhile is left.
func (v *verification) abreast(ctx context.Context, tx *db.Tx, reader *pageReader) (last int64, err error) {
	last = math.MinInt64
	var first, end int64
	err = tx.Row(`SELECT COALESCE(min(seq), -1), COALESCE(max(seq), -1) FROM event WHERE agency = $1`, v.agency).Scan(&first, &end)
	pages := (end + 1) / pageSize
	if err != nil || first != 0 || pages < 2 {
		return last, err // too short, or begun before its beginning
	}
	read := func(tx *db.Tx, n int64) (*page, error) { return reader.page(tx, n*pageSize-1) }
	err = db.Abreast(ctx, tx, pages, read, func(p *page) bool {
		from := max(last+1, 0)
		if len(p.rows) != pageSize || p.rows[0].seq != from || p.rows[pageSize-1].seq != from+pageSize-1 {
			return false
		}
		last = from + pageSize - 1
		v.take(p, reader)
		return true
	})
	return last, err
}

// take folds a page and tells how far the verification has come.
func (v *verification) take(p *page, reader *pageReader) {
	v.fold(p)
	if v.options.Progress != nil {
		v.options.Progress(v.report.Events, max(v.head, v.report.Events))
	}
	reader.folded.Put(p)
}

func (v *verification) start(tx *db.Tx) error {
	var origin string
	err := tx.Row(`SELECT size, origin FROM ledger_head WHERE agency = $1`, v.agency).Scan(&v.head, &origin)
	switch {
	case db.IsMissing(err):
		v.head = -1
	case err != nil:
		return err
	case origin != Origin(v.agency):
		v.report.add(Problem{Seq: -1, What: "账本首行（ledger_head）的名称不是 " + Origin(v.agency)})
	}
	rows, err := treeRows(tx, v.agency)
	if err != nil {
		return err
	}
	v.treeSize, v.whole = treeSize(rows)
	return nil
}

// fold takes one checked page into the tree and judges what stands beside it.
func (v *verification) fold(p *page) {
	cut := 0 // stored hashes used
	for i := range p.rows {
		row := &p.rows[i]
		if row.seq != v.next {
			v.gap(row.seq)
		}
		v.next = max(v.next, row.seq+1)
		v.report.Events++
		v.report.add(row.problems...)
		if len(row.shred) > 0 {
			v.report.Shredded++
		}
		if !v.apart {
			want := v.tree.add(row.hash)
			if row.seq < v.treeSize {
				cut = v.compare(p, cut, row, want)
			}
			v.recorded = row.recorded
		}
		v.atSize(p, row.seq+1)
	}
}

func (v *verification) gap(seq int64) {
	what := fmt.Sprintf("第 %d 号事件不见了", v.next)
	if seq > v.next+1 {
		what = fmt.Sprintf("第 %d 至 %d 号事件不见了", v.next, seq-1)
	}
	if seq < v.next {
		what = fmt.Sprintf("事件编号 %d 不在序列之内", seq)
	}
	v.report.add(Problem{Seq: v.next, What: what})
	v.apart = true
}

// compare holds the stored hashes of one leaf against the recomputed ones.
func (v *verification) compare(p *page, cut int, row *row, want []tlog.Hash) int {
	index := tlog.StoredHashIndex(0, row.seq)
	for i, h := range want {
		at := cut + i
		if at < len(p.hashes) && p.hashes[at].index == index+int64(i) && p.hashes[at].whole && p.hashes[at].hash == h {
			continue
		}
		what := fmt.Sprintf("哈希树第 %d 个节点与重新计算的不符", index+int64(i))
		if at >= len(p.hashes) || p.hashes[at].index != index+int64(i) {
			what = fmt.Sprintf("哈希树第 %d 个节点不见了", index+int64(i))
		}
		v.report.add(Problem{Seq: row.seq, ID: row.id, What: what})
		v.apart = true
		break
	}
	return cut + len(want)
}

// atSize judges what was signed over exactly so many events.
func (v *verification) atSize(p *page, size int64) {
	for len(p.signed) > 0 && p.signed[0].size <= size {
		v.checkpoint(&p.signed[0], p.signed[0].size == size)
		p.signed = p.signed[1:]
	}
	if v.known != nil && v.known.Size == size && (v.apart || v.tree.root() != v.known.Root) {
		v.report.add(Problem{Seq: size - 1, What: fmt.Sprintf("与库外保存的检查点（覆盖 %d 条）不一致", size)})
	}
}

// checkpoint judges one stored checkpoint: its signature and form, its columns, and the root it signs.
func (v *verification) checkpoint(s *signedRow, reached bool) {
	v.report.Checkpoints++
	name := fmt.Sprintf("检查点（覆盖 %d 条）", s.size)
	wrong := func(what string) { v.report.add(Problem{Seq: s.size - 1, What: name + what}) }
	c, err := OpenCheckpoint(s.note, v.vkey)
	switch {
	case err != nil:
		wrong("的签名或格式不对")
	case c.Size != s.size:
		wrong("的 size 列与签名的内容不符")
	case c.Root.String() != s.root:
		wrong("的 root 列与签名的内容不符")
	case !reached:
		wrong("所覆盖的事件不全")
	case v.apart || v.tree.root() != c.Root:
		wrong("的根与重新计算的不符")
		v.apart = true
	case s.at != v.recorded:
		wrong("的 at 列不是其最后一条事件的记录时间")
	default:
		v.report.Signed = s.size
	}
}

// end judges what the record lacks at its end.
func (v *verification) end(tx *db.Tx) error {
	v.report.Size = min(v.treeSize, v.next)
	switch {
	case v.treeSize > v.next:
		v.report.add(Problem{Seq: v.next, What: fmt.Sprintf("第 %d 号以后的事件不见了：哈希树覆盖 %d 条", v.next, v.treeSize)})
	case !v.whole:
		v.report.add(Problem{Seq: v.treeSize, What: "哈希树的末尾残缺"})
	}
	if v.head != v.next && (v.head >= 0 || v.next > 0) {
		v.report.add(Problem{Seq: v.next, What: fmt.Sprintf("账本首行（ledger_head）记有 %d 条，实有 %d 条", max(v.head, 0), v.next)})
	}
	if v.known != nil && v.known.Size > v.next {
		v.report.add(Problem{Seq: v.next, What: fmt.Sprintf("库外保存的检查点覆盖 %d 条，库里只有 %d 条", v.known.Size, v.next)})
	}
	beyond, err := readSigned(tx, v.agency, v.next, int64(1)<<62, problemLimit)
	if err != nil {
		return err
	}
	for i := range beyond {
		v.checkpoint(&beyond[i], false)
	}
	return v.rootAt(tx)
}

// rootAt gives the root over Size events; when newer events were folded too, that is an earlier state of the tree.
func (v *verification) rootAt(tx *db.Tx) error {
	if v.apart || !v.report.Sound() {
		return nil
	}
	if v.report.Size == v.tree.size {
		v.report.Root = v.tree.root()
		return nil
	}
	root, err := tlog.TreeHash(v.report.Size, storedHashes(tx, v.agency)) // all of these were just compared
	v.report.Root = root
	return err
}
