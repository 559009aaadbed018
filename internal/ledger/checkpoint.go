package ledger

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Checkpoint is what a signed tree head says (C2SP tlog-checkpoint): under this origin, so many leaves, this root.
type Checkpoint struct {
	Origin string
	Size   int64
	Root   tlog.Hash
	Note   string // the whole signed note
}

// Origin names the log of an agency to everybody outside.
func Origin(agency string) string { return "mingjing/" + agency }

// originFits tells whether an agency's id may stand in the name of a key: signed notes allow neither spaces nor "+".
func originFits(agency string) bool {
	return agency != "" && utf8.ValidString(agency) && !strings.ContainsFunc(agency, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || r == '+'
	})
}

func body(origin string, size int64, root tlog.Hash) string {
	return origin + "\n" + strconv.FormatInt(size, 10) + "\n" + root.String() + "\n"
}

// errCheckpoint is returned for a text that does not have the form of a checkpoint.
var errCheckpoint = errors.New("ledger: the text is not a checkpoint")

// OpenCheckpoint reads a checkpoint and checks the signature of the log whose verifier key is given. Signatures of
// witnesses may stand beside it; every signature line must be in the one canonical encoding, so that no two texts
// mean the same.
func OpenCheckpoint(text, vkey string) (Checkpoint, error) {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("ledger: verifier key: %w", err)
	}
	n, err := note.Open([]byte(text), note.VerifierList(verifier))
	if err != nil {
		return Checkpoint{}, fmt.Errorf("ledger: checkpoint: %w", err)
	}
	for _, sig := range append(n.Sigs, n.UnverifiedSigs...) {
		if _, err := strictBase64(sig.Base64); err != nil {
			return Checkpoint{}, errCheckpoint
		}
	}
	c, err := parseBody(n.Text)
	if err != nil {
		return Checkpoint{}, err
	}
	if c.Origin != verifier.Name() {
		return Checkpoint{}, fmt.Errorf("ledger: checkpoint of %q is signed by %q", c.Origin, verifier.Name())
	}
	c.Note = text
	return c, nil
}

func parseBody(text string) (Checkpoint, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[0] == "" {
		return Checkpoint{}, errCheckpoint
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 {
		return Checkpoint{}, errCheckpoint
	}
	root, err := parseHash(lines[2])
	if err != nil {
		return Checkpoint{}, errCheckpoint
	}
	if body(lines[0], size, root) != text {
		return Checkpoint{}, errCheckpoint
	}
	return Checkpoint{Origin: lines[0], Size: size, Root: root}, nil
}

func parseHash(text string) (tlog.Hash, error) {
	raw, err := strictBase64(text)
	if err != nil || len(raw) != tlog.HashSize {
		return tlog.Hash{}, errors.New("not a hash of 32 bytes")
	}
	return tlog.Hash(raw), nil
}

// strictBase64 refuses the encodings that decode to the same bytes without being the same text.
func strictBase64(text string) ([]byte, error) {
	raw, err := base64.StdEncoding.Strict().DecodeString(text)
	if err != nil {
		return nil, err
	}
	if base64.StdEncoding.EncodeToString(raw) != text {
		return nil, errors.New("not the canonical base64")
	}
	return raw, nil
}
