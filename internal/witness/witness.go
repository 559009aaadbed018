package witness

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Witness co-signs the checkpoints of the logs it knows, each only where it extends the one that was signed before.
type Witness struct {
	dir   string
	key   *Cosigner
	clock func() time.Time
	known atomic.Pointer[map[string][]note.Verifier] // by origin; replaced whole when the list is read again
	heads heads
	turn  sync.Mutex // check and persist are one step

	perLog, perAddress *limiters
	proxy              bool
}

// Open opens the folder of a witness.
func Open(dir string, clock func() time.Time) (*Witness, error) {
	key, err := readKey(dir, clock)
	if err != nil {
		return nil, err
	}
	known, err := readLogs(dir)
	if err != nil {
		return nil, err
	}
	w := &Witness{dir: dir, key: key, clock: clock, heads: heads{dir}}
	w.known.Store(&known)
	return w, nil
}

// Verifier is the public text by which others know the witness.
func (w *Witness) Verifier() string { return w.key.Verifier() }

// Logs is how many logs the witness knows.
func (w *Witness) Logs() int { return len(*w.known.Load()) }

// Answer is what a witness says to a request.
type Answer struct {
	Status     int
	Size       int64  // with 409: the size of what the witness signed last
	Lines      string // with 200: the cosignatures
	Checkpoint string // with 200: the checkpoint with the log's signature and the cosignatures
	Why        string // with any refusal: a sentence for whoever reads it
}

func refuse(status int, why string) Answer { return Answer{Status: status, Why: why} }

// Add answers a request. Whoever sends two requests at once gets the answers that one after the other would get: between
// looking at the last checkpoint and having the new one on disk nobody else is let in.
func (w *Witness) Add(text string) (Answer, error) {
	r, err := ParseRequest(text)
	if err != nil {
		return refuse(http.StatusBadRequest, "不是规范的见证请求"), nil
	}
	h, err := ReadHead(r.Checkpoint)
	if err != nil {
		return refuse(http.StatusBadRequest, "请求中没有规范的检查点"), nil
	}
	verifiers := (*w.known.Load())[h.Origin]
	if len(verifiers) == 0 {
		return refuse(http.StatusNotFound, "本见证方没有登记这个日志"), nil
	}
	n, err := note.Open([]byte(r.Checkpoint), note.VerifierList(verifiers...))
	if err != nil {
		return refuseNote(err), nil
	}
	if !w.perLog.allow(h.Origin, w.clock()) { // counted only where the log itself has signed: nobody else uses its share up
		return refuse(http.StatusTooManyRequests, "这个日志的请求过于频繁，请稍后再试"), nil
	}
	if r.Old > h.Size {
		return refuse(http.StatusBadRequest, "旧的条数大于检查点的条数"), nil
	}
	w.turn.Lock()
	defer w.turn.Unlock()
	unlock, err := lock(w.dir)
	if err != nil {
		return Answer{}, fmt.Errorf("witness: lock: %w", err)
	}
	defer unlock()
	return w.add(r, h, n)
}

// refuseNote tells a note that is none from one that no trusted key signed.
func refuseNote(err error) Answer {
	var unsigned *note.UnverifiedNoteError
	var wrong *note.InvalidSignatureError
	if errors.As(err, &unsigned) || errors.As(err, &wrong) {
		return refuse(http.StatusForbidden, "检查点没有本见证方认可的签名")
	}
	return refuse(http.StatusBadRequest, "请求中没有规范的检查点")
}

func (w *Witness) add(r Request, h Head, n *note.Note) (Answer, error) {
	name := OriginHash(h.Origin)
	last, err := w.heads.read(name)
	if err != nil {
		return Answer{}, fmt.Errorf("witness: last checkpoint of %s: %w", h.Origin, err)
	}
	var old Head
	if last != "" {
		if old, err = ReadHead(last); err != nil || old.Origin != h.Origin {
			return Answer{}, fmt.Errorf("witness: the last checkpoint of %s is damaged", h.Origin)
		}
	}
	if r.Old != old.Size {
		return Answer{Status: http.StatusConflict, Size: old.Size, Why: "见证方最后签过的是另一个条数"}, nil
	}
	if why := extends(r, old, h, last != ""); why != "" {
		return refuse(http.StatusUnprocessableEntity, why), nil
	}
	signed, err := note.Sign(&note.Note{Text: n.Text, Sigs: n.Sigs}, w.key)
	if err != nil {
		return Answer{}, fmt.Errorf("witness: sign: %w", err)
	}
	if err := w.heads.write(name, string(signed)); err != nil {
		return Answer{}, fmt.Errorf("witness: keep the checkpoint of %s: %w", h.Origin, err)
	}
	// note.Sign puts the signatures that were there before first and those of its signers last.
	text := strings.TrimSuffix(string(signed), "\n")
	return Answer{Status: http.StatusOK, Lines: text[strings.LastIndex(text, "\n")+1:] + "\n", Checkpoint: string(signed)}, nil
}

// extends says why a new head does not extend the old one, in the order of the protocol; the empty text where it does.
func extends(r Request, old, h Head, signedBefore bool) string {
	switch {
	case h.Size == 0 && h.Root != emptyRoot():
		return "空日志的根不对"
	case old.Size == 0 && len(r.Proof) > 0, old.Size == h.Size && len(r.Proof) > 0:
		return "证明应当为空"
	case old.Size == h.Size && signedBefore && old.Root != h.Root:
		return "条数相同而根不同：日志有两段历史"
	case old.Size > 0 && old.Size < h.Size && tlog.CheckTree(tlog.TreeProof(r.Proof), h.Size, h.Root, old.Size, old.Root) != nil:
		return "证明不成立：新的检查点不是旧检查点的延续"
	}
	return ""
}

// Latest is the newest checkpoint of a log, by the hash of its origin, with the cosignature; empty where there is none.
func (w *Witness) Latest(originHash string) (string, error) {
	if len(originHash) != 64 || strings.Trim(originHash, "0123456789abcdef") != "" {
		return "", nil
	}
	text, err := w.heads.read(originHash)
	if err != nil {
		return "", fmt.Errorf("witness: checkpoint: %w", err)
	}
	return text, nil
}

// File is the answer as it goes back on removable media: the status, an empty line, and the checkpoint with the cosignature,
// the size that the witness knows, or why it refuses.
func (a Answer) File() string {
	head := strconv.Itoa(a.Status) + "\n\n"
	switch a.Status {
	case http.StatusOK:
		return head + a.Checkpoint
	case http.StatusConflict:
		return head + strconv.FormatInt(a.Size, 10) + "\n"
	}
	return head + a.Why + "\n"
}

// ParseAnswer reads the answer from removable media.
func ParseAnswer(text string) (Answer, error) {
	status, body, found := strings.Cut(text, "\n\n")
	code, ok := decimal(status)
	if !found || !ok || code < 100 || code > 599 || len(text) > requestLimit {
		return Answer{}, errors.New("这不是见证方的回执文件")
	}
	a := Answer{Status: int(code)}
	switch a.Status {
	case http.StatusOK:
		if _, err := ReadHead(body); err != nil {
			return Answer{}, errors.New("回执文件中没有检查点")
		}
		a.Checkpoint = body
	case http.StatusConflict:
		if a.Size, ok = decimal(strings.TrimSuffix(body, "\n")); !ok {
			return Answer{}, errors.New("回执文件中没有条数")
		}
	default:
		a.Why = strings.TrimSpace(body)
	}
	return a, nil
}
