package recheck

import (
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash/maphash"
	"slices"
	"strings"

	"mingjing/internal/db"
)

// word is the ledger's last word about a row: what stands in the columns that never change and in those that may.
type word struct {
	fixed, free [24]byte
	seq         int64
	gone, seen  bool
}

// said is a word as the payload of ledger.bound has it: table, key, digests.
type said struct {
	Rows [][4]string `json:"rows"`
}

// readSaid reads the words of a payload in the one spelling in which the program writes them, and any other by the library.
func readSaid(body string, list *said) bool {
	s := reading{rest: body}
	list.Rows = list.Rows[:0]
	s.need(`{"rows":[`)
	for !s.bad {
		var one [4]string
		for i, before := range [...]string{"[", ",", ",", ","} {
			s.need(before)
			one[i] = s.quoted()
		}
		s.need("]")
		list.Rows = append(list.Rows, one)
		if s.skip("]}") && s.rest == "" {
			return true
		}
		s.need(",")
	}
	*list = said{}
	return json.Unmarshal([]byte(body), list) == nil
}

// name is a row of a table, as short as a number.
func (r *run) name(table, key string) uint64 {
	var h maphash.Hash
	h.SetSeed(r.seed)
	_, _ = h.WriteString(table) // never fails
	_ = h.WriteByte(0x1e)
	_, _ = h.WriteString(key)
	return h.Sum64()
}

// word is the ledger's last word about a row; nil where there is none.
func (r *run) word(name uint64) *word {
	at, told := r.bound[name]
	if !told {
		return nil
	}
	return &r.said[at]
}

// cut24 reads a digest; an empty one is that of a table of which nothing may change.
func cut24(text string) (d [24]byte, ok bool) {
	if len(text) != 32 {
		return d, false
	}
	var raw [32]byte
	copy(raw[:], text)
	n, err := base64.RawStdEncoding.Decode(d[:], raw[:])
	return d, err == nil && n == len(d)
}

// words takes what a payload says of rows. A later word replaces an earlier one; only what may change may differ.
func (r *run) words(h *head, l leaf, body []byte) {
	if !readSaid(string(body), &r.list) {
		r.wrong("BD-1", h.agency, h.where(l.seq), "对各行的记载不能读取")
		return
	}
	for _, one := range r.list.Rows {
		name := r.name(one[0], one[1])
		w := r.word(name)
		if one[2] == "" {
			if w != nil {
				w.gone = true
			}
			continue
		}
		fixed, ok := cut24(one[2])
		free, _ := cut24(one[3])
		switch {
		case w == nil:
			r.bound[name] = int32(len(r.said))
			r.said = append(r.said, word{})
			w = &r.said[len(r.said)-1]
		case !w.gone:
			if r.fails(ok && w.fixed == fixed, "BD-2") {
				r.wrong("BD-2", h.agency, one[0]+" "+short(one[1]), fmt.Sprintf("台账第 %d 号以后，不得改动的内容被改写", l.seq))
			}
		}
		*w = word{fixed: fixed, free: free, seq: l.seq}
	}
}

// column is one column of a table as the store declares it.
type column struct {
	name   string
	number bool
	truth  bool
	free   bool
}

// columns reads what columns a table has, in the order of their names.
func (r *run) columns(table string, free []string) ([]column, error) {
	query := `SELECT name, upper(type) FROM pragma_table_info($1)`
	if r.tx.Engine() == db.Postgres {
		query = `SELECT column_name, upper(data_type) FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1`
	}
	var list []column
	err := r.tx.Each(query, []any{table}, func(rows *sql.Rows) error {
		var name, kind string
		err := rows.Scan(&name, &kind)
		list = append(list, column{name, kind == "BIGINT", kind == "BOOLEAN", slices.Contains(free, name)})
		return err
	})
	slices.SortFunc(list, func(a, b column) int { return strings.Compare(a.name, b.name) })
	return list, err
}

// plain is a cell as it is hashed: empty, zero and false are nothing.
func (c column) plain(cell []byte) []byte {
	switch text := string(cell); {
	case c.number && text == "0", c.truth && (text == "0" || text == "false"):
		return nil
	case c.truth && text == "true":
		return []byte("1")
	}
	return cell
}

