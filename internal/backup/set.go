package backup

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"golang.org/x/mod/sumdb/note"

	"mingjing/internal/ledger"

	"mingjing/internal/backup/envelope"
	"mingjing/internal/backup/place"
)

// Options say where a set of backups lies and how it is sealed.
type Options struct {
	Address string          // a folder or s3://…
	KeyFile string          // the file of the backup key; empty leaves pieces unencrypted
	Cipher  envelope.Cipher // SM4 when empty
}

// Set is all backups and segments of one place. It is safe for concurrent use.
type Set struct {
	dest place.Place
	seal *envelope.Sealer

	mu   sync.Mutex
	have map[string]bool // the pieces that lie there; nil until it was asked
	// pruned is the generation of which have is
	pruned string
}

// Open opens a set. An empty place is an empty set.
func Open(o Options) (*Set, error) {
	dest, err := place.Open(o.Address)
	if err != nil {
		return nil, err
	}
	return openAt(dest, o)
}

func openAt(dest place.Place, o Options) (*Set, error) {
	var secret []byte
	if o.KeyFile != "" {
		var err error
		if secret, err = envelope.ReadKey(o.KeyFile); err != nil {
			return nil, err
		}
		if o.Cipher == envelope.Plain {
			o.Cipher = envelope.SM4
		}
	}
	seal, err := envelope.New(secret, o.Cipher)
	if err != nil {
		return nil, err
	}
	return &Set{dest: dest, seal: seal}, nil
}

// String names the place without its secrets.
func (s *Set) String() string { return s.dest.String() }

// Sealed tells whether what is written here is encrypted.
func (s *Set) Sealed() bool { return s.seal.Cipher() != envelope.Plain }

// Damaged says which object of a set cannot be used, and why.
type Damaged struct {
	Name  string
	Cause error // in Chinese where it is the object's fault
}

func (d *Damaged) Error() string { return "backup: " + d.Name + ": " + d.Cause.Error() }
func (d *Damaged) Unwrap() error { return d.Cause }

// Message is for the person at the screen.
func (d *Damaged) Message() string {
	cause := d.Cause.Error()
	if errors.Is(d.Cause, place.ErrMissing) {
		cause = "不见了"
	}
	return fmt.Sprintf("备份件 %s 不能使用：%s。没有恢复任何内容。", d.Name, cause)
}

// The three sorts of objects.
const (
	pieces    = "piece/"
	manifests = "manifest/"
	segments  = "segment/"
)

// Piece is a run of bytes of a backup: under which name it lies and how many bytes it brings.
type Piece struct {
	Name string `json:"name"` // SHA-256 of the content; HMAC-SHA256 of that where the set is encrypted
	Size int64  `json:"size"`
}

// path is where a piece lies; its name is the name of its content and can become a path only when it is 64 hex figures.
func (p Piece) path() string { return pieces + p.Name[:2] + "/" + p.Name }

func (p Piece) fits() bool {
	return len(p.Name) == 64 && strings.Trim(p.Name, "0123456789abcdef") == "" && p.Size >= 0
}

// load asks the place once which pieces lie there.
func (s *Set) load(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.have != nil {
		return nil
	}
	have := map[string]bool{}
	err := s.dest.List(ctx, pieces, func(name string, _ int64) error {
		have[name] = true
		return nil
	})
	if err == nil {
		s.have = have
	}
	return err
}

// put stores content as a piece unless it lies there already.
func (s *Set) put(ctx context.Context, content []byte, anew bool) (p Piece, stored int64, err error) {
	p = Piece{Name: s.seal.Name(content), Size: int64(len(content))}
	path := p.path()
	s.mu.Lock()
	known := s.have[path]
	s.mu.Unlock()
	if known && !anew {
		return p, 0, nil
	}
	object := s.seal.Seal(path, content)
	if err := s.dest.Put(ctx, path, object); err != nil {
		return p, 0, err
	}
	s.mu.Lock()
	s.have[path] = true
	s.mu.Unlock()
	return p, int64(len(object)), nil
}

// get reads a piece back and checks that it is the one.
func (s *Set) get(ctx context.Context, p Piece) ([]byte, error) {
	if !p.fits() {
		return nil, &Damaged{Name: pieces + "?", Cause: envelope.ErrForm}
	}
	content, err := s.read(ctx, p.path())
	if err != nil {
		return nil, err
	}
	if int64(len(content)) != p.Size || s.seal.Name(content) != p.Name {
		return nil, &Damaged{Name: p.path(), Cause: envelope.ErrOpen}
	}
	return content, nil
}

// read reads and opens an object.
func (s *Set) read(ctx context.Context, name string) ([]byte, error) {
	stored, err := s.dest.Get(ctx, name)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, &Damaged{Name: name, Cause: err}
	}
	content, err := s.seal.Open(name, stored)
	if err != nil {
		return nil, &Damaged{Name: name, Cause: err}
	}
	return content, nil
}

// names lists the objects of a sort in the order of their names, which is that of time.
func (s *Set) names(ctx context.Context, sort string) ([]string, error) {
	var list []string
	err := s.dest.List(ctx, sort, func(name string, _ int64) error {
		list = append(list, name)
		return nil
	})
	slices.Sort(list)
	return list, err
}

// signer is the name under which manifests and segments are signed; no log has it.
const signer = "mingjing-backup"

// sign writes a statement as a signed note (C2SP signed-note) and stores it under its name.
func (s *Set) sign(ctx context.Context, key *ledger.Key, name string, statement any) (stored int64, err error) {
	text, err := json.Marshal(statement)
	if err != nil {
		return 0, fmt.Errorf("backup: %s: %w", name, err)
	}
	signed, err := key.SignNote(signer, string(text)+"\n")
	if err != nil {
		return 0, fmt.Errorf("backup: %s: %w", name, err)
	}
	object := s.seal.Seal(name, []byte(signed))
	return int64(len(object)), s.dest.Put(ctx, name, object)
}

var (
	errSigned = errors.New("签名不对：不是这个单位的密钥所签，或被改动")
	errNamed  = errors.New("内容是另一件的：被改名或调换")
)

// signed reads a statement back, checks the signature by the verifier key and that it stands under its own name. An empty
// key takes the one that the statement names, which proves only that nobody without that key wrote it.
func (s *Set) signed(ctx context.Context, name, vkey string, into interface{ about() (name, key string) }) error {
	content, err := s.read(ctx, name)
	if err != nil {
		return err
	}
	text, _, _ := strings.Cut(string(content), "\n\n")
	if err := json.Unmarshal([]byte(text), into); err != nil {
		return &Damaged{Name: name, Cause: envelope.ErrForm}
	}
	own, stated := into.about()
	if vkey == "" {
		vkey = stated
	}
	named, err := ledger.Renamed(vkey, signer)
	if err != nil {
		return &Damaged{Name: name, Cause: errSigned}
	}
	verifier, err := note.NewVerifier(named)
	if err != nil {
		return &Damaged{Name: name, Cause: errSigned}
	}
	n, err := note.Open(content, note.VerifierList(verifier))
	if err != nil || n.Text != text+"\n" {
		return &Damaged{Name: name, Cause: errSigned}
	}
	if own != name {
		return &Damaged{Name: name, Cause: errNamed}
	}
	return nil
}
