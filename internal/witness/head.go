package witness

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Head is what a checkpoint says (C2SP tlog-checkpoint): under this origin, so many leaves, this root.
type Head struct {
	Origin string
	Size   int64
	Root   tlog.Hash
	Text   string // the text that is signed, up to and with its last line feed
}

// errHead is returned for a text that is no checkpoint.
var errHead = errors.New("witness: the text is not a checkpoint")

// ReadHead reads the head of a checkpoint without looking at its signatures. Lines after the third are extensions: they are
// signed and say nothing here.
func ReadHead(checkpoint string) (Head, error) {
	text, _, found := strings.Cut(checkpoint, "\n\n")
	text += "\n"
	lines := strings.Split(text, "\n")
	if !found || len(lines) < 4 || lines[0] == "" {
		return Head{}, errHead
	}
	size, ok := decimal(lines[1])
	root, err := hash(lines[2])
	if !ok || err != nil {
		return Head{}, errHead
	}
	return Head{Origin: lines[0], Size: size, Root: root, Text: text}, nil
}

// decimal reads a number that is written in the one way: figures, no sign, no leading zero.
func decimal(text string) (int64, bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil && n >= 0 && strconv.FormatInt(n, 10) == text
}

// hash reads a hash in the one encoding that gives this text: others decode to the same bytes.
func hash(text string) (tlog.Hash, error) {
	raw, err := base64.StdEncoding.Strict().DecodeString(text)
	if err != nil || len(raw) != tlog.HashSize || base64.StdEncoding.EncodeToString(raw) != text {
		return tlog.Hash{}, errors.New("witness: not a hash of 32 bytes")
	}
	return tlog.Hash(raw), nil
}

// emptyRoot is the root of a tree without leaves: the hash of nothing (RFC 6962, 2.1).
func emptyRoot() tlog.Hash {
	h, _ := tlog.TreeHash(0, nil) // never fails: nothing is read
	return h
}

// OpenHead reads a checkpoint and checks the signature of the log whose verifier key is given.
func OpenHead(checkpoint, vkey string) (Head, error) {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return Head{}, fmt.Errorf("witness: verifier key of the log: %w", err)
	}
	if _, err := note.Open([]byte(checkpoint), note.VerifierList(verifier)); err != nil {
		return Head{}, fmt.Errorf("witness: checkpoint: %w", err)
	}
	h, err := ReadHead(checkpoint)
	if err == nil && h.Origin != verifier.Name() {
		err = fmt.Errorf("witness: the checkpoint of %q is signed by %q", h.Origin, verifier.Name())
	}
	return h, err
}