// rows holds every row of the record against the ledger's last word about it.
func (r *run) rows() error {
	for _, t := range record {
		if err := r.table(t); err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
	}
	return r.missing()
}

func (r *run) table(t table) error {
	columns, err := r.columns(t.name, t.free)
	if err != nil {
		return err
	}
	names, key := make([]string, len(columns)), make([]int, len(t.key))
	agency := -1
	for i, c := range columns {
		names[i] = c.name
		if at := slices.Index(t.key, c.name); at >= 0 {
			key[at] = i
		}
		if c.name == "agency" {
			agency = i
		}
	}
	var fixed, free, full []byte
	return r.stream(t.name, `SELECT `+strings.Join(names, ", ")+` FROM `+t.name, nil, len(columns), func(w row) error {
		r.report.Rows++
		fixed, free = part(fixed[:0], []byte(t.name)), part(free[:0], []byte(t.name))
		for i, c := range columns {
			cell := c.plain(w.cell(i))
			switch {
			case len(cell) == 0:
			case c.free:
				free = part(part(free, []byte(c.name)), cell)
			default:
				fixed = part(part(fixed, []byte(c.name)), cell)
			}
		}
		full = full[:0]
		for i, at := range key {
			if i > 0 {
				full = append(full, 0x1f)
			}
			full = append(full, w.cell(at)...)
		}
		last := r.word(r.name(t.name, string(full)))
		owner := ""
		if agency >= 0 {
			owner = r.once(w.text(agency))
		}
		r.judge(t, owner, full, last, sha256.Sum256(fixed), sha256.Sum256(free))
		return nil
	})
}

func (r *run) judge(t table, agency string, key []byte, last *word, fixed, free digest) {
	where := func() string { return t.name + " " + short(string(key)) }
	switch {
	case last == nil && r.cut:
		return // its word may have been destroyed by law
	case last == nil:
		r.must(false, "BD-1", agency, where(), "这一行没有台账记载："+t.title+"是绕过系统写入的")
	case last.gone:
		last.seen = true
		r.must(false, "BD-1", agency, where(), "台账记载这一行已经删去，却仍在")
	case string(fixed[:24]) == string(last.fixed[:]) && (len(t.free) == 0 || string(free[:24]) == string(last.free[:])):
		last.seen = true
		r.did("BD-1", 1)
	default:
		last.seen = true
		r.must(false, "BD-1", agency, where(), fmt.Sprintf("与台账第 %d 号的记载不符：%s被改动", last.seq, t.title))
	}
}

// missing names the rows that the ledger speaks of and that are not there. The words are read again, since only their
// digests were kept.
func (r *run) missing() error {
	var events []int64
	n := int64(0)
	for _, w := range r.said {
		if !w.gone {
			n++
		}
		if !w.gone && !w.seen {
			r.counts["BD-3"].Wrong++
			r.report.Total++
			if len(events) < named {
				events = append(events, w.seq)
			}
		}
	}
	r.did("BD-3", n)
	slices.Sort(events)
	for _, seq := range slices.Compact(events) {
		err := r.tx.Each(`SELECT e.agency, p.body FROM event e JOIN payload p ON p.event = e.id WHERE e.seq = $1 AND e.kind = 'ledger.bound' LIMIT 1000`, []any{seq}, func(rows *sql.Rows) error {
			var agency, body string
			var list said
			if err := rows.Scan(&agency, &body); err != nil {
				return err
			}
			if json.Unmarshal([]byte(body), &list) != nil {
				return nil
			}
			for _, one := range list.Rows {
				if w := r.word(r.name(one[0], one[1])); w != nil && w.seq == seq && !w.gone && !w.seen {
					r.report.Problems = append(r.report.Problems, Problem{Check: "BD-3", Agency: agency, Where: one[0] + " " + short(one[1]),
						What: fmt.Sprintf("台账第 %d 号记载的这一行不见了", seq), Cite: r.counts["BD-3"].Cite})
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
