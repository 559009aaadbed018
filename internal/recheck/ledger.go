package recheck

import (
	"database/sql"
	"fmt"
	"strconv"
	"strings"

	"mingjing/internal/db"
)

// pageEvents is how many events are read before the tree's hashes of the same leaves are.
const pageEvents = 4096

// head is the ledger of one agency while it is read.
type head struct {
	agency, vkey string
	tree         growing
	next         int64
	recorded     string // of the last event
	torn         bool   // the tree has been found to differ; what follows from it is not named again
	signed       map[int64]signedRow
	known        signedHead
	most         int64             // the largest size that was signed
	shredders    map[string]string // events that say they destroyed a payload: the event destroyed, by its own id
	shredded     map[string]string // payloads destroyed: the event that did it, by the event destroyed
}

type signedRow struct{ root, at, note string }

func (h *head) where(seq int64) string { return "台账第" + strconv.FormatInt(seq, 10) + "号" }

// ledgers reads the ledger of every agency.
func (r *run) ledgers() error {
	agencies := map[string]int64{}
	var order []string
	err := r.tx.Each(`SELECT agency, size, origin FROM ledger_head ORDER BY agency LIMIT 100000`, nil, func(rows *sql.Rows) error {
		var agency, origin string
		var size int64
		err := rows.Scan(&agency, &size, &origin)
		agencies[agency], order = size, append(order, agency)
		r.must(origin == "mingjing/"+agency, "LG-1", agency, "ledger_head", "账本首行的名称不是 mingjing/"+agency)
		return err
	})
	if err != nil {
		return err
	}
	for _, agency := range order {
		h, err := r.ledger(agency)
		if err != nil {
			return err
		}
		r.must(agencies[agency] == h.next, "LG-1", agency, "ledger_head", fmt.Sprintf("账本首行记有 %d 条，实有 %d 条", agencies[agency], h.next))
	}
	for _, q := range []struct{ table, query string }{
		{"event", `SELECT count(*) FROM event`}, {"payload", `SELECT count(*) FROM payload`}} {
		var n int64
		if err := r.tx.Row(q.query).Scan(&n); err != nil {
			return err
		}
		r.must(n == r.report.Events, "LG-1", "", q.table, fmt.Sprintf("共有 %d 行，各机关台账合计 %d 条", n, r.report.Events))
	}
	var strays int64
	err = r.tx.Row(`SELECT (SELECT count(*) FROM tree_hash t WHERE NOT EXISTS (SELECT 1 FROM ledger_head h WHERE h.agency = t.agency))
		+ (SELECT count(*) FROM checkpoint c WHERE NOT EXISTS (SELECT 1 FROM ledger_head h WHERE h.agency = c.agency))`).Scan(&strays)
	r.must(strays == 0, "LG-3", "", "tree_hash", fmt.Sprintf("有 %d 行不属于任何台账", strays))
	return err
}

func (r *run) ledger(agency string) (*head, error) {
	h := &head{agency: agency, signed: map[int64]signedRow{}, shredders: map[string]string{}, shredded: map[string]string{}}
	if r.options.Verifier != nil {
		h.vkey = r.options.Verifier(agency)
	}
	if r.options.Known != nil {
		if text := r.options.Known(agency); text != "" {
			var ok bool
			h.known, ok = readNote(text, h.vkey)
			r.must(ok, "LG-5", agency, "库外检查点", "库外保存的检查点的签名或格式不对")
		}
	}
	err := r.tx.Each(`SELECT size, root, at, note FROM checkpoint WHERE agency = $1`, []any{agency}, func(rows *sql.Rows) error {
		var size int64
		var s signedRow
		err := rows.Scan(&size, &s.root, &s.at, &s.note)
		h.signed[size], h.most = s, max(h.most, size)
		return err
	})
	if err != nil {
		return nil, err
	}
	after, stored := int64(-1<<62), int64(0)
	for {
		hashes, err := r.page(h, &after)
		if err != nil {
			return nil, err
		}
		if len(hashes) == 0 {
			break
		}
		n, err := r.stored(h, hashes, stored)
		if err != nil {
			return nil, err
		}
		stored += n
	}
	return h, r.end(h, stored)
}

// page reads some events, and gives the hashes that they complete.
func (r *run) page(h *head, after *int64) (fresh []digest, err error) {
	err = r.stream("台账", `SELECT e.seq, e.id, e.kind, e.subject_kind, e.subject, e.occurred, e.recorded, e.actor, e.leaf, e.leaf_hash,
			CASE WHEN p.event IS NULL THEN 0 ELSE 1 END, COALESCE(p.salt, ''), COALESCE(p.shred, ''), COALESCE(p.body, '')
		FROM event e LEFT JOIN payload p ON p.event = e.id WHERE e.agency = $1 AND e.seq > $2 ORDER BY e.seq LIMIT $3`,
		[]any{h.agency, *after, pageEvents}, 14, func(w row) error {
			*after = w.number(0)
			fresh = append(fresh, r.event(h, w)...)
			return nil
		})
	return fresh, err
}

