package ledger

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"mingjing/internal/db"
)

// proofHead is the first line of a C2SP tlog-proof.
const proofHead = "c2sp.org/tlog-proof@v1"

// ErrNotSigned is returned for an event that no checkpoint covers yet; the next one will.
var ErrNotSigned = errors.New("ledger: no checkpoint covers the event yet")

// errProof is returned for a text that is no proof, or proves something else.
var errProof = errors.New("ledger: the proof does not hold")

// Proof is what a C2SP tlog-proof says once it holds.
type Proof struct {
	Index      int64
	Checkpoint Checkpoint
}

// Prove writes the proof that an event is in the tree of the newest checkpoint (C2SP tlog-proof), and gives the leaf
// that it proves. What it hands out it has checked. Errors: ErrNoEvent, ErrNotSigned.
func Prove(ctx context.Context, d *db.DB, agency string, seq int64) (text string, leafText []byte, err error) {
	return ProveUnder(ctx, d, agency, seq, lastNote)
}

// ProveUnder is Prove under the checkpoint that pick takes.
func ProveUnder(ctx context.Context, d *db.DB, agency string, seq int64, pick func(tx *db.Tx, agency string) (string, error)) (text string, leafText []byte, err error) {
	err = d.Read(ctx, func(tx *db.Tx) error {
		if err := tx.Row(`SELECT leaf FROM event WHERE agency = $1 AND seq = $2`, agency, seq).Scan(&leafText); err != nil {
			if db.IsMissing(err) {
				return ErrNoEvent
			}
			return err
		}
		signed, err := pick(tx, agency)
		if err != nil {
			return err
		}
		text, err = prove(tx, agency, seq, tlog.RecordHash(leafText), signed)
		return err
	})
	if err != nil {
		return "", nil, fmt.Errorf("ledger: prove event %d of %s: %w", seq, agency, err)
	}
	return text, leafText, nil
}

func prove(tx *db.Tx, agency string, seq int64, h tlog.Hash, signed string) (string, error) {
	if signed == "" {
		return "", ErrNotSigned
	}
	head, _, _ := strings.Cut(signed, "\n\n")
	c, err := parseBody(head + "\n")
	if err != nil {
		return "", err
	}
	if seq >= c.Size {
		return "", ErrNotSigned
	}
	hashes, err := tlog.ProveRecord(c.Size, seq, storedHashes(tx, agency))
	if err != nil {
		return "", err
	}
	if err := tlog.CheckRecord(hashes, c.Size, c.Root, seq, h); err != nil {
		return "", errBroken
	}
	return formatProof(seq, hashes, signed), nil
}

func formatProof(index int64, hashes []tlog.Hash, signed string) string {
	var b strings.Builder
	b.WriteString(proofHead + "\nindex " + strconv.FormatInt(index, 10) + "\n")
	for _, h := range hashes {
		b.WriteString(h.String() + "\n")
	}
	b.WriteString("\n" + signed)
	return b.String()
}

// VerifyProof checks, from nothing but its arguments, that the leaf stands at the proof's index in a tree that the
// owner of the verifier key signed. Extra data is refused: nothing authenticates it.
func VerifyProof(text string, leafText []byte, vkey string) (Proof, error) {
	head, signed, found := strings.Cut(text, "\n\n")
	lines := strings.Split(head, "\n")
	if !found || len(lines) < 2 || lines[0] != proofHead || len(lines) > 2+64 {
		return Proof{}, errProof
	}
	number, found := strings.CutPrefix(lines[1], "index ")
	index, err := strconv.ParseInt(number, 10, 64)
	if !found || err != nil || index < 0 || strconv.FormatInt(index, 10) != number {
		return Proof{}, errProof
	}
	var hashes []tlog.Hash
	for _, line := range lines[2:] {
		h, err := parseHash(line)
		if err != nil {
			return Proof{}, errProof
		}
		hashes = append(hashes, h)
	}
	c, err := OpenCheckpoint(signed, vkey)
	if err != nil {
		return Proof{}, err
	}
	if err := tlog.CheckRecord(hashes, c.Size, c.Root, index, tlog.RecordHash(leafText)); err != nil {
		return Proof{}, errProof
	}
	return Proof{Index: index, Checkpoint: c}, nil
}
