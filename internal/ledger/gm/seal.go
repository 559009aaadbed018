package gm

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"mingjing/internal/db"
	"mingjing/internal/ledger"
)

// Origin names the SM3 tree of a log to everybody outside.
func Origin(log string) string { return ledger.Origin(log) + "/sm3" }

// Seal is a signed head of an SM3 tree: a checkpoint in the form of C2SP tlog-checkpoint, but for hash and signature.
type Seal struct {
	Size int64
	Root Hash
	Note string
}

// pageSize is how many leaves are read at once.
const pageSize = 1000

// errBroken is wrapped where a leaf or an earlier seal does not fit.
var errBroken = errors.New("the record does not fit together; run verify")

// Last is the newest seal of a log; the zero Seal where there is none.
func Last(tx *db.Tx, log string) (Seal, error) {
	s, _, err := last(tx, log)
	return s, err
}

func last(tx *db.Tx, log string) (Seal, *Tree, error) {
	var s Seal
	var root, peaks string
	err := tx.Row(`SELECT size, root, peaks, note FROM sm3_seal WHERE agency = $1 ORDER BY size DESC LIMIT 1`, log).Scan(&s.Size, &root, &peaks, &s.Note)
	if db.IsMissing(err) {
		return s, &Tree{}, nil
	}
	if err != nil {
		return s, nil, fmt.Errorf("gm: seal of %s: %w", log, err)
	}
	t, err := loadTree(s.Size, peaks)
	if err == nil && t.Root().String() != root {
		err = errBroken
	}
	if err != nil {
		return s, nil, fmt.Errorf("gm: seal of %s: %w", log, err)
	}
	s.Root = t.Root()
	return s, t, nil
}

// Make brings the SM3 tree of a log up to a size and seals it; a size that is sealed already, or lies before the newest seal,
// gives the newest seal again. Every leaf is compared with its hash in the first tree, so that both trees cover the same.
func Make(ctx context.Context, d *db.DB, key *Key, log string, size int64) (Seal, error) {
	var before Seal
	var t *Tree
	err := d.Read(ctx, func(tx *db.Tx) (err error) {
		if before, t, err = last(tx, log); err != nil || before.Size >= size {
			return err
		}
		return fold(tx, log, t, size)
	})
	if err != nil || before.Size >= size {
		return before, err
	}
	s := Seal{Size: size, Root: t.Root()}
	text, err := note.Sign(&note.Note{Text: body(log, s)}, signer{key, Origin(log)})
	if err != nil {
		return s, fmt.Errorf("gm: seal %s: %w", log, err)
	}
	s.Note = string(text)
	return s, d.Write(ctx, "ledger/"+log, func(tx *db.Tx) error {
		now, _, err := last(tx, log)
		if err != nil {
			return err
		}
		if now.Size != before.Size {
			return fmt.Errorf("gm: seal %s: another node sealed meanwhile", log)
		}
		_, err = tx.Exec(`INSERT INTO sm3_seal (agency, size, root, peaks, at, note) VALUES ($1, $2, $3, $4, $5, $6)`, log, size, s.Root.String(), t.text(), db.Text(tx.Now()), s.Note)
		return err
	})
}

func body(log string, s Seal) string {
	return Origin(log) + "\n" + strconv.FormatInt(s.Size, 10) + "\n" + s.Root.String() + "\n"
}

// fold adds the leaves of a log up to a size.
func fold(tx *db.Tx, log string, t *Tree, size int64) error {
	for t.Size < size {
		at := t.Size
		err := tx.Each(`SELECT seq, leaf, leaf_hash FROM event WHERE agency = $1 AND seq >= $2 AND seq < $3 ORDER BY seq LIMIT $4`, []any{log, at, size, pageSize}, func(rows *sql.Rows) error {
			var seq int64
			var leaf, first []byte
			if err := rows.Scan(&seq, &leaf, &first); err != nil {
				return err
			}
			if h := tlog.RecordHash(leaf); seq != t.Size || string(first) != string(h[:]) {
				return errBroken
			}
			t.Add(leaf)
			return nil
		})
		if err == nil && t.Size == at {
			err = errBroken
		}
		if err != nil {
			return fmt.Errorf("gm: event %d of %s: %w", t.Size, log, err)
		}
	}
	return nil
}

// Verify computes the SM3 tree of a log anew from its leaves and compares it with every seal, and each seal's signature with the
// key. It tells how many seals there are; the error says what does not fit.
func Verify(ctx context.Context, d *db.DB, log, vkey string) (seals int, err error) {
	v, err := newVerifier(vkey)
	if err != nil {
		return 0, err
	}
	err = d.Read(ctx, func(tx *db.Tx) error {
		t := &Tree{}
		for {
			var s Seal
			var root, peaks string
			err := tx.Row(`SELECT size, root, peaks, note FROM sm3_seal WHERE agency = $1 AND size > $2 ORDER BY size LIMIT 1`, log, t.Size).Scan(&s.Size, &root, &peaks, &s.Note)
			if db.IsMissing(err) {
				return nil
			}
			if err != nil {
				return err
			}
			if err := fold(tx, log, t, s.Size); err != nil {
				return err
			}
			s.Root = t.Root()
			n, err := note.Open([]byte(s.Note), note.VerifierList(v))
			if err != nil || n.Text != body(log, s) || root != s.Root.String() || strings.TrimSpace(peaks) != t.text() {
				return fmt.Errorf("gm: the seal over %d events of %s does not fit: %w", s.Size, log, errors.Join(errBroken, err))
			}
			seals++
		}
	})
	return seals, err
}