// event judges one event and takes what it says of other rows.
func (r *run) event(h *head, w row) []digest {
	seq := w.number(0)
	where := h.where(seq)
	r.report.Events++
	if r.fails(seq == h.next, "LG-1") {
		r.wrong("LG-1", h.agency, where, fmt.Sprintf("编号不连续：应为第 %d 号", h.next))
	}
	h.next = seq + 1
	hash := leafHash(w.cell(8))
	r.must(string(hash[:]) == string(w.cell(9)), "LG-3", h.agency, where, "叶的哈希与叶文不符")
	l, canonical := r.read.leaf(w.text(8))
	r.must(canonical, "LG-1", h.agency, where, "叶文不是规范的格式")
	if canonical {
		for _, c := range []struct {
			name string
			same bool
		}{{"agency", l.agency == h.agency}, {"seq", l.seq == seq}, {"id", w.is(1, l.id)}, {"kind", w.is(2, l.kind)}, {"subject_kind", w.is(3, l.subjectKind)},
			{"subject", w.is(4, l.subject)}, {"occurred", w.is(5, l.occurred)}, {"recorded", w.is(6, l.recorded)}, {"actor", w.is(7, l.account)}} {
			if !c.same {
				r.wrong("LG-1", h.agency, where, c.name+" 列与叶文不符")
			}
		}
		r.payload(h, w, l, where)
	}
	h.recorded = w.text(6)
	fresh := h.tree.add(hash)
	r.atSize(h, seq+1)
	return fresh
}

// payload judges what stands beside a leaf.
func (r *run) payload(h *head, w row, l leaf, where string) {
	switch shred := w.text(12); {
	case w.number(10) != 1:
		r.must(false, "LG-2", h.agency, where, "内容（payload）不见了")
		return
	case shred != "":
		r.must(len(w.cell(11)) == 0 && len(w.cell(13)) == 0, "LG-2", h.agency, where, "内容记为已销毁，却仍有 salt 或 body")
		h.shredded[l.id] = shred
		r.cut = r.cut || l.kind == "ledger.bound"
		r.facts(h, l, nil)
	default:
		r.must(opens(w.text(11), w.cell(13), l.commit), "LG-2", h.agency, where, "内容（payload 的 salt 或 body）与叶文中的承诺不符")
		r.facts(h, l, w.cell(13))
	}
	if l.kind == "ledger.shredded" {
		h.shredders[l.id] = l.subject
	}
}

// atSize judges what was signed over so many events.
func (r *run) atSize(h *head, size int64) {
	s, signed := h.signed[size]
	if !signed && h.known.size != size {
		return
	}
	root := base(h.tree.root())
	if h.known.size == size && h.known.origin != "" {
		r.must(signed, "LG-5", h.agency, h.where(size-1), fmt.Sprintf("库外保存的检查点（覆盖 %d 条）在库里没有", size))
		r.must(h.known.root == root, "LG-5", h.agency, h.where(size-1), fmt.Sprintf("与库外保存的检查点（覆盖 %d 条）不一致", size))
	}
	if !signed {
		return
	}
	delete(h.signed, size)
	name := fmt.Sprintf("检查点（覆盖 %d 条）", size)
	head, ok := readNote(s.note, h.vkey)
	r.must(ok, "LG-4", h.agency, name, "签名或格式不对")
	r.must(!ok || head.origin == "mingjing/"+h.agency && head.size == size && head.root == s.root, "LG-4", h.agency, name, "各列与签名的内容不符")
	r.must(s.root == root, "LG-4", h.agency, name, "根与重新计算的不符")
	r.must(s.at == h.recorded, "LG-4", h.agency, name, "时间不是其最后一条事件的记录时间")
}

// stored holds the stored hashes against the recomputed ones and tells how many there are.
func (r *run) stored(h *head, fresh []digest, from int64) (int64, error) {
	n := 0
	err := r.tx.Cells(`SELECT idx, hash FROM tree_hash WHERE agency = $1 AND idx >= $2 AND idx < $3 ORDER BY idx`,
		[]any{h.agency, from, from + int64(len(fresh))}, func(c db.Cells) error {
			if at := c.Int(0) - from; !h.torn && (at != int64(n) || string(c.Bytes(1)) != string(fresh[at][:])) {
				h.torn = true
				r.wrong("LG-3", h.agency, "tree_hash "+strconv.FormatInt(from+int64(n), 10), "哈希树的节点与重新计算的不符或者不见了")
			}
			n++
			return nil
		})
	r.did("LG-3", int64(n))
	return int64(n), err
}

// end judges what the ledger lacks at its end. The tree may be some events behind: it is filled every second.
func (r *run) end(h *head, stored int64) error {
	var rows int64
	var last sql.NullInt64
	if err := r.tx.Row(`SELECT count(*), max(idx) FROM tree_hash WHERE agency = $1`, h.agency).Scan(&rows, &last); err != nil {
		return err
	}
	size := int64(0)
	for storedBefore(size+1) <= rows {
		size++
	}
	whole := storedBefore(size) == rows && rows == stored && (rows == 0 || last.Int64 == rows-1)
	r.must(whole && size >= h.most, "LG-3", h.agency, "tree_hash", fmt.Sprintf("哈希树有 %d 个节点，与 %d 条事件不合", rows, h.next))
	for at := range h.signed {
		r.wrong("LG-4", h.agency, fmt.Sprintf("检查点（覆盖 %d 条）", at), fmt.Sprintf("所覆盖的事件不全，库里只有 %d 条", h.next))
	}
	if h.known.origin != "" {
		r.must(h.known.size <= h.next, "LG-5", h.agency, "库外检查点", fmt.Sprintf("库外保存的检查点覆盖 %d 条，库里只有 %d 条", h.known.size, h.next))
	}
	for victim, by := range h.shredded {
		r.must(h.shredders[by] == victim, "LG-2", h.agency, "事件 "+victim, "内容被清空，却没有相应的销毁记录")
	}
	for by, victim := range h.shredders {
		r.must(h.shredded[victim] == by, "LG-2", h.agency, "事件 "+by, "已记录销毁的内容仍在，或由别的记录销毁")
	}
	return nil
}

// short is a text for a message, cut where it is long.
func short(text string) string {
	text = strings.ReplaceAll(text, "\x1f", "/")
	if list := []rune(text); len(list) > 60 {
		return string(list[:60]) + "…"
	}
	return text
}
