package witness

import (
	"errors"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// Request asks a witness to co-sign a checkpoint (C2SP tlog-witness, add-checkpoint): the size that the witness knows, the
// proof that the new tree extends that one, the signed checkpoint. On removable media it is the same text in a file.
type Request struct {
	Old        int64
	Proof      []tlog.Hash
	Checkpoint string
}

const (
	// proofLimit is how many lines of proof the protocol allows; 63 suffice for any tree.
	proofLimit = 63
	// requestLimit bounds a request: 63 lines, and a checkpoint with many long signatures.
	requestLimit = 256 << 10
)

// errRequest is returned for a text that is no request.
var errRequest = errors.New("witness: the text is not a request for a cosignature")

// ParseRequest reads a request. Each text means one request and each request has one text.
func ParseRequest(text string) (Request, error) {
	if len(text) > requestLimit {
		return Request{}, errRequest
	}
	head, checkpoint, found := strings.Cut(text, "\n\n")
	lines := strings.Split(head, "\n")
	number, isOld := strings.CutPrefix(lines[0], "old ")
	old, ok := decimal(number)
	if !found || !isOld || !ok || len(lines) > 1+proofLimit {
		return Request{}, errRequest
	}
	r := Request{Old: old, Checkpoint: checkpoint}
	for _, line := range lines[1:] {
		h, err := hash(line)
		if err != nil {
			return Request{}, errRequest
		}
		r.Proof = append(r.Proof, h)
	}
	return r, nil
}

// String writes the request.
func (r Request) String() string {
	var b strings.Builder
	b.WriteString("old " + strconv.FormatInt(r.Old, 10) + "\n")
	for _, h := range r.Proof {
		b.WriteString(h.String() + "\n")
	}
	b.WriteString("\n" + r.Checkpoint)
	return b.String()
}
