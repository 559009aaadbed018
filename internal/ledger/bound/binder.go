package bound

import (
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"mingjing/internal/db"
)

// atOnce bounds the rows of one such event.
const atOnce = 2000

// Row is one row of the payload: the table, its key (parts divided by keyGap), the digest of what never changes in it and
// of what may; an empty first digest says that the row was taken away.
type Row [4]string

// keyGap divides the parts of a key.
const keyGap = "\x1f"

// Binder binds rows to the ledger. Triggers note every row that a command writes (table touched); at the end of the command
// its Around reads them back and appends one event with their digests, in the same transaction: a row that was changed past
// the program differs from the ledger's last word about it, whatever column it is (行政处罚法第四十七条: 全过程记录). The
// digests lie in the payload, which the law may have destroyed, and not in the leaf.
//
// Rows that somebody left noted before a command begins are not the command's and are never bound.
type Binder struct {
	plans sync.Map // by table
}

// plan says how the rows of a table are read: the columns in their order, and which of them are its key and may change.
type plan struct {
	table   Table
	query   string
	columns []string
}

// Around is what surrounds every command.
func (b *Binder) Around() db.Around { return db.Around{Begin: b.begin, End: b.end} }

func (b *Binder) begin(tx *db.Tx) error {
	if tx.Engine() == db.Postgres {
		return nil // there a note carries the number of its transaction
	}
	if _, err := tx.Exec(`DELETE FROM touched`); err != nil {
		return fmt.Errorf("bound: bind: %w", err)
	}
	return nil
}

func (b *Binder) end(tx *db.Tx) error {
	query := `DELETE FROM touched RETURNING tbl, k`
	if tx.Engine() == db.Postgres {
		query = `DELETE FROM touched WHERE tx = txid_current() RETURNING tbl, k`
	}
	return b.bind(tx, query)
}

// Migrated binds what a migration wrote or noted, some rows after the other; it runs once, before the first command.
func (b *Binder) Migrated(tx *db.Tx) error {
	for {
		var left int64
		if err := tx.Row(`SELECT count(*) FROM (SELECT 1 FROM touched LIMIT 1) noted`).Scan(&left); err != nil || left == 0 {
			return err
		}
		if err := b.bind(tx, `DELETE FROM touched WHERE (tbl, k) IN (SELECT tbl, k FROM touched ORDER BY tbl, k LIMIT `+strconv.Itoa(10*atOnce)+`) RETURNING tbl, k`); err != nil {
			return err
		}
	}
}

// keeper is whose ledger binds a row that names no agency: that of the command, or the first one where a migration wrote.
func keeper(tx *db.Tx) (string, error) {
	if tx.Scope() != "" {
		return tx.Scope(), nil
	}
	var id string
	err := tx.Row(`SELECT id FROM agency ORDER BY created, id LIMIT 1`).Scan(&id)
	return id, err
}

// written is one row that a command wrote.
type written struct{ table, key string }

func (b *Binder) bind(tx *db.Tx, query string) error {
	var notes []written
	err := tx.Each(query, nil, func(rows *sql.Rows) error {
		var n written
		err := rows.Scan(&n.table, &n.key)
		notes = append(notes, n)
		return err
	})
	if err != nil || len(notes) == 0 {
		return err
	}
	slices.SortFunc(notes, func(x, y written) int {
		if c := strings.Compare(x.table, y.table); c != 0 {
			return c
		}
		return strings.Compare(x.key, y.key)
	})
	byAgency := map[string][]Row{}
	var order []string
	for _, n := range notes {
		row, agency, err := b.read(tx, n)
		if err != nil {
			return fmt.Errorf("bound: bind %s: %w", n.table, err)
		}
		if _, seen := byAgency[agency]; !seen {
			order = append(order, agency)
		}
		byAgency[agency] = append(byAgency[agency], row)
	}
	for _, agency := range order {
		if err := Append(tx, agency, byAgency[agency]); err != nil {
			return err
		}
	}
	return nil
}

// read reads a row back and tells its digests, and whose ledger binds it.
func (b *Binder) read(tx *db.Tx, n written) (Row, string, error) {
	p, err := b.planFor(n.table)
	if err != nil {
		return Row{}, "", err
	}
	args, err := p.table.args(n.key)
	if err != nil {
		return Row{}, "", err
	}
	agency, err := keeper(tx)
	if err != nil {
		return Row{}, "", err
	}
	row := Row{n.table, n.key}
	err = tx.Each(p.query, args, func(rows *sql.Rows) error {
		if p.columns == nil {
			var err error
			if p.columns, err = rows.Columns(); err != nil {
				return err
			}
			b.plans.Store(n.table, p)
		}
		values, err := texts(rows, len(p.columns))
		if err != nil {
			return err
		}
		row[2], row[3] = p.digest(values)
		if i := slices.Index(p.columns, p.table.agency()); i >= 0 && values[i] != "" {
			agency = values[i]
		}
		return nil
	})
	return row, agency, err
}

func (b *Binder) planFor(table string) (plan, error) {
	if p, known := b.plans.Load(table); known {
		return p.(plan), nil
	}
	i := slices.IndexFunc(tables, func(t Table) bool { return t.Name == table })
	if i < 0 {
		return plan{}, fmt.Errorf("the table %q is not bound", table)
	}
	t := tables[i]
	var where []string
	for i, column := range t.Key {
		where = append(where, column+" = $"+strconv.Itoa(i+1))
	}
	return plan{table: t, query: `SELECT * FROM ` + t.Name + ` WHERE ` + strings.Join(where, " AND ")}, nil
}

// args are the parts of a key as a query wants them.
func (t Table) args(key string) ([]any, error) {
	parts := strings.Split(key, keyGap)
	if len(parts) != len(t.Key) {
		return nil, fmt.Errorf("the key %q has %d parts", key, len(parts))
	}
	args := make([]any, len(parts))
	for i, part := range parts {
		args[i] = part
		if slices.Contains(t.Numbers, t.Key[i]) {
			n, err := strconv.ParseInt(part, 10, 64)
			if err != nil {
				return nil, err
			}
			args[i] = n
		}
	}
	return args, nil
}

// texts reads a row as texts: a whole number in decimal, a truth value as 1; what is empty, zero or false is the empty
// text, so that a column that a later version adds changes no digest.
func texts(rows *sql.Rows, n int) ([]string, error) {
	values, into := make([]any, n), make([]any, n)
	for i := range values {
		into[i] = &values[i]
	}
	if err := rows.Scan(into...); err != nil {
		return nil, err
	}
	out := make([]string, n)
	for i, v := range values {
		var err error
		switch v := v.(type) {
		case nil:
		case []byte:
			out[i] = string(v)
		default:
			if out[i], err = plain(v); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// digestSize is how much of a SHA-256 is kept: 192 bits.
const digestSize = 24

// digest hashes what never changes in a row and what may, each column with its name, in the order of the names.
func (p plan) digest(values []string) (fixed, free string) {
	order := make([]int, len(p.columns))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(x, y int) int { return strings.Compare(p.columns[x], p.columns[y]) })
	part := func(want bool) string {
		b := appendPart(nil, p.table.Name)
		for _, i := range order {
			if values[i] != "" && slices.Contains(p.table.Free, p.columns[i]) == want {
				b = appendPart(appendPart(b, p.columns[i]), values[i])
			}
		}
		sum := sha256.Sum256(b)
		return base64.RawStdEncoding.EncodeToString(sum[:digestSize])
	}
	if fixed = part(false); len(p.table.Free) > 0 {
		free = part(true)
	}
	return fixed, free
}

func appendPart(b []byte, text string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(text))), text...)
}
