package public

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"mingjing/internal/db"
	"mingjing/internal/disclosure/journal"
	"mingjing/internal/ledger"
	"mingjing/internal/ledger/gm"
	"mingjing/internal/ledger/quorum"
	"mingjing/internal/ledger/tile"
)

// LogFile reads a part of an agency's public log as it is served to outsiders: a tile by its path (C2SP tlog-tiles), which
// never changes. ErrNotFound where there is none, or none that is signed yet.
func (r *Reader) LogFile(ctx context.Context, agency, path string) ([]byte, error) {
	var data []byte
	err := r.d.Read(ctx, func(tx *db.Tx) (err error) {
		data, err = tile.Read(tx, journal.Log(agency), path)
		return err
	})
	if errors.Is(err, tile.ErrNone) {
		return nil, ErrNotFound
	}
	return data, err
}

// LogHead is the signed text of the newest checkpoint of an agency's public log, with what witnesses have signed of it.
func (r *Reader) LogHead(ctx context.Context, agency string) (string, error) {
	var text string
	err := r.d.Read(ctx, func(tx *db.Tx) (err error) {
		text, err = quorum.Newest(tx, journal.Log(agency))
		return err
	})
	if err == nil && text == "" {
		err = ErrNotFound
	}
	return text, err
}

// LogSeal is the newest sealed head of the SM3 tree over an agency's public log.
func (r *Reader) LogSeal(ctx context.Context, agency string) (string, error) {
	var s gm.Seal
	err := r.d.Read(ctx, func(tx *db.Tx) (err error) {
		s, err = gm.Last(tx, journal.Log(agency))
		return err
	})
	if err == nil && s.Note == "" {
		err = ErrNotFound
	}
	return s.Note, err
}

// LogList is a list that is public beforehand as its hash in the public log takes it.
func (r *Reader) LogList(ctx context.Context, agency, kind string) (string, error) {
	var b strings.Builder
	err := r.d.Read(ctx, func(tx *db.Tx) error {
		return tx.Each(`SELECT key, json FROM pub_snapshot WHERE agency = $1 AND kind = $2 ORDER BY place, key LIMIT $3`, []any{agency, kind, listLimit}, func(rows *sql.Rows) error {
			var key, json string
			err := rows.Scan(&key, &json)
			b.WriteString(journal.ListLine(key, json))
			return err
		})
	})
	if err != nil {
		return "", fmt.Errorf("public: list %s: %w", kind, err)
	}
	if b.Len() == 0 {
		return "", ErrNotFound
	}
	return b.String(), nil
}

// Proof is what anybody needs to check, from nothing but the page and the agency's key, that the text of a publication is the
// one that the public log says: the entry, and the proof that it stands under a signed checkpoint (C2SP tlog-proof).
type Proof struct {
	Entry string // canonical JSON
	Text  string
}

// Prove gives the proof of a publication's present text. ErrNotFound where no checkpoint covers it yet.
func (r *Reader) Prove(ctx context.Context, p Publication) (Proof, error) {
	if _, open := journal.Agency(p.Log); !open || p.Seq < 0 {
		return Proof{}, ErrNotFound
	}
	text, entry, err := quorum.Prove(ctx, r.d, p.Log, p.Seq)
	if errors.Is(err, ledger.ErrNotSigned) || errors.Is(err, ledger.ErrNoEvent) {
		return Proof{}, ErrNotFound
	}
	return Proof{Entry: string(entry), Text: text}, err
}

// Witnessing says how far what the public reads stands with outsiders: 已见证 n/m with the quorum, 未见证 with its age, 不一致, or
// 未配置见证. Title and Text put it into words, Level says how loud it is.
type Witnessing = quorum.Witnessing

// The states of Witnessing.
const (
	WitnessUnset        = quorum.Unset
	Witnessed           = quorum.Witnessed
	Unwitnessed         = quorum.Unwitnessed
	WitnessContradicted = quorum.Contradicted
)

// Witnessed tells how the first size entries of an agency's public log stand with the witnesses; 0 asks about the whole log.
func (r *Reader) Witnessed(ctx context.Context, agency string, size int64) (Witnessing, error) {
	var w Witnessing
	err := r.d.Read(ctx, func(tx *db.Tx) (err error) {
		w, err = quorum.Of(tx, journal.Log(agency), size)
		return err
	})
	return w, err
}

// Witnessing tells how the present text of a publication stands with the witnesses. ErrNotFound where it stands in no public log.
func (r *Reader) Witnessing(ctx context.Context, p Publication) (Witnessing, error) {
	agency, open := journal.Agency(p.Log)
	if !open || p.Seq < 0 {
		return Witnessing{}, ErrNotFound
	}
	return r.Witnessed(ctx, agency, p.Seq+1)
}

// LogWitnessed is the newest checkpoint of an agency's public log that the quorum has signed, with all signatures.
func (r *Reader) LogWitnessed(ctx context.Context, agency string) (string, error) {
	var text string
	err := r.d.Read(ctx, func(tx *db.Tx) error {
		p, err := quorum.Policy(tx, journal.Log(agency))
		if err != nil || p == nil {
			return err
		}
		_, text, err = quorum.Covered(tx, p, journal.Log(agency))
		return err
	})
	if err == nil && text == "" {
		err = ErrNotFound
	}
	return text, err
}

// LogPolicy is the policy (C2SP tlog-policy) by which the agency counts its witnesses, for whoever wants to compare it with his own.
func (r *Reader) LogPolicy(ctx context.Context, agency string) (string, error) {
	var text string
	err := r.d.Read(ctx, func(tx *db.Tx) error {
		p, err := quorum.Policy(tx, journal.Log(agency))
		if p != nil {
			text = p.Text
		}
		return err
	})
	if err == nil && text == "" {
		err = ErrNotFound
	}
	return text, err
}

// Stamp is a token of a time-stamp authority (RFC 3161) over a checkpoint.
type Stamp = quorum.Stamp

// LogStamp is the newest time stamp over a checkpoint of an agency's public log.
func (r *Reader) LogStamp(ctx context.Context, agency string) (Stamp, error) {
	var s *Stamp
	err := r.d.Read(ctx, func(tx *db.Tx) (err error) {
		s, err = quorum.NewestStamp(tx, journal.Log(agency))
		return err
	})
	if err != nil {
		return Stamp{}, err
	}
	if s == nil {
		return Stamp{}, ErrNotFound
	}
	return *s, nil
}
